"""Adding, moving and removing open rows, as changes to facts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from desktop.domain.facts import PROJECTS, FactSheet
from desktop.domain.keys import FactKey
from desktop.domain.numbers import canonical, number_of
from desktop.domain.template import ORDER

CellValues = Iterator[tuple[FactKey, str | None]]


def new_row(sheet: FactSheet, table: str, group: str, taken: Iterable[str] = ()) -> str:
    """An id for a row that no row of the group (nor of `taken`) has had: `special:4`."""
    ids = (row.partition(":") for row in (*sheet.rows(table, group), *taken))
    used = [int(number) for base, _, number in ids if base == group and number.isdecimal()]
    return f"{group}:{max(used, default=0) + 1}"


def place_after(sheet: FactSheet, table: str, group: str, row: str | None = None) -> str:
    """The order value that puts a new row behind `row` (behind all, if None)."""
    rows = sheet.rows(table, group)
    places = [number_of(sheet.get(table, r, ORDER)) or Decimal(0) for r in rows]
    if row is None or row not in rows or row == rows[-1]:
        return canonical((max(places) if places else Decimal(0)) // 1 + 1)
    at = rows.index(row)  # halfway to the next one: no other row has to be written
    return canonical((places[at] + places[at + 1]) / 2)


def swap(sheet: FactSheet, table: str, first: str, second: str) -> CellValues:
    """Two rows of a group change places."""
    a, b = FactKey(table, first, ORDER), FactKey(table, second, ORDER)
    yield a, sheet.text(b)
    yield b, sheet.text(a)


def remove_row(facts: Mapping[FactKey, str], table: str, row: str) -> CellValues:
    """Every fact of a row becomes empty; with a project go its own tables."""
    scope = row.partition(":")[2] if table == PROJECTS else ""
    for key in facts:
        if (key.table == table and key.row == row) or (scope and key.scope == scope):
            yield key, None
