"""读到的数: the list, its filters, and the way to the text; the lamp below a section; the hint over a number."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLabel, QPushButton, QTableView
from pytestqt.qtbot import QtBot

from desktop.ui.main_window import MainWindow
from desktop.ui.session import Session
from desktop.ui.text_editor.field_text import FieldText
from desktop.ui.widgets.numbers_dock import NumbersDock
from tests.ui.auditing import BUDGET, audit, break_rate, budget_text


@pytest.fixture
def text(qtbot: QtBot, window: MainWindow, session: Session) -> FieldText:
    """The section of the budget with one wrong rate, audited."""
    window.show_key(BUDGET)
    break_rate(qtbot, session)
    found = window.findChild(FieldText, "narrativeText")
    assert found is not None
    return found


@pytest.fixture
def dock(text: FieldText, window: MainWindow) -> NumbersDock:
    """Opened from the lamp of that section."""
    lamp(window).click()
    found = window.findChild(NumbersDock, "numbersDock")
    assert found is not None and found.isVisible()
    return found


def lamp(window: MainWindow) -> QPushButton:
    found = window.findChild(QPushButton, "numbersLamp")
    assert found is not None
    return found


def column(dock: NumbersDock, number: int) -> list[str]:
    table = dock.findChild(QTableView, "numbers")
    assert table is not None
    model = table.model()
    return [str(model.index(row, number).data()) for row in range(model.rowCount())]


def choose(dock: NumbersDock, name: str, data: str) -> None:
    combo = dock.findChild(QComboBox, name)
    assert combo is not None
    combo.setCurrentIndex(combo.findData(data))


def test_the_lamp_tells_how_many_numbers_of_the_section_fit(text: FieldText, window: MainWindow) -> None:
    words = lamp(window).text()
    assert words.startswith("本节 ") and "个相符" in words and "1 个有误" in words
    assert lamp(window).property("wrong") is True


def test_the_lamp_is_dark_where_there_is_no_number(
    qtbot: QtBot, text: FieldText, window: MainWindow, session: Session
) -> None:
    session.set(BUDGET, "总体平稳。")
    audit(qtbot, session)
    assert lamp(window).isHidden()


def test_the_list_opens_at_the_section_whose_lamp_was_asked(dock: NumbersDock, window: MainWindow) -> None:
    counts = dock.findChild(QLabel, "numberCounts")
    assert counts is not None and counts.text() == lamp(window).text()
    choose(dock, "numberSection", "")
    assert counts.text().startswith("全文")


def test_a_filter_leaves_the_numbers_of_one_state(dock: NumbersDock) -> None:
    choose(dock, "numberState", "refuted")
    assert column(dock, 0) == ["89.54%"] and column(dock, 3) == ["有误"]


def test_a_click_goes_to_the_number_in_the_text(qtbot: QtBot, dock: NumbersDock, text: FieldText) -> None:
    choose(dock, "numberState", "refuted")
    table = dock.findChild(QTableView, "numbers")
    assert table is not None
    place = table.visualRect(table.model().index(0, 0)).center()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert text.textCursor().selectedText() == "89.54%"


def test_the_list_follows_the_audit(qtbot: QtBot, dock: NumbersDock, session: Session) -> None:
    session.undo()
    audit(qtbot, session)
    choose(dock, "numberState", "refuted")
    assert column(dock, 0) == []


def test_a_number_tells_under_the_mouse_what_it_fits(text: FieldText, session: Session) -> None:
    read = budget_text(session)
    hint = text.hint_at(read.index("1635.53") + 3)
    assert "1635.53万元　相符" in hint and "取自表中数据" in hint
    assert "89.54%　有误" in text.hint_at(read.index("89.54%") + 1)
    assert "个数" not in text.hint_at(read.index("我局"))


def test_a_number_tells_nothing_while_the_text_goes_on(text: FieldText, session: Session) -> None:
    text.textCursor().insertText("另")
    assert "相符" not in text.hint_at(text.toPlainText().index("1635.53") + 3)
