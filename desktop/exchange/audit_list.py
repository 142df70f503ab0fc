"""The findings of an audit as an Excel list, to be handed round and ticked off."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, BinaryIO

from desktop.exchange.excel_places import MAX_TEXT, clean
from desktop.exchange.excel_style import put_text
from desktop.exchange.files import write_atomically

HEADS = ("级别", "规则", "位置", "内容", "建议", "说明")
_WIDTHS = (15, 24, 30, 64, 18, 40)
_INK = {"错误": "B3261E", "核实": "8A5A00", "提示": "5B6878"}
_NOTHING = "没有发现问题"


def write_audit_list(path: Path, title: str, lines: Sequence[Sequence[str]]) -> None:
    """One line a finding, as `HEADS` says; texts stay texts whatever they begin with. UserError from the disk."""

    def write(stream: BinaryIO) -> None:
        _workbook(title, lines).save(stream)

    write_atomically(path, write)


def _workbook(title: str, lines: Sequence[Sequence[str]]) -> Any:
    from openpyxl import Workbook
    from openpyxl.styles import Font

    book = Workbook()
    sheet = book.active
    sheet.title = "核对结果"
    _put(sheet.cell(1, 1), title, Font(name="宋体", size=14, bold=True), wrap=False)
    for column, head in enumerate(HEADS, 1):
        _put(sheet.cell(2, column), head, Font(name="宋体", size=11, bold=True))
    for row, line in enumerate(lines or [("", "", "", _NOTHING, "", "")], 3):
        for column, text in enumerate(line, 1):
            ink = _INK.get(text.partition("（")[0], "1E2732") if column == 1 else "1E2732"
            _put(sheet.cell(row, column), text, Font(name="宋体", size=11, color=ink))
    _set_page(sheet, len(lines))
    return book


def _put(cell: Any, text: str, font: Any, wrap: bool = True) -> None:
    from openpyxl.styles import Alignment, Border, Side

    if wrap:
        line = Side(style="thin", color="B9C3CF")
        cell.border = Border(left=line, right=line, top=line, bottom=line)
    put_text(cell, clean(text)[:MAX_TEXT])
    cell.font = font
    cell.alignment = Alignment(vertical="top", wrap_text=wrap)


def _set_page(sheet: Any, count: int) -> None:
    """Landscape, as wide as the paper, the heads repeated on each page and kept in view."""
    for column, width in zip("ABCDEF", _WIDTHS, strict=True):
        sheet.column_dimensions[column].width = width
    sheet.freeze_panes = "A3"
    sheet.auto_filter.ref = f"A2:F{max(count, 1) + 2}"
    sheet.print_title_rows = "2:2"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
