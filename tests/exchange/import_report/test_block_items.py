"""The tables of a text that is read in get numbers of the report, and none twice."""

from __future__ import annotations

from desktop.domain.assessment import Assessment
from desktop.domain.keys import FactKey
from desktop.domain.text_blocks.text_table import TextTable, stored_table
from desktop.exchange.import_plan import PlanItem
from desktop.exchange.import_report.block_items import with_blocks
from tests.exchange.made_reports import TEMPLATES

KEY = FactKey("narrative", "other", "text")
STORED = FactKey("blocks", "4", "table")
PAY, FUEL = TextTable((("工资", "2.00"),)), TextTable((("油费", "1.00"),))


def assessment(facts: dict[FactKey, str]) -> Assessment:
    return Assessment(TEMPLATES, facts, 2023, TEMPLATES.form_system().id)


def item(new: str, old: str = "") -> PlanItem:
    return PlanItem(KEY, "其他", old, new, "第3行")


def test_block_comes_under_a_free_number_with_the_text() -> None:
    (changed,), (row,), agreed = with_blocks(
        [item("见表。\n⟦block 4⟧")], {"4": FUEL}, assessment({STORED: stored_table(PAY)})
    )
    assert changed.new == "见表。\n⟦block 5⟧" and changed.shown == "见表。\n［表格 1行2列：油费、1.00］"
    assert row.facts == ((FactKey("blocks", "5", "table"), stored_table(FUEL)),) and row.holds(KEY)
    assert agreed == 0


def test_text_with_a_table_that_is_there_already_changes_nothing() -> None:
    facts = {STORED: stored_table(PAY), KEY: "见表。\n⟦block 4⟧"}
    old = "见表。\n［表格 1行2列：工资、2.00］"
    assert with_blocks([item("见表。\n⟦block 1⟧", old)], {"1": PAY}, assessment(facts)) == ([], [], 1)


def test_table_that_stands_twice_is_stored_twice() -> None:
    _, (row,), _ = with_blocks(
        [item("⟦block 1⟧\n⟦block 4⟧")], {"1": PAY, "4": PAY}, assessment({STORED: stored_table(PAY)})
    )
    assert [key.row for key, _ in row.facts] == ["5"]
