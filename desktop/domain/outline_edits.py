"""What a clerk does to the headings of a report, each as the cells to write: one list is one undo step."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from decimal import Decimal

from desktop.domain.facts import FactSheet
from desktop.domain.keys import FactKey
from desktop.domain.numbers import canonical
from desktop.domain.outline import (
    CHOSEN,
    DEEPEST,
    HEADINGS,
    NARRATIVE,
    OWN,
    Heading,
    Section,
    chosen_outline,
    headings_of,
    title_in,
)
from desktop.domain.template import fill

Changes = list[tuple[FactKey, str | None]]

_COLUMNS = ("title", "level", "place", "hidden")
_DIGITS = Decimal("0.0001")
_ORDINAL = "[一二三四五六七八九十]{1,3}"
_MARK = re.compile(
    rf"第{_ORDINAL}(?:部分|章)(?:\s*[、.．:：]\s*|\s+|(?=\w))"
    rf"|{_ORDINAL}\s*(?:、(?!{_ORDINAL}[级类等季期批年月至到])|[.．])\s*"
    rf"|[（(]\s*(?:{_ORDINAL}|\d{{1,2}})\s*[)）]\s*[、.．]?\s*"
    r"|\d{1,2}\s*(?:、(?!\d)|[.．](?!\d))\s*|[①-⑳]\s*"
)
"""A number as headings have it, typed before the words. `一、二级项目` and `1.5倍` are words."""


def headings(sheet: FactSheet) -> list[Heading]:
    """All headings of the report in their order, hidden ones too."""
    return headings_of(sheet.templates.outlines, sheet.facts)


def without_mark(title: str) -> str:
    """A title without the number typed before it: the program prints its own."""
    said = " ".join(title.split())
    while mark := _MARK.match(said):
        said = said[mark.end() :]
    return said


def rename(sheet: FactSheet, section_id: str, title: str) -> Changes:
    """An empty title brings the outline's own back; a number before it is not kept."""
    said = without_mark(title)
    own = _template(sheet).get(section_id)
    same = own is not None and said in (own.title, fill(own.title, sheet.year, sheet.level))
    return [(FactKey(HEADINGS, section_id, "title"), None if same else said or None)]


def add_after(sheet: FactSheet, section_id: str, title: str, level: int) -> tuple[str, Changes]:
    """A heading of the clerk's own behind this one and what belongs to it; at the end if there is none such."""
    now = headings(sheet)
    new = f"{OWN}{_last_own(sheet) + 1}"
    level = _level(level)
    place = next((i for i, one in enumerate(now, 1) if one.section.id == section_id), len(now))
    while place < len(now) and now[place].section.level > level:
        place += 1
    order = _ids(now)
    order.insert(place, new)
    said = without_mark(title)
    told: Changes = [
        (FactKey(HEADINGS, new, "title"), said or None),
        (FactKey(HEADINGS, new, "level"), str(level)),
    ]
    return new, told + _places(sheet, order)


def remove_own(sheet: FactSheet, section_id: str) -> Changes:
    """A heading of the clerk's own with its text; the outline's headings can only be hidden."""
    if not section_id.startswith(OWN):
        return []
    gone: Changes = [(FactKey(HEADINGS, section_id, column), None) for column in _COLUMNS]
    return [*gone, (FactKey(NARRATIVE, section_id, "text"), None)]


def hide(sheet: FactSheet, section_id: str, hidden: bool) -> Changes:
    """Not to be printed, with all headings below it; shown again with all that stand above and below it."""
    now = headings(sheet)
    at = _at(now, section_id)
    if at is None:
        return []
    chosen = list(range(at, _end(now, at)))
    if not hidden:
        chosen += _above(now, at)
    return [(FactKey(HEADINGS, now[i].section.id, "hidden"), "是" if hidden else None) for i in chosen]


def move(sheet: FactSheet, section_id: str, steps: int) -> Changes:
    """Up (`steps` < 0) or down past its like, with the headings below it; nothing at either end.

    The first below a heading moves up into the part before, the last moves down into the part behind. A
    text without heading stays first.
    """
    now = headings(sheet)
    for _ in range(abs(steps)):
        at = _at(now, section_id)
        if at is None or not now[at].section.level:
            return []
        now = _stepped(now, at, up=steps < 0)
    return _places(sheet, _ids(now))


def set_level(sheet: FactSheet, section_id: str, level: int) -> Changes:
    """Another level, from 1 to 4; the headings below it go along."""
    now = headings(sheet)
    at = _at(now, section_id)
    if at is None or not now[at].section.level:
        return []
    shift = _level(level) - now[at].section.level
    template = _template(sheet)
    changes: Changes = []
    for heading in now[at : _end(now, at)]:
        wanted = _level(heading.section.level + shift)
        own = template.get(heading.section.id)
        as_given = own is not None and own.level == wanted
        changes.append((FactKey(HEADINGS, heading.section.id, "level"), None if as_given else str(wanted)))
    return changes


def switch(sheet: FactSheet, outline_id: str) -> Changes:
    """Another outline. Texts, titles and what is hidden stay; the clerk's own headings stay behind the
    heading they stand behind now, or behind the last before that one which the other outline has too."""
    wanted = sheet.templates.outlines[outline_id].sections
    order = [section.id for section in wanted]
    behind = ""
    changes: Changes = [(CHOSEN, outline_id)]
    for heading in headings(sheet):
        row = heading.section.id
        if row.startswith(OWN):
            order.insert(order.index(behind) + 1 if behind else 0, row)
            behind = row
        elif row in order:
            behind = row
    changed = [key for key in sheet.facts if key.table == HEADINGS and not key.row.startswith(OWN)]
    changes += [(key, None) for key in changed if key.column in ("place", "level")]
    return list(dict([*changes, *_placed(wanted, order)]).items())


def strays(sheet: FactSheet) -> list[str]:
    """Sections that have text and no heading that is printed: hidden, or of another outline."""
    printed = {section.id for section in sheet.outline}
    written = [key.row for key in sheet.facts if key.table == NARRATIVE and sheet.text(key).strip()]
    place = {section: i for i, section in enumerate(_ids(headings(sheet)))}
    return sorted(set(written) - printed, key=lambda row: (place.get(row, len(place)), row))


def unplaced(sheet: FactSheet) -> list[str]:
    """Those of them that the clerk has not hidden: they have text, and the outline has no place for it."""
    there = set(_ids(headings(sheet)))
    return [row for row in strays(sheet) if row not in there]


def title_of(sheet: FactSheet, section_id: str) -> str:
    """The title of a section of this or any other outline, '' where none knows it."""
    return fill(title_in(sheet.templates.outlines, sheet.facts, section_id), sheet.year, sheet.level)


def _template(sheet: FactSheet) -> dict[str, Section]:
    outline = chosen_outline(sheet.templates.outlines, sheet.facts)
    return {section.id: section for section in outline.sections}


def _level(level: int) -> int:
    return min(max(level, 1), DEEPEST)


def _ids(now: Iterable[Heading]) -> list[str]:
    return [heading.section.id for heading in now]


def _at(now: Sequence[Heading], section_id: str) -> int | None:
    return next((i for i, heading in enumerate(now) if heading.section.id == section_id), None)


def _end(now: Sequence[Heading], at: int) -> int:
    """Behind the last heading that belongs to the one at `at`; to a text without heading, none does."""
    level = now[at].section.level or DEEPEST
    end = at + 1
    while end < len(now) and now[end].section.level > level:
        end += 1
    return end


def _above(now: Sequence[Heading], at: int) -> list[int]:
    """The headings to which the one at `at` belongs."""
    found, level = [], now[at].section.level
    for place in range(at - 1, -1, -1):
        if 0 < now[place].section.level < level:
            found.append(place)
            level = now[place].section.level
    return found


def _stepped(now: list[Heading], at: int, *, up: bool) -> list[Heading]:
    end = _end(now, at)
    block, level = now[at:end], now[at].section.level
    if up:
        before = [i for i in range(at) if now[i].section.level <= level]
        goal = before[-1] if before else at
        if goal == 0 and now[0].section.level < level:
            return now  # nothing stands above the first part
        return now[:goal] + block + now[goal:at] + now[end:]
    if end == len(now):
        return now
    goal = _end(now, end) if now[end].section.level == level else end + 1
    return now[:at] + now[end:goal] + block + now[goal:]


def _last_own(sheet: FactSheet) -> int:
    rows = {key.row for key in sheet.facts if key.table in (HEADINGS, NARRATIVE)}
    numbers = [row.removeprefix(OWN) for row in rows if row.startswith(OWN)]
    return max((int(number) for number in numbers if number.isdecimal()), default=0)


def _places(sheet: FactSheet, order: Sequence[str]) -> Changes:
    return _placed(chosen_outline(sheet.templates.outlines, sheet.facts).sections, order)


def _placed(sections: Sequence[Section], order: Sequence[str]) -> Changes:
    """The places that give this order. As many of the outline's headings as can be stay where the outline
    has them and need none; the others stand between those."""
    given = {section.id: place for place, section in enumerate(sections, 1)}
    staying = _longest_rise([given.get(row, 0) for row in order])
    changes: Changes = []
    waiting: list[str] = []
    low = 0
    for row in order:
        if given.get(row, 0) in staying:
            changes += _between(waiting, given[row] - 1 if low == 0 else low)
            changes.append((FactKey(HEADINGS, row, "place"), None))
            waiting, low = [], given[row]
        else:
            waiting.append(row)
    return changes + _between(waiting, low)


def _between(rows: Sequence[str], low: int) -> Changes:
    """Places above `low` and below the next whole number."""
    parts = len(rows) + 1
    places = ((low + Decimal(i) / parts).quantize(_DIGITS) for i in range(1, parts))
    return [
        (FactKey(HEADINGS, row, "place"), canonical(place)) for row, place in zip(rows, places, strict=True)
    ]


def _longest_rise(numbers: Sequence[int]) -> set[int]:
    """The most numbers (of those above 0, each once) that already stand in rising order."""
    ends: list[int] = []
    chains: list[tuple[int, ...]] = []
    for number in filter(None, numbers):
        at = bisect_left(ends, number)
        chain = (*(chains[at - 1] if at else ()), number)
        ends[at:], chains[at:] = [number, *ends[at + 1 :]], [chain, *chains[at + 1 :]]
    return set(chains[-1]) if chains else set()
