"""The menu 数据 opens each of its dialogs, with a report open and without one."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDialog, QMenu

from desktop.domain.keys import FactKey
from desktop.ui.dialogs.history import HistoryDialog
from desktop.ui.main_window import MainWindow
from desktop.ui.session import Session
from desktop.ui.widgets.cell_menu import add_history

NAMES = {
    "showTasks": "tasksDialog",
    "showBackups": "backupsDialog",
    "showDeleted": "deletedReports",
    "showHistory": "historyDialog",
    "checkData": "dataCheck",
    "saveSupport": "supportDialog",
    "showSettings": "settingsDialog",
}


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[QDialog]:
    """The dialogs that were opened; each is closed at once."""
    dialogs: list[QDialog] = []
    monkeypatch.setattr(QDialog, "exec", lambda dialog: dialogs.append(dialog) or dialog.done(0) or 0)
    return dialogs


@pytest.mark.parametrize("name", NAMES)
def test_each_entry_opens_its_dialog(window: MainWindow, shown: list[QDialog], name: str) -> None:
    action = window.findChild(QAction, name)
    assert action is not None
    action.trigger()
    assert [dialog.objectName() for dialog in shown] == [NAMES[name]]


@pytest.mark.parametrize("name", NAMES)
def test_without_a_report_only_the_history_is_closed(
    window: MainWindow, session: Session, shown: list[QDialog], name: str
) -> None:
    session.close_report()
    action = window.findChild(QAction, name)
    assert action is not None
    action.trigger()
    assert len(shown) == (name != "showHistory")


def test_the_menu_of_a_cell_opens_its_own_history(
    window: MainWindow, session: Session, shown: list[QDialog]
) -> None:
    cell = FactKey("three_public", "abroad", "final")
    add_history(QMenu(window), session, cell).actions()[-1].trigger()
    (dialog,) = shown
    assert isinstance(dialog, HistoryDialog) and dialog.steps.cell == cell
