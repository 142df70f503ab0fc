"""The numbers of a report's own headings: `第一部分`, `一、`, `（一）`, `1.1`, and which stand above which."""

from __future__ import annotations

import re
from typing import NamedTuple

from desktop.domain.chinese_numerals import NUMERALS, from_numerals
from desktop.domain.outline.outline import NO_NUMBER

_FORMAL = "壹贰叁肆伍陆柒捌玖拾"
_KINDS = (
    ("part", re.compile(rf"(第)([{NUMERALS}]{{1,3}}|\d{{1,2}})(部\s*分|章|编)[、:：\s]*")),
    ("joint", re.compile(rf"(第)([{NUMERALS}]{{1,3}}|\d{{1,2}})(节)[、:：\s]*")),
    ("roman", re.compile(r"()([Ⅰ-Ⅻ]|[IVX]{1,4}(?=[、.．]))()[、.．]?\s*")),
    ("chinese", re.compile(rf"()([{NUMERALS}]{{1,3}}|[{_FORMAL}]{{1,3}})(\s*[、.．:：])\s*")),
    ("chinese", re.compile(rf"()([{NUMERALS}]{{1,3}})([\u3000 ])\s*(?=[\u4e00-\u9fff“])")),
    ("bracket", re.compile(rf"([（(]\s*)([{NUMERALS}]{{1,3}})(\s*[)）])\s*[、.．]?\s*")),
    ("decimal", re.compile(r"()(\d{1,2}(?:[.．]\d{1,2}){1,3})()[.．、]?(?![\d%％])\s*")),
    ("arabic", re.compile(r"()(\d{1,2})(\s*[、．]|\s*\.(?!\d))\s*")),
    ("digit", re.compile(r"()(\d{1,2})()\s+(?=[\u4e00-\u9fff“])")),
    ("digit_bracket", re.compile(r"([（(]\s*)(\d{1,2})(\s*[)）])\s*[、.．]?\s*")),
    ("letter", re.compile(r"()([A-Z])(\s*[、．]|\s*\.(?=[\s\u4e00-\u9fff]))\s*")),
    ("circled", re.compile(r"()([①-⑳])()\s*")),
)
"""第一部分 · 第一节 · 一、 · `一　部门概况` · （一） · 1.1 · 1. · `1 部门概况` · （1） · A． · ①, the higher ones first. Letters
have no rank: they stand below whatever was above the first of them."""
_ROMAN = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"]
_ORDER = ("part", "joint", "roman", "chinese", "bracket", "arabic", "digit_bracket", "circled")
RANKS = {kind: rank for rank, kind in enumerate(_ORDER)} | {"digit": _ORDER.index("arabic")}


class HeadingNumber(NamedTuple):
    kind: str
    ordinal: int
    sample: str
    words: str
    depth: int = 0
    """Of `1.1`, how many numerals it has."""


def heading_number_of(text: str) -> HeadingNumber:
    for kind, pattern in _KINDS:
        match = pattern.match(text)
        if match is None:
            continue
        before, numeral, behind = match.groups()
        words = text[match.end() :].strip()
        if kind == "decimal":
            parts = re.split(r"[.．]", numeral)
            return HeadingNumber(
                f"decimal{len(parts)}", int(parts[-1]), ".".join("1" * len(parts)), words, len(parts)
            )
        if kind == "roman":
            if numeral < "Ⅰ" and numeral not in _ROMAN:
                continue
            ordinal = ord(numeral) - ord("Ⅰ") + 1 if numeral >= "Ⅰ" else _ROMAN.index(numeral) + 1
            return HeadingNumber(kind, ordinal, "Ⅰ、", words)
        if kind == "letter":
            return HeadingNumber(kind, ord(numeral) - ord("A") + 1, f"A{behind.strip()}", words)
        if kind == "circled":
            return HeadingNumber(kind, ord(numeral) - ord("①") + 1, "①", words)
        ordinal = int(numeral) if numeral.isdecimal() else from_numerals(numeral)
        one = "1" if numeral.isdecimal() else "一"
        sample = (
            "".join(f"{before}{one}{behind}".split()).replace("(", "（").replace(")", "）").replace("．", ".")
        )
        return HeadingNumber(kind, ordinal, sample, words)
    return HeadingNumber("", 0, NO_NUMBER, text)


def without_number(text: str) -> str:
    """`一、部门概况` -> `部门概况`: as a title stands in the 目录 and above its text."""
    return heading_number_of("".join(text.split())).words


def as_decimal(number: HeadingNumber) -> HeadingNumber:
    """`1 部门概况` and `2.` where `1.1` stands below them."""
    top = number.kind in ("arabic", "digit")
    return number._replace(kind="decimal1", depth=1) if top else number


def rank_of(kind: str) -> int:
    return RANKS.get(kind, len(RANKS))
