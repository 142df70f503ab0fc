"""Templates are what their files say: whatever was parsed beforehand, a changed file is read anew."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop import paths
from desktop.domain.template import TemplateError
from desktop.resource_files import templates
from desktop.resource_files.templates import PREPARED, load_templates, prepare

RESOURCES = paths.resources_dir()


@pytest.fixture
def packaged(tmp_path: Path) -> Path:
    """The templates as a packaged program has them."""
    folder = tmp_path / "resources"
    shutil.copytree(RESOURCES, folder, ignore=shutil.ignore_patterns("*.ttf", "*.png", "licenses"))
    (folder / PREPARED).write_text(prepare(folder), encoding="utf-8")
    return folder


def no_parsing(texts: object) -> dict[str, object]:
    raise AssertionError("a file was parsed")


def test_what_was_prepared_is_what_the_files_say(packaged: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    said = load_templates(RESOURCES)
    monkeypatch.setattr(templates, "_read", no_parsing)
    found = load_templates(packaged)
    assert found == said
    assert repr(found) == repr(said)  # 1 and 1.0 are equal, a list and its copy too


def test_names_of_figures_are_left_to_the_first_audit() -> None:
    """A start does not wait for them (`desktop/ontology.py`)."""
    assert (RESOURCES / "ontology.toml").is_file()
    assert "ontology.toml" not in prepare(RESOURCES)


def test_a_changed_file_counts(packaged: Path) -> None:
    path = packaged / "passages.toml"
    text = path.read_text(encoding="utf-8")
    first = next(iter(load_templates(packaged).passages.values()))
    path.write_text(text.replace(first.title, "另一个标题"), encoding="utf-8")
    assert "另一个标题" in {passage.title for passage in load_templates(packaged).passages.values()}


def test_a_file_that_is_added_counts(packaged: Path) -> None:
    folder = packaged / "systems" / "blocks-2023"
    text = (folder / "system.toml").read_text(encoding="utf-8")
    (packaged / "systems" / "own").mkdir()
    own = packaged / "systems" / "own" / "system.toml"
    own.write_text(text.replace('"blocks-2023"', '"own"', 1), encoding="utf-8")
    assert "own" in load_templates(packaged).systems


def test_a_file_that_is_taken_away_counts(packaged: Path) -> None:
    (packaged / "outlines" / "addressed.toml").unlink()
    assert len(load_templates(packaged).outlines) == len(load_templates(RESOURCES).outlines) - 1


def cut_off(data: bytes) -> bytes:
    return data[: len(data) // 2]


def one_letter_changed(data: bytes) -> bytes:
    return data.replace("部门".encode(), "部阀".encode(), 1)


def one_figure_changed(data: bytes) -> bytes:
    return data.replace(b'"weight":10', b'"weight":11', 1)


def no_text(data: bytes) -> bytes:
    return data[:100] + b"\xff\xfe" + data[102:]


def emptied(data: bytes) -> bytes:
    return b""


@pytest.mark.parametrize("harm", [cut_off, one_letter_changed, one_figure_changed, no_text, emptied])
def test_what_was_prepared_and_is_damaged_is_left_alone(
    packaged: Path, harm: Callable[[bytes], bytes]
) -> None:
    path = packaged / PREPARED
    whole = path.read_bytes()
    path.write_bytes(harm(whole))
    assert path.read_bytes() != whole
    assert load_templates(packaged) == load_templates(RESOURCES)


def test_a_folder_in_the_place_of_what_was_prepared_is_left_alone(packaged: Path) -> None:
    (packaged / PREPARED).unlink()
    (packaged / PREPARED).mkdir()
    assert load_templates(packaged) == load_templates(RESOURCES)


def test_loading_writes_nothing(packaged: Path) -> None:
    (packaged / PREPARED).unlink()
    before = sorted(path for path in packaged.rglob("*"))
    load_templates(packaged)
    assert sorted(path for path in packaged.rglob("*")) == before


COLUMN = '[[column]]\nid = "amount"\nlabel = "金额"\n'
ROW = '[[row]]\nid = "shop"\nlabel = "门面"\n'


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ('id = "rents"\ntitle = "出租"\nunits = "万元"\n' + COLUMN + ROW, "units"),
        ('id = "rents"\ntitle = "出租"\n' + COLUMN.replace("label", "lable") + ROW, "lable"),
        ('id = "rents"\ntitle = "出租"\n' + COLUMN + ROW.replace("id", "ib"), "ib"),
        ('id = "rents"\n' + COLUMN + ROW, "title"),
        ('id = "rents"\ntitle = 出租\n' + COLUMN + ROW, "line 2"),
    ],
)
def test_a_misspelt_table_is_named_with_its_file(packaged: Path, text: str, word: str) -> None:
    (packaged / "tables" / "rents.toml").write_text(text, encoding="utf-8")
    with pytest.raises(TemplateError, match=f"tables/rents.toml.*{word}"):
        load_templates(packaged)
