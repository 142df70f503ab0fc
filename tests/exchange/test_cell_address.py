"""Addresses of cells go both ways."""

from __future__ import annotations

import pytest

from desktop.exchange.cell_address import address_of, cell_at, column_of, in_sheet, in_text, letters_of


@pytest.mark.parametrize(
    ("row", "col", "address"),
    [(6, 1, "B7"), (0, 25, "Z1"), (0, 26, "AA1"), (9, 701, "ZZ10"), (0, 702, "AAA1")],
)
def test_an_address_is_what_excel_calls_the_cell(row: int, col: int, address: str) -> None:
    assert address_of(row, col) == address
    assert column_of(letters_of(col)) == col


def test_what_is_told_of_a_cell_is_found_again() -> None:
    assert (in_sheet("附件1", 6, 3), in_text("附件3（2）", 6, 3)) == ("附件1!D7", "附件3（2）第7行第4列")
    for told, name in ((in_sheet("甲!乙", 6, 3), "D7"), (in_text("甲!乙", 6, 3), "第7行第4列")):
        assert cell_at(told) == ("甲!乙", 6, 3, name)
    assert cell_at("附件1（第81行）") is cell_at("封面和标题") is None
