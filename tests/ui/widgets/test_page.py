"""A page below its fold: what is not seen is made later, and nobody can tell."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.keys import FactKey
from desktop.ui.grid.view import GridView
from desktop.ui.main_window import MainWindow
from desktop.ui.session import Session
from desktop.ui.widgets import page as pages
from desktop.ui.widgets.form import Form
from desktop.ui.widgets.page import Page

STAFF, OTHERS = "grid_staff", "grid_others"


@pytest.fixture(autouse=True)
def no_rest_yet(monkeypatch: pytest.MonkeyPatch) -> None:
    """A busy machine would be at rest before a test has looked: rest comes when a test says so."""
    monkeypatch.setattr(pages, "AT_REST_MS", 3_600_000)


def rest(page: Page) -> None:
    timer = page.findChild(QTimer)
    assert timer is not None
    timer.start(0)


def shown(qtbot: QtBot, session: Session, height: int = 728) -> tuple[MainWindow, Page]:
    window = MainWindow(session)
    qtbot.addWidget(window)
    window.resize(1366, height)
    window.show()
    page = window.findChild(Page)
    assert page is not None
    return window, page


def made(page: Page) -> list[str]:
    return [view.objectName() for view in page.findChildren(GridView)]


def test_a_grid_below_the_fold_is_made_at_rest_and_nothing_moves(qtbot: QtBot, session: Session) -> None:
    window, page = shown(qtbot, session)
    for _ in range(3):  # the status line takes its height while the window is painted
        window.grab()
        QApplication.processEvents()
    before = page.verticalScrollBar().maximum(), page.column.sizeHint().height()
    assert made(page) == []
    rest(page)
    qtbot.waitUntil(lambda: made(page) == [STAFF, OTHERS])
    QApplication.processEvents()
    assert (page.verticalScrollBar().maximum(), page.column.sizeHint().height()) == before


def test_a_tall_screen_has_its_grids_when_it_is_first_painted(qtbot: QtBot, session: Session) -> None:
    _, page = shown(qtbot, session, height=1000)
    assert made(page) == [STAFF]
    _, taller = shown(qtbot, session, height=1400)
    assert made(taller) == [STAFF, OTHERS]


def test_a_grid_is_made_when_one_scrolls_to_it(qtbot: QtBot, session: Session) -> None:
    _, page = shown(qtbot, session)
    QApplication.processEvents()
    page.verticalScrollBar().setValue(200)
    assert made(page) == [STAFF]


def test_a_grid_is_made_when_a_fact_in_it_is_gone_to(qtbot: QtBot, session: Session) -> None:
    window, page = shown(qtbot, session)
    window.show_key(FactKey("others", "retired", "this_year"))
    view = page.findChild(GridView, OTHERS)
    assert view is not None
    assert view.grid.cell_at(view.currentIndex()).key == FactKey("others", "retired", "this_year")


def test_tab_goes_from_the_form_into_grids_not_made_yet(qtbot: QtBot, session: Session) -> None:
    window, page = shown(qtbot, session)
    window.activateWindow()
    QApplication.processEvents()
    form = page.findChild(Form)
    assert form is not None
    last = list(form.fields.values())[-1]
    last.setFocus()
    qtbot.keyClick(last, Qt.Key.Key_Tab)
    focused = QApplication.focusWidget()
    assert focused is not None
    assert focused.objectName() == STAFF
    assert made(page) == [STAFF]
    rest(page)
    qtbot.waitUntil(lambda: made(page) == [STAFF, OTHERS])
    assert _after(page, STAFF) == OTHERS


def _after(page: Page, name: str) -> str:
    """The next widget that Tab can reach from a grid of the page."""
    at: QWidget | None = page.findChild(GridView, name)
    assert at is not None
    while (at := at.nextInFocusChain()) is not None:
        if at.focusPolicy() & Qt.FocusPolicy.TabFocus and at.isVisible():
            return at.objectName()
    return ""
