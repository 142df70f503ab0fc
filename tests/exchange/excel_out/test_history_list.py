"""The history in Excel: one line a cell, texts as they were."""

from __future__ import annotations

from pathlib import Path

from desktop.exchange.excel_out.history_list import HEADS, write_history

LINE = ("2025-03-01 09:00:00", "王会计", "修改 出国经费", "出国经费 · 2023年决算数", "（空）", "=1+1\n第二行")


def read(path: Path) -> list[list[object]]:
    from openpyxl import load_workbook

    sheet = load_workbook(path).active
    assert sheet is not None
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def test_each_cell_stands_on_a_line_of_its_own(tmp_path: Path) -> None:
    write_history(tmp_path / "a.xlsx", "清河县修改记录", [LINE, LINE])
    rows = read(tmp_path / "a.xlsx")
    assert rows[0][0] == "清河县修改记录"
    assert rows[1:] == [list(HEADS), list(LINE), list(LINE)]


def test_no_history_is_said(tmp_path: Path) -> None:
    write_history(tmp_path / "a.xlsx", "修改记录", [])
    assert read(tmp_path / "a.xlsx")[2][2] == "没有修改记录"
