"""A page that is one sheet: it fills the tab, its head and first column stay, and it has the only scroll bars."""

from __future__ import annotations

from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.domain.keys import FactKey
from desktop.domain.template import Table
from desktop.ui.grid.layout import table_layout
from desktop.ui.grid.sheet_view import SheetView
from desktop.ui.grid.view import GridView
from desktop.ui.session import Session
from desktop.ui.widgets.form import Form
from desktop.ui.widgets.page import Page
from desktop.ui.widgets.section import Section


class SheetPage(QWidget):
    """What the sheet is called, its unit of measure and its note are told in the bar above it."""

    def __init__(
        self, session: Session, name: str, sheet: SheetView, title: str, unit: str = "", note: str = ""
    ) -> None:
        super().__init__()
        self.setObjectName(name)
        self._session, self._sheet, self._words = session, sheet, (title, unit, note)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(sheet)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._session.sheet_shown.emit(*self._words)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._session.sheet_hidden.emit(self._words[0])

    def show_key(self, key: FactKey) -> bool:
        return self._sheet.show_key(key)


def table_page(session: Session, table: Table) -> SheetPage | Page:
    """A grid as a sheet; the fields of a form below one another."""
    if table.kind == "form":
        page = Page(f"page_{table.id}")
        page.column.addWidget(Section(table.title, Form(session, table), table.unit, table.note))
        page.column.addStretch(1)
        return page
    grid = GridView(session, lambda: table_layout(session.sheet, table), f"grid_{table.id}")
    return SheetPage(session, f"page_{table.id}", grid, table.title, table.unit, table.note)
