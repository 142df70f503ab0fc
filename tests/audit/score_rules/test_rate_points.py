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
