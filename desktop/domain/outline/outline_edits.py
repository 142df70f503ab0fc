"""What a clerk does to the headings of a report, each as the cells to write: one list is one undo step."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import count

from desktop.domain.facts import FactSheet
from desktop.domain.keys import FactKey
from desktop.domain.numbers import canonical
from desktop.domain.outline.outline import (
    AS_READ,
    CHOSEN,
    DEEPEST,
    HEADINGS,
    NARRATIVE,
    NUMBERING,
    OWN,
    Heading,
    Section,
    anchor_of,
    chosen_outline,
    headings_of,
    title_in,
)
from desktop.domain.template import fill

Change = tuple[FactKey, str | None]
Changes = list[Change]

_COLUMNS = ("title", "level", "place", "hidden", "after", "below")
_PLACE_DIGITS = Decimal("0.0001")
"""A place between two headings is a fraction: 13.5. Nobody puts 10,000 headings between two."""
_ORDINAL = "[一二三四五六七八九十]{1,3}"
_TYPED_NUMBER = re.compile(
    rf"第{_ORDINAL}(?:部分|章)(?:\s*[、.．:：]\s*|\s+|(?=\w))"
    rf"|{_ORDINAL}\s*(?:、(?!{_ORDINAL}[级类等季期批年月至到])|[.．])\s*"
    rf"|[（(]\s*(?:{_ORDINAL}|\d{{1,2}})\s*[)）]\s*[、.．]?\s*"
    r"|\d{1,2}\s*(?:、(?!\d)|[.．](?!\d))\s*|[①-⑳]\s*"
)
"""A number as headings have it, typed before the words: `第一部分 单位概况`, `十二．其他`, `（三）固定资产`, `2、 党建工作`,
`①党建工作`. `一、二级项目` and `1.5倍目标` are words."""


def headings(sheet: FactSheet) -> list[Heading]:
    """All headings of the report in their order, hidden ones too."""
    return headings_of(sheet.templates.outlines, sheet.facts)


def without_number(title: str) -> str:
    """A title without the numbers typed before it (`三、（一）单位概况`): the program prints its own."""
    title = " ".join(title.split())
    while number := _TYPED_NUMBER.match(title):
        title = title[number.end() :]
    return title


def rename(sheet: FactSheet, section_id: str, title: str) -> Changes:
    """An empty title brings the outline's own back; a number before it is not kept."""
    title = without_number(title)
    given = _template(sheet).get(section_id)
    same = given is not None and title in (given.title, fill(given.title, sheet.year, sheet.level))
    return [(FactKey(HEADINGS, section_id, "title"), None if same else title or None)]


def add_after(sheet: FactSheet, section_id: str, title: str, level: int) -> tuple[str, Changes]:
    """A heading of the clerk's own behind this one and what belongs to it; at the end if there is none such."""
    now = headings(sheet)
    new = next(new_own_rows(sheet))
    level = _level(level)
    place = next((i for i, one in enumerate(now, 1) if one.section.id == section_id), len(now))
    while place < len(now) and now[place].section.level > level:
        place += 1
    wanted = [*now[:place], Heading(Section(new, "", level)), *now[place:]]
    titled: Changes = [(FactKey(HEADINGS, new, "title"), without_number(title) or None)]
    return new, titled + _arranged(sheet, wanted)


def remove_own(sheet: FactSheet, section_id: str) -> Changes:
    """A heading of the clerk's own with its text; the outline's headings can only be hidden."""
    if not section_id.startswith(OWN):
        return []
    left = [heading for heading in headings(sheet) if heading.section.id != section_id]
    removed: Changes = [(FactKey(HEADINGS, section_id, column), None) for column in _COLUMNS]
    text: Change = (FactKey(NARRATIVE, section_id, "text"), None)
    return _last_of_each([*_anchor_changes(sheet, left, removed), *removed, text])


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
        now = _moved_one_step(now, at, up=steps < 0)
    return _arranged(sheet, now)


def set_level(sheet: FactSheet, section_id: str, level: int) -> Changes:
    """Another level, from 1 to 4; the headings below it go along."""
    now = headings(sheet)
    at = _at(now, section_id)
    if at is None or not now[at].section.level:
        return []
    shift = _level(level) - now[at].section.level
    template = _template(sheet)
    changes: Changes = []
    end = _end(now, at)
    for place, heading in enumerate(now[at:end], at):
        section = heading.section._replace(level=_level(heading.section.level + shift))
        now[place] = heading._replace(section=section)
        given = template.get(section.id)
        if given is not None:
            own_level = None if given.level == section.level else str(section.level)
            changes.append((FactKey(HEADINGS, section.id, "level"), own_level))
    return _last_of_each([*changes, *_anchor_changes(sheet, now, changes)])


def switch(sheet: FactSheet, outline_id: str) -> Changes:
    """Another outline. Texts, titles and what is hidden stay; the clerk's own headings follow the heading they
    were put behind, in whatever outline it stands. Titles that came with a file go: the outline has its own."""
    dropped = ("place", "level", "title") if sheet.text(CHOSEN) == AS_READ else ("place", "level")
    changed = [key for key in sheet.facts if key.table == HEADINGS and not key.row.startswith(OWN)]
    changes: Changes = [(CHOSEN, outline_id), (NUMBERING, None)]
    changes += [(key, None) for key in changed if key.column in dropped]
    now = headings(sheet)
    for at, heading in enumerate(now):
        row = heading.section.id
        if row.startswith(OWN) and not sheet.get(HEADINGS, row, "after"):
            changes += _anchor_cells(now, at)
    return changes


def texts_without_heading(sheet: FactSheet) -> list[str]:
    """Sections that have text and no heading that is printed: hidden, or of another outline."""
    printed = {section.id for section in sheet.outline}
    written = [key.row for key in sheet.facts if key.table == NARRATIVE and sheet.text(key).strip()]
    place = {section: i for i, section in enumerate(_ids(headings(sheet)))}
    return sorted(set(written) - printed, key=lambda row: (place.get(row, len(place)), row))


def unplaced(sheet: FactSheet) -> list[str]:
    """Those of them that the clerk has not hidden: they have text, and the outline has no place for it."""
    known = set(_ids(headings(sheet)))
    return [row for row in texts_without_heading(sheet) if row not in known]


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
    above, level = [], now[at].section.level
    for place in range(at - 1, -1, -1):
        if 0 < now[place].section.level < level:
            above.append(place)
            level = now[place].section.level
    return above


def _moved_one_step(now: list[Heading], at: int, *, up: bool) -> list[Heading]:
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


def new_own_rows(sheet: FactSheet) -> Iterator[str]:
    """Rows for headings of the clerk's own, behind all that the report has or has a text of."""
    rows = {key.row for key in sheet.facts if key.table in (HEADINGS, NARRATIVE)}
    numbers = [row.removeprefix(OWN) for row in rows if row.startswith(OWN)]
    last = max((int(number) for number in numbers if number.isdecimal()), default=0)
    return (f"{OWN}{number}" for number in count(last + 1))


def _arranged(sheet: FactSheet, wanted: Sequence[Heading]) -> Changes:
    """What gives the headings this order."""
    if sheet.text(CHOSEN) == AS_READ:
        return _places_as_read(wanted)
    places = _places(sheet, wanted)
    return _last_of_each([*places, *_anchor_changes(sheet, wanted, places)])


def _places_as_read(wanted: Sequence[Heading]) -> Changes:
    """In a report that was read in nothing but its place says that a heading is there; none has an anchor."""
    changes: Changes = []
    for at, (section, _) in enumerate(wanted, 1):
        cells = {"place": str(at), "level": str(section.level), "after": None, "below": None}
        changes += [(FactKey(HEADINGS, section.id, column), text) for column, text in cells.items()]
    return changes


def _places(sheet: FactSheet, wanted: Sequence[Heading]) -> Changes:
    return _fewest_places(chosen_outline(sheet.templates.outlines, sheet.facts).sections, _ids(wanted))


def _anchor_changes(sheet: FactSheet, wanted: Sequence[Heading], others: Iterable[Change]) -> Changes:
    """The anchors of the clerk's own headings, where the wanted order gives them another one than they have.

    A heading may have an anchor that this outline lacks; it keeps it, unless that would not give the order that
    is wanted. Where nothing else gives it, the bare places do.
    """
    now = headings(sheet)
    before = {heading.section.id: anchor_of(now, at) for at, heading in enumerate(now)}
    own = [at for at, heading in enumerate(wanted) if heading.section.id.startswith(OWN)]
    moved = [at for at in own if before.get(wanted[at].section.id) != anchor_of(wanted, at)]
    order = [(heading.section.id, heading.section.level) for heading in wanted]
    for anew in (moved, own):
        changes = [change for at in anew for change in _anchor_cells(wanted, at)]
        if _order_after(sheet, [*others, *changes]) == order:
            return changes
    loose: Changes = [(FactKey(HEADINGS, order[at][0], "after"), None) for at in own]
    return _last_of_each([*changes, *_places(sheet, wanted), *loose])


def _last_of_each(changes: Iterable[Change]) -> Changes:
    """Each cell named once, with its last value."""
    return list(dict(changes).items())


def _anchor_cells(now: Sequence[Heading], at: int) -> Changes:
    row, level = now[at].section.id, now[at].section.level
    after, below = anchor_of(now, at)
    return [
        (FactKey(HEADINGS, row, "level"), str(level)),
        (FactKey(HEADINGS, row, "after"), after or None),
        (FactKey(HEADINGS, row, "below"), str(below) if after and below else None),
    ]


def _order_after(sheet: FactSheet, changes: Changes) -> list[tuple[str, int]]:
    """The headings and their levels after these changes."""
    facts = dict(sheet.facts) | {key: text or "" for key, text in changes}
    after = headings_of(sheet.templates.outlines, {key: text for key, text in facts.items() if text})
    return [(heading.section.id, heading.section.level) for heading in after]


def _fewest_places(sections: Sequence[Section], order: Sequence[str]) -> Changes:
    """The places that give this order. As many of the outline's headings as can be stay where the outline
    has them and need none; the others stand between those."""
    given = {section.id: Decimal(place) for place, section in enumerate(sections, 1)}
    moved = new_places(given, order)
    return [(FactKey(HEADINGS, row, "place"), moved.get(row)) for row in order]


def new_places(given: Mapping[str, Decimal], order: Sequence[str]) -> dict[str, str]:
    """Row -> its new place, so that the rows stand in this order. As many as can be stay at the places `given` (above
    0); the others come between those."""
    staying = _longest_rise([given.get(row, Decimal(0)) for row in order])
    places: dict[str, str] = {}
    waiting: list[str] = []
    low = Decimal(0)
    for row in order:
        if given.get(row) in staying:
            places |= _places_between(waiting, given[row] - 1 if low == 0 else low, given[row])
            waiting, low = [], given[row]
        else:
            waiting.append(row)
    return places | _places_between(waiting, low, low + 1)


def _places_between(rows: Sequence[str], low: Decimal, high: Decimal) -> dict[str, str]:
    """Places above `low`, and below `high` or the next whole number."""
    width = min(high - low, Decimal(1)) / (len(rows) + 1)
    return {row: canonical((low + i * width).quantize(_PLACE_DIGITS)) for i, row in enumerate(rows, 1)}


def _longest_rise(numbers: Sequence[Decimal]) -> set[Decimal]:
    """The most numbers (of those above 0, each once) that already stand in rising order."""
    ends: list[Decimal] = []
    chains: list[tuple[Decimal, ...]] = []
    for number in filter(None, numbers):
        at = bisect_left(ends, number)
        chain = (*(chains[at - 1] if at else ()), number)
        ends[at:], chains[at:] = [number, *ends[at + 1 :]], [chain, *chains[at + 1 :]]
    return set(chains[-1]) if chains else set()
