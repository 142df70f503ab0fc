"""Written explanations of findings to be checked: where they are kept, and which finding has one."""

from __future__ import annotations

from desktop.audit.finding import CHECK, Finding, Span
from desktop.audit.narrative import Narrative
from desktop.domain.facts import FactSheet
from desktop.domain.keys import FactKey

TABLE = "explanations"
_DIGITS = 16
"""Of a hash, 64 bits: no two of the few hundred explanations of a data file ever meet."""


def can_be_explained(finding: Finding) -> bool:
    """What is wrong must be mended, and a hint needs no answer."""
    return finding.level == CHECK


def explanation_key(finding: Finding, narrative: Narrative) -> FactKey:
    """The cell of a finding's explanation: the same as long as its rule, its cells and its words are the same.

    White space in the words counts for nothing, and neither does text before them.
    """
    import hashlib

    places = [".".join(key) for key in finding.cells]
    for span in finding.spans:
        section, _ = place_of(narrative, span)
        words = "".join(narrative.text[span.start : span.end].split())
        places.append(f"{section}:{words}")
    digest = hashlib.sha256("\n".join(places).encode()).hexdigest()[:_DIGITS]
    return FactKey(TABLE, f"{finding.code}-{digest}", "text")


def explanation_of(finding: Finding, narrative: Narrative, sheet: FactSheet) -> str:
    return sheet.text(explanation_key(finding, narrative)) if can_be_explained(finding) else ""


def place_of(narrative: Narrative, span: Span) -> tuple[str, Span]:
    """The section of a span and the span there; of a heading's words, the beginning of the section under it."""
    located = narrative.locate(span)
    if located is not None:
        return located
    after = next((place.section for place in narrative.places if place.start > span.start), "")
    return after, Span(0, 0)
