"""A page that scrolls as a whole, its grids as tall as their rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from desktop.domain.keys import FactKey
from desktop.domain.template import Table
from desktop.ui.grid.layout import Layout, expected_height, table_layout
from desktop.ui.session import Session
from desktop.ui.widgets.form import Form
from desktop.ui.widgets.later import Later
from desktop.ui.widgets.section import Section

if TYPE_CHECKING:
    from desktop.ui.grid.view import GridView

MARGIN = 20
HEADROOM = 36
LEAST_HEIGHT = 260
"""Pixels: what stays free around a grid that scrolls, and what it never goes below."""
AT_REST_MS = 300
"""From the showing of a page to the making of what is not seen on it: it has been painted by then."""


class Page(QScrollArea):
    """Forms and grids below one another; `show_key` finds the one that holds a fact."""

    resized = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self._seen = 0
        """Pixels of height that the page can show; to ask the viewport costs a start 12 ms."""
        self._later: list[Later] = []
        self._at_rest = QTimer(self, singleShot=True, interval=AT_REST_MS)
        self._at_rest.timeout.connect(self._fill_next)
        self.setObjectName(name)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._body = QWidget()
        self._body.setObjectName("pageBody")
        self.column = QVBoxLayout(self._body)
        self.column.setContentsMargins(MARGIN, 16, MARGIN, 20)
        self.column.setSpacing(18)
        self.setWidget(self._body)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._seen = event.size().height()
        self.resized.emit()
        self._fill_seen()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._later:
            self._at_rest.start()
            self._fill_seen()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        super().scrollContentsBy(dx, dy)
        self._fill_seen()

    def _fill_seen(self) -> None:
        """Not before the page is shown: only then does each place stand where it belongs."""
        for place in self._later if self._at_rest.isActive() else ():
            if place.mapTo(self, QPoint()).y() < self.height():
                place.fill()

    def _fill_next(self) -> None:
        """One at a time, so that a key need not wait for all."""
        self._later.pop(0).fill()
        if self._later:
            self._at_rest.start(0)

    def fit_height(self, grid: GridView) -> GridView:
        """Let a grid of this page stand at its full height as long as the page can show it; a longer one
        scrolls under its head."""

        def fit() -> None:
            room = self._seen - HEADROOM if self.isVisible() else 10_000
            grid.setFixedHeight(min(grid.content_height(), max(room, LEAST_HEIGHT)))

        def reveal(index: QModelIndex) -> None:
            if index.isValid():
                cell = grid.visualRect(index)
                at = grid.viewport().mapTo(self._body, cell.center())
                self.ensureVisible(at.x(), at.y(), 0, cell.height() + MARGIN)

        fit()
        grid.heightChanged.connect(fit)
        grid.selectionModel().currentChanged.connect(reveal)
        self.resized.connect(grid.heightChanged)
        return grid

    def add_table(self, session: Session, table: Table) -> None:
        """A form or a grid below what stands on the page already, as the table's template has it.

        A grid that is not the first is made when it is seen: a start takes 10 ms less.
        """

        def build() -> Layout:
            return table_layout(session.sheet, table)

        def grid() -> GridView:
            from desktop.ui.grid.view import GridView

            return self.fit_height(GridView(session, build, f"grid_{table.id}"))

        if table.kind == "form":
            content: QWidget = Form(session, table)
        elif self.column.isEmpty():
            content = grid()
        else:
            content = Later(expected_height(build()), grid)
            self._later.append(content)
        self.column.addWidget(Section(table.title, content, table.unit, table.note))

    def show_key(self, key: FactKey) -> bool:
        from desktop.ui.grid.view import GridView

        for place in self._later:
            place.fill()
        children: list[GridView | Form] = [*self._body.findChildren(GridView), *self._body.findChildren(Form)]
        for child in children:
            if child.show_key(key):
                self.ensureWidgetVisible(child.focusWidget() or child)
                return True
        return False
