"""The registry of rules, and the page of explanation that each rule has."""

from __future__ import annotations

import tomllib

from desktop.audit import auditing
from desktop.audit.finding import LEVELS
from desktop.audit.rules import CHECKS
from desktop.audit.tables import TABLE_CHECKS
from desktop.domain.template import Templates
from desktop.paths import resources_dir


def test_every_rule_has_its_page_in_plain_chinese(templates: Templates) -> None:
    pages = tomllib.loads((resources_dir() / "help" / "rules.toml").read_text(encoding="utf-8"))
    # `J` is the check that runs the relations of checks.toml; they have codes of their own.
    codes = {*CHECKS, *TABLE_CHECKS, *(relation.code for relation in templates.checks)} - {"J"}
    assert auditing.RULES
    assert codes - pages.keys() == set()
    for code, page in pages.items():
        assert page["level"] in LEVELS, code
        assert page["name"], code
        assert len(page["explanation"].strip()) > 20, code
