"""A report's body put under the sections of an outline: which heading is which, and whose text a line is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from desktop.domain.outline.outline import OWN, Outline, Section
from desktop.exchange.import_report.body import BodyLine
from desktop.exchange.import_report.headings import Head, Split, head_of, is_phrase, splits
from desktop.exchange.import_report.title_match import EXACT, LIKELY, SURE, Titles, Wordings

REST = "rest"
"""Where text stands that no heading claims."""
_ALONE = 0.9
"""Likeness from which words without any number are taken for a heading."""
_BELONGS, _NEXT, _BACK, _ASTRAY, _PER_LEVEL = 0.08, 0.04, -0.1, -0.12, -0.03
"""What the place of a heading adds to the likeness of its words."""
_OWN, _MISSED = 0.6, 0.3
_MARGIN = 0.5
"""By so much another outline must suit better than the report's own."""
_ENOUGH = 5
"""Headings that must be found before an outline can be said to suit at all."""
_GAP = 3
"""A heading's number may run ahead of the one before by so much."""
_JOINT = "\u3000"
_LONGEST_ROW = 2000


@dataclass
class Part:
    """The text of one section. `section` None: a heading of their own, `title` and `level` as in the file."""

    section: Section | None
    title: str = ""
    level: int = 1
    heading: str = ""
    """The heading as it stands in the file."""
    number: int = 0
    likeness: float = EXACT
    lines: list[str] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    """The line of the file where each of `lines` begins."""
    tables: dict[int, int] = field(default_factory=dict)
    """Tables among the lines: where each begins in the file, and its rows."""
    rest: bool = False
    opened: int = 0
    """The line where the report's opening begins, where it stands above this part's own text."""
    opening: str = ""
    """A heading right above without text of its own: 前言 of that opening, or the clerk's own over others."""
    twice: bool = False
    """The heading stands twice in the file, one above the other."""

    @property
    def text(self) -> str:
        return "\n".join(self.lines)

    @property
    def depth(self) -> int:
        """The level at which it is printed."""
        return self.level if self.section is None else self.section.level

    def add(self, line: str, number: int) -> None:
        self.lines.append(line)
        self.numbers.append(number)

    def cut(self, at: int) -> Part:
        """Lines from there on, taken out, as text without a heading."""
        number = self.numbers[at] if at < len(self.numbers) else self.number
        part = Part(None, number=number, lines=self.lines[at:], numbers=self.numbers[at:], rest=True)
        del self.lines[at:], self.numbers[at:]
        moved = [begin for begin in self.tables if begin in part.numbers]
        part.tables = {begin: self.tables.pop(begin) for begin in moved}
        return part

    def take(self, part: Part) -> None:
        """The lines of another part behind these."""
        self.lines += part.lines
        self.numbers += part.numbers
        self.tables |= part.tables


@dataclass
class Sections:
    """All of a body: its parts in the order of the file, and how well the outline suits it."""

    parts: list[Part]
    points: float

    @property
    def matched(self) -> int:
        return sum(part.section is not None for part in self.parts)


class _Seen(NamedTuple):
    """A line taken apart once for all outlines."""

    line: BodyLine
    head: Head
    splits: tuple[Split, ...]


def _seen(lines: Sequence[BodyLine]) -> list[_Seen]:
    heads = (head_of(line.text, line.level) for line in lines)
    return [_Seen(line, head, tuple(splits(head))) for line, head in zip(lines, heads, strict=True)]


def read_sections(lines: Sequence[BodyLine], sections: Sequence[Section], wordings: Wordings) -> Sections:
    """The body under these sections. Every line comes into a part, in the order of the file."""
    return _Walk(sections, wordings).over(_seen(lines))


def best_outline(
    lines: Sequence[BodyLine], now: Outline, outlines: Mapping[str, Outline], wordings: Wordings
) -> tuple[Outline, Sections]:
    """The outline whose sections the headings suit best; that of the report, unless another is better."""
    seen = _seen(lines)
    best, found = now, _Walk(now.sections, wordings).over(seen)
    for outline in outlines.values():
        other = _Walk(outline.sections, wordings).over(seen) if outline.id != now.id else None
        if (
            other is not None
            and other.matched >= _ENOUGH
            and other.points > found.points + (_MARGIN if best is now else 0)
        ):
            best, found = outline, other
    return best, found


class _Walk:
    """One pass over the lines. `path` are the open sections from the highest to the current one."""

    def __init__(self, sections: Sequence[Section], wordings: Wordings) -> None:
        self.sections, self.titles = sections, Titles(sections, wordings)
        self.parents = _parents(sections)
        self.parts: list[Part] = []
        self.current: Part | None = None
        self.place = -1
        self.used: set[int] = set()
        self.in_table, self.table = False, 0
        """Whether the line before was a cell, and where the table began."""
        self.listing = False
        """Whether the current part holds a list that is numbered as the parts are."""
        self.last = [0] * 10
        """The last number met at each level of the file; index 0 is not used."""

    def over(self, lines: Sequence[_Seen]) -> Sections:
        for seen in lines:
            line = seen.line
            if line.after_form:
                self.current = None
            if line.cell:
                self._cell(line)
                self.in_table = True
                continue
            self.in_table = False
            if not (self._section(seen) or self._own(line, seen.head)):
                self.listing = self.listing or seen.head.style == 1
                self._text(line)
        self._adopt()
        return Sections(self.parts, self._points())

    def _adopt(self) -> None:
        """A heading nobody knows, right above sections that belong together, means the section above those."""
        places = {section.id: place for place, section in enumerate(self.sections)}
        for part, following in zip(self.parts, self.parts[1:], strict=False):
            if part.section is not None or part.rest or following.section is None:
                continue
            above = self.parents[places[following.section.id]]
            if above is not None and above not in self.used and self.sections[above].level == part.level:
                part.section, part.likeness = self.sections[above], LIKELY
                self.used.add(above)

    def _points(self) -> float:
        """Headings that have their section, less those that have none, less sections that nobody wrote."""
        found = [part for part in self.parts if part.section is not None]
        own = sum(not part.rest and part.section is None for part in self.parts)
        return sum(part.likeness for part in found) - _OWN * own - _MISSED * (len(self.sections) - len(found))

    # -- headings ----------------------------------------------------------------------------------------

    def _section(self, seen: _Seen) -> bool:
        """Open the section that the line's words mean, if they mean one."""
        line, head = seen.line, seen.head
        best: tuple[float, int, Split, float] | None = None
        for split in self._splits(seen):
            for place, likeness in self._like(split.title):
                fit = likeness + self._context(head, place)
                if self._holds(head, split, likeness, place) and (best is None or fit > best[0]):
                    best = fit, place, split, likeness
        if best is None or best[0] < LIKELY:
            return self._said_twice(head, line)
        _, place, split, likeness = best
        heading = line.text[: len(line.text) - len(split.tail)].strip() if split.tail else line.text.strip()
        self._open(head, Part(self.sections[place], heading=heading, number=line.number, likeness=likeness))
        self.used.add(place)
        self.place = place
        if split.tail:
            assert self.current is not None
            self.current.add(split.tail, line.number)
        return True

    def _like(self, title: str) -> list[tuple[int, float]]:
        """The sections that a title may mean. Of two that are called so, the outline's own comes before the
        one that an earlier import made for the second of two such headings."""
        found = self.titles.like(title)
        if len(found) < 2 or all(likeness < EXACT or place in self.used for place, likeness in found):
            return found
        given = [pair for pair in found if not self.sections[pair[0]].id.startswith(OWN)]
        exact = any(likeness == EXACT and place not in self.used for place, likeness in given)
        return given if exact else found

    def _said_twice(self, head: Head, line: BodyLine) -> bool:
        """A heading that only says again what the one just above it says: 一、基本情况 （一）基本情况."""
        now = self.current
        if now is None or now.section is None or now.lines or not head.marked or now.twice:
            return False
        if (self.place, EXACT) not in self.titles.like(head.rest):
            return False
        now.heading += line.text.strip()
        now.twice = True
        return True

    def _splits(self, seen: _Seen) -> tuple[Split, ...]:
        """Where the heading's words may end; of a long line also behind a title with no sign after it."""
        head = seen.head
        if head.marked and all(split.tail for split in seen.splits):
            glued = self.titles.begins(head.rest)
            if glued:
                return (*seen.splits, Split(glued, "", head.rest[len(glued) :]))
        return seen.splits

    def _holds(self, head: Head, split: Split, likeness: float, place: int) -> bool:
        """Whether words so like a section's may open it. A section that has been opened is not opened again."""
        if place in self.used:
            return False
        level = head.level or head.style
        if level not in (0, self.sections[place].level) and likeness < SURE:
            return False
        if not split.tail:
            ends = head.rest.endswith(("。", "；", "，"))
            return likeness >= (SURE if ends else LIKELY if head.marked else _ALONE)
        if not head.marked:
            return likeness == EXACT and split.stop in "：:" and self._follows(place)
        return likeness >= (SURE if split.stop in "。：:" else EXACT) and (split.stop != "；")

    def _follows(self, place: int) -> bool:
        return place > self.place and self.parents[place] in (*self._above(), self.place)

    def _above(self) -> list[int | None]:
        """The sections that the current one belongs to; None is the report itself."""
        found: list[int | None] = []
        at = self.parents[self.place] if self.place >= 0 else None
        while at is not None:
            found.append(at)
            at = self.parents[at]
        return [*found, None]

    def _context(self, head: Head, place: int) -> float:
        parent, above = self.parents[place], self._above()
        fit = _BELONGS if parent in above or parent == self.place else _ASTRAY
        fit += _NEXT if place == self.place + 1 else _BACK if place < self.place else 0
        level = head.level or head.style
        return fit + _PER_LEVEL * abs(level - self.sections[place].level) if level else fit

    def _open(self, head: Head, part: Part) -> None:
        self.parts.append(part)
        self.current = part
        self.listing = False
        level = part.depth
        self.last[level] = head.ordinal or self.last[level] + 1
        self.last[level + 1 :] = [0] * (len(self.last) - level - 1)

    def _own(self, line: BodyLine, head: Head) -> bool:
        """A heading that the outline lacks, beside those that it has: the clerk's own."""
        level = head.level or (head.style if head.style in (1, 2) else 0)
        words = head.rest.rstrip("：:")
        if level not in (1, 2) or not is_phrase(words):
            return False
        if level == 2 and not self._holds_own():
            return False
        expected = self.last[level] < head.ordinal <= self.last[level] + _GAP
        if not (expected or self._repeats(level, head) or (head.level and not head.ordinal)):
            return False
        part = Part(None, words, level, line.text.strip(), line.number)
        self._open(head, part)
        return True

    def _holds_own(self) -> bool:
        """Whether a heading of the second level may be the clerk's own: beside others, or below such a one."""
        now = self.current
        return now is not None and not now.rest and (now.depth > 1 or now.section is None)

    def _repeats(self, level: int, head: Head) -> bool:
        """A part with the number of the one before: a slip of the pen, unless it goes on with a list."""
        return level == 1 and head.ordinal == self.last[1] > 1 and not self.listing

    # -- text --------------------------------------------------------------------------------------------

    def _text(self, line: BodyLine) -> None:
        part = self._here(line)
        if line.goes_on and part.lines:
            part.lines[-1] += line.text
        else:
            part.add(line.text.strip(), line.number)

    def _cell(self, line: BodyLine) -> None:
        """The cells of a table's row stand on one line."""
        said = " ".join(line.text.split())
        part = self._here(line)
        begins = not self.in_table or not part.lines
        if begins:
            self.table = line.number
        if line.row or begins:
            part.tables[self.table] = part.tables.get(self.table, 0) + 1
        if line.row or begins or len(part.lines[-1]) > _LONGEST_ROW:
            part.add(said, line.number)
        else:
            part.lines[-1] += said if line.goes_on else _JOINT + said

    def _here(self, line: BodyLine) -> Part:
        if self.current is None:
            self.current = Part(None, number=line.number, rest=True)
            self.parts.append(self.current)
        return self.current


def _parents(sections: Sequence[Section]) -> list[int | None]:
    """The section above each, None for those of the highest level."""
    found: list[int | None] = []
    for place, section in enumerate(sections):
        above = (i for i in range(place - 1, -1, -1) if sections[i].level < section.level)
        found.append(next(above, None))
    return found
