"""All findings as a table with filters, and beside it the chosen one in full with the rule's page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QSplitter,
    QTableWidget,
    QTableWidgetItem,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from desktop.audit.finding import LEVELS, Finding
from desktop.resource_files.rule_pages import RulePage
from desktop.ui import theme
from desktop.ui.audit_runner import EXPLAINED, Entry
from desktop.ui.hints import paragraph
from desktop.ui.text_editor.marked_text import ink_of

_TABS, _FILES = "位置", "文件"
"""What lines are of: pages of the window, or files, which have a column of their own while there are several."""
_HEADS = ("级别", "规则", "位置", "内容", "建议", _FILES)
_WIDTHS = (64, 112, 124, 320, 78, 110)
_RULE, _MESSAGE, _TAB = 1, 3, 5
_WIDEST_RULE = 200
"""`R7n 同一个数前后写法不一`; longer names are cut short, and whole in the hint: `R36n 得满分、称全部达标的指标没有达到目标`."""
_SIZES = {Qt.Orientation.Horizontal: [860, 460], Qt.Orientation.Vertical: [380, 240]}
"""Of the table and of the details."""
_CELL = "单元格检查"
NOTHING = "没有发现问题"


class Line(NamedTuple):
    """An entry with the words under which it is listed and filtered.

    `message` is what is told instead of its own of `times` findings that say the same.
    """

    entry: Entry
    rule: str
    where: str
    tab: str
    message: str = ""
    times: int = 1

    def texts(self) -> tuple[str, ...]:
        """In the order of the columns."""
        entry = self.entry
        return entry.state, self.rule, self.where, self.message or entry.message, entry.expected, self.tab

    def exported(self) -> tuple[str, ...]:
        """As the Excel list has it: the level stays, with a note that it was explained."""
        entry = self.entry
        level = f"{entry.level}（{EXPLAINED}）" if entry.explanation else entry.level
        return (level, *self.texts()[1:-1], entry.explanation)


def rule_name(code: str, pages: Mapping[str, RulePage]) -> str:
    page = pages.get(code)
    return f"{code} {page.name}" if page else code or _CELL


class FindingsView(QWidget):
    """A click shows a finding, Enter or a double click goes to it."""

    shown = Signal()
    """Another line is the current one, or none."""
    chosen = Signal()
    """Somebody wants to go to the current line's place."""

    def __init__(
        self,
        pages: Mapping[str, RulePage],
        way: Qt.Orientation = Qt.Orientation.Horizontal,
        of_files: bool = False,
    ) -> None:
        super().__init__()
        self._pages, self._way, self._tabs = pages, way, _FILES if of_files else _TABS
        self._lines: list[Line] = []
        self._nothing = NOTHING
        self._seen: list[Line] = []
        self._filters = {name: QComboBox() for name in ("级别", self._tabs, "规则")}
        self._counts, self._table, self._details = QLabel(), QTableWidget(), QTextBrowser()
        self._buttons = QHBoxLayout()
        self._arrange()
        self._take([])

    def _arrange(self) -> None:
        head = QHBoxLayout()
        self._counts.setObjectName("findingCounts")
        head.addWidget(self._counts)
        head.addStretch(1)
        names = "levelFilter", "tabFilter", "ruleFilter"
        for object_name, (name, combo) in zip(names, self._filters.items(), strict=True):
            combo.setObjectName(object_name)
            combo.setAccessibleName(name)
            combo.setMinimumWidth(110)
            combo.currentIndexChanged.connect(lambda _: self._show_lines())
            head.addWidget(combo)
        self._prepare_table()
        self._details.setObjectName("findingDetails")
        self._details.setOpenLinks(False)
        beside = QWidget()
        column = QVBoxLayout(beside)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._details, 1)
        column.addLayout(self._buttons)
        split = QSplitter(self._way)
        split.addWidget(self._table)
        split.addWidget(beside)
        split.setSizes(_SIZES[self._way])
        split.setStretchFactor(0, 1)
        split.setChildrenCollapsible(False)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(12, 8, 12, 8)
        outer.addLayout(head)
        outer.addWidget(split, 1)

    def _prepare_table(self) -> None:
        table = self._table
        table.setObjectName("findings")
        table.setColumnCount(len(_HEADS))
        table.setHorizontalHeaderLabels(_HEADS)
        table.verticalHeader().hide()
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setTabKeyNavigation(False)
        table.setWordWrap(False)
        for column, width in enumerate(_WIDTHS):
            table.setColumnWidth(column, width)
        header = table.horizontalHeader()
        header.setSectionResizeMode(_MESSAGE, QHeaderView.ResizeMode.Stretch)
        header.moveSection(_TAB, _RULE)
        table.itemSelectionChanged.connect(self._show_details)
        table.itemActivated.connect(lambda _: self.chosen.emit())

    def add_button(self, words: str, name: str) -> QPushButton:
        button = QPushButton(words)
        button.setObjectName(name)
        button.setAutoDefault(False)
        self._buttons.addWidget(button)
        return button

    # -- lines -------------------------------------------------------------------------------------------

    @property
    def lines(self) -> list[Line]:
        return self._lines

    def current(self) -> Line | None:
        row = self._table.currentRow()
        return self._seen[row] if 0 <= row < len(self._seen) else None

    def choose(self, finding: Finding) -> None:
        """Make its line the current one, if it is shown."""
        rows = [row for row, line in enumerate(self._seen) if line.entry.finding == finding]
        if rows:
            self._table.setCurrentCell(rows[0], 0)

    def fill(self, lines: Sequence[Line], nothing: str = NOTHING) -> None:
        """Take over what there is now; filters and the current line stay where they can.

        `nothing` is said of no lines.
        """
        if nothing != self._nothing:
            self._nothing = nothing
            self._take(list(lines))
        if list(lines) != self._lines:
            self._take(list(lines))

    def _take(self, lines: list[Line]) -> None:
        self._lines = lines
        states = Counter[str]()
        for line in lines:
            states[line.entry.state] += line.times
        self._offer("级别", [(f"{s}　{states[s]}", s) for s in (*LEVELS, EXPLAINED) if states[s]])
        tabs = [tab for tab in dict.fromkeys(line.tab for line in lines) if tab]
        self._offer(self._tabs, [(tab, tab) for tab in tabs])
        self._offer("规则", [(rule, rule) for rule in sorted({line.rule for line in lines})])
        said = "　".join(f"{level} {states[level]}" for level in LEVELS)
        said += f"　{EXPLAINED} {states[EXPLAINED]}" if states[EXPLAINED] else ""
        self._counts.setText(said if lines else self._nothing)
        self._show_lines()
        self._table.setColumnHidden(_TAB, self._tabs != _FILES or len(tabs) < 2)
        self._table.setColumnWidth(_RULE, min(self._table.sizeHintForColumn(_RULE), _WIDEST_RULE))

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        combo = self._filters[name]
        with QSignalBlocker(combo):
            chosen = combo.currentData()
            combo.clear()
            combo.addItem(f"全部{name}", "")
            for text, data in choices:
                combo.addItem(text, data)
            combo.setCurrentIndex(max(combo.findData(chosen), 0))
            combo.setVisible(bool(choices) or name != self._tabs)

    def _show_lines(self) -> None:
        level, tab, rule = (self._filters[name].currentData() for name in ("级别", self._tabs, "规则"))
        before, row_before = self.current(), max(self._table.currentRow(), 0)
        self._seen = [
            line
            for line in self._lines
            if level in ("", None, line.entry.state) and tab in ("", None, line.tab)
            if rule in ("", None, line.rule)
        ]
        with QSignalBlocker(self._table):
            self._table.setRowCount(len(self._seen))
            for row, line in enumerate(self._seen):
                self._show_line(row, line)
            same = [n for n, line in enumerate(self._seen) if before and _same(line.entry, before.entry)]
            at = same[0] if same else min(row_before, len(self._seen) - 1)
            self._table.setCurrentCell(at, 0)
        self._show_details()

    def _show_line(self, row: int, line: Line) -> None:
        for column, text in enumerate(line.texts()):
            item = QTableWidgetItem(" ".join(text.split()))
            item.setToolTip(paragraph(text))
            if column == 0:
                ink = theme.GOOD if line.entry.explanation else ink_of(line.entry.level)
                item.setForeground(QColor(ink))
            self._table.setItem(row, column, item)

    def _show_details(self) -> None:
        line = self.current()
        self._details.setHtml(self._page(line) if line else paragraph("" if self._lines else self._nothing))
        self.shown.emit()

    def _page(self, line: Line) -> str:
        file = line.tab if self._tabs == _FILES else ""
        entry, page = line.entry, self._pages.get(line.entry.code)
        parts = [f"<b>{paragraph(line.texts()[_MESSAGE])}</b>"]
        parts += [paragraph(" · ".join(filter(None, [entry.state, file, line.where])))]
        parts += [paragraph(f"应为：{entry.expected}")] if entry.expected else []
        parts += [paragraph(f"{EXPLAINED}：{entry.explanation}")] if entry.explanation else []
        if page is not None:
            parts.append(f"<hr><b>{paragraph(f'{page.code} {page.name}')}</b>")
            parts += [paragraph(words) for words in page.explanation.strip().splitlines()]
        return "".join(parts)

    def focus_table(self) -> None:
        self._table.setFocus()


def _same(one: Entry, other: Entry) -> bool:
    return (one.code, one.message, one.target) == (other.code, other.message, other.target)
