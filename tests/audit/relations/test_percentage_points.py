"""Percentage points between two rates."""

from __future__ import annotations

from collections.abc import Callable


def test_points_unlike_the_two_rates_are_wrong(codes_on: Callable[..., list[str]]) -> None:
    text = "全年预算执行率96.61%，上年度执行率93.15%，提高{}个百分点。"
    assert "R3p" in codes_on(text.format("3.64"))
    assert "R3p" not in codes_on(text.format("3.46"))


def test_points_without_two_rates_are_left_alone(codes_on: Callable[..., list[str]]) -> None:
    assert "R3p" not in codes_on("群众满意度提高3.64个百分点。")


def test_the_way_of_points_is_that_of_the_two_rates(codes_on: Callable[..., list[str]]) -> None:
    assert "R3p" not in codes_on("药占比由31.6%变为29.8%，下降1.8个百分点。")
    assert "R3p" in codes_on("药占比由31.6%变为29.8%，上升1.8个百分点。")


def test_points_that_a_rule_takes_are_no_difference(codes_on: Callable[..., list[str]]) -> None:
    text = "满意度目标值92%，实际90.4%，每低1个百分点扣0.5分、不足1个百分点按比例扣分。"
    assert "R3p" not in codes_on(text)
