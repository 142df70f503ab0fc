"""The window as a user meets it: tabs, keys, pickers, messages."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QComboBox, QDialog, QLabel, QLineEdit, QListWidget, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from desktop.domain.keys import FactKey
from desktop.errors import UserError
from desktop.storage.db import SavedAllTheSame
from desktop.storage.store import DamagedReport
from desktop.ui import messages
from desktop.ui.dialogs import answered
from desktop.ui.grid.view import GridView
from desktop.ui.main_window import MainWindow
from desktop.ui.session import Session
from desktop.ui.tabs import TABS, tab_of
from desktop.ui.widgets.sub_pages import SubPages


def grid(window: QWidget, name: str) -> GridView:
    """The grid, on whatever page it is."""
    for pages in window.findChildren(SubPages):
        for page in pages.titles:
            if (found := pages.choose(page).findChild(GridView, name)) is not None:
                return found
    raise AssertionError(name)


@pytest.fixture
def three_public(window: MainWindow) -> GridView:
    window.show_tab(2)
    return grid(window, "grid_three_public")


def go(view: GridView, *key: str) -> FactKey:
    fact = FactKey(*key)
    assert view.show_key(fact)
    return fact


def test_every_tab_opens(window: MainWindow) -> None:
    for number in range(len(TABS)):
        assert window.show_tab(number).isVisible()


def test_every_fact_of_the_sample_can_be_jumped_to(window: MainWindow, session: Session) -> None:
    for number in range(len(TABS)):
        window.show_tab(number)
    for key in session.facts:
        assert tab_of(key, session.templates), key
    for key in list(session.facts)[::7]:
        window.show_key(key)


def test_typing_a_number_and_enter_saves_it(qtbot: QtBot, session: Session, three_public: GridView) -> None:
    key = go(three_public, "three_public", "reception", "final")
    qtbot.keyClicks(three_public.viewport(), "1")
    editor = three_public.findChild(QLineEdit, "cellEditor")
    assert editor is not None
    editor.setText("１，２３４．５０")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: dict(session.facts).get(key) == "1234.5")


def test_the_score_follows_while_typing_and_escape_takes_it_back(
    qtbot: QtBot, session: Session, window: MainWindow
) -> None:
    window.show_tab(3)
    view = grid(window, "grid_annex2_indicators")
    row = session.sheet.rows("annex2_indicators", "quantity")[0]
    key = go(view, "annex2_indicators", row, "actual")
    before, stored = session.assessment.main.total, session.sheet.text(key)
    view.edit(view.currentIndex())
    combo = view.findChild(QComboBox, "cellEditor")
    assert combo is not None
    line = combo.lineEdit()
    assert line is not None
    line.selectAll()
    qtbot.keyClicks(line, "0")
    assert session.assessment.main.total < before
    assert dict(session.facts)[key] == stored
    qtbot.keyClick(combo, Qt.Key.Key_Escape)
    assert session.assessment.main.total == before


def test_pasting_a_block_from_excel(session: Session, three_public: GridView) -> None:
    go(three_public, "three_public", "vehicle_purchase", "last_final")
    QGuiApplication.clipboard().setText("1,020.00\t¥50000元\t 3 \r\n\t２．５\t-\r\n")
    three_public.paste()
    sheet = session.sheet
    assert sheet.get("three_public", "vehicle_purchase", "last_final") == "1020"
    assert sheet.get("three_public", "vehicle_purchase", "budget") == "5"
    assert sheet.get("three_public", "vehicle_purchase", "final") == "3"
    assert sheet.get("three_public", "vehicle_running", "last_final") == ""
    assert sheet.get("three_public", "vehicle_running", "budget") == "2.5"
    session.undo()
    assert session.sheet.get("three_public", "vehicle_purchase", "last_final") == "0"


def test_a_paste_leaves_totals_alone_and_says_so(session: Session, three_public: GridView) -> None:
    go(three_public, "three_public", "total", "final")
    QGuiApplication.clipboard().setText("99\n98\n1\n2\n3\n4")
    said: list[str] = []
    three_public.said.connect(said.append)
    three_public.paste()
    assert session.sheet.number(FactKey("three_public", "total", "final")) == 1 + 2 + 3 + 4
    assert "跳过2格" in said[0]


def test_a_paste_past_the_last_row_of_a_group_adds_rows(session: Session, window: MainWindow) -> None:
    window.show_key(FactKey("base", "special:1", "label"))
    view = grid(window, "grid_base")
    rows = session.sheet.rows("base", "special")
    go(view, "base", rows[-1], "label")
    QGuiApplication.clipboard().setText("甲专项\t1\t2\t3\n乙专项\t4\t5\t6\n丙专项\t7\t8\t9")
    view.paste()
    names = [session.sheet.get("base", row, "label") for row in session.sheet.rows("base", "special")]
    assert names[len(rows) - 1 :] == ["甲专项", "乙专项", "丙专项"]
    session.undo()
    assert session.sheet.rows("base", "special") == rows


def test_a_target_typed_whole_is_taken_apart(session: Session, window: MainWindow) -> None:
    window.show_tab(3)
    view = grid(window, "grid_annex2_indicators")
    row = session.sheet.rows("annex2_indicators", "quantity")[0]
    go(view, "annex2_indicators", row, "target")
    view.grid.setData(view.currentIndex(), "≤12.5%")
    values = [session.sheet.get("annex2_indicators", row, c) for c in ("operator", "target", "unit")]
    assert values == ["≤", "12.5", "%"]


def test_text_that_is_no_number_stays_and_is_marked(session: Session, three_public: GridView) -> None:
    key = go(three_public, "three_public", "reception", "final")
    three_public.grid.setData(three_public.currentIndex(), "三万")
    assert session.sheet.text(key) == "三万"
    session.settle()
    problem = session.problem_at(key)
    assert problem is not None
    assert "不是数字" in problem.message


def test_insert_adds_a_row_and_ctrl_delete_removes_it(
    qtbot: QtBot, session: Session, window: MainWindow
) -> None:
    window.show_key(FactKey("base", "special:1", "label"))
    view = grid(window, "grid_base")
    before = session.sheet.rows("base", "special")
    view.setFocus()
    qtbot.keyClick(view, Qt.Key.Key_Insert)
    assert len(session.sheet.rows("base", "special")) == len(before) + 1
    editor = view.findChild(QLineEdit, "cellEditor")
    assert editor is not None
    qtbot.keyClick(editor, Qt.Key.Key_Escape)
    qtbot.keyClick(view, Qt.Key.Key_Delete, Qt.KeyboardModifier.ControlModifier)
    assert session.sheet.rows("base", "special") == before


def test_tab_moves_over_cells_that_are_typed(qtbot: QtBot, three_public: GridView) -> None:
    go(three_public, "three_public", "abroad", "final")
    qtbot.keyClick(three_public, Qt.Key.Key_Tab)
    cell = three_public.grid.cell_at(three_public.currentIndex())
    assert cell.key == FactKey("three_public", "abroad", "note")


def test_delete_on_a_hand_filled_total_brings_the_computed_one_back(
    qtbot: QtBot, session: Session, three_public: GridView
) -> None:
    key = go(three_public, "three_public", "total", "final")
    computed = session.sheet.number(key)
    session.set(key, "100")
    assert session.sheet.by_hand(key)
    go(three_public, *key)
    qtbot.keyClick(three_public, Qt.Key.Key_Delete)
    assert session.sheet.number(key) == computed


def test_the_panel_explains_the_current_cell_and_leads_to_its_operands(
    window: MainWindow, session: Session, three_public: GridView
) -> None:
    go(three_public, "three_public", "total", "final")
    operands = window.findChild(QListWidget, "operands")
    assert operands is not None
    assert operands.count() == 3
    operands.itemClicked.emit(operands.item(2))
    cell = three_public.grid.cell_at(three_public.currentIndex())
    assert cell.key == FactKey("three_public", "reception", "final")


def test_copy_gives_what_excel_reads(three_public: GridView) -> None:
    go(three_public, "three_public", "vehicle_running", "last_final")
    three_public.copy()
    assert QGuiApplication.clipboard().text() == "5.60"


def test_a_long_text_is_saved_when_it_is_left(qtbot: QtBot, window: MainWindow, session: Session) -> None:
    window.show_key(FactKey("narrative", "problems", "text"))
    text = window.findChild(QPlainTextEdit, "narrativeText")
    assert text is not None
    text.setPlainText("新写的一段。")
    text.save()  # type: ignore[attr-defined]
    assert session.sheet.get("narrative", "problems", "text") == "新写的一段。"


def test_switching_sections_saves_the_text_of_the_one_left(window: MainWindow, session: Session) -> None:
    window.show_key(FactKey("narrative", "problems", "text"))
    text = window.findChild(QPlainTextEdit, "narrativeText")
    assert text is not None
    text.setPlainText("写到一半")
    window.show_key(FactKey("narrative", "improvements", "text"))
    assert session.sheet.get("narrative", "problems", "text") == "写到一半"
    assert session.sheet.get("narrative", "improvements", "text") == text.toPlainText()


def test_the_year_picker_opens_the_other_year(window: MainWindow, session: Session) -> None:
    years = window.findChild(QComboBox, "yearPicker")
    assert years is not None
    assert [years.itemText(n) for n in range(years.count())] == ["2023年度", "2022年度"]
    years.setCurrentIndex(1)
    years.activated.emit(1)
    assert session.year == 2022


def test_total_and_grade_are_in_view(window: MainWindow, session: Session) -> None:
    total, grade = window.findChild(QLabel, "grade"), window.findChild(QLabel, "quiet")
    assert total is not None
    assert total.text() == session.assessment.main.grade
    assert grade is not None


def test_an_expected_failure_becomes_one_message(
    window: MainWindow, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[UserError] = []
    monkeypatch.setattr(messages, "tell_error", lambda parent, error: told.append(error))
    session.catalog.add_unit("另一个单位")
    session.set(FactKey("unit", "this", "name"), "另一个单位")
    assert [error.sentence for error in told] == ["已经有名为“另一个单位”的单位。"]


def test_markup_in_a_text_is_shown_as_typed(
    window: MainWindow, session: Session, three_public: GridView
) -> None:
    key = go(three_public, "three_public", "reception", "note")
    session.set(key, "<b>加粗</b><img src=x>")
    index = three_public.currentIndex()
    assert index.data() == "<b>加粗</b><img src=x>"
    assert "<b>" not in str(index.data(Qt.ItemDataRole.ToolTipRole))


def test_tab_in_an_editor_goes_on_to_the_next_typed_cell(
    qtbot: QtBot, session: Session, window: MainWindow
) -> None:
    window.show_tab(0)
    view = grid(window, "grid_staff")
    go(view, "staff", "administrative", "authorised")
    for number in ("20", "22", "30"):
        view.edit(view.currentIndex())
        editor = view.findChildren(QLineEdit, "cellEditor")[-1]
        editor.setText(number)
        qtbot.keyClick(editor, Qt.Key.Key_Tab)
    values = [session.sheet.get("staff", "administrative", c) for c in ("authorised", "in_post", "rate")]
    assert values == ["20", "22", ""]
    assert session.sheet.get("staff", "participating", "authorised") == "30"


def test_arrows_leave_a_cell_that_typing_opened(
    qtbot: QtBot, session: Session, three_public: GridView
) -> None:
    go(three_public, "three_public", "vehicle_running", "budget")
    three_public.setFocus()
    qtbot.keyClick(three_public, "7")
    editor = three_public.findChild(QLineEdit, "cellEditor")
    assert editor is not None
    qtbot.keyClick(editor, Qt.Key.Key_Right)
    assert session.facts[FactKey("three_public", "vehicle_running", "budget")] == "7"
    cell = three_public.grid.cell_at(three_public.currentIndex())
    assert cell.key == FactKey("three_public", "vehicle_running", "final")


def test_an_empty_unit_in_a_pasted_row_leaves_the_one_in_the_target(
    session: Session, window: MainWindow
) -> None:
    window.show_tab(3)
    view = grid(window, "grid_annex2_indicators")
    row = session.sheet.rows("annex2_indicators", "quantity")[0]
    go(view, "annex2_indicators", row, "target")
    QGuiApplication.clipboard().setText("≥10%\t\t12%\t5")
    view.paste()
    values = [
        session.sheet.get("annex2_indicators", row, c) for c in ("operator", "target", "unit", "weight")
    ]
    assert values == ["≥", "10", "%", "5"]


def test_ten_thousand_people_are_no_ten(session: Session, window: MainWindow) -> None:
    window.show_tab(0)
    view = grid(window, "grid_staff")
    key = go(view, "staff", "administrative", "in_post")
    view.grid.setData(view.currentIndex(), "12万")
    assert session.sheet.text(key) == "12万"


def test_a_field_left_after_its_project_was_removed_changes_nothing(session: Session) -> None:
    scope = session.sheet.projects()[0]
    session.remove_row("projects", f"item:{scope}")
    assert not session.set(FactKey("projects", f"item:{scope}", "name"), "写进已删除的项目")
    assert not session.set(FactKey(f"annex3_goals@{scope}", "this", "expected"), "写进已删除的项目")
    session.undo()
    assert scope in session.sheet.projects()


def test_a_long_grid_keeps_its_head_in_view(qtbot: QtBot, window: MainWindow) -> None:
    window.show_tab(3)
    view = grid(window, "grid_annex2_indicators")
    qtbot.waitUntil(lambda: view.height() < view.content_height())
    assert view.height() <= window.height()


def test_a_dialog_is_gone_when_it_has_been_answered(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = QDialog(window)
    monkeypatch.setattr(dialog, "exec", lambda: 1)
    with answered(dialog) as agreed:
        assert agreed
    qtbot.waitUntil(lambda: not isValid(dialog))


def test_what_cannot_be_saved_is_given_back(
    window: MainWindow, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The data folder has vanished: each edit says so, gives back what was typed, and shows what is stored."""
    key = FactKey("unit", "this", "code")
    stored, given = session.sheet.text(key), list[tuple[str, str]]()
    folder = session.place.backups.folder.parent
    aside = folder.with_name("aside")
    monkeypatch.setattr(
        messages, "tell_unsaved", lambda _, error, typed: given.append((error.sentence, typed))
    )
    folder.rename(aside)
    try:
        assert not session.set(key, "第一次")
        assert not session.write("导入", [(key, "第二次"), (key._replace(column="region"), "某地")])
    finally:
        aside.rename(folder)
    assert ["数据文件夹不见了" in sentence for sentence, _ in given] == [True, True]
    assert given[0][1] == "第一次"
    assert given[1][1] == "单位编码：第二次\n所在地区：某地"
    assert session.sheet.text(key) == stored


def test_a_damaged_report_leads_to_the_rescue(
    window: MainWindow, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = [False, True]
    monkeypatch.setattr(messages, "confirm", lambda *_: answers.pop(0))
    assert session.report is not None
    for wanted in (False, True):
        session.failed.emit(DamagedReport(session.report.id, "甲局"))
        assert window.rescue_wanted is wanted and window.isVisible() is not wanted


def test_a_disk_error_after_a_step_was_saved_is_told_once_the_step_is_over(
    qtbot: QtBot, window: MainWindow, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing typed is given back as unsaved, and the view has what was saved."""
    key, told = FactKey("three_public", "abroad", "final"), list[str]()
    monkeypatch.setattr(messages, "tell_error", lambda _, error: told.append(error.sentence))
    db = session.place._db
    commit = db._commit

    def faulty() -> None:
        commit()
        db.on_disk_error(SavedAllTheSame(db.path))

    monkeypatch.setattr(db, "_commit", faulty)
    assert session.set(key, "31.5") and session.facts[key] == "31.5" and told == []
    qtbot.waitUntil(lambda: bool(told))
    assert told == ["这一步已保存，但磁盘报告了错误。"]
