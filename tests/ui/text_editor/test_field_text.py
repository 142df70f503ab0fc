"""The report's editor: fields follow the data, are overwritten by typing in them, and travel only within it."""

from __future__ import annotations

import pytest
import shiboken6
from PySide6.QtCore import QMimeData, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QInputMethodEvent, QTextCursor
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.audit.finding import ERROR
from desktop.domain.fields import fields
from desktop.domain.keys import FactKey
from desktop.ui.session import Session
from desktop.ui.text_editor.field_document import runs
from desktop.ui.text_editor.field_text import MIME, FieldText

KEY = FactKey("narrative", "problems", "text")
RECEPTION = FactKey("three_public", "reception", "final")
FIELD = "⟦three_public.reception.final⟧"
STORED = f"接待费{FIELD}万元。"


@pytest.fixture
def text(qtbot: QtBot, session: Session) -> FieldText:
    session.set(RECEPTION, "6.88")
    session.set(KEY, STORED)
    text = FieldText(session, KEY)
    qtbot.addWidget(text)
    session.changed.connect(text.changed_elsewhere)
    text.show()
    return text


def stand(text: FieldText, start: int, end: int | None = None) -> None:
    cursor = text.textCursor()
    cursor.setPosition(start)
    cursor.setPosition(start if end is None else end, QTextCursor.MoveMode.KeepAnchor)
    text.setTextCursor(cursor)


def commit(text: FieldText, words: str) -> None:
    """What an input method does: letters being composed, then the words."""
    QApplication.sendEvent(text, QInputMethodEvent("pin", []))
    event = QInputMethodEvent()
    event.setCommitString(words)
    QApplication.sendEvent(text, event)


def undo(qtbot: QtBot, text: FieldText) -> None:
    qtbot.keyClick(text, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)


def plain(words: str, html: str = "") -> QMimeData:
    data = QMimeData()
    data.setText(words)
    if html:
        data.setHtml(html)
    return data


def test_it_reads_as_it_is_printed_and_is_stored_with_its_fields(text: FieldText, session: Session) -> None:
    assert text.toPlainText() == "接待费6.88万元。" == fields.expanded(session.assessment, STORED)
    assert text.stored() == STORED


def test_a_field_follows_the_data_and_the_cursor_stays(text: FieldText, session: Session) -> None:
    stand(text, 9, 7)
    session.set(RECEPTION, "12.345")
    assert text.toPlainText() == fields.expanded(session.assessment, STORED)
    assert text.textCursor().selectedText() == "万元"
    assert session.sheet.text(KEY) == STORED
    assert not text.document().isUndoAvailable()


def test_values_follow_while_one_types_and_typing_can_still_be_undone(
    qtbot: QtBot, text: FieldText, session: Session
) -> None:
    stand(text, len(text.toPlainText()))
    qtbot.keyClicks(text, "abc")
    session.set(RECEPTION, "7")
    assert text.toPlainText() == "接待费7.00万元。abc"
    undo(qtbot, text)
    assert text.toPlainText() == "接待费7.00万元。"
    assert text.stored() == STORED


@pytest.mark.parametrize("at", [3, 7])
def test_typing_at_an_edge_does_not_extend_a_field(qtbot: QtBot, text: FieldText, at: int) -> None:
    stand(text, at)
    qtbot.keyClicks(text, "12")
    commit(text, "约为")
    text.insertFromMimeData(plain("共"))
    assert text.stored().count(FIELD) == 1
    assert text.toPlainText()[at:][:5] == "12约为共"


def test_a_field_at_the_beginning_of_a_line_is_not_extended(
    qtbot: QtBot, text: FieldText, session: Session
) -> None:
    session.set(KEY, FIELD)
    stand(text, 0)
    qtbot.keyClicks(text, "a")
    commit(text, "约")
    stand(text, len(text.toPlainText()))
    qtbot.keyClick(text, Qt.Key.Key_Return)
    qtbot.keyClicks(text, "b")
    assert text.stored() == f"a约{FIELD}\nb"


def test_typing_within_a_field_overwrites_it(qtbot: QtBot, text: FieldText, session: Session) -> None:
    stand(text, 7)
    qtbot.keyClick(text, Qt.Key.Key_Backspace)
    qtbot.keyClicks(text, "95")
    text.save()
    assert session.sheet.text(KEY) == "接待费⟦three_public.reception.final=6.895⟧万元。"
    session.set(RECEPTION, "1")
    assert text.toPlainText() == "接待费6.895万元。"


def test_a_field_selected_whole_is_overwritten_by_typing_and_removed_by_deleting(
    qtbot: QtBot, text: FieldText
) -> None:
    stand(text, 3, 7)
    qtbot.keyClicks(text, "7.2")
    assert text.stored() == "接待费⟦three_public.reception.final=7.2⟧万元。"
    stand(text, 3, 6)
    qtbot.keyClick(text, Qt.Key.Key_Delete)
    qtbot.keyClicks(text, "8")
    assert text.stored() == "接待费8万元。"


def test_the_end_of_a_field_is_overwritten_like_its_middle(qtbot: QtBot, text: FieldText) -> None:
    stand(text, 5, 7)
    qtbot.keyClicks(text, "9")
    assert text.stored() == "接待费⟦three_public.reception.final=6.9⟧万元。"


def test_an_input_method_within_a_field_overwrites_it(text: FieldText) -> None:
    stand(text, 5)
    commit(text, "约")
    assert text.stored() == "接待费⟦three_public.reception.final=6.约88⟧万元。"


def test_a_line_break_within_a_field_stays_within(qtbot: QtBot, text: FieldText, session: Session) -> None:
    stand(text, 5)
    qtbot.keyClick(text, Qt.Key.Key_Return)
    text.insertFromMimeData(plain("甲\n乙"))
    text.save()
    stored = "接待费⟦three_public.reception.final=6.\n甲\n乙88⟧万元。"
    assert session.sheet.text(KEY) == stored
    assert text.toPlainText() == fields.expanded(session.assessment, stored)


def test_undo_of_overwriting_gives_the_field_back(qtbot: QtBot, text: FieldText, session: Session) -> None:
    stand(text, 5)
    qtbot.keyClicks(text, "0")
    assert text.toPlainText() == "接待费6.088万元。"
    undo(qtbot, text)
    assert text.stored() == STORED
    stand(text, 5)
    qtbot.keyClicks(text, "0")
    text.save()
    undo(qtbot, text)
    assert session.sheet.text(KEY) == STORED == text.stored()


def test_undo_of_typing_at_an_edge_leaves_the_field(qtbot: QtBot, text: FieldText) -> None:
    stand(text, 7)
    qtbot.keyClicks(text, "abc")
    while text.document().isUndoAvailable():
        undo(qtbot, text)
    assert text.stored() == STORED


def test_undo_goes_on_with_the_steps_of_the_report(qtbot: QtBot, text: FieldText, session: Session) -> None:
    session.set(RECEPTION, "9")
    stand(text, 0)
    qtbot.keyClicks(text, "abc")
    undo(qtbot, text)
    assert text.toPlainText() == "接待费9.00万元。"
    text.save()
    undo(qtbot, text)
    assert text.toPlainText() == "接待费6.88万元。"


def test_copies_keep_their_fields_and_parts_of_fields_become_text(text: FieldText) -> None:
    text.selectAll()
    text.copy()
    assert QGuiApplication.clipboard().text() == "接待费6.88万元。"
    stand(text, len(text.toPlainText()))
    text.paste()
    assert text.stored() == STORED * 2
    stand(text, 0, 5)
    text.copy()
    stand(text, len(text.toPlainText()))
    text.paste()
    assert text.stored() == STORED * 2 + "接待费6."


def test_what_is_copied_holds_nothing_of_python(text: FieldText) -> None:
    """The clipboard is cleared away after Python is, and a part of Python's in it would then be a crash."""
    text.selectAll()
    text.copy()
    copied = QGuiApplication.clipboard().mimeData()
    assert not shiboken6.createdByPython(copied)
    assert copied.formats() == ["text/plain", MIME]


def test_what_comes_from_elsewhere_is_plain(text: FieldText, session: Session) -> None:
    text.selectAll()
    text.insertFromMimeData(plain(f"甲\r\n{FIELD}⟦", "<b>甲</b>"))
    text.save()
    assert session.sheet.text(KEY) == "甲\n〔three_public.reception.final〕〔"
    assert not runs(text.document())


def test_a_dropped_text_of_ours_keeps_its_fields(text: FieldText) -> None:
    text.selectAll()
    data = text.createMimeDataFromSelection()
    stand(text, 0)
    copying, button = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    place = text.cursorRect().center()
    for event in (
        QDragEnterEvent(place, copying, data, button, Qt.KeyboardModifier.NoModifier),
        QDropEvent(QPointF(place), copying, data, button, Qt.KeyboardModifier.NoModifier),
    ):
        QApplication.sendEvent(text.viewport(), event)
    assert text.stored() == STORED * 2


def test_a_text_torn_out_of_a_field_leaves_no_half_fields(text: FieldText) -> None:
    cursor = QTextCursor(text.document())
    cursor.setPosition(5)
    cursor.insertBlock()
    assert text.stored() == "接待费6.\n88万元。"


def test_two_like_fields_side_by_side_stay_two(text: FieldText, session: Session) -> None:
    session.set(KEY, FIELD * 2)
    assert text.stored() == FIELD * 2
    session.set(RECEPTION, "1")
    assert text.toPlainText() == "1.001.00"


def test_no_break_blanks_and_rare_characters_do_no_harm(
    qtbot: QtBot, text: FieldText, session: Session
) -> None:
    stored = f"𠮷田\u00a0乡{FIELD}万元"
    session.set(KEY, stored)
    assert text.toPlainText() == fields.expanded(session.assessment, stored)
    text.moveCursor(QTextCursor.MoveOperation.End)
    qtbot.keyClicks(text, "x")
    text.save()
    assert session.sheet.text(KEY) == stored + "x"


def test_fields_can_be_kept_and_set_free(text: FieldText, session: Session) -> None:
    def choose(words: str) -> None:
        menu = text.menu_at(4)
        next(action for action in menu.actions() if action.text() == words).trigger()

    choose("固定为当前内容")
    assert session.sheet.text(KEY) == "接待费⟦three_public.reception.final=6.88⟧万元。"
    session.set(RECEPTION, "1")
    assert text.toPlainText() == "接待费6.88万元。"
    assert "1.00" in text.hint_at(4)
    choose("恢复随数据变化")
    assert session.sheet.text(KEY) == STORED
    assert text.toPlainText() == "接待费1.00万元。"
    choose("改为普通文字")
    assert session.sheet.text(KEY) == "接待费1.00万元。"


def test_the_menu_leads_to_the_data(text: FieldText, session: Session) -> None:
    asked: list[object] = []
    session.jump.connect(asked.append)
    menu = text.menu_at(4)
    next(action for action in menu.actions() if action.text() == "转到数据").trigger()
    assert asked == [RECEPTION]
    assert "转到数据" not in [action.text() for action in text.menu_at(0).actions()]


def test_hints_name_the_field(text: FieldText) -> None:
    assert "公务接待·2023年决算数" in text.hint_at(5)
    assert "随数据变化" in text.hint_at(5)
    assert text.hint_at(0) == ""


def test_a_mark_over_a_field_leaves_its_look(text: FieldText) -> None:
    text.show_marks([(0, 9, ERROR, "不对")])
    whole, *behind = text.extraSelections()
    assert whole.cursor.selectedText() == "接待费6.88万元"
    assert not whole.format.hasProperty(whole.format.Property.BackgroundBrush.value)
    assert [selection.cursor.selectedText() for selection in behind] == ["接待费", "万元"]


def test_what_is_typed_while_the_report_changes_elsewhere_is_kept(
    qtbot: QtBot, text: FieldText, session: Session
) -> None:
    stand(text, 0)
    qtbot.keyClicks(text, "half")
    session.set(KEY, "别处改了")
    assert text.toPlainText() == "half接待费6.88万元。"


def test_a_change_from_elsewhere_leaves_the_cursor_at_its_words(text: FieldText, session: Session) -> None:
    stand(text, len(text.toPlainText()) - 1)
    session.set(KEY, "其中：" + STORED)
    assert text.textCursor().position() == len(text.toPlainText()) - 1
