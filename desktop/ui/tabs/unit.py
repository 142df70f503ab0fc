"""单位信息: who fills in, the people in post and those retired."""

from __future__ import annotations

from functools import partial

from desktop.domain.template import Table
from desktop.ui.grid.layout import Layout, table_layout
from desktop.ui.grid.view import GridView
from desktop.ui.session import Session
from desktop.ui.widgets.form import Form
from desktop.ui.widgets.page import Page
from desktop.ui.widgets.section import Section


class UnitTab(Page):
    """The form of the unit, then the grids of people."""

    def __init__(self, session: Session) -> None:
        super().__init__("unitTab")
        tables = session.templates.tables
        for table_id in session.templates.tabs["unit"]:
            table = tables[table_id]
            if table.kind == "form":
                self.column.addWidget(
                    Section(table.title, Form(session, table), note="带 * 的必填；内容随改随存。")
                )
                continue
            grid = GridView(session, partial(self._layout, session, table), f"grid_{table_id}")
            self.column.addWidget(Section(table.title, self.fit_height(grid), table.unit, table.note))
        self.column.addStretch(1)

    @staticmethod
    def _layout(session: Session, table: Table) -> Layout:
        return table_layout(session.sheet, table)
