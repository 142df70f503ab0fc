"""R15: units of money."""

from __future__ import annotations

import pytest

from tests.audit.rule_cases import findings_of, levels

WAN = "基本支出100万元，项目支出200万元。"


@pytest.mark.parametrize(
    "text",
    [
        WAN + "公务接待费50000元。",
        WAN + "公务用车运行维护费38,986元。",
        "办公费12000元，水费3500元，差旅费8000元。项目支出20万元。",
        "三公经费预算为80.3万，控制在预算内。",
        "全年项目经费３０万。",
        "基本支出1778.17，项目支出200万元。",
        "公用经费支出35.2；项目支出200万元。",
    ],
)
def test_missing_and_mixed_units_are_hints(text: str) -> None:
    assert levels("R15", text) == {"提示"}


@pytest.mark.parametrize(
    "text",
    [
        WAN + "每亩补助180元，单价2600元，人均成本3000元。",
        WAN + "公务接待费0元。",
        WAN + "亩均投资2935.82元，低于3000元的控制标准。",
        "发放宣传手册20万份，资料7万，张贴标语。",
        "基本支出100万元，占50%；在职人员45人。",
        "公务接待费5000元，差旅费8000元。",
        "支出2000起，完成3项。",
    ],
)
def test_numbers_that_need_no_unit_have_no_finding(text: str) -> None:
    assert findings_of("R15", text) == []


@pytest.mark.parametrize(
    "text",
    [
        "项目支出1778.17万元。其中，项目支出177.817万元。",
        "公务接待费91423万元。",
        "项目支出5000000万元。",
        "人员经费815.72万元。人员经费8157200万元。",
        "基本支出930.34万元。基本支出93034万元。",
    ],
)
def test_amounts_absurd_in_their_unit_are_checks(text: str) -> None:
    assert "核实" in levels("R15", text)


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("全镇支出2348.65万元，其中机关运行经费1,521,590.65万元。项目支出814.20万元。", "1,521,590.65元"),
        ("全镇支出4012.20万元，项目支出814.20万元。镇级预算支出4012.2亿元。", "4012.2万元"),
        ("公务接待费1.58万元。公开表中列公务接待费1.58元。", "1.58万元"),
    ],
)
def test_a_unit_that_no_other_amount_of_the_report_bears_is_certain(text: str, right: str) -> None:
    assert [f.expected for f in findings_of("R15", text) if f.level == "错误"] == [right]


def test_what_the_whole_county_earns_is_no_slip_of_a_unit() -> None:
    assert "错误" not in levels("R15", "全局支出1242.60万元，项目支出889.30万元，全县实现旅游收入19.62亿元。")
