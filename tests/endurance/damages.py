"""Damages a real data file in many ways: `python -m tests.endurance.damages --count 500`.

Bytes, pages, the header, the end. Whatever was done to the file, opening or reading it says that it is damaged, or
all it shows is what was saved. Then the newest backup is put in its place, and all is there again.
"""

from __future__ import annotations

import argparse
import os
import pickle
import random
import select
import shutil
import signal
import sqlite3
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import closing
from functools import cache
from pathlib import Path
from typing import Any, Literal, NamedTuple, NoReturn

from desktop.domain.keys import ReportId
from desktop.errors import UserError
from desktop.paths import Paths, resources_dir
from desktop.storage.backups.backup import BY_HAND, backups_in
from desktop.storage.backups.restore import replace_damaged, restore
from desktop.storage.backups.verify import fault_of
from desktop.workplace import Workplace
from tests.endurance.clerk import Clerk
from tests.endurance.expected import read, read_file

PAGE = 4096
SLOWEST = 5.0
"""Seconds of work in which all of a damaged file must be read; of waiting, on a busy machine, far more."""

Outcome = Literal[
    "detected at open", "detected when read", "harmless", "a preference", "MISSED", "CRASHED", "TOO SLOW"
]
Damage = Callable[[bytes, random.Random], bytes]


class Shown(NamedTuple):
    """All that the program shows of a file, and whether it said of anything that it is damaged."""

    values: dict[str, Any]
    told: bool


# -- the ways ----------------------------------------------------------------------------------------------


def changed_byte(data: bytes, dice: random.Random) -> bytes:
    at = dice.randrange(len(data))
    return data[:at] + bytes([data[at] ^ dice.randrange(1, 256)]) + data[at + 1 :]


def flipped_bit(data: bytes, dice: random.Random) -> bytes:
    """In a byte that is none of the empty space."""
    at = dice.randrange(len(data))
    while not data[at]:
        at = dice.randrange(len(data))
    return data[:at] + bytes([data[at] ^ 1 << dice.randrange(8)]) + data[at + 1 :]


def zeroed_page(data: bytes, dice: random.Random) -> bytes:
    return _with_page(data, dice.randrange(len(data) // PAGE), bytes(PAGE))


def random_page(data: bytes, dice: random.Random) -> bytes:
    return _with_page(data, dice.randrange(len(data) // PAGE), dice.randbytes(PAGE))


def swapped_pages(data: bytes, dice: random.Random) -> bytes:
    one, other = dice.sample(range(len(data) // PAGE), 2)
    return _with_page(_with_page(data, one, _page(data, other)), other, _page(data, one))


def doubled_page(data: bytes, dice: random.Random) -> bytes:
    """One page's content also where another's was."""
    one, other = dice.sample(range(len(data) // PAGE), 2)
    return _with_page(data, one, _page(data, other))


def truncated(data: bytes, dice: random.Random) -> bytes:
    length = dice.randrange(len(data))
    return data[: length if dice.random() < 0.5 else length // PAGE * PAGE]


def appended(data: bytes, dice: random.Random) -> bytes:
    return data + dice.randbytes(dice.choice((1, 100, PAGE, 3 * PAGE)))


def header_field(data: bytes, dice: random.Random) -> bytes:
    at = dice.randrange(100)
    return data[:at] + bytes([dice.randrange(256)]) + data[at + 1 :]


def changed_heading(data: bytes, dice: random.Random) -> bytes:
    """A bit of what no report's sum was made for first: units, years, the bin, settings, and their indices."""
    roots = _roots(data)
    places = [n for root in roots for n in range((root - 1) * PAGE, root * PAGE) if data[n]]
    at = dice.choice(places)
    return data[:at] + bytes([data[at] ^ 1 << dice.randrange(8)]) + data[at + 1 :]


@cache
def _roots(data: bytes) -> tuple[int, ...]:
    with closing(sqlite3.connect(":memory:")) as conn:
        conn.deserialize(data)
        sql = "SELECT rootpage FROM sqlite_schema WHERE tbl_name IN ('units', 'reports', 'settings')"
        return tuple(root for (root,) in conn.execute(sql))


WAYS: tuple[tuple[Damage, int], ...] = (
    (changed_byte, 5),
    (flipped_bit, 5),
    (zeroed_page, 2),
    (random_page, 2),
    (swapped_pages, 2),
    (doubled_page, 2),
    (truncated, 2),
    (appended, 1),
    (header_field, 3),
    (changed_heading, 4),
)


def _page(data: bytes, number: int) -> bytes:
    return data[number * PAGE : (number + 1) * PAGE]


def _with_page(data: bytes, number: int, page: bytes) -> bytes:
    return data[: number * PAGE] + page + data[(number + 1) * PAGE :]


# -- what is shown -----------------------------------------------------------------------------------------


def shown(place: Workplace) -> Shown:
    """Everything there is to look at; UserErrors where the program says that something is damaged."""
    catalog, store = place.catalog, place.store
    values: dict[str, Any] = {}
    told = False
    asked: list[tuple[str, Callable[[], object]]] = [
        ("units", catalog.units),
        ("reports", catalog.reports),
        ("bin", lambda: [(binned.number, binned.report) for binned in catalog.deleted_reports()]),
        *_preferences(place),
    ]
    for report in catalog.reports():
        asked += _asked_of(store, report.id)
    for name, ask in asked:
        try:
            values[name] = ask()
        except UserError:
            told = True
    for name in [name for name in values if name.startswith("journal")]:
        told = told or not all(entry.intact for entry in values[name])
        values[name] = [entry for entry in values[name] if entry.intact]
    return Shown(values, told)


def _preferences(place: Workplace) -> list[tuple[str, Callable[[], object]]]:
    """What no sum guards: what is set in the dialog, and the moment at which a report went to the bin."""
    return [
        ("pref decimals", lambda: place.settings.whole("decimals_shown")),
        ("pref folder", lambda: place.settings.text("export_folder")),
        ("pref binned", lambda: [binned.deleted for binned in place.catalog.deleted_reports()]),
    ]


def _asked_of(store: Any, report: ReportId) -> Iterable[tuple[str, Callable[[], object]]]:
    return (
        (f"facts {report}", lambda: store.facts(report)),
        (f"journal {report}", lambda: store.journal(report, 100_000)),
        (f"changes {report}", lambda: [store.changes_of(e) for e in store.journal(report, 60) if e.intact]),
        (f"undo {report}", lambda: store.undo_label(report)),
        (f"redo {report}", lambda: store.redo_label(report)),
    )


def difference(found: Shown, saved: Shown, fault: str) -> str:
    """What is shown otherwise than it was saved, in a few words. Lines told to be damaged do not count.

    A report in a list may have another year or system where the check of the whole file finds a `fault` in
    it: it is refused when it is to be opened.
    """
    for name in saved.values.keys() | found.values.keys():
        there, here = found.values.get(name), saved.values.get(name)
        if name not in found.values or there == here or name.startswith("pref"):
            continue
        if name in ("reports", "bin") and fault:
            continue
        if name.startswith(("journal", "changes")) and found.told and isinstance(there, list):
            assert isinstance(here, list)
            if all(entry in here for entry in there):
                continue
        return f"{name}: {str(there)[:300]} for {str(here)[:300]}"
    return ""


# -- the trial ---------------------------------------------------------------------------------------------


class Trial:
    """One data folder with a file of some size, and its newest backup."""

    def __init__(self, folder: Path, steps: int, seed: int = 1) -> None:
        self.folder = folder
        folder.mkdir()
        self.path = folder / "ziping.db"
        self._work(steps, random.Random(seed))
        self.data = self.path.read_bytes()
        self.state = read_file(self.path)
        place = self._open()
        self.saved = shown(place)
        place.close()

    def _work(self, steps: int, dice: random.Random) -> None:
        """The sample unit's two years, a long journal, one report more and one in the bin."""
        place = self._open()
        place.add_samples()
        place.settings.set("export_folder", "D:\\导出")
        state = read(place._db.conn)
        place.close()
        clerk = Clerk(self.folder, state, {}, dice)
        clerk.create()
        for _ in range(steps):
            dice.choice((clerk.edit, clerk.edit, clerk.type, clerk.block, clerk.undo, clerk.redo))()
        clerk.delete()
        clerk.setting()
        made = clerk.place.backups.make(BY_HAND)
        assert made
        self.backup = made.path
        clerk.place.close()

    def _open(self) -> Workplace:
        return Workplace.open(Paths(self.folder), resources_dir())

    def damage(self, way: Damage, dice: random.Random) -> tuple[Outcome, str]:
        """What becomes of it, and what is wrong with that."""
        data = way(self.data, dice)
        for path in (*self.folder.glob("ziping*"), *self.folder.glob("backups/*")):
            if path != self.backup:
                path.unlink()
        self.path.write_bytes(data)
        reading, writing = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(reading)
            self._look(writing)
        os.close(writing)
        told = _heard(reading, 12 * SLOWEST)
        if told is None:
            os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        if told is None or (os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGXCPU):
            return "TOO SLOW", ""
        if not told:
            return "CRASHED", "the process ended"
        outcome: tuple[Outcome, str] = pickle.loads(told)
        return outcome

    def _look(self, pipe: int) -> NoReturn:
        import resource  # not there on Windows

        try:
            resource.setrlimit(resource.RLIMIT_CPU, (int(SLOWEST), int(SLOWEST) + 1))
            outcome = self._looked()
        except BaseException:
            outcome = "CRASHED", traceback.format_exc()
        with os.fdopen(pipe, "wb") as stream:
            stream.write(pickle.dumps(outcome))
        os._exit(0)

    def _looked(self) -> tuple[Outcome, str]:
        (offered,) = backups_in(self.folder / "backups")
        try:
            place = self._open()
        except UserError:  # that it is damaged, or where its version is, that it is a newer one
            replace_damaged(self.path, offered.path)
            place = self._open()
            found = read(place._db.conn)
            place.close()
            return ("detected at open", "") if found == self.state else ("MISSED", "not restored")
        found_shown = shown(place)
        fault = fault_of(place._db)
        if wrong := difference(found_shown, self.saved, fault):
            return "MISSED", wrong
        if not found_shown.told and not fault:
            other = found_shown.values != self.saved.values
            return ("a preference", "") if other else ("harmless", self._used(place))
        restore(place._db, place.backups, offered.path)
        place.close()
        place = self._open()
        again = read(place._db.conn)
        place.close()
        same = (again.units, again.reports) == (self.state.units, self.state.reports)
        return ("detected when read", "") if same else ("MISSED", "not restored")

    def _used(self, place: Workplace) -> str:
        """What seems whole can be worked with: each report's last step is undone and done again."""
        for report in place.catalog.reports():
            if place.store.undo(report.id):
                place.store.redo(report.id)
        if (again := shown(place).values) != self.saved.values:
            for name, value in again.items():
                if not name.startswith(("journal", "changes")) and value != self.saved.values[name]:
                    raise AssertionError(f"after undo and redo: {name}")
        place.close()
        return ""


def _heard(pipe: int, seconds: float) -> bytes | None:
    """All that is said until the end of the process, None if that takes too long."""
    told, end = b"", time.monotonic() + seconds
    try:
        while select.select([pipe], [], [], max(0.0, end - time.monotonic()))[0]:
            more = os.read(pipe, 1 << 20)
            if not more:
                return told
            told += more
        return None
    finally:
        os.close(pipe)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=500)
    parser.add_argument("--steps", type=int, default=1500)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", choices=[way.__name__ for way, _ in WAYS])
    options = parser.parse_args()
    base = Path("/dev/shm") if Path("/dev/shm").is_dir() else None
    folder = Path(tempfile.mkdtemp(prefix="ziping-damages-", dir=base))
    trial = Trial(folder / "data", options.steps)
    print(f"{len(trial.data) >> 10} KB, {len(trial.data) // PAGE} pages", flush=True)
    ways = [(way, weight) for way, weight in WAYS if options.only in (None, way.__name__)]
    table: Counter[tuple[str, Outcome]] = Counter()
    bad = 0
    for n in range(options.count):
        dice = random.Random(options.seed * 1_000_000 + n)
        way = dice.choices([way for way, _ in ways], [weight for _, weight in ways])[0]
        outcome, wrong = trial.damage(way, dice)
        table[way.__name__, outcome] += 1
        if outcome.isupper():
            bad += 1
            print(f"{n} {way.__name__}: {outcome} {wrong}", flush=True)
    outcomes = sorted({outcome for _, outcome in table})
    print("".ljust(16) + "".join(outcome.rjust(20) for outcome in outcomes))
    for way, _ in ways:
        print(way.__name__.ljust(16) + "".join(str(table[way.__name__, o]).rjust(20) for o in outcomes))
    print(
        "together".ljust(16)
        + "".join(str(sum(table[w.__name__, o] for w, _ in ways)).rjust(20) for o in outcomes)
    )
    shutil.rmtree(folder)
    sys.exit(bool(bad))


if __name__ == "__main__":
    main()
