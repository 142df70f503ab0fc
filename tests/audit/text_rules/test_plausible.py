"""R17 and R20: changes without reason, bases that are no whole numbers."""

from __future__ import annotations

import pytest

from tests.audit.rule_cases import findings_of, levels


@pytest.mark.parametrize(
    "text",
    [
        "项目支出比上年增加50万元，增长45.2%。",
        "公用经费较上年减少40万元，下降３５%。",
        "决算支出比年初预算增加了582万元，相比增加了42.04%。",
        "项目支出预算执行率78.5%。",
        "全年支付进度仅为66%。",
        "结转结余增加3万元，增幅为120%。",
        "绩效指标体系已经建立，项目支出增长45.2%。",
        "项目支出增长45.2%。加强与企业的联系，系统推进各项工作。",
        "项目支出增长45.2%，因此预算执行率较高。",
        "项目支出增长45.2%。要素齐全，因地制宜开展工作。",
        "接待费因压减下降5%。项目支出增长45.2%。",
    ],
)
def test_a_large_change_without_a_reason_is_found(text: str) -> None:
    assert levels("R17", text) == {"核实"}


@pytest.mark.parametrize(
    "text",
    [
        "项目支出比上年增加50万元，增长45.2%，主要是新增专项。",
        "项目支出比上年增加50万元，增长45.2%。主要原因是新增专项。",
        "项目支出比上年增加5万元，增长4.5%。",
        "火灾起数同比下降60%。",
        "“三公”经费支出6万元，预算执行率83.83%。",
        "政府采购执行率89.50%。",
        "预算执行率98.45%。",
        "项目支出执行率78%，因工程结算跨年办理。",
        "项目支出执行率78%，系工程结算跨年办理。",
    ],
)
def test_a_large_change_with_a_reason_is_right(text: str) -> None:
    assert findings_of("R17", text) == []


def test_a_reason_that_the_structure_contradicts_is_found() -> None:
    text = (
        "预算总支出100万元，其中：基本支出60万元，项目支出40万元。"
        "实际支出130万元，其中：基本支出110万元，项目支出20万元。"
    )
    assert levels("R17", text + "增加的原因是专项资金的增加。") == {"核实"}
    assert findings_of("R17", text + "增加的原因是工资标准提高。") == []
    assert findings_of("R17", text.replace("项目支出20万元", "项目支出60万元") + "原因是专项资金增加。") == []


@pytest.mark.parametrize(
    "text",
    [
        "发生事故1起，死亡1人，同比均下降66%。",
        "发生火灾7起，同比下降33%。",
        "接处警10起，较上年增长7%。",
        "受理信访件3件，比上年同期减少10%。",
        "发生事故0起，同比下降50%。",
    ],
)
def test_a_rate_whose_last_year_would_be_no_whole_number_is_found(text: str) -> None:
    assert levels("R20", text) == {"提示"}


@pytest.mark.parametrize(
    "text",
    [
        "发生事故2起、死亡2人，同比均下降60%。",
        "发生交通事故21起、死亡21人，同比均下降19.2%。",
        "共接处火警254起，同比下降率28.45%。",
        "发生事故0起，同比下降100%。",
        "检测量比上年增加25批次，比上年增长2.84%。",
        "出动2800余人次，同比增长7%。",
        "支出3万元，同比下降10%。",
        "发生事故1起，同比下降66.67%。",
    ],
)
def test_a_rate_whose_last_year_is_a_whole_number_is_right(text: str) -> None:
    assert findings_of("R20", text) == []


@pytest.mark.parametrize(("before", "after"), [(3, 1), (7, 5), (355, 254), (26, 21), (12, 18)])
def test_true_rates_are_never_doubted(before: int, after: int) -> None:
    way = "下降" if after < before else "增长"
    rate = abs(after - before) * 100 / before
    assert findings_of("R20", f"发生事故{after}起，同比{way}{rate:.2f}%。") == []
