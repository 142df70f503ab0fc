"""The list of exports: one entry each, run with plain values so that it can work in a background thread."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from desktop.domain.assessment import Assessment
from desktop.domain.facts import FactSheet
from desktop.domain.keys import FactKey
from desktop.domain.template import THIS, Templates
from desktop.exchange.document.compose import ComposeOptions, Document, Gap, compose
from desktop.exchange.files import safe_file_name
from desktop.exchange.package.writer import ENDING as PACKAGE_ENDING

_NAMED = 10
"""So many characters without a font are named with their places."""


@dataclass(frozen=True, slots=True)
class ExportJob:
    """Everything an export needs; nothing of it lives in the database or the window."""

    templates: Templates
    facts: Mapping[FactKey, str]
    year: int
    system_id: str
    resources: Path
    prefer_system_fonts: bool = True
    options: ComposeOptions = field(default_factory=ComposeOptions)
    findings: Sequence[Sequence[str]] | None = None
    """Lines of the list of findings that goes into a report package; None: the report was not audited."""

    def document(self) -> Document:
        """The composed report; its `missing` is what to tell the user before exporting."""
        return compose(Assessment(self.templates, self.facts, self.year, self.system_id), self.options)


@dataclass(frozen=True, slots=True)
class Exporter:
    """One kind of file: what the menu calls it, its ending, and what writes it.

    `run` raises UserError where the file cannot be written and returns notes for the user.
    """

    id: str
    label: str
    ending: str
    what: str
    """What stands in the file's name behind unit and year."""
    run: Callable[[Path, ExportJob], list[str]]


def suggested_name(job: ExportJob, exporter: Exporter) -> str:
    """`清河县农业农村局2023年度整体支出绩效自评报告.pdf`, safe on Windows."""
    name = job.facts.get(FactKey("unit", THIS, "name"), "").strip()
    return safe_file_name(name, f"{job.year}年度{exporter.what}", ending=exporter.ending)


def _pdf(path: Path, job: ExportJob) -> list[str]:
    from desktop.exchange.pdf_out.writer import export_pdf, in_words

    document = job.document()
    result = export_pdf(
        path,
        document.blocks,
        resources=job.resources,
        prefer_system_fonts=job.prefer_system_fonts,
        title=document.title,
        author=document.author,
    )
    notes = [f"共{result.pages}页。使用字体：{'、'.join(result.fonts)}。"]
    notes += _of_document(document)
    if result.missing:
        named = in_words(result.missing[:_NAMED], document.blocks)
        more = f"等{len(result.missing)}个" if len(result.missing) > _NAMED else ""
        notes.append(f"所用字体中没有这些字，已印成“〓”，请改用别的字：{'、'.join(named)}{more}。")
    return notes


class Preview(NamedTuple):
    """The PDF as it would be exported now, what is still to be written, characters that no font has, and what
    the outline has no place for."""

    pdf: bytes
    gaps: tuple[Gap, ...]
    without_font: tuple[str, ...]
    unplaced: tuple[Gap, ...] = ()


def preview(job: ExportJob, checkpoint: Callable[[], None] = lambda: None) -> Preview:
    """`checkpoint` is called every few milliseconds and may end the work by raising."""
    from desktop.exchange.pdf_out.writer import pdf_bytes

    document = job.document()
    data, result = pdf_bytes(
        document.blocks,
        resources=job.resources,
        prefer_system_fonts=job.prefer_system_fonts,
        title=document.title,
        author=document.author,
        checkpoint=checkpoint,
    )
    return Preview(data, document.gaps, result.missing, document.unplaced)


def _docx(path: Path, job: ExportJob) -> list[str]:
    from desktop.exchange.docx_out.writer import export_docx

    document = job.document()
    result = export_docx(path, document.blocks, title=document.title, author=document.author)
    notes = [
        f"使用字体：{'、'.join(result.fonts)}。电脑上没有的，Word和WPS会换成相近的字体，分页可能与PDF不同。"
    ]
    notes += _of_document(document)
    if result.dropped:
        notes.append(f"有{result.dropped}个看不见的控制字符不能写入Word文件，已经略去。")
    if result.cover_is_counted:
        notes.append("封面排在附件之后，Word会把封面也计入页码（封面上不显示），其后的页码比PDF大1。")
    return notes


def _of_document(document: Document) -> list[str]:
    notes = []
    if document.missing:
        notes.append(f"以下内容还没有填写，导出的报告中为空：{'；'.join(document.missing)}。")
    if document.unplaced:
        names = "；".join(gap.name for gap in document.unplaced)
        notes.append(f"以下内容未归入提纲，没有印出：{names}。可在“自评报告”页移到其他标题下。")
    return notes


def _xlsx(path: Path, job: ExportJob) -> list[str]:
    from desktop.exchange.excel_out.writer import export_workbook

    export_workbook(path, FactSheet(job.templates, job.facts, job.year), job.templates.systems[job.system_id])
    return []


def _package(path: Path, job: ExportJob) -> list[str]:
    from desktop.exchange.package.writer import export_package

    return export_package(path, job)


EXPORTERS: dict[str, Exporter] = {
    exporter.id: exporter
    for exporter in (
        Exporter("pdf", "自评报告（PDF）", ".pdf", "整体支出绩效自评报告", _pdf),
        Exporter("docx", "自评报告（Word）", ".docx", "整体支出绩效自评报告", _docx),
        Exporter("xlsx", "附件1至附件3（Excel）", ".xlsx", "整体支出绩效自评表", _xlsx),
        Exporter("package", "报告包", PACKAGE_ENDING, "整体支出绩效报告包", _package),
    )
}
