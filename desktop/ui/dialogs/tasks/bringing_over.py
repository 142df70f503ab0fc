"""换用表样: what bringing the open report over to another edition of the forms changes, and what does not fit there."""

from __future__ import annotations

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

from desktop.domain.tasks.bringing_over import BringingOver
from desktop.domain.tasks.differences import differences
from desktop.exchange.import_plan import brief
from desktop.ui.dialogs import answered
from desktop.ui.first_size import open_at
from desktop.ui.session import Session
from desktop.ui.widgets.lines import lay_out

_HEADS, _WIDTHS = ("表", "项目", "已填的内容"), (170, 260, 220)
_FITS = "已填的内容在新表样里都有位置。"
_MISFITS = "下面{count}项在新表样里没有位置：内容保留，但看不到、也印不出；请先另行记下。撤销换用就回来。"


def bring_over(window: QWidget, session: Session, edition: str, name: str) -> None:
    """Show what it would do to the open report; one step, if that is agreed to."""
    dialog = BringingOverDialog(session, edition, name, window)
    with answered(dialog) as agreed:
        if agreed:
            session.write(f"换用表样：{name}", dialog.plan.changes)
            session.said.emit("已换用新的表样，按 Ctrl+Z 可以换回来")


class BringingOverDialog(QDialog):
    """What changes in the forms above, cells that have no place below."""

    def __init__(self, session: Session, edition: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("bringingOver")
        self.setWindowTitle("换用表样")
        open_at(self, 760, 560)
        self.plan: BringingOver = session.bringing_over(edition)
        templates = session.place.templates
        old, new = session.templates.edition, templates.editions[edition]
        found = [f"{one.where}：{one.said}" for one in differences(old, new, templates)]
        report = session.report
        whose = f"“{report.unit_name}”{report.id.year}年度的报告" if report else "报告"
        head = QLabel(f"{whose}：从“{old.name}”换到“{name}”。")
        self._changes, self._misfits, self._said = QPlainTextEdit(), QTableWidget(), QLabel()
        self._changes.setPlainText("\n".join([*self.plan.notes, *found]) or "两份表样没有不同。")
        self._arrange(head)

    def _arrange(self, head: QLabel) -> None:
        head.setObjectName("bringingOverHead")
        head.setTextFormat(Qt.TextFormat.PlainText)
        head.setWordWrap(True)
        about = QLabel("表样有这些变化：")
        about.setObjectName("fieldLabel")
        self._changes.setObjectName("bringingOverChanges")
        self._changes.setReadOnly(True)
        count = len(self.plan.misfits)
        self._said.setObjectName("quiet" if not count else "fieldLabel")
        self._said.setWordWrap(True)
        self._said.setText(_MISFITS.format(count=count) if count else _FITS)
        self._fill()
        agree, leave = QPushButton("换用"), QPushButton("取消")
        agree.setObjectName("agreeToBringOver")
        agree.clicked.connect(self.accept)
        leave.setObjectName("leaveBringingOver")
        leave.setAutoDefault(False)
        leave.clicked.connect(self.reject)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(agree)
        row.addWidget(leave)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 14)
        column.setSpacing(10)
        for widget, stretch in (
            (head, 0),
            (about, 0),
            (self._changes, 3),
            (self._said, 0),
            (self._misfits, 2),
        ):
            column.addWidget(widget, stretch)
        column.addLayout(row)

    def _fill(self) -> None:
        table = self._misfits
        table.setObjectName("misfits")
        lay_out(table, _HEADS, _WIDTHS, 2)
        table.setRowCount(len(self.plan.misfits))
        for row, misfit in enumerate(self.plan.misfits):
            for column, text in enumerate((misfit.where, misfit.label, brief(misfit.text, 60))):
                table.setItem(row, column, QTableWidgetItem(text))
        table.setVisible(bool(self.plan.misfits))
