"""The bar above the sheet: what is selected, how it came about, and the sheet's own words while nothing is."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel

from desktop.domain.keys import FactKey
from desktop.ui.main_window import MainWindow
from desktop.ui.session import Session
from desktop.ui.widgets.explanation_bar import ExplanationBar, explained


def said(window: MainWindow) -> list[str]:
    bar = window.findChild(ExplanationBar)
    assert bar is not None
    return [label.toolTip() or label.text() for label in bar.findChildren(QLabel)]


def test_a_sheet_is_named_until_a_cell_is_selected(window: MainWindow, session: Session) -> None:
    window.show_tab(1)
    assert any("年度预算申请与执行" in words for words in said(window)) and "单位：万元" in said(window)
    session.focused.emit(FactKey("annex2_funds", "total", "rate"))
    assert any("＝" in words for words in said(window))


def test_a_sheet_that_is_left_is_named_no_more(window: MainWindow) -> None:
    window.show_tab(1)
    window.show_tab(4)
    assert not any("年度预算申请与执行" in words or "万元" in words for words in said(window))
    window.show_tab(1)
    assert any("年度预算申请与执行" in words for words in said(window))


def test_a_typed_cell_an_indicator_and_a_problem_are_explained(session: Session) -> None:
    row = session.sheet.rows("annex2_indicators", "quantity")[0]
    name, words, _ = explained(session, FactKey("annex2_indicators", row, "points"))
    assert " / " in name and words
    label, text, _ = explained(session, FactKey("unit", "this", "head"))
    assert label and text == session.sheet.text(FactKey("unit", "this", "head"))
    session.set(FactKey("unit", "this", "head"), "")
    assert explained(session, FactKey("unit", "this", "head"))[1] == "由单位填写"


def test_the_bar_comes_along_to_the_sheet_that_is_looked_at(window: MainWindow) -> None:
    bar = window.findChild(ExplanationBar)
    assert bar is not None
    for number in (1, 3, 4):
        window.show_tab(number)
        assert bar.isVisible()
    window.show_tab(5)
    assert not bar.isVisible()
