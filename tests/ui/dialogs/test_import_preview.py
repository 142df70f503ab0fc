"""A report's file in the preview: long texts in short, whole below, and written as one step."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QTableWidget, QTabWidget
from pytestqt.qtbot import QtBot

from desktop.ui.dialogs import import_preview
from desktop.ui.dialogs.import_preview import ImportPreview
from desktop.ui.main_window import MainWindow
from desktop.ui.session import Session

UNIT = "清溪县水利局"
LONG = "全年巡查水库三十六次，整改隐患一十二处。" * 20
REPORT = f"""2023年度{UNIT}整体支出绩效自评报告
清水办字3号
根据通知要求，现将情况报告如下。
一、单位基本情况
（一）职能职责
{LONG}
六、部门整体支出绩效情况
完成除险加固13座。
"""


@pytest.fixture
def preview(qtbot: QtBot, session: Session, tmp_path: Path) -> ImportPreview:
    path = tmp_path / "报告.txt"
    path.write_text(REPORT, encoding="utf-8")
    dialog = ImportPreview(session, session.place.read_source(path))
    qtbot.addWidget(dialog)
    dialog.show()
    pages = dialog.findChild(QTabWidget, "importPages")
    assert pages is not None and pages.currentIndex() == 0, "a new report's headings are looked at first"
    pages.setCurrentIndex(1)
    return dialog


def table(dialog: ImportPreview) -> QTableWidget:
    found = dialog.findChild(QTableWidget, "importLines")
    assert found is not None
    return found


def test_a_long_text_is_short_in_its_cell_and_whole_below(preview: ImportPreview) -> None:
    lines = table(preview)
    row = next(r for r in range(lines.rowCount()) if lines.model().index(r, 1).data() == "（一）职能职责")
    assert lines.model().index(row, 3).data() == f"{LONG[:11]}…（{len(LONG)}字）"
    lines.setCurrentCell(row, 1)
    details = preview.findChild(QPlainTextEdit, "importDetails")
    assert details is not None and details.isVisible()
    assert LONG in details.toPlainText()


def test_sections_come_first_and_what_has_no_place_is_seen(preview: ImportPreview) -> None:
    lines = table(preview)
    names = [lines.model().index(row, 1).data() for row in range(lines.rowCount())]
    assert names[:4] == [
        "一、单位基本情况",
        "（一）职能职责",
        "六、部门整体支出绩效情况",
        "未归入提纲的内容",
    ]
    problems = preview.findChild(QPlainTextEdit, "importProblems")
    assert problems is not None and UNIT in problems.toPlainText()


def test_the_whole_report_is_one_step(
    qtbot: QtBot, window: MainWindow, session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "报告.txt"
    path.write_text(REPORT, encoding="utf-8")
    monkeypatch.setattr(ImportPreview, "exec", lambda _: QDialog.DialogCode.Accepted)
    import_preview.choose_and_import(window, session, window.jobs, str(path))
    qtbot.waitUntil(lambda: session.report is not None and session.report.unit_name == UNIT)
    assert session.sheet.get("narrative", "duties", "text") == LONG
    assert session.undo_label() == "导入 报告.txt"
    session.undo()
    assert session.sheet.get("narrative", "duties", "text") == ""


def test_enter_in_the_lines_imports_what_is_ticked_and_changes_no_tick(
    qtbot: QtBot, preview: ImportPreview
) -> None:
    """Enter is the default button's; a line is ticked by the blank and by a double click."""
    taken, ticked = list[list[int]](), preview.ticked()
    preview.accepted.connect(lambda: taken.append(preview.ticked()))
    table(preview).setCurrentCell(0, 1)
    qtbot.keyClick(table(preview), Qt.Key.Key_Return)
    assert taken == [ticked]


def test_a_double_click_on_a_line_turns_its_tick(qtbot: QtBot, preview: ImportPreview) -> None:
    lines, ticked = table(preview), preview.ticked()
    lines.itemDoubleClicked.emit(lines.item(0, 1))
    assert set(preview.ticked()) ^ set(ticked) == {0}
