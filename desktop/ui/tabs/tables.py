"""A tab that shows its tables, each a sheet of its own: 单位信息, and whatever needs no behaviour of its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtWidgets import QWidget

from desktop.domain.keys import FactKey
from desktop.ui.session import Session
from desktop.ui.widgets.drawing import Draw, Drawing
from desktop.ui.widgets.page import Page
from desktop.ui.widgets.sheet_page import table_page
from desktop.ui.widgets.sub_pages import SubPages


class TablesTab(SubPages):
    """The tables that `tabs.toml` lists under `name`, then the charts: (name, title, drawing)."""

    def __init__(self, session: Session, name: str, charts: Sequence[tuple[str, str, Draw]] = ()) -> None:
        tables = [session.templates.tables[table] for table in session.templates.tabs[name]]
        pages: list[tuple[str, str, Callable[[], QWidget]]] = [
            (table.id, table.short_title, partial(table_page, session, table)) for table in tables
        ]
        pages += [(chart, title, partial(_chart_page, session, draw, chart)) for chart, title, draw in charts]
        super().__init__(pages)
        self.setObjectName(f"{name}Tab")

    def show_key(self, key: FactKey) -> bool:
        return self.has(key.base) and self.show_key_on(key.base, key)


def _chart_page(session: Session, draw: Draw, name: str) -> Page:
    page = Page(f"page_{name}")
    page.column.addWidget(Drawing(session, draw, name))
    page.column.addStretch(1)
    return page
