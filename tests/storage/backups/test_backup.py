"""Backups: verified before they count, made when something changed, never harmed by one that fails."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path
from typing import Protocol

import pytest

from desktop.domain.edits import edit_from
from desktop.domain.keys import UNIT_NAME, FactKey, ReportId
from desktop.storage.backups import backup as module
from desktop.storage.backups.backup import (
    AUTOMATIC,
    BEFORE_IMPORT,
    BY_HAND,
    EVERY,
    ON_CLOSE,
    BackupFailed,
    Backups,
    DamagedData,
    refuse_lost,
)
from desktop.storage.backups.verify import check_copy, opened
from desktop.storage.catalog import Catalog
from desktop.storage.db import DamagedFile, Database, VanishedFolder, open_database
from desktop.storage.settings import Settings
from desktop.storage.store import Store

CELL = FactKey("annex1", "staff", "actual")


class Clock(Protocol):
    def __call__(self) -> datetime: ...
    def pass_seconds(self, seconds: float) -> None: ...


@pytest.fixture
def backups(db: Database, report: ReportId, tmp_path: Path, clock: Clock) -> Backups:
    return Backups(db, tmp_path / "backups", clock)


def put(store: Store, report: ReportId, value: str, key: FactKey = CELL) -> None:
    store.apply(edit_from(report, "填写", store.facts(report), [(key, value)]))


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_backup_holds_what_the_data_hold(backups: Backups, store: Store, report: ReportId) -> None:
    put(store, report, "12")
    made = backups.make(BY_HAND)
    assert made is not None and backups.list() == [made] and made.good
    assert made.path.name == "ziping-000001-20250301-090000-手动.db"
    assert (made.reason, made.size) == ("手动", made.path.stat().st_size)
    check_copy(made.path)
    with opened(made.path) as copy:
        assert copy.rows("SELECT value FROM facts WHERE tbl = 'annex1'") == [("12",)]
    assert names(backups.folder) == [made.path.name]


def test_only_what_changed_is_backed_up_again(
    backups: Backups, store: Store, report: ReportId, db: Database, clock: Clock
) -> None:
    assert backups.make(ON_CLOSE) is not None
    for reason in (AUTOMATIC, ON_CLOSE, BEFORE_IMPORT):
        assert backups.make(reason) is None
    Settings(db).set("decimals_shown", 4)
    assert Backups(db, backups.folder, clock).make(ON_CLOSE) is None
    changes = (
        lambda: put(store, report, "12"),
        lambda: put(store, report, "13"),
        lambda: put(store, report, "1"),
        lambda: store.undo(report),
        lambda: put(store, report, "乙局", UNIT_NAME),
        lambda: Catalog(db).set_system(report, "form-2023"),
        lambda: Catalog(db).delete_report(report),
        lambda: Catalog(db).add_unit("丙局"),
    )
    for change in changes:
        change()
        assert backups.make(AUTOMATIC) is not None
        assert Backups(db, backups.folder, clock).make(AUTOMATIC) is None
    assert backups.make(BY_HAND) is not None


def test_empty_file_needs_no_backup(db: Database, tmp_path: Path) -> None:
    backups = Backups(db, tmp_path / "backups")
    assert backups.make(AUTOMATIC) is None
    assert not backups.folder.exists() and backups.list() == []


def test_due_every_ten_minutes_if_something_changed(
    backups: Backups, store: Store, report: ReportId, clock: Clock
) -> None:
    assert not backups.due()
    clock.pass_seconds(EVERY.total_seconds())
    assert backups.due()
    backups.make(AUTOMATIC)
    clock.pass_seconds(EVERY.total_seconds())
    assert not backups.due()
    put(store, report, "12")
    assert backups.due()
    assert not backups.due(clock() - timedelta(seconds=1))
    assert backups.due(clock() - timedelta(days=700)), "the clock was set back"


def test_none_of_its_own_accord_after_a_restore_until_something_is_typed(
    backups: Backups, store: Store, report: ReportId, clock: Clock
) -> None:
    backups.take_restored()
    clock.pass_seconds(10_000)
    assert not backups.due()
    assert backups.make(AUTOMATIC) is None and backups.make(ON_CLOSE) is None
    assert backups.make(BEFORE_IMPORT) is not None
    put(store, report, "12")
    clock.pass_seconds(10_000)
    assert not backups.restored and backups.due()
    assert backups.make(ON_CLOSE) is not None
    put(store, report, "13")
    assert backups.make(AUTOMATIC) is not None


def test_order_survives_a_clock_set_back(backups: Backups, clock: Clock) -> None:
    for _ in range(3):
        backups.make(BY_HAND)
        clock.pass_seconds(-86400 * 300)
    assert [b.moment.number for b in backups.list()] == [3, 2, 1]


def test_old_ones_are_thinned(backups: Backups, clock: Clock) -> None:
    for _ in range(6):
        backups.make(BY_HAND)
        clock.pass_seconds(3600)
    clock.pass_seconds(86400 * 5)
    backups.make(BY_HAND)
    assert [b.moment.number for b in backups.list()] == [7, 6]


@pytest.fixture
def two_backups(backups: Backups, store: Store, report: ReportId) -> list[Path]:
    paths = []
    for value in ("1", "2"):
        put(store, report, value)
        made = backups.make(BY_HAND)
        assert made is not None
        paths.append(made.path)
    return paths


def test_damaged_data_harm_no_backup(
    backups: Backups, two_backups: list[Path], db: Database, clock: Clock
) -> None:
    before = [path.read_bytes() for path in two_backups]
    db.conn.execute("UPDATE facts SET value = '9'")
    clock.pass_seconds(86400 * 5)  # the first of them could be thinned
    with pytest.raises(DamagedData, match="“甲县示例局”2024年度") as caught:
        backups.make(BY_HAND)
    assert "备份都没有动过" in caught.value.hint
    assert [path.read_bytes() for path in two_backups] == before
    assert len(names(backups.folder)) == 2


def test_copy_that_came_out_wrong_is_thrown_away(
    backups: Backups, two_backups: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    def half(db: Database, target: Path) -> None:
        target.write_bytes(two_backups[0].read_bytes()[:-4096])

    monkeypatch.setattr(module, "copy_database", half)
    with pytest.raises(DamagedData):
        backups.make(BY_HAND)
    assert len(names(backups.folder)) == 2


def full(*_: object) -> None:
    raise OSError(28, "No space left on device")


def full_for_sqlite(*_: object) -> None:
    error = sqlite3.OperationalError("database or disk is full")
    error.sqlite_errorcode = sqlite3.SQLITE_FULL
    raise error


@pytest.mark.parametrize(
    ("step", "fails"),
    [("copy_database", full_for_sqlite), ("settle", full), ("check_copy", full)],
)
def test_full_disk(
    backups: Backups,
    two_backups: list[Path],
    monkeypatch: pytest.MonkeyPatch,
    step: str,
    fails: object,
) -> None:
    monkeypatch.setattr(module, step, fails)
    with pytest.raises(BackupFailed, match="磁盘已满") as caught:
        backups.make(BY_HAND)
    assert "完好" in caught.value.hint
    assert len(names(backups.folder)) == 2


@pytest.mark.skipif(os.name == "nt", reason="no limits on a process's files there")
def test_disk_that_takes_no_more(backups: Backups, db: Database, store: Store, report: ReportId) -> None:
    """A real write that fails in the middle of the copy."""
    import resource

    put(store, report, "字" * 100_000)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, hard))
    try:
        with pytest.raises(BackupFailed):
            backups.make(BY_HAND)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert names(backups.folder) == []
    assert backups.make(BY_HAND) is not None


def test_folder_that_cannot_be_made(backups: Backups) -> None:
    backups.folder.write_bytes(b"a file of that name")
    with pytest.raises(BackupFailed, match="写不进去"):
        backups.make(BY_HAND)
    assert backups.list() == []


def test_what_is_no_backup_is_neither_listed_nor_touched(
    backups: Backups, two_backups: list[Path], tmp_path: Path, clock: Clock
) -> None:
    secret = tmp_path / "elsewhere.db"
    secret.write_bytes(two_backups[0].read_bytes())
    strangers = ["我的文件.db", "ziping-000009-20990231-000000-自动.db", "~ziping-x.txt"]
    for name in strangers:
        (backups.folder / name).write_bytes(b"mine")
    (backups.folder / "ziping-000008-20200101-000000-自动.db").mkdir()
    link = backups.folder / "ziping-000007-20200101-000000-自动.db"
    if os.name != "nt":
        link.symlink_to(secret)
    broken = backups.folder / "ziping-000006-20200101-000000-自动.db"
    broken.write_bytes(b"")
    assert [b.moment.number for b in backups.list()] == [6, 2, 1]
    assert [b.good for b in backups.list()] == [False, True, True]
    clock.pass_seconds(86400 * 5)
    before = set(names(backups.folder))
    backups.make(BY_HAND)
    assert before - set(names(backups.folder)) == {two_backups[0].name}
    assert secret.exists()


def test_leftovers_of_a_killed_program_go_after_a_day(backups: Backups, two_backups: list[Path]) -> None:
    old, new = backups.folder / "~ziping-old.tmp", backups.folder / "~ziping-new.tmp"
    for path in (old, new):
        path.write_bytes(b"half")
    os.utime(old, (1, 1))
    backups.make(BY_HAND)
    assert not old.exists() and new.exists()


def test_leftovers_of_a_killed_program_go_at_the_next_start(
    db: Database, backups: Backups, two_backups: list[Path]
) -> None:
    """Nobody else is at work in these folders: the data file is ours alone."""
    theirs = backups.folder / "~ziping-of-mine"
    theirs.mkdir()
    for folder in (backups.folder, db.path.parent):
        (folder / "~ziping-new.tmp").write_bytes(b"half")
    Backups(db, backups.folder)
    assert names(backups.folder) == sorted([path.name for path in two_backups] + [theirs.name])
    assert not (db.path.parent / "~ziping-new.tmp").exists()


def test_lock_is_kept_while_backing_up(backups: Backups, db: Database) -> None:
    """On Linux one careless open and close of the data file would let a second program in."""
    backups.make(BY_HAND)
    backups.list()
    code = (
        "import sys; from pathlib import Path; from desktop.storage import db; db.WAIT_SECONDS = 0\n"
        "try: db.open_database(Path(sys.argv[1]))\n"
        "except Exception: sys.exit(7)"
    )
    assert subprocess.run([sys.executable, "-c", code, str(db.path)], check=False).returncode == 7


# -- the second folder -----------------------------------------------------------------------------------


@pytest.fixture
def stick(db: Database, tmp_path: Path, backups: Backups) -> Path:
    folder = tmp_path / "U盘"
    folder.mkdir()
    Settings(db).set("second_backup_folder", str(folder))
    return folder


def test_no_second_folder_no_words(backups: Backups) -> None:
    assert backups.second_folder is None
    assert backups.second_state() == "" and not backups.second_overdue()


def test_second_copy(backups: Backups, stick: Path, db: Database, clock: Clock) -> None:
    assert backups.second_state() == f"第二备份文件夹 {stick}，还没有成功过"
    assert backups.second_overdue()
    made = backups.make(BY_HAND)
    assert made is not None and backups.second_folder is not None
    (copy,) = backups.second_folder.iterdir()
    assert copy.read_bytes() == made.path.read_bytes()
    assert copy.parent.parent == stick
    assert backups.second_state() == f"第二备份文件夹 {stick}，上次成功 3月1日"
    clock.pass_seconds(86400 * 6.9)
    assert not backups.second_overdue()
    clock.pass_seconds(86400 * 0.2)
    assert Backups(db, backups.folder, clock).second_overdue()


def test_stick_is_at_home(backups: Backups, stick: Path) -> None:
    backups.make(BY_HAND)
    away = stick.rename(stick.with_name(f"{stick.name}-away"))
    assert backups.make(BY_HAND) is not None
    assert backups.second_state() == f"第二备份文件夹 {stick} 现在找不到，上次成功 3月1日"
    assert not stick.exists()
    away.rename(stick)
    backups.make(BY_HAND)
    assert "找不到" not in backups.second_state()


def test_stick_is_full(backups: Backups, stick: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    backups.make(BY_HAND)
    monkeypatch.setattr(module, "copy_file", full)
    assert backups.make(BY_HAND) is not None
    assert "没有备份成功（磁盘已满，没有做成备份）" in backups.second_state()
    assert backups.second_folder is not None and len(names(backups.second_folder)) == 1


def test_second_copy_that_came_out_wrong(
    backups: Backups, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "copy_file", lambda source, target: target.write_bytes(b"half"))
    assert backups.make(BY_HAND) is not None
    assert "不完好" in backups.second_state() and backups.second_overdue()
    assert backups.second_folder is not None and names(backups.second_folder) == []


def test_another_folder_begins_anew(backups: Backups, stick: Path, db: Database, tmp_path: Path) -> None:
    backups.make(BY_HAND)
    Settings(db).set("second_backup_folder", str(tmp_path))
    assert "还没有成功过" in backups.second_state()


def test_two_computers_do_not_thin_each_others_copies(
    backups: Backups, stick: Path, tmp_path: Path, clock: Clock
) -> None:
    backups.make(BY_HAND)
    other = open_database(tmp_path / "other.db")
    Catalog(other).add_unit("乙局")
    Settings(other).set("second_backup_folder", str(stick))
    Backups(other, tmp_path / "others", clock).make(BY_HAND)
    other.close()
    assert len(list(stick.iterdir())) == 2


def test_lost_file_is_not_begun_anew(db: Database, backups: Backups, report: ReportId) -> None:
    """Neither where it is missing nor where it is empty, as long as there are backups."""
    db.close()
    refuse_lost(db.path, backups.folder)
    backups.folder.mkdir()
    db.path.rename(backups.folder / "ziping-000001-20250301-090000-手动.db")
    for _ in range(2):
        with pytest.raises(DamagedFile, match="备份还在"):
            refuse_lost(db.path, backups.folder)
        db.path.touch()
    refuse_lost(db.path, backups.folder / "none")


def test_no_folder_is_made_where_the_data_were_taken_away(
    db: Database, store: Store, report: ReportId, tmp_path: Path
) -> None:
    put(store, report, "1")
    data, aside = tmp_path / "data", tmp_path / "aside"
    data.mkdir()
    db.close()
    db.path.rename(data / "ziping.db")
    moved = open_database(data / "ziping.db")
    backups = Backups(moved, data / "backups")
    data.rename(aside)
    for reason in (AUTOMATIC, ON_CLOSE, BY_HAND, BEFORE_IMPORT):
        with pytest.raises(VanishedFolder):
            backups.make(reason)
    assert not data.exists() and not (aside / "backups").exists()
    moved.close()
