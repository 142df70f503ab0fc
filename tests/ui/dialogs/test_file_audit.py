"""A report's file dropped on the window is audited by itself; a workbook is imported."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QLabel, QPushButton, QTableWidget
from pytestqt.qtbot import QtBot

from desktop.ui import messages
from desktop.ui.dialogs.file_audit import FileAudit
from desktop.ui.main_window import MainWindow
from tests.audit.account_documents import document

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
    assert table.model().index(row, 2).data() == "一、预算执行 第1段"
    shown.close()


def opened(window: MainWindow, path: Path, text: str) -> FileAudit:
    path.write_text(text, encoding="utf-8")
    return FileAudit(window.session, window.jobs, window.session.place.audit_file(path), window)


def test_a_number_tells_what_is_known_of_it(window: MainWindow, tmp_path: Path) -> None:
    text = "一、预算执行\n全年预算数100万元，全年执行数80万元，预算执行率80%。公务接待9批次。\n"
    shown = opened(window, tmp_path / "报告.txt", text)
    assert "80%　相符" in (said := shown.text.hint_at(text.index("80%") + 1)) and "100万元" in said
    assert "无从核对" in shown.text.hint_at(text.index("9批次"))
    assert shown.text.hint_at(2) == ""
    shown.close()


def test_what_is_wrong_is_marked_as_such_and_what_shows_it_as_a_reference(
    window: MainWindow, tmp_path: Path
) -> None:
    shown = opened(window, tmp_path / "报告.txt", TEXT.replace("\r", ""))
    styles = {mark.format.underlineStyle().name for mark in shown.text.extraSelections()}
    assert styles == {"WaveUnderline", "DotLine"}
    assert "有误" in shown.text.hint_at(TEXT.replace("\r", "").index("90%"))
    assert "参照：" in shown.text.hint_at(TEXT.replace("\r", "").index("80万元"))
    shown.close()


def test_what_is_said_of_many_places_is_one_line_that_leads_to_each(
    window: MainWindow, tmp_path: Path
) -> None:
    text = "一、概况\nXX局有关情况。\n二、支出\nXX局支出情况。\n"
    shown = opened(window, tmp_path / "报告.txt", text)
    (line,) = (line for line in shown.view.lines if line.times > 1)
    assert line.texts()[3].startswith("共2处：") and line.where == "一、概况 第1段；二、支出 第1段"
    assert shown.view._counts.text().startswith("错误 2")
    shown.view.choose(line.entry.finding)
    button = shown.findChild(QPushButton, "goToFinding")
    assert button is not None
    places = []
    for _ in range(3):
        places.append(shown.text.textCursor().selectionStart())
        button.click()
    assert places == [text.index("XX"), text.rindex("XX"), text.index("XX")]
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


def test_tables_of_final_accounts_that_were_read_are_told_below(window: MainWindow, tmp_path: Path) -> None:
    shown = opened(window, tmp_path / "决算.txt", document())
    line = shown.findChild(QLabel, "tablesRead")
    assert line is not None and line.text().startswith("读到：收入支出决算总表、")
    shown.close()
    other = opened(window, tmp_path / "报告.txt", TEXT)
    assert other.findChild(QLabel, "tablesRead") is None
    other.close()
