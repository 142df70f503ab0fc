"""Printed forms are read alike, however their grid was lost."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from desktop.audit.forms_in_text.forms_in_text import AnnexReading, read_annexes
from desktop.audit.text.flat_text import Text
from desktop.domain.all_templates import Templates
from desktop.domain.keys import FactKey
from tests.audit.annex_layouts import (
    ANNEX1,
    ANNEX2,
    BODY,
    FORMS,
    LAYOUTS,
    UNIT,
    Rows,
    annex3,
    audit_of,
    cells_of,
    one_a_line,
    report,
    spaced,
    tabbed,
)
from tests.places import CASES

CASE = CASES / "004_4bf7f3674d9b4b38.txt"
each_layout = pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS)


def read(raw: str, templates: Templates, year: int | None = None) -> AnnexReading:
    """As the audit of a text file reads: by cells where tabs tell them."""
    reading = read_annexes(Text(raw), templates, year)
    assert reading is not None
    return cells_of(raw)(Text(raw), reading)


def fact(reading: AnnexReading, table: str, row: str, column: str) -> str:
    return reading.facts.get(FactKey(table, row, column), "")


@each_layout
def test_every_layout_gives_the_same_facts(layout: Callable[[Rows], str], templates: Templates) -> None:
    model = read(report(tabbed), templates)
    reading = read(report(layout), templates)
    assert dict(reading.facts) == dict(model.facts)
    assert {k: v[0] for k, v in reading.stated.items()} == {k: v[0] for k, v in model.stated.items()}
    assert reading.unread == ()
    assert [r.form for r in reading.regions] == ["附件1", "附件2", "附件3", "附件3"]


def test_cells_of_every_kind_are_read(templates: Templates) -> None:
    reading = read(report(tabbed), templates)
    assert (reading.year, reading.unit_name, reading.scopes, reading.has_grid) == (
        2023,
        UNIT,
        ("1", "2"),
        True,
    )
    assert fact(reading, "staff", "total", "rate") == "95.16%"
    assert fact(reading, "base", "project_spending", "last_final") == "1204.5"
    assert [fact(reading, "base", "special:2", c) for c in ("label", "last_final", "budget", "final")] == [
        "灌区节水改造",
        "310",
        "340",
        "323",
    ]
    assert fact(reading, "buildings", "item:1", "area_rate") == "98.75%"
    assert fact(reading, "annex2_funds", "basic", "executed") == "880.1"
    assert fact(reading, "answers@form-2023", "execution_rate", "points") == "9.75"
    assert fact(reading, "annex2_indicators", "quantity:2", "reason").startswith("征地推迟")
    assert fact(reading, "annex3_funds@2", "total", "initial") == "340"
    assert fact(reading, "unit", "this", "report_date") == "2024年4月2日"
    assert reading.stated["", "block:output"][0] == 50
    assert all(templates.knows(key) for key in reading.facts)


@each_layout
def test_places_are_where_the_cells_stand(layout: Callable[[Rows], str], templates: Templates) -> None:
    text = Text(report(layout))
    reading = read_annexes(text, templates)
    assert reading is not None
    for key in (
        ("base", "public_funds", "final"),
        ("staff", "total", "rate"),
        ("projects", "item:2", "name"),
    ):
        start, end = reading.places[FactKey(*key)]
        assert text.flat[start:end] == reading.facts[FactKey(*key)]


def test_a_number_broken_after_its_point_is_joined(templates: Templates) -> None:
    broken = spaced(ANNEX1).replace("95.16%", "95.\n16%")
    assert fact(read(broken, templates), "staff", "total", "rate") == "95.16%"


def test_empty_lines_that_fill_the_row_are_empty_cells(templates: Templates) -> None:
    raw = one_a_line(ANNEX1).replace("业务工作经费\n112.3\n120\n", "业务工作经费\n112.3\n\n")
    reading = read(raw, templates)
    assert fact(reading, "base", "business", "final") == "118.45"
    assert fact(reading, "base", "business", "budget") == ""


def test_a_row_that_lost_a_cell_stays_unread(templates: Templates) -> None:
    raw = one_a_line(ANNEX1).replace("业务工作经费\n112.3\n120\n", "业务工作经费\n112.3\n")
    reading = read(raw, templates)
    assert fact(reading, "base", "business", "final") == ""
    assert len(reading.unread) == 1 and not reading.fully_read("附件1") and reading.fully_read("附件2")


def test_an_empty_cell_between_tabs_keeps_its_column(templates: Templates) -> None:
    raw = tabbed(ANNEX1).replace("\t112.3\n\t120\n", "\t112.3\n\t\n")
    reading = read(raw, templates)
    assert fact(reading, "base", "business", "final") == "118.45"


def test_goals_left_empty_have_no_text(templates: Templates) -> None:
    """Only the heads stand there: no head is taken for the words below it."""
    rows = [row for row in ANNEX2 if "完成水库除险加固，保障灌溉。" not in row]
    goals = [key for key in read(one_a_line(rows), templates).facts if key.table == "annex2_goals"]
    assert goals == []


def test_names_broken_over_lines_are_joined(templates: Templates) -> None:
    forms = spaced(ANNEX1).replace("小型水库除险加固", "小型水库\n除险加固")
    grid = (
        one_a_line(ANNEX2).replace("除险加固水库座数", "除险加固水\n库座数").replace("汛前完工", "汛前完\n工")
    )
    assert fact(read(forms, templates), "base", "special:1", "label") == "小型水库除险加固"
    reading = read(grid, templates)
    assert fact(reading, "annex2_indicators", "quantity:1", "name") == "除险加固水库座数"
    assert fact(reading, "annex2_indicators", "timeliness:1", "name") == "汛前完工时间"
    assert fact(reading, "annex2_indicators", "timeliness:1", "actual") == "4月18日"


def test_the_form_of_2018_is_read_by_its_own_labels(templates: Templates) -> None:
    gone = ("3、县级", "4、上级", "小型水库", "灌区节水", "2023年中央")
    rows = [row for row in ANNEX1 if not row[0].startswith(gone)]
    raw = tabbed(rows)
    for new, old in (
        ("2018年部门整体支出绩效评价", "2023年度预算单位整体支出绩效评价"),
        ("2018", "2023"),
        ("2017", "2022"),
        ("业务工作专项", "业务工作经费"),
        ("运行维护专项", "运行维护经费"),
        ("部门整体支出预算调整", "部门基本支出预算调整"),
        ("填报单位：", "预算单位名称"),
    ):
        raw = raw.replace(old, new)
    reading = read(raw, templates)
    assert reading.year == 2018
    assert reading.unit_name == UNIT
    assert fact(reading, "base", "business", "final") == "118.45"
    assert fact(reading, "base", "adjustment", "final") == "12.4"


@pytest.mark.parametrize("level", ["省", "市", "区", "县"])
def test_the_level_of_the_special_funds_is_read_from_their_heading(level: str, templates: Templates) -> None:
    reading = read(tabbed(ANNEX1).replace("县级专项", f"{level}级专项"), templates)
    assert fact(reading, "unit", "this", "level") == level
    assert fact(reading, "base", "special:1", "final") == "511.25"


def test_columns_named_last_year_and_this_year_are_known(templates: Templates) -> None:
    raw = tabbed(ANNEX1).replace("2022年决算数", "上年决算数").replace("2023年预算数", "本年预算数")
    reading = read(raw.replace("2023年决算数", "本年决算数"), templates)
    assert fact(reading, "three_public", "total", "last_final") == "9.4"


def test_columns_in_another_order_are_read_by_their_heads(templates: Templates) -> None:
    """分值 before 年度指标值: only a grid with tabs can be read so."""
    rows = [[row[k] for k in (0, 1, 2, 3, 6, 4, 5, 7, 8)] if len(row) == 9 else row for row in ANNEX2]
    reading = read(tabbed(rows), templates)
    assert fact(reading, "annex2_indicators", "quantity:2", "weight") == "10"
    assert fact(reading, "annex2_indicators", "quantity:2", "actual") == "27"


def test_fund_rows_in_another_order_are_read_by_their_labels(templates: Templates) -> None:
    rows = [list(row) for row in annex3("灌区节水改造", "340", "323")]
    at = next(k for k, row in enumerate(rows) if "上年结转资金" in row)
    rows[at - 1], rows[at + 1] = rows[at + 1], rows[at - 1]
    reading = read(tabbed(rows), templates)
    assert fact(reading, "annex3_funds@1", "fiscal", "initial") == "340"
    assert fact(reading, "annex3_funds@1", "other", "initial") == ""


def test_a_second_project_without_a_title_is_a_form_of_its_own(templates: Templates) -> None:
    forms = [annex3("甲工程", "10", "9"), annex3("乙工程", "20", "18")[2:]]
    reading = read("".join(tabbed(rows) for rows in forms), templates)
    assert [reading.facts[FactKey("projects", f"item:{s}", "name")] for s in reading.scopes] == [
        "甲工程",
        "乙工程",
    ]


def test_amounts_in_yuan_are_stored_in_ten_thousands(templates: Templates) -> None:
    rows: Rows = [
        ["2023年度整体支出绩效评价基础数据表"],
        ["填报单位：清溪县水利局", "单位：元"],
        ["经费控制情况", "2022年决算数", "2023年预算数", "2023年决算数"],
        ["三公经费", "94000", "90000", "81200"],
        ["公用经费", "964000", "950000", "913700"],
    ]
    assert fact(read(tabbed(rows), templates), "three_public", "total", "final") == "8.12"


@pytest.mark.parametrize(
    "raw",
    [
        BODY,
        "附件：1.2023年度部门整体支出绩效评价基础数据表\n2.部门整体支出绩效自评表\n",
        "按要求填报了基础数据表和部门整体支出绩效自评表，三公经费、公用经费均有下降。",
        "",
    ],
)
def test_a_form_named_in_a_sentence_is_no_form(raw: str, templates: Templates) -> None:
    assert read_annexes(Text(raw), templates, 2023) is None


def test_the_last_form_ends_before_the_body(templates: Templates) -> None:
    text = Text(report(tabbed, FORMS))
    reading = read_annexes(text, templates)
    assert reading is not None
    assert reading.regions[-1].end <= text.flat.index("2023年度清溪县水利局部门整体支出绩效自评报告")


@pytest.mark.skipif(not CASE.exists(), reason="the published reports are not here")
def test_a_published_report_is_read_without_rest(templates: Templates) -> None:
    reading = read(CASE.read_text(encoding="utf-8"), templates)
    assert reading.unread == ()
    assert [r.form for r in reading.regions] == ["附件1", "附件2", "附件3"]
    assert fact(reading, "base", "special:15", "final") == "3.38"
    assert fact(reading, "base", "transfer:1", "final") == "10"
    assert fact(reading, "annex2_funds", "other", "executed") == "6.26"
    assert fact(reading, "annex3_funds@1", "total", "rate") == "90%"
    assert reading.as_printed[FactKey("annex3_indicators@1", "quantity:2", "target")] == "≤≤15轮"
    sheet = reading.assessment().sheet
    assert len(sheet.rows("annex2_indicators", "quantity")) == 2
    assert (
        sum(len(sheet.rows("annex3_indicators@1", r.id)) for r in templates.tables["annex3_indicators"].rows)
        == 11
    )


@pytest.mark.parametrize("layout", [tabbed, one_a_line], ids=["tabbed", "one_a_line"])
def test_points_of_a_cost_block_add_to_the_output_block(
    layout: Callable[[Rows], str], templates: Templates
) -> None:
    """The newer form: 成本指标 is a 一级指标; titles may have no bracket."""
    rows = [list(row) for row in ANNEX2]
    at = next(k for k, row in enumerate(rows) if "成本指标" in row)
    rows[at][1:3] = ["成本指标\n(5分)", "经济成本\n指标"]
    raw = layout(rows).replace("(50 分)", "45分")
    reading = read(raw, templates)
    assert reading.unread == ()
    assert fact(reading, "annex2_indicators", "cost:1", "actual") == "511.25"
    assert (reading.stated["", "block:output"][0], reading.stated["", "more:output"][0]) == (45, 5)
    assert "R8a" not in {f.code for f in audit_of(raw, templates)}


def test_column_heads_with_a_blank_behind_the_year_are_known(templates: Templates) -> None:
    raw = spaced(ANNEX1).replace("2022年决算数", "2022 年决算数").replace("2023年", "2023 年")
    assert fact(read(raw, templates), "three_public", "total", "last_final") == "9.4"


def test_operator_and_unit_in_columns_of_their_own_are_joined(templates: Templates) -> None:
    """As the platform of another province prints it: each cell on its line with a stroke behind it."""
    heads = ["年初预算", "调整后预算数", "预算执行数", "预算执行率", "权重", "得分", "原因"]
    grid = ["一级指标", "二级指标", "三级指标", "指标性质", "指标值", "度量单位", "完成值", "权重", "得分"]
    rows: Rows = [
        ["部门预算项目支出绩效自评表(2023年度)"],
        ["项目名称", "河道清淤"],
        ["主管部门", UNIT, "实施单位", UNIT],
        ["预算执行情况（10分）", "年度预算数（万元）", *heads],
        ["总额", "120", "150.5", "150.5", "100.00%", "10", "10", ""],
        ["其中：财政资金", "120", "150.5", "150.5", "100.00%", "/", "/"],
        ["绩效指标（90分）", *grid, "未完成原因分析"],
        ["产出指标", "数量指标", "清淤长度", "≥", "12", "公里", "13", "60", "60", ""],
        ["效益指标", "社会效益指标", "群众评价", "定性", "良好", "", "良好", "30", "30", ""],
        ["合计", "100", "100", ""],
        ["项目负责人：", "财务负责人："],
    ]
    raw = "".join(" |\n".join(row) + " |\n" for row in rows)
    reading = read(raw, templates)
    assert (reading.year, reading.unread) == (2023, ())
    assert fact(reading, "annex3_funds@1", "total", "adjusted") == "150.5"
    assert fact(reading, "annex3_indicators@1", "quantity:1", "operator") == "≥"
    assert fact(reading, "annex3_indicators@1", "quantity:1", "unit") == "公里"
    assert fact(reading, "annex3_indicators@1", "social:1", "target") == "良好"
    assert reading.as_printed[FactKey("annex3_indicators@1", "quantity:1", "target")] == "≥12公里"


def test_a_form_without_signatures_ends_at_the_first_heading(templates: Templates) -> None:
    raw = tabbed(ANNEX2[:-1]) + "一、部门职责和机构设置\n我局内设五个股室。\n二、支出情况\n"
    reading = read(raw, templates)
    text = Text(raw)
    assert reading.regions[0].end == text.flat.index("一、部门职责")
