"""What each road back from a damaged file is worth: `python -m tests.endurance.worth --count 300`.

A file as it lies there ten minutes after an automatic backup, so with the most steps that only it has, is damaged in
the ways of `damages`. Of every damage that the program finds it is counted how many of these steps each road brings
back: the backup alone; with it the rows of the journal that sqlite still reads; and the salvage, which has both.

Rows read by hand out of raw pages were a road once. Of 238 damages, with 50 steps since the backup, came back on
average: 2.0 with the backup alone, 41.6 with the journal's rows, 45.6 by sqlite with the first page made anew, 47.5
with raw pages: these were worth 1.9 steps, 23 seconds of typing, and only of files that were cut off.
"""

from __future__ import annotations

import argparse
import random
import shutil
import sqlite3
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from desktop.domain.keys import FactKey
from desktop.errors import UserError
from desktop.storage.backups.backup import AUTOMATIC
from desktop.storage.backups.verify import fault_of, in_memory, opened
from desktop.storage.checksums import step_sum
from desktop.storage.journal import FIELDS, Step
from desktop.storage.recovery.rescue import _facts
from desktop.storage.recovery.row_scan import Facts, look_into
from desktop.storage.recovery.salvage import Salvaged, _put_together
from tests.endurance.clerk import Clerk
from tests.endurance.damages import WAYS, Trial

SINCE = 60
"""Steps in ten minutes of busy typing."""

ROADS = ("backup alone", "backup + journal", "salvage", "the best of them")
_State = dict[int, Facts]


class Came(NamedTuple):
    """Of one road: steps that came back, and cells of all reports that are not as they were."""

    steps: int
    wrong: int


class Worth(Trial):
    """A trial whose backup is ten minutes old."""

    def _work(self, steps: int, dice: random.Random) -> None:
        super()._work(steps, dice)
        self.backup.unlink()
        clerk = Clerk(self.folder, self._now(), {}, dice, round_=9)
        made = clerk.place.backups.make(AUTOMATIC)
        assert made
        self.backup = made.path
        with opened(made.path) as copy:
            self.earlier = _facts(copy)
            ((self.last,),) = copy.rows("SELECT max(id) FROM journal")
        for _ in range(SINCE):
            dice.choice((clerk.edit, clerk.edit, clerk.type, clerk.block, clerk.undo, clerk.redo))()
        db = clerk.place._db
        self.truth = _facts(db)
        rows = db.rows(f"SELECT {FIELDS} FROM journal WHERE id > ? ORDER BY id", self.last)
        self.since = [(row[0], [change.key for change in Step(*row).cells()]) for row in rows if row[5]]
        clerk.place.close()

    def _now(self) -> object:
        from tests.endurance.expected import read_file

        return read_file(self.path)

    def came(self, data: bytes) -> dict[str, Came]:
        """Of each road, over the damaged bytes."""
        states = (
            self.earlier,
            replayed(self.earlier, data, self.last),
            _cells(_put_together(look_into(data), [self.earlier])),
        )
        came = [self._judged(state) for state in states]
        best = max(came, key=lambda found: (found.steps, -found.wrong))
        return dict(zip(ROADS, [*came, best], strict=True))

    def _judged(self, state: _State) -> Came:
        def right(report: int, key: FactKey) -> bool:
            return state.get(report, {}).get(key) == self.truth[report].get(key)

        steps = sum(
            report in state and all(right(report, key) for key in keys) for report, keys in self.since
        )
        wrong = sum(not right(n, key) for n in self.truth for key in {**self.truth[n], **state.get(n, {})})
        return Came(steps, wrong)


def _cells(salvaged: Salvaged) -> _State:
    return {report.number: report.facts for report in salvaged.reports}


def replayed(earlier: _State, data: bytes, last: int) -> _State:
    """A backup's cells with what the rows that sqlite reads and the sums confirm did to them since."""
    state = {number: dict(facts) for number, facts in earlier.items()}
    known = dict[int, Step]()
    for number, step in _readable(data, last):
        known[number] = step
        done = step if step.step is None else known.get(step.step)
        if number <= last or done is None or step.report not in state:
            continue
        for change in done.cells():
            value = change.before if step.kind == "undo" else change.after
            if value is None:
                state[step.report].pop(change.key, None)
            else:
                state[step.report][change.key] = value
    return state


def _readable(data: bytes, last: int) -> Iterator[tuple[int, Step]]:
    """From the earliest and, where that breaks off, from the latest back."""
    found = dict[int, Step]()
    with closing(sqlite3.connect(":memory:")) as conn:
        for order in ("ASC", "DESC"):
            try:
                conn.deserialize(data[:18] + b"\1\1" + data[20:])
                for number, checksum, *fields in conn.execute(
                    f"SELECT id, checksum, {FIELDS} FROM journal ORDER BY id {order}"
                ):
                    step = Step(*fields)
                    if number > last - 5000 and checksum == step_sum(*step):
                        found[number] = step
            except (sqlite3.Error, OverflowError, UnicodeDecodeError, TypeError):
                continue
            break
    for number in sorted(found):
        if number > last or found[number].kind == "edit":
            yield number, found[number]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=300)
    parser.add_argument("--steps", type=int, default=1500)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="ziping-worth-"))
    trial = Worth(folder / "data", options.steps)
    print(f"{len(trial.data) >> 10} KB, {len(trial.since)} steps since the backup", flush=True)
    all_of, none_of, sums, wrong = Counter[str](), Counter[str](), Counter[str](), Counter[str]()
    by_way = defaultdict[str, Counter[str]](Counter)
    found = 0
    for n in range(options.count):
        dice = random.Random(options.seed * 1_000_000 + n)
        way = dice.choices([way for way, _ in WAYS], [weight for _, weight in WAYS])[0]
        data = way(trial.data, dice)
        if not told(data):
            continue
        found += 1
        by_way[way.__name__]["damages"] += 1
        for road, came in trial.came(data).items():
            all_of[road] += came.steps == len(trial.since)
            none_of[road] += came.steps == 0
            sums[road] += came.steps
            wrong[road] += came.wrong
            by_way[way.__name__][road] += came.steps
    print(f"{found} damages found by the program, of {options.count}")
    for road in ROADS:
        print(
            f"{road:18} steps a damage {sums[road] / found:5.1f}; all {all_of[road]}, none {none_of[road]};"
            f" cells wrong {wrong[road] / found:.1f}"
        )
    for name, figures in by_way.items():
        count = figures["damages"]
        print(f"{name:16} {count:4}", *(f"{figures[road] / count:6.1f}" for road in ROADS))
    shutil.rmtree(folder)


def told(data: bytes) -> bool:
    """Whether the program finds that anything is wrong with these bytes."""
    try:
        with in_memory(data) as db:
            return bool(fault_of(db))
    except (UserError, sqlite3.Error):
        return True


if __name__ == "__main__":
    main()
