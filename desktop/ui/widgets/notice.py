"""A quiet bar at the top of the window: one sentence, a few buttons, and it waits for nobody."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop.ui.first_size import open_at

SHOWN_BYTES = 200_000
"""Of a log, from its end."""


class Notice(QFrame):
    """Goes away with 知道了."""

    def __init__(self, words: str, deeds: Sequence[tuple[str, str, Callable[[], object]]]) -> None:
        """`deeds` are name, words and deed of the buttons before 知道了."""
        super().__init__()
        self.setObjectName("notice")
        said = QLabel(words)
        said.setObjectName("noticeWords")
        said.setTextFormat(Qt.TextFormat.PlainText)
        said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        said.setWordWrap(True)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 6, 12, 6)
        row.setSpacing(8)
        row.addWidget(said, 1)
        for name, label, deed in (*deeds, ("noticeSeen", "知道了", self.dismiss)):
            button = QPushButton(label)
            button.setObjectName(name)
            button.clicked.connect(lambda _=False, deed=deed: deed())
            row.addWidget(button)

    def dismiss(self) -> None:
        self.hide()
        self.deleteLater()


class LogDialog(QDialog):
    """The log's text, to read and to copy."""

    def __init__(self, log: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("logDialog")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("日志")
        open_at(self, 820, 480)
        text = QPlainTextEdit(
            log_text(log) or "日志里没有记录。（断电、强行关机或结束进程时，程序来不及记录。）"
        )
        text.setObjectName("logText")
        text.setReadOnly(True)
        where = QLabel(f"日志里没有您填写的内容。文件：{log}")
        where.setObjectName("quiet")
        where.setTextFormat(Qt.TextFormat.PlainText)
        where.setWordWrap(True)
        buttons = QDialogButtonBox()
        buttons.setObjectName("logButtons")
        buttons.addButton("关闭", QDialogButtonBox.ButtonRole.RejectRole)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 12)
        for part in (text, where, buttons):
            column.addWidget(part)


def log_text(log: Path) -> str:
    """The end of the log and of its neighbour for crashes of Qt itself; '' where neither says anything."""
    parts = [_end_of(path) for path in (log, log.with_name(f"{log.stem}-fault.log"))]
    return "\n\n".join(part for part in parts if part)


def _end_of(path: Path) -> str:
    try:
        with path.open("rb") as file:
            file.seek(max(0, path.stat().st_size - SHOWN_BYTES))
            return file.read().decode("utf-8", "replace").strip()
    except OSError:
        return ""
