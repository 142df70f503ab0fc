"""R3y: a change against the two years' figures told elsewhere."""

from __future__ import annotations

from collections.abc import Callable

import pytest

TOLD = (
    "2022年“三公”经费决算46.20万元，其中：公务用车运行维护费31.80万元，公务接待费14.40万元。\n"
    "2021年“三公”经费决算49.90万元，其中：公务用车运行维护费30.30万元，公务接待费19.60万元。\n"
    "增减的主要原因：\n"
)


@pytest.mark.parametrize(
    "change",
    [
        "公务接待费较上年减少4.20万元。",
        "公务接待费较上年增加5.20万元。",
        "公务用车运行维护费较上年增长4.72%。",
    ],
    ids=["another digit", "the other way", "on the new figure"],
)
def test_a_change_that_two_years_told_elsewhere_do_not_make_is_wrong(
    codes_on: Callable[..., list[str]], change: str
) -> None:
    assert "R3y" in codes_on(TOLD + change, "错误")


@pytest.mark.parametrize(
    "change",
    [
        "公务接待费较上年减少5.20万元。",
        "公务用车运行维护费较上年增长4.95%。",
        "会议费较上年减少4.20万元。",
        "公务接待费较年初预算减少4.20万元。",
    ],
    ids=["the difference", "the rate", "no figure of that name", "than the budget"],
)
def test_changes_that_fit_and_of_other_figures_are_silent(
    codes_on: Callable[..., list[str]], change: str
) -> None:
    assert "R3y" not in codes_on(TOLD + change)


def test_a_gap_that_no_slip_explains_is_a_question(codes_on: Callable[..., list[str]]) -> None:
    assert "R3y" in codes_on(TOLD + "公务接待费较上年减少7.77万元。", "核实")
