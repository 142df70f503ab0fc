"""The heads of a form's columns, kept in view while its lines are scrolled by, as paper repeats them on each page."""

from __future__ import annotations

from PySide6.QtCore import QPoint
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem, QTableView, QWidget

from desktop.ui import theme
from desktop.ui.form_view.delegate import FormDelegate
from desktop.ui.form_view.model import FormModel
from desktop.ui.form_view.places import Head

_EDGE = "#98A5B5"
_MOST_OF_THE_VIEW = 3
"""A head that would take more than this part of a low window goes by with its lines."""


class Heads(QWidget):
    """Lies over the upper edge of a view, whose child it is."""

    def __init__(self, view: QTableView, grid: FormModel, delegate: FormDelegate) -> None:
        super().__init__(view)
        self.setObjectName("formHeads")
        self._view, self._grid, self._delegate = view, grid, delegate
        self._head: Head | None = None
        self.hide()

    def follow(self) -> None:
        """Take up, or leave, the head of the lines that are at the upper edge now."""
        view = self._view
        top = view.rowAt(0)
        self._head = next((head for head in self._grid.form.heads if head.begins(top)), None)
        height = self._height(self._head)
        past = self._head is not None and view.rowViewportPosition(self._head.row) < 0
        self.setVisible(past and 0 < height <= view.viewport().height() // _MOST_OF_THE_VIEW)
        if self.isVisible() and self._head is not None:
            left = view.rowViewportPosition(self._head.last) + view.rowHeight(self._head.last)
            corner = view.viewport().geometry().topLeft()
            self.setGeometry(corner.x(), corner.y() + min(0, left - height), view.viewport().width(), height)
            self.update()

    def height_over(self, row: int) -> int:
        """Pixels that the head of a line takes from the upper edge of the view."""
        head = next((head for head in self._grid.form.heads if head.over(row)), None)
        height = self._height(head)
        return height if height <= self._view.viewport().height() // _MOST_OF_THE_VIEW else 0

    def _height(self, head: Head | None) -> int:
        return 0 if head is None else sum(self._view.rowHeight(head.row + n) for n in range(head.rows))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """What lies under it is not seen, and not meant."""
        event.accept()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._head is None:
            return
        painter = QPainter(self)
        painter.fillRect(event.rect(), QColor(theme.PAPER))
        up = QPoint(0, -self._view.rowViewportPosition(self._head.row))
        for row in range(self._head.row, self._head.row + self._head.rows):
            for place in self._grid.form.beginning_in(row):
                index = self._grid.home(place)
                option = QStyleOptionViewItem()
                option.rect = self._view.visualRect(index).translated(up)
                option.rect.setBottom(min(option.rect.bottom(), self.height() - 1))
                option.state = QStyle.StateFlag.State_Enabled
                self._delegate.paint(painter, option, index)
        painter.setPen(QColor(_EDGE))
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)
