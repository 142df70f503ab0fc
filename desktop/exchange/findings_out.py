"""Findings of an audit for other programs (JSON), and as the lines of a list."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from desktop.audit.evidence import Ground, NumberVerdict
from desktop.audit.explanations import explanation_of, place_of
from desktop.audit.finding import REFERENCE, Finding, Span
from desktop.audit.narrative import Narrative
from desktop.domain.facts import FactSheet
from desktop.domain.outline.outline import numbered

_NO_PAGES: Mapping[Span, int] = MappingProxyType({})


def audit_json(
    text: str,
    findings: Sequence[Finding],
    numbers: Sequence[NumberVerdict] = (),
    pages: Mapping[Span, int] = _NO_PAGES,
) -> dict[str, Any]:
    """The shape of the command line's `audit --json`; offsets count characters of `text`.

    A page is null where the file does not say it; a place that is not wrong shows what is.
    """
    return {
        "findings": [
            {
                "code": finding.code,
                "level": finding.level,
                "message": finding.message,
                "expected": finding.expected,
                "spans": [
                    {
                        "start": span.start,
                        "end": span.end,
                        "quote": text[span.start : span.end],
                        "page": pages.get(span),
                        "wrong": mark != REFERENCE,
                    }
                    for span, mark in finding.marks()
                ],
                "cells": [list(key) for key in finding.cells],
            }
            for finding in findings
        ],
        "numbers": [
            {
                "start": number.start,
                "end": number.end,
                "state": number.state,
                **number.read._asdict(),
                "by": [_ground_json(ground) for ground in number.by],
            }
            for number in numbers
        ],
    }


def _ground_json(ground: Ground) -> dict[str, Any]:
    """A relation that holds has no level and no message; a finding has both."""
    said = {"level": ground.level, "message": ground.message} if ground.level else {}
    return {
        "code": ground.code,
        **said,
        "spans": [{"start": span.start, "end": span.end} for span in ground.spans],
        "cells": [list(key) for key in ground.cells],
    }


def listed(
    narrative: Narrative, findings: Iterable[Finding], sheet: FactSheet, names: Mapping[str, str]
) -> Iterator[tuple[str, ...]]:
    """The lines of `findings_list`; `names` are those of the rules by their codes."""
    titles = {section.id: f"{number}{section.title}" for number, section in numbered(sheet.outline)}
    for finding in findings:
        places = [titles.get(place_of(narrative, span)[0], "") for span in finding.spans]
        places += [sheet.label(key) for key in finding.cells]
        said = explanation_of(finding, narrative, sheet)
        level = f"{finding.level}（已说明）" if said else finding.level
        rule = f"{finding.code} {names.get(finding.code, '')}".strip()
        where = next((place for place in places if place), "")
        yield level, rule, where, finding.message, finding.expected, said
