"""报告格式: forms, title, addressee, cover and the like, as they are kept with the report."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from desktop.ui.session import Session
from desktop.ui.widgets.form import Form

_ELSEWHERE = {"outline", "forms", "numbering"}
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
        forms = self._forms(session)
        buttons = QDialogButtonBox()
        buttons.setObjectName("paperButtons")
        buttons.addButton("关闭", QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.accepted.connect(self.accept)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(14)
        column.addWidget(note)
        if forms is not None:
            column.addLayout(forms)
        column.addWidget(self.form)
        column.addWidget(buttons)

    def _forms(self, session: Session) -> QFormLayout | None:
        """Which forms the report is filled in by, where there is a choice."""
        templates = session.templates
        offered = templates.editions_for(session.year)
        offered += [templates.edition] if templates.edition not in offered else []
        if len(offered) < 2:
            return None
        box = QComboBox()
        box.setObjectName("chooseForms")
        for edition in offered:
            box.addItem(edition.name, edition.id)
        box.setCurrentIndex(box.findData(templates.edition.id))
        box.activated.connect(lambda number: session.choose_forms(str(box.itemData(number))))
        row = QFormLayout()
        row.addRow("表样", box)
        return row

    def done(self, result: int) -> None:
        """What is being typed is saved, however the dialog is left."""
        self.form.save()
        super().done(result)
