"""Headings that a file does not have: not to be printed empty. And those it has that were not printed so far."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from desktop.domain.facts import FactSheet
from desktop.domain.keys import FactKey, cell_named
from desktop.domain.outline.outline import HEADINGS, OWN, Heading, headings_of
from desktop.domain.template import fill
from desktop.exchange.import_plan import PlanItem, PlanProblem
from desktop.exchange.import_report.sections import Part

_WHOLE = 4
"""So many parts make a whole report; a file with fewer may be a piece of one."""
_ABSENT = "文件里没有这个标题，也没有文字，不印这个空标题"
_PRESENT = "报告里原来不印这个标题，文件里有，恢复印出"


def unprinted(
    sheet: FactSheet, parts: Sequence[Part], written: Collection[str]
) -> tuple[list[PlanItem], list[PlanProblem]]:
    """`sheet` is the report as it will be, `written` its sections that have text then."""
    now = headings_of(sheet.templates.outlines, sheet.facts)
    found = {part.section.id: part for part in parts if part.section is not None}
    items = [_item(sheet, heading, _PRESENT, found) for heading in _shown_again(now, written, found)]
    if sum(not part.rest and part.depth == 1 for part in parts) < _WHOLE:
        return items, []
    absent = _absent(sheet, now, {*written, *found})
    if not absent:
        return items, []
    names = "、".join(f"“{_title(sheet, heading)}”" for heading in absent)
    said = f"文件里没有这些标题，不印：{names}。要印的，请去掉那一行的勾"
    items += [_item(sheet, heading, _ABSENT, found) for heading in absent]
    return items, [PlanProblem("标题", said)]


def _absent(sheet: FactSheet, now: Sequence[Heading], kept: Collection[str]) -> list[Heading]:
    """Headings of the outline with nothing to print, neither themselves nor below them."""
    absent: list[Heading] = []
    below = 0
    """The level of the last heading that is printed, met from below: one of a higher level stands above it."""
    for heading in reversed(now):
        section, hidden = heading
        if hidden:
            continue
        if (
            section.id in kept
            or section.id.startswith(OWN)
            or 0 < section.level < below
            or _says(sheet, heading)
        ):
            below = section.level
        else:
            absent.append(heading)
    return absent[::-1]


def _says(sheet: FactSheet, heading: Heading) -> bool:
    """Whether something else is printed where no text is written."""
    section = heading.section
    fallback = section.fallback and sheet.text(cell_named(section.fallback)).strip()
    return bool(section.starting or fallback)


def _shown_again(
    now: Sequence[Heading], written: Collection[str], found: Collection[str]
) -> Iterator[Heading]:
    below = 0
    again: list[Heading] = []
    for heading in reversed(now):
        section, hidden = heading
        taken = section.id in found and section.id in written
        if taken or 0 < section.level < below:
            below = section.level
            again += [heading] if hidden else []
    return reversed(again)


def _title(sheet: FactSheet, heading: Heading) -> str:
    return fill(heading.section.title, sheet.year, sheet.level)


def _item(sheet: FactSheet, heading: Heading, said: str, found: dict[str, Part]) -> PlanItem:
    key = FactKey(HEADINGS, heading.section.id, "hidden")
    old, shown = ("不印", "印") if heading.hidden else ("印", "不印")
    part = found.get(heading.section.id)
    where = f"第{part.number}行" if part is not None else "文件里没有"
    label = f"标题“{_title(sheet, heading)}”"
    return PlanItem(key, label, old, "" if heading.hidden else "是", where, said, "note", shown=shown)
