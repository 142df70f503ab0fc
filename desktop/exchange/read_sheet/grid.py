"""One sheet as a neutral grid of values, whatever program or file it comes from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from types import MappingProxyType

from desktop.exchange.read_sheet.raw_marks import MAX_CELLS, Position

Value = str | Decimal | bool | date | None


@dataclass(frozen=True)
class Cell:
    """One used cell.

    `value` is None only where a formula has no stored result (`uncached`); an error value such as #DIV/0!
    is kept as its text. `formula` has no leading '='; '' means the file does not tell it. `percent`: the
    number is shown as a percentage, so 0.95 stands for 95%.
    """

    value: Value
    address: str
    formula: str | None = None
    uncached: bool = False
    percent: bool = False

    @property
    def text(self) -> str:
        """The value as plain text; '' if there is none."""
        if isinstance(self.value, Decimal):
            return format(self.value, "f")
        if isinstance(self.value, bool):
            return "是" if self.value else "否"
        return "" if self.value is None else str(self.value)


@dataclass(frozen=True)
class Grid:
    """One sheet: only used cells are in `cells`; a merged range has its value at the top left.

    `merged` holds (first row, first column, last row, last column), `merged_into` leads from every other
    cell of such a range to its top left. `n_rows` and `n_cols` reach to the last used cell.
    """

    name: str
    cells: Mapping[Position, Cell]
    merged: tuple[tuple[int, int, int, int], ...] = ()
    merged_into: Mapping[Position, Position] = field(default_factory=dict)
    n_rows: int = 0
    n_cols: int = 0
    hidden: bool = False
    in_text: bool = False
    """A form of a text, whose cells are told by row and column."""


_INVISIBLE = re.compile("_x000D_|[\u00ad\u200b-\u200f\u2060\ufeff]")
"""Line ends as Excel escapes them, soft hyphens, and zero-width signs that come along from web pages."""


def clean_text(text: str) -> str:
    """Text without invisible characters and outer blanks; line ends as \\n, no-break spaces as spaces."""
    text = _INVISIBLE.sub("", text).replace("\u00a0", " ")
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def grid_of(
    name: str,
    cells: dict[Position, Cell],
    merged: Iterable[tuple[int, int, int, int]],
    hidden: bool = False,
    in_text: bool = False,
) -> Grid:
    n_rows = max((row for row, _ in cells), default=-1) + 1
    n_cols = max((col for _, col in cells), default=-1) + 1
    kept: list[tuple[int, int, int, int]] = []
    into: dict[Position, Position] = {}
    for top, left, bottom, right in merged:
        area = (top, left, min(bottom, n_rows - 1), min(right, n_cols - 1))
        if area[0] > area[2] or area[1] > area[3]:
            continue  # a merged range of empty formatted cells beyond the last value
        kept.append(area)
        if len(into) + (area[2] - top + 1) * (area[3] - left + 1) > MAX_CELLS:
            raise ValueError("merged ranges larger than any sheet that is read")
        into.update(
            ((row, col), (top, left))
            for row in range(top, area[2] + 1)
            for col in range(left, area[3] + 1)
            if (row, col) != (top, left)
        )
    return Grid(
        name, MappingProxyType(cells), tuple(kept), MappingProxyType(into), n_rows, n_cols, hidden, in_text
    )
