"""How the report is printed, as a form."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from desktop.domain.keys import FactKey
from desktop.ui.dialogs.paper import PaperDialog
from desktop.ui.session import Session


def test_every_choice_that_is_made_nowhere_else_stands_in_the_form(qtbot: QtBot, session: Session) -> None:
    dialog = PaperDialog(session)
    qtbot.addWidget(dialog)
    columns = [column.id for column in session.templates.tables["paper"].columns]
    assert [key.column for key in dialog.form.fields] == [
        name for name in columns if name not in ("outline", "forms", "numbering")
    ]


def test_what_is_being_typed_is_kept_when_the_dialog_is_closed(qtbot: QtBot, session: Session) -> None:
    dialog = PaperDialog(session)
    qtbot.addWidget(dialog)
    dialog.show()
    title = dialog.findChild(QLineEdit, "field_paper_title")
    assert title is not None
    title.setFocus()
    qtbot.keyClicks(title, "2023")
    dialog.reject()
    assert session.sheet.text(FactKey("paper", "this", "title")) == "2023"
