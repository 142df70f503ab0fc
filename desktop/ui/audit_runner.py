"""The audit behind the window: run in a worker whenever the facts have come to rest, and what came of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, Signal

from desktop.audit.cell_problems import untold
from desktop.audit.explanations import explanation_of, place_of
from desktop.audit.finding import LEVELS, Finding
from desktop.audit.narrative import Narrative
from desktop.domain.facts import FactSheet
from desktop.domain.keys import FactKey
from desktop.ui.jobs import Jobs

if TYPE_CHECKING:
    from desktop.audit.evidence import NumberVerdict
    from desktop.work_items import AuditJob, Examined

EXPLAINED = "已说明"
_NO_TEXT = Narrative("", ())


class Words(NamedTuple):
    """Characters of a section of the report's text, to be gone to and selected."""

    section: str
    start: int
    end: int


class Entry(NamedTuple):
    """One line of what is to be looked at: a finding, where it leads to, and how it was explained."""

    finding: Finding
    target: FactKey | Words | None
    explanation: str = ""

    @property
    def code(self) -> str:
        return self.finding.code

    @property
    def level(self) -> str:
        return self.finding.level

    @property
    def message(self) -> str:
        return self.finding.message

    @property
    def expected(self) -> str:
        return self.finding.expected

    @property
    def state(self) -> str:
        """Its level, or that it has been explained."""
        return EXPLAINED if self.explanation else self.level


class Checking(QObject):
    """The newest audit of the open report. A job that comes while one runs makes that one's answer void."""

    audited = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.findings: list[Finding] = []
        self.numbers: list[NumberVerdict] = []
        self.narrative = _NO_TEXT
        self._jobs = Jobs(self)
        self._jobs.busy.connect(self._note)
        self.done = False
        """Whether the open report has been audited since it was opened."""
        self._running = False
        self._number = 0
        self._waiting: AuditJob | None = None

    def _note(self, label: str) -> None:
        self._running = bool(label)

    def start(self, job: AuditJob) -> None:
        """Audit in the background; `audited` tells when it is done. Of jobs that wait only the last is done."""
        self._number += 1
        if self._running:
            self._waiting = job
            return
        number = self._number
        self._jobs.start("正在核对…", job.examine, lambda found: self._take(number, found))

    def forget(self) -> None:
        """Nothing is open, or something else: what is known is void, and what is under way too."""
        self._number += 1
        self._waiting = None
        self.findings, self.numbers, self.narrative, self.done = [], [], _NO_TEXT, False

    def _take(self, number: int, found: Examined) -> None:
        if number == self._number:
            self.narrative, self.findings, self.numbers = found
            self.done = True
            self.audited.emit()
        elif self._waiting is not None:
            job, self._waiting = self._waiting, None
            self.start(job)

    def wait(self) -> None:
        self._jobs.wait()


def entries_of(
    findings: Sequence[Finding], narrative: Narrative, problems: Iterable[Finding], sheet: FactSheet
) -> list[Entry]:
    """Findings, and the problems at cells that none of them tells; gravest first."""
    found = [
        Entry(finding, _target(finding, narrative), explanation_of(finding, narrative, sheet))
        for finding in (*findings, *untold(problems, findings))
    ]
    return sorted(found, key=lambda entry: LEVELS.index(entry.level))


def _target(finding: Finding, narrative: Narrative) -> FactKey | Words | None:
    """The words, else the cell, else the section under the heading that is meant."""
    for span in finding.spans:
        located = narrative.locate(span)
        if located is not None:
            return Words(located[0], *located[1])
    if finding.cells:
        return finding.cells[0]
    section = place_of(narrative, finding.spans[0])[0] if finding.spans else ""
    return Words(section, 0, 0) if section else None


def in_words(entries: Sequence[Entry], done: bool) -> str:
    """`错误 1　核实 0　提示 2`; that nothing is wrong is said only when the audit has said so."""
    counts = open_counts(entries)
    if any(counts.values()):
        return "　".join(f"{level} {count}" for level, count in counts.items())
    return "没有发现问题" if done else "正在核对…"


def open_counts(entries: Iterable[Entry]) -> dict[str, int]:
    """How many of each level still want something done."""
    counts = Counter(entry.level for entry in entries if not entry.explanation)
    return {level: counts[level] for level in LEVELS}


def problem_index(entries: Sequence[Entry]) -> dict[FactKey, Finding]:
    """The gravest thing to say of each cell."""
    index: dict[FactKey, Finding] = {}
    for entry in entries:
        for key in () if entry.explanation else entry.finding.cells:
            index.setdefault(key, entry.finding)
    return index


def marks_in(
    section: str, entries: Iterable[Entry], narrative: Narrative
) -> Iterator[tuple[int, int, str, str]]:
    """(start, end, level or REFERENCE, message) of all words of a section that something is to be said of."""
    for entry in entries:
        if entry.explanation:
            continue
        for span, level in entry.finding.marks():
            located = narrative.locate(span)
            if located is not None and located[0] == section and located[1].end > located[1].start:
                yield *located[1], level, entry.message


def counts_in_sections(entries: Iterable[Entry]) -> dict[str, tuple[int, str]]:
    """For each section with something open: how many, and the gravest level."""
    found: dict[str, tuple[int, str]] = {}
    for entry in entries:
        if isinstance(entry.target, Words) and not entry.explanation:
            count, level = found.get(entry.target.section, (0, entry.level))
            found[entry.target.section] = (count + 1, level)
    return found
