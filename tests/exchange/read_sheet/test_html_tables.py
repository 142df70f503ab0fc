"""Web pages that are called .xls."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.exchange.file_kind import FileKind
from desktop.exchange.read_sheet.workbook import read_workbook
from tests.exchange.read_sheet.test_workbook import refusal, values


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_html_table_saved_as_xls(tmp_path: Path, encoding: str) -> None:
    page = (
        "<html><head><style>td{color:red}</style></head><body>说明<table>"
        "<tr><th rowspan=2>项目</th><td colspan='2'>金额<br>（万元）</td>"
        "<tr><td>1,194.57<td>a&amp;b&nbsp;</tr><tr><td>合\n计</td><td></td><td>3</td></tr></table></html>"
    )
    path = tmp_path / "表.xls"
    path.write_bytes(page.encode(encoding))
    workbook = read_workbook(path)
    (grid,) = workbook.sheets
    assert workbook.kind is FileKind.HTML
    assert values(grid) == {
        "A1": "项目", "B1": "金额\n（万元）", "B2": "1,194.57", "C2": "a&b", "A3": "合 计", "C3": "3",
    }  # fmt: skip
    assert grid.merged == ((0, 0, 1, 0), (0, 1, 0, 2)) and grid.merged_into[1, 0] == (0, 0)


def test_html_without_end_and_with_absurd_spans(tmp_path: Path) -> None:
    path = tmp_path / "表.xls"
    path.write_text("<table><tr><td rowspan=99999999999 colspan=x>a<table><tr><td rowspan=0>b", "utf-8")
    assert [values(sheet) for sheet in read_workbook(path).sheets] == [{"A1": "a"}, {"A1": "b"}]
    path.write_text("<html>没有", "utf-8")
    assert "没有表格" in refusal(path)
    path.write_text("<table>" + "<tr><td>1" * 20_001, "utf-8")
    assert "行数太多" in refusal(path)
