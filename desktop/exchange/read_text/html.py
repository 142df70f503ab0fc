"""The lines of a saved web page: its paragraphs, and its tables cell by cell."""

from __future__ import annotations

from desktop.exchange.html_page import Content, HtmlTable, read_page
from desktop.exchange.read_sheet.raw_marks import MAX_COLUMNS, MAX_ROWS
from desktop.exchange.read_text.lines import DocumentLine, placed, table_lines


def page_lines(text: str) -> list[DocumentLine]:
    """What a page prints; a table that only lays out others gives the lines of its cells."""
    return _lines(read_page(text))


def _lines(content: Content) -> list[DocumentLine]:
    lines = list[DocumentLine]()
    for part in content:
        if not isinstance(part, HtmlTable):
            lines.append(DocumentLine(part.text, part.level))
            continue
        rows = (
            [(_lines(c.content), min(c.rows, MAX_ROWS), min(c.columns, MAX_COLUMNS)) for c in row]
            for row in part.rows
        )
        cells = list(placed(rows))
        lines += [line for cell in cells for line in cell.lines] if part.inner else table_lines(cells)
    return lines
