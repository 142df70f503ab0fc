"""Turns the blocks of the neutral document into what reportlab sets on pages.

Needs reportlab at import: import this module inside the functions that use it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from io import BytesIO
from math import inf
from typing import Any

from reportlab.graphics import renderPDF
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.platypus import ActionFlowable, CondPageBreak, Flowable, PageBreak, Spacer

from desktop.domain.text_blocks.picture import Picture
from desktop.exchange.document import blocks as b
from desktop.exchange.document.blocks import picture_size
from desktop.exchange.document.charts import execution_chart, three_public_chart
from desktop.exchange.pdf_out.cell_places import CellPlace
from desktop.exchange.pdf_out.ending import with_ending
from desktop.exchange.pdf_out.footnotes import Note, NotedParagraph
from desktop.exchange.pdf_out.page import LEFT, RIGHT, AttachmentMark, Sheet, turn_to
from desktop.exchange.pdf_out.paragraphs import (
    BODY_HEIGHT,
    BODY_WIDTH,
    LEADING,
    RAISED,
    STYLES,
    Faces,
    GovParagraph,
    Style,
    mark_outline,
    set_lines,
)
from desktop.exchange.pdf_out.tables import Cell, official_table

_BODY_MM = 156.0
_WIDE_MM = 225.0
"""Width of the text on an upright and on a turned page."""
_BOLD = "hei"
"""Chinese type has no bold of its own: 黑体 stands for it."""
_Look = tuple[float, float, float, float]
_LOOKS: tuple[_Look, ...] = (
    (10.0, 13.0, 6.2, LEADING),
    (9.5, 11.9, 5.6, LEADING),
    (9.0, 10.9, 5.0, LEADING),
    (9.0, 10.9, 5.0, 0.0),
)
"""For forms: type size and leading in points, least height of a row in mm, points below 附件1. The usual one
with the title on the third line, as it should be; smaller; and with the title on the second line."""
_MOST_PAGES = 3
"""Where a form is longer, smaller type is not worth trying: nobody minds another page."""
_SMALLEST_CHART = 0.7
"""Of its size: its smallest figures are still those of a footnote."""
_JOINED = "\u2060"
"""WORD JOINER: the mark of a footnote never begins a line."""
_LONGEST_NOTES = 1200
"""Characters of a paragraph's footnotes, half a page of them; longer ones stand in the text."""
_BELOW_TABLE = 8.0
"""Free below a table of the text."""
_TALLEST_PICTURE = 0.8
"""Of a page: a caption must stand below it."""
_INDENT = "  "
"""Two narrow spaces, for the grid indents no cell; a whole character leaves no room for `4、上级转移支付(一个专项一行）` on one line."""
_ANNEX_TITLE = Style("title", 18, 27, 0, "center", 0, after=10, balance=True)
_COVER_TITLE = Style("title", 34, 54, 0, "center", 0, balance=True)
_COVER_LINE = Style("fangsong", 18, 40, 0, "center", 0, balance=True)
_COVER_TOP, _COVER_GAP = 45 * mm, 70 * mm
"""Free above the title of a cover, and between it and the lines that are sealed."""
_SEAL = 2 * LEADING
"""Room for the seal above 署名."""
_SIGN = replace(STYLES["note"], size=9.5, before=6, after=0)
_HEADINGS = {1: STYLES["h1"], 2: STYLES["h2"]}


class LastPage(Flowable):  # type: ignore[misc]
    """Takes no room; put last, it knows how many pages there were."""

    number = 0

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        return 0.0, 0.0

    def draw(self) -> None:
        self.number = int(self.canv.getPageNumber())


class _Bookmark(Flowable):  # type: ignore[misc]
    """An entry in the bookmarks that says more than the text on the page."""

    def __init__(self, title: str, level: int) -> None:
        super().__init__()
        self.title, self.level = title, level
        self.keepWithNext = 1

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        return 0.0, 0.0

    def draw(self) -> None:
        mark_outline(self.canv, self.title, self.level, 0)


class _Picture(Flowable):  # type: ignore[misc]
    """A chart with space around it, set somewhat smaller where that keeps it on the page."""

    def __init__(self, drawing: Any) -> None:
        super().__init__()
        self.drawing = drawing
        self.spaceBefore = self.spaceAfter = 8.0
        self._scale = 1.0

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        fitting = (height - self.spaceAfter - 0.1) / self.drawing.height  # what follows needs some room, too
        self._scale = fitting if _SMALLEST_CHART <= fitting < 1 else 1.0
        return width, self.drawing.height * self._scale

    def least_height(self, width: float) -> float:
        return float(self.drawing.height) * _SMALLEST_CHART

    def draw(self) -> None:
        """Marked as a picture, so that a reader of the text can leave its labels out."""
        self.canv.addLiteral("/Figure BMC")
        self.canv.saveState()
        self.canv.translate(self.drawing.width * (1 - self._scale) / 2, 0)
        self.canv.scale(self._scale, self._scale)
        renderPDF.draw(self.drawing, self.canv, 0, 0)
        self.canv.restoreState()
        self.canv.addLiteral("EMC")


class _TakenPicture(Flowable):  # type: ignore[misc]
    """A picture of the text, centred, as wide as it was or as fits, with some space around it."""

    def __init__(self, picture: Picture, *, with_next: bool) -> None:
        super().__init__()
        self.picture, self.keepWithNext = picture, int(with_next)
        self.spaceBefore = self.spaceAfter = 6.0

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        self.size = picture_size(self.picture, width / mm, BODY_HEIGHT / mm * _TALLEST_PICTURE)
        return width, self.size[1] * mm

    def draw(self) -> None:
        wide, high = (side * mm for side in self.size)
        reader = ImageReader(BytesIO(self.picture.data))
        self.canv.drawImage(reader, (BODY_WIDTH - wide) / 2, 0, wide, high, mask="auto")


class Story:
    """Collects flowables; `first` is the kind of the first page."""

    def __init__(self, faces: Faces) -> None:
        self.faces = faces
        self.flowables: list[Flowable] = []
        self.first: Sheet = "portrait"
        self.places: list[CellPlace] = []
        """Where the facts of its tables stand, once it is drawn."""
        self._wide = False
        self._notes = 0
        self._look = _LOOKS[0]
        self._annex_list_start: int | None = None
        """Where 附件说明 begins."""

    def add_all(self, blocks: Iterable[b.Block]) -> None:
        form: list[b.Block] = []
        for block in blocks:
            if isinstance(block, b.AnnexMark | b.Cover | b.PageBreak):
                self._form(form)
                form = []
            if form or isinstance(block, b.AnnexMark):
                form.append(block)
            else:
                self._add(block)
        self._form(form)

    def _form(self, blocks: Sequence[b.Block]) -> None:
        """An annex in the usual type, or smaller if that saves a page, as a clerk would do."""
        start = len(self.flowables)
        fewest = self._pages(blocks, start, _LOOKS[0])
        best = self.flowables[start:]
        for look in _LOOKS[1:] if fewest <= _MOST_PAGES else ():
            if fewest == 1:
                break
            pages = self._pages(blocks, start, look)
            if pages < fewest:
                best, fewest = self.flowables[start:], pages
        self.flowables[start:] = best
        self._look = _LOOKS[0]

    def _pages(self, blocks: Sequence[b.Block], start: int, look: _Look) -> int:
        """Set the form in this look instead of what stands behind `start`; how many pages it takes."""
        del self.flowables[start:]
        self._look = look
        for block in blocks:
            self._add(block)
        added = [one for one in self.flowables[start:] if not isinstance(one, ActionFlowable | PageBreak)]
        width = (_WIDE_MM if self._wide else _BODY_MM) * mm
        return _count_pages(added, width, (A4[0] - LEFT - RIGHT) if self._wide else BODY_HEIGHT)

    def _add(self, block: b.Block) -> None:
        match block:
            case b.Cover():
                self._cover(block)
            case b.Title(text, annex):
                self._text(text, _ANNEX_TITLE if annex else STYLES["title"], None if annex else 0)
            case b.Addressee(text):
                self._text(text, STYLES["address"])
            case b.Heading(level, number, text):
                self._text(number + text, _HEADINGS.get(level, STYLES["h3"]), level)
            case b.Paragraph(runs, note):
                self._paragraph(runs, note)
            case b.TableBlock():
                self._table(block)
            case b.PictureBlock(picture):
                self.flowables.append(_TakenPicture(picture, with_next=False))
            case b.Caption(text, align, above):
                self._caption(text, align, above)
            case b.ChartBlock(kind, data):
                draw = three_public_chart if kind == "three_public" else execution_chart
                self.flowables.append(_Picture(draw(data, BODY_WIDTH)))
            case b.PageBreak():
                self._turn("portrait")
            case b.Turn(landscape):
                self._turn("landscape" if landscape else "portrait")
            case b.AnnexMark(mark, title, landscape):
                self._annex(mark, title, landscape)
            case b.AnnexList(titles):
                self._annex_list(titles)
            case b.SignLine(parts):
                self._text(self._spread(parts), _SIGN)
            case b.Signature():
                self._signature(block)

    def _text(self, runs: Any, style: Style, outline: int | None = None) -> None:
        self.flowables.append(GovParagraph(runs, style, self.faces, outline))

    def _turn(self, sheet: Sheet) -> None:
        if self.flowables:
            self.flowables += turn_to(sheet)
        else:
            self.first = sheet
        self._wide = sheet == "landscape"

    def _cover(self, cover: b.Cover) -> None:
        self._turn("cover")
        self.flowables.append(Spacer(1, _COVER_TOP))
        for line in cover.title:
            self._text(line, _COVER_TITLE)
        self.flowables.append(Spacer(1, _COVER_GAP))
        for line in filter(None, cover.lines):
            self._text(line, _COVER_LINE)

    def _caption(self, text: str, align: str, above: bool) -> None:
        style = STYLES["table_unit"] if align == "right" else STYLES["caption"]
        if not above and self.flowables:
            self.flowables[-1].keepWithNext = 1
            style = replace(style, before=0, after=6, keep_with_next=False)
        self._text(text, style)

    def _paragraph(self, runs: tuple[b.Run, ...], note: bool) -> None:
        style = STYLES["note"] if note else STYLES["body"]
        notes = sum(len(run.note) for run in runs)
        if notes > _LONGEST_NOTES:
            runs = tuple(b.Run(f"{run.text}（注：{run.note}）" if run.note else run.text) for run in runs)
        elif notes:
            self._noted(runs)
            return
        self._text([(run.text, "kai" if run.heading else style.face) for run in runs], style)

    def _noted(self, runs: tuple[b.Run, ...]) -> None:
        """Footnotes are numbered through the report."""
        given, notes = list[tuple[str, str]](), list[Note]()
        for run in runs:
            given.append((run.text, STYLES["body"].face))
            if run.note:
                self._notes += 1
                mark = str(self._notes)
                given.append((_JOINED + mark, RAISED + STYLES["footnote"].face))
                words = [(mark, RAISED + STYLES["footnote"].face), (f" {run.note}", STYLES["footnote"].face)]
                notes.append(Note(mark, GovParagraph(words, STYLES["footnote"], self.faces)))
        self.flowables.append(NotedParagraph(given, self.faces, notes))

    def _annex(self, mark: str, title: str, landscape: bool) -> None:
        self._turn("landscape" if landscape else "portrait")
        self.flowables.append(_Bookmark(f"{mark}\u3000{title}", 0))
        head = AttachmentMark(mark, self.faces)
        head.outline, head.spaceAfter = None, self._look[3]
        self.flowables.append(head)

    def _annex_list(self, titles: tuple[str, ...]) -> None:
        """One blank line, then the titles below each other behind 附件：."""
        if not titles:
            return
        self._annex_list_start = len(self.flowables)
        self.flowables.append(Spacer(1, LEADING))
        for place, title in enumerate(b.numbered_titles(titles)):
            self._text(("附件：" if place == 0 else "\u3000\u3000\u3000") + title, STYLES["body"])

    def _signature(self, signature: b.Signature) -> None:
        """Kept together, below the room for a seal, on a page with some of the text."""
        style = STYLES["signature"]
        em = style.size + style.track

        def width(text: str) -> float:
            return set_lines(text, replace(style, right_indent=0), self.faces, inf)[0].width / em

        indents = signature.right_indents(width)
        given = [part for part in zip((signature.name, signature.date), indents, strict=True) if part[0]]
        if not given:
            return
        start = len(self.flowables) if self._annex_list_start is None else self._annex_list_start
        room = CondPageBreak(_SEAL + len(given) * LEADING)
        self.flowables.append(Spacer(1, _SEAL))
        for text, indent in given:
            self._text(text, replace(style, right_indent=indent))
        if not with_ending(self.flowables, start, BODY_WIDTH):
            self.flowables.insert(-len(given) - 1, room)

    def _spread(self, parts: tuple[str, ...]) -> str:
        """Parts with equal gaps of whole characters on one line, or on two if they need it."""
        measure = self.faces.measure(_SIGN.face, _SIGN.size)
        room = (_WIDE_MM if self._wide else _BODY_MM) * mm - sum(
            measure(char) for part in parts for char in part
        )
        gap = int(room / _SIGN.size / max(len(parts) - 1, 1))
        if gap < 1 and len(parts) > 2:
            half = len(parts) // 2
            return self._spread(parts[:half]) + "\n" + self._spread(parts[half:])
        return ("\u3000" * max(gap, 1)).join(parts)

    def _table(self, block: b.TableBlock) -> None:
        if block.caption:
            self._text(block.caption, STYLES["caption"])
        size, leading, least, _ = self._look
        if block.points:
            size, leading, least = block.points, block.points * 1.35, 7.0
        style = replace(STYLES["cell"], size=size, leading=leading)
        rows, spans = _laid_out(block)
        scale = (_WIDE_MM if self._wide else _BODY_MM) / sum(block.widths)
        table = official_table(
            rows,
            [width * scale for width in block.widths],
            self.faces,
            spans=spans,
            header_rows=block.header_rows,
            style=style,
            head_style=style,
            least_row_mm=least,
            places=self.places,
        )
        table.spaceAfter = _BELOW_TABLE if block.points else 0.0
        self.flowables.append(table)


def _count_pages(flowables: Sequence[Flowable], width: float, height: float) -> int:
    """How many pages these fill, counted no further than one too many."""
    waiting, pages, room = list(flowables), 1, height
    while waiting and pages <= _MOST_PAGES:
        one = waiting.pop(0)
        needed = one.wrap(width, room)[1] + one.getSpaceBefore() + one.getSpaceAfter()
        if needed <= room:
            room -= needed
            continue
        parts = one.split(width, room)
        if len(parts) > 1 or room < height:
            waiting[:0] = parts[1:] if len(parts) > 1 else [one]
        pages, room = pages + 1, height
    return pages


def _laid_out(block: b.TableBlock) -> tuple[list[list[Cell]], list[tuple[int, int, int, int]]]:
    """The full grid with blanks where cells are covered, and the merged areas."""
    rows = [[Cell()] * len(block.widths) for _ in block.rows]
    spans = []
    for row, column, cell in b.cells_in_place(block):
        text, face = _INDENT * cell.indent + cell.text, _BOLD if cell.bold else None
        rows[row][column] = Cell(text, cell.align, face, key=cell.key)
        if cell.rows > 1 or cell.cols > 1:
            spans.append((row, column, row + cell.rows - 1, column + cell.cols - 1))
    return rows, spans
