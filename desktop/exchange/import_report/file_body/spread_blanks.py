"""Blanks that reading a scan puts between signs: `预 算 编 制` is `预算编制`."""

from __future__ import annotations

import re

_SIGN = r"[\u4e00-\u9fff]"
_SPREAD = re.compile(rf"(?<!{_SIGN}){_SIGN}(?P<blank>[ \u3000\xa0]){_SIGN}(?:(?P=blank){_SIGN})+")
"""Three signs or more, each alone between blanks: neither `张三 李四` nor `王 强`; the last may begin a word."""
_BESIDE_ONE_SIGN = (
    rf"(?<={_SIGN})%(?={_SIGN}(?!{_SIGN}))"
    rf"|(?<=[\s，。；：、（“]{_SIGN})%(?={_SIGN}|[\d０-９])|(?<=^{_SIGN})%(?={_SIGN})"
)
"""`湿 地`, `率 为９５％`: blanks beside a sign that stands alone, in a line that was spread elsewhere too."""


def closed_up(text: str) -> str:
    """The text without such blanks. A line in which no three signs are spread stays as it is: in `2024 年 4 月` and
    between the words of a list they were typed, as are blanks of another width in `单 位 名 称　张三`."""
    for blank in dict.fromkeys(spread["blank"] for spread in _SPREAD.finditer(text)):
        text = re.sub(_BESIDE_ONE_SIGN.replace("%", blank), "", text)
    return text
