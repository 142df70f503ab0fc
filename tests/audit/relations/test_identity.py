"""One figure told twice."""

from __future__ import annotations

from collections.abc import Callable


def test_a_total_told_twice_with_digits_swapped_is_wrong(codes_on: Callable[..., list[str]]) -> None:
    text = "本年支出合计2874.36万元，用于履行职能。\n支出决算数{}万元，全部纳入评价。"
    assert "R7s" in codes_on(text.format("2847.36"))
    assert "R7s" not in codes_on(text.format("2874.36"))
    assert "R7s" not in codes_on(text.format("1203.55"))


def test_one_digit_apart_is_to_be_checked(codes_on: Callable[..., list[str]]) -> None:
    text = "本年支出合计2874.36万元，用于履行职能。\n支出决算数2874.56万元，全部纳入评价。"
    assert "R7s" in codes_on(text, "核实")


def test_round_amounts_one_digit_apart_are_two_amounts(codes_on: Callable[..., list[str]]) -> None:
    assert "R7s" not in codes_on("项目支出300万元。\n项目支出400万元。", "核实")
