"""Tables flattened the way published pages have them."""

from __future__ import annotations

from desktop.exchange.read_text.lines import CellPlace, DocumentLine, TableCell, joined, table_lines


def cell(*texts: str) -> list[DocumentLine]:
    return [DocumentLine(text) for text in texts]


def table(*rows: list[list[DocumentLine]]) -> list[TableCell]:
    return [
        TableCell(lines, CellPlace(number, column))
        for number, row in enumerate(rows)
        for column, lines in enumerate(row)
    ]


def test_table_lines_have_an_empty_line_before_rows_and_a_tab_before_cells() -> None:
    lines = table_lines(table([cell("甲"), cell("乙", "丙")], [cell(""), cell("1\t2", "")]))
    assert all(line.in_table for line in lines)
    assert joined(lines) == "\n\t甲\n\t乙\n丙\n\n\t\n\t1 2"


def test_single_cell_with_several_paragraphs_is_a_frame() -> None:
    assert joined(table_lines(table([cell("甲")]))) == "\n\t甲"
    assert table_lines(table([cell("甲", "乙")])) == cell("甲", "乙")
    assert table_lines([]) == []
