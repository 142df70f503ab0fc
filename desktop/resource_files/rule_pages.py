"""The pages that explain the audit's rules, read from `resources/help/*rules.toml`."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple


class RulePage(NamedTuple):
    """One rule for people: what it is called, its usual level, what it holds against what."""

    code: str
    name: str
    level: str
    explanation: str


def load_rule_pages(resources: Path) -> dict[str, RulePage]:
    """All pages by the rule's code."""
    import tomllib

    pages: dict[str, RulePage] = {}
    for path in sorted((resources / "help").glob("*rules.toml")):
        for code, page in tomllib.loads(path.read_text(encoding="utf-8")).items():
            pages[code] = RulePage(code, page["name"], page["level"], page["explanation"])
    return pages
