"""Choosing other forms in the window: tabs and systems follow, and undo takes it back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QComboBox, QWidget
from pytestqt.qtbot import QtBot

from desktop import app, paths
from desktop.domain.keys import FORMS, FactKey
from desktop.domain.outline.outline import CHOSEN
from desktop.ui.dialogs.new_report import NewReportDialog
from desktop.ui.dialogs.paper import PaperDialog
from desktop.ui.main_window import MainWindow
from desktop.ui.session import Session
from desktop.ui.tabs import TABS
from desktop.ui.tabs.forms import FormsTab
from desktop.workplace import Workplace
from tests.forms import OTHER_FORMS, resources_with


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Workplace]:
    place = Workplace.open(paths.locate(tmp_path / "data"), resources_with(tmp_path, *OTHER_FORMS))
    yield place
    place.close()


@pytest.fixture
def session(qtbot: QtBot, place: Workplace) -> Iterator[Session]:
    app.application()
    session = app.make_session(place)
    session.open_sample()
    session.create(session.report.unit_name, 2025, "form-2023", session.report)  # type: ignore[union-attr]
    yield session
    session.end()


@pytest.fixture
def window(qtbot: QtBot, session: Session) -> MainWindow:
    window = MainWindow(session)
    qtbot.addWidget(window)
    window.show()
    for number in range(len(TABS)):
        window.show_tab(number)
    return window


def box(parent: QWidget, name: str) -> QComboBox:
    found = parent.findChild(QComboBox, name)
    assert found is not None
    return found


def offered(box: QComboBox) -> list[str]:
    return [str(box.itemData(number)) for number in range(box.count())]


def test_forms_of_the_reports_year_are_offered(session: Session, window: MainWindow) -> None:
    dialog = PaperDialog(session, window)
    assert offered(box(dialog, "chooseForms")) == [
        "annexes-2023",
        "columns-2024",
        "hubei-2024",
        "sources-2024",
        "next-2025",
    ]
    session.open(session.catalog.find(session.report.unit_name, 2023).id)  # type: ignore[union-attr]
    assert PaperDialog(session, window).findChild(QComboBox, "chooseForms") is None


def test_other_forms_bring_their_tables_and_undo_takes_them_back(
    qtbot: QtBot, session: Session, window: MainWindow
) -> None:
    window.show_tab(1)
    session.choose_forms("hubei-2024")
    assert session.facts[FORMS] == "hubei-2024"
    assert session.assessment.form.id == "hubei-score-2024"
    window.show_place(FactKey("annex2_reasons", "this", "use"))
    for number in range(len(TABS)):
        window.show_tab(number)
    session.write("x", [(FactKey("annex2_reasons", "this", "use"), "作为下年度安排预算的依据。")])
    session.undo()
    session.undo()
    assert FORMS not in session.facts
    for number in range(len(TABS)):
        window.show_tab(number)
    assert session.assessment.form.id == "form-2023"


@pytest.mark.parametrize("edition", OTHER_FORMS)
def test_other_forms_are_filled_in_as_they_are_printed(
    session: Session, window: MainWindow, edition: str
) -> None:
    number = next(n for n, spec in enumerate(TABS) if spec.name == "forms")
    window.show_tab(number)
    key = session.add_row("annex2_indicators", "quantity", cells={"name": "甲"})._replace(column="unit")
    session.write("x", [(FORMS, edition)])
    tab = window.show_tab(number)
    assert isinstance(tab, FormsTab)
    assert tab.show_key(key)
    cell = tab.view.grid.cell_at(tab.view.currentIndex())
    tab.view.grid.setData(tab.view.currentIndex(), "≥7个")
    told = [session.sheet.text(key._replace(column=column)) for column in ("operator", "target", "unit")]
    # In a column of its own the unit is what one types there.
    assert (cell.key, told[2]) == (key, "≥7个") if edition == "columns-2024" else told == ["≥", "7", "个"]
    session.undo()
    session.undo()
    assert FORMS not in session.facts
    assert window.show_tab(number).show_key(key)  # type: ignore[attr-defined]


def test_a_new_report_is_made_by_the_chosen_forms(session: Session, window: MainWindow) -> None:
    dialog = NewReportDialog(session, window)
    forms = box(dialog, "newForms")
    forms.setCurrentIndex(forms.findData("hubei-2024"))
    assert offered(box(dialog, "newSystem")) == ["hubei-score-2024", "blocks-2023", "hunan-2023"]
    dialog.make()
    assert (session.year, session.templates.edition.id) == (2026, "hubei-2024")
    assert session.assessment.main.full == 100


def test_a_hidden_system_is_shown_nowhere_but_where_it_is_used(session: Session, window: MainWindow) -> None:
    def shown() -> list[str]:
        return [system.id for system in session.systems()]

    session.settings.set("systems_hidden", "blocks-2023 hunan-2023")
    session.setting_changed.emit("systems_hidden")
    assert shown() == ["form-2023"]
    session.choose_system("hunan-2023")
    assert shown() == ["form-2023", "hunan-2023"]
    assert window.findChild(QWidget, "indicatorsTab") is not None


def test_a_new_report_begins_with_the_outline_of_its_forms(session: Session) -> None:
    session.create("青山县教育局", 2025, forms="sources-2024")
    assert session.facts[CHOSEN] == "six-part"


@pytest.mark.parametrize("forms", OTHER_FORMS)
def test_every_page_can_be_looked_at_by_any_forms(session: Session, window: MainWindow, forms: str) -> None:
    """A column of its own in the table of indicators ended the program when 指标表 was shown."""
    session.choose_forms(forms)
    for number in range(len(TABS)):
        window.show_tab(number)
        window.grab()
