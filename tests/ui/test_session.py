"""The session: one step for each action, live scores, previews that write nothing."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from desktop.domain.keys import FactKey, ReportId
from desktop.errors import UserError
from desktop.storage.store import DamagedReport
from desktop.ui.session import Session

RUNNING = FactKey("three_public", "vehicle_running", "final")
TOTAL = FactKey("three_public", "total", "final")


def test_a_change_is_saved_and_everything_follows(session: Session) -> None:
    before = session.sheet.number(TOTAL)
    assert before is not None
    session.set(RUNNING, "6.12")
    assert session.sheet.number(TOTAL) == before + Decimal("1.00")
    assert session.report is not None
    assert session.store.facts(session.report.id)[RUNNING] == "6.12"


def test_undo_and_redo_of_an_edit(session: Session) -> None:
    before = session.sheet.text(RUNNING)
    session.set(RUNNING, "9")
    assert session.undo_label() == "修改 公车运行维护 · 2023年决算数"
    session.undo()
    assert session.sheet.text(RUNNING) == before
    session.redo()
    assert session.sheet.text(RUNNING) == "9"


def test_a_preview_writes_nothing(session: Session) -> None:
    stored = dict(session.facts)
    session.preview(RUNNING, "99")
    assert session.sheet.text(RUNNING) == "99"
    session.end_preview()
    assert dict(session.facts) == stored
    assert session.sheet.text(RUNNING) == stored[RUNNING]


def test_adding_moving_and_removing_rows(session: Session) -> None:
    count = len(session.sheet.rows("base", "special"))
    first = session.sheet.rows("base", "special")[0]
    naming = session.add_row("base", "special", after=first)
    assert session.sheet.rows("base", "special").index(naming.row) == 1
    session.move_row("base", naming.row, -1)
    assert session.sheet.rows("base", "special")[0] == naming.row
    session.remove_row("base", naming.row)
    assert len(session.sheet.rows("base", "special")) == count
    for _ in range(3):
        session.undo()
    assert session.sheet.rows("base", "special")[0] == first


def test_removing_a_project_takes_its_tables_along_and_undo_brings_them_back(session: Session) -> None:
    scope = session.sheet.projects()[0]
    stored = dict(session.facts)
    session.remove_row("projects", f"item:{scope}")
    assert not any(key.scope == scope for key in session.facts)
    session.undo()
    assert dict(session.facts) == stored


def test_a_new_year_begins_with_last_years_figures(session: Session) -> None:
    last = session.report
    assert last is not None
    final = session.sheet.number(TOTAL)
    session.create(last.unit_name, last.id.year + 1, last.system, last)
    assert session.year == last.id.year + 1
    assert session.sheet.value("three_public", "total", "last_final") == final
    assert session.sheet.value("three_public", "total", "final") is None
    assert session.sheet.get("unit", "this", "head")
    assert not session.sheet.get("unit", "this", "report_date")


def test_renaming_the_unit_renames_it_in_the_picker(session: Session) -> None:
    session.set(FactKey("unit", "this", "name"), "清河县种业发展中心")
    assert session.report is not None
    assert session.report.unit_name == "清河县种业发展中心"


def test_a_name_already_taken_is_refused_and_said(session: Session) -> None:
    session.catalog.add_unit("另一个单位")
    said = []
    session.failed.connect(said.append)
    before = session.sheet.get("unit", "this", "name")
    session.set(FactKey("unit", "this", "name"), "另一个单位")
    assert len(said) == 1
    assert session.sheet.get("unit", "this", "name") == before


def test_choosing_another_system_keeps_every_fact(session: Session) -> None:
    stored = dict(session.facts)
    session.choose_system("hunan-2023")
    assert session.assessment.main.id == "hunan-2023"
    assert dict(session.facts) == stored


def test_deleting_a_report_opens_another_and_keeps_it_in_the_bin(session: Session) -> None:
    assert session.report is not None
    gone = session.report.id
    session.delete_report()
    assert session.report is not None
    assert session.report.id != gone
    assert [d.report.id for d in session.catalog.deleted_reports()] == [gone]


def damage_all_but(session: Session, year: int) -> ReportId:
    """Change what is stored, as a bad disk would; the damaged report."""
    conn = session.place.backups._db.conn
    sql = "UPDATE facts SET value = value || '0' WHERE report IN (SELECT id FROM reports WHERE year <> ?)"
    conn.execute(sql, (year,))
    (damaged,) = (r.id for r in session.catalog.reports() if r.id.year != year)
    return damaged


def test_a_damaged_report_is_told_of_and_what_was_open_stays(session: Session) -> None:
    before, facts = session.report, dict(session.facts)
    said: list[UserError] = []
    session.failed.connect(said.append)
    session.open(damage_all_but(session, session.year))
    assert session.report == before and dict(session.facts) == facts
    (error,) = said
    assert isinstance(error, DamagedReport)
    assert before is not None
    session.open(before.id)
    assert len(said) == 1, "the damaged year before does not keep this one from being opened"


def test_nothing_is_open_after_deleting_beside_a_damaged_report(session: Session) -> None:
    damage_all_but(session, session.year)
    session.delete_report()
    assert session.report is None


def test_the_sample_has_nothing_to_complain_about(session: Session) -> None:
    session.settle()
    assert session.problems == []
    assert session.assessment.main.grade == "优"


def test_nothing_is_open_while_the_data_are_exchanged(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    session.open_sample()
    assert session.report is not None
    here, seen = session.report.id, list[object]()
    monkeypatch.setattr(session.place.care, "restore", lambda backup: seen.append(session.report))
    session.restore(Path("备份.db"))
    assert seen == [None]
    assert session.report is not None and session.report.id == here
