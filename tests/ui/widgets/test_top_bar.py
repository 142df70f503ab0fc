"""Unit and year: all in view in a small window, however long the unit's name is."""

from __future__ import annotations

from itertools import pairwise

import pytest
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QToolButton, QWidget

from desktop.domain.keys import FactKey
from desktop.ui.main_window import MainWindow
from desktop.ui.session import Session
from desktop.ui.widgets.top_bar import TopBar

LONG = "湘西土家族苗族自治州清河县农业农村和乡村振兴综合行政执法服务中心"


@pytest.mark.parametrize("width", [895, 1024, 1366])
def test_nothing_lies_over_anything_else_in_a_small_window(
    window: MainWindow, session: Session, width: int
) -> None:
    session.set(FactKey("unit", "this", "name"), LONG)
    window.resize(width, 440)
    QApplication.processEvents()
    bar = window.findChild(TopBar)
    assert bar is not None and window.width() == width
    parts = [child for child in bar.children() if isinstance(child, QWidget) and child.isVisible()]
    assert sum(isinstance(part, QComboBox | QToolButton) for part in parts) >= 7
    for left, right in pairwise(sorted(parts, key=QWidget.x)):
        assert left.x() + left.width() <= right.x()
        assert right.x() + right.width() <= bar.width() and right.width() >= right.minimumSizeHint().width()


def test_the_whole_name_can_be_read(window: MainWindow, session: Session) -> None:
    session.set(FactKey("unit", "this", "name"), LONG)
    units = window.findChild(QComboBox, "unitPicker")
    assert units is not None
    assert units.toolTip() == f"<p>{LONG}</p>"
    assert units.view().minimumWidth() > units.fontMetrics().horizontalAdvance(LONG)


def test_the_keys_of_hidden_labels_work_and_never_twice(window: MainWindow) -> None:
    bar = window.findChild(TopBar)
    assert bar is not None
    for width, wide in ((1366, True), (895, False)):
        window.resize(width, 440)
        QApplication.processEvents()
        assert all(shortcut.isEnabled() != wide for shortcut in bar.findChildren(QShortcut))
        assert all(label.isVisible() == wide for label in bar.findChildren(QLabel))
