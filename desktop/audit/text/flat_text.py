"""A report's text as the rules read it: without white space, in one width, and every place known in the original."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from desktop.audit.finding import Span

_ONE_WIDTH = str.maketrans(
    # Digits and letters full -> half (`２０２３` -> `2023`), likewise ％ ．＋ － and the minus U+2212; the brackets and
    # stops of Chinese text half -> full (`(一)` -> `（一）`), so that each sign has one form in the patterns.
    {c: c - 0xFEE0 for c in range(0xFF10, 0xFF1A)}
    | {c: c - 0xFEE0 for c in range(0xFF21, 0xFF3B)}
    | {c: c - 0xFEE0 for c in range(0xFF41, 0xFF5B)}
    | {0xFF05: ord("%"), 0xFF0E: ord("."), 0xFF0B: ord("+"), 0xFF0D: ord("-"), 0x2212: ord("-")}
    | {ord(a): ord(b) for a, b in zip("(),;:?!＜＞＝〔〕", "（），；：？！<>=（）", strict=True)}
)
_INVISIBLE = frozenset("\u200b\u200c\u200d\u2060\ufeff\u00ad")
"""Zero-width blanks and joiners, byte order mark, soft hyphen: copied from web pages and PDFs, seen by nobody."""
_PARAGRAPH_ENDS = frozenset("。！？；：")
_ITEM_START = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十\d]{1,3}）|\d{1,2}[、.．](?!\d)|附件|[-•●]\s)"
)
"""`二、`, `（3）`, `4.其他`, `附件2`, `- `: a line that begins so begins something new; `3.5万元` does not."""
_SHORTEST_FULL_LINE = 24
"""A line at least so long that ends without punctuation is taken to go on in the next: printed pages have 28
characters a line (GB/T 9704, docs/domain.md 7), narrower pages of the web some fewer; headings are shorter."""
_TITLE = re.compile(
    r"^[^，。；]*20\d\d年度?[^，。；]*(?:报告|说明|决算|公开|结果)$|^[^，。；]*(?:自评|评价)报告$"
)
_TOP_LINES = 6
"""`2023年度清河县农业农村局部门整体支出绩效自评报告`: so far up a long line that ends so is the title."""
_MOST_LINE_ENDS = 2
"""One empty line inside a paragraph is left by the end of a page; more part two paragraphs."""
_SENTENCE_END = re.compile(r"[。！？]+[”’）]*")
"""`…完成。”`: the quote or bracket that closes behind the stop belongs to the sentence."""
_THOUSANDS_COMMA = re.compile(r"(?<=\d)[,，](?=\d{3}(?!\d))")
"""`1，234.5`: a comma before exactly three digits parts thousands; `3，2023年` parts two clauses."""


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

    def stretch(self, span: Span) -> tuple[int, int]:
        """A span of the original in `flat`."""
        return bisect_left(self._places, span.start), bisect_left(self._places, span.end)

    @cached_property
    def lines(self) -> list[tuple[int, int]]:
        """Start and end of each line in `flat`, empty ones left out."""
        return list(zip(self._line_starts, self._line_starts[1:], strict=False))

    @cached_property
    def paragraphs(self) -> list[tuple[int, int]]:
        """Lines joined where the text was only wrapped."""
        joined: list[tuple[int, int]] = []
        for start, end in self.lines:
            if joined and self._continues(joined[-1], start, end):
                joined[-1] = (joined[-1][0], end)
            else:
                joined.append((start, end))
        return joined

    def _continues(self, paragraph: tuple[int, int], start: int, end: int) -> bool:
        """Whether a line continues the paragraph before it: that is long, unfinished, and this begins nothing."""
        last = self.flat[paragraph[1] - 1]
        if last == "." and self.flat[start].isdigit():
            return True  # `95.` | `10%`: a number broken by the end of a line
        if last in _PARAGRAPH_ENDS or _ITEM_START.match(self.flat, start, end):
            return False
        # A tab between two lines shows that both are cells of a table.
        gap = self.raw[self._places[paragraph[1] - 1] + 1 : self._places[start]]
        number = bisect_left(self._line_starts, paragraph[1]) - 1
        last_line = self._line_starts[number]
        if number < _TOP_LINES and _TITLE.match(self.flat[last_line : paragraph[1]]):
            return False
        long = paragraph[1] - last_line >= _SHORTEST_FULL_LINE
        return long and gap.count("\n") <= _MOST_LINE_ENDS and "\t" not in gap

    @cached_property
    def sentences(self) -> list[Sentence]:
        """Sentences within paragraphs; 。！？ end one, ； does not."""
        sentences = []
        for number, (start, end) in enumerate(self.paragraphs):
            at = start
            for match in _SENTENCE_END.finditer(self.flat[start:end]):
                sentences.append(
                    Sentence(at, start + match.end(), self.flat[at : start + match.end()], number)
                )
                at = start + match.end()
            if at < end:
                sentences.append(Sentence(at, end, self.flat[at:end], number))
        return sentences


def _lines(raw: str) -> Iterator[tuple[int, str]]:
    start = 0
    for line in raw.splitlines(keepends=True):
        yield start, line
        start += len(line)


def _translated(flat: str) -> str:
    """One width for every sign. A comma between digits that parts thousands stays one."""
    marked = _THOUSANDS_COMMA.sub("\x00", flat)
    return marked.translate(_ONE_WIDTH).replace("\x00", ",")
