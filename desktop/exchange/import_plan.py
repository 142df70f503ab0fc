"""What an import would change, cell by cell, for the user to tick before anything is written."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

from desktop.domain.keys import FactKey

Level = Literal["ok", "note", "problem"]
_BRIEF = 40
"""Characters of a text in a list: about half a line of the window at its smallest."""


def brief(text: str, most: int = _BRIEF) -> str:
    """A text in a list: as it is, or how it begins, in so many characters, and how long it is."""
    first = next(iter(text.strip().splitlines()), "")
    if len(text) <= 2 * most and first == text:
        return text
    return f"{first[:most]}…（{len(text):,}字）"


@dataclass(frozen=True, slots=True)
class PlanItem:
    """One cell that would change. `new` is the value to be stored, '' to empty the cell.

    `old` is what the report shows there now; `where` the address in the file (`附件1!D7`).
    """

    key: FactKey
    label: str
    old: str
    new: str
    where: str
    problem: str = ""
    level: Level = "ok"
    ticked: bool = True
    shown: str = ""
    """The new value as people call it, where that is not what is stored."""


@dataclass(frozen=True, slots=True)
class PlanProblem:
    """Something in the file that no cell can show: where it is, and one sentence."""

    where: str
    message: str


@dataclass(frozen=True, slots=True)
class NewRow:
    """A row that an import adds: the facts that make it exist (place and name), wanted with any of its cells.

    `scope` is the project's, for a row of the project list: its own tables hang on it.
    """

    table: str
    row: str
    facts: tuple[tuple[FactKey, str], ...]
    scope: str = ""

    def holds(self, key: FactKey) -> bool:
        return (key.table, key.row) == (self.table, self.row) or (
            self.scope != "" and key.scope == self.scope
        )


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """The whole import. `agreed` counts the cells of the file that already say what the report says."""

    source: str
    unit_name: str | None
    year: int
    items: tuple[PlanItem, ...]
    problems: tuple[PlanProblem, ...]
    project_names: tuple[str, ...] = ()
    agreed: int = 0
    rows: tuple[NewRow, ...] = ()
    system: str = ""
    """The indicator system that the file names, for a report that is made for it; '' where it names none."""

    @property
    def ticked(self) -> tuple[int, ...]:
        """Indices of the items that are ticked to begin with."""
        return tuple(index for index, item in enumerate(self.items) if item.ticked)

    def wanted(self, ticked: Collection[int] | None = None) -> list[tuple[FactKey, str | None]]:
        """What `edits.edit_from` needs for the ticked items (None: those ticked to begin with).

        New rows come with the first of their cells; of two items for one cell the later counts.
        """
        chosen = set(self.ticked if ticked is None else ticked)
        items = [item for index, item in enumerate(self.items) if index in chosen]
        keys = [item.key for item in items]
        new_rows = [fact for row in self.rows if any(map(row.holds, keys)) for fact in row.facts]
        return [*new_rows, *((item.key, item.new or None) for item in items)]
