"""A report without text takes over the headings of a file as they stand: words, levels, order and manner of numbers.

What a heading means (职能职责, 基本支出 …) is its row's id: by it the program offers guidance and passages, and another
outline can be put over the report later. Nothing that the file lacks is added.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from desktop.domain.facts import FactSheet
from desktop.domain.keys import FactKey
from desktop.domain.outline.outline import (
    AS_READ,
    CHOSEN,
    HEADINGS,
    NARRATIVE,
    NUMBERING,
    OWN,
    Outline,
    Section,
)
from desktop.domain.template import fill
from desktop.exchange.import_plan import NewRow, PlanItem
from desktop.exchange.import_report.heading_tree import HeadingTree
from desktop.exchange.import_report.sections import Part
from desktop.exchange.import_report.title_match import EXACT, SURE, BigramWeights, SectionTitles

_FEWEST_PARTS = 2
"""So many headings of the first level make an outline; with fewer the file's text is put under a known one."""
_USUAL_NUMBERS = "一、|（一）|1.|（1）|①"
OPENING = "opening"
REPLACES = "报告里已有文字，导入后替换"


def has_outline(tree: HeadingTree) -> bool:
    return sum(part.level == 1 for part in tree.parts if not part.unassigned) >= _FEWEST_PARTS


def same_outline(tree: HeadingTree, outlines: Mapping[str, Outline], sheet: FactSheet) -> Outline | None:
    """The outline that has just these headings, as a report printed by this program has them; sections of it may
    be missing, for empty ones are not printed."""
    found = [(part.title, part.level) for part in tree.parts if not part.unassigned]
    for outline in outlines.values():
        given = iter((fill(s.title, sheet.year, sheet.level), s.level) for s in outline.sections if s.level)
        if all(heading in given for heading in found) and _USUAL_NUMBERS.startswith(tree.numbering):
            return outline
    return None


class Meanings:
    """Which heading means which section: each section once, the same words before like ones."""

    def __init__(self, outlines: Mapping[str, Outline], weights: BigramWeights) -> None:
        known = {section.id: section for outline in outlines.values() for section in outline.sections}
        self.sections = [section for section in known.values() if section.level]
        self.titles = SectionTitles(self.sections, weights)

    def of(self, parts: Sequence[Part]) -> dict[int, Section]:
        """Place of a part -> the section it means, for those that mean one."""
        likes = [
            (likeness, place, at)
            for place, part in enumerate(parts)
            if not part.unassigned
            for at, likeness in self.titles.similar(_bare(part.title))
            if likeness >= SURE
        ]
        meant: dict[int, Section] = {}
        taken: set[int] = set()
        for likeness, place, at in sorted(likes, key=lambda like: (-like[0], like[1])):
            if place not in meant and at not in taken:
                meant[place] = self.sections[at]
                taken.add(at)
                parts[place].likeness = min(likeness, EXACT)
        return meant


def _bare(title: str) -> str:
    return title.split("（")[0] or title


def rows_of(tree: HeadingTree, meanings: Meanings) -> list[str]:
    """The row of each part: what it means, or the next free one of the clerk's own."""
    meant = meanings.of(tree.parts)
    rows, own = [], 0
    for place, part in enumerate(tree.parts):
        if part.unassigned:
            rows.append(OPENING)
        elif place in meant:
            rows.append(meant[place].id)
        else:
            own += 1
            rows.append(f"{OWN}{own}")
    return rows


def as_read_items(
    tree: HeadingTree, rows: Sequence[str], sheet: FactSheet
) -> Iterator[tuple[PlanItem, NewRow, Part]]:
    """An item for the text of each heading, or for a heading alone, with the row that makes the heading."""
    for place, (row, part) in enumerate(zip(rows, tree.parts, strict=True), 1):
        facts = heading_cells(row, part, str(place))
        if part.text.strip():
            item = text_item(row, part, sheet)
            if item.old:
                item = replace(item, problem=REPLACES, level="note")
            yield item, NewRow(NARRATIVE, row, facts), part
        elif part.level and not part.unassigned:
            yield heading_item(row, part), NewRow(HEADINGS, row, facts), part


def heading_cells(row: str, part: Part, place: str) -> tuple[tuple[FactKey, str], ...]:
    """What makes a heading; an opening has no words and no level."""
    cells = {"place": place}
    if not part.unassigned:
        cells |= {"title": part.title, "level": str(part.level)}
    return tuple((FactKey(HEADINGS, row, column), text) for column, text in cells.items())


def text_item(row: str, part: Part, sheet: FactSheet) -> PlanItem:
    """The text under a heading; nothing, where the file has none."""
    key, new = FactKey(NARRATIVE, row, "text"), part.text if part.text.strip() else ""
    return PlanItem(key, part.heading or "开头段", sheet.text(key), new, where_of(part))


def heading_item(row: str, part: Part) -> PlanItem:
    """A heading with nothing written under it."""
    key = FactKey(HEADINGS, row, "title")
    return PlanItem(key, f"标题“{part.heading}”", "", part.title, where_of(part))


def where_of(part: Part) -> str:
    return f"第{part.number}行 {part.heading}".strip()


def outline_items(tree: HeadingTree, sheet: FactSheet, current: Outline) -> list[PlanItem]:
    """That the headings are the file's own, and how they are numbered, where either is not so already."""
    items = list[PlanItem]()
    if sheet.text(CHOSEN) != AS_READ:
        remark = "标题的文字、级别、次序和编号方式都按文件；要用别的提纲，可在“自评报告”页上换"
        shown = "按读入的文件"
        items.append(
            PlanItem(CHOSEN, sheet.label(CHOSEN), current.name, AS_READ, "正文", remark, "note", shown=shown)
        )
    now = sheet.text(NUMBERING) or _USUAL_NUMBERS
    if not (now.startswith(tree.numbering) or tree.numbering.startswith(now)):
        manner = "" if _USUAL_NUMBERS.startswith(tree.numbering) else tree.numbering
        items.append(PlanItem(NUMBERING, sheet.label(NUMBERING), sheet.text(NUMBERING), manner, "正文"))
    return items
