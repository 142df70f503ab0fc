"""A file read into a report that took over such a file's headings before: what became of each heading since.

The clerk corrected the text in Word: headings were renamed, moved, added, taken out. Each of it is an item.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from itertools import product

from desktop.domain.facts import FactSheet
from desktop.domain.keys import FactKey
from desktop.domain.numbers import number_of
from desktop.domain.outline.outline import AS_READ, CHOSEN, HEADINGS, NARRATIVE, OWN, Heading, headings_of
from desktop.domain.outline.outline_edits import new_own_rows, new_places
from desktop.domain.text_blocks.marks import numbers_in
from desktop.exchange.import_plan import NewRow, PlanItem
from desktop.exchange.import_report.as_read import (
    OPENING,
    Meanings,
    heading_cells,
    heading_item,
    rows_of,
    text_item,
    where_of,
)
from desktop.exchange.import_report.heading_tree import HeadingTree
from desktop.exchange.import_report.sections import Part, printed_lines
from desktop.exchange.import_report.title_match import BigramWeights

_FEWEST_SAME = 0.5
"""Of the headings of either side: with fewer it is another report, whose text goes under the headings of this one."""
_ALIKE = 0.5
"""`三、主要问题` became `三、存在的主要问题`: so much of two titles at the same place is the same."""
_EMPTIED = "文件里这个标题下面没有文字，勾选则清空"
_REPLACED = "换成文件的标题；原来的文字仍然保存"
_GONE = "文件里没有这个标题，勾选则不再印出，文字仍然保存"


def rows_again(tree: HeadingTree, sheet: FactSheet) -> list[str] | None:
    """The row of each part: the one it came from, or a new one; None where the report has other headings."""
    if sheet.text(CHOSEN) != AS_READ:
        return None
    mine = [
        heading for heading in headings_of(sheet.templates.outlines, sheet.facts) if heading.section.level
    ]
    theirs = [part for part in tree.parts if not part.unassigned]
    rows = _paired(theirs, mine, sheet)
    same = sum(mine_title == part.title for part, mine_title in zip(theirs, _titles(rows, mine), strict=True))
    if same < _FEWEST_SAME * max(len(mine), len(theirs)):
        return None
    free = new_own_rows(sheet)
    named = iter([row or next(free) for row in rows])
    return [OPENING if part.unassigned else next(named) for part in tree.parts]


def _titles(rows: Sequence[str], mine: Sequence[Heading]) -> list[str]:
    titles = {heading.section.id: heading.section.title for heading in mine}
    return [titles.get(row, "") for row in rows]


def _paired(theirs: Sequence[Part], mine: Sequence[Heading], sheet: FactSheet) -> list[str]:
    """The row that each heading of the file has here; '' for a new one. The same words in order come first, then
    the same words elsewhere, then what stands between the same neighbours and is alike."""
    ids = [heading.section.id for heading in mine]
    here, there = [heading.section.title for heading in mine], [part.title for part in theirs]
    rows, free = [""] * len(theirs), set(ids)
    blocks = SequenceMatcher(None, here, there, autojunk=False).get_opcodes()

    def pair(at: int, row: str) -> None:
        rows[at] = row
        free.discard(row)

    for what, begin, end, at, _ in blocks:
        for step in range(end - begin if what == "equal" else 0):
            pair(at + step, ids[begin + step])
    for at, title in enumerate(there):
        moved = next(
            (row for row, words in zip(ids, here, strict=True) if row in free and words == title), ""
        )
        if moved and not rows[at]:
            pair(at, moved)
    for what, begin, end, first, last in blocks:
        for at in range(first, last if what == "replace" else first):
            likely = (i for i in range(begin, end) if ids[i] in free and _alike(theirs[at], mine[i], sheet))
            if not rows[at] and (found := next(likely, None)) is not None:
                pair(at, ids[found])
    return rows


def _alike(part: Part, heading: Heading, sheet: FactSheet) -> bool:
    """Like words, or the same text below them."""
    text = printed_lines(sheet.get(NARRATIVE, heading.section.id, "text"))
    same_text = bool(text) and text == printed_lines(part.text)
    return same_text or SequenceMatcher(None, heading.section.title, part.title).ratio() >= _ALIKE


def items_again(
    tree: HeadingTree, rows: Sequence[str], sheet: FactSheet
) -> Iterator[tuple[PlanItem, NewRow, Part]]:
    """Of headings that are there what differs, each for itself; new ones with their text."""
    now = {heading.section.id: heading for heading in headings_of(sheet.templates.outlines, sheet.facts)}
    given = {row: number_of(sheet.get(HEADINGS, row, "place")) for row in now}
    places = new_places({row: place for row, place in given.items() if place is not None}, rows)
    above = ""
    for row, part in zip(rows, tree.parts, strict=True):
        has_text = bool(part.text.strip())
        if row not in now:
            facts = heading_cells(row, part, places[row])
            item = text_item(row, part, sheet) if has_text else heading_item(row, part)
            yield item, NewRow(item.key.table, row, facts), part
        else:
            changes = [*_changes(now[row], part, places.get(row, ""), above), *_text_again(row, part, sheet)]
            yield from ((item, NewRow(item.key.table, row, ()), part) for item in changes)
        above = part.title or above


def _text_again(row: str, part: Part, sheet: FactSheet) -> Iterator[PlanItem]:
    """The text where it differs. Of one with tables in it the marks do not tell: what has number 1 may have changed
    (`with_blocks` sees)."""
    item = text_item(row, part, sheet)
    if not item.new and item.old.strip():
        yield replace(item, problem=_EMPTIED, level="note", ticked=False)
    elif numbers_in(item.new) or printed_lines(item.old) != printed_lines(item.new):
        yield item


def _changes(heading: Heading, part: Part, place: str, above: str) -> Iterator[PlanItem]:
    section, where = heading.section, where_of(part)
    name = f"标题“{section.title}”"
    if not section.level:
        return
    if section.title != part.title:
        yield PlanItem(FactKey(HEADINGS, section.id, "title"), name, section.title, part.title, where)
    if section.level != part.level:
        key, old, new = FactKey(HEADINGS, section.id, "level"), f"第{section.level}级", f"第{part.level}级"
        yield PlanItem(key, f"{name}的级别", old, str(part.level), where, shown=new)
    if place:
        shown = f"在“{above}”之后" if above else "最前"
        yield PlanItem(
            FactKey(HEADINGS, section.id, "place"), f"{name}的位置", "原来的位置", place, where, shown=shown
        )
    if heading.hidden:
        yield PlanItem(FactKey(HEADINGS, section.id, "hidden"), name, "不印", "", where, shown="印出")


def gone(rows: Sequence[str], sheet: FactSheet) -> list[PlanItem]:
    """Headings that the file does not have any more: kept, unless the clerk ticks them."""
    return [
        PlanItem(
            FactKey(HEADINGS, section.id, "hidden"), f"标题“{section.title}”", "印出", "是", "正文", _GONE, "note",
            ticked=False, shown="不印",
        )
        for section, hidden in headings_of(sheet.templates.outlines, sheet.facts)
        if section.level and not hidden and section.id not in rows
    ]  # fmt: skip


def rows_instead(tree: HeadingTree, sheet: FactSheet) -> list[str]:
    """The rows of the file's headings where they replace all that the report has: what a heading means, or new ones."""
    outlines = sheet.templates.outlines
    free = new_own_rows(sheet)
    rows = rows_of(tree, Meanings(outlines, BigramWeights(outlines)))
    return [next(free) if row.startswith(OWN) else row for row in rows]


def gone_instead(rows: Sequence[str], sheet: FactSheet) -> list[PlanItem]:
    """What takes the headings out that the report has: of the outline's the changes, the clerk's own are not printed
    any more. No text goes."""
    items = list[PlanItem]()
    for (section, hidden), key in product(
        headings_of(sheet.templates.outlines, sheet.facts), ("place", "after", "below", "hidden")
    ):
        cell, name = FactKey(HEADINGS, section.id, key), f"标题“{section.title}”"
        own = section.id.startswith(OWN) and section.id not in rows
        if own and key == "hidden" and not hidden:
            items.append(PlanItem(cell, name, "印出", "是", "正文", _REPLACED, "note", shown="不印"))
        elif not own and sheet.text(cell) and not (key == "place" and section.id in rows):
            items.append(
                PlanItem(cell, name, sheet.text(cell), "", "正文", _REPLACED, "note", shown="按文件")
            )
    return items
