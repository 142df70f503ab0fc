"""The whole audit of a report: all rules known, over its text and its tables, in one call."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator
from typing import NamedTuple

from desktop.audit import (
    account_rules,
    cell_problems,
    cross_rules,
    neighbours,
    rare_characters,
    relations,
    score_rules,
    sum_rules,
    table_rules,
    text_rules,
)
from desktop.audit.accounts.forms_read import FormsRead, forms_read
from desktop.audit.evidence import NumberVerdict, evidence
from desktop.audit.finding import Finding, gravest_first
from desktop.audit.forms_in_text.forms_in_text import AnnexReading, read_annexes
from desktop.audit.narrative import narrative_of
from desktop.audit.table_audit import Tables, Unprintable, audit_tables
from desktop.audit.text.flat_text import Text
from desktop.audit.text.reading import Reading
from desktop.audit.text_audit import audit
from desktop.audit.text_rules import overwritten
from desktop.domain.all_templates import Templates
from desktop.domain.assessment import Assessment
from desktop.domain.keys import FactKey

RULES = (text_rules, relations, sum_rules, score_rules, neighbours, account_rules, table_rules, cross_rules)
"""The packages that register the rules by being imported."""
ALONE = (rare_characters, cell_problems)
"""Modules that do: what only a font can tell, and what stands at single cells, which is asked apart, at every pause."""


ByCells = Callable[[Text, AnnexReading], AnnexReading]
"""Reads the forms of a text once more, by the cells that its file tells."""


class Audited(NamedTuple):
    """What is wrong, gravest first; each number of the text with what proves or refutes it, in order; and which tables
    a report on final accounts has."""

    findings: list[Finding]
    numbers: list[NumberVerdict]
    forms: FormsRead | None = None


def audit_text(
    raw: str,
    assessment: Assessment | None = None,
    templates: Templates | None = None,
    without: Collection[str] = (),
    previous: Assessment | None = None,
) -> list[Finding]:
    """The findings of `audited`."""
    return audited(raw, assessment, templates, without, previous).findings


def audited(
    raw: str,
    assessment: Assessment | None = None,
    templates: Templates | None = None,
    without: Collection[str] = (),
    previous: Assessment | None = None,
    unprintable: Unprintable | None = None,
    by_cells: ByCells | None = None,
) -> Audited:
    """Findings over a report's text, and the evidence for its numbers.

    With `assessment` the text is checked against the report's own tables, and these among themselves. A bare
    file needs `templates`: the forms printed in it are read and stand for the tables; `by_cells` reads them once more
    where the file's own tables tell their cells. `unprintable` tells which of
    some characters no font has.
    """
    reading = Reading(raw, assessment)
    tables = _tables(reading, assessment, templates, previous, unprintable, by_cells)
    findings = _findings(reading, tables, without)
    mended = overwritten.with_live_numbers(reading) if overwritten.CODE not in without else None
    if mended is not None:
        new = Reading(narrative_of(mended).text, mended)
        remaining = _findings(new, _tables(new, mended, templates, previous, unprintable, by_cells), without)
        findings = list(_without_consequences(findings, remaining))
    told = gravest_first(_without_repeats_of_overwritten(findings))
    numbers = evidence(reading, told, tables.printed_numbers() if tables is not None else ())
    return Audited(told, numbers, forms_read(reading.text, reading.accounts))


def proved_cells(annexes: AnnexReading, text: Text) -> set[FactKey]:
    """Cells of printed forms that a rule over tables finds right: sums, block points, the same amount elsewhere."""
    reading = Reading(text.raw)
    audit_tables(Tables(annexes.assessment(), annexes, reading))
    proved = {place for holding in reading.holding for place in holding.proved}
    return {key for key, place in annexes.places.items() if place in proved}


def _findings(reading: Reading, tables: Tables | None, without: Collection[str]) -> list[Finding]:
    findings = audit(reading, without)
    if tables is not None:
        findings += _not_told_over_text(audit_tables(tables, without), findings)
    return findings


def _without_consequences(findings: list[Finding], remaining: list[Finding]) -> Iterator[Finding]:
    """What no longer remains once the overwritten numbers are right follows from these, and would be mended
    in the wrong place: it is left out until they are."""
    staying = Counter((finding.code, finding.message) for finding in remaining)
    for finding in findings:
        if finding.code == overwritten.CODE:
            yield finding
        elif staying[finding.code, finding.message]:
            staying[finding.code, finding.message] -= 1
            yield finding


def _tables(
    reading: Reading,
    assessment: Assessment | None,
    templates: Templates | None,
    previous: Assessment | None,
    unprintable: Unprintable | None,
    by_cells: ByCells | None,
) -> Tables | None:
    if assessment is not None:
        return Tables(assessment, None, reading, previous, unprintable)
    annexes = read_annexes(reading.text, templates, reading.year) if templates is not None else None
    if annexes is None:
        return None
    annexes = by_cells(reading.text, annexes) if by_cells is not None else annexes
    return Tables(annexes.assessment(), annexes, reading, previous)


def _not_told_over_text(over_tables: list[Finding], over_text: list[Finding]) -> Iterator[Finding]:
    """Printed forms are text too: what `R14` has marked there, its rule over tables, `R14t`, leaves out."""
    told = {(f.code, span) for f in over_text for span in f.spans}
    for finding in over_tables:
        spans = [span for code, span in told if finding.code == f"{code}t"]
        if not finding.overlaps(spans):
            yield finding


def _without_repeats_of_overwritten(findings: list[Finding]) -> Iterator[Finding]:
    """Overwritten words of which another rule says that they are wrong, and expects just what the data say, are
    told once.
    """
    others = [f for f in findings if f.code != overwritten.CODE and f.spans]
    for finding in findings:
        if finding.code != overwritten.CODE or not any(
            other.expected == finding.expected and finding.spans[0].overlaps(other.spans[0])
            for other in others
        ):
            yield finding
