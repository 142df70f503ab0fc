"""The quiet bar and the log it leads to."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QApplication, QPlainTextEdit, QPushButton
from pytestqt.qtbot import QtBot

from desktop.ui.main_window import MainWindow
from desktop.ui.widgets.notice import SHOWN_BYTES, LogDialog, Notice, log_text


def test_a_notice_stands_on_top_until_it_was_seen(window: MainWindow) -> None:
    deeds = list[str]()
    window.show_notice("上次没有正常退出。", [("showLog", "查看日志", lambda: deeds.append("log"))])
    notice = window.findChild(Notice)
    QApplication.processEvents()
    assert notice.isVisible() and notice.y() == 0
    notice.findChild(QPushButton, "showLog").click()
    assert deeds == ["log"] and notice.isVisible()
    notice.findChild(QPushButton, "noticeSeen").click()
    assert not notice.isVisible()


def test_the_log_is_shown_from_its_end(qtbot: QtBot, tmp_path: Path) -> None:
    log = tmp_path / "ziping.log"
    assert log_text(log) == ""
    log.write_text("旧" * SHOWN_BYTES + "\n最后一行", encoding="utf-8")
    log.with_name("ziping-fault.log").write_text("Fatal Python error", encoding="utf-8")
    dialog = LogDialog(log)
    qtbot.addWidget(dialog)
    text = dialog.findChild(QPlainTextEdit, "logText")
    assert text.isReadOnly()
    assert text.toPlainText().endswith("最后一行\n\nFatal Python error")
    assert len(text.toPlainText()) < SHOWN_BYTES


def test_an_empty_log_says_why(qtbot: QtBot, tmp_path: Path) -> None:
    dialog = LogDialog(tmp_path / "ziping.log")
    qtbot.addWidget(dialog)
    assert "断电" in dialog.findChild(QPlainTextEdit, "logText").toPlainText()
