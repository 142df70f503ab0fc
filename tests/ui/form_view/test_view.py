"""A form is moved through and typed into by the keys of every other sheet."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit
from pytestqt.qtbot import QtBot

from desktop.domain.keys import FactKey
from desktop.ui.form_view.editors import CellText
from desktop.ui.form_view.heads import Heads
from desktop.ui.form_view.view import FormView
from desktop.ui.session import Session
from desktop.ui.widgets.form import TextField

Key, Modifier = Qt.Key, Qt.KeyboardModifier
RECEPTION = FactKey("three_public", "reception", "final")
MEASURES = FactKey("unit", "this", "economy_measures")


@pytest.fixture
def view(qtbot: QtBot, session: Session) -> FormView:
    view = FormView(session, session.templates.edition.printed[0])
    qtbot.addWidget(view)
    view.resize(900, 700)
    view.show()
    return view


@pytest.fixture
def second(view: FormView, session: Session) -> FormView:
    """附件2."""
    view.show_form(session.templates.edition.printed[1])
    return view


def indicator(session: Session, column: str, number: int = 0) -> FactKey:
    rows = session.sheet.rows("annex2_indicators", "quantity")
    return FactKey("annex2_indicators", rows[number], column)


def here(view: FormView) -> FactKey | None:
    return view.grid.cell_at(view.currentIndex()).key


def words_at(view: FormView, key: FactKey) -> str:
    return str(view.grid.find(key).data())


def line_editor(view: FormView) -> QLineEdit:
    editor = view.findChild(QLineEdit, "cellEditor")
    assert editor is not None
    return editor


def test_every_cell_of_every_form_is_where_paper_has_it(view: FormView, session: Session) -> None:
    for form in session.templates.edition.printed:
        view.show_form(form, "1" if form.per_project else "")
        for place in view.grid.form.places:
            assert place.cell.key is None or view.grid.find(place.cell.key).isValid()
            assert place.column + place.columns <= view.grid.columnCount() - 1
        covered = list(view.grid.form.where.covering)
        table = [place for place in view.grid.form.places if place.look == "cell"]
        rows = range(table[0].row, table[-1].row + 1)
        assert {(row, column) for row in rows for column in range(1, view.grid.columnCount() - 1)} <= set(
            covered
        )


def test_a_typed_number_is_stored_and_totals_follow(qtbot: QtBot, view: FormView, session: Session) -> None:
    assert view.show_key(RECEPTION)
    qtbot.keyClicks(view, "2")
    editor = line_editor(view)
    editor.setText("１，２３４．５０")
    qtbot.keyClick(editor, Key.Key_Return)
    qtbot.waitUntil(lambda: dict(session.facts).get(RECEPTION) == "1234.5")
    assert words_at(view, RECEPTION) == "1234.50"
    assert words_at(view, RECEPTION._replace(row="total")) == session.sheet.display(
        RECEPTION._replace(row="total")
    )


def test_the_score_follows_each_key_and_escape_takes_it_back(
    qtbot: QtBot, second: FormView, session: Session
) -> None:
    key, points = indicator(session, "actual"), indicator(session, "points")
    second.show_key(key)
    before = words_at(second, points)
    second.edit(second.currentIndex())
    combo = second.findChild(QComboBox, "cellEditor")
    assert combo is not None and combo.count() > 2
    line = combo.lineEdit()
    assert line is not None
    line.selectAll()
    qtbot.keyClicks(line, "0")
    assert words_at(second, points) != before
    qtbot.keyClick(combo, Key.Key_Escape)
    assert words_at(second, points) == before


def test_a_target_is_one_cell_of_three_facts(second: FormView, session: Session) -> None:
    key = indicator(session, "target")
    second.show_key(key)
    second.grid.setData(second.currentIndex(), "≤12.5%")
    told = [session.sheet.text(key._replace(column=column)) for column in ("operator", "target", "unit")]
    assert told == ["≤", "12.5", "%"] and words_at(second, key) == "≤12.5%"
    second.grid.setData(second.currentIndex(), "完成")
    told = [session.sheet.text(key._replace(column=column)) for column in ("operator", "target", "unit")]
    assert told == ["", "完成", ""]
    assert second.grid.find(key._replace(column="unit")) == second.currentIndex()
    second.clear_cells()
    assert words_at(second, key) == ""


def test_points_by_hand_and_by_rule(second: FormView, session: Session) -> None:
    key = indicator(session, "points")
    second.show_key(key)
    by_rule = words_at(second, key)
    second.grid.setData(second.currentIndex(), "1")
    assert words_at(second, key) == "1"
    second.clear_cells()
    assert words_at(second, key) == by_rule


def test_a_blank_line_becomes_a_row_and_one_stays_in_it(
    qtbot: QtBot, view: FormView, session: Session
) -> None:
    rows = session.sheet.rows("base", "special")
    view.show_key(FactKey("base", "special", "label"))
    line = view.currentIndex().row()
    qtbot.keyClicks(view, "x")
    editor = view.findChild(CellText)
    assert editor is not None
    editor.setPlainText("丙专项")
    qtbot.keyClick(editor, Key.Key_Tab)
    (made,) = set(session.sheet.rows("base", "special")) - set(rows)
    assert session.sheet.get("base", made, "label") == "丙专项"
    assert here(view) == FactKey("base", made, "last_final") and view.currentIndex().row() == line
    assert QApplication.focusWidget() is view
    session.undo()
    assert session.sheet.rows("base", "special") == rows


def test_a_blank_line_left_empty_is_no_row(qtbot: QtBot, view: FormView, session: Session) -> None:
    rows = session.sheet.rows("base", "special")
    view.show_key(FactKey("base", "special", "label"))
    view.edit(view.currentIndex())
    editor = view.findChild(CellText)
    assert editor is not None
    qtbot.keyClick(editor, Key.Key_Return)
    assert session.sheet.rows("base", "special") == rows


def test_rows_are_added_moved_and_removed(second: FormView, session: Session) -> None:
    rows = session.sheet.rows("annex2_indicators", "quantity")
    second.show_key(indicator(session, "weight"))
    second.move_row(1)
    assert session.sheet.rows("annex2_indicators", "quantity")[:2] == [rows[1], rows[0]]
    assert here(second) == FactKey("annex2_indicators", rows[0], "weight")
    second.move_row(-1)
    second.add_row()
    added = session.sheet.rows("annex2_indicators", "quantity")[1]
    assert added not in rows and here(second) == FactKey("annex2_indicators", added, "name")
    second.closeEditor(second.findChild(CellText), second.itemDelegate().EndEditHint.NoHint)
    second.remove_row()
    assert session.sheet.rows("annex2_indicators", "quantity") == rows


def test_a_long_text_is_written_in_place(qtbot: QtBot, view: FormView, session: Session) -> None:
    view.show_key(MEASURES)
    row, low = view.currentIndex().row(), view.rowHeight(view.currentIndex().row())
    view.edit(view.currentIndex())
    field = view.findChild(TextField)
    assert field is not None
    field.setPlainText("一是\n" * 30)
    assert view.rowHeight(row) > low
    qtbot.keyClick(field, Key.Key_Return)
    assert view.findChild(TextField) is field  # a new line, as everywhere in a long text
    qtbot.keyClick(field, Key.Key_Return, Modifier.ControlModifier)
    assert session.sheet.text(MEASURES).count("一是") == 30
    assert words_at(view, MEASURES).count("\n") >= 29


def test_a_key_on_a_long_text_writes_on_and_escape_keeps_it(
    qtbot: QtBot, view: FormView, session: Session
) -> None:
    before = session.sheet.text(MEASURES)
    view.show_key(MEASURES)
    qtbot.keyClicks(view, "x")
    field = view.findChild(TextField)
    assert field is not None
    qtbot.keyClick(field, Key.Key_Escape)
    qtbot.waitUntil(lambda: session.sheet.text(MEASURES) == f"{before}x")


def test_arrows_keep_their_column_through_wide_cells(
    qtbot: QtBot, second: FormView, session: Session
) -> None:
    key = indicator(session, "weight")
    second.show_key(key)
    for _ in range(6):
        qtbot.keyClick(second, Key.Key_Up)
    assert here(second) != key
    for _ in range(6):
        qtbot.keyClick(second, Key.Key_Down)
    assert here(second) == key
    qtbot.keyClick(second, Key.Key_Right)
    assert here(second) == indicator(session, "points")
    qtbot.keyClick(second, Key.Key_Left)
    assert here(second) == key


def test_arrows_end_at_the_edges_of_the_form(qtbot: QtBot, view: FormView) -> None:
    for key in (Key.Key_Up, Key.Key_Left, Key.Key_Down, Key.Key_Right, Key.Key_PageDown, Key.Key_Home):
        for _ in range(60):
            qtbot.keyClick(view, key)
            assert view.grid.place_at(view.currentIndex()) is not None


def test_tab_goes_to_the_next_cell_that_is_typed(qtbot: QtBot, second: FormView, session: Session) -> None:
    second.show_key(indicator(session, "weight"))
    qtbot.keyClick(second, Key.Key_Tab)
    qtbot.keyClick(second, Key.Key_Tab)
    assert here(second) == indicator(session, "reason")


def test_a_block_is_copied_as_the_workbook_has_it(qtbot: QtBot, view: FormView) -> None:
    view.show_key(RECEPTION._replace(column="last_final"))
    qtbot.keyClick(view, Key.Key_Right, Modifier.ShiftModifier)
    qtbot.keyClick(view, Key.Key_Up, Modifier.ShiftModifier)
    view.copy()
    lines = QGuiApplication.clipboard().text().split("\n")
    assert [len(line.split("\t")) for line in lines] == [3, 3]
    assert lines[1] == "1.95\t\t2.00"


@pytest.mark.parametrize("block", ["5\t\t6\t\t7\n8\t\t9", "5\t6\t7\n8\t9"])
def test_a_block_is_laid_over_the_cells(view: FormView, session: Session, block: str) -> None:
    """As it was copied from merged cells, and from a plain table."""
    view.show_key(FactKey("three_public", "abroad", "last_final"))
    QGuiApplication.clipboard().setText(block)
    view.paste()
    get = session.sheet.get
    assert [get("three_public", "abroad", c) for c in ("last_final", "budget", "final")] == ["5", "6", "7"]
    assert [get("three_public", "reception", c) for c in ("last_final", "budget")] == ["8", "9"]


def test_a_paste_past_a_group_makes_rows(second: FormView, session: Session) -> None:
    rows = session.sheet.rows("annex2_indicators", "cost")
    second.show_key(FactKey("annex2_indicators", rows[-1], "name"))
    QGuiApplication.clipboard().setText("甲\t≤3起\t2起\t5\t\t\n乙\t≥95%\t96%\t5")
    second.paste()
    made = session.sheet.rows("annex2_indicators", "cost")
    assert len(made) == len(rows) + 1
    told = [
        session.sheet.get("annex2_indicators", made[-1], c) for c in ("name", "operator", "target", "unit")
    ]
    assert told == ["乙", "≥", "95", "%"]
    session.undo()
    assert session.sheet.rows("annex2_indicators", "cost") == rows


def test_lines_that_name_their_group_go_there(second: FormView, session: Session) -> None:
    """A whole block of the workbook: 二级指标 is merged there, and has as many lines as it has indicators."""
    table = "annex2_indicators"
    second.clear_cells()
    start = next(p for p in second.grid.form.places if p.laid.spec.shows == "block")
    second.setCurrentIndex(second.grid.home(start))
    old = session.sheet.rows(table, "quality")
    block = "\n".join(
        [
            "产出指标\t数量指标\t甲\t≥1个\t1\t5\t\t",
            "\t\t乙\t≥2个\t2\t5\t\t迟",
            "\t质量指标\t丙\t≥3%\t3%\t5\t\t",
            "\t\t丁\t≥4%\t4%\t5\t\t",
            "\t\t戊\t≥5%\t5%\t5\t\t",
            "\t\t己\t≥6%\t6%\t5\t\t",
            "总分\t\t\t\t\t100\t98\t",
        ]
    )
    QGuiApplication.clipboard().setText(block)
    second.paste()
    get = session.sheet.get
    assert [get(table, row, "name") for row in session.sheet.rows(table, "quantity")[:2]] == ["甲", "乙"]
    quality = session.sheet.rows(table, "quality")
    assert [get(table, row, "name") for row in quality[:4]] == ["丙", "丁", "戊", "己"]
    assert len(quality) == max(len(old), 4) and get(table, quality[3], "unit") == "%"


def test_what_is_wrong_is_told_at_its_cell(view: FormView, session: Session) -> None:
    session.set(RECEPTION, "三万")
    session.settle()
    place = view.grid.place_at(view.grid.find(RECEPTION))
    assert place is not None and view.grid.problem_of(place)
    assert "三万" in str(view.grid.find(RECEPTION).data(Qt.ItemDataRole.ToolTipRole))


def test_the_cell_is_explained(view: FormView, session: Session) -> None:
    told: list[object] = []
    session.focused.connect(told.append)
    view.show_key(RECEPTION)
    assert told[-1] == RECEPTION


def test_heads_stay_in_view_and_hide_no_cell_one_goes_to(second: FormView, session: Session) -> None:
    heads = second.findChild(Heads)
    assert heads is not None and not heads.isVisible()
    second.resize(700, 380)
    rows = session.sheet.rows("annex2_indicators", "satisfaction")
    second.show_key(FactKey("annex2_indicators", rows[-1], "reason"))
    assert heads.isVisible()
    for _ in range(30):
        second.setCurrentIndex(second.neighbour(second.currentIndex(), -1, 0))
        row, top = second.currentIndex().row(), second.visualRect(second.currentIndex()).top()
        assert top >= second._heads.height_over(row) or second.rowHeight(row) > 100
    second.scrollToTop()
    assert not heads.isVisible()


def test_zoom_makes_type_larger_and_page_width_fills_the_window(view: FormView) -> None:
    height = view.rowHeight(4)
    view.zoom_by(3)
    assert view.rowHeight(4) > height
    view.zoom_to_width()
    width = view._edges[-1] - view._edges[1]
    assert view.viewport().width() * 0.95 < width <= view.viewport().width()


def test_the_menu_offers_rows(view: FormView, session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    from desktop.ui.grid import sheet_view

    shown: list[list[str]] = []
    monkeypatch.setattr(
        sheet_view, "pop_up", lambda menu, _: shown.append([a.text() for a in menu.actions()])
    )
    view.show_key(FactKey("base", session.sheet.rows("base", "special")[0], "final"))
    view.customContextMenuRequested.emit(QPoint(2, 2))
    assert any("添加专项" in text for text in shown[0]) and any("删除本行" in text for text in shown[0])
