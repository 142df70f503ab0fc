"""A report's body put under the sections of an outline: which heading is which, and whose text a line is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from desktop.domain.outline.outline import OWN, Outline, Section
from desktop.domain.text_blocks.marks import block_mark, numbers_in
from desktop.exchange.import_report.file_body.body_lines import TEXT, BodyLine
from desktop.exchange.import_report.headings import (
    NumberedLine,
    TitleSplit,
    is_phrase,
    numbered_line,
    title_splits,
)
from desktop.exchange.import_report.title_match import EXACT, LIKELY, SURE, BigramWeights, SectionTitles
from desktop.exchange.read_text.lines import Note, marked

UNASSIGNED = "rest"
"""Where text stands that no heading claims."""
_UNNUMBERED = 0.9
"""Likeness from which words without any number are taken for a heading: a table's label or a name in a list
may be as like a title as SURE."""
_BELONGS, _NEXT, _BACK, _ASTRAY, _PER_LEVEL = 0.08, 0.04, -0.1, -0.12, -0.03
"""What the place of a heading adds to the likeness of its words: within the current section or beside it, right
after it, behind its place in the outline, in a section that is not open, and for each level of difference.
Words may be like several sections; the order of the outline decides among them."""
_OWN_HEADING_COST, _MISSING_SECTION_COST = 0.6, 0.3
"""What a heading that the outline lacks, and a section that nobody wrote, take from its suitability: the first
is a sign of another outline, the second only of a short report."""
_OUTLINE_MARGIN = 0.5
"""By so much another outline must suit better than the report's own: about half a heading."""
_FEWEST_MATCHES = 5
"""Headings that must be found before an outline can be said to suit at all: `基本情况` and `存在的问题` stand in
every outline."""
_LARGEST_NUMBER_STEP = 3
"""A heading's number may run ahead of the one before by so much: 三 to 五 are left out where there was nothing to
say (docs/domain.md 4), while 八 after 二 goes on with a list."""
_CELL_SEPARATOR = "\u3000"
"""Between the cells of a table's row that becomes a line of text."""
_LONGEST_ROW = 2000
"""Characters: a row that is longer is a frame around text, and its cells are kept apart."""


@dataclass
class Part:
    """The text of one section. `section` None: the clerk's own heading, `title` and `level` as in the file."""

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
    table: int = 0
    """Where the table begins whose rows are being put in."""
    block: str = ""
    """The table or picture that was put in last, while nothing stands behind it."""
    waiting: str = ""
    """Footnotes of the heading: a heading has words alone, they go to the text below it."""
    unassigned: bool = False
    """Text that no heading claims."""
    opening_line: int = 0
    """The line where the report's opening begins, where it stands above this part's own text."""
    opening: str = ""
    """A heading right above without text of its own: 前言 of that opening, or the clerk's own over others."""
    repeated: bool = False
    """The heading stands twice in the file, one above the other."""

    @property
    def text(self) -> str:
        return "\n".join(self.lines)

    @property
    def depth(self) -> int:
        """The level at which it is printed."""
        return self.level if self.section is None else self.section.level

    def note(self, notes: Iterable[Note]) -> None:
        """Footnotes of its heading."""
        self.waiting = marked("", [note._replace(at=0) for note in notes])

    def add(self, line: str, number: int) -> None:
        if not numbers_in(line):
            line, self.waiting = line + self.waiting, ""
        self.lines.append(line)
        self.numbers.append(number)

    def put(self, line: BodyLine, begins_table: bool) -> None:
        """A line of text, or what it is part of: a table or picture once; of a table that is none such, each row on
        one line. `begins_table`: no cell stands before it."""
        if line.block:
            if line.block != self.block:
                self.add(block_mark(line.block), line.number)
            self.block = line.block
            return
        self.block = ""
        if line.cell:
            self._put_cell(line, begins_table or not self.lines)
        elif line.continues and self.lines:
            self.lines[-1] += line.marked if line.notes else line.text
        else:
            self.add(line.marked, line.number)

    def _put_cell(self, line: BodyLine, begins: bool) -> None:
        text = " ".join(line.marked.split())
        if begins:
            self.table = line.number
        if line.begins_row or begins:
            self.tables[self.table] = self.tables.get(self.table, 0) + 1
        if line.begins_row or begins or len(self.lines[-1]) > _LONGEST_ROW:
            self.add(text, line.number)
        else:
            self.lines[-1] += text if line.continues else _CELL_SEPARATOR + text

    def cut(self, at: int) -> Part:
        """Lines from there on, taken out, as text without a heading."""
        number = self.numbers[at] if at < len(self.numbers) else self.number
        part = Part(None, number=number, lines=self.lines[at:], numbers=self.numbers[at:], unassigned=True)
        del self.lines[at:], self.numbers[at:]
        moved = [begin for begin in self.tables if begin in part.numbers]
        part.tables = {begin: self.tables.pop(begin) for begin in moved}
        return part

    def take(self, part: Part) -> None:
        """The lines of another part behind these."""
        self.lines += part.lines
        self.numbers += part.numbers
        self.tables |= part.tables


def with_notes_of_headings(parts: list[Part]) -> list[Part]:
    """Footnotes of a heading without text of its own come to the next text, at the end of the report to the last."""
    waiting = ""
    for part in parts:
        first = next((at for at, line in enumerate(part.lines) if not numbers_in(line)), None)
        if first is not None and waiting:
            part.lines[first], waiting = part.lines[first] + waiting, ""
        waiting, part.waiting = waiting + part.waiting, ""
    if waiting and (last := next((part for part in reversed(parts) if part.lines), None)) is not None:
        last.lines[-1] += waiting if not numbers_in(last.lines[-1]) else f"\n{waiting}"
    return parts


@dataclass
class Sections:
    """All of a body: its parts in the order of the file, and how well the outline suits it."""

    parts: list[Part]
    suitability: float

    @property
    def matched(self) -> int:
        return sum(part.section is not None for part in self.parts)


class _ParsedLine(NamedTuple):
    """A line taken apart once for all outlines."""

    line: BodyLine
    head: NumberedLine
    title_splits: tuple[TitleSplit, ...]


def _parsed(lines: Sequence[BodyLine]) -> list[_ParsedLine]:
    heads = (numbered_line(line.text, line.level) for line in lines)
    return [
        _ParsedLine(line, head, tuple(title_splits(head))) for line, head in zip(lines, heads, strict=True)
    ]


def read_sections(lines: Sequence[BodyLine], sections: Sequence[Section], weights: BigramWeights) -> Sections:
    """The body under these sections. Every line comes into a part, in the order of the file."""
    return _SectionReader(sections, weights).read(_parsed(lines))


def best_outline(
    lines: Sequence[BodyLine], current: Outline, outlines: Mapping[str, Outline], weights: BigramWeights
) -> tuple[Outline, Sections]:
    """The outline whose sections the headings suit best; that of the report, unless another is better."""
    parsed = _parsed(lines)
    best, sections = current, _SectionReader(current.sections, weights).read(parsed)
    for outline in outlines.values():
        if outline.id == current.id:
            continue
        other = _SectionReader(outline.sections, weights).read(parsed)
        margin = _OUTLINE_MARGIN if best is current else 0
        if other.matched >= _FEWEST_MATCHES and other.suitability > sections.suitability + margin:
            best, sections = outline, other
    return best, sections


class _SectionReader:
    """One pass over the lines; `place` is that of the section opened last, -1 before the first."""

    def __init__(self, sections: Sequence[Section], weights: BigramWeights) -> None:
        self.sections, self.titles = sections, SectionTitles(sections, weights)
        self.parents = _parents(sections)
        self.parts: list[Part] = []
        self.current: Part | None = None
        self.place = -1
        self.opened: set[int] = set()
        self.in_table = False
        """Whether the line before was a cell."""
        self.in_list = False
        """Whether the current part holds a list that is numbered as the parts are."""
        self.last_ordinals = [0] * 10
        """The last number met at each level of the file; index 0 is not used."""

    def read(self, lines: Sequence[_ParsedLine]) -> Sections:
        for parsed in lines:
            line = parsed.line
            if line.after_form:
                self.current = None
            if line.cell or line.block or line.chosen == TEXT:
                self._current_part(line).put(line, not self.in_table)
                self.in_table = line.cell
                continue
            self.in_table = False
            if not (self._open_section(parsed) or self._open_own_heading(line, parsed.head)):
                self.in_list = self.in_list or parsed.head.style == 1
                self._current_part(line).put(line, False)
        self._assign_sections_above()
        return Sections(with_notes_of_headings(self.parts), self._suitability())

    def _assign_sections_above(self) -> None:
        """A heading nobody knows, right above sections that belong together, means the section above those."""
        places = {section.id: place for place, section in enumerate(self.sections)}
        for part, following in zip(self.parts, self.parts[1:], strict=False):
            if part.section is not None or part.unassigned or following.section is None:
                continue
            above = self.parents[places[following.section.id]]
            if above is not None and above not in self.opened and self.sections[above].level == part.level:
                part.section, part.likeness = self.sections[above], LIKELY
                self.opened.add(above)

    def _suitability(self) -> float:
        """Headings that have their section, less those that have none, less sections that nobody wrote."""
        known = [part.likeness for part in self.parts if part.section is not None]
        own = sum(not part.unassigned and part.section is None for part in self.parts)
        missing = len(self.sections) - len(known)
        return sum(known) - _OWN_HEADING_COST * own - _MISSING_SECTION_COST * missing

    # -- headings ----------------------------------------------------------------------------------------

    def _open_section(self, parsed: _ParsedLine) -> bool:
        """Open the section that the line's words mean, if they mean one."""
        line, head = parsed.line, parsed.head
        best: tuple[float, int, TitleSplit, float] | None = None
        for split in self._splits(parsed):
            for place, likeness in self._candidates(split.title):
                fit = likeness + self._position_bonus(head, place)
                if self._may_open(head, split, likeness, place) and (best is None or fit > best[0]):
                    best = fit, place, split, likeness
        if best is None or best[0] < LIKELY:
            return self._repeats_heading(head, line)
        _, place, split, likeness = best
        heading = line.text[: len(line.text) - len(split.tail)].strip() if split.tail else line.text.strip()
        part = Part(self.sections[place], heading=heading, number=line.number, likeness=likeness)
        part.note(line.notes)
        self._open(head, part)
        self.opened.add(place)
        self.place = place
        if split.tail:
            assert self.current is not None
            self.current.add(split.tail, line.number)
        return True

    def _candidates(self, title: str) -> list[tuple[int, float]]:
        """The sections that a title may mean. Of two that are called so, the outline's own comes before the
        one that an earlier import made for the second of two such headings."""
        similar = self.titles.similar(title)
        if len(similar) < 2 or all(likeness < EXACT or place in self.opened for place, likeness in similar):
            return similar
        given = [pair for pair in similar if not self.sections[pair[0]].id.startswith(OWN)]
        exact = any(likeness == EXACT and place not in self.opened for place, likeness in given)
        return given if exact else similar

    def _repeats_heading(self, head: NumberedLine, line: BodyLine) -> bool:
        """A heading that only says again what the one just above it says: 一、基本情况 （一）基本情况."""
        current = self.current
        if current is None or current.section is None or current.lines or not head.marked or current.repeated:
            return False
        if (self.place, EXACT) not in self.titles.similar(head.words):
            return False
        current.heading += line.text.strip()
        current.repeated = True
        return True

    def _splits(self, parsed: _ParsedLine) -> tuple[TitleSplit, ...]:
        """Where the heading's words may end; of a long line also behind a title with no sign after it."""
        head = parsed.head
        if head.marked and all(split.tail for split in parsed.title_splits):
            glued = self.titles.glued_title(head.words)
            if glued:
                return (*parsed.title_splits, TitleSplit(glued, "", head.words[len(glued) :]))
        return parsed.title_splits

    def _may_open(self, head: NumberedLine, split: TitleSplit, likeness: float, place: int) -> bool:
        """Whether words so like a section's may open it. A section that has been opened is not opened again."""
        if place in self.opened:
            return False
        level = head.level or head.style
        if level not in (0, self.sections[place].level) and likeness < SURE:
            return False
        if not split.tail:
            ends = head.words.endswith(("。", "；", "，"))
            return likeness >= (SURE if ends else LIKELY if head.marked else _UNNUMBERED)
        if not head.marked:  # `机构设置：局机关设6个股室。`, where that section comes next
            follows = place > self.place and self.parents[place] in (*self._sections_above(), self.place)
            return likeness == EXACT and split.stop in "：:" and follows
        return likeness >= (SURE if split.stop in "。：:" else EXACT) and split.stop != "；"

    def _sections_above(self) -> list[int | None]:
        """The sections that the current one belongs to; None is the report itself."""
        above: list[int | None] = []
        at = self.parents[self.place] if self.place >= 0 else None
        while at is not None:
            above.append(at)
            at = self.parents[at]
        return [*above, None]

    def _position_bonus(self, head: NumberedLine, place: int) -> float:
        parent, above = self.parents[place], self._sections_above()
        fit = _BELONGS if parent in above or parent == self.place else _ASTRAY
        fit += _NEXT if place == self.place + 1 else _BACK if place < self.place else 0
        level = head.level or head.style
        return fit + _PER_LEVEL * abs(level - self.sections[place].level) if level else fit

    def _open(self, head: NumberedLine, part: Part) -> None:
        self.parts.append(part)
        self.current = part
        self.in_list = False
        level = part.depth
        self.last_ordinals[level] = head.ordinal or self.last_ordinals[level] + 1
        self.last_ordinals[level + 1 :] = [0] * (len(self.last_ordinals) - level - 1)

    def _open_own_heading(self, line: BodyLine, head: NumberedLine) -> bool:
        """A heading that the outline lacks, beside those that it has: the clerk's own."""
        level = head.level or (head.style if head.style in (1, 2) else 0)
        words = head.words.rstrip("：:")
        if level not in (1, 2) or not is_phrase(words):
            return False
        if level == 2 and not self._allows_own_subheading():
            return False
        expected = (
            self.last_ordinals[level] < head.ordinal <= self.last_ordinals[level] + _LARGEST_NUMBER_STEP
        )
        if not (expected or self._repeats_number(level, head) or (head.level and not head.ordinal)):
            return False
        part = Part(None, words, level, line.text.strip(), line.number)
        part.note(line.notes)
        self._open(head, part)
        return True

    def _allows_own_subheading(self) -> bool:
        """Whether a heading of the second level may be the clerk's own: beside others, or below such a one."""
        current = self.current
        return (
            current is not None and not current.unassigned and (current.depth > 1 or current.section is None)
        )

    def _repeats_number(self, level: int, head: NumberedLine) -> bool:
        """A part with the number of the one before: a slip of the pen, unless it goes on with a list."""
        return level == 1 and head.ordinal == self.last_ordinals[1] > 1 and not self.in_list

    # -- text --------------------------------------------------------------------------------------------

    def _current_part(self, line: BodyLine) -> Part:
        """The part that is open; above the first heading and below a form, one that no heading claims."""
        if self.current is None:
            self.current = Part(None, number=line.number, unassigned=True)
            self.parts.append(self.current)
        return self.current


def _parents(sections: Sequence[Section]) -> list[int | None]:
    """The section above each, None for those of the highest level."""
    parents: list[int | None] = []
    for place, section in enumerate(sections):
        above = (i for i in range(place - 1, -1, -1) if sections[i].level < section.level)
        parents.append(next(above, None))
    return parents


def printed_lines(text: str) -> list[str]:
    """What is printed of a text: its lines that say something."""
    return [line.strip() for line in text.splitlines() if line.strip()]
