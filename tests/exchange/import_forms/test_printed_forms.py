"""The forms printed in a text, as the import takes them: places, rows, sums, what nobody claims."""

from __future__ import annotations

import pytest

from desktop.audit.printed_forms.forms_in_text import read_annexes
from desktop.audit.text.flat_text import Text
from desktop.domain.facts import FactSheet
from desktop.domain.keys import FactKey
from desktop.exchange.import_forms.collected import Intake
from desktop.exchange.import_forms.printed_forms import take_annexes
from tests.audit.annex_layouts import ANNEX1, ANNEX2, annex3, one_a_line, spaced, tabbed
from tests.exchange.made_reports import TEMPLATES


def taken(raw: str, facts: dict[FactKey, str] | None = None) -> Intake:
    text = Text(raw)
    reading = read_annexes(text, TEMPLATES, 2023)
    assert reading is not None
    intake = Intake(FactSheet(TEMPLATES, facts or {}, 2023), 2023, TEMPLATES.form_system(""))
    take_annexes(intake, reading, text)
    return intake


def messages(intake: Intake) -> str:
    return "\n".join(f"{problem.where} {problem.message}" for problem in intake.problems)


def test_a_cell_is_found_again_by_its_form_and_line() -> None:
    raw = tabbed(ANNEX1)
    found = taken(raw).found[FactKey("base", "special:1", "final")]
    line = raw.split("\n").index("\t511.25") + 1
    assert (found.text, found.where) == ("511.25", f"附件1（第{line}行）")


def test_projects_of_the_report_are_found_by_name() -> None:
    facts = {
        FactKey("projects", "item:1", "order"): "1",
        FactKey("projects", "item:1", "name"): "别的项目",
        FactKey("projects", "item:2", "order"): "2",
        FactKey("projects", "item:2", "name"): "灌区节水改造",
    }
    raw = tabbed(annex3("灌区节水改造", "340", "323")) + tabbed(annex3("新的项目", "100", "90"))
    intake = taken(raw, facts)
    assert intake.found[FactKey("annex3_funds@2", "fiscal", "executed")].text == "323"
    assert intake.found[FactKey("annex3_funds@3", "fiscal", "executed")].text == "90"
    assert ("projects", "item:3") in intake.new_rows


def test_two_projects_of_one_name_are_told_by_the_first() -> None:
    form = tabbed(annex3("灌区节水改造", "340", "323"))
    intake = taken(form + form.replace("323", "324"))
    assert "以先出现的为准" in "\n".join(double.problem for double in intake.doubles)


def test_an_amount_nobody_claims_is_listed_with_its_words() -> None:
    raw = tabbed(ANNEX1).replace("政府采购金额", "从未听说过的一行")
    assert "401.18" in messages(taken(raw))


@pytest.mark.parametrize("layout", [one_a_line, spaced])
def test_a_lost_grid_is_said(layout: object) -> None:
    assert callable(layout)
    assert "表格线已丢失" in messages(taken(layout(ANNEX2)))
    assert "表格线" not in messages(taken(tabbed(ANNEX2)))


def test_a_second_form_of_the_unit_is_told() -> None:
    assert "文件里有2张附件2" in messages(taken(tabbed(ANNEX2) + tabbed(ANNEX2)))


def test_a_compared_value_is_remarked() -> None:
    intake = taken(tabbed(ANNEX2).replace("13座", "=13座"))
    found = intake.found[FactKey("annex2_indicators", "quantity:1", "actual")]
    assert "比较符号“=”" in found.problem
