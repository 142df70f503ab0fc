"""The tables of a web page, as old office systems save them under the name .xls: all values stay text."""

from __future__ import annotations

from collections.abc import Iterator

from desktop.errors import UserError
from desktop.exchange.cell_address import address_of
from desktop.exchange.file_kind import Source
from desktop.exchange.html_page import Content, HtmlTable, placed, read_page
from desktop.exchange.read_sheet.grid import Cell, Grid, clean_text, grid_of
from desktop.exchange.read_sheet.raw_marks import MAX_COLUMNS, MAX_ROWS, Limits, Position
from desktop.exchange.text_bytes import decoded


def read_html_tables(source: Source) -> tuple[Grid, ...]:
    """Every table of a page that has text, nested ones as tables of their own. UserError where there is none."""
    limits = Limits(source.name)
    grids = [_grid(f"表{number}", table, limits) for number, table in enumerate(_filled(source), 1)]
    if not grids:
        raise UserError(
            f"“{source.name}”是网页，里面没有表格。", "请用 Excel 或 WPS 打开它，另存为 .xlsx 后再导入。"
        )
    return tuple(grids)


def _filled(source: Source) -> Iterator[HtmlTable]:
    for table in _tables(read_page(decoded(source.data))):
        if any(cell.text for row in table.rows for cell in row):
            yield table


def _tables(content: Content) -> Iterator[HtmlTable]:
    for table in content:
        if isinstance(table, HtmlTable):
            yield table
            yield from _tables([*table.inner])


def _grid(name: str, table: HtmlTable, limits: Limits) -> Grid:
    cells: dict[Position, Cell] = {}
    merged: list[tuple[int, int, int, int]] = []
    for cell, row, column, last_row, last_column in placed(table, MAX_ROWS, MAX_COLUMNS):
        text = clean_text(cell.text)
        if text:
            limits.count(row, column)
            cells[row, column] = Cell(text, address_of(row, column))
        if (last_row, last_column) != (row, column):
            merged.append((row, column, last_row, last_column))
    return grid_of(name, cells, merged)
