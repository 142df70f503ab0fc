"""A report's text as the rules read it: without white space, in one width, and every place known in the original."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from desktop.audit.finding import Span

_ONE_WIDTH = str.maketrans(
    {c: c - 0xFEE0 for c in range(0xFF10, 0xFF1A)}
    | {c: c - 0xFEE0 for c in range(0xFF21, 0xFF3B)}
    | {c: c - 0xFEE0 for c in range(0xFF41, 0xFF5B)}
    | {0xFF05: ord("%"), 0xFF0E: ord("."), 0xFF0B: ord("+"), 0xFF0D: ord("-"), 0x2212: ord("-")}
    | {ord(a): ord(b) for a, b in zip("(),;:?!＜＞＝〔〕", "（），；：？！<>=（）", strict=True)}
)
_INVISIBLE = frozenset("\u200b\u200c\u200d\u2060\ufeff\u00ad")
_ENDS = frozenset("。！？；：")
_BEGINS = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十\d]{1,3}）|\d{1,2}[、.．](?!\d)|附件|[-•●]\s)"
)
_FULL_LINE = 24
"""A line at least so long that ends without punctuation is taken to go on in the next."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A stretch of `Text.flat` up to and with its end mark; `paragraph` numbers its paragraph."""

    start: int
    end: int
    text: str
    paragraph: int


class Text:
    """`flat` is the text without white space, half-width digits, full-width punctuation (thousands commas stay).

    Rules match on `flat` and turn what they found into spans of the original with `span`.
    """

    def __init__(self, raw: str) -> None:
        self.raw = raw
        flat, places, starts = [], [], [0]
        for line_start, line in _lines(raw):
            for offset, char in enumerate(line):
                if not char.isspace() and char not in _INVISIBLE:
                    flat.append(char)
                    places.append(line_start + offset)
            if len(flat) > starts[-1]:
                starts.append(len(flat))
        self._places = places
        self.flat = _translated("".join(flat))
        self._line_starts = starts
        """Where each line that is not empty begins in `flat`; the last entry is its length."""

    def span(self, start: int, end: int) -> Span:
        """A stretch of `flat` in the original text."""
        if start >= len(self._places):
            return Span(len(self.raw), len(self.raw))
        last = min(max(end, start + 1), len(self._places)) - 1
        return Span(self._places[start], self._places[last] + 1)

    @cached_property
    def lines(self) -> list[tuple[int, int]]:
        """Start and end of each line in `flat`, empty ones left out."""
        return list(zip(self._line_starts, self._line_starts[1:], strict=False))

    @cached_property
    def paragraphs(self) -> list[tuple[int, int]]:
        """Lines joined where the text was only wrapped."""
        found: list[tuple[int, int]] = []
        for start, end in self.lines:
            if found and self._goes_on(found[-1], start, end):
                found[-1] = (found[-1][0], end)
            else:
                found.append((start, end))
        return found

    def _goes_on(self, before: tuple[int, int], start: int, end: int) -> bool:
        """Whether a line only continues the one before it: that was long, unfinished, and this begins nothing."""
        if self.flat[before[1] - 1] == "." and self.flat[start].isdigit():
            return True  # a number broken by the end of a line
        if self.flat[before[1] - 1] in _ENDS or _BEGINS.match(self.flat, start, end):
            return False
        gap = self.raw[self._places[before[1] - 1] + 1 : self._places[start]]
        last_line = before[1] - max(s for s in self._starts_within(before))
        return last_line >= _FULL_LINE and gap.count("\n") <= 2 and "\t" not in gap

    def _starts_within(self, paragraph: tuple[int, int]) -> Iterator[int]:
        from bisect import bisect_left

        at = bisect_left(self._line_starts, paragraph[1]) - 1
        yield self._line_starts[at]

    @cached_property
    def sentences(self) -> list[Sentence]:
        """Sentences within paragraphs; 。！？ end one, ； does not."""
        found = []
        for number, (start, end) in enumerate(self.paragraphs):
            at = start
            for match in re.finditer(r"[。！？]+[”’）]*", self.flat[start:end]):
                found.append(Sentence(at, start + match.end(), self.flat[at : start + match.end()], number))
                at = start + match.end()
            if at < end:
                found.append(Sentence(at, end, self.flat[at:end], number))
        return found


def _lines(raw: str) -> Iterator[tuple[int, str]]:
    start = 0
    for line in raw.splitlines(keepends=True):
        yield start, line
        start += len(line)


def _translated(flat: str) -> str:
    """One width for every sign. A comma between digits that parts thousands stays one."""
    marked = re.sub(r"(?<=\d)[,，](?=\d{3}(?!\d))", "\x00", flat)
    return marked.translate(_ONE_WIDTH).replace("\x00", ",")
