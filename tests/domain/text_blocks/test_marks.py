"""The marks of tables, pictures and footnotes in a stored text."""

from __future__ import annotations

from itertools import islice

from desktop.domain.keys import FactKey
from desktop.domain.text_blocks.marks import (
    block_number,
    facts_of_blocks,
    next_numbers,
    note_mark,
    note_words,
    numbers_in,
    renumbered,
)

TABLE = FactKey("blocks", "2", "table")


def test_blocks_are_found_in_order_and_get_other_numbers() -> None:
    stored = "先\n⟦block 2⟧\n⟦block 1=［表格 1行］⟧\n⟦unit⟧"
    assert numbers_in(stored) == ["2", "1"]
    assert renumbered(stored, {"2": "5"}) == "先\n⟦block 5⟧\n⟦block 1⟧\n⟦unit⟧"
    assert block_number("block 7") == "7" and block_number("unit") == ""


def test_a_number_that_was_used_is_not_used_again() -> None:
    keys = [
        TABLE,
        FactKey("blocks", "9", "picture"),
        FactKey("blocks", "x", "table"),
        FactKey("unit", "3", "name"),
    ]
    assert list(islice(next_numbers(keys), 2)) == ["10", "11"]


def test_footnote_keeps_its_words_whatever_brackets_they_have() -> None:
    assert note_mark("按⟦决算⟧口径") == "⟦note=〔注：按［决算］口径〕⟧"
    assert note_words("〔注：按决算口径〕") == "按决算口径"
    assert note_words("按决算口径〕") == "按决算口径〕"


def test_what_a_text_refers_to_goes_with_it() -> None:
    facts = {TABLE: "{}", FactKey("blocks", "3", "table"): "{}"}
    assert facts_of_blocks("一段\n⟦block 2⟧", facts) == {TABLE: "{}"}
    assert facts_of_blocks("一段", facts) == {}
