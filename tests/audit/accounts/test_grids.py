"""Rows and cells of a table, wherever the text still shows them."""

from __future__ import annotations

import pytest

from desktop.audit.accounts.grids import grids_of
from desktop.audit.text.flat_text import Text

ROWS = [["项目", "决算数", "备注"], ["办公费", "12.00", ""], ["差旅费", "", "节约"]]


@pytest.mark.parametrize(
    "raw",
    [
        "".join("\n" + "".join(f"\t{cell}\n" for cell in row) for row in ROWS),
        "".join("\t".join(row) + "\n" for row in ROWS),
        "".join(f"|{'|'.join(row)}|\n" for row in ROWS[:1])
        + "|---|---|---|\n"
        + "".join(f"|{'|'.join(row)}|\n" for row in ROWS[1:]),
    ],
    ids=["cells", "tabs", "strokes"],
)
def test_rows_keep_their_empty_cells(raw: str) -> None:
    (grid,) = grids_of(Text(f"支出表\n单位：万元\n{raw}支出合计12万元。\n"))
    assert [[cell.text for cell in row] for row in grid.rows] == ROWS
    assert [cell.text for cell in grid.above] == ["单位：万元", "支出表"]


def test_a_cell_of_two_lines_is_one() -> None:
    (grid,) = grids_of(Text("\t功能分类\n科目编码\n\t决算数\n\n\t208\n\t3.00\n"))
    assert [cell.text for cell in grid.rows[0]] == ["功能分类科目编码", "决算数"]


def test_one_cell_a_line_without_tabs_has_no_rows() -> None:
    assert not list(grids_of(Text("项目\n决算数\n办公费\n12.00\n差旅费\n3.00\n会议费\n4.00\n合计\n19.00\n")))
