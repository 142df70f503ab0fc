"""修改记录: what was done to the open report, when and by whom, and each cell that it changed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, QTimer
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QSplitter,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.edits import Change
from desktop.domain.keys import FactKey
from desktop.domain.text_blocks.in_words import changed_cells
from desktop.domain.text_blocks.marks import BLOCKS
from desktop.errors import UserError
from desktop.storage.store import JournalEntry
from desktop.ui import messages, theme
from desktop.ui.cell_words import CellWords, brief, told
from desktop.ui.first_size import open_at
from desktop.ui.hints import paragraph
from desktop.ui.jobs import Jobs
from desktop.ui.session import Session

PAGE = 200
"""Steps read at once; more are read as one scrolls."""
_TYPING_MS = 300
_HEADS, _WIDTHS = ("时间", "谁", "做了什么", "几处"), (160, 110, 300, 64)
_CELL_HEADS, _CELL_WIDTHS = ("项目", "原值", "新值"), (320, 250, 250)
_DEED = 2
_KINDS = {"edit": "", "undo": "撤销：", "redo": "重做："}
_INDEX = QModelIndex | QPersistentModelIndex
_SHOWN = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole)


class _Lines(QAbstractTableModel):
    """A table that is only read; what stands in it is asked for when it is seen."""

    heads: tuple[str, ...] = ()

    def columnCount(self, parent: _INDEX = QModelIndex()) -> int:  # noqa: B008  # Qt's own signature
        return 0 if parent.isValid() else len(self.heads)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> object:
        shown = orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole
        return self.heads[section] if shown else None


class Steps(_Lines):
    """The steps, page by page, the latest first; of one cell, or with a text in them, if so filtered."""

    heads = _HEADS

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self.cell: FactKey | None = None
        self.text = ""
        self.entries: list[JournalEntry] = []
        self._more = True
        self._turns: dict[int, str] = {}

    def show_only(self, cell: FactKey | None, text: str) -> None:
        self.beginResetModel()
        self.cell, self.text = cell, text
        self.entries, self._more, self._turns = [], True, {}
        self._read()
        self.endResetModel()

    def _read(self) -> list[JournalEntry]:
        report = self._session.report
        assert report is not None
        before = self.entries[-1].id if self.entries else None
        page = self._session.store.journal(report.id, PAGE, before, self.cell, self.text)
        self._more = len(page) == PAGE
        self.entries += page
        return page

    def rest(self) -> list[JournalEntry]:
        """All of them, for an export."""
        while self._more:
            self.fetchMore()
        return self.entries

    def rowCount(self, parent: _INDEX = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.entries)

    def canFetchMore(self, parent: _INDEX = QModelIndex()) -> bool:  # noqa: B008
        return self._more and not parent.isValid()

    def fetchMore(self, parent: _INDEX = QModelIndex()) -> None:  # noqa: B008
        at = len(self.entries)
        page = self._read()
        if page:
            self.beginInsertRows(QModelIndex(), at, at + len(page) - 1)
            self.endInsertRows()

    def data(self, index: _INDEX, role: int = 0) -> object:
        entry = self.entries[index.row()]
        if role == Qt.ItemDataRole.ForegroundRole and not entry.intact:
            return QColor(theme.WRONG)
        if role not in _SHOWN:
            return None
        said = said_of(entry)[index.column()]
        shown = said if self.cell is None or index.column() != _DEED else f"{self._turned(entry)}{said}"
        return paragraph(shown) if role == Qt.ItemDataRole.ToolTipRole else shown

    def _turned(self, entry: JournalEntry) -> str:
        """What the one cell was turned from and into, so that its past is seen at a glance."""
        if entry.id not in self._turns:
            try:
                changes = [c for c in self._session.store.changes_of(entry) if c.key == self.cell]
            except UserError:
                changes = []
            turns = (f"{brief(told(c.key, c.before))} → {brief(told(c.key, c.after))}　　" for c in changes)
            self._turns[entry.id] = "".join(turns)
        return self._turns[entry.id]


class Cells(_Lines):
    """The cells of one step, old and new."""

    heads = _CELL_HEADS

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.changes: tuple[Change, ...] = ()
        self._words: CellWords | None = None

    def show_changes(self, changes: tuple[Change, ...], words: CellWords | None) -> None:
        self.beginResetModel()
        self.changes, self._words = changes, words
        self.endResetModel()

    def rowCount(self, parent: _INDEX = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.changes)

    def texts(self, row: int) -> tuple[str, str, str]:
        assert self._words is not None
        return cell_texts(self.changes[row], self._words)

    def inside(self, row: int) -> list[str]:
        """Of a table of the report's text, its cells that were changed."""
        key, before, after = self.changes[row]
        return changed_cells(before or "", after or "") if key.table == BLOCKS else []

    def data(self, index: _INDEX, role: int = 0) -> object:
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return brief(self.texts(index.row())[index.column()], 60)


class HistoryDialog(QDialog):
    """Steps on top, their cells below, and at the bottom the chosen cell in full."""

    def __init__(
        self, session: Session, jobs: Jobs, cell: FactKey | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session, self._jobs = session, jobs
        self.setObjectName("historyDialog")
        report = session.report
        assert report is not None
        self._name = f"{report.unit_name}{report.id.year}年度修改记录"
        self.setWindowTitle(f"修改记录 - {report.unit_name} {report.id.year}年度")
        self.setWindowFlag(Qt.WindowType.WindowMaximizeButtonHint)
        open_at(self, 1000, 660)
        self.steps, self.cells = Steps(session, self), Cells(self)
        self._filter, self._only, self._all = QLineEdit(), QLabel(), QPushButton("看全部修改")
        self._steps_view, self._cells_view = QTableView(), QTableView()
        self._whole, self._said = QPlainTextEdit(), QLabel()
        self._pause = QTimer(self, singleShot=True, interval=_TYPING_MS)
        self._pause.timeout.connect(lambda: self._show(self.steps.cell))
        self._arrange()
        self._show(cell)

    def _arrange(self) -> None:
        for widget, name in (
            (self._filter, "historyFilter"),
            (self._only, "historyCell"),
            (self._all, "wholeHistory"),
            (self._steps_view, "historySteps"),
            (self._cells_view, "historyCells"),
            (self._whole, "historyText"),
            (self._said, "quiet"),
        ):
            widget.setObjectName(name)
        for label in (self._only, self._said):
            label.setTextFormat(Qt.TextFormat.PlainText)
        self._filter.setPlaceholderText("查找：做了什么、谁，或者改动前后的内容")
        self._filter.setClearButtonEnabled(True)
        self._filter.textChanged.connect(lambda _: self._pause.start())
        self._all.setAutoDefault(False)
        self._all.clicked.connect(lambda: self._show(None))
        self._whole.setReadOnly(True)
        _style(self._steps_view, self.steps, _WIDTHS, 2)
        _style(self._cells_view, self.cells, _CELL_WIDTHS, 0)
        self._steps_view.selectionModel().currentRowChanged.connect(lambda *_: self._show_cells())
        self.steps.modelReset.connect(lambda: self._steps_view.selectRow(0))
        self._cells_view.selectionModel().currentRowChanged.connect(lambda *_: self._show_whole())
        split = QSplitter(Qt.Orientation.Vertical)
        for widget in (self._steps_view, self._cells_view, self._whole):
            split.addWidget(widget)
        split.setSizes([280, 180, 110])
        split.setChildrenCollapsible(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(10)
        column.addLayout(self._head())
        column.addWidget(split, 1)
        column.addLayout(self._foot())

    def _head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addWidget(self._filter, 1)
        row.addWidget(self._only)
        row.addWidget(self._all)
        return row

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        export, close = QPushButton("导出Excel…"), QPushButton("关闭")
        export.setObjectName("exportHistory")
        export.clicked.connect(self.export)
        close.setObjectName("closeHistory")
        close.clicked.connect(self.accept)
        for button in (export, close):
            button.setAutoDefault(False)
        row.addWidget(self._said, 1)
        row.addWidget(export)
        row.addWidget(close)
        return row

    # -- what is shown -----------------------------------------------------------------------------------

    def _show(self, cell: FactKey | None) -> None:
        name = CellWords(self._session.templates, self._session.year, self._session.facts).name
        self._only.setText(f"只看：{brief(name(cell), 40)}" if cell is not None else "")
        self._only.setVisible(cell is not None)
        self._all.setVisible(cell is not None)
        with self._session.reporting():
            self.steps.show_only(cell, self._filter.text().strip())
        self._show_cells()

    def _show_cells(self) -> None:
        entry = self._entry()
        self._said.setText(self._in_words(entry))
        try:
            changes = self._changes(entry) if entry is not None else ()
        except UserError as error:
            self.cells.show_changes((), None)
            self._said.setText(str(error))
            changes = ()
        self.cells.show_changes(changes, self._words(changes))
        self._cells_view.selectRow(0)
        self._show_whole()

    def _in_words(self, entry: JournalEntry | None) -> str:
        if entry is not None:
            return "本格在这一步里的改动" if self.steps.cell is not None else f"这一步改动了{entry.size}处"
        return "没有符合条件的修改记录。" if self.steps.text or self.steps.cell else "还没有修改记录。"

    def _entry(self) -> JournalEntry | None:
        row = self._steps_view.currentIndex().row()
        return self.steps.entries[row] if 0 <= row < len(self.steps.entries) else None

    def _changes(self, entry: JournalEntry) -> tuple[Change, ...]:
        changes = self._session.store.changes_of(entry)
        only = self.steps.cell
        return changes if only is None else tuple(c for c in changes if c.key == only)

    def _words(self, changes: tuple[Change, ...]) -> CellWords:
        session = self._session
        return CellWords.of_changes(session.templates, session.year, session.facts, changes)

    def _show_whole(self) -> None:
        row = self._cells_view.currentIndex().row()
        if not 0 <= row < len(self.cells.changes):
            self._whole.setPlainText("")
            return
        name, old, new = self.cells.texts(row)
        lines = [name, f"原值：{old}", f"新值：{new}", *self.cells.inside(row)]
        self._whole.setPlainText("\n".join(lines))

    # -- out ---------------------------------------------------------------------------------------------

    def export(self) -> None:
        """What is listed, each cell on a line of its own, as an Excel file written in the background."""
        from desktop.exchange.atomic_write import write_atomically
        from desktop.exchange.excel_out.history_list import KIND
        from desktop.exchange.excel_out.list_sheet import list_bytes

        session = self._session
        suggestion = session.place.suggested_path(self._name, ".xlsx")
        chosen = messages.choose_target(self, "导出修改记录", str(suggestion), "Excel (*.xlsx)")
        if not chosen:
            return
        path = Path(chosen)
        path = path if path.suffix.lower() == ".xlsx" else path.with_name(path.name + ".xlsx")
        lines = list(self._lines())
        self._jobs.start(
            "正在导出修改记录…",
            lambda: write_atomically(path, list_bytes(KIND, self._name, lines)),
            lambda _: session.said.emit(f"已导出：{path}"),
        )

    def _lines(self) -> Iterator[tuple[str, ...]]:
        for entry in self.steps.rest():
            time, who, deed, _ = said_of(entry)
            try:
                changes = self._changes(entry)
            except UserError as error:
                yield time, who, deed, error.sentence, "", ""
                continue
            words = self._words(changes)
            for change in changes:
                yield time, who, deed, *cell_texts(change, words)


def said_of(entry: JournalEntry) -> tuple[str, str, str, str]:
    """A step as it stands in the list."""
    deed = f"{_KINDS.get(entry.kind, '')}{entry.label}"
    damaged = "" if entry.intact else "（这一行记录已损坏）"
    return f"{entry.at:%Y-%m-%d %H:%M:%S}", entry.who, f"{deed}{damaged}", str(entry.size)


def cell_texts(change: Change, words: CellWords) -> tuple[str, str, str]:
    key = change.key
    return words.name(key), words.value(key, change.before), words.value(key, change.after)


def _style(view: QTableView, model: _Lines, widths: tuple[int, ...], wide: int) -> None:
    view.setModel(model)
    view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    view.setTabKeyNavigation(False)
    view.setWordWrap(False)
    view.verticalHeader().hide()
    view.horizontalHeader().setHighlightSections(False)
    for number, width in enumerate(widths):
        view.setColumnWidth(number, width)
    view.horizontalHeader().setSectionResizeMode(wide, QHeaderView.ResizeMode.Stretch)
