"""The printed page with a ruler: GB/T 9704-2012 as it comes out of the file, and text nobody expects."""

from __future__ import annotations

import html
import re
import shutil
import subprocess
from collections.abc import Callable
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import pytest

pytest.importorskip("reportlab")

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
    Signature,
    TableBlock,
    Title,
    body,
)
from desktop.exchange.document.charts import ChartData, ChartGroup
from desktop.exchange.pdf_out.paragraphs import STYLES
from desktop.exchange.pdf_out.story import _HEADINGS
from desktop.exchange.pdf_out.writer import pdf_bytes
from tests.places import RESOURCES

MM = 25.4 / 72
EM = 156 / 28  # one character of the body, mm

pytestmark = pytest.mark.skipif(not shutil.which("pdftotext"), reason="poppler is not here")


class Line(NamedTuple):
    """One line of text and its edges in mm from the left and from the top of the sheet."""

    text: str
    left: float
    right: float
    top: float
    bottom: float

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


Pages = list[list[Line]]
Printed = Callable[..., Pages]


def words(pdf: Path, *options: str) -> str:
    done = subprocess.run(["pdftotext", *options, str(pdf), "-"], capture_output=True, check=True)
    return done.stdout.decode("utf-8")


@pytest.fixture
def printed(tmp_path: Path) -> Printed:
    def make(*blocks: Block) -> Pages:
        data, _ = pdf_bytes(
            blocks, resources=RESOURCES, prefer_system_fonts=False, title="报告", author="某局"
        )
        path = tmp_path / "x.pdf"
        path.write_bytes(data)
        return [lines_of(page) for page in words(path, "-bbox-layout").split("<page ")[1:]]

    return make


def lines_of(page: str) -> list[Line]:
    found = []
    pattern = r'<line xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)</line>'
    for match in re.finditer(pattern, page, re.DOTALL):
        left, top, right, bottom = (float(number) * MM for number in match.groups()[:4])
        text = "".join(html.unescape(word) for word in re.findall(r">([^<]*)</word>", match[5]))
        found.append(Line(text, left, right, top, bottom))
    return sorted(found, key=lambda line: (line.top, line.left))


def near(*numbers: float) -> Any:
    return pytest.approx(numbers, abs=0.35)


def test_full_page_has_22_lines_of_28_characters_within_the_margins(printed: Printed) -> None:
    first, second = printed(body("汉" * (26 + 28 * 30)))
    *lines, number = first
    assert len(lines) == 22 and number.text == "—1—"
    assert {len(line.text) for line in lines[1:]} == {28} and len(lines[0].text) == 26
    assert (lines[0].left, lines[1].left) == near(28 + 2 * EM, 28)
    assert (210 - lines[0].right, 210 - lines[-1].right) == near(26, 26)
    pitch = [below.middle - above.middle for above, below in pairwise(lines)]
    assert pitch == pytest.approx([225 / 22] * 21, abs=0.05)
    assert (lines[0].middle - pitch[0] / 2, 297 - lines[-1].middle - pitch[0] / 2) == near(37, 35)
    assert len(second) == 10


def test_page_numbers_stand_at_the_outer_edge_and_not_on_the_cover(printed: Printed) -> None:
    pages = printed(Cover(("报告",), ("某局",)), PageBreak(), body("汉" * 28 * 60))
    assert [line.text for line in pages[0]] == ["报告", "某局"]
    numbers = [page[-1] for page in pages[1:]]
    assert [number.text for number in numbers] == ["—1—", "—2—", "—3—"]
    one = 14 * MM
    assert (210 - numbers[0].right, numbers[1].left, 210 - numbers[2].right) == near(
        26 + one, 28 + one, 26 + one
    )
    assert [number.middle for number in numbers] == pytest.approx([297 - 35 + 7] * 3, abs=0.5)


def test_title_and_addressee_stand_as_in_an_official_letter(printed: Printed) -> None:
    (page,) = printed(
        Title("二〇二三年度某局整体支出绩效自评报告"),
        Addressee("清河县财政局："),
        Heading(1, "一、", "概况"),
        Heading(2, "（一）", "职能"),
        Heading(3, "1.", "主要职能"),
        Heading(4, "（1）", "管理"),
        body("正文。"),
    )
    title, addressee, *headings, _ = page
    assert (title.left + title.right) / 2 == pytest.approx(28 + 78, abs=0.4)
    assert addressee.left == pytest.approx(28, abs=0.3) and addressee.text.endswith("：")
    below = 34 * MM / 2 + 225 / 22 * 1.5  # half the title's own line, one blank line, half of the next
    assert addressee.middle - title.middle == pytest.approx(below, abs=0.4)
    assert [line.text for line in headings] == ["一、概况", "（一）职能", "1.主要职能", "（1）管理", "正文。"]
    assert [line.left for line in headings] == pytest.approx([28 + 2 * EM] * 5, abs=1.5)


def test_faces_and_sizes_follow_the_heading_level() -> None:
    faces = [_HEADINGS.get(level, STYLES["h3"]).face for level in (1, 2, 3, 4)]
    assert faces == ["hei", "kai", "fangsong", "fangsong"]
    assert {STYLES[name].size for name in ("h1", "h2", "h3", "body", "address", "signature")} == {16}
    assert (STYLES["title"].face, STYLES["title"].size) == ("title", 22)
    assert {STYLES[name].indent for name in ("h1", "h2", "h3", "body")} == {2}


def test_annex_list_and_signature_follow_a_blank_line(printed: Printed) -> None:
    (page,) = printed(
        body("正文。"), AnnexList(("基础数据表", "自评表")), Signature("清河县财政局", "2024年3月8日")
    )
    text, first, second, name, date, _ = page
    line = 225 / 22
    assert [first.text, second.text] == ["附件：1.基础数据表", "2.自评表"]
    assert (first.left, second.left) == near(28 + 2 * EM, 28 + 5 * EM)
    assert (first.middle - text.middle) / line == pytest.approx(2, abs=0.05)
    assert 210 - 26 - date.right == pytest.approx(4 * EM, abs=0.4)
    assert (name.left + name.right) / 2 == pytest.approx((date.left + date.right) / 2, abs=0.6)
    assert (date.middle - name.middle) / line == pytest.approx(1, abs=0.05)


@pytest.mark.parametrize("lines", range(13, 23))
@pytest.mark.parametrize("titles", [(), ("基础数据表", "自评表")])
def test_signature_never_stands_on_a_page_alone(
    printed: Printed, lines: int, titles: tuple[str, ...]
) -> None:
    """Of the text, two lines go along; a last paragraph of up to three, whole, with its heading."""
    signature = Signature("清河县财政局", "2024年3月8日")
    long, *rest = printed(body("一" * (28 * lines - 2)), AnnexList(titles), signature)
    said = [line.text for line in (rest[0] if rest else long)]
    assert said[0].startswith("一") and said[1].startswith("一") and "2024年3月8日" in said
    assert sum(line.text.startswith("一") for page in (long, *rest) for line in page) == lines
    short, *rest = printed(
        body("一" * (28 * lines - 2)), Heading(1, "一、", "其他"), body("二。"), AnnexList(titles), signature
    )
    said = [line.text for line in (rest[0] if rest else short)]
    assert "二。" in said and "2024年3月8日" in said and said[said.index("二。") - 1] == "一、其他"


def test_chart_is_set_smaller_where_that_keeps_it_on_the_page(printed: Printed) -> None:
    """It takes eight lines; where seven are left it shrinks, where four are left it begins the next page."""
    rows = tuple(ChartGroup(name, (Decimal(1), Decimal(2), Decimal(3))) for name in "甲乙丙丁")
    chart = ChartBlock("three_public", ChartData("对比图", "万元", ("上年", "预算", "决算"), rows))
    pages = {
        lines: [any("对比图" in line.text for line in page) for page in printed(text_of(lines), chart)]
        for lines in (8, 15, 18)
    }
    assert pages == {8: [True], 15: [True], 18: [False, True]}
    first, *_ = printed(text_of(15), chart)
    assert max(line.bottom for line in first[:-1]) < 297 - 35


def text_of(lines: int) -> Paragraph:
    return body("一" * (28 * lines - 2))


def test_annex_list_longer_than_a_page_is_printed(printed: Printed) -> None:
    pages = printed(body("正文。"), AnnexList(("表",) * 30), Signature("清河县财政局", "2024年3月8日"))
    assert sum(line.text.endswith(".表") for page in pages for line in page) == 30


def form(rows: int) -> TableBlock:
    return TableBlock((1, 2), tuple((Cell("甲"), Cell(str(row))) for row in range(rows)))


def test_annex_begins_a_page_with_its_title_on_the_third_line(printed: Printed) -> None:
    first, second = printed(
        body("正文。"), AnnexMark("附件1", "表"), Title("基础数据表", annex=True), form(3)
    )
    mark, title = second[:2]
    assert first[0].text == "正文。" and second[-1].text == "—2—"
    assert mark.text == "附件1" and mark.left == pytest.approx(28, abs=0.3)
    assert (title.left + title.right) / 2 == pytest.approx(28 + 78, abs=0.4)
    assert (title.middle - mark.middle) / (225 / 22) == pytest.approx(2, abs=0.05)


def test_form_gives_up_its_blank_line_to_fit_one_page(printed: Printed) -> None:
    def pages(rows: int) -> tuple[int, float]:
        found = printed(AnnexMark("附件1", "表"), Title("基础数据表", annex=True), form(rows))
        return len(found), found[0][1].middle - found[0][0].middle

    most = max(rows for rows in range(34, 48) if pages(rows)[0] == 1)
    count, distance = pages(most)
    assert count == 1 and distance < 1.5 * 225 / 22 and pages(most + 1)[1] > 1.9 * 225 / 22


def test_landscape_page_number_stands_as_on_a_portrait_page(printed: Printed, tmp_path: Path) -> None:
    """Head to the left in the binder, on odd and even pages alike: the binding edge of the one, the fore-edge
    of the other. On screen the sheet's upright right edge is below."""
    wide = (Title("表", annex=True), form(2))
    odd, even = printed(AnnexMark("附件1", "甲", True), *wide, AnnexMark("附件2", "乙", True), *wide)
    (one,) = (line for line in odd if line.text.strip("—") == "1" and line.left < 35)
    (two,) = (line for line in even if line.text.strip("—") == "2" and line.left < 35)
    assert ((one.left + one.right) / 2, (two.left + two.right) / 2) == near(35 - 7, 35 - 7)
    assert (210 - one.bottom, two.top) == near(26 + 14 * MM, 28 + 14 * MM)
    mark = odd[0] if odd[0].text == "附件1" else odd[1]
    assert (mark.left, mark.middle) == near(35, 28 + 225 / 44)


HOSTILE = {
    "markup": "<b>粗</b>&amp;&<imgsrc=x></para><font/>%s{0}\\n",
    "line": "a" * 3000,
    "number": "9" * 2000 + "万元",
    "marks": "，" * 200 + "（" * 90 + "。" * 90,
    "combining": "e\u0301汉\u0302字\ufe0f" + "\u0301" * 40,
    "quotes": "“‘”’" * 90,
    "text": "汉" * 20_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_unusual_text_is_printed_literally(name: str, printed: Printed, tmp_path: Path) -> None:
    text = HOSTILE[name]
    pages = printed(Title(text[:60]), Heading(1, "一、", text[:200]), body(text))
    for line in (line for page in pages for line in page):
        assert line.left > 20 and line.right < 210 - 20 and line.bottom < 297 - 20
    fonts = subprocess.run(["pdffonts", tmp_path / "x.pdf"], capture_output=True, check=True).stdout
    assert {row.split()[-5] for row in fonts.decode().splitlines()[2:]} == {"yes"}
    if name in ("markup", "text", "number"):
        said = re.sub(r"—\d+—|\s", "", words(tmp_path / "x.pdf").replace("— ", "—").replace(" —", "—"))
        assert said.endswith(text[-1000:]) or text in said


def test_invisible_characters_take_no_room_and_spaces_stay(printed: Printed) -> None:
    (page,) = printed(
        body("甲\x00\x07\x1b\u200b\u202e\ufeff\xad乙"), body("甲\t乙"), body("甲\u2003乙"), body("甲\u3000乙")
    )
    hidden, *gaps, _ = page
    assert hidden.text == "甲乙" and hidden.right - hidden.left == pytest.approx(2 * EM, abs=0.3)
    for line in gaps:
        assert line.right - line.left == pytest.approx(3 * EM, abs=0.3)


def test_lone_surrogates_and_characters_without_a_font_are_printed(printed: Printed) -> None:
    data, result = pdf_bytes(
        [Title("坏\ud800题"), Heading(1, "一、", "坏\ud800"), body("שלום\uffff𠮷😀")],
        resources=RESOURCES,
        prefer_system_fonts=False,
        title="坏\ud800题",
        author="\ud800",
    )
    assert data.startswith(b"%PDF-") and result.pages == 1
    assert result.missing == ("\ud800", *"שלום", "\uffff", "𠮷", "😀")
