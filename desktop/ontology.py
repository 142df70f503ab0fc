"""The names of the figures that reports tell, and what belongs under which: `resources/ontology.toml`, read once.

A layer of its own, because the rules that ask it open no files. It is read when it is first asked, so that a start
does not wait for it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any, NamedTuple, TypeVar

from desktop import paths

Made = TypeVar("Made")


class Pattern(NamedTuple):
    """A regular expression for part of a name, and a name in which it is found."""

    like: str
    sample: str


class Node(NamedTuple):
    """A figure: its key, how it is shown, its other names (`ontology.toml` says what each is for)."""

    id: str
    shown: str
    names: tuple[str, ...] = ()
    patterns: tuple[Pattern, ...] = ()
    begins: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()

    @property
    def all_names(self) -> tuple[str, ...]:
        """Its key and what it is shown as are names too."""
        return tuple(dict.fromkeys((self.id, self.shown, *self.names)))


class Parts(NamedTuple):
    """Whole -> parts, by the keys of nodes. `closed`: nothing else is in it; `at_most`: see `ontology.toml`."""

    whole: str
    parts: tuple[str, ...]
    closed: bool = False
    at_most: bool = False


class Staff(NamedTuple):
    """A kind of staff: `like` is found in the words before its number; `by` are the divisions that it is of."""

    like: str
    sample: str
    by: tuple[str, ...]


@dataclass(frozen=True)
class Ontology:
    """Everything in the order of the file."""

    nodes: Mapping[str, Node]
    sets: tuple[Parts, ...]
    staff: Mapping[str, Staff]
    scopes: Mapping[str, str]

    @cached_property
    def closed(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Whole -> the parts that leave nothing of it out (docs/domain.md 2.1, 3.2)."""
        return tuple((found.whole, found.parts) for found in self.sets if found.closed)

    def name_of(self, measure: str) -> str:
        """`三公经费` -> `“三公”经费`; an unknown measure as it is."""
        node = self.nodes.get(measure)
        return node.shown if node else measure

    def under(self, whole: str) -> tuple[Node, ...]:
        """The nodes that stand in a set of this whole, each once."""
        ids = dict.fromkeys(part for found in self.sets if found.whole == whole for part in found.parts)
        return tuple(self.nodes[node] for node in ids)

    def staff_by(self, division: str) -> frozenset[str]:
        """`posts` -> 行政, 参公, 事业 …: kinds of one division exclude each other."""
        return frozenset(kind for kind, staff in self.staff.items() if division in staff.by)


@cache
def ontology() -> Ontology:
    """That of the program's own file. ValueError, which names the entry, where it is wrong."""
    import tomllib

    text = (paths.resources_dir() / "ontology.toml").read_text(encoding="utf-8")
    return parse_ontology(tomllib.loads(text))


def parse_ontology(data: Mapping[str, Any]) -> Ontology:
    """What the file says. ValueError for a part that is no node, a name of two nodes and a misspelt word."""
    nodes = {key: _node(key, entry) for key, entry in data["nodes"].items()}
    sets = tuple(_made(Parts, str(entry.get("whole")), entry) for entry in data["set"])
    staff = {kind: _made(Staff, kind, entry) for kind, entry in data["staff"].items()}
    owners: dict[str, str] = {}
    for node in nodes.values():
        for name in (*node.all_names, *node.beside):
            if owners.setdefault(name, node.id) != node.id:
                raise ValueError(f"ontology.toml: {name} is a name of {owners[name]} and of {node.id}")
    for found in sets:
        unknown = [part for part in found.parts if part not in nodes]
        if unknown:
            raise ValueError(f"ontology.toml: {found.whole} has parts that are no nodes: {unknown}")
    return Ontology(nodes, sets, staff, data["scopes"])


def _node(key: str, entry: Mapping[str, Any]) -> Node:
    patterns = [_made(Pattern, key, pattern) for pattern in entry.get("patterns", ())]
    return _made(Node, key, {"id": key, "shown": key, **entry, "patterns": patterns})


def _made(kind: type[Made], key: str, entry: Mapping[str, Any]) -> Made:
    values = {name: tuple(value) if isinstance(value, list) else value for name, value in entry.items()}
    try:
        return kind(**values)
    except TypeError as error:
        raise ValueError(f"ontology.toml: {key}: {error}") from error
