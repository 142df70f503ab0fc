"""The session's road in: read a file off the main thread, plan against the open report, write as one step."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from desktop.domain.facts import FactSheet
from desktop.exchange.excel_in import identify, plan_import
from desktop.exchange.plan import ImportPlan
from desktop.exchange.sheets import Workbook, read_workbook
from desktop.storage.catalog import Report
from desktop.ui.session import Session


@dataclass(frozen=True, slots=True)
class Source:
    """A file read, and what it says of itself."""

    name: str
    workbook: Workbook
    unit: str
    year: int | None


def read_source(path: str) -> Source:
    """Safe to call in a worker. Raises UserError for everything that is not a readable workbook."""
    file = Path(path)
    workbook = read_workbook(file)
    unit, year = identify(workbook)
    return Source(file.name, workbook, unit or "", year)


def existing(session: Session, unit: str, year: int) -> Report | None:
    return session.catalog.find(unit, year)


def plan(session: Session, source: Source, unit: str, year: int) -> ImportPlan:
    """What the file would change in that unit's year, which may not exist yet."""
    report = existing(session, unit, year)
    facts = session.store.facts(report.id) if report else {}
    return plan_import(source.workbook, FactSheet(session.templates, facts, year), year=year, unit=unit)


def carry_out(
    session: Session, source: Source, wanted: ImportPlan, ticked: Collection[int], unit: str, year: int
) -> int:
    """Write the ticked lines as one step that one undo takes back; how many cells were written."""
    report = existing(session, unit, year)
    if report is None:
        session.create(unit, year)
    elif session.report is None or session.report.id != report.id:
        session.open(report.id)
    changes = wanted.wanted(ticked)
    return len(changes) if session.write(f"导入 {source.name}", changes) else 0
