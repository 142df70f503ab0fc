"""All rows of ours that sqlite can still read in a damaged data file, its first page made anew where it must be."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass, field
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

from desktop.domain.keys import FactKey
from desktop.storage.checksums import step_sum, task_sum
from desktop.storage.db import SHAPES, open_database, shape_sum
from desktop.storage.journal import Step

Facts = dict[FactKey, str]
_Row = tuple[Any, ...]

PAGE = 4096
"""Bytes of a page in every file of ours."""

_YEARS = range(1900, 2200)
"""A report's year; a number outside is a row of which bytes were lost."""
_ORDERS = {
    "units": "id",
    "reports": "id",
    "journal": "id",
    "facts": "report {0}, tbl {0}, row {0}, col",
    "settings": "key",
    "tasks": "id {0}, issue",
}
"""The key of each table, by which sqlite walks it; {0} is ASC or DESC, so that it can be walked from either end."""
_LEAST_ROW = 8
"""Bytes below which no row of ours lies: a file that has more rows than that goes round in circles."""
_VERSIONS = 4
"""Heads kept of one report: the true one and what copies of older pages tell; damage could bring up thousands."""


class Head(NamedTuple):
    """A row of `reports`; the checksum is None in a file of the first shape, which had none."""

    unit: int
    year: int
    system: str
    created: str
    deleted: str | None
    checksum: int | None


class Recorded(NamedTuple):
    """A row of the journal that is as it was written."""

    step: Step
    state: str | None


@dataclass
class Seen:
    """What was seen. Of several versions of one row the first stays, but for a report's head."""

    units: dict[int, str] = field(default_factory=dict)
    heads: dict[int, list[Head]] = field(default_factory=dict)
    facts: dict[int, Facts] = field(default_factory=dict)
    journal: dict[int, Recorded] = field(default_factory=dict)
    settings: dict[str, str] = field(default_factory=dict)
    tasks: dict[tuple[str, int], tuple[str, bytes, str]] = field(default_factory=dict)
    """Each issue of a task: when it was taken, its file, and what that says."""

    def add(self, table: str, row: _Row) -> None:
        """Take a row of a table; one that does not hold what it should is left out."""
        match table, row:
            case "facts", (int(report), str(tbl), str(line), str(column), str(value)) if (
                tbl and column and value
            ):
                self.facts.setdefault(report, {}).setdefault(FactKey(tbl, line, column), value)
            case "settings", (str(key), str(value)):
                self.settings.setdefault(key, value)
            case "units", (int(number), str(name)) if name and number > 0:
                self.units.setdefault(number, name)
            case "reports", (int(number), *head) if number > 0:
                self._add_head(number, head)
            case "tasks", (str(task), int(issue), int(checksum), str(taken), bytes(file), str(said)) if (
                task_sum(task, issue, taken, file, said) == checksum
            ):
                self.tasks.setdefault((task, issue), (taken, file, said))
            case "journal", (int(number), int(), str(), str(), "edit" | "undo" | "redo", int(), *_):
                self._add_step(number, row[1:])

    def _add_head(self, number: int, head: list[Any]) -> None:
        match head:
            case (int(unit), int(year), str(system), str(made), None | str() as gone, *rest) if (
                year in _YEARS and unit > 0
            ):  # columns of a later shape stand at the end and are passed over
                checksum = rest[0] if rest and isinstance(rest[0], int) else None
                versions = self.heads.setdefault(number, [])
                found = Head(unit, year, system, made, gone, checksum)
                if found not in versions and len(versions) < _VERSIONS:
                    versions.append(found)

    def _add_step(self, number: int, values: _Row) -> None:
        report, at, label, kind, size, changes, state, turned, *rest = values
        step = Step(report, at, label, kind, size, changes, turned, rest[0] if rest else "")
        # A row of the first shape has no sum, and is believed if it can be read at all.
        if not rest or (len(rest) >= 2 and rest[1] == step_sum(*step)):
            self.journal.setdefault(number, Recorded(step, state if isinstance(state, str) else None))


def look_into(data: bytes) -> Seen:
    """What sqlite still reads of a data file, first as it is, then with a sound first page (header, definitions).

    Never an error, whatever the bytes are. Rows are not searched for by hand in what sqlite refuses: beside the
    backup, ten minutes old at most, that brought back 23 seconds of typing more on average
    (tests/endurance/worth.py).
    """
    seen = Seen()
    for version in (data, _with_first_page(data)):
        with suppress(sqlite3.Error, UnicodeDecodeError, OverflowError):
            for table, row in islice(_through_sqlite(version), len(data) // _LEAST_ROW):
                seen.add(table, row)
    return seen


def _with_first_page(data: bytes) -> bytes:
    """The same with the first page of a new file, in which every table begins on the page it has in all files.

    As many pages as its own header says, where that can be: what was cut off is empty.
    """
    count, said = len(data) // PAGE, int.from_bytes(data[28:32])
    # Believed up to twice what is there and 64 pages (256 KiB) for a small file: more is a damaged number, and
    # would ask for that much memory.
    pages = said if count <= said < 2 * count + 64 else count
    first = _first_page()
    # No page is free: the list of those may be what is damaged.
    head = first[:28] + pages.to_bytes(4) + bytes(8) + first[40:]
    return head + data[PAGE : pages * PAGE].ljust(max(0, pages - 1) * PAGE, b"\0")


@cache
def _first_page() -> bytes:
    with tempfile.TemporaryDirectory(prefix="ziping-", ignore_cleanup_errors=True) as folder:
        path = Path(folder) / "new.db"
        open_database(path).close()
        return path.read_bytes()[:PAGE]


def _through_sqlite(data: bytes) -> Iterator[tuple[str, _Row]]:
    """Every table from its beginning and, where that breaks off, from its end.

    Over a copy in memory: sqlite never touches the file. Only where the definitions are ours, for others
    would be misread. (What `.recover` of sqlite's shell does needs a part that Python's sqlite lacks.)
    """
    with closing(sqlite3.connect(":memory:")) as conn:
        # As if it never had a write-ahead log, which a copy in memory cannot have.
        conn.deserialize(data[:18] + b"\1\1" + data[20:])
        conn.text_factory = lambda letters: letters.decode(errors="replace")
        ((version,),) = conn.execute("PRAGMA user_version")
        if shape_sum(conn) != SHAPES.get(version):
            return
        for table, order in _ORDERS.items():
            for direction in ("ASC", "DESC"):
                sql = f"SELECT * FROM {table} ORDER BY {order.format(direction)} {direction}"
                try:
                    for row in conn.execute(sql):
                        yield table, row
                except (sqlite3.Error, OverflowError):
                    continue
                break
