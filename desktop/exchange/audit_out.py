"""Findings of an audit for other programs (JSON) and for the console."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from desktop.audit.finding import LEVELS, Finding

_SHOWN = 60


def audit_json(text: str, findings: Sequence[Finding]) -> dict[str, Any]:
    """The shape of the command line's `audit --json`; offsets count characters of `text`."""
    return {
        "findings": [
            {
                "code": finding.code,
                "level": finding.level,
                "message": finding.message,
                "expected": finding.expected,
                "spans": [
                    {"start": span.start, "end": span.end, "quote": text[span.start : span.end]}
                    for span in finding.spans
                ],
                "cells": [list(key) for key in finding.cells],
            }
            for finding in findings
        ]
    }


def audit_in_words(text: str, findings: Sequence[Finding]) -> str:
    """One line a finding, with the words it is about; nothing found is said, too."""
    if not findings:
        return "没有发现问题。"
    counts = Counter(finding.level for finding in findings)
    lines = ["　".join(f"{level} {counts[level]}" for level in LEVELS)]
    for finding in findings:
        quote = " ".join(text[finding.spans[0].start : finding.spans[0].end].split()) if finding.spans else ""
        lines.append(f"[{finding.level}] {finding.code}　{finding.message}")
        if quote:
            lines.append(f"        “{quote[:_SHOWN]}{'…' if len(quote) > _SHOWN else ''}”")
    return "\n".join(lines)
