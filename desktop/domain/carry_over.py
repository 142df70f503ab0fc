"""A new year's beginning: what last year's report already says (年初数、上年数 are taken over, not typed)."""

from __future__ import annotations

from collections.abc import Iterator

from desktop.domain.facts import FactSheet
from desktop.domain.keys import FactKey, cell_named
from desktop.domain.numbers import canonical, round_half_up
from desktop.domain.outline.outline import HEADINGS, NARRATIVE
from desktop.domain.outline.print_options import PAPER
from desktop.domain.template import LABEL, ORDER, THIS, Column, Table
from desktop.domain.text_blocks.marks import facts_of_blocks

_TITLE = FactKey(PAPER, THIS, "title")


def carried_over(last: FactSheet) -> dict[FactKey, str]:
    """The facts with which the report after `last` begins (docs/domain.md 6.1: extracted, not typed).

    Numbers that last year computed come as numbers, except where this year's own formula will make them again.
    """
    carried: dict[FactKey, str] = {}
    for table in last.templates.tables.values():
        if table.per == "unit":
            carried.update(_of_table(last, table))
    carried.update(_of_report(last))
    return carried


def _of_report(last: FactSheet) -> Iterator[tuple[FactKey, str]]:
    """The headings as the clerk has them, the report's own title, and the texts that stay from year to year:
    these as they are stored, so that what fills itself shows the new year's data."""
    for key, text in last.facts.items():
        if key.table == HEADINGS or key == _TITLE:
            in_title = key.column == "title"  # `2023年度重点工作` -> `2024年度重点工作`
            yield key, text.replace(str(last.year), str(last.year + 1)) if in_title else text
    sections = (section for outline in last.templates.outlines.values() for section in outline.sections)
    for section in dict.fromkeys(section for section in sections if section.carried):
        on_unit_page = section.fallback and last.text(cell_named(section.fallback)).strip()
        text = last.get(NARRATIVE, section.id, "text")
        if text.strip() and not on_unit_page:
            yield FactKey(NARRATIVE, section.id, "text"), text
            yield from facts_of_blocks(text, last.facts).items()


def _of_table(last: FactSheet, table: Table) -> Iterator[tuple[FactKey, str]]:
    carrying = [column for column in table.columns if column.carry]
    for row in table.rows:
        for column_id, source in row.carry.items():
            text = _value(last, table, FactKey(table.id, *source.split(".")))
            if text:
                yield FactKey(table.id, row.id, column_id), text
        for row_id in (row.id, *last.rows(table.id, row.id)) if carrying else ():
            yield from _of_row(last, table, carrying, row_id)


def _of_row(last: FactSheet, table: Table, carrying: list[Column], row: str) -> Iterator[tuple[FactKey, str]]:
    values = [
        (FactKey(table.id, row, column.id), _value(last, table, FactKey(table.id, row, column.carry)))
        for column in carrying
        if not table.formula_at(row, column.id)
    ]
    given = [(key, text) for key, text in values if text]
    yield from given
    if given and ":" in row:
        for bookkeeping in (ORDER, LABEL):
            text = last.get(table.id, row, bookkeeping)
            if text:
                yield FactKey(table.id, row, bookkeeping), text


def _value(last: FactSheet, table: Table, key: FactKey) -> str:
    column = table.column(key.column)
    if not column.numeric:
        return last.text(key)
    number = last.number(key)
    return "" if number is None else canonical(round_half_up(number, 6))  # of 万元: to the fen
