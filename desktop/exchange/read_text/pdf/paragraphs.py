"""The lines of a PDF put together to paragraphs: which line is only wrapped, and what a paragraph is set in."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from desktop.exchange.document.blocks import width_em
from desktop.exchange.read_text.lines import DocumentLine, LineType, Piece, RunType, line_type
from desktop.exchange.read_text.pdf.page import Run
from desktop.exchange.read_text.pdf.tables import joined_text

HEADING = re.compile(
    r"[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)]|第[一二三四五六七八九十]+(?:[章节条]|部分)|附件"
)
"""`一、`, `（二）`, `第三章`, `第二部分`, `附件`: how a line begins that is never the continuation of another (docs/domain.md 7)."""
_ITEM = re.compile(r"\d{1,2}[.．、](?!\d)|[（(]\d{1,2}[）)]|[①-⑳]")
"""`1.`, `（2）`, `③`: where no paragraph is indented, these begin one too; `1.5万元` does not."""
_DECIMAL_HEADING = re.compile(r"\d{1,2}(?:\.\d{1,2}){1,3}\s*(?![万亿元])[\u4e00-\u9fff]{2}")
"""`2.2.2 项目支出` below a sentence that ended with its line; `2.5 万元` goes on with one."""
_TO_PAGE = re.compile(r"[.．…·]{4,}\s*\d{0,3}$")
"""`1.1 医院概况………1`: a line of the 目录, always full."""
_SENTENCE_ENDS = ("。", "：", "！", "？", ".")
"""With these a full line may have ended its paragraph; with any other character it goes on."""
_WIDER_GAP = 1.3
"""Of the usual distance from line to line: so far below begins another paragraph."""
_HANGING_STOPS = tuple("，。；：、！？）》”’")
"""Signs for which many programs let a full line reach over the edge of the column."""
_LONGEST_PARAGRAPH = 20_000
"""Characters: what is longer was never one paragraph."""
_SAME_PLACE = 0.7
_INDENT = (1.3, 4.5)
_ROOM_IN_A_FULL_LINE = 1.6
"""All in widths of a character: two places that count as one, how far a paragraph's first line is moved in
(two by rule, docs/domain.md 7), and how much of a full line may be empty besides the room that the next word
lacks: a stop that was moved down with it."""
_LONG_LINE, _FEWEST_LONG_LINES = 0.6, 3
"""Lines from which the column is known: so much of the widest, and so many of them; headings are shorter."""
_SHORT_PARAGRAPHS = 3
"""Where a third as many lines that go on with a long one stand further out as do at the commonest place,
paragraphs have one or two lines and most long lines are first ones."""
_INDENTED_PARAGRAPHS = 10
"""A tenth as many long lines further in show that paragraphs are indented."""
_SAME_SIZE = 0.6
"""Points by which two lines of one paragraph may differ in size: programs write `15.96` for 16."""
_CENTRED_FROM = 2.6
"""Widths of a character: so far in begins a line in the middle; a paragraph's first line is moved in by two."""
_SET_APART = 20
"""Widths of a character: in a box or a note, where only a few lines are of their size, a line so long may be full."""
_LONGEST_BROKEN = 50
"""Signs of a heading that is broken by hand into two lines."""
_UNBREAKABLE = re.compile(r"[“（《(]*(?:[\dA-Za-z.,%~-]+\w{0,2}|.)[，。；：、！？）》”)]*")
"""What is not broken at a line's end: an amount stays with its unit, and a stop with its word: `“511.25万元，`."""
_CHINESE = re.compile(r"[\u3400-\u9fff]")
_JUSTIFICATION_BLANK = re.compile(
    r"(?<=[\u4e00-\u9fff，。；：、）”]) (?=[\u4e00-\u9fff\d（“，。；：、）”])"
    r"|(?<=[\d%]) (?=[\u4e00-\u9fff，。；：、（“）”])"
)
"""A blank that was never typed: between Chinese and digits, and where a line was drawn out to its end."""


class Line(NamedTuple):
    """A line as it stands on its page."""

    page: int
    x: float
    y: float
    size: float
    text: str
    order: float = 0
    """Its place among what was drawn on the page, from what is read first to what is read last."""
    end: float = 0.0
    """Where it was seen to end; 0 where only its words tell."""
    pieces: tuple[Piece, ...] = ()
    marks: tuple[tuple[int, str], ...] = ()
    """The marks of footnotes, as `tables.Line` has them."""

    @property
    def left(self) -> float:
        """Where the first sign stands: some documents indent with blanks."""
        return self.x + self.size * width_em(self.text[: len(self.text) - len(self.text.lstrip())])

    @property
    def right(self) -> float:
        return self.end or self.x + self.size * width_em(self.text.rstrip())

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2


class Column(NamedTuple):
    """Where the body's lines begin and end."""

    left: float
    right: float
    indents: bool
    """Whether paragraphs begin further in, so that the place of a line tells whether it goes on."""
    size: float = 0.0
    gap: float = 0.0
    """From line to line."""
    set_in: LineType | None = None
    """What most of its lines are set in."""

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2


class _Paragraph(NamedTuple):
    text: str
    lines: list[Line]


def paragraph_lines(lines: Sequence[Line], column: Column | None) -> Iterator[DocumentLine]:
    """Each paragraph with its pieces and what it is set in."""
    for text, of_it in _paragraphs(lines, column):
        pieces = tuple(piece for line in of_it for piece in line.pieces)
        yield DocumentLine(text, source=pieces, type=_type_of(of_it, column))


def paragraphs(lines: Sequence[Line], column: Column | None = None) -> list[str]:
    """The lines of one paragraph as one; cells of tables stay apart. `column` is that of the whole text."""
    return [text for text, _ in _paragraphs(lines, column)]


def _paragraphs(lines: Sequence[Line], column: Column | None) -> list[_Paragraph]:
    column = column or column_of(lines)
    found: list[_Paragraph] = []
    hanging: float | None = None  # where the lines below a paragraph's first one begin, if further in
    for line in lines:
        last = found[-1] if found else None
        if last is not None and column is not None and len(last.text) < _LONGEST_PARAGRAPH:
            before = last.lines[-1]
            hangs = _hangs(before, line, column, hanging if len(last.lines) > 1 else None)
            if hangs or continues(before, line, column):
                hanging = line.left if hangs else None
                text = joined_text(last.text.rstrip(), line.text.strip())
                found[-1] = _Paragraph(text, [*last.lines, line])
                continue
        hanging = None
        found.append(_Paragraph(line.text.rstrip(), [line]))
    return [_without_drawn_blanks(each, column) for each in found]


def _without_drawn_blanks(paragraph: _Paragraph, column: Column | None) -> _Paragraph:
    alone = bool(column and _in_column(paragraph.lines[0], column) and paragraph.text.rstrip().endswith("。"))
    running = alone or len(paragraph.lines) > 1
    return paragraph._replace(text=_JUSTIFICATION_BLANK.sub("", paragraph.text)) if running else paragraph


def column_of(lines: Sequence[Line]) -> Column | None:
    """Where most of the long lines begin and end; None where there are too few to tell."""
    if not lines:
        return None
    widest = max(line.right - line.x for line in lines)
    long = [line for line in lines if line.right - line.x > widest * _LONG_LINE]
    size = Counter(round(line.size) for line in long).most_common(1)[0][0]
    long = [line for line in long if round(line.size) == size]
    if len(long) < _FEWEST_LONG_LINES:
        return None
    left = Counter(round(line.left) for line in long).most_common(1)[0][0]
    inside = [line for line in long if abs(line.left - left) < _SAME_PLACE * size]
    moved = [line for line in long if _INDENT[0] * size < line.left - left < _INDENT[1] * size]
    reach = widest * _LONG_LINE
    outside = [
        line
        for before, line in pairwise(lines)
        if before.right - before.x > reach
        and round(before.size) == round(line.size) == size
        and _INDENT[0] * size < left - line.left < _INDENT[1] * size
    ]
    if len(outside) * _SHORT_PARAGRAPHS > len(inside):
        left, inside, moved = round(min(line.left for line in outside)), outside, inside
    ends = sorted(_end_of_words(line) for line in (*inside, *moved))
    right = ends[len(ends) * 9 // 10]  # not the last: a quote may hang over the edge
    gaps = Counter(round(one.y - other.y, 1) for one, other in pairwise(lines) if one.page == other.page)
    gap = max(gaps.most_common(1)[0][0], 0.0) if gaps else 0.0
    types = Counter(found for line in long if (found := line_type(_stretches([line]))) is not None)
    set_in = types.most_common(1)[0][0] if types else None
    return Column(left, right, len(moved) * _INDENTED_PARAGRAPHS > len(inside), size, gap, set_in)


def _end_of_words(line: Line) -> float:
    """Where a line ends without its last stop, which may hang over the edge."""
    return line.right - (line.size if line.text.rstrip().endswith(_HANGING_STOPS) else 0.0)


def _in_column(line: Line, column: Column) -> bool:
    """Whether a line stands where lines of the body do."""
    return -_SAME_PLACE * line.size < line.left - column.left < _INDENT[1] * line.size


def _is_full(line: Line, after: Line, right: float) -> bool:
    """Whether the next line's first word had no room behind a line."""
    word = _UNBREAKABLE.match(after.text.strip())
    return line.right >= right - line.size * (width_em(word[0] if word else "") + _ROOM_IN_A_FULL_LINE)


def continues(line: Line, after: Line, column: Column) -> bool:
    """Whether a line is full and the next one its continuation."""
    size = line.size
    text, next_text = line.text.rstrip(), after.text.strip()
    if abs(after.size - size) > _SAME_SIZE or _changes_type(line, after):
        return False
    if HEADING.match(next_text) and not _goes_on_with_a_number(line, after, column):
        return False
    if _TO_PAGE.search(text):
        return False
    if text.endswith("。") and _DECIMAL_HEADING.match(next_text):
        return False
    if column.size and size < column.size - 1 and _set_apart(line, after, text):
        return True
    if _is_broken_heading(line, after, column):
        return True
    if not _is_full(line, after, column.right):
        return False
    if _is_title(line, after, column):
        return True
    begin = after.x if after.left - after.x <= size else after.left  # a line may break at a blank
    if not _in_column(line, column) or abs(begin - column.left) > _SAME_PLACE * size:
        return False
    apart = line.page == after.page and column.gap > 0 and line.y - after.y > column.gap * _WIDER_GAP
    return column.indents or not (apart or text.endswith(_SENTENCE_ENDS) or _ITEM.match(next_text))


def _goes_on_with_a_number(line: Line, after: Line, column: Column) -> bool:
    """`…；` | `二、经济效益，…`: in a full line's sentence, where paragraphs and headings are moved in and this line is not."""
    at_edge = abs(after.left - column.left) < _SAME_PLACE * line.size
    says = re.search("[，。；]", after.text) is not None
    return column.indents and at_edge and says and not line.text.rstrip().endswith(_SENTENCE_ENDS)


def _set_apart(line: Line, after: Line, text: str) -> bool:
    """`…把演出和宣讲一` | `并送到村里。`: lines of a box or a note, whose width nobody knows."""
    long = line.right - line.left >= _SET_APART * line.size and line.right >= after.right
    together = line.page == after.page and abs(line.left - after.left) <= 2.5 * line.size
    return (
        long
        and together
        and not text.endswith((*_SENTENCE_ENDS, "；", "…"))
        and not _ITEM.match(after.text.strip())
    )


def _is_broken_heading(line: Line, after: Line, column: Column) -> bool:
    """`一、预算安排与执行` | `情况`: a heading broken by hand, its second line where no paragraph begins."""
    next_text, size = after.text.strip(), line.size
    near = line.page == after.page and line.y - after.y <= max(column.gap * _WIDER_GAP, 2 * size)
    numbered = HEADING.match(line.text.strip()) and not _ITEM.match(next_text)
    if not (near and numbered) or re.search("[。：；，]", line.text + next_text):
        return False
    alike = [line_type(_stretches([each])) for each in (line, after)]
    if alike[0] != alike[1] or len(line.text.strip() + next_text) > _LONGEST_BROKEN:
        return False
    at_edge = abs(after.left - column.left) < _SAME_PLACE * size
    moved_in = column.indents and line.left - column.left > _INDENT[0] * size
    apart = alike[0] != column.set_in and abs(line.left - after.left) < _SAME_PLACE * size
    return (at_edge and (moved_in or apart)) or all(_is_centred(each, column) for each in (line, after))


def _is_title(line: Line, after: Line, column: Column) -> bool:
    """`清河县水利局二〇二三年度整体支出绩效自评` | `报告`: a title too long for one line, both in the middle."""
    if line.size < column.size + 1 or line.page != after.page:
        return False
    return all(abs(each.middle - column.middle) < _INDENT[0] * line.size for each in (line, after))


def _hangs(line: Line, after: Line, column: Column, hanging: float | None) -> bool:
    """`1.压减一般性支出，…` and below it the rest, moved in as far as the words behind the number."""
    if abs(after.size - line.size) > _SAME_SIZE or not _is_full(line, after, column.right):
        return False
    next_text = after.text.strip()
    if HEADING.match(next_text) or _ITEM.match(next_text) or _changes_type(line, after):
        return False
    if hanging is not None:
        return abs(after.left - hanging) <= _SAME_PLACE * line.size
    number = _ITEM.match(line.text.strip())
    if number is None or after.left <= column.left + _SAME_PLACE * line.size:
        return False
    behind = line.left + line.size * width_em(number[0])
    return behind - _SAME_PLACE * line.size <= after.left <= behind + _INDENT[0] * line.size


# --- what lines are set in ----------------------------------------------------------------------


def _changes_type(line: Line, after: Line) -> bool:
    """Whether a line is set in other type than the one before it: a heading below text, or text below a heading. A
    paragraph that begins in bold goes on in its usual type within a line."""
    if not (_CHINESE.search(line.text) and _CHINESE.search(after.text)):
        return False  # `９５．２６％。` is in no type of its own
    one, other = (line_type(_of_chinese(_stretches([each]))) for each in (line, after))
    if one is None or other is None or one[:3] == other[:3]:
        return False
    last = next((run for text, run in reversed(_stretches([line])) if not text.isascii()), None)
    first = next((run for text, run in _stretches([after]) if not text.isascii()), None)
    return last is not None and first is not None and last != first


def _of_chinese(stretches: list[tuple[str, RunType]]) -> list[tuple[str, RunType]]:
    """Those of Chinese signs, where there are any: digits, also `３８０１`, come from fonts of their own."""
    return [each for each in stretches if _CHINESE.search(each[0])] or stretches


def _stretches(lines: Sequence[Line]) -> list[tuple[str, RunType]]:
    return [
        (piece.text, RunType(round(run.size * 2), run.bold, run.font))
        for line in lines
        for piece in line.pieces
        if isinstance(run := piece.place, Run) and piece.text.strip()
    ]


def _type_of(lines: Sequence[Line], column: Column | None) -> LineType | None:
    found = line_type(_stretches(lines))
    if found is None or column is None:
        return found
    return found._replace(centred=_is_centred(lines[-1], column))


def _is_centred(line: Line, column: Column) -> bool:
    near = _SAME_PLACE * line.size
    free = line.left - column.left > _CENTRED_FROM * line.size and column.right - line.right > near
    return free and abs(line.middle - column.middle) < 2 * near
