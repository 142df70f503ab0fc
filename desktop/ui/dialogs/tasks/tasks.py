"""任务包: the tasks that were taken, and all that can be done with them."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop.exchange.task_file.in_words import date_in_words
from desktop.taken_tasks import TakenTask
from desktop.ui import messages, theme
from desktop.ui.dialogs.tasks.bringing_over import bring_over
from desktop.ui.dialogs.tasks.make_task import make_task
from desktop.ui.dialogs.tasks.task_shown import open_task, show_taken
from desktop.ui.first_size import open_at
from desktop.ui.hints import paragraph
from desktop.ui.jobs import Jobs
from desktop.ui.session import Session
from desktop.ui.widgets.lines import lay_out

_HEADS, _WIDTHS = ("任务", "制发单位", "截止日期", "发布", "领取", "在用的报告"), (230, 120, 126, 64, 96, 92)
_ABOUT = (
    "财政部门把本年度的表样、指标、核对关系和填报要求做成任务包（.zpt）发给各单位。"
    "领取以后，报告就可以用它的表样来填；双击任务包文件，或把它拖进窗口，也能领取。"
)
_NONE = "还没有领取任务。收到任务包以后，点“打开任务包…”。"


class TasksDialog(QDialog):
    """Every issue is a line, the last taken on top."""

    def __init__(self, session: Session, jobs: Jobs, window: QWidget) -> None:
        super().__init__(window)
        self._session, self._jobs, self._window = session, jobs, window
        self.setObjectName("tasksDialog")
        self.setWindowTitle("任务包")
        open_at(self, 880, 460)
        self._tasks: list[TakenTask] = []
        self._table, self._said = QTableWidget(), QLabel()
        self._open = self._button("打开任务包…", "openTask", self.open)
        self._show = self._button("查看…", "showTask", self.show_chosen)
        self._use = self._button("打开的报告换用它…", "useTask", self.use)
        self._remove = self._button("移除…", "removeTask", self.remove)
        self._make = self._button("制作任务包…", "makeTask", self.make)
        self._arrange()
        session.tasks_changed.connect(self._fill)
        session.changed.connect(self._fill)
        self._fill()

    def _button(self, words: str, name: str, deed: object) -> QPushButton:
        button = QPushButton(words)
        button.setObjectName(name)
        button.setAutoDefault(False)
        button.clicked.connect(deed)
        return button

    def _arrange(self) -> None:
        about = QLabel(_ABOUT)
        about.setObjectName("quiet")
        about.setWordWrap(True)
        self._table.setObjectName("tasks")
        lay_out(self._table, _HEADS, _WIDTHS, 0)
        self._table.itemSelectionChanged.connect(self._enable)
        self._table.itemDoubleClicked.connect(self._show.click)
        self._said.setObjectName("taskProblem")
        self._said.setTextFormat(Qt.TextFormat.PlainText)
        self._said.setWordWrap(True)
        close = self._button("关闭", "closeTasks", self.reject)
        row = QHBoxLayout()
        for button in (self._open, self._show, self._use, self._remove):
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(self._make)
        row.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 14)
        column.setSpacing(10)
        for widget, stretch in ((about, 0), (self._table, 1), (self._said, 0)):
            column.addWidget(widget, stretch)
        column.addLayout(row)

    def _fill(self) -> None:
        tasks = self._session.place.tasks
        self._tasks = sorted(tasks.taken, key=lambda one: (one.kept.taken, one.kept.issue), reverse=True)
        self._table.setRowCount(len(self._tasks))
        for row, one in enumerate(self._tasks):
            task, users = one.task, tasks.users_of(one)
            texts = (
                task.name if task else one.kept.id,
                task.issuer if task else "",
                date_in_words(task.deadline) if task else "",
                f"第{one.kept.issue}次",
                f"{one.kept.taken.astimezone():%Y-%m-%d}",
                f"{len(users)}份" if users else "没有",
            )
            for column, text in enumerate(texts):
                item = QTableWidgetItem(text)
                if one.problem:
                    item.setForeground(QColor(theme.WRONG))
                if column == len(texts) - 1 and users:
                    item.setToolTip(paragraph("、".join(users)))
                self._table.setItem(row, column, item)
        if self._tasks:
            self._table.selectRow(0)
        self._enable()

    def chosen(self) -> TakenTask | None:
        row = self._table.currentRow()
        return self._tasks[row] if 0 <= row < len(self._tasks) else None

    def _enable(self) -> None:
        one, session = self.chosen(), self._session
        readable = one is not None and one.task is not None
        self._show.setEnabled(readable)
        self._use.setEnabled(
            readable and one is not None and session.report is not None and session.edition != one.edition
        )
        self._remove.setEnabled(one is not None)
        problem = one.problem if one is not None else ""
        self._said.setText(f"{problem}。" if problem else _NONE if not self._tasks else "")
        self._said.setVisible(bool(self._said.text()))

    # -- deeds -------------------------------------------------------------------------------------------

    def open(self) -> None:
        open_task(self._window, self._session, self._jobs)

    def show_chosen(self) -> None:
        one = self.chosen()
        if one is not None and one.task is not None:
            show_taken(self._window, self._session, self._jobs, one)

    def use(self) -> None:
        one = self.chosen()
        if one is not None and one.task is not None:
            bring_over(self, self._session, one.edition, one.task.title)

    def remove(self) -> None:
        one = self.chosen()
        if one is None:
            return
        name = one.task.title if one.task else one.kept.id
        hint = "没有报告用它的时候才能移除；以后还可以重新领取。"
        if messages.confirm(self, f"移除任务“{name}”？", hint, "移除"):
            self._session.remove_task(one)

    def make(self) -> None:
        make_task(self._window, self._session, self._jobs)
