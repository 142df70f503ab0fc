"""Basic and project spending against the total, over the whole report; the mean of several scores."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.audit.rule_cases import findings_of


def test_the_two_kinds_of_spending_make_the_total_wherever_they_are_told(
    codes_on: Callable[..., list[str]],
) -> None:
    text = "全年支出1000万元。\n（一）基本支出情况\n基本支出600万元。\n（二）项目支出情况\n项目支出{}万元。"
    assert "R2t" in codes_on(text.format("350"), "核实")
    assert "R2t" not in codes_on(text.format("400"), "核实")


def test_a_mean_that_is_not_that_of_the_scores_before_it_is_wrong() -> None:
    text = "甲项目预算30万元，自评98.5分；乙项目自评96分；丙项目自评94分。三个项目自评平均97.2分。"
    (finding,) = findings_of("R36a", text)
    assert (finding.level, finding.expected) == ("错误", "96.2分")


@pytest.mark.parametrize(
    "text",
    [
        "得分分别为98.5分、96.0分和97.5分，三个项目平均97.33分。",
        "甲项目98分，乙项目96分。全县四个项目平均95分。",
        "甲项目自评得分95分，乙项目自评得分97分，高于全县平均93分。",
    ],
)
def test_means_that_hold_or_are_of_others_are_silent(text: str) -> None:
    assert findings_of("R36a", text) == []


def test_the_change_of_the_three_public_expenses_is_that_of_its_parts(
    codes_on: Callable[..., list[str]],
) -> None:
    text = (
        "“三公”经费决算19.86万元，比上年减少{}万元。\n公务用车购置及运行维护费19.56万元，比上年减少3.59万元。\n"
        "公务接待费0.30万元，比上年增加0.30万元。\n因公出国（境）费0万元。"
    )
    assert "R2d" not in codes_on(text.format("3.29"))
    assert "R2d" in codes_on(text.format("3.59"), "错误")
