"""The bin: a deleted report comes back whole, unless its place is taken."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget, QPushButton
from pytestqt.qtbot import QtBot

from desktop.errors import UserError
from desktop.ui import messages
from desktop.ui.dialogs.deleted_reports import DeletedReportsDialog
from desktop.ui.session import Session


def restore_button(qtbot: QtBot, session: Session) -> QPushButton:
    dialog = DeletedReportsDialog(session)
    qtbot.addWidget(dialog)
    button = dialog.findChild(QPushButton, "restoreReport")
    assert button is not None
    return button


def test_nothing_deleted_nothing_to_restore(qtbot: QtBot, session: Session) -> None:
    assert not restore_button(qtbot, session).isEnabled()


def test_a_deleted_report_is_opened_as_it_was(qtbot: QtBot, session: Session) -> None:
    report, facts = session.report, dict(session.facts)
    session.delete_report()
    assert session.report != report
    restore_button(qtbot, session).click()
    assert session.report == report and dict(session.facts) == facts


def test_one_whose_year_is_taken_stays_in_the_bin_and_it_is_said(
    qtbot: QtBot, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[UserError] = []
    monkeypatch.setattr(messages, "tell_error", lambda _, error: told.append(error))
    session.delete_report()
    session.place.create("清河县农业农村局", 2023)
    restore_button(qtbot, session).click()
    assert len(told) == 1 and len(session.catalog.deleted_reports()) == 1


def test_enter_in_the_list_restores_a_report_once(qtbot: QtBot, session: Session) -> None:
    """A list that acts on Enter hands the key on to the default button, which acts once more."""
    report = session.report
    session.delete_report()
    dialog = DeletedReportsDialog(session)
    qtbot.addWidget(dialog)
    dialog.show()
    deleted = dialog.findChild(QListWidget, "deleted")
    assert deleted is not None
    with qtbot.waitSignal(dialog.accepted):
        qtbot.keyClick(deleted, Qt.Key.Key_Return)
    assert session.report == report and session.catalog.deleted_reports() == []
