"""检查数据: counts in words, what can be mended with its cells, and nothing done without being asked."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QPushButton
from pytestqt.qtbot import QtBot

from desktop.domain.keys import FactKey
from desktop.storage.backups.backup import BY_HAND
from desktop.ui import messages
from desktop.ui.dialogs.data_check import DataCheckDialog
from desktop.ui.jobs import Jobs
from desktop.ui.session import Session

CELL = FactKey("three_public", "abroad", "final")


def dialog_of(qtbot: QtBot, session: Session) -> DataCheckDialog:
    dialog = DataCheckDialog(session, Jobs(), lambda: None)
    qtbot.addWidget(dialog)
    qtbot.waitUntil(lambda: not dialog.busy)
    return dialog


def click(qtbot: QtBot, dialog: DataCheckDialog, name: str) -> None:
    """And wait for the check that follows."""
    button(dialog, name).click()
    qtbot.waitUntil(lambda: not dialog.busy)


def counts(dialog: DataCheckDialog) -> str:
    label = dialog.findChild(QLabel, "checkCounts")
    assert label is not None
    return label.text()


def details(dialog: DataCheckDialog) -> str:
    found = dialog.findChild(QPlainTextEdit, "checkDetails")
    assert found is not None
    return found.toPlainText()


def button(dialog: DataCheckDialog, name: str) -> QPushButton:
    found = dialog.findChild(QPushButton, name)
    assert found is not None
    return found


def test_sound_data_are_said_to_be_sound(qtbot: QtBot, session: Session) -> None:
    dialog = dialog_of(qtbot, session)
    assert counts(dialog).startswith("2份报告，") and counts(dialog).endswith("没有发现问题。")
    assert button(dialog, "mendData").isHidden() and button(dialog, "registerAnew").isHidden()


@pytest.mark.parametrize("agreed", [True, False])
def test_what_is_ticked_is_mended_if_one_agrees(
    qtbot: QtBot, session: Session, monkeypatch: pytest.MonkeyPatch, agreed: bool
) -> None:
    monkeypatch.setattr(messages, "confirm", lambda *_: agreed)
    session.write("粘贴", [(CELL, "1,000"), (FactKey("nothing", "a", "b"), "看不见的")])
    dialog = dialog_of(qtbot, session)
    assert "发现2个问题" in counts(dialog)
    assert "nothing.a.b：看不见的" in details(dialog)
    click(qtbot, dialog, "mendData")
    assert session.sheet.text(CELL) == ("1000" if agreed else "1,000")
    # What cannot be seen is cleared only if one ticks it.
    assert session.facts[FactKey("nothing", "a", "b")] == "看不见的"
    assert ("发现1个问题" if agreed else "发现2个问题") in counts(dialog)
    if agreed:
        session.undo()
        assert session.sheet.text(CELL) == "1,000"


def test_a_damaged_report_is_shown_beside_the_last_good_backup(
    qtbot: QtBot, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    session.set(CELL, "6.88")
    session.place.care.keep(BY_HAND)
    session.store._db.conn.execute("UPDATE facts SET value = '7.1' WHERE value = '6.88'")
    dialog = dialog_of(qtbot, session)
    assert "备份 6.88，现在 7.1" in details(dialog)
    assert button(dialog, "mendData").isHidden()
    monkeypatch.setattr(messages, "confirm", lambda *_: False)
    click(qtbot, dialog, "registerAnew")
    assert "发现1个问题" in counts(dialog)
    monkeypatch.setattr(messages, "confirm", lambda *_: True)
    click(qtbot, dialog, "registerAnew")
    assert "没有发现问题" in counts(dialog)
    assert session.sheet.text(CELL) == "7.1"


def test_without_a_backup_nothing_is_mended_and_it_is_told(
    qtbot: QtBot, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr(messages, "confirm", lambda *_: True)
    monkeypatch.setattr(messages, "tell_error", lambda _, error: told.append(str(error)))
    session.set(CELL, "1,000")
    session.place.backups.folder.write_text("no folder")
    click(qtbot, dialog_of(qtbot, session), "mendData")  # and the check it asks for is over
    assert "没有做成备份" in told[0] and session.sheet.text(CELL) == "1,000"


def test_a_dialog_closed_in_the_middle_of_the_check_is_left_alone(qtbot: QtBot, session: Session) -> None:
    jobs = Jobs()
    dialog = DataCheckDialog(session, jobs, lambda: None)
    qtbot.addWidget(dialog)
    assert counts(dialog).startswith("正在检查") and not button(dialog, "checkAgain").isEnabled()
    dialog.reject()
    qtbot.waitUntil(lambda: not dialog.busy)
    assert counts(dialog).startswith("正在检查")
