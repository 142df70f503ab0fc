"""Tables flattened the way published pages have them."""

from __future__ import annotations

from desktop.exchange.read_text.lines import DocumentLine, joined, table_lines


def cell(*texts: str) -> list[DocumentLine]:
    return [DocumentLine(text) for text in texts]


def test_an_empty_line_before_each_row_and_a_tab_before_each_cell() -> None:
    lines = table_lines([[cell("甲"), cell("乙", "丙")], [cell(""), cell("1\t2", "")]])
    assert all(line.in_table for line in lines)
    assert joined(lines) == "\n\t甲\n\t乙\n丙\n\n\t\n\t1 2"


def test_a_single_cell_with_one_text_is_a_table_and_with_more_a_frame() -> None:
    assert joined(table_lines([[cell("甲")]])) == "\n\t甲"
    assert table_lines([[cell("甲", "乙")]]) == cell("甲", "乙")
    assert table_lines([]) == []
