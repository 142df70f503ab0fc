"""The lines of a saved web page: its paragraphs, and its tables cell by cell."""

from __future__ import annotations

from desktop.exchange.html_page import Content, HtmlTable, placed, read_page
from desktop.exchange.read_sheet.raw_marks import MAX_COLUMNS, MAX_ROWS
from desktop.exchange.read_text.lines import CellPlace, DocumentLine, LineType, TableCell, table_lines


def page_lines(text: str) -> list[DocumentLine]:
    """What a page prints; a table that only lays out others gives the lines of its cells."""
    return _lines(read_page(text))


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
