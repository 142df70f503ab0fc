"""Every kind of field, and the cells of a grid, lead to their own history by their menu."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QAction, QContextMenuEvent
from PySide6.QtWidgets import QMenu, QWidget

from desktop.domain.keys import FactKey
from desktop.ui.grid import sheet_view
from desktop.ui.grid.view import GridView
from desktop.ui.main_window import MainWindow
from desktop.ui.session import Session
from desktop.ui.tabs import TABS
from desktop.ui.tabs.narrative import NarrativeTab
from desktop.ui.text_editor import field_text
from desktop.ui.text_editor.field_text import FieldText
from desktop.ui.widgets import form
from desktop.ui.widgets.form import ChoiceField, LineField, TextField


@pytest.fixture
def menus(monkeypatch: pytest.MonkeyPatch) -> list[QMenu]:
    shown: list[QMenu] = []
    for module in (form, field_text, sheet_view):
        monkeypatch.setattr(module, "pop_up", lambda menu, _: shown.append(menu))
    return shown


def press_entry(menu: QMenu, session: Session) -> FactKey:
    entry = menu.findChild(QAction, "cellHistory")
    assert entry is not None
    asked: list[FactKey] = []
    session.history_wanted.disconnect()
    session.history_wanted.connect(asked.append)
    entry.trigger()
    return asked[0]


def ask_menu(field: QWidget) -> None:
    field.contextMenuEvent(QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(2, 2), QPoint(2, 2)))


@pytest.mark.parametrize("kind", [LineField, ChoiceField, TextField])
def test_a_field_of_a_form(
    window: MainWindow, session: Session, menus: list[QMenu], kind: type[LineField]
) -> None:
    window.show_tab(0)
    window.show_tab(3)
    field = window.findChildren(kind)[0]
    ask_menu(field)
    assert press_entry(menus[0], session) == field.key


def test_a_section_of_the_report(window: MainWindow, session: Session, menus: list[QMenu]) -> None:
    tab = window.show_tab(next(n for n, tab in enumerate(TABS) if tab.name == "narrative"))
    assert isinstance(tab, NarrativeTab)
    field = tab.findChildren(FieldText)[0]
    ask_menu(field)
    assert press_entry(menus[0], session) == field.key


def test_a_cell_of_a_grid(window: MainWindow, session: Session, menus: list[QMenu]) -> None:
    window.show_tab(2)
    view = window.findChild(GridView, "grid_three_public")
    assert view is not None
    key = FactKey("three_public", "abroad", "final")
    view.show_key(key)
    view.customContextMenuRequested.emit(QPoint(2, 2))
    assert press_entry(menus[0], session) == key
