"""Tasks are part of the data: kept with a sum, in every backup, found again in a damaged file."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.domain.edits import edit_from
from desktop.domain.keys import FORMS, ReportId
from desktop.resource_files.templates import load_templates
from desktop.storage.backups.backup import BY_HAND, Backups
from desktop.storage.backups.restore import restore
from desktop.storage.backups.verify import fault_of
from desktop.storage.catalog import Catalog
from desktop.storage.data_checks.data_check import checking
from desktop.storage.data_checks.portrait import portrait
from desktop.storage.db import Database, open_database
from desktop.storage.recovery.salvage import salvage, write_salvaged
from desktop.storage.store import Store
from desktop.storage.tasks import KeptTasks
from tests.places import RESOURCES

FILE = b"PK\x03\x04" + bytes(range(256)) * 40
TASK = "清河县财政局-2024"


@pytest.fixture
def tasks(db: Database) -> KeptTasks:
    tasks = KeptTasks(db)
    tasks.add(TASK, 1, FILE, "{}")
    tasks.add(TASK, 2, FILE + b"2", "{2}")
    return tasks


def test_each_issue_is_kept_once(tasks: KeptTasks) -> None:
    assert [(one.id, one.issue, one.intact) for one in tasks.all()] == [(TASK, 1, True), (TASK, 2, True)]
    assert (tasks.all()[0].file, tasks.all()[1].said) == (FILE, "{2}")
    with pytest.raises(ValueError, match="already there"):
        tasks.add(TASK, 2, b"x", "")
    tasks.remove(TASK, 1)
    assert [one.issue for one in tasks.all()] == [2]


def test_a_changed_byte_is_noticed(tasks: KeptTasks, db: Database) -> None:
    db.conn.execute("UPDATE tasks SET file = ? WHERE issue = 2", (FILE + b"3",))
    assert [one.intact for one in tasks.all()] == [True, False]
    assert "任务“清河县财政局-2024”的内容与保存时不一致" in fault_of(db)
    (matter,) = checking(db, load_templates(RESOURCES))().matters
    assert matter.where == f"任务 {TASK}" and "重新领取" in matter.advice
    db.conn.execute("UPDATE tasks SET file = 'no bytes' WHERE issue = 2")
    assert [one.intact for one in tasks.all()] == [True, False]


def test_its_reports_are_known_those_in_the_bin_too(
    tasks: KeptTasks, catalog: Catalog, store: Store, report: ReportId
) -> None:
    assert tasks.users_of(TASK) == []
    store.apply(edit_from(report, "换", store.facts(report), [(FORMS, TASK)]))
    gone = catalog.add_report(ReportId(report.unit, 2020), TASK).id
    catalog.delete_report(gone)
    name = catalog.units()[0].name
    assert tasks.users_of(TASK) == [f"{name}{report.year}年度", f"{name}2020年度（已删除）"]


def test_a_backup_brings_them_back(tasks: KeptTasks, db: Database, tmp_path: Path) -> None:
    backups = Backups(db, tmp_path / "backups")
    made = backups.make(BY_HAND)
    assert made is not None
    tasks.remove(TASK, 2)
    again = backups.make(BY_HAND)  # a task is a change: there is something to back up
    assert again is not None and again.path != made.path
    restore(db, backups, made.path)
    assert [one.issue for one in tasks.all()] == [1, 2] and all(one.intact for one in tasks.all())


def test_they_are_salvaged(tasks: KeptTasks, db: Database, tmp_path: Path) -> None:
    db.close()
    found = salvage(db.path)
    assert {key: row[1:] for key, row in found.tasks.items()} == {
        (TASK, 1): (FILE, "{}"),
        (TASK, 2): (FILE + b"2", "{2}"),
    }
    write_salvaged(found, tmp_path / "new.db", "form-2023")
    fresh = open_database(tmp_path / "new.db")
    assert all(one.intact for one in KeptTasks(fresh).all()) and len(KeptTasks(fresh).all()) == 2
    fresh.close()


def test_a_portrait_counts_them(tasks: KeptTasks, db: Database) -> None:
    assert "tasks: 2" in portrait(db) and TASK not in portrait(db)
