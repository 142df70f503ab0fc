"""Lines of a report that may be headings: their number, their words, and the text glued behind them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from desktop.domain.chinese_numerals import NUMERALS, from_numerals

_FORMAL = "壹贰叁肆伍陆柒捌玖拾"
_EDITOR_MARKS = re.compile(r"^[#*\s\u3000]+(?!\d*%)")
"""`## 一、`, `**一、`: what a text editor puts before a heading; `# 5%` is no heading."""
_NUMBER_STYLES = (
    (1, re.compile(rf"第([{NUMERALS}]{{1,3}}|\d{{1,2}})(?:部分|章)[、:：\s]*")),  # 第一部分 基本情况
    (1, re.compile(rf"([{NUMERALS}]{{1,3}}|[{_FORMAL}]{{1,3}})\s*[、.．:：]\s*")),  # 一、 十二. 壹、
    (2, re.compile(rf"[（(]\s*([{NUMERALS}]{{1,3}})\s*[)）]\s*[、.．]?\s*")),  # （一） (二)、
    (3, re.compile(r"(\d{1,2})\s*[、．]\s*|(\d{1,2})\s*\.\s*(?!\d)")),  # 1、 1. but not 1.5万元
    (4, re.compile(r"[（(]\s*(\d{1,2})\s*[)）]\s*[、.．]?\s*")),  # （1） (2)、
)
"""Levels of headings by how they are numbered (docs/domain.md 7). Blanks within a number and behind it are what
conversion leaves of Word's own numbers: `1、 基本情况` (docs/domain.md 6.4)."""
_TITLE_END = re.compile(r"[。：:；]|\s{1,}|——|—")
"""`（一）职能职责：负责全县…`: where the words of a heading may end and text begin on the same line."""
LONGEST = 40
"""Characters of a heading's words; whatever is longer is text. The longest of the outlines has 24."""


class NumberedLine(NamedTuple):
    """A line as a heading might have it.

    `style` is 1 for 一、 2 for （一） 3 for 1. 4 for （1） and 0 where no number stands; `level` is the
    style's level in the file (0: none given); `words` stand behind the number.
    """

    style: int
    ordinal: int
    number: str
    words: str
    level: int = 0

    @property
    def marked(self) -> bool:
        """A number or a style says that it is more than words."""
        return self.style > 0 or self.level > 0


class TitleSplit(NamedTuple):
    """A heading's words, and the text behind them; `stop` is what parts the two ('' where nothing does)."""

    title: str
    stop: str
    tail: str


def numbered_line(line: str, level: int = 0) -> NumberedLine:
    """The line with its number taken apart."""
    text = _EDITOR_MARKS.sub("", line.strip())
    for style, pattern in _NUMBER_STYLES:
        number = pattern.match(text)
        if number:
            ordinal = from_numerals(next(filter(None, number.groups())))
            return NumberedLine(style, ordinal, number[0].strip(), text[number.end() :].strip(), level)
    return NumberedLine(0, 0, "", text, level)


def title_splits(head: NumberedLine) -> Iterator[TitleSplit]:
    """The whole line as a heading, then every place where its words may end and text begin."""
    words = head.words
    if len(words) <= LONGEST:
        yield TitleSplit(words.rstrip("。：:；;"), "", "")
    for end in _TITLE_END.finditer(words, 0, LONGEST + 1):
        title, tail = words[: end.start()].strip(), words[end.end() :].strip()
        if title and tail:
            yield TitleSplit(title, end[0].strip() or " ", tail)


def is_phrase(text: str) -> bool:
    """Words without a sentence in them, as headings are: `项目实施情况`, and not `全年巡查36次，` or `1200户`.

    Nothing vouches for such a heading but its form, so it must be shorter than one that an outline knows.
    """
    characters = len(re.findall(r"[\u4e00-\u9fff]", text))
    no_sentence = not re.search(r"[。；;，,：:！？!?]|\d{3}|%|\t", text)
    return characters > 1 and len(text) <= LONGEST - 10 and no_sentence
