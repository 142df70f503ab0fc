"""A report as PDF, as Word and as workbook: for each the file's bytes, and notes for whoever exports it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import NamedTuple

from desktop.exchange.document.compose import Document, Gap
from desktop.exchange.export_job import ExportJob
from desktop.exchange.pdf_out.cell_places import CellPlace

_NAMED = 10
"""So many characters without a font are named with their places; more would fill the message."""


class Exported(NamedTuple):
    """A finished file, and what is to be told of it."""

    data: bytes
    notes: list[str]


def pdf_file(job: ExportJob) -> Exported:
    """Dated now."""
    from desktop.exchange.pdf_out.writer import in_words, pdf_bytes

    document = job.document()
    data, result = pdf_bytes(
        document.blocks,
        resources=job.resources,
        prefer_system_fonts=job.prefer_system_fonts,
        title=document.title,
        author=document.author,
        created=dt.datetime.now().astimezone(),
    )
    notes = [f"共{result.pages}页。使用字体：{'、'.join(result.fonts)}。"]
    notes += _of_document(document)
    if result.missing:
        named = in_words(result.missing[:_NAMED], document.blocks)
        more = f"等{len(result.missing)}个" if len(result.missing) > _NAMED else ""
        notes.append(f"所用字体中没有这些字，已印成“〓”，请改用别的字：{'、'.join(named)}{more}。")
    return Exported(data, notes)


def docx_file(job: ExportJob) -> Exported:
    """What Word lays out otherwise than the PDF is told."""
    from desktop.exchange.docx_out.writer import docx_bytes

    document = job.document()
    data, result = docx_bytes(document.blocks, title=document.title, author=document.author)
    notes = [
        f"使用字体：{'、'.join(result.fonts)}。电脑上没有的，Word和WPS会换成相近的字体，分页可能与PDF不同。"
    ]
    notes += _of_document(document)
    if result.dropped:
        notes.append(f"有{result.dropped}个看不见的控制字符不能写入Word文件，已经略去。")
    if result.cover_is_counted:
        notes.append("封面排在附件之后，Word会把封面也计入页码（封面上不显示），其后的页码比PDF大1。")
    return Exported(data, notes)


def xlsx_file(job: ExportJob) -> Exported:
    """附件1 to 附件3; a text longer than an Excel cell holds is a UserError."""
    from desktop.exchange.excel_out.writer import workbook_bytes

    return Exported(workbook_bytes(job.sheet, job.system), [])


def _of_document(document: Document) -> list[str]:
    notes = []
    if document.missing:
        notes.append(f"以下内容还没有填写，导出的报告中为空：{'；'.join(document.missing)}。")
    if document.unplaced:
        names = "；".join(gap.name for gap in document.unplaced)
        notes.append(f"以下内容未归入提纲，没有印出：{names}。可在“自评报告”页移到其他标题下。")
    return notes


class Preview(NamedTuple):
    """The PDF as it would be exported now, what is still to be written, characters that no font has, what the
    outline has no place for, and where on the pages the cells of the forms stand."""

    pdf: bytes
    gaps: tuple[Gap, ...]
    without_font: tuple[str, ...]
    unplaced: tuple[Gap, ...] = ()
    cells: tuple[CellPlace, ...] = ()


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
    return Preview(data, document.gaps, result.missing, document.unplaced, result.places)
