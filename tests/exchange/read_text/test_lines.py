"""Tables flattened the way published pages have them."""

from __future__ import annotations

import pytest

from desktop.domain.text_blocks.picture import Picture
from desktop.exchange.read_text.lines import (
    PICTURE_TEXT,
    CellPlace,
    DocumentLine,
    LineType,
    RunType,
    TableCell,
    at_soft_ends,
    joined,
    line_type,
    table_lines,
)


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


def test_a_line_is_set_as_most_of_its_signs_are_and_digits_weigh_less() -> None:
    plain, bold, digits = RunType(32, False, "仿宋"), RunType(32, True, "楷体"), RunType(32, False, "Times")
    assert line_type([("全年支出", plain), ("2023.50", digits), (" ", bold)], True) == LineType(
        32, False, "仿宋", True
    )
    assert line_type([("  ", plain)]) is None and line_type([]) is None


def test_a_beginning_in_other_type_is_told_and_a_number_in_its_own_font_is_none() -> None:
    plain, bold, digits = RunType(32, False, "仿宋"), RunType(32, True, "仿宋"), RunType(32, False, "Times")
    led = line_type([("1.", digits), ("基本支出。", bold), ("全年支出十万元。", plain)])
    assert led == LineType(32, False, "仿宋", lead=7)
    assert line_type([("12", digits), ("万元用于维修。", plain)]) == LineType(32, False, "仿宋")


def test_column_that_only_lays_out_a_report_is_no_table() -> None:
    rows = [
        [cell(text), cell("")]
        for text in ("一、概况", "有股室。", "二、支出", "十万元。", "三、打算", "早安排。")
    ]
    assert [line.text for line in table_lines(table(*rows))][:2] == ["一、概况", "有股室。"]
    assert all(line.in_table for line in table_lines(table(*rows[:4])))


def test_a_table_and_a_picture_in_a_cell_come_below_the_whole_table() -> None:
    inner = table_lines(table([cell("内")]))
    drawn = DocumentLine(PICTURE_TEXT, picture=Picture("image/png", 1, 1, b""))
    lines = table_lines(table([cell("甲"), [*cell("乙"), *inner]], [[drawn], cell("丁")]))
    assert [line.text.strip() for line in lines if line.text.strip()] == [
        "甲",
        "乙",
        "丁",
        "内",
        PICTURE_TEXT,
    ]
    assert lines[-1].note.startswith("表格里有图片")


@pytest.mark.parametrize(
    ("text", "level", "count"),
    [
        ("一、预算安排与执行\n情况", 0, 1),
        ("收支\n情况", 2, 1),
        ("收支\n情况", 0, 2),
        ("一、概况\n有6人。", 0, 2),
        ("一、概况\n（一）人员", 1, 2),
        ("资金均按规定程序拨付，未发现截留、挤占、\n挪用等情况。\n　　另行报告。", 0, 2),
        ("清溪县水利局\n2024年4月2日", 0, 2),
    ],
)
def test_a_heading_broken_by_hand_is_one_line_and_text_below_it_is_another(
    text: str, level: int, count: int
) -> None:
    assert len(at_soft_ends(text, level)) == count
