"""Blocks of a form's cells in and out: copied as the workbook has them, pasted from it or from any other table."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from desktop.domain.facts import FactSheet
from desktop.domain.keys import base_of
from desktop.ui.form_view.places import FormSheet, Place
from desktop.ui.grid.clipboard import Paste, plan_paste
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
    runs = list(_runs(sheet, form, block, start))
    ways = [_way(form, runs, start, columns) for columns in (_as_in_the_workbook, _a_cell_each)]
    best = min(ways, key=lambda way: way.lost)
    plans = [plan_paste(sheet, best.layout, lines, row, best.column) for row, lines in runs]
    return Paste(
        tuple(change for plan in plans for change in plan.wanted), sum(plan.skipped for plan in plans)
    )


def _runs(sheet: FactSheet, form: FormSheet, block: Block, start: Place) -> Iterator[tuple[int, Block]]:
    """Which lines of a block go where: one below the other from `start` on; or, as soon as they name a 二级指标,
    each to its group, however many lines that has on the form."""
    groups = _group_names(sheet, form)
    beside = next(iter(groups.values())).at - start.at if groups else -1
    row, lines, named = start.row, list[Sequence[str]](), False
    for line in block:
        name = _squeezed(line[beside]) if 0 <= beside < len(line) else ""
        if name in groups:
            yield row, lines
            row, lines, named = groups[name].row, [], True
        elif named and any(text.strip() for text in line[:beside]):
            break  # 总分, which is reckoned
        lines.append(line)
    yield row, lines


def _group_names(sheet: FactSheet, form: FormSheet) -> dict[str, Place]:
    """Where each 二级指标 begins, by its names."""
    found: dict[str, Place] = {}
    for place in form.places:
        if place.laid.spec.shows == "group":
            row = form.layout.rows[place.row]
            template = sheet.templates.tables[base_of(row.table)].row(row.row.partition(":")[0])
            found |= {_squeezed(name): place for name in (place.laid.text, template.label, *template.aliases)}
    return found


def _squeezed(text: str) -> str:
    return "".join(text.split())


Columns = Callable[[list[Place], Place], dict[int, Cell]]


def _way(form: FormSheet, runs: Sequence[tuple[int, Block]], start: Place, columns: Columns) -> _Way:
    rows, lost, begin = [], 0, 0
    for number, row in enumerate(form.layout.rows):
        there = columns(form.beginning_in(number), start)
        rows.append(row._replace(cells=tuple(there.get(n, EMPTY) for n in range(max(there, default=-1) + 1))))
        if number == start.row:
            begin = next(column for column, cell in there.items() if cell is start.cell)
    for first, lines in runs:
        for line, row in zip(lines, rows[first:], strict=False):
            cells = row.cells[begin:]
            lost += sum(
                bool(text.strip()) and cells[n : n + 1] in ((), (EMPTY,)) for n, text in enumerate(line)
            )
    return _Way(Layout((), tuple(rows)), begin, lost)


def _as_in_the_workbook(places: list[Place], _: Place) -> dict[int, Cell]:
    words = {place.words_at: Cell(text=place.laid.text) for place in places if place.at > place.words_at}
    return {**words, **{place.at: place.cell for place in places}}


def _a_cell_each(places: list[Place], start: Place) -> dict[int, Cell]:
    return dict(enumerate(place.cell for place in places if place.column >= start.column))
