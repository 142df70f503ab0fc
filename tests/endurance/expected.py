"""What must be in the data file: kept by hand beside the program, told by it from nothing it reads back."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, NamedTuple

NAME = ["unit", "this", "name"]

Deed = dict[str, Any]
"""One change of the file in plain values, as it goes through a pipe."""


class Step(NamedTuple):
    """A row of the journal that can be undone or redone."""

    label: str
    changes: str


@dataclass
class Report:
    """One report and its steps: those done, the latest last; those undone, the next to redo first."""

    unit: int
    year: int
    live: bool = True
    facts: dict[tuple[str, str, str], str] = field(default_factory=dict)
    done: tuple[Step, ...] = ()
    undone: tuple[Step, ...] = ()


@dataclass
class Expected:
    """All there is in a data file, apart from when and by whom it was written."""

    units: dict[int, str] = field(default_factory=dict)
    reports: dict[int, Report] = field(default_factory=dict)
    settings: dict[str, str] = field(default_factory=dict)

    def copy(self) -> Expected:
        reports = {number: replace(r, facts=dict(r.facts)) for number, r in self.reports.items()}
        return Expected(dict(self.units), reports, dict(self.settings))

    def live(self) -> list[int]:
        return [number for number, report in self.reports.items() if report.live]

    # -- what the deeds do ---------------------------------------------------------------------------------

    def do(self, deed: Deed) -> None:
        """Any deed but a restore, which `put` does, and a backup, which changes nothing."""
        getattr(self, f"_{deed['do']}")(deed)

    def put(self, backup: Expected) -> None:
        """As a restore has it: everything but the settings."""
        there = backup.copy()
        self.units, self.reports = there.units, there.reports

    def _setting(self, deed: Deed) -> None:
        self.settings[deed["key"]] = deed["value"]

    def _unit(self, deed: Deed) -> None:
        self.units[deed["unit"]] = deed["name"]

    def _create(self, deed: Deed) -> None:
        facts = {(t, r, c): value for t, r, c, value in deed["facts"]}
        facts.setdefault((NAME[0], NAME[1], NAME[2]), self.units[deed["unit"]])
        self.reports[deed["report"]] = Report(deed["unit"], deed["year"], True, facts)

    def _delete(self, deed: Deed) -> None:
        self.reports[deed["report"]].live = False

    def _revive(self, deed: Deed) -> None:
        self.reports[deed["report"]].live = True

    def _edit(self, deed: Deed) -> None:
        """`merges`: it goes on typing in the cell of the step before."""
        report, changes = self.reports[deed["report"]], deed["changes"]
        self._change(report, changes)
        if deed.get("merges"):
            (before,) = json.loads(report.done[-1].changes)
            changes = [[*before[:4], changes[0][4]]]
            report.done = report.done[:-1]
        report.done = (*report.done, Step(deed["label"], packed(changes)))
        report.undone = ()

    def _undo(self, deed: Deed) -> None:
        report = self.reports[deed["report"]]
        *rest, step = report.done
        cells = json.loads(step.changes)
        self._change(report, [[t, r, c, after, before] for t, r, c, before, after in reversed(cells)])
        report.done, report.undone = tuple(rest), (step, *report.undone)

    def _redo(self, deed: Deed) -> None:
        report = self.reports[deed["report"]]
        step, *rest = report.undone
        self._change(report, json.loads(step.changes))
        report.done, report.undone = (*report.done, step), tuple(rest)

    def _change(self, report: Report, changes: Iterable[Any]) -> None:
        for *key, before, after in changes:
            cell = (key[0], key[1], key[2])
            assert report.facts.get(cell) == before, (cell, report.facts.get(cell), before)
            if after is None:
                report.facts.pop(cell, None)
            else:
                report.facts[cell] = after
            if key == NAME and after is not None:
                self.units[report.unit] = after


def packed(changes: Iterable[Any]) -> str:
    return json.dumps(list(changes), ensure_ascii=False, separators=(",", ":"))


def read(conn: sqlite3.Connection) -> Expected:
    """What a file of any shape holds, past the program: each row as it lies there."""
    found = Expected(
        dict(conn.execute("SELECT id, name FROM units")),
        {
            number: Report(unit, year, deleted is None)
            for number, unit, year, deleted in conn.execute("SELECT id, unit_id, year, deleted FROM reports")
        },
        dict(conn.execute("SELECT key, value FROM settings WHERE key <> 'second_backup_done'")),
    )
    for number, table, row, column, value in conn.execute("SELECT report, tbl, row, col, value FROM facts"):
        found.reports[number].facts[table, row, column] = value
    steps = "SELECT label, changes FROM journal WHERE report = ? AND state = ? ORDER BY id"
    for number, report in found.reports.items():
        report.done = tuple(Step(*row) for row in conn.execute(steps, (number, "done")))
        report.undone = tuple(Step(*row) for row in conn.execute(steps, (number, "undone")))
    return found


def read_file(path: Path) -> Expected:
    """A file that nobody has open."""
    conn = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)
    try:
        return read(conn)
    finally:
        conn.close()


def difference(found: Expected, wanted: Expected) -> str:
    """Where two differ, in a few words; '' where they do not."""
    if found.units != wanted.units or found.settings != wanted.settings:
        return f"units or settings: {found.units, found.settings} for {wanted.units, wanted.settings}"
    if found.reports.keys() != wanted.reports.keys():
        return f"reports {sorted(found.reports)} for {sorted(wanted.reports)}"
    for number, there in found.reports.items():
        here = wanted.reports[number]
        cells = {k for k in there.facts.keys() | here.facts.keys() if there.facts.get(k) != here.facts.get(k)}
        if cells:
            cell = min(cells)
            return (
                f"report {number}: {len(cells)} cells, {cell} is {there.facts.get(cell)!r},"
                f" not {here.facts.get(cell)!r}"
            )
        if there != here:
            return f"report {number}: {len(there.done)}+{len(there.undone)} steps for {len(here.done)}+{len(here.undone)}"
    return ""
