"""Numbers as people write them, canonical text, rounding, and the tolerance of shown digits."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain import numbers

values = st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**15), max_value=10**15, places=6)


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("1,234.50", "1234.5", ""),
        ("１２．５", "12.5", ""),
        ("3.3万元", "3.3", "万元"),
        ("50000元", "50000", "元"),
        ("95%", "95", "%"),
        ("5％", "5", "%"),
        ("¥1 020.00", "1020", ""),
        ("￥50000元", "50000", "元"),
        ("-¥5", "-5", ""),
        ("1，020.00", "1020", ""),
        ("1\u00a0234.5", "1234.5", ""),
        ("-0.05", "-0.05", ""),
        ("−0.05", "-0.05", ""),
        ("（12）", "-12", ""),
        ("1e3", "1000", ""),
        ("0.0900000762939453", "0.0900000762939453", ""),
        (".5", "0.5", ""),
        ("５。", "5", ""),
        ("\u200b12\ufeff", "12", ""),
        ("12 m²", "12", "m²"),
        ("1次/季度", "1", "次/季度"),
    ],
)
def test_amount_is_read_in_every_way_of_writing(text: str, value: str, unit: str) -> None:
    amount = numbers.parse_amount(text)
    assert amount is not None
    assert (amount.value, amount.unit, amount.approximate) == (Decimal(value), unit, False)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "—",
        "7.50.",
        "1,02",
        "1,234,56",
        "12 34",
        "NaN",
        "inf",
        "-inf",
        "1.2.3",
        "5-10",
        "3/4",
        "--5",
        "≥95",
        "二十",
        "万元",
        "95.\n10%",
        "9" * 500,
        "1" + " " * 500,
        "1e99",
        "(5",
        "5)",
        "1e1000",
    ],
)
def test_text_that_is_no_amount_is_none(text: str) -> None:
    assert numbers.parse_amount(text) is None


@pytest.mark.parametrize("text", ["约20起", "近20起", "逾20起", "20余起", "20多起", "20左右"])
def test_approximate_amount_is_marked_approximate(text: str) -> None:
    amount = numbers.parse_amount(text)
    assert amount is not None
    assert amount.value == 20 and amount.approximate


def test_amount_counts_the_decimals_written() -> None:
    shown = [numbers.parse_amount(text) for text in ("1,234.50", "5", "5.", "0.0900000762939453")]
    assert [amount.decimals for amount in shown if amount] == [2, 0, 0, 16]


@pytest.mark.parametrize(
    ("text", "wan"),
    [("3.3万元", "3.3"), ("50000元", "5"), ("1.5亿元", "15000"), ("20", "20"), ("12千元", "1.2")],
)
def test_money_is_converted_to_wan_yuan(text: str, wan: str) -> None:
    assert numbers.parse_money(text) == Decimal(wan)


def test_amount_in_another_unit_is_no_money() -> None:
    assert [numbers.parse_money(text) for text in ("95%", "3人", "2023年", "abc")] == [None] * 4
    assert numbers.parse_money("50000", "元") == 5


@given(values)
def test_canonical_text_reads_back_as_the_same_value(value: Decimal) -> None:
    text = numbers.canonical(value)
    assert numbers.number_of(text) == value
    assert numbers.canonical(Decimal(text)) == text
    assert ("E" not in text and not text.startswith("-0")) or text.startswith("-0.")


@given(st.text(max_size=80))
def test_amount_and_money_accept_any_text(text: str) -> None:
    amount = numbers.parse_amount(text)
    if amount is not None:
        numbers.canonical(amount.value)
        numbers.show(amount.value)
    numbers.parse_money(text)


@given(values, st.integers(0, 4))
def test_rounding_goes_half_up_away_from_zero(value: Decimal, places: int) -> None:
    unit = Decimal(1).scaleb(-places)
    rounded = numbers.round_half_up(value, places)
    assert abs(rounded - value) <= unit / 2
    if abs(abs(rounded - value) - unit / 2) == 0:
        assert abs(rounded) > abs(value)


def test_values_are_shown_rounded_without_negative_zero() -> None:
    assert numbers.show(Decimal("0.125")) == "0.13"
    assert numbers.show(Decimal("-0.001")) == "0.00"
    assert numbers.show(None) == ""
    assert numbers.show_short(Decimal("9.50")) == "9.5"
    assert numbers.show_percent(Decimal(47) / 49) == "95.92%"
    assert numbers.show_percent(None) == numbers.UNDEFINED


def test_rate_of_largest_to_smallest_amount_is_shown() -> None:
    assert numbers.show_percent(Decimal("9e17") / Decimal("1e-60")).endswith(".00%")


def test_sum_tolerance_covers_the_rounding_of_thirteen_terms() -> None:
    terms = [Decimal(text) for text in ("74.99", "2.94", *["93.33"] * 10, "183.34")]
    assert sum(terms) == Decimal("1194.57")
    assert Decimal("0.03") <= numbers.sum_tolerance(terms, Decimal("1194.6"))
    assert numbers.sum_tolerance(terms, Decimal("1194.6")) < Decimal("0.2")


@given(st.lists(st.integers(0, 500), max_size=30))
def test_sum_tolerance_of_whole_numbers_is_zero(terms: list[int]) -> None:
    assert numbers.sum_tolerance([Decimal(term) for term in terms], Decimal(sum(terms) + 1)) == 0


def test_sum_tolerance_takes_zero_as_exact_and_whole_terms_at_the_decimals_of_the_others() -> None:
    exact = numbers.sum_tolerance([Decimal("74.99"), Decimal(0)], Decimal("74.99"))
    beside = numbers.sum_tolerance([Decimal("74.99"), Decimal(83)], Decimal("157.99"))
    assert (exact, beside) == (Decimal("0.010"), Decimal("0.015"))


def test_amount_with_too_many_digits_is_none() -> None:
    assert numbers.parse_amount("0." + "1" * 39) is not None
    assert numbers.parse_amount("0." + "1" * 50) is None
    assert numbers.parse_amount("1E-83") is None
