"""A table that only the templates know is drawn in whatever tab lists it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QTabBar
from pytestqt.qtbot import QtBot

from desktop.domain.keys import FORMS, FactKey
from desktop.domain.template import THIS, parse_table
from desktop.ui.main_window import MainWindow
from desktop.ui.session import Session

COLUMN = {"id": "amount", "label": "{year}年金额"}
GRID = {
    "id": "rents",
    "title": "出租收入",
    "unit": "万元",
    "column": [COLUMN],
    "row": [{"id": "shop", "label": "门面"}],
}
FORM = {"id": "rents", "title": "出租收入", "kind": "form", "column": [COLUMN]}


@pytest.mark.parametrize("tab", ["unit", "budget", "three_public"])
@pytest.mark.parametrize(("data", "row"), [(GRID, "shop"), (FORM, THIS)])
def test_a_new_table_can_be_filled_in(
    qtbot: QtBot, session: Session, tab: str, data: dict[str, object], row: str
) -> None:
    old, key = session.templates.edition, FactKey("rents", row, "amount")
    tables = {**old.tables, "rents": parse_table(data)}
    own = replace(old, id="own", tables=tables, tabs={**old.tabs, tab: (*old.tabs[tab], "rents")})
    tasks = session.place.tasks
    tasks.templates = tasks.templates.with_edition(own)
    session.set(FORMS, own.id)
    window = MainWindow(session)
    qtbot.addWidget(window)
    session.set(key, "3.5")
    session.jump.emit(key)
    bars = window.findChildren(QTabBar, "subTabs")
    titles = [bar.tabText(number) for bar in bars for number in range(bar.count())]
    assert "出租收入" in titles
    assert session.sheet.label(key).endswith("2023年金额") and session.sheet.number(key)
