"""修改记录: steps page by page, their cells, filters, one cell alone, and the whole in Excel."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QPlainTextEdit, QPushButton, QTableView
from pytestqt.qtbot import QtBot

from desktop.domain.edits import edit_from
from desktop.domain.keys import FactKey
from desktop.ui import messages
from desktop.ui.dialogs import history
from desktop.ui.dialogs.history import HistoryDialog
from desktop.ui.jobs import Jobs
from desktop.ui.session import Session

ABROAD, RECEPTION = (FactKey("three_public", row, "final") for row in ("abroad", "reception"))


@pytest.fixture
def changed(session: Session) -> Session:
    session.set(ABROAD, "1")
    session.set(RECEPTION, "2")
    session.undo()
    session.write("粘贴", [(ABROAD, "5"), (RECEPTION, "6")])
    return session


def dialog_of(qtbot: QtBot, session: Session, cell: FactKey | None = None) -> HistoryDialog:
    dialog = HistoryDialog(session, Jobs(), cell)
    qtbot.addWidget(dialog)
    return dialog


def rows(dialog: HistoryDialog, name: str) -> list[list[str]]:
    view = dialog.findChild(QTableView, name)
    assert view is not None
    model = view.model()
    return [
        [str(model.index(row, column).data()) for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def test_steps_are_listed_with_their_cells(qtbot: QtBot, changed: Session) -> None:
    dialog = dialog_of(qtbot, changed)
    steps = rows(dialog, "historySteps")
    assert [step[2:] for step in steps] == [
        ["粘贴", "2"],
        ["撤销：修改 公务接待 · 2023年决算数", "1"],
        ["修改 公务接待 · 2023年决算数", "1"],
        ["修改 出国经费 · 2023年决算数", "1"],
    ]
    assert rows(dialog, "historyCells") == [
        ["出国经费 · 2023年决算数", "1", "5"],
        ["公务接待 · 2023年决算数", "1.76", "6"],
    ]
    whole = dialog.findChild(QPlainTextEdit, "historyText")
    assert whole is not None and whole.toPlainText().endswith("原值：1\n新值：5")


def test_a_report_that_was_never_changed_says_so(qtbot: QtBot, session: Session) -> None:
    dialog = dialog_of(qtbot, session)
    assert rows(dialog, "historySteps") == [] and rows(dialog, "historyCells") == []
    said = dialog.findChild(QLabel, "quiet")
    assert said is not None and said.text() == "还没有修改记录。"


def test_one_cell_alone_and_back_to_all(qtbot: QtBot, changed: Session) -> None:
    dialog = dialog_of(qtbot, changed, ABROAD)
    assert [step[2] for step in rows(dialog, "historySteps")] == [
        "1 → 5　　粘贴",
        "0 → 1　　修改 出国经费 · 2023年决算数",
    ]
    assert rows(dialog, "historyCells") == [["出国经费 · 2023年决算数", "1", "5"]]
    button = dialog.findChild(QPushButton, "wholeHistory")
    assert button is not None
    button.click()
    assert len(rows(dialog, "historySteps")) == 4


def test_a_text_is_looked_for_once_one_pauses(qtbot: QtBot, changed: Session) -> None:
    dialog = dialog_of(qtbot, changed)
    field = dialog.findChild(QLineEdit, "historyFilter")
    assert field is not None
    field.setText("出国")
    qtbot.waitUntil(lambda: len(rows(dialog, "historySteps")) == 1)
    field.setText("没有这样的话")
    qtbot.waitUntil(lambda: rows(dialog, "historySteps") == [])


def test_pages_are_read_as_one_scrolls(
    qtbot: QtBot, changed: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(history, "PAGE", 3)
    steps = dialog_of(qtbot, changed).steps
    assert steps.rowCount() == 3 and steps.canFetchMore()
    steps.fetchMore()
    assert steps.rowCount() == 4 and not steps.canFetchMore()


def test_a_damaged_step_is_marked_and_told(qtbot: QtBot, changed: Session) -> None:
    changed.store._db.conn.execute("UPDATE journal SET changes = 'no json' WHERE label = '粘贴'")
    dialog = dialog_of(qtbot, changed)
    assert "已损坏" in rows(dialog, "historySteps")[0][2]
    assert rows(dialog, "historyCells") == []
    said = dialog.findChild(QLabel, "quiet")
    assert said is not None and "已损坏" in said.text()


def test_all_that_is_listed_goes_to_excel(
    qtbot: QtBot, changed: Session, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from openpyxl import load_workbook

    monkeypatch.setattr(history, "PAGE", 2)
    monkeypatch.setattr(messages, "choose_target", lambda *_: str(tmp_path / "记录"))
    dialog = dialog_of(qtbot, changed)
    button = dialog.findChild(QPushButton, "exportHistory")
    assert button is not None
    with qtbot.waitSignal(changed.said):
        button.click()
    sheet = load_workbook(tmp_path / "记录.xlsx").active
    assert sheet is not None
    lines = [[cell.value for cell in row][2:] for row in sheet.iter_rows(min_row=3)]
    assert lines[0] == ["粘贴", "出国经费 · 2023年决算数", "1", "5"]
    assert len(lines) == 5


def test_thousands_of_cells_in_one_step_are_named_only_when_seen(qtbot: QtBot, session: Session) -> None:
    assert session.report is not None
    wanted = [(FactKey("narrative", f"s{n}", "text"), "字") for n in range(3000)]
    session.store.apply(edit_from(session.report.id, "导入", session.facts, wanted))
    asked: list[int] = []
    dialog = dialog_of(qtbot, session)
    texts = dialog.cells.texts
    dialog.cells.texts = lambda row: asked.append(row) or texts(row)  # type: ignore[method-assign,func-returns-value]
    dialog.show()
    qtbot.waitExposed(dialog)
    view = dialog.findChild(QTableView, "historyCells")
    assert view is not None and view.model().rowCount() == 3000
    view.model().index(0, 0).data(Qt.ItemDataRole.DisplayRole)
    assert 0 < len(set(asked)) < 200


def test_a_table_of_the_text_is_told_in_words(qtbot: QtBot, session: Session) -> None:
    key = FactKey("blocks", "1", "table")
    session.write("插入表格", [(key, '{"rows":[["项目","金额"]]}')])
    assert rows(dialog_of(qtbot, session), "historyCells") == [
        ["正文里的表格1", "（空）", "表格（1行2列：项目、金额）"]
    ]
    assert "表格（1行2列" in rows(dialog_of(qtbot, session, key), "historySteps")[0][2]
    session.write("修改表格", [(key, '{"rows":[["项目","数量"]]}')])
    whole = dialog_of(qtbot, session).findChild(QPlainTextEdit)
    assert whole is not None and whole.toPlainText().endswith("第1行第2列：金额 → 数量")
