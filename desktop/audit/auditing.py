"""The whole audit of a report: all rules known, over its text and its tables, in one call."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator

from desktop.audit import cross_rules, table_rules, text_rules
from desktop.audit.finding import Finding, gravest_first
from desktop.audit.narrative import narrative_of
from desktop.audit.printed_forms.forms_in_text import read_annexes
from desktop.audit.rules import audit
from desktop.audit.tables import Tables, audit_tables
from desktop.audit.text.reading import Reading
from desktop.audit.text_rules import overwritten
from desktop.domain.assessment import Assessment
from desktop.domain.template import Templates

RULES = (text_rules, table_rules, cross_rules)
"""The packages that register the rules by being imported; each lists its modules in `FAMILIES`."""


def audit_text(
    raw: str,
    assessment: Assessment | None = None,
    templates: Templates | None = None,
    without: Collection[str] = (),
    previous: Assessment | None = None,
) -> list[Finding]:
    """Findings over a report's text, gravest first.

    With `assessment` the text is checked against the report's own tables, and these among themselves. A bare
    file needs `templates`: the forms printed in it are read and stand for the tables.
    """
    reading = Reading(raw, assessment)
    found = _found(reading, templates, without, previous)
    right = overwritten.put_right(reading) if overwritten.CODE not in without else None
    if right is not None:
        cleared = Reading(narrative_of(right).text, right)
        found = list(_without_followers(found, _found(cleared, templates, without, previous)))
    return gravest_first(_not_twice(found))


def _found(
    reading: Reading, templates: Templates | None, without: Collection[str], previous: Assessment | None
) -> list[Finding]:
    found = audit(reading, without)
    tables = _tables(reading, reading.assessment, templates, previous)
    if tables is not None:
        found += _not_said(audit_tables(tables, without), found)
    return found


def _without_followers(found: list[Finding], cleared: list[Finding]) -> Iterator[Finding]:
    """What is no longer said once the overwritten numbers are right follows from these, and would be mended
    in the wrong place: it is left out until they are."""
    staying = Counter((finding.code, finding.message) for finding in cleared)
    for finding in found:
        if finding.code == overwritten.CODE:
            yield finding
        elif staying[finding.code, finding.message]:
            staying[finding.code, finding.message] -= 1
            yield finding


def audit_report(
    assessment: Assessment, previous: Assessment | None = None, without: Collection[str] = ()
) -> list[Finding]:
    """Findings over a report's tables alone; `previous` is the same unit's report of the year before."""
    return audit_tables(Tables(assessment, previous=previous), without)


def _tables(
    reading: Reading, assessment: Assessment | None, templates: Templates | None, previous: Assessment | None
) -> Tables | None:
    if assessment is not None:
        return Tables(assessment, None, reading, previous)
    annexes = read_annexes(reading.text, templates, reading.year) if templates is not None else None
    return Tables(annexes.assessment(), annexes, reading, previous) if annexes is not None else None


def _not_said(over_tables: list[Finding], over_text: list[Finding]) -> Iterator[Finding]:
    """Printed forms are text too: what `R14` has said there, its rule over tables, `R14t`, leaves out."""
    said = {(f.code, span) for f in over_text for span in f.spans}
    for finding in over_tables:
        spans = [span for code, span in said if finding.code == f"{code}t"]
        if not any(a.start < b.end and b.start < a.end for a in spans for b in finding.spans):
            yield finding


def _not_twice(found: list[Finding]) -> Iterator[Finding]:
    """Overwritten words of which another rule says that they are wrong, and expects just what the data say, are
    told once.
    """
    for finding in found:
        if finding.code != overwritten.CODE or not any(_says_the_same(other, finding) for other in found):
            yield finding


def _says_the_same(other: Finding, finding: Finding) -> bool:
    if other.code == finding.code or other.expected != finding.expected or not other.spans:
        return False
    a, b = finding.spans[0], other.spans[0]
    return a.start < b.end and b.start < a.end
