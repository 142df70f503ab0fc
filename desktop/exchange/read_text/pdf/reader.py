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
from desktop.exchange.read_text.lines import DocumentLine, Piece, left_out_note
from desktop.exchange.read_text.pdf.charts import chart_labels
from desktop.exchange.read_text.pdf.fonts import Fonts
from desktop.exchange.read_text.pdf.page import MAX_CONTENT, Shape, read_page
from desktop.exchange.read_text.pdf.page_order import as_seen, drawn_as_read
from desktop.exchange.read_text.pdf.tables import Table, joined_text, lines_of, sourced, tables_of
from desktop.exchange.read_text.pdf.tables_overleaf import append_overleaf, continues_overleaf
from desktop.exchange.read_text.pdf.unseen import as_meant
from desktop.exchange.refusals import damaged_pdf

MAX_PAGES = 1000
"""A report has a hundred; what has more is no report, and would take minutes."""
MAX_CHARACTERS = 5_000_000
"""A report has 60 000."""

_PAGE_NUMBER = re.compile(
    r"(?P<mark>[-—–－―~·•\s]+|第\s*)?(?P<n>\d{1,4})\s*(?:[-—–－―~·•\s]+|页.*|/\s*\d{1,4})?"
)
"""`— 3 —`, `- 3 -`, `第3页 共9页`, `3/9`, or the number alone."""
_HEADING = re.compile(
    r"[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)]|第[一二三四五六七八九十]+[章节条]|附件"
)
"""`一、`, `（二）`, `第三章`, `附件`: how a line begins that is never the continuation of another (docs/domain.md 7)."""
_ITEM = re.compile(r"\d{1,2}[.．、](?!\d)|[（(]\d{1,2}[）)]|[①-⑳]")
"""`1.`, `（2）`, `③`: where no paragraph is indented, these begin one too; `1.5万元` does not."""
_SENTENCE_ENDS = ("。", "；", "：", "！", "？", ".", "”", "…")
"""With these a full line may have ended its paragraph; with any other character it goes on."""
_PICTURE_NOTE = "第{}页有图，图里的文字没有读入；报告里的图由程序自动画出"
_LONGEST_PARAGRAPH = 20_000
"""Characters: what is longer was never one paragraph."""
_MARGIN_LINES = 2
"""So many lines of a page at its top and at its foot may be its number and a running head."""
_SAME_PLACE = 0.7
_INDENT = (1.3, 4.5)
_ROOM_IN_A_FULL_LINE = 1.6
"""All in widths of a character: two places that count as one, how far a paragraph's first line is moved in
(two by rule, docs/domain.md 7), and how much of a full line may be empty besides the room that the next word
lacks: a stop that was moved down with it."""
_LONG_LINE, _FEWEST_LONG_LINES = 0.6, 3
"""Lines from which the column is known: so much of the widest, and so many of them; headings are shorter."""
_SHORT_PARAGRAPHS = 3
"""Where a third as many long lines stand further out as do at the commonest place, paragraphs have one or two
lines and most long lines are first ones."""
_INDENTED_PARAGRAPHS = 10
"""A tenth as many long lines further in show that paragraphs are indented."""
_SAME_SIZE = 0.6
"""Points by which two lines of one paragraph may differ in size: programs write `15.96` for 16."""
_CELL_BORDER = 3.0
"""Points that the shading of a cell may reach over the lines around it."""
_UNBREAKABLE = re.compile(r"[“（《(]*(?:[\dA-Za-z.,%~-]+\w{0,2}|.)[，。；：、！？）》”)]*")
"""What is not broken at a line's end: an amount stays with its unit, and a stop with its word: `“511.25万元，`."""
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

    @property
    def left(self) -> float:
        """Where the first sign stands: some documents indent with blanks."""
        return self.x + self.size * width_em(self.text[: len(self.text) - len(self.text.lstrip())])

    @property
    def right(self) -> float:
        return self.end or self.x + self.size * width_em(self.text.rstrip())


class _PagesRead(NamedTuple):
    """What the pages hold; `pictures` are the pages of charts whose labels were left out."""

    lines: list[Line]
    tables: list[Table]
    pictures: list[int]
    left_out: list[str]
    """What is white or struck out."""

    def without_charts(self, shapes: Mapping[int, Sequence[Shape]]) -> _PagesRead:
        labels, charts = chart_labels(self.lines, shapes)
        lines = [line for number, line in enumerate(self.lines) if number not in labels]
        return _PagesRead(lines, self.tables, sorted([*self.pictures, *charts]), self.left_out)


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
        read = _read_pages(source)
        edges = [(table.page, height) for table in read.tables for height in (table.top, table.bottom)]
        lines = without_page_marks(read.lines, edges)
        document_lines = list(_document_lines(_in_order(lines, read.tables), _column(lines)))
    except (UserError, ImportError):  # a part of the program that is missing is no damage of the file
        raise
    except Exception as error:  # whatever a damaged object leads to
        raise damaged_pdf(source.name) from error
    notes = (DocumentLine("", note=_PICTURE_NOTE.format(page + 1)) for page in dict.fromkeys(read.pictures))
    told = [DocumentLine("", note=left_out_note(read.left_out))] if read.left_out else []
    return [*document_lines, *notes, *told]


def _read_pages(source: Source) -> _PagesRead:
    from pypdf import PdfReader

    reader = PdfReader(io.BytesIO(source.data))
    if reader.is_encrypted and not reader.decrypt(""):
        raise UserError(f"“{source.name}”设有密码。", "请另存一份没有密码的文件再试。")
    if len(reader.pages) > MAX_PAGES:
        raise _too_long(source.name)
    read = _PagesRead([], [], [], [])
    fonts = Fonts()
    shapes: dict[int, list[Shape]] = {}
    characters_left, bytes_left = MAX_CHARACTERS, MAX_CONTENT
    for number, page in enumerate(reader.pages):
        content = read_page(page, fonts, characters_left, bytes_left)
        characters_left -= sum(len(run.text) for run in content.runs)
        bytes_left -= content.size
        if characters_left <= 0 or bytes_left <= 0:
            raise _too_long(source.name)
        content, left_out = as_meant(content)
        read.left_out.extend(left_out)
        tables, free = tables_of(number, content.runs, content.rules)
        runs = [content.runs[at] for at in free]
        # Where the page is read from its top, heights tell the order of lines and tables; else their numbers.
        by_height = not drawn_as_read(runs)
        for begun, line in lines_of(as_seen(runs) if by_height else runs):
            if line.text.strip():
                order = -line.y if by_height else free[begun]
                placed = (line.x, line.y, line.size, line.text, order, line.right)
                read.lines.append(Line(number, *placed, tuple(line.pieces(number))))
        for table in tables:
            table.order = -table.top if by_height else table.order
        read.tables.extend(tables)
        shapes[number] = [shape for shape in content.shapes if not any(_within(shape, t) for t in tables)]
        read.pictures.extend([number] * content.figures)
    return read.without_charts(shapes)


def _within(shape: Shape, table: Table) -> bool:
    """A shaded cell."""
    across = table.left - _CELL_BORDER <= shape.left and shape.right <= table.right + _CELL_BORDER
    return across and table.bottom - _CELL_BORDER <= shape.low and shape.high <= table.top + _CELL_BORDER


def _too_long(name: str) -> UserError:
    return UserError(f"“{name}”太长，已停止读取。", "请只保留报告本身，另存一份后再试。")


def _in_order(lines: Sequence[Line], tables: Sequence[Table]) -> list[Line | Table]:
    """Lines and tables as they follow each other; a table that goes on overleaf is one."""
    ordered: list[Line | Table] = []
    both: list[Line | Table] = [*lines, *tables]
    for each in sorted(both, key=lambda one: (one.page, one.order)):
        last = ordered[-1] if ordered else None
        if isinstance(each, Table) and isinstance(last, Table) and continues_overleaf(last, each):
            append_overleaf(last, each)
        else:
            ordered.append(each)
    return ordered


def _document_lines(ordered: Sequence[Line | Table], column: _Column | None) -> Iterator[DocumentLine]:
    waiting: list[Line] = []
    for each in ordered:
        if isinstance(each, Line):
            waiting.append(each)
            continue
        yield from _paragraph_lines(waiting, column)
        waiting = []
        yield from each.lines()
    yield from _paragraph_lines(waiting, column)


def _paragraph_lines(lines: Sequence[Line], column: _Column | None) -> Iterator[DocumentLine]:
    return sourced(paragraphs(lines, column), (piece for line in lines for piece in line.pieces))


# --- page numbers and running heads -------------------------------------------------------------


def without_page_marks(lines: Sequence[Line], others: Sequence[tuple[int, float]] = ()) -> list[Line]:
    """The lines that belong to the text. `others` are (page, height) of what stands there besides lines."""
    pages: dict[int, list[int]] = {}
    for number, line in enumerate(lines):
        pages.setdefault(line.page, []).append(number)
    edges: list[int] = []
    for on_page in pages.values():
        by_height = sorted(on_page, key=lambda number: lines[number].y)
        edges += dict.fromkeys(by_height[:_MARGIN_LINES] + by_height[-_MARGIN_LINES:])
    numbers = _page_numbers(lines, edges, len(pages))
    dropped = numbers | _running_heads(lines, edges, numbers, others)
    return [line for number, line in enumerate(lines) if number not in dropped]


def _page_numbers(lines: Sequence[Line], edges: Sequence[int], pages: int) -> set[int]:
    """A number alone is a page's only where it counts the pages; one between strokes always is."""
    candidates = {
        number: match for number in edges if (match := _PAGE_NUMBER.fullmatch(lines[number].text.strip()))
    }
    counted = Counter(int(match["n"]) - lines[number].page for number, match in candidates.items())
    enough = max(2, pages // 3 + 1)  # a third of the pages: the others may end in a table or a chart
    return {
        number
        for number, match in candidates.items()
        if match["mark"] or counted[int(match["n"]) - lines[number].page] >= enough
    }


def _running_heads(
    lines: Sequence[Line], edges: Sequence[int], numbers: set[int], others: Sequence[tuple[int, float]]
) -> set[int]:
    """The same words in the margin of most pages, above or below everything else there.

    The title of a form stands in the text, not above it, and `附件1` or a table's title are no running heads.
    """
    often = Counter(lines[number].text.strip() for number in edges)
    pages = len({*(line.page for line in lines), *(page for page, _ in others)})
    repeated = {
        number
        for number in edges
        if often[text := lines[number].text.strip()] > max(2, pages // 2)
        and not (_HEADING.match(text) or text.endswith("表"))
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
    texts: list[str] = []
    running = False
    for number, line in enumerate(lines):
        if (
            number
            and column
            and len(texts[-1]) < _LONGEST_PARAGRAPH
            and _continues(lines[number - 1], line, column)
        ):
            texts[-1] = joined_text(texts[-1].rstrip(), line.text.strip())
            running = True
            continue
        if texts and running:
            texts[-1] = _JUSTIFICATION_BLANK.sub("", texts[-1])
        texts.append(line.text.rstrip())
        running = bool(column and _in_column(line, column) and line.text.rstrip().endswith("。"))
    if texts and running:
        texts[-1] = _JUSTIFICATION_BLANK.sub("", texts[-1])
    return texts


def _column(lines: Sequence[Line]) -> _Column | None:
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
    outside = [line for line in long if _INDENT[0] * size < left - line.left < _INDENT[1] * size]
    if len(outside) * _SHORT_PARAGRAPHS > len(inside):
        left, inside, moved = round(min(line.left for line in outside)), outside, inside
    ends = sorted(line.right for line in (*inside, *moved))
    right = ends[len(ends) * 9 // 10]  # not the last: a stop or a quote may hang over the edge
    return _Column(left, right, len(moved) * _INDENTED_PARAGRAPHS > len(inside))


def _in_column(line: Line, column: _Column) -> bool:
    """Whether a line stands where lines of the body do."""
    return -_SAME_PLACE * line.size < line.left - column.left < _INDENT[1] * line.size


def _continues(line: Line, after: Line, column: _Column) -> bool:
    """Whether a line is full and the next one its continuation."""
    size = line.size
    text, next_text = line.text.rstrip(), after.text.strip()
    word = _UNBREAKABLE.match(next_text)
    room = size * (width_em(word[0] if word else "") + _ROOM_IN_A_FULL_LINE)
    if abs(after.size - size) > _SAME_SIZE or line.right < column.right - room:
        return False
    if not _in_column(line, column) or _HEADING.match(next_text):
        return False
    if abs(after.left - column.left) > _SAME_PLACE * size:
        return False
    return column.indents or not (text.endswith(_SENTENCE_ENDS) or _ITEM.match(next_text))
