"""The PDF file: pages, bookmarks, embedded fonts, literal text, forms on as few pages as they need."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

pytest.importorskip("reportlab")

from desktop.domain.assessment import Assessment
from desktop.domain.keys import FactKey
from desktop.exchange.document.blocks import (
    AnnexMark,
    Block,
    Cell,
    Heading,
    Paragraph,
    Run,
    TableBlock,
    Title,
)
from desktop.exchange.document.compose import Document, compose
from desktop.exchange.pdf_out.paragraphs import STYLES, Faces, set_lines
from desktop.exchange.pdf_out.story import Story
from desktop.exchange.pdf_out.tables import official_table
from desktop.exchange.pdf_out.writer import pdf_bytes
from desktop.exchange.typography.fonts import choose_fonts, register
from desktop.resource_files.sample import sample_reports
from desktop.resource_files.templates import load_templates
from tests.exchange.block_text import plain_text
from tests.places import RESOURCES

TEMPLATES = load_templates(RESOURCES)
SAMPLE = max(sample_reports(RESOURCES), key=lambda report: report.year)
PLAIN = {"resources": RESOURCES, "prefer_system_fonts": False}
needs_poppler = pytest.mark.skipif(not shutil.which("pdftotext"), reason="poppler is not here")


def document(facts: Mapping[FactKey, str], system: str = "form-2023") -> Document:
    return compose(Assessment(TEMPLATES, facts, 2023, system))


def render(*blocks: Block) -> tuple[bytes, int, tuple[str, ...]]:
    data, result = pdf_bytes(
        blocks, resources=RESOURCES, prefer_system_fonts=False, title="报告", author="某局"
    )
    return data, result.pages, result.missing


def tool(name: str, data: bytes, folder: Path, *options: str) -> str:
    """What a poppler tool says of the file."""
    path = folder / "x.pdf"
    path.write_bytes(data)
    to = ["-"] if name == "pdftotext" else []
    return subprocess.run([name, *options, str(path), *to], capture_output=True, check=True, text=True).stdout


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


@pytest.fixture(scope="module")
def faces() -> Faces:
    return Faces(register(choose_fonts(RESOURCES / "fonts", prefer_system=False)))


@pytest.fixture(scope="module")
def sample() -> tuple[Document, bytes]:
    made = document(SAMPLE.facts)
    return made, pdf_bytes(made.blocks, title=made.title, author=made.author, **PLAIN)[0]  # type: ignore[arg-type]


@needs_poppler
def test_headings_and_annexes_are_printed_once_and_in_order(
    sample: tuple[Document, bytes], tmp_path: Path
) -> None:
    made, data = sample
    text = squeezed(tool("pdftotext", data, tmp_path))
    titles = [squeezed(block.number + block.text) for block in made.blocks if isinstance(block, Heading)]
    titles += [
        squeezed(block.title.partition("（")[0]) for block in made.blocks if isinstance(block, AnnexMark)
    ]
    place = 0
    for title in titles:
        assert title in text[place:], title
        place = text.index(title, place)
    for block in made.blocks:
        if isinstance(block, Heading):
            assert text.count(squeezed(block.number + block.text)) == 1


@needs_poppler
def test_whole_text_is_printed(sample: tuple[Document, bytes], tmp_path: Path) -> None:
    made, data = sample
    text = squeezed(re.sub(r"—\s*\d+\s*—", "", tool("pdftotext", data, tmp_path, "-raw")))
    for block in made.blocks:
        if isinstance(block, Paragraph) and not block.note:
            assert squeezed(block.text)[:20] in text
            assert squeezed(block.text)[-12:] in text


@needs_poppler
def test_every_font_is_embedded_as_a_subset(sample: tuple[Document, bytes], tmp_path: Path) -> None:
    lines = tool("pdffonts", sample[1], tmp_path).splitlines()[2:]
    assert len(lines) >= 5
    for line in lines:
        embedded, subset = line.split()[-5:-3]
        assert (embedded, subset) == ("yes", "yes"), line


@needs_poppler
def test_file_properties_name_report_and_unit(sample: tuple[Document, bytes], tmp_path: Path) -> None:
    about = tool("pdfinfo", sample[1], tmp_path)
    assert "2023年度清河县农业农村局整体支出绩效自评报告" in about
    assert re.search(r"Author:\s+清河县农业农村局", about)


@needs_poppler
def test_markup_and_rare_characters_are_printed_as_they_are(tmp_path: Path) -> None:
    evil = "<b>粗</b> & <img src=x> </para> &amp; {x} \\n 䶮"
    table = TableBlock((1, 1), ((Cell(evil), Cell("\x00\x07", align="left")),))
    data, _, missing = render(Title(evil), Paragraph((Run(evil), Run("😀𠮷"))), table)
    text = tool("pdftotext", data, tmp_path)
    assert squeezed(text).count(squeezed(evil)) == 3
    assert missing == ("😀", "𠮷")
    assert text.count("〓") == 2


def test_characters_without_a_font_are_told_each_once() -> None:
    blocks = [Paragraph((Run("镕䶮😀"),)), TableBlock((1,), ((Cell("𠮷😀"),),))]
    assert render(*blocks)[2] == ("😀", "𠮷")


def test_empty_report_is_printed() -> None:
    made = document({})
    _, pages, missing = render(*made.blocks)
    assert pages >= 4
    assert missing == ()
    assert render()[1] == 1


def test_section_of_a_hundred_thousand_characters_is_printed() -> None:
    pages = render(Paragraph((Run("数据1,968.01万元，" * 9000),)))[1]
    assert pages > 130


def test_same_report_gives_the_same_bytes(sample: tuple[Document, bytes]) -> None:
    made, data = sample
    again = pdf_bytes(made.blocks, title=made.title, author=made.author, **PLAIN)  # type: ignore[arg-type]
    assert again[0] == data
    assert again[1].fonts == (
        "内置小标宋体", "朱雀仿宋（内置）", "内置楷体", "内置黑体", "内置宋体",
    )  # fmt: skip


@needs_poppler
def test_fixed_indicators_are_printed_on_landscape_pages(tmp_path: Path) -> None:
    made = document(SAMPLE.facts, "hunan-2023")
    data, pages, _ = render(*made.blocks)
    sizes = tool("pdfinfo", data, tmp_path, "-f", "1", "-l", str(pages))
    turned = re.findall(r"Page\s+\d+ size:\s+841\.89 x 595", sizes)
    assert len(turned) >= 1
    assert re.search(rf"Page\s+{pages} size:\s+841", sizes)


def test_bookmarks_name_sections_and_annexes() -> None:
    made = document(SAMPLE.facts)
    data = pdf_bytes(made.blocks, title="", author="", **PLAIN)[0]  # type: ignore[arg-type]
    count = len([b for b in made.blocks if isinstance(b, Heading | AnnexMark)]) + 1
    assert data.count(b"/Title") == count + 1  # the last is the file's own


def test_form_is_set_smaller_where_that_saves_a_page() -> None:
    def form(rows: int) -> list[Block]:
        table = TableBlock((1, 1), tuple((Cell(f"{n}"), Cell()) for n in range(rows)), header_rows=1)
        return [AnnexMark("附件1", "表"), Title("表", annex=True), table]

    assert render(*form(30))[1] == 1
    assert render(*form(36))[1] == 1  # at the usual size 31 rows fit
    assert render(*form(60))[1] == 2


def test_parts_of_a_form_are_set_without_gaps(faces: Faces) -> None:
    story = Story(faces)
    part = TableBlock((1,), ((Cell("a"),),))
    story.add_all([AnnexMark("附件1", "表"), part, replace(part, attached=True)])
    assert [one.getSpaceAfter() for one in story.flowables[-2:]] == [0.0, 0.0]


def test_rest_of_a_split_form_keeps_its_space(faces: Faces) -> None:
    table = official_table([["a"]] * 9, (50,), faces)
    table.spaceAfter = 0.0
    assert [part.getSpaceAfter() for part in table.split(200, 100)] == [0.0, 0.0]


def test_label_merged_with_the_head_goes_on_beside_the_repeated_head(faces: Faces) -> None:
    rows = [["绩效指标", "指标"], *[["", f"{n}"] for n in range(8)], ["总分", ""]]
    table = official_table(rows, (20, 30), faces, spans=[(0, 0, 8, 0)], header_rows=1)
    rest = table.split(200, 100)[1]
    boxes = {(box.top, box.left): box for box in rest._boxes}
    assert (boxes[0, 0].text, boxes[0, 0].bottom) == ("绩效指标", len(rest._heights) - 2)
    last = table.split(200, sum(table._heights[:-1]) + 1)[1]
    assert [(box.top, box.left, box.text) for box in last._boxes if box.left == 0] == [
        (0, 0, "绩效指标"), (1, 0, "总分"),
    ]  # fmt: skip


def test_balanced_lines_of_a_cell_break_no_number(faces: Faces) -> None:
    style = replace(STYLES["cell"], size=10, leading=13)
    lines = set_lines("1818.34万元", style, faces, 47.9)
    assert [line.text for line in lines] == ["1818.34", "万元"]


def test_plain_text_is_the_text_of_the_blocks() -> None:
    assert plain_text([Heading(1, "一、", "基本情况"), Paragraph((Run("（一）甲。", True), Run("乙")))]) == (
        "一、基本情况\n（一）甲。乙"
    )
