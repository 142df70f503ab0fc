"""The sheet behind a table: typing, keys, blocks from other programs, merged cells, live fields, its own undoing."""

from __future__ import annotations

import time

import pytest
import shiboken6
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit, QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from desktop.domain.keys import FactKey
from desktop.domain.text_blocks import table_edits
from desktop.domain.text_blocks.text_table import MOST_COLUMNS, Area, TextTable
from desktop.ui import messages
from desktop.ui.dialogs.insert_field import InsertFieldDialog
from desktop.ui.dialogs.text_blocks.text_table import TextTableDialog
from desktop.ui.session import Session

Key = Qt.Key
CONTROL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
FIELD = "⟦three_public.reception.final⟧"
TABLE = TextTable(
    (("项目", "金额", ""), ("", "预算", "决算"), ("公务接待费", "8.50", FIELD)),
    (Area(0, 0, 2, 1), Area(0, 1, 1, 2)),
)


@pytest.fixture
def dialog(qtbot: QtBot, session: Session) -> TextTableDialog:
    session.set(FactKey("three_public", "reception", "final"), "6.88")
    dialog = TextTableDialog(session, TABLE)
    # Closed at the end of a test, it would ask whether what was changed may be lost.
    qtbot.addWidget(dialog, before_close_func=lambda closed: closed.accept())
    dialog.show()
    return dialog


def press(dialog: TextTableDialog, name: str) -> None:
    button = dialog.findChild(QToolButton, name) or dialog.findChild(QPushButton, name)
    assert button is not None and button.isEnabled(), name
    button.click()


def editor(dialog: TextTableDialog) -> QPlainTextEdit:
    return dialog.sheet.findChildren(QPlainTextEdit, "cellEditor")[-1]  # one that was left may still be there


def type_over(qtbot: QtBot, dialog: TextTableDialog, words: str) -> None:
    """As hands do: the first key opens the cell, the others go into it."""
    qtbot.keyClick(dialog.sheet, words[0])
    qtbot.keyClicks(editor(dialog), words[1:])


def test_it_shows_merged_cells_and_fields_with_their_values(dialog: TextTableDialog) -> None:
    sheet = dialog.sheet
    assert (sheet.rowSpan(0, 0), sheet.columnSpan(0, 1)) == (2, 2)
    assert sheet.item(2, 2).text() == "6.88"
    assert "公务接待" in sheet.item(2, 2).toolTip()
    assert sheet.item(2, 2).background() != sheet.item(2, 1).background()


def test_typing_replaces_a_cell_and_enter_goes_down(qtbot: QtBot, dialog: TextTableDialog) -> None:
    dialog.sheet.stand_at(1, 1)
    type_over(qtbot, dialog, "abc")
    qtbot.keyClick(editor(dialog), Key.Key_Return, ALT)
    qtbot.keyClicks(editor(dialog), "d")
    qtbot.keyClick(editor(dialog), Key.Key_Return)
    assert dialog.sheet.table.rows[1][1] == "abc\nd"
    assert (dialog.sheet.currentRow(), dialog.sheet.currentColumn()) == (2, 1)
    qtbot.keyClick(dialog.sheet, Key.Key_Z, CONTROL)
    assert dialog.sheet.table == TABLE
    qtbot.keyClick(dialog.sheet, Key.Key_Y, CONTROL)
    assert dialog.sheet.table.rows[1][1] == "abc\nd"


def test_arrows_leave_a_cell_that_was_begun_by_typing(qtbot: QtBot, dialog: TextTableDialog) -> None:
    dialog.sheet.stand_at(2, 1)
    type_over(qtbot, dialog, "9")
    qtbot.keyClick(editor(dialog), Key.Key_Left)
    assert dialog.sheet.table.rows[2][1] == "9"
    assert dialog.sheet.currentColumn() == 0


def test_a_field_stays_one_where_words_are_put_beside_it(qtbot: QtBot, dialog: TextTableDialog) -> None:
    sheet = dialog.sheet
    sheet.stand_at(2, 2)
    sheet.editItem(sheet.item(2, 2))
    qtbot.keyClicks(editor(dialog), "a")
    qtbot.keyClick(editor(dialog), Key.Key_Return)
    assert sheet.table.rows[2][2] == f"{FIELD}a"
    sheet.stand_at(2, 2)
    type_over(qtbot, dialog, "7.00")
    sheet.finish_editing()
    assert sheet.table.rows[2][2] == "7.00" and FIELD not in sheet.table.rows[2][2]


def test_leaving_a_field_as_it_is_changes_nothing(qtbot: QtBot, dialog: TextTableDialog) -> None:
    dialog.sheet.stand_at(2, 2)
    dialog.sheet.editItem(dialog.sheet.item(2, 2))
    qtbot.keyClick(editor(dialog), Key.Key_Return)
    assert dialog.sheet.table is TABLE


def test_a_block_from_excel_makes_the_table_larger(qtbot: QtBot, dialog: TextTableDialog) -> None:
    QGuiApplication.clipboard().setText("水费\t1\t2\n电费\t3\t4\n")
    dialog.sheet.stand_at(2, 1)
    qtbot.keyClick(dialog.sheet, Key.Key_V, CONTROL)
    assert dialog.sheet.table.rows[2:] == (("公务接待费", "水费", "1", "2"), ("", "电费", "3", "4"))
    assert dialog.sheet.columnCount() == 4


def test_a_pasted_page_brings_its_merged_cells(dialog: TextTableDialog) -> None:
    data = QMimeData()
    data.setHtml("<table><tr><td colspan=2>合计</td></tr><tr><td>1</td><td>2</td></tr></table>")
    QGuiApplication.clipboard().setMimeData(data)
    dialog.sheet.stand_at(2, 0)
    dialog.sheet.paste()
    assert Area(2, 0, 1, 2) in dialog.sheet.table.merged
    assert dialog.sheet.table.rows[2:] == (("合计", "", FIELD), ("1", "2", ""))


def test_copied_cells_keep_their_fields_and_go_to_excel_as_text(dialog: TextTableDialog) -> None:
    sheet = dialog.sheet
    sheet.stand_at(2, 2)
    sheet.copy()
    copied = QGuiApplication.clipboard().mimeData()
    assert copied.text() == "6.88" and "<table" in copied.html()
    assert not shiboken6.createdByPython(copied)
    sheet.select(Area(2, 0, 1, 3))
    sheet.paste()
    assert sheet.table.rows[2] == (FIELD,) * 3


def test_what_is_too_large_is_told(dialog: TextTableDialog, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []
    monkeypatch.setattr(messages, "tell", lambda _, words, *__: told.append(words))
    QGuiApplication.clipboard().setText("\t".join("a" * (MOST_COLUMNS + 1)) + "\nb")
    dialog.sheet.paste()
    QGuiApplication.clipboard().setText("\t".join("a" * MOST_COLUMNS) + "\nb")
    dialog.sheet.stand_at(2, 2)
    dialog.sheet.paste()
    assert told and "放不下" in told[0]
    assert dialog.sheet.table is TABLE


def test_rows_and_columns_come_below_and_at_the_right(dialog: TextTableDialog) -> None:
    dialog.sheet.stand_at(2, 1)
    press(dialog, "insertRow")
    assert (dialog.sheet.rowCount(), dialog.sheet.currentRow()) == (4, 3)
    press(dialog, "insertColumn")
    assert dialog.sheet.table.rows[2] == ("公务接待费", "8.50", "", FIELD)
    press(dialog, "deleteColumn")
    press(dialog, "deleteRow")
    assert dialog.sheet.table == TABLE


def test_cells_are_merged_and_split(dialog: TextTableDialog) -> None:
    sheet = dialog.sheet
    sheet.select(Area(2, 0, 1, 3))
    press(dialog, "mergeCells")
    assert sheet.table.rows[2][0] == f"公务接待费\n8.50\n{FIELD}"
    assert sheet.columnSpan(2, 0) == 3
    press(dialog, "splitCell")
    assert sheet.columnSpan(2, 0) == 1


def test_tab_goes_through_the_cells_and_begins_a_new_row_behind_the_last(
    qtbot: QtBot, dialog: TextTableDialog
) -> None:
    dialog.sheet.stand_at(0, 0)
    places = []
    for _ in range(7):
        qtbot.keyClick(dialog.sheet, Key.Key_Tab)
        places.append((dialog.sheet.currentRow(), dialog.sheet.currentColumn()))
    assert places == [(0, 1), (1, 1), (1, 2), (2, 0), (2, 1), (2, 2), (3, 0)]
    qtbot.keyClick(dialog.sheet, Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    assert dialog.sheet.currentColumn() == 2


def test_a_field_is_put_into_the_current_cell(
    dialog: TextTableDialog, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(InsertFieldDialog, "exec", lambda _: 1)
    monkeypatch.setattr(InsertFieldDialog, "chosen", lambda _: "year")
    dialog.sheet.stand_at(1, 1)
    press(dialog, "insertCellField")
    assert dialog.sheet.table.rows[1][1] == "预算⟦year⟧"
    assert dialog.sheet.item(1, 1).text() == "预算2023"


def test_cancelling_asks_only_where_something_was_changed(
    qtbot: QtBot, dialog: TextTableDialog, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = [False, True]
    monkeypatch.setattr(messages, "confirm", lambda *_: answers.pop(0))
    dialog.sheet.stand_at(2, 1)
    qtbot.keyClick(dialog.sheet, Key.Key_Delete)
    dialog.reject()
    assert dialog.isVisible()
    dialog.reject()
    assert not dialog.isVisible() and not answers


def test_agreeing_takes_over_what_is_still_being_typed(qtbot: QtBot, dialog: TextTableDialog) -> None:
    dialog.sheet.stand_at(2, 1)
    type_over(qtbot, dialog, "77")
    press(dialog, "takeTable")
    assert dialog.result() == 1
    assert dialog.sheet.table.rows[2][1] == "77"


def test_the_menu_offers_the_other_sides(dialog: TextTableDialog) -> None:
    dialog.sheet.stand_at(2, 0)
    for words in ("在上方插入行", "在左侧插入列"):
        next(action for action in dialog.cell_menu().actions() if action.text() == words).trigger()
    assert dialog.sheet.table.rows[2] == ("", "", "", "")
    assert dialog.sheet.table.rows[3] == ("", "公务接待费", "8.50", FIELD)


def test_enter_in_the_last_cell_does_not_close(qtbot: QtBot, dialog: TextTableDialog) -> None:
    dialog.sheet.stand_at(2, 2)
    qtbot.keyClick(dialog.sheet, Key.Key_Return)
    type_over(qtbot, dialog, "5")
    qtbot.keyClick(editor(dialog), Key.Key_Return)
    assert dialog.isVisible() and dialog.sheet.table.rows[2][2] == "5"


def test_a_footnote_in_a_cell_is_no_data(qtbot: QtBot, session: Session) -> None:
    noted = "水费⟦note=〔注：含税〕⟧"
    dialog = TextTableDialog(session, TextTable(((noted, "1"),)))
    qtbot.addWidget(dialog, before_close_func=lambda closed: closed.accept())
    item = dialog.sheet.item(0, 0)
    assert (item.text(), item.toolTip()) == ("水费〔注：含税〕", "")
    dialog.sheet.type_in(0, 0, "电费〔注：含税〕")
    assert dialog.sheet.table.rows[0][0] == "电费⟦note=〔注：含税〕⟧"


def test_a_large_table_opens_and_changes_without_a_wait(qtbot: QtBot, session: Session) -> None:
    row = ("一个不短的名称",) * 16
    dialog = TextTableDialog(session, TextTable((row,) * 140))
    qtbot.addWidget(dialog, before_close_func=lambda closed: closed.accept())
    dialog.show()
    begun = time.perf_counter()
    dialog.sheet.change(table_edits.insert_row(dialog.sheet.table, 3))
    assert time.perf_counter() - begun < 5  # a tenth of that on the slowest of ours
