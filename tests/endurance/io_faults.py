"""Lets each single write to the disk fail, one per run: `python -m tests.endurance.io_faults`.

A scripted session is run again and again, each time with the next call failing: once, from then on, or after half
of it was written. Whatever fails, the program says so in a sentence and goes on; what it said was saved is
there, at once and when the file is opened again. Needs Linux and a C compiler.
"""

from __future__ import annotations

import argparse
import ctypes
import errno
import os
import pickle
import random
import re
import shutil
import subprocess
import sys
import tempfile
import traceback
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple, NoReturn

from desktop.errors import UserError
from desktop.paths import Paths, resources_dir
from desktop.resource_files.sample import sample_reports
from desktop.storage.backups.verify import check_copy, fault_of
from desktop.work_items import Source
from desktop.workplace import Workplace
from tests.endurance.clerk import Clerk, Told, follow
from tests.endurance.expected import Deed, Expected, difference, read, read_file
from tests.endurance.kills import prepared

SOURCE = Path(__file__).with_name("fail_nth.c")
SCRIPT = (
    *("edit", "type", "import_", "undo", "redo", "backup", "delete", "revive", "create", "restore", "edit"),
    *("setting", "block", "reopen", "edit"),
)


class Way(NamedTuple):
    """How a call fails; `half`: it first writes half, and the call after it fails."""

    name: str
    code: int
    lasting: bool = False
    half: bool = False


WAYS = (
    Way("EIO once", errno.EIO),
    Way("EIO from then on", errno.EIO, lasting=True),
    Way("ENOSPC once", errno.ENOSPC),
    Way("ENOSPC from then on", errno.ENOSPC, lasting=True),
    Way("half written, then ENOSPC", errno.ENOSPC, half=True),
)


class Wrong(AssertionError):
    """A traceback, or something that is not there any more."""


class Outcome(NamedTuple):
    """What a session came to: the calls counted, what was said, and what the file may hold now."""

    seen: int
    said: list[str]
    possible: list[Expected]
    saved_unsaid: list[str]
    """Deeds that, or a part of which, were saved after all."""
    wrong: str


def compiled(folder: Path) -> Path | None:
    """The library, None where there is no compiler."""
    compiler = shutil.which("gcc") or shutil.which("cc")
    if compiler is None or not sys.platform.startswith("linux"):
        return None
    library = folder / "fail_nth.so"
    subprocess.run([compiler, "-shared", "-fPIC", "-O1", "-o", library, SOURCE], check=True)
    return library


class Session:
    """The script in a data folder of its own, with one call failing; in a forked process."""

    def __init__(self, library: Path, begun: Path, sources: Sequence[Source], work: Path) -> None:
        self._arm = ctypes.CDLL(str(library))
        self._arm.fail_arm.argtypes = [ctypes.c_char_p, ctypes.c_long, *[ctypes.c_int] * 3]
        self._arm.fail_seen.restype = ctypes.c_long
        self._begun, self._sources, self.folder = begun, sources, work

    def run(self, nth: int, way: Way) -> Outcome:
        shutil.rmtree(self.folder, ignore_errors=True)
        shutil.copytree(self._begun, self.folder)
        reading, writing = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(reading)
            self._act(writing, nth, way)
        os.close(writing)
        with os.fdopen(reading, "rb") as stream:
            told = stream.read()
        os.waitpid(child, 0)
        outcome: Outcome = pickle.loads(told)
        self._check(outcome)
        return outcome

    def _act(self, pipe: int, nth: int, way: Way) -> NoReturn:
        actor = Actor(self.folder, self._sources, way)
        path = os.fsencode(self.folder)
        try:
            self._arm.fail_arm(path, nth, way.code, way.lasting, way.half)
            actor.act()
        except BaseException:
            actor.wrong = traceback.format_exc()
        seen = self._arm.fail_seen()
        self._arm.fail_arm(path, 0, 0, 0, 0)
        outcome = Outcome(seen, actor.said, actor.possible, actor.saved_unsaid, actor.wrong)
        with os.fdopen(pipe, "wb") as stream:
            stream.write(pickle.dumps(outcome))
        os._exit(0)

    def _check(self, outcome: Outcome) -> None:
        """Opened again without faults."""
        if outcome.wrong:
            raise Wrong(f"{outcome.said}\n{outcome.wrong}")
        place = Workplace.open(Paths(self.folder), resources_dir())
        try:
            if fault := fault_of(place._db):
                raise Wrong(fault)
            found = read(place._db.conn)
            if found not in outcome.possible:
                raise Wrong(f"{outcome.said}: {difference(found, outcome.possible[0])}")
            for backup in place.backups.list():
                check_copy(backup.path)
        finally:
            place.close()
        # In the second folder, which may be another machine's too, such a file stays for a day.
        left = [path.name for path in self.folder.rglob("~*") if "second" not in path.parts]
        if left:
            raise Wrong(f"left behind: {left}")


class Actor:
    """Goes through the script, and on after an error, as the user would."""

    def __init__(self, folder: Path, sources: Sequence[Source], way: Way) -> None:
        self._folder, self._sources, self._way = folder, sources, way
        self.said: list[str] = []
        self.saved_unsaid: list[str] = []
        self.wrong = ""
        self._begun: list[Deed] = []
        self.possible = [read_file(folder / "ziping.db")]

    def act(self) -> None:
        clerk = self._clerk()
        if clerk is None:
            return
        for name in SCRIPT:
            clerk.place.hear_of_disk_errors(lambda error: self.said.append(str(error)))
            try:
                getattr(clerk, name)()
            except UserError as error:
                self.said.append(str(error))
                if self._failed(clerk, error):
                    break
            self.possible = [clerk.expected]
        try:
            clerk.place.close()
        except UserError as error:
            self.said.append(str(error))

    def _clerk(self) -> Clerk | None:
        for _ in range(2):
            try:
                return Clerk(
                    self._folder, self.possible[0], {}, random.Random(1), self._hear, sources=self._sources
                )
            except UserError as error:
                self.said.append(str(error))
        return None

    def _hear(self, told: Told) -> None:
        self._begun = [] if told.done else told.deeds

    def _failed(self, clerk: Clerk, error: UserError) -> bool:
        """What is there after an error must be what was there before it, or a part of what was to be done.

        Whether there is no going on: the disk stays bad.
        """
        self.possible = [clerk.expected]
        state = clerk.expected.copy()
        closed = bool(self._begun) and self._begun[0]["do"] in ("open", "close")
        if not closed:
            for deed in self._begun:
                follow(deed, state, clerk.backups)
                self.possible = [*self.possible, state]
                state = state.copy()
        if self._way.lasting and closed:
            return True
        if self._way.lasting:
            self._go_on_regardless(clerk)
            return True
        if closed:
            clerk.open()
        found = read(clerk.place._db.conn)
        if found not in self.possible:
            raise Wrong(f"at once: {difference(found, clerk.expected)}")
        if found != clerk.expected:
            if "没有保存" in error.sentence and len(self._begun) == 1:
                raise Wrong(f"saved, though it was said: {error}")
            self.saved_unsaid.append("+".join(deed["do"] for deed in self._begun))
        for name in clerk.backup_names() - clerk.backups.keys():
            clerk.backups[name] = clerk.expected  # made before anything else was
        clerk.expected = found
        return False

    def _go_on_regardless(self, clerk: Clerk) -> None:
        """Nothing more can be saved; nothing more than that may happen."""
        for work in (clerk.place.backups.list, lambda: clerk.place.backups.make("手动"), clerk.undo):
            try:
                work()
            except UserError as error:
                self.said.append(str(error))


def run(session: Session, way: Way, first: int = 1, step: int = 1) -> str:
    """All runs of one way, until one is over before its call comes; the figures."""
    said: Counter[str] = Counter()
    saved_unsaid: Counter[str] = Counter()
    runs, nth = 0, first
    while True:
        try:
            outcome = session.run(nth, way)
        except Exception as error:
            raise Wrong(f"{way.name}, call {nth}: {error}") from error
        if outcome.seen < nth + way.half:
            return (
                f"{way.name}: {runs} runs, {outcome.seen} calls; lost 0, tracebacks 0;"
                f" {said.total()} sentences of {len(said)} kinds; saved though said not to be: {dict(saved_unsaid)}\n"
                + "\n".join(f"    {n} {sentence}" for sentence, n in said.most_common())
            )
        runs, nth = runs + 1, nth + step
        said.update(re.sub(r"/\S+/", "…/", sentence) for sentence in outcome.said)
        saved_unsaid.update(outcome.saved_unsaid)


def prepare(folder: Path) -> Session:
    """The sample unit's data folder with a second folder for backups, and the library that fails."""
    library = Path(os.environ["FAIL_NTH"])
    sources = prepared(folder)
    begun = folder / "begun"
    begun.mkdir()
    place = Workplace.open(Paths(begun), resources_dir())
    sample = sample_reports(resources_dir())[0]
    place.create(sample.unit_name, sample.year, sample.system, sample.facts)
    place.create(sample.unit_name, sample.year - 1, sample.system)
    (folder / "data" / "second").mkdir(parents=True)
    (begun / "second").mkdir()
    place.settings.set("second_backup_folder", str(folder / "data" / "second"))
    place.close()
    return Session(library, begun, sources, folder / "data")


def start_anew() -> NoReturn:
    """The same program with the library loaded before all others."""
    folder = tempfile.mkdtemp(prefix="ziping-faults-")
    library = compiled(Path(folder))
    if library is None:
        sys.exit("This needs Linux and a C compiler.")
    environ = {**os.environ, "LD_PRELOAD": str(library), "FAIL_NTH": str(library), "FAIL_NTH_FOLDER": folder}
    os.execve(sys.executable, [sys.executable, "-m", "tests.endurance.io_faults", *sys.argv[1:]], environ)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--first", type=int, default=1)
    parser.add_argument("--step", type=int, default=1, help="only every so manyth call")
    parser.add_argument("--ways", type=int, nargs="*", default=range(len(WAYS)))
    options = parser.parse_args()
    if "FAIL_NTH" not in os.environ:
        start_anew()
    with tempfile.TemporaryDirectory(prefix="ziping-faults-", dir=in_memory()) as folder:
        session = prepare(Path(folder))
        for number in options.ways:
            print(run(session, WAYS[number], options.first, options.step), flush=True)
    if "FAIL_NTH_FOLDER" in os.environ:
        shutil.rmtree(os.environ["FAIL_NTH_FOLDER"])


def in_memory() -> Path | None:
    """Where writing through costs nothing: thousands of sessions are run."""
    return Path("/dev/shm") if Path("/dev/shm").is_dir() else None


if __name__ == "__main__":
    main()
