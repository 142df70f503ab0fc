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
from collections.abc import Iterator

from desktop import __version__
from desktop.domain.keys import UNIT_NAME
from desktop.domain.tasks.task import sum_of
from desktop.errors import UserError
from desktop.exchange.export_job import ExportJob
from desktop.exchange.package.format import ENDING, FORMAT, FORMAT_VERSION, MANIFEST, REPORT
from desktop.exchange.package.reader import LONGEST_NAME, is_name, read_package
from desktop.exchange.report_files import Exported, docx_file, pdf_file, xlsx_file

_FOR_PEOPLE = {"自评报告.pdf": pdf_file, "自评报告.docx": docx_file, "自评表.xlsx": xlsx_file}
AUDIT_LIST = "核对结果.xlsx"


def package_file(job: ExportJob) -> Exported:
    """The file's content, read back before it is given out: what the limits of an import would turn away
    is told to whoever hands in, not to whoever receives."""

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
    return Exported(data, notes)


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
        "forms": _forms(job),
    }
    return _json({**about, "parts": listed})


def _forms(job: ExportJob) -> dict[str, str]:
    """The edition that the report is filled in by, and its sum: whoever receives it may have another, or another
    issue of the task."""
    templates = job.sheet.templates
    edition = templates.edition
    return {"id": edition.id, "name": edition.name, "sum": sum_of(edition, templates.form_system())}


def _json(content: object) -> bytes:
    return json.dumps(content, ensure_ascii=False, indent=1).encode("utf-8")


def _for_people(job: ExportJob, notes: list[str]) -> Iterator[tuple[str, bytes]]:
    """The same report to be read without this program. What cannot be made is left out and said."""
    for name, make in _FOR_PEOPLE.items():
        try:
            yield name, make(job).data
        except UserError as error:
            notes.append(f"报告包里没有“{name}”：{error.sentence}数据本身是完整的。")
    if job.findings is not None:
        from desktop.exchange.excel_out.findings_list import KIND
        from desktop.exchange.excel_out.list_sheet import list_bytes

        title = f"{job.facts[UNIT_NAME]}{job.year}年度绩效自评报告核对结果"
        yield AUDIT_LIST, list_bytes(KIND, title, job.findings)


def _zipped(parts: dict[str, bytes], made: dt.datetime) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            entry = zipfile.ZipInfo(name, made.timetuple()[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            package.writestr(entry, data)
    return stream.getvalue()
