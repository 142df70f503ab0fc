"""What another outline does to a report, shown before it is done."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QTableWidget
from pytestqt.qtbot import QtBot

from desktop.domain.keys import FactKey
from desktop.ui.dialogs.apply_outline import ApplyOutline, remark
from desktop.ui.session import Session


def test_every_heading_is_shown_as_it_is_and_as_it_will_be(qtbot: QtBot, session: Session) -> None:
    session.write("填写", [(FactKey("narrative", "fund_budget", "text"), "没有。")])
    dialog = ApplyOutline(session, "six-part")
    qtbot.addWidget(dialog)
    table = dialog.findChild(QTableWidget, "applyOutlineLines")
    said = dialog.findChild(QLabel, "applyOutlineSummary")
    assert table is not None and said is not None
    assert table.rowCount() == len(dialog.lines)
    lost = next(line for line in dialog.lines if line.section == "fund_budget")
    assert lost.without_place and "不印" in remark(lost)
    assert "没有位置" in said.text()
