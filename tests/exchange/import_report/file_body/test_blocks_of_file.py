"""Tables and pictures of a file: which lines are one of them."""

from __future__ import annotations

from desktop.domain.text_blocks.picture import Picture
from desktop.domain.text_blocks.text_table import Area, TextTable
from desktop.exchange.import_report.file_body.blocks_of_file import blocks_in
from desktop.exchange.read_text.lines import CellPlace, DocumentLine, Note, TableCell, table_lines


def table(*cells: tuple[str, CellPlace]) -> list[DocumentLine]:
    return table_lines(TableCell([DocumentLine(text)], place) for text, place in cells)


HEAD = ("金额", CellPlace(0, 0, 1, 2))
ROW = (("工资", CellPlace(1, 0)), ("2.00", CellPlace(1, 1)))


def test_table_keeps_its_grid_and_merged_cells() -> None:
    lines = [DocumentLine("上文"), *table(HEAD, *ROW), DocumentLine("下文")]
    blocks, places = blocks_in(lines)
    assert blocks == {"1": TextTable((("金额", ""), ("工资", "2.00")), (Area(0, 0, 1, 2),))}
    assert {lines[at].text.strip() for at in places} == {"", "金额", "工资", "2.00"}


def test_tables_one_after_another_are_parted_where_rows_begin_again() -> None:
    blocks, _ = blocks_in([*table(HEAD, *ROW), *table(*ROW)])
    assert [len(block.rows) for block in blocks.values() if isinstance(block, TextTable)] == [2, 1]


def test_cell_that_reaches_into_another_keeps_its_own_place() -> None:
    lines = table(("甲", CellPlace(0, 0, 2, 1)), ("乙", CellPlace(0, 1)), ("丙", CellPlace(1, 0)))
    blocks, _ = blocks_in(lines)
    assert blocks["1"] == TextTable((("甲", "乙"), ("丙", "")))


def test_table_whose_cells_are_not_placed_is_none() -> None:
    assert blocks_in([DocumentLine("", in_table=True), DocumentLine("\t甲", in_table=True)]) == ({}, {})


def test_picture_is_a_block_and_a_note_in_a_cell_stays_there() -> None:
    picture = Picture("png", 6, 3, b"")
    noted = DocumentLine("\t甲", in_table=True, place=CellPlace(0, 0), notes=(Note(2, "口径"),))
    blocks, places = blocks_in([DocumentLine("［图片］", picture=picture), noted])
    assert blocks == {"1": picture, "2": TextTable((("甲⟦note=〔注：口径〕⟧",),))}
    assert places == {0: "1", 1: "2"}


def test_lines_with_as_many_tabs_are_a_table_and_a_目录_is_none() -> None:
    rows = ["项目\t预算\t决算", "工资\t2.00\t", "油费\t1.00\t0.90"]
    contents = ["一、概况\t1", "二、绩效\t3", "三、问题\t12"]
    blocks, places = blocks_in([DocumentLine(text) for text in ("见下表：", *rows, "以上。", *contents)])
    assert blocks == {
        "1": TextTable((("项目", "预算", "决算"), ("工资", "2.00", ""), ("油费", "1.00", "0.90")))
    }
    assert set(places) == {1, 2, 3}


def test_unit_and_date_beside_each_other_are_no_table() -> None:
    assert blocks_in([DocumentLine("清河县水利局\t2024年3月8日"), DocumentLine("联系人\t张三")]) == ({}, {})
