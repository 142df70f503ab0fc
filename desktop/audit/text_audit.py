"""The registry of audit rules, and the audit itself: every rule over one reading."""

from __future__ import annotations

from collections.abc import Collection

from desktop.audit.finding import Finding, gravest_first
from desktop.audit.registry import Check, registering
from desktop.audit.text.reading import Reading

CHECKS: dict[str, Check[Reading]] = {}
check = registering(CHECKS)
"""`@check("R2", "分项之和与合计不符")` over a rule of the text."""


def audit(reading: Reading, without: Collection[str] = ()) -> list[Finding]:
    """All findings, gravest first, then in the order of the text; rules named in `without` are left out.

    The rules that are run last find in `reading.told` what the others have said.
    """
    for rule in sorted(CHECKS.values(), key=lambda one: one.last):
        if rule.code not in without:
            reading.told += list(rule.run(reading))
    return gravest_first(reading.told)
