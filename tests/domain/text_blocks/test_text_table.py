"""Tables of the report's text: their cells, how they are stored, and what is no table."""

from __future__ import annotations

import pytest

from desktop.domain.text_blocks.text_table import (
    MOST_COLUMNS,
    Area,
    TextTable,
    parse_table,
    stored_table,
    table_from_rows,
    table_of,
)

HEAD = [
    (Area(0, 0, 2, 1), "项目"),
    (Area(0, 1, 1, 2), "金额"),
    (Area(1, 1, 1, 1), "预算"),
    (Area(1, 2, 1, 1), "决算"),
]
BODY = [(Area(2, 0, 1, 1), "工资"), (Area(2, 1, 1, 1), "1,200.00"), (Area(2, 2, 1, 1), "98.5%")]


def test_cells_that_show_make_a_table_and_come_out_again() -> None:
    table = table_of([*HEAD, *BODY])
    assert table is not None and table.width == 3
    assert list(table.cells()) == [*HEAD, *BODY]
    assert parse_table(stored_table(table)) == table


def test_head_ends_above_the_first_figure_and_goes_with_its_merged_cells() -> None:
    table = table_of([*HEAD, *BODY])
    assert table is not None and table.head_rows == 2
    assert TextTable((("科目", "金额"), ("工资", "2.00"))).head_rows == 1
    assert TextTable((("只有一行", "无"),)).head_rows == 0


def test_caption_says_how_large_and_what_stands_first() -> None:
    assert TextTable((("项目", "", "决算数"), ("工资", "", "1"))).caption == "2行3列：项目、决算数"


def test_rows_of_any_length_become_a_full_grid() -> None:
    assert table_from_rows([["a"], ["b", "c"]]) == TextTable((("a", ""), ("b", "c")))
    assert table_from_rows([]) is None
    assert table_from_rows([["x"] * (MOST_COLUMNS + 1)]) is None


@pytest.mark.parametrize(
    "stored",
    [
        "",
        "[]",
        "not json",
        '{"rows": []}',
        '{"rows": [[]]}',
        '{"rows": [["a"], ["b", "c"]]}',
        '{"rows": [[1]]}',
        '{"rows": [["a"]], "merged": [[0, 0, 2, 1]]}',
        '{"rows": [["a", "b"]], "merged": [[0, 0, 1, 2], [0, 1, 1, 1]]}',
        '{"rows": [["a"]], "merged": [[0, 0, 1, true]]}',
        '{"rows": [["a"]], "merged": [[-1, 0, 2, 1]]}',
        "[" * 100_000,
    ],
)
def test_what_is_no_table_is_none(stored: str) -> None:
    assert parse_table(stored) is None
