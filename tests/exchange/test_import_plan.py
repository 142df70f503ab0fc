"""A plan gives what is ticked, and new rows only together with something in them."""

from __future__ import annotations

from desktop.domain.edits import edit_from
from desktop.domain.keys import FactKey, ReportId
from desktop.exchange.import_plan import ImportPlan, NewRow, PlanItem

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
