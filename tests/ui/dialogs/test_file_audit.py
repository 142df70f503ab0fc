"""A report's file dropped on the window is audited by itself; a workbook is imported."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QTableWidget
from pytestqt.qtbot import QtBot

from desktop.ui import messages
from desktop.ui.dialogs.file_audit import FileAudit
from desktop.ui.main_window import MainWindow

TEXT = "一、预算执行\r\n全年预算数100万元，全年执行数80万元，预算执行率90%。\r\n"


def drop(window: MainWindow, path: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    button, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    window.dropEvent(QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, data, button, none))


def test_a_dropped_report_is_audited_and_its_words_are_selected(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(messages, "choose", lambda *_: 1)
    path = tmp_path / "报告.txt"
    path.write_bytes(TEXT.encode())
    drop(window, path)
    qtbot.waitUntil(lambda: window.findChild(FileAudit, "fileAudit") is not None)
    shown = window.findChild(FileAudit, "fileAudit")
    assert shown is not None
    table = shown.findChild(QTableWidget, "findings")
    assert table is not None
    expected = [table.model().index(n, 4).data() for n in range(table.rowCount())]
    row = expected.index("80.00%")
    table.selectRow(row)
    assert "90%" in shown.text.textCursor().selectedText()
    assert table.model().index(row, 2).data() == "第2行"
    shown.close()


def test_what_hardly_is_a_report_is_not_told_as_sound(window: MainWindow, tmp_path: Path) -> None:
    path = tmp_path / "报告.docx"
    path.write_text("一", encoding="utf-8")
    shown = FileAudit(window.session, window.jobs, window.session.place.audit_file(path), window)
    assert not shown.view.lines and "内容却是纯文本" in shown.view._nothing
    shown.close()


def test_a_dropped_workbook_is_imported(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(window.actions_, "import_file", opened.append)
    drop(window, tmp_path / "附件.XLSX")
    qtbot.waitUntil(lambda: bool(opened))
    assert opened[0].endswith("附件.XLSX")
