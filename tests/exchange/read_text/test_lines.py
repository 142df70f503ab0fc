"""Tables flattened the way published pages have them."""

from __future__ import annotations

from desktop.exchange.read_text.lines import CellPlace, DocumentLine, TableCell, joined, placed, table_lines


def cell(*texts: str) -> list[DocumentLine]:
    return [DocumentLine(text) for text in texts]


def table(*rows: list[list[DocumentLine]]) -> list[TableCell]:
    return list(placed([[(lines, 1, 1) for lines in row] for row in rows]))


def test_table_lines_have_an_empty_line_before_rows_and_a_tab_before_cells() -> None:
    lines = table_lines(table([cell("甲"), cell("乙", "丙")], [cell(""), cell("1\t2", "")]))
    assert all(line.in_table for line in lines)
    assert joined(lines) == "\n\t甲\n\t乙\n丙\n\n\t\n\t1 2"


def test_single_cell_with_several_paragraphs_is_a_frame() -> None:
    assert joined(table_lines(table([cell("甲")]))) == "\n\t甲"
    assert table_lines(table([cell("甲", "乙")])) == cell("甲", "乙")
    assert table_lines([]) == []


def test_cells_stand_beside_those_that_reach_down_from_above() -> None:
    rows = [[(cell("甲"), 2, 1), (cell("乙"), 1, 2)], [(cell("丙"), 1, 1), (cell(""), 1, 1)]]
    lines = [line for line in table_lines(placed(rows)) if line.place is not None]
    assert [(line.text.strip(), line.place) for line in lines] == [
        ("甲", CellPlace(0, 0, 2, 1)),
        ("乙", CellPlace(0, 1, 1, 2)),
        ("丙", CellPlace(1, 1)),
        ("", CellPlace(1, 2)),
    ]
