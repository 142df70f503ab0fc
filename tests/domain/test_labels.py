"""However a label is written, it is the same label."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.labels import (
    ANNEX1,
    ANNEX2,
    ANNEX3,
    FORM_TITLES,
    after_label,
    column_labels,
    is_number,
    is_residue,
    level_in_label,
    money_unit,
    plain,
    row_labels,
    signature,
)
from desktop.resource_files.templates import load_templates
from tests.places import RESOURCES


@pytest.mark.parametrize(
    ("written", "label"),
    [
        ("1、公务用车购置和维护经费", "公务用车购置和维护经费"),
        ("１．公务用车购置\n和维护经费", "公务用车购置和维护经费"),
        ("其中： 公车购置", "公车购置"),
        ("（一）项目支出：", "项目支出"),
        ("“三公”经费", "三公经费"),
        ("3、区级专项资金(一个专项一行)", "区级专项资金"),
        ("4、上级转移支付(一个专项一行）", "上级转移支付"),
        ("批复规\n模(㎡)", "批复规模"),
        ("因公出国（境）费", "因公出国境费"),
        ("政府采购金额（万元）", "政府采购金额"),
        ("一般公共预算", "一般公共预算"),
        ("水费、电费、差旅费", "水费电费差旅费"),
        ("2023 年度预算数", "2023年预算"),
        ("5.12宣传", "5.12宣传"),
        ("2023年省级专项", "2023年省级专项"),
    ],
)
def test_label_spellings_become_one_plain_label(written: str, label: str) -> None:
    assert plain(written) == label


def test_relative_year_in_label_becomes_the_year() -> None:
    assert plain("上年决算数", 2023) == "2022年决算" == plain("2022年度决算数")
    assert plain("本年度预算", 2023) == "2023年预算"
    assert plain("全年预算数", 2023) == "全年预算"


@given(st.text(max_size=30))
def test_label_readers_accept_any_text(text: str) -> None:
    assert isinstance(plain(text, 2023), str)
    is_residue(text), money_unit(text), level_in_label(text), after_label(text), signature(text)


def test_every_row_and_column_label_and_alias_leads_to_its_row_or_column() -> None:
    tables = load_templates(RESOURCES).tables
    base, three = tables["base"], tables["three_public"]
    assert row_labels(base, 2023)["县级专项资金"] == "special" == row_labels(base, 2023)["省级专项资金"]
    assert row_labels(base, 2023)["部门整体支出预算调整"] == "adjustment"
    assert row_labels(three, 2023)["公务接待费"] == "reception"
    assert column_labels(three, 2023)["2022年决算"] == "last_final"
    for table in tables.values():
        if table.kind == "grid":
            assert set(row_labels(table, 2023).values()) == {row.id for row in table.rows}, table.id
        assert set(column_labels(table, 2023).values()) == {column.id for column in table.columns}, table.id


@pytest.mark.parametrize(
    ("text", "unit"),
    [("单位：万元", "万元"), ("金额单位:元", "元"), ("预算投资(万元)", "万元"), ("经费（元）", "元"),
     ("单位：人民币元", "元"), ("预算单位名称", ""), ("填报单位：某局", "")],
)  # fmt: skip
def test_money_unit_is_read_from_headers(text: str, unit: str) -> None:
    assert money_unit(text) == unit


def test_label_and_value_in_one_cell_are_parted() -> None:
    assert after_label("其中：  一般公共预算：1812.08") == ("其中：  一般公共预算", "1812.08")
    assert after_label("其他资金：6.26") == ("其他资金", "6.26")
    assert after_label("项目支出") == ("项目支出", "")


def test_template_residue_and_administrative_level_are_recognised() -> None:
    assert is_residue("……") and is_residue("...") and not is_residue("其他")
    assert level_in_label("3、县级专项资金(一个专项一行)") == "县" and level_in_label("2023年省级专项") == ""


def test_signature_line_is_taken_apart_and_prose_is_none() -> None:
    line = "单位负责人签字：李四    填表人：张三   联系电话：0730-8880001  填报日期：2024年5月6日"
    assert signature(line) == {
        "head": "李四",
        "preparer": "张三",
        "phone": "0730-8880001",
        "report_date": "2024年5月6日",
    }
    blank = "单位负责人签字：           填表人：          联系电话：              填报日期："
    assert signature(blank) == dict.fromkeys(("head", "preparer", "phone", "report_date"), "")
    assert signature("请在电话里联系负责人") is None and signature("公用经费") is None


@pytest.mark.parametrize(
    ("title", "form"),
    [
        ("2023年度预算单位整体支出绩效评价基础数据表", ANNEX1),
        ("整体支出绩效评价基础数据", ANNEX1),
        ("部门整体支出绩效自评表", ANNEX2),
        ("整体支出绩效目标自评表", ANNEX2),
        ("整体支出绩效自评价表", ANNEX2),
        ("整体支出绩效评价评分表", ANNEX2),
        ("项目支出绩效自评表", ANNEX3),
        ("项目资金绩效自评表", ANNEX3),
        ("项目支出绩效评价表", ANNEX3),
        ("国有资产统计表", None),
    ],
)
def test_a_title_names_its_form(title: str, form: str | None) -> None:
    assert next((name for name, words in FORM_TITLES if words.search(title)), None) == form


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("8.12万元", True),
        ("95%", True),
        ("62人", True),
        ("1,234.5", True),
        ("15轮", False),
        ("2023年", False),
    ],
)
def test_number_of_a_form_has_a_unit_that_columns_have(text: str, number: bool) -> None:
    assert is_number(text) == number


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("金额单位：万元", "万元"),
        ("注：本表金额单位为元。", "元"),
        ("以上金额单位均为万元", "万元"),
        ("预算投资（万元）", "万元"),
        ("预算单位名称", ""),
        ("单位为元旦慰问", ""),
    ],
)
def test_unit_of_money_is_read_where_one_is_stated(text: str, unit: str) -> None:
    assert money_unit(text) == unit
