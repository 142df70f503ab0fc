"""The house's hard stops: small files, small functions, a sentence on top, tests that mirror the program."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from tests.places import ROOT

FILE_LINES = 500
FUNCTION_LINES = 60
SOURCES = sorted(p for room in ("desktop", "build", "tests") for p in (ROOT / room).rglob("*.py"))
# Folders of tests/ that are no mirror of a room of desktop/.
OTHER_FOLDERS = {"build", "bench", "endurance"}
# Tests of several modules of a room together.
WHOLE_ROOM = {
    "tests/storage/test_killed.py",
    "tests/exchange/test_written_files.py",
    "tests/ui/test_hostile_text.py",
}


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


each_source = pytest.mark.parametrize("path", SOURCES, ids=name_of)


@each_source
def test_files_and_functions_are_small(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= FILE_LINES
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert node.end_lineno is not None
            assert node.end_lineno - node.lineno + 1 <= FUNCTION_LINES, node.name


@each_source
def test_modules_say_what_they_are_for(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert ast.get_docstring(tree) or (path.name == "__init__.py" and not tree.body)
    assert path.stem not in {"utils", "util", "helpers", "helper", "common", "misc"}


@each_source
def test_nothing_is_left_for_later(path: Path) -> None:
    if path != Path(__file__):
        assert not re.search(r"\b(TODO|FIXME|XXX|HACK)\b", path.read_text(encoding="utf-8"))


TESTS = sorted(p for p in (ROOT / "tests").rglob("test_*.py") if p.parent != ROOT / "tests")


@pytest.mark.parametrize("path", TESTS, ids=name_of)
def test_tests_mirror_the_program(path: Path) -> None:
    """`tests/x/test_y.py` or `test_y_more.py` tests `desktop/x/y.py`, or the folder `desktop/x/y` or `x`.

    So a failing test names the module to look at.
    """
    if name_of(path) in WHOLE_ROOM:
        return
    room = path.parent.relative_to(ROOT / "tests")
    if room.parts[0] in OTHER_FOLDERS:
        mirrored = ROOT / room if room.parts[0] == "build" else ROOT / "tests" / room
    else:
        mirrored = ROOT / "desktop" / room
    assert mirrored.is_dir(), f"there is no {mirrored}"
    subject = path.stem.removeprefix("test_")
    names = {p.stem for p in mirrored.iterdir() if p.suffix == ".py" or p.is_dir()} | {room.name}
    assert any(subject == name or subject.startswith(f"{name}_") for name in names)
