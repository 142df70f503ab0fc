"""The list of findings in Excel: all of it, and nothing in it is a formula."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.errors import UserError
from desktop.exchange.excel_out.findings_list import HEADS, write_audit_list

LINE = ("核实（已说明）", "R17 变动", "一、情况", "=1+1", "98.45%", '=HYPERLINK("x")\x07')


def read(path: Path) -> list[list[object]]:
    from openpyxl import load_workbook

    sheet = load_workbook(path).active
    assert sheet is not None
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def test_lines_are_texts_below_the_heads(tmp_path: Path) -> None:
    path = tmp_path / "核对结果.xlsx"
    write_audit_list(path, "清河县核对结果", [LINE])
    rows = read(path)
    assert rows[0][0] == "清河县核对结果"
    assert rows[1] == list(HEADS)
    assert rows[2] == [*LINE[:5], '=HYPERLINK("x")']


def test_nothing_found_is_said(tmp_path: Path) -> None:
    write_audit_list(tmp_path / "a.xlsx", "核对结果", [])
    assert "没有发现问题" in [value for row in read(tmp_path / "a.xlsx") for value in row]


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(UserError):
        write_audit_list(tmp_path / "nowhere" / "a.xlsx", "核对结果", [LINE])
