"""Who may enter which room: the layers of the program, and where each foreign library may be used."""

from __future__ import annotations

import ast
from functools import cache

from tests.import_graph import SOURCES, circles, imports_of, layer_of, module_graph, module_of, tree_of

PURE = {"errors", "domain", "audit"}
PARTS = PURE | {"paths", "resource_files", "storage", "exchange"}
# Layer -> the layers it may know besides itself and `desktop`. Whoever is not listed has no place yet.
MAY_KNOW = {
    "errors": set[str](),
    "private_files": set[str](),
    "scrubbing": set[str](),
    "paths": {"errors", "private_files"},
    "system": {"errors", "paths", "private_files", "scrubbing"},
    "domain": {"errors"},
    # The one file that rules know of: names of figures, which are data (`desktop/ontology.py`).
    "ontology": {"paths"},
    "audit": PURE | {"ontology"},
    "resource_files": PURE,
    "storage": PURE | {"paths", "private_files"},
    "exchange": PURE | {"paths", "scrubbing"},
    "work_items": PARTS,
    "taken_tasks": PARTS,
    "workplace": PARTS | {"work_items", "taken_tasks"},
    "ui": PARTS | {"work_items", "workplace", "taken_tasks"},
    # The composition roots: nobody below knows them. The command line opens the window when asked nothing.
    "app": PARTS | {"work_items", "workplace", "ui", "system"},
    "demo": PARTS | {"work_items", "workplace", "ui", "app"},
    "call_words": {"errors", "exchange"},
    "task_commands": PARTS | {"taken_tasks", "workplace"},
    "cli": PARTS | {"call_words", "task_commands", "work_items", "workplace", "app", "demo", "system"},
    "__main__": {"errors", "paths", "system", "app", "cli"},
    "__init__": set[str](),
}
HEAVY = {"openpyxl", "reportlab", "python_calamine", "olefile", "pypdf"}
ONLY_IN = {
    "PySide6": {"ui", "app", "system"},
    "shiboken6": {"ui", "app"},
    "sqlite3": {"storage"},
    "sqlite_utils": {"storage"},
    **{library: {"exchange"} for library in HEAVY},
}
FILES = {"os", "io", "pathlib", "shutil", "tempfile", "glob"}
NETWORK = {"socket", "ssl", "urllib", "http", "requests", "httpx", "aiohttp", "ftplib", "smtplib", "xmlrpc"}
WITHOUT_SESSION = {"desktop.ui.dialogs.rescue"}
"""There the data file cannot be opened: nothing but storage itself can be asked."""


def foreign(module: str) -> set[str]:
    return {found.target for found in imports_of(module) if not module_of(found.target)}


def test_layers_are_entered_only_by_who_may() -> None:
    layers = {layer_of(module) for module in SOURCES}
    assert layers == MAY_KNOW.keys(), "say in MAY_KNOW whom a new layer may know"
    for module, known in module_graph().items():
        may = MAY_KNOW[layer_of(module)] | {layer_of(module), "__init__"}
        assert {layer_of(other) for other in known} <= may, module


def test_no_modules_import_one_another_in_a_circle() -> None:
    assert circles(module_graph()) == []


def test_the_window_reaches_the_data_file_only_through_its_session() -> None:
    """Of storage it knows records and constants, whose names begin with a capital; a deed is asked of
    `session.place`. The exchange gets and gives plain values and may be called from anywhere."""
    for module in SOURCES:
        if layer_of(module) == "ui" and module not in WITHOUT_SESSION:
            taken = [i.target for i in imports_of(module) if i.target.startswith("desktop.storage.")]
            assert [t for t in taken if not t.rpartition(".")[2][0].isupper()] == [], module


def test_foreign_libraries_stay_in_their_layer() -> None:
    for module in SOURCES:
        for target in foreign(module):
            library = target.split(".")[0]
            assert layer_of(module) in ONLY_IN.get(library, {layer_of(module)}), (module, target)


def test_nothing_can_reach_the_network() -> None:
    """The one exception: a second start tells its file to the first through a local socket."""
    for module in SOURCES:
        assert not {target.split(".")[0] for target in foreign(module)} & NETWORK, module
        sockets = {target for target in foreign(module) if target.startswith("PySide6.QtNetwork")}
        local = {"PySide6.QtNetwork.QLocalServer", "PySide6.QtNetwork.QLocalSocket"}
        assert sockets <= (local if module == "desktop.system.single_instance" else set()), module


def test_the_rules_of_the_field_touch_no_files() -> None:
    for module in SOURCES:
        if layer_of(module) in ("domain", "audit"):
            assert not {target.split(".")[0] for target in foreign(module)} & FILES, module
            calls = [node.func for node in ast.walk(tree_of(module)) if isinstance(node, ast.Call)]
            assert "open" not in {call.id for call in calls if isinstance(call, ast.Name)}, module


def test_only_messages_opens_message_boxes() -> None:
    mentioned = {m for m in SOURCES if "QMessageBox" in SOURCES[m].read_text(encoding="utf-8")}
    assert mentioned == {"desktop.ui.messages"}


@cache
def loaded_with(module: str) -> frozenset[str]:
    """All that importing the module loads: ours in full depth, foreign libraries by their first name."""
    loaded, waiting = set[str](), [module]
    while waiting:
        name = waiting.pop()
        if name.startswith("desktop."):
            name = module_of(name)
        if name in loaded:
            continue
        loaded.add(name)
        if name in SOURCES:
            waiting += [found.target for found in imports_of(name) if found.at_load]
            waiting += [name.rpartition(".")[0]] if "." in name else []
        else:
            loaded.add(name.split(".")[0])
    return frozenset(loaded)


def test_heavy_libraries_are_not_loaded_at_start() -> None:
    """Only modules of exchange may need one at import; who uses such a module imports it in a function."""
    for module in SOURCES:
        if layer_of(module) != "exchange":
            assert not loaded_with(module) & HEAVY, module


def test_the_command_line_works_without_qt() -> None:
    assert "PySide6" not in loaded_with("desktop.cli")
