"""The report's tab: outlines, what is written so far, paragraphs from the data, texts without a place."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from desktop.domain.fields import fields
from desktop.domain.keys import FactKey
from desktop.domain.outline import outline_edits
from desktop.ui import messages
from desktop.ui.dialogs.apply_outline import ApplyOutline
from desktop.ui.dialogs.insert_field import InsertFieldDialog
from desktop.ui.dialogs.text_blocks.table_size import TableSizeDialog
from desktop.ui.dialogs.text_blocks.text_table import TextTableDialog
from desktop.ui.main_window import MainWindow
from desktop.ui.session import Session
from desktop.ui.tabs.narrative import NarrativeTab
from desktop.ui.tabs.narrative_blocks import InsertBlocks
from desktop.ui.tabs.narrative_section import SectionPanel, key_of
from desktop.ui.text_editor.field_text import FieldText
from desktop.ui.widgets.outline_list import OutlineList

TOTAL = FactKey("three_public", "reception", "final")


@pytest.fixture
def tab(window: MainWindow) -> NarrativeTab:
    window.show_key(key_of("basic_spending"))
    found = window.findChild(NarrativeTab)
    assert found is not None
    return found


def text_in(tab: NarrativeTab) -> FieldText:
    found = tab.findChild(FieldText, "narrativeText")
    assert found is not None
    return found


def headings(tab: NarrativeTab) -> OutlineList:
    found = tab.findChild(OutlineList)
    assert found is not None
    return found


def press(tab: NarrativeTab, name: str) -> None:
    button = tab.findChild(QPushButton, name)
    assert button is not None and button.isEnabled()
    button.click()


def test_all_empty_sections_are_written_in_one_step(tab: NarrativeTab, session: Session) -> None:
    emptied = ["basic_spending", "performance"]
    session.write("清空", [(key_of(row), None) for row in emptied])
    said: list[str] = []
    session.said.connect(said.append)
    press(tab, "compose")
    assert said[0].startswith("已按数据写入2节")
    for row in emptied:
        assert "⟦" in session.sheet.text(key_of(row))
    text = text_in(tab)
    assert text.toPlainText() == fields.expanded(session.assessment, session.sheet.text(text.key))
    session.undo()
    assert not any(session.sheet.text(key_of(row)) for row in emptied)


def test_composing_leaves_written_sections_alone(tab: NarrativeTab, session: Session) -> None:
    before = dict(session.facts)
    press(tab, "compose")
    assert session.facts == before


def test_the_offered_paragraphs_are_written_once(tab: NarrativeTab, session: Session) -> None:
    session.set(key_of("basic_spending"), "先写的一句。")
    text = text_in(tab)
    press(tab, "showOffers")
    press(tab, "writePassage")
    first = session.sheet.text(key_of("basic_spending"))
    assert first.startswith("先写的一句。\n")
    press(tab, "writeAll")
    whole = session.sheet.text(key_of("basic_spending"))
    assert whole.startswith(first + "\n")
    button = tab.findChild(QPushButton, "writeAll")
    assert button is not None and not button.isEnabled()
    assert text.toPlainText() == fields.expanded(session.assessment, whole)


def test_a_paragraph_without_data_says_what_is_missing(tab: NarrativeTab, session: Session) -> None:
    gone = [(key, None) for key in session.facts if key.base in ("base", "annex2_funds", "three_public")]
    session.write("清空", [*gone, (key_of("basic_spending"), None)])
    preview = tab.findChild(QLabel, "passagePreview")
    assert preview is not None and preview.text().startswith("缺数据：")
    write = tab.findChild(QPushButton, "writePassage")
    assert write is not None and not write.isEnabled()


def test_an_empty_section_shows_what_will_be_printed(tab: NarrativeTab, session: Session) -> None:
    session.write("清空", [(key_of("duties"), None)])
    headings(tab).choose("duties")
    text = text_in(tab)
    duties = session.sheet.get("unit", "this", "duties")
    assert duties.splitlines()[0] in text.placeholderText()
    press(tab, "useStarting")
    assert session.sheet.text(key_of("duties")) == "⟦unit.this.duties⟧"
    assert text.toPlainText() == duties


def test_texts_stay_when_another_outline_is_chosen(
    tab: NarrativeTab, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ApplyOutline, "exec", lambda _: 1)
    texts = {key: text for key, text in session.facts.items() if key.base == "narrative"}
    choice = tab.findChild(QComboBox, "outlineChoice")
    assert choice is not None and choice.count() == len(session.templates.outlines)
    for number in range(choice.count()):
        choice.setCurrentIndex(number)
        choice.activated.emit(number)
        shown = {line.id for line in headings(tab).lines}
        assert {key.row for key in texts} <= shown
        assert {key: session.sheet.text(key) for key in texts} == texts


def test_another_outline_is_shown_before_it_is_put_over_the_report(
    tab: NarrativeTab, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    choice = tab.findChild(QComboBox, "outlineChoice")
    assert choice is not None
    before, chosen = dict(session.facts), choice.currentIndex()
    monkeypatch.setattr(ApplyOutline, "exec", lambda _: 0)
    other = (chosen + 1) % choice.count()
    choice.setCurrentIndex(other)
    choice.activated.emit(other)
    assert dict(session.facts) == before and choice.currentIndex() == chosen
    monkeypatch.setattr(ApplyOutline, "exec", lambda _: 1)
    choice.activated.emit(other)
    assert choice.currentIndex() == other
    session.undo()
    assert dict(session.facts) == before and choice.currentIndex() == chosen


def test_a_text_without_a_place_is_moved_behind_another(tab: NarrativeTab, session: Session) -> None:
    session.write("导入", [(key_of("rest"), "没有归入的一段。")])
    assert headings(tab).choose("rest")
    panel = tab.findChild(SectionPanel)
    assert panel is not None
    goal = next(line for line in headings(tab).lines if line.id == "other")
    action = next(one for one in panel.target_menu().actions() if one.text().strip() == goal.words)
    before = session.sheet.text(key_of("other"))
    action.trigger()
    assert session.sheet.text(key_of("other")) == f"{before}\n没有归入的一段。"
    assert not headings(tab).choose("rest")
    assert headings(tab).current_id() == "other"
    session.undo()
    assert session.sheet.text(key_of("rest")) == "没有归入的一段。"


def test_what_is_being_typed_is_saved_before_something_else_is_done(
    qtbot: QtBot, tab: NarrativeTab, session: Session
) -> None:
    qtbot.keyClicks(text_in(tab), "abc")
    press(tab, "compose")
    assert session.sheet.text(key_of("basic_spending")).startswith("abc")


def test_a_value_changed_elsewhere_is_seen_at_once(tab: NarrativeTab, session: Session) -> None:
    session.set(key_of("basic_spending"), "接待⟦three_public.reception.final⟧万元")
    session.preview(TOTAL, "3")
    assert text_in(tab).toPlainText() == "接待3.00万元"
    session.end_preview()
    assert text_in(tab).toPlainText() != "接待3.00万元"


def test_data_are_found_by_words_and_inserted_at_the_cursor(
    qtbot: QtBot, tab: NarrativeTab, session: Session
) -> None:
    dialog = InsertFieldDialog(session)
    qtbot.addWidget(dialog)
    dialog.show()
    search = dialog.findChild(QLineEdit, "fieldSearch")
    assert search is not None
    search.setText("三公 公务接待 决算")
    qtbot.keyClick(search, Qt.Key.Key_Down)
    with qtbot.waitSignal(dialog.accepted):
        qtbot.keyClick(search, Qt.Key.Key_Return)
    assert dialog.chosen().startswith("three_public.reception.")


def test_headings_of_the_clerks_own_take_text(tab: NarrativeTab, session: Session) -> None:
    new, changes = outline_edits.add_after(session.sheet, "structure", "人员情况", 2)
    session.write("添加标题", changes)
    headings(tab).choose(new)
    text = text_in(tab)
    text.setPlainText("在职三十人。")
    text.save()
    assert session.sheet.text(key_of(new)) == "在职三十人。"
    assert "人员情况" in (session.undo_label() or "")


def test_tables_and_footnotes_count_for_no_words(tab: NarrativeTab, session: Session) -> None:
    length, whole = (
        tab.findChild(SectionPanel).findChildren(QLabel, "quiet")[-1],
        tab.findChild(QLabel, "quiet"),
    )
    session.set(key_of("basic_spending"), "两字")
    before = whole.text()
    table = FactKey("blocks", "1", "table")
    stored = "两⟦note=〔注：不计〕⟧字\n⟦block 1⟧"
    session.write("填写", [(table, '{"rows":[["甲"]]}'), (key_of("basic_spending"), stored)])
    assert length.text() == "本节 2 字"
    assert whole.text() == before


def test_a_table_is_asked_for_and_put_in_as_one_step(
    tab: NarrativeTab, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(TableSizeDialog, "exec", lambda _: 1)
    answers = [0, 1]
    monkeypatch.setattr(TextTableDialog, "exec", lambda _: answers.pop(0))
    before = dict(session.facts)
    button = tab.findChild(InsertBlocks)
    assert button is not None
    offered = {action.text(): action for action in button.menu().actions()}
    assert list(offered) == ["表格…", "图片…", "脚注"]
    offered["表格…"].trigger()
    assert session.facts == before
    offered["表格…"].trigger()
    assert "［表格 4行4列］" in text_in(tab).toPlainText()
    session.undo()
    assert session.facts == before


def test_a_picture_is_put_in_from_a_file(
    tab: NarrativeTab, session: Session, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    image = QImage(30, 20, QImage.Format.Format_RGB32)
    assert image.save(str(tmp_path / "图.png"))
    monkeypatch.setattr(messages, "choose_file", lambda *_: str(tmp_path / "图.png"))
    button = tab.findChild(InsertBlocks)
    assert button is not None
    button.insert_picture()
    assert "［图片 30×20］" in text_in(tab).toPlainText()
    assert session.undo_label() == "插入图片"


def test_a_footnote_is_begun_by_key(qtbot: QtBot, tab: NarrativeTab, session: Session) -> None:
    text = text_in(tab)
    session.set(key_of("basic_spending"), "支出")
    text.moveCursor(text.textCursor().MoveOperation.End)
    qtbot.keyClick(text, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
    qtbot.keyClicks(text, "abc")
    assert text.toPlainText() == "支出〔注：abc〕"


def test_a_moved_text_keeps_its_tables(tab: NarrativeTab, session: Session) -> None:
    table = FactKey("blocks", "1", "table")
    session.write("导入", [(key_of("rest"), "前\n⟦block 1⟧"), (table, '{"rows":[["甲"]]}')])
    headings(tab).choose("rest")
    panel = tab.findChild(SectionPanel)
    assert panel is not None
    goal = next(line for line in headings(tab).lines if line.id == "other")
    next(one for one in panel.target_menu().actions() if one.text().strip() == goal.words).trigger()
    assert session.sheet.text(key_of("other")).endswith("前\n⟦block 1⟧")
    assert "［表格 1行1列：甲］" in text_in(tab).toPlainText()


def test_undoing_a_change_of_a_table_leads_to_its_section(tab: NarrativeTab, session: Session) -> None:
    table = FactKey("blocks", "1", "table")
    session.write("填写", [(key_of("other"), "⟦block 1⟧"), (table, '{"rows":[["甲"]]}')])
    session.write("修改表格", [(table, '{"rows":[["乙"]]}')])
    assert headings(tab).current_id() == "basic_spending"
    session.undo()
    assert headings(tab).current_id() == "other"
    assert "甲" in text_in(tab).toPlainText()
