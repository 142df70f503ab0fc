"""The pages that explain the audit's rules, read from `resources/help/rules.toml`."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple


class RulePage(NamedTuple):
    """One rule for people: what it is called, its usual level, what it holds against what.

    `proves` is the relation in words as it is told of numbers that it finds right, '' for rules that prove nothing.
    """

    code: str
    name: str
    level: str
    explanation: str
    proves: str = ""


def load_rule_pages(resources: Path) -> dict[str, RulePage]:
    """All pages by the rule's code."""
    import tomllib

    pages = tomllib.loads((resources / "help" / "rules.toml").read_text(encoding="utf-8"))
    return {
        code: RulePage(code, page["name"], page["level"], page["explanation"], page.get("proves", ""))
        for code, page in pages.items()
    }
