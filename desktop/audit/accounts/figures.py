"""The numbers of a table of final accounts, and its rows."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from desktop.audit.accounts.grids import Cell

_AMOUNT = re.compile(r"[-−]?\d{1,3}(?:,\d{3})+(?:\.\d+)?|[-−]?\d+(?:\.\d+)?")
_NOTHING = frozenset(("", "-", "--", "—", "——", "–", "/", "0"))


class Figure(NamedTuple):
    """A number of a table in 万元, the half of its last digit, its place in `Text.flat`, and the table's unit."""

    value: Decimal
    half: Decimal
    start: int
    end: int
    unit: Decimal = Decimal(1)
    """In 万元: 0.0001 where the table is in 元."""

    def in_table_unit(self, value: Decimal) -> str:
        """An amount in 万元 as this table would print it, thousands commas aside."""
        last = self.half * 2 / self.unit
        return f"{(value / self.unit).quantize(last.normalize() if last < 1 else Decimal(1)):f}"

    @property
    def unit_name(self) -> str:
        return "万元" if self.unit == 1 else "元"


@dataclass(frozen=True, slots=True)
class Row:
    """`name` without its list mark; `item` whether it has one; `code` is 201, 20106 or 2010601, '' for none."""

    name: str
    item: bool
    code: str
    figures: dict[str, Figure | None]
    """By column; None where the cell is empty."""

    def get(self, column: str) -> Figure | None:
        return self.figures.get(column)


def is_amount(text: str) -> bool:
    return bool(_AMOUNT.fullmatch(text))


def are_amounts(cells: Iterable[Cell]) -> bool:
    """Numbers, strokes and empty cells only."""
    return all(cell.text in _NOTHING or is_amount(cell.text) for cell in cells)


def figure_of(cell: Cell, factor: Decimal) -> Figure | None:
    """The number in a cell; None for an empty one or a stroke. ValueError for anything else."""
    if cell.text in _NOTHING:
        return None
    if not is_amount(cell.text):
        raise ValueError(cell.text)
    digits = cell.text.replace(",", "").replace("−", "-")
    decimals = len(digits.partition(".")[2])
    half = Decimal(5).scaleb(-decimals - 1) * factor
    return Figure(Decimal(digits) * factor, half, cell.start, cell.end, factor)
