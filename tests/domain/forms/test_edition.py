"""Editions of the forms: what a folder leaves out is as in the edition it is like."""

from __future__ import annotations

from typing import Any

import pytest

from desktop.domain.forms.edition import NO_FORMS, parse_edition
from desktop.resource_files.templates import load_templates
from tests.forms import OTHER_FORMS, templates_with
from tests.places import RESOURCES

TEMPLATES = load_templates(RESOURCES)
FIRST = TEMPLATES.edition
HEAD = {"id": "x-2030", "name": "某表", "year": 2030, "like": FIRST.id}


def edition_of(head: dict[str, Any], **files: Any):  # type: ignore[no-untyped-def]
    contents = {
        "forms.toml": head,
        **{name.replace("__", "/") + ".toml": data for name, data in files.items()},
    }
    return parse_edition(contents, TEMPLATES.editions, {}, {})


def test_an_edition_is_as_the_one_it_is_like() -> None:
    edition, system = edition_of(HEAD)
    assert system is None
    assert (edition.tables, edition.tabs, edition.printed, edition.checks, edition.system) == (
        FIRST.tables, FIRST.tabs, FIRST.printed, FIRST.checks, FIRST.system,
    )  # fmt: skip


def test_a_table_and_a_form_of_its_own_take_their_places() -> None:
    table = {
        "id": "rents",
        "title": "租金",
        "column": [{"id": "sum", "label": "金额"}],
        "row": [{"id": "r", "label": "门面"}],
    }
    form = {
        "mark": "附件9", "title": "租金表", "widths": [1], "sheet_widths": [9],
        "part": [{"line": [{"cells": [{"text": "门面"}]}]}],
    }  # fmt: skip
    edition, _ = edition_of({**HEAD, "tabs": {"budget": ["rents"]}}, tables__rents=table, annex9=form)
    assert edition.tables["rents"].title == "租金"
    assert edition.tabs["budget"] == (*FIRST.tabs["budget"], "rents")
    assert [each.id for each in edition.printed] == ["annex1", "annex2", "annex3", "annex9"]


def test_relations_of_a_code_take_the_place_of_all_of_that_code() -> None:
    check = {
        "code": "J11",
        "name": "另一条",
        "level": "错误",
        "kind": "equal",
        "left": "1",
        "right": "1",
        "message": "",
    }
    edition, _ = edition_of({**HEAD, "checks_off": ["J8"]}, checks={"check": [check]})
    assert sum(relation.code == "J11" for relation in FIRST.checks) > 1
    assert [relation.name for relation in edition.checks if relation.code == "J11"] == ["另一条"]
    assert not any(relation.code == "J8" for relation in edition.checks)


@pytest.mark.parametrize(
    ("head", "told"),
    [
        ({**HEAD, "likes": "x"}, "likes"),
        ({**HEAD, "like": "unknown"}, "unknown"),
        ({**HEAD, "tabs": {"budgett": ["rents"]}}, "budgett"),
        ({**HEAD, "checks_off": ["J99"]}, "J99"),
        ({"id": "x", "name": "x", "year": 2030}, "system.toml"),
        ({"id": "x", "year": 2030, "like": FIRST.id}, "name"),
    ],
)
def test_a_wrong_head_is_told(head: dict[str, Any], told: str) -> None:
    with pytest.raises((ValueError, KeyError), match=told):
        edition_of(head)


def test_a_report_without_forms_has_the_first_and_one_of_unknown_forms_too() -> None:
    assert TEMPLATES.with_forms("gone-2030").edition is FIRST
    assert TEMPLATES.with_forms(FIRST.id) is TEMPLATES
    assert NO_FORMS.printed == ()


def test_editions_stand_in_the_order_of_their_years_each_behind_its_model() -> None:
    templates = templates_with(*OTHER_FORMS)
    assert list(templates.editions) == [
        FIRST.id,
        "columns-2024",
        "hubei-2024",
        "sources-2024",
        "next-2025",
        "rents-2026",
    ]
    assert templates.edition == FIRST


def test_a_system_of_the_forms_kind_is_that_of_the_reports_forms() -> None:
    hubei = templates_with("hubei-2024").with_forms("hubei-2024")
    assert hubei.system_of("form-2023").id == hubei.form_system().id == "hubei-score-2024"
    assert hubei.system_of("hunan-2023").id == "hunan-2023"
