"""The units and their reports: what there is to open, apart from what stands in it."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import NamedTuple

from desktop.domain.edits import storable
from desktop.domain.keys import UNIT_NAME, YEARS, FactKey, ReportId
from desktop.errors import UserError
from desktop.storage.checksums import heading_sum, report_sum, total
from desktop.storage.db import Database
from desktop.storage.settings import Settings

NAME_LIMIT = 100
"""Characters of a unit's name."""


class Unit(NamedTuple):
    id: int
    name: str


class Report(NamedTuple):
    id: ReportId
    unit_name: str
    system: str


class DeletedReport(NamedTuple):
    """A report in the bin; `number` is what `restore_report` takes."""

    number: int
    report: Report
    deleted: datetime


class Catalog:
    """Adds, names, lists and bins units and reports. Each method is committed when it returns."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._settings = Settings(db)

    def units(self) -> list[Unit]:
        return [Unit(*row) for row in self._db.rows("SELECT id, name FROM units ORDER BY id")]

    def add_unit(self, name: str) -> Unit:
        name = clean_name(name)
        with self._db.atomic() as conn:
            _refuse_taken(conn, name, 0)
            added = conn.execute("INSERT INTO units (name) VALUES (?) RETURNING id", (name,)).fetchone()
        return Unit(added[0], name)

    def reports(self) -> list[Report]:
        """All live reports, by unit, the latest year first."""
        return self._reports("r.deleted IS NULL ORDER BY r.unit_id, r.year DESC")

    def find(self, unit_name: str, year: int) -> Report | None:
        found = self._reports("r.deleted IS NULL AND u.name = ? AND r.year = ?", _one_line(unit_name), year)
        return found[0] if found else None

    def add_report(self, report: ReportId, system: str, facts: Mapping[FactKey, str] | None = None) -> Report:
        """A new report with its first facts, which are its beginning and not a step to undo.

        The unit's name is written in, unless the facts bring one.
        """
        refuse_impossible(report.year)
        with self._db.atomic() as conn:
            _refuse_second(conn, report)
            number = conn.execute(
                "INSERT INTO reports (unit_id, year, system, created) VALUES (?, ?, ?, ?) RETURNING id",
                (*report, system, _now()),
            ).fetchone()[0]
            conn.executemany(
                "INSERT INTO facts VALUES (?, ?, ?, ?, ?)",
                ((number, *key, value) for key, value in (facts or {}).items() if value),
            )
            conn.execute(
                "INSERT OR IGNORE INTO facts SELECT ?, ?, ?, ?, name FROM units WHERE id = ?",
                (number, *UNIT_NAME, report.unit),
            )
            written = conn.execute("SELECT tbl, row, col, value FROM facts WHERE report = ?", (number,))
            values = (report_sum(*report, system, written), number)
            conn.execute("UPDATE reports SET checksum = ? WHERE id = ?", values)
        return self._reports("r.id = ?", number)[0]

    def set_system(self, report: ReportId, system: str) -> None:
        with self._db.atomic() as conn:
            number = report_number(self._db, report)
            ((old, checksum),) = self._db.rows("SELECT system, checksum FROM reports WHERE id = ?", number)
            heading = (heading_sum(*report, system), -heading_sum(*report, old))
            conn.execute(
                "UPDATE reports SET system = ?, checksum = ? WHERE id = ?",
                (system, total(heading, checksum), number),
            )

    def delete_report(self, report: ReportId) -> int:
        """Put a report in the bin, facts and undo steps and all; returns its number there."""
        with self._db.atomic() as conn:
            number = report_number(self._db, report)
            conn.execute("UPDATE reports SET deleted = ? WHERE id = ?", (_now(), number))
        return number

    def deleted_reports(self) -> list[DeletedReport]:
        """The bin, last deleted first."""
        rows = self._db.rows(
            "SELECT r.id, r.deleted, r.unit_id, r.year, u.name, r.system FROM reports r"
            " JOIN units u ON u.id = r.unit_id WHERE r.deleted IS NOT NULL ORDER BY r.deleted DESC, r.id DESC"
        )
        return [
            DeletedReport(number, Report(ReportId(unit, year), name, system), time_of(at))
            for number, at, unit, year, name, system in rows
        ]

    def restore_report(self, number: int) -> ReportId:
        """Take a report out of the bin; UserError if it is not there, or the unit has a new one for that year."""
        with self._db.atomic() as conn:
            row = conn.execute(
                "SELECT unit_id, year FROM reports WHERE id = ? AND deleted IS NOT NULL", (number,)
            ).fetchone()
            if row is None:
                raise UserError("这份报告已经不在回收处了。", "请关闭这个列表，重新打开后再看。")
            report = ReportId(*row)
            _refuse_second(conn, report)
            conn.execute("UPDATE reports SET deleted = NULL WHERE id = ?", (number,))
        return report

    def last_opened(self) -> ReportId | None:
        """The report open when the program was last used, if it is still there."""
        wanted = self._settings.text("last_report")
        return next((r.id for r in self.reports() if _remembered(r.id) == wanted), None)

    def remember_opened(self, report: ReportId) -> None:
        self._settings.set("last_report", _remembered(report))

    def _reports(self, where: str, *values: object) -> list[Report]:
        rows = self._db.rows(
            "SELECT r.unit_id, r.year, u.name, r.system FROM reports r JOIN units u ON u.id = r.unit_id"
            f" WHERE {where}",
            *values,
        )
        return [Report(ReportId(unit, year), name, system) for unit, year, name, system in rows]


def report_number(db: Database, report: ReportId) -> int:
    """The stored number of a live report; asking for one that is not there is a bug."""
    rows = db.rows("SELECT id FROM reports WHERE unit_id = ? AND year = ? AND deleted IS NULL", *report)
    if not rows:
        raise ValueError(f"no such report: {report}")
    return int(rows[0][0])


def clean_name(text: str) -> str:
    """A unit's name on one line; any character a name may really have is allowed."""
    name = _one_line(text)
    if not name:
        raise UserError("单位名称不能为空。", "请填写单位全称。")
    if len(name) > NAME_LIMIT:
        raise UserError(f"单位名称超过 {NAME_LIMIT} 个字。", "请填写单位全称，不要粘贴整段文字。")
    return name


def name_unit(conn: sqlite3.Connection, unit: int, text: str) -> None:
    """Give a unit its name in the picker, inside the caller's transaction; other reports keep what stands in them."""
    name = clean_name(text)
    _refuse_taken(conn, name, unit)
    if not conn.execute("UPDATE units SET name = ? WHERE id = ?", (name, unit)).rowcount:
        raise ValueError(f"no such unit: {unit}")


def _refuse_taken(conn: sqlite3.Connection, name: str, unit: int) -> None:
    if conn.execute("SELECT 1 FROM units WHERE name = ? AND id <> ?", (name, unit)).fetchone():
        raise UserError(f"已经有名为“{name}”的单位。", "请换一个名称，或直接打开已有的单位。")


def _refuse_second(conn: sqlite3.Connection, report: ReportId) -> None:
    sql = "SELECT 1 FROM reports WHERE unit_id = ? AND year = ? AND deleted IS NULL"
    if conn.execute(sql, report).fetchone():
        raise UserError(f"该单位已经有 {report.year} 年度的自评。", "请打开已有的自评，或先将其删除。")


def refuse_impossible(year: int) -> None:
    """UserError for what is no year of a report."""
    if year not in YEARS:
        raise UserError(f"年度{year}不对。", f"请写{YEARS[0]}到{YEARS[-1]}之间的年份。")


def _one_line(text: str) -> str:
    return storable(" ".join(text.split()))


def _remembered(report: ReportId) -> str:
    return f"{report.unit}/{report.year}"


def local_now() -> datetime:
    """The time to put on record: the user's own, with its zone."""
    return datetime.now().astimezone()


def time_of(text: str) -> datetime:
    """A recorded time; the beginning of time where a damaged file gives none."""
    try:
        return datetime.fromisoformat(text)
    except (ValueError, TypeError):
        return datetime.fromtimestamp(0, UTC)


def _now() -> str:
    return local_now().isoformat(timespec="milliseconds")
