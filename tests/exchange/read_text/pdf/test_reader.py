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
from desktop.exchange.read_text.pdf.reader import Line, paragraphs, without_page_marks
from desktop.resource_files.sample import SampleReport, sample_reports
from desktop.resource_files.templates import load_templates
from tests.exchange.word_files import saved
from tests.places import RESOURCES

TEMPLATES = load_templates(RESOURCES)
LEFT, SIZE, PER_LINE = 80.0, 16.0, 20


def set_on_page(*texts: str, indent: int = 2, page: int = 0, top: float = 700.0) -> list[Line]:
    """Paragraphs broken into lines of twenty characters, as a page shows them."""
    found: list[Line] = []
    for text in texts:
        first, rest = text[: PER_LINE - indent], text[PER_LINE - indent :]
        for number, part in enumerate(
            [first, *(rest[at : at + PER_LINE] for at in range(0, len(rest), PER_LINE))]
        ):
            x = LEFT + (0 if number else indent * SIZE)
            found.append(Line(page, x, top - 28 * len(found), SIZE, part))
    return found


def of_length(count: int, end: str = "。") -> str:
    return "甲" + "乙" * (count - 1 - len(end)) + end


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


# --- paragraphs ---------------------------------------------------------------------------------


@pytest.mark.parametrize("indent", [0, 2])
def test_lines_of_a_paragraph_are_joined(indent: int) -> None:
    said = ["一、基本情况", of_length(70), of_length(55), "二、支出情况", of_length(90), of_length(25)]
    assert paragraphs(set_on_page(*said, indent=indent)) == said


def test_indented_paragraph_ends_with_a_full_last_line() -> None:
    said = [of_length(18), of_length(58), of_length(70), of_length(78)]
    assert paragraphs(set_on_page(*said)) == said


def test_paragraph_continues_on_the_next_page() -> None:
    whole = of_length(118)
    lines = set_on_page(whole, of_length(90))
    turned = [
        line._replace(page=1, y=700.0 - number) if number > 2 else line for number, line in enumerate(lines)
    ]
    assert paragraphs(turned) == [whole, of_length(90)]


def test_amount_that_did_not_fit_moves_to_the_next_line_whole() -> None:
    lines = set_on_page(of_length(90), of_length(90))
    lines.append(Line(0, LEFT + 32, 10, SIZE, "全年预算安排的资金一共是"))
    lines.append(Line(0, LEFT, 0, SIZE, "112727.60万元，全部执行。"))
    assert paragraphs(lines)[-1] == "全年预算安排的资金一共是112727.60万元，全部执行。"


def test_blanks_of_justified_lines_are_dropped_and_typed_ones_kept() -> None:
    lines = set_on_page(of_length(90), of_length(90))
    lines.append(Line(0, LEFT + 32, 0, SIZE, "1. 编制 62 人，用 费 8.5 % 。"))
    assert paragraphs(lines)[-1] == "1. 编制62人，用费8.5 %。"
    lines.append(Line(0, LEFT, -30, SIZE, "单位名称 清溪县水利局"))
    assert paragraphs(lines)[-1] == "单位名称 清溪县水利局"


def test_cells_and_headings_are_paragraphs_of_their_own() -> None:
    lines = set_on_page(of_length(90), of_length(90))
    cells = [Line(0, 300, -20.0 * n, 10, "受益群众满意度指标值") for n in range(4)]
    heads = [Line(0, LEFT, -200, SIZE, "甲" * PER_LINE), Line(0, LEFT, -230, SIZE, "二、支出情况")]
    assert paragraphs([*lines, *cells, *heads])[2:] == [
        *("受益群众满意度指标值",) * 4,
        "甲" * PER_LINE,
        "二、支出情况",
    ]


def test_few_lines_are_not_joined() -> None:
    assert paragraphs([Line(0, 0, 0, 10, "甲"), Line(0, 0, 0, 10, "乙")]) == ["甲", "乙"]
    assert paragraphs([]) == []


# --- page numbers and running heads -------------------------------------------------------------


def pages(count: int, number: str, head: str = "") -> list[Line]:
    found = []
    for page in range(count):
        found += [Line(page, 80, 600 - 20 * line, 16, "文" * (7 * page + line + 1)) for line in range(5)]
        found.append(Line(page, 280, 60, 14, number.format(page + 1)))
        found += [Line(page, 80, 780, 9, head)] if head else []
    return found


@pytest.mark.parametrize("number", ["— {} —", "-{}-", "{}", "第 {} 页 共 9 页", "{} / 9", "－{}－"])
def test_page_numbers_are_dropped(number: str) -> None:
    kept = without_page_marks(pages(6, number))
    assert len(kept) == 30 and all(set(line.text) == {"文"} for line in kept)


def test_running_heads_are_dropped_and_margin_text_of_one_page_is_kept() -> None:
    kept = without_page_marks(
        [*pages(6, "— {} —", "清溪县水利局自评报告 2023"), Line(6, 80, 700, 9, "清溪县水利局")]
    )
    assert [line.text for line in kept if "清溪" in line.text] == ["清溪县水利局"]


def test_number_in_the_margin_that_counts_no_pages_is_kept() -> None:
    lines = [
        line for page in range(6) for line in set_on_page("甲" * (page + 3), "乙" * (page + 3), page=page)
    ]
    lines += [Line(page, 300, 20, 16, str(page * page * 7 % 5)) for page in range(6)]
    assert len(without_page_marks(lines)) == len(lines)


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
