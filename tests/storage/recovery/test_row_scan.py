"""Rows are taken for what their shape says, whatever columns a later version put behind them."""

from __future__ import annotations

import pytest

from desktop.storage.recovery.raw_pages import Cell, Value
from desktop.storage.recovery.row_scan import Head, Seen

REPORT: tuple[Value, ...] = (None, 1, 2023, "form-2023", "2024-03-01T08:00:00.000+08:00", None)


@pytest.mark.parametrize(
    ("behind", "checksum"), [((), None), ((77,), 77), ((77, "备注"), 77), ((77, "备注", 0), 77)]
)
def test_a_report_is_known_by_its_first_columns(behind: tuple[Value, ...], checksum: int | None) -> None:
    seen = Seen()
    seen.add(Cell(5, (*REPORT, *behind), False))
    assert seen.heads == {5: [Head(1, 2023, "form-2023", "2024-03-01T08:00:00.000+08:00", None, checksum)]}
