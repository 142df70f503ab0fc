"""The one door: what it writes, what it refuses, and that steps can be undone in every order."""

from __future__ import annotations

from datetime import datetime
from itertools import count
from pathlib import Path
from typing import Protocol

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.domain.edits import Change, Edit, edit_from
from desktop.domain.keys import FactKey, ReportId
from desktop.errors import UserError
from desktop.storage.catalog import Catalog
from desktop.storage.db import Database, open_database
from desktop.storage.store import DamagedReport, Store

A, B = FactKey("annex1", "staff", "actual"), FactKey("annex3_funds@p1", "total", "final")


class Clock(Protocol):
    def __call__(self) -> datetime: ...
    def pass_seconds(self, seconds: float) -> None: ...


def put(store: Store, report: ReportId, key: FactKey, value: str | None, label: str = "填写") -> Edit:
    return store.apply(edit_from(report, label, store.facts(report), [(key, value)]))


def cells(store: Store, report: ReportId) -> dict[FactKey, str]:
    return {key: value for key, value in store.facts(report).items() if key in (A, B)}


def test_apply_undo_redo(store: Store, report: ReportId) -> None:
    edit = Edit(report, "粘贴", (Change(A, None, "12"), Change(B, None, "3.50")))
    assert store.apply(edit) == edit
    assert cells(store, report) == {A: "12", B: "3.50"}
    assert (store.undo_label(report), store.redo_label(report)) == ("粘贴", None)
    assert store.undo(report) == edit.inverse()
    assert cells(store, report) == {}
    assert (store.undo_label(report), store.redo_label(report)) == (None, "粘贴")
    assert store.redo(report) == edit
    assert cells(store, report) == {A: "12", B: "3.50"}
    assert store.redo(report) is None


def test_nothing_to_undo(store: Store, report: ReportId) -> None:
    assert store.undo(report) is None
    assert store.journal(report) == []


def test_new_edit_clears_the_redo_branch_but_not_the_history(store: Store, report: ReportId) -> None:
    put(store, report, A, "1", "甲")
    put(store, report, B, "2", "乙")
    store.undo(report)
    put(store, report, A, "3", "丙")
    assert store.redo(report) is None
    assert [(e.kind, e.label) for e in reversed(store.journal(report))] == [
        ("edit", "甲"),
        ("edit", "乙"),
        ("undo", "乙"),
        ("edit", "丙"),
    ]


def test_edit_from_stale_facts_is_refused_whole(store: Store, report: ReportId) -> None:
    put(store, report, A, "1")
    for stale in (Change(A, "2", "3"), Change(A, None, "3"), Change(B, "9", None), Change(A, "1", "")):
        with pytest.raises(ValueError, match=r"actual|final"):
            store.apply(Edit(report, "过期", (Change(FactKey("x", "y", "z"), None, "1"), stale)))
    assert cells(store, report) == {A: "1"}
    assert len(store.journal(report)) == 1


def test_stale_cell_is_found_in_a_large_edit(store: Store, report: ReportId) -> None:
    changes = [Change(FactKey("t", str(n), "c"), None, "1") for n in range(500)]
    with pytest.raises(ValueError, match="'7'"):
        store.apply(Edit(report, "导入", (*changes, Change(A, "7", "8"))))
    assert cells(store, report) == {}


def test_cell_named_twice_passes_through_both_values(store: Store, report: ReportId) -> None:
    store.apply(Edit(report, "两次", (Change(A, None, "1"), Change(A, "1", "2"))))
    assert cells(store, report) == {A: "2"}
    store.undo(report)
    assert cells(store, report) == {}


def test_edit_without_changes_leaves_no_trace(store: Store, report: ReportId) -> None:
    heard: list[Edit] = []
    store.subscribe(heard.append)
    store.apply(Edit(report, "空", ()))
    assert store.journal(report) == [] and heard == []


def test_report_that_is_not_there_is_a_bug(store: Store, report: ReportId) -> None:
    with pytest.raises(ValueError, match="no such report"):
        store.apply(Edit(ReportId(report.unit, 1999), "填写", (Change(A, None, "1"),)))


def test_one_notice_per_edit_undo_and_redo(store: Store, report: ReportId) -> None:
    heard: list[Edit] = []
    end = store.subscribe(heard.append)
    edit = put(store, report, A, "1")
    store.undo(report)
    store.redo(report)
    assert heard == [edit, edit.inverse(), edit]
    end()
    put(store, report, A, "2")
    assert len(heard) == 3


def test_listener_finds_the_edit_already_saved(store: Store, report: ReportId, db: Database) -> None:
    seen: list[tuple[bool, dict[FactKey, str]]] = []
    store.subscribe(lambda edit: seen.append((db.conn.in_transaction, cells(store, edit.report))))
    put(store, report, A, "1")
    assert seen == [(False, {A: "1"})]


def test_reports_have_steps_of_their_own(store: Store, report: ReportId, catalog: Catalog) -> None:
    other = catalog.add_report(ReportId(report.unit, 2023), "hunan-2023").id
    put(store, report, A, "1")
    put(store, other, A, "2")
    store.undo(report)
    assert cells(store, report) == {} and cells(store, other) == {A: "2"}


def test_quick_typing_is_one_step(store: Store, report: ReportId, clock: Clock) -> None:
    for typed in ("1", "12", "120"):
        put(store, report, A, typed)
        clock.pass_seconds(1.5)
    (entry,) = store.journal(report)
    assert store.changes_of(entry) == (Change(A, None, "120"),)
    store.undo(report)
    assert cells(store, report) == {}
    store.redo(report)
    assert cells(store, report) == {A: "120"}


@pytest.mark.parametrize(
    ("seconds", "key", "label"), [(2.1, A, "填写"), (-1.0, A, "填写"), (0.0, B, "填写"), (0.0, A, "粘贴")]
)
def test_what_is_not_quick_typing(
    store: Store, report: ReportId, clock: Clock, seconds: float, key: FactKey, label: str
) -> None:
    put(store, report, A, "1")
    clock.pass_seconds(seconds)
    put(store, report, key, "2", label)
    assert len(store.journal(report)) == 2


def test_typing_after_an_undo_is_a_new_step(store: Store, report: ReportId, clock: Clock) -> None:
    put(store, report, A, "1")
    clock.pass_seconds(5)
    put(store, report, A, "2")
    store.undo(report)
    put(store, report, A, "3")
    store.undo(report)
    assert cells(store, report) == {A: "1"}
    assert (store.undo_label(report), store.redo_label(report)) == ("填写", "填写")


def test_typing_back_to_the_old_value_leaves_no_step(store: Store, report: ReportId, clock: Clock) -> None:
    put(store, report, A, "1", "先前")
    put(store, report, B, "7")
    put(store, report, B, None)
    assert store.undo_label(report) == "先前"
    assert cells(store, report) == {A: "1"}


def test_history_tells_when_what_and_how_much(store: Store, report: ReportId, clock: Clock) -> None:
    edit = Edit(report, "导入附件1", (Change(A, None, "1"), Change(B, None, "2")))
    store.apply(edit)
    store.undo(report)
    undone, done = store.journal(report)
    assert (done.at, done.kind, done.size) == (clock(), "edit", 2)
    assert (undone.kind, undone.label) == ("undo", "导入附件1")
    assert store.changes_of(done) == edit.changes
    assert store.changes_of(undone) == edit.inverse().changes
    assert store.journal(report, limit=1) == [undone]


def test_steps_outlive_the_program(store: Store, report: ReportId, db: Database, clock: Clock) -> None:
    put(store, report, A, "1", "甲")
    put(store, report, B, "2", "乙")
    store.undo(report)
    db.close()
    again = open_database(db.path)
    store = Store(again, clock)
    assert (store.undo_label(report), store.redo_label(report)) == ("甲", "乙")
    store.redo(report)
    store.undo(report)
    store.undo(report)
    assert cells(store, report) == {}
    again.close()


def test_full_disk_refuses_the_step_and_keeps_the_rest(store: Store, report: ReportId, db: Database) -> None:
    put(store, report, A, "1")
    heard: list[Edit] = []
    store.subscribe(heard.append)
    pages = db.rows("PRAGMA page_count")[0][0]
    db.conn.execute(f"PRAGMA max_page_count={pages}")
    with pytest.raises(UserError, match="磁盘已满"):
        put(store, report, B, "长" * 20000)
    assert cells(store, report) == {A: "1"} and heard == []
    db.conn.execute("PRAGMA max_page_count=1000000")
    put(store, report, B, "2")
    db.close()
    again = open_database(db.path)
    assert cells(Store(again), report) == {A: "1", B: "2"}
    again.close()


KEYS = [FactKey("t", str(n), "c") for n in range(4)]
EDITS = st.dictionaries(st.sampled_from(KEYS), st.none() | st.sampled_from(["1", "2", "三"]), min_size=1)
STEPS = st.lists(EDITS | st.sampled_from(["undo", "undo", "redo", "reopen"]), max_size=14)


class Bench:
    """One open file for all examples; each gets a report of its own, which is quicker than a file."""

    def __init__(self, path: Path, clock: Clock) -> None:
        self.clock, self.units = clock, count(1)
        self.db = open_database(path)
        self.store = Store(self.db, clock)

    def report(self) -> ReportId:
        catalog = Catalog(self.db)
        report = ReportId(catalog.add_unit(f"第{next(self.units)}局").id, 2023)
        catalog.add_report(report, "hunan-2023", {KEYS[0]: "0"})
        return report

    def reopen(self) -> None:
        self.db.close()
        self.db = open_database(self.db.path)
        self.store = Store(self.db, self.clock)


def test_any_sequence_of_steps_agrees_with_a_model(path: Path, clock: Clock) -> None:
    bench = Bench(path, clock)

    @settings(max_examples=40, deadline=None)
    @given(STEPS)
    def run(steps: list[dict[FactKey, str | None] | str]) -> None:
        report = bench.report()
        now = bench.store.facts(report)
        past: list[dict[FactKey, str]] = []  # whole states, unlike the store, which keeps changes
        future: list[dict[FactKey, str]] = []
        for step in steps:
            clock.pass_seconds(10)
            if isinstance(step, dict):
                edit = edit_from(report, "填写", now, step.items())
                bench.store.apply(edit)
                if edit:
                    past, future = [*past, now], []
                    now = {k: v for k, v in {**now, **step}.items() if v}
            elif step == "reopen":
                bench.reopen()
            else:
                source, target = (past, future) if step == "undo" else (future, past)
                edit_done = getattr(bench.store, step)(report)
                assert (edit_done is None) == (not source)
                if source:
                    target.append(now)
                    now = source.pop()
            assert bench.store.facts(report) == now
            assert (bench.store.undo_label(report) is None) == (not past)
            assert (bench.store.redo_label(report) is None) == (not future)

    run()
    bench.db.close()


def test_quick_steps_can_be_undone_to_the_beginning_and_redone_to_the_end(path: Path, clock: Clock) -> None:
    bench = Bench(path, clock)

    @settings(max_examples=25, deadline=None)
    @given(STEPS, st.floats(0, 3))
    def run(steps: list[dict[FactKey, str | None] | str], pause: float) -> None:
        report = bench.report()
        store, beginning = bench.store, bench.store.facts(report)
        for step in steps:
            clock.pass_seconds(pause)
            if isinstance(step, dict):
                store.apply(edit_from(report, "填写", store.facts(report), step.items()))
            elif step == "undo":
                store.undo(report)
        end = store.facts(report)
        undone = 0
        while store.undo(report):
            undone += 1
        assert store.facts(report) == beginning
        for _ in range(undone):
            assert store.redo(report)
        assert store.facts(report) == end

    run()
    bench.db.close()


def on_disk(db: Database, change: tuple[bytes, bytes]) -> None:
    """Change bytes in the file itself, as a bad disk would."""
    db.close()
    content = db.path.read_bytes()
    assert content.count(change[0]) == 1
    db.path.write_bytes(content.replace(*change))


@pytest.mark.parametrize(
    "change",
    [(b"1234.50", b"1239.50"), (b"1234.50", b"12\xff4.50"), (b"hunan-2023", b"hunan-2021")],
)
def test_byte_changed_on_the_disk_is_found(
    store: Store, report: ReportId, catalog: Catalog, db: Database, change: tuple[bytes, bytes]
) -> None:
    other = catalog.add_report(ReportId(report.unit, 2020), "form", {B: "7"}).id
    catalog.add_report(ReportId(catalog.add_unit("乙局").id, 2020), "form", {B: "1234.50"})
    on_disk(db, change)
    again = open_database(db.path)
    store = Store(again)
    assert store.facts(other)[B] == "7"
    damaged = [r for r in Catalog(again).reports() if not readable(store, r.id)]
    assert [r.unit_name for r in damaged] == ["乙局" if b"1234.50" in change else "甲县示例局"]
    again.close()


def readable(store: Store, report: ReportId) -> bool:
    try:
        store.facts(report)
    except DamagedReport as error:
        return error.report != report
    return True


def test_lost_and_foreign_cells_are_found(store: Store, report: ReportId, db: Database) -> None:
    put(store, report, A, "1")
    for damage in (
        "DELETE FROM facts WHERE tbl = 'annex1'",
        "INSERT INTO facts VALUES (1, 'a', 'b', 'c', '')",
    ):
        db.conn.execute("SAVEPOINT whole")
        db.conn.execute(damage)
        assert not readable(store, report)
        db.conn.execute("ROLLBACK TO whole")
        db.conn.execute("RELEASE whole")
        assert readable(store, report)


def test_typing_on_does_not_hide_damage(store: Store, report: ReportId, db: Database) -> None:
    put(store, report, A, "1")
    db.conn.execute("UPDATE facts SET value = '9' WHERE tbl = 'annex1'")
    store.apply(Edit(report, "填写", (Change(B, None, "2"),)))
    store.undo(report)
    assert not readable(store, report)


def test_other_system_keeps_the_sum(store: Store, report: ReportId, catalog: Catalog) -> None:
    put(store, report, A, "1")
    catalog.set_system(report, "hunan-2025")
    assert readable(store, report)


def test_damaged_report_is_named(store: Store, report: ReportId, db: Database) -> None:
    db.conn.execute("UPDATE facts SET value = '9'")
    with pytest.raises(DamagedReport, match="“甲县示例局”2024年度") as caught:
        store.facts(report)
    assert "备份" in caught.value.hint


def test_account_is_on_record(
    store: Store, report: ReportId, db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("getpass.getuser", lambda: "zhang")
    put(store, report, A, "1")
    monkeypatch.setattr("getpass.getuser", lambda: {}["nobody"])
    put(Store(db), report, B, "1")
    assert [entry.who for entry in store.journal(report)] == ["", "zhang"]
