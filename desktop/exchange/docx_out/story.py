"""Turns the blocks of the neutral document into the body of a Word document, in the same order as the PDF."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import ceil
from typing import assert_never

from desktop.domain.outline.outline import DEEPEST
from desktop.domain.text_blocks.picture import Picture
from desktop.exchange.document import blocks as b
from desktop.exchange.document.charts import ChartData
from desktop.exchange.docx_out.chart import Chart
from desktop.exchange.docx_out.footnotes import note_mark
from desktop.exchange.docx_out.page import HEIGHTS, WIDTHS, Sheet, section
from desktop.exchange.docx_out.picture import PlacedPicture
from desktop.exchange.docx_out.styles import LINE, POINTS
from desktop.exchange.docx_out.tables import LOOKS, Look, row_heights, table_xml
from desktop.exchange.docx_out.wordml import Paragraph, drawing, run, twips
from desktop.exchange.typography.line_breaking import break_lines

_COVER_TOP, _COVER_GAP = twips(45), twips(70)
"""Free above the title of a cover, and between it and the lines that are sealed."""
_SEAL = 2 * LINE
"""Room for the seal above 署名."""
_NO_SPACE_BELOW = '<w:spacing w:after="0"/>'
_HIDDEN = "<w:rPr><w:vanish/></w:rPr>"
_SIGN_POINTS = POINTS["SignLine"]
_MOST_PAGES = 3
"""Where a form is longer, smaller type is not worth trying: nobody minds another page."""
_HEAD_OF_FORM, _FOOT_OF_FORM, _NOTE_LINE = 2 * LINE + 200, 2 * 440, 320
"""Twips: mark and title; two lines of signatures with the space above each; a line of the note. As styles.py has
them, near enough to tell how many pages a form takes."""
_MOST_LINES = 4
"""More than that is text, not a title."""
_ROOM = 0.98
"""Of the width: other fonts may be a little wider than is reckoned here."""
_NOTE_EM = 42
"""Characters of 10.5 pt in a line of 156 mm."""


class Story:
    """Collects paragraphs and tables; `body` closes the last section."""

    def __init__(self) -> None:
        self.charts: list[Chart] = []
        self.pictures: list[PlacedPicture] = []
        self.notes: list[str] = []
        self.cover_is_counted = False
        self._parts: list[Paragraph | str] = []
        self._sheet: Sheet = "portrait"
        self._starts_section = self._starts_page = False
        self._numbered = False
        self._look = LOOKS[0]

    def add_all(self, blocks: Sequence[b.Block]) -> None:
        for place, block in enumerate(blocks):
            if isinstance(block, b.AnnexMark | b.Cover | b.PageBreak):
                self._look = LOOKS[0]
            if isinstance(block, b.AnnexMark):
                self._look = _fitting_look(
                    _form(blocks[place:]), "landscape" if block.landscape else "portrait"
                )
            self._add(block)

    def body(self) -> str:
        """The content of w:body."""
        if not self._parts or isinstance(self._parts[-1], str) or self._starts_section:
            self._put(Paragraph("Gap"))
        parts = "".join(part if isinstance(part, str) else part.xml() for part in self._parts)
        return parts + self._section()

    def _add(self, block: b.Block) -> None:
        match block:
            case b.Cover():
                self._cover(block)
            case b.Title(text, annex):
                style = "AnnexTitle" if annex else "Title"
                self._text(style, self._balanced(style, text), "title")
            case b.Addressee(text):
                self._text("Addressee", text, "fangsong")
            case b.Heading(level, number, text):
                level = min(max(level, 1), DEEPEST)
                self._text(f"Heading{level}", number + text, {1: "hei", 2: "kai"}.get(level, "fangsong"))
            case b.Paragraph(runs, note):
                self._paragraph(runs, note)
            case b.TableBlock():
                self._table(block)
            case b.PictureBlock(picture):
                self._picture(picture)
            case b.Caption(text, align, above):
                self._caption(text, align, above)
            case b.ChartBlock(_, data):
                self._chart(data)
            case b.PageBreak():
                self._turn("portrait")
            case b.Turn(landscape):
                self._turn("landscape" if landscape else "portrait")
            case b.AnnexMark(mark, _, landscape):
                self._turn("landscape" if landscape else "portrait")
                self._text("AnnexMark", mark, "hei", "" if self._look.blank else _NO_SPACE_BELOW)
            case b.AnnexList(titles):
                self._annex_list(titles)
            case b.SignLine(parts):
                self._sign_line(parts)
            case b.Signature():
                self._signature(block)
            case _:
                assert_never(block)

    # -- pages -------------------------------------------------------------------------------------------

    def _turn(self, sheet: Sheet) -> None:
        """What comes next begins a page of this kind; a section ends only where the kind changes."""
        if self._parts and sheet == self._sheet != "cover":
            self._starts_page = True
        elif self._parts:
            last = self._parts[-1]
            if isinstance(last, str) or last.section:
                last = Paragraph("Gap")
                self._parts.append(last)
            last.section = self._section()
            self._starts_section = True
        self._sheet = sheet

    def _section(self) -> str:
        """Numbers begin with 1 behind the cover, and go on from section to section.

        The cover in front is an odd page, too: printed on both sides, its back stays blank. As page 0 it would
        make LibreOffice take all odd pages for even ones.
        """
        if self._sheet == "cover":
            self.cover_is_counted = self._numbered
            return section("cover")
        first = None if self._numbered else 1
        self._numbered = True
        return section(self._sheet, first)

    def _put(self, part: Paragraph) -> None:
        part.new_page, self._starts_page, self._starts_section = self._starts_page, False, False
        self._parts.append(part)

    # -- text --------------------------------------------------------------------------------------------

    def _text(self, style: str, text: str, face: str, direct: str = "") -> None:
        self._put(Paragraph(style, run(text, face), direct))

    def _cover(self, cover: b.Cover) -> None:
        self._turn("cover")
        lines = [("CoverTitle", line, "title") for line in cover.title]
        lines += [("CoverLine", line, "fangsong") for line in cover.lines if line]
        for place, (style, line, face) in enumerate(lines):
            before = _COVER_TOP if place == 0 else _COVER_GAP if place == len(cover.title) else 0
            self._text(style, self._balanced(style, line), face, _spaced(before) if before else "")

    def _balanced(self, style: str, text: str) -> str:
        """A line too long for the page as lines of about the same length: none of a single character."""
        room = _ROOM * WIDTHS[self._sheet] / 20 / POINTS[style]
        return "\n".join(part for line in text.split("\n") for part in _even_lines(line, room))

    def _paragraph(self, runs: Iterable[b.Run], note: bool) -> None:
        face = "song" if note else "fangsong"
        pieces = "".join(
            run(piece.text, "kai" if piece.heading else face) + self._note(piece.note) for piece in runs
        )
        self._put(Paragraph("Note" if note else "Normal", pieces))

    def _note(self, words: str) -> str:
        """The mark of a footnote, which is numbered by Word; '' where there is none."""
        if not words:
            return ""
        self.notes.append(words)
        return note_mark(len(self.notes))

    def _caption(self, text: str, align: str, above: bool) -> None:
        if align == "right":
            self._text("TableUnit", text, "fangsong")
            return
        if not above and self._parts and isinstance(self._parts[-1], Paragraph):
            self._parts[-1].keep_with_next = True
        self._text("Caption" if above else "PictureCaption", text, "hei")

    def _annex_list(self, titles: tuple[str, ...]) -> None:
        """One blank line, then the titles below each other; what runs on stands below its own beginning.

        `附件：` takes three characters behind the two of the indent; a character is 320 twips.
        """
        for place, title in enumerate(b.numbered_titles(titles)):
            if place == 0:
                direct = f'{_spaced(LINE)}<w:ind w:leftChars="500" w:left="1600" w:hangingChars="300" w:hanging="960"/>'
            else:
                direct = '<w:ind w:leftChars="500" w:left="1600" w:firstLineChars="0" w:firstLine="0"/>'
            self._text("AnnexList", ("附件：" if place == 0 else "") + title, "fangsong", direct)

    def _signature(self, signature: b.Signature) -> None:
        """Kept together, below the room for a seal, on a page with some of the text."""
        lines = zip((signature.name, signature.date), signature.right_indents(), strict=True)
        given = [(text, indent) for text, indent in lines if text]
        for part in reversed(self._parts if given else ()):
            if isinstance(part, Paragraph):
                part.keep_with_next = True
            if isinstance(part, str) or part.style != "AnnexList":
                break  # the last paragraph of the text
        for place, (text, indent) in enumerate(given):
            chars = f'<w:ind w:rightChars="{round(indent * 100)}" w:right="{round(indent * 320)}"/>'
            direct = (_spaced(_SEAL) if place == 0 else "") + chars
            part = Paragraph(
                "Signature", run(text, "fangsong"), direct, keep_with_next=place + 1 < len(given)
            )
            self._put(part)

    def _sign_line(self, parts: tuple[str, ...]) -> None:
        """With a tab stop for each part, the last at the right edge; on two lines where one is too short."""
        room = WIDTHS[self._sheet] / 20 / _SIGN_POINTS - sum(map(b.width_em, parts))
        gap = room / max(len(parts) - 1, 1)
        if gap < 1 and len(parts) > 2:
            self._sign_line(parts[: len(parts) // 2])
            self._sign_line(parts[len(parts) // 2 :])
            return
        stops, at = "", 0.0
        for part in parts[:-2]:
            at += b.width_em(part) + max(gap, 1)
            stops += f'<w:tab w:val="left" w:pos="{int(at * _SIGN_POINTS * 20)}"/>'
        if len(parts) > 1:
            stops += f'<w:tab w:val="right" w:pos="{WIDTHS[self._sheet]}"/>'
        self._text("SignLine", "\t".join(parts), "song", f"<w:tabs>{stops}</w:tabs>" if stops else "")

    # -- tables and charts -------------------------------------------------------------------------------

    def _table(self, block: b.TableBlock) -> None:
        if block.caption:
            self._text("Caption", block.caption, "hei")
        elif self._starts_page:
            self._put(Paragraph("Gap"))
        if self._parts and isinstance(self._parts[-1], str):
            # Else Word makes one table of two.
            self._put(Paragraph("Gap", direct=_HIDDEN if block.attached else ""))
        look = Look(block.points, block.points * 1.35, 7) if block.points else self._look
        self._parts.append(table_xml(block, WIDTHS[self._sheet], look))
        self._starts_section = False

    def _picture(self, picture: Picture) -> None:
        placed = PlacedPicture(len(self.pictures) + 1, picture)
        self.pictures.append(placed)
        self._put(Paragraph("Chart", drawing(placed.inline(WIDTHS[self._sheet]), "song")))

    def _chart(self, data: ChartData) -> None:
        chart = Chart(len(self.charts) + 1, data)
        self.charts.append(chart)
        self._put(Paragraph("Chart", drawing(chart.inline(WIDTHS[self._sheet]), "song")))


def _even_lines(text: str, room: float) -> list[str]:
    """The text on as few lines as fit `room`, in characters, and these about equally long."""
    lines = break_lines([(text, b.width_em)], room, em=1)
    if not 1 < len(lines) <= _MOST_LINES:
        return [text]
    narrow, wide = b.width_em(text) / len(lines), room
    while wide - narrow > 0.2:  # of a character; finer is not to be seen
        middle = (narrow + wide) / 2
        attempt = break_lines([(text, b.width_em)], middle, em=1)
        if len(attempt) > len(lines):
            narrow = middle
        else:
            lines, wide = attempt, middle
    return [line.text for line in lines]


def _spaced(before: int) -> str:
    return f'<w:spacing w:before="{before}"/>'


def _form(blocks: Sequence[b.Block]) -> list[b.Block]:
    """The annex that begins with the first of these."""
    form = [blocks[0]]
    for block in blocks[1:]:
        if isinstance(block, b.AnnexMark | b.Cover | b.PageBreak):
            break
        form.append(block)
    return form


def _fitting_look(form: Sequence[b.Block], sheet: Sheet) -> Look:
    """The usual type, or smaller if that saves a page, as a clerk would do."""
    needed = [_pages(form, sheet, look) for look in LOOKS]
    return LOOKS[needed.index(min(needed))] if needed[0] <= _MOST_PAGES else LOOKS[0]


def _pages(form: Sequence[b.Block], sheet: Sheet, look: Look) -> int:
    tables = [block for block in form if isinstance(block, b.TableBlock)]
    notes = [block.text for block in form if isinstance(block, b.Paragraph)]
    height = sum(sum(row_heights(table, WIDTHS[sheet], look)) for table in tables)
    height += LINE if look.blank else 0
    height += sum(ceil(b.width_em(note) / _NOTE_EM) * _NOTE_LINE for note in notes)
    return ceil((height + _HEAD_OF_FORM + _FOOT_OF_FORM) / HEIGHTS[sheet])
