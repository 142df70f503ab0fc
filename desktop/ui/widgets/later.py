"""The place of a grid that is not made before somebody looks there, or the window has come to rest."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

if TYPE_CHECKING:
    from desktop.ui.grid.view import GridView

_NO_LIMIT = 16_777_215
"""Qt's QWIDGETSIZE_MAX, which PySide leaves out."""


class Later(QWidget):
    """As high as its grid will be, so that nothing moves when that is made; Tab comes by as if it were there."""

    def __init__(self, height: int, make: Callable[[], GridView]) -> None:
        super().__init__()
        self._make = make
        self.setFixedHeight(height)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def fill(self) -> None:
        """Make the grid, unless it is there."""
        if self.layout() is not None:
            return
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        grid = self._make()
        column.addWidget(grid)
        grid.show()  # at once: a layout counts what is hidden for nothing
        grid.heightChanged.emit()  # it has its style now
        self.setMinimumHeight(0)
        self.setMaximumHeight(_NO_LIMIT)
        self.setTabOrder(self, grid)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFocusProxy(grid)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.fill()
        self.setFocus(event.reason())
