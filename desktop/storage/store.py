"""The one door for writes: every change to a report goes through here, is saved, and can be undone."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import cached_property
from typing import Literal, NamedTuple

from desktop.domain.edits import Change, Edit
from desktop.domain.keys import UNIT_NAME, FactKey, ReportId
from desktop.errors import UserError
from desktop.storage import journal
from desktop.storage.catalog import local_now, name_unit, report_number
from desktop.storage.checksums import fact_sum, report_sum, total
from desktop.storage.db import Database
from desktop.storage.journal import Kind, Step

MERGE_WITHIN = timedelta(seconds=2)
"""Typing on in the same cell within this time is one step to undo."""

_FEW = 100
"""Up to here stored values are looked up one by one, above it the whole report is read at once."""

Listener = Callable[[Edit], None]


class JournalEntry(NamedTuple):
    """One line of the history; `size` is the number of cells changed, `who` the account it was done under."""

    id: int
    at: datetime
    label: str
    kind: Kind
    size: int
    who: str
    intact: bool
    """False: the row is not what was saved; what it says is not to be trusted."""


class DamagedReport(UserError):
    """What is stored of a report is not what was saved."""

    def __init__(self, report: ReportId, unit_name: str) -> None:
        super().__init__(
            f"“{unit_name}”{report.year}年度报告的内容已损坏，与保存时不一致，因此没有打开。",
            "请从备份恢复这份数据，或用“检查数据”查看详情；其他报告不受影响。",
        )
        self.report = report


class Store:
    """Facts of the reports, their history, and word of every change to whoever asked for it."""

    def __init__(self, db: Database, clock: Callable[[], datetime] = local_now) -> None:
        self._db = db
        self._clock = clock
        self._listeners: list[Listener] = []

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Call `listener` after each saved edit, undo and redo; the result ends the subscription."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def facts(self, report: ReportId) -> dict[FactKey, str]:
        """All cells that hold something. DamagedReport if they are not what was saved."""
        number = report_number(self._db, report)
        rows = self._rows(number)
        ((system, checksum, name),) = self._db.rows(
            "SELECT r.system, r.checksum, u.name FROM reports r JOIN units u ON u.id = r.unit_id WHERE r.id = ?",
            number,
        )
        if report_sum(*report, system, rows) != checksum:
            raise DamagedReport(report, name)
        return {FactKey(table, row, column): value for table, row, column, value in rows}

    def apply(self, edit: Edit) -> Edit:
        """Save an edit; on disk when this returns. An edit without changes does nothing.

        ValueError, and nothing written, if a `before` is not what is stored: the edit was made from
        stale facts, which is a bug. UserError if it gives the unit a name it cannot have.
        """
        if not edit:
            return edit
        with self._db.atomic() as conn:
            number = report_number(self._db, edit.report)
            self._write(conn, number, edit)
            if not self._merged(conn, number, edit):
                conn.execute(_DROP_UNDONE, (number,))
                self._record(conn, number, "edit", edit)
        self._tell(edit)
        return edit

    def undo(self, report: ReportId) -> Edit | None:
        """Take back the last step that still stands; the edit that did it, or None.

        DamagedStep, and nothing written, if that step is not what was saved; as with `redo`.
        """
        return self._turn(report, "undo")

    def redo(self, report: ReportId) -> Edit | None:
        """Do again the step undone last; the edit that did it, or None."""
        return self._turn(report, "redo")

    def undo_label(self, report: ReportId) -> str | None:
        return self._next_label(report, "undo")

    def redo_label(self, report: ReportId) -> str | None:
        return self._next_label(report, "redo")

    def journal(
        self,
        report: ReportId,
        limit: int = 200,
        before: int | None = None,
        cell: FactKey | None = None,
        text: str = "",
    ) -> list[JournalEntry]:
        """What was done to a report, the latest first; page by page with `before`, the last line's id.

        Only what changed `cell`, and only what has `text` in its label, its account or its cells' contents.
        """
        where, values = journal.filtered(report_number(self._db, report), cell, text)
        if before is not None:
            where, values = f"{where} AND id < ?", [*values, before]
        found = journal.rows(self._db, f"{where} ORDER BY id DESC LIMIT ?", *values, limit)
        return [
            JournalEntry(row.id, s.time, s.label, s.kind, s.size, s.who, row.intact)
            for row in found
            for s in (row.step,)
        ]

    def changes_of(self, entry: JournalEntry) -> tuple[Change, ...]:
        """The cells behind one line of the history, as that line changed them. DamagedStep if unknown."""
        step = self._step(entry.id)
        changes = (step if step.step is None else self._step(step.step)).cells()
        return tuple(c.inverse() for c in reversed(changes)) if entry.kind == "undo" else changes

    def _step(self, number: int) -> Step:
        found = next(journal.rows(self._db, "id = ?", number), None)
        if found is None:
            raise journal.DamagedStep
        return found.checked()

    def _rows(self, number: int) -> list[tuple[str, str, str, str]]:
        return self._db.rows("SELECT tbl, row, col, value FROM facts WHERE report = ?", number)

    def _stored(self, number: int, keys: list[FactKey]) -> dict[FactKey, str | None]:
        """The values behind the keys; keys of empty cells are left out."""
        if len(keys) > _FEW:
            return {FactKey(*cell): value for *cell, value in self._rows(number)}
        sql = "SELECT value FROM facts WHERE report = ? AND tbl = ? AND row = ? AND col = ?"
        return {key: rows[0][0] for key in keys if (rows := self._db.rows(sql, number, *key))}

    def _write(self, conn: sqlite3.Connection, number: int, edit: Edit) -> None:
        keys = list(dict.fromkeys(change.key for change in edit.changes))
        now = self._stored(number, keys)
        parts = [-fact_sum(*key, value) for key in keys if (value := now.get(key)) is not None]
        for change in edit.changes:
            found = now.get(change.key)
            if found != change.before:
                raise ValueError(f"{change.key} holds {found!r}, the edit expects {change.before!r}")
            if change.after == "":
                raise ValueError(f"{change.key}: an empty cell is None, not ''")
            now[change.key] = change.after
        conn.executemany(
            "DELETE FROM facts WHERE report = ? AND tbl = ? AND row = ? AND col = ?",
            ((number, *key) for key in keys if now[key] is None),
        )
        conn.executemany(
            "INSERT OR REPLACE INTO facts VALUES (?, ?, ?, ?, ?)",
            ((number, *key, now[key]) for key in keys if now[key] is not None),
        )
        parts += [fact_sum(*key, value) for key in keys if (value := now[key]) is not None]
        ((checksum,),) = self._db.rows("SELECT checksum FROM reports WHERE id = ?", number)
        conn.execute("UPDATE reports SET checksum = ? WHERE id = ?", (total(parts, checksum), number))
        # An emptied name leaves the picker with the last one: a unit without a name cannot be picked.
        if UNIT_NAME in keys and (name := now[UNIT_NAME]) is not None:
            name_unit(conn, edit.report.unit, name)

    def _merged(self, conn: sqlite3.Connection, number: int, edit: Edit) -> bool:
        """Whether the edit went on typing in the cell of the last step and is now part of it."""
        if len(edit.changes) > 1:
            return False
        last = next(journal.rows(self._db, f"id = {_LAST} AND size = 1", number), None)
        if last is None or not last.intact or (last.state, last.step.label) != ("done", edit.label):
            return False
        (before,), (after,) = last.step.cells(), edit.changes
        quick = timedelta(0) <= self._clock() - last.step.time <= MERGE_WITHIN
        if not quick or before.key != after.key or last.step.who != self._who:
            return False
        if before.before == after.after:
            conn.execute("DELETE FROM journal WHERE id = ?", (last.id,))
        else:
            whole = journal.packed((Change(after.key, before.before, after.after),))
            journal.amend(conn, last.id, last.step._replace(changes=whole, at=self._now()))
        return True

    def _turn(self, report: ReportId, kind: Literal["undo", "redo"]) -> Edit | None:
        with self._db.atomic() as conn:
            number = report_number(self._db, report)
            found = next(journal.rows(self._db, _NEXT[kind], number), None)
            if found is None:
                return None
            step = found.checked()
            done = Edit(report, step.label, step.cells())
            edit = done.inverse() if kind == "undo" else done
            try:
                self._write(conn, number, edit)
            except ValueError as error:
                # The cells hold what no step left there: a row was lost, or a cell changed by itself.
                raise journal.DamagedStep from error
            state = "undone" if kind == "undo" else "done"
            conn.execute("UPDATE journal SET state = ? WHERE id = ?", (state, found.id))
            self._record(conn, number, kind, edit, found.id)
        self._tell(edit)
        return edit

    def _next_label(self, report: ReportId, kind: Literal["undo", "redo"]) -> str | None:
        sql = f"SELECT label FROM journal WHERE {_NEXT[kind]}"
        rows = self._db.rows(sql, report_number(self._db, report))
        return str(rows[0][0]) if rows else None

    def _record(
        self, conn: sqlite3.Connection, number: int, kind: Kind, edit: Edit, step: int | None = None
    ) -> None:
        """A new row: of an edit with its changes, of an undo or redo with the step that it turned."""
        changes, state = (journal.packed(edit.changes), "done") if step is None else (None, None)
        size = len(edit.changes)
        row = Step(number, self._now(), edit.label, kind, size, changes, step, self._who)
        journal.add(conn, row, state)

    @cached_property
    def _who(self) -> str:
        """The account the program runs under, '' where the system does not know it."""
        import getpass

        try:
            return getpass.getuser()
        except (OSError, KeyError, ImportError):  # as it fails on Windows and elsewhere
            return ""

    def _now(self) -> str:
        return self._clock().isoformat(timespec="milliseconds")

    def _tell(self, edit: Edit) -> None:
        for listener in tuple(self._listeners):
            listener(edit)


_LAST = "(SELECT max(id) FROM journal WHERE report = ?)"
_DROP_UNDONE = "UPDATE journal SET state = 'dropped' WHERE report = ? AND state = 'undone'"

# Steps are undone from the latest back, and redone from the earliest undone on.
_NEXT = {
    "undo": "report = ? AND state = 'done' ORDER BY id DESC LIMIT 1",
    "redo": "report = ? AND state = 'undone' ORDER BY id LIMIT 1",
}
