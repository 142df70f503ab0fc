"""What does not fit is listed with its place, never taken for a number, and not ticked."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from desktop.domain.all_templates import Templates
from desktop.domain.facts import FactSheet
from desktop.domain.keys import FactKey
from desktop.exchange.import_plan import ImportPlan
from desktop.exchange.read_sheet.grid import Cell
from desktop.exchange.read_sheet.workbook import Workbook
from tests.exchange.import_forms.test_workbook_import import annex1_in_yuan
from tests.exchange.planning import after, item, plan_of, problems_by_place
from tests.exchange.published_figures import Rows, annex1, annex3, book, grid, published


def changed(row: int, *values: Any) -> Workbook:
    """Case 004 with another line in 附件1."""

    def change(name: str, rows: Rows) -> Rows:
        if name == "附件1":
            rows[row] = list(values)
        return rows

    return published(change)


@pytest.mark.parametrize("empty", ["-", "—", "/", "无", "——", " "])
def test_empty_words_leave_the_cell_empty(templates: Templates, empty: str) -> None:
    plan = plan_of(templates, changed(32, "公用经费", empty, 81, 77.23))
    assert FactKey("base", "public_funds", "last_final") not in after(plan)
    assert "附件1!B33" not in problems_by_place(plan)


@pytest.mark.parametrize("text", ["八十一", "81..0", "1,02", "约八十", "#REF!", "81台"])
def test_unreadable_text_is_a_problem_never_zero(templates: Templates, text: str) -> None:
    plan = plan_of(templates, changed(32, "公用经费", 84.78, text, 77.23))
    assert text in problems_by_place(plan)["附件1!C33"]
    assert FactKey("base", "public_funds", "budget") not in after(plan)


@pytest.mark.parametrize("value", [-5, 20_000_000])
def test_negative_and_implausible_amounts_are_not_ticked(templates: Templates, value: int) -> None:
    read_item = item(plan_of(templates, changed(32, "公用经费", 84.78, 81, value)), "附件1!D33")
    assert (read_item.level, read_item.ticked, read_item.new) == ("problem", False, str(value))


def test_formula_without_result_is_a_problem_and_its_cell_is_computed(templates: Templates) -> None:
    lost = Cell(None, "", "SUM(D8:D9)", True)
    plan = plan_of(templates, changed(5, "三公经费", 4.8, 3.3, lost))
    assert "公式没有保存计算结果" in problems_by_place(plan)["附件1!D6"]
    sheet = FactSheet(templates, after(plan), 2023)
    assert sheet.value("three_public", "total", "final") == Decimal("2.98")


def test_division_by_zero_in_a_rate_is_an_empty_cell(templates: Templates) -> None:
    plan = plan_of(templates, changed(3, None, 49, 47, "#DIV/0!"))
    assert "附件1!D4" not in problems_by_place(plan)


def test_text_cells_without_a_value_are_listed(templates: Templates) -> None:
    def change(name: str, rows: Rows) -> Rows:
        if name == "附件2":
            rows[14][3], rows[15][5] = Cell(None, "", "A1", True), "#NAME?"
            rows[16][4] = Cell(None, "", "A1", True)
        return rows

    problems = problems_by_place(plan_of(templates, published(change)))
    assert "没有保存计算结果" in problems["附件2!D15"] and "没有保存计算结果" in problems["附件2!E17"]
    assert problems["附件2!F16"] == "单元格是错误值#NAME?"


def test_unknown_row_is_listed_with_its_address(templates: Templates) -> None:
    def change(name: str, rows: Rows) -> Rows:
        return [*rows[:33], ["离退休经费", 1, 2, 3], *rows[33:]] if name == "附件1" else rows

    problems = problems_by_place(plan_of(templates, published(change)))
    assert all("离退休经费" in problems[f"附件1!{column}34"] for column in "BCD")


def test_number_outside_the_columns_is_listed(templates: Templates) -> None:
    plan = plan_of(templates, changed(32, "公用经费", 84.78, 81, 77.23, 5))
    assert "没有认出的列标题" in problems_by_place(plan)["附件1!E33"]


def test_second_row_of_one_label_is_listed_and_the_first_kept(templates: Templates) -> None:
    def change(name: str, rows: Rows) -> Rows:
        return [*rows[:33], ["公用经费", 84.78, 81, 99], *rows[33:]] if name == "附件1" else rows

    plan = plan_of(templates, published(change))
    second = item(plan, "附件1!D34")
    assert (second.ticked, second.level) == (False, "problem") and "附件1!D33" in second.problem
    assert after(plan)[FactKey("base", "public_funds", "final")] == "77.23"


def test_second_annex1_with_other_figures_is_not_imported(templates: Templates, plain004: ImportPlan) -> None:
    other = annex1()
    other[32] = ["公用经费", 1, 2, 3]
    plan = plan_of(templates, book(*published().sheets, grid("附件1旧", other)))
    assert "没有导入" in problems_by_place(plan)["附件1旧!A1"]
    assert after(plan) == after(plain004)


def test_copy_of_an_annex_is_no_problem(templates: Templates, plain004: ImportPlan) -> None:
    plan = plan_of(templates, book(*published().sheets, grid("副本", annex1())))
    assert after(plan) == after(plain004) and len(plan.problems) == len(plain004.problems)


def test_unknown_and_hidden_sheets_are_listed(templates: Templates) -> None:
    from dataclasses import replace

    hidden = replace(grid("底稿", annex1()), hidden=True)
    plan = plan_of(
        templates, book(*published().sheets, grid("通讯录", [["姓名", "房间"], ["王五", 301]]), hidden)
    )
    assert "未识别" in problems_by_place(plan)["通讯录"] and "隐藏" in problems_by_place(plan)["底稿"]


def test_large_amounts_without_a_unit_are_suspected_to_be_yuan(templates: Templates) -> None:
    rows = annex1_in_yuan(annex1())
    rows[4][0] = "经费控制情况"
    read_item = item(plan_of(templates, book(grid("附件1", rows))), "附件1!B37")
    assert read_item.problem == "表中没有写金额单位，疑为元" and read_item.level == "note"


def test_amounts_under_heads_without_a_year_are_not_imported(templates: Templates) -> None:
    rows = annex1()
    rows[4] = ["经费控制情况(万元)", "甲", "乙", "丙"]
    plan = plan_of(templates, book(grid("附件1", rows)))
    assert "没有找到写明年度的列标题" in problems_by_place(plan)["附件1!A1"]
    assert FactKey("base", "public_funds", "final") not in after(plan)


def test_amounts_beside_a_group_heading_are_its_only_row_or_its_sum(templates: Templates) -> None:
    def alone(name: str, rows: Rows) -> Rows:
        heading = ["4、上级转移支付(一个专项一行）", 0, 0, 10]
        return [*rows[:30], heading, *rows[32:]] if name == "附件1" else rows

    plan = plan_of(templates, published(alone))
    assert after(plan)[FactKey("base", "transfer:1", "final")] == "10"
    wrong = plan_of(templates, changed(30, "4、上级转移支付(一个专项一行）", 0, 0, 12))
    assert "相加为10" in problems_by_place(wrong)["附件1!D31"]


def test_points_that_differ_from_the_rule_are_taken_with_a_remark(templates: Templates) -> None:
    def change(name: str, rows: Rows) -> Rows:
        if name == "附件2":
            rows[14][7] = 9
        return rows

    plan = plan_of(templates, published(change))
    read_item = item(plan, "附件2!H15")
    assert (read_item.new, read_item.ticked, read_item.level) == (
        "9",
        True,
        "note",
    ) and "按规则应得10" in read_item.problem
    assert "表中总分为100" in problems_by_place(plan)["附件2!H24"]


def test_stated_income_that_does_not_add_up_is_a_problem(templates: Templates) -> None:
    def change(name: str, rows: Rows) -> Rows:
        if name == "附件2":
            rows[5] = [None, "按收入性质分：1800", None, None, "按支出性质分：1800"]
        return rows

    plan = plan_of(templates, published(change))
    assert "1818.34" in problems_by_place(plan)["附件2!B6"]
    assert item(plan, "附件2!E6").level == "problem"


def test_annex3_that_nobody_filled_in_adds_no_project(templates: Templates, plain004: ImportPlan) -> None:
    blank = annex3("")
    for row in blank[5:]:
        row[2:] = [value if isinstance(value, str) and "指标" in value else None for value in row[2:]]
    blank[3] = ["主管部门", None, None, None, "实施单位"]
    plan = plan_of(templates, book(*published().sheets, grid("空", blank)))
    assert plan.project_names == ("业务工作经费",) and after(plan) == after(plain004)


def test_stated_total_is_taken_where_its_parts_are_empty(templates: Templates) -> None:
    rows = annex1()
    for index in (7, 8):
        rows[index] = [rows[index][0]]
    plan = plan_of(templates, book(grid("附件1", rows)))
    assert item(plan, "附件1!D7").ticked
    facts = after(plan)
    assert facts[FactKey("three_public", "vehicles", "final")] == "2.93"
    assert FactKey("three_public", "total", "final") not in facts
