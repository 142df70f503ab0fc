"""The report package: everything of a report, and again the same report when it is read."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from desktop import __version__
from desktop.domain.keys import UNIT_NAME, FactKey
from desktop.domain.tasks.task import sum_of
from desktop.domain.text_blocks.picture import MOST_BYTES, Picture, stored_picture
from desktop.errors import UserError
from desktop.exchange.export_job import ExportJob
from desktop.exchange.exporters import EXPORTERS, suggested_name
from desktop.exchange.file_kind import FileKind, sniff
from desktop.exchange.package.format import MANIFEST, REPORT
from desktop.exchange.package.reader import LONGEST_TEXT, Forms, open_package, read_package
from desktop.exchange.package.writer import AUDIT_LIST, package_file
from desktop.resource_files.sample import sample_reports
from desktop.resource_files.templates import load_templates
from tests.places import RESOURCES

SAMPLE = max(sample_reports(RESOURCES), key=lambda report: report.year)
JOB = ExportJob(load_templates(RESOURCES), SAMPLE.facts, SAMPLE.year, SAMPLE.system, RESOURCES, False)
LINE = ("核实", "R17 变动", "一、情况", "多了", "", "")
TEXT = FactKey("narrative", "performance", "text")
SMALL = {UNIT_NAME: "清河县农业农村局", TEXT: "写了一点。"}


def parts_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def test_it_holds_the_facts_and_what_people_read(tmp_path: Path) -> None:
    exporter = EXPORTERS["package"]
    path = tmp_path / suggested_name(JOB, exporter)
    assert path.name == "清河县农业农村局2023年度整体支出绩效报告包.zpb"
    assert exporter.run(path, replace(JOB, findings=[LINE])) == []
    assert sniff(path) is FileKind.PACKAGE
    parts = parts_of(path.read_bytes())
    assert list(parts) == [MANIFEST, REPORT, "自评报告.pdf", "自评报告.docx", "自评表.xlsx", AUDIT_LIST]
    for name in list(parts)[2:]:
        (tmp_path / name).write_bytes(parts[name])
    kinds = [sniff(tmp_path / name) for name in list(parts)[2:]]
    assert kinds == [FileKind.PDF, FileKind.DOCX, FileKind.XLSX, FileKind.XLSX]
    package = open_package(path)
    assert package.facts == SAMPLE.facts
    assert (package.unit, package.year, package.system) == ("清河县农业农村局", 2023, SAMPLE.system)
    assert package.program == __version__ and package.made.startswith("2")
    edition = JOB.templates.edition
    assert package.forms == Forms(edition.id, edition.name, sum_of(edition, JOB.templates.form_system()))


def test_the_manifest_names_every_other_part_with_its_sum() -> None:
    data, _ = package_file(replace(JOB, facts=SMALL))
    parts = parts_of(data)
    listed = json.loads(parts.pop(MANIFEST))["parts"]
    assert {part["name"]: (part["bytes"], part["sha256"]) for part in listed} == {
        name: (len(part), hashlib.sha256(part).hexdigest()) for name, part in parts.items()
    }
    assert AUDIT_LIST not in parts  # nothing was audited: no list that says nothing was found


def test_what_excel_cannot_hold_is_left_out_and_said() -> None:
    long = {**SMALL, TEXT: "长" * 40_000}
    data, notes = package_file(replace(JOB, facts=long))
    assert "自评表.xlsx" not in parts_of(data)
    assert "自评表.xlsx" in notes[0] and notes[0].endswith("数据本身是完整的。")
    assert read_package(data, "a").facts == long


@pytest.mark.parametrize("name", ["", "  ", "局" * 101, "甲\x07局"])
def test_without_a_proper_name_of_the_unit_there_is_none(name: str) -> None:
    with pytest.raises(UserError, match="单位名称"):
        package_file(replace(JOB, facts={**SMALL, UNIT_NAME: name} if name else {TEXT: "写了"}))


def test_what_could_not_be_read_again_is_not_written() -> None:
    with pytest.raises(UserError, match="内容太多"):
        package_file(replace(JOB, facts={**SMALL, FactKey("unit", "this", "x"): "长" * (LONGEST_TEXT + 1)}))


def test_the_largest_picture_of_the_text_goes_along_whole() -> None:
    head = b"\x89PNG\r\n\x1a\n" + bytes(8) + (8).to_bytes(4) + (6).to_bytes(4)
    largest = stored_picture(Picture("png", 8, 6, head + bytes(MOST_BYTES - len(head)), 1000))
    facts = {**SMALL, FactKey("blocks", "1", "picture"): largest}
    assert read_package(package_file(replace(JOB, facts=facts))[0], "a").facts == facts
