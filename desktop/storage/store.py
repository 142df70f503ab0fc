"""The one door for writes: every change to a report goes through here, is saved, and can be undone."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Literal, NamedTuple

from desktop.domain.edits import Change, Edit
from desktop.domain.keys import FactKey, ReportId
from desktop.storage.catalog import UNIT_NAME, local_now, name_unit, report_number
from desktop.storage.db import Database

MERGE_WITHIN = timedelta(seconds=2)
"""Typing on in the same cell within this time is one step to undo."""

_FEW = 100
"""Up to here stored values are looked up one by one, above it the whole report is read at once."""

Kind = Literal["edit", "undo", "redo"]
Listener = Callable[[Edit], None]


class JournalEntry(NamedTuple):
    """One line of the history; `size` is the number of cells changed."""

    id: int
    at: datetime
    label: str
    kind: Kind
    size: int


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
        return self._facts(report_number(self._db, report))

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
                self._record(conn, number, "edit", edit, changes=_packed(edit.changes), state="done")
        self._tell(edit)
        return edit

    def undo(self, report: ReportId) -> Edit | None:
        """Take back the last step that still stands; the edit that did it, or None."""
        return self._turn(report, "undo")

    def redo(self, report: ReportId) -> Edit | None:
        """Do again the step undone last; the edit that did it, or None."""
        return self._turn(report, "redo")

    def undo_label(self, report: ReportId) -> str | None:
        return self._next_label(report, "undo")

    def redo_label(self, report: ReportId) -> str | None:
        return self._next_label(report, "redo")

    def journal(self, report: ReportId, limit: int = 200) -> list[JournalEntry]:
        """What was done to a report, the latest first."""
        rows = self._db.rows(
            "SELECT id, at, label, kind, size FROM journal WHERE report = ? ORDER BY id DESC LIMIT ?",
            report_number(self._db, report),
            limit,
        )
        return [JournalEntry(row[0], datetime.fromisoformat(row[1]), *row[2:]) for row in rows]

    def changes_of(self, entry: JournalEntry) -> tuple[Change, ...]:
        """The cells behind one line of the history, as that line changed them."""
        ((packed,),) = self._db.rows(
            "SELECT s.changes FROM journal j JOIN journal s ON s.id = ifnull(j.step, j.id) WHERE j.id = ?",
            entry.id,
        )
        changes = _unpacked(packed)
        return tuple(c.inverse() for c in reversed(changes)) if entry.kind == "undo" else changes

    def _facts(self, number: int) -> dict[FactKey, str]:
        rows = self._db.rows("SELECT tbl, row, col, value FROM facts WHERE report = ?", number)
        return {FactKey(table, row, column): value for table, row, column, value in rows}

    def _stored(self, number: int, keys: list[FactKey]) -> dict[FactKey, str | None]:
        """The values behind the keys; keys of empty cells are left out."""
        if len(keys) > _FEW:
            return {**self._facts(number)}
        sql = "SELECT value FROM facts WHERE report = ? AND tbl = ? AND row = ? AND col = ?"
        return {key: rows[0][0] for key in keys if (rows := self._db.rows(sql, number, *key))}

    def _write(self, conn: sqlite3.Connection, number: int, edit: Edit) -> None:
        keys = list(dict.fromkeys(change.key for change in edit.changes))
        now = self._stored(number, keys)
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
        # An emptied name leaves the picker with the last one: a unit without a name cannot be picked.
        if UNIT_NAME in keys and (name := now[UNIT_NAME]) is not None:
            name_unit(conn, edit.report.unit, name)

    def _merged(self, conn: sqlite3.Connection, number: int, edit: Edit) -> bool:
        """Whether the edit went on typing in the cell of the last step and is now part of it."""
        if len(edit.changes) > 1:
            return False
        last = conn.execute(
            "SELECT id, at, label, state, size, CASE size WHEN 1 THEN changes END FROM journal"
            " WHERE report = ? ORDER BY id DESC LIMIT 1",
            (number,),
        ).fetchone()
        if last is None or last[2:5] != (edit.label, "done", 1):
            return False
        (before,), (after,) = _unpacked(last[5]), edit.changes
        quick = timedelta(0) <= self._clock() - datetime.fromisoformat(last[1]) <= MERGE_WITHIN
        if not quick or before.key != after.key:
            return False
        if before.before == after.after:
            conn.execute("DELETE FROM journal WHERE id = ?", (last[0],))
        else:
            whole = Change(after.key, before.before, after.after)
            values = (_packed((whole,)), self._now(), last[0])
            conn.execute("UPDATE journal SET changes = ?, at = ? WHERE id = ?", values)
        return True

    def _turn(self, report: ReportId, kind: Literal["undo", "redo"]) -> Edit | None:
        with self._db.atomic() as conn:
            number = report_number(self._db, report)
            found = conn.execute(f"SELECT id, label, changes {_NEXT[kind]}", (number,)).fetchone()
            if found is None:
                return None
            step, label, packed = found
            done = Edit(report, label, _unpacked(packed))
            edit = done.inverse() if kind == "undo" else done
            self._write(conn, number, edit)
            state = "undone" if kind == "undo" else "done"
            conn.execute("UPDATE journal SET state = ? WHERE id = ?", (state, step))
            self._record(conn, number, kind, edit, step=step)
        self._tell(edit)
        return edit

    def _next_label(self, report: ReportId, kind: Literal["undo", "redo"]) -> str | None:
        rows = self._db.rows(f"SELECT label {_NEXT[kind]}", report_number(self._db, report))
        return str(rows[0][0]) if rows else None

    def _record(
        self,
        conn: sqlite3.Connection,
        number: int,
        kind: Kind,
        edit: Edit,
        *,
        changes: str | None = None,
        state: str | None = None,
        step: int | None = None,
    ) -> None:
        conn.execute(
            "INSERT INTO journal (report, at, label, kind, size, changes, state, step)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (number, self._now(), edit.label, kind, len(edit.changes), changes, state, step),
        )

    def _now(self) -> str:
        return self._clock().isoformat(timespec="milliseconds")

    def _tell(self, edit: Edit) -> None:
        for listener in tuple(self._listeners):
            listener(edit)


_DROP_UNDONE = "UPDATE journal SET state = 'dropped' WHERE report = ? AND state = 'undone'"

# Steps are undone from the latest back, and redone from the earliest undone on.
_NEXT = {
    "undo": "FROM journal WHERE report = ? AND state = 'done' ORDER BY id DESC LIMIT 1",
    "redo": "FROM journal WHERE report = ? AND state = 'undone' ORDER BY id LIMIT 1",
}


def _packed(changes: tuple[Change, ...]) -> str:
    import json

    cells = [(*c.key, c.before, c.after) for c in changes]
    return json.dumps(cells, ensure_ascii=False, separators=(",", ":"))


def _unpacked(text: str) -> tuple[Change, ...]:
    import json

    return tuple(Change(FactKey(t, r, c), before, after) for t, r, c, before, after in json.loads(text))
