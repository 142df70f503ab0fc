"""读到的数 by what they are of: a table of measures and stages; a press goes to the number, the next to the next."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from desktop.audit.evidence import PROVED, REFUTED, UNCHECKED
from desktop.ui import theme
from desktop.ui.hints import paragraph
from desktop.ui.measure_words import COLUMNS, MeasureRow, Told, places_of

INKS = {PROVED: theme.GOOD, REFUTED: theme.WRONG, UNCHECKED: theme.INK_SOFT}
"""State of a number -> the colour it is told in."""
_HEADS = ("名目（金额：万元）", *COLUMNS)
_NAME_WIDTH = 190
_HINTS = (
    "",
    "上年决算数；“预算”指上年预算数",
    "年初预算数，文中只说“预算”的也在这里",
    "全年（调整后）预算数",
    "本年决算数、实际完成数，文中没有说是预算的也在这里",
    "比上年增加或减少；与预算比的、年中追加的另写明",
    "比上年增长或下降的百分比、百分点",
    "执行率、完成率、控制率，占合计的比重",
)
_ROOM = 6
"""Points above and below the words of a row."""
_Index = QModelIndex | QPersistentModelIndex
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class _Measures(QAbstractTableModel):
    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.rows: list[MeasureRow] = []

    def show_rows(self, rows: list[MeasureRow]) -> None:
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: _Index | None = None) -> int:
        return len(self.rows)

    def columnCount(self, parent: _Index | None = None) -> int:
        return len(_HEADS)

    def headerData(self, section: int, way: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if way != Qt.Orientation.Horizontal:
            return None
        shown = {Qt.ItemDataRole.DisplayRole: _HEADS, Qt.ItemDataRole.ToolTipRole: _HINTS}.get(
            Qt.ItemDataRole(role)
        )
        return shown[section] if shown else None

    def told(self, index: _Index) -> Told | None:
        """What a cell tells; None for the name, and where nothing is told."""
        return self.rows[index.row()].told.get(index.column() - 1) if index.isValid() else None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if index.column() == 0:
            name = self.rows[index.row()].name
            hint = paragraph(name) if role == Qt.ItemDataRole.ToolTipRole else None
            return name if role == Qt.ItemDataRole.DisplayRole else hint
        told = self.told(index)
        if told is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return told.words
        if role == Qt.ItemDataRole.ToolTipRole:
            return "".join(map(paragraph, told.hint()))
        if role == Qt.ItemDataRole.ForegroundRole:
            asked = told.state != REFUTED and told.leaves_the_table
            return QColor(theme.WARN if asked else INKS[told.state])
        if role == Qt.ItemDataRole.BackgroundRole and told.differs:
            return QColor(theme.WARN_SOFT)
        return None


class MeasureTable(QTableView):
    """`wanted` gives the place in the text of what is told at the cell that was clicked, or where Enter was pressed;
    pressed again, the next place where it is told. A measure's name stands for all that is told of it."""

    wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = _Measures(self)
        self._at: tuple[int, int] | None = None
        self._turn = 0
        self.setObjectName("measures")
        self.setModel(self._model)
        self.verticalHeader().hide()
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self._line = self.fontMetrics().lineSpacing()
        self.verticalHeader().setMinimumSectionSize(self._line)
        self.verticalHeader().setDefaultSectionSize(self._line + _ROOM)
        self.horizontalHeader().setFixedHeight(self._line + _ROOM)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Interactive)
        self.setColumnWidth(0, _NAME_WIDTH)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.clicked.connect(self.go)

    def show_rows(self, rows: list[MeasureRow]) -> None:
        """Other rows; the current cell stays where it can."""
        current = self.currentIndex()
        self._model.show_rows(rows)
        for number, shown in enumerate(rows):
            lines = max(told.words.count("\n") + 1 for told in shown.told.values())
            if lines > 1:
                self.setRowHeight(number, lines * self._line + _ROOM)
        row, column = min(max(current.row(), 0), len(rows) - 1), max(current.column(), 0)
        self.setCurrentIndex(self._model.index(row, column))

    def go(self, index: QModelIndex) -> None:
        """To the first place of a cell, or to the next one where the last was of this cell too."""
        if not index.isValid():
            return
        told = self._model.told(index)
        here = index.row(), index.column()
        self._turn = self._turn + 1 if self._at == here else 0
        self._at = here
        lines = self._model.rows[index.row()].lines if index.column() == 0 else told.lines if told else ()
        places = places_of(lines)
        if places:
            self.wanted.emit(places[self._turn % len(places)])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() not in _ENTER:
            super().keyPressEvent(event)
            return
        self.go(self.currentIndex())
        self.setFocus()  # the text took it; Enter there would write over the number that is selected
