"""Simple relations between cells, as data: sums, equalities, limits and rates that a report must keep."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

KINDS = ("sum", "equal", "at_most", "ratio")


class Relation(NamedTuple):
    """One of the 勾稽关系 (docs/domain.md 3.2).

    `left` and `right` are formulas; `{column}` runs through `columns`, `{project}` through the projects.

    kind `sum`: left is the sum of right's cells, but for rounding; `equal`: two cells say the same;
    `at_most`: left is not more than right; `ratio`: a rate that somebody typed is right's quotient.
    `instead` is another formula whose value explains a wrong one, `instead_words` what it was.
    """

    code: str
    name: str
    level: str
    kind: str
    left: str
    right: str
    message: str
    columns: tuple[str, ...] = ("",)
    per_project: bool = False
    instead: str = ""
    instead_words: str = ""


def parse_checks(data: Sequence[Mapping[str, Any]]) -> tuple[Relation, ...]:
    """The relations of checks.toml. Raises ValueError for a kind nobody evaluates."""
    relations = tuple(Relation(**(dict(d) | {"columns": tuple(d.get("columns", ("",)))})) for d in data)
    for relation in relations:
        if relation.kind not in KINDS:
            raise ValueError(f"{relation.code}: no kind {relation.kind}")
    return relations
