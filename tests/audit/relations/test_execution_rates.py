"""The budget that 执行率 is reckoned on."""

from __future__ import annotations

from collections.abc import Callable


def test_a_rate_on_the_first_budget_is_wrong_where_it_was_adjusted(
    codes_on: Callable[..., list[str]],
) -> None:
    text = "年初预算1000万元，调整后预算1200万元。全年支出1133万元，预算执行率{}%。"
    assert "R1e" in codes_on(text.format("113.3"))
    assert "R1e" not in codes_on(text.format("94.4"))


def test_a_rate_that_names_the_first_budget_is_right(codes_on: Callable[..., list[str]]) -> None:
    text = "年初预算1000万元，调整后预算1200万元。全年支出1133万元，年初预算执行率113.3%。"
    assert "R1e" not in codes_on(text)


def test_a_rate_without_decimals_must_be_the_quotient_exactly(codes_on: Callable[..., list[str]]) -> None:
    text = "年初预算100万元，调整后预算120万元，支出{}万元，预算执行率{}%。"
    assert "R1e" in codes_on(text.format("110", "110"))
    assert "R1e" not in codes_on(text.format("110.3", "110"))
    assert "R1e" not in codes_on(text.format("100", "100"))
