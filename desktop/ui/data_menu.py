"""The menu 数据: tasks, backups, bin, history, check, support and settings, each a dialog loaded when it is opened."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDialog, QMenu, QWidget

from desktop.domain.keys import FactKey
from desktop.ui.dialogs import answered
from desktop.ui.jobs import Jobs
from desktop.ui.session import Session


class DataMenu(QObject):
    """What can be done with the data as a whole."""

    closed = Signal()
    """A dialog was closed: what there is to remind of may have changed."""

    def __init__(self, window: QWidget, session: Session, jobs: Jobs) -> None:
        super().__init__(window)
        self._window, self._session, self._jobs = window, session, jobs
        self._history = self._action("修改记录…", "showHistory", self.history)
        session.opened.connect(self._enable)
        self._enable()

    def _action(self, words: str, name: str, deed: Callable[[], object]) -> QAction:
        action = QAction(words, self._window)
        action.setObjectName(name)
        action.triggered.connect(lambda _=False: deed())
        return action

    def fill(self, menu: QMenu) -> None:
        menu.addAction(self._action("任务包…", "showTasks", self.tasks))
        menu.addSeparator()
        menu.addAction(self._action("备份与恢复…", "showBackups", self.backups))
        menu.addAction(self._action("恢复已删除的报告…", "showDeleted", self.deleted))
        menu.addSeparator()
        menu.addAction(self._history)
        menu.addAction(self._action("检查数据…", "checkData", self.check))
        menu.addSeparator()
        menu.addAction(self._action("支持信息…", "saveSupport", self.support))
        menu.addAction(self._action("设置…", "showSettings", self.settings))

    def _enable(self) -> None:
        self._history.setEnabled(self._session.report is not None)

    def _show(self, dialog: QDialog) -> None:
        with answered(dialog):
            pass
        self.closed.emit()

    def tasks(self) -> None:
        from desktop.ui.dialogs.tasks.tasks import TasksDialog

        self._show(TasksDialog(self._session, self._jobs, self._window))

    def open_task(self, path: str) -> None:
        """A task file that was double-clicked or dropped."""
        from desktop.ui.dialogs.tasks.task_shown import open_task

        open_task(self._window, self._session, self._jobs, path)

    def backups(self) -> None:
        from desktop.ui.dialogs.backups import BackupsDialog

        self._show(BackupsDialog(self._session, self._jobs, self._window))

    def deleted(self) -> None:
        from desktop.ui.dialogs.deleted_reports import DeletedReportsDialog

        self._show(DeletedReportsDialog(self._session, self._window))

    def history(self, cell: FactKey | None = None) -> None:
        """Of the open report, or of one of its cells."""
        from desktop.ui.dialogs.history import HistoryDialog

        if self._session.report is not None:
            self._show(HistoryDialog(self._session, self._jobs, cell, self._window))

    def check(self) -> None:
        from desktop.ui.dialogs.data_check import DataCheckDialog

        self._show(DataCheckDialog(self._session, self._jobs, self.backups, self._window))

    def support(self) -> None:
        from desktop.ui.dialogs.support import SupportDialog

        self._show(SupportDialog(self._session, self._jobs, self._window))

    def settings(self) -> None:
        from desktop.ui.dialogs.settings import SettingsDialog

        self._show(SettingsDialog(self._session, self._window))
