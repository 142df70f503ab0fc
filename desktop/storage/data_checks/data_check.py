"""Looks through the whole data file: its structure, its checksums, and cells that are not as they should be."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from typing import NamedTuple

from desktop.domain.all_templates import Templates
from desktop.domain.inspection import Flaw, inspect
from desktop.domain.keys import FactKey, ReportId
from desktop.errors import UserError
from desktop.storage import journal
from desktop.storage.backups.verify import in_memory
from desktop.storage.checksums import report_sum
from desktop.storage.db import DamagedFile, Database
from desktop.storage.tasks import KeptTasks

_PUT_BACK = "U 盘可能被拔出，或文件夹被移动、改名、删除。请把它放回原处，再重新打开程序："
_TO_BACKUPS = "请打开“备份与恢复”，选一份好的备份恢复。"


class Matter(NamedTuple):
    """One thing found: where, what, and either a flaw that can be mended or advice."""

    where: str
    said: str
    advice: str
    report: ReportId | None = None
    flaw: Flaw | None = None
    damaged: int = 0
    """The stored number of a report whose checksum does not fit."""


_UNREADABLE = Matter("数据文件", "有一部分读不出来", _TO_BACKUPS)


class DataCheck(NamedTuple):
    """What was looked through, and what was found."""

    reports: int
    cells: int
    steps: int
    matters: tuple[Matter, ...]

    def in_words(self) -> str:
        found = len(self.matters)
        if found and not self.reports:
            return f"发现{found}个问题，没有读到报告。"
        counted = f"{self.reports}份报告，{self.cells:,}项内容，{self.steps:,}条修改记录："
        return f"{counted}{f'发现{found}个问题' if found else '没有发现问题'}。"


class _Stored(NamedTuple):
    number: int
    id: ReportId
    system: str
    checksum: int
    unit_name: str
    deleted: bool

    @property
    def name(self) -> str:
        return f"{self.unit_name} {self.id.year}年度{'（已删除）' if self.deleted else ''}"


def checking(db: Database, templates: Templates) -> Callable[[], DataCheck]:
    """Work for any thread: what lies on the disk by then is read and looked through; of a file that cannot be read
    through, that it cannot.
    """
    unread = None
    if db.vanished:
        unread = Matter(
            "数据文件", "数据文件夹不见了，现在填写的内容存不下来", f"{_PUT_BACK}{db.path.parent}"
        )

    def run() -> DataCheck:
        if unread is not None:
            return DataCheck(0, 0, 0, (unread,))
        try:
            with in_memory(db.pages(), db.path) as copy:
                return _looked_through(copy, templates)
        except (UserError, sqlite3.Error):
            return DataCheck(0, 0, 0, (_UNREADABLE,))

    return run


def _looked_through(db: Database, templates: Templates) -> DataCheck:
    reports: list[_Stored] = []
    cells = steps = 0
    matters: list[Matter] = []
    try:
        matters += _structure(db)
        matters += _tasks(db)
        reports = _reports(db)
        cells, steps = _count(db, "facts"), _count(db, "journal")
        for report in reports:
            matters += _report(db, report, templates)
            matters += _steps(db, report)
    except (DamagedFile, sqlite3.Error):
        matters.append(_UNREADABLE)
    return DataCheck(len(reports), cells, steps, tuple(matters))


def register_anew(db: Database, number: int) -> None:
    """Take a report for what it is now: its checksum becomes that of its present cells."""
    with db.atomic() as conn:
        report = next(each for each in _reports(db) if each.number == number)
        value = report_sum(*report.id, report.system, _cells(db, number))
        conn.execute("UPDATE reports SET checksum = ? WHERE id = ?", (value, number))


def _structure(db: Database) -> Iterator[Matter]:
    if db.rows("PRAGMA integrity_check(1)") != [("ok",)]:
        yield Matter("数据文件", "文件结构已损坏", _TO_BACKUPS)
    lost = db.rows("PRAGMA foreign_key_check")
    if lost:
        yield Matter("数据文件", f"{len(lost)}条记录找不到所属的单位或报告", _TO_BACKUPS)


def _tasks(db: Database) -> Iterator[Matter]:
    for task in KeptTasks(db).all():
        if not task.intact:
            advice = "请在“数据”菜单的“任务包”里重新领取，或从备份恢复。"
            yield Matter(
                f"任务 {task.id}", "内容与保存时不一致，按它的表样填的报告暂按通常的表样显示", advice
            )


def _reports(db: Database) -> list[_Stored]:
    sql = (
        "SELECT r.id, r.unit_id, r.year, r.system, r.checksum, u.name, r.deleted IS NOT NULL FROM reports r"
        " JOIN units u ON u.id = r.unit_id ORDER BY r.deleted IS NOT NULL, r.unit_id, r.year DESC"
    )
    return [
        _Stored(number, ReportId(unit, year), system, checksum, name, bool(deleted))
        for number, unit, year, system, checksum, name, deleted in db.rows(sql)
    ]


def _count(db: Database, table: str) -> int:
    return int(db.rows(f"SELECT count(*) FROM {table}")[0][0])


def _cells(db: Database, number: int) -> list[tuple[str, str, str, str]]:
    return db.rows("SELECT tbl, row, col, value FROM facts WHERE report = ?", number)


def _report(db: Database, report: _Stored, templates: Templates) -> Iterator[Matter]:
    cells = _cells(db, report.number)
    if report_sum(*report.id, report.system, cells) != report.checksum:
        said = "内容与保存时不一致，可能是磁盘出错，或被别的软件改动"
        advice = "最好从备份恢复。确认现在的内容无误时，可以“重新登记”，照现在的内容继续使用。"
        yield Matter(report.name, said, advice, damaged=report.number)
    elif not report.deleted:
        facts = {FactKey(*key): value for *key, value in cells}
        if report.system not in templates.systems:
            yield Matter(report.name, "所用的计分表本程序不认识", "请在右上方重新选择计分表。", report.id)
        for flaw in inspect(templates, facts, report.id.year, report.unit_name):
            yield Matter(report.name, flaw.message, f"可以修正：{flaw.remedy}。", report.id, flaw)


def _steps(db: Database, report: _Stored) -> Iterator[Matter]:
    damaged = sum(not row.intact for row in journal.rows(db, "report = ?", report.number))
    if damaged:
        advice = "报告现有的内容不受影响，可以继续填写；不能按这些记录撤销或查看。"
        yield Matter(report.name, f"{damaged}条修改记录与写入时不一致", advice)
