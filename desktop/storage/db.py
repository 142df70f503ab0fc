"""Opens the one data file, keeps other programs out of it, and words what can go wrong with it."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import Any

from desktop.errors import UserError
from desktop.private_files import make_file
from desktop.storage.checksums import part_sum
from desktop.storage.on_disk import OnDisk

SHAPES = {1: 17567973560550646786, 2: 4248926654728856420, 3: 14026388851843240927}
"""The sum of each shape's definitions: a changed letter in them would have whole tables misread."""

LATEST = max(SHAPES)
"""The stored shape this program knows: the number of migrations, kept in PRAGMA user_version."""

_MOST_SHAPES = 255
"""No later version has more: a higher number is a damaged one."""

APPLICATION_ID = 0x7A697069
"""Marks a file as ours ('zipi'), so that another program's database is never written to."""

WAIT_SECONDS = 1.0
"""How long to wait for another program's lock, e.g. of a window that is just closing."""

_NO_TEXT = "Could not decode to UTF-8"
"""How Python's sqlite3 begins to say so; it gives the error no code."""

_A_COPY = "only the open data file is asked for its pages: a copy is read as any other file"


class DamagedFile(UserError):
    """The data file is not one to read or write; a backup can take its place."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            "数据文件已损坏，或不是本程序的数据文件。",
            f"文件未作任何改动。请从备份恢复，或换一个数据文件夹：{path}",
        )
        self.path = path


class Blocked(DamagedFile):
    """A folder lies where the data file or what belongs to it should be."""

    def __init__(self, path: Path, folder: Path) -> None:
        super().__init__(path)
        self.sentence = f"数据文件打不开：它的位置被一个名为“{folder.name}”的文件夹占用了。"
        self.hint = f"请从备份恢复，这个文件夹会改名保留；或者自己把它移到别处，再重新打开程序：{folder}"


class VanishedFolder(UserError):
    """The folder of the open data file was taken away; nothing may be made in its place."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            "数据文件夹不见了（U 盘可能被拔出，或文件夹被移动、改名、删除），这一步没有保存。",
            f"此前的内容未受影响。请把它放回原处，再重新打开程序：{folder}",
        )


class SavedAllTheSame(UserError):
    """A step stands in the file, but the disk reported an error when that was made sure of."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            "这一步已保存，但磁盘报告了错误。",
            "请尽快打开“备份与恢复”，选择另一块磁盘（例如 U 盘）作为第二备份文件夹，并立即备份；"
            f"再检查数据所在的磁盘、U 盘或网络连接：{path}",
        )


class PerhapsSaved(UserError):
    """The disk reported an error, and does not say what it has."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            "读写磁盘时出错，不能确定这一步是否已保存。",
            f"此前的内容完好。请检查磁盘、U 盘或网络连接，重新打开程序后看看这一步在不在：{path}",
        )


Stamp = list[tuple[object, ...]]


def _log_disk_error(error: UserError) -> None:
    import logging

    logging.getLogger(__name__).warning("saved, but the disk reported an error")


class Database:
    """The open file. Read with `rows`, write inside `atomic`; both turn known failures into UserErrors."""

    def __init__(self, path: Path, conn: sqlite3.Connection, on_disk: OnDisk | None = None) -> None:
        self.path = path
        self.conn = conn
        self._on_disk = on_disk
        self.on_disk_error: Callable[[UserError], object] = _log_disk_error
        """Hears of what is saved though the disk reported an error; it may not use the database at once."""
        self._opened = _identity(path)

    @contextmanager
    def atomic(self) -> Iterator[sqlite3.Connection]:
        """One transaction: on disk when the block ends, wholly undone when it raises.

        Inside another it is a part of that one: undone by itself, and on disk when that ends.
        """
        if self.conn.in_transaction:
            with self._part():
                yield self.conn
            return
        with known_errors(self.path), self._writing():
            self.refuse_vanished()
            self.conn.execute("BEGIN IMMEDIATE")
            try:
                yield self.conn
                self._commit()
            except BaseException:
                self.conn.rollback()
                raise

    def _commit(self) -> None:
        wanted = self._trace()
        try:
            self.conn.execute("COMMIT")
        except sqlite3.Error as error:
            self._judge(error, wanted)

    def _judge(self, error: sqlite3.Error, wanted: Stamp | None) -> None:
        """A commit of which the disk reports an error may stand all the same: then it is one, and told as such."""
        if getattr(error, "sqlite_errorcode", 0) & 0xFF != sqlite3.SQLITE_IOERR:
            raise error
        self.conn.rollback()
        found = self._trace()  # sqlite puts the file right before it answers
        if wanted is None or found is None:
            raise PerhapsSaved(self.path) from error
        if found != wanted:
            raise error
        self.on_disk_error(SavedAllTheSame(self.path))

    def _trace(self) -> Stamp | None:
        """None where it cannot be read: not even this may keep a step from being saved."""
        try:
            return [*self.stamp(), *self.rows("SELECT * FROM settings ORDER BY key")]
        except (UserError, sqlite3.Error):
            return None

    @contextmanager
    def _part(self) -> Iterator[None]:
        with known_errors(self.path):
            self.conn.execute("SAVEPOINT part")
            try:
                yield
                self.conn.execute("RELEASE part")
            except BaseException:
                if self.conn.in_transaction:  # a full disk ends the whole of it at once
                    self.conn.execute("ROLLBACK TO part")
                    self.conn.execute("RELEASE part")
                raise

    @contextmanager
    def replacing(self, source: Database) -> Iterator[None]:
        """For sqlite's backup of `source` into this file, which makes its own transaction."""
        with known_errors(self.path), self._writing():
            self.refuse_vanished()
            wanted = source._trace()
            try:
                yield
            except sqlite3.Error as error:
                self._judge(error, wanted)

    def _writing(self) -> AbstractContextManager[None]:
        return self._on_disk.writing() if self._on_disk else nullcontext()

    def rows(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        """What a query finds. A letter that is none any more is read as �, for the checksums to find."""
        with known_errors(self.path):
            try:
                return self.conn.execute(sql, values).fetchall()
            except sqlite3.OperationalError as error:
                if not str(error).startswith(_NO_TEXT):
                    raise
            self.conn.text_factory = lambda data: data.decode(errors="replace")
            try:
                return self.conn.execute(sql, values).fetchall()
            finally:
                self.conn.text_factory = str

    def stamp(self) -> Stamp:
        """What differs when units, reports, their contents or tasks do; settings are left out."""
        there = "SELECT name FROM sqlite_schema WHERE name IN ('units', 'reports', 'tasks') ORDER BY name"
        columns = {"tasks": "id, issue, checksum"}  # of old there are none
        tables = [f"SELECT {columns.get(n, '*')} FROM {n} ORDER BY id" for (n,) in self.rows(there)]
        last_step = "SELECT id, at, changes FROM journal ORDER BY id DESC LIMIT 1"
        return [row for sql in (*tables, last_step) for row in self.rows(sql)]

    @property
    def vanished(self) -> bool:
        """Whether the opened file is no longer what lies at its path: the folder was taken away or replaced."""
        return _identity(self.path) != self._opened

    def pages(self) -> bytes:
        """All pages as they lie on the disk, damaged or not; a worker may ask for them too."""
        assert self._on_disk is not None, _A_COPY
        try:
            return self._on_disk.read()
        except OSError as error:
            raise UserError(
                "数据文件读不出来。", f"请检查磁盘、U 盘或网络连接后重新打开程序：{self.path}"
            ) from error

    def copy_to(self, target: Path) -> None:
        """The same into a file that is there; a worker may have it done. OSError where it fails."""
        assert self._on_disk is not None, _A_COPY
        self._on_disk.copy_to(target)

    def close(self) -> None:
        try:
            self.conn.close()
        finally:  # not before: that would drop the lock
            if self._on_disk:
                self._on_disk.close()

    def refuse_vanished(self) -> None:
        """Hear of a folder that was taken away: with its journal kept open, sqlite would write into nothing."""
        if self.vanished:
            raise VanishedFolder(self.path.parent)


def _identity(path: Path) -> tuple[int, int] | None:
    """Which file lies at a path, None if there is none. It is not opened: that would drop sqlite's locks."""
    try:
        found = os.stat(path)
    except OSError:
        return None
    return found.st_dev, found.st_ino


def open_database(path: Path, before_upgrade: Callable[[Database], object] | None = None) -> Database:
    """Open or create the file, exclusively, checked and brought up to the latest shape.

    Nothing is written to a file that is damaged, another program's, or of a newer version. One of an
    older shape is handed to `before_upgrade`, which keeps a copy; if it raises, the file stays as it is.
    """
    _refuse_blocked(path)
    make_file(path)
    with known_errors(path):
        # Autocommit: a write outside `atomic` is saved too, not left in a transaction nobody ends.
        conn = sqlite3.connect(path, timeout=WAIT_SECONDS, isolation_level=None)
        try:
            _lock(conn)
            version = _checked_version(conn, path)
            _try_writing(conn, version)
            conn.execute("PRAGMA journal_mode=DELETE")
            conn.execute("PRAGMA synchronous=FULL")
            conn.execute("PRAGMA foreign_keys=ON")
            db = Database(path, conn, OnDisk(path))
        except BaseException:
            conn.close()
            raise
        try:
            if 0 < version < LATEST and before_upgrade:
                before_upgrade(db)
            if version < LATEST:
                _migrate(conn)
        except BaseException:
            db.close()
            raise
    return db


def _refuse_blocked(path: Path) -> None:
    """Name what sqlite would only say of that it cannot open it."""
    for name in companions(path):
        if name.is_dir():
            raise Blocked(path, name)


def companions(path: Path) -> tuple[Path, ...]:
    """All that sqlite takes for part of a data file, the file itself last."""
    return tuple(path.with_name(path.name + ending) for ending in ("-journal", "-wal", "-shm", ""))


def _lock(conn: sqlite3.Connection) -> None:
    """Take the lock now, not at the first write: the second window must hear of it before it shows data."""
    conn.execute("PRAGMA locking_mode=EXCLUSIVE")
    conn.execute("BEGIN EXCLUSIVE")
    conn.execute("COMMIT")


def _checked_version(conn: sqlite3.Connection, path: Path) -> int:
    """The file's stored shape, 0 for an empty file; UserError where the file is not one to write to."""
    try:
        version, application, tables = (
            int(conn.execute(sql).fetchone()[0])
            for sql in ("PRAGMA user_version", "PRAGMA application_id", "SELECT count(*) FROM sqlite_schema")
        )
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode == sqlite3.SQLITE_ERROR:  # a number in the header that sqlite never wrote
            raise DamagedFile(path) from error
        raise
    if tables and (application != APPLICATION_ID or version > _MOST_SHAPES):
        raise DamagedFile(path)
    if version > LATEST:
        raise UserError("数据文件是由更新版本的程序保存的。", "请安装最新版本后再打开；文件未作任何改动。")
    if conn.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok" or (tables and not _sound(conn, version)):
        raise DamagedFile(path)
    return version


def _sound(conn: sqlite3.Connection, version: int) -> bool:
    """What the quick check leaves out: the definitions, and the index that a report's unit and year stand in."""
    checks = (conn.execute(f"PRAGMA integrity_check({table})") for table in ("units", "reports"))
    return shape_sum(conn) == SHAPES.get(version) and all(c.fetchone()[0] == "ok" for c in checks)


def shape_sum(conn: sqlite3.Connection) -> int:
    """The sum of all definitions but those of sqlite and sqlite-utils, which their versions word differently."""
    found = conn.execute(
        "SELECT hex(type || ' ' || name || ' ' || tbl_name || ' ' || ifnull(sql, '')) FROM sqlite_schema"
        " WHERE tbl_name NOT LIKE '%sqlite%' ORDER BY name"
    )
    return part_sum(*(text for (text,) in found))


def _migrate(conn: sqlite3.Connection) -> None:
    """All pending steps in one transaction.

    sqlite-utils takes about 60 ms to import, so only a file that needs a step pays for it.
    """
    import sqlite_utils

    from desktop.storage.migrations import MIGRATIONS

    db = sqlite_utils.Database(conn, execute_plugins=False)
    with db.atomic():
        MIGRATIONS.apply(db)
        conn.execute(f"PRAGMA application_id={APPLICATION_ID}")
        conn.execute(f"PRAGMA user_version={LATEST}")


def _try_writing(conn: sqlite3.Connection, version: int) -> None:
    """Hear of a read-only file or folder now, not after typing; rolled back, so nothing is synced."""
    conn.execute("BEGIN IMMEDIATE")
    conn.execute(f"PRAGMA user_version={version}")
    conn.execute("ROLLBACK")


@contextmanager
def known_errors(path: Path) -> Iterator[None]:
    """The one place where sqlite's expected failures become sentences; all others stay bugs."""
    try:
        yield
    except UnicodeDecodeError as error:  # sqlite quotes from a damaged file what is no text any more
        raise DamagedFile(path) from error
    except sqlite3.Error as error:
        # The low byte is the primary code; the rest tells variants apart that need the same advice.
        worded = _worded(getattr(error, "sqlite_errorcode", 0) & 0xFF, path)
        if worded is None:
            raise
        raise worded from error


def _worded(code: int, path: Path) -> UserError | None:
    match code:
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return UserError(
                "数据文件正被另一个正在运行的程序使用。",
                "请先关闭已经打开的本程序窗口（或正在同步、备份该文件的软件），再重新打开。",
            )
        case sqlite3.SQLITE_NOTADB | sqlite3.SQLITE_CORRUPT:
            return DamagedFile(path)
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_PERM:
            return UserError(
                "数据文件或它所在的文件夹是只读的，无法保存。",
                "请取消只读属性或写保护；若在光盘或写保护的 U 盘上，请把整个文件夹复制到电脑上再打开："
                f"{path.parent}",
            )
        case sqlite3.SQLITE_CANTOPEN:
            return UserError(
                "无法在数据文件夹中打开或新建文件。",
                f"请检查该文件夹是否存在、是否允许写入：{path.parent}",
            )
        case sqlite3.SQLITE_FULL:
            return UserError("磁盘已满，这一步没有保存。", "此前的内容完好。请清理磁盘空间后再做一次。")
        case sqlite3.SQLITE_IOERR:
            return UserError(
                "读写磁盘时出错，这一步没有保存。",
                f"此前的内容完好。请检查磁盘、U 盘或网络连接后重新打开程序：{path}",
            )
    return None
