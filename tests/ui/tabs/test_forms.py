"""附表: which form is shown, and how one gets to a cell on it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QComboBox, QPushButton, QTabBar, QToolButton
from pytestqt.qtbot import QtBot

from desktop.domain.keys import FactKey
from desktop.ui.main_window import MainWindow
from desktop.ui.session import Session
from desktop.ui.tabs import TABS
from desktop.ui.tabs.forms import FormsTab
from desktop.workplace import Workplace

RECEPTION = FactKey("three_public", "reception", "final")
FUNDS = FactKey("annex2_funds", "general", "executed")


def shown(window: MainWindow) -> str:
    return TABS[window._tabs.currentIndex()].name


@pytest.fixture
def tab(window: MainWindow) -> FormsTab:
    tab = window.show_tab(next(n for n, spec in enumerate(TABS) if spec.name == "forms"))
    assert isinstance(tab, FormsTab)
    return tab


def bar(tab: FormsTab) -> QTabBar:
    found = tab.findChild(QTabBar, "subTabs")
    assert found is not None
    return found


def projects(tab: FormsTab) -> QComboBox:
    found = tab.findChild(QComboBox, "formProject")
    assert found is not None
    return found


def test_each_form_and_each_project_is_shown(tab: FormsTab, session: Session) -> None:
    titles = []
    for number in range(bar(tab).count()):
        bar(tab).setCurrentIndex(number)
        titles.append(tab.view.grid.form.laid.title)
    assert [title[-4:] for title in titles] == ["础数据表", "效自评表", "效自评表"]
    assert projects(tab).isVisible() and projects(tab).count() == len(session.sheet.projects())
    projects(tab).setCurrentIndex(1)
    projects(tab).activated.emit(1)
    assert tab.view.scope == session.sheet.projects()[1]


def test_a_jump_stays_on_the_forms_where_the_cell_is_on_one(
    tab: FormsTab, session: Session, window: MainWindow
) -> None:
    session.jump.emit(RECEPTION)
    session.jump.emit(FUNDS)
    assert shown(window) == "forms" and bar(tab).currentIndex() == 1
    assert tab.view.grid.cell_at(tab.view.currentIndex()).key == FUNDS
    scope = session.sheet.projects()[1]
    session.jump.emit(FactKey(f"annex3_goals@{scope}", "this", "expected"))
    assert shown(window) == "forms" and tab.view.scope == scope and projects(tab).currentIndex() == 1
    session.jump.emit(FactKey("function_class", "total", "final"))
    assert shown(window) == "budget"
    session.jump.emit(RECEPTION)
    assert shown(window) == "three_public"


def test_what_is_undone_is_seen_where_one_is(tab: FormsTab, session: Session, window: MainWindow) -> None:
    session.set(RECEPTION, "9")
    bar(tab).setCurrentIndex(1)
    session.undo()
    assert shown(window) == "forms" and bar(tab).currentIndex() == 0
    assert tab.view.grid.cell_at(tab.view.currentIndex()).key == RECEPTION


def test_without_a_project_one_can_be_added(
    qtbot: QtBot, window: MainWindow, session: Session, place: Workplace
) -> None:
    session.create("清河县文化馆", 2023)
    tab = window.show_tab(next(n for n, spec in enumerate(TABS) if spec.name == "forms"))
    assert isinstance(tab, FormsTab)
    bar(tab).setCurrentIndex(2)
    add = tab.findChild(QPushButton, "addFormProject")
    assert add is not None and add.isVisible() and not tab.view.isVisible()
    add.click()
    assert session.sheet.projects() == ["1"] and tab.view.isVisible() and tab.view.scope == "1"
    session.undo()
    assert not tab.view.isVisible()


def test_a_row_can_be_added_where_there_are_open_ones(tab: FormsTab, session: Session) -> None:
    add = tab.findChild(QToolButton, "formAddRow")
    assert add is not None
    tab.show_key(RECEPTION)
    assert not add.isEnabled()
    rows = session.sheet.rows("base", "special")
    tab.show_key(FactKey("base", rows[0], "final"))
    assert add.isEnabled()
    add.click()
    assert len(session.sheet.rows("base", "special")) == len(rows) + 1


def test_what_is_being_typed_is_kept_when_another_form_is_chosen(
    qtbot: QtBot, tab: FormsTab, session: Session
) -> None:
    """A click on a tab leaves the focus in the editor."""
    tab.show_key(RECEPTION)
    qtbot.keyClicks(tab.view, "7")
    bar(tab).setCurrentIndex(1)
    assert session.sheet.text(RECEPTION) == "7"
    tab.show_key(FactKey("annex2_indicators", session.sheet.rows("annex2_indicators", "cost")[0], "weight"))
    qtbot.keyClicks(tab.view, "4")
    add = tab.findChild(QToolButton, "formAddRow")
    assert add is not None
    add.click()
    rows = session.sheet.rows("annex2_indicators", "cost")
    assert session.sheet.get("annex2_indicators", rows[0], "weight") == "4" and len(rows) == 3


def test_zoom_is_told(tab: FormsTab) -> None:
    for name in ("formZoomIn", "formZoomOut", "formFitWidth"):
        button = tab.findChild(QToolButton, name)
        assert button is not None and button.accessibleName()
        button.click()
        assert tab._zoom.text() == f"{tab.view.zoom:.0%}"


def test_a_narrow_window_names_the_forms_by_their_marks(tab: FormsTab, window: MainWindow) -> None:
    window.setMinimumSize(1, 1)
    window.resize(640, 512)
    assert [bar(tab).tabText(n) for n in range(3)] == ["附件1", "附件2", "附件3"]
    window.resize(1500, 800)
    assert bar(tab).tabText(0) == "附件1 基础数据表"


def test_a_double_click_in_the_preview_leads_to_the_cell(
    qtbot: QtBot, window: MainWindow, session: Session
) -> None:
    preview = window.show_preview()
    qtbot.waitUntil(lambda: preview.view.pages > 0 and preview._preview is not None)
    assert preview._preview is not None
    cell = next(place for place in preview._preview.cells if place.key == FUNDS)
    preview.view.go(cell.page, cell.top)
    view, sheet = preview.view, preview.view._sheets[cell.page]
    scale = view._scale(cell.page)
    at = QPoint(round((cell.left + cell.width / 2) * scale), round((cell.top + cell.height / 2) * scale))
    scrolled = QPoint(view.horizontalScrollBar().value(), view.verticalScrollBar().value())
    qtbot.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=sheet.topLeft() + at - scrolled)
    assert shown(window) == "forms"
    tab = window.findChild(FormsTab)
    assert tab is not None and tab.view.grid.cell_at(tab.view.currentIndex()).key == FUNDS
