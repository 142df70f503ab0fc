"""How large a new table is to be."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFormLayout, QLabel, QSpinBox, QVBoxLayout, QWidget

from desktop.domain.text_blocks.text_table import MOST_COLUMNS, MOST_ROWS

_ROWS, _COLUMNS = 4, 4


class TableSizeDialog(QDialog):
    """Rows and columns; both can be changed later."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("tableSizeDialog")
        self.setWindowTitle("插入表格")
        self._rows = _number("tableRows", "行数", _ROWS, MOST_ROWS)
        self._columns = _number("tableColumns", "列数", _COLUMNS, MOST_COLUMNS)
        note = QLabel("连表头在内；以后可以增减。\n已有的表格，可直接复制后粘贴到正文里。")
        note.setObjectName("quiet")
        form = QFormLayout()
        form.setHorizontalSpacing(12)
        form.addRow("行数(&R)", self._rows)
        form.addRow("列数(&C)", self._columns)
        buttons = QDialogButtonBox()
        buttons.setObjectName("tableSizeButtons")
        buttons.addButton("确定", QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton("取消", QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 14)
        column.setSpacing(12)
        column.addLayout(form)
        column.addWidget(note)
        column.addWidget(buttons)
        self._rows.setFocus()
        self._rows.selectAll()

    def size_wanted(self) -> tuple[int, int]:
        """Rows and columns."""
        return self._rows.value(), self._columns.value()


def _number(name: str, words: str, value: int, most: int) -> QSpinBox:
    box = QSpinBox()
    box.setObjectName(name)
    box.setAccessibleName(words)
    box.setRange(1, most)
    box.setValue(value)
    return box
