"""The paragraphs of a PDF with text: page numbers and running heads dropped, lines put together again."""

from __future__ import annotations

import io
import logging
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from desktop.errors import UserError
from desktop.exchange.document.blocks import width_em
from desktop.exchange.file_kind import Source
from desktop.exchange.read_text.lines import DocumentLine
from desktop.exchange.read_text.pdf.charts import chart_labels
from desktop.exchange.read_text.pdf.fonts import Fonts
from desktop.exchange.read_text.pdf.page import Shape, read_page
from desktop.exchange.read_text.pdf.tables import Table, lines_of, tables_of, together
from desktop.exchange.read_text.pdf.tables_overleaf import goes_on, join
from desktop.exchange.refusals import damaged

MAX_PAGES = 1000
MAX_CHARACTERS = 5_000_000
"""A report has a hundred pages and 60 000 characters."""

_PAGE_NUMBER = re.compile(
    r"(?P<mark>[-—–－―~·•\s]+|第\s*)?(?P<n>\d{1,4})\s*(?:[-—–－―~·•\s]+|页.*|/\s*\d{1,4})?"
)
_HEADING = re.compile(
    r"[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)]|第[一二三四五六七八九十]+[章节条]|附件"
)
_ITEM = re.compile(r"\d{1,2}[.．、](?!\d)|[（(]\d{1,2}[）)]|[①-⑳]")
_STOPS = ("。", "；", "：", "！", "？", ".", "”", "…")
_PICTURE = "第{}页有图，图里的文字没有读入；报告里的图由程序自动画出"
_LONGEST = 20_000  # characters of a paragraph: what is longer was never one
_MARGIN_NOTES = 2
"""So many lines of a page at its top and at its foot may be its number and a running head."""
_NEAR = 0.7
_INDENT = (1.3, 4.5)
_SHORT_OF_FULL = 1.6
"""All in widths of a character: two places that count as one, how far a paragraph's first line is moved in,
and how much of a full line may be empty besides the room that the next word lacks."""
_WORD = re.compile(r"[“（《(]*(?:[\dA-Za-z.,%~-]+\w{0,2}|.)[，。；：、！？）》”)]*")
"""What is not broken at a line's end: an amount stays with its unit, and a stop with its word."""
_STRETCHED = re.compile(
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
    order: int = 0
    """Its place among what was drawn on the page."""
    end: float = 0.0
    """Where it was seen to end; 0 where only its words tell."""

    @property
    def left(self) -> float:
        """Where the first sign stands: some documents indent with blanks."""
        return self.x + self.size * width_em(self.text[: len(self.text) - len(self.text.lstrip())])

    @property
    def right(self) -> float:
        return self.end or self.x + self.size * width_em(self.text.rstrip())


class _Read(NamedTuple):
    """What the pages hold; `pictures` are the pages of charts whose labels were left out."""

    lines: list[Line]
    tables: list[Table]
    pictures: list[int]

    def without_charts(self, shapes: Mapping[int, Sequence[Shape]]) -> _Read:
        labels, charts = chart_labels(self.lines, shapes)
        lines = [line for number, line in enumerate(self.lines) if number not in labels]
        return _Read(lines, self.tables, sorted([*self.pictures, *charts]))


class _Column(NamedTuple):
    """Where the body's lines begin and end."""

    left: float
    right: float
    indents: bool
    """Whether paragraphs begin further in, so that the place of a line tells whether it goes on."""


def pdf_lines(source: Source) -> list[DocumentLine]:
    """Its paragraphs and the cells of its tables. UserError where it has a password or is damaged."""
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what it mends by itself is nobody's concern
    try:
        read = _read(source)
        edges = [(table.page, height) for table in read.tables for height in (table.top, table.bottom)]
        lines = without_page_marks(read.lines, edges)
        found = list(_document_lines(_in_order(lines, read.tables), _column(lines)))
    except UserError:
        raise
    except Exception as error:  # whatever a damaged object leads to
        raise damaged(source.name) from error
    notes = (DocumentLine("", note=_PICTURE.format(page + 1)) for page in dict.fromkeys(read.pictures))
    return [*found, *notes]


def _read(source: Source) -> _Read:
    from pypdf import PdfReader

    reader = PdfReader(io.BytesIO(source.data))
    if reader.is_encrypted and not reader.decrypt(""):
        raise UserError(f"“{source.name}”设有密码。", "请另存一份没有密码的文件再试。")
    if len(reader.pages) > MAX_PAGES:
        raise _too_long(source.name)
    found = _Read([], [], [])
    fonts = Fonts()
    shapes: dict[int, list[Shape]] = {}
    left = MAX_CHARACTERS
    for number, page in enumerate(reader.pages):
        content = read_page(page, fonts, left)
        left -= sum(len(run.text) for run in content.runs)
        if left <= 0:
            raise _too_long(source.name)
        tables, free = tables_of(number, content.runs, content.rules)
        for begun, line in lines_of([content.runs[at] for at in free]):
            if line.text.strip():
                found.lines.append(
                    Line(number, line.x, line.y, line.size, line.text, free[begun], line.right)
                )
        found.tables.extend(tables)
        shapes[number] = [shape for shape in content.shapes if not any(_within(shape, t) for t in tables)]
        found.pictures.extend([number] * content.figures)
    return found.without_charts(shapes)


def _within(shape: Shape, table: Table) -> bool:
    """A shaded cell."""
    across = table.left - 3 <= shape.left and shape.right <= table.right + 3
    return across and table.bottom - 3 <= shape.low and shape.high <= table.top + 3


def _too_long(name: str) -> UserError:
    return UserError(f"“{name}”太长，已停止读取。", "请只保留报告本身，另存一份后再试。")


def _in_order(lines: Sequence[Line], tables: Sequence[Table]) -> list[Line | Table]:
    """Lines and tables as they follow each other; a table that goes on overleaf is one."""
    found: list[Line | Table] = []
    both: list[Line | Table] = [*lines, *tables]
    for each in sorted(both, key=lambda one: (one.page, one.order)):
        last = found[-1] if found else None
        if isinstance(each, Table) and isinstance(last, Table) and goes_on(last, each):
            join(last, each)
        else:
            found.append(each)
    return found


def _document_lines(found: Sequence[Line | Table], column: _Column | None) -> Iterator[DocumentLine]:
    waiting: list[Line] = []
    for each in found:
        if isinstance(each, Line):
            waiting.append(each)
            continue
        yield from map(DocumentLine, paragraphs(waiting, column))
        waiting = []
        yield from each.lines()
    yield from map(DocumentLine, paragraphs(waiting, column))


# --- page numbers and running heads -------------------------------------------------------------


def without_page_marks(lines: Sequence[Line], others: Sequence[tuple[int, float]] = ()) -> list[Line]:
    """The lines that belong to the text. `others` are (page, height) of what stands there besides lines."""
    pages: dict[int, list[int]] = {}
    for number, line in enumerate(lines):
        pages.setdefault(line.page, []).append(number)
    edges: list[int] = []
    for there in pages.values():
        by_height = sorted(there, key=lambda number: lines[number].y)
        edges += dict.fromkeys(by_height[:_MARGIN_NOTES] + by_height[-_MARGIN_NOTES:])
    numbers = _page_numbers(lines, edges, len(pages))
    dropped = numbers | _running_heads(lines, edges, numbers, others)
    return [line for number, line in enumerate(lines) if number not in dropped]


def _page_numbers(lines: Sequence[Line], edges: Sequence[int], pages: int) -> set[int]:
    """A number alone is a page's only where it counts the pages; one between strokes always is."""
    found = {
        number: match for number in edges if (match := _PAGE_NUMBER.fullmatch(lines[number].text.strip()))
    }
    counted = Counter(int(match["n"]) - lines[number].page for number, match in found.items())
    enough = max(2, pages // 3 + 1)
    return {
        number
        for number, match in found.items()
        if match["mark"] or counted[int(match["n"]) - lines[number].page] >= enough
    }


def _running_heads(
    lines: Sequence[Line], edges: Sequence[int], numbers: set[int], others: Sequence[tuple[int, float]]
) -> set[int]:
    """The same words in the margin of most pages; the title of a form stands in the text, not above it."""
    often = Counter(lines[number].text.strip() for number in edges)
    pages = len({*(line.page for line in lines), *(page for page, _ in others)})
    repeated = {
        number
        for number in edges
        if often[said := lines[number].text.strip()] > max(2, pages // 2)
        and not (_HEADING.match(said) or said.endswith("表"))
    }
    heights = [
        line.y for number, line in enumerate(lines) if number not in repeated and number not in numbers
    ]
    heights += [height for _, height in others]
    if not heights:
        return set()
    foot, top = min(heights), max(heights)
    return {number for number in repeated if not foot <= lines[number].y <= top}


# --- paragraphs ---------------------------------------------------------------------------------


def paragraphs(lines: Sequence[Line], column: _Column | None = None) -> list[str]:
    """The lines of one paragraph as one; cells of tables stay apart. `column` is that of the whole text."""
    column = column or _column(lines)
    found: list[str] = []
    running = False
    for number, line in enumerate(lines):
        if number and column and len(found[-1]) < _LONGEST and _goes_on(lines[number - 1], line, column):
            found[-1] = together(found[-1].rstrip(), line.text.strip())
            running = True
            continue
        if found and running:
            found[-1] = _STRETCHED.sub("", found[-1])
        found.append(line.text.rstrip())
        running = bool(column and _in_column(line, column) and line.text.rstrip().endswith("。"))
    if found and running:
        found[-1] = _STRETCHED.sub("", found[-1])
    return found


def _column(lines: Sequence[Line]) -> _Column | None:
    """Where most of the long lines begin and end; None where there are too few to tell."""
    if not lines:
        return None
    widest = max(line.right - line.x for line in lines)
    sizes = Counter(round(line.size) for line in lines if line.right - line.x > widest * 0.6)
    size = sizes.most_common(1)[0][0]
    long = [line for line in lines if round(line.size) == size and line.right - line.x > widest * 0.6]
    if len(long) < 3:
        return None
    left = Counter(round(line.left) for line in long).most_common(1)[0][0]
    inside = [line for line in long if abs(line.left - left) < _NEAR * size]
    moved = [line for line in long if _INDENT[0] * size < line.left - left < _INDENT[1] * size]
    outside = [line for line in long if _INDENT[0] * size < left - line.left < _INDENT[1] * size]
    if len(outside) * 3 > len(inside):  # paragraphs of one or two lines: most long lines are first ones
        left, inside, moved = round(min(line.left for line in outside)), outside, inside
    ends = sorted(line.right for line in (*inside, *moved))
    return _Column(left, ends[len(ends) * 9 // 10], len(moved) * 10 > len(inside))


def _in_column(line: Line, column: _Column) -> bool:
    """Whether a line stands where lines of the body do."""
    return -_NEAR * line.size < line.left - column.left < _INDENT[1] * line.size


def _goes_on(line: Line, after: Line, column: _Column) -> bool:
    """Whether a line is full and the next one its continuation."""
    size = line.size
    text, next_text = line.text.rstrip(), after.text.strip()
    word = _WORD.match(next_text)
    room = size * (width_em(word[0] if word else "") + _SHORT_OF_FULL)
    if abs(after.size - size) > 0.6 or line.right < column.right - room:
        return False
    if not _in_column(line, column) or _HEADING.match(next_text):
        return False
    if abs(after.left - column.left) > _NEAR * size:
        return False
    return column.indents or not (text.endswith(_STOPS) or _ITEM.match(next_text))
