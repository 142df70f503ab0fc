"""What can take a damaged data file's place, side by side; and putting it there."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from desktop.domain.keys import FactKey
from desktop.errors import UserError
from desktop.private_files import make_folder
from desktop.storage.backups.backup import Backup, BackupFailed, backups_in, settle, temporary, worded
from desktop.storage.backups.restore import replace_damaged
from desktop.storage.backups.verify import DamagedCopy, check_copy, fault_of, in_memory, opened
from desktop.storage.catalog import time_of
from desktop.storage.db import Database
from desktop.storage.recovery.row_scan import Facts
from desktop.storage.recovery.salvage import Earlier, FoundReport, Salvaged, salvage, write_salvaged

SHOWN = 3
"""Backups offered: each is read whole before it is."""


class Holding(NamedTuple):
    """What one would have: cells by unit's name and year, and the moment of the last edit."""

    cells: dict[tuple[str, int], int]
    last_edit: datetime | None

    @property
    def facts(self) -> int:
        return sum(self.cells.values())

    def in_words(self) -> str:
        units = len({unit for unit, _ in self.cells})
        said = f"{units} 个单位、{len(self.cells)} 份报告、{self.facts} 项内容"
        return f"{said}；最后一次修改：{moment_in_words(self.last_edit)}" if self.last_edit else said


class Offer(NamedTuple):
    """A verified backup and what is in it."""

    backup: Backup
    holding: Holding


class Rescue(NamedTuple):
    """The choice to be made. `salvaged` may have found nothing, `backups` be empty."""

    path: Path
    backups: tuple[Offer, ...]
    salvaged: Salvaged
    by_salvage: Holding
    partly: frozenset[tuple[str, int]]
    """Of which salvaged reports something is missing."""

    @property
    def salvage_is_better(self) -> bool:
        """Whether the salvaged is to be recommended: later than the newest backup, and whole or no smaller."""
        if not self.backups or not self.salvaged.reports:
            return bool(self.salvaged.reports)
        newest, ours = self.backups[0].holding, self.by_salvage
        if newest.last_edit and (ours.last_edit is None or ours.last_edit < newest.last_edit):
            return False
        return self.salvaged.whole or ours.facts >= newest.facts

    def in_words(self) -> str:
        """All there is, as lines for the console."""
        salvaged = self.salvaged
        last = f"最后一次修改：{moment_in_words(salvaged.last_edit)}。" if salvaged.last_edit else ""
        lines = [f"抢救：{salvaged.in_words()}{last}", *salvaged.partial_in_words().splitlines()]
        for backup, holding in self.backups:
            lines.append(
                f"备份（{moment_in_words(backup.moment.time)} {backup.reason}）：{holding.in_words()}。"
            )
        if not self.backups:
            lines.append("备份：备份文件夹里没有完好的备份。")
        best = "salvaged" if self.salvage_is_better else "backup" if self.backups else ""
        if best:
            lines.append(f"推荐：rescue --use {best}。换下来的数据文件会改名留在数据文件夹里。")
        return "\n".join(lines)


class Condition(NamedTuple):
    """How it stands with data that were just read through; `fault` in words, '' where there is none."""

    fault: str
    reports: int
    facts: int
    last_edit: datetime | None

    def in_words(self) -> str:
        """Of data without a fault."""
        last = f"，最后一次修改：{moment_in_words(self.last_edit)}" if self.last_edit else ""
        return f"数据已核对：{self.reports} 份报告、{self.facts} 项内容完好{last}。"


def look(database: Path, backups: Path) -> Rescue:
    """Takes a second or two. The damaged file is only read; nobody may have it open."""
    good = tuple(islice(_good(backups), SHOWN))
    offers = tuple(offer for offer, _ in good)
    salvaged = salvage(database, [facts for _, facts in good])
    live = [report for report in salvaged.reports if report.head.deleted is None]
    cells = {_named(salvaged, report): len(report.facts) for report in live}
    partly = frozenset(_named(salvaged, report) for report in live if not report.whole)
    return Rescue(database, offers, salvaged, Holding(cells, salvaged.last_edit), partly)


def use_backup(rescue: Rescue, offer: Offer) -> str:
    """Put a backup in the damaged file's place; what was done, in words."""
    with _worded():
        aside = replace_damaged(rescue.path, offer.backup.path)
    kept = f"换下来的“{rescue.path.name}”另存为“{aside.name}”。" if aside.exists() else ""
    return f"已用{moment_in_words(offer.backup.moment.time)}的备份恢复。{kept}"


def use_salvaged(rescue: Rescue, system: str) -> str:
    """Put what was salvaged in the damaged file's place; `system` as for `write_salvaged`."""
    with _worded(), temporary(rescue.path.parent) as written:
        write_salvaged(rescue.salvaged, written, system)
        aside = replace_damaged(rescue.path, written)
    words = f"{rescue.salvaged.in_words()}{rescue.salvaged.partial_in_words()}"
    return f"已换用抢救出的内容：{words}换下来的“{rescue.path.name}”另存为“{aside.name}”。"


def snapshot(db: Database) -> bytes:
    """The open file's pages, for `check_snapshot`; both are work for a worker."""
    return db.pages()


def save_snapshot(data: bytes, folder: Path) -> Path:
    """Write an open file's pages as a data file in a new folder of its own, and check it; that folder."""
    inside = folder / f"自评数据-{datetime.now():%Y%m%d-%H%M%S}"
    try:
        with worded():
            make_folder(inside)
            with temporary(inside) as copy:
                copy.write_bytes(data)
                check_copy(copy)
                settle(copy, inside / "ziping.db")
    except DamagedCopy as error:
        raise UserError(
            f"数据没有读全，没有另存：{error.fault}。", "请把数据文件夹放回原处，再重新打开程序。"
        ) from error
    except BackupFailed as error:
        raise UserError("这个文件夹写不进去，没有另存。", "请检查磁盘空间，或另选一个文件夹。") from error
    return inside


def check_snapshot(data: bytes) -> Condition:
    """Read everything and compare it with its checksums. Safe in a worker."""
    with in_memory(data) as db:
        fault = fault_of(db)
        holding = _holding(db) if not fault else Holding({}, None)
    return Condition(fault, len(holding.cells), holding.facts, holding.last_edit)


def moment_in_words(moment: datetime) -> str:
    """As the user's clock showed it."""
    at = moment.astimezone() if moment.tzinfo else moment
    year = "" if at.year == datetime.now().year else f"{at.year}年"
    return f"{year}{at.month}月{at.day}日 {at:%H:%M}"


def _good(folder: Path) -> Iterator[tuple[Offer, Earlier]]:
    """The backups that are whole, the newest first, with their cells."""
    for backup in backups_in(folder):
        try:
            check_copy(backup.path)
            with opened(backup.path) as copy:
                found = Offer(backup, _holding(copy)), _facts(copy)
        except (UserError, sqlite3.Error, OSError):
            continue
        yield found


def _facts(db: Database) -> dict[int, Facts]:
    facts = dict[int, Facts]()
    for report, table, row, column, value in db.rows("SELECT report, tbl, row, col, value FROM facts"):
        facts.setdefault(report, {})[FactKey(table, row, column)] = value
    return facts


def _holding(db: Database) -> Holding:
    sql = (
        "SELECT u.name, r.year, (SELECT count(*) FROM facts WHERE report = r.id) FROM reports r"
        " JOIN units u ON u.id = r.unit_id WHERE r.deleted IS NULL ORDER BY r.unit_id, r.year DESC"
    )
    cells = {(name, year): count for name, year, count in db.rows(sql)}
    last = db.rows("SELECT at FROM journal ORDER BY id DESC LIMIT 1")
    return Holding(cells, time_of(last[0][0]) if last else None)


def _named(salvaged: Salvaged, report: FoundReport) -> tuple[str, int]:
    return salvaged.units[report.head.unit], report.head.year


@contextmanager
def _worded() -> Iterator[None]:
    """What can go wrong is told of a rescue, not of a backup."""
    try:
        yield
    except BackupFailed as error:
        full = error.sentence.startswith("磁盘已满")
        raise UserError(
            f"{'磁盘已满' if full else '数据文件夹写不进去'}，还没有恢复。",
            "损坏的文件和备份都没有改动。请腾出磁盘空间，或检查文件夹是否允许写入，再试一次。",
        ) from error
