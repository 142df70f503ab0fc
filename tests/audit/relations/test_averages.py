"""Averages against what is spread and over how many."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from desktop.audit.finding import Finding


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("接待费9.86万元，接待128批次1164人，人均接待费84.71万元。", "84.71元"),
        ("接待费3.20万元，接待36批次291人，人均接待费1099.66元。", "109.97元"),
        ("企业奖补0.85亿元，惠及企业136户，户均62.5亿元。", "625000元"),
    ],
)
def test_an_average_with_the_wrong_unit_or_point_is_certain(
    findings_on: Callable[[str], list[Finding]], text: str, right: str
) -> None:
    found = [f for f in findings_on(text) if f.code == "R1p"]
    assert [(f.level, f.expected) for f in found] == [("错误", right)]


def test_what_is_counted_is_spread_as_money_is(codes_on: Callable[..., list[str]]) -> None:
    text = "在校学生1656人，教学班36个，平均每班{}人。"
    assert "R1p" not in codes_on(text.format("46"))
    assert "R1p" in codes_on(text.format("49"), "错误")
    assert "R1p" not in codes_on("培训456人，目标人均40学时，实际人均36学时。")


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("公务接待费1.44万元，比年初预算9.00万元少7.56万元。全年国内公务接待21批、180人次，人均{}元。", "80"),
        (
            "公务用车运行维护费13.20万元，占三公经费的75.00%，年末公务用车保有量4辆，会议费6.10万元，车均{}万元。",
            "3.30",
        ),
    ],
    ids=["guests", "vehicles"],
)
def test_an_average_is_that_of_the_named_amount_whatever_stands_between(
    codes_on: Callable[..., list[str]], text: str, right: str
) -> None:
    assert "R1p" not in codes_on(text.format(right))
    assert "R1p" in codes_on(text.format(right.replace("8", "9").replace("3.3", "4.4")), "错误")


def test_an_average_of_another_cost_or_of_several_counts_is_no_average_of_the_named(
    codes_on: Callable[..., list[str]],
) -> None:
    text = "公用经费20.46万元，公务接待费8.95万元，接待1015人次。在职11人，人均公用经费1.86万元。"
    assert "R1p" not in codes_on(text)
    assert "R1p" not in codes_on("公务用车运行维护费11.60万元，现有应急用车2辆、特种用车2辆，车均2.90万元。")


def test_nobody_is_spread_over_himself(codes_on: Callable[..., list[str]]) -> None:
    assert "R1p" not in codes_on("月均供养86人，护理员与失能老人的配比，平均每名护理员照料3.09人。")
    assert "R1p" not in codes_on("资金按月发放12次。全年组织体检2次，覆盖172人次，人均2次。")
