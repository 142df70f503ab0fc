"""Who may enter which room: the layers of the program, and where each foreign library may be used.

Imports under TYPE_CHECKING and inside functions count: a layer is what a file knows, not when it loads it.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).resolve().parents[1]
PURE = {"errors", "domain", "audit"}
# Room -> the rooms it may know besides itself and `desktop`. Whoever is not listed has no room yet.
MAY_KNOW = {
    "errors": set[str](),
    "paths": {"errors"},
    "crash": {"errors", "paths"},
    "windows": set[str](),
    "run_mark": set[str](),
    "garbage": set[str](),
    "places": set[str](),
    "single_instance": {"errors", "windows"},
    "domain": {"errors"},
    "audit": PURE,
    "storage": PURE | {"paths"},
    "exchange": PURE | {"paths"},
    "work_items": PURE | {"paths", "storage", "exchange"},
    "workplace": PURE | {"paths", "storage", "exchange", "work_items"},
    "ui": PURE | {"paths", "storage", "exchange", "work_items", "workplace"},
    # The composition roots: nobody below knows them. The command line opens the window when asked nothing.
    "app": PURE
    | {
        "paths",
        "crash",
        "storage",
        "exchange",
        "work_items",
        "workplace",
        "ui",
        "places",
        "single_instance",
        "run_mark",
        "garbage",
    },
    "demo": PURE | {"paths", "storage", "exchange", "work_items", "workplace", "ui", "app"},
    "cli": PURE
    | {"paths", "crash", "storage", "exchange", "work_items", "workplace", "app", "demo", "garbage"},
    "__main__": {"errors", "paths", "crash", "app", "cli", "windows", "garbage"},
    "__init__": set[str](),
}
HEAVY = {"openpyxl", "reportlab", "python_calamine", "docx", "olefile", "pypdf"}
ONLY_IN = {
    "PySide6": {"ui", "app", "single_instance"},
    "shiboken6": {"ui", "app"},
    "sqlite3": {"storage"},
    "sqlite_utils": {"storage"},
    **{library: {"exchange"} for library in HEAVY},
}
FILES = {"os", "io", "pathlib", "shutil", "tempfile", "glob"}
NETWORK = {"socket", "ssl", "urllib", "http", "requests", "httpx", "aiohttp", "ftplib", "smtplib", "xmlrpc"}
SINGLE_INSTANCE = {"PySide6.QtNetwork.QLocalServer", "PySide6.QtNetwork.QLocalSocket"}


class Import(NamedTuple):
    target: str  # dotted; of `from a import b`: a.b
    at_load: bool  # neither inside a function nor under TYPE_CHECKING


def dotted(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


SOURCES = {dotted(p): p for p in sorted((ROOT / "desktop").rglob("*.py"))}
each_module = pytest.mark.parametrize("module", SOURCES)


@cache
def tree_of(module: str) -> ast.Module:
    return ast.parse(SOURCES[module].read_text(encoding="utf-8"))


def imports_in(node: ast.AST, at_load: bool) -> Iterator[Import]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Import):
            yield from (Import(alias.name, at_load) for alias in child.names)
        elif isinstance(child, ast.ImportFrom):
            assert child.level == 0 and child.module, "relative imports hide which room is entered"
            yield from (Import(f"{child.module}.{alias.name}", at_load) for alias in child.names)
        else:
            later = isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda) or (
                isinstance(child, ast.If) and "TYPE_CHECKING" in ast.unparse(child.test)
            )
            yield from imports_in(child, at_load and not later)


@cache
def imports_of(module: str) -> tuple[Import, ...]:
    return tuple(imports_in(tree_of(module), True))


def room_of(module: str) -> str:
    """`desktop.ui.tabs.x` -> ui; a name taken from `desktop` itself (`__version__`) -> __init__."""
    parts = module.split(".")
    return parts[1] if len(parts) > 1 and ".".join(parts[:2]) in SOURCES else "__init__"


@each_module
def test_rooms_are_entered_only_by_who_may(module: str) -> None:
    room = room_of(module)
    assert room in MAY_KNOW, f"{room} has no room: say in MAY_KNOW whom it may know"
    known = {room_of(i.target) for i in imports_of(module) if i.target.split(".")[0] == "desktop"}
    assert known <= MAY_KNOW[room] | {room, "__init__"}


@each_module
def test_foreign_libraries_stay_in_their_room(module: str) -> None:
    for target, _ in imports_of(module):
        library = target.split(".")[0]
        assert room_of(module) in ONLY_IN.get(library, {room_of(module)}), target
        assert library not in NETWORK, f"{target}: the program never uses the network"
        if target.startswith("PySide6.QtNetwork"):
            assert module == "desktop.system.single_instance", target
            assert target in SINGLE_INSTANCE, target


@each_module
def test_the_rules_of_the_field_touch_no_files(module: str) -> None:
    if room_of(module) not in ("domain", "audit"):
        return
    assert not {i.target.split(".")[0] for i in imports_of(module)} & FILES
    calls = [n.func for n in ast.walk(tree_of(module)) if isinstance(n, ast.Call)]
    assert "open" not in {call.id for call in calls if isinstance(call, ast.Name)}


@each_module
def test_only_messages_opens_message_boxes(module: str) -> None:
    if module != "desktop.ui.messages":
        assert "QMessageBox" not in ast.unparse(tree_of(module))


@cache
def loaded_with(module: str) -> frozenset[str]:
    """All that importing the module loads: ours in full depth, foreign libraries by their first name."""
    loaded, waiting = set[str](), [module]
    while waiting:
        name = waiting.pop()
        while name not in SOURCES and name.startswith("desktop."):
            name = name.rpartition(".")[0]  # a class or function: its module
        if name in loaded:
            continue
        loaded.add(name)
        if name in SOURCES:
            waiting += [i.target for i in imports_of(name) if i.at_load]
            waiting += [name.rpartition(".")[0]] if "." in name else []
        else:
            loaded.add(name.split(".")[0])
    return frozenset(loaded)


@each_module
def test_heavy_libraries_are_not_loaded_at_start(module: str) -> None:
    """Only modules of exchange may need one at import; who uses such a module imports it in a function."""
    if room_of(module) != "exchange":
        assert not loaded_with(module) & HEAVY


def test_the_command_line_works_without_qt() -> None:
    assert "PySide6" not in loaded_with("desktop.cli")
