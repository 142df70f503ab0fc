"""Parts against their totals."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        ("R37", "我局现有编制46个，其中行政编制20个，事业编制28个。"),
        ("R2", "全年争取上级资金3520万元，其中中央资金2000万元，省级资金1000万元，市级资金620万元。"),
        ("R2", "基本支出1500.50万元，其中：人员经费1350.45万元，公用经费160.05万元。"),
        ("R36", "自评得分96.5分，其中预算执行10分，产出指标45.5分，效益指标28分，满意度指标10分。"),
    ],
)
def test_parts_unlike_their_total_are_found(
    code: str, sentence: str, codes_on: Callable[..., list[str]]
) -> None:
    assert code in codes_on(sentence)


@given(parts=st.lists(st.integers(1, 10**6), min_size=2, max_size=8), off=st.integers(300, 10**5))
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_parts_that_add_up_are_never_wrong_and_too_many_are(
    parts: list[int], off: int, codes_on: Callable[..., list[str]]
) -> None:
    names = "甲乙丙丁戊己庚辛"
    listed = "，".join(f"{names[n]}项目经费{Decimal(p) / 100}万元" for n, p in enumerate(parts))
    whole = sum(parts)
    assert "R2" not in codes_on(f"全年安排专项资金{Decimal(whole) / 100}万元，其中：{listed}。")
    assert "R2" in codes_on(f"全年安排专项资金{Decimal(whole + off) / 100}万元，分别为：{listed}。")


@pytest.mark.parametrize(
    "sentence",
    [
        "排查隐患3755个，其中一般隐患1356个，均已整改；重大隐患2399个，整改2395个。",
        "下设2个副科级、1个股级单位，其中2个公益一类单位、1个公益二类单位。",
        "争取资金3520万元，其中用于道路1000万元，用于桥梁500万元。",
        "支出100万元，其中：人员经费60万元（其中工资50万元，津贴10万元），公用经费40万元。",
    ],
)
def test_lists_that_are_no_sums_are_left_alone(sentence: str, codes_on: Callable[..., list[str]]) -> None:
    assert "R2" not in codes_on(sentence)


def test_parts_in_lines_below_their_total_are_added(codes_on: Callable[..., list[str]]) -> None:
    text = "项目支出为1194.6万元，其中：\n业务工作经费482.55万元，主要用于日常工作。\n建设专项809.11万元，主要用于建设。"
    assert "R2" in codes_on(text)


def test_people_by_kind_that_fall_short_are_to_be_checked(codes_on: Callable[..., list[str]]) -> None:
    assert "R37" in codes_on("实有在职人员35人，其中：行政人员15人、事业人员18人。", "核实")
    assert "R37" not in codes_on("实有在职人员33人，其中：行政人员15人、事业人员18人。", "核实")
    assert "R2" not in codes_on("在职人员35人，其中党员15人、妇女18人。", "核实")


def test_a_list_in_the_next_sentence_belongs_to_the_final_figure(codes_on: Callable[..., list[str]]) -> None:
    text = "“三公”经费预算8万元，决算支出6.32万元。其中：公务接待费1.82万元，公务用车运行维护费{}万元。"
    assert "R2" not in codes_on(text.format("4.50"))
    assert "R2" in codes_on(text.format("4.80"))


@pytest.mark.parametrize(
    "text",
    [
        "本年收入由两部分构成：财政拨款收入318.66万元和其他收入27.04万元，共计{}万元。",
        "财政拨款收入318.66万元、其他收入27.04万元，两项合计{}万元。",
        "专项资金{}万元，分项如下：\n1.河道治理318.66万元；\n2.水质监测27.04万元。",
        "“三公”经费决算{}万元。公务用车运行维护费318.66万元，与上年持平。公务接待费27.04万元。因公出国（境）费0万元。公务用车购置费0万元。",
    ],
)
def test_totals_behind_in_paragraphs_and_of_closed_sets_are_added(
    text: str, codes_on: Callable[..., list[str]]
) -> None:
    assert "R2" not in codes_on(text.format("345.70"))
    assert "R2" in {*codes_on(text.format("347.70")), *codes_on(text.format("347.70"), "核实")}


def test_reasons_that_make_more_than_the_change_are_asked_about(codes_on: Callable[..., list[str]]) -> None:
    text = "支出决算比年初预算增加412.60万元，主要是追加防汛资金230.00万元，追加绩效奖126.40万元，追加运维费{}万元。"
    assert "R2c" in codes_on(text.format("86.20"), "核实")
    assert "R2c" not in codes_on(text.format("56.20"), "核实")
