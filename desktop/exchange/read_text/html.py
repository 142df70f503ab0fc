"""The lines of a saved web page: its paragraphs, and its tables cell by cell."""

from __future__ import annotations

from desktop.exchange.html_page import Content, HtmlTable, pictures_in, placed, read_page
from desktop.exchange.read_sheet.raw_marks import MAX_COLUMNS, MAX_ROWS
from desktop.exchange.read_text.lines import CellPlace, DocumentLine, LineType, TableCell, table_lines

_NO_PICTURES = "网页里有{}张图片没有读入；需要的图可另存为 .docx 再导入"


def page_lines(text: str) -> list[DocumentLine]:
    """What a page prints; a table that only lays out others gives the lines of its cells. Its pictures are told."""
    lines, pictures = _lines(read_page(text)), pictures_in(text)
    return [*lines, DocumentLine("", note=_NO_PICTURES.format(pictures))] if pictures else lines


def _lines(content: Content) -> list[DocumentLine]:
    lines = list[DocumentLine]()
    for part in content:
        if not isinstance(part, HtmlTable):
            set_in = LineType(bold=part.bold, centred=part.centred)
            lines.append(DocumentLine(part.text, part.level, type=set_in))
            continue
        cells = [
            TableCell(
                _lines(cell.content), CellPlace(row, column, last_row - row + 1, last_column - column + 1)
            )
            for cell, row, column, last_row, last_column in placed(part, MAX_ROWS, MAX_COLUMNS)
        ]
        lines += [line for cell in cells for line in cell.lines] if part.inner else table_lines(cells)
    return lines
