"""The body's paragraphs, the numbers they begin with, and the heading each stands under."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property, lru_cache

from desktop.audit.text.reading import Reading
from desktop.domain.chinese_numerals import chinese, from_numerals

CHINESE, CHINESE_BRACKET, ARABIC, ARABIC_BRACKET, ARABIC_HALF, CIRCLED = range(6)
"""一、 · （一） · 1、 · （1） · 1） · ①: the levels of headings and lists, top first (GB/T 9704 names the first four)."""
PART = -1
"""第一部分, 第二章: above 一、."""
BRACKETED = (CHINESE_BRACKET, ARABIC_BRACKET)

_MARK = re.compile(
    # `- 3、` and `• 3、`: a bullet that a list style left before its number.
    r"(?P<dash>[-•●·]?)(?:"
    # `二、机构设置`; not `一、二级指标` or `一、二类`, which only name two kinds.
    r"(?P<k0>[一二三四五六七八九十]{1,3})(?P<s0>[、.])(?![一二三四五六七八九十][、级类等是])"
    r"|（(?P<k1>[一二三四五六七八九十]{1,3})）(?P<s1>[、.]?)"
    # `3、`, `3.支出`; not `3.5万元`.
    r"|(?P<k2>\d{1,2})(?P<s2>[、.])(?!\d)"
    r"|（(?P<k3>\d{1,2})）(?P<s3>[、.]?)"
    r"|(?P<k4>\d{1,2})(?P<s4>）)"
    r"|(?P<k5>[①-⑳])(?P<s5>[、.]?)"
    # `第三部分`, `第二章`; not `第一部分由…组成`, which is a sentence.
    r"|第(?P<p>[一二三四五六七八九十]{1,3})(?:部分|章|编|篇)(?P<sp>[：、]?)(?![是为由的与和，]))"
)
_FUTURE_CHAPTER = re.compile(r"下一步|改进|打算|计划|建议|措施")
"""`八、下一步改进措施`: what stands under such a heading is still to be done (docs/domain.md 4)."""
_LONGEST_HEADING = 40
"""Characters. Official headings name two or three things (`（二）资产的配置、使用和处置情况`); more is a sentence."""
_SHOWN_OF_TITLE = re.compile(r".{0,20}(?:(?<=[\d.,])[\d.,]*\d)?")
"""So much of a title is marked in a finding: enough to find it again, and no number cut in two (`全年预算1540.0|0万元`)."""
_KEPT_OF_TITLE = 30
"""So much of a title is searched for what a chapter is about."""


@dataclass(frozen=True)
class Passage:
    """One paragraph of the body, in places of `flat`."""

    start: int
    end: int
    text: str

    def place_of(self, match: re.Match[str]) -> tuple[int, int]:
        """Where something found in `text` stands in `flat`."""
        return self.start + match.start(), self.start + match.end()

    @cached_property
    def mark(self) -> Mark | None:
        """The number it begins with; many rules ask for it."""
        return _mark(self)


@dataclass(frozen=True, slots=True)
class Mark:
    """The number a paragraph begins with; `title` is what follows it."""

    kind: int
    number: int
    separator: str
    dash: bool
    start: int
    after: int
    title: str

    @property
    def heading(self) -> bool:
        """Short and without a full stop inside: a heading, not a list item."""
        return len(self.title) <= _LONGEST_HEADING and "。" not in self.title[:-1]

    @property
    def place(self) -> tuple[int, int]:
        shown = _SHOWN_OF_TITLE.match(self.title)
        return self.start, self.after + (shown.end() if shown else 0)


@lru_cache(maxsize=2)
def passages(reading: Reading) -> list[Passage]:
    """The paragraphs of the body; forms, tables, cover and contents are left out. Kept for the reading that the rules share."""
    flat = reading.text.flat
    return [Passage(a, b, flat[a:b]) for a, b in reading.text.paragraphs if reading.in_body(a)]


def _mark(passage: Passage) -> Mark | None:
    match = _MARK.match(passage.text)
    if not match:
        return None
    kind = next((k for k in range(CIRCLED + 1) if match[f"k{k}"]), PART)
    digits, separator = (match["p"], match["sp"]) if kind == PART else (match[f"k{kind}"], match[f"s{kind}"])
    number = ord(digits) - ord("①") + 1 if kind == CIRCLED else from_numerals(digits)
    if kind < ARABIC and not number:  # “一二、”
        return None
    title = passage.text[match.end() :]
    return Mark(
        kind,
        number,
        separator,
        bool(match["dash"]),
        passage.start,
        passage.start + match.end(),
        title,
    )


def marks(reading: Reading) -> list[Mark]:
    """All numbered paragraphs of the body in order."""
    return [passage.mark for passage in passages(reading) if passage.mark is not None]


_TITLE = re.compile(r"[一-龥“”《》（）、]{4,20}")
"""`机构设置情况`: what a heading without a number looks like; anything with a stop, a digit or a colon is text."""
_NO_TITLE = re.compile(r"^(?:单位|附件|附表|注|目录|备注|说明)|[的了]$|^其中|表$")


def unnumbered_headings(reading: Reading, begin: int, end: int) -> list[Passage]:
    """Between two places, short lines without a number that text follows: headings which lost it.

    A line among other short lines is a cell of a table, and no heading.
    """
    everything = passages(reading)
    at = bisect_right(everything, begin, key=lambda passage: passage.start)
    found: list[Passage] = []
    while at < len(everything) and everything[at].end <= end:
        passage = everything[at]
        following = everything[at + 1] if at + 1 < len(everything) else None
        text_follows = following is not None and ("。" in following.text or following.mark is not None)
        if text_follows and _TITLE.fullmatch(passage.text) and not _NO_TITLE.search(passage.text):
            found.append(passage)
        at += 1
    return found


class Headings:
    """The headings (第一部分, 一、 and below it （一）) every place of the body stands under."""

    def __init__(self, numbered: list[Mark]) -> None:
        self._starts: list[int] = []
        self._titles: list[str] = []
        part = top = below = ""
        for mark in numbered:
            # `6、绩效情况` is a heading of the top level that lost its Chinese number in conversion.
            lost = mark.kind == ARABIC and mark.number > 1 and mark.heading and mark.title.endswith("情况")
            if mark.kind == PART:
                part, top, below = mark.title[:_KEPT_OF_TITLE], "", ""
            elif mark.kind == CHINESE or lost:
                top, below = mark.title[:_KEPT_OF_TITLE], ""
            elif mark.kind == CHINESE_BRACKET:
                below = mark.title[:_KEPT_OF_TITLE]
            else:
                continue
            self._starts.append(mark.start)
            self._titles.append(part + top + below)

    def before(self, position: int) -> str:
        """Their titles joined; '' before the first heading."""
        at = bisect_right(self._starts, position) - 1
        return self._titles[at] if at >= 0 else ""

    def is_plan(self, position: int) -> bool:
        """Whether a place stands in a part about what is still to be done."""
        return bool(_FUTURE_CHAPTER.search(self.before(position)))


@lru_cache(maxsize=1024)
def heading_number(kind: int, number: int, separator: str = "、") -> str:
    """A number as it should stand at that level."""
    forms = {
        PART: f"第{chinese(number)}部分",
        CHINESE: f"{chinese(number)}、",
        CHINESE_BRACKET: f"（{chinese(number)}）",
        ARABIC: f"{number}{separator or '、'}",
        ARABIC_BRACKET: f"（{number}）",
        ARABIC_HALF: f"{number}）",
        CIRCLED: chr(ord("①") + number - 1),
    }
    return forms[kind]
