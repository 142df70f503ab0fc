"""Tables that go on overleaf: one table again, its heads once, its rows whole."""

from __future__ import annotations

from desktop.exchange.read_text.pdf.tables import RuledCell, Table
from desktop.exchange.read_text.pdf.tables_overleaf import append_overleaf, continues_overleaf

HEADS = ["三级指标", "指标值", "得分"]
LEFTS = [100.0, 200.0, 300.0]


def table(page: int, rows: list[list[str | RuledCell]], right: float = 400.0) -> Table:
    made = []
    for row in rows:
        cells = [
            said if isinstance(said, RuledCell) else RuledCell(left, left + 100, 1, [said] if said else [], 1)
            for left, said in zip(LEFTS[3 - len(row) :], row, strict=True)
        ]
        made.append(cells)
    return Table(page, 0, 100.0, right, 700.0, 100.0, made)


def full(text: str, lines: int = 2, left: float = 100.0) -> RuledCell:
    return RuledCell(left, left + 100, 1, [text], lines, True)


def joined(first: Table, second: Table) -> list[list[str]]:
    append_overleaf(first, second)
    return [[cell.text for cell in row] for row in first.rows]


def test_table_continues_only_as_wide_and_on_a_later_page() -> None:
    first = table(0, [HEADS])
    assert continues_overleaf(first, table(1, [HEADS]))
    assert not continues_overleaf(first, table(1, [HEADS], 450.0)) and not continues_overleaf(
        first, table(0, [HEADS])
    )


def test_repeated_heads_are_dropped() -> None:
    rows = joined(
        table(0, [["", "单位", "万元"], HEADS, ["甲", "5", "5"]]), table(1, [HEADS, ["乙", "6", "6"]])
    )
    assert rows[2:] == [["甲", "5", "5"], ["乙", "6", "6"]]


def test_row_equal_to_the_one_before_is_no_head() -> None:
    assert joined(table(0, [["甲", "5", "5"]]), table(1, [["甲", "5", "5"]])) == [["甲", "5", "5"]] * 2


def test_repeated_or_empty_merged_label_is_no_new_cell() -> None:
    for again in ("产出指标", ""):
        rows = joined(table(0, [["产出指标", "甲", "5"]]), table(1, [[again, "乙", "6"]]))
        assert rows == [["产出指标", "甲", "5"], ["乙", "6"]]
    assert (
        joined(table(0, [["产出指标", "甲", "5"]]), table(1, [["效益指标", "乙", "6"]]))[1][0] == "效益指标"
    )


def test_row_cut_in_two_is_joined() -> None:
    first = table(0, [[full("农产品质量安全"), "≥860批次", "6"]])
    assert joined(first, table(1, [["定量检测批次", "", ""]])) == [
        ["农产品质量安全定量检测批次", "≥860批次", "6"]
    ]
    goals = table(0, [["年度目标", full("保障粮食安全，", 5, 200.0), full("已经完成", 5, 300.0)]])
    assert joined(goals, table(1, [["", "建成农田。", "全部任务。"]])) == [
        ["年度目标", "保障粮食安全，建成农田。", "已经完成全部任务。"]
    ]


def test_row_without_figures_after_one_with_figures_is_its_own() -> None:
    rows = joined(
        table(0, [["其他支出", "0", "3.38"]]), table(1, [["4、上级转移支付", "", ""], ["救灾", "0", "10"]])
    )
    assert rows == [["其他支出", "0", "3.38"], ["4、上级转移支付", "", ""], ["救灾", "0", "10"]]
    rows = joined(table(0, [[full("4、上级转移支付", 1), "", ""]]), table(1, [["救灾", "0", "10"]]))
    assert rows[1] == ["救灾", "0", "10"]


def test_tall_heads_printed_again_lengthen_no_cell_of_the_last_row() -> None:
    def heads() -> list[str | RuledCell]:
        return [
            "科目编码",
            RuledCell(200.0, 300.0, 2, ["科目名称"], 1),
            RuledCell(300.0, 400.0, 2, ["合计"], 1),
        ]

    rows = joined(
        table(0, [heads(), ["210", "卫生健康支出", "5.00"]]), table(1, [heads(), ["21011", "医疗", "5.00"]])
    )
    assert rows[1:] == [["210", "卫生健康支出", "5.00"], ["21011", "医疗", "5.00"]]


def test_a_table_goes_on_where_the_margins_of_the_next_page_are_mirrored() -> None:
    first, second = table(0, [HEADS, ["甲", "5", "5"]]), table(1, [["乙", "6", "6"]])
    second.left, second.right = second.left + 28, second.right + 28
    for cell in second.rows[0]:
        cell.left, cell.right = cell.left + 28, cell.right + 28
    assert continues_overleaf(first, second)
    append_overleaf(first, second)
    assert [line.place[:2] for line in first.lines() if line.text == "\t6" and line.place] == [(2, 1), (2, 2)]


def test_a_row_is_cut_in_two_also_beside_a_tall_label_that_goes_on() -> None:
    """As where a second form stands right of the first: its label of many rows is told again, empty."""
    name, value = full("工程验收", 1), RuledCell(200.0, 300.0, 1, ["100%"], 1)
    label = RuledCell(300.0, 400.0, 5, ["产出指标"], 1)
    first = table(0, [["甲", "5", label], [name, value, "8"]])
    first.rows[1].pop()
    rest = [RuledCell(100.0, 200.0, 1, ["合格率"], 1), RuledCell(300.0, 400.0, 3)]
    assert joined(first, Table(1, 0, 100.0, 400.0, 700.0, 100.0, [rest]))[-1] == ["工程验收合格率", "100%"]
