"""Every dialog, every tab and the window die when they are closed: nothing keeps them, or a part of them."""

from __future__ import annotations

import weakref
from collections import Counter
from collections.abc import Callable, Sequence

import pytest
import shiboken6
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QAbstractItemView, QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from desktop.storage.backups.backup import BY_HAND
from desktop.ui.audit_runner import Checking
from desktop.ui.jobs import Jobs
from desktop.ui.main_window import MainWindow
from desktop.ui.session import Session
from desktop.ui.tabs import TABS, TabSpec
from desktop.ui.tabs.preview import PreviewTab
from desktop.workplace import Workplace
from tests.ui.opening import OPEN, dialogs_of_the_program
from tests.wrappers import clear_away, dead_wrappers

TIMES = 3


def use(root: QWidget) -> None:
    """Its lists are gone into, and what it works out in the background is there."""
    root.show()
    for view in root.findChildren(QAbstractItemView):
        if view.model() is not None and view.model().rowCount():
            view.setCurrentIndex(view.model().index(0, 0))
    QApplication.processEvents()


def kept(workers: Sequence[Jobs | Checking], made: Callable[[], QObject]) -> tuple[int, Counter[str]]:
    """How many of some that `made` made are still there when all are closed, and which dead parts of them."""

    def at_rest() -> Counter[str]:
        for _ in range(3):  # what is answered may ask again
            clear_away()
            for worker in workers:
                worker.wait()
        return Counter(dead_wrappers())

    before = at_rest()
    ghosts = [weakref.ref(made()) for _ in range(TIMES)]
    left = at_rest() - before
    return sum(ghost() is not None for ghost in ghosts), left


def test_every_dialog_is_tried() -> None:
    assert set(OPEN) == dialogs_of_the_program()


@pytest.mark.parametrize("kind", OPEN, ids=lambda kind: kind.__name__)
def test_a_closed_dialog_is_gone(
    window: MainWindow, session: Session, place: Workplace, kind: type[QDialog]
) -> None:
    place.backups.make(BY_HAND)
    place.delete_report(place.create("青山县教育局", 2020))

    def closed() -> QObject:
        dialog = OPEN[kind](window)
        use(dialog)
        window.jobs.wait()
        use(dialog)
        dialog.close()
        if shiboken6.isValid(dialog):
            dialog.deleteLater()
        return dialog

    assert kept([session.checking, window.jobs], closed) == (0, Counter())


@pytest.mark.parametrize("spec", TABS, ids=lambda spec: spec.name)
def test_a_closed_tab_is_gone(qtbot: QtBot, session: Session, spec: TabSpec) -> None:
    def closed() -> QObject:
        tab = spec.make(session)
        use(tab)
        session.settle()
        session.checking.wait()
        use(tab)
        if isinstance(tab, PreviewTab):
            tab.wait()
        tab.close()
        tab.deleteLater()
        return tab

    assert kept([session.checking], closed) == (0, Counter())


def test_a_closed_window_is_gone(qtbot: QtBot, session: Session) -> None:
    """After each tab, the findings, and a cell of each table were looked at."""
    places = {key.base: key for key in session.facts}

    def closed() -> QObject:
        window = MainWindow(session)
        use(window)
        window.actions_.findings.trigger()
        for number in range(len(TABS)):
            use(window.show_tab(number))
        for key in places.values():
            session.jump.emit(key)
            QApplication.processEvents()
        window.close()
        window.deleteLater()
        return window

    assert kept([session.checking], closed) == (0, Counter())
