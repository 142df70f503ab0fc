"""Several files in one window: one after the other, to be stopped, listed and given back marked."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QPushButton, QTableWidget
from pytestqt.qtbot import QtBot

from desktop.errors import UserError
from desktop.exchange.read_sheet.workbook import read_workbook
from desktop.ui import messages
from desktop.ui.dialogs.file_audit import FileAudit
from desktop.ui.dialogs.files_audit import FilesAudit
from desktop.ui.main_window import MainWindow

WRONG = "一、预算执行\n全年预算数100万元，全年执行数80万元，预算执行率90%。"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "交来"
    folder.mkdir()
    for name in ("甲.txt", "丁.txt"):
        (folder / name).write_text(WRONG, encoding="utf-8")
    (folder / "丙.docx").write_bytes(b"PK\3\4 is no zip")
    return folder


Opened = Callable[[], FilesAudit]


@pytest.fixture
def opened(qtbot: QtBot, window: MainWindow, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Opened:
    """By the menu, as a user would."""

    def choose() -> FilesAudit:
        monkeypatch.setattr(messages, "choose_folder", lambda *_: str(folder))
        window.actions_.audit_folder_.trigger()
        qtbot.waitUntil(lambda: window.findChild(FilesAudit) is not None)
        shown = window.findChild(FilesAudit)
        assert shown is not None
        return shown

    return choose


def cell(dialog: FilesAudit, name: str, row: int, column: int) -> str:
    table = dialog.findChild(QTableWidget, name)
    assert table is not None
    return str(table.model().index(row, column).data() or "")


def press(dialog: FilesAudit, name: str) -> None:
    button = dialog.findChild(QPushButton, name)
    assert button is not None and button.isEnabled()
    button.click()


def test_a_folder_is_audited_file_by_file(qtbot: QtBot, window: MainWindow, opened: Opened) -> None:
    dialog = opened()
    qtbot.waitUntil(lambda: len(dialog.files) == 3)
    files = [[cell(dialog, "auditedFiles", row, column) for column in (0, 1)] for row in range(4)]
    assert files == [["全部文件", "2"], ["丁.txt", "1"], ["丙.docx", "读不出"], ["甲.txt", "1"]]
    assert len(dialog.view.lines) == sum(len(file.findings) for file in dialog.files)
    table, found = (dialog.findChild(QTableWidget, name) for name in ("auditedFiles", "findings"))
    assert table is not None and found is not None
    assert not found.isColumnHidden(5) and cell(dialog, "findings", 0, 5) == "丁.txt"
    assert cell(dialog, "findings", 0, 2) == "一、预算执行 第1段"
    table.selectRow(3)
    assert found.isColumnHidden(5)
    assert {line.tab for line in dialog.view.lines} == {"甲.txt"}
    assert dialog.view.lines[0].where == "一、预算执行 第1段"
    table.selectRow(2)
    assert dialog.view.lines == []
    dialog.close()


def test_what_hardly_is_a_report_is_not_told_as_sound(qtbot: QtBot, opened: Opened, folder: Path) -> None:
    (folder / "乙.pdf").write_text("一", encoding="utf-8")
    dialog = opened()
    qtbot.waitUntil(lambda: len(dialog.files) == 4)
    table = dialog.findChild(QTableWidget, "auditedFiles")
    assert table is not None
    (row,) = (row for row in range(5) if cell(dialog, "auditedFiles", row, 0) == "乙.pdf")
    table.selectRow(row)
    assert "内容却是纯文本" in dialog.view._nothing
    assert "内容却是纯文本" in str(table.model().index(row, 0).data(Qt.ItemDataRole.ToolTipRole))
    dialog.close()


def test_the_text_of_a_finding_is_opened_at_its_words(
    qtbot: QtBot, window: MainWindow, opened: Opened
) -> None:
    dialog = opened()
    qtbot.waitUntil(lambda: len(dialog.files) == 3)
    press(dialog, "openAuditedFile")
    text = window.findChild(FileAudit)
    assert text is not None and "90%" in text.text.textCursor().selectedText()
    text.close()
    dialog.close()


def test_it_can_be_stopped_and_what_was_found_stays(qtbot: QtBot, opened: Opened) -> None:
    dialog = opened()
    press(dialog, "stopAudit")
    qtbot.waitUntil(lambda: "已停止" in dialog._said.text())
    assert len(dialog.files) < 3
    assert f"{3 - len(dialog.files)}份没有核对" in dialog._said.text()
    dialog.close()


def test_closed_while_at_work_it_is_left_in_peace(qtbot: QtBot, window: MainWindow, opened: Opened) -> None:
    dialog = opened()
    dialog.close()
    window.jobs.wait()
    qtbot.waitUntil(lambda: window.findChild(FilesAudit) is None)


def test_the_list_and_the_marked_files_are_exported(
    qtbot: QtBot, opened: Opened, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = opened()
    qtbot.waitUntil(lambda: len(dialog.files) == 3)
    monkeypatch.setattr(messages, "choose_target", lambda *_: str(tmp_path / "核对结果"))
    press(dialog, "exportFindings")
    qtbot.waitUntil(lambda: (tmp_path / "核对结果.xlsx").is_file())
    assert read_workbook(tmp_path / "核对结果.xlsx").sheets
    monkeypatch.setattr(messages, "choose_folder", lambda *_: str(tmp_path / "标注"))
    press(dialog, "exportMarked")
    qtbot.waitUntil(lambda: "已写好2份标注稿" in dialog._said.text())
    assert len(list((tmp_path / "标注").iterdir())) == 2
    told: list[UserError] = []
    monkeypatch.setattr(messages, "tell_error", lambda _, error: told.append(error))
    (tmp_path / "文件").write_bytes(b"")
    monkeypatch.setattr(messages, "choose_folder", lambda *_: str(tmp_path / "文件"))
    press(dialog, "exportMarked")
    qtbot.waitUntil(lambda: bool(told))
    assert "2份没有写成" in dialog._said.text()
    dialog.close()


def test_several_files_chosen_or_dropped_are_audited_together(
    qtbot: QtBot, window: MainWindow, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    both = [str(folder / "甲.txt"), str(folder / "丁.txt")]
    monkeypatch.setattr(messages, "choose_files", lambda *_: both)
    window.actions_.audit_file_.trigger()
    qtbot.waitUntil(lambda: window.findChild(FilesAudit) is not None)
    first = window.findChild(FilesAudit)
    assert first is not None
    qtbot.waitUntil(lambda: len(first.files) == 2)
    first.close()
    qtbot.waitUntil(lambda: window.findChild(FilesAudit) is None)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(folder))])
    button, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    window.dropEvent(QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, data, button, none))
    qtbot.waitUntil(lambda: window.findChild(FilesAudit) is not None)
    second = window.findChild(FilesAudit)
    assert second is not None
    qtbot.waitUntil(lambda: len(second.files) == 3)
    second.close()


def test_one_file_is_given_back_marked(
    qtbot: QtBot, window: MainWindow, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(messages, "choose_files", lambda *_: [str(folder / "甲.txt")])
    window.actions_.audit_file_.trigger()
    qtbot.waitUntil(lambda: window.findChild(FileAudit) is not None)
    shown = window.findChild(FileAudit)
    assert shown is not None
    monkeypatch.setattr(messages, "choose_folder", lambda *_: str(tmp_path / "标注"))
    button = shown.findChild(QPushButton, "exportMarked")
    assert button is not None
    button.click()
    qtbot.waitUntil(lambda: (tmp_path / "标注" / "甲.txt（标注稿）.docx").is_file())
    window.jobs.wait()
    shown.close()
