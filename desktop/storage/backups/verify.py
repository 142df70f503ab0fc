"""Opens a copy of a data file for reading only, and says whether it is whole."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from desktop.errors import UserError
from desktop.storage.checksums import report_sum, task_sum
from desktop.storage.db import APPLICATION_ID, LATEST, SHAPES, DamagedFile, Database, known_errors, shape_sum

_HEADER = 100
_ESCAPED = {ord(char): f"%{ord(char):02x}" for char in "%?#"}
_FIRST_WITH_SUMS, _FIRST_WITH_TASKS = 2, 3
_NOWHERE = Path()


class DamagedCopy(UserError):
    """A copy that must not take the data's place."""

    def __init__(self, path: Path, fault: str) -> None:
        super().__init__(f"这份备份不完好：{fault}。", f"请改用另一份备份：{path}")
        self.fault = fault


@contextmanager
def opened(path: Path) -> Iterator[Database]:
    """A copy, never the data file in use: nothing is locked, written or made beside it."""
    # Two slashes more than the path has: a share's name must not be taken for a machine's.
    posix = path.absolute().as_posix().translate(_ESCAPED)
    address = f"file://{'' if posix.startswith('/') else '/'}{posix}?mode=ro&immutable=1"
    with known_errors(path):
        conn = sqlite3.connect(address, uri=True, isolation_level=None)
    try:
        yield Database(path, conn)
    finally:
        conn.close()


@contextmanager
def in_memory(pages: bytes, path: Path = _NOWHERE) -> Iterator[Database]:
    """A data file's pages (`Database.pages`), to be read anywhere; the file at `path` is not touched."""
    conn = sqlite3.connect(":memory:", isolation_level=None)
    try:
        with known_errors(path):
            if pages:
                conn.deserialize(pages)
        yield Database(path, conn)
    finally:
        conn.close()


def version_of(path: Path) -> int | None:
    """The stored shape by the file's header; None if it is no whole file of ours. Quick: 100 bytes are read."""
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            header = file.read(_HEADER)
    except OSError:
        return None
    if len(header) < _HEADER or not header.startswith(b"SQLite format 3\0"):
        return None
    page, pages, version, application = (
        int.from_bytes(header[start:end]) for start, end in ((16, 18), (28, 32), (60, 64), (68, 72))
    )
    whole = size == pages * (65536 if page == 1 else page)
    return version if whole and version and application == APPLICATION_ID else None


def fault_of(db: Database) -> str:
    """What is wrong with an open file of ours, in words; '' if everything in it is as it was saved."""
    try:
        return _fault(db)
    except DamagedFile:
        return "文件结构已损坏"
    except sqlite3.Error as error:
        return f"文件读不出来（{error}）"


def check_copy(path: Path) -> None:
    """DamagedCopy unless the whole copy is as it was saved; another UserError if it is of a newer version."""
    version = version_of(path)
    if version is None:
        raise DamagedCopy(path, "不是完整的数据文件")
    if version > LATEST:
        raise UserError(
            "这份备份是由更新版本的程序保存的。", "请安装最新版本后再使用；现有数据未作任何改动。"
        )
    with opened(path) as db:
        fault = fault_of(db)
    if fault:
        raise DamagedCopy(path, fault)


def _fault(db: Database) -> str:
    if db.rows("PRAGMA integrity_check(1)") != [("ok",)] or db.rows("PRAGMA foreign_key_check"):
        return "文件结构已损坏"
    ((version,),) = db.rows("PRAGMA user_version")
    with known_errors(db.path):
        if shape_sum(db.conn) != SHAPES.get(version):
            return "文件结构已损坏"
    if version < _FIRST_WITH_SUMS:
        return ""
    sql = (
        "SELECT r.id, r.unit_id, r.year, r.system, r.checksum, u.name FROM reports r"
        " JOIN units u ON u.id = r.unit_id"
    )
    for number, unit, year, system, checksum, name in db.rows(sql):
        facts = db.rows("SELECT tbl, row, col, value FROM facts WHERE report = ?", number)
        if report_sum(unit, year, system, facts) != checksum:
            return f"“{name}”{year}年度报告的内容与保存时不一致"
    return _fault_of_tasks(db) if version >= _FIRST_WITH_TASKS else ""


def _fault_of_tasks(db: Database) -> str:
    for *task, checksum in db.rows("SELECT id, issue, taken, file, said, checksum FROM tasks"):
        if task_sum(*task) != checksum:
            return f"任务“{task[0]}”的内容与保存时不一致"
    return ""
