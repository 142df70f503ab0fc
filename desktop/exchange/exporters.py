"""The list of exports: one entry each, run with plain values so that it can work in a background thread."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from desktop.domain.keys import FactKey
from desktop.domain.template import THIS
from desktop.exchange.atomic_write import write_atomically
from desktop.exchange.export_job import ExportJob
from desktop.exchange.file_names import safe_file_name
from desktop.exchange.package.format import ENDING as PACKAGE_ENDING
from desktop.exchange.package.writer import package_file
from desktop.exchange.report_files import Exported, docx_file, pdf_file, xlsx_file


@dataclass(frozen=True, slots=True)
class Exporter:
    """One kind of file: what the menu calls it, its ending, and what makes its bytes."""

    id: str
    label: str
    ending: str
    what: str
    """What stands in the file's name behind unit and year."""
    make: Callable[[ExportJob], Exported]

    def run(self, path: Path, job: ExportJob) -> list[str]:
        """Make the file and put it in place; notes for the user. UserError where it cannot be written."""
        exported = self.make(job)
        write_atomically(path, exported.data)
        return exported.notes


def suggested_name(job: ExportJob, exporter: Exporter) -> str:
    """`清河县农业农村局2023年度整体支出绩效自评报告.pdf`, safe on Windows."""
    name = job.facts.get(FactKey("unit", THIS, "name"), "").strip()
    return safe_file_name(name, f"{job.year}年度{exporter.what}", ending=exporter.ending)


EXPORTERS: dict[str, Exporter] = {
    exporter.id: exporter
    for exporter in (
        Exporter("pdf", "自评报告（PDF）", ".pdf", "整体支出绩效自评报告", pdf_file),
        Exporter("docx", "自评报告（Word）", ".docx", "整体支出绩效自评报告", docx_file),
        Exporter("xlsx", "附件1至附件3（Excel）", ".xlsx", "整体支出绩效自评表", xlsx_file),
        Exporter("package", "报告包", PACKAGE_ENDING, "整体支出绩效报告包", package_file),
    )
}
