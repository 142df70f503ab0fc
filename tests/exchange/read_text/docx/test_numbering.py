"""Numbers in the shapes that Word prints."""

from __future__ import annotations

import pytest

from desktop.exchange.read_text.docx.numbering import (
    ListLevel,
    ListNumbers,
    NumberedList,
    numeral,
    with_number,
)


@pytest.mark.parametrize(
    ("shape", "numbers", "printed"),
    [
        ("decimal", (1, 12), "1 12"),
        ("chineseCounting", (1, 10, 12, 20, 21), "一 十 十二 二十 二十一"),
        ("chineseCountingThousand", (101, 110, 1234, 2003), "一百零一 一百一十 一千二百三十四 二千零三"),
        ("japaneseCounting", (3, 11), "三 十一"),
        ("ideographDigital", (9, 10, 20), "九 十 二〇"),
        ("chineseLegalSimplified", (1, 12), "壹 壹拾贰"),
        ("ideographTraditional", (1, 10, 11), "甲 癸 11"),
        ("ideographZodiac", (1, 12), "子 亥"),
        ("upperLetter", (1, 26, 27), "A Z AA"),
        ("lowerLetter", (2, 28), "b bb"),
        ("upperRoman", (4, 9, 1994), "IV IX MCMXCIV"),
        ("lowerRoman", (3,), "iii"),
        ("decimalEnclosedCircle", (1, 20, 21, 50, 51), "① ⑳ ㉑ ㊿ 51"),
        ("decimalEnclosedParen", (1, 20, 21), "⑴ ⒇ 21"),
        ("decimalFullWidth", (10,), "１０"),
        ("decimalZero", (7, 10), "07 10"),
        ("none", (1,), ""),
        ("ordinal", (3,), "3"),
    ],
)
def test_numerals_are_written_in_words_formats(shape: str, numbers: tuple[int, ...], printed: str) -> None:
    assert " ".join(numeral(number, shape) for number in numbers) == printed


def counted(levels: tuple[ListLevel, ...], *asked: int) -> list[str]:
    numbers = ListNumbers({"1": NumberedList("a", levels)})
    return [numbers.next("1", level) for level in asked]


def test_lower_level_restarts_under_each_higher_number() -> None:
    levels = (ListLevel("%1、", "chineseCounting"), ListLevel("%1.%2"), ListLevel("%1.%2.%3", legal=True))
    assert counted(levels, 0, 1, 1, 2, 0, 1, 2) == ["一、", "一.1", "一.2", "1.2.1", "二、", "二.1", "2.1.1"]


def test_level_without_restart_counts_through() -> None:
    levels = (ListLevel("%1"), ListLevel("%2", restart=0))
    assert counted(levels, 0, 1, 0, 1) == ["1", "1", "2", "2"]


def test_skipped_level_counts_as_its_start() -> None:
    assert counted((ListLevel("%1", start=3), ListLevel("%1.%2")), 1, 0) == ["3.1", "4"]


def test_unknown_list_gives_no_number() -> None:
    assert counted((ListLevel("%1"),), 5, -1) == ["", ""]
    assert ListNumbers({}).next("0", 0) == ""


@pytest.mark.parametrize(
    ("number", "text", "printed"),
    [
        ("一、", "概况", "一、概况"),
        ("1.", "概况", "1.概况"),
        ("1.", "2023年", "1. 2023年"),
        ("1.1", "2023年", "1.1 2023年"),
        ("第一章", "总则", "第一章 总则"),
        ("①", "概况", "①概况"),
        ("1", "", "1"),
        ("", "概况", "概况"),
    ],
)
def test_number_is_kept_apart_from_its_text(number: str, text: str, printed: str) -> None:
    assert with_number(number, text) == printed
