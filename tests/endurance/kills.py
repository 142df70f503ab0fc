"""Kills the program at any moment of its work: `python -m tests.endurance.kills --count 1000`.

Each time a new process works in the same data folder and says on a pipe what it begins and what it has done. It
is killed after some of these words, however long they take it; then the file must open, be whole, and hold all
that was said to be done. Of what was begun, it may hold each part that is saved by itself. One kill in five is
not looked at, so that the next process meets what the killed one left. Every 25th has a file of an older version
put before it.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from desktop import workplace
from desktop.paths import Paths, resources_dir
from desktop.resource_files.templates import load_templates
from desktop.storage.backups.backup import backups_in
from desktop.storage.backups.verify import check_copy, fault_of
from desktop.work_items import Source
from desktop.workplace import Workplace
from tests.endurance.clerk import Clerk, follow, sample_sources
from tests.endurance.expected import Deed, Expected, difference, read, read_file
from tests.places import OLD_DATABASES

OLD = OLD_DATABASES
MOST_WORDS = 80
"""Of a worker until it is killed, at most: what it begins and what it has done are a word each."""

OLD_EVERY, OLD_FOR = 25, 4


class Lost(AssertionError):
    """Something that was said to be saved is not there, or what is there is not whole."""


@dataclass
class Figures:
    """What a run comes to."""

    kills: int = 0
    done: Counter[str] = field(default_factory=Counter)
    hit: Counter[str] = field(default_factory=Counter)
    cells: int = 0
    kept: int = 0
    """Deeds begun and killed that were saved all the same."""

    def __str__(self) -> str:
        done = ", ".join(f"{name} {n}" for name, n in self.done.most_common())
        hit = ", ".join(f"{name} {n}" for name, n in self.hit.most_common())
        return (
            f"kills {self.kills}; acknowledged {self.done.total()} ({done}), {self.cells} cells; lost 0\n"
            f"killed while: {hit}; of these saved all the same {self.kept}"
        )


class Killer:
    """Starts one worker after the other and checks what each leaves behind.

    `possible` is what the file may hold now: more than one only after a kill that was not looked at.
    """

    def __init__(self, folder: Path, seed: int, sources: Sequence[Source] = ()) -> None:
        self.folder, self.dice, self.sources = folder, random.Random(seed), sources
        self.figures = Figures()
        self.backups: dict[str, Expected] = {}
        self.possible = [Expected()]
        self._main: tuple[Path, list[Expected]] | None = None

    def begin(self) -> None:
        """The sample unit, as the program puts it in."""
        place = Workplace.open(Paths(self.folder), resources_dir())
        place.add_samples()
        self.possible = [read(place._db.conn)]
        place.close()

    def kill(self) -> None:
        """One worker, its end, and what is there after it."""
        number = self.figures.kills
        if number % OLD_EVERY == OLD_EVERY - 1:
            self._put_old()
        elif number % OLD_EVERY == OLD_FOR - 1 and self._main:
            self._put_back()
        told = self._work_and_die(number, self.dice.randint(1, MOST_WORDS))
        self.figures.kills += 1
        begun = self._follow(told)
        self.figures.hit[self._activity(begun)] += 1
        before = self.possible[0]
        self._allow(begun)
        self._check_backups()
        if self.dice.random() < 0.8 or number % OLD_EVERY >= OLD_EVERY - 2:
            self._check(begun)
            self.figures.kept += self.possible[0] != before
            self._check_backups()

    # -- the worker ----------------------------------------------------------------------------------------

    def _work_and_die(self, number: int, words: int) -> list[Any]:
        """Killed somewhere in what follows the last of the words, which takes about as long as those before."""
        seed, into_the_next = self.dice.randrange(1 << 30), self.dice.random()
        reading, writing = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(reading)
            self._work(writing, number, seed)
        os.close(writing)
        heard, begun = b"", time.monotonic()
        while heard.count(b"\n") < words and (more := os.read(reading, 1 << 20)):
            heard += more
        time.sleep((time.monotonic() - begun) / words * into_the_next)
        os.kill(child, signal.SIGKILL)
        while more := os.read(reading, 1 << 20):
            heard += more
        os.close(reading)
        os.waitpid(child, 0)
        return [json.loads(line) for line in heard.split(b"\n")[:-1]]

    def _work(self, pipe: int, number: int, seed: int) -> None:
        """Never returns: killed, or ended by something that is wrong."""

        def say(kind: str, what: object) -> None:
            line = json.dumps([kind, what], ensure_ascii=False).encode() + b"\n"
            while line:
                line = line[os.write(pipe, line) :]

        try:
            dice = random.Random(seed)
            clerk = Clerk(
                self.folder,
                self.possible[0],
                self.backups,
                dice,
                lambda told: say("done" if told.done else "begun", told.deeds),
                sources=self.sources,
                round_=number,
            )
            found = read(clerk.place._db.conn)
            which = next((n for n, wanted in enumerate(self.possible) if found == wanted), None)
            if which is None:
                say("wrong", f"after a kill: {difference(found, self.possible[0])}")
                os._exit(1)
            clerk.expected = self.possible[which]
            say("settled", which)
            while True:
                clerk.act()
        except BaseException:
            say("wrong", traceback.format_exc())
        os._exit(1)

    # -- what it said --------------------------------------------------------------------------------------

    def _follow(self, told: list[Any]) -> list[Deed]:
        """Do by hand what was said to be done; what was begun last, and not done."""
        begun: list[Deed] = []
        for kind, what in told:
            if kind == "wrong":
                raise Lost(what)
            if kind == "settled":
                self.possible, begun = [self.possible[what]], []
            elif kind == "begun":
                begun = what
            else:
                begun = []
                for deed in what:
                    self._done(deed)
        return begun

    def _done(self, deed: Deed) -> None:
        (state,) = self.possible
        self.figures.done[self._activity([deed])] += 1
        self.figures.cells += len(deed.get("changes", ()))
        follow(deed, state, self.backups)

    def _activity(self, begun: list[Deed]) -> str:
        """What was begun, in a word."""
        if begun and begun[-1].get("label", "").startswith("导入"):
            return "import"
        if begun == [{"do": "open"}] and self._main:
            return "open an older file"
        return "+".join(deed["do"] for deed in begun) or "between"

    # -- what is there -------------------------------------------------------------------------------------

    def _check(self, begun: list[Deed]) -> None:
        place = Workplace.open(Paths(self.folder), resources_dir())
        try:
            if fault := fault_of(place._db):
                raise Lost(fault)
            found = read(place._db.conn)
            for report in place.catalog.reports():
                if not all(entry.intact for entry in place.store.journal(report.id, 50)):
                    raise Lost(f"a step of {report}")
                place.store.facts(report.id)
        finally:
            place.close()
        if found not in self.possible:
            raise Lost(f"{begun}: {difference(found, self.possible[0])}")
        self.possible = [found]
        left = [p.name for p in self.folder.rglob("*") if p.name.startswith("~") or "-journal" in p.name]
        if left:
            raise Lost(f"left behind: {left}")

    def _allow(self, begun: list[Deed]) -> None:
        """Each part of what was begun may have been saved."""
        if begun and begun[0]["do"] not in ("open", "close", "backup"):
            state = self.possible[0].copy()
            for deed in begun:
                follow(deed, state, self.backups)
                self.possible = [*self.possible, state]
                state = state.copy()

    def _check_backups(self) -> None:
        """All that can be seen is whole, and holds what was there when it was made."""
        there = {backup.path.name: backup for backup in backups_in(self.folder / "backups")}
        for name in self.backups.keys() - there.keys():
            del self.backups[name]  # thinned out
        for name in there.keys() - self.backups.keys():
            check_copy(there[name].path)
            found = read_file(there[name].path)
            if not any(_same_content(found, wanted) for wanted in self.possible):
                raise Lost(f"{name}: {difference(found, self.possible[0])}")
            self.backups[name] = found

    # -- a file of an older version ------------------------------------------------------------------------

    def _put_old(self) -> None:
        """What is there is taken away, for a while."""
        kept = self.folder / "kept" / "ziping.db"
        kept.parent.mkdir(exist_ok=True)
        os.replace(self.folder / "ziping.db", kept)
        self._main = kept, self.possible
        shutil.copy(next(OLD.glob("*.db")), self.folder / "ziping.db")
        self.possible = [read_file(self.folder / "ziping.db")]

    def _put_back(self) -> None:
        assert self._main
        for path in self.folder.glob("ziping.db*"):
            path.unlink()
        kept, self.possible = self._main
        os.replace(kept, self.folder / "ziping.db")
        self._main = None


def _same_content(one: Expected, other: Expected) -> bool:
    return (one.units, one.reports) == (other.units, other.reports)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--folder", type=Path, default=None, help="where to work; kept if something is lost")
    options = parser.parse_args()
    folder = options.folder or Path(tempfile.mkdtemp(prefix="ziping-kills-"))
    (folder / "data").mkdir(parents=True)
    killer = Killer(folder / "data", options.seed, prepared(folder))
    killer.begin()
    try:
        for n in range(1, options.count + 1):
            killer.kill()
            if n % 100 == 0:
                size = (folder / "data" / "ziping.db").stat().st_size
                print(f"{n}: {killer.figures.done.total()} done, {size >> 10} KB", flush=True)
    except Lost as error:
        print(f"seed {options.seed}, kill {killer.figures.kills}, {folder}: {error}")
        sys.exit(1)
    print(killer.figures)
    shutil.rmtree(folder)


def prepared(folder: Path) -> list[Source]:
    """Once for all workers: they are forked, and find everything loaded."""
    vars(workplace)["load_templates"] = cache(load_templates)
    return sample_sources(folder)


if __name__ == "__main__":
    main()
