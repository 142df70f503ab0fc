"""Shows what is in a backup, and puts it in the place of the data, which are kept first."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from types import MappingProxyType
from typing import Literal, NamedTuple

from desktop.domain.keys import FactKey
from desktop.errors import UserError
from desktop.storage.backup import (
    BEFORE_RESTORE,
    Backups,
    DamagedData,
    copy_database,
    copy_file,
    settle,
    temporary,
    worded,
)
from desktop.storage.db import DamagedFile, Database, open_database
from desktop.storage.verify import DamagedCopy, check_copy, fault_of, opened

FEW = 5
"""Cells named of a report that differs; the others are counted."""

Comparison = Literal["same", "differs", "only there", "only here"]


class ReportContent(NamedTuple):
    """A report of a backup (`there`) beside that of the present data (`here`); `cells` are the backup's."""

    unit_name: str
    year: int
    cells: int
    last_edit: datetime | None
    comparison: Comparison
    differing: int = 0
    some: tuple[FactKey, ...] = ()
    there: Mapping[FactKey, str] = MappingProxyType({})
    here: Mapping[FactKey, str] = MappingProxyType({})


class Content(NamedTuple):
    """What is in a backup; reports in the bin are left out, on both sides."""

    units: tuple[str, ...]
    years: tuple[int, ...]
    reports: tuple[ReportContent, ...]
    last_edit: datetime | None


class _Stored(NamedTuple):
    unit_name: str
    year: int
    facts: Mapping[FactKey, str]
    last_edit: datetime | None


def content(db: Database, backup: Path) -> Content:
    """What a backup holds and where it differs from the present data. UserError if it is not whole."""
    _refuse_present(db, backup)
    check_copy(backup)
    with opened(backup) as copy:
        there = _reports(copy)
        units = tuple(name for (name,) in copy.rows("SELECT name FROM units ORDER BY id"))
    here = _reports(db)
    reports = [_compared(stored, here.get(mark)) for mark, stored in there.items()]
    reports += [
        ReportContent(s.unit_name, s.year, 0, None, "only here", len(s.facts), _few(s.facts), here=s.facts)
        for mark, s in here.items()
        if mark not in there
    ]
    years = sorted({stored.year for stored in there.values()})
    edits = [stored.last_edit for stored in there.values() if stored.last_edit]
    return Content(units, tuple(years), tuple(reports), max(edits, default=None))


def held(backup: Path) -> list[tuple[str, int]]:
    """Unit and year of each report in a backup: quick, for a list. UserError if it cannot be read."""
    sql = (
        "SELECT u.name, r.year FROM reports r JOIN units u ON u.id = r.unit_id"
        " WHERE r.deleted IS NULL ORDER BY r.unit_id, r.year DESC"
    )
    try:
        with opened(backup) as copy:
            return [(str(name), int(year)) for name, year in copy.rows(sql)]
    except (sqlite3.Error, ValueError, TypeError) as error:
        raise DamagedCopy(backup, "文件结构已损坏") from error


def restore(db: Database, backups: Backups, backup: Path) -> Path:
    """Put a backup in the place of the present data; the file that now keeps these.

    In one go: either all of it is replaced, or nothing. Settings stay as they are.
    """
    _refuse_present(db, backup)
    check_copy(backup)
    with worded(), temporary(backups.folder) as staged:
        copy_file(backup, staged)
        _prepare(staged, db)
        check_copy(staged)
        kept = _keep_present(db, backups)
        _replace_all(db, staged)
    backups.take_restored()
    fault = fault_of(db)
    if fault:
        raise UserError(f"恢复后的数据没有通过检查：{fault}。", f"恢复前的数据保存在：{kept}。请检查磁盘。")
    return kept


def replace_damaged(path: Path, backup: Path) -> Path:
    """Put a backup in the place of a file that cannot be opened; the file that now keeps the damaged one.

    To be called when nobody has the file open. An older shape is upgraded when it is opened.
    """
    check_copy(backup)
    with worded(), temporary(path.parent) as staged:
        copy_file(backup, staged)
        check_copy(staged)
        aside = _aside(path.parent)
        # The journal first: beside the new file it would be taken for its own and played back into it.
        for ending in ("-journal", "-wal", "-shm", ""):
            leftover = path.with_name(path.name + ending)
            if leftover.exists():
                os.replace(leftover, aside.with_name(aside.name + ending))
        settle(staged, path)
    return aside


def _keep_present(db: Database, backups: Backups) -> Path:
    """A verified backup; where the data do not allow one, all pages as they are, beside the data file."""
    try:
        kept = backups.make(BEFORE_RESTORE)
    except (DamagedData, DamagedFile):
        aside = _aside(db.path.parent)
        try:
            with worded(), temporary(db.path.parent) as copy:
                copy_database(db, copy)
                settle(copy, aside)
        except DamagedData as error:
            raise UserError(
                "现有数据已经读不出来，无法先另存一份，因此没有恢复。",
                "请关闭程序后重新打开，再按提示从备份恢复。",
            ) from error
        return aside
    assert kept is not None, "before a restore there is always one"
    return kept.path


def _replace_all(db: Database, staged: Path) -> None:
    """Over the open connection: the file keeps its lock, and a failure in the middle is rolled back."""
    with opened(staged) as source, db.replacing():
        source.conn.backup(db.conn)


def _prepare(staged: Path, db: Database) -> None:
    """Bring a copy to the latest shape, with the settings of today: folders are of this machine.

    Where they cannot be read any more, those of the backup stay.
    """
    copy = open_database(staged)
    try:
        with suppress(UserError), copy.atomic() as conn:
            settings = db.rows("SELECT key, value FROM settings")
            conn.execute("DELETE FROM settings")
            conn.executemany("INSERT INTO settings VALUES (?, ?)", settings)
    finally:
        copy.close()


def _refuse_present(db: Database, backup: Path) -> None:
    """The data file itself is no backup; and to open and close it a second time would drop its lock."""
    with suppress(OSError):
        if os.path.samefile(db.path, backup):
            raise UserError("这就是正在使用的数据文件，不是备份。", "请选择“backups”文件夹里的备份文件。")


def _aside(folder: Path) -> Path:
    """A name for a damaged file, not yet taken."""
    name = f"ziping-damaged-{datetime.now():%Y%m%d-%H%M%S}"
    numbered = (folder / f"{name}{f'-{n}' if n else ''}.db" for n in range(1000))
    return next(path for path in numbered if not os.path.lexists(path))


def _reports(db: Database) -> dict[tuple[int, str], _Stored]:
    """The live reports by number and moment of making: unit and year may be given anew."""
    sql = (
        "SELECT r.id, r.created, u.name, r.year FROM reports r JOIN units u ON u.id = r.unit_id"
        " WHERE r.deleted IS NULL ORDER BY r.unit_id, r.year DESC"
    )
    return {
        (n, made): _Stored(name, year, _facts(db, n), _edited(db, n)) for n, made, name, year in db.rows(sql)
    }


def _facts(db: Database, number: int) -> dict[FactKey, str]:
    rows = db.rows("SELECT tbl, row, col, value FROM facts WHERE report = ?", number)
    return {FactKey(*key): value for *key, value in rows}


def _edited(db: Database, number: int) -> datetime | None:
    rows = db.rows("SELECT at FROM journal WHERE report = ? ORDER BY id DESC LIMIT 1", number)
    try:
        return datetime.fromisoformat(rows[0][0]) if rows else None
    except (ValueError, TypeError):
        return None


def _compared(there: _Stored, here: _Stored | None) -> ReportContent:
    name, year, cells = there.unit_name, there.year, len(there.facts)
    if here is None:
        few = _few(there.facts)
        return ReportContent(name, year, cells, there.last_edit, "only there", cells, few, there.facts)
    keys = [k for k in {**there.facts, **here.facts} if there.facts.get(k) != here.facts.get(k)]
    comparison: Comparison = "differs" if keys else "same"
    some = tuple(keys[:FEW])
    return ReportContent(
        name, year, cells, there.last_edit, comparison, len(keys), some, there.facts, here.facts
    )


def _few(facts: Mapping[FactKey, str]) -> tuple[FactKey, ...]:
    return tuple(facts)[:FEW]
