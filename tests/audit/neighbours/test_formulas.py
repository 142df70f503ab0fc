"""R1k: rates that say in a bracket what they are of."""

from __future__ import annotations

from collections.abc import Callable

import pytest

TOLD = "年初批复1126.80万元，追加238.60万元，全年预算数1365.40万元。实际支出1302.71万元。"


@pytest.mark.parametrize(
    ("sentence", "right", "wrong"),
    [
        ("预算执行率（实际支出÷全年预算数）{}%。", "95.41", "115.61"),
        ("预算执行率（支出数与全年预算数之比）为{}%。", "95.41", "115.61"),
        ("预算调整率（追加数÷年初批复数）{}%。", "21.17", "17.47"),
    ],
    ids=["on the first budget", "in words", "on the later budget"],
)
def test_a_rate_is_of_the_two_numbers_that_its_bracket_names(
    codes_on: Callable[..., list[str]], sentence: str, right: str, wrong: str
) -> None:
    assert "R1k" not in codes_on(TOLD + sentence.format(right))
    assert "R1k" in codes_on(TOLD + sentence.format(wrong))


def test_the_control_rate_of_the_three_expenses_is_of_theirs(codes_on: Callable[..., list[str]]) -> None:
    text = "“三公”经费预算16.50万元，决算11.84万元，上年13.02万元。\n五、评分\n“三公”经费控制率（实际支出÷预算）为{}%。"
    assert "R1k" not in codes_on(text.format("71.76"))
    assert "R1k" in codes_on(text.format("78.91"))


def test_a_formula_of_figures_that_are_not_told_is_left_alone(codes_on: Callable[..., list[str]]) -> None:
    assert "R1k" not in codes_on(TOLD + "教师流动率（流动人数÷在编人数）为12.31%。")
