"""What can still be read out of a damaged data file, put together again as reports, and written anew."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from desktop.domain.keys import UNIT_NAME, FactKey
from desktop.storage.backups.backup import settle, temporary, worded
from desktop.storage.backups.verify import check_copy
from desktop.storage.catalog import clean_name, local_now, time_of
from desktop.storage.checksums import report_sum, task_sum
from desktop.storage.db import open_database
from desktop.storage.journal import FIELDS, DamagedStep
from desktop.storage.recovery.row_scan import Facts, Head, Recorded, Seen, look_into
from desktop.storage.settings import SETTINGS

LIMIT = 256 * 1024 * 1024
"""Bytes of a file that are read; a file of a hundred reports has a tenth of that."""

_NAMED = 20
"""Reports that are not whole are named up to here; more are counted."""

_LOST_LETTER = "\ufffd"

Earlier = Mapping[int, Facts]
"""A backup's cells by the number of the report."""


class FoundReport(NamedTuple):
    """One report. `whole` if its checksum says that nothing of it is missing or changed."""

    number: int
    head: Head
    facts: Facts
    whole: bool
    last_edit: datetime | None
    year_known: bool


class Salvaged(NamedTuple):
    """All that was found, ready to be written."""

    units: Mapping[int, str]
    reports: tuple[FoundReport, ...]
    journal: Mapping[int, Recorded]
    settings: Mapping[str, str]
    tasks: Mapping[tuple[str, int], tuple[str, bytes, str]] = MappingProxyType({})
    """Each issue of a task: when it was taken, its file, and what that says."""

    @property
    def facts(self) -> int:
        return sum(len(report.facts) for report in self.reports)

    @property
    def whole(self) -> bool:
        return bool(self.reports) and all(report.whole for report in self.reports)

    @property
    def last_edit(self) -> datetime | None:
        return max((r.last_edit for r in self.reports if r.last_edit), default=None)

    def in_words(self) -> str:
        if not self.reports:
            return "没有找到可以读出的报告。"
        found = f"找回 {len(self.units)} 个单位、{len(self.reports)} 份报告、{self.facts} 项内容"
        if self.whole:
            return f"{found}，与保存时完全一致。"
        return f"{found}；有内容读不出来，或与保存时不一致。"

    def partial_in_words(self) -> str:
        """Which reports are to be looked through; '' where all are whole."""
        names = [
            f"{self.units[r.head.unit]} {r.head.year}年度（{'已删除，' if r.head.deleted else ''}{len(r.facts)} 项）"
            for r in self.reports
            if not r.whole
        ]
        more = f"等 {len(names)} 份" if len(names) > _NAMED else ""
        return f"不完整、请核对的报告：{'、'.join(names[:_NAMED])}{more}。" if names else ""


NOTHING = Salvaged({}, (), {}, {})


def salvage(path: Path, backups: Sequence[Earlier] = ()) -> Salvaged:
    """Everything that is left in the file, which is only read; never an error, whatever its bytes.

    What is missing of a report is taken from a backup where the checksum proves that nothing changed since.
    """
    found = [_put_together(look_into(data), backups) for data in _versions(path)]
    return max(found, key=_worth, default=NOTHING)


def _worth(found: Salvaged) -> tuple[int, int]:
    return sum(report.whole for report in found.reports), found.facts


def _versions(path: Path) -> Iterator[bytes]:
    """The file as it lies there and, where a write broke off, also as its journal would make it again."""
    data, journal = _read(path), _read(path.with_name(path.name + "-journal"))
    if data:
        yield data
    if data and journal:
        with suppress(OSError):
            yield _played_back(data, journal)


def _read(path: Path) -> bytes:
    """Nothing where there is no such file, or the disk does not give it."""
    try:
        with path.open("rb") as file:
            return file.read(LIMIT)
    except OSError:
        return b""


def _played_back(data: bytes, journal: bytes) -> bytes:
    """What sqlite makes of copies of both: the state before the write that broke off."""
    import sqlite3

    with tempfile.TemporaryDirectory(prefix="ziping-", ignore_cleanup_errors=True) as folder:
        copy = Path(folder) / "copy.db"
        copy.write_bytes(data)
        copy.with_name("copy.db-journal").write_bytes(journal)
        with suppress(sqlite3.Error), closing(sqlite3.connect(copy, isolation_level=None)) as conn:
            conn.execute("BEGIN IMMEDIATE")
            conn.execute("ROLLBACK")
        return copy.read_bytes()


# -- putting together -------------------------------------------------------------------------------------


def _put_together(seen: Seen, backups: Sequence[Earlier]) -> Salvaged:
    units = dict(seen.units)
    by_report = dict[int, list[Recorded]]()
    for _, row in sorted(seen.journal.items()):
        by_report.setdefault(row.step.report, []).append(row)
    numbers = sorted({n for n in (*seen.heads, *seen.facts) if n > 0})
    reports = [
        _report(n, seen, by_report.get(n, []), units, [b[n] for b in backups if n in b]) for n in numbers
    ]
    used = {report.head.unit for report in reports}
    named = {n: _name(n, units, reports) for n in sorted(used | set(units))}
    settings = {key: v for key, v in seen.settings.items() if key in SETTINGS}
    kept = {n: row for n, row in seen.journal.items() if row.step.report in numbers}
    return Salvaged(_told_apart(named), _unique(reports), kept, settings, dict(seen.tasks))


def _report(
    number: int, seen: Seen, steps: list[Recorded], units: dict[int, str], earlier: list[Facts]
) -> FoundReport:
    """The first of all ways to put a report together whose checksum fits; else all there is of it."""
    last = max((time_of(row.step.at) for row in steps), default=None)
    heads, found = seen.heads.get(number, []), seen.facts.get(number, {})
    said = _last_said(steps)
    for facts in _ways(found, said, earlier):
        for head in heads:
            if head.checksum == report_sum(
                head.unit, head.year, head.system, ((*k, v) for k, v in facts.items())
            ):
                return FoundReport(number, head, facts, True, last, True)
    readable = {key for key, value in found.items() if _LOST_LETTER not in value}
    facts = found | {key: value for key, value in said.items() if value and key not in readable}
    if heads:
        return FoundReport(number, heads[0], facts, False, last, True)
    unit, year = _unit_of(facts, units, number), _likely_year(last)
    head = Head(unit, year, "", local_now().isoformat(timespec="milliseconds"), None, None)
    return FoundReport(number, head, facts, False, last, False)


def _ways(found: Facts, said: Mapping[FactKey, str | None], earlier: list[Facts]) -> Iterator[Facts]:
    """What was seen, by itself and over each backup, and the same with what the journal says laid over it."""
    readable = {key: value for key, value in found.items() if _LOST_LETTER not in value}
    layers = [found, *({**facts, **readable} for facts in earlier)]
    yield from layers
    for facts in layers:
        missing = {k: v for k, v in said.items() if v and k not in facts}
        yield {**facts, **missing}
        yield {key: value for key, value in {**facts, **said}.items() if value}


def _last_said(steps: list[Recorded]) -> dict[FactKey, str | None]:
    """What the journal says of each cell in the end: the last step that stands, or what an undone one found."""
    said = dict[FactKey, str | None]()
    for row in steps:
        if row.step.kind != "edit":
            continue
        try:
            changes = row.step.cells()
        except DamagedStep:
            continue
        for change in changes:
            if row.state == "done":
                said[change.key] = change.after
            else:
                said.setdefault(change.key, change.before)
    return said


def _unit_of(facts: Facts, units: dict[int, str], report: int) -> int:
    """A report that only its cells are left of: its unit by the name in it, else one of its own."""
    name = facts.get(UNIT_NAME, "")
    found = next((number for number, known in units.items() if known == name), None)
    if found is None:
        found = max((*units, 0)) + 1
        units[found] = name or f"名称读不出来的单位（报告{report}）"
    return found


def _likely_year(last_edit: datetime | None) -> int:
    """A report is written in the year after its own."""
    return (last_edit or local_now()).year - 1


def _name(number: int, units: Mapping[int, str], reports: list[FoundReport]) -> str:
    inside = (r.facts[UNIT_NAME] for r in reports if r.head.unit == number and UNIT_NAME in r.facts)
    return units.get(number) or next(inside, f"名称读不出来的单位（{number}）")


def _told_apart(units: Mapping[int, str]) -> dict[int, str]:
    """Names that may stand in a data file: on one line, and no two the same."""
    taken = dict[str, int]()
    for number, name in units.items():
        short = " ".join(name.split())[:80] or f"名称读不出来的单位（{number}）"
        taken[short if short not in taken else f"{short}（{number}）"] = number
    return {number: clean_name(name) for name, number in taken.items()}


def _unique(reports: list[FoundReport]) -> tuple[FoundReport, ...]:
    """One report a year: of two, the one that is less whole goes to the bin, of an unknown year to a free one."""
    taken, settled = set[tuple[int, int]](), list[FoundReport]()
    for report in sorted(reports, key=lambda r: (r.year_known, r.whole, len(r.facts)), reverse=True):
        head = report.head
        if head.deleted is None:
            while not report.year_known and (head.unit, head.year) in taken:
                head = head._replace(year=head.year - 1)
            if (head.unit, head.year) in taken:
                head = head._replace(deleted=local_now().isoformat(timespec="milliseconds"))
            else:
                taken.add((head.unit, head.year))
        settled.append(report._replace(head=head))
    return tuple(sorted(settled, key=lambda report: report.number))


# -- writing ----------------------------------------------------------------------------------------------


def write_salvaged(salvaged: Salvaged, target: Path, system: str) -> None:
    """A fresh data file of the latest shape, verified before it gets its name.

    `system` is for a report whose own cannot be read. Steps of a report that is not whole are kept as its
    history, but not to be undone: the cells may not be what they left.
    """
    with worded(), temporary(target.parent) as staged:
        db = open_database(staged)
        try:
            with db.atomic() as conn:
                conn.executemany("INSERT INTO units VALUES (?, ?)", salvaged.units.items())
                for report in salvaged.reports:
                    unit, year, own_system, created, deleted, _ = report.head
                    facts = [(*key, value) for key, value in report.facts.items()]
                    checksum = report_sum(unit, year, own_system or system, facts)
                    row = (report.number, unit, year, own_system or system, created, deleted, checksum)
                    conn.execute(
                        "INSERT INTO reports (id, unit_id, year, system, created, deleted, checksum)"
                        " VALUES (?, ?, ?, ?, ?, ?, ?)",
                        row,
                    )
                    rows = ((report.number, *fact) for fact in facts)
                    conn.executemany("INSERT INTO facts VALUES (?, ?, ?, ?, ?)", rows)
                conn.executemany(
                    f"INSERT INTO journal (id, {FIELDS}, state, checksum) VALUES ({', '.join('?' * 11)})",
                    _steps(salvaged),
                )
                conn.executemany("INSERT INTO settings VALUES (?, ?)", salvaged.settings.items())
                for (task, issue), (taken, file, said) in salvaged.tasks.items():
                    checksum = task_sum(task, issue, taken, file, said)
                    values = (task, issue, checksum, taken, file, said)
                    conn.execute("INSERT INTO tasks VALUES (?, ?, ?, ?, ?, ?)", values)
        finally:
            db.close()
        check_copy(staged)
        settle(staged, target)


def _steps(salvaged: Salvaged) -> Iterator[tuple[object, ...]]:
    from desktop.storage.checksums import step_sum

    whole = {report.number for report in salvaged.reports if report.whole}
    for number, (step, state) in salvaged.journal.items():
        kept = state if step.report in whole else state and "dropped"
        yield number, *step, kept, step_sum(*step)
