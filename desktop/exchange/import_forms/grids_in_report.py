"""The forms of a report's file as grids: cells where the file's tables have them, empty ones too. Nothing is guessed."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate

from desktop.audit.forms_in_text.regions import Region
from desktop.audit.text.flat_text import Text
from desktop.exchange.cell_address import address_of
from desktop.exchange.read_sheet.grid import Cell, Grid, clean_text, grid_of
from desktop.exchange.read_sheet.raw_marks import Position
from desktop.exchange.read_text.lines import CellPlace, DocumentLine

_WIDEST, _LONGEST = 200, 5_000
"""Columns and rows: what has more is no form, and would be a hostile file's."""


def grid_of_form(lines: Sequence[DocumentLine], text: Text, region: Region) -> Grid | None:
    """One form as the grid of its tables, paragraphs as rows of one cell. None where no table keeps its cells.

    `text` is made of the lines (`joined`), `region` a stretch of it.
    """
    ends = list(accumulate(len(line.text) + 1 for line in lines))
    span = text.span(region.start, region.end)
    inside = lines[bisect_right(ends, span.start) : bisect_left(ends, span.end) + 1]
    if not any(line.place for line in inside):
        return None
    cells: dict[Position, Cell] = {}
    merged: list[tuple[int, int, int, int]] = []
    for shown, place in _placed(inside):
        row, column, rows, columns = place
        if column + columns > _WIDEST or row + rows > _LONGEST:
            return None
        if shown:
            cells[row, column] = Cell(shown, address_of(row, column))
        if rows * columns > 1:
            merged.append((row, column, row + rows - 1, column + columns - 1))
    return grid_of(region.form, cells, merged)


def _placed(lines: Sequence[DocumentLine]) -> Iterator[tuple[str, CellPlace]]:
    """Cells and paragraphs from top to bottom; each table begins below what stands before it."""
    first_row, next_row = 0, 0
    last: CellPlace | None = None
    for line in lines:
        shown, place = clean_text(line.text), line.place
        if place is None:
            if shown:
                yield shown, CellPlace(next_row, 0)
                next_row += 1
            last = None if shown else last
            continue
        if last is None or place[:2] <= last[:2]:
            first_row = next_row
        last = place
        next_row = max(next_row, first_row + place.row + place.rows)
        yield shown, place._replace(row=first_row + place.row)
