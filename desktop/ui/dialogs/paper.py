"""报告格式: title, addressee, cover and the like, as they are kept with the report."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QVBoxLayout, QWidget

from desktop.ui.session import Session
from desktop.ui.widgets.form import Form

_ELSEWHERE = {"outline", "forms"}
"""Columns that are chosen in the tab itself."""


class PaperDialog(QDialog):
    """The fields of the table `paper`; each is saved as it is left, like those of every form."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("paperDialog")
        self.setWindowTitle("报告格式")
        self.setMinimumWidth(640)
        table = session.templates.tables["paper"]
        columns = tuple(column for column in table.columns if column.id not in _ELSEWHERE)
        self.form = Form(session, replace(table, columns=columns))
        note = QLabel("随本报告保存，印出和导出时使用；不填的按通常格式。改后可按 Ctrl+Z 撤销。")
        note.setObjectName("quiet")
        note.setWordWrap(True)
        buttons = QDialogButtonBox()
        buttons.setObjectName("paperButtons")
        buttons.addButton("关闭", QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.accepted.connect(self.accept)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(14)
        column.addWidget(note)
        column.addWidget(self.form)
        column.addWidget(buttons)

    def done(self, result: int) -> None:
        """What is being typed is saved, however the dialog is left."""
        self.form.save()
        super().done(result)
