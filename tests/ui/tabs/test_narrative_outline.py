"""The headings: numbered, changed by keys, and every change one step that can be undone."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit
from pytestqt.qtbot import QtBot

from desktop.domain.keys import FactKey
from desktop.domain.outline import outline_edits
from desktop.ui import messages
from desktop.ui.main_window import MainWindow
from desktop.ui.session import Session
from desktop.ui.tabs.narrative_outline import OutlinePanel
from desktop.ui.tabs.narrative_section import key_of

Key, Modifier = Qt.Key, Qt.KeyboardModifier


@pytest.fixture
def panel(window: MainWindow) -> OutlinePanel:
    window.activateWindow()
    window.show_key(key_of("structure"))
    found = window.findChild(OutlinePanel)
    assert found is not None
    found.list.setFocus()
    return found


def titles(panel: OutlinePanel) -> list[str]:
    return [line.words for line in panel.list.lines]


def do(panel: OutlinePanel, name: str) -> None:
    action = next(one for one in panel.list.actions() if one.objectName() == f"outline_{name}")
    assert action.isEnabled(), name
    action.trigger()


def test_a_title_is_changed_in_place(qtbot: QtBot, panel: OutlinePanel, session: Session) -> None:
    do(panel, "rename")
    editor = panel.list.findChild(QLineEdit, "titleEditor")
    assert editor is not None and editor.text() == "机构设置"
    editor.setText("机构和人员")
    qtbot.keyClick(editor, Key.Key_Return)
    qtbot.waitUntil(lambda: "（二）机构和人员" in titles(panel))
    session.undo()
    assert "（二）机构设置" in titles(panel)


def test_headings_move_and_numbers_follow(panel: OutlinePanel, session: Session) -> None:
    before = titles(panel)
    do(panel, "up")
    assert titles(panel)[1:3] == ["（一）机构设置", "（二）职能职责"]
    assert panel.list.current_id() == "structure"
    do(panel, "down")
    assert titles(panel) == before


def test_levels_change(panel: OutlinePanel) -> None:
    do(panel, "lower")
    assert "1.机构设置" in titles(panel)
    do(panel, "higher")
    do(panel, "higher")
    assert "二、机构设置" in titles(panel)


def test_a_hidden_heading_stays_in_its_place_without_a_number(panel: OutlinePanel, session: Session) -> None:
    place = panel.list.currentRow()
    do(panel, "hide")
    assert panel.list.lines[place].hidden
    assert titles(panel)[place] == "机构设置"
    assert panel.list.currentItem().text().endswith("（不印）")
    assert session.sheet.text(key_of("structure"))
    do(panel, "hide")
    assert titles(panel)[place] == "（二）机构设置"


def test_a_heading_is_added_named_and_removed(
    qtbot: QtBot, panel: OutlinePanel, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = titles(panel)
    do(panel, "add")
    editor = panel.list.findChild(QLineEdit, "titleEditor")
    assert editor is not None
    editor.setText("人员情况")
    qtbot.keyClick(editor, Key.Key_Return)
    qtbot.waitUntil(lambda: "（三）人员情况" in titles(panel))
    new = panel.list.current_id()
    session.write("写", [(key_of(new), "在职三十人。")])
    monkeypatch.setattr(messages, "confirm", lambda *args: False)
    do(panel, "remove")
    assert panel.list.current_id() == new
    monkeypatch.setattr(messages, "confirm", lambda *args: True)
    do(panel, "remove")
    assert titles(panel) == before
    session.undo()
    assert "（三）人员情况" in titles(panel)


def test_keys_reach_everything(qtbot: QtBot, panel: OutlinePanel, window: MainWindow) -> None:
    qtbot.keyClick(panel.list, Key.Key_Up, Modifier.AltModifier)
    assert titles(panel)[1] == "（一）机构设置"
    qtbot.keyClick(panel.list, Key.Key_F2)
    editor = panel.list.findChild(QLineEdit, "titleEditor")
    assert editor is not None
    before = titles(panel)
    qtbot.keyClick(editor, Key.Key_Insert)
    qtbot.keyClick(editor, Key.Key_Escape)
    assert titles(panel) == before
    qtbot.keyClick(panel.list, Key.Key_Return)
    text = window.findChild(QPlainTextEdit, "narrativeText")
    assert text is not None and text.hasFocus()


def test_the_outlines_own_headings_cannot_be_removed(panel: OutlinePanel) -> None:
    action = next(one for one in panel.list.actions() if one.objectName() == "outline_remove")
    assert not action.isEnabled()


def test_undoing_shows_the_heading_that_changed(
    panel: OutlinePanel, window: MainWindow, session: Session
) -> None:
    session.write("改标题", outline_edits.rename(session.sheet, "other", "其他"))
    window.show_tab(0)
    session.undo()
    assert panel.isVisible()
    assert panel.list.current_id() == "other"
    assert not window.show_key(FactKey("paper", "this", "title"))
