"""The forms printed in a text, as the import takes them: places, rows, sums, what nobody claims."""

from __future__ import annotations

import pytest

from desktop.audit.forms_in_text.forms_in_text import read_annexes
from desktop.audit.text.flat_text import Text
from desktop.domain.facts import FactSheet
from desktop.domain.keys import FactKey
from desktop.exchange.import_forms.collected import CollectedCells
from desktop.exchange.import_forms.forms_as_cells import collect_forms_in_text
from tests.audit.annex_layouts import ANNEX1, ANNEX2, annex3, one_a_line, spaced
from tests.exchange.made_reports import TEMPLATES


def collected_from(raw: str, facts: dict[FactKey, str] | None = None) -> CollectedCells:
    text = Text(raw)
    reading = read_annexes(text, TEMPLATES, 2023)
    assert reading is not None
    collected = CollectedCells(FactSheet(TEMPLATES, facts or {}, 2023), 2023, TEMPLATES.form_system())
    collect_forms_in_text(collected, reading, text)
    return collected


def messages(collected: CollectedCells) -> str:
    return "\n".join(f"{problem.where} {problem.message}" for problem in collected.problems)


def test_address_of_a_printed_cell_is_its_form_and_line() -> None:
    raw = one_a_line(ANNEX1)
    amount = collected_from(raw).values[FactKey("base", "special:1", "final")]
    line = raw.split("\n").index("511.25") + 1
    assert (amount.text, amount.where) == ("511.25", f"附件1（第{line}行）")


def test_printed_projects_are_matched_to_the_report_by_name() -> None:
    facts = {
        FactKey("projects", "item:1", "order"): "1",
        FactKey("projects", "item:1", "name"): "别的项目",
        FactKey("projects", "item:2", "order"): "2",
        FactKey("projects", "item:2", "name"): "灌区节水改造",
    }
    raw = one_a_line(annex3("灌区节水改造", "340", "323")) + one_a_line(annex3("新的项目", "100", "90"))
    collected = collected_from(raw, facts)
    assert collected.values[FactKey("annex3_funds@2", "fiscal", "executed")].text == "323"
    assert collected.values[FactKey("annex3_funds@3", "fiscal", "executed")].text == "90"
    assert ("projects", "item:3") in collected.new_rows


def test_second_printed_form_of_a_project_is_listed_and_the_first_kept() -> None:
    form = one_a_line(annex3("灌区节水改造", "340", "323"))
    collected = collected_from(form + form.replace("323", "324"))
    assert "以先出现的为准" in "\n".join(duplicate.problem for duplicate in collected.duplicates)


def test_amount_without_a_known_label_is_listed_with_its_words() -> None:
    raw = one_a_line(ANNEX1).replace("政府采购金额", "从未听说过的一行")
    assert "401.18" in messages(collected_from(raw))


@pytest.mark.parametrize("layout", [one_a_line, spaced])
def test_form_without_table_lines_is_reported(layout: object) -> None:
    assert callable(layout)
    assert "表格线已丢失" in messages(collected_from(layout(ANNEX2)))


def test_second_annex2_is_reported() -> None:
    assert "文件里有2张附件2" in messages(collected_from(one_a_line(ANNEX2) + one_a_line(ANNEX2)))


def test_comparison_sign_in_an_actual_value_is_reported() -> None:
    collected = collected_from(one_a_line(ANNEX2).replace("13座", "=13座"))
    actual = collected.values[FactKey("annex2_indicators", "quantity:1", "actual")]
    assert "比较符号“=”" in actual.problem
