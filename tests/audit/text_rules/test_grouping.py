"""R19: spending and indicators in the wrong group."""

from __future__ import annotations

import pytest

from tests.audit.rule_cases import findings_of, levels


@pytest.mark.parametrize(
    "text",
    [
        "项目支出35万元，主要用于绩效奖金和社保费用。",
        "项目支出包括人员经费、设备购置。",
        "（二）项目支出情况\n全年支出80万元，分别为人员经费、工程建设支出。",
        "公用经费20万元，主要包括：办公费、退休费、水费。",
        "商品和服务支出20万元，包括住房公积金、办公费。",
        "人员经费100万元，包括：基本工资、办公费、差旅费。",
        "人员经费100万元，包括：基本工资、委托业务费。",
        "公用经费20万元，主要包括：办公费、对个人和家庭的补助。",
    ],
)
def test_an_item_under_the_wrong_kind_of_spending_is_found(text: str) -> None:
    assert levels("R19", text) == {"核实"}


@pytest.mark.parametrize(
    "text",
    [
        "人员经费100万元，包括基本工资、津贴补贴、奖金、退休费；公用经费20万元，主要包括：办公费、水费。",
        "公用经费20万元，主要用于办公费、工会经费、福利费。",
        "商品和服务支出20万元，包括办公费；对个人和家庭的补助3万元，用于退休人员生活补助。",
        "人员经费100万元，包括：基本工资、工资福利费、取暖水费。",
        "项目支出35万元，主要用于设备购置、工程建设。",
        "基本支出包括人员经费、公用经费；项目支出80万元。",
        "项目支出中没有列支人员经费，不存在工资挤占项目支出的情况。",
        "避免项目支出与基本支出划分不准。",
        "保障农民工工资支付。",
    ],
)
def test_an_item_under_its_own_kind_of_spending_is_right(text: str) -> None:
    assert findings_of("R19", text) == []


def test_indicators_named_under_another_benefit_are_found() -> None:
    assert levels("R19", "经济效益指标\n未发生较大安全事故\n0起\n") == {"提示"}
    assert findings_of("R19", "经济效益指标\n亩均增收\n≥300元\n社会效益指标\n安全事故\n0起\n") == []
