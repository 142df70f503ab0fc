"""The registry of audit rules, and the audit itself: every rule over one reading."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass

from desktop.audit.finding import Finding, gravest_first
from desktop.audit.reading import Reading

Rule = Callable[[Reading], Iterator[Finding]]


@dataclass(frozen=True, slots=True)
class Check:
    """One rule: its code, its name for people, the function. What it means stands in `resources/help/rules.toml`."""

    code: str
    name: str
    run: Rule


CHECKS: dict[str, Check] = {}


def check(code: str, name: str) -> Callable[[Rule], Rule]:
    """Register a rule; its docstring says what it holds to be wrong, and when it keeps silent."""

    def register(rule: Rule) -> Rule:
        if code in CHECKS:
            raise ValueError(f"two rules are called {code}")
        CHECKS[code] = Check(code, name, rule)
        return rule

    return register


def audit(reading: Reading, without: Collection[str] = ()) -> list[Finding]:
    """All findings, gravest first, then in the order of the text; rules named in `without` are left out."""
    found = [f for c in CHECKS.values() if c.code not in without for f in c.run(reading)]
    return gravest_first(found)
