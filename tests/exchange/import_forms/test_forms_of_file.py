"""An empty report takes the forms of a file; a report that is filled in keeps its own and says that they differ."""

from __future__ import annotations

import pytest

from desktop.domain.facts import FactSheet
from desktop.domain.keys import FORMS, FactKey
from desktop.exchange.import_forms.collected import CollectedCells
from desktop.exchange.import_forms.forms_of_file import sheet_by_forms_of, tell_forms
from tests.forms import OTHER_FORMS, templates_with

TEMPLATES = templates_with(*OTHER_FORMS)
HUBEI = ["偏差大或目标未完成原因分析", "改进措施及结果应用方案"]
NAMED = FactKey("unit", "this", "name")
FILLED = FactKey("base", "office", "final")


def sheet(**facts: str) -> FactSheet:
    return FactSheet(TEMPLATES, {FactKey(*name.split("__")): text for name, text in facts.items()}, 2024)


@pytest.mark.parametrize("report", [sheet(), sheet(unit__this__name="清河县水利局")], ids=["empty", "named"])
def test_a_report_without_figures_takes_the_forms_of_the_file(report: FactSheet) -> None:
    assert sheet_by_forms_of(HUBEI, report).templates.edition.id == "hubei-2024"
    assert sheet_by_forms_of([], report, "columns-2024").templates.edition.id == "columns-2024"


@pytest.mark.parametrize(
    "report",
    [sheet(base__office__final="1"), sheet(paper__this__forms="annexes-2023")],
    ids=["filled", "chosen"],
)
def test_a_report_that_has_figures_or_forms_keeps_them_and_the_difference_is_told(report: FactSheet) -> None:
    assert sheet_by_forms_of(HUBEI, report).templates.edition.id == "annexes-2023"
    (problem,) = told(report, HUBEI).problems
    assert "部门整体绩效自评表（20/40/40）" in problem.message and problem.where == "x.docx"


def told(report: FactSheet, texts: list[str], named: str = "") -> CollectedCells:
    taken = sheet_by_forms_of(texts, report, named)
    collected = CollectedCells(taken, 2024, taken.templates.form_system())
    tell_forms(collected, texts, report, "x.docx", named)
    return collected


def test_forms_taken_over_are_imported_with_the_rest() -> None:
    value = told(sheet(), HUBEI).values[FORMS]
    assert (value.text, value.level, value.ticked) == ("hubei-2024", "note", True)


def test_forms_that_are_not_here_are_told() -> None:
    collected = told(sheet(), [], "elsewhere-2024")
    assert FORMS not in collected.values
    assert "elsewhere-2024" in collected.problems[0].message


def test_nothing_is_said_of_the_usual_forms() -> None:
    collected = told(sheet(), ["三级指标"])
    assert collected.problems == [] and FORMS not in collected.values
