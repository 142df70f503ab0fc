"""The report's headings: the outline it follows, what the clerk changed in it, and the numbers.

Numbers are always ours and always without a gap: 一、（一）1.（1）, or as a report that was read in has them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from desktop.domain.chinese_numerals import chinese
from desktop.domain.keys import FactKey
from desktop.domain.numbers import number_of

DEFAULT = "ten-part"
"""The standard outline of Hunan (docs/domain.md 4)."""
NARRATIVE = "narrative"
"""The table of the report's texts; a row is a section's id, as in the next one."""
HEADINGS = "headings"
"""The table of what the clerk changed."""
OWN = "own:"
"""Rows that begin so are headings of the clerk's own.

Such a heading has an anchor, the heading behind which it stands (column `after`), and stands so many levels
below it (column `below`): so it finds its place in every outline that has its anchor.
"""
CHOSEN = FactKey("paper", "this", "outline")
AS_READ = "as-read"
"""The outline of a report that was read in: the headings that stand in `headings` with a place, and no others."""
NUMBERING = FactKey("paper", "this", "numbering")
"""How a report that was read in numbers its headings: a sample for each level, `第一部分|一、|（一）|1.`."""
DEEPEST = 5
"""Levels of headings: 一、（一）1.（1） in official documents (GB/T 9704), one more below 第一部分."""
_USUAL_NUMBERS = ("一、", "（一）", "1.", "（1）", "①")


class Section(NamedTuple):
    """One heading of the report, with what belongs under it. Level 0 prints its text and no heading."""

    id: str
    title: str
    level: int
    guidance: str = ""
    starting: str = ""
    """The text of an empty section, where nothing disproves it."""
    disproved_by: tuple[str, ...] = ()
    """Cells (`table.row.column`) of which none may hold an amount where `starting` stands."""
    fallback: str = ""
    """The cell whose text stands here while the section is empty."""
    passages: tuple[str, ...] = ()
    """What the program can write here from the data: ids of passages."""
    chart: str = ""
    aliases: tuple[str, ...] = ()
    """How others call this heading; for reading reports in."""
    carried: bool = False
    """Its text does not change with the year: the next report begins with it."""
    numbered_as: str = ""
    """A sample of its number, '' where it is numbered as usual and NO_NUMBER where it has none."""


class Outline(NamedTuple):
    """The headings of one form of report, in order."""

    id: str
    name: str
    sections: tuple[Section, ...]


class Passage(NamedTuple):
    """A paragraph that is written from the data: `text` with fields, offered where all `needs` have values."""

    id: str
    title: str
    text: str
    needs: tuple[str, ...] = ()


def parse_outline(data: Mapping[str, Any], meanings: Mapping[str, Mapping[str, Any]]) -> Outline:
    """`meanings` says, by id, what the outline does not say otherwise. KeyError for an id it does not have."""
    given = [dict(meanings[section["id"]]) | dict(section) for section in data["section"]]
    titles = {section["title"] for section in given}
    sections = tuple(_section(section, meanings[section["id"]]["title"], titles) for section in given)
    return Outline(data["id"], data["name"], sections)


def _section(data: Mapping[str, Any], usual_title: str, titles: set[str]) -> Section:
    """Its usual title is an alias of another one; a title of this outline is nobody's alias."""
    lists = {name: tuple(data.get(name, ())) for name in ("disproved_by", "passages")}
    aliases = dict.fromkeys((usual_title, *data.get("aliases", ())))
    lists["aliases"] = tuple(alias for alias in aliases if alias not in titles)
    return Section(**(dict(data) | lists))


def parse_passages(data: Sequence[Mapping[str, Any]]) -> dict[str, Passage]:
    """By id, in the order of the file."""
    passages = (Passage(p["id"], p["title"], p["text"].strip(), tuple(p.get("needs", ()))) for p in data)
    return {passage.id: passage for passage in passages}


def chosen_outline(outlines: Mapping[str, Outline], facts: Mapping[FactKey, str]) -> Outline:
    """The outline a report follows; the ten-part one where it names none, or none that is known."""
    if facts.get(CHOSEN) == AS_READ:
        return Outline(AS_READ, "按读入的文件", tuple(_sections_as_read(outlines, facts)))
    return outlines.get(facts.get(CHOSEN, ""), outlines[DEFAULT])


def _sections_as_read(outlines: Mapping[str, Outline], facts: Mapping[FactKey, str]) -> Iterator[Section]:
    """What a heading means is known by its id; nothing is printed under it that the file did not have."""
    meanings = {section.id: section for outline in outlines.values() for section in outline.sections}
    placed = [
        (number_of(text) or Decimal(0), key.row)
        for key, text in facts.items()
        if key.table == HEADINGS and key.column == "place" and key.row in meanings
    ]
    for _, row in sorted(placed):
        yield meanings[row]._replace(starting="", fallback="", disproved_by=())


class Heading(NamedTuple):
    """A section as this report has it, and whether it is printed."""

    section: Section
    hidden: bool = False


def headings_of(outlines: Mapping[str, Outline], facts: Mapping[FactKey, str]) -> list[Heading]:
    """The chosen outline with the clerk's changes, hidden headings too, in their order."""
    changes: dict[str, dict[str, str]] = {}
    for key, value in facts.items():
        if key.table == HEADINGS:
            changes.setdefault(key.row, {})[key.column] = value
    own = sorted(row for row in changes if row.startswith(OWN))
    anchored = {row: changes[row] for row in own if changes[row].get("after")}
    base = list(chosen_outline(outlines, facts).sections)
    base += [
        Section(row, "", 1) for row in own if row not in anchored
    ]  # of older versions: they only have a place
    placed = []
    for place, section in enumerate(base, 1):
        change = changes.get(section.id, {})
        placed.append(
            (number_of(change.get("place", "")) or Decimal(place), place, _changed(section, change))
        )
    headings = [heading for _, _, heading in sorted(placed, key=lambda item: item[:2])]
    while anchored:
        ready = [row for row, change in anchored.items() if change["after"] not in anchored]
        for row in ready or list(anchored):  # facts of a damaged file may go in a circle
            _insert_behind_anchor(headings, row, anchored.pop(row), outlines)
    manner = facts.get(NUMBERING, "")
    if manner:
        headings = [heading._replace(section=_numbered_as(heading.section, manner)) for heading in headings]
    return headings


def _insert_behind_anchor(
    headings: list[Heading], row: str, change: Mapping[str, str], outlines: Mapping[str, Outline]
) -> None:
    """Put a heading of the clerk's own behind its anchor; where the outline does not have that one, behind the
    nearest before it in the same part, else at the end of the part."""
    places = {heading.section.id: place for place, heading in enumerate(headings)}
    heading = _changed(Section(row, "", 1), change)
    level, at = heading.section.level, len(headings) - 1
    if change["after"] in places:
        at = places[change["after"]]
        level = headings[at].section.level + int(number_of(change.get("below", "")) or 0)
    elif (stand_in := _stand_in(change["after"], places, outlines)) is not None:
        section_id, inside = stand_in
        at = places[section_id]
        level = headings[at].section.level + inside
    level = min(max(level, 1), DEEPEST)
    at += 1
    while at < len(headings) and (
        headings[at].section.level > level
        or (change["after"] not in places and headings[at].section.id.startswith(OWN))
    ):
        at += 1
    headings.insert(at, heading._replace(section=heading.section._replace(level=level)))


def _stand_in(
    section_id: str, places: Mapping[str, int], outlines: Mapping[str, Outline]
) -> tuple[str, bool] | None:
    """What stands before a missing section in an outline that has it: a neighbour, or (True) what it is part of."""
    parts = set[str]()
    for outline in outlines.values():
        ids = [section.id for section in outline.sections]
        if section_id not in ids:
            continue
        level = outline.sections[ids.index(section_id)].level
        for section in reversed(outline.sections[: ids.index(section_id)]):
            if section.level == level and section.id in places:
                return section.id, False
            if section.level < level:
                parts.add(section.id)
                break
    present = next((part for part in sorted(parts) if part in places), None)
    if present is not None:
        return present, True
    stand_ins = (_stand_in(part, places, outlines) for part in sorted(parts))
    return next((one for one in stand_ins if one is not None), None)


def anchor_of(headings: Sequence[Heading], at: int) -> tuple[str, int]:
    """Behind which heading the one at `at` stands, and how many levels below it; '' where it is the first.

    Not the one directly before: a heading of level 1 stands behind the part before it, not behind its last line.
    """
    level = headings[at].section.level
    for other in reversed(headings[:at]):
        if other.section.level <= level:
            return other.section.id, level - other.section.level
    return "", 0


def _changed(section: Section, change: Mapping[str, str]) -> Heading:
    """`change`: the cells of one row of `headings`."""
    level = int(number_of(change.get("level", "")) or section.level)
    level = min(max(level, 1), DEEPEST) if section.level else 0
    title = change.get("title", "").strip() or section.title or "未命名标题"
    return Heading(section._replace(title=title, level=level), bool(change.get("hidden")))


def title_in(outlines: Mapping[str, Outline], facts: Mapping[FactKey, str], section_id: str) -> str:
    """What the report calls a section; else what some outline calls it; '' where none knows it."""
    known = [heading.section for heading in headings_of(outlines, facts)]
    known += [section for outline in outlines.values() for section in outline.sections]
    return next((section.title for section in known if section.id == section_id), "")


def printed_sections(headings: Iterable[Heading]) -> tuple[Section, ...]:
    """The sections that are printed."""
    return tuple(heading.section for heading in headings if not heading.hidden)


NO_NUMBER = "-"
_CIRCLED_ONE = ord("①")
_MOST_OF_KIND = {"Ⅰ": 12, "A": 26}
"""So far these numerals go as single signs."""
_NUMERAL = re.compile(r"(?:\d+\.)+\d+|\d+|一|①|１|Ⅰ|A")


def _numbered_as(section: Section, manner: str) -> Section:
    samples = manner.split("|")
    at = section.level - 1
    return section._replace(numbered_as=samples[at]) if 0 <= at < len(samples) else section


def heading_number(sample: str, counts: Sequence[int]) -> str:
    """A number in the manner of a sample: `一、` `第一部分` `（1）` `①` `1.1`; `counts` are those of the levels down to it.

    `1.1` takes as many levels as it has numerals.
    """

    def ours(match: re.Match[str]) -> str:
        number = counts[-1]
        if match[0] == "一":
            return chinese(number)
        if match[0] == "①":
            return chr(_CIRCLED_ONE + number - 1) if number <= 20 else f"（{number}）"
        if match[0] in "ⅠA":
            return chr(ord(match[0]) + number - 1) if number <= _MOST_OF_KIND[match[0]] else f"（{number}）"
        parts = match[0].count(".") + 1
        return ".".join(map(str, counts[-parts:]))

    if sample == NO_NUMBER:
        return ""
    # `第一部分　部门概况`, `一　部门概况`, `1.1 主要职责`: no sign parts these from the words.
    gap = "\u3000" if sample[-1] in "分章编节一" else " " if sample[-1].isdecimal() else ""
    return _NUMERAL.sub(ours, sample, count=1) + gap


def numbered(sections: Iterable[Section]) -> Iterator[tuple[str, Section]]:
    """Each section with its number; a higher heading starts the lower ones anew. Source of the usual ones:
    GB/T 9704, docs/domain.md 7."""
    counts = [0] * DEEPEST
    for section in sections:
        if not section.level:
            yield "", section
            continue
        at = section.level - 1
        counts[at] += 1
        counts[at + 1 :] = [0] * (DEEPEST - at - 1)
        yield heading_number(section.numbered_as or _USUAL_NUMBERS[at], counts[: at + 1]), section
