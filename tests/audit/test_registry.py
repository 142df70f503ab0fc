"""A rule is a function (or an entry of checks.toml) and its page: none without the other."""

from __future__ import annotations

import re
from pathlib import Path
from types import ModuleType

import pytest

from desktop.audit import auditing
from desktop.audit.cell_problems import CELL_CHECKS, CODE_OF
from desktop.audit.finding import LEVELS
from desktop.audit.table_audit import TABLE_CHECKS
from desktop.audit.text_audit import CHECKS
from desktop.domain.all_templates import Templates
from desktop.paths import resources_dir
from desktop.resource_files.rule_pages import load_rule_pages
from tests import rule_places

PAGES = load_rule_pages(resources_dir())
RELATIONS = "J"
"""The check that runs the relations of checks.toml; they have codes of their own."""
SAID_BY_OTHERS = {
    "R10c": "said by R6 of a figure that is last year's",
}
"""Codes with a page, but without a rule of that name."""


_EXAMPLE = re.compile(r"例如“(?P<words>[^”]{8,})”")
"""`例如“综合得分88分，评价等级为优”，88分应为良`: a whole sentence that the rule finds fault with."""
_TOLD_BY = {"R2r": "R2", "R36t": "R51", "R1n": "R1c"}
"""Where a simpler rule tells what the page's example shows."""
_NOT_ALONE = {"R1f": "its example is a formula that is right", "R1k": "the amounts stand elsewhere"}


@pytest.mark.parametrize("code", [c for c in PAGES if _EXAMPLE.search(PAGES[c].explanation)])
def test_the_example_of_a_page_is_found(code: str, templates: Templates) -> None:
    if code in _NOT_ALONE:
        pytest.skip(_NOT_ALONE[code])
    for example in _EXAMPLE.finditer(PAGES[code].explanation):
        raw = f"2023年度部门整体支出绩效自评报告\n{example['words'].rstrip('。')}。\n"
        assert _TOLD_BY.get(code, code) in {f.code for f in auditing.audit_text(raw, templates=templates)}


def test_every_rule_has_its_page_and_every_page_its_rule(templates: Templates) -> None:
    relations = {relation.code for relation in templates.checks}
    rules = ({*CHECKS, *TABLE_CHECKS, *CELL_CHECKS, *CODE_OF.values()} - {RELATIONS}) | relations
    without_page = sorted(rules - PAGES.keys())
    assert without_page == [], f"write [{without_page[0]}] into resources/help/rules.toml"
    without_rule = sorted(PAGES.keys() - rules - SAID_BY_OTHERS.keys())
    assert without_rule == [], (
        f"resources/help/rules.toml explains {without_rule[0]}, but no rule is registered under it: decorate the"
        " function, write the relation into checks.toml, or take the page out"
    )


def test_a_rule_that_notes_what_holds_says_in_its_page_what_it_proves() -> None:
    sources = (path.read_text(encoding="utf-8") for path in Path(str(auditing.__file__)).parent.rglob("*.py"))
    codes = {code for text in sources for code in re.findall(r'holds\(\s*"(\w+)"', text)}
    assert len(codes) > 10
    relations = {code for code in codes if code.startswith(RELATIONS)}  # their names say it
    assert [c for c in sorted(codes - relations) if not PAGES[c].proves] == []


def test_the_handbook_says_where_each_rule_stands() -> None:
    told = rule_places.PLACE.read_text(encoding="utf-8")
    assert told == rule_places.table(), "python -m tests.rule_places writes it anew"


@pytest.mark.parametrize("room", auditing.RULES, ids=lambda room: room.__name__)
def test_every_module_of_rules_is_loaded(room: ModuleType) -> None:
    folder = Path(str(room.__file__)).parent
    there = {path.stem for path in folder.glob("*.py")} - {"__init__"}
    listed = {family.__name__.rpartition(".")[2] for family in room.FAMILIES}
    assert there == listed, f"import it in {folder.name}/__init__.py and list it in FAMILIES"


@pytest.mark.parametrize("code", PAGES)
def test_a_page_explains_its_rule_in_plain_chinese(code: str) -> None:
    assert PAGES[code].level in LEVELS and PAGES[code].name
    assert len(PAGES[code].explanation.strip()) > 20
