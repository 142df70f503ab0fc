"""The numbers that Word counts itself and does not keep in the text: “一、”, “（二）”, “3.”, “第四条”."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from desktop.domain.chinese_numerals import EVERYDAY, FORMAL, chinese

LEVELS = 9
"""Levels of a list, and of headings, in Word."""
MOST_COUNTED = 32_767
"""The highest number Word counts to."""
_MOST_REPEATED = 30
"""Word prints aa for 27 and aaa for 53; a number of a thousand letters is nobody's."""
_LEVEL_NUMBER = re.compile(r"%([1-9])")
"""`第%1条`, `%1.%2`: where the numbers of the levels stand in Word's text of a level."""

_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl")),
    *((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)
_COUNTING = {
    *("chineseCounting", "chineseCountingThousand", "japaneseCounting"),
    *("taiwaneseCounting", "taiwaneseCountingThousand", "koreanDigital", "koreanCounting"),
}
"""Names that Word has for 一, 十二, 一百零一 (w:numFmt). The names of other countries come with documents that were
made from foreign templates; what is printed is the same."""
_LEGAL = {"chineseLegalSimplified", "ideographLegalTraditional", "japaneseLegal"}
"""壹, 拾贰"""
_DIGITAL = {"ideographDigital", "japaneseDigitalTenThousand", "taiwaneseDigital"}
"""一〇, 一二: digit by digit, but 十"""
_CIRCLED = {"decimalEnclosedCircle", "decimalEnclosedCircleChinese"}
_CIRCLES = "".join(map(chr, (*range(0x2460, 0x2474), *range(0x3251, 0x3260), *range(0x32B1, 0x32C0))))
"""① to ⑳, ㉑ to ㉟, ㊱ to ㊿"""
_SERIES = {
    "decimalEnclosedParen": "".join(map(chr, range(0x2474, 0x2488))),
    "decimalEnclosedFullstop": "".join(map(chr, range(0x2488, 0x249C))),
    "ideographEnclosedCircle": "".join(map(chr, range(0x3280, 0x328A))),
    "ideographTraditional": _STEMS,
    "ideographZodiac": _BRANCHES,
    **dict.fromkeys(_CIRCLED, _CIRCLES),
}
"""Shapes that are one character a number, and beyond the last an Arabic number."""


class ListLevel(NamedTuple):
    """One level of a list: `text` holds %1 to %9 where the numbers of the levels stand."""

    text: str = ""
    shape: str = "decimal"
    start: int = 1
    legal: bool = False
    """Whether the numbers of the levels above are printed in Arabic digits."""
    restart: int | None = None
    """After which level, from 1, counting starts anew: None for every higher one, 0 for none."""


class NumberedList(NamedTuple):
    """A list as paragraphs name it. Lists of one `family` count on from each other, save for `anew`."""

    family: str
    levels: Sequence[ListLevel]
    anew: frozenset[int] = frozenset()


class ListNumbers:
    """Counts the paragraphs of a document, which must be asked for in their order."""

    def __init__(self, lists: Mapping[str, NumberedList]) -> None:
        self._lists = lists
        self._counts: dict[str, list[int | None]] = {}
        self._begun: set[str] = set()

    def next(self, list_id: str, level: int) -> str:
        """What Word prints before the next paragraph of that list and level; "" for bullets."""
        numbered_list = self._lists.get(list_id)
        if numbered_list is None or not 0 <= level < len(numbered_list.levels):
            return ""
        counts = self._counts.setdefault(numbered_list.family, [None] * LEVELS)
        if list_id not in self._begun:
            self._begun.add(list_id)
            for place in numbered_list.anew:
                counts[place] = None
        self._count(numbered_list.levels, counts, level)
        here = numbered_list.levels[level]
        if here.shape == "bullet":
            return ""

        def number(match: re.Match[str]) -> str:
            place = int(match[1]) - 1
            if place >= len(numbered_list.levels):
                return ""
            shape = numbered_list.levels[place].shape
            return numeral(counts[place] or 0, "decimal" if here.legal and place != level else shape)

        return _LEVEL_NUMBER.sub(number, here.text)

    @staticmethod
    def _count(levels: Sequence[ListLevel], counts: list[int | None], level: int) -> None:
        for place, above in enumerate(levels[:level]):
            if counts[place] is None:
                counts[place] = above.start
        last = counts[level]
        counts[level] = levels[level].start if last is None else min(last + 1, MOST_COUNTED)
        for place in range(level + 1, len(levels)):
            restart = levels[place].restart
            if restart is None or level < restart:
                counts[place] = None


def with_number(number: str, text: str) -> str:
    """A number before its paragraph; a blank stands where the two would run into one another."""
    # 第一条 总则 and 1 总则 need a blank, 一、总则 does not; 3. before 5万元 would read 3.5万元.
    runs_on = (
        number[-1:].isalpha() or number[-1:].isdecimal() or (number[-1:] in ".．" and text[:1].isdigit())
    )
    return f"{number} {text}" if number and text and runs_on else number + text


def numeral(number: int, shape: str) -> str:
    """A number in one of the shapes that Word names; Arabic digits for those that no report uses."""
    if shape == "none":
        return ""
    if shape in _COUNTING:
        return chinese(number)
    if shape in _LEGAL:
        return chinese(number, FORMAL, "拾佰仟")
    if shape in _DIGITAL:
        digits = "".join("〇" if digit == "0" else EVERYDAY[int(digit)] for digit in str(number))
        return "十" if number == 10 else digits
    if shape in _SERIES and 1 <= number <= len(_SERIES[shape]):
        return _SERIES[shape][number - 1]
    if shape in ("upperLetter", "lowerLetter") and number:
        turns, place = divmod(number - 1, 26)
        return chr((65 if shape == "upperLetter" else 97) + place) * min(turns + 1, _MOST_REPEATED)
    if shape in ("upperRoman", "lowerRoman"):
        return _roman(number) if shape == "lowerRoman" else _roman(number).upper()
    if shape == "decimalZero":
        return f"{number:02}"
    if shape in ("decimalFullWidth", "decimalFullWidth2"):
        return "".join(chr(0xFEE0 + ord(digit)) for digit in str(number))
    return str(number)


def _roman(number: int) -> str:
    letters_of_number = ""
    for value, letters in _ROMAN:
        count, number = divmod(number, value)
        letters_of_number += letters * count
    return letters_of_number
