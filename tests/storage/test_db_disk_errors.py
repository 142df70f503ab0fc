"""A disk that reports an error at the very end: what is said of the step is what became of it."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import pytest

from desktop.domain.edits import edit_from
from desktop.domain.keys import FactKey, ReportId
from desktop.errors import UserError
from desktop.storage.backups.verify import opened
from desktop.storage.db import Database, PerhapsSaved, SavedAllTheSame
from desktop.storage.settings import Settings
from desktop.storage.store import Store

CELL = FactKey("annex1", "a", "actual")


class FaultyDisk:
    """A connection whose next commit is followed, or undone, by an error; `blind`: and none can be read after."""

    def __init__(self, conn: sqlite3.Connection, stands: bool, blind: bool) -> None:
        self._conn, self._stands, self._blind, self._failed = conn, stands, blind, False

    def __getattr__(self, name: str) -> Any:
        return getattr(self._conn, name)

    def execute(self, sql: str, *values: Any) -> sqlite3.Cursor:
        if sql == "COMMIT":
            self._conn.execute("COMMIT" if self._stands else "ROLLBACK")
            self._failed = self._blind
            raise io_error()
        if self._failed:
            raise io_error()
        return self._conn.execute(sql, *values)


def io_error() -> sqlite3.OperationalError:
    error = sqlite3.OperationalError("disk I/O error")
    error.sqlite_errorcode = sqlite3.SQLITE_IOERR_FSYNC
    return error


def put(store: Store, report: ReportId, value: str) -> None:
    store.apply(edit_from(report, "填写", store.facts(report), [(CELL, value)]))


def fail_next(
    db: Database, monkeypatch: pytest.MonkeyPatch, *, stands: bool, blind: bool = False
) -> list[UserError]:
    told = list[UserError]()
    db.on_disk_error = told.append
    monkeypatch.setattr(db, "conn", FaultyDisk(db.conn, stands, blind))
    return told


def test_a_step_that_stands_is_saved_and_the_error_told_beside_it(
    db: Database, store: Store, report: ReportId, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(store, report, "1")
    told = fail_next(db, monkeypatch, stands=True)
    heard: list[object] = []
    store.subscribe(heard.append)
    put(store, report, "2")
    (error,) = told
    assert isinstance(error, SavedAllTheSame) and "已保存" in error.sentence and "备份" in error.hint
    assert store.facts(report)[CELL] == "2" and len(heard) == 1


@pytest.mark.parametrize("deed", ["edit", "undo", "setting"])
def test_of_a_step_that_does_not_stand_it_is_said_that_it_was_not_saved(
    db: Database, store: Store, report: ReportId, monkeypatch: pytest.MonkeyPatch, deed: str
) -> None:
    put(store, report, "1")
    told = fail_next(db, monkeypatch, stands=False)
    deeds = {
        "edit": lambda: put(store, report, "2"),
        "undo": lambda: store.undo(report),
        "setting": lambda: Settings(db).set("decimals_shown", 5),
    }
    with pytest.raises(UserError, match="没有保存"):
        deeds[deed]()
    assert told == [] and store.facts(report)[CELL] == "1"


def test_where_the_disk_gives_nothing_any_more_it_is_left_open(
    db: Database, store: Store, report: ReportId, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = fail_next(db, monkeypatch, stands=True, blind=True)
    with pytest.raises(PerhapsSaved, match="不能确定"):
        Settings(db).set("decimals_shown", 5)
    assert told == []


@pytest.mark.logs_warnings
def test_where_nobody_listens_the_log_does(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(db, "conn", FaultyDisk(db.conn, True, False))
    Settings(db).set("decimals_shown", 5)
    assert Settings(db).whole("decimals_shown") == 5


def test_what_cannot_be_read_of_the_settings_keeps_no_step_from_being_saved(
    db: Database, store: Store, report: ReportId
) -> None:
    db.conn.execute("DROP TABLE settings")
    put(store, report, "1")
    assert store.facts(report)[CELL] == "1"


@pytest.mark.parametrize("stands", [True, False])
def test_a_restore_is_told_as_what_became_of_it(
    db: Database, store: Store, report: ReportId, tmp_path: Path, stands: bool
) -> None:
    put(store, report, "1")
    told, earlier = list[UserError](), tmp_path / "earlier.db"
    earlier.touch()
    db.copy_to(earlier)
    put(store, report, "2")
    db.on_disk_error = told.append
    with opened(earlier) as source:
        if stands:
            with db.replacing(source):
                source.conn.backup(db.conn)
                raise io_error()
        else:
            with pytest.raises(UserError, match="没有保存"), db.replacing(source):
                raise io_error()
    assert store.facts(report)[CELL] == ("1" if stands else "2") and len(told) == stands
