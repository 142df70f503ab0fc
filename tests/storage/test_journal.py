"""A row of the journal that is not what was written is not used, and harms nothing else."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

import pytest

from desktop.domain.edits import Change, edit_from
from desktop.domain.keys import FactKey, ReportId
from desktop.storage import journal
from desktop.storage.db import Database
from desktop.storage.journal import DamagedStep, packed, unpacked
from desktop.storage.store import Store


class Clock(Protocol):
    def pass_seconds(self, seconds: float) -> None: ...


A, B = FactKey("annex1", "staff", "actual"), FactKey("annex1", "staff", "quota")


@pytest.fixture
def two_steps(store: Store, report: ReportId) -> Store:
    for key in (A, B):
        store.apply(edit_from(report, "填写", store.facts(report), [(key, "12")]))
    return store


DAMAGE = [
    "changes = replace(changes, '12', '92')",
    "changes = 'no json'",
    "changes = NULL",
    "changes = CAST(x'e5bc' AS TEXT)",
    "label = CAST(x'fffe' AS TEXT)",
    "at = 'yesterday'",
    "at = 5",
    "size = 2",
    "who = 'someone'",
]


@pytest.mark.parametrize("damage", DAMAGE)
def test_damaged_step_stops_undo_and_nothing_else(
    two_steps: Store, report: ReportId, db: Database, damage: str
) -> None:
    facts = two_steps.facts(report)
    db.conn.execute(f"UPDATE journal SET {damage} WHERE id = 2")
    for _ in range(2):
        with pytest.raises(DamagedStep, match="撤销"):
            two_steps.undo(report)
    last, first = two_steps.journal(report)
    assert (last.intact, first.intact) == (False, True)
    with pytest.raises(DamagedStep):
        two_steps.changes_of(last)
    assert two_steps.changes_of(first) == (Change(A, None, "12"),)
    assert two_steps.facts(report) == facts
    two_steps.apply(edit_from(report, "填写", facts, [(B, "13")]))
    assert two_steps.undo(report) is not None
    assert two_steps.facts(report) == facts


def test_damaged_step_stops_redo(two_steps: Store, report: ReportId, db: Database) -> None:
    two_steps.undo(report)
    db.conn.execute("UPDATE journal SET changes = '[]' WHERE id = 2")
    with pytest.raises(DamagedStep):
        two_steps.redo(report)


def test_undo_row_whose_step_is_gone(two_steps: Store, report: ReportId, db: Database) -> None:
    two_steps.undo(report)
    db.conn.execute("DELETE FROM journal WHERE id = 2")
    with pytest.raises(DamagedStep):
        two_steps.changes_of(two_steps.journal(report)[0])


def test_step_that_does_not_fit_the_cells_is_not_undone(store: Store, report: ReportId, db: Database) -> None:
    """Its state was damaged: the step before it is the last one found."""
    for value in ("1", "2"):
        store.apply(edit_from(report, value, store.facts(report), [(A, value)]))
    db.conn.execute("UPDATE journal SET state = 'dome' WHERE id = 2")
    with pytest.raises(DamagedStep):
        store.undo(report)
    assert store.facts(report)[A] == "2"


@pytest.mark.parametrize("text", ["", "[", "{}x", "5", "[[1,2]]", "[5]"])
def test_what_is_no_list_of_changes(text: str) -> None:
    with pytest.raises(DamagedStep):
        unpacked(text)


def test_changes_come_back() -> None:
    changes = (Change(A, None, "“甲”\n"), Change(B, "1", None))
    assert unpacked(packed(changes)) == changes


def test_rows_tell_when_and_who(two_steps: Store, db: Database) -> None:
    row = next(journal.rows(db, "id = 1"))
    assert row.checked().time == datetime.fromisoformat("2025-03-01T09:00:00+00:00")
    assert row.state == "done" and row.step.who


def test_history_is_read_page_by_page_and_filtered(store: Store, report: ReportId, clock: Clock) -> None:
    cells = [FactKey("three_public", row, "final") for row in ("abroad", "reception")]
    for number in range(6):
        clock.pass_seconds(60)
        wanted = [(cells[number % 2], f'“{number}”\n"x"')]
        store.apply(edit_from(report, f"第{number}步", store.facts(report), wanted))
    store.undo(report)
    whole = store.journal(report)
    pages = [store.journal(report, 4), store.journal(report, 4, before=whole[3].id)]
    assert [*pages[0], *pages[1]] == whole and len(whole) == 7
    assert [(e.kind, e.label) for e in store.journal(report, cell=cells[1])] == [
        ("undo", "第5步"),
        ("edit", "第5步"),
        ("edit", "第3步"),
        ("edit", "第1步"),
    ]
    assert [e.label for e in store.journal(report, text="第2步")] == ["第2步"]
    # A value, also the one that the next step in the cell replaced; quotes and line breaks are no hindrance.
    assert [e.label for e in store.journal(report, text='“2”\n"x"')] == ["第4步", "第2步"]
    assert store.journal(report, cell=cells[0]._replace(row="abr")) == []
    assert store.journal(report, text="100%") == []
