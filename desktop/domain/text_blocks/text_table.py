"""A table of the report's text: a full grid with merged areas, and how it is stored."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

MOST_ROWS, MOST_COLUMNS, LONGEST_CELL = 500, 40, 20_000
"""A larger one belongs into a workbook; the largest in 400 published reports has 140 rows and 16 columns."""
_MOST_HEAD_ROWS = 3
_FIGURE = re.compile(r"[-−+]?[\d,，.]*\d[\d,，.]*\s*[%％]?$|[-—–/]+$")
"""`1,234.50`, `95.2%`, and the stroke for nothing: what stands in the body of a table, not in its head."""

_MARK = re.compile(r"⟦[^⟦⟧]*⟧")
"""A field in a cell: what it shows, the report knows."""


class Area(NamedTuple):
    """Cells merged into one: its upper left corner from 0, and how many rows and columns it covers."""

    row: int
    column: int
    rows: int
    columns: int

    def holds(self, row: int, column: int) -> bool:
        return self.row <= row < self.row + self.rows and self.column <= column < self.column + self.columns

    def covers(self, row: int, column: int) -> bool:
        """A place that shows nothing of its own."""
        return self.holds(row, column) and (row, column) != (self.row, self.column)

    def places(self) -> set[tuple[int, int]]:
        """Row and column of each of its cells."""
        rows, columns = range(self.row, self.row + self.rows), range(self.column, self.column + self.columns)
        return {(row, column) for row in rows for column in columns}


class TextTable(NamedTuple):
    """`rows` are all as long; what an area covers is ''. A cell may hold line breaks and the marks of fields."""

    rows: tuple[tuple[str, ...], ...]
    merged: tuple[Area, ...] = ()

    @property
    def width(self) -> int:
        return len(self.rows[0])

    def cells(self) -> Iterator[tuple[Area, str]]:
        """Every cell that shows, with the area it takes, row by row."""
        starts = {(area.row, area.column): area for area in self.merged}
        for row, column in self._places():
            if not any(area.covers(row, column) for area in self.merged):
                yield starts.get((row, column), Area(row, column, 1, 1)), self.rows[row][column]

    def _places(self) -> Iterator[tuple[int, int]]:
        return ((row, column) for row in range(len(self.rows)) for column in range(self.width))

    def mapped(self, change: Callable[[str], str]) -> TextTable:
        """The same with every text changed: fields filled in."""
        return self._replace(rows=tuple(tuple(map(change, row)) for row in self.rows))

    @property
    def head_rows(self) -> int:
        """How many rows are a head: those above the first figure, at least one, unless nothing would be left."""
        figures = (n for n, row in enumerate(self.rows) if any(_FIGURE.match(c.strip()) for c in row[1:]))
        head = min(max(next(figures, 1), 1), _MOST_HEAD_ROWS)
        below = [area.row + area.rows for area in self.merged if area.row < head]
        head = max([head, *below])
        return head if head <= _MOST_HEAD_ROWS and head < len(self.rows) else 0

    @property
    def caption(self) -> str:
        """What to call it: `6行4列：项目、预算数、决算数…`."""
        named = [" ".join(_MARK.sub("…", text).split()) for text in self.rows[0] if text.strip()]
        words = "、".join(named[:3])[:24]
        return f"{len(self.rows)}行{self.width}列" + (f"：{words}" if words else "")


def table_of(cells: Iterable[tuple[Area, str]]) -> TextTable | None:
    """From the cells that show; None for nothing, or for more than fits."""
    given = list(cells)
    high = max((area.row + area.rows for area, _ in given), default=0)
    wide = max((area.column + area.columns for area, _ in given), default=0)
    if not (0 < high <= MOST_ROWS and 0 < wide <= MOST_COLUMNS):
        return None
    rows = [[""] * wide for _ in range(high)]
    for area, text in given:
        rows[area.row][area.column] = text
    merged = tuple(area for area, _ in given if area.rows > 1 or area.columns > 1)
    return TextTable(tuple(map(tuple, rows)), merged)


def stored_table(table: TextTable) -> str:
    """As JSON: `{"rows": [["项目", "金额"]], "merged": [[0, 0, 1, 2]]}`."""
    data: dict[str, Any] = {"rows": table.rows}
    if table.merged:
        data["merged"] = table.merged
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


@lru_cache(maxsize=256)
def parse_table(stored: str) -> TextTable | None:
    """None where it is no table: the text may come from a package that somebody else wrote."""
    try:
        data = json.loads(stored)
        rows = tuple(tuple(_cell(text) for text in row) for row in data["rows"])
        merged = tuple(Area(*map(_count, area)) for area in data.get("merged", ()))
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None
    table = TextTable(rows, merged)
    return table if _is_sound(table) else None


def _cell(text: Any) -> str:
    if not isinstance(text, str) or len(text) > LONGEST_CELL:
        raise ValueError(text)
    return text


def _count(number: Any) -> int:
    if type(number) is not int:
        raise ValueError(number)
    return number


def _is_sound(table: TextTable) -> bool:
    rows, merged = table.rows, table.merged
    widths = {len(row) for row in rows}
    if not 0 < len(rows) <= MOST_ROWS or len(widths) != 1 or not 0 < min(widths) <= MOST_COLUMNS:
        return False
    taken: set[tuple[int, int]] = set()
    for area in merged:
        inside = area.row >= 0 and area.row + area.rows <= len(rows) and area.rows > 0
        inside = inside and area.column >= 0 and area.column + area.columns <= table.width
        if not inside or area.columns < 1:
            return False
        if area.places() & taken:
            return False
        taken |= area.places()
    return True


def table_from_rows(rows: Sequence[Sequence[str]]) -> TextTable | None:
    """From rows as they are pasted, of any length each."""
    wide = max((len(row) for row in rows), default=0)
    if not (0 < len(rows) <= MOST_ROWS and 0 < wide <= MOST_COLUMNS):
        return None
    return TextTable(tuple((*row, *[""] * (wide - len(row))) for row in rows))
