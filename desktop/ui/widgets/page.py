"""A page that scrolls as a whole, its grids as tall as their rows."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from desktop.domain.keys import FactKey
from desktop.ui.grid.view import GridView
from desktop.ui.widgets.form import Form

MARGIN = 20


class Page(QScrollArea):
    """Forms and grids below one another; `show_key` finds the one that holds a fact."""

    def __init__(self, name: str) -> None:
        super().__init__()
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

    def show_key(self, key: FactKey) -> bool:
        children: list[GridView | Form] = [*self._body.findChildren(GridView), *self._body.findChildren(Form)]
        for child in children:
            if child.show_key(key):
                self.ensureWidgetVisible(child.focusWidget() or child)
                return True
        return False


def fit_height(grid: GridView) -> GridView:
    """Let a grid stand on a page at its full height; the page scrolls, not the grid."""
    grid.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def fit() -> None:
        grid.setFixedHeight(grid.content_height())

    fit()
    grid.heightChanged.connect(fit)
    return grid
