"""What the widgets talk to: which report is open, what is known of it, and what comes in and goes out."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal

from desktop.domain.assessment import Assessment
from desktop.domain.keys import FactKey, ReportId
from desktop.domain.outline.outline import numbered
from desktop.domain.template import System
from desktop.storage.catalog import Report
from desktop.ui.audit_runner import Checking, Entry, Words, entries_of, in_words, problem_index
from desktop.ui.open_report import OpenReport
from desktop.workplace import Workplace

if TYPE_CHECKING:
    from pathlib import Path

    from desktop.audit.evidence import NumberVerdict
    from desktop.audit.finding import Finding
    from desktop.audit.narrative import Narrative
    from desktop.domain.tasks.bringing_over import BringingOver
    from desktop.exchange.task_file.offer import TaskOffer
    from desktop.taken_tasks import TakenTask
    from desktop.ui.corrections import Changes
    from desktop.work_items import AuditJob, Draft, ExportTask, PreviewJob

SETTLE_MS = 150
"""A pause in typing after which problems and lists are worked out too."""


class Session(OpenReport):
    """The open report with its problems and findings; and the way to every other report there is."""

    checked = Signal()
    """`problems` are those of the facts as they now stand; they follow changes and typing after a pause."""
    audited = Signal()
    """`findings` are those of the facts as they stood when the audit began; it follows `checked`."""
    opened = Signal()
    """Another report is open now."""
    ending = Signal()
    """The window closes: whoever works in the background comes to an end."""
    tasks_changed = Signal()
    """A task was taken, or taken away: there are other forms to choose from."""
    setting_changed = Signal(str)
    """A setting was changed in the dialog, by its key."""
    history_wanted = Signal(object)
    """Somebody wants to see what was done to a FactKey."""
    form_wanted = Signal(object)
    """Somebody wants to see a FactKey on its form, as it is printed."""
    numbers_wanted = Signal(str)
    """Somebody wants to see the numbers of a section of the report's text."""
    sheet_shown = Signal(str, str, str)
    """Another sheet is looked at: its title, its unit of measure, its note."""
    sheet_hidden = Signal(str)
    """The sheet of that title is looked at no more."""
    focused = Signal(object)
    """The cell the user stands in, for the explanation: a FactKey or None."""

    def __init__(self, place: Workplace) -> None:
        super().__init__(place)
        self.problems: list[Finding] = []
        self.entries: list[Entry] = []
        self._problem_index: dict[FactKey, Finding] = {}
        self._audit: AuditJob | None = None
        self.checking = Checking(self)
        self.checking.audited.connect(self._take_findings)
        self._pause = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._pause.timeout.connect(self.settle)
        self._assess({})

    # -- reading ---------------------------------------------------------------------------------------

    def problem_at(self, key: FactKey) -> Finding | None:
        """The gravest thing that is wrong with a cell."""
        return self._problem_index.get(key)

    @property
    def findings(self) -> list[Finding]:
        """What the last audit found."""
        return self.checking.findings

    @property
    def numbers(self) -> list[NumberVerdict]:
        """The numbers of the report's text, as the last audit found them."""
        return self.checking.numbers

    @property
    def narrative(self) -> Narrative:
        """The text in which the spans of `findings` and `numbers` lie."""
        return self.checking.narrative

    def place_name(self, target: FactKey | Words | None) -> str:
        """Where an entry leads, in words: a cell's label, or a heading of the report."""
        if isinstance(target, Words):
            outline = numbered(self.sheet.outline)
            return next((f"{n}{s.title}" for n, s in outline if s.id == target.section), "")
        return self.sheet.label(target) if target is not None else ""

    def narrative_text(self, key: FactKey) -> str | None:
        """A section's text as the last audit read it; None for every other text."""
        if key.base != "narrative":
            return None
        return dict(self.narrative.shown).get(key.row, "")

    def settle(self) -> None:
        """Work out the problems now, instead of after the pause, and have the whole report audited."""
        from desktop.audit.cell_problems import cell_problems
        from desktop.audit.registry import switched_off

        self._pause.stop()
        without = switched_off(self.assessment.system, self.place.rules_off)
        self.problems = cell_problems(self.assessment, without)
        self._list_entries()
        self.checked.emit()
        if self.report is not None:
            fresh = Assessment(self.place.templates, self.sheet.facts, self.year, self.report.system)
            if self._audit is None:  # the year before is read when it is first needed, not to open a report
                with self.reporting():
                    self._audit = self.place.audit_job(self.report, fresh)
            if self._audit is not None:
                job = self._audit._replace(assessment=fresh, without=self.place.rules_off)
                self.checking.start(job)  # nothing shared with the worker

    def found_in_words(self) -> str:
        """What is open of each level, or that nothing is."""
        return in_words(self.entries, self.checking.done)

    def _forget_findings(self) -> None:
        self.checking.forget()
        self.problems = []
        self._list_entries()

    def _take_findings(self) -> None:
        self._list_entries()
        self.audited.emit()

    def _list_entries(self) -> None:
        self.entries = entries_of(self.findings, self.narrative, self.problems, self.sheet)
        self._problem_index = problem_index(self.entries)

    def _assess(self, facts: Mapping[FactKey, str]) -> None:
        super()._assess(facts)
        self._pause.start()

    @property
    def shown_by(self) -> tuple[str, ...]:
        """What decides which tables, systems and outlines there are to be seen."""
        return self.templates.edition.id, *(system.id for system in self.systems()), *self.templates.outlines

    # -- opening -----------------------------------------------------------------------------------------

    def open(self, report: ReportId) -> None:
        """One that is damaged is told of, and what was open stays open."""
        with self.reporting():
            found = next(r for r in self.catalog.reports() if r.id == report)
            self._facts = self.store.facts(report)
            self.report, self._audit = found, None
            self.checking.forget()
            self._assess(self._facts)
            self.catalog.remember_opened(report)
        self.opened.emit()  # in either case: the picker, too, goes back to what is open
        self.changed.emit()

    def close_report(self) -> None:
        self.report, self._facts = None, {}
        self._forget_findings()
        self._assess({})
        self.opened.emit()
        self.changed.emit()

    def end(self) -> None:
        """Nothing more is worked out: the window closes, and the data file after it."""
        self._pause.stop()
        self.checking.forget()
        self.checking.wait()
        self.ending.emit()

    def create(
        self, unit_name: str, year: int, system: str = "", last: Report | None = None, forms: str = ""
    ) -> None:
        """A new report, opened at once; it begins with what last year's says, if that is given."""
        with self.reporting():
            report = self.place.create_new(unit_name, year, system, forms, last)
            self.catalog_changed.emit()
            self.open(report.id)

    def open_sample(self) -> None:
        """The made-up unit, put in if it is not there."""
        with self.reporting():
            report = self.place.add_samples()
            self.catalog_changed.emit()
            self.open(report.id)

    def take_import(self, draft: Draft, ticked: Collection[int]) -> None:
        """Write an import as one step, open the report it went to, and go to its first cell."""
        with self.reporting():
            report, _ = self.place.carry_out(draft, ticked)
            self.catalog_changed.emit()
            self.open(report.id)
            self.said.emit(f"已导入{len(ticked)}处，按 Ctrl+Z 可一次撤销")
            if ticked:
                self.jump.emit(draft.plan.items[min(ticked)].key)

    def export_task(self, kind: str) -> ExportTask:
        assert self.report is not None
        return self.place.export_task(self.report, kind)

    def preview_job(self) -> PreviewJob:
        assert self.report is not None
        return self.place.preview_job(self.report)

    def delete_report(self) -> None:
        """Put the open report in the bin; another one is opened, if there is one."""
        if self.report is None:
            return
        with self.reporting():
            gone = self.report
            self.place.delete_report(gone)
            left = self.catalog.reports()
            self.catalog_changed.emit()
            if left:
                self.open(left[0].id)
            if self.report == gone:
                self.close_report()

    def restore(self, backup: Path) -> Path | None:
        """Put a backup in the place of all data, and open from it what was open, or what there is.

        The file that keeps what was there before; None where it was not done.
        """
        here, kept = self.report, None
        # Timers run on while it waits: a preview must not ask for a report that the other data do not have.
        self.report, self._facts = None, {}
        with self.reporting():
            kept = self.place.care.restore(backup)
        self.report = here
        self.reopen()
        return kept

    def reopen(self) -> None:
        """After the reports themselves were changed: read the open one anew, or another if it is gone."""
        with self.reporting():
            self.place.tasks.renew()
        there = [report.id for report in self.catalog.reports()]
        here = self.report.id if self.report else None
        self.report, self._facts = None, {}
        self.catalog_changed.emit()
        if there:
            self.open(here if here in there else there[0])
        if self.report is None:
            self.close_report()

    def systems(self) -> list[System]:
        """What the open report may be scored by, its own among them."""
        hidden = self.settings.text("systems_hidden").split()
        return self.templates.systems_for(self.year, self.report.system if self.report else "", hidden)

    def choose_forms(self, edition: str) -> None:
        """Fill in the open report by other forms; no fact is lost by it, though some may have no cell there."""
        if edition != self.edition:
            self.write("换用表样", self.bringing_over(edition).changes)

    # -- tasks -------------------------------------------------------------------------------------------

    @property
    def edition(self) -> str:
        """The id of the forms that the open report is filled in by."""
        return self.templates.edition.id

    def take_task(self, offer: TaskOffer) -> bool:
        """Keep a task; whether it was kept. Reports stay as they are, and may be filled in by it from now on."""
        with self.reporting():
            self.place.tasks.take(offer)
            self._renew_templates()
            self.said.emit(f"已领取任务：{offer.task.title}")
            return True
        return False

    def remove_task(self, task: TakenTask) -> None:
        with self.reporting():
            self.place.tasks.remove(task)
            self._renew_templates()

    def _renew_templates(self) -> None:
        """Everything is worked out anew by the templates as they are now."""
        self._audit = None
        self._assess(self._facts)
        self.opened.emit()
        self.changed.emit()
        self.tasks_changed.emit()

    def bringing_over(self, edition: str) -> BringingOver:
        """What would become of the open report by other forms."""
        from desktop.domain.tasks.bringing_over import bring_over

        return bring_over(self.place.templates, self._facts, self.year, edition)

    def choose_system(self, system: str) -> None:
        """Score the open report by another system; no fact is lost by it."""
        if self.report and system != self.report.system:
            self.catalog.set_system(self.report.id, system)
            self.open(self.report.id)

    # -- what the audit found ----------------------------------------------------------------------------

    def mending(self, entry: Entry) -> Changes:
        """What '改为 …' would write; [] where it is not sure which words or cell are meant."""
        from desktop.ui.corrections import changes_for

        return changes_for(entry.finding, self.narrative, self.assessment)

    def mend(self, entry: Entry) -> bool:
        changes = self.mending(entry)
        return bool(changes) and self.write(f"改为“{entry.expected[:20]}”", changes)

    def explain(self, entry: Entry, text: str) -> bool:
        """Keep why something may stay as it is; no text takes the explanation back."""
        from desktop.audit.explanations import can_be_explained, explanation_key

        if not can_be_explained(entry.finding):
            return False
        key = explanation_key(entry.finding, self.narrative)
        return self.write("核实说明", [(key, text.strip() or None)])
