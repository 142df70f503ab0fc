"""How large a new table is to be."""

from __future__ import annotations

from PySide6.QtWidgets import QSpinBox
from pytestqt.qtbot import QtBot

from desktop.domain.text_blocks.text_table import MOST_COLUMNS
from desktop.ui.dialogs.text_blocks.table_size import TableSizeDialog


def test_rows_and_columns_are_asked_for_within_what_a_table_holds(qtbot: QtBot) -> None:
    dialog = TableSizeDialog()
    qtbot.addWidget(dialog)
    rows, columns = dialog.findChild(QSpinBox, "tableRows"), dialog.findChild(QSpinBox, "tableColumns")
    assert rows is not None and columns is not None
    rows.setValue(7)
    columns.setValue(99)
    assert dialog.size_wanted() == (7, MOST_COLUMNS)
