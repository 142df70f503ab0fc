"""The window waits for a backup only while there is something to keep, and says what does not succeed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from desktop.domain.keys import FactKey
from desktop.errors import UserError
from desktop.storage.backups import backup
from desktop.storage.backups.backup import (
    AUTOMATIC,
    BEFORE_DELETION,
    BEFORE_IMPORT,
    EVERY,
    ON_CLOSE,
    backups_in,
)
from desktop.storage.db import open_database
from desktop.storage.store import Store
from desktop.ui import messages
from desktop.ui.main_window import MainWindow
from desktop.ui.session import Session
from desktop.ui.waiting import WaitBox

CELL = FactKey("three_public", "abroad", "final")


def run(window: MainWindow) -> None:
    """And until it is told how it went."""
    window.backing_up.run()
    while window.jobs._awaited:
        QApplication.processEvents()


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
    run(window)
    assert reasons(session) == [AUTOMATIC]
    assert not waiting.wait.isActive()  # nothing is waited for until something changes
    session.set(CELL, "2")
    assert waiting.wait.isActive()


def test_what_came_after_another_backup_is_waited_for_once_more(session: Session, window: MainWindow) -> None:
    waiting = window.backing_up
    session.set(CELL, "1")
    waiting.wait.stop()
    run(window)  # too early: a backup for another reason was tried just now
    assert reasons(session) == [] and waiting.wait.isActive()
    waiting.wait.stop()
    run(window)
    assert not waiting.wait.isActive()


def test_closing_keeps_what_changed_and_nothing_else(session: Session, window: MainWindow) -> None:
    window.close()
    assert reasons(session) == [ON_CLOSE]
    assert not window.backing_up.wait.isActive()
    session.end()
    assert reasons(session) == [ON_CLOSE]


@pytest.mark.usefixtures("later")
def test_what_is_typed_while_one_is_made_is_in_the_next(
    session: Session, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The window goes on meanwhile; closing waits for the one and makes the other."""
    slow, copied, go_on = backup.check_copy, Event(), Event()

    def waits(copy: Path) -> None:
        copied.set()
        assert go_on.wait(60)
        slow(copy)

    monkeypatch.setattr(backup, "check_copy", waits)
    window.backing_up.wait.stop()
    window.backing_up.run()
    assert copied.wait(60)
    assert session.set(CELL, "8") and reasons(session) == []
    assert window.backing_up.wait.isActive()
    go_on.set()
    window.close()
    assert reasons(session) == [ON_CLOSE, AUTOMATIC]
    assert len({made.moment.number for made in session.place.backups.list()}) == 2


def test_closing_says_what_it_waits_for_and_does_not_begin_twice(
    session: Session, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow, seen, go_on = backup.check_copy, list[str](), Event()

    def waits(copy: Path) -> None:
        assert go_on.wait(60)
        slow(copy)

    def look() -> None:
        boxes = [w for w in QApplication.topLevelWidgets() if isinstance(w, WaitBox) and w.isVisible()]
        seen.extend(box.words.text() for box in boxes)
        window.close()  # as the system does at its own end
        if "正在备份…" not in seen:
            return  # jobs of the window before may still be waited for
        timer.stop()
        go_on.set()

    timer = QTimer(window, interval=50)
    timer.timeout.connect(look)
    monkeypatch.setattr(backup, "check_copy", waits)
    timer.start()
    window.close()
    assert seen[-1] == "正在备份…" and reasons(session) == [ON_CLOSE] and not window.isVisible()


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


def test_an_import_that_cannot_be_written_begins_no_report(session: Session, tmp_path: Path) -> None:
    """Its first line gives the new unit a name that another one has."""
    path, told = tmp_path / "附件.xlsx", list[UserError]()
    session.export_task("xlsx").run(path)
    units, reports = session.catalog.units(), session.catalog.reports()
    draft = session.place.draft_import(session.place.read_source(path), "青山县教育局", 2019)
    session.failed.connect(told.append)
    session.take_import(draft, {0})
    assert len(told) == 1 and "已经有名为" in told[0].sentence
    assert (session.catalog.units(), session.catalog.reports()) == (units, reports)
    session.take_import(draft, {1})
    assert len(told) == 1 and len(session.catalog.reports()) == len(reports) + 1


@pytest.mark.usefixtures("later")
def test_a_backup_that_fails_is_said_in_the_status_line_and_stops_nothing(
    qtbot: QtBot, session: Session, window: MainWindow
) -> None:
    button = window.findChild(QPushButton, "backupReminder")
    assert button is not None and button.isHidden()
    folder = session.place.backups.folder
    folder.write_text("no folder")
    session.set(CELL, "1")
    run(window)
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
    run(window)
    assert reasons(session) == before
    if typed_on:
        session.set(CELL, "6")
        assert window.backing_up.wait.isActive()
        run(window)
        session.set(CELL, "7")
        assert reasons(session) == [AUTOMATIC, *before]
        before = [ON_CLOSE, AUTOMATIC, *before]
    window.close()
    assert reasons(session) == before


@pytest.fixture
def taken_away(session: Session) -> Iterator[Path]:
    """The data folder is renamed under the open window; where it was, so that one sees what is there."""
    session.place.care.keep("手动")
    session.set(CELL, "31.5")
    folder = session.place.backups.folder.parent
    aside = folder.with_name("改了名")
    folder.rename(aside)
    yield folder
    assert not folder.exists()
    assert [path.name for path in (aside / "backups").iterdir()] == [
        backup.path.name for backup in backups_in(aside / "backups")
    ]
    aside.rename(folder)


def test_a_folder_taken_away_is_told_at_the_end_and_not_made_anew(
    session: Session, window: MainWindow, taken_away: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = list[str]()
    monkeypatch.setattr(messages, "choose", lambda *told: asked.append("".join(map(str, told[1:3]))))
    run(window)
    window.close()
    window.close()
    assert len(asked) == 1 and "数据文件夹不见了" in asked[0] and str(taken_away) in asked[0]


def test_of_a_folder_taken_away_all_can_be_kept_elsewhere(
    session: Session, window: MainWindow, taken_away: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first folder is not chosen, the second cannot be written to."""
    elsewhere = tmp_path / "U盘"
    elsewhere.mkdir()
    folders = ["", str(tmp_path / "没有"), str(elsewhere)]
    told = list[str]()
    monkeypatch.setattr(messages, "choose", lambda *_: 0)
    monkeypatch.setattr(messages, "choose_folder", lambda *_: folders.pop(0))
    monkeypatch.setattr(messages, "tell_error", lambda _, error: told.append(error.sentence))
    monkeypatch.setattr(messages, "tell", lambda _, sentence, hint: told.append(hint))
    report = session.report
    window.close()
    (kept,) = elsewhere.iterdir()
    assert told[0].startswith("这个文件夹写不进去") and str(kept) in told[1]
    saved = open_database(kept / "ziping.db")
    assert report is not None and Store(saved).facts(report.id)[CELL] == "31.5"
    saved.close()
