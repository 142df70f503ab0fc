"""A page that scrolls as a whole, its grids as tall as their rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from desktop.domain.keys import FactKey
from desktop.ui.widgets.form import Form

if TYPE_CHECKING:
    from desktop.ui.grid.view import GridView

MARGIN = 20
HEADROOM = 36
LEAST_HEIGHT = 260
"""Pixels: what stays free around a grid that scrolls, and what it never goes below."""


class Page(QScrollArea):
    """Forms and grids below one another; `show_key` finds the one that holds a fact."""

    resized = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self._seen = 0
        """Pixels of height that the page can show; to ask the viewport costs a start 12 ms."""
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

    def show_key(self, key: FactKey) -> bool:
        from desktop.ui.grid.view import GridView

        children: list[GridView | Form] = [*self._body.findChildren(GridView), *self._body.findChildren(Form)]
        for child in children:
            if child.show_key(key):
                self.ensureWidgetVisible(child.focusWidget() or child)
                return True
        return False
