"""How the tests of the text rules run one rule over a few sentences."""

from __future__ import annotations

from desktop.audit import account_rules, relations, score_rules, sum_rules, text_rules
from desktop.audit.finding import Finding
from desktop.audit.text.reading import Reading
from desktop.audit.text_audit import CHECKS

assert all(room.FAMILIES for room in (text_rules, relations, sum_rules, score_rules, account_rules))


def findings_of(code: str, raw: str, year: int | None = 2023) -> list[Finding]:
    """What one rule says about a text of that report year."""
    return list(CHECKS[code].run(Reading(raw, year=year)))


def levels(code: str, raw: str, year: int | None = 2023) -> set[str]:
    return {finding.level for finding in findings_of(code, raw, year)}


def marked(code: str, raw: str) -> str:
    """The text that the first finding marks."""
    span = findings_of(code, raw)[0].spans[0]
    return raw[span.start : span.end]
