"""R36r: points by the rate of execution."""

from __future__ import annotations

import pytest

from tests.audit.rule_cases import findings_of, levels


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("全年预算执行率93.64%。该项得分按执行率乘以10分计算，应得9.66分。", "9.36分"),
        ("全年执行数980万元，执行率97.38%，按20分权重计算得19.78分。", "19.48分"),
        ("（四）预算执行（10分）\n全年支出951万元，执行率95.14%，按比例得9.81分。", "9.51分"),
        ("预算执行率92%。该项按执行率乘以10分计，超过100%的按10分计，预算执行率得10分。", "9.2分"),
    ],
)
def test_points_unlike_weight_times_rate_are_wrong(text: str, right: str) -> None:
    (finding,) = findings_of("R36r", text)
    assert (finding.level, finding.expected) == ("错误", right)


def test_points_that_no_rate_of_the_report_gives_are_a_question() -> None:
    text = "全年支出951万元，执行率95.14%。\n二、得分\n预算执行以执行率乘10分计，得9.81分。"
    assert levels("R36r", text) == {"核实"}


def test_points_one_slip_from_the_rate_told_with_them_are_a_question() -> None:
    assert levels("R36r", "预算执行率指标满分10分，2023年预算执行率为98.6%，得9.16分。") == {"核实"}
    assert levels("R36r", "预算执行率指标满分10分，2023年预算执行率为98.6%，得9.86分。") == set()
    assert levels("R36r", "预算执行率指标满分10分，2023年预算执行率为98.6%，得8分。") == set()


@pytest.mark.parametrize(
    "text",
    [
        "全年预算执行率93.64%。该项得分按执行率乘以10分计算，应得9.36分。",
        "全年执行数980万元，执行率97.38%，按20分权重计算得19.47分。",
        "全年支出951万元，执行率95.14%。\n二、得分\n预算执行以执行率乘10分计，得9.51分。",
        "预算执行率104%。该项按执行率乘以10分计，超过100%的按10分计，预算执行率得10分。",
        "预算执行以执行率乘10分计，得9.51分。",
    ],
)
def test_points_by_a_rate_that_fits_or_is_not_told_are_silent(text: str) -> None:
    assert findings_of("R36r", text) == []


OF_PURCHASES = (
    "采购执行率为92.40%，预算执行率为96.10%。\n得分：采购执行率10分，同样按“分值×执行率”计，得{}分。"
)
OF_THE_BUDGET = "预算执行率为96.10%，项目执行率为88.00%。\n得分：该项以执行率乘10分计，{}得{}分。"


def test_points_are_by_the_rate_of_the_name_that_the_item_bears() -> None:
    assert findings_of("R36r", OF_PURCHASES.format("9.24")) == []
    (finding,) = findings_of("R36r", OF_PURCHASES.format("9.61"))
    assert (finding.level, finding.expected) == ("错误", "9.24分")
    assert findings_of("R36r", OF_THE_BUDGET.format("预算执行率", "9.61")) == []
    (finding,) = findings_of("R36r", OF_THE_BUDGET.format("预算执行率", "8.80"))
    assert (finding.level, finding.expected) == ("错误", "9.61分")


def test_points_of_an_item_without_a_name_may_be_by_any_rate() -> None:
    assert findings_of("R36r", OF_THE_BUDGET.format("", "8.80")) == []


def test_full_points_for_less_than_the_whole_are_not_rounded() -> None:
    text = "全年预算执行率{}%。该项得分按执行率乘以{}分计算，应得{}分。"
    (finding,) = findings_of("R36r", text.format("96.10", 10, 10))
    assert (finding.level, finding.expected) == ("错误", "9.61分")
    # Points that are not the full ones, and full ones a tenth short, may be rounded.
    assert findings_of("R36r", text.format("90.10", 10, 9)) == []
    assert findings_of("R36r", text.format("98.90", 5, 5)) == []
