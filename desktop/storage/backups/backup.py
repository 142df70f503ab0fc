"""Makes verified copies of the data file, keeps the right ones, and copies each to a second folder."""

from __future__ import annotations

import errno
import os
import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from desktop.errors import UserError
from desktop.paths import sync_folder
from desktop.private_files import make_folder, opener
from desktop.storage.backups.thinning import Moment, worth_keeping
from desktop.storage.backups.verify import DamagedCopy, check_copy, opened, version_of
from desktop.storage.catalog import local_now
from desktop.storage.db import LATEST, DamagedFile, Database, Stamp
from desktop.storage.runner import AtOnce, Runner
from desktop.storage.settings import Settings

AUTOMATIC, ON_CLOSE, BY_HAND = "自动", "关闭时", "手动"
BEFORE_IMPORT, BEFORE_RESTORE, BEFORE_UPGRADE, BEFORE_DELETION = "导入前", "恢复前", "升级前", "删除前"
BEFORE_MENDING = "修正前"
"""Reasons, as they stand in a file's name and in the list."""

EVERY = timedelta(minutes=10)
REMIND_AFTER = timedelta(days=7)

_NAME = re.compile(r"ziping-(\d{6,})-(\d{8}-\d{6})-(.+)\.db")
_TEMPORARY = "~ziping-"
_LEFT_BEHIND = timedelta(days=1)


class BackupFailed(UserError):
    """No backup was made; the data and all earlier backups are as they were."""


class DamagedData(BackupFailed):
    """The data in use are not as they were saved: a copy of them would be no backup."""

    def __init__(self, fault: str) -> None:
        super().__init__(
            f"现有数据有损坏，没有做成备份：{fault}。",
            "以前的备份都没有动过。请从备份恢复，或先打开“检查数据”查看详情。",
        )


class LostFile(DamagedFile):
    """There are backups and no data, or an empty file: a new one would hide the loss."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.sentence = "数据文件不见了，或者是空的；备份还在。"
        self.hint = f"请从备份恢复。如果要从头开始，请先把“backups”文件夹移到别处：{path.parent}"


class Backup(NamedTuple):
    """One copy. `good` as far as its header and size tell; `verify.check_copy` reads all of it."""

    path: Path
    moment: Moment
    reason: str
    size: int
    good: bool


class Made(NamedTuple):
    """A backup that was just written; of its copy in the second folder, if one is wanted, what went wrong."""

    path: Path
    second_problem: str | None


class Backups:
    """The backups of one open data file. What lasts needs no sqlite, and is done by the `runner`."""

    def __init__(self, db: Database, folder: Path, clock: Callable[[], datetime] = local_now) -> None:
        self.folder = folder
        self._db = db
        self._settings = Settings(db)
        self._clock = clock
        self.runner: Runner = AtOnce()
        self._last_number = 0
        self._tried = self._now()
        self._second_problem = ""
        self._as_restored: Stamp | None = None
        # We hold the data file's lock: whoever began these is no more.
        for place in (folder, db.path.parent):
            _sweep(place, lambda entry: True)

    @property
    def restored(self) -> bool:
        """Whether the data are still as a restore left them: then none is made of its own accord."""
        if self._as_restored is None:
            return False
        return self._stamp_or_none() == self._as_restored

    def take_restored(self) -> None:
        """The data have just been restored, and lie in a backup as they are now."""
        self._as_restored = self._db.stamp()

    # -- making ------------------------------------------------------------------------------------------

    def due(self, now: datetime | None = None) -> bool:
        """Whether an automatic backup is to be made: ten minutes gone, and something changed."""
        passed = (now or self._clock()).replace(tzinfo=None) - self._tried
        # Less than nothing has passed when the clock was set back.
        waited = passed >= EVERY or passed < timedelta(0)
        return waited and not self.restored and self._changed()

    def make(self, reason: str) -> Backup | None:
        """A verified copy of the data as they are now; None if the newest one already holds them.

        By hand, before a restore and before an upgrade one is always made. BackupFailed if it cannot be
        made, of these DamagedData if what would be copied is damaged; VanishedFolder if the data are gone.
        """
        work = self.begin(reason)
        return self.end(self.runner.run("正在备份…", work)) if work is not None else None

    def begin(self, reason: str) -> Callable[[], Made] | None:
        """The first part of `make`; then the work for any thread, which raises the same; then `end` in this one.

        What is saved in between may be in the copy or not; it is what one moment had.
        """
        self._db.refuse_vanished()
        self._tried = self._now()
        if reason in (AUTOMATIC, ON_CLOSE) and self.restored:
            return None
        if reason not in (BY_HAND, BEFORE_RESTORE, BEFORE_UPGRADE) and not self._changed():
            return None
        # Where a write failed, sqlite puts the file right with the next question: before it is read beside it.
        self._stamp_or_none()
        numbers = [backup.moment.number for backup in self.list()]
        # One that is being written has no name yet.
        self._last_number = max(self._last_number, *numbers, 0) + 1
        moment = Moment(self._last_number, self._now())
        target = self.folder / f"ziping-{moment.number:06}-{moment.time:%Y%m%d-%H%M%S}-{reason}.db"
        db, second = self._db, self.second_folder
        return lambda: _written(db, target, second)

    def end(self, made: Made) -> Backup | None:
        """Remember how it went with the second folder."""
        if made.second_problem is not None:
            self._second_problem = made.second_problem
        if made.second_problem == "":
            done = self._now().isoformat(timespec="seconds")
            chosen = self._settings.text("second_backup_folder")
            try:
                self._settings.set("second_backup_done", f"{done} {chosen}")
            except UserError as error:
                self._second_problem = _no_second(error)
        return _backup(made.path)

    def list(self) -> list[Backup]:
        """All backups, the newest first. What only looks like one, or leads elsewhere, is left out."""
        return backups_in(self.folder)

    # -- the second folder -------------------------------------------------------------------------------

    @property
    def second_folder(self) -> Path | None:
        """Where this data file's second copies go: a folder of its own, as others may copy there too."""
        from hashlib import blake2b
        from platform import node

        chosen = self._settings.text("second_backup_folder")
        if not chosen:
            return None
        mark = blake2b(str(self.folder).encode(errors="replace"), digest_size=3).hexdigest()
        return Path(chosen) / f"自评备份-{re.sub(r'[^0-9A-Za-z-]', '', node())}-{mark}"

    def second_state(self) -> str:
        """How it stands with the second folder, in words; '' if none is wanted."""
        chosen = self._settings.text("second_backup_folder")
        if not chosen:
            return ""
        at = self._second_done(chosen)
        last = f"上次成功 {at.month}月{at.day}日" if at else "还没有成功过"
        problem = self._second_problem if Path(chosen).is_dir() else "现在找不到"
        return f"第二备份文件夹 {chosen} {problem}，{last}" if problem else f"第二备份文件夹 {chosen}，{last}"

    def second_overdue(self) -> bool:
        """Whether to remind: a second folder is wanted, and it has had no copy for a week."""
        chosen = self._settings.text("second_backup_folder")
        at = self._second_done(chosen)
        return bool(chosen) and (at is None or self._now() - at >= REMIND_AFTER)

    def _second_done(self, chosen: str) -> datetime | None:
        at, _, folder = self._settings.text("second_backup_done").partition(" ")
        try:
            return datetime.fromisoformat(at) if folder == chosen else None
        except ValueError:
            return None

    # -- what changed ------------------------------------------------------------------------------------

    def _changed(self) -> bool:
        """Whether the newest backup holds something else than the data; so it works across runs."""
        newest = next((backup.path for backup in self.list() if backup.good), None)
        try:
            if newest is None:
                return bool(self._db.rows("SELECT 1 FROM units LIMIT 1"))
            with opened(newest) as copy:
                return copy.stamp() != self._db.stamp()
        except (UserError, sqlite3.Error):
            return True

    def _stamp_or_none(self) -> Stamp | None:
        try:
            return self._db.stamp()
        except UserError:  # said better when they are copied
            return None

    def _now(self) -> datetime:
        """As the user's clock and calendar show it: that is what a backup is called by."""
        return self._clock().replace(tzinfo=None, microsecond=0)


# -- files -----------------------------------------------------------------------------------------------


def backups_in(folder: Path) -> list[Backup]:
    """The backups of a folder, the newest first."""
    try:
        found = [_backup(Path(entry.path)) for entry in os.scandir(folder) if _is_own(entry)]
    except OSError:
        return []
    return sorted((b for b in found if b is not None), key=lambda b: b.moment, reverse=True)


def refuse_lost(database: Path, folder: Path) -> None:
    """LostFile where nothing is left of the data but their backups."""
    try:
        lost = database.stat().st_size == 0 and database.is_file()
    except FileNotFoundError:
        lost = True
    except OSError:  # said better when it is opened
        lost = False
    if lost and any(backup.good for backup in backups_in(folder)):
        raise LostFile(database)


def _is_own(entry: os.DirEntry[str]) -> bool:
    return entry.is_file(follow_symlinks=False)


def _backup(path: Path) -> Backup | None:
    named = _NAME.fullmatch(path.name)
    if named is None:
        return None
    try:
        # Every start looks here, and strptime takes 6 ms to load.
        time = datetime.fromisoformat(named[2].replace("-", "T"))
        size = path.stat().st_size
    except (ValueError, OSError):
        return None
    version = version_of(path)
    good = version is not None and version <= LATEST
    return Backup(path, Moment(int(named[1]), time), named[3], size, good)


def _written(db: Database, target: Path, second: Path | None) -> Made:
    """Any thread's part of a backup: nothing here asks sqlite for anything but of the copy."""
    try:
        with worded(), temporary(target.parent) as copy:
            copy_database(db, copy)
            check_copy(copy)
            settle(copy, target)
    except DamagedCopy as error:
        raise DamagedData(error.fault) from error
    thin(target.parent)
    return Made(target, _copied_to(second, target) if second is not None else None)


def _copied_to(folder: Path, backup: Path) -> str:
    """Put a copy into the second folder; what went wrong is no error: the stick may be at home."""
    try:
        with worded(), temporary(folder) as copy:
            copy_file(backup, copy)
            check_copy(copy)
            settle(copy, folder / backup.name)
        thin(folder)
    except UserError as error:
        return _no_second(error)
    return ""


def _no_second(error: UserError) -> str:
    return f"没有备份成功（{error.sentence.rstrip('。')}）"


def copy_database(db: Database, target: Path) -> None:
    """Every page of the open file as it is committed now, damaged or not, into an empty file."""
    db.copy_to(target)


def copy_file(source: Path, target: Path) -> None:
    """A finished backup, byte for byte; never of the data file in use, whose lock that would drop."""
    import shutil  # its compressions cost a start 4 ms

    shutil.copyfile(source, target)


@contextmanager
def temporary(folder: Path) -> Iterator[Path]:
    """A new, empty file in the folder, gone when the block ends; those a day old go with it."""
    make_folder(folder)  # its parents are the user's: one that went away is not made anew
    _sweep(folder, _is_old)
    path = folder / f"{_TEMPORARY}{os.urandom(6).hex()}.tmp"
    open(path, "xb", opener=opener).close()
    try:
        yield path
    finally:
        with suppress(OSError):  # one that is held on to is thrown away another day
            path.unlink(missing_ok=True)


def _sweep(folder: Path, left_behind: Callable[[os.DirEntry[str]], bool]) -> None:
    """Throw away unfinished copies; one that cannot be removed is tried again next time."""
    with suppress(OSError):
        for entry in os.scandir(folder):
            if entry.name.startswith(_TEMPORARY) and _is_own(entry) and left_behind(entry):
                with suppress(OSError):
                    os.unlink(entry.path)


def _is_old(entry: os.DirEntry[str]) -> bool:
    age = datetime.now() - datetime.fromtimestamp(entry.stat(follow_symlinks=False).st_mtime)
    return age > _LEFT_BEHIND


def settle(copy: Path, target: Path) -> None:
    """Give a finished copy its name, once it is on the disk for good."""
    with copy.open("rb+") as file:
        os.fsync(file.fileno())
    os.replace(copy, target)
    sync_folder(target.parent)


def thin(folder: Path) -> None:
    """Throw away what is no longer needed. What is no good backup neither counts nor is touched."""
    good = [backup for backup in backups_in(folder) if backup.good]
    keep = worth_keeping(backup.moment for backup in good)
    for backup in good:
        if backup.moment not in keep:
            with suppress(OSError):  # one that cannot be removed now is tried again next time
                backup.path.unlink()


@contextmanager
def worded() -> Iterator[None]:
    """What can go wrong while a copy is written, as BackupFailed."""
    try:
        yield
    except OSError as error:
        raise _failed(error.errno in (errno.ENOSPC, errno.EDQUOT)) from error
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
            raise DamagedData("数据文件读不出来") from error
        raise _failed(code == sqlite3.SQLITE_FULL) from error


def _failed(full: bool) -> BackupFailed:
    if full:
        return BackupFailed(
            "磁盘已满，没有做成备份。", "数据和以前的备份都完好。请清理磁盘空间，然后再备份一次。"
        )
    return BackupFailed(
        "备份文件夹写不进去，没有做成备份。",
        "数据和以前的备份都完好。请检查备份文件夹是否存在、是否允许写入。",
    )
