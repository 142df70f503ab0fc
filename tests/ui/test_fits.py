"""Every tab on every screen of a county office: nothing cut, and the first row of figures near the top."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QTabBar, QWidget

from desktop.ui.grid.view import GridView
from desktop.ui.main_window import MainWindow
from desktop.ui.tabs import TABS
from desktop.ui.widgets.sub_pages import SubPages

SIZES = [(895, 445), (1077, 542), (1264, 648), (1350, 696), (1904, 1000)]
"""1366×768 at 150, 125 and 100 %, 1280×720 and 1920×1080, without the window's frame and the task bar."""
CHROME = 120
"""Points above the first row of figures at most."""


def cut(root: QWidget) -> list[str]:
    """Visible widgets that reach over the sides of what they stand in; what scrolls may."""
    found = []
    for widget in root.findChildren(QWidget):
        parent = widget.parentWidget()
        if parent is None or not widget.isVisible() or widget.isWindow():
            continue
        scrolls = isinstance(parent.parentWidget(), QAbstractScrollArea) or isinstance(parent, QTabBar)
        if not scrolls and (widget.x() < 0 or widget.x() + widget.width() > parent.width()):
            found.append(f"{type(widget).__name__} {widget.objectName()} in {parent.objectName()}")
    return found


def settle() -> None:
    for _ in range(4):
        QApplication.processEvents()


@pytest.mark.parametrize("size", SIZES)
def test_nothing_is_cut_on_any_tab(window: MainWindow, size: tuple[int, int]) -> None:
    window.resize(*size)
    for number, spec in enumerate(TABS):
        tab = window.show_tab(number)
        for page in tab.titles if isinstance(tab, SubPages) else [""]:
            if isinstance(tab, SubPages):
                tab.choose(page)
            settle()
            assert (window.width(), window.height()) == size, f"{spec.name} {page}"
            assert cut(window) == [], f"{spec.name} {page}"


@pytest.mark.parametrize("size", SIZES)
def test_the_first_row_of_a_sheet_is_near_the_top(window: MainWindow, size: tuple[int, int]) -> None:
    window.resize(*size)
    for name in ("unit", "budget", "three_public", "indicators"):
        tab = window._show_named(name)
        assert isinstance(tab, SubPages)
        for page in tab.titles:
            sheet = tab.choose(page).findChild(GridView)
            settle()
            if sheet is not None and page != "projects":
                top = sheet.viewport().mapTo(window, QPoint()).y()
                assert top <= CHROME, f"{name} {page}: {top}"


def test_most_rows_are_seen_on_a_small_laptop(window: MainWindow) -> None:
    window.resize(1350, 696)
    tab = window._show_named("budget")
    assert isinstance(tab, SubPages)
    sheet = tab.choose("base").findChild(GridView)
    settle()
    assert (
        sheet is not None and sheet.viewport().height() // sheet.verticalHeader().defaultSectionSize() >= 18
    )
