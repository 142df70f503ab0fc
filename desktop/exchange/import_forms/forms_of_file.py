"""Whose forms a file has: an empty report takes them over, any other keeps its own and says that the file has others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from desktop.domain.facts import FactSheet
from desktop.domain.forms.form_labels import edition_shown
from desktop.domain.keys import FORMS
from desktop.exchange.import_forms.collected import CollectedCells
from desktop.exchange.read_sheet.grid import Grid

_OF_ANY_FORMS = frozenset(
    {"unit", "others", "paper", "narrative", "headings", "answers", "explanations", "projects"}
)
"""Tables that are the same whatever the forms: a report that has only these may still take forms over."""


def sheet_by_forms_of(texts: Iterable[str], sheet: FactSheet, named: str = "") -> FactSheet:
    """The report as the file's forms have it; `named` is the edition that the file itself names."""
    if FORMS in sheet.facts or any(key.base not in _OF_ANY_FORMS for key in sheet.facts):
        return sheet
    edition = named or edition_shown(texts, sheet.templates, sheet.year)
    return FactSheet(sheet.templates.with_forms(edition), sheet.facts, sheet.year)


def tell_forms(
    collected: CollectedCells, texts: Iterable[str], before: FactSheet, where: str, named: str = ""
) -> None:
    """Add the forms to what is imported where the report takes them over; list it where it has others."""
    editions, mine = before.templates.editions, collected.templates.edition
    if mine is not before.templates.edition:
        collected.add_text(FORMS, mine.id, where)
        value = collected.values[FORMS]
        collected.values[FORMS] = replace(value, problem="按文件里的表样导入", level="note")
        return
    theirs = named or edition_shown(texts, before.templates, before.year)
    if theirs in editions and theirs != mine.id:
        message = f"文件里的表样是“{editions[theirs].name}”，按本报告的“{mine.name}”导入，请核对"
        collected.add_problem(where, message)
    elif theirs not in editions:
        collected.add_problem(where, f"文件用的表样“{theirs}”本程序没有，按“{mine.name}”导入，请核对")


def texts_in(grids: Iterable[Grid]) -> Iterator[str]:
    return (cell.text for grid in grids for cell in grid.cells.values())
