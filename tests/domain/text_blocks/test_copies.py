"""Text with blocks put in again: cut out, it keeps their numbers; copied, they get their own."""

from __future__ import annotations

from desktop.domain.keys import FactKey
from desktop.domain.text_blocks.copies import block_facts, put_in_again, standing_numbers
from desktop.domain.text_blocks.text_table import TextTable, stored_table

KEY = FactKey("blocks", "3", "table")
FACTS = {KEY: stored_table(TextTable((("甲",),)))}


def test_what_was_cut_out_keeps_its_number() -> None:
    assert put_in_again("⟦block 3⟧", FACTS, FACTS, ()) == ("⟦block 3⟧", {})


def test_a_copy_beside_the_original_gets_a_number_and_content_of_its_own() -> None:
    stored, added = put_in_again("前\n⟦block 3⟧\n⟦block 3⟧", FACTS, FACTS, {"3"})
    assert stored == "前\n⟦block 4⟧\n⟦block 4⟧"
    assert added == {KEY._replace(row="4"): FACTS[KEY]}


def test_what_has_changed_since_or_comes_from_another_report_is_brought_along() -> None:
    changed = {KEY: stored_table(TextTable((("乙",),)))}
    assert put_in_again("⟦block 3⟧", FACTS, changed, ())[1] == {KEY._replace(row="4"): FACTS[KEY]}
    assert put_in_again("⟦block 3⟧", FACTS, {}, ())[1] == {KEY._replace(row="1"): FACTS[KEY]}


def test_what_is_no_table_is_not_brought() -> None:
    assert block_facts("⟦block 3⟧⟦block 9⟧", {KEY: "[]"}) == {}
    assert block_facts("⟦block 3⟧", FACTS) == FACTS
    assert standing_numbers(["⟦block 3⟧甲", "⟦block 12=乙⟧"]) == {"3", "12"}
