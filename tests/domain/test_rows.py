"""Open rows: fresh ids, places between neighbours, and nothing left behind when one goes."""

from __future__ import annotations

from desktop.domain import rows
from desktop.domain.keys import FactKey
from tests.domain.conftest import MakeSheet

THREE = {
    "base.special:1.order": "1",
    "base.special:2.order": "2",
    "base.special:7.order": "1.5",
    "base.transfer:9.order": "1",
}


def test_open_rows_are_listed_by_their_place(sheet: MakeSheet) -> None:
    assert sheet(THREE).rows("base", "special") == ["special:1", "special:7", "special:2"]
    assert sheet({}).rows("base", "special") == []


def test_new_row_has_an_unused_id(sheet: MakeSheet) -> None:
    assert rows.new_row(sheet(THREE), "base", "special") == "special:8"
    assert rows.new_row(sheet(THREE), "base", "special", taken=["special:11", "transfer:40"]) == "special:12"
    assert rows.new_row(sheet({}), "base", "special") == "special:1"
    assert rows.new_row(sheet({"base.special:x.order": "1"}), "base", "special") == "special:1"


def test_place_after_is_between_the_row_and_the_next(sheet: MakeSheet) -> None:
    given = sheet(THREE)
    assert rows.place_after(given, "base", "special", "special:1") == "1.25"
    assert rows.place_after(given, "base", "special", "special:2") == "3"
    assert rows.place_after(given, "base", "special") == "3"
    assert rows.place_after(given, "base", "special", "special:99") == "3"
    assert rows.place_after(sheet({}), "base", "special") == "1"


def test_swap_exchanges_the_places_of_two_rows(sheet: MakeSheet) -> None:
    swapped = dict(rows.swap(sheet(THREE), "base", "special:1", "special:2"))
    assert swapped == {
        FactKey("base", "special:1", "order"): "2",
        FactKey("base", "special:2", "order"): "1",
    }


def test_removing_a_row_empties_its_facts(sheet: MakeSheet) -> None:
    facts = sheet(THREE | {"base.special:1.final": "3"}).facts
    assert {key for key, _ in rows.remove_row(facts, "base", "special:1")} == {
        FactKey("base", "special:1", "order"),
        FactKey("base", "special:1", "final"),
    }


def test_removing_a_project_empties_its_tables_and_answers(sheet: MakeSheet) -> None:
    facts = sheet(
        {
            "projects.item:1.order": "1",
            "projects.item:1.name": "甲",
            "annex3_funds@1.fiscal.executed": "5",
            "answers@1.execution_rate.reason": "结转",
            "annex3_funds@11.fiscal.executed": "5",
            "answers@hunan-2023.key_work.value": "90",
        }
    ).facts
    gone = {key.table for key, _ in rows.remove_row(facts, "projects", "item:1")}
    assert gone == {"projects", "annex3_funds@1", "answers@1"}
