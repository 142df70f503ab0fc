"""One data file with templates and exchange: everything that the window and the command line do with it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.domain.all_templates import Templates
from desktop.domain.assessment import Assessment
from desktop.domain.edits import edit_from
from desktop.domain.facts import FactSheet
from desktop.domain.keys import FORMS, FactKey, ReportId
from desktop.domain.outline.outline import CHOSEN
from desktop.errors import UserError
from desktop.paths import Paths
from desktop.resource_files.templates import load_templates
from desktop.storage.backups.backup import (
    BEFORE_DELETION,
    BEFORE_IMPORT,
    BEFORE_UPGRADE,
    Backups,
    refuse_lost,
)
from desktop.storage.catalog import Catalog, Report, refuse_impossible
from desktop.storage.data_care import Care
from desktop.storage.db import Database, open_database
from desktop.storage.settings import Settings
from desktop.storage.store import DamagedReport, Store
from desktop.taken_tasks import TakenTasks

if TYPE_CHECKING:  # the exchange is loaded when it is first used: a window should not wait for it
    from desktop.exchange.audited.audited_file import AuditedFile
    from desktop.exchange.export_job import ExportJob
    from desktop.exchange.support_file import Part
    from desktop.resource_files.rule_pages import RulePage
    from desktop.work_items import AuditJob, Draft, ExportTask, PreviewJob, Source


class Workplace:
    """The parts put together. Only what needs several of them is a method; else use `store` and `catalog`."""

    def __init__(self, db: Database, resources: Path, backups: Backups) -> None:
        self._db = db
        self.resources = resources
        self.tasks = TakenTasks(db, load_templates(resources), resources)
        self.store, self.catalog, self.settings = Store(db), Catalog(db), Settings(db)
        self.backups = backups
        self.care = Care(db, backups, self.store, lambda: self.templates)

    @property
    def templates(self) -> Templates:
        """The program's own with those of the tasks in the data file, as they are now."""
        return self.tasks.templates

    @classmethod
    def open(cls, paths: Paths, resources: Path) -> Workplace:
        """Raises UserError where the data file cannot be used; DamagedFile where a backup could take its place."""

        def keep(db: Database) -> None:
            Backups(db, paths.backups).make(BEFORE_UPGRADE)

        refuse_lost(paths.database, paths.backups)
        db = open_database(paths.database, keep)
        return cls(db, resources, Backups(db, paths.backups))

    def hear_of_disk_errors(self, told: Callable[[UserError], object]) -> None:
        """`told` is called where a step is saved though the disk reported an error; it must not use the data then."""
        self._db.on_disk_error = told

    def close(self) -> None:
        self._db.close()

    def snapshot(self) -> bytes:
        """All data as they are now; a worker may ask for them too."""
        from desktop.storage.recovery.rescue import snapshot

        return snapshot(self._db)

    def save_elsewhere(self, folder: Path) -> Path:
        """All data as a data file in a new folder of its own; that folder. UserError where it cannot be written."""
        from desktop.storage.recovery.rescue import save_snapshot

        return save_snapshot(self.snapshot(), folder)

    # -- reports -----------------------------------------------------------------------------------------

    @property
    def default_system(self) -> str:
        return self.templates.form_system().id

    def find(self, unit: str, year: int) -> Report:
        """The report, or a UserError that names those there are."""
        report = self.catalog.find(unit, year)
        if report is None:
            there = "、".join(f"{r.unit_name}（{r.id.year}）" for r in self.catalog.reports()[:8])
            hint = f"现有：{there}。" if there else "还没有任何报告。"
            raise UserError(f"没有找到“{unit}”{year}年度的报告。", hint)
        return report

    def assess(self, report: Report) -> Assessment:
        return Assessment(self.templates, self.store.facts(report.id), report.id.year, report.system)

    def create(
        self, unit: str, year: int, system: str = "", facts: Mapping[FactKey, str] | None = None
    ) -> Report:
        """A new report; the unit is made if it is new."""
        known = next((u for u in self.catalog.units() if u.name == unit.strip()), None)
        with self._db.atomic():
            number = (known or self.catalog.add_unit(unit)).id
            return self.catalog.add_report(ReportId(number, year), system or self.default_system, facts)

    def create_new(self, unit: str, year: int, system: str, forms: str, last: Report | None = None) -> Report:
        """A new report by an edition of the forms ('': the usual one), which begins with what last year's says."""
        from desktop.domain.carry_over import carried_over

        facts: dict[FactKey, str] = {}
        if last is not None:
            facts = carried_over(FactSheet(self.templates, self.store.facts(last.id), last.id.year))
        if forms and forms != self.templates.edition.id:
            templates = self.templates.with_forms(forms)
            facts = {key: text for key, text in facts.items() if templates.knows(key)} | {FORMS: forms}
            if templates.edition.outline and last is None:
                facts[CHOSEN] = templates.edition.outline
        return self.create(unit, year, system, facts)

    def delete_report(self, report: Report) -> None:
        """Put a report in the bin, after a backup."""
        self.care.keep(BEFORE_DELETION)
        self.catalog.delete_report(report.id)

    def add_samples(self) -> Report:
        """The made-up unit, put in where it is missing; its newest report."""
        from desktop.resource_files.sample import sample_reports

        found = []
        for sample in sample_reports(self.resources):
            there = self.catalog.find(sample.unit_name, sample.year)
            found.append(there or self.create(sample.unit_name, sample.year, sample.system, sample.facts))
        return max(found, key=lambda report: report.id.year)

    # -- in ----------------------------------------------------------------------------------------------

    @staticmethod
    def read_source(path: Path) -> Source:
        """Safe in a worker. UserError for what is no package, no readable workbook and no report."""
        from desktop.exchange.import_forms.workbook_import import identify
        from desktop.exchange.import_report.report_import import (
            identify_document,
            is_report_file,
            read_report,
        )
        from desktop.exchange.package.reader import is_package, open_package
        from desktop.exchange.read_sheet.workbook import read_workbook
        from desktop.work_items import Source

        if Workplace.is_task(path):
            raise UserError(f"“{path.name}”是任务包，不是报告。", "请用“数据”菜单的“任务包”打开它。")
        if is_package(path):
            package = open_package(path)
            return Source(path.name, package, package.unit, package.year)
        if is_report_file(path):
            lines = read_report(path)
            return Source(path.name, lines, *identify_document(lines))
        workbook = read_workbook(path)
        return Source(path.name, workbook, *identify(workbook))

    @staticmethod
    def is_task(path: Path) -> bool:
        """Whether a file is a task file, by its content, or by its name where it is damaged."""
        from desktop.exchange.file_kind import FileKind, sniff
        from desktop.exchange.task_file.format import ENDING

        return path.suffix.lower() == ENDING or sniff(path) is FileKind.TASK

    def draft_import(
        self,
        source: Source,
        unit: str,
        year: int,
        choices: Mapping[int, int] | None = None,
        *,
        as_file: bool = False,
    ) -> Draft:
        """What a file would change in a report, which need not exist yet. UserError for a year that is none.

        `choices` say of lines of a report's file what they are, `as_file` that its headings replace those of the
        report; see import_report.
        """
        from desktop.exchange.import_forms.workbook_import import plan_import
        from desktop.exchange.import_report.report_import import plan_document
        from desktop.exchange.package.plan import plan_package
        from desktop.exchange.package.reader import Package
        from desktop.exchange.read_sheet.workbook import Workbook
        from desktop.work_items import Draft

        refuse_impossible(year)
        report = self.catalog.find(unit, year)
        facts: Mapping[FactKey, str] = self.store.facts(report.id) if report else {}
        sheet = FactSheet(self.templates, facts, year)
        system = report.system if report else self.default_system
        if isinstance(source.content, Package):
            plan = plan_package(
                source.content, sheet, year=year, unit=unit, source=source.name, system=system
            )
        elif isinstance(source.content, Workbook):
            plan = plan_import(source.content, sheet, year=year, unit=unit, source=source.name, system=system)
        else:
            plan = plan_document(
                source.content,
                sheet,
                year=year,
                unit=unit,
                source=source.name,
                system=system,
                choices=choices or {},
                as_file=as_file,
            )
        return Draft(unit, year, plan, report is not None)

    def carry_out(self, draft: Draft, ticked: Collection[int] | None = None) -> tuple[Report, int]:
        """Write the ticked lines as one step that one undo takes back; the report, and how many cells.

        A backup is made first; what kept it from being made stands in `care.backup_problem`. Where the
        lines cannot be written, no report is begun for them.
        """
        self.care.keep(BEFORE_IMPORT)
        known = self.catalog.find(draft.unit, draft.year)
        with self._db.atomic():
            report = known or self.create(draft.unit, draft.year, draft.plan.system)
            facts = self.store.facts(report.id)
            edit = edit_from(report.id, f"导入 {draft.plan.source}", facts, draft.plan.wanted(ticked))
            return report, len(self.store.apply(edit).changes)

    # -- support -----------------------------------------------------------------------------------------

    def support_parts(self, versions: str) -> list[Part]:
        """What goes into the bundle for whoever mends the program; nothing of a report is in it."""
        from desktop.exchange.support_file import log_parts, text_part

        log = Paths(self._db.path.parent).log
        return [
            text_part("versions.txt", "程序和系统的版本", versions),
            text_part("data.txt", "数据文件的结构、条数和设置，没有报告内容", self.care.portrait()),
            text_part("check.txt", "“检查数据”的结果，没有报告内容", self.care.found_in_brief()),
            *log_parts(sorted(log.parent.glob(f"{log.stem}*.log*"))),
        ]

    def data_part(self) -> Part:
        """The data file itself, with all that stands in it."""
        from desktop.exchange.support_file import Part

        return Part(self._db.path.name, "数据文件，含全部单位和报告的内容", self.snapshot())

    # -- audit -------------------------------------------------------------------------------------------

    def audit_job(self, report: Report, assessment: Assessment | None = None) -> AuditJob:
        """What auditing a report takes, as plain values; `previous` is the same unit's year before.

        `assessment` is the report's own, where that is known.

        A damaged year before does not keep this one from being opened; it is told of when it is opened.
        """
        from desktop.work_items import AuditJob

        last, previous = self.catalog.find(report.unit_name, report.id.year - 1), None
        if last is not None:
            with suppress(DamagedReport):
                previous = self.assess(last)
        fonts = self.resources / "fonts", self.settings.flag("prefer_system_fonts")
        return AuditJob(assessment or self.assess(report), previous, self.rules_off, fonts)

    @property
    def rules_off(self) -> tuple[str, ...]:
        """The codes of the rules that the user has switched off."""
        return tuple(self.settings.text("rules_off").split())

    def audit_file(self, path: Path, without: Collection[str] = ()) -> AuditedFile:
        """Safe in a worker. What is wrong in any report by itself. UserError where it cannot be read."""
        from desktop.exchange.audited.audited_file import audit_file

        return audit_file(path, path.name, self.templates, without)

    def audit_or_tell(self, path: Path, name: str, without: Collection[str] = ()) -> AuditedFile:
        """Safe in a worker. The same of one of many files; `error` says why one could not be read."""
        from desktop.exchange.audited.audited_file import audit_or_tell

        return audit_or_tell(path, name, self.templates, without)

    def mark_file(self, path: Path, name: str, folder: Path, without: Collection[str] = ()) -> Path | None:
        """Safe in a worker. Read a file anew and put its 标注稿 into a folder; None where nothing was found in it.

        UserError where it cannot be read or written.
        """
        from desktop.exchange.audited.audited_file import audit_file
        from desktop.exchange.audited.marked_folder import write_marked

        return write_marked(audit_file(path, name, self.templates, without), folder, self.rule_names)

    def audit_report(self, report: Report) -> AuditedFile:
        """The same of a stored report, whose text is no file."""
        from desktop.audit.auditing import Audited
        from desktop.exchange.audited.audited_file import with_places
        from desktop.exchange.read_text.lines import DocumentLine

        job = self.audit_job(report)
        narrative, findings, numbers = job.run()
        name = f"{report.unit_name}{report.id.year}年度"
        lines = [DocumentLine(line) for line in narrative.text.split("\n")]
        file = with_places(Path(name), name, narrative.text, Audited(findings, numbers), lines, None)
        in_text, label = zip(findings, file.places, strict=True), job.assessment.sheet.label
        return replace(file, places=[place or "".join(map(label, f.cells[:1])) for f, place in in_text])

    @cached_property
    def rule_names(self) -> Mapping[str, str]:
        return {code: page.name for code, page in self.rule_pages.items()}

    @cached_property
    def rule_pages(self) -> Mapping[str, RulePage]:
        """What each rule of the audit means, by its code."""
        from desktop.resource_files.rule_pages import load_rule_pages

        return load_rule_pages(self.resources)

    def suggested_path(self, name: str, ending: str) -> Path:
        """A file of that name in the folder last exported to."""
        from desktop.exchange.file_names import safe_file_name

        folder = self.settings.text("export_folder")
        return (Path(folder) if folder else Path.home()) / safe_file_name(name, ending=ending)

    # -- out ---------------------------------------------------------------------------------------------

    def export_task(self, report: Report, kind: str) -> ExportTask:
        """Plain values only, so that the work may run in another thread."""
        from desktop.exchange.exporters import EXPORTERS, suggested_name
        from desktop.work_items import ExportTask, with_audit_page, with_findings

        exporter, job = EXPORTERS[kind], self._export_job(report)
        folder = self.settings.text("export_folder")
        path = (Path(folder) if folder else Path.home()) / suggested_name(job, exporter)
        if kind == "package":
            whole, pages = self.audit_job(report), self.rule_pages
            return ExportTask(
                exporter.label,
                exporter.ending,
                path,
                lambda target: exporter.run(target, with_findings(job, whole, pages)),
            )
        audit = self._audit_for_page(report) if kind == "pdf" else None

        def run(target: Path) -> list[str]:
            return exporter.run(target, with_audit_page(job, audit))

        return ExportTask(exporter.label, exporter.ending, path, run)

    def preview_job(self, report: Report) -> PreviewJob:
        """The PDF that would be exported now."""
        from desktop.work_items import PreviewJob

        return PreviewJob(self._export_job(report), self._audit_for_page(report))

    def _export_job(self, report: Report) -> ExportJob:
        from desktop.exchange.export_job import ExportJob

        return ExportJob(
            templates=self.templates,
            facts=self.store.facts(report.id),
            year=report.id.year,
            system_id=report.system,
            resources=self.resources,
            prefer_system_fonts=self.settings.flag("prefer_system_fonts"),
        )

    def _audit_for_page(self, report: Report) -> AuditJob | None:
        return self.audit_job(report) if self.settings.flag("audit_page") else None
