"""备份与恢复: what is listed, what the chosen one is said to hold, and that a restore is asked and done once."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QPlainTextEdit, QPushButton, QTableView
from pytestqt.qtbot import QtBot

from desktop.domain.keys import FactKey
from desktop.errors import UserError
from desktop.storage.backups.backup import BEFORE_RESTORE, BY_HAND
from desktop.storage.backups.restore import Comparison, Content, ReportContent
from desktop.ui import messages
from desktop.ui.dialogs.backups import BackupsDialog, content_in_words, size_in_words
from desktop.ui.jobs import Jobs
from desktop.ui.session import Session

CELL = FactKey("three_public", "reception", "final")


@pytest.fixture
def two_backups(session: Session) -> Session:
    """The older says 6.88, the newer 6.99; 7.1 stands there now."""
    for text in ("6.88", "6.99"):
        session.set(CELL, text)
        assert session.place.care.keep(BY_HAND) is None
    session.set(CELL, "7.1")
    return session


def dialog_of(qtbot: QtBot, session: Session) -> BackupsDialog:
    dialog = BackupsDialog(session, Jobs())
    qtbot.addWidget(dialog)
    return dialog


def row(dialog: BackupsDialog, number: int) -> list[str]:
    model = table(dialog).model()
    return [str(model.index(number, column).data()) for column in range(model.columnCount())]


def table(dialog: BackupsDialog) -> QTableView:
    found = dialog.findChild(QTableView, "backups")
    assert found is not None
    return found


def read(dialog: BackupsDialog) -> None:
    """And wait until it is shown; a second answer follows where the first was overtaken."""
    dialog.read()
    while dialog.reading:
        QApplication.processEvents()


def details(dialog: BackupsDialog) -> str:
    read(dialog)
    found = dialog.findChild(QPlainTextEdit, "backupDetails")
    assert found is not None
    return found.toPlainText()


def button(dialog: BackupsDialog, name: str) -> QPushButton:
    read(dialog)
    found = dialog.findChild(QPushButton, name)
    assert found is not None
    return found


def test_without_backups_there_is_only_one_to_be_made(qtbot: QtBot, session: Session) -> None:
    dialog = dialog_of(qtbot, session)
    assert not button(dialog, "restoreBackup").isEnabled()
    button(dialog, "makeBackup").click()
    assert row(dialog, 0)[1:] == [
        "手动",
        size_in_words(session.place.backups.list()[0].size),
        "清河县农业农村局 2023、2022",
        "好",
    ]


def test_the_chosen_one_is_held_against_what_is_there_now(qtbot: QtBot, two_backups: Session) -> None:
    two_backups.place.create("白云县水利局", 2023)
    dialog = dialog_of(qtbot, two_backups)
    assert table(dialog).model().rowCount() == 2
    assert "公务接待 · 2023年决算数：备份 6.99，现在 7.1" in details(dialog)
    table(dialog).selectRow(1)
    said = details(dialog)
    assert "清河县农业农村局 2023：1处不同" in said and "备份 6.88，现在 7.1" in said
    assert "清河县农业农村局 2022：相同" in said
    assert "白云县水利局 2023：只在现在有" in said


def test_a_report_deleted_since_is_only_in_the_backup(qtbot: QtBot, two_backups: Session) -> None:
    two_backups.delete_report()
    dialog = dialog_of(qtbot, two_backups)
    table(dialog).selectRow(1)
    assert "清河县农业农村局 2023：只在备份里有" in details(dialog)


def test_a_damaged_backup_is_told_and_cannot_be_restored(qtbot: QtBot, two_backups: Session) -> None:
    newest = two_backups.place.backups.list()[0].path
    newest.write_bytes(newest.read_bytes().replace(b"6.99", b"9.99"))
    older = two_backups.place.backups.list()[1].path
    older.write_bytes(older.read_bytes()[:5000])
    dialog = dialog_of(qtbot, two_backups)
    assert "与保存时不一致" in details(dialog)
    assert not button(dialog, "restoreBackup").isEnabled()
    assert row(dialog, 1)[4] == "已损坏"


@pytest.mark.parametrize("agreed", [True, False])
def test_a_restore_is_asked_once_and_keeps_what_was_there(
    qtbot: QtBot, two_backups: Session, monkeypatch: pytest.MonkeyPatch, agreed: bool
) -> None:
    said: list[str] = []
    monkeypatch.setattr(messages, "confirm", lambda *words: said.append(words[1]) or agreed)
    monkeypatch.setattr(messages, "tell", lambda *words: said.append(words[1]))
    dialog = dialog_of(qtbot, two_backups)
    table(dialog).selectRow(1)
    button(dialog, "restoreBackup").click()
    assert two_backups.sheet.text(CELL) == ("6.88" if agreed else "7.1")
    reasons = [backup.reason for backup in two_backups.place.backups.list()]
    assert reasons == ([BEFORE_RESTORE] if agreed else []) + [BY_HAND, BY_HAND]
    assert len(said) == (2 if agreed else 1)


def test_a_restore_from_before_any_report_leaves_none_open(
    qtbot: QtBot, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    for report in session.catalog.reports():
        session.catalog.delete_report(report.id)
    session.reopen()
    session.place.care.keep(BY_HAND)
    session.open_sample()
    monkeypatch.setattr(messages, "confirm", lambda *_: True)
    monkeypatch.setattr(messages, "tell", lambda *_: None)
    button(dialog_of(qtbot, session), "restoreBackup").click()
    assert session.report is None and session.facts == {}


def test_a_backup_that_fails_is_told(qtbot: QtBot, session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[UserError] = []
    monkeypatch.setattr(messages, "tell_error", lambda _, error: told.append(error))
    session.place.backups.folder.write_text("no folder")
    button(dialog_of(qtbot, session), "makeBackup").click()
    assert "没有做成备份" in str(told[0])


def test_the_second_folder_is_chosen_filled_and_cleared(
    qtbot: QtBot, session: Session, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    dialog = dialog_of(qtbot, session)
    state = dialog.findChild(QLabel, "secondState")
    assert state is not None and "没有设置" in state.text()
    monkeypatch.setattr(messages, "choose_folder", lambda *_: str(tmp_path))
    button(dialog, "chooseSecond").click()
    assert str(tmp_path) in state.text() and "上次成功" in state.text()
    assert len(list(tmp_path.glob("自评备份-*/ziping-*.db"))) == 1
    button(dialog, "clearSecond").click()
    assert "没有设置" in state.text() and session.settings.text("second_backup_folder") == ""


def test_the_chosen_one_is_read_after_a_pause(qtbot: QtBot, two_backups: Session) -> None:
    dialog = dialog_of(qtbot, two_backups)
    restore = dialog.findChild(QPushButton, "restoreBackup")
    assert restore is not None and not restore.isEnabled()
    qtbot.waitUntil(restore.isEnabled)


def test_only_the_answer_to_the_last_question_is_shown(qtbot: QtBot, two_backups: Session) -> None:
    dialog = dialog_of(qtbot, two_backups)
    dialog.read()
    assert dialog.reading
    table(dialog).selectRow(1)
    assert "备份 6.88" in details(dialog)


def test_what_differs_comes_first_and_what_is_the_same_is_counted(session: Session) -> None:
    def line(number: int, comparison: Comparison) -> ReportContent:
        return ReportContent(f"单位{number}", 2023, 3, None, comparison, 3)

    reports = [line(n, "same") for n in range(20)]
    reports += [line(20, "only here"), line(21, "only there"), line(22, "differs")]
    said = content_in_words(Content((), (), tuple(reports), None), session.templates).splitlines()
    assert [words.split(" ")[0] for words in said[1:]] == ["单位22", "单位21", "单位20", "其余"]
    assert said[-1] == "其余 20 份相同"
    alone = content_in_words(Content((), (), tuple(reports[:20]), None), session.templates)
    assert alone.endswith("全部 20 份相同")


def test_unreadable_present_data_are_told(session: Session) -> None:
    report = ReportContent("甲局", 2023, 3, None, "unknown", 3)
    said = content_in_words(Content((), (), (report,), None), session.templates)
    assert "现在的数据读不出来" in said and said.endswith("甲局 2023：3项内容")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows removes no open file")
def test_a_folder_that_was_taken_away_is_told(qtbot: QtBot, two_backups: Session) -> None:
    folder = two_backups.place.backups.folder.parent
    folder.rename(folder.with_name("elsewhere"))
    about = dialog_of(qtbot, two_backups).findChild(QLabel, "quiet")
    assert about is not None and "数据文件夹不见了" in about.text() and "还没有备份" not in about.text()
    folder.with_name("elsewhere").rename(folder)
