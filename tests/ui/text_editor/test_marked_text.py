"""Underlined words: the right ones, whatever characters stand before them, with a hint that is plain text."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.audit.finding import CHECK, ERROR, REFERENCE
from desktop.ui.text_editor.marked_text import MarkedText


@pytest.fixture
def field(qtbot: QtBot) -> MarkedText:
    field = MarkedText()
    qtbot.addWidget(field)
    return field


def marked_words(field: MarkedText) -> list[str]:
    return [selection.cursor.selectedText() for selection in reversed(field.extraSelections())]


def test_marks_are_found_behind_rare_characters(field: MarkedText) -> None:
    text = "𠮷田乡执行率80%。\n控制率70%"
    field.setPlainText(text)
    places = [(text.index(words), text.index(words) + len(words)) for words in ("执行率80%", "控制率70%")]
    field.show_marks([(*places[0], ERROR, "不对"), (*places[1], CHECK, "请核实")])
    assert marked_words(field) == ["执行率80%", "控制率70%"]
    field.select_words(*places[1])
    assert field.textCursor().selectedText() == "控制率70%"


def test_hints_are_plain_text(field: MarkedText) -> None:
    field.setPlainText("执行率80%")
    field.show_marks([(0, 3, ERROR, "<b>&</b>")])
    assert field.hint_at(1) == "<p>&lt;b&gt;&amp;&lt;/b&gt;</p>"
    assert field.hint_at(5) == ""


def test_a_number_that_is_referred_to_is_no_error_and_stays_below_one(field: MarkedText) -> None:
    field.setPlainText("60万元，51万元，大于")
    field.show_marks([(9, 11, ERROR, "应为小于"), (0, 4, REFERENCE, "应为小于"), (0, 4, ERROR, "另有错")])
    below, *above = field.extraSelections()
    assert below.cursor.selectedText() == "60万元"
    assert below.format.underlineStyle() == below.format.UnderlineStyle.DotLine
    assert below.format.background().style() == Qt.BrushStyle.NoBrush
    assert {each.format.underlineStyle() for each in above} == {below.format.UnderlineStyle.WaveUnderline}
    assert field.hint_at(1) == "<p>另有错</p><p>参照：应为小于</p>"


def test_marks_move_with_their_words(field: MarkedText) -> None:
    field.setPlainText("执行率80%")
    field.show_marks([(3, 6, ERROR, "不对")])
    field.textCursor().insertText("预算")
    assert marked_words(field) == ["80%"]
