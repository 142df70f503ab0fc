"""Every step of the stored shape, and that the number the program knows is the number of steps."""

from __future__ import annotations

import json
import shutil
import sqlite3
from pathlib import Path

import pytest
import sqlite_utils

from desktop.domain.keys import FactKey, ReportId
from desktop.errors import UserError
from desktop.storage.catalog import Catalog
from desktop.storage.db import LATEST, SHAPES, Database, open_database, shape_sum
from desktop.storage.migrations import MIGRATIONS
from desktop.storage.settings import Settings
from desktop.storage.store import Store
from desktop.storage.tasks import KeptTasks
from tests.places import OLD_DATABASES

RELEASED = sorted(OLD_DATABASES.glob("*.db"))


def test_every_migration_has_the_sum_of_its_shape() -> None:
    empty = sqlite_utils.Database(sqlite3.connect(":memory:"), execute_plugins=False)
    number = len(MIGRATIONS.pending(empty))
    MIGRATIONS.apply(empty)
    found = shape_sum(empty.conn)
    empty.close()
    said = f"write `{number}: {found}` into SHAPES in desktop/storage/db.py"
    assert (LATEST, SHAPES.get(number)) == (number, found), said


def test_m001_units_reports_facts_journal_settings(db: Database) -> None:
    tables = {name for (name,) in db.rows("SELECT name FROM sqlite_schema WHERE type = 'table'")}
    assert tables >= {"units", "reports", "facts", "journal", "settings"}
    plan = db.rows("EXPLAIN QUERY PLAN SELECT value FROM facts WHERE report = 1")
    assert "PRIMARY KEY" in plan[0][3]
    plan = db.rows(
        "EXPLAIN QUERY PLAN SELECT id FROM journal"
        " WHERE report = 1 AND state = 'done' ORDER BY id DESC LIMIT 1"
    )
    assert "journal_steps" in plan[0][3] and len(plan) == 1


def test_m003_tasks(db: Database) -> None:
    KeptTasks(db).add("清河县财政局-2024", 1, b"\x00file", "{}")
    ((task, issue, file),) = db.rows("SELECT id, issue, file FROM tasks")
    assert (task, issue, file) == ("清河县财政局-2024", 1, b"\x00file")


@pytest.mark.parametrize("released", RELEASED, ids=lambda path: path.stem)
def test_released_files_come_over_whole(path: Path, released: Path) -> None:
    shutil.copy(released, path)
    db = open_database(path)
    catalog, store = Catalog(db), Store(db)
    for binned in catalog.deleted_reports():
        catalog.restore_report(binned.number)
    for listed in json.loads(released.with_suffix(".json").read_text(encoding="utf-8")):
        report = catalog.find(listed["unit"], listed["year"])
        assert report is not None
        assert store.facts(report.id) == {FactKey(*key): value for *key, value in listed["facts"]}
        assert all(entry.intact and not entry.who for entry in store.journal(report.id))
    db.close()


def test_upgraded_0_1_0_can_be_undone_and_redone(path: Path) -> None:
    shutil.copy(RELEASED[0], path)
    db = open_database(path)
    store, report, key = Store(db), ReportId(1, 2023), FactKey("annex1", "staff", "actual")
    assert store.facts(report)[key] == "35"
    assert store.redo_label(report) == "粘贴" and store.undo_label(report) == "填写"
    while store.undo(report):
        pass
    assert key not in store.facts(report)
    while store.redo(report):
        pass
    assert key not in store.facts(report)
    store.undo(report)
    assert store.facts(report)[key] == "35"
    assert Settings(db).whole("decimals_shown") == 4
    db.close()


def test_copy_is_kept_before_an_upgrade(path: Path) -> None:
    shutil.copy(RELEASED[0], path)
    seen: list[int] = []
    open_database(path, lambda db: seen.append(db.rows("PRAGMA user_version")[0][0])).close()
    open_database(path, lambda db: seen.append(-1)).close()
    assert seen == [1]


def test_no_upgrade_without_a_copy(path: Path) -> None:
    shutil.copy(RELEASED[0], path)

    def fail(db: Database) -> None:
        raise UserError("磁盘已满")

    with pytest.raises(UserError, match="磁盘已满"):
        open_database(path, fail)
    assert path.read_bytes() == RELEASED[0].read_bytes()


def test_new_file_needs_no_copy(path: Path) -> None:
    open_database(path, lambda db: pytest.fail("there is nothing to copy")).close()
