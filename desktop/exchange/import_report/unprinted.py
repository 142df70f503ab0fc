"""Headings that a file does not have: not to be printed empty. And those it has that were not printed so far."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from desktop.domain.facts import FactSheet
from desktop.domain.keys import FactKey, cell_named
from desktop.domain.outline.outline import HEADINGS, OWN, Heading, headings_of
from desktop.domain.template import fill
from desktop.exchange.import_plan import PlanItem, PlanProblem
from desktop.exchange.import_report.sections import Part

_WHOLE = 4
"""So many parts of the first level make a whole report; a file with fewer may be a piece of one. The shortest
outline has four (docs/domain.md 4)."""
_ABSENT = "文件里没有这个标题，也没有文字，不印这个空标题"
_PRESENT = "报告里原来不印这个标题，文件里有，恢复印出"


def unprinted(
    sheet: FactSheet, parts: Sequence[Part], written: Collection[str]
) -> tuple[list[PlanItem], list[PlanProblem]]:
    """`sheet` is the report as it will be, `written` its sections that have text then."""
    headings = headings_of(sheet.templates.outlines, sheet.facts)
    parts_of = {part.section.id: part for part in parts if part.section is not None}
    items = [
        _item(sheet, heading, _PRESENT, parts_of) for heading in _shown_again(headings, written, parts_of)
    ]
    if sum(not part.unassigned and part.depth == 1 for part in parts) < _WHOLE:
        return items, []
    absent = _absent(sheet, headings, {*written, *parts_of})
    if not absent:
        return items, []
    names = "、".join(f"“{_title(sheet, heading)}”" for heading in absent)
    message = f"文件里没有这些标题，不印：{names}。要印的，请去掉那一行的勾"
    items += [_item(sheet, heading, _ABSENT, parts_of) for heading in absent]
    return items, [PlanProblem("标题", message)]


def _absent(sheet: FactSheet, headings: Sequence[Heading], kept: Collection[str]) -> list[Heading]:
    """Headings of the outline with nothing to print, neither themselves nor below them."""
    absent: list[Heading] = []
    below = 0
    """The level of the last heading that is printed, met from below: one of a higher level stands above it."""
    for heading in reversed(headings):
        section, hidden = heading
        if hidden:
            continue
        fallback = section.fallback and sheet.text(cell_named(section.fallback)).strip()
        kept_itself = section.id in kept or section.id.startswith(OWN) or section.starting or fallback
        if kept_itself or 0 < section.level < below:
            below = section.level
        else:
            absent.append(heading)
    return absent[::-1]


def _shown_again(
    headings: Sequence[Heading], written: Collection[str], in_file: Collection[str]
) -> list[Heading]:
    """Hidden headings that the file has with text, and those above them."""
    below = 0
    again: list[Heading] = []
    for heading in reversed(headings):
        section, hidden = heading
        with_text = section.id in in_file and section.id in written
        if with_text or 0 < section.level < below:
            below = section.level
            again += [heading] if hidden else []
    return again[::-1]


def _title(sheet: FactSheet, heading: Heading) -> str:
    return fill(heading.section.title, sheet.year, sheet.level)


def _item(sheet: FactSheet, heading: Heading, remark: str, parts_of: dict[str, Part]) -> PlanItem:
    key = FactKey(HEADINGS, heading.section.id, "hidden")
    old, shown = ("不印", "印") if heading.hidden else ("印", "不印")
    part = parts_of.get(heading.section.id)
    where = f"第{part.number}行" if part is not None else "文件里没有"
    label = f"标题“{_title(sheet, heading)}”"
    return PlanItem(key, label, old, "" if heading.hidden else "是", where, remark, "note", shown=shown)
