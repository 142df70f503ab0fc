"""Who imports whom in the program, read from its sources; `python -m tests.import_graph` prints it.

Imports under TYPE_CHECKING and inside functions count: a room is what a file knows, not when it loads it.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from functools import cache
from typing import NamedTuple

from tests.places import ROOT


class Import(NamedTuple):
    target: str  # dotted; of `from a import b`: a.b
    at_load: bool  # neither inside a function nor under TYPE_CHECKING


def _dotted(parts: tuple[str, ...]) -> str:
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


SOURCES = {
    _dotted(path.relative_to(ROOT).with_suffix("").parts): path
    for path in sorted((ROOT / "desktop").rglob("*.py"))
}
PACKAGES = {module for module, path in SOURCES.items() if path.name == "__init__.py"}


@cache
def tree_of(module: str) -> ast.Module:
    return ast.parse(SOURCES[module].read_text(encoding="utf-8"))


def _imports_in(node: ast.AST, at_load: bool) -> Iterator[Import]:
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
            yield from _imports_in(child, at_load and not later)


@cache
def imports_of(module: str) -> tuple[Import, ...]:
    return tuple(_imports_in(tree_of(module), True))


def module_of(target: str) -> str:
    """`desktop.domain.facts.FactSheet` -> desktop.domain.facts; '' for what is not ours."""
    while target not in SOURCES and target:
        target = target.rpartition(".")[0]
    return target


def room_of(module: str) -> str:
    """The folder a module stands in: desktop.exchange.pdf_out.page -> exchange/pdf_out; '' for the root."""
    parts = module.split(".")[1:]
    return "/".join(parts if module in PACKAGES else parts[:-1])


def layer_of(module: str) -> str:
    """`desktop.ui.tabs.x` -> ui; a module of the root is a layer of its own; desktop itself is __init__."""
    return module.split(".")[1] if "." in module else "__init__"


@cache
def module_graph() -> dict[str, set[str]]:
    """Module -> the modules of ours that it imports, itself left out."""
    return {
        module: {module_of(found.target) for found in imports_of(module)} - {module, ""} for module in SOURCES
    }


def room_graph() -> dict[str, set[str]]:
    rooms: dict[str, set[str]] = {}
    for module, known in module_graph().items():
        rooms.setdefault(room_of(module), set()).update(room_of(other) for other in known)
    return {room: known - {room} for room, known in rooms.items()}


def circles(graph: Mapping[str, set[str]]) -> list[list[str]]:
    """Groups of nodes that reach one another."""

    @cache
    def reached(start: str) -> frozenset[str]:
        seen, waiting = set[str](), [start]
        while waiting:
            for node in graph[waiting.pop()] - seen:
                seen.add(node)
                waiting.append(node)
        return frozenset(seen)

    groups = {
        tuple(sorted({node} | {other for other in reached(node) if node in reached(other)}))
        for node in graph
        if node in reached(node)
    }
    return [list(group) for group in sorted(groups)]


def main() -> None:
    rooms = room_graph()
    for room in sorted(rooms):
        inside = [SOURCES[module] for module in SOURCES if room_of(module) == room]
        lines = sum(len(path.read_text(encoding="utf-8").splitlines()) for path in inside)
        print(
            f"{room or '.':32}{len(inside):3} files{lines:6} lines -> {' '.join(sorted(rooms[room] - {''}))}"
        )
    arrows = sum(len(known) for known in module_graph().values())
    print(
        f"{len(SOURCES)} modules, {arrows} arrows between them, circles: {circles(module_graph()) or 'none'}"
    )
    print(f"{len(rooms)} rooms, {sum(map(len, rooms.values()))} arrows, circles: {circles(rooms) or 'none'}")


if __name__ == "__main__":
    main()
