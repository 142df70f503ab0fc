"""The Word file: the same text as in print, and made so that Word and WPS open it without a complaint."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import docx
import pytest
from docx.oxml.ns import qn
from docx.table import Table

from desktop.domain.assessment import Assessment
from desktop.domain.keys import FactKey
from desktop.exchange.document.blocks import (
    Addressee,
    AnnexList,
    AnnexMark,
    Block,
    Cell,
    ChartBlock,
    Cover,
    Heading,
    PageBreak,
    Paragraph,
    Run,
    Signature,
    SignLine,
    TableBlock,
    Title,
    body,
    texts,
    width_em,
)
from desktop.exchange.document.charts import ChartData, ChartGroup
from desktop.exchange.document.compose import Document, compose
from desktop.exchange.docx_out.writer import DocxResult, docx_bytes
from desktop.exchange.pdf_out.writer import pdf_bytes
from desktop.exchange.read_text.any_file import read_text
from desktop.resource_files.sample import sample_reports
from desktop.resource_files.templates import load_templates
from tests.places import RESOURCES

TEMPLATES = load_templates(RESOURCES)
SAMPLE = max(sample_reports(RESOURCES), key=lambda report: report.year)
CHART = ChartData(
    "对比", "万元", ("预算", "决算"), (ChartGroup("=甲<&>", (Decimal("1.5"), None), "执行率 9%"),)
)
EVERY_KIND: tuple[Block, ...] = (
    Cover(("2023年度", "报告"), ("某局（盖章）", "")),
    PageBreak(),
    Title("某局\n自评报告"),
    Addressee("某县财政局："),
    Heading(1, "一、", "概况"),
    Heading(7, "（1）", "更深的标题"),
    Paragraph((Run("（一）职能。", heading=True), Run("正文“引号”——"))),
    ChartBlock("execution", CHART),
    AnnexList(("甲表", "乙表")),
    Signature("某局", "2024年5月6日"),
    AnnexMark("附件1", "甲表", landscape=True),
    Title("甲表", annex=True),
    TableBlock((1, 1, 1), ((Cell("合", cols=2), Cell("丙", rows=2)), (Cell("丁"), Cell("戊"))), 1, "表题"),
    TableBlock((2, 1), ((Cell("己", indent=1, bold=True), Cell("庚\n辛")),), attached=True),
    Paragraph((Run("说明"),), note=True),
    SignLine(("负责人：", "填表人：", "日期：")),
)


def composed(system: str = "form-2023", **paper: str) -> Document:
    choices = {FactKey("paper", "this", column): value for column, value in paper.items()}
    return compose(Assessment(TEMPLATES, {**SAMPLE.facts, **choices}, SAMPLE.year, system))


def made(*blocks: Block) -> tuple[bytes, DocxResult]:
    return docx_bytes(blocks, title="报告", author="某局")


def opened(data: bytes) -> Any:
    return docx.Document(io.BytesIO(data))


def xml_parts(data: bytes) -> dict[str, Any]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        names = [name for name in package.namelist() if name.endswith((".xml", ".rels"))]
        return {name: ElementTree.fromstring(package.read(name)) for name in names}


def lines_of(data: bytes) -> Iterator[str]:
    """As `texts` gives them: a paragraph, or a row of a table with tabs between its cells."""
    for block in opened(data).iter_inner_content():
        if not isinstance(block, Table):
            yield block.text
            continue
        for row in block._tbl.tr_lst:
            cells = [cell for cell in row.tc_lst if cell.vMerge != "continue"]
            yield "\t".join("".join(p.text for p in cell.p_lst) for cell in cells)


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def block_texts(blocks: tuple[Block, ...]) -> list[str]:
    """What blocks say outside their charts, which are no text in Word."""
    found = [text for block in blocks if not isinstance(block, ChartBlock) for text in texts(block)]
    return [squeezed(line) for line in found if squeezed(line)]


@pytest.fixture(scope="module")
def sample() -> tuple[Document, bytes]:
    document = composed("blocks-2023")
    return document, docx_bytes(document.blocks, title=document.title, author=document.author)[0]


def test_docx_holds_the_text_of_the_blocks_in_order(sample: tuple[Document, bytes]) -> None:
    document, data = sample
    assert "".join(map(squeezed, lines_of(data))) == "".join(block_texts(document.blocks))
    assert "".join(map(squeezed, lines_of(made(*EVERY_KIND)[0]))) == "".join(block_texts(EVERY_KIND))


def test_docx_holds_the_text_of_the_pdf(tmp_path: Path) -> None:
    document = composed(charts="否")
    first_form = next(n for n, block in enumerate(document.blocks) if isinstance(block, AnnexMark))
    blocks = document.blocks[:first_form]
    target = tmp_path / "x.pdf"
    named = {"title": document.title, "author": document.author}
    target.write_bytes(pdf_bytes(blocks, resources=RESOURCES, prefer_system_fonts=False, **named)[0])
    printed = re.sub(r"(?m)^\s*—\s*\d+\s*—\s*$", "", read_text(target))
    assert squeezed(printed) == squeezed("".join(lines_of(docx_bytes(blocks, **named)[0])))


def test_headings_have_words_own_styles(tmp_path: Path) -> None:
    target = tmp_path / "x.docx"
    target.write_bytes(docx_bytes(EVERY_KIND, title="某局的报告", author="某局")[0])
    document = docx.Document(str(target))
    styles = {p.text: p.style.name for p in document.paragraphs}
    assert styles["一、概况"] == "Heading 1" and styles["（1）更深的标题"] == "Heading 5"
    assert document.core_properties.title == "某局的报告" and document.core_properties.author == "某局"
    assert "正文“引号”——" in read_text(target)


def test_docx_has_no_theme_colour_macro_or_external_link(sample: tuple[Document, bytes]) -> None:
    for name, root in xml_parts(sample[1]).items():
        text = ElementTree.tostring(root, encoding="unicode")
        assert not re.search("theme|schemeClr|External|vbaProject", text), name
        if name.startswith("word/") and "chart" not in name:
            assert not re.search('w:color w:val="(?!000000)', text), name


def test_every_run_has_its_chinese_font(sample: tuple[Document, bytes]) -> None:
    slots = [qn(f"w:{slot}") for slot in ("ascii", "hAnsi", "eastAsia", "cs")]
    count = 0
    for root in xml_parts(sample[1]).values():
        for run in root.iter(qn("w:r")):
            fonts = run.find(f"{qn('w:rPr')}/{qn('w:rFonts')}")
            assert fonts is not None and len({fonts.get(slot) for slot in slots}) == 1
            assert fonts.get(slots[2]) and fonts.get(qn("w:hint")) == "eastAsia"
            count += 1
    assert count > 500


def test_tables_are_as_wide_as_the_text(sample: tuple[Document, bytes]) -> None:
    document = opened(sample[1])
    widths = {(s.page_width - s.left_margin - s.right_margin) // 635 for s in document.sections}
    assert len(widths) == 2, "upright and landscape"
    seen = set()
    for table in document.tables:
        columns = [int(column.get(qn("w:w"))) for column in table._tbl.iter(qn("w:gridCol"))]
        assert sum(columns) in widths
        seen.add(sum(columns))
        for row in table._tbl.tr_lst:
            cells = [int(cell.find(f".//{qn('w:tcW')}").get(qn("w:w"))) for cell in row.tc_lst]
            assert sum(cells) == sum(columns)
            assert sum(cell.grid_span for cell in row.tc_lst) == len(columns)
        assert 'w:lineRule="exact"' not in table._tbl.xml and 'w:type="fixed"' in table._tbl.xml
    assert seen == widths


def test_table_heads_repeat_and_short_rows_are_not_split() -> None:
    tall = Cell("长" * 400)
    head, short = (Cell("头"), Cell("头")), (Cell("短"), Cell("短"))
    table = TableBlock((1, 1), (head, short, (tall, tall)), header_rows=1)
    rows = opened(made(table)[0]).tables[0]._tbl.tr_lst
    assert [len(row.findall(f".//{qn('w:tblHeader')}")) for row in rows] == [1, 0, 0]
    assert [len(row.findall(f".//{qn('w:cantSplit')}")) for row in rows] == [1, 1, 0]


def test_adjacent_tables_stay_apart_and_a_paragraph_ends_the_document() -> None:
    table = TableBlock((1,), ((Cell("甲"),),))
    attached = TableBlock((1,), ((Cell("乙"),),), attached=True)
    content = list(opened(made(table, attached)[0]).iter_inner_content())
    assert [isinstance(block, Table) for block in content] == [True, False, True, False]
    assert "w:vanish" in content[1]._p.xml


def test_sections_have_their_page_size_and_numbers() -> None:
    data = made(*EVERY_KIND, AnnexMark("附件2", "丙表"), AnnexMark("附件3", "丁表"))[0]
    document, parts = opened(data), xml_parts(data)
    cover, report, form, last = document.sections
    assert document.settings.odd_and_even_pages_header_footer
    assert "PAGE" not in cover.footer._element.xml and "PAGE" not in cover.even_page_footer._element.xml
    for section in (report, form, last):
        feet = section.footer._element.xml, section.even_page_footer._element.xml
        assert all(" PAGE " in foot and "— " in foot for foot in feet)
        assert 'w:jc w:val="right"' in feet[0] and 'w:jc w:val="left"' in feet[1]
    begins = [s._sectPr.find(qn("w:pgNumType")) for s in document.sections]
    assert [None if one is None else one.get(qn("w:start")) for one in begins] == [None, "1", None, None]
    assert (report.page_width < report.page_height) and (form.page_width > form.page_height)
    assert [round(edge.mm) for edge in (report.top_margin, report.left_margin, report.bottom_margin)] == [
        37,
        28,
        35,
    ]
    assert [round(edge.mm) for edge in (form.top_margin, form.left_margin, form.right_margin)] == [28, 35, 37]
    assert "tbRl" in form.footer._element.xml
    begun = [p for p in document.paragraphs if p._p.find(f".//{qn('w:pageBreakBefore')}") is not None]
    assert [p.text for p in begun] == ["附件3"], "附件2 begins a section"
    compat = parts["word/settings.xml"].find(f".//{qn('w:compatSetting')}")
    assert compat.get(qn("w:name")) == "compatibilityMode" and compat.get(qn("w:val")) == "15"


def test_counted_cover_behind_the_annexes_is_reported() -> None:
    document = composed(annexes_first="是")
    assert docx_bytes(document.blocks, title="", author="")[1].cover_is_counted
    assert not made(*EVERY_KIND)[1].cover_is_counted


def test_charts_are_native_with_an_embedded_workbook() -> None:
    from openpyxl import load_workbook

    data = made(*EVERY_KIND)[0]
    chart = "|".join(xml_parts(data)["word/charts/chart1.xml"].itertext())
    assert chart.startswith("对比（单位：万元）") and "|1.5|" in chart and "None" not in chart
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        rows = list(load_workbook(io.BytesIO(package.read("word/embeddings/chart1.xlsx"))).active.values)
    assert rows == [(None, "预算", "决算"), ("甲<&> 执行率 9%", 1.5, None)]


@pytest.mark.parametrize(
    "hostile", ["<b>粗</b>", "a & b", "]]></w:p>", "😀𠮷", "=1+1", "a\tb\nc", "  前后  "]
)
def test_markup_stays_literal_text(hostile: str) -> None:
    table = TableBlock((1,), ((Cell(hostile),),), caption=hostile)
    lines = list(lines_of(made(Title(hostile), body(hostile), Signature(hostile, ""), table)[0]))
    assert [line for line in lines if line] == [hostile] * 5


def test_long_title_is_broken_into_even_lines() -> None:
    name = "某某自治县农业农村和乡村振兴综合服务中心2023年度部门整体支出绩效自评报告"
    lines = opened(made(Title(name))[0]).paragraphs[0].text.split("\n")
    assert "".join(lines) == name and len(lines) == 2
    assert abs(width_em(lines[0]) - width_em(lines[1])) <= 2


def test_characters_that_xml_forbids_are_dropped_and_counted() -> None:
    data, result = made(body("甲\x00\x0b\x1f乙\ud800丙\uffff\r\n丁"), Heading(1, "一、", "\x07"))
    assert list(lines_of(data)) == ["甲乙丙\n丁", "一、"]
    assert result.dropped == 6


def test_empty_and_very_long_documents_are_written() -> None:
    assert [p.text for p in opened(made()[0]).paragraphs] == [""]
    assert list(lines_of(made(Title("题" * 5000))[0])) == ["题" * 5000]
    assert list(lines_of(made(body("字" * 100_000))[0])) == ["字" * 100_000]


def test_same_document_gives_the_same_bytes() -> None:
    blocks = [block for block in EVERY_KIND if not isinstance(block, ChartBlock)]
    assert made(*blocks)[0] == made(*blocks)[0]


def test_form_is_set_smaller_where_that_saves_a_page() -> None:
    def type_size(rows: int) -> set[str]:
        form = TableBlock((1, 1), ((Cell("甲"), Cell("乙")),) * rows)
        sizes = opened(made(AnnexMark("附件1", "表"), form)[0]).tables[0]._tbl.iter(qn("w:sz"))
        return {size.get(qn("w:val")) for size in sizes}

    assert type_size(10) == {"20"} and type_size(34) in ({"19"}, {"18"}) and type_size(300) == {"20"}


def test_signature_stays_with_the_end_of_the_text() -> None:
    data = made(body("甲"), body("乙"), AnnexList(("表",)), Signature("某局", "2024年5月6日"))[0]
    kept = {p.text: p._p.find(f".//{qn('w:keepNext')}") is not None for p in opened(data).paragraphs}
    assert kept == {"甲": False, "乙": True, "附件：表": True, "某局": True, "2024年5月6日": False}


def test_form_title_stands_on_the_third_line_unless_that_costs_a_page() -> None:
    def below(rows: int) -> str | None:
        form = TableBlock((1, 1), ((Cell("甲"), Cell("乙")),) * rows)
        document = opened(made(AnnexMark("附件1", "表"), Title("表", annex=True), form)[0])
        mark = document.paragraphs[0]
        own = mark._p.find(f".//{qn('w:spacing')}")
        style = mark.style.element.find(f".//{qn('w:spacing')}")
        line = style.get(qn("w:line"))
        after = style.get(qn("w:after")) if own is None else own.get(qn("w:after"))
        return "blank" if after == line else after

    assert below(10) == below(300) == "blank"
    assert {below(rows) for rows in range(30, 50)} == {"blank", "0"}
