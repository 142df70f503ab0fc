"""The report's own text as one: its headings with numbers, and under each what the clerk wrote there."""

from __future__ import annotations

from typing import NamedTuple

from desktop.audit.finding import Span
from desktop.domain.facts import FactSheet
from desktop.domain.outline import numbered


class Place(NamedTuple):
    """Where a section's text stands in the whole."""

    section: str
    start: int
    end: int


class Narrative(NamedTuple):
    """The whole text, and the stretch of each section that has any."""

    text: str
    places: tuple[Place, ...]

    def locate(self, span: Span) -> tuple[str, Span] | None:
        """The section in which a span begins, and the span within its text; None for a heading."""
        for place in self.places:
            if place.start <= span.start < place.end:
                return place.section, Span(span.start - place.start, min(span.end, place.end) - place.start)
        return None


def narrative_of(sheet: FactSheet) -> Narrative:
    """Title, headings and sections in the order of the outline; sections without text are left out."""
    unit = sheet.get("unit", "this", "name")
    parts = [f"{sheet.year}年度{unit}整体支出绩效自评报告\n"]
    places: list[Place] = []
    at = len(parts[0])
    for number, section in numbered(sheet.outline):
        text = sheet.get("narrative", section.id, "text")
        heading = f"{number}{section.title}\n"
        parts += [heading, text, "\n" if text else ""]
        at += len(heading)
        if text:
            places.append(Place(section.id, at, at + len(text)))
            at += len(text) + 1
    return Narrative("".join(parts), tuple(places))
