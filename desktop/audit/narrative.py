"""The report's own text as one: its headings with numbers, and under each what is read there."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from desktop.audit.finding import Span
from desktop.domain.assessment import Assessment
from desktop.domain.outline.outline import numbered
from desktop.domain.outline.print_options import report_title

if TYPE_CHECKING:
    from desktop.domain.text_blocks.text_table import TextTable


class Place(NamedTuple):
    """A stretch of the whole, and where in its section's text it stands: from `offset` on.

    Of a table, and of a footnote, it is the mark that stands there: `aside` says how long that is.
    """

    section: str
    start: int
    end: int
    offset: int = 0
    aside: int = 0

    def within(self, span: Span) -> Span:
        """A span that begins in this stretch, as a span of the section's text."""
        if self.aside:
            return Span(self.offset, self.offset + self.aside)
        return Span(span.start - self.start + self.offset, min(span.end, self.end) - self.start + self.offset)


class _Narrative(NamedTuple):
    text: str
    places: tuple[Place, ...]
    shown: tuple[tuple[str, str], ...] = ()
    """Each section that has any text, with what its editor shows."""


class Narrative(_Narrative):
    """The whole text, and the stretches of each section that has any."""

    def locate(self, span: Span) -> tuple[str, Span] | None:
        """The section in which a span begins, and the span within its text; None for a heading."""
        for place in self.places:
            if place.start <= span.start < place.end:
                return place.section, place.within(span)
        return None

    def span_of(self, section: str, start: int, end: int) -> Span | None:
        """Where a stretch of a section's text stands in the whole; None for what is set aside."""
        for place in self.places_of.get(section, ()):
            if not place.aside and place.offset <= start and end - place.offset <= place.end - place.start:
                shift = place.start - place.offset
                return Span(start + shift, end + shift)
        return None

    @cached_property
    def places_of(self) -> dict[str, list[Place]]:
        """By section."""
        found: dict[str, list[Place]] = {}
        for place in self.places:
            found.setdefault(place.section, []).append(place)
        return found


def narrative_of(assessment: Assessment) -> Narrative:
    """Title, headings and sections in the order of the outline, fields with what they show; sections without
    text are left out. Tables stand as lines of cells, footnotes behind their paragraph.
    """
    # A start, where nothing is read yet, does without it.
    from desktop.domain.fields.fields import expanded

    sheet = assessment.sheet
    parts = [f"{report_title(sheet)}\n"]
    places: list[Place] = []
    sections: list[tuple[str, str]] = []
    at = len(parts[0])
    for number, section in numbered(sheet.outline):
        stored = sheet.get("narrative", section.id, "text")
        shown = expanded(assessment, stored)
        heading = f"{number}{section.title}\n" if section.level else ""
        parts.append(heading)
        at += len(heading)
        if not shown:
            continue
        sections.append((section.id, shown))
        for text, offset, aside in _stretches(assessment, stored, shown):
            places.append(Place(section.id, at, at + len(text), offset, aside))
            parts += [text, "\n"] if aside else [text]
            at += len(text) + (1 if aside else 0)
        parts.append("\n")
        at += 1
    return Narrative("".join(parts), tuple(places), tuple(sections))


def _stretches(assessment: Assessment, stored: str, shown: str) -> Iterator[tuple[str, int, int]]:
    """Text, where it stands in what is shown, and, of a table or footnote, how long its mark is there."""
    if "⟦block " not in stored and "⟦note=" not in stored:
        yield shown, 0, 0
        return
    from desktop.domain.fields.block_fields import block_at
    from desktop.domain.fields.fields import pieces
    from desktop.domain.text_blocks.marks import NOTE, block_number, note_words
    from desktop.domain.text_blocks.text_table import TextTable

    waiting: list[tuple[str, int, int]] = []
    at = begin = 0
    for piece in pieces(assessment, stored):
        end = at + len(piece.text)
        number = block_number(piece.field)
        if number or piece.field == NOTE:
            if begin < at:
                yield shown[begin:at], begin, 0
            begin = end
            block = block_at(assessment.sheet, number) if number else None
            if isinstance(block, TextTable):
                yield _as_read(assessment, block), at, end - at
            elif piece.field == NOTE:
                waiting.append((note_words(piece.text), at, end - at))
        elif waiting and "\n" in piece.text:
            line_end = at + piece.text.index("\n") + 1
            yield shown[begin:line_end], begin, 0
            yield from waiting
            waiting, begin = [], line_end
        at = end
    if begin < at:
        yield shown[begin:at], begin, 0
    if waiting:
        yield "\n", at, 0
        yield from waiting


def _as_read(assessment: Assessment, table: TextTable) -> str:
    """As a table of a file is read: an empty line before each row, each cell after a tab."""
    from desktop.domain.fields.fields import expanded

    lines: list[str] = []
    row = -1
    for area, text in table.cells():
        lines += [""] * (area.row > row)
        row = max(row, area.row)
        lines.append("\t" + expanded(assessment, text))
    return "\n".join(lines)
