"""A list as an Excel sheet to be handed round: a title, heads with a filter, one line after the other."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from math import ceil
from types import MappingProxyType
from typing import Any, NamedTuple

from desktop.exchange.document.blocks import width_em
from desktop.exchange.excel_out.addresses import MAX_TEXT, clean
from desktop.exchange.excel_out.style import put_text

INK = "1E2732"
_LINE, _MOST_LINES = 15.0, 27
"""Points of a line of 11-point type, and so many as the highest row that Excel has can show."""
_NONE: Mapping[str, str] = MappingProxyType({})


class ListKind(NamedTuple):
    """What a list is called and which columns it has; `inks` colour one cell of a line, that of column
    `inked`, by its words."""

    sheet: str
    heads: tuple[str, ...]
    widths: tuple[int, ...]
    nothing: str
    told_in: int
    """The column in which it is said that there is nothing."""
    inks: Mapping[str, str] = _NONE
    inked: int = 1


def list_bytes(kind: ListKind, title: str, lines: Sequence[Sequence[str]]) -> bytes:
    """The finished .xlsx."""
    stream = io.BytesIO()
    _workbook(kind, title, lines).save(stream)
    return stream.getvalue()


def _workbook(kind: ListKind, title: str, lines: Sequence[Sequence[str]]) -> Any:
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Border, Font, Side

    side = Side(style="thin", color="B9C3CF")
    border, top = Border(left=side, right=side, top=side, bottom=side), Alignment(vertical="top")
    wrapped = Alignment(vertical="top", wrap_text=True)
    fonts = {ink: Font(name="宋体", size=11, color=ink) for ink in {INK, *kind.inks.values()}}
    book = Workbook()
    sheet = book.active
    sheet.title = kind.sheet
    put_text(sheet.cell(1, 1), clean(title)[:MAX_TEXT])
    sheet.cell(1, 1).font, sheet.cell(1, 1).alignment = Font(name="宋体", size=14, bold=True), top
    nothing = [""] * len(kind.heads)
    nothing[kind.told_in] = kind.nothing
    for row, line in enumerate([kind.heads, *(lines or [nothing])], 2):
        for column, text in enumerate(line, 1):
            cell = sheet.cell(row, column)
            put_text(cell, clean(text)[:MAX_TEXT])
            ink = kind.inks.get(text.partition("（")[0], INK) if column == kind.inked else INK
            cell.font = fonts[ink] if row > 2 else Font(name="宋体", size=11, bold=True)
            cell.border, cell.alignment = border, wrapped
        if row > 2:
            sheet.row_dimensions[row].height = _height(kind, line)
    _set_page(sheet, kind, len(lines))
    return book


def _height(kind: ListKind, line: Sequence[str]) -> float:
    """Points for the cell with the most lines: not every program finds the height of wrapped text by itself.

    A column's width counts digits of the usual type, two of which are as wide as a Chinese character.
    """
    lines = max(
        sum(max(1, ceil(2 * width_em(part) / (width - 1))) for part in text.split("\n"))
        for text, width in zip(line, kind.widths, strict=True)
    )
    return _LINE * min(lines, _MOST_LINES)


def _set_page(sheet: Any, kind: ListKind, count: int) -> None:
    """Landscape, as wide as the paper, the heads repeated on each page and kept in view."""
    from openpyxl.utils import get_column_letter

    for column, width in enumerate(kind.widths, 1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.freeze_panes = "A3"
    sheet.auto_filter.ref = f"A2:{get_column_letter(len(kind.heads))}{max(count, 1) + 2}"
    sheet.print_title_rows = "2:2"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
