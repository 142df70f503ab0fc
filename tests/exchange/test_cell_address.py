"""Addresses of cells go both ways."""

from __future__ import annotations

import pytest

from desktop.exchange.cell_address import address_of, column_of, letters_of


@pytest.mark.parametrize(
    ("row", "col", "address"),
    [(6, 1, "B7"), (0, 25, "Z1"), (0, 26, "AA1"), (9, 701, "ZZ10"), (0, 702, "AAA1")],
)
def test_an_address_is_what_excel_calls_the_cell(row: int, col: int, address: str) -> None:
    assert address_of(row, col) == address
    assert column_of(letters_of(col)) == col
