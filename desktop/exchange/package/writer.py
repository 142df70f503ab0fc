"""The report package (报告包, .zpb): one report whole, for another computer and for people to look at.

A zip of `manifest.json` (what it is, from whom, and the sha256 of every other part), `report.json` (the facts
as they are stored), and the report as PDF, Word, Excel and list of findings, which no import reads.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import json
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from desktop import __version__
from desktop.domain.facts import FactSheet
from desktop.domain.keys import FactKey
from desktop.domain.template import THIS
from desktop.errors import UserError
from desktop.exchange.files import PACKAGE_ENDING, write_atomically

if TYPE_CHECKING:
    from desktop.exchange.exporters import ExportJob

ENDING = PACKAGE_ENDING
MANIFEST, REPORT = "manifest.json", "report.json"
FORMAT, FORMAT_VERSION = "整体支出绩效报告包", 1
UNIT_NAME = FactKey("unit", THIS, "name")
_PEOPLES = {"pdf": "自评报告.pdf", "docx": "自评报告.docx", "xlsx": "自评表.xlsx"}
AUDIT_LIST = "核对结果.xlsx"


def export_package(path: Path, job: ExportJob) -> list[str]:
    """Write the file and give notes for the user. UserError where it could not be read again, or written."""
    data, notes = package_bytes(job)

    def write(stream: BinaryIO) -> None:
        stream.write(data)

    write_atomically(path, write)
    return notes


def package_bytes(job: ExportJob) -> tuple[bytes, list[str]]:
    """The file's content, read back before it is given out: what the limits of an import would turn away
    is told to whoever hands in, not to whoever receives."""
    from desktop.exchange.package.reader import LONGEST_NAME, is_name, read_package

    unit = " ".join(job.facts.get(UNIT_NAME, "").split())
    if not is_name(unit):
        hint = f"请在“单位信息”里填写单位名称，不超过{LONGEST_NAME}字。"
        raise UserError(
            "没有单位名称，不能导出报告包。" if not unit else "单位名称不合要求，不能导出报告包。", hint
        )
    notes: list[str] = []
    parts = {REPORT: _report_json(job, unit)} | dict(_for_people(job, notes))
    made = dt.datetime.now().astimezone()
    data = _zipped({MANIFEST: _manifest(job, unit, parts, made), **parts}, made)
    if read_package(data, f"报告包{ENDING}").facts != job.facts:
        raise AssertionError("a package does not say what the report says")
    return data, notes


def _report_json(job: ExportJob, unit: str) -> bytes:
    facts = sorted([*key, value] for key, value in job.facts.items())
    return _json({"unit": unit, "year": job.year, "system": job.system_id, "facts": facts})


def _manifest(job: ExportJob, unit: str, parts: dict[str, bytes], made: dt.datetime) -> bytes:
    listed = [
        {"name": name, "bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}
        for name, data in parts.items()
    ]
    about = {
        "format": FORMAT,
        "version": FORMAT_VERSION,
        "program": __version__,
        "unit": unit,
        "year": job.year,
        "system": job.system_id,
        "made": made.isoformat(timespec="seconds"),
    }
    return _json({**about, "parts": listed})


def _json(content: object) -> bytes:
    return json.dumps(content, ensure_ascii=False, indent=1).encode("utf-8")


def _for_people(job: ExportJob, notes: list[str]) -> Iterator[tuple[str, bytes]]:
    """The same report to be read without this program. What cannot be made is left out and said."""
    makers: dict[str, Callable[[ExportJob], bytes]] = {"pdf": _pdf, "docx": _docx, "xlsx": _xlsx}
    for kind, make in makers.items():
        try:
            yield _PEOPLES[kind], make(job)
        except UserError as error:
            notes.append(f"报告包里没有“{_PEOPLES[kind]}”：{error.sentence}数据本身是完整的。")
    if job.findings is not None:
        from desktop.exchange.excel_out.findings_list import KIND
        from desktop.exchange.excel_out.list_sheet import list_bytes

        title = f"{job.facts[UNIT_NAME]}{job.year}年度绩效自评报告核对结果"
        yield AUDIT_LIST, list_bytes(KIND, title, job.findings)


def _pdf(job: ExportJob) -> bytes:
    from desktop.exchange.pdf_out.writer import pdf_bytes

    document = job.document()
    return pdf_bytes(
        document.blocks,
        resources=job.resources,
        prefer_system_fonts=job.prefer_system_fonts,
        title=document.title,
        author=document.author,
    )[0]


def _docx(job: ExportJob) -> bytes:
    from desktop.exchange.docx_out.writer import docx_bytes

    document = job.document()
    return docx_bytes(document.blocks, title=document.title, author=document.author)[0]


def _xlsx(job: ExportJob) -> bytes:
    from desktop.exchange.excel_out.writer import workbook_bytes

    return workbook_bytes(FactSheet(job.templates, job.facts, job.year), job.templates.systems[job.system_id])


def _zipped(parts: dict[str, bytes], made: dt.datetime) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            entry = zipfile.ZipInfo(name, made.timetuple()[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            package.writestr(entry, data)
    return stream.getvalue()
