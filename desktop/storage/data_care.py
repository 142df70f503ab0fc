"""What keeps the data safe and sound: backups that stop nothing, restoring, and looking for what is damaged."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.domain.all_templates import Templates
from desktop.domain.edits import edit_from
from desktop.errors import UserError
from desktop.storage.backups.backup import BEFORE_MENDING, Backup, Backups, Made
from desktop.storage.db import Database
from desktop.storage.store import Store

if TYPE_CHECKING:  # seldom used: a start should not wait for them
    from desktop.storage.backups.restore import Content
    from desktop.storage.data_checks.data_check import DataCheck, Matter


class Care:
    """Of one open data file."""

    def __init__(
        self, db: Database, backups: Backups, store: Store, templates: Callable[[], Templates]
    ) -> None:
        self._db, self._backups, self._store, self._templates = db, backups, store, templates
        self.backup_problem: UserError | None = None
        """What kept the last backup from being made."""

    def keep(self, reason: str) -> UserError | None:
        """Make a backup if one is needed. What kept it from being made is given back and stops nothing."""
        try:
            self._backups.make(reason)
            self.backup_problem = None
        except UserError as error:
            self.backup_problem = error
        return self.backup_problem

    def beginning(self, reason: str) -> Callable[[], Made | UserError] | None:
        """The same in two parts, with work for a worker in between; None where there is none to do."""
        self.backup_problem = None
        try:
            work = self._backups.begin(reason)
        except UserError as error:
            self.backup_problem = error
            return None
        return None if work is None else lambda: _or_error(work)

    def ending(self, made: Made | UserError) -> None:
        """The second part, with what the worker came to."""
        if isinstance(made, UserError):
            self.backup_problem = made
        else:
            self._backups.end(made)

    @staticmethod
    def held(backup: Path) -> list[tuple[str, int]]:
        """Unit and year of each report in a backup: quick, for a list. UserError if it cannot be read."""
        from desktop.storage.backups.restore import held

        return held(backup)

    def comparing(self, backup: Path) -> Callable[[], Content]:
        """To say what a backup holds, beside the present data: work for a worker. UserError if it is not whole."""
        from desktop.storage.backups.restore import comparing

        return comparing(self._db, backup)

    def comparing_newest(self) -> Callable[[], tuple[Backup, Content] | None]:
        """The same of the newest backup that is whole; None where there is none."""
        from desktop.storage.backups.restore import comparing_newest

        return comparing_newest(self._db, self._backups.list())

    def restore(self, backup: Path) -> Path:
        """Put a backup in the place of all data; the file that keeps what was there."""
        from desktop.storage.backups.restore import restore

        return restore(self._db, self._backups, backup)

    @property
    def vanished(self) -> bool:
        """Whether the data file was taken away, or another put in its place, since it was opened."""
        return self._db.vanished

    def checking(self) -> Callable[[], DataCheck]:
        """To look through the whole data file, as it is on the disk now: work for a worker."""
        from desktop.storage.data_checks.data_check import checking

        return checking(self._db, self._templates())

    def mend(self, matters: Sequence[Matter]) -> int:
        """Put right what can be, after a backup: one step a report, which one undo takes back; how many cells.

        UserError, and nothing written, if there can be no backup.
        """
        problem = self.keep(BEFORE_MENDING)
        if problem is not None:
            raise problem
        changed = 0
        for report in dict.fromkeys(matter.report for matter in matters if matter.flaw and matter.report):
            flaws = [matter.flaw for matter in matters if matter.flaw and matter.report == report]
            wanted = [pair for flaw in flaws for pair in flaw.changes]
            edit = edit_from(report, "检查数据后修正", self._store.facts(report), wanted)
            changed += len(self._store.apply(edit).changes)
        return changed

    def register_anew(self, matter: Matter) -> None:
        """Take a report whose checksum does not fit for what it is now."""
        from desktop.storage.data_checks.data_check import register_anew

        register_anew(self._db, matter.damaged)

    def portrait(self) -> str:
        """The data file without its contents."""
        from desktop.storage.data_checks.portrait import portrait

        try:
            return portrait(self._db)
        except UserError:
            return "The data file cannot be read through."

    def found_in_brief(self) -> str:
        """What looking through the data file finds: kinds and addresses of cells, never what stands in them."""
        found = self._backups.runner.run("正在检查数据…", self.checking())
        lines = [found.in_words()]
        for matter in found.matters:
            cells = [".".join(key) for key in matter.flaw.cells] if matter.flaw else []
            lines.append(" ".join([f"- {matter.flaw.remedy if matter.flaw else matter.said}", *cells]))
        return "\n".join(lines)


def _or_error(work: Callable[[], Made]) -> Made | UserError:
    try:
        return work()
    except UserError as error:
        return error
