"""The rows of the journal: written with a checksum, and read only if they are still what was written."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import datetime
from typing import Any, Literal, NamedTuple

from desktop.domain.edits import Change
from desktop.domain.keys import FactKey
from desktop.errors import UserError
from desktop.storage.catalog import time_of
from desktop.storage.checksums import step_sum
from desktop.storage.db import Database

Kind = Literal["edit", "undo", "redo"]

FIELDS = "report, at, label, kind, size, changes, step, who"
"""What the checksum covers."""


class DamagedStep(UserError):
    """A row of the journal is not what was saved."""

    def __init__(self) -> None:
        super().__init__(
            "这一步的修改记录已损坏，不能据此撤销、重做或查看。",
            "报告的现有内容没有改动，可以继续填写；更早的内容请在备份中查找。",
        )


class Step(NamedTuple):
    """One row: an edit with its packed changes, or the undo or redo of the edit it names in `step`."""

    report: int
    at: str
    label: str
    kind: Kind
    size: int
    changes: str | None
    step: int | None
    who: str

    @property
    def time(self) -> datetime:
        return time_of(self.at)

    def cells(self) -> tuple[Change, ...]:
        return unpacked(self.changes or "[]")


class Row(NamedTuple):
    """A step as it lies in the file, with its state; `intact` if it is what was written."""

    id: int
    state: str | None
    step: Step
    intact: bool

    def checked(self) -> Step:
        if not self.intact:
            raise DamagedStep
        return self.step


def rows(db: Database, where: str, *values: object) -> Iterator[Row]:
    """The rows that `where` (and what follows it) picks out."""
    found = db.rows(f"SELECT id, state, checksum, {FIELDS} FROM journal WHERE {where}", *values)
    for number, state, checksum, *fields in found:
        step = Step(*fields)
        yield Row(number, state, step, checksum == step_sum(*step))


def filtered(report: int, cell: FactKey | None = None, text: str = "") -> tuple[str, list[object]]:
    """The condition, with its values, that picks out a report's rows; undo and redo go with their step."""
    where, values = "report = ?", list[object]([report])
    steps = "step IN (SELECT id FROM journal WHERE report = ? AND instr(changes, ?))"
    if cell is not None:
        begin = packed((Change(cell, None, None),))[1:].removesuffix("null,null]]")
        where += f" AND (instr(changes, ?) OR {steps})"
        values += [begin, report, begin]
    if text:
        inside = packed_text(text)
        where += f" AND (instr(label, ?) OR instr(who, ?) OR instr(changes, ?) OR {steps})"
        values += [text, text, inside, report, inside]
    return where, values


def packed_text(text: str) -> str:
    """A part of a value as it stands in `packed`."""
    import json

    return json.dumps(text, ensure_ascii=False)[1:-1]


def add(conn: sqlite3.Connection, step: Step, state: str | None) -> None:
    conn.execute(
        f"INSERT INTO journal ({FIELDS}, state, checksum) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (*step, state, step_sum(*step)),
    )


def amend(conn: sqlite3.Connection, number: int, step: Step) -> None:
    """Another time and other changes for a row that is there."""
    conn.execute(
        "UPDATE journal SET at = ?, changes = ?, checksum = ? WHERE id = ?",
        (step.at, step.changes, step_sum(*step), number),
    )


def packed(changes: tuple[Change, ...]) -> str:
    import json

    cells = [(*c.key, c.before, c.after) for c in changes]
    return json.dumps(cells, ensure_ascii=False, separators=(",", ":"))


def unpacked(text: str) -> tuple[Change, ...]:
    """DamagedStep where the text is none of `packed`: possible even under a right checksum's row of old."""
    import json

    try:
        cells: list[Any] = json.loads(text)
        return tuple(Change(FactKey(t, r, c), before, after) for t, r, c, before, after in cells)
    except (ValueError, TypeError) as error:
        raise DamagedStep from error
