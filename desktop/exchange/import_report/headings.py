"""Lines of a report that may be headings: their number, their words, and the text glued behind them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from desktop.domain.chinese_numerals import NUMERALS, number_of

_FORMAL = "壹贰叁肆伍陆柒捌玖拾"
_MARKS = re.compile(r"^[#*\s\u3000]+(?!\d*%)")
"""What a text editor puts before a heading."""
_NUMBERS = (
    (1, re.compile(rf"第([{NUMERALS}]{{1,3}}|\d{{1,2}})(?:部分|章)[、:：\s]*")),
    (1, re.compile(rf"([{NUMERALS}]{{1,3}}|[{_FORMAL}]{{1,3}})\s*[、.．:：]\s*")),
    (2, re.compile(rf"[（(]\s*([{NUMERALS}]{{1,3}})\s*[)）]\s*[、.．]?\s*")),
    (3, re.compile(r"(\d{1,2})\s*[、．]\s*|(\d{1,2})\s*\.\s*(?!\d)")),
    (4, re.compile(r"[（(]\s*(\d{1,2})\s*[)）]\s*[、.．]?\s*")),
)
_STOP = re.compile(r"[。：:；]|\s{1,}|——|—")
LONGEST = 40
"""Characters of a heading's words; whatever is longer is text."""


class Head(NamedTuple):
    """A line as a heading might have it.

    `style` is 1 for 一、 2 for （一） 3 for 1. 4 for （1） and 0 where no number stands; `level` is the
    style's level in the file (0: none given); `rest` are the words behind the number.
    """

    style: int
    ordinal: int
    number: str
    rest: str
    level: int = 0

    @property
    def marked(self) -> bool:
        """A number or a style says that it is more than words."""
        return self.style > 0 or self.level > 0


class Split(NamedTuple):
    """A heading's words, and the text behind them; `stop` is what parts the two ('' where nothing does)."""

    title: str
    stop: str
    tail: str


def head_of(line: str, level: int = 0) -> Head:
    """The line with its number taken apart."""
    said = _MARKS.sub("", line.strip())
    for style, words in _NUMBERS:
        found = words.match(said)
        if found:
            ordinal = number_of(next(filter(None, found.groups())))
            return Head(style, ordinal, found[0].strip(), said[found.end() :].strip(), level)
    return Head(0, 0, "", said, level)


def splits(head: Head) -> Iterator[Split]:
    """The whole line as a heading, then every place where its words may end and text begin."""
    rest = head.rest
    if len(rest) <= LONGEST:
        yield Split(rest.rstrip("。：:；;"), "", "")
    for found in _STOP.finditer(rest, 0, LONGEST + 1):
        title, tail = rest[: found.start()].strip(), rest[found.end() :].strip()
        if title and tail:
            yield Split(title, found[0].strip() or " ", tail)


def is_phrase(text: str) -> bool:
    """Words without a sentence in them, as headings are."""
    words = len(re.findall(r"[\u4e00-\u9fff]", text))
    return words > 1 and len(text) <= LONGEST - 10 and not re.search(r"[。；;，,：:！？!?]|\d{3}|%|\t", text)
