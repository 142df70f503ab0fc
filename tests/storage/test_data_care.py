"""A backup that fails stops nothing but is remembered; mending is one step a report, after a backup."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop import paths
from desktop.domain.edits import edit_from
from desktop.domain.keys import FactKey, ReportId
from desktop.errors import UserError
from desktop.resource_files.templates import load_templates
from desktop.storage.backups.backup import AUTOMATIC, BEFORE_MENDING, BY_HAND, Backups
from desktop.storage.data_care import Care
from desktop.storage.db import Database
from desktop.storage.store import Store

CELL = FactKey("three_public", "abroad", "final")


@pytest.fixture
def backups(db: Database, tmp_path: Path) -> Backups:
    return Backups(db, tmp_path / "backups")


@pytest.fixture
def care(db: Database, backups: Backups, store: Store) -> Care:
    return Care(db, backups, store, lambda: load_templates(paths.resources_dir()))


def put(store: Store, report: ReportId, text: str) -> None:
    store.apply(edit_from(report, "填写", store.facts(report), [(CELL, text)]))


def test_what_kept_a_backup_from_being_made_is_remembered_until_one_succeeds(
    care: Care, backups: Backups, tmp_path: Path
) -> None:
    (tmp_path / "backups").write_text("no folder")
    problem = care.keep(BY_HAND)
    assert isinstance(problem, UserError) and care.backup_problem is problem
    (tmp_path / "backups").unlink()
    assert care.keep(AUTOMATIC) is None and care.backup_problem is None
    assert [backup.reason for backup in backups.list()] == [AUTOMATIC]


def test_mending_is_one_step_after_a_backup(
    care: Care, backups: Backups, store: Store, report: ReportId
) -> None:
    put(store, report, "1,000")
    assert care.mend(care.checking()().matters) == 1
    assert store.facts(report)[CELL] == "1000"
    assert [backup.reason for backup in backups.list()] == [BEFORE_MENDING]
    store.undo(report)
    assert store.facts(report)[CELL] == "1,000"


def test_nothing_is_mended_without_a_backup(
    care: Care, store: Store, report: ReportId, tmp_path: Path
) -> None:
    put(store, report, "1,000")
    (tmp_path / "backups").write_text("no folder")
    with pytest.raises(UserError, match="没有做成备份"):
        care.mend(care.checking()().matters)
    assert store.facts(report)[CELL] == "1,000"


def test_a_damaged_report_can_be_registered_and_a_backup_brought_back(
    care: Care, db: Database, backups: Backups, store: Store, report: ReportId
) -> None:
    put(store, report, "1")
    assert care.keep(BY_HAND) is None
    db.conn.execute("UPDATE facts SET value = '9' WHERE value = '1'")
    care.register_anew(care.checking()().matters[0])
    assert store.facts(report)[CELL] == "9"
    content = care.comparing(backups.list()[0].path)()
    (compared,) = content.reports
    assert compared.there[CELL] == "1" and compared.here[CELL] == "9"
    care.restore(backups.list()[0].path)
    assert store.facts(report)[CELL] == "1"


def test_what_is_told_of_the_data_holds_no_contents(care: Care, store: Store, report: ReportId) -> None:
    put(store, report, "1,234.5678")
    brief = care.found_in_brief()
    assert "three_public.abroad.final" in brief
    for words in (brief, care.portrait()):
        assert "1,234" not in words and "甲县" not in words
