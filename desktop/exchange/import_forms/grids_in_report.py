"""The forms of a report's file as grids: cells where the file's tables have them, empty ones too. Nothing is guessed."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import accumulate
from typing import NamedTuple

from desktop.audit.finding import Span
from desktop.audit.forms_in_text.forms_in_text import AnnexReading
from desktop.audit.forms_in_text.regions import Region
from desktop.audit.text.flat_text import Text
from desktop.domain.facts import FactSheet
from desktop.domain.keys import FactKey
from desktop.domain.template import LABEL, ORDER
from desktop.exchange.cell_address import address_of
from desktop.exchange.import_forms.collected import CollectedCells
from desktop.exchange.import_forms.workbook_import import collect_grids
from desktop.exchange.read_sheet.grid import Cell, Grid, clean_text, grid_of
from desktop.exchange.read_sheet.raw_marks import Position
from desktop.exchange.read_text.lines import CellPlace, DocumentLine

_WIDEST, _LONGEST = 200, 5_000
"""Columns and rows: what has more is no form, and would be a hostile file's."""


class FormGrid(NamedTuple):
    """A form, and where in `Text.flat` each of its cells stands, by `sheet!address`."""

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
    if not any(line.place for line in lines):
        return None
    cells: dict[Position, Cell] = {}
    merged: list[tuple[int, int, int, int]] = []
    places: dict[str, tuple[int, int]] = {}
    for line, place in _placed(lines):
        row, column, rows, columns = place
        if column + columns > _WIDEST or row + rows > _LONGEST:
            return None
        shown = clean_text(line.text)
        if shown:
            address = address_of(row, column)
            cells[row, column] = Cell(shown, address)
            places[f"{name}!{address}"] = text.stretch(Span(begins, begins + len(line.text)))
        if rows * columns > 1:
            merged.append((row, column, row + rows - 1, column + columns - 1))
        begins += len(line.text) + 1
    return FormGrid(grid_of(name, cells, merged), places)


def _placed(lines: Sequence[DocumentLine]) -> Iterator[tuple[DocumentLine, CellPlace]]:
    """Lines from top to bottom; each table begins below what stands before it, and so does each paragraph."""
    first_row, next_row = 0, 0
    last: CellPlace | None = None
    for line in lines:
        if line.place is None:
            yield line, CellPlace(next_row, 0)
            if line.text.strip():
                next_row, last = next_row + 1, None
            continue
        if last is None or line.place[:2] <= last[:2]:
            first_row = next_row
        last = line.place
        next_row = max(next_row, first_row + last.row + last.rows)
        yield line, last._replace(row=first_row + last.row)


def read_by_cells(lines: Sequence[DocumentLine], text: Text, reading: AnnexReading) -> AnnexReading:
    """What the forms say where their cells stand; the reading as it is where one of them is left as bare lines."""
    grids = grids_of_forms(lines, text, reading.regions)
    if not all(grids.values()):
        return reading
    forms = [form for form in grids.values() if form is not None]
    sheet = FactSheet(reading.templates, {}, reading.year)
    collected = CollectedCells(sheet, reading.year, sheet.templates.form_system())
    collect_grids(collected, [form.grid for form in forms])
    at = {address: place for form in forms for address, place in form.places.items()}
    values = collected.stated | collected.points | collected.values
    places = {key: at[value.where] for key, value in values.items() if value.where in at}
    as_printed = {
        key: "".join(text.flat[slice(*places[key])]) for key in places if key.column in ("target", "actual")
    }
    rows = {key: words for row in collected.new_rows.values() for key, words in row.facts}
    return replace(
        reading,
        facts=rows
        | {key: _as_written(reading, key, value.text, places, text) for key, value in values.items()},
        places=places,
        as_printed=as_printed,
        unread=tuple(at[problem.where] for problem in collected.problems if problem.where in at),
        scopes=tuple(row.scope for row in collected.new_rows.values() if row.scope),
        has_grid=True,
    )


def _as_written(
    reading: AnnexReading, key: FactKey, stored: str, places: Mapping[FactKey, tuple[int, int]], text: Text
) -> str:
    """A percentage as it is printed: `95.16%` and `0.9516` are told apart by whoever reads the cell."""
    if key.column in (LABEL, ORDER) or key not in places:
        return stored
    column = reading.templates.tables[key.base].column(key.column)
    return text.flat[slice(*places[key])] if column.kind == "percent" else stored
