"""What is in a task, in plain words, before it is taken or after it was made."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QColor, QFont, QTextBlockFormat, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QTextEdit, QVBoxLayout, QWidget

from desktop.exchange.task_file.format import ENDING
from desktop.exchange.task_file.in_words import Part, described, notices
from desktop.exchange.task_file.offer import TaskOffer
from desktop.taken_tasks import TakenTask
from desktop.ui import messages, theme
from desktop.ui.dialogs import answered
from desktop.ui.first_size import open_at
from desktop.ui.jobs import Jobs
from desktop.ui.session import Session

KINDS = f"任务包 (*{ENDING});;所有文件 (*)"


def open_task(window: QWidget, session: Session, jobs: Jobs, path: str = "") -> None:
    """Ask for a task file, read it and try it out in the background, show what is in it, take it if that is wished."""
    path = path or messages.choose_file(window, "打开任务包", session.settings.text("export_folder"), KINDS)
    if path:
        jobs.start(
            "正在读取任务包…",
            session.place.tasks.looking_at(Path(path)),
            lambda offer: _offered(window, session, offer),
        )


def show_taken(window: QWidget, session: Session, jobs: Jobs, one: TakenTask) -> None:
    """The same of one that was taken."""
    jobs.start(
        "正在读取任务…",
        session.place.tasks.looking_again(one),
        lambda offer: _told(TaskShown(offer, "", window)),
    )


def _told(dialog: QDialog) -> None:
    with answered(dialog):
        pass


def _offered(window: QWidget, session: Session, offer: TaskOffer) -> None:
    deed = (
        ""
        if offer.refusal or offer.is_here
        else f"更新到第{offer.task.issue}次发布"
        if offer.is_newer
        else "领取"
    )
    with answered(TaskShown(offer, deed, window)) as agreed:
        if agreed and session.take_task(offer):
            _tell_taken(window, session, offer)


def _tell_taken(window: QWidget, session: Session, offer: TaskOffer) -> None:
    """What follows from it; the open report is offered to be brought over where the year is its own."""
    from desktop.ui.dialogs.tasks.bringing_over import bring_over

    said = (
        "已经开始填的报告不受影响，仍用原来的表样。" if session.catalog.reports() else "现在可以新建报告了。"
    )
    report, task = session.report, offer.task
    fits = report is not None and report.id.year == task.year and session.edition != task.edition
    if not fits or report is None:
        messages.tell(window, f"已领取“{task.title}”。", said)
    elif messages.confirm(
        window,
        f"已领取“{task.title}”。要让打开的报告换用它的表样吗？",
        f"打开的是“{report.unit_name}”{report.id.year}年度的报告。换用之前会先列出有哪些变化；也可以以后在“任务包”里换。",
        "看看有哪些变化…",
    ):
        bring_over(window, session, task.edition, task.title)


class TaskShown(QDialog):
    """`deed` is the word on the button that agrees; without one there is only 关闭."""

    def __init__(self, offer: TaskOffer, deed: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("taskShown")
        self.setWindowTitle("任务包")
        open_at(self, 780, 620)
        self._deed = deed
        self.text = QTextEdit()
        self.text.setObjectName("taskWords")
        self.text.setReadOnly(True)
        _write(self.text, described(offer))
        self._notice = QLabel("\n".join(notices(offer)))
        self._arrange()

    def _arrange(self) -> None:
        self._notice.setObjectName("taskNotice")
        self._notice.setTextFormat(Qt.TextFormat.PlainText)
        self._notice.setWordWrap(True)
        self._notice.setStyleSheet(f"color: {theme.WRONG};")
        self._notice.setVisible(bool(self._notice.text()))
        row = QHBoxLayout()
        row.addStretch(1)
        if self._deed:
            agree = QPushButton(self._deed)
            agree.setObjectName("takeTask")
            agree.setDefault(True)
            agree.clicked.connect(self.accept)
            row.addWidget(agree)
        close = QPushButton("取消" if self._deed else "关闭")
        close.setObjectName("closeTask")
        close.setAutoDefault(not self._deed)
        close.clicked.connect(self.reject)
        row.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 14)
        column.setSpacing(10)
        column.addWidget(self._notice)
        column.addWidget(self.text, 1)
        column.addLayout(row)


def _write(edit: QTextEdit, parts: list[Part]) -> None:
    """Headings in bold type, lines below them; as plain words, whatever signs are in them."""
    cursor = edit.textCursor()
    bold, plain, spaced, close = QTextCharFormat(), QTextCharFormat(), QTextBlockFormat(), QTextBlockFormat()
    bold.setFontWeight(QFont.Weight.Bold)
    bold.setForeground(QColor(theme.ACCENT))
    spaced.setTopMargin(10)
    close.setLeftMargin(18)
    close.setTopMargin(3)
    for number, part in enumerate(parts):
        if number:
            cursor.insertBlock()
        cursor.setBlockFormat(spaced)
        cursor.insertText(part.heading, bold)
        for line in part.lines:
            cursor.insertBlock(close)
            cursor.insertText(line, plain)
    # Once it is laid out: a text that was just written stands at its end.
    QTimer.singleShot(0, edit, lambda: edit.moveCursor(QTextCursor.MoveOperation.Start))
