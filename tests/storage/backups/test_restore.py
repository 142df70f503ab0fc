"""A restore keeps what was there, replaces all or nothing, and says beforehand what differs."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from typing import Protocol

import pytest

from desktop.domain.edits import edit_from
from desktop.domain.keys import FactKey, ReportId
from desktop.errors import UserError
from desktop.storage.backups import restore as module
from desktop.storage.backups.backup import BEFORE_RESTORE, BY_HAND, BackupFailed, Backups
from desktop.storage.backups.restore import FEW, comparing, comparing_newest, replace_damaged, restore
from desktop.storage.backups.verify import DamagedCopy, check_copy, fault_of, opened
from desktop.storage.catalog import Catalog, name_unit
from desktop.storage.db import LATEST, DamagedFile, Database, open_database
from desktop.storage.settings import Settings
from desktop.storage.store import Store
from tests.places import OLD_DATABASES

OLD = OLD_DATABASES / "0.1.0.db"
CELL = FactKey("annex1", "staff", "actual")


class Clock(Protocol):
    def __call__(self) -> datetime: ...
    def pass_seconds(self, seconds: float) -> None: ...


def put(store: Store, report: ReportId, value: str | None, key: FactKey = CELL) -> None:
    store.apply(edit_from(report, "填写", store.facts(report), [(key, value)]))


@pytest.fixture
def backups(db: Database, report: ReportId, tmp_path: Path, clock: Clock) -> Backups:
    return Backups(db, tmp_path / "backups", clock)


@pytest.fixture
def backup(backups: Backups, store: Store, report: ReportId) -> Path:
    """What was there when the cell held 1; it holds 2 now."""
    put(store, report, "1")
    made = backups.make(BY_HAND)
    assert made is not None
    put(store, report, "2")
    return made.path


def test_restored_data_are_those_of_the_backup(
    db: Database, backups: Backups, backup: Path, store: Store, report: ReportId
) -> None:
    kept = restore(db, backups, backup)
    assert store.facts(report)[CELL] == "1"
    assert [b.reason for b in backups.list()] == [BEFORE_RESTORE, BY_HAND]
    assert backups.list()[0].path == kept and backups.restored
    put(store, report, "3")
    store.undo(report)
    store.undo(report)
    assert CELL not in store.facts(report)
    restore(db, backups, kept)
    assert store.facts(report)[CELL] == "2"
    db.close()
    open_database(db.path).close()
    assert sorted(p.name for p in db.path.parent.iterdir()) == ["backups", db.path.name]


def test_settings_stay_as_they_are(db: Database, backups: Backups, backup: Path) -> None:
    Settings(db).set("decimals_shown", 5)
    restore(db, backups, backup)
    assert Settings(db).whole("decimals_shown") == 5


def test_backup_of_an_older_version_is_upgraded(db: Database, backups: Backups, backup: Path) -> None:
    restore(db, backups, OLD)
    assert db.rows("PRAGMA user_version") == [(LATEST,)] and fault_of(db) == ""
    assert Catalog(db).find("清河县农业农村局", 2023) is not None


def test_backup_may_be_thinned_away_while_it_is_restored(
    db: Database, backups: Backups, backup: Path, store: Store, report: ReportId, clock: Clock
) -> None:
    clock.pass_seconds(86400 * 5)
    backups.make(BY_HAND)
    clock.pass_seconds(3600)
    (old,) = [b.path for b in backups.list() if b.moment.number == 1]
    restore(db, backups, old)
    assert store.facts(report)[CELL] == "1"


def unchanged(db: Database, store: Store, report: ReportId) -> bool:
    return fault_of(db) == "" and store.facts(report)[CELL] == "2"


def test_damaged_backup_is_refused(
    db: Database, backups: Backups, backup: Path, store: Store, report: ReportId
) -> None:
    backup.write_bytes(backup.read_bytes().replace(b"actual", b"actuai"))
    with pytest.raises(DamagedCopy):
        restore(db, backups, backup)
    with pytest.raises(DamagedCopy):
        comparing(db, backup)()
    assert unchanged(db, store, report)


def test_backup_of_a_newer_version_is_refused(
    db: Database, backups: Backups, backup: Path, store: Store, report: ReportId
) -> None:
    newer = sqlite3.connect(backup)
    newer.execute(f"PRAGMA user_version={LATEST + 1}")
    newer.close()
    with pytest.raises(UserError, match="更新版本"):
        restore(db, backups, backup)
    assert unchanged(db, store, report)


def test_data_file_itself_is_no_backup(db: Database, backups: Backups, backup: Path) -> None:
    for use in (lambda: restore(db, backups, db.path), lambda: comparing(db, db.path)()):
        with pytest.raises(UserError, match="正在使用"):
            use()


def test_nothing_kept_nothing_restored(
    db: Database,
    backups: Backups,
    backup: Path,
    store: Store,
    report: ReportId,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def full(reason: str) -> None:
        raise BackupFailed("磁盘已满")

    monkeypatch.setattr(backups, "make", full)
    with pytest.raises(BackupFailed):
        restore(db, backups, backup)
    assert unchanged(db, store, report) and not backups.restored


def test_disk_full_in_the_middle_of_replacing(
    db: Database, backups: Backups, backup: Path, store: Store, report: ReportId
) -> None:
    put(store, report, "字" * 100_000, FactKey("narrative", "overview", "text"))
    made = backups.make(BY_HAND)
    assert made is not None
    restore(db, backups, backup)
    put(store, report, "2")
    db.conn.execute("VACUUM")
    db.conn.execute(f"PRAGMA max_page_count={db.rows('PRAGMA page_count')[0][0] + 2}")
    with pytest.raises(UserError, match="磁盘已满"):
        restore(db, backups, made.path)
    assert unchanged(db, store, report)


def test_damaged_present_data_are_set_aside_as_they_are(
    db: Database, backups: Backups, backup: Path, store: Store, report: ReportId
) -> None:
    db.conn.execute("UPDATE facts SET value = '9' WHERE tbl = 'annex1'")
    kept = restore(db, backups, backup)
    assert kept.parent == db.path.parent and kept.name.startswith("ziping-damaged-")
    with opened(kept) as aside:
        assert aside.rows("SELECT value FROM facts WHERE tbl = 'annex1'") == [("9",)]
    assert store.facts(report)[CELL] == "1"


def test_verified_after_restoring(
    db: Database, backups: Backups, backup: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "fault_of", lambda db: "文件结构已损坏")
    with pytest.raises(UserError, match="没有通过检查") as caught:
        restore(db, backups, backup)
    assert "恢复前" in caught.value.hint


# -- a file that cannot be opened ------------------------------------------------------------------------


def test_damaged_file_gives_way(db: Database, backups: Backups, backup: Path, report: ReportId) -> None:
    db.close()
    damaged = b"nothing but noise" * 1000
    db.path.write_bytes(damaged)
    hot = db.path.with_name(db.path.name + "-journal")
    hot.write_bytes(b"hot")
    with pytest.raises(DamagedFile) as caught:
        open_database(db.path)
    hot.write_bytes(b"hot")
    aside = replace_damaged(caught.value.path, backup)
    assert aside.read_bytes() == damaged
    assert aside.with_name(aside.name + "-journal").read_bytes() == b"hot"
    assert not hot.exists()
    again = open_database(db.path)
    assert Store(again).facts(report)[CELL] == "1"
    again.close()
    check_copy(backup)


def test_second_damaged_file_does_not_push_out_the_first(
    db: Database, backups: Backups, backup: Path
) -> None:
    db.close()
    asides = set()
    for noise in (b"one", b"two", b"three"):
        db.path.write_bytes(noise)
        asides.add(replace_damaged(db.path, backup))
    assert {path.read_bytes() for path in asides} == {b"one", b"two", b"three"}


def test_damaged_file_stays_if_the_backup_is_no_better(db: Database, backups: Backups, backup: Path) -> None:
    db.close()
    db.path.write_bytes(b"noise")
    backup.write_bytes(b"noise")
    with pytest.raises(DamagedCopy):
        replace_damaged(db.path, backup)
    assert db.path.read_bytes() == b"noise"


def test_damaged_file_and_a_backup_of_an_older_version(db: Database, backups: Backups) -> None:
    db.close()
    db.path.write_bytes(b"noise")
    replace_damaged(db.path, OLD)
    again = open_database(db.path)
    assert Catalog(again).find("清河县农业农村局", 2023) is not None
    again.close()


# -- what is in it ---------------------------------------------------------------------------------------


def test_content_beside_the_present_data(
    db: Database, backups: Backups, catalog: Catalog, store: Store, report: ReportId, clock: Clock
) -> None:
    gone = catalog.add_report(ReportId(report.unit, 2022), "s", {CELL: "5"}).id
    same = catalog.add_report(ReportId(report.unit, 2023), "s").id
    put(store, report, "1")
    made = backups.make(BY_HAND)
    assert made is not None
    catalog.delete_report(gone)
    catalog.add_report(ReportId(catalog.add_unit("乙局").id, 2025), "s", {CELL: "7"})
    with db.atomic() as conn:
        name_unit(conn, report.unit, "丙局")
    cells = [FactKey("t", str(n), "c") for n in range(FEW)]
    for key in cells:
        put(store, report, "1", key)
    put(store, report, None)
    found = comparing(db, made.path)()
    assert found.units == ("甲县示例局",) and found.years == (2022, 2023, 2024)
    assert found.last_edit == clock()
    by_year = {r.year: r for r in found.reports}
    assert {year: (r.unit_name, r.comparison, r.differing) for year, r in by_year.items()} == {
        2022: ("甲县示例局", "only there", 2),
        2023: ("甲县示例局", "same", 0),
        2024: ("甲县示例局", "differs", FEW + 1),
        2025: ("乙局", "only here", 2),
    }
    assert by_year[2024].cells == 2 and by_year[2024].last_edit == clock()
    assert by_year[2024].some == (CELL, *cells[: FEW - 1])
    assert by_year[same.year].last_edit is None


def test_looking_leaves_no_trace(db: Database, backups: Backups, backup: Path) -> None:
    before = backup.read_bytes()
    comparing(db, backup)()
    assert backup.read_bytes() == before
    assert list(backup.parent.iterdir()) == [backup]


def test_content_of_an_older_version(db: Database, backups: Backups) -> None:
    found = comparing(db, Path(shutil.copy(OLD, backups.folder.parent / "old.db")))()
    assert {r.unit_name for r in found.reports} >= {"清河县农业农村局", "丙县“档案”局／办公室"}


def test_present_data_that_cannot_be_read_do_not_hide_the_backup(db: Database, backup: Path) -> None:
    code = "import os, sys; file = open(sys.argv[1], 'r+b'); file.write(os.urandom(4096)); file.close()"
    subprocess.run([sys.executable, "-c", code, str(db.path)], check=True)
    (found,) = comparing(db, backup)().reports
    assert (found.comparison, found.cells) == ("unknown", 2)


def test_a_cell_that_changed_by_itself_differs_though_the_sums_are_the_same(
    db: Database, backups: Backups, backup: Path, report: ReportId
) -> None:
    made = backups.make(BY_HAND)
    assert made is not None
    db.conn.execute("UPDATE facts SET value = '9' WHERE tbl = 'annex1'")
    assert comparing(db, made.path)().reports[0].comparison == "differs"
    newest = comparing_newest(db, backups.list())()
    assert newest is not None and newest[0].path == made.path and newest[1].reports[0].differing == 1
    assert comparing_newest(db, [])() is None
