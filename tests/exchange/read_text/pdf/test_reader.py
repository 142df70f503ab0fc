"""A PDF read back: paragraphs whole again, cells apart, page numbers and running heads gone."""

from __future__ import annotations

import io
import random
from pathlib import Path

import pytest

pytest.importorskip("reportlab")

from pypdf import PdfReader, PdfWriter

from desktop.audit.forms_in_text.forms_in_text import read_annexes
from desktop.audit.text.flat_text import Text
from desktop.domain.assessment import Assessment
from desktop.domain.facts import FactSheet
from desktop.errors import UserError
from desktop.exchange.document.blocks import Heading, Paragraph, body, texts
from desktop.exchange.document.compose import compose
from desktop.exchange.export_job import ExportJob
from desktop.exchange.exporters import EXPORTERS
from desktop.exchange.file_kind import open_source
from desktop.exchange.import_forms.forms_in_report import read_by_cells
from desktop.exchange.import_report.report_import import plan_document
from desktop.exchange.pdf_out.writer import pdf_bytes
from desktop.exchange.read_text.any_file import lines_in, read_lines
from desktop.exchange.read_text.lines import joined
from desktop.exchange.read_text.pdf import reader
from desktop.resource_files.sample import SampleReport, sample_reports
from desktop.resource_files.templates import load_templates
from tests.exchange.word_files import saved
from tests.places import RESOURCES

TEMPLATES = load_templates(RESOURCES)
# --- our own PDF --------------------------------------------------------------------------------


def test_exported_pdf_is_read_as_it_was_composed(tmp_path: Path) -> None:
    sample = max(sample_reports(RESOURCES), key=lambda report: report.year)
    document = compose(Assessment(TEMPLATES, sample.facts, sample.year, sample.system))
    data, _ = pdf_bytes(
        document.blocks, resources=RESOURCES, prefer_system_fonts=False, title="报告", author="某局"
    )
    path = saved(tmp_path, data, "报告.pdf")
    found = [line.text.strip() for line in read_lines(path)]
    said = [
        text for block in document.blocks if isinstance(block, Heading | Paragraph) for text in texts(block)
    ]
    assert len(said) > 40 and [text for text in said if text not in found] == []
    assert not any(text.startswith("— ") for text in found)


@pytest.mark.parametrize("report", sample_reports(RESOURCES), ids=lambda report: str(report.year))
def test_exported_pdf_is_imported_as_printed(tmp_path: Path, report: SampleReport) -> None:
    """Word says where each cell begins; the PDF must say no less, page breaks, charts and narrow cells included."""
    job = ExportJob(TEMPLATES, report.facts, report.year, report.system, RESOURCES, prefer_system_fonts=False)
    plans, readings = [], []
    for kind in ("docx", "pdf"):
        path = tmp_path / f"报告.{kind}"
        EXPORTERS[kind].run(path, job)
        lines = read_lines(path)
        text = Text(joined(lines))
        bare = read_annexes(text, TEMPLATES, report.year)
        assert bare is not None
        readings.append(read_by_cells(lines, text, bare))
        sheet = FactSheet(TEMPLATES, {}, report.year)
        plans.append(plan_document(lines, sheet, year=report.year, system=report.system))
    word, pdf = readings
    assert word.has_grid and pdf.has_grid
    assert len(pdf.facts) > 200 and pdf.facts == word.facts
    assert dict(plans[1].wanted()) == dict(plans[0].wanted())
    assert sum("页有图" in problem.message for problem in plans[1].problems) == 2


# --- what cannot be read ------------------------------------------------------------------------


def written(writer: PdfWriter) -> bytes:
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def small_pdf() -> bytes:
    data, _ = pdf_bytes(
        [body("编制62人。")], resources=RESOURCES, prefer_system_fonts=False, title="报告", author="局"
    )
    return data


def test_scan_password_and_overlong_file_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scan, locked = PdfWriter(), PdfWriter(clone_from=PdfReader(io.BytesIO(small_pdf())))
    scan.add_blank_page(100, 100)
    scan.add_blank_page(100, 100)
    locked.encrypt("open", algorithm="RC4-128")
    with pytest.raises(UserError, match="扫描件"):
        read_lines(saved(tmp_path, written(scan), "扫描.pdf"))
    with pytest.raises(UserError, match="密码"):
        read_lines(saved(tmp_path, written(locked), "密.pdf"))
    monkeypatch.setattr(reader, "MAX_PAGES", 1)
    with pytest.raises(UserError, match="太长"):
        read_lines(saved(tmp_path, written(scan), "长.pdf"))
    monkeypatch.setattr(reader, "MAX_CHARACTERS", 2)
    with pytest.raises(UserError, match="太长"):
        read_lines(saved(tmp_path, small_pdf(), "长.pdf"))
    monkeypatch.setattr(reader, "MAX_CHARACTERS", 1000)
    monkeypatch.setattr(reader, "MAX_CONTENT", 10)
    with pytest.raises(UserError, match="太长"):
        read_lines(saved(tmp_path, small_pdf(), "长.pdf"))


def test_damaged_pdf_is_refused_or_read_and_never_fails(tmp_path: Path) -> None:
    whole = small_pdf()
    chance = random.Random(17)
    refused = 0
    for turn in range(40):
        data = bytearray(whole[: chance.randrange(20, len(whole))] if turn % 3 == 0 else whole)
        for _ in range(chance.choice((1, 20, 200))):
            data[chance.randrange(8, len(data))] ^= 1 << chance.randrange(8)
        try:
            read_lines(saved(tmp_path, bytes(data), "坏.pdf"))
        except UserError:
            refused += 1
    assert refused > 5


def test_lines_have_the_signs_of_their_pieces(tmp_path: Path) -> None:
    """Paragraphs over two pages, forms that go on overleaf, merged cells: the sample's own report has them all."""
    sample = max(sample_reports(RESOURCES), key=lambda report: report.year)
    document = compose(Assessment(TEMPLATES, sample.facts, sample.year, sample.system))
    data, _ = pdf_bytes(document.blocks, resources=RESOURCES, prefer_system_fonts=False, title="", author="")
    lines = lines_in(open_source(saved(tmp_path, data, "报告.pdf")), traced=True)
    for line in lines:
        assert "".join(line.text.split()) == "".join("".join(piece.text for piece in line.source).split())
    pages = [piece.page for line in lines for piece in line.source]
    assert pages == sorted(pages, key=lambda page: page or 0) and pages[0] == 1
