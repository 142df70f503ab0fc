"""支持信息: what goes to whoever mends the program, shown before it is saved."""

from __future__ import annotations

import platform
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import PySide6
from PySide6.QtWidgets import (
    QCheckBox,
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

from desktop import __version__
from desktop.ui import messages
from desktop.ui.first_size import open_at
from desktop.ui.jobs import Jobs
from desktop.ui.session import Session
from desktop.ui.widgets.lines import lay_out

if TYPE_CHECKING:
    from desktop.exchange.support_file import Part

_HEADS, _WIDTHS = ("文件", "内容", "大小"), (170, 420, 90)
_ABOUT = (
    "程序出了问题时，把这些信息存成一个压缩文件，发给维护人员。"
    "下面列出其中的每个文件，点一下可以看到全文；没有勾选时，其中没有报告的文字和数字。"
)


class SupportDialog(QDialog):
    """The data themselves are left out unless the user ticks them."""

    def __init__(self, session: Session, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._jobs = session, jobs
        self.setObjectName("supportDialog")
        self.setWindowTitle("支持信息")
        open_at(self, 820, 600)
        self.parts: list[Part] = session.place.support_parts(versions())
        self._table, self._text = QTableWidget(), QPlainTextEdit()
        self._with_data = QCheckBox("包含数据文件（含全部单位和报告的内容，只发给可以看到这些内容的人）")
        self._with_data.setObjectName("withData")
        self._with_data.toggled.connect(lambda _: self._fill())
        self._arrange()
        self._fill()

    def _arrange(self) -> None:
        about = QLabel(_ABOUT)
        about.setObjectName("quiet")
        about.setWordWrap(True)
        table = self._table
        table.setObjectName("supportParts")
        lay_out(table, _HEADS, _WIDTHS, 1)
        table.itemSelectionChanged.connect(self._show)
        self._text.setObjectName("supportText")
        self._text.setReadOnly(True)
        save, close = QPushButton("保存…"), QPushButton("关闭")
        save.setObjectName("saveSupportTo")
        save.clicked.connect(self.save)
        close.setObjectName("closeSupport")
        close.setAutoDefault(False)
        close.clicked.connect(self.reject)
        row = QHBoxLayout()
        row.addWidget(save)
        row.addStretch(1)
        row.addWidget(close)
        column_ = QVBoxLayout(self)
        column_.setContentsMargins(20, 16, 20, 16)
        column_.setSpacing(10)
        for widget, stretch in ((about, 0), (table, 2), (self._text, 3), (self._with_data, 0)):
            column_.addWidget(widget, stretch)
        column_.addLayout(row)

    def wanted(self) -> list[Part]:
        return [*self.parts, self._session.place.data_part()] if self._with_data.isChecked() else self.parts

    def _fill(self) -> None:
        parts = self.wanted()
        self._table.setRowCount(len(parts))
        for row, part in enumerate(parts):
            for column, text in enumerate((part.name, part.about, f"{len(part.content) / 1024:.1f} KB")):
                self._table.setItem(row, column, QTableWidgetItem(text))
        self._table.selectRow(0)

    def _show(self) -> None:
        row = self._table.currentRow()
        shown = self.parts[row].text if 0 <= row < len(self.parts) else "（数据文件，不能在这里查看）"
        self._text.setPlainText(shown)

    def save(self) -> None:
        from desktop.exchange.atomic_write import write_atomically
        from desktop.exchange.support_file import support_bytes

        place = self._session.place
        chosen = messages.choose_target(
            self, "保存支持信息", str(place.suggested_path("支持信息", ".zip")), "压缩文件 (*.zip)"
        )
        if not chosen:
            return
        path, parts = Path(chosen), self.wanted()
        path = path if path.suffix.lower() == ".zip" else path.with_name(path.name + ".zip")
        self._jobs.start(
            "正在保存支持信息…",
            lambda: write_atomically(path, support_bytes(parts)),
            lambda _: self._session.said.emit(f"已保存：{path}"),
        )
        self.accept()


def versions() -> str:
    """Of the program and of what it runs on; no names of machine or user."""
    return "\n".join(
        (
            f"ziping {__version__}",
            f"Python {platform.python_version()} {sys.platform} {platform.machine()}",
            f"system {platform.system()} {platform.release()}",
            f"PySide6 {PySide6.__version__}",
            f"frozen {bool(getattr(sys, 'frozen', False))}",
        )
    )
