"""A form's fields: coloured like the cells of a grid where something is wrong with them."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from desktop.audit.finding import ERROR, HINT, Finding
from desktop.domain.keys import FactKey
from desktop.ui.session import Session
from desktop.ui.widgets.form import Form

NAME, PHONE = FactKey("unit", "this", "name"), FactKey("unit", "this", "phone")
DUTIES = FactKey("unit", "this", "duties")


@pytest.fixture
def form(qtbot: QtBot, session: Session) -> Form:
    form = Form(session, session.templates.tables["unit"])
    qtbot.addWidget(form)
    return form


def test_a_field_shows_what_is_wrong_with_its_cell(
    session: Session, form: Form, monkeypatch: pytest.MonkeyPatch
) -> None:
    problems = {
        key: Finding("C1", ERROR if key == NAME else HINT, "<b>不对", cells=(key,))
        for key in (NAME, PHONE, DUTIES)
    }
    monkeypatch.setattr(session, "problem_at", problems.get)
    session.checked.emit()
    assert form.fields[NAME].property("problem") == "wrong"
    assert form.fields[PHONE].property("problem") == form.fields[DUTIES].property("problem") == "warn"
    assert form.fields[NAME].toolTip() == "<p>&lt;b&gt;不对</p>"
    problems.clear()
    session.audited.emit()
    assert not form.fields[NAME].property("problem")
    hint = session.templates.tables["unit"].column("name").hint
    assert hint in form.fields[NAME].toolTip()
    assert "不对" not in form.fields[NAME].toolTip()
