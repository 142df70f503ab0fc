"""The body's paragraphs, the numbers they begin with, and the heading each stands under."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, replace
from functools import lru_cache

from desktop.audit.text.reading import Reading
from desktop.domain.chinese_numerals import chinese, from_numerals

CHINESE, CHINESE_BRACKET, ARABIC, ARABIC_BRACKET = range(4)
"""一、 · （一） · 1、 · （1）: the four levels of headings and lists, top first."""

_MARK = re.compile(
    # `- 3、` and `• 3、`: a bullet that a list style left before its number.
    r"(?P<dash>[-•●·]?)(?:"
    # `二、机构设置`; not `一、二级指标` or `一、二类`, which only name two kinds.
    r"(?P<k0>[一二三四五六七八九十]{1,3})(?P<s0>[、.])(?![一二三四五六七八九十][、级类等是])"
    r"|（(?P<k1>[一二三四五六七八九十]{1,3})）(?P<s1>[、.]?)"
    # `3、`, `3.支出`; not `3.5万元`.
    r"|(?P<k2>\d{1,2})(?P<s2>[、.])(?!\d)"
    r"|（(?P<k3>\d{1,2})）(?P<s3>[、.]?))"
)
_FUTURE_CHAPTER = re.compile(r"下一步|改进|打算|计划|建议|措施")
"""`八、下一步改进措施`: what stands under such a heading is still to be done (docs/domain.md 4)."""
_LONGEST_HEADING = 40
"""Characters. Official headings name two or three things (`（二）资产的配置、使用和处置情况`); more is a sentence."""
_SHOWN_OF_TITLE = 20
"""So much of a title is marked in a finding: enough to find it again."""
_KEPT_OF_TITLE = 30
"""So much of a title is searched for what a chapter is about."""


@dataclass(frozen=True, slots=True)
class Passage:
    """One paragraph of the body, in places of `flat`."""

    start: int
    end: int
    text: str


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
        return self.start, self.after + min(len(self.title), _SHOWN_OF_TITLE)

    def as_kind(self, kind: int) -> Mark:
        return replace(self, kind=kind)


@lru_cache(maxsize=2)
def passages(reading: Reading) -> list[Passage]:
    """The paragraphs of the body; forms, tables, cover and contents are left out. Kept for the reading that the rules share."""
    flat = reading.text.flat
    return [Passage(a, b, flat[a:b]) for a, b in reading.text.paragraphs if reading.in_body(a)]


def mark_of(passage: Passage) -> Mark | None:
    match = _MARK.match(passage.text)
    if not match:
        return None
    kind = next(k for k in range(4) if match[f"k{k}"])
    digits = match[f"k{kind}"]
    number = from_numerals(digits)
    if kind < ARABIC and not number:  # “一二、”
        return None
    title = passage.text[match.end() :]
    return Mark(
        kind,
        number,
        match[f"s{kind}"],
        bool(match["dash"]),
        passage.start,
        passage.start + match.end(),
        title,
    )


def marks(reading: Reading) -> list[Mark]:
    """All numbered paragraphs of the body in order."""
    return [mark for mark in map(mark_of, passages(reading)) if mark is not None]


class Headings:
    """The headings (一、 and below it （一）) every place of the body stands under."""

    def __init__(self, numbered: list[Mark]) -> None:
        self._starts: list[int] = []
        self._titles: list[str] = []
        top = below = ""
        for mark in numbered:
            # `6、绩效情况` is a heading of the top level that lost its Chinese number in conversion.
            lost = mark.kind == ARABIC and mark.number > 1 and mark.heading and mark.title.endswith("情况")
            if mark.kind == CHINESE or lost:
                top, below = mark.title[:_KEPT_OF_TITLE], ""
            elif mark.kind == CHINESE_BRACKET:
                below = mark.title[:_KEPT_OF_TITLE]
            else:
                continue
            self._starts.append(mark.start)
            self._titles.append(top + below)

    def before(self, position: int) -> str:
        """Both titles joined; '' before the first heading."""
        at = bisect_right(self._starts, position) - 1
        return self._titles[at] if at >= 0 else ""

    def is_plan(self, position: int) -> bool:
        """Whether a place stands in a part about what is still to be done."""
        return bool(_FUTURE_CHAPTER.search(self.before(position)))


def heading_number(kind: int, number: int, separator: str = "、") -> str:
    """A number as it should stand at that level."""
    forms = {
        CHINESE: f"{chinese(number)}、",
        CHINESE_BRACKET: f"（{chinese(number)}）",
        ARABIC: f"{number}{separator or '、'}",
        ARABIC_BRACKET: f"（{number}）",
    }
    return forms[kind]
