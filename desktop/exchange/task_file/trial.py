"""A try-out of an edition from outside: a report of it is scored, audited and printed before any clerk has one.

What `desktop/domain/tasks/soundness.py` does not think of shows here as an error of ours, which is told as the
task's fault: the clerk cannot mend it, whoever made the task can.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from pathlib import Path

from desktop.audit.auditing import audited
from desktop.domain.all_templates import Templates
from desktop.domain.assessment import Assessment
from desktop.domain.facts import PROJECTS
from desktop.domain.forms.edition import FormEdition
from desktop.domain.keys import FORMS, UNIT_NAME, FactKey, scoped
from desktop.domain.template import LABEL, ORDER, Table
from desktop.exchange.export_job import ExportJob
from desktop.exchange.report_files import pdf_file, xlsx_file


def try_out(templates: Templates, edition: FormEdition, resources: Path) -> str:
    """What goes wrong with a report by an edition that the templates have; '' where nothing does.

    Once empty, once with every cell filled in: takes a second or two, in a worker.
    """
    for facts in ({FORMS: edition.id, UNIT_NAME: "清河县试填单位"}, dict(_filled(edition))):
        job = ExportJob(templates, facts, edition.year, edition.system, resources)
        for deed, step in _STEPS.items():
            try:
                step(job)
            except Exception as error:
                logging.getLogger(__name__).info("a task that cannot be used: %r", error)
                return f"按它的表样试填一份报告，{deed}时出错"
    return ""


def _assessed(job: ExportJob) -> Assessment:
    return Assessment(job.templates, job.facts, job.year, job.system_id)


_STEPS: dict[str, Callable[[ExportJob], object]] = {
    "计分": lambda job: [score.total for score in _assessed(job).in_use()],
    "核对": lambda job: audited("", _assessed(job)),
    "印出": lambda job: pdf_file(job),
    "写成 Excel": lambda job: xlsx_file(job),
}
"""What is done with a report of the task, and how that is called."""


def _filled(edition: FormEdition) -> Iterator[tuple[FactKey, str]]:
    """One row in every open group, one project, a figure in every cell for figures."""
    yield from {FORMS: edition.id, UNIT_NAME: "清河县试填单位"}.items()
    for table in edition.tables.values():
        if table.free_rows or table.id == "paper":
            continue
        name = scoped(table.id, "1") if table.per == "project" else table.id
        yield from _of_table(table, name)
    yield FactKey(PROJECTS, "item:1", "name"), "试填项目"


def _of_table(table: Table, name: str) -> Iterator[tuple[FactKey, str]]:
    for row in table.rows:
        rows = (row.id, f"{row.id}:1") if row.open else (row.id,)
        for row_id in rows:
            if ":" in row_id:
                yield FactKey(name, row_id, ORDER), "1"
                yield FactKey(name, row_id, LABEL), "试填"
            for column in table.columns:
                if (name, row_id) != UNIT_NAME[:2] and not (row.open and row_id == row.id):
                    yield (
                        FactKey(name, row_id, column.id),
                        "8" if column.kind not in ("text", "longtext") else "试填8",
                    )
