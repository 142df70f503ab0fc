"""A report's text as the rules read it: without white space, in one width, and every place known in the original."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from desktop.audit.finding import Span
from desktop.audit.text.layout import Kind, kinds_of

_ONE_WIDTH = str.maketrans(
    # Digits and letters full -> half (`２０２３` -> `2023`), likewise ％ ．＋ － and the minus U+2212; the brackets and
    # stops of Chinese text half -> full (`(一)` -> `（一）`), so that each sign has one form in the patterns.
    {c: c - 0xFEE0 for c in range(0xFF10, 0xFF1A)}
    | {c: c - 0xFEE0 for c in range(0xFF21, 0xFF3B)}
    | {c: c - 0xFEE0 for c in range(0xFF41, 0xFF5B)}
    | {0xFF05: ord("%"), 0xFF0E: ord("."), 0xFF0B: ord("+"), 0xFF0D: ord("-"), 0x2212: ord("-")}
    | {ord(a): ord(b) for a, b in zip("(),;:?!＜＞＝〔〕", "（），；：？！<>=（）", strict=True)}
)
_SHOWN = re.compile(r"[^\s\u200b\u200c\u200d\u2060\ufeff\u00ad]+")
"""All but white space, and zero-width blanks and joiners, byte order mark, soft hyphen: copied from web pages and
PDFs, seen by nobody."""
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
_SHARE_OF_FULL_LINE = 0.8
"""A numbered line shorter than this part of the usual one is a heading, however long it is."""
_SIGN = re.compile(r"[，。；：]")
_GLUED = re.compile(
    r"(?<=。)(?:（[一二三四五六七八九十]{1,3}）|(?:[一二三四五六七八九十]{1,3}、|\d{1,2}[、.](?!\d))(?=[一-龥]))"
)
"""`。（八）负责…`, `。3、住房…`: a number behind a stop begins a paragraph, even where the end of the line was lost."""
_MOST_LINE_ENDS = 2
"""One empty line inside a paragraph is left by the end of a page; more part two paragraphs."""
_SENTENCE_END = re.compile(r"[。！？]+[”’）]*")
"""`…完成。”`: the quote or bracket that closes behind the stop belongs to the sentence."""
LONGEST_SENTENCE = 5_000
"""Characters: fifteen times as long as any sentence of a report that has stops."""
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
        flat, kinds = list[str](), list[Kind]()
        places, starts = list[int](), [0]
        lines = raw.splitlines(keepends=True)
        line_start = 0
        every = kinds_of(lines)
        for line, kind in zip(lines, every, strict=True):
            if kind is not Kind.PAGE_MARK:
                for shown in _SHOWN.finditer(line):
                    flat.append(shown.group())
                    places += range(line_start + shown.start(), line_start + shown.end())
                if len(places) > starts[-1]:
                    starts.append(len(places))
                    kinds.append(kind)
            line_start += len(line)
        self._places = places
        self._kinds = kinds
        self.raw_lines = list(zip(lines, every, strict=True))
        """Every line as it was read, empty ones too, with what it is."""
        self._line_starts = starts
        """Where each line that is not empty begins in `flat`; the last entry is its length."""
        self.flat = self._translated("".join(flat))

    def _translated(self, flat: str) -> str:
        """One width for every sign; a cell's digits do not touch those of the next: `3，296，600` | `438，300`."""
        cuts = {0, len(flat)}
        for start, end, kind in zip(self._line_starts, self._line_starts[1:], self._kinds, strict=False):
            if kind is Kind.TABLE:
                cuts |= {start, end}
        return "".join(_translated(flat[start:end]) for start, end in pairwise(sorted(cuts)))

    def span(self, start: int, end: int) -> Span:
        """A stretch of `flat` in the original text."""
        if start >= len(self._places):
            return Span(len(self.raw), len(self.raw))
        last = min(max(end, start + 1), len(self._places)) - 1
        return Span(self._places[start], self._places[last] + 1)

    def stretch(self, span: Span) -> tuple[int, int]:
        """A span of the original in `flat`."""
        return bisect_left(self._places, span.start), bisect_left(self._places, span.end)

    def place_of(self, raw: int) -> int:
        """Where in `flat` the first character stands that is at or behind a place of the original."""
        return bisect_left(self._places, raw)

    def kind_at(self, position: int) -> Kind:
        """What the line is in which a place of `flat` stands."""
        return self._kinds[max(0, bisect_right(self._line_starts, position, hi=len(self._kinds)) - 1)]

    def words_before(self, place: int, stops: Iterable[str], most: int) -> str:
        """What stands before a place of `flat`, from the last stop on, `most` characters at most."""
        far = max(place - most, 0)
        ends = (at + len(stop) for stop in stops if (at := self.flat.rfind(stop, far, place)) >= 0)
        return self.flat[max(ends, default=far) : place]

    @cached_property
    def lines(self) -> list[tuple[int, int]]:
        """Start and end of each line in `flat`, empty ones left out."""
        return list(zip(self._line_starts, self._line_starts[1:], strict=False))

    @cached_property
    def paragraphs(self) -> list[tuple[int, int]]:
        """Lines joined where the text was only wrapped, and parted where two were glued together."""
        joined: list[tuple[int, int]] = []
        for number, (start, end) in enumerate(self.lines):
            if joined and self._continues(number):
                joined[-1] = (joined[-1][0], end)
            else:
                joined.append((start, end))
        return [part for paragraph in joined for part in self._parted(*paragraph)]

    def _continues(self, number: int) -> bool:
        """Whether a line continues the one before it: that is long, unfinished, and this begins nothing."""
        (begin, stop), (start, end) = self.lines[number - 1], self.lines[number]
        if not self._kinds[number - 1] is self._kinds[number] is Kind.BODY:
            return False
        last = self.flat[stop - 1]
        if last == "." and self.flat[start].isdigit():
            return True  # `95.` | `10%`: a number broken by the end of a line
        if last in _PARAGRAPH_ENDS or _ITEM_START.match(self.flat, start, end):
            return False
        # A tab between two lines shows that both are cells of a table.
        gap = self.raw[self._places[stop - 1] + 1 : self._places[start]]
        top = bisect_left(self._line_starts, stop) <= _TOP_LINES
        if top and _TITLE.match(self.flat[begin:stop]):
            return False
        long = stop - begin >= _SHORTEST_FULL_LINE and not self._is_heading(begin, stop)
        return long and gap.count("\n") <= _MOST_LINE_ENDS and "\t" not in gap

    def _is_heading(self, start: int, end: int) -> bool:
        """A numbered line without any sign in it that ends far before most others do: nothing goes on behind it."""
        mark = _ITEM_START.match(self.flat, start, end)
        if not mark or _SIGN.search(self.flat, mark.end(), end):
            return False
        return end - start < self._usual_length * _SHARE_OF_FULL_LINE

    @cached_property
    def _usual_length(self) -> int:
        """Of the body's lines that could be full: their width where lines are wrapped, far more where they are not."""
        long = sorted(
            end - start
            for (start, end), kind in zip(self.lines, self._kinds, strict=True)
            if kind is Kind.BODY and end - start >= _SHORTEST_FULL_LINE
        )
        return long[len(long) // 2] if long else 0

    def _parted(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """`…支出。2、一般公共服务支出…` and `…工作。（三）管理…`: two paragraphs on one line."""
        for glued in _GLUED.finditer(self.flat, start + 1, end):
            yield start, glued.start()
            start = glued.start()
        yield start, end

    @cached_property
    def sentences(self) -> list[Sentence]:
        """Sentences within paragraphs; 。！？ end one, ； does not."""
        return [
            Sentence(at, until, self.flat[at:until], number)
            for number, (start, end) in enumerate(self.paragraphs)
            for at, until in self._ended(start, end)
        ]

    def _ended(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Rules hold all numbers of a sentence against one another: a text without stops is parted at its commas."""
        stops = [match.end() for match in _SENTENCE_END.finditer(self.flat, start, end)]
        for stop in (*stops, end):
            while stop - start > LONGEST_SENTENCE:
                far = start + LONGEST_SENTENCE
                comma = _SIGN.search(self.flat, far, min(stop, far + LONGEST_SENTENCE))
                # Without a comma, too, enough is left before the last number to name it.
                cut = comma.end() if comma else far if stop > far + LONGEST_SENTENCE else stop
                yield start, cut
                start = cut
            if start < stop:
                yield start, stop
                start = stop


def _translated(flat: str) -> str:
    """One width for every sign. A comma between digits that parts thousands stays one."""
    marked = _THOUSANDS_COMMA.sub("\x00", flat)
    return marked.translate(_ONE_WIDTH).replace("\x00", ",")
