"""The body's paragraphs, the numbers they begin with, and the heading each stands under."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, replace

from desktop.audit.text.reading import Reading
from desktop.domain.chinese_numerals import chinese, number_of

CHINESE, CHINESE_BRACKET, ARABIC, ARABIC_BRACKET = range(4)
"""一、 · （一） · 1、 · （1）: the four levels of headings and lists, top first."""

_MARK = re.compile(
    r"(?P<dash>[-•●·]?)(?:"
    r"(?P<k0>[一二三四五六七八九十]{1,3})(?P<s0>[、.])(?![一二三四五六七八九十][、级类等是])"
    r"|（(?P<k1>[一二三四五六七八九十]{1,3})）(?P<s1>[、.]?)"
    r"|(?P<k2>\d{1,2})(?P<s2>[、.])(?!\d)"
    r"|（(?P<k3>\d{1,2})）(?P<s3>[、.]?))"
)
_PLANS = re.compile(r"下一步|改进|打算|计划|建议|措施")


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
        return len(self.title) <= 40 and "。" not in self.title[:-1]

    @property
    def place(self) -> tuple[int, int]:
        return self.start, self.after + min(len(self.title), 20)

    def as_kind(self, kind: int) -> Mark:
        return replace(self, kind=kind)


def passages(reading: Reading) -> list[Passage]:
    """The paragraphs of the body; the printed forms are left out."""
    flat = reading.text.flat
    return [Passage(a, b, flat[a:b]) for a, b in reading.text.paragraphs if not reading.in_annex(a)]


def mark_of(passage: Passage) -> Mark | None:
    match = _MARK.match(passage.text)
    if not match:
        return None
    kind = next(k for k in range(4) if match[f"k{k}"])
    digits = match[f"k{kind}"]
    number = number_of(digits)
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

    def __init__(self, found: list[Mark]) -> None:
        self._starts: list[int] = []
        self._titles: list[str] = []
        top = below = ""
        for mark in found:
            # `6、…情况` is a heading of the top level that lost its Chinese number.
            lost = mark.kind == ARABIC and mark.number > 1 and mark.heading and mark.title.endswith("情况")
            if mark.kind == CHINESE or lost:
                top, below = mark.title[:30], ""
            elif mark.kind == CHINESE_BRACKET:
                below = mark.title[:30]
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
        return bool(_PLANS.search(self.before(position)))


def written(kind: int, number: int, separator: str = "、") -> str:
    """A number as it should stand at that level."""
    forms = {
        CHINESE: f"{chinese(number)}、",
        CHINESE_BRACKET: f"（{chinese(number)}）",
        ARABIC: f"{number}{separator or '、'}",
        ARABIC_BRACKET: f"（{number}）",
    }
    return forms[kind]
