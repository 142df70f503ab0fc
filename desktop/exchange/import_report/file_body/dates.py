"""Dates that stand on a line of their own, however they are written: 2025年4月1日, 2025.4.1, 二〇二五年四月一日."""

from __future__ import annotations

import re
import unicodedata

from desktop.domain.chinese_numerals import NUMERALS, from_numerals

_DIGIT = str.maketrans("〇○◯零Oo一二三四五六七八九", "000000123456789")
_HALF_WIDTH = str.maketrans("０１２３４５６７８９", "0123456789")
_WRITTEN_YEAR = re.compile(r"(?:二[〇○◯零Oo0]|一九)[〇○◯零Oo0一二三四五六七八九]{2}(?=年)")
"""`二〇二五年`, also with the circles and letters that are typed for want of 〇: `二○二五年`, `二O二五年`."""
_WRITTEN_PART = re.compile(rf"(?<=[年月])[{NUMERALS}]{{1,3}}(?=[月日])")
"""`年四月`, `月二十一日`."""
_LONGEST = 40
"""Characters: a date with its label and blanks between its parts; whatever is longer is not searched."""
_LABEL = r"(?:(?:填报|报告|编制|填表)?(?:日期|时间)[:：])?"
_DATE = re.compile(
    rf"{_LABEL}((?:19|20)\d{{2}})(?:年(\d{{1,2}})月(?:(\d{{1,2}})日)?|([./-])(\d{{1,2}})\4(\d{{1,2}}))$"
)
"""`填报日期：2025年4月1日`, `2025年4月`, `2025.4.1`, `2025-04-01`, to the end of the line."""


def with_arabic_dates(text: str) -> str:
    """Years and dates in Chinese numerals or wide digits turned into digits; all other words stay."""
    text = text.translate(_HALF_WIDTH)
    text = _WRITTEN_YEAR.sub(lambda year: year[0].translate(_DIGIT), text)
    return _WRITTEN_PART.sub(lambda part: str(from_numerals(part[0])), text)


def date_in(text: str) -> str:
    """`2025年4月1日` (or `2025年4月`) where a line says a date and nothing else; '' for every other line."""
    if len(text) > _LONGEST:
        return ""
    date = _DATE.match(with_arabic_dates(unicodedata.normalize("NFKC", "".join(text.split()))))
    if not date:
        return ""
    month, day = date[2] or date[5], date[3] or date[6]
    if not 1 <= int(month) <= 12 or not 1 <= int(day or 1) <= 31:
        return ""
    return f"{date[1]}年{int(month)}月" + (f"{int(day)}日" if day else "")
