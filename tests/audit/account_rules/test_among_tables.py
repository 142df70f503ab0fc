"""R60: totals of the tables, and one figure in two of them."""

from __future__ import annotations

import pytest

from tests.audit.account_documents import NATIONAL, cells, document, strokes
from tests.audit.rule_cases import findings_of, marked


@pytest.mark.parametrize("way", [cells, strokes], ids=["cells", "strokes"])
def test_tables_that_add_up_say_nothing(way: object) -> None:
    assert not findings_of("R60", document(way=way))
    assert not findings_of("R60", document(way=way, forms=NATIONAL))


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("\t32\n\t700.00", "\t32\n\t770.00"),
        ("\t年末结转和结余\n\t59\n\t10.00", "\t年末结转和结余\n\t59\n\t16.00"),
        ("\t公用经费合计\n\t100.00", "\t公用经费合计\n\t101.00"),
        ("\t36.00\n\t\n\t36.00\n\t4.00", "\t36.00\n\t\n\t36.00\n\t5.00"),
    ],
)
def test_a_wrong_figure_of_the_ministrys_forms_is_found(right: str, wrong: str) -> None:
    findings = findings_of("R60", document((right, wrong), forms=NATIONAL))
    assert [f.level for f in findings] == ["错误"]


@pytest.mark.parametrize(
    ("right", "wrong", "figure"),
    [
        ("\t四、其他收入\n\t20.00", "\t四、其他收入\n\t26.00", "26.00"),
        ("\t水利\n\t700.00\n\t400.00", "\t水利\n\t700.00\n\t460.00", "460.00"),
        ("\t832.40\n\t532.40\n\t300.00", "\t832.40\n\t535.40\n\t300.00", "535.40"),
    ],
)
def test_one_wrong_figure_is_found_and_told(right: str, wrong: str, figure: str) -> None:
    raw = document().replace(right, wrong)
    findings = findings_of("R60", raw)
    assert [f.level for f in findings] == ["错误"]
    assert figure in [raw[span.start : span.end] for span in findings[0].spans]


def test_a_figure_wrong_across_and_down_is_told_with_what_it_should_be() -> None:
    raw = document(("\t2130301\n\t行政运行\n\t420.00", "\t2130301\n\t行政运行\n\t450.00"))
    (finding,) = findings_of("R60", raw)
    assert marked("R60", raw) == "450.00" and finding.expected == "420.00"


def test_basic_and_general_tables_are_held_against_each_other() -> None:
    raw = document(("\t人员经费合计\n\t432.40", "\t人员经费合计\n\t434.40"))
    (finding,) = findings_of("R60", raw)
    assert finding.expected == "432.40"


def test_a_table_with_an_unread_row_is_not_added_up() -> None:
    row = "\t2130314\n\t防汛\n\t280.00\n\t\n\t280.00\n\t\n"
    raw = document((row, "\t2130314\n\t防汛\n\t286.00\n"))
    assert not findings_of("R60", raw)


BUDGET = """2024年部门收支预算总表
单位：元
| 项目 | 预算数 | 项目 | 预算数 |
| 一、财政拨款收入 | 1,200,000 | 一、教育支出 | 900,000 |
| 1、一般公共预算 | 1,200,000 | 二、卫生健康支出 | 120,000 |
| 二、事业收入 | 0 | 三、住房保障支出 | 180,000 |
| 收入总计 | 1,200,000 | 支出总计 | {} |
"""


def test_the_tables_of_a_budget_are_added_up_in_their_own_unit() -> None:
    assert not findings_of("R60", BUDGET.format("1,200,000"))
    (finding,) = findings_of("R60", BUDGET.format("1,290,000"))
    assert finding.expected == "1200000" and "元" in finding.message
