"""读到的数: the list, its filters, and the way to the text; the lamp below a section; the hint over a number."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QComboBox, QLabel, QPushButton, QTableView
from pytestqt.qtbot import QtBot

from desktop.ui import theme
from desktop.ui.main_window import MainWindow
from desktop.ui.session import Session
from desktop.ui.text_editor.field_text import FieldText
from desktop.ui.widgets.measure_table import MeasureTable
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


@pytest.fixture
def measures(dock: NumbersDock) -> MeasureTable:
    """The same numbers by measure, of the section whose lamp was asked."""
    button = dock.findChild(QPushButton, "numbersByMeasure")
    found = dock.findChild(MeasureTable, "measures")
    assert button is not None and found is not None
    button.click()
    return found


def cell(measures: MeasureTable, name: str, column: str) -> QModelIndex:
    model = measures.model()
    names = [model.index(row, 0).data() for row in range(model.rowCount())]
    heads = [
        model.headerData(n, Qt.Orientation.Horizontal, Qt.ItemDataRole.DisplayRole)
        for n in range(model.columnCount())
    ]
    return model.index(names.index(name), heads.index(column))


def click(qtbot: QtBot, measures: MeasureTable, index: QModelIndex) -> None:
    measures.scrollTo(index)
    place = measures.visualRect(index).center()
    qtbot.mouseClick(measures.viewport(), Qt.MouseButton.LeftButton, pos=place)


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


def test_by_measure_a_figure_stands_with_the_tables_value_in_the_colour_of_its_state(
    measures: MeasureTable,
) -> None:
    assert cell(measures, "一般公共预算", "年初预算").data() == "1565.60 ＝表"
    wrong = cell(measures, "一般公共预算", "执行率、占比")
    assert wrong.data() == "执行89.54%"
    assert wrong.data(Qt.ItemDataRole.ForegroundRole) == QColor(theme.WRONG)
    assert "有误" in wrong.data(Qt.ItemDataRole.ToolTipRole)


def test_by_measure_a_press_goes_to_the_number_and_the_next_to_the_next(
    qtbot: QtBot, measures: MeasureTable, text: FieldText
) -> None:
    places = []
    for _ in range(3):
        click(qtbot, measures, cell(measures, "支出合计", "本年决算"))
        assert text.textCursor().selectedText() == "1635.53万元"
        places.append(text.textCursor().selectionStart())
    assert places[0] < places[1] and places[2] == places[0]
    click(qtbot, measures, cell(measures, "收入合计", "本年决算"))
    click(qtbot, measures, cell(measures, "支出合计", "本年决算"))
    assert text.textCursor().selectionStart() == places[0]


def test_by_measure_enter_goes_to_the_number_and_writes_nothing_over_it(
    qtbot: QtBot, measures: MeasureTable, text: FieldText
) -> None:
    read = text.toPlainText()
    measures.setCurrentIndex(cell(measures, "支出合计", "本年决算"))
    for _ in range(2):
        qtbot.keyClick(measures, Qt.Key.Key_Return)
    assert text.textCursor().selectedText() == "1635.53万元" and text.toPlainText() == read
    assert measures.hasFocus() or not measures.isActiveWindow()


def test_by_measure_a_double_click_is_one_press(
    qtbot: QtBot, measures: MeasureTable, text: FieldText
) -> None:
    index = cell(measures, "支出合计", "本年决算")
    click(qtbot, measures, index)
    first = text.textCursor().selectionStart()
    for event in (qtbot.mouseDClick, qtbot.mouseRelease):
        event(measures.viewport(), Qt.MouseButton.LeftButton, pos=measures.visualRect(index).center())
    assert text.textCursor().selectionStart() == first


def test_by_measure_a_name_stands_for_all_that_is_told_of_it(
    qtbot: QtBot, measures: MeasureTable, text: FieldText
) -> None:
    said = []
    for _ in range(3):
        click(qtbot, measures, cell(measures, "一般公共预算", "名目（金额：万元）"))
        said.append(text.textCursor().selectedText())
    assert said == ["1565.60万元", "95.72万元", "1661.32万元"]


def test_by_measure_a_filter_leaves_the_measures_with_a_number_of_that_state(
    dock: NumbersDock, measures: MeasureTable
) -> None:
    choose(dock, "numberState", "refuted")
    assert measures.model().rowCount() == 1
    choose(dock, "numberState", "differs")
    assert measures.model().rowCount() == 0
    measures.go(measures.currentIndex())


def test_by_measure_what_is_told_differently_is_counted_and_marked(
    qtbot: QtBot, dock: NumbersDock, measures: MeasureTable, session: Session
) -> None:
    session.set(BUDGET, "公用经费支出58.93万元。其他工作照常开展，公用经费支出59.83万元。")
    audit(qtbot, session)
    counts = dock.findChild(QLabel, "numberCounts")
    assert counts is not None and counts.text().endswith("；1 处前后不一")
    told = cell(measures, "公用经费", "本年决算")
    assert [words.split()[0] for words in told.data().splitlines()] == ["58.93", "59.83"]
    assert told.data(Qt.ItemDataRole.BackgroundRole) == QColor(theme.WARN_SOFT)
    assert measures.rowHeight(told.row()) > measures.verticalHeader().defaultSectionSize()


def test_the_filter_of_what_differs_is_there_by_measure_only(
    dock: NumbersDock, measures: MeasureTable
) -> None:
    combo, in_order = dock.findChild(QComboBox, "numberState"), dock.findChild(QPushButton, "numbersInOrder")
    assert combo is not None and in_order is not None
    choose(dock, "numberState", "differs")
    in_order.click()
    assert combo.findData("differs") < 0 and combo.currentData() == ""
    assert len(column(dock, 0)) > 3


def test_a_number_tells_under_the_mouse_what_it_fits(text: FieldText, session: Session) -> None:
    read = budget_text(session)
    hint = text.hint_at(read.index("1635.53") + 3)
    assert "1635.53万元　相符" in hint and "取自表中数据" in hint
    assert "89.54%　有误" in text.hint_at(read.index("89.54%") + 1)
    assert "个数" not in text.hint_at(read.index("我局"))


def test_a_number_tells_nothing_while_the_text_goes_on(text: FieldText, session: Session) -> None:
    text.textCursor().insertText("另")
    assert "相符" not in text.hint_at(text.toPlainText().index("1635.53") + 3)
