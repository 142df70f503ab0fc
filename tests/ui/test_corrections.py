"""改为: what is live is left to its cells, and what was overwritten follows the data again."""

from __future__ import annotations

import pytest

from desktop.audit.finding import ERROR, Finding, Span
from desktop.audit.narrative import narrative_of
from desktop.domain.assessment import Assessment
from desktop.domain.keys import FactKey
from desktop.ui.corrections import changes_for
from desktop.ui.session import Session
from tests.ui.auditing import BUDGET

FIELD = "carryover.closing.this_year"
"""25.79 in the sample unit."""


@pytest.mark.parametrize(
    ("stored", "words", "expected", "wanted"),
    [
        (f"结转⟦{FIELD}=25.97⟧万元。", "结转25.97万元", "25.79", f"结转⟦{FIELD}⟧万元。"),
        (f"结转⟦{FIELD}=25.97⟧万元。", "25.97", "25.8", f"结转⟦{FIELD}⟧万元。"),
        (f"结转⟦{FIELD}=25.97⟧万元。", "25.97", "31.5", None),
        (f"结转⟦{FIELD}⟧万元。", "结转25.79万元", "31.5", None),
        (f"结转⟦{FIELD}⟧万元。", "25.79", "31.5", None),
        (f"结转⟦{FIELD}⟧万元，占20.00%。", "占20.00%", "30.00%", f"结转⟦{FIELD}⟧万元，占30.00%。"),
        (f"结转⟦{FIELD}=无⟧，占20.00%。", "占20.00%", "30.00%", f"结转⟦{FIELD}=无⟧，占30.00%。"),
        ("结转⟦buildings.this.x=7⟧。", "7", "8", "结转⟦buildings.this.x=8⟧。"),
        ("占20.00%。", "占20.00%", "30.00%", "占30.00%。"),
    ],
)
def test_a_mend_never_ends_the_life_of_a_field(
    session: Session, stored: str, words: str, expected: str, wanted: str | None
) -> None:
    sheet = session.sheet
    facts = {**sheet.facts, BUDGET: stored}
    facts.pop(FactKey("buildings", "this", "x"), None)
    assessment = Assessment(sheet.templates, facts, sheet.year, session.assessment.system.id)
    narrative = narrative_of(assessment)
    place = next(place for place in narrative.places if place.section == BUDGET.row)
    start = narrative.text.index(words, place.start)
    finding = Finding("R1", ERROR, "", (Span(start, start + len(words)),), expected=expected)
    assert changes_for(finding, narrative, assessment) == ([(BUDGET, wanted)] if wanted else [])
