"""Painting and editing of single cells: the mark of what was set by hand, a score that follows each key."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QEvent, QObject, QPersistentModelIndex, QPoint, QRect, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPen, QPolygon
from PySide6.QtWidgets import QComboBox, QLineEdit, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desktop.ui import theme
from desktop.ui.grid.model import HAND_ROLE, PROBLEM_ROLE, GridModel, Index
from desktop.ui.session import Session

_MARK = 7
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class GridDelegate(QStyledItemDelegate):
    """Editors write when they are left; while typing they only show what would become of the score."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        super().paint(painter, option, index)
        self.mark(painter, option.rect, index)

    @staticmethod
    def mark(painter: QPainter, rect: QRect, index: Index) -> None:
        """A corner where a number was set by hand, a bar at the left where something is wrong."""
        if index.data(HAND_ROLE):
            corner = [rect.topRight() - QPoint(_MARK, 0), rect.topRight(), rect.topRight() + QPoint(0, _MARK)]
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.WARN))
            painter.drawPolygon(QPolygon(corner))
        problem = index.data(PROBLEM_ROLE)
        if problem:
            painter.setPen(QPen(QColor(theme.WRONG if problem == "wrong" else theme.WARN), 3))
            painter.drawLine(rect.left() + 1, rect.top() + 1, rect.left() + 1, rect.bottom() - 1)

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        cell = cast(GridModel, index.model()).cell_at(index)
        editor = (
            self._combo(parent, cell.choices, free=cell.kind != "choice")
            if cell.choices
            else QLineEdit(parent)
        )
        line = editor.lineEdit() if isinstance(editor, QComboBox) else editor
        if isinstance(line, QLineEdit):
            line.setFrame(False)
            line.setAlignment(Qt.AlignmentFlag(index.data(Qt.ItemDataRole.TextAlignmentRole)))
            held = QPersistentModelIndex(index)  # the index itself is Qt's, and gone after this call
            line.textEdited.connect(lambda text: self.preview(held, text))
        editor.setObjectName("cellEditor")
        return editor

    def preview(self, index: Index, text: str) -> None:
        """Show what would become of the score if this stood in the cell."""
        key = cast(GridModel, index.model()).cell_at(index).key
        if key is not None:
            self._session.preview(key, text.strip())

    @staticmethod
    def _combo(parent: QWidget, choices: tuple[str, ...], free: bool) -> QComboBox:
        combo = QComboBox(parent)
        combo.addItems(["", *choices])
        combo.setEditable(free)
        return combo

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        text = str(index.data(Qt.ItemDataRole.EditRole) or "")
        if isinstance(editor, QComboBox):
            editor.setCurrentText(text)
        elif isinstance(editor, QLineEdit):
            editor.setText(text)

    def setModelData(self, editor: QWidget, model: object, index: Index) -> None:
        text = editor.currentText() if isinstance(editor, QComboBox) else cast(QLineEdit, editor).text()
        cast(GridModel, index.model()).setData(index, text.strip())

    def destroyEditor(self, editor: QWidget, index: Index) -> None:
        self._session.end_preview()
        super().destroyEditor(editor, index)

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        """The wheel scrolls the table, never the choice under the pointer; keys leave the editor as in a
        spreadsheet, to the next cell that is typed and never into a computed one."""
        if event.type() == QEvent.Type.Wheel and isinstance(editor, QComboBox):
            event.ignore()
            return True
        if event.type() == QEvent.Type.FocusOut and isinstance(editor, QWidget) and editor.isHidden():
            return False  # what it said has been written, and the sheet that it made anew has let go of it
        if event.type() == QEvent.Type.KeyPress and isinstance(editor, QWidget):
            pressed, view = cast(QKeyEvent, event), self.parent()
            key = pressed.key()
            if self.leaves(editor, pressed, typing=bool(getattr(view, "typing", False))):
                self.commitData.emit(editor)
                self.closeEditor.emit(editor, QStyledItemDelegate.EndEditHint.NoHint)
                view.leave_editor(key)  # type: ignore[union-attr]
                return True
        return super().eventFilter(editor, event)

    @staticmethod
    def leaves(editor: QWidget, event: QKeyEvent, typing: bool) -> bool:
        """Whether a key ends the editing; `typing` where that began with a key."""
        key = event.key()
        if key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab, *ENTER):
            return True
        if isinstance(editor, QComboBox):
            return False
        return typing and key in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right)
