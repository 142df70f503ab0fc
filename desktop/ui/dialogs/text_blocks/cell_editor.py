"""Where a cell of a table of the text is typed: several lines, and the keys of a spreadsheet."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, cast

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPlainTextEdit, QStyledItemDelegate, QStyleOptionViewItem, QWidget

Index = QModelIndex | QPersistentModelIndex
Key = Qt.Key
ENTER = (Key.Key_Return, Key.Key_Enter)
STEPS = {Key.Key_Up: (-1, 0), Key.Key_Down: (1, 0), Key.Key_Left: (0, -1), Key.Key_Right: (0, 1)}
_MORE = 8
"""Points beside the lines of text, for the frame."""


class Sheet(Protocol):
    """What the editor needs of the table it stands in."""

    typing: bool

    def leave_editor(self, key: int) -> None: ...

    def type_in(self, row: int, column: int, shown: str) -> None: ...


class CellEditor(QPlainTextEdit):
    """As high as its lines are."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("cellEditor")
        self.setAccessibleName("单元格内容")
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(2)
        self._cell = QRect()
        self.textChanged.connect(self.fit)

    def stand_at(self, cell: QRect) -> None:
        self._cell = QRect(cell)  # a copy: the one given is Qt's, and gone after the call
        self.fit()

    def fit(self) -> None:
        if self._cell.isNull():
            return
        self.setGeometry(self._cell)
        lines = self.document().size().height()  # counted in lines, wrapped ones too
        high = max(self._cell.height(), round(lines * self.fontMetrics().lineSpacing()) + _MORE)
        around = self.parentWidget()
        room = around.height() - self._cell.top() if around is not None else high
        self.resize(self._cell.width(), min(high, max(room, self._cell.height())))


class CellDelegate(QStyledItemDelegate):
    """Enter, Tab and, where typing began with a key, the arrows leave a cell; Alt+Enter begins a line in it."""

    def _sheet(self) -> Sheet:
        return cast(Sheet, self.parent())

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        return CellEditor(parent)

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        cast(CellEditor, editor).stand_at(option.rect)

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        text = cast(CellEditor, editor)
        text.setPlainText(str(index.data(Qt.ItemDataRole.EditRole) or ""))
        if self._sheet().typing:
            text.selectAll()  # the key that opened it begins anew
        else:
            text.moveCursor(text.textCursor().MoveOperation.End)

    def setModelData(self, editor: QWidget, model: object, index: Index) -> None:
        self._sheet().type_in(index.row(), index.column(), cast(CellEditor, editor).toPlainText())

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(editor, CellEditor):
            return False
        if event.type() == QEvent.Type.KeyPress and isinstance(editor, CellEditor):
            deed = self._deed(editor, cast(QKeyEvent, event))
            if deed is not None:
                deed()
                return True
        return super().eventFilter(editor, event)

    def _deed(self, editor: CellEditor, event: QKeyEvent) -> Callable[[], None] | None:
        key, held = event.key(), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if key in ENTER and held in (Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ShiftModifier):
            return lambda: editor.insertPlainText("\n")
        leaving = key in ENTER or key in (Key.Key_Tab, Key.Key_Backtab)
        if leaving or (key in STEPS and not held and self._sheet().typing):
            return lambda: self._leave(editor, key)
        return None

    def _leave(self, editor: CellEditor, key: int) -> None:
        self.commitData.emit(editor)
        self.closeEditor.emit(editor, QStyledItemDelegate.EndEditHint.NoHint)
        self._sheet().leave_editor(key)
