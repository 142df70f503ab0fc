"""Deeds on a table: rows, columns, merged cells and blocks that are pasted; what comes out is always sound."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.text_blocks import table_edits as edits
from desktop.domain.text_blocks.text_table import (
    MOST_COLUMNS,
    MOST_ROWS,
    Area,
    TextTable,
    parse_table,
    stored_table,
)

MONEY = TextTable(
    (("项目", "金额", ""), ("", "预算", "决算"), ("水费", "1", "2")), (Area(0, 1, 1, 2), Area(0, 0, 2, 1))
)


def test_a_row_within_a_merged_cell_makes_it_larger() -> None:
    inside = edits.insert_row(MONEY, 1)
    assert inside.rows[1] == ("", "", "")
    assert inside.merged == (Area(0, 1, 1, 2), Area(0, 0, 3, 1))
    assert edits.insert_row(MONEY, 0).merged == (Area(1, 1, 1, 2), Area(1, 0, 2, 1))
    assert edits.insert_row(MONEY, 3).rows[3] == ("", "", "")


def test_a_column_behind_all_and_within_a_merged_cell() -> None:
    assert edits.insert_column(MONEY, 3).rows[2] == ("水费", "1", "2", "")
    assert edits.insert_column(MONEY, 2).merged == (Area(0, 1, 1, 3), Area(0, 0, 2, 1))


def test_the_words_of_a_merged_cell_outlive_its_first_row() -> None:
    less = edits.delete_rows(MONEY, 0, 1)
    assert less == TextTable((("项目", "预算", "决算"), ("水费", "1", "2")))
    assert edits.delete_columns(MONEY, 1, 1) == TextTable(
        (("项目", "金额"), ("", "决算"), ("水费", "2")), (Area(0, 0, 2, 1),)
    )


def test_one_row_and_one_column_always_stay() -> None:
    assert edits.delete_rows(MONEY, 0, 3) == MONEY
    assert edits.delete_columns(MONEY, 0, 9) == MONEY


def test_merging_takes_whole_cells_and_keeps_all_words() -> None:
    merged = edits.merge(MONEY, Area(1, 1, 1, 1)._replace(rows=2))
    assert merged.rows[1][1] == "预算\n1" and merged.rows[2][1] == ""
    wide = edits.merge(MONEY, Area(1, 0, 1, 2))  # cuts 项目, and 金额 beside it
    assert wide.merged == (Area(0, 0, 2, 3),)
    assert wide.rows[0][0] == "项目\n金额\n预算\n决算"
    assert edits.split(wide, Area(1, 2, 1, 1)).merged == ()


def test_a_single_cell_pasted_goes_into_the_cell_that_shows() -> None:
    one = TextTable((("名称",),))
    changed = edits.pasted(MONEY, 1, 0, one)
    assert changed is not None and changed.rows[0][0] == "名称" and changed.merged == MONEY.merged


def test_a_block_that_is_larger_makes_the_table_larger() -> None:
    block = TextTable((("a", "", "c"), ("d", "e", "f")), (Area(0, 0, 1, 2),))
    grown = edits.pasted(MONEY, 2, 1, block)
    assert grown is not None
    assert grown.rows[2:] == (("水费", "a", "", "c"), ("", "d", "e", "f"))
    assert grown.merged == (*MONEY.merged, Area(2, 1, 1, 2))
    assert edits.pasted(MONEY, 2, MOST_COLUMNS - 1, block) is None


def test_a_part_keeps_its_merged_cells_and_is_quoted_for_the_clipboard() -> None:
    part = edits.part_of(MONEY, Area(1, 1, 1, 2))
    assert part == TextTable((("预算", "决算"),))
    assert edits.part_of(MONEY, Area(0, 1, 1, 1)) == TextTable((("金额", ""),), (Area(0, 0, 1, 2),))
    assert edits.lines_of(TextTable((("甲\n乙", 'x"'), ("1", "2")))) == '"甲\n乙"\tx"\n1\t2'


def test_a_table_does_not_grow_beyond_its_limits() -> None:
    largest = edits.empty_table(MOST_ROWS, MOST_COLUMNS)
    assert edits.insert_row(largest, 3) is largest
    assert edits.insert_column(largest, 3) is largest


@given(st.data())
def test_whatever_is_done_the_table_is_sound_and_stored_as_it_is(data: st.DataObject) -> None:
    table = MONEY
    for _ in range(data.draw(st.integers(1, 8))):
        row, column = (
            data.draw(st.integers(0, len(table.rows) - 1)),
            data.draw(st.integers(0, table.width - 1)),
        )
        rows = data.draw(st.integers(1, len(table.rows) - row))
        area = Area(row, column, rows, data.draw(st.integers(1, table.width - column)))
        deeds = (
            lambda t, a: edits.insert_row(t, a.row),
            lambda t, a: edits.insert_column(t, a.column),
            lambda t, a: edits.delete_rows(t, a.row, a.rows),
            lambda t, a: edits.delete_columns(t, a.column, a.columns),
            edits.merge,
            edits.split,
            lambda t, a: edits.with_text(t, a, "甲"),
            lambda t, a: edits.pasted(t, a.row, a.column, MONEY) or t,
            edits.part_of,
        )
        table = data.draw(st.sampled_from(deeds))(table, area)
        assert parse_table(stored_table(table)) == table
