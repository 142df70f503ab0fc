"""The row arithmetic of templates against Python's own, with empty cells, zero divisors and words."""

from __future__ import annotations

from decimal import Decimal, DivisionByZero, InvalidOperation

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain import formula
from desktop.domain.keys import FactKey

NAMES = {"a": Decimal(3), "b": Decimal("0.5"), "c": Decimal(0), "d": Decimal(-7)}
leaves = st.sampled_from(sorted(NAMES)) | st.integers(0, 99).map(str) | st.just("2.5")
trees = st.recursive(
    leaves,
    lambda inner: (
        st.tuples(inner, st.sampled_from("+-*/"), inner).map(lambda t: f"({t[0]} {t[1]} {t[2]})")
        | inner.map(lambda text: f"-{text}")
        | inner.map(lambda text: f"abs({text})")
    ),
    max_leaves=8,
)


def value_of(text: str, cells: dict[str, Decimal | None]) -> Decimal | None:
    return formula.evaluate(
        formula.parse(text), lambda name: [FactKey("t", name, "c")], lambda key: cells[key.row]
    )


@given(trees)
def test_formula_gives_what_python_gives(text: str) -> None:
    source = "".join(f"Decimal('{t}')" if t[0].isdigit() else t for t in _tokens(text))
    expected: Decimal | None
    try:
        expected = eval(source, {"Decimal": Decimal, "abs": abs}, dict(NAMES))
    except (DivisionByZero, InvalidOperation):
        expected = None
    found = value_of(text, dict(NAMES))
    if expected is not None:
        assert found is not None
        assert abs(found - expected) <= abs(expected) * Decimal("1e-20")
    elif not _swallowed(text):
        assert found is None


def _tokens(text: str) -> list[str]:
    return formula._Parser(text).tokens


def _swallowed(text: str) -> bool:
    """An undefined part of a sum counts as an empty cell, so the sum may have a value all the same."""
    return "+" in text or "-" in text


def test_products_bind_before_sums() -> None:
    assert value_of("1 + 2 * 3 - 8 / 4 / 2", {}) == 6
    assert value_of("10 - 3 - 2", {}) == 5


@pytest.mark.parametrize(
    "text", ["", "1 +", "(1", "1)", "a b", "sum", "sum()", "1 ** 2", "a..b", "$", "sum(1", ","]
)
def test_unreadable_formula_raises(text: str) -> None:
    with pytest.raises(formula.FormulaError):
        formula.parse(text)


def test_empty_cell_is_nothing_in_a_sum_and_undefines_a_quotient() -> None:
    cells = {"a": Decimal(3), "e": None, "z": Decimal(0)}
    found = {
        text: value_of(text, cells)
        for text in ("a + e", "e + e", "e - a", "a * e", "a / e", "e / a", "a / z")
    }
    assert found == {
        **{"a + e": Decimal(3), "e + e": None, "e - a": Decimal(-3)},
        **{"a * e": None, "a / e": None, "e / a": None, "a / z": None},
    }


def test_sum_round_abs_and_max0_give_their_values() -> None:
    cells = {"a": Decimal("1.005"), "e": None}
    assert value_of("round(a, 2)", cells) == Decimal("1.01")
    assert value_of("round(a)", cells) == 1
    assert value_of("max0(0 - a)", cells) == 0
    assert value_of("abs(0 - a)", cells) == Decimal("1.005")
    assert value_of("sum(a, e, 2)", cells) == Decimal("3.005")
    assert value_of("abs(e)", cells) is None and value_of("sum(e)", cells) is None


def test_formula_in_words_keeps_the_brackets_that_matter() -> None:
    words = {
        text: formula.in_words(formula.parse(text), str.upper)
        for text in ("(a - b) / b", "a - (b + c)", "a + b * c", "sum(a, b)", "a / (b - c)", "max0(a - b)")
    }
    assert list(words.values()) == [
        "（A － B） ÷ B",
        "A － （B ＋ C）",
        "A ＋ B × C",
        "A ＋ B",
        "A ÷ （B － C）",
        "正数部分（A － B）",
    ]


def test_formula_in_words_keeps_the_brackets_of_nested_quotients() -> None:
    assert formula.in_words(formula.parse("a / (b * c)"), str.upper) == "A ÷ （B × C）"
    assert formula.in_words(formula.parse("a * b / c"), str.upper) == "A × B ÷ C"


@pytest.mark.parametrize("text", ["(" * 5000, "-" * 5000, "sum(" * 5000 + "a", "a+" * 5000 + "a"])
def test_formula_too_deep_or_too_long_raises(text: str) -> None:
    with pytest.raises(formula.FormulaError):
        formula.evaluate(formula.parse(text), lambda name: [], lambda key: None)
