"""Paragraphs: the 28 by 22 grid, page breaks inside them, fallback fonts, literal text."""

import pytest

from desktop.exchange.pdf_out.paragraphs import (
    BODY_HEIGHT,
    BODY_WIDTH,
    LEADING,
    STYLES,
    Align,
    Faces,
    GovParagraph,
    LineSetter,
    Style,
    mark_outline,
    set_lines,
)
from desktop.exchange.typography.fonts import choose_fonts, register
from tests.places import FONTS

BUNDLE = FONTS
BODY = STYLES["body"]


@pytest.fixture(scope="module")
def faces() -> Faces:
    return Faces(register(choose_fonts(BUNDLE, prefer_system=False)))


class Pen:
    """Records what a text object was told: (font, space behind each character, text)."""

    def __init__(self) -> None:
        self.font, self.space, self.shown = "", 0.0, list[tuple[str, float, str]]()

    def setFont(self, name: str, size: float) -> None:
        self.font = name

    def setCharSpace(self, space: float) -> None:
        self.space = space

    def textOut(self, text: str) -> None:
        self.shown.append((self.font, self.space, text))


class Canvas:
    """Just enough of a reportlab canvas to see one line drawn."""

    def __init__(self) -> None:
        self.pen, self.x = Pen(), 0.0
        self._code: list[str] = []
        self.entries: list[tuple[str, int]] = []

    def beginText(self, x: float, y: float) -> Pen:
        self.x = x
        return self.pen

    def drawText(self, pen: Pen) -> None:
        assert pen is self.pen

    def bookmarkHorizontal(self, key: str, x: float, y: float) -> None:
        self.key = key

    def addOutlineEntry(self, title: str, key: str, level: int) -> None:
        self.entries.append((title, level))


def drawn(text: str, style: Style, faces: Faces, room: float) -> tuple[Canvas, float]:
    """Draw the first line; the canvas, and where the line ends from the left of its room."""
    canvas = Canvas()
    line = set_lines(text, style, faces, room)[0]
    LineSetter.of(text, style, faces).draw(canvas, line, 0, 0, room)
    end = canvas.x
    for _, space, shown in canvas.pen.shown:
        end += sum(faces.glyphs(style.face)[char][2] * style.size + space for char in shown)
    return canvas, end


def test_page_holds_22_lines_of_28_characters(faces: Faces) -> None:
    lines = set_lines("文" * 100, BODY, faces, BODY_WIDTH)
    assert [len(line.tokens) for line in lines] == [26, 28, 28, 18]
    assert 22 * LEADING <= BODY_HEIGHT < 22 * LEADING + 1


def test_justified_line_ends_at_the_margin(faces: Faces) -> None:
    text = "全年预算数为2,310.45万元，全年执行数为2,216.34万元，预算执行率为95.93%，比上年提高。"
    style = Style(indent=0)
    canvas, end = drawn(text, style, faces, 300)
    assert canvas.x == 0
    assert end - canvas.pen.shown[-1][1] == pytest.approx(300, abs=0.5)


def test_squeezed_line_lets_the_empty_half_of_its_last_mark_hang(faces: Faces) -> None:
    style = Style(indent=0, track=0)
    canvas, end = drawn("一二三四五六，七八", style, faces, 6 * 16 + 8)
    assert canvas.pen.shown == [("Zhuque Fangsong (technical preview)", 0.0, "一二三四五六，")]
    canvas, end = drawn("（一二三四），五六", style, faces, 6.2 * 16)
    assert canvas.x < 0 and end == pytest.approx(6.2 * 16 + 8, abs=0.01)


def test_lines_are_drawn_left_centred_and_right(faces: Faces) -> None:
    places: tuple[tuple[Align, float], ...] = (("left", 0), ("center", 18), ("right", 36))
    for align, x in places:
        canvas, _ = drawn("一二三四", Style(indent=0, track=0, align=align), faces, 100)
        assert canvas.x == pytest.approx(x)


def test_widely_set_line_carries_its_text_for_copying(faces: Faces) -> None:
    canvas, _ = drawn("一二三四五六七八1,234.56万元", Style(indent=0, track=0), faces, 145)
    noted = "\ufeff一二三四五六七八".encode("utf-16-be").hex().upper()
    assert canvas._code == [f"/Span <</ActualText <{noted}>>> BDC", "EMC"]


def test_line_of_few_gaps_is_left_ragged(faces: Faces) -> None:
    canvas, end = drawn("见到abcdefghijklmnopq", Style(indent=0, track=0), faces, 160)
    assert len(canvas.pen.shown) == 1 and end == pytest.approx(32)


def test_each_character_is_drawn_by_a_face_that_has_it(faces: Faces) -> None:
    assert faces.glyphs("fangsong")["文"][0] == "Zhuque Fangsong (technical preview)"
    assert faces.glyphs("fangsong")["㎡"][0] == "GOV Song"
    assert faces.glyphs("hei")["犇"][0] == "GOV Song"
    assert faces.glyphs("kai")["“"] == ("GOV Song", "“", 1.0)
    assert faces.glyphs("fangsong")["3"][0] == "GOV Song"  # its own figures are old-style
    assert faces.glyphs("song")["\U0001f600"] == faces.glyphs("song")["〓"]
    assert faces.glyphs("song")["\u200b"][1:] == ("", 0.0)


def test_ideographic_space_is_one_em_wide(faces: Faces) -> None:
    _, end = drawn("甲　　乙", Style(indent=0, track=0), faces, 100)
    assert end == pytest.approx(64)


def test_cell_is_set_once_for_each_width_and_style(faces: Faces) -> None:
    style = STYLES["cell"]
    narrow = faces.cell_lines("预算执行情况说明", style, 50)
    assert narrow == tuple(set_lines("预算执行情况说明", style, faces, 50)) and len(narrow) == 2
    assert faces.cell_lines("预算执行情况说明", style, 50) is narrow
    assert len(faces.cell_lines("预算执行情况说明", style, 100)) == 1
    assert len(faces.cell_lines("预算执行情况说明", STYLES["title"], 50)) == 4


def test_markup_is_drawn_as_text(faces: Faces) -> None:
    text = "<b>甲</b> & </para> &amp; \\n"
    canvas, _ = drawn(text, Style(indent=0), faces, 400)
    assert "".join(shown for _, _, shown in canvas.pen.shown) == text


def test_titles_have_lines_of_like_length(faces: Faces) -> None:
    lines = set_lines("清河县应急管理局二〇二三年度部门整体支出绩效自评", STYLES["title"], faces, BODY_WIDTH)
    assert [len(line.tokens) for line in lines] == [12, 12]


@pytest.mark.parametrize(
    ("count", "room", "parts"),
    [
        (5, 5, [5]),
        (5, 3, [3, 2]),
        (5, 4, [3, 2]),  # no single line on the next page
        (5, 1, []),  # no single line on this one
        (3, 2, []),
        (4, 2.5, [2, 2]),
        (2, 1, []),
    ],
)
def test_paragraph_splits_with_two_lines_on_either_page(
    faces: Faces, count: int, room: float, parts: list[int]
) -> None:
    paragraph = GovParagraph("文" * (28 * count - 2), BODY, faces)
    assert paragraph.wrap(BODY_WIDTH, 1000)[1] == pytest.approx(count * LEADING)
    pieces = paragraph.split(BODY_WIDTH, room * LEADING)
    assert [round(piece.wrap(BODY_WIDTH, 1000)[1] / LEADING) for piece in pieces] == parts


def test_parts_of_a_split_paragraph_keep_space_and_text(faces: Faces) -> None:
    paragraph = GovParagraph("文" * 200, Style(before=5, after=7), faces)
    first, rest = paragraph.split(BODY_WIDTH, 4 * LEADING)
    assert (first.getSpaceBefore(), first.getSpaceAfter()) == (5, 0)
    assert (rest.getSpaceBefore(), rest.getSpaceAfter()) == (0, 7)
    set_again = "".join(line.text for part in (first, rest) for line in part.lines_for(300))
    assert set_again == "文" * 200


def test_least_height_below_a_heading(faces: Faces) -> None:
    heights = [GovParagraph("文" * n, BODY, faces).least_height(BODY_WIDTH) for n in (5, 80, 300)]
    assert heights == pytest.approx([LEADING, 3 * LEADING, 2 * LEADING])


def test_bookmarks_never_skip_a_level() -> None:
    canvas = Canvas()
    for title, level in (("甲", 2), ("乙", 2), ("丙", 0)):
        mark_outline(canvas, title, level, 10)
    assert canvas.entries == [("甲", 0), ("乙", 1), ("丙", 0)]
