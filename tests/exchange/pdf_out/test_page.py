"""Whole files: pages, numbers, properties, fonts, and what happens when a file cannot be written."""

import re
import zlib
from base64 import a85decode
from typing import Any

import pytest
from reportlab.platypus import Flowable

from desktop.exchange.document.charts import ChartData, ChartGroup, three_public_chart
from desktop.exchange.pdf_out.page import AttachmentMark, Sheet, render_pdf, turn_to
from desktop.exchange.pdf_out.paragraphs import STYLES, Faces, GovParagraph, Style
from desktop.exchange.pdf_out.tables import official_table
from desktop.exchange.typography.fonts import choose_fonts, register
from tests.places import FONTS

BUNDLE = FONTS
TITLE, AUTHOR, SUBJECT = "绩效自评报告", "清河县应急管理局", "整体支出绩效自评"


@pytest.fixture(scope="module")
def faces() -> Faces:
    return Faces(register(choose_fonts(BUNDLE, prefer_system=False)))


def body(count: int, faces: Faces) -> list[Flowable]:
    return [GovParagraph("文" * 100, STYLES["body"], faces) for _ in range(count)]


def render(story: list[Flowable], faces: Faces, first: Sheet = "portrait") -> bytes:
    return render_pdf(story, faces, title=TITLE, author=AUTHOR, subject=SUBJECT, first=first)


def streams(pdf: bytes) -> list[bytes]:
    """The page contents, unpacked."""
    found = re.findall(rb"ASCII85Decode /FlateDecode.*?stream\r?\n(.*?)endstream", pdf, re.DOTALL)
    return [zlib.decompress(a85decode(one.strip().removesuffix(b"~>"))) for one in found]


def sizes(pdf: bytes) -> list[bytes]:
    return re.findall(rb"/MediaBox \[ 0 0 (\d+)", pdf)


def test_same_story_gives_the_same_bytes(faces: Faces) -> None:
    one, two = (render(body(9, faces), faces) for _ in range(2))
    assert one == two and one.startswith(b"%PDF-")


def test_every_font_is_embedded(faces: Faces) -> None:
    data = ChartData("三公", "万元", ("预算",), (ChartGroup("公务接待费", (None,)),))
    story = [*body(1, faces), official_table([["甲", "1"]], [20, 20], faces), three_public_chart(data)]
    pdf = render(story, faces)
    assert b"Helvetica" not in pdf and b"Times" not in pdf
    assert pdf.count(b"/FontFile2") == len(set(re.findall(rb"/FontName /(\S+)", pdf)))


def test_covers_are_not_numbered_and_not_counted(faces: Faces, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[tuple[str, bool]] = []
    monkeypatch.setattr("desktop.exchange.pdf_out.page._draw_number", lambda canvas, doc, left, y: seen.append(
        (f"{doc.page}:{doc.number}", bool(doc.number % 2))))  # fmt: skip
    story = [*body(1, faces), *turn_to("portrait"), *body(1, faces), *turn_to("landscape"), *body(1, faces)]
    pdf = render(story, faces, first="cover")
    assert [shown for shown, _ in seen] == ["2:1", "3:2"]
    assert sizes(pdf) == [b"595", b"595", b"841"]


class Recorder:
    """A canvas that only notes where page numbers go."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, float, float, str]] = []

    def setFont(self, name: str, size: float) -> None:
        assert size == 14

    def drawString(self, x: float, y: float, text: str) -> None:
        self.calls.append(("left", x, y, text))

    def drawRightString(self, x: float, y: float, text: str) -> None:
        self.calls.append(("right", x, y, text))


def test_page_numbers_stand_one_character_in_from_the_outer_edge(faces: Faces) -> None:
    from desktop.exchange.pdf_out import page

    class Document:
        def __init__(self, number: int) -> None:
            self.faces, self.number = faces, number

    recorder = Recorder()
    for number in (1, 2):
        document: Any = Document(number)
        page._number_portrait(recorder, document)
    (odd, right, y, first), (even, left, _, second) = recorder.calls
    assert (odd, first, even, second) == ("right", "— 1 —", "left", "— 2 —")
    assert (right, left) == pytest.approx((page.LEFT + 442.2 - 14, page.LEFT + 14), abs=0.1)
    assert page.BOTTOM - y == pytest.approx(7 * 72 / 25.4 + 5.3, abs=0.1)


def test_heading_stays_with_two_lines_of_what_follows(faces: Faces) -> None:
    """With 21 lines set, a heading goes to the next page; with 19 the paragraph is split below it."""
    for lines, expected in ((20, 2), (19, 1)):
        drawn: list[int] = []

        class Heading(GovParagraph):
            def draw(self) -> None:
                drawn.append(self.canv.getPageNumber())  # noqa: B023
                super().draw()

        story = [GovParagraph("文", Style(indent=0), faces) for _ in range(lines)]
        story += [Heading("一、概况", STYLES["h1"], faces), GovParagraph("文" * 300, STYLES["body"], faces)]
        render(story, faces)
        assert drawn == [expected]


def test_attachments_are_bookmarked(faces: Faces) -> None:
    story = [*body(1, faces), *turn_to("portrait"), AttachmentMark("附件1", faces), *body(1, faces)]
    pdf = render(story, faces)
    assert b"/Outlines" in pdf and b"/Lang (zh-CN)" in pdf


def test_empty_story_is_one_empty_page(faces: Faces) -> None:
    assert len(sizes(render([], faces))) == 1


def test_heading_at_the_end_or_before_a_turned_page_is_set(faces: Faces) -> None:
    heading = GovParagraph("一、概况", STYLES["h1"], faces)
    last = GovParagraph("二、情况", STYLES["h1"], faces)
    assert len(sizes(render([heading, *turn_to("landscape"), last], faces))) == 2


def test_tables_higher_than_a_page_are_set(faces: Faces) -> None:
    table = official_table([["项目", "说明"], ["目标", "工作" * 3000]], [30, 126], faces, header_rows=1)
    caption = GovParagraph("表1　说明", STYLES["caption"], faces)
    assert len(sizes(render([*body(4, faces), caption, table], faces))) > 3


def test_page_contents_are_text_not_pictures(faces: Faces) -> None:
    pdf = render(body(1, faces), faces)
    assert any(b"Tj" in stream for stream in streams(pdf))
