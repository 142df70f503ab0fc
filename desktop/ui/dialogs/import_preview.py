"""What an import would change, line by line, before anything is written; ticks decide."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QTextCursor
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPlainTextEdit,
    QSpinBox,
    QTableWidget,
    QTableWidgetItem,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.keys import YEARS, FactKey
from desktop.errors import UserError
from desktop.exchange.import_plan import PlanItem, brief
from desktop.exchange.package.format import ENDING as PACKAGE_ENDING
from desktop.exchange.read_text.any_file import READABLE
from desktop.ui import messages, theme
from desktop.ui.dialogs import answered
from desktop.ui.dialogs.report_structure import ReportStructure
from desktop.ui.first_size import open_at
from desktop.ui.hints import paragraph
from desktop.ui.jobs import Jobs
from desktop.ui.session import Session
from desktop.work_items import Draft, Source

_TABLES = "*.xlsx *.xlsm *.xls *.et"
_REPORTS = " ".join(f"*{ending}" for ending in READABLE)
_PACKAGES = f"*{PACKAGE_ENDING}"
KINDS = (
    f"报告包、表格和报告 ({_PACKAGES} {_TABLES} {_REPORTS});;报告包 ({_PACKAGES});;表格 ({_TABLES});;"
    f"报告 ({_REPORTS});;所有文件 (*)"
)
_HEADS = ("导入", "项目", "现在的值", "文件里的值", "位置", "说明")
_OLD, _NEW = 2, 3
_LONGEST_TIP = 1500
_LONGEST_CELL = 11
_WIDTHS = {False: (52, 300, 130, 130, 120), True: (52, 230, 130, 270, 190)}
"""Columns of an import of tables; of one with long texts."""
_INK = {"problem": theme.WRONG, "note": theme.WARN, "ok": theme.INK}


def choose_and_import(window: QWidget, session: Session, jobs: Jobs, path: str = "") -> None:
    """Ask for a file, read it in the background, show what it would change."""
    path = path or messages.choose_file(
        window, "导入报告包、表格或报告", session.settings.text("export_folder"), KINDS
    )
    if path:
        jobs.start(
            "正在读取文件…",
            lambda: session.place.read_source(Path(path)),
            lambda source: _preview(window, session, source),
        )


def _preview(window: QWidget, session: Session, source: Source) -> None:
    dialog = ImportPreview(session, source, window)
    with answered(dialog) as agreed:
        if agreed:
            session.take_import(dialog.draft, dialog.ticked())


class ImportPreview(QDialog):
    """Which report it goes to, above; the lines, in the middle; below, the whole text of a line that holds
    more than its cell shows, and what could not be read."""

    def __init__(self, session: Session, source: Source, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._source = session, source
        self.draft: Draft
        self.setObjectName("importPreview")
        self.setWindowTitle(f"导入 {source.name}")
        open_at(self, 1160, 660)
        self._unit, self._year, self._target = QComboBox(), QSpinBox(), QLabel()
        self._only_changed = QCheckBox("只看需要核对的行")
        self._table, self._rest, self._sum = QTableWidget(), QPlainTextEdit(), QLabel()
        self._details, self._below = QPlainTextEdit(), QWidget()
        self._structure, self._pages = ReportStructure(), QTabWidget()
        self._own_ticks: dict[FactKey, bool] = {}
        """What the clerk ticked otherwise than it was, kept when the file is read anew."""
        self._head()
        self._arrange()
        self._replan(first=True)

    def _head(self) -> None:
        report = self._session.report
        self._unit.setObjectName("importUnit")
        self._unit.setEditable(True)
        self._unit.setMinimumWidth(300)
        names = [unit.name for unit in self._session.catalog.units()]
        self._unit.addItems(
            list(dict.fromkeys([self._source.unit or "", *names])) if self._source.unit else names
        )
        self._unit.setCurrentText(self._source.unit or (report.unit_name if report else ""))
        self._year.setObjectName("importYear")
        self._year.setRange(YEARS[0], YEARS[-1])
        self._year.setSuffix("年度")
        self._year.setValue(self._source.year or (report.id.year if report else 2023))
        self._unit.activated.connect(lambda _: self._replan())
        edit = self._unit.lineEdit()
        if edit is not None:
            edit.editingFinished.connect(self._replan)
        self._year.valueChanged.connect(lambda _: self._replan())

    def _arrange(self) -> None:
        head = QHBoxLayout()
        for widget in (QLabel("导入到"), self._unit, self._year, self._target):
            head.addWidget(widget)
        head.addStretch(1)
        head.addWidget(self._only_changed)
        self._only_changed.toggled.connect(self._filter)
        self._prepare_table()
        self._below.setObjectName("importBelow")
        self._below.setMaximumHeight(140)
        below = QHBoxLayout(self._below)
        below.setContentsMargins(0, 0, 0, 0)
        below.addWidget(self._details, 1)
        below.addWidget(self._rest, 1)
        self._details.setReadOnly(True)
        self._details.setObjectName("importDetails")
        self._table.currentCellChanged.connect(lambda row, *_: self._show_details(row))
        self._rest.setReadOnly(True)
        self._rest.setObjectName("importProblems")
        self._buttons = QDialogButtonBox()
        self._accept = self._buttons.addButton("导入", QDialogButtonBox.ButtonRole.AcceptRole)
        self._buttons.addButton("取消", QDialogButtonBox.ButtonRole.RejectRole)
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)
        foot = QHBoxLayout()
        foot.addWidget(self._sum)
        foot.addStretch(1)
        foot.addWidget(self._buttons)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 14)
        column.setSpacing(10)
        column.addLayout(head)
        column.addWidget(self._pages, 1)
        column.addLayout(foot)
        self._add_pages()

    def _add_pages(self) -> None:
        """Of a report's file also its headings, which are looked at first; else the lines alone."""
        lines = QWidget()
        below = QVBoxLayout(lines)
        below.setContentsMargins(0, 6, 0, 0)
        below.setSpacing(10)
        below.addWidget(self._table, 1)
        below.addWidget(self._below)
        self._pages.setObjectName("importPages")
        self._pages.setDocumentMode(True)
        self._pages.addTab(self._structure, "文件结构")
        self._pages.addTab(lines, "写入内容")
        self._structure.changed.connect(self._replan)
        self._pages.currentChanged.connect(lambda page: self._only_changed.setVisible(page == 1))

    def _prepare_table(self) -> None:
        self._table.setObjectName("importLines")
        self._table.setColumnCount(len(_HEADS))
        self._table.setHorizontalHeaderLabels(_HEADS)
        self._table.verticalHeader().hide()
        self._table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self._table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        header = self._table.horizontalHeader()
        header.setSectionResizeMode(5, QHeaderView.ResizeMode.Stretch)
        self._table.itemChanged.connect(lambda _: self._count())
        self._table.itemDoubleClicked.connect(self._toggle)  # Enter is the default button: it imports

    # -- the plan ----------------------------------------------------------------------------------------

    def _replan(self, first: bool = False) -> None:
        self._keep_ticks()
        unit, year = self._unit.currentText().strip(), self._year.value()
        try:
            structure = self._structure
            self.draft = self._session.place.draft_import(
                self._source, unit, year, structure.choices, as_file=structure.as_file
            )
        except UserError as error:
            messages.tell_error(self, error)
            return
        self._target.setText(
            "（已有的报告，导入后可一次撤销）" if self.draft.exists else "（将新建这份报告）"
        )
        self._fill()
        self._tell_rest()
        self._table.setCurrentCell(0, 1)
        self._show_details(0)  # the same cell may hold another line now
        read_as = self.draft.plan.read_as
        self._structure.show_lines(read_as, self.draft.plan.other_headings)
        with_headings = any(line.kind == "heading" for line in read_as)
        self._pages.setTabVisible(0, bool(read_as))
        self._pages.tabBar().setVisible(bool(read_as))
        if first:
            self._structure.show_first()
            self._pages.setCurrentIndex(0 if with_headings and not self.draft.exists else 1)
            self._only_changed.setVisible(self._pages.currentIndex() == 1)

    def _keep_ticks(self) -> None:
        if not self._table.rowCount():
            return  # nothing was read yet
        ticked = set(self.ticked())
        for number, item in enumerate(self.draft.plan.items):
            if (number in ticked) != item.ticked:
                self._own_ticks[item.key] = number in ticked
            else:
                self._own_ticks.pop(item.key, None)

    def _fill(self) -> None:
        self._table.blockSignals(True)
        self._table.setRowCount(len(self.draft.plan.items))
        for row, item in enumerate(self.draft.plan.items):
            tick = QTableWidgetItem()
            tick.setFlags(
                Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
            )
            ticked = self._own_ticks.get(item.key, item.ticked)
            tick.setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)
            self._table.setItem(row, 0, tick)
            texts = (item.label, item.told_before, item.told, item.where, item.problem)
            for column, text in enumerate(texts, 1):
                cell = QTableWidgetItem(brief(text, _LONGEST_CELL) if column in (_OLD, _NEW) else text)
                cell.setForeground(QColor(_INK[item.level]))
                cell.setToolTip(paragraph(_tip(text)).replace("\n", "<br>"))
                self._table.setItem(row, column, cell)
        self._table.blockSignals(False)
        self._filter()
        self._count()

    def show_structure(self) -> None:
        """The page with the headings of a report's file."""
        self._pages.setCurrentIndex(0)

    def _show_details(self, row: int) -> None:
        """The whole text of a line: what would be written, and what it replaces."""
        items = self.draft.plan.items
        if not 0 <= row < len(items):
            self._details.clear()
            return
        item = items[row]
        old = f"\n\n（现在的内容）\n{item.told_before}" if item.old else ""
        said = f"（{item.problem}）\n" if item.problem else ""
        self._details.setPlainText(f"【{item.label}】\n{said}{item.told}{old}")
        self._details.moveCursor(QTextCursor.MoveOperation.Start)

    def _tell_rest(self) -> None:
        lines = [f"{p.where}　{p.message}" if p.where else p.message for p in self.draft.plan.problems]
        self._rest.setPlainText("\n".join(["没有读入、需要留意的地方：", *lines]) if lines else "")
        self._rest.setVisible(bool(lines))
        long = any(_is_long(item) for item in self.draft.plan.items)
        self._details.setVisible(long)
        self._below.setVisible(long or bool(lines))
        for column, width in enumerate(_WIDTHS[long]):
            self._table.setColumnWidth(column, width)

    def _filter(self) -> None:
        only = self._only_changed.isChecked()
        for row, item in enumerate(self.draft.plan.items):
            self._table.setRowHidden(row, only and item.level == "ok")

    def _toggle(self, item: QTableWidgetItem) -> None:
        tick = self._table.item(item.row(), 0)
        if tick is not None:
            checked = tick.checkState() == Qt.CheckState.Checked
            tick.setCheckState(Qt.CheckState.Unchecked if checked else Qt.CheckState.Checked)

    def ticked(self) -> list[int]:
        ticks = [self._table.item(row, 0) for row in range(self._table.rowCount())]
        return [n for n, tick in enumerate(ticks) if tick and tick.checkState() == Qt.CheckState.Checked]

    def _count(self) -> None:
        chosen = len(self.ticked())
        check = sum(item.level != "ok" for item in self.draft.plan.items)
        self._sum.setText(f"共{len(self.draft.plan.items)}处不同，已选{chosen}处；需要核对{check}处")
        self._accept.setText(f"导入{chosen}处" if chosen else "导入")
        self._accept.setEnabled(bool(chosen) and bool(self._unit.currentText().strip()))


def _is_long(item: PlanItem) -> bool:
    """Whether its cell shows only how the text begins."""
    return any(brief(text, _LONGEST_CELL) != text for text in (item.told_before, item.told))


def _tip(text: str) -> str:
    """A text for a hint; of a very long one the beginning."""
    return text if len(text) <= _LONGEST_TIP else f"{text[:_LONGEST_TIP]}……"
