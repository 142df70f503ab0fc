"""All rows of ours that can still be seen in a damaged data file: through sqlite, and in its raw pages."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass, field
from itertools import islice
from typing import NamedTuple

from desktop.domain.keys import FactKey
from desktop.storage.checksums import step_sum
from desktop.storage.db import SHAPES, shape_sum
from desktop.storage.journal import Step
from desktop.storage.recovery.raw_pages import Cell, Damage, Pages, Value, likely_sizes

Facts = dict[FactKey, str]

_YEARS = range(1900, 2200)
_ORDERS = {
    "units": "id",
    "reports": "id",
    "journal": "id",
    "facts": "report {0}, tbl {0}, row {0}, col",
    "settings": "key",
}
_LEAST_ROW = 8
"""Bytes below which no row of ours lies: a file that has more rows than that goes round in circles."""
_VERSIONS = 4


class Head(NamedTuple):
    """A row of `reports`; the checksum is None in a file of the first shape, which had none."""

    unit: int
    year: int
    system: str
    created: str
    deleted: str | None
    checksum: int | None


class Recorded(NamedTuple):
    """A row of the journal that is as it was written."""

    step: Step
    state: str | None


@dataclass
class Seen:
    """What one road saw. Of several versions of one row the first stays, but for a report's head."""

    units: dict[int, str] = field(default_factory=dict)
    heads: dict[int, list[Head]] = field(default_factory=dict)
    whose: dict[int, tuple[int, int]] = field(default_factory=dict)
    """Unit and year by a report's number, as the index of reports has them."""
    facts: dict[int, Facts] = field(default_factory=dict)
    journal: dict[int, Recorded] = field(default_factory=dict)
    settings: dict[str, str] = field(default_factory=dict)

    def add(self, cell: Cell) -> None:
        """Take a row for what its shape says it is; whatever has none of our shapes is left out."""
        number, values = cell.number, cell.values
        if number is None:
            self._add_keyed(values)
        elif number > 0 and values[:1] == (None,):
            self._add_numbered(number, values[1:])

    def _add_keyed(self, values: tuple[Value, ...]) -> None:
        """Rows of `facts` and `settings`, and of the indices of units and reports."""
        match values:
            case (int(report), str(table), str(row), str(column), str(value)) if table and column and value:
                self.facts.setdefault(report, {}).setdefault(FactKey(table, row, column), value)
            case (str(key), str(value)):
                self.settings.setdefault(key, value)
            case (str(name), int(number)) if name and number > 0:
                self.units.setdefault(number, name)
            case (int(unit), int(year), int(number)) if year in _YEARS and min(unit, number) > 0:
                self.whose.setdefault(number, (unit, year))

    def _add_numbered(self, number: int, values: tuple[Value, ...]) -> None:
        match values:
            case (str(name),) if name:
                self.units[number] = name
            case (int(unit), int(year), str(system), str(made), None | str() as gone, *rest) if (
                year in _YEARS and unit > 0
            ):  # columns of a later shape stand at the end and are passed over
                checksum = rest[0] if rest and isinstance(rest[0], int) else None
                versions = self.heads.setdefault(number, [])
                if len(versions) < _VERSIONS:
                    versions.append(Head(unit, year, system, made, gone, checksum))
            case (int(), str(), str(), "edit" | "undo" | "redo", int(), _, _, _, *_):
                self._add_step(number, values)

    def _add_step(self, number: int, values: tuple[Value, ...]) -> None:
        report, at, label, kind, size, changes, state, turned, *rest = values
        step = Step(report, at, label, kind, size, changes, turned, rest[0] if rest else "")  # type: ignore[arg-type]
        # A row of the first shape has no sum, and is believed if it can be read at all.
        if not rest or (len(rest) >= 2 and rest[1] == step_sum(*step)):
            self.journal.setdefault(number, Recorded(step, state if isinstance(state, str) else None))


class Sightings(NamedTuple):
    """What each road saw, the most reliable first."""

    through_sqlite: Seen
    in_pages: Seen
    given_up: Seen
    """On pages that sqlite has given up for use."""
    damage: Damage
    per_page: float
    """Cells that a page holds on average."""


def look_into(data: bytes) -> Sightings:
    """Both roads over the same bytes; never an error, whatever they are."""
    by_size = [_in_pages(data, size) for size in likely_sizes(data)]
    in_pages, given_up, damage, per_page = max(by_size, key=lambda found: len(found[0].facts))
    seen = Seen()
    with suppress(sqlite3.Error, UnicodeDecodeError, OverflowError):
        for cell in islice(_through_sqlite(data), len(data) // _LEAST_ROW):
            seen.add(cell)
    return Sightings(seen, in_pages, given_up, damage, per_page)


def _in_pages(data: bytes, size: int) -> tuple[Seen, Seen, Damage, float]:
    pages, live, old, facts = Pages(data, size), Seen(), Seen(), 0
    for cell in pages.rows():
        (old if cell.old else live).add(cell)
        facts += not cell.old
    return live, old, pages.damage, facts / max(1, pages.data_pages)


def _through_sqlite(data: bytes) -> Iterator[Cell]:
    """Every table from its beginning and, where that breaks off, from its end.

    Over a copy in memory: sqlite never touches the file. Only where the definitions are ours, for others
    would be misread. (What `.recover` of sqlite's shell does needs a part that Python's sqlite lacks.)
    """
    with closing(sqlite3.connect(":memory:")) as conn:
        # As if it never had a write-ahead log, which a copy in memory cannot have.
        conn.deserialize(data[:18] + b"\1\1" + data[20:])
        conn.text_factory = lambda letters: letters.decode(errors="replace")
        ((version,),) = conn.execute("PRAGMA user_version")
        if shape_sum(conn) != SHAPES.get(version):
            return
        for table, order in _ORDERS.items():
            for direction in ("ASC", "DESC"):
                sql = f"SELECT * FROM {table} ORDER BY {order.format(direction)} {direction}"
                try:
                    for row in conn.execute(sql):
                        keyed = table in ("facts", "settings")
                        yield Cell(None, row, False) if keyed else Cell(row[0], (None, *row[1:]), False)
                except (sqlite3.Error, OverflowError):
                    continue
                break
