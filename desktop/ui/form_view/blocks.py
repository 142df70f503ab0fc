"""Blocks of a form's cells in and out: copied as the workbook has them, pasted from it or from any other table."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from desktop.domain.facts import FactSheet
from desktop.ui.form_view.places import FormSheet, Place
from desktop.ui.grid.clipboard import Paste, plan_paste, whole_target
from desktop.ui.grid.layout import EMPTY, Cell, Layout

Block = Sequence[Sequence[str]]


def block_of(places: Sequence[Place]) -> list[list[str]]:
    """What the cells show, in the columns of the workbook; '' where a cell goes on. A single cell is its value."""
    if len(places) == 1:
        return [[places[0].laid.shown or places[0].words]]
    if not places:
        return []
    top, left = min(place.row for place in places), min(place.words_at for place in places)
    height = max(place.row for place in places) - top + 1
    width = max(place.at for place in places) - left + 1
    lines = [[""] * width for _ in range(height)]
    for place in places:
        line = lines[place.row - top]
        if place.lead and place.at > place.words_at:
            line[place.words_at - left] = place.laid.text
            line[place.at - left] = place.laid.shown
        else:
            line[place.at - left] = place.laid.shown or place.words
    return lines


class _Way(NamedTuple):
    """One way to lay a block over the form: a sheet of the lines below, and where it begins in them."""

    layout: Layout
    column: int
    lost: int
    """Texts that would fall beside every cell."""


def plan_form_paste(sheet: FactSheet, form: FormSheet, block: Block, start: Place) -> Paste:
    """As the workbook has the form, a cell over several columns taking the first; or, where a text would be lost
    by that, one column a cell, as a table has them that was copied elsewhere."""
    ways = [_way(form, block, start, columns) for columns in (_as_in_the_workbook, _a_cell_each)]
    best = min(ways, key=lambda way: way.lost)
    return plan_paste(sheet, best.layout, block, start.row, best.column, whole_target)


Columns = Callable[[list[Place], Place], dict[int, Cell]]


def _way(form: FormSheet, block: Block, start: Place, columns: Columns) -> _Way:
    rows, lost, begin = [], 0, 0
    for number, row in enumerate(form.layout.rows):
        there = columns(form.beginning_in(number), start)
        rows.append(row._replace(cells=tuple(there.get(n, EMPTY) for n in range(max(there, default=-1) + 1))))
        if number == start.row:
            begin = next(column for column, cell in there.items() if cell is start.cell)
    for line, row in zip(block, rows[start.row :], strict=False):
        cells = row.cells[begin:]
        lost += sum(bool(text.strip()) and cells[n : n + 1] in ((), (EMPTY,)) for n, text in enumerate(line))
    return _Way(Layout((), tuple(rows)), begin, lost)


def _as_in_the_workbook(places: list[Place], _: Place) -> dict[int, Cell]:
    words = {place.words_at: Cell(text=place.laid.text) for place in places if place.at > place.words_at}
    return {**words, **{place.at: place.cell for place in places}}


def _a_cell_each(places: list[Place], start: Place) -> dict[int, Cell]:
    return dict(enumerate(place.cell for place in places if place.column >= start.column))
