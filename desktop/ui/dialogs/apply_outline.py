"""套用提纲: every heading as it is and as it will be, before another outline is put over the report."""

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

from desktop.domain.outline.applying import Applied, applied
from desktop.ui import theme
from desktop.ui.first_size import open_at
from desktop.ui.hints import paragraph
from desktop.ui.session import Session
from desktop.ui.widgets.lines import lay_out

_HEADS, _WIDTHS = ("现在的标题", "套用后的标题", "字数", "说明"), (300, 300, 60, 170)
_INDENT = "　"
_WITHOUT_PLACE, _NEW, _OWN = "提纲没有这个标题，文字保留但不印", "新加的标题", "自拟标题，保留"


class ApplyOutline(QDialog):
    """Nothing is written here: who asks writes, if it is agreed to."""

    def __init__(self, session: Session, outline: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("applyOutline")
        self.setWindowTitle("套用提纲")
        open_at(self, 900, 560)
        self.lines = applied(session.sheet, outline)
        name = session.templates.outlines[outline].name
        self._table = QTableWidget()
        self._arrange(f"套用提纲“{name}”：标题、级别和编号改成提纲的，已写的文字不变。")

    def _arrange(self, words: str) -> None:
        head, said = QLabel(words), QLabel(summary(self.lines))
        head.setTextFormat(Qt.TextFormat.PlainText)
        head.setWordWrap(True)
        head.setObjectName("applyOutlineHead")
        said.setWordWrap(True)
        said.setObjectName("applyOutlineSummary")
        self._table.setObjectName("applyOutlineLines")
        self._table.setAccessibleName("套用前后的标题")
        lay_out(self._table, _HEADS, _WIDTHS, 1)
        self._fill()
        agree, leave = QPushButton("套用"), QPushButton("取消")
        agree.setObjectName("agreeToApply")
        agree.clicked.connect(self.accept)
        leave.setObjectName("leaveApplying")
        leave.setAutoDefault(False)
        leave.clicked.connect(self.reject)
        row = QHBoxLayout()
        row.addWidget(said, 1)
        row.addWidget(agree)
        row.addWidget(leave)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 14)
        column.setSpacing(10)
        column.addWidget(head)
        column.addWidget(self._table, 1)
        column.addLayout(row)

    def _fill(self) -> None:
        self._table.setRowCount(len(self.lines))
        for row, line in enumerate(self.lines):
            indent = _INDENT * (line.level - 1)
            texts = (
                line.now,
                indent + line.then,
                f"{line.characters:,}" if line.characters else "",
                remark(line),
            )
            for column, text in enumerate(texts):
                cell = QTableWidgetItem(text)
                cell.setToolTip(paragraph(text.strip()))
                if line.without_place:
                    cell.setForeground(QColor(theme.WRONG))
                elif column == 1 and line.now != line.then:
                    cell.setForeground(QColor(theme.ACCENT))
                self._table.setItem(row, column, cell)


def remark(line: Applied) -> str:
    """What the clerk should know of a heading."""
    if line.without_place:
        return _WITHOUT_PLACE
    return _NEW if line.then and not line.now else _OWN if line.own and line.then else ""


def summary(lines: list[Applied]) -> str:
    """`改动12个标题，新加3个；2节文字没有位置（340字），可再移到别的标题下。`"""
    changed = sum(bool(line.now and line.then and line.now != line.then) for line in lines)
    new = sum(bool(line.then and not line.now) for line in lines)
    lost = [line.characters for line in lines if line.without_place]
    said = f"改动{changed}个标题，新加{new}个"
    if lost:
        said += (
            f"；{len(lost)}节文字没有位置（{sum(lost):,}字），留在“未归入提纲的内容”里，可再移到别的标题下"
        )
    return said + "。套用后可按 Ctrl+Z 撤销。"
