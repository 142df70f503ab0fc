"""R16: statements that exclude each other."""

from __future__ import annotations

import pytest

from tests.audit.rule_cases import findings_of, levels, marked


def test_an_adjustment_is_marked_with_its_whole_amount() -> None:
    assert marked("R16", "年中追加1,291.52万元。本年预算未进行调整。") == "年中追加1,291.52万元"
    assert marked("R16", "调整后预算收入9.5亿元。本年预算未进行调整。") == "调整后预算收入9.5亿元"


@pytest.mark.parametrize(
    "text",
    [
        "调整后预算收入100万元。本年预算未进行调整。",
        "年中追加12万元。全年预算没有发生调整。",
        "基本支出20万元，项目支出80万元，总支出100万元。从决算看，基本支出比重较大。",
        "2023年支出100万元，其中基本支出70万元，项目支出30万元。支出以项目支出为主。",
    ],
)
def test_statements_that_exclude_each_other_are_errors(text: str) -> None:
    assert "错误" in levels("R16", text)


@pytest.mark.parametrize(
    "text",
    [
        "全县共发生安全生产事故2起。直管领域生产安全事故为零。",
        "全年未发生道路交通事故。全县发生亡人道路交通事故3起。",
        "公务用车运行维护费0元。车辆较多，运行维护费较高。",
        "会议培训费0万元。存在的问题是会议培训费不足。",
        "各项绩效目标均已完成。2项指标未完全达到。",
        "总支出100万元，其中基本支出20万元，项目支出80万元。全年资金主要用于保障人员工资。",
        "“三公”经费比上年减少。说明：三公经费较上年增加。",
    ],
)
def test_statements_that_may_exclude_each_other_are_checks(text: str) -> None:
    assert "核实" in levels("R16", text)


@pytest.mark.parametrize(
    "text",
    [
        "调整后预算收入100万元。严格执行预算，预算无特殊情况不得调整。",
        "年中追加12万元。三公经费预算未进行调整。",
        "没有三公预算调整。调整后预算为2098万元。",
        "年中追加0万元。本年预算未进行调整。",
        "基本支出70万元，项目支出30万元，总支出100万元。基本支出比重较大。",
        "基本支出20万元，项目支出80万元，总支出100万元。基本支出比重提高。",
        "基本支出20万元，主要用于保障人员工资，项目支出80万元，总支出100万元。",
        "未发生较大以上生产安全事故。全县共发生生产安全事故7起。",
        "公务用车运行维护费3元。运行维护费较高。",
        "公务接待费比年初预算减少。公务接待费比上年增加。",
        "各项目标均已完成。没有超支。",
    ],
)
def test_statements_that_go_together_have_no_finding(text: str) -> None:
    assert findings_of("R16", text) == []


AIMS = "疫苗接种管理率72.1%，目标值65%，达标。慢病规范管理率64.3%，年度目标65%。\n2.送戏下乡：演出36场，目标30场。\n"


@pytest.mark.parametrize(
    "text",
    [
        "虽然疫苗接种管理率、慢病规范管理率均达到目标，但质量不高。",
        "（一）送戏下乡场次未达到年度目标，须加强。",
    ],
)
def test_a_measure_judged_against_its_figures_is_found(text: str) -> None:
    assert levels("R16", AIMS + text) == {"错误"}


@pytest.mark.parametrize(
    "text",
    [
        "疫苗接种管理率达到目标，慢病规范管理率未达到目标。",
        "送戏下乡场次达到年度目标。",
        "投诉处理未达到年度目标。",
    ],
)
def test_a_measure_judged_by_its_figures_is_right(text: str) -> None:
    assert findings_of("R16", AIMS + text) == []
