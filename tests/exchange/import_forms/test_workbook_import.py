"""The annexes are read by their labels, wherever they stand and however they are written."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from desktop.domain.all_templates import Templates
from desktop.domain.facts import FactSheet
from desktop.domain.keys import FactKey
from desktop.domain.scoring.scoring import rates, score_project, score_system
from desktop.exchange.file_kind import FileKind
from desktop.exchange.import_forms.workbook_import import identify, plan_import
from desktop.exchange.import_plan import ImportPlan
from desktop.exchange.read_sheet.workbook import Workbook
from tests.exchange.planning import after, item, plan_of, problems_by_place
from tests.exchange.published_figures import UNIT, Rows, annex1, annex2, annex3, book, grid, published

# --- the published figures ------------------------------------------------------------------------


def test_published_forms_give_the_published_figures(templates: Templates, plain004: ImportPlan) -> None:
    sheet = FactSheet(templates, after(plain004), 2023)
    assert (plain004.unit_name, plain004.year, plain004.project_names) == (UNIT, 2023, ("业务工作经费",))
    assert sheet.value("three_public", "total", "final") == Decimal("2.98")
    assert sheet.value("base", "project_spending", "final") == Decimal("1194.57")
    assert sheet.value("base", "project_spending", "last_final") == Decimal("923.8")
    shown_rates = {
        name: round(rate * 100, 2) for name, rate in rates(sheet, templates.systems.values()).items() if rate
    }
    assert shown_rates["三公经费控制率"] == Decimal("90.30")
    assert shown_rates["在职人员控制率"] == Decimal("95.92")
    assert shown_rates["公用经费控制率"] == Decimal("95.35")
    assert shown_rates["政府采购执行率"] == Decimal("30.73")
    form = templates.systems["form-2023"]
    assert score_system(sheet, form).weight_sum == 100
    assert score_project(sheet, form, "1").weight_sum == 105


def test_stated_sum_that_does_not_add_up_is_shown_and_not_ticked(plain004: ImportPlan) -> None:
    rate = item(plain004, "附件1!D4")
    assert (rate.level, rate.ticked) == ("problem", False) and "95.92%" in rate.problem
    total = item(plain004, "附件1!D12")
    assert (total.level, total.ticked) == ("note", False)
    assert total.problem == "按各行相加为1194.57，表中为1194.6，属尾差"
    assert "100.00%" in item(plain004, "附件3!G6").problem
    messages = list(problems_by_place(plain004).values())
    assert "附件3 各项分值合计105，应为100" in messages
    assert "附件3 产出指标各项分值合计55，标题为50分" in messages
    assert not any("附件2" in message for message in messages)


def test_indicator_targets_are_split_into_operator_number_and_unit(plain004: ImportPlan) -> None:
    facts = after(plain004)

    def row(table: str, row_id: str) -> list[str | None]:
        return [
            facts.get(FactKey(table, row_id, c)) for c in ("operator", "target", "unit", "actual", "weight")
        ]

    assert row("annex2_indicators", "quantity:2") == ["≤", "1", "起", "1", "10"]
    assert row("annex2_indicators", "satisfaction:1") == [None, "90", "%", "90", "10"]
    assert row("annex3_indicators@1", "quantity:2") == ["≤", "15", "轮", "=15轮", "10"]
    assert row("annex3_indicators@1", "timeliness:2") == [None, "12月份", None, "12月份", "5"]
    assert "重复" in next(i for i in plain004.items if i.where == "附件3!E14").problem
    assert "比较符号" in item(plain004, "附件3!F14").problem
    assert not any(key.row.startswith("ecological") for key in facts)
    points = [key for key in facts if key.column == "points"]
    assert points == [FactKey("annex3_indicators@1", "sustainable:1", "points")]


def test_second_import_of_a_workbook_changes_nothing(templates: Templates, plain004: ImportPlan) -> None:
    facts = after(plain004)
    again = plan_of(templates, published(), facts)
    assert after(again, facts) == facts and not again.ticked
    assert again.agreed > plain004.agreed + 150


# --- the same, laid out otherwise -----------------------------------------------------------------


def shifted() -> Workbook:
    return published(down=3, right=2)


def old_format() -> Workbook:
    grids = published().sheets
    return book(*grids, kind=FileKind.XLS)


def one_sheet() -> Workbook:
    wide = [[*row, *[None] * (9 - len(row))] for row in [*annex1(), [], *annex2(), [], [], *annex3()]]
    return book(grid("Sheet1", wide))


def merged() -> Workbook:
    """Labels and values over several columns, as in the official file."""
    rows = [[cell for value in row for cell in (value, None)] for row in annex1()]
    spans = [
        (r, c, r, c + 1) for r, row in enumerate(rows) for c in range(0, len(row), 2) if row[c] is not None
    ]
    spans = [span for span in spans if span[0] not in (3,)]
    return book(grid("表一", rows, spans), *published().sheets[1:])


def blank_lines() -> Workbook:
    def spread(name: str, rows: Rows) -> Rows:
        return [line for row in rows for line in ([], [row[0], None, *row[1:]] if row else [])]

    return published(lambda name, rows: spread(name, rows) if name == "附件1" else rows)


def in_yuan() -> Workbook:
    def times(name: str, rows: Rows) -> Rows:
        return annex1_in_yuan(rows) if name == "附件1" else rows

    return published(times)


def annex1_in_yuan(rows: Rows) -> Rows:
    made = []
    for index, row in enumerate(rows):
        money = 4 < index < 40 and "楼堂" not in str(row[0])
        made.append([round(v * 10000, 2) if money and isinstance(v, (int, float)) else v for v in row])
    made[4][0] = "经费控制情况（元）"
    return made


def numbered_and_wide() -> Workbook:
    """Full-width digits, thousands commas, units in the cells, spaces inside the labels."""

    def change(name: str, rows: Rows) -> Rows:
        if name != "附件1":
            return rows
        rows[5] = ["“三公”经 费", "４．８", "3.3万元", " 2.98 "]
        rows[12] = ["①业务工作\n经费：", "83.97", "¥80.00", "749,900元"]
        rows[36] = ["政府采购金额（万元）", "９６０．３３", "678.99", "208.64 万元"]
        return rows

    return published(change)


@pytest.mark.parametrize(
    "make", [shifted, old_format, one_sheet, merged, blank_lines, in_yuan, numbered_and_wide]
)
def test_facts_do_not_depend_on_the_layout_of_the_workbook(
    templates: Templates, plain004: ImportPlan, make: Callable[[], Workbook]
) -> None:
    workbook = make()
    plan = plan_of(templates, workbook)
    assert after(plan) == after(plain004)
    assert identify(workbook) == (UNIT, 2023)
    assert len(plan.problems) == len(plain004.problems)


def test_form_of_2018_is_read(templates: Templates) -> None:
    rows: Rows = [
        ["部门整体支出绩效评价基础数据表"],
        ["填报单位：" + UNIT, None, None, "单位:万元"],
        ["财政供养人员情况", "编制数", "2017年实际在职人数", "控制率"],
        [None, 49, 47, "95.92%"],
        ["经费控制情况", "2016年决算数", "2017年预算数", "2017年决算数"],
        ["三公经费", 4.8, 3.3, 2.98],
        ["项目支出", 88.77, 83, 77.93],
        ["1、业务工作专项", 83.97, 80, 74.99],
        ["2、运行维护专项", 4.8, 3, 2.94],
        ["公用经费", 84.78, 81, 77.23],
        ["部门整体支出预算调整", "——", "/", -98.89],
        ["单位负责人：李四", "填表人：张三", "联系电话：8880001", "填报日期：2018年3月2日"],
    ]
    workbook = book(grid("2018", rows))
    assert identify(workbook) == (UNIT, 2017)
    facts = after(plan_import(workbook, FactSheet(templates, {}, 2017)))
    assert facts[FactKey("base", "business", "final")] == "74.99"
    assert facts[FactKey("base", "adjustment", "final")] == "-98.89"
    assert facts[FactKey("three_public", "total", "final")] == "2.98"
    signed = [facts[FactKey("unit", "this", c)] for c in ("head", "preparer", "phone", "report_date")]
    assert signed == ["李四", "张三", "8880001", "2018年3月2日"]
    assert not any(key.row.startswith("special") for key in facts)


def test_relative_years_and_county_level_in_labels_are_understood(templates: Templates) -> None:
    rows = annex1()
    rows[4] = ["经费控制情况", "上年决算数", "本年预算数", "本年决算数"]
    rows[14] = ["3、县级专项资金(一个专项一行)"]
    facts = after(plan_of(templates, book(grid("附件1", rows))))
    assert facts[FactKey("base", "public_funds", "last_final")] == "84.78"
    assert facts[FactKey("unit", "this", "level")] == "县"


def test_each_annex3_goes_to_the_project_of_its_name_or_a_new_one(templates: Templates) -> None:
    facts = {
        FactKey("projects", "item:4", "order"): "1",
        FactKey("projects", "item:4", "name"): "消防站建设",
        FactKey("projects", "item:5", "order"): "2",
        FactKey("projects", "item:5", "name"): "旧项目",
    }
    forms = [grid(f"附件3-{n}", annex3(name)) for n, name in enumerate(("消防站 建设", "业务工作经费"))]
    plan = plan_of(templates, book(*forms), facts)
    result = after(plan, facts)
    assert plan.project_names == ("消防站 建设", "业务工作经费")
    assert result[FactKey("projects", "item:6", "name")] == "业务工作经费"
    assert result[FactKey("annex3_funds@4", "fiscal", "executed")] == "74.99"
    assert any("旧项目" in problem.message for problem in plan.problems)


def test_header_in_two_lines_beside_a_number_column_is_read(templates: Templates) -> None:
    rows: Rows = [
        ["2023年度基础数据表（单位：万元）"],
        ["序号", "项目", "2022年", "2023年", None],
        [None, None, "决算数", "预算数", "决算数"],
        [1, "三公经费", 4.8, 3.3, 2.98],
        [2, "公用经费", 84.78, 81, 77.23],
        [3, "政府采购金额", 960.33, 678.99, 208.64],
    ]
    plan = plan_of(templates, book(grid("数据", rows, [(1, 3, 1, 4)])))
    facts = after(plan)
    assert facts[FactKey("base", "public_funds", "final")] == "77.23"
    assert facts[FactKey("three_public", "total", "budget")] == "3.3"
    assert not plan.problems


def test_tables_outside_the_annexes_are_known_by_their_labels(templates: Templates) -> None:
    economic: Rows = [
        ["基本支出按经济分类（单位：元）"],
        ["经济分类科目", "2022年决算数", "年初预算数", "2023年决算数"],
        ["工资福利支出", 5000000, 5100000, 5465200],
        ["基本工资", 3000000, 3100000, 3465200],
        ["津贴补贴", 2000000, 2000000, 2000000],
        ["商品和服务支出", 847800, 810000, 772300],
        ["合计", 5847800, 5910000, 6237500],
    ]
    details: Rows = [
        ["单位名称", UNIT],
        ["主管部门", "清河区政府"],
        ["联系电话", "8880001"],
        ["填表人", "张三"],
    ]
    plan = plan_of(templates, book(grid("经济分类", economic), grid("单位", details)))
    facts = after(plan)
    sheet = FactSheet(templates, facts, 2023)
    assert sheet.value("economic_class", "total", "final") == Decimal("623.75")
    assert facts[FactKey("economic_class", "wages:2", "label")] == "津贴补贴"
    assert facts[FactKey("economic_class", "goods", "final")] == "77.23"
    assert facts[FactKey("unit", "this", "department")] == "清河区政府"
    assert not plan.problems


# --- whose report, which year ---------------------------------------------------------------------


def test_given_unit_and_year_overrule_those_of_the_file(templates: Templates) -> None:
    plan = plan_of(templates, published(), unit="另一个局", year=2024)
    assert (plan.unit_name, plan.year) == ("另一个局", 2024)
    named = item(plan, "附件1!B2")
    assert (named.ticked, named.level) == (False, "problem")
    assert any("2023年度" in message for message in problems_by_place(plan).values())
    facts = after(plan)
    assert facts[FactKey("base", "public_funds", "last_final")] == "77.23"
    assert FactKey("base", "public_funds", "final") not in facts
    assert "不在本表" in problems_by_place(plan)["附件1!B33"]


def test_sheet_without_known_labels_is_reported_as_unknown(templates: Templates) -> None:
    workbook = book(grid("Sheet1", [["名单"], ["张三", 1]]))
    assert identify(workbook) == (None, None)
    plan = plan_of(templates, workbook)
    assert problems_by_place(plan) == {"Sheet1": "未识别的工作表，没有导入"} and not plan.items
