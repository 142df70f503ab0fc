"""What is damaged is found and named; what the journal knows is mended, the rest only on the user's word."""

from __future__ import annotations

import pytest

from desktop.domain.edits import edit_from
from desktop.domain.keys import FactKey, ReportId
from desktop.errors import UserError
from desktop.storage.catalog import Catalog
from desktop.storage.data_checks.report_check import DoubtfulCell, accept, examine, mend
from desktop.storage.db import Database
from desktop.storage.store import DamagedReport, Store

FIRST, TYPED = FactKey("annex1", "staff", "quota"), FactKey("annex1", "staff", "actual")


@pytest.fixture
def typed(catalog: Catalog, store: Store, report: ReportId) -> ReportId:
    """A report with one cell from its beginning and one that was typed, changed and undone."""
    mine = catalog.add_report(ReportId(report.unit, 2023), "form-2023", {FIRST: "50"}).id
    for value in ("12", "13", "14"):
        store.apply(edit_from(mine, f"填写{value}", store.facts(mine), [(TYPED, value)]))
    store.undo(mine)
    return mine


def set_on_disk(db: Database, key: FactKey, value: str) -> None:
    db.conn.execute("UPDATE facts SET value = ? WHERE tbl = ? AND row = ? AND col = ?", (value, *key))


def test_nothing_to_say_of_whole_data(db: Database, typed: ReportId) -> None:
    assert examine(db) == []


def test_typed_cell_is_mended_from_the_journal(db: Database, store: Store, typed: ReportId) -> None:
    before = store.facts(typed)
    set_on_disk(db, TYPED, "93")
    (diagnosis,) = examine(db)
    assert (diagnosis.report, diagnosis.unit_name, diagnosis.mendable) == (typed, "甲县示例局", True)
    assert diagnosis.cells == (DoubtfulCell(TYPED, "93", "13"),)
    assert mend(db, typed) == 1
    assert store.facts(typed) == before and examine(db) == []


def test_lost_cell_is_mended(db: Database, store: Store, typed: ReportId) -> None:
    db.conn.execute("DELETE FROM facts WHERE col = 'actual'")
    assert mend(db, typed) == 1
    assert store.facts(typed)[TYPED] == "13"


def test_first_values_are_not_guessed(db: Database, store: Store, typed: ReportId) -> None:
    set_on_disk(db, FIRST, "59")
    (diagnosis,) = examine(db)
    assert not diagnosis.mendable and diagnosis.cells == ()
    with pytest.raises(UserError, match="不能自动修复"):
        mend(db, typed)
    with pytest.raises(DamagedReport):
        store.facts(typed)
    accept(db, typed)
    assert store.facts(typed)[FIRST] == "59" and examine(db) == []


def test_what_is_no_text_any_more_can_be_accepted(db: Database, store: Store, typed: ReportId) -> None:
    db.conn.execute("UPDATE facts SET value = CAST(x'35ff' AS TEXT) WHERE col = 'quota'")
    accept(db, typed)
    assert store.facts(typed)[FIRST] == "5�"


def test_damaged_steps_are_counted(db: Database, typed: ReportId) -> None:
    db.conn.execute("UPDATE journal SET label = 'x' WHERE id = 1")
    (diagnosis,) = examine(db)
    assert diagnosis.whole and diagnosis.damaged_steps == 1


def test_recorded_value_that_is_damaged_too_is_not_used(db: Database, typed: ReportId) -> None:
    set_on_disk(db, TYPED, "93")
    db.conn.execute("UPDATE journal SET changes = replace(changes, '13', '99')")
    (diagnosis,) = examine(db)
    assert not diagnosis.mendable and diagnosis.damaged_steps == 2
