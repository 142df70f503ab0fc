"""文件结构: what each line of a report's file was read as, beside the headings; a click changes it before it is written."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import QEvent, QObject, QPoint, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QMenu,
    QPushButton,
    QSplitter,
    QTableWidget,
    QTableWidgetItem,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop.exchange.import_plan import ReadLine
from desktop.exchange.import_report.file_body.body_lines import LEFT_OUT, TEXT
from desktop.exchange.import_report.read_as import OF_FORM, UNREAD
from desktop.ui import theme
from desktop.ui.dialogs import pop_up
from desktop.ui.hints import paragraph

_KIND, _WORDS = 0, 1
_KIND_WIDTH, _TREE_WIDTH = 108, 300
_DEEPEST = 5
_INDENT = "　"
_LONGEST_TIP = 600
_NUMBER = int(Qt.ItemDataRole.UserRole)
_INK = {"heading": theme.ACCENT, "text": theme.INK, "block": theme.GOOD, "left_out": theme.INK_SOFT}
_HINT = "点“读作”一栏可改：标题几级、正文或不读入（Alt+1…5、Alt+0、Delete），可先选多行。"
Choices = dict[int, int]
"""Number of a line -> LEFT_OUT, TEXT or a heading's level."""


class ReportStructure(QWidget):
    """The tree of headings, and the file line by line. Nothing is read here: `changed` asks for it to be read anew."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("reportStructure")
        self.choices: Choices = {}
        self._lines: Sequence[ReadLine] = ()
        self._tree, self._table = QTreeWidget(), QTableWidget()
        self._said, self._back = QLabel(), QPushButton("还原")
        self._as_file = QCheckBox("改用文件的标题")
        self._arrange()

    def _arrange(self) -> None:
        self._tree.setObjectName("structureTree")
        self._tree.setAccessibleName("标题")
        self._tree.setHeaderLabels(["标题", "字数"])
        self._tree.header().setStretchLastSection(False)
        self._tree.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self._tree.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self._tree.currentItemChanged.connect(self._follow_tree)
        table = self._table
        table.setObjectName("structureLines")
        table.setAccessibleName("文件逐行")
        table.setColumnCount(2)
        table.setHorizontalHeaderLabels(["读作", "文件的内容"])
        table.verticalHeader().hide()
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setColumnWidth(_KIND, _KIND_WIDTH)
        table.horizontalHeader().setSectionResizeMode(_WORDS, QHeaderView.ResizeMode.Stretch)
        table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        table.customContextMenuRequested.connect(self._ask)
        table.cellClicked.connect(self._clicked)
        table.currentCellChanged.connect(lambda row, *_: self._follow_line(row))
        table.installEventFilter(self)
        parts = QSplitter(Qt.Orientation.Horizontal)
        parts.addWidget(self._tree)
        parts.addWidget(table)
        parts.setSizes([_TREE_WIDTH, 2 * _TREE_WIDTH])
        parts.setStretchFactor(1, 1)
        self._said.setObjectName("quiet")
        self._said.setWordWrap(True)
        self._back.setObjectName("structureBack")
        self._back.setToolTip("不要这里改过的，按程序读出来的")
        self._back.setAutoDefault(False)
        self._back.clicked.connect(lambda _=False: self._choose_nothing())
        self._as_file.setObjectName("structureAsFile")
        self._as_file.setToolTip("报告现在的标题换成文件的；现有的文字都保存，没有对应标题的收在提纲下面")
        self._as_file.toggled.connect(lambda _=False: self.changed.emit())
        self._as_file.hide()
        foot = QHBoxLayout()
        foot.addWidget(self._said, 1)
        foot.addWidget(self._as_file)
        foot.addWidget(self._back)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 6, 0, 0)
        column.setSpacing(6)
        column.addWidget(parts, 1)
        column.addLayout(foot)

    # -- showing -----------------------------------------------------------------------------------------

    @property
    def as_file(self) -> bool:
        """The file's headings are to replace those of the report."""
        return self._as_file.isChecked()

    def show_lines(self, lines: Sequence[ReadLine], other_headings: bool = False) -> None:
        """The current line and what is scrolled to stay. `other_headings`: the report has its own, and may change."""
        self._as_file.setVisible(other_headings)
        row, scroll = self._table.currentRow(), self._table.verticalScrollBar().value()
        chosen = sorted({index.row() for index in self._table.selectedIndexes()})
        self._lines = lines
        with QSignalBlocker(self._table), QSignalBlocker(self._tree):
            self._fill_table()
            self._fill_tree()
            if 0 <= row < len(lines):
                self._table.setCurrentCell(row, _WORDS)
                self._table.clearSelection()
                for one in chosen or [row]:
                    self._table.selectionModel().select(
                        self._table.model().index(one, 0),
                        self._table.selectionModel().SelectionFlag.Select
                        | self._table.selectionModel().SelectionFlag.Rows,
                    )
        self._table.verticalScrollBar().setValue(scroll)
        counted = {kind: sum(line.kind == kind for line in lines) for kind in _INK}
        changed = f"，改过{len(self.choices)}行" if self.choices else ""
        self._said.setText(
            f"标题{counted['heading']}个，正文{counted['text']}段，表格和图片{counted['block']}个，"
            f"不读入{counted['left_out']}行{changed}。{_HINT}"
        )
        self._back.setEnabled(bool(self.choices))

    def show_first(self) -> None:
        """The first heading, and the text from there on: before it stand cover and 目录."""
        first = self._tree.topLevelItem(0)
        if first is not None:
            self._tree.setCurrentItem(first)

    def _fill_table(self) -> None:
        self._table.setRowCount(len(self._lines))
        level = 0
        for row, line in enumerate(self._lines):
            level = line.level if line.kind == "heading" else level
            depth = level - 1 if line.kind == "heading" else level
            kind, words = QTableWidgetItem(kind_of(line)), QTableWidgetItem(line.text)
            if line.kind != "left_out":
                words.setText(_INDENT * max(depth, 0) + line.text)
            for cell in (kind, words):
                cell.setForeground(QColor(_INK[line.kind]))
                cell.setToolTip(paragraph(line.text[:_LONGEST_TIP]))
            font = words.font()
            font.setBold(line.kind == "heading")
            font.setItalic(line.kind == "left_out")
            words.setFont(font)
            if line.number in self.choices:
                kind.setBackground(QColor(theme.WARN_SOFT))
            self._table.setItem(row, _KIND, kind)
            self._table.setItem(row, _WORDS, words)

    def _fill_tree(self) -> None:
        self._tree.clear()
        above: list[tuple[int, QTreeWidgetItem]] = []
        heads = [row for row, line in enumerate(self._lines) if line.kind == "heading"]
        for row, end in pairwise([*heads, len(self._lines)]):
            line = self._lines[row]
            length = sum(
                len("".join(each.text.split())) for each in self._lines[row + 1 : end] if _is_kept(each)
            )
            item = QTreeWidgetItem([line.text, f"{length:,}" if length else ""])
            item.setTextAlignment(1, Qt.AlignmentFlag.AlignRight)
            item.setData(0, _NUMBER, row)
            item.setToolTip(0, paragraph(line.text))
            above = [each for each in above if each[0] < line.level]
            if above:
                above[-1][1].addChild(item)
            else:
                self._tree.addTopLevelItem(item)
            above.append((line.level, item))
        self._tree.expandAll()

    def _follow_tree(self, item: QTreeWidgetItem | None) -> None:
        if item is not None:
            row = int(item.data(0, _NUMBER))
            with QSignalBlocker(self._table):
                self._table.setCurrentCell(row, _WORDS)
                self._table.selectRow(row)
            at = self._table.model().index(row, _WORDS)
            self._table.scrollTo(at, QAbstractItemView.ScrollHint.PositionAtTop)

    def _follow_line(self, row: int) -> None:
        """The heading under which a line stands."""
        found: QTreeWidgetItem | None = None
        waiting = [self._tree.topLevelItem(n) for n in range(self._tree.topLevelItemCount())]
        while waiting:
            item = waiting.pop(0)
            if item is None or int(item.data(0, _NUMBER)) > row:
                continue
            if found is None or int(item.data(0, _NUMBER)) > int(found.data(0, _NUMBER)):
                found = item
            waiting += [item.child(n) for n in range(item.childCount())]
        with QSignalBlocker(self._tree):
            if found is not None:
                self._tree.setCurrentItem(found)

    # -- changing ----------------------------------------------------------------------------------------

    def choose(self, choice: int) -> None:
        """For the selected lines; what stands for a table or a form's place is left in or out whole."""
        rows = sorted({index.row() for index in self._table.selectedIndexes()})
        lines = [self._lines[row] for row in rows if self._lines[row].why not in (OF_FORM, UNREAD)]
        if choice > TEXT:
            lines = [line for line in lines if line.kind != "block"]
        if lines:
            self.choices |= {line.number: choice for line in lines}
            self.changed.emit()

    def _choose_nothing(self) -> None:
        self.choices = {}
        self.changed.emit()

    def _clicked(self, row: int, column: int) -> None:
        if column == _KIND:
            self._ask(self._table.visualRect(self._table.model().index(row, _KIND)).bottomLeft())

    def _ask(self, at: QPoint) -> None:
        pop_up(self.menu(), self._table.viewport().mapToGlobal(at))

    def menu(self) -> QMenu:
        """What the selected lines may be."""
        menu = QMenu(self)
        menu.setObjectName("structureMenu")
        offers = [(f"标题（{level}级）\tAlt+{level}", level) for level in range(1, _DEEPEST + 1)]
        for words, choice in (*offers, ("正文\tAlt+0", TEXT), ("不读入\tDelete", LEFT_OUT)):
            action = menu.addAction(words)
            action.triggered.connect(lambda _=False, to=choice: self.choose(to))
        return menu

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._table and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            digit = event.key() - int(Qt.Key.Key_0)
            if event.modifiers() == Qt.KeyboardModifier.AltModifier and 0 <= digit <= _DEEPEST:
                self.choose(digit)
                return True
            if event.key() == Qt.Key.Key_Delete:
                self.choose(LEFT_OUT)
                return True
        return super().eventFilter(watched, event)


def kind_of(line: ReadLine) -> str:
    """`标题（2级）`, `正文`, `不读入：目录`."""
    if line.kind == "heading":
        return f"标题（{line.level}级）"
    return {"text": "正文", "block": "表格、图片"}.get(line.kind) or f"不读入：{line.why}"


def _is_kept(line: ReadLine) -> bool:
    return line.kind in ("text", "block")
