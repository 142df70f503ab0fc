"""The list of exports: one entry each gives the menu's line, its keys and the command line's format.

Menu and command line read it at every start, so what makes the files is imported when a file is made (0.2 s).
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from desktop.domain.keys import UNIT_NAME
from desktop.exchange.package.format import ENDING as PACKAGE_ENDING

if TYPE_CHECKING:
    from desktop.exchange.export_job import ExportJob
    from desktop.exchange.report_files import Exported


class Exporter(NamedTuple):
    """One kind of file: what the menu and the box for its name call it, its ending, and what makes its bytes."""

    id: str
    menu: str
    label: str
    ending: str
    what: str
    """What stands in the file's name behind unit and year."""
    make: Callable[[ExportJob], Exported]
    keys: str = ""

    def run(self, path: Path, job: ExportJob) -> list[str]:
        """Make the file and put it in place; notes for the user. UserError where it cannot be written."""
        from desktop.exchange.atomic_write import write_atomically

        exported = self.make(job)
        write_atomically(path, exported.data)
        return exported.notes


def suggested_name(job: ExportJob, exporter: Exporter) -> str:
    """`清河县农业农村局2023年度整体支出绩效自评报告.pdf`, safe on Windows."""
    from desktop.exchange.file_names import safe_file_name

    name = job.facts.get(UNIT_NAME, "").strip()
    return safe_file_name(name, f"{job.year}年度{exporter.what}", ending=exporter.ending)


def _xlsx(job: ExportJob) -> Exported:
    from desktop.exchange.report_files import xlsx_file

    return xlsx_file(job)


def _pdf(job: ExportJob) -> Exported:
    from desktop.exchange.report_files import pdf_file

    return pdf_file(job)


def _docx(job: ExportJob) -> Exported:
    from desktop.exchange.report_files import docx_file

    return docx_file(job)


def _package(job: ExportJob) -> Exported:
    from desktop.exchange.package.writer import package_file

    return package_file(job)


_REPORT, _FORMS, _PACKAGE = "整体支出绩效自评报告", "整体支出绩效自评表", "整体支出绩效报告包"

EXPORTERS: dict[str, Exporter] = {
    exporter.id: exporter
    for exporter in (
        Exporter("xlsx", "导出Excel（附件1–3）", "附件1至附件3（Excel）", ".xlsx", _FORMS, _xlsx, "Ctrl+E"),
        Exporter("pdf", "导出PDF（报告和附件）", "自评报告（PDF）", ".pdf", _REPORT, _pdf, "Ctrl+P"),
        Exporter(
            "docx", "导出Word（报告和附件）", "自评报告（Word）", ".docx", _REPORT, _docx, "Ctrl+Shift+P"
        ),
        Exporter("package", "导出报告包", "报告包", PACKAGE_ENDING, _PACKAGE, _package),
    )
}
