"""Chinese numerals go both ways."""

from __future__ import annotations

import pytest

from desktop.domain.chinese_numerals import FORMAL, chinese, from_numerals


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (1, "一"),
        (9, "九"),
        (10, "十"),
        (11, "十一"),
        (20, "二十"),
        (21, "二十一"),
        (99, "九十九"),
        (101, "一百零一"),
    ],
)
def test_a_number_is_written_as_a_heading_has_it(number: int, text: str) -> None:
    assert chinese(number) == text


def test_a_formal_ten_keeps_its_one() -> None:
    assert chinese(12, FORMAL, "拾佰仟") == "壹拾贰"


@pytest.mark.parametrize("number", range(1, 100))
def test_what_is_written_is_read_again(number: int) -> None:
    assert from_numerals(chinese(number)) == from_numerals(chinese(number, FORMAL, "拾佰仟")) == number


@pytest.mark.parametrize(
    ("text", "number"), [("7", 7), ("128", 128), ("拾贰", 12), ("壹拾贰", 12), ("一十", 10)]
)
def test_digits_and_the_numerals_of_vouchers_are_read(text: str, number: int) -> None:
    assert from_numerals(text) == number


@pytest.mark.parametrize(
    "text", ["", "甲", "一二", "零", "十x", "x十", "二五十", "零十", "二十零", "十十", "二十两", "2十", "-3"]
)
def test_what_is_no_numeral_is_nought(text: str) -> None:
    assert from_numerals(text) == 0
