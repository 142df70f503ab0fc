"""Tables, pictures and footnotes come into the text, are seen into, copied and taken out, each in one step."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import shiboken6
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from desktop.domain.keys import FactKey
from desktop.domain.text_blocks.picture import Picture, parse_picture
from desktop.domain.text_blocks.text_table import Area, TextTable, parse_table, stored_table
from desktop.errors import UserError
from desktop.ui.dialogs import text_blocks
from desktop.ui.session import Session
from desktop.ui.text_editor.block_text import BLOCKS_MIME, BlockText
from desktop.ui.text_editor.copied_blocks import CELLS_MIME
from desktop.ui.text_editor.field_text import MIME
from desktop.ui.text_editor.picture_files import picture_of_image
from tests.ui.text_editor.blocks import (
    KEY,
    OTHER,
    SHOWN,
    STORED,
    TABLE,
    TABLE_KEY,
    chip_in,
    note_in,
    stand,
    write_section,
)

PAGE = "<p>见下表。</p><table><tr><td colspan=2>支出</td></tr><tr><td>水费</td><td>1.00</td></tr></table>"
PASTED = TextTable((("支出", ""), ("水费", "1.00")), (Area(0, 0, 1, 2),))


@pytest.fixture
def text(qtbot: QtBot, session: Session) -> BlockText:
    write_section(session)
    return editor(qtbot, session, KEY)


def editor(qtbot: QtBot, session: Session, key: FactKey) -> BlockText:
    text = BlockText(session, key)
    qtbot.addWidget(text)
    session.changed.connect(text.changed_elsewhere)
    text.show()
    return text


def mime(words: str, html: str = "", image: QImage | None = None) -> QMimeData:
    data = QMimeData()
    if words:
        data.setText(words)
    if html:
        data.setHtml(html)
    if image is not None:
        data.setImageData(image)
    return data


def picture() -> Picture:
    image = QImage(40, 30, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.blue)
    made = picture_of_image(image)
    assert made is not None
    return made


def choose(menu: QMenu, words: str) -> None:
    next(action for action in menu.actions() if action.text() == words).trigger()


def test_a_table_comes_behind_the_paragraph_and_goes_with_one_undo(text: BlockText, session: Session) -> None:
    before = dict(session.facts)
    stand(text, 1)
    assert text.insert_block(PASTED)
    added = FactKey("blocks", "4", "table")
    assert session.sheet.text(KEY) == STORED.replace("乙\n", "乙\n⟦block 4⟧\n")
    assert parse_table(session.facts[added]) == PASTED
    assert session.undo_label() == "插入表格"
    after = dict(session.facts)
    session.undo()
    assert dict(session.facts) == before
    assert text.toPlainText() == SHOWN
    session.redo()
    assert dict(session.facts) == after
    assert "［表格 2行2列：支出］" in text.toPlainText()


def test_what_is_being_typed_is_a_step_of_its_own(qtbot: QtBot, text: BlockText, session: Session) -> None:
    stand(text, 0)
    qtbot.keyClicks(text, "abc")
    text.insert_block(picture())
    session.undo()
    assert session.sheet.text(KEY) == "abc" + STORED


def test_undo_and_redo_lead_to_the_text(text: BlockText, session: Session) -> None:
    text.insert_block(PASTED)
    asked: list[object] = []
    session.jump.connect(asked.append)
    session.undo()
    session.redo()
    assert asked == [KEY, KEY]


def test_a_table_that_cannot_be_saved_leaves_no_mark(
    text: BlockText, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: object) -> None:
        raise UserError("磁盘满了。", "")

    monkeypatch.setattr(session.store, "apply", full)
    assert not text.insert_block(PASTED)
    assert text.stored() == STORED == session.sheet.text(KEY)


def test_pasted_tables_become_blocks_in_one_step_with_their_text(text: BlockText, session: Session) -> None:
    stand(text, 0)
    text.insertFromMimeData(mime("见下表。\n支出\t\n水费\t1.00", PAGE))
    assert session.sheet.text(KEY) == "见下表。\n⟦block 4⟧\n" + STORED
    assert parse_table(session.facts[FactKey("blocks", "4", "table")]) == PASTED
    session.undo()
    assert session.sheet.text(KEY) == STORED


def test_cells_of_another_table_keep_their_fields(text: BlockText, session: Session) -> None:
    cells = TextTable((("年度", "⟦year⟧"),))
    data = mime("年度\t2023", "<table><tr><td>年度</td><td>2023</td></tr></table>")
    data.setData(CELLS_MIME, stored_table(cells).encode())
    text.insertFromMimeData(data)
    assert parse_table(session.facts[FactKey("blocks", "4", "table")]) == cells


def test_pasted_paragraphs_begin_a_line(text: BlockText, session: Session) -> None:
    stand(text, len(text.toPlainText()))
    text.insertFromMimeData(mime("", PAGE))
    assert session.sheet.text(KEY) == STORED + "\n见下表。\n⟦block 4⟧"


def test_a_footnote_needs_words_before_it(text: BlockText, session: Session) -> None:
    said: list[str] = []
    session.said.connect(said.append)
    for place in (0, chip_in(text).start, chip_in(text).end):
        stand(text, place)
        text.insert_note()
    assert text.stored() == STORED
    assert said == ["请先把光标放到要加注的文字后面"] * 3


def test_lines_with_tabs_are_a_table_too_but_a_single_cell_is_text(text: BlockText, session: Session) -> None:
    stand(text, 0)
    text.insertFromMimeData(mime("a\tb\n1\t2"))
    assert text.stored() == "⟦block 4⟧\n" + STORED
    stand(text, len(text.toPlainText()))
    text.insertFromMimeData(mime("12.50", "<table><tr><td>12.50</td></tr></table>"))
    assert text.stored().endswith("丙12.50")


def test_a_pasted_picture_becomes_a_block(text: BlockText, session: Session) -> None:
    image = QImage(50, 20, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.red)
    data = mime("", image=image)
    assert text.canInsertFromMimeData(data)
    stand(text, len(text.toPlainText()))
    text.insertFromMimeData(data)
    assert text.stored() == STORED + "\n⟦block 4⟧"
    kept = parse_picture(session.facts[FactKey("blocks", "4", "picture")])
    assert kept is not None and (kept.width, kept.height) == (50, 20)


def test_a_picture_among_pasted_words_is_told_of(text: BlockText, session: Session) -> None:
    said: list[str] = []
    session.said.connect(said.append)
    stand(text, 0)
    text.insertFromMimeData(mime("字", "<p>字<img src='file:///C:/a.png'></p>"))
    assert text.stored() == "字" + STORED
    assert len(said) == 1 and "单独复制图片" in said[0]


def test_a_footnote_is_begun_at_the_cursor(qtbot: QtBot, text: BlockText, session: Session) -> None:
    stand(text, len(text.toPlainText()))
    text.insert_note()
    qtbot.keyClicks(text, "abc")
    text.save()
    assert session.sheet.text(KEY) == STORED + "⟦note=〔注：abc〕⟧"
    text.insert_note()  # behind it, though one has just typed in it
    assert text.stored().endswith("〔注：abc〕⟧⟦note=〔注：〕⟧")
    stand(text, note_in(text).start + 4)  # not one in another
    text.insert_note()
    assert text.stored().startswith("甲⟦note=〔注：决算口径〕⟧⟦note=〔注：〕⟧乙")


def test_a_copy_in_another_section_is_a_table_of_its_own(
    qtbot: QtBot, text: BlockText, session: Session
) -> None:
    session.write("清空", [(OTHER, "别的。")])
    other = editor(qtbot, session, OTHER)
    text.selectAll()
    text.copy()
    copied = QGuiApplication.clipboard().mimeData()
    assert {MIME, BLOCKS_MIME, "text/html", "text/plain"} == set(copied.formats())
    assert not shiboken6.createdByPython(copied)
    assert "项目\t金额" in copied.text() and "<td" in copied.html()
    stand(other, 3)
    other.paste()
    assert session.sheet.text(OTHER) == "别的。" + STORED.replace("block 3", "block 4")
    session.write("修改表格", [(FactKey("blocks", "4", "table"), stored_table(PASTED))])
    assert parse_table(session.facts[TABLE_KEY]) == TABLE
    assert text.toPlainText() == SHOWN


def test_what_is_cut_out_keeps_its_number_elsewhere(qtbot: QtBot, text: BlockText, session: Session) -> None:
    session.write("清空", [(OTHER, None)])
    other = editor(qtbot, session, OTHER)
    text.select_run(chip_in(text))
    qtbot.keyClick(text, Qt.Key.Key_X, Qt.KeyboardModifier.ControlModifier)
    assert text.toPlainText() == "甲〔注：决算口径〕乙\n丙"
    text.save()
    other.paste()
    other.save()
    assert session.sheet.text(OTHER) == "⟦block 3⟧"
    assert "block" not in session.sheet.text(KEY)


def test_the_menu_offers_what_makes_sense(text: BlockText, session: Session) -> None:
    words = [action.text() for action in text.menu_at(chip_in(text).start + 1).actions()]
    assert "编辑表格…" in words and not {"固定为当前内容", "改为普通文字", "转到数据"} & set(words)
    words = [action.text() for action in text.menu_at(note_in(text).start + 1).actions()]
    assert "恢复随数据变化" not in words
    choose(text.menu_at(note_in(text).start + 1), "改为普通文字")
    assert session.sheet.text(KEY).startswith("甲〔注：决算口径〕乙")
    choose(text.menu_at(chip_in(text).start + 1), "删除")
    assert session.sheet.text(KEY) == "甲〔注：决算口径〕乙\n丙"
    session.undo()
    assert chip_in(text).block == "3"


def test_what_the_dialog_agrees_to_is_one_step(
    text: BlockText, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    def answer(block: Any) -> Callable[..., Any]:
        return lambda *_: block

    monkeypatch.setattr(text_blocks, "changed_block", answer(None))
    text.open_block("3")
    assert session.undo_label() != "修改表格"
    monkeypatch.setattr(text_blocks, "changed_block", answer(PASTED))
    choose(text.menu_at(chip_in(text).start), "编辑表格…")
    assert session.undo_label() == "修改表格"
    assert chip_in(text).text == "［表格 2行2列：支出］"
    session.undo()
    assert text.toPlainText() == SHOWN


def test_hints_show_the_thing_itself(text: BlockText, session: Session) -> None:
    hint = text.hint_at(chip_in(text).start + 1)
    assert "<table" in hint and "水费" in hint and "双击编辑" in hint
    assert "脚注" in text.hint_at(note_in(text).start + 1)
    text.insert_block(picture())
    assert "<img" in text.hint_at(text.textCursor().position() - 1)


def test_damage_from_elsewhere_does_not_rename_a_chip(text: BlockText) -> None:
    cursor = text.textCursor()
    cursor.setPosition(chip_in(text).start + 2)
    cursor.insertText("x")
    assert text.stored() == STORED
    assert text.toPlainText() == SHOWN
