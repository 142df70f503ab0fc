"""恢复已删除的报告: the bin, from which a report comes back with all its contents and its history."""

from __future__ import annotations

from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop.errors import UserError
from desktop.storage.catalog import DeletedReport
from desktop.ui import messages
from desktop.ui.first_size import open_at
from desktop.ui.session import Session


class DeletedReportsDialog(QDialog):
    """The last deleted on top; a double click or the button brings one back and opens it."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.setObjectName("deletedReports")
        self.setWindowTitle("恢复已删除的报告")
        open_at(self, 620, 380)
        self._reports: list[DeletedReport] = session.catalog.deleted_reports()
        self._list, self._restore = QListWidget(), QPushButton("恢复并打开")
        self._list.setObjectName("deleted")
        self._list.setSpacing(3)
        self._restore.setObjectName("restoreReport")
        for _, report, deleted in self._reports:
            self._list.addItem(f"{report.unit_name}　{report.id.year}年度　　删除于 {deleted:%Y-%m-%d %H:%M}")
        self._list.setCurrentRow(0)
        self._list.itemDoubleClicked.connect(lambda _: self.restore())  # Enter is the default button
        self._restore.setEnabled(bool(self._reports))
        self._restore.clicked.connect(self.restore)
        self._arrange()

    def _arrange(self) -> None:
        said = "删除的报告一直保存在这里，内容和修改记录都在。" if self._reports else "没有已删除的报告。"
        about = QLabel(said)
        about.setObjectName("quiet")
        close = QPushButton("关闭")
        close.setObjectName("closeDeleted")
        close.setAutoDefault(False)
        close.clicked.connect(self.reject)
        row = QHBoxLayout()
        row.addWidget(self._restore)
        row.addStretch(1)
        row.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(10)
        column.addWidget(about)
        column.addWidget(self._list, 1)
        column.addLayout(row)

    def restore(self) -> None:
        at = self._list.currentRow()
        if not 0 <= at < len(self._reports):
            return
        try:
            report = self._session.catalog.restore_report(self._reports[at].number)
        except UserError as error:
            messages.tell_error(self, error)
            return
        self._session.catalog_changed.emit()
        self._session.open(report)
        self.accept()
