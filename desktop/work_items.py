"""What the workplace hands out: plain values, so that the work in them is safe in another thread."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from desktop.audit.finding import HINT, Finding, gravest_first
from desktop.audit.narrative import Narrative, narrative_of
from desktop.audit.registry import switched_off
from desktop.domain.assessment import Assessment
from desktop.resource_files.rule_pages import RulePage

if TYPE_CHECKING:  # the exchange is loaded when it is first used: a window should not wait for it
    from desktop.audit.evidence import NumberVerdict
    from desktop.exchange.export_job import ExportJob
    from desktop.exchange.import_plan import ImportPlan
    from desktop.exchange.package.reader import Package
    from desktop.exchange.read_sheet.workbook import Workbook
    from desktop.exchange.read_text.lines import DocumentLine
    from desktop.exchange.report_files import Preview


class Source(NamedTuple):
    """A file read, a package, a workbook or a report's lines, and the unit and year it says of itself."""

    name: str
    content: Package | Workbook | Sequence[DocumentLine]
    unit: str | None
    year: int | None


class Draft(NamedTuple):
    """An import worked out and not yet written."""

    unit: str
    year: int
    plan: ImportPlan
    exists: bool

    def in_words(self) -> str:
        """The whole plan as lines for the console."""
        from desktop.exchange.import_plan import in_lines

        lines = [f"{self.plan.source} → {self.unit} {self.year}年度" + ("" if self.exists else "（新建）")]
        lines += in_lines(self.plan.items)
        lines += [f"  [留意] {p.where}　{p.message}" for p in self.plan.problems]
        ticked = len(self.plan.ticked)
        lines.append(f"共{len(self.plan.items)}处不同，默认写入{ticked}处；无须改动{self.plan.agreed}处。")
        return "\n".join(lines)

    def as_json(self) -> dict[str, Any]:
        items = [
            {
                "cell": list(item.key),
                "label": item.label,
                "old": item.old,
                "new": item.new,
                "where": item.where,
                "level": item.level,
                "problem": item.problem,
                "ticked": item.ticked,
            }
            for item in self.plan.items
        ]
        return {
            "source": self.plan.source,
            "unit": self.unit,
            "year": self.year,
            "new_report": not self.exists,
            "agreed": self.plan.agreed,
            "items": items,
            "problems": [{"where": p.where, "message": p.message} for p in self.plan.problems],
        }


class Examined(NamedTuple):
    """What an audit of a report has found; the spans of findings and numbers lie in the narrative's text."""

    narrative: Narrative
    findings: list[Finding]
    numbers: list[NumberVerdict]


class AuditJob(NamedTuple):
    """A report to audit: safe in a worker."""

    assessment: Assessment
    previous: Assessment | None
    without: tuple[str, ...] = ()
    fonts: tuple[Path, bool] | None = None
    """Where the program's fonts are, and whether the system's are preferred; None: characters are not looked at."""

    def run(self) -> Examined:
        """All that is wrong with the report: in its text, in its tables, at single cells."""
        from desktop.audit.cell_problems import cell_problems, untold

        found = self.examine()
        problems = cell_problems(self.assessment, switched_off(self.assessment.system, self.without))
        findings = [*found.findings, *untold(problems, found.findings)]
        return found._replace(findings=gravest_first(findings))

    def examine(self) -> Examined:
        """The same without the single cells, which the window looks at again at every pause in typing.

        The rules in `without`, and those the indicator system names in its setting of that name, are left out.
        """
        from desktop.audit.auditing import audited

        narrative = narrative_of(self.assessment)
        without = switched_off(self.assessment.system, self.without)
        asked = self._unprintable if self.fonts else None
        found = audited(narrative.text, self.assessment, None, without, self.previous, asked)
        return Examined(narrative, found.findings, found.numbers)

    def _unprintable(self, characters: str) -> list[str]:
        from desktop.exchange.typography.fonts import choose_fonts, missing_characters

        assert self.fonts is not None
        return missing_characters(characters, choose_fonts(*self.fonts))


class ExportTask(NamedTuple):
    """What to offer in a file chooser, and the work itself, safe in a worker; it gives notes for the user."""

    label: str
    ending: str
    suggested_path: Path
    run: Callable[[Path], list[str]]


class PreviewJob(NamedTuple):
    """A report to be looked at as it would be exported: safe in a worker; equal jobs give equal pages."""

    export: ExportJob
    audit: AuditJob | None

    def run(self, checkpoint: Callable[[], None] = lambda: None) -> Preview:
        """`checkpoint` is called every few milliseconds and may end the work by raising."""
        from desktop.exchange.report_files import preview

        return preview(with_audit_page(self.export, self.audit), checkpoint)


def with_audit_page(job: ExportJob, audit: AuditJob | None) -> ExportJob:
    """The same export with a last page of what the audit finds, if it is wanted; hints are left out."""
    if audit is None:
        return job
    from desktop.audit.explanations import explanation_of
    from desktop.exchange.document.audit_page import AuditLine

    narrative, findings, _ = audit.run()
    lines = tuple(
        AuditLine(finding.level, finding.message, explanation_of(finding, narrative, audit.assessment.sheet))
        for finding in findings
        if finding.level != HINT
    )
    return replace(job, options=replace(job.options, audited=lines))


def with_findings(job: ExportJob, audit: AuditJob, pages: Mapping[str, RulePage]) -> ExportJob:
    """The same export with the list of all that the audit finds."""
    from desktop.exchange.findings_out import listed

    narrative, findings, _ = audit.run()
    names = {code: page.name for code, page in pages.items()}
    return replace(job, findings=tuple(listed(narrative, findings, audit.assessment.sheet, names)))
