"""读到的数: every number of the report's text in its order, what it is held against, and whether it fits."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSignalBlocker,
    Qt,
)
from PySide6.QtGui import QColor, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QDockWidget,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QMainWindow,
    QPushButton,
    QStackedWidget,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.outline.outline import numbered
from desktop.ui.hints import paragraph
from desktop.ui.measure_words import DIFFERS, measures_of
from desktop.ui.number_words import SAID, NumberLine, lamp, lines_of
from desktop.ui.session import Session
from desktop.ui.widgets.measure_table import INKS, MeasureTable

_HEADS = ("数", "所在的话", "位置", "状态", "表中", "依据")
_WIDTHS = (108, 220, 168, 92, 92, 320)
_STATE = 3
_Index = QModelIndex | QPersistentModelIndex


class _Lines(QAbstractTableModel):
    """The lines that are shown."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.lines: list[NumberLine] = []

    def show_lines(self, lines: list[NumberLine]) -> None:
        self.beginResetModel()
        self.lines = lines
        self.endResetModel()

    def rowCount(self, parent: _Index | None = None) -> int:
        return len(self.lines)

    def columnCount(self, parent: _Index | None = None) -> int:
        return len(_HEADS)

    def headerData(self, section: int, way: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        shown = way == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole
        return _HEADS[section] if shown else None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        line = self.lines[index.row()]
        texts = (line.number, line.words, line.where, SAID[line.state], line.table, line.by)
        if role == Qt.ItemDataRole.DisplayRole:
            return texts[index.column()]
        if role == Qt.ItemDataRole.ToolTipRole:
            return paragraph(texts[index.column()])
        if role == Qt.ItemDataRole.ForegroundRole and index.column() == _STATE:
            return QColor(INKS[line.state])
        return None


class NumbersDock(QDockWidget):
    """Follows the audit while it is open: the numbers in their order, or by what they are of. A click goes to the
    number in the text, and so does Enter."""

    def __init__(self, session: Session, window: QMainWindow) -> None:
        super().__init__("读到的数", window)
        self._session = session
        self.setObjectName("numbersDock")
        self._counts, self._table, self._measures = QLabel(), QTableView(), MeasureTable()
        self._in_order, self._by_measure = QPushButton("按次序"), QPushButton("按名目")
        self._views = QStackedWidget()
        self._section, self._state = QComboBox(), QComboBox()
        self._model = _Lines(self)
        self._lines: Sequence[NumberLine] = ()
        self._arrange()
        for combo in (self._section, self._state):
            combo.currentIndexChanged.connect(self._show)
        self._table.clicked.connect(self._go)
        self._table.activated.connect(self._go)
        self._measures.wanted.connect(session.jump)
        self._by_measure.toggled.connect(self._change_view)
        close = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        close.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        close.activated.connect(self.hide)
        session.audited.connect(self.follow)
        session.opened.connect(self.follow)

    def _arrange(self) -> None:
        self._counts.setObjectName("numberCounts")
        head = QHBoxLayout()
        for button, name in ((self._in_order, "numbersInOrder"), (self._by_measure, "numbersByMeasure")):
            button.setObjectName(name)
            button.setCheckable(True)
            button.setAutoExclusive(True)
            head.addWidget(button)
        self._in_order.setChecked(True)
        head.addWidget(self._counts)
        head.addStretch(1)
        for combo, name, words in (
            (self._section, "numberSection", "位置"),
            (self._state, "numberState", "状态"),
        ):
            combo.setObjectName(name)
            combo.setAccessibleName(words)
            combo.setMinimumWidth(110)
            head.addWidget(combo)
        self._state.addItem("全部状态", "")
        for state, said in SAID.items():
            self._state.addItem(said, state)
        table = self._table
        table.setObjectName("numbers")
        table.setModel(self._model)
        table.verticalHeader().hide()
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setTabKeyNavigation(False)
        table.setWordWrap(False)
        for column, width in enumerate(_WIDTHS):
            table.setColumnWidth(column, width)
        table.horizontalHeader().setSectionResizeMode(len(_HEADS) - 1, QHeaderView.ResizeMode.Stretch)
        self._views.addWidget(table)
        self._views.addWidget(self._measures)
        content = QWidget()
        layout = QVBoxLayout(content)
        layout.setContentsMargins(12, 4, 12, 4)
        layout.setSpacing(4)
        layout.addLayout(head)
        layout.addWidget(self._views, 1)
        self.setWidget(content)

    def open(self, section: str = "") -> None:
        """Show it, with the numbers of a section, or all."""
        self.show()
        self.raise_()
        self.follow()
        self._section.setCurrentIndex(max(self._section.findData(section), 0))
        (self._measures if self._by_measure.isChecked() else self._table).setFocus()

    def _change_view(self, by_measure: bool) -> None:
        """The filter of what is told differently is there by measure only: a number alone differs from nothing."""
        self._views.setCurrentIndex(int(by_measure))
        at = self._state.findData(DIFFERS)
        with QSignalBlocker(self._state):
            if by_measure and at < 0:
                self._state.addItem("前后不一", DIFFERS)
            elif not by_measure and at >= 0:
                if self._state.currentIndex() == at:
                    self._state.setCurrentIndex(0)
                self._state.removeItem(at)
        self._show()

    def follow(self) -> None:
        """Take over what the last audit read; the filters and the current line stay where they can."""
        if not self.isVisible():
            return
        session = self._session
        titles = {s.id: f"{number}{s.title}" for number, s in numbered(session.sheet.outline)}
        pages = session.place.rule_pages
        self._lines = list(lines_of(session.numbers, session.narrative, session.sheet, pages, titles))
        there = dict.fromkeys(line.target.section for line in self._lines)
        with QSignalBlocker(self._section):
            chosen = self._section.currentData()
            self._section.clear()
            self._section.addItem("全部位置", "")
            for section in there:
                self._section.addItem(titles.get(section, ""), section)
            self._section.setCurrentIndex(max(self._section.findData(chosen), 0))
        self._show()

    def _show(self) -> None:
        section, state = self._section.currentData() or "", self._state.currentData() or ""
        here = [line for line in self._lines if section in ("", line.target.section)]
        nothing = "还没有读到数" if self._session.checking.done else "正在核对…"
        words = lamp(here, "本节" if section else "全文") or nothing
        if self._by_measure.isChecked():
            rows = measures_of(here, self._session.sheet.year)
            self._measures.show_rows([row for row in rows if not state or row.has(state)])
            differing = sum(told.differs for row in rows for told in row.told.values())
            words += f"；{differing} 处前后不一" if differing else ""
        else:
            row = max(self._table.currentIndex().row(), 0)
            self._model.show_lines([line for line in here if state in ("", line.state)])
            self._table.setCurrentIndex(self._model.index(min(row, self._model.rowCount() - 1), 0))
        self._counts.setText(words)

    def _go(self, index: QModelIndex) -> None:
        if 0 <= index.row() < len(self._model.lines):
            self._session.jump.emit(self._model.lines[index.row()].target)
