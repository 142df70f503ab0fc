"""Shows what is in a backup, and puts it in the place of the data, which are kept first."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from types import MappingProxyType
from typing import Literal, NamedTuple

from desktop.domain.keys import FactKey
from desktop.errors import UserError
from desktop.storage.backups.backup import (
    BEFORE_RESTORE,
    Backup,
    Backups,
    DamagedData,
    copy_database,
    copy_file,
    settle,
    temporary,
    worded,
)
from desktop.storage.backups.verify import DamagedCopy, check_copy, fault_of, in_memory, opened
from desktop.storage.db import DamagedFile, Database, companions, open_database
from desktop.storage.runner import Runner

_PAGES_A_STEP = 256

FEW = 5
"""Cells named of a report that differs; the others are counted."""

Comparison = Literal["same", "differs", "only there", "only here", "unknown"]
"""`unknown`: the present data cannot be read."""


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


class _Head(NamedTuple):
    number: int
    unit_name: str
    year: int


def comparing(db: Database, backup: Path) -> Callable[[], Content]:
    """What a backup holds and where it differs from the present data, as they are now: work for any thread.

    UserError, now or then, if it is none or not whole. Present data that cannot be read do not hinder.
    """
    _refuse_present(db, backup)
    return lambda: _content(backup, _pages(db))


def comparing_newest(db: Database, backups: Sequence[Backup]) -> Callable[[], tuple[Backup, Content] | None]:
    """The same of the first of some backups that is whole; None where none is."""

    def run() -> tuple[Backup, Content] | None:
        pages = _pages(db)
        for backup in backups:
            with suppress(UserError):
                return backup, _content(backup.path, pages)
        return None

    return run


def _pages(db: Database) -> bytes:
    try:
        return db.pages()
    except (UserError, sqlite3.Error):
        return b""


def _content(backup: Path, pages: bytes) -> Content:
    check_copy(backup)
    with opened(backup) as copy, in_memory(pages) as present:
        return _side_by_side(copy, present)


def _side_by_side(copy: Database, present: Database) -> Content:
    there = _heads(copy)
    units = tuple(name for (name,) in copy.rows("SELECT name FROM units ORDER BY id"))
    years = tuple(sorted({head.year for head in there.values()}))
    try:
        here = _heads(present)
        reports = [_compared(copy, head, present, here.get(mark)) for mark, head in there.items()]
        reports += [_only_here(present, head) for mark, head in here.items() if mark not in there]
    except (UserError, sqlite3.Error):
        reports = [_alone(copy, head, "unknown") for head in there.values()]
    last = max((report.last_edit for report in reports if report.last_edit), default=None)
    return Content(units, years, tuple(reports), last)


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
    settings, runner = _settings(db), backups.runner
    with worded(), temporary(backups.folder) as staged:
        runner.run("正在读取并核对备份…", lambda: _stage(backup, staged, settings))
        kept = _keep_present(db, backups)
        _replace_all(db, staged, runner)
    backups.take_restored()
    fault = runner.run("正在核对恢复后的数据…", lambda: _fault_on_disk(db))
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
        for leftover in companions(path):
            if leftover.exists():
                os.replace(leftover, aside.with_name(aside.name + leftover.name.removeprefix(path.name)))
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
                backups.runner.run("正在另存现有数据…", lambda: copy_database(db, copy))
                settle(copy, aside)
        except DamagedData as error:
            raise UserError(
                "现有数据已经读不出来，无法先另存一份，因此没有恢复。",
                "请关闭程序后重新打开，再按提示从备份恢复。",
            ) from error
        return aside
    assert kept is not None, "before a restore there is always one"
    return kept.path


def _replace_all(db: Database, staged: Path, runner: Runner) -> None:
    """Over the open connection: the file keeps its lock, and a failure in the middle is rolled back.

    It takes this thread as long as the disk does, for nobody may ask the connection for anything meanwhile.
    """
    with runner.showing("正在换上备份里的内容…") as tell, opened(staged) as source, db.replacing(source):
        source.conn.backup(
            db.conn, pages=_PAGES_A_STEP, progress=lambda _, left, total: tell(left, total), sleep=0
        )


def _stage(backup: Path, staged: Path, settings: Sequence[tuple[str, str]] | None) -> None:
    """A copy of the backup that is ready to take the data's place."""
    check_copy(backup)
    copy_file(backup, staged)
    _prepare(staged, settings)
    check_copy(staged)


def _fault_on_disk(db: Database) -> str:
    with in_memory(db.pages(), db.path) as copy:
        return fault_of(copy)


def _settings(db: Database) -> list[tuple[str, str]] | None:
    """None where they cannot be read any more."""
    try:
        return db.rows("SELECT key, value FROM settings")
    except UserError:
        return None


def _prepare(staged: Path, settings: Sequence[tuple[str, str]] | None) -> None:
    """Bring a copy to the latest shape, with the settings of today: folders are of this machine.

    Where they are not known any more, those of the backup stay.
    """
    copy = open_database(staged)
    try:
        if settings is not None:
            with suppress(UserError), copy.atomic() as conn:
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


def _heads(db: Database) -> dict[tuple[int, str], _Head]:
    """The live reports by number and moment of making: unit and year may be given anew."""
    sql = (
        "SELECT r.id, r.created, u.name, r.year FROM reports r JOIN units u ON u.id = r.unit_id"
        " WHERE r.deleted IS NULL ORDER BY r.unit_id, r.year DESC"
    )
    return {(number, made): _Head(number, name, year) for number, made, name, year in db.rows(sql)}


def _cells(db: Database, number: int) -> list[tuple[str, str, str, str]]:
    return db.rows("SELECT tbl, row, col, value FROM facts WHERE report = ? ORDER BY tbl, row, col", number)


def _by_key(cells: list[tuple[str, str, str, str]]) -> dict[FactKey, str]:
    return {FactKey(*key): value for *key, value in cells}


def _edited(db: Database, number: int) -> datetime | None:
    rows = db.rows("SELECT at FROM journal WHERE report = ? ORDER BY id DESC LIMIT 1", number)
    try:
        return datetime.fromisoformat(rows[0][0]) if rows else None
    except (ValueError, TypeError):
        return None


def _compared(copy: Database, head: _Head, present: Database, now: _Head | None) -> ReportContent:
    if now is None:
        return _alone(copy, head, "only there")
    # Not by the stored sums: those of the present data may be true and the cells damaged.
    cells, present_cells = _cells(copy, head.number), _cells(present, now.number)
    last = _edited(copy, head.number)
    if cells == present_cells:
        return ReportContent(head.unit_name, head.year, len(cells), last, "same")
    there, here = _by_key(cells), _by_key(present_cells)
    keys = [key for key in {**there, **here} if there.get(key) != here.get(key)]
    some = tuple(keys[:FEW])
    return ReportContent(head.unit_name, head.year, len(cells), last, "differs", len(keys), some, there, here)


def _alone(copy: Database, head: _Head, comparison: Comparison) -> ReportContent:
    """A report that is in the backup, with nothing to hold it against."""
    cells = _count(copy, head.number)
    return ReportContent(head.unit_name, head.year, cells, _edited(copy, head.number), comparison, cells)


def _only_here(present: Database, head: _Head) -> ReportContent:
    cells = _count(present, head.number)
    return ReportContent(head.unit_name, head.year, 0, None, "only here", cells)


def _count(db: Database, number: int) -> int:
    return int(db.rows("SELECT count(*) FROM facts WHERE report = ?", number)[0][0])
