"""Which data can be put into the text, and how they are found."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialogButtonBox, QLineEdit, QListWidget
from pytestqt.qtbot import QtBot

from desktop.domain.fields import fields
from desktop.domain.keys import FactKey
from desktop.ui.dialogs.insert_field import InsertFieldDialog, offers
from desktop.ui.session import Session


def test_all_offers_have_a_value_and_a_name(session: Session) -> None:
    found = offers(session.assessment)
    assert len({offer.field for offer in found}) == len(found) > 300
    for offer in found:
        assert offer.value == fields.value_of(session.assessment, offer.field)
        assert "." not in offer.label
        assert not fields.UNFILLED.search(offer.value)


def test_words_and_values_find_and_enter_takes(qtbot: QtBot, session: Session) -> None:
    dialog = InsertFieldDialog(session)
    qtbot.addWidget(dialog)
    dialog.show()
    search, found = dialog.findChild(QLineEdit, "fieldSearch"), dialog.findChild(QListWidget, "fieldList")
    assert search is not None and found is not None
    search.setText("三公 决算 6.88")
    assert [found.item(0).text(), found.count()] == ["三公经费 · 2023年决算数　6.88", 1]
    search.setText("三公")
    qtbot.keyClick(search, Qt.Key.Key_Down)
    assert found.currentRow() == 1
    with qtbot.waitSignal(dialog.accepted):
        qtbot.keyClick(search, Qt.Key.Key_Return)
    assert dialog.chosen().startswith("three_public.")


def test_where_nothing_is_found_nothing_can_be_inserted(qtbot: QtBot, session: Session) -> None:
    dialog = InsertFieldDialog(session)
    qtbot.addWidget(dialog)
    search, buttons = dialog.findChild(QLineEdit, "fieldSearch"), dialog.findChild(QDialogButtonBox)
    assert search is not None and buttons is not None
    search.setText("没有这样的数据")
    assert dialog.chosen() == ""
    assert not buttons.buttons()[0].isEnabled()


def test_what_is_stored_of_tables_and_pictures_is_no_data(session: Session) -> None:
    session.write("插入表格", [(FactKey("blocks", "1", "table"), '{"rows":[["甲"]]}')])
    assert not any("blocks" in offer.field for offer in offers(session.assessment))
    assert fields.value_of(session.assessment, "blocks.1.table") is None
