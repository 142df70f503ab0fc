"""The editor of a cell whose text may have several lines; it grows with what is typed."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QTextCursor, QTextOption
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QWidget

from desktop.ui.form_view.measuring import PAD_X

_BORDER = 2
"""Pixels of the editor's border (resources/style/main.qss)."""


class CellText(QPlainTextEdit):
    """Wraps as the cell does. What it says is one line for the report: Enter leaves it."""

    typed = Signal(str)
    """Somebody changed the text."""

    def __init__(self, parent: QWidget, align: Qt.AlignmentFlag) -> None:
        super().__init__(parent)
        self.setObjectName("cellEditor")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(PAD_X - _BORDER)  # so that lines break where the cell breaks them
        option = QTextOption(align & Qt.AlignmentFlag.AlignHorizontal_Mask)
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.document().setDefaultTextOption(option)
        self._cell = QRect()
        self._loading = False
        self.textChanged.connect(self._changed)

    def load(self, text: str, replace: bool) -> None:
        """`replace`: a key is to take its place; else one writes on behind it."""
        self._loading = True
        self.setPlainText(text)
        self._loading = False
        if replace:
            self.selectAll()
        else:
            self.moveCursor(QTextCursor.MoveOperation.End)
        self._grow()

    def stand_in(self, cell: QRect) -> None:
        self._cell = cell
        self._grow()

    def _changed(self) -> None:
        self._grow()
        if not self._loading:
            self.typed.emit(self.toPlainText())

    def _grow(self) -> None:
        """As high as the cell, or as the text where that is higher."""
        if self._cell.isValid():
            self.setGeometry(self._cell)
            need = round(self.document().size().height() * self.fontMetrics().lineSpacing()) + 2 * PAD_X + 1
            self.resize(self._cell.width(), max(self._cell.height(), need))
