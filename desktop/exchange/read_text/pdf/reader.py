"""The paragraphs of a PDF with text: page numbers and running heads dropped, lines put together again."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from desktop.errors import UserError
from desktop.exchange.file_kind import Source
from desktop.exchange.read_text.lines import DocumentLine, left_out_note
from desktop.exchange.read_text.pdf.charts import chart_labels
from desktop.exchange.read_text.pdf.fonts import Fonts
from desktop.exchange.read_text.pdf.notes_below import notes_behind
from desktop.exchange.read_text.pdf.page import MAX_CONTENT, Shape, read_page
from desktop.exchange.read_text.pdf.page_marks import without_page_marks
from desktop.exchange.read_text.pdf.page_order import as_seen, drawn_as_read
from desktop.exchange.read_text.pdf.paragraphs import Column, Line, column_of, paragraph_lines
from desktop.exchange.read_text.pdf.tables import Table, lines_of, tables_of
from desktop.exchange.read_text.pdf.tables_overleaf import append_overleaf, continues_overleaf
from desktop.exchange.read_text.pdf.unseen import as_meant
from desktop.exchange.refusals import damaged_pdf

MAX_PAGES = 1000
"""A report has a hundred; what has more is no report, and would take minutes."""
MAX_CHARACTERS = 5_000_000
"""A report has 60 000."""

_PICTURE_NOTE = "第{}页有图，图里的文字没有读入；报告里的图由程序自动画出"
_CELL_BORDER = 3.0
"""Points that the shading of a cell may reach over the lines around it."""


class _PagesRead(NamedTuple):
    """What the pages hold; `pictures` are the pages of charts whose labels were left out."""

    lines: list[Line]
    tables: list[Table]
    pictures: list[int]
    left_out: list[str]
    """What is white or struck out."""
    tops: dict[int, float]
    """How high each page is."""

    def without_charts(self, shapes: Mapping[int, Sequence[Shape]]) -> _PagesRead:
        labels, charts = chart_labels(self.lines, shapes)
        lines = [line for number, line in enumerate(self.lines) if number not in labels]
        return self._replace(lines=lines, pictures=sorted([*self.pictures, *charts]))


def pdf_lines(source: Source) -> list[DocumentLine]:
    """Its paragraphs and the cells of its tables. UserError where it has a password or is damaged."""
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what it mends by itself is nobody's concern
    try:
        read = _read_pages(source)
        edges = [(table.page, height) for table in read.tables for height in (table.top, table.bottom)]
        lines = without_page_marks(read.lines, edges, read.tops)
        column = column_of(lines)
        document_lines = list(_document_lines(notes_behind(_in_order(lines, read.tables), column), column))
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
    read = _PagesRead([], [], [], [], {})
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
        read.tops[number] = _height(page)
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


def _height(page: Any) -> float:
    """How high a page is as it is shown."""
    box = page.mediabox
    return float(box.width if page.get("/Rotate", 0) in (90, 270) else box.height)


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


def _document_lines(ordered: Sequence[Line | Table], column: Column | None) -> Iterator[DocumentLine]:
    waiting: list[Line] = []
    for each in ordered:
        if isinstance(each, Line):
            waiting.append(each)
            continue
        yield from paragraph_lines(waiting, column)
        waiting = []
        yield from each.lines()
    yield from paragraph_lines(waiting, column)
