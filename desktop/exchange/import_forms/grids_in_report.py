"""The forms of a report's file as grids: cells where the file's tables have them, empty ones too. Nothing is guessed."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate
from typing import NamedTuple

from desktop.audit.finding import Span
from desktop.audit.forms_in_text.regions import Region
from desktop.audit.text.flat_text import Text
from desktop.exchange.cell_address import address_of, in_text
from desktop.exchange.import_forms.tabbed_text import tabbed_cells
from desktop.exchange.read_sheet.grid import Cell, Grid, clean_text, grid_of
from desktop.exchange.read_sheet.raw_marks import Position
from desktop.exchange.read_text.lines import CellPlace, DocumentLine, joined

_WIDEST, _LONGEST = 200, 5_000
"""Columns and rows: what has more is no form, and would be a hostile file's."""


class FormGrid(NamedTuple):
    """A form, and where in `Text.flat` each of its cells stands, by what `in_text` calls it."""

    grid: Grid
    places: Mapping[str, tuple[int, int]]


def grids_of_forms(
    lines: Sequence[DocumentLine], text: Text, regions: Sequence[Region]
) -> dict[Region, FormGrid | None]:
    """Each form as the grid of its tables, paragraphs as rows of one cell; None where no table keeps its cells.

    `text` is made of the lines (`joined`). The second 附件3 is called `附件3（2）`.
    """
    ends = list(accumulate(len(line.text) + 1 for line in lines))
    grids: dict[Region, FormGrid | None] = {}
    for region in regions:
        span = text.span(region.start, region.end)
        first, last = bisect_right(ends, span.start), bisect_left(ends, span.end) + 1
        count = sum(other.form == region.form for other in grids) + 1
        name = region.form if count == 1 else f"{region.form}（{count}）"
        begins = ends[first - 1] if first else 0
        grids[region] = _grid(name, lines[first:last], text, begins)
    return grids


def _grid(name: str, lines: Sequence[DocumentLine], text: Text, begins: int) -> FormGrid | None:
    in_tables = any(line.place for line in lines)
    placed = list(_placed(lines, begins) if in_tables else _tabbed(lines, begins))
    cells: dict[Position, Cell] = {}
    merged: list[tuple[int, int, int, int]] = []
    places: dict[str, tuple[int, int]] = {}
    for words, start, (row, column, rows, columns) in placed:
        if column + columns > _WIDEST or row + rows > _LONGEST:
            return None
        shown = clean_text(words)
        if shown:
            cells[row, column] = Cell(shown, address_of(row, column))
            places[in_text(name, row, column)] = text.stretch(Span(start, start + len(words)))
        if rows * columns > 1:
            merged.append((row, column, row + rows - 1, column + columns - 1))
    return FormGrid(grid_of(name, cells, merged, in_text=True), places) if placed else None


def _tabbed(lines: Sequence[DocumentLine], begins: int) -> Iterator[tuple[str, int, CellPlace]]:
    """The cells of a form in text with tabs; none of one that has none."""
    raw = joined(lines)
    for row, column, start, end in tabbed_cells(raw):
        yield raw[start:end], begins + start, CellPlace(row, column)


def _placed(lines: Sequence[DocumentLine], begins: int) -> Iterator[tuple[str, int, CellPlace]]:
    """Words, where they begin, and their cell. Lines from top to bottom; each table begins below what stands before
    it, and so does each paragraph."""
    first_row, next_row = 0, 0
    last: CellPlace | None = None
    for line in lines:
        if line.place is None:
            yield line.text, begins, CellPlace(next_row, 0)
            if line.text.strip():
                next_row, last = next_row + 1, None
        else:
            if last is None or line.place[:2] <= last[:2]:
                first_row = next_row
            last = line.place
            next_row = max(next_row, first_row + last.row + last.rows)
            yield line.text, begins, last._replace(row=first_row + last.row)
        begins += len(line.text) + 1
