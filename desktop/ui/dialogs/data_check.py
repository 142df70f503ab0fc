"""检查数据: what was looked through, what was found, and what of it can be put right here."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.all_templates import Templates
from desktop.domain.keys import FactKey, ReportId
from desktop.errors import UserError
from desktop.storage.backups.backup import Backup
from desktop.storage.backups.restore import Content
from desktop.storage.data_checks.data_check import DataCheck, Matter
from desktop.ui import messages
from desktop.ui.cell_words import EMPTY, CellWords, brief
from desktop.ui.dialogs.backups import content_in_words, moment_in_words
from desktop.ui.first_size import open_at
from desktop.ui.jobs import Jobs
from desktop.ui.session import Session
from desktop.ui.widgets.lines import lay_out

_T = TypeVar("_T")
_HEADS, _WIDTHS = ("修正", "报告", "问题"), (64, 250, 400)
_LOW, _HIGH = 160, 560
"""The dialog's height without anything found, and with."""
_MOST = 200
"""Cells listed of one finding; the rest are counted."""


class DataCheckDialog(QDialog):
    """Checks when it is opened. Nothing is changed unless the user ticks it and agrees."""

    def __init__(
        self, session: Session, jobs: Jobs, to_backups: Callable[[], None], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session, self._jobs, self._to_backups = session, jobs, to_backups
        self._open, self.busy = True, False
        self._beside_backup = ""
        """How the newest good backup differs, once it was asked for since the last check."""
        self.setObjectName("dataCheck")
        self.setWindowTitle("检查数据")
        open_at(self, 900, _LOW)
        self._counts, self._table, self._details = QLabel(), QTableWidget(), QPlainTextEdit()
        self._mend = self._button("修正勾选的问题…", "mendData", self.mend)
        self._accept = self._button("重新登记…", "registerAnew", self.register_anew)
        self._again = self._button("再查一遍", "checkAgain", self.check)
        self.found = DataCheck(0, 0, 0, ())
        self._arrange()
        session.ending.connect(self._leave)
        self.check()

    def _button(self, words: str, name: str, deed: Callable[[], object]) -> QPushButton:
        button = QPushButton(words)
        button.setObjectName(name)
        button.setAutoDefault(False)
        button.clicked.connect(lambda _=False: deed())
        return button

    def _arrange(self) -> None:
        self._counts.setObjectName("checkCounts")
        self._counts.setWordWrap(True)
        self._details.setObjectName("checkDetails")
        self._details.setReadOnly(True)
        table = self._table
        table.setObjectName("checkFound")
        lay_out(table, _HEADS, _WIDTHS, 2)
        table.itemSelectionChanged.connect(self._show)
        table.itemChanged.connect(lambda _: self._enable())
        row = QHBoxLayout()
        for button in (
            self._mend,
            self._accept,
            self._button("备份与恢复…", "toBackups", self._to_backups),
            self._again,
        ):
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(self._button("关闭", "closeCheck", self.accept))
        column_ = QVBoxLayout(self)
        column_.setContentsMargins(20, 16, 20, 16)
        column_.setSpacing(10)
        column_.addWidget(self._counts)
        column_.addWidget(table, 3)
        column_.addWidget(self._details, 2)
        column_.addLayout(row)

    # -- what is shown -----------------------------------------------------------------------------------

    def check(self) -> None:
        """Look through the data in the background; nothing can be done until that is over."""
        self.found, self._beside_backup = DataCheck(0, 0, 0, ()), ""
        self._fill()
        self._counts.setText("正在检查全部数据，请稍候…")
        self._start("正在检查数据…", self._session.place.care.checking(), self._take)

    def _start(self, label: str, work: Callable[[], _T], then: Callable[[_T], None]) -> None:
        self.busy = True
        self._again.setEnabled(False)

        def take(answer: _T) -> None:
            self.busy = False
            if self._open:
                self._again.setEnabled(True)
                then(answer)

        self._jobs.start(label, work, take)

    def _leave(self) -> None:
        """What is still to come is not shown any more."""
        self._open = False

    def done(self, result: int) -> None:
        self._leave()
        super().done(result)

    def _take(self, found: DataCheck) -> None:
        self.found = found
        self._counts.setText(found.in_words())
        self._fill()
        open_at(self, self.width(), max(self.height(), _HIGH) if found.matters else _LOW)

    def _fill(self) -> None:
        self._table.setRowCount(len(self.found.matters))
        for row, matter in enumerate(self.found.matters):
            tick = QTableWidgetItem()
            if matter.flaw is not None:
                ticked = Qt.CheckState.Checked if matter.flaw.advised else Qt.CheckState.Unchecked
                tick.setFlags(tick.flags() | Qt.ItemFlag.ItemIsUserCheckable)
                tick.setCheckState(ticked)
            self._table.setItem(row, 0, tick)
            self._table.setItem(row, 1, QTableWidgetItem(matter.where))
            self._table.setItem(row, 2, QTableWidgetItem(matter.said))
        for widget in (self._table, self._details):
            widget.setVisible(bool(self.found.matters))
        if self.found.matters:
            self._table.selectRow(0)
        self._show()

    def _current(self) -> Matter | None:
        row = self._table.currentRow()
        return self.found.matters[row] if 0 <= row < len(self.found.matters) else None

    def _ticked(self) -> list[Matter]:
        def is_ticked(row: int) -> bool:
            item = self._table.item(row, 0)
            return item is not None and item.checkState() == Qt.CheckState.Checked

        return [matter for row, matter in enumerate(self.found.matters) if is_ticked(row)]

    def _enable(self) -> None:
        matter = self._current()
        self._mend.setEnabled(bool(self._ticked()))
        self._mend.setVisible(any(matter.flaw for matter in self.found.matters))
        self._accept.setEnabled(matter is not None and bool(matter.damaged))
        self._accept.setVisible(any(matter.damaged for matter in self.found.matters))

    def _show(self) -> None:
        matter = self._current()
        lines = [] if matter is None else [matter.advice]
        if matter is not None and matter.flaw is not None and matter.report is not None:
            lines += self._cells(matter, matter.report)
        elif matter is not None and matter.damaged:
            lines += ["", self._compared()]
        self._details.setPlainText("\n".join(lines))
        self._enable()

    def _cells(self, matter: Matter, report: ReportId) -> list[str]:
        """Each cell with what stands in it, and what would."""
        assert matter.flaw is not None
        try:
            facts = self._session.store.facts(report)
        except UserError as error:
            return [str(error)]
        words = CellWords(self._session.templates, report.year, facts)
        wanted = dict(matter.flaw.changes)

        def line(key: FactKey) -> str:
            there = f"{words.name(key)}：{brief(facts.get(key, EMPTY), 60)}"
            new = wanted.get(key)
            return f"{there} → {brief(new, 60)}" if new is not None else there

        cells = matter.flaw.cells
        more = [f"……共{len(cells)}项"] if len(cells) > _MOST else []
        return ["", *(line(key) for key in cells[:_MOST]), *more]

    def _compared(self) -> str:
        """What the newest good backup says: to look at before a report is taken for what it is."""
        if self._beside_backup:
            return self._beside_backup
        if not self.busy:
            compare, templates = self._session.place.care.comparing_newest(), self._session.templates
            self._start("正在读取备份…", lambda: _in_words(compare(), templates), self._take_compared)
        return "正在与最新的好备份对比…"

    def _take_compared(self, said: str) -> None:
        self._beside_backup = said
        self._show()

    # -- deeds -------------------------------------------------------------------------------------------

    def mend(self) -> None:
        ticked = self._ticked()
        if not ticked or not messages.confirm(
            self,
            f"修正勾选的{len(ticked)}个问题？",
            "修正前会先备份；每份报告的修正是一步，打开该报告按 Ctrl+Z 可以撤销，也记在修改记录里。",
            "修正",
        ):
            return
        try:
            changed = self._session.place.care.mend(ticked)
        except UserError as error:
            messages.tell_error(self, error)
        else:
            self._session.reopen()
            self._session.said.emit(f"已修正{changed}处")
        self.check()

    def register_anew(self) -> None:
        matter = self._current()
        if (
            matter is None
            or not matter.damaged
            or not messages.confirm(
                self,
                f"照现在的内容重新登记“{matter.where}”？",
                "登记后可以照常打开这份报告，但不能再发现是哪里出的错。请先看过下面与备份的对比；拿不准时，请从备份恢复。",
                "重新登记",
            )
        ):
            return
        with self._session.reporting():
            self._session.place.care.register_anew(matter)
        self._session.reopen()
        self.check()


def _in_words(found: tuple[Backup, Content] | None, templates: Templates) -> str:
    if found is None:
        return "没有可以对比的备份。"
    backup, content = found
    head = f"与最新的好备份（{moment_in_words(backup)}，{backup.reason}）对比："
    return f"{head}\n{content_in_words(content, templates)}"
