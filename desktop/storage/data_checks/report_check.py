"""Looks through all reports for what is not as it was saved, and mends what the journal still knows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from desktop.domain.keys import FactKey, ReportId
from desktop.errors import UserError
from desktop.storage import journal
from desktop.storage.catalog import report_number
from desktop.storage.checksums import report_sum
from desktop.storage.db import Database


class DoubtfulCell(NamedTuple):
    """A cell that does not hold what the journal says was last put there; None is an empty cell."""

    key: FactKey
    stored: str | None
    recorded: str | None


class Diagnosis(NamedTuple):
    """A damaged report. `mendable`: with the recorded values it is, for certain, as it was saved."""

    report: ReportId
    unit_name: str
    whole: bool
    cells: tuple[DoubtfulCell, ...]
    mendable: bool
    damaged_steps: int


def examine(db: Database) -> list[Diagnosis]:
    """All live reports whose contents or whose journal are damaged; none if all is well."""
    found = db.rows(
        "SELECT r.unit_id, r.year, u.name FROM reports r JOIN units u ON u.id = r.unit_id"
        " WHERE r.deleted IS NULL ORDER BY r.unit_id, r.year DESC"
    )
    diagnoses = (_diagnosis(db, ReportId(unit, year), name) for unit, year, name in found)
    return [d for d in diagnoses if not d.whole or d.damaged_steps]


def mend(db: Database, report: ReportId) -> int:
    """Put back what the journal knows; how many cells. UserError, nothing written, if that is not all."""
    with db.atomic() as conn:
        number = report_number(db, report)
        diagnosis = _diagnosis(db, report, "")
        if not diagnosis.mendable:
            raise UserError("这份报告不能自动修复。", "请从备份恢复，或逐项核对后确认现有内容。")
        for key, _, recorded in diagnosis.cells:
            conn.execute(
                "DELETE FROM facts WHERE report = ? AND tbl = ? AND row = ? AND col = ?", (number, *key)
            )
            if recorded is not None:
                conn.execute("INSERT INTO facts VALUES (?, ?, ?, ?, ?)", (number, *key, recorded))
    return len(diagnosis.cells)


def accept(db: Database, report: ReportId) -> None:
    """Take what is stored for right, after the user has looked at it: from now on it can be opened."""
    with db.atomic() as conn:
        number = report_number(db, report)
        # Read as text and written back, so that what is no text any more is one again.
        facts = {FactKey(*map(str, key)): str(value) for *key, value in _rows(db, number)}
        conn.execute("DELETE FROM facts WHERE report = ?", (number,))
        conn.executemany(
            "INSERT INTO facts VALUES (?, ?, ?, ?, ?)", ((number, *k, v) for k, v in facts.items() if v)
        )
        checksum = _sum(db, report, number, {k: v for k, v in facts.items() if v})
        conn.execute("UPDATE reports SET checksum = ? WHERE id = ?", (checksum, number))


def _diagnosis(db: Database, report: ReportId, name: str) -> Diagnosis:
    number = report_number(db, report)
    stored = {FactKey(*key): value for *key, value in _rows(db, number)}
    ((saved,),) = db.rows("SELECT checksum FROM reports WHERE id = ?", number)
    whole = _sum(db, report, number, stored) == saved
    recorded, damaged = _recorded(db, number)
    if whole:
        return Diagnosis(report, name, True, (), False, damaged)
    cells = tuple(
        DoubtfulCell(key, stored.get(key), value)
        for key, value in recorded.items()
        if stored.get(key) != value
    )
    mended = {**stored, **{cell.key: cell.recorded for cell in cells}}
    right = {key: value for key, value in mended.items() if value is not None}
    mendable = bool(cells) and _sum(db, report, number, right) == saved
    return Diagnosis(report, name, False, cells, mendable, damaged)


def _recorded(db: Database, number: int) -> tuple[dict[FactKey, str | None], int]:
    """What the steps that stand last put into each cell, and how many rows of the journal are damaged."""
    values: dict[FactKey, str | None] = {}
    damaged = 0
    for row in journal.rows(db, "report = ? ORDER BY id", number):
        if row.state in ("undone", "dropped"):
            damaged += not row.intact
            continue
        try:
            values.update((change.key, change.after) for change in row.checked().cells())
        except journal.DamagedStep:
            damaged += 1
    return values, damaged


def _rows(db: Database, number: int) -> list[tuple[str, str, str, str]]:
    return db.rows("SELECT tbl, row, col, value FROM facts WHERE report = ?", number)


def _sum(db: Database, report: ReportId, number: int, facts: Mapping[FactKey, str]) -> int:
    ((system,),) = db.rows("SELECT system FROM reports WHERE id = ?", number)
    return report_sum(*report, system, ((*key, value) for key, value in facts.items()))
