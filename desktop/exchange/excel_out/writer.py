"""Writes a report as an Excel workbook: 附件1 to 3 in the official layout, and every other fact beside them.

Every fact stands in one visible cell; the report's own text stands there with its fields as they read.
The sheet `ziping`, which only the program reads, says which:

    A1 ziping | B1 format version        A2 unit | B2 name
    A3 year   | B3 2023                  A4 system | B4 form-2023
    row 6     table, row, column, value, address, live
    row 7 on  one fact each: the value as stored; the address (`附件1!C7`) when exported, '' for the order of
              a row; and `=ROW('附件1'!C7)`, whose text Excel keeps right when rows are inserted or deleted.

operator, target and unit of an indicator share one cell (`≥95%`). `ziping_computed` lists in the same columns
what is shown as a plain value but is nobody's fact: points by rule.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from typing import Any

from desktop.domain.assessment import Assessment
from desktop.domain.facts import FactSheet
from desktop.domain.fields.fields import expanded
from desktop.domain.keys import UNIT_NAME, FactKey
from desktop.domain.template import ORDER, System
from desktop.domain.text_blocks.marks import BLOCKS
from desktop.errors import UserError
from desktop.exchange.excel_out.addresses import COMPUTED, MARKER, MAX_TEXT, Place, clean, fits
from desktop.exchange.excel_out.cached_results import write_results
from desktop.exchange.excel_out.fixed_indicators import add_answers
from desktop.exchange.excel_out.form_sheet import add_form
from desktop.exchange.excel_out.other_tables import (
    add_budget,
    add_leftovers,
    add_narrative,
    add_own_annexes,
    add_projects,
    add_staff,
    add_three_public,
    add_unit,
)
from desktop.exchange.excel_out.sheet_draft import Book
from desktop.exchange.excel_out.style import Styler, put_text, write_draft

FORMAT_VERSION = "1"
_COLUMNS = ("table", "row", "column", "value", "address", "live")
_FIRST_ROW = 7

Results = dict[str, str | float]


def cell_map(sheet: FactSheet, system: System) -> dict[FactKey, str]:
    """The address (`附件1!C7`) at which the workbook shows each fact or computed value."""
    return {key: place.address for key, place in _compose(sheet, system).places.items()}


def workbook_bytes(sheet: FactSheet, system: System) -> bytes:
    """The finished .xlsx: 附件1–3 and the answers to all systems, formula results included.

    `system` is the one the report uses; where it is not of the forms' kind, 附件2 and 附件3 follow the newest
    that is. UserError where a text is longer than an Excel cell holds.
    """
    from openpyxl import Workbook

    assessment = Assessment(sheet.templates, sheet.facts, sheet.year, system.id)
    _check_lengths(assessment)
    book = _compose(sheet, system)
    workbook = Workbook()
    workbook.remove(workbook.active)
    styler = Styler()
    results: dict[str, Results] = {}
    for number, draft in enumerate(book.drafts, 1):
        results[_part(number)] = write_draft(draft, workbook.create_sheet(draft.name), styler)
    facts = {key: clean(value) for key, value in sheet.facts.items() if _is_kept(key, value)}
    results[_part(len(book.drafts) + 1)] = _write_index(workbook.create_sheet(MARKER), book, system, facts)
    computed = _write_index(workbook.create_sheet(COMPUTED), book, system, book.points_by_rule)
    results[_part(len(book.drafts) + 2)] = computed
    workbook.calculation.fullCalcOnLoad = True
    workbook.properties.creator = clean(sheet.text(UNIT_NAME))
    workbook.properties.title = f"{sheet.year}年度部门整体支出绩效自评"
    return _saved(workbook, results)


def _check_lengths(assessment: Assessment) -> None:
    """openpyxl would cut a text silently where the cell ends."""
    sheet = assessment.sheet
    for key, text in sheet.facts.items():
        if key.table == BLOCKS:
            continue
        shown = expanded(assessment, text) if key.table == "narrative" else ""
        if not fits(clean(text)) or not fits(clean(shown)):
            section = next((s.title for s in sheet.outline if s.id == key.row), "")
            raise UserError(
                f"“{section or sheet.label(key)}”超过 {MAX_TEXT} 个字，Excel 的一个单元格放不下。",
                "请把这段文字分到几个栏目里，或导出 Word、PDF。",
            )


def _is_kept(key: FactKey, value: str) -> bool:
    """A picture of the text, or a large table, is longer than a cell: it goes by package, and stays where it is
    when the workbook is read again."""
    return key.table != BLOCKS or fits(clean(value))


def _part(number: int) -> str:
    return f"xl/worksheets/sheet{number}.xml"


def _saved(workbook: Any, results: Mapping[str, Results]) -> bytes:
    plain, finished = io.BytesIO(), io.BytesIO()
    workbook.save(plain)
    write_results(plain.getvalue(), results, finished)
    return finished.getvalue()


def _compose(sheet: FactSheet, system: System) -> Book:
    book = Book(sheet)
    assessment = Assessment(sheet.templates, sheet.facts, sheet.year, system.id)
    for form in sheet.templates.edition.printed:
        for scope in sheet.projects() if form.per_project else [""]:
            add_form(book, assessment, form, scope)
    add_own_annexes(book)
    add_unit(book)
    add_staff(book)
    add_three_public(book)
    add_budget(book)
    add_projects(book)
    add_answers(book, assessment.form, sheet.templates.systems.values())
    add_narrative(book, assessment)
    add_leftovers(book)
    return book


def _write_index(worksheet: Any, book: Book, system: System, values: Mapping[FactKey, str]) -> Results:
    """One of the two sheets that tell the import where everything stands."""
    worksheet.sheet_state = "veryHidden"
    heads = (
        (worksheet.title, FORMAT_VERSION),
        ("unit", clean(book.sheet.text(UNIT_NAME))),
        ("year", str(book.sheet.year)),
        ("system", system.id),
    )
    for row, texts in enumerate((*heads, (), _COLUMNS), 1):
        _put_row(worksheet, row, texts)
    results: Results = {}
    for row, (key, value) in enumerate(values.items(), _FIRST_ROW):
        place = None if key.column == ORDER else book.places.get(key)
        _put_row(worksheet, row, (*map(clean, key), value, place.address if place else ""))
        if place:
            worksheet.cell(row, len(_COLUMNS)).value = _live(place)
            results[f"F{row}"] = place.row
    return results


def _live(place: Place) -> str:
    return f"=ROW({place.seen_from(MARKER)})"


def _put_row(worksheet: Any, row: int, texts: Iterable[str]) -> None:
    for col, text in enumerate(texts, 1):
        put_text(worksheet.cell(row, col), text)
