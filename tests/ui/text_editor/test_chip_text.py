"""A chip is one thing: the cursor takes it whole, words go beside it, and it goes at the second press."""

from __future__ import annotations

import random

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt
from PySide6.QtGui import QImage, QInputMethodEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.domain.fields.fields import Piece
from desktop.ui.session import Session
from desktop.ui.text_editor.block_text import BlockText
from desktop.ui.text_editor.chip_text import on_lines_of_their_own
from desktop.ui.text_editor.field_document import runs
from tests.ui.text_editor.blocks import KEY, SHOWN, STORED, chip_in, note_in, stand, write_section

Key = Qt.Key
SHIFT = Qt.KeyboardModifier.ShiftModifier
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def text(qtbot: QtBot, session: Session) -> BlockText:
    write_section(session)
    text = BlockText(session, KEY)
    qtbot.addWidget(text)
    session.changed.connect(text.changed_elsewhere)
    text.resize(500, 300)
    text.show()
    return text


def selected(text: BlockText) -> str:
    return text.textCursor().selectedText()


def test_it_shows_and_stores_what_stands_in_it(text: BlockText) -> None:
    assert text.toPlainText() == SHOWN
    assert text.stored() == STORED
    assert text.words() == "甲乙\n\n丙"


@pytest.mark.parametrize("key", [Key.Key_Backspace, Key.Key_Delete])
@pytest.mark.parametrize("held", [Qt.KeyboardModifier.NoModifier, CONTROL])
def test_the_first_press_selects_a_chip_and_the_second_deletes_it_with_its_line(
    qtbot: QtBot, text: BlockText, key: Key, held: Qt.KeyboardModifier
) -> None:
    chip = chip_in(text)
    stand(text, chip.end if key == Key.Key_Backspace else chip.start)
    qtbot.keyClick(text, key, held)
    assert text.stored() == STORED
    assert selected(text) == chip.text
    qtbot.keyClick(text, key)
    assert text.toPlainText() == "甲〔注：决算口径〕乙\n丙"
    qtbot.keyClick(text, Key.Key_Z, CONTROL)
    assert text.stored() == STORED


def test_lines_beside_a_chip_are_not_drawn_onto_its_line(qtbot: QtBot, text: BlockText) -> None:
    chip = chip_in(text)
    stand(text, chip.end + 1)
    qtbot.keyClick(text, Key.Key_Backspace)
    assert selected(text) == chip.text
    stand(text, chip.start - 1)
    qtbot.keyClick(text, Key.Key_Delete)
    assert selected(text) == chip.text
    assert text.stored() == STORED


def test_an_empty_line_beside_a_chip_goes(qtbot: QtBot, text: BlockText) -> None:
    stand(text, chip_in(text).end)
    qtbot.keyClick(text, Key.Key_Return)
    qtbot.keyClick(text, Key.Key_Backspace)
    assert text.stored() == STORED


def test_words_typed_at_its_end_or_over_it_begin_a_line_below(qtbot: QtBot, text: BlockText) -> None:
    chip = chip_in(text)
    stand(text, chip.end)
    qtbot.keyClicks(text, "ab")
    assert text.stored() == STORED.replace("3⟧", "3⟧\nab")
    text.select_run(chip)
    qtbot.keyClicks(text, "c")
    assert text.stored() == STORED.replace("3⟧", "3⟧\nc\nab")


def test_words_typed_at_its_beginning_go_on_a_line_above(qtbot: QtBot, text: BlockText) -> None:
    stand(text, chip_in(text).start)
    qtbot.keyClicks(text, "ab")
    assert text.stored() == STORED.replace("⟦block", "ab\n⟦block")


def test_an_input_method_does_not_write_over_a_chip(text: BlockText) -> None:
    text.select_run(chip_in(text))
    QApplication.sendEvent(text, QInputMethodEvent("pin", []))
    event = QInputMethodEvent()
    event.setCommitString("新")
    QApplication.sendEvent(text, event)
    assert text.stored() == STORED.replace("3⟧", "3⟧\n新")


def test_what_is_pasted_over_a_chip_goes_below_it(text: BlockText) -> None:
    text.select_run(chip_in(text))
    data = QMimeData()
    data.setText("新的\n两行")
    text.insertFromMimeData(data)
    assert text.stored() == STORED.replace("3⟧", "3⟧\n新的\n两行")


def test_arrows_take_a_chip_in_one_step(qtbot: QtBot, text: BlockText) -> None:
    chip = chip_in(text)
    stand(text, chip.start)
    qtbot.keyClick(text, Key.Key_Right)
    assert selected(text) == chip.text
    qtbot.keyClick(text, Key.Key_Right)
    assert (text.textCursor().position(), selected(text)) == (chip.end, "")
    qtbot.keyClick(text, Key.Key_Left)
    assert selected(text) == chip.text
    qtbot.keyClick(text, Key.Key_Left)
    assert (text.textCursor().position(), selected(text)) == (chip.start, "")


def test_a_selection_takes_a_chip_whole_and_gives_it_up_whole(qtbot: QtBot, text: BlockText) -> None:
    chip = chip_in(text)
    stand(text, chip.start - 1)
    for _ in range(2):
        qtbot.keyClick(text, Key.Key_Right, SHIFT)
    assert selected(text) == "\u2029" + chip.text
    qtbot.keyClick(text, Key.Key_Left, SHIFT)
    assert selected(text) == "\u2029"


def test_a_click_selects_a_chip_and_a_double_click_or_enter_opens_it(qtbot: QtBot, text: BlockText) -> None:
    chip = chip_in(text)
    opened: list[str] = []
    text.opened.disconnect(text.open_block)
    text.opened.connect(opened.append)
    stand(text, chip.start)
    on_it = text.cursorRect().center() + QPoint(40, 0)
    stand(text, 0)
    qtbot.mouseClick(text.viewport(), Qt.MouseButton.LeftButton, pos=on_it)
    assert selected(text) == chip.text
    qtbot.mouseDClick(text.viewport(), Qt.MouseButton.LeftButton, pos=on_it)
    qtbot.keyClick(text, Key.Key_Return)
    assert opened == ["3", "3"]
    qtbot.mouseClick(text.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(480, on_it.y()))
    assert selected(text) == ""


def test_a_footnote_takes_words_and_keeps_its_brackets(qtbot: QtBot, text: BlockText) -> None:
    note = note_in(text)
    stand(text, note.end - 1)
    qtbot.keyClicks(text, "x")
    assert text.stored() == STORED.replace("口径", "口径x")
    stand(text, note.end)  # before its last bracket, now that it is longer
    qtbot.keyClick(text, Key.Key_Delete)
    assert selected(text) == note_in(text).text
    stand(text, note.start + 3)
    qtbot.keyClick(text, Key.Key_Backspace)
    assert selected(text) == note_in(text).text
    qtbot.keyClick(text, Key.Key_Backspace)
    assert text.toPlainText().startswith("甲乙\n［")


def test_enter_leaves_a_footnote(qtbot: QtBot, text: BlockText) -> None:
    stand(text, note_in(text).end - 2)
    qtbot.keyClick(text, Key.Key_Return)
    qtbot.keyClicks(text, "x")
    assert text.stored() == STORED.replace("⟧乙", "⟧x乙")


def test_a_chip_is_framed(text: BlockText) -> None:
    stand(text, chip_in(text).start)
    left = text.cursorRect().topLeft()
    framed = text.viewport().grab().toImage()
    assert isinstance(framed, QImage)
    colours = {framed.pixelColor(left + QPoint(x, 8)).name() for x in range(4)}
    assert len(colours) > 1


def test_blocks_stand_on_lines_of_their_own() -> None:
    block, word = Piece("［表格］", "block 1"), Piece("字")
    both = on_lines_of_their_own([word, block, block, word], before=True, behind=True)
    assert "".join(piece.text for piece in both) == "字\n［表格］\n［表格］\n字"
    alone = on_lines_of_their_own([block], before=True, behind=True)
    assert "".join(piece.text for piece in alone) == "\n［表格］\n"
    assert on_lines_of_their_own([block], before=False, behind=False) == [block]


def test_lines_begun_behind_a_chip_are_plain(qtbot: QtBot, text: BlockText) -> None:
    stand(text, chip_in(text).end)
    qtbot.keyClick(text, Key.Key_Return)
    qtbot.keyClicks(text, "ab")
    stand(text, chip_in(text).start)
    qtbot.keyClick(text, Key.Key_Return)
    assert text.stored() == STORED.replace("⟦block 3⟧", "\n⟦block 3⟧\nab")


def test_the_pointer_is_a_hand_over_a_chip(qtbot: QtBot, text: BlockText) -> None:
    stand(text, chip_in(text).start)
    on_it = text.cursorRect().center() + QPoint(40, 0)
    qtbot.mouseMove(text.viewport(), on_it)
    assert text.viewport().cursor().shape() == Qt.CursorShape.PointingHandCursor
    qtbot.mouseMove(text.viewport(), QPoint(480, on_it.y()))
    assert text.viewport().cursor().shape() == Qt.CursorShape.IBeamCursor


@pytest.mark.parametrize("seed", range(3))
def test_whatever_is_pressed_a_chip_is_whole_or_gone(
    qtbot: QtBot, text: BlockText, session: Session, seed: int
) -> None:
    chance = random.Random(seed)
    keys = [
        Key.Key_A,
        Key.Key_Left,
        Key.Key_Right,
        Key.Key_Up,
        Key.Key_End,
        Key.Key_Backspace,
        Key.Key_Delete,
    ]
    steps = [Key.Key_X, Key.Key_V, Key.Key_Z, Key.Key_Y]
    whole = chip_in(text).text
    for _ in range(150):
        if chance.random() < 0.25:
            qtbot.keyClick(text, chance.choice(steps), CONTROL)
        else:
            qtbot.keyClick(text, chance.choice(keys), chance.choice([Qt.KeyboardModifier.NoModifier, SHIFT]))
        chips = [run for run in runs(text.document()) if run.block]
        assert {run.text for run in chips} <= {whole}
        assert "［" not in text.words() and "］" not in text.words()
        place = text.textCursor().position()
        assert not any(run.start < place < run.end for run in chips)
    text.save()
    assert session.sheet.text(KEY) == text.stored().strip("\n")
