"""Works on a disk that fills up: `python -m tests.endurance.full_disk`.

A small disk in memory is filled to within 0, 4, 8 … KB; then every kind of work is tried. Each succeeds or says that
the disk is full; what it said was saved is there; and with room again work goes on, without opening anew.
Needs Linux and the right to mount.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import subprocess
import sys
import tempfile
import traceback
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from desktop.errors import UserError
from desktop.paths import Paths, resources_dir
from desktop.storage.backups.verify import check_copy, fault_of
from desktop.work_items import Source
from desktop.workplace import Workplace
from tests.endurance.clerk import Clerk, Told, follow
from tests.endurance.expected import Deed, difference, read, read_file
from tests.endurance.kills import prepared

MEGABYTES = 64
STEP = 4096
WORK = (
    *("edit", "type", "block", "import_", "undo", "redo", "backup", "delete", "revive", "create"),
    *("setting", "restore", "block", "undo", "edit"),
)
WITH_ROOM = ("edit", "type", "block", "undo", "backup")
EXPORTS = ("xlsx", "pdf", "docx")


class Wrong(AssertionError):
    """A traceback, something lost, or work that does not go on with room again."""


class Figures(NamedTuple):
    """What a run comes to."""

    rounds: int
    done: int
    refused: Counter[str]
    saved_unsaid: Counter[str]

    def __str__(self) -> str:
        said = "\n".join(f"    {n} {sentence}" for sentence, n in self.refused.most_common())
        return (
            f"{self.rounds} fillings; acknowledged {self.done}, refused {self.refused.total()}; lost 0;"
            f" saved though refused: {dict(self.saved_unsaid)}\n{said}"
        )


@contextmanager
def small_disk(megabytes: int = MEGABYTES) -> Iterator[Path | None]:
    """A disk of its own in memory; None where none can be had."""
    folder = Path(tempfile.mkdtemp(prefix="ziping-disk-"))
    mounting = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(folder)]
    mounted = False
    try:
        if sys.platform.startswith("linux") and shutil.which("mount"):
            mounted = subprocess.run(mounting, capture_output=True).returncode == 0
        yield folder if mounted else None
    finally:
        if mounted:
            subprocess.run(["umount", "--lazy", str(folder)], check=True)
        folder.rmdir()


class Office:
    """A clerk whose disk is filled and emptied again."""

    def __init__(self, disk: Path, sources: Sequence[Source] = (), seed: int = 1) -> None:
        self.disk, self.folder = disk, disk / "data"
        self.folder.mkdir()
        place = Workplace.open(Paths(self.folder), resources_dir())
        place.add_samples()
        place.close()
        self._begun: list[Deed] = []
        self._clerk = Clerk(
            self.folder,
            read_file(self.folder / "ziping.db"),
            {},
            random.Random(seed),
            self._hear,
            sources=sources,
        )
        self.rounds = self.done = 0
        self.refused: Counter[str] = Counter()
        self.saved_unsaid: Counter[str] = Counter()

    def round(self, left: int) -> None:
        """Every kind of work with so many bytes left; then once more with room."""
        self.rounds += 1
        for name in WORK:
            self._fill(left)
            self._try(name)
        if self.rounds % 4 == 1:
            self._fill(left)
            for kind in EXPORTS:
                self._export(kind, may_fail=True)
        self._filler.unlink()
        before = self.done
        for name in WITH_ROOM:
            self._try(name, may_fail=False)
        if self.rounds % 16 == 1:
            for kind in EXPORTS:
                self._export(kind, may_fail=False)
        assert self.done - before >= len(WITH_ROOM)
        self._check()

    def close(self) -> Figures:
        """All that is there after the program has ended, too."""
        self._clerk.place.close()
        if said := difference(read_file(self.folder / "ziping.db"), self._clerk.expected):
            raise Wrong(f"after closing: {said}")
        return Figures(self.rounds, self.done, self.refused, self.saved_unsaid)

    @property
    def _filler(self) -> Path:
        return self.disk / "filler"

    def _fill(self, left: int) -> None:
        """Whatever was written meanwhile: so many bytes are left."""
        self._filler.touch()
        size = self._filler.stat().st_size
        free = os.statvfs(self.disk).f_bavail * os.statvfs(self.disk).f_frsize
        if free > left:
            with self._filler.open("ab") as stream:
                stream.write(bytes(free - left))
        elif free < left:
            os.truncate(self._filler, max(0, size - (left - free)))

    def _try(self, name: str, may_fail: bool = True) -> None:
        try:
            getattr(self._clerk, name)()
            self.done += 1
        except UserError as error:
            if not may_fail:
                raise Wrong(f"with room again: {name}: {error}") from error
            self._refuse(error)
            self._after_refusal()
        except Exception as error:
            raise Wrong(f"{name}: {traceback.format_exc()}") from error
        else:
            self._check_state(name)

    def _hear(self, told: Told) -> None:
        self._begun = [] if told.done else told.deeds

    def _refuse(self, error: UserError) -> None:
        if "磁盘" not in str(error):
            raise Wrong(f"not said to be the disk: {error}")
        self.refused[error.sentence] += 1

    def _after_refusal(self) -> None:
        """What is there is what was there, or a part of what was to be done that is saved by itself."""
        clerk, state = self._clerk, self._clerk.expected.copy()
        possible = [clerk.expected]
        for deed in self._begun:
            follow(deed, state, clerk.backups)
            possible.append(state)
            state = state.copy()
        found = read(clerk.place._db.conn)
        if found not in possible:
            raise Wrong(f"refused: {self._begun}: {difference(found, clerk.expected)}")
        if found != clerk.expected:
            self.saved_unsaid["+".join(deed["do"] for deed in self._begun)] += 1
        for name in clerk.backup_names() - clerk.backups.keys():
            clerk.backups[name] = clerk.expected
        clerk.expected = found

    def _check_state(self, name: str) -> None:
        if said := difference(read(self._clerk.place._db.conn), self._clerk.expected):
            raise Wrong(f"{name}: {said}")

    def _export(self, kind: str, may_fail: bool) -> None:
        """The file of before stays, or a whole new one is there; never a part of one."""
        target = self.disk / f"out.{kind}"
        before = target.read_bytes() if target.exists() else None
        report = self._clerk.place.catalog.reports()[0]
        try:
            self._clerk.place.export_task(report, kind).run(target)
            self.done += 1
        except UserError as error:
            if not may_fail:
                raise Wrong(f"with room again: {kind}: {error}") from error
            self._refuse(error)
            if (target.read_bytes() if target.exists() else None) != before:
                raise Wrong(f"{target} is half written") from error
        if left := [path.name for path in self.disk.iterdir() if path.name.startswith("~")]:
            raise Wrong(f"left behind: {left}")

    def _check(self) -> None:
        place = self._clerk.place
        if fault := fault_of(place._db):
            raise Wrong(fault)
        backups = place.backups.list()
        for backup in backups:
            check_copy(backup.path)
        if left := [path.name for path in self.folder.rglob("~*")]:
            raise Wrong(f"left behind: {left}")
        for backup in backups[2:]:  # or the small disk would be full of them
            backup.path.unlink()
            self._clerk.backups.pop(backup.path.name, None)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--up-to", type=int, default=160, help="KB left, by steps of 4; from there on by 64")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, small_disk() as disk:
        if disk is None:
            sys.exit("This needs Linux and the right to mount.")
        office = Office(disk, prepared(Path(folder)))
        fine = options.up_to * 1024
        for left in (*range(0, fine, STEP), *range(fine, fine + 32 * 16 * STEP, 16 * STEP)):
            try:
                office.round(left)
            except Wrong as error:
                print(f"{left // 1024} KB left: {error}")
                sys.exit(1)
            if office.rounds % 10 == 0:
                print(f"{left // 1024} KB: {office.done} done, {office.refused.total()} refused", flush=True)
        print(office.close())


if __name__ == "__main__":
    main()
