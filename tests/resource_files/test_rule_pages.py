"""The pages that explain the rules can be read, each with a name, a level and its words."""

from __future__ import annotations

from desktop.paths import resources_dir
from desktop.resource_files.rule_pages import load_rule_pages


def test_pages_say_what_a_rule_is() -> None:
    pages = load_rule_pages(resources_dir())
    assert pages["J1"].name and pages["J1"].explanation
    assert all(page.level for page in pages.values())
