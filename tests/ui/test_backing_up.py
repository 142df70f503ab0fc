"""The window waits for a backup only while there is something to keep, and says what does not succeed."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from desktop.domain.keys import FactKey
from desktop.storage.backup import AUTOMATIC, BEFORE_DELETION, BEFORE_IMPORT, EVERY, ON_CLOSE
from desktop.ui.main_window import MainWindow
from desktop.ui.session import Session

CELL = FactKey("three_public", "abroad", "final")


def reasons(session: Session) -> list[str]:
    return [backup.reason for backup in session.place.backups.list()]


@pytest.fixture
def later(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten minutes have gone since the last try."""
    backups = session.place.backups
    monkeypatch.setattr(backups, "_tried", backups._tried - EVERY - timedelta(seconds=1))


@pytest.mark.usefixtures("later")
def test_a_change_is_kept_once_the_time_has_come(session: Session, window: MainWindow) -> None:
    waiting = window.backing_up
    session.set(CELL, "1")
    assert waiting.wait.isActive() and waiting.wait.isSingleShot()
    assert waiting.wait.interval() > EVERY.total_seconds() * 1000
    waiting.wait.stop()
    waiting.run()
    assert reasons(session) == [AUTOMATIC]
    assert not waiting.wait.isActive()  # nothing is waited for until something changes
    session.set(CELL, "2")
    assert waiting.wait.isActive()


def test_what_came_after_another_backup_is_waited_for_once_more(session: Session, window: MainWindow) -> None:
    waiting = window.backing_up
    session.set(CELL, "1")
    waiting.wait.stop()
    waiting.run()  # too early: a backup for another reason was tried just now
    assert reasons(session) == [] and waiting.wait.isActive()
    waiting.wait.stop()
    waiting.run()
    assert not waiting.wait.isActive()


def test_closing_keeps_what_changed_and_nothing_else(session: Session, window: MainWindow) -> None:
    window.close()
    assert reasons(session) == [ON_CLOSE]
    assert not window.backing_up.wait.isActive()
    session.end()
    assert reasons(session) == [ON_CLOSE]


def test_a_deletion_is_preceded_by_a_backup(session: Session, window: MainWindow) -> None:
    session.delete_report()
    assert reasons(session) == [BEFORE_DELETION]


def test_an_import_is_preceded_by_a_backup(session: Session, tmp_path: Path) -> None:
    path = tmp_path / "附件.xlsx"
    session.export_task("xlsx").run(path)
    assert session.report is not None
    session.set(CELL, "77")
    report = session.report
    draft = session.place.draft_import(session.place.read_source(path), report.unit_name, report.id.year)
    session.take_import(draft, {0})
    assert reasons(session) == [BEFORE_IMPORT]


@pytest.mark.usefixtures("later")
def test_a_backup_that_fails_is_said_in_the_status_line_and_stops_nothing(
    qtbot: QtBot, session: Session, window: MainWindow
) -> None:
    button = window.findChild(QPushButton, "backupReminder")
    assert button is not None and button.isHidden()
    folder = session.place.backups.folder
    folder.write_text("no folder")
    session.set(CELL, "1")
    window.backing_up.run()
    assert button.isVisible() and button.text() == "没有做成备份"
    session.delete_report()  # is done all the same
    assert len(session.catalog.deleted_reports()) == 1
    folder.unlink()
    session.place.care.keep(AUTOMATIC)
    window.backing_up.tell()
    assert button.isHidden()


def test_a_second_folder_that_is_never_there_is_reminded_of(session: Session, window: MainWindow) -> None:
    session.settings.set("second_backup_folder", "/nowhere/U盘")
    assert "第二备份文件夹" in window.backing_up.reminder()


@pytest.mark.usefixtures("later")
@pytest.mark.parametrize("typed_on", [False, True])
def test_after_a_restore_what_is_typed_is_kept_and_nothing_else(
    session: Session, window: MainWindow, typed_on: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    backups = session.place.backups
    session.place.care.keep("手动")
    session.set(CELL, "5")
    session.restore(backups.list()[0].path)
    before = reasons(session)
    monkeypatch.setattr(backups, "_tried", backups._tried - EVERY - timedelta(seconds=1))
    window.backing_up.wait.stop()
    window.backing_up.run()
    assert reasons(session) == before
    if typed_on:
        session.set(CELL, "6")
        assert window.backing_up.wait.isActive()
        window.backing_up.run()
        session.set(CELL, "7")
        assert reasons(session) == [AUTOMATIC, *before]
        before = [ON_CLOSE, AUTOMATIC, *before]
    window.close()
    assert reasons(session) == before
