"""A plan gives what is ticked, and new rows only together with something in them."""

from __future__ import annotations

from desktop.domain.edits import edit_from
from desktop.domain.keys import FactKey, ReportId
from desktop.exchange.import_plan import ImportPlan, NewRow, PlanItem, in_lines

AMOUNT = FactKey("base", "public_funds", "final")
ORDER, NAME = FactKey("base", "special:1", "order"), FactKey("base", "special:1", "label")
SPECIAL = FactKey("base", "special:1", "final")
PROJECT = FactKey("projects", "item:2", "order")
FUNDS = FactKey("annex3_funds@2", "fiscal", "executed")


def item(key: FactKey, new: str, ticked: bool = True) -> PlanItem:
    return PlanItem(key, "某项", "", new, "附件1!B2", ticked=ticked)


def plan(*items: PlanItem) -> ImportPlan:
    special = NewRow("base", "special:1", ((ORDER, "1"), (NAME, "防汛")))
    project = NewRow("projects", "item:2", ((PROJECT, "2"),), "2")
    return ImportPlan("表.xlsx", "某局", 2023, items, (), rows=(special, project))


def test_only_ticked_items_and_their_new_rows_are_wanted() -> None:
    made = plan(item(AMOUNT, "1"), item(SPECIAL, "2", ticked=False))
    assert made.ticked == (0,)
    assert made.wanted() == [(AMOUNT, "1")]
    assert made.wanted([]) == []
    assert made.wanted({1}) == [(ORDER, "1"), (NAME, "防汛"), (SPECIAL, "2")]


def test_new_project_comes_with_the_cells_of_its_tables() -> None:
    assert plan(item(FUNDS, "3")).wanted() == [(PROJECT, "2"), (FUNDS, "3")]


def test_emptied_cell_becomes_an_edit() -> None:
    edit = edit_from(ReportId(1, 2023), "导入", {AMOUNT: "5"}, plan(item(AMOUNT, "")).wanted())
    assert [(c.before, c.after) for c in edit.changes] == [("5", None)]


def test_later_of_two_values_for_one_cell_counts() -> None:
    twice = plan(item(AMOUNT, "1"), item(AMOUNT, "2"))
    edit = edit_from(ReportId(1, 2023), "导入", {}, twice.wanted({0, 1}))
    assert [c.after for c in edit.changes] == ["2"]


def test_list_for_the_console_has_a_line_a_row_and_one_of_its_own_for_a_problem() -> None:
    def cell(where: str, label: str, new: str, problem: str = "", ticked: bool = True) -> PlanItem:
        return PlanItem(AMOUNT, label, "", new, where, problem, ticked=ticked)

    items = [
        cell("附件1!A9", "公车购置", "公车购置"),
        cell("附件1!B9", "公车购置 · 上年", "1"),
        cell("附件1!D9", "公车购置 · 本年", "2", "按各行相加为3", ticked=False),
        cell("附件1!F9", "公车购置 · 合计", "3"),
        cell("附件1!F10", "公车运行 · 合计", "3"),
        cell("第3段", "概况 · 正文", "全年"),
    ]
    assert list(in_lines(items)) == [
        "  附件1（5处）",
        "  [写入] A9 B9　公车购置：空 → 公车购置；上年 空 → 1",
        "  [不写] D9　公车购置：本年 空 → 2　按各行相加为3",
        "  [写入] F9　公车购置：合计 空 → 3",
        "  [写入] F10　公车运行：合计 空 → 3",
        "  [写入] 第3段　概况：正文 空 → 全年",
    ]


def test_tables_of_the_text_are_told_in_words() -> None:
    text = PlanItem(FactKey("narrative", "x", "text"), "正文", "⟦block 3⟧", "甲⟦note=〔注：乙〕⟧", "正文")
    assert (text.told_before, text.told) == ("［表格或图片3］", "甲〔注：乙〕")
    table = PlanItem(FactKey("blocks", "3", "table"), "表格", "", '{"rows":[["甲"]]}', "报告包")
    assert table.told == "表格（1行1列：甲）"
