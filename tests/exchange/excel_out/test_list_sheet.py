"""Lists in Excel: all of them, nothing in them is a formula, and that there is nothing is said."""

from __future__ import annotations

import io

import pytest

from desktop.exchange.excel_out import findings_list, history_list
from desktop.exchange.excel_out.list_sheet import ListKind, list_bytes

FINDING = ("核实（已说明）", "R17 变动", "一、情况", "=1+1", "98.45%", '=HYPERLINK("x")\x07')
STEP = ("2025-03-01 09:00:00", "王会计", "修改 出国经费", "出国经费 · 2023年决算数", "（空）", "=1+1\n第二行")


def read(data: bytes) -> list[list[object]]:
    from openpyxl import load_workbook

    sheet = load_workbook(io.BytesIO(data)).active
    assert sheet is not None
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


@pytest.mark.parametrize(("kind", "line"), [(findings_list.KIND, FINDING), (history_list.KIND, STEP)])
def test_lines_are_texts_below_title_and_heads(kind: ListKind, line: tuple[str, ...]) -> None:
    rows = read(list_bytes(kind, "清河县清单", [line, line]))
    assert rows[0][0] == "清河县清单"
    shown = [text.removesuffix("\x07") for text in line]
    assert rows[1:] == [list(kind.heads), shown, shown]


@pytest.mark.parametrize(
    ("kind", "words"), [(findings_list.KIND, "没有发现问题"), (history_list.KIND, "没有修改记录")]
)
def test_an_empty_list_says_so(kind: ListKind, words: str) -> None:
    assert words in read(list_bytes(kind, "清单", []))[2]


def test_a_row_is_as_high_as_its_longest_cell_needs() -> None:
    from openpyxl import load_workbook

    kind = ListKind(sheet="表", heads=("甲", "乙"), widths=(8, 21), nothing="无", told_in=0)
    sheet = load_workbook(io.BytesIO(list_bytes(kind, "题", [("一", "字" * 25), ("一", "二")]))).active
    assert [sheet.row_dimensions[row].height for row in (3, 4)] == [45.0, 15.0]
