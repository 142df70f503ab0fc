"""核对结果: filters, the keyboard, mending, explaining, and the list in Excel."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QLabel,
    QListWidget,
    QPlainTextEdit,
    QPushButton,
    QTableWidget,
    QTextBrowser,
)
from pytestqt.qtbot import QtBot

from desktop.ui import messages
from desktop.ui.main_window import MainWindow
from desktop.ui.session import Session
from desktop.ui.widgets.findings_dock import FindingsDock
from tests.ui.auditing import TOTAL, audit, break_rate, budget_text, entry


@pytest.fixture
def dock(qtbot: QtBot, window: MainWindow, session: Session) -> FindingsDock:
    """Open, with a wrong rate in the text and a wrong total in a table."""
    session.set(TOTAL, "9.5")
    break_rate(qtbot, session)
    window.actions_.findings.trigger()
    dock = window.findChild(FindingsDock, "findingsDock")
    assert dock is not None and dock.isVisible()
    return dock


def table(dock: FindingsDock) -> QTableWidget:
    found = dock.findChild(QTableWidget, "findings")
    assert found is not None
    return found


def go_to(dock: FindingsDock, code: str) -> None:
    row = next(n for n, line in enumerate(dock.view.lines) if line.entry.code == code)
    table(dock).selectRow(row)


def told(dock: FindingsDock, column: int) -> list[str]:
    model = table(dock).model()
    return [str(model.index(row, column).data()) for row in range(model.rowCount())]


def button(dock: FindingsDock, name: str) -> QPushButton:
    found = dock.findChild(QPushButton, name)
    assert found is not None
    return found


def test_counts_are_in_view(dock: FindingsDock, window: MainWindow, session: Session) -> None:
    counts = window.findChild(QPushButton, "stateCounts")
    assert counts is not None and counts.text().startswith("错误 2　核实 ")
    title = window.findChild(QLabel, "problemCounts")
    assert title is not None and title.text().startswith("需要核对　错误 2")


def test_nothing_found_is_said(qtbot: QtBot, window: MainWindow, session: Session) -> None:
    audit(qtbot, session)
    assert session.entries == []
    counts = window.findChild(QPushButton, "stateCounts")
    assert counts is not None and counts.text().startswith("没有发现问题")
    counts.click()
    label = window.findChild(QLabel, "findingCounts")
    assert label is not None and label.text() == "没有发现问题"


def test_the_panel_leads_to_the_words(window: MainWindow, dock: FindingsDock, session: Session) -> None:
    problems = window.findChild(QListWidget, "problems")
    assert problems is not None
    line = next(n for n in range(problems.count()) if "89.54%" in problems.item(n).text())
    problems.itemActivated.emit(problems.item(line))
    text = window.findChild(QPlainTextEdit, "narrativeText")
    assert text is not None and text.textCursor().selectedText() == "89.54%"
    outline = window.findChild(QListWidget, "outline")
    said = Qt.ItemDataRole.AccessibleTextRole
    assert outline is not None and outline.currentItem().data(said).endswith("处要核对")


def test_filters_leave_what_is_asked_for(dock: FindingsDock) -> None:
    for name, chosen in (("levelFilter", "错误"), ("tabFilter", "自评报告")):
        combo = dock.findChild(QComboBox, name)
        assert combo is not None
        combo.setCurrentIndex(combo.findData(chosen))
    assert table(dock).rowCount() == 1
    assert "89.54%" in told(dock, 3)[0]


def test_enter_goes_to_the_cell_and_escape_closes(qtbot: QtBot, dock: FindingsDock, session: Session) -> None:
    go_to(dock, "J3")
    with qtbot.waitSignal(session.jump) as jumped:
        qtbot.keyClick(table(dock), Qt.Key.Key_Return)
    assert jumped.args == [TOTAL]
    table(dock).setFocus()
    qtbot.keyClick(table(dock), Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not dock.isVisible())


def test_a_rule_is_named_in_full_and_there_is_no_file(dock: FindingsDock) -> None:
    shown = table(dock)
    assert shown.isColumnHidden(5) and max(map(len, told(dock, 1))) >= 9
    assert shown.columnWidth(1) >= shown.sizeHintForColumn(1)


def test_the_rule_is_explained_beside_its_finding(dock: FindingsDock) -> None:
    go_to(dock, "J3")
    details = dock.findChild(QTextBrowser, "findingDetails")
    assert details is not None and "三公经费＝公务用车＋出国＋公务接待" in details.toPlainText()


def test_mending_from_the_list(qtbot: QtBot, dock: FindingsDock, session: Session) -> None:
    go_to(dock, "R22")
    assert button(dock, "mendFinding").text() == "改为“98.45%”"
    button(dock, "mendFinding").click()
    assert "98.45%" in budget_text(session)
    qtbot.waitUntil(lambda: all(line.entry.code != "R22" for line in dock.view.lines))


def test_explaining_from_the_list(
    qtbot: QtBot, dock: FindingsDock, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(messages, "ask_text", lambda *_: "接待任务增加。")
    go_to(dock, "J3")
    assert not button(dock, "explainFinding").isEnabled()
    go_to(dock, "J14")
    assert not button(dock, "mendFinding").isEnabled()
    with qtbot.waitSignal(session.audited):
        button(dock, "explainFinding").click()
    assert entry(session, "J14").explanation == "接待任务增加。"
    assert "已说明" in told(dock, 0)


def test_the_list_is_written(
    window: MainWindow, dock: FindingsDock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(messages, "choose_target", lambda *_: str(tmp_path / "核对结果"))
    button(dock, "exportFindings").click()
    window.jobs.wait()
    assert (tmp_path / "核对结果.xlsx").stat().st_size > 0
