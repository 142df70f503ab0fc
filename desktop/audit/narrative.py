"""The report's own text as one: its headings with numbers, and under each what is read there."""

from __future__ import annotations

from typing import NamedTuple

from desktop.audit.finding import Span
from desktop.domain.assessment import Assessment
from desktop.domain.outline.outline import numbered
from desktop.domain.outline.print_options import report_title


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


def narrative_of(assessment: Assessment) -> Narrative:
    """Title, headings and sections in the order of the outline, fields with what they show; sections without
    text are left out.
    """
    # A start, where nothing is read yet, does without it.
    from desktop.domain.fields.fields import expanded

    sheet = assessment.sheet
    parts = [f"{report_title(sheet)}\n"]
    places: list[Place] = []
    at = len(parts[0])
    for number, section in numbered(sheet.outline):
        text = expanded(assessment, sheet.get("narrative", section.id, "text"))
        heading = f"{number}{section.title}\n" if section.level else ""
        parts += [heading, text, "\n" if text else ""]
        at += len(heading)
        if text:
            places.append(Place(section.id, at, at + len(text)))
            at += len(text) + 1
    return Narrative("".join(parts), tuple(places))
