"""The tasks that were taken: each issue of each, its file as it came from the bureau."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from desktop.domain.keys import FORMS
from desktop.storage.catalog import local_now, time_of
from desktop.storage.checksums import task_sum
from desktop.storage.db import Database


class KeptTask(NamedTuple):
    """One issue: its file, and what that says, as JSON; `intact` is False where they are not what was saved."""

    id: str
    issue: int
    taken: datetime
    file: bytes
    said: str
    intact: bool


class KeptTasks:
    """Adds, lists and takes away. Each method is committed when it returns."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def all(self) -> list[KeptTask]:
        """In the order of their taking."""
        rows = self._db.rows(
            "SELECT id, issue, taken, file, said, checksum FROM tasks ORDER BY taken, id, issue"
        )
        return [
            KeptTask(
                task, issue, time_of(taken), file, said, task_sum(task, issue, taken, file, said) == checksum
            )
            for task, issue, taken, file, said, checksum in rows
        ]

    def add(self, task: str, issue: int, file: bytes, said: str, *, instead: bool = False) -> None:
        """`instead` of one that is damaged. ValueError where that issue is there already."""
        taken = local_now().isoformat(timespec="milliseconds")
        with self._db.atomic() as conn:
            there = conn.execute("SELECT 1 FROM tasks WHERE id = ? AND issue = ?", (task, issue)).fetchone()
            if there and not instead:
                raise ValueError(f"already there: {task} {issue}")
            checksum = task_sum(task, issue, taken, file, said)
            values = (task, issue, checksum, taken, file, said)
            conn.execute("INSERT OR REPLACE INTO tasks VALUES (?, ?, ?, ?, ?, ?)", values)

    def remove(self, task: str, issue: int) -> None:
        with self._db.atomic() as conn:
            conn.execute("DELETE FROM tasks WHERE id = ? AND issue = ?", (task, issue))

    def users_of(self, edition: str) -> list[str]:
        """The reports that are filled in or scored by an edition, those in the bin too, in words."""
        rows = self._db.rows(
            "SELECT u.name, r.year, r.deleted IS NOT NULL FROM reports r JOIN units u ON u.id = r.unit_id"
            " LEFT JOIN facts f ON f.report = r.id AND f.tbl = ? AND f.row = ? AND f.col = ?"
            " WHERE f.value = ? OR r.system = ? ORDER BY r.deleted IS NOT NULL, u.id, r.year",
            *FORMS,
            edition,
            edition,
        )
        return [f"{name}{year}年度{'（已删除）' if gone else ''}" for name, year, gone in rows]
