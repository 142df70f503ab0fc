"""No dialog opens larger than the screen it stands on, and each can be made small enough for a county laptop."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from desktop.storage.backups.backup import BY_HAND
from desktop.ui.first_size import open_at
from desktop.ui.main_window import MainWindow
from desktop.workplace import Workplace
from tests.ui.opening import OPEN

LAPTOP = QSize(1366, 728) / 1.5 - QSize(16, 40)
"""What 1366×768 less the task bar leaves at 150 %, in points, inside a window's frame."""


def test_a_window_opens_at_the_wished_size_where_the_screen_holds_it(qtbot: QtBot) -> None:
    dialog = QDialog()
    qtbot.addWidget(dialog)
    open_at(dialog, 320, 240)
    assert dialog.size() == QSize(320, 240)


@pytest.mark.parametrize("kind", OPEN, ids=lambda kind: kind.__name__)
def test_a_dialog_fits_the_screen(window: MainWindow, place: Workplace, kind: type[QDialog]) -> None:
    place.backups.make(BY_HAND)
    place.delete_report(place.create("青山县教育局", 2020))
    dialog = OPEN[kind](window)
    dialog.show()
    window.jobs.wait()
    QApplication.processEvents()
    least = dialog.minimumSizeHint().expandedTo(dialog.minimumSize())
    assert least.boundedTo(LAPTOP) == least
    free = dialog.screen().availableSize()
    assert dialog.frameSize().boundedTo(free) == dialog.frameSize()
    dialog.close()
