"""`task make|show|take|list|remove`, and `import` of a task file: the same deeds as in the window."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from desktop import paths
from desktop.cli import main
from desktop.workplace import Workplace
from tests.county_task import TASK, written_to


class Calls:
    """The command line over one data folder."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder, self._capsys = folder, capsys

    def __call__(self, *words: object) -> tuple[int, str, str]:
        code = main(["--data-dir", str(self.folder / "data"), *map(str, words)])
        said = self._capsys.readouterr()
        return code, said.out, said.err

    def data(self, *words: object) -> Any:
        code, out, _ = self(*words, "--json")
        assert code == 0
        return json.loads(out)


@pytest.fixture
def call(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Calls:
    return Calls(tmp_path, capsys)


@pytest.fixture
def task(call: Calls) -> Path:
    path = call.folder / "清河.zpt"
    words = (
        "--issuer",
        TASK.issuer,
        "--deadline",
        TASK.deadline,
        "--note",
        "按时报送",
        "--issued",
        TASK.issued,
    )
    code, out, err = call("task", "make", written_to(call.folder / "county"), *words, "-o", path)
    assert code == 0 and "制发单位：清河县财政局" in out and "已制作任务包" in err
    return path


def test_from_a_folder_to_the_list_and_away(call: Calls, task: Path) -> None:
    shown = call.data("task", "show", task)
    assert (shown["id"], shown["deadline"], shown["issue"]) == (TASK.id, "2025-03-31", 1)
    assert call("task", "list")[1].strip() == "还没有领取任务。"
    assert call.data("task", "take", task)["taken"] is True
    (listed,) = call.data("task", "list")
    assert (listed["edition"], listed["reports"], listed["problem"]) == (TASK.id, [], "")
    assert "截止日期：2025年3月31日" in call("task", "list")[1]
    code, out, _ = call("task", "take", task)
    assert code == 0 and "内容相同" in out
    assert call("task", "remove", TASK.id)[0] == 0 and call.data("task", "list") == []
    assert call("task", "remove", TASK.id)[0] == 2


def test_a_changed_task_is_the_next_issue(call: Calls, task: Path) -> None:
    call("task", "take", task)
    folder, path = call.folder / "county", call.folder / "b.zpt"
    words = ("task", "make", folder, "--issuer", TASK.issuer, "--note", "改了", "-o", path)
    code, _, err = call(*words)
    assert code == 2 and "第2次发布" in err and "--issue" in err and not path.exists()
    assert call(*words, "--issue", 2)[0] == 0
    shown = call.data("task", "take", path)
    assert (shown["edition"], shown["against"], shown["differences"]) == (f"{TASK.id}-2", TASK.id, [])


def test_import_takes_a_task(call: Calls, task: Path) -> None:
    code, out, _ = call("import", task)
    assert code == 0 and "加 --yes 领取" in out and call.data("task", "list") == []
    assert call.data("import", task, "--yes")["taken"] is True
    assert len(call.data("task", "list")) == 1


def test_from_a_report(call: Calls) -> None:
    place = Workplace.open(paths.locate(call.folder / "data"), paths.resources_dir())
    report = place.add_samples()
    place.close()
    path, words = (
        call.folder / "报告.zpt",
        ("--year", report.id.year, "--issuer", "清河县财政局", "--for-year", 2024),
    )
    assert call("task", "make", "--unit", report.unit_name, *words, "-o", path)[0] == 0
    shown = call.data("task", "take", path)
    assert (shown["id"], shown["name"]) == (TASK.id, "清河县财政局2024年度整体支出绩效自评")
    assert shown["against"] == "annexes-2023" and shown["differences"] == []
    assert "没有找到“甲”" in call("task", "make", "--unit", "甲", *words, "-o", path)[2]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("task",), "没有写全"),
        (("task", "make", "-o", "a.zpt"), "没有说用什么制作"),
        (("task", "make", "x", "-o", "a.zip"), "以 .zpt 结尾"),
        (("task", "make", "nowhere", "-o", "a.zpt"), r"没有 forms.toml"),
        (("task", "show", "nowhere.zpt"), "找不到文件"),
    ],
)
def test_misuse_is_told_in_a_sentence(call: Calls, words: tuple[str, ...], said: str) -> None:
    code, _, err = call(*words)
    assert code == 2 and said in err and "Traceback" not in err


def test_what_is_not_sound_is_not_made(call: Calls) -> None:
    folder = written_to(call.folder / "county")
    (folder / "tables" / "rents.toml").write_text('id = "rents"\ntitle = "x"\n', encoding="utf-8")
    code, _, err = call("task", "make", folder, "--issuer", "甲", "-o", call.folder / "a.zpt")
    assert (
        code == 2
        and "没有行或没有列" in err
        and "请改好表样的文件" in err
        and not (call.folder / "a.zpt").exists()
    )
