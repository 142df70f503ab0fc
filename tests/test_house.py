"""The house's hard stops: small files, small functions, a sentence on top, tests that mirror the program."""

from __future__ import annotations

import ast
import re
from collections import Counter
from functools import cache
from pathlib import Path

from tests.places import ROOT

FILE_LINES = 400
FUNCTION_LINES = 60
FOLDER_MODULES = 20
SOURCES = sorted(path for room in ("desktop", "build", "tests") for path in (ROOT / room).rglob("*.py"))
# Folders of tests/ that are no mirror of a room of desktop/.
OTHER_FOLDERS = {"build", "bench", "endurance"}
# Tests of several modules of a room together.
WHOLE_ROOM = {
    "tests/storage/test_killed.py",
    "tests/exchange/test_other_forms.py",
    "tests/exchange/test_written_files.py",
    "tests/ui/test_fits.py",
    "tests/ui/test_hostile_text.py",
    "tests/ui/test_lifetimes.py",
    "tests/ui/test_other_forms.py",
}


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8")


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(text_of(path))


def test_files_are_small() -> None:
    assert {name_of(p): n for p in SOURCES if (n := len(text_of(p).splitlines())) > FILE_LINES} == {}


def test_functions_are_small() -> None:
    for path in SOURCES:
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = (node.end_lineno or node.lineno) - node.lineno + 1
                assert lines <= FUNCTION_LINES, f"{name_of(path)}: {node.name}"


def test_folders_hold_few_modules() -> None:
    """What stands in one folder can be taken in at a glance."""
    modules = (
        path for path in SOURCES if path.name != "__init__.py" and path.is_relative_to(ROOT / "desktop")
    )
    held = Counter(name_of(path.parent) for path in modules)
    assert {folder: n for folder, n in held.items() if n > FOLDER_MODULES} == {}


def test_modules_say_what_they_are_for() -> None:
    for path in SOURCES:
        said = ast.get_docstring(tree_of(path)) or (path.name == "__init__.py" and not tree_of(path).body)
        assert said, name_of(path)
        assert path.stem not in {"utils", "util", "helpers", "helper", "common", "misc"}, name_of(path)


def test_nothing_is_left_for_later() -> None:
    for path in SOURCES:
        if path != Path(__file__):
            assert not re.search(r"\b(TODO|FIXME|XXX|HACK)\b", text_of(path)), name_of(path)


def test_tests_mirror_the_program() -> None:
    """`tests/x/test_y.py` or `test_y_more.py` tests `desktop/x/y.py`, or the folder `desktop/x/y` or `x`.

    So a failing test names the module to look at.
    """
    for path in (ROOT / "tests").rglob("test_*.py"):
        if path.parent == ROOT / "tests" or name_of(path) in WHOLE_ROOM:
            continue
        room = path.parent.relative_to(ROOT / "tests")
        if room.parts[0] in OTHER_FOLDERS:
            mirrored = ROOT / room if room.parts[0] == "build" else ROOT / "tests" / room
        else:
            mirrored = ROOT / "desktop" / room
        assert mirrored.is_dir(), f"there is no {mirrored}"
        subject = path.stem.removeprefix("test_")
        names = {p.stem for p in mirrored.iterdir() if p.suffix == ".py" or p.is_dir()} | {room.name}
        assert any(subject == name or subject.startswith(f"{name}_") for name in names), name_of(path)
