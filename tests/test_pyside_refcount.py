"""PySide6 6.12.0 loses a reference to None with each call that returns nothing, and soon aborts."""

from __future__ import annotations

import sys

from pytestqt.qtbot import QtBot


def test_calls_that_return_nothing_keep_none_alive(qtbot: QtBot) -> None:
    from PySide6.QtWidgets import QLabel

    label = QLabel()
    qtbot.addWidget(label)
    before = sys.getrefcount(None)
    for _ in range(200):
        label.setText("自评")
    assert before - sys.getrefcount(None) < 100
