"""Somebody at work in a real data folder: edits, imports, undoes, backs up, bins, restores, as the dice fall."""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from desktop.domain.edits import Edit, edit_from
from desktop.domain.keys import FactKey, ReportId
from desktop.paths import Paths, resources_dir
from desktop.storage.backups.backup import AUTOMATIC, BY_HAND, ON_CLOSE, Backups
from desktop.storage.backups.restore import restore
from desktop.work_items import Source
from desktop.workplace import Workplace
from tests.endurance.expected import NAME, Deed, Expected

MOST_REPORTS = 8
YEARS = range(2015, 2026)


class Told(NamedTuple):
    """What the clerk says before and after each deed; several at once where one action does several."""

    done: bool
    deeds: list[Deed]


class Clerk:
    """Does one thing after another, and knows by hand what must then be there.

    `backups` is what each backup holds, by its name. `round_` sets the labels of one run apart from those of
    another, and the clock of its backups on by six hours.
    """

    def __init__(
        self,
        folder: Path,
        expected: Expected,
        backups: dict[str, Expected],
        dice: random.Random,
        say: Callable[[Told], None] = lambda told: None,
        *,
        sources: Sequence[Source] = (),
        round_: int = 0,
    ) -> None:
        self.folder, self.expected, self.backups = folder, expected, backups
        self.dice, self.sources, self.round = dice, sources, round_
        self._say, self._count = say, 0
        self.place = self.open()

    def open(self) -> Workplace:
        self._say(Told(False, [{"do": "open"}]))
        self.place = Workplace.open(Paths(self.folder), resources_dir())
        now = datetime(2025, 1, 1, 8, 0).astimezone() + timedelta(hours=6 * self.round)
        self.place.backups = Backups(self.place._db, self.folder / "backups", lambda: now)
        return self.place

    def act(self) -> None:
        """One action; one that the present state has no use for becomes an edit."""
        deeds = (self.edit, self.type, self.block, self.undo, self.redo, self.backup, self.other)
        self.dice.choices(deeds, (6, 3, 3, 4, 3, 2, 5))[0]()

    def other(self) -> None:
        deeds = (self.import_, self.delete, self.revive, self.create, self.restore, self.setting, self.reopen)
        self.dice.choice(deeds)()

    # -- what it does --------------------------------------------------------------------------------------

    def edit(self) -> None:
        number = self._live()
        self._apply(number, self._label("填写"), [(self._key(number), self._value())])

    def type(self) -> None:
        """Three keys in one cell: one step to undo, as the program runs on."""
        number = self._live()
        label, key = self._label("键入"), self._key(number)
        text = f"{self.round}-{self._count}-"
        for n in range(3):
            text += str(n + 1)
            self._apply(number, label, [(key, text)], merges=n > 0)

    def block(self) -> None:
        number = self._live()
        keys = [self._key(number) for _ in range(self.dice.randrange(2, 150))]
        self._apply(number, self._label("粘贴"), [(key, self._value()) for key in keys])

    def undo(self) -> None:
        self._turn("undo")

    def redo(self) -> None:
        self._turn("redo")

    def import_(self) -> None:
        """A workbook of two years; for a year that is not there yet, the report is made first."""
        if not self.sources:
            return self.edit()
        source = self.dice.choice(self.sources)
        unit, year = min(self.expected.units), self.dice.choice(YEARS)
        number = next((n for n in self.expected.live() if self._report(n) == (unit, year)), None)
        draft = self.place.draft_import(source, self.expected.units[unit], year)
        deeds: list[Deed] = []
        facts = self._facts(number) if number else {FactKey(*NAME): self.expected.units[unit]}
        if number is None:
            if len(self.expected.reports) >= MOST_REPORTS:
                return self.edit()
            number = max(self.expected.reports, default=0) + 1
            deeds.append({"do": "create", "report": number, "unit": unit, "year": year, "facts": []})
        edit = edit_from(ReportId(unit, year), f"导入 {source.name}", facts, draft.plan.wanted())
        if edit:
            deeds.append(_deed(number, edit))
        self._do(deeds, lambda: self.place.carry_out(draft))

    def backup(self) -> None:
        reason = self.dice.choice((BY_HAND, AUTOMATIC, ON_CLOSE))
        self._do([{"do": "backup", "name": None}], lambda: self.place.backups.make(reason))

    def restore(self) -> None:
        """Any backup there is, the newest most likely."""
        there = [b.path for b in self.place.backups.list() if b.path.name in self.backups]
        if not there:
            return self.backup()
        path = there[min(int(self.dice.expovariate(0.3)), len(there) - 1)]
        db = self.place._db
        self._do([{"do": "restore", "name": path.name}], lambda: restore(db, self.place.backups, path))

    def delete(self) -> None:
        if len(self.expected.live()) < 3:
            return self.edit()
        number = self._live()
        self._do(
            [{"do": "delete", "report": number}],
            lambda: self.place.catalog.delete_report(self._report(number)),
        )

    def revive(self) -> None:
        there = {self._report(n) for n in self.expected.live()}
        binned = [n for n, r in self.expected.reports.items() if not r.live and self._report(n) not in there]
        if not binned:
            return self.delete()
        number = self.dice.choice(binned)
        self._do([{"do": "revive", "report": number}], lambda: self.place.catalog.restore_report(number))

    def create(self) -> None:
        unit, year = self.dice.choice(list(self.expected.units)), self.dice.choice(YEARS)
        there = {self._report(n) for n in self.expected.live()}
        if ReportId(unit, year) in there or len(self.expected.reports) >= MOST_REPORTS:
            return self.edit()
        number = max(self.expected.reports, default=0) + 1
        facts = self._facts(self._live()) if self.expected.live() else {}
        facts = {key: value for key, value in facts.items() if key != FactKey(*NAME)}
        deed = {"do": "create", "report": number, "unit": unit, "year": year}
        name = self.expected.units[unit]
        self._do(
            [{**deed, "facts": [[*key, value] for key, value in facts.items()]}],
            lambda: self.place.create(name, year, "", facts),
        )

    def setting(self) -> None:
        key, value = "decimals_shown", self.dice.randrange(7)
        self._do(
            [{"do": "setting", "key": key, "value": str(value)}],
            lambda: self.place.settings.set(key, value),
        )

    def reopen(self) -> None:
        self._say(Told(False, [{"do": "close"}]))
        self.place.close()
        self.open()
        self._say(Told(True, []))

    # -- with what -----------------------------------------------------------------------------------------

    def _do(self, deeds: list[Deed], work: Callable[[], object]) -> None:
        """Say so, do it, and do it by hand. Backups that it made hold what was there before."""
        self._say(Told(False, deeds))
        work()
        made = self.backup_names() - self.backups.keys()
        deeds = [{"do": "backup", "name": name} for name in made] + deeds
        for deed in deeds:
            follow(deed, self.expected, self.backups)
        self._say(Told(True, deeds))

    def _apply(
        self, number: int, label: str, wanted: list[tuple[FactKey, str | None]], merges: bool = False
    ) -> None:
        edit = edit_from(self._report(number), label, self._facts(number), wanted)
        if edit:
            self._do([{**_deed(number, edit), "merges": merges}], lambda: self.place.store.apply(edit))

    def backup_names(self) -> set[str]:
        folder = self.place.backups.folder
        return {name for name in os.listdir(folder) if name.endswith(".db")} if folder.exists() else set()

    def _turn(self, way: str) -> None:
        number = self._live()
        report = self.expected.reports[number]
        if not (report.done if way == "undo" else report.undone):
            return self.edit()
        turn = self.place.store.undo if way == "undo" else self.place.store.redo
        self._do([{"do": way, "report": number}], lambda: turn(self._report(number)))

    def _label(self, word: str) -> str:
        self._count += 1
        return f"{word} {self.round}.{self._count}"

    def _live(self) -> int:
        return self.dice.choice(self.expected.live())

    def _report(self, number: int) -> ReportId:
        report = self.expected.reports[number]
        return ReportId(report.unit, report.year)

    def _facts(self, number: int) -> dict[FactKey, str]:
        return {FactKey(*key): value for key, value in self.expected.reports[number].facts.items()}

    def _key(self, number: int) -> FactKey:
        """A cell that is filled in or, now and then, one that is not yet; never the unit's name."""
        facts = self.expected.reports[number].facts
        keys = [key for key in facts if list(key) != NAME]
        if not keys or self.dice.random() < 0.1:
            return FactKey("narrative", f"own:{self.dice.randrange(40)}", "text")
        return FactKey(*self.dice.choice(keys))

    def _value(self) -> str | None:
        self._count += 1
        kind = self.dice.random()
        if kind < 0.1:
            return None
        if kind < 0.9:
            return f"{self._count}.{self.round}"
        return f"第{self._count}项工作已按计划完成。" * self.dice.randrange(1, 80)


def follow(deed: Deed, expected: Expected, backups: dict[str, Expected]) -> None:
    """Do by hand what was done."""
    if deed["do"] == "restore":
        expected.put(backups[deed["name"]])
    elif deed["do"] == "backup":
        if deed["name"]:
            backups[deed["name"]] = expected.copy()
    else:
        expected.do(deed)


def _deed(number: int, edit: Edit) -> Deed:
    changes = [[*c.key, c.before, c.after] for c in edit.changes]
    return {"do": "edit", "report": number, "label": edit.label, "changes": changes}


def sample_sources(folder: Path) -> list[Source]:
    """The workbooks that the sample unit's reports are written to."""
    (folder / "made").mkdir()
    place = Workplace.open(Paths(folder / "made"), resources_dir())
    place.add_samples()
    sources = []
    for report in place.catalog.reports():
        path = folder / "made" / f"自评表{report.id.year}.xlsx"
        place.export_task(report, "xlsx").run(path)
        sources.append(place.read_source(path))
    place.close()
    return sources
