"""A table is a sheet that fills its page, with the only scroll bars of it; the fields of a form stand on a page."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

from desktop.domain.keys import FactKey
from desktop.ui.grid.view import GridView
from desktop.ui.main_window import MainWindow
from desktop.ui.session import Session
from desktop.ui.widgets.form import Form
from desktop.ui.widgets.page import Page
from desktop.ui.widgets.sheet_page import SheetPage, table_page


def test_a_grid_fills_its_page_and_a_form_stands_on_one(session: Session, window: MainWindow) -> None:
    tables = session.templates.tables
    sheet, form = table_page(session, tables["staff"]), table_page(session, tables["unit"])
    assert isinstance(sheet, SheetPage) and isinstance(form, Page)
    sheet.resize(600, 300)
    sheet.show()
    QApplication.processEvents()
    grid = sheet.findChild(GridView)
    assert grid is not None and grid.size() == sheet.size()
    assert form.findChild(Form) is not None
    sheet.close()


def test_a_fact_of_any_table_is_gone_to(session: Session, window: MainWindow) -> None:
    for key in (FactKey("others", "retired", "this_year"), FactKey("staff", "total", "actual")):
        window.show_key(key)
        grid = window.findChild(GridView, f"grid_{key.table}")
        assert grid is not None and grid.isVisible() and grid.currentIndex().isValid()
