"""A tab that shows its tables below one another: 单位信息, and whatever needs no behaviour of its own."""

from __future__ import annotations

from desktop.ui.session import Session
from desktop.ui.widgets.page import Page


class TablesTab(Page):
    """The tables that `tabs.toml` lists under `name`."""

    def __init__(self, session: Session, name: str) -> None:
        super().__init__(f"{name}Tab")
        for table_id in session.templates.tabs[name]:
            self.add_table(session, session.templates.tables[table_id])
        self.column.addStretch(1)
