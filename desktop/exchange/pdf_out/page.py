"""The pages of a report after GB/T 9704-2012 (docs/domain.md 7), and the writing of the PDF file.

Needs reportlab at import: import this module inside the functions that use it.

A4, margins 37/28/26/35 mm, page number “— 1 —” in 4号宋体 7 mm below the text, one character in from the
right on odd and from the left on even pages; the cover has none and is not counted. Wide tables stand on
landscape pages; those go into the binder turned, head to the left, so their page number stands at the
left edge, where a portrait page has it.
"""

import datetime as dt
import io
from collections.abc import Callable, Sequence
from typing import Any, Literal

from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.units import mm
from reportlab.platypus import (
    BaseDocTemplate,
    CondPageBreak,
    Flowable,
    Frame,
    NextPageTemplate,
    PageBreak,
    PageTemplate,
)

from desktop.exchange.pdf_out.footnotes import NotesFrame, draw_notes
from desktop.exchange.pdf_out.paragraphs import (
    BODY_HEIGHT,
    BODY_WIDTH,
    LEADING,
    Faces,
    GovParagraph,
    Style,
    height_of,
    storable,
)

Sheet = Literal["cover", "portrait", "landscape"]

TOP, LEFT, RIGHT, BOTTOM = 37 * mm, 28 * mm, 26 * mm, 35 * mm
CREATOR = "整体支出绩效自评助手"
_NUMBER_SIZE = 14  # 4号
_NUMBER_DROP = 7 * mm + 0.38 * _NUMBER_SIZE  # the dash, not the baseline, is 7 mm below the text
_MARK = Style("hei", indent=0, align="left", after=LEADING, keep_with_next=True)


class AttachmentMark(GovParagraph):
    """“附件1” in 3号黑体 at the top left; one empty line below it. Starts a bookmark of its own."""

    def __init__(self, text: str, faces: Faces) -> None:
        super().__init__(text, _MARK, faces, outline=0)


def turn_to(sheet: Sheet) -> list[Flowable]:
    """What goes into a story to begin a new page of this kind."""
    return [NextPageTemplate(sheet), PageBreak()]


def render_pdf(
    story: Sequence[Flowable],
    faces: Faces,
    *,
    title: str,
    author: str,
    subject: str,
    first: Sheet = "portrait",
    created: dt.datetime | None = None,
    checkpoint: Callable[[], None] = lambda: None,
) -> bytes:
    """Set the story; without `created`, a time with its zone, the same story gives the same bytes.

    `first` is the kind of the first page.

    `checkpoint` is called after every part of the story and may end the work by raising.
    """
    buffer = io.BytesIO()
    document = GovDocument(
        buffer,
        faces,
        first,
        title=storable(title),
        author=storable(author),
        subject=subject,
        creator=CREATOR,
        lang="zh-CN",
        displayDocTitle=True,
        invariant=1,
        initialFontName=faces.names["song"],
    )
    document.checkpoint, document.created = checkpoint, created
    document.build(list(story) or [GovParagraph("", Style(), faces)])
    return buffer.getvalue()


class GovDocument(BaseDocTemplate):  # type: ignore[misc]
    """The document template with the three kinds of page."""

    def __init__(self, target: Any, faces: Faces, first: Sheet, **properties: Any) -> None:
        super().__init__(target, pagesize=A4, **properties)
        self.faces = faces
        self._covers = 0
        self.checkpoint: Callable[[], None] = lambda: None
        self.created: dt.datetime | None = None
        wide_width, wide_height = landscape(A4)
        tall = NotesFrame(LEFT, BOTTOM, BODY_WIDTH, BODY_HEIGHT, 0, 0, 0, 0, id="tall")
        cover = Frame(LEFT, BOTTOM, BODY_WIDTH, BODY_HEIGHT, 0, 0, 0, 0, id="cover")
        wide = Frame(
            BOTTOM, RIGHT, wide_width - TOP - BOTTOM, wide_height - LEFT - RIGHT, 0, 0, 0, 0, id="wide"
        )
        templates = [
            PageTemplate("cover", [cover], onPage=_count_cover, pagesize=A4),
            PageTemplate("portrait", [tall], _number_portrait, draw_notes, A4),
            PageTemplate("landscape", [wide], onPage=_number_landscape, pagesize=landscape(A4)),
        ]
        self.addPageTemplates(sorted(templates, key=lambda one: one.id != first))

    @property
    def number(self) -> int:
        """The page number shown: covers do not count."""
        return int(self.page) - self._covers

    def beforeDocument(self) -> None:
        """Called by reportlab when there is a canvas: its fixed date gives way to the real one."""
        if self.created is not None:
            stamp, offset = self.canv._doc._timeStamp, self.created.utcoffset() or dt.timedelta()
            stamp.t, stamp.YMDhms = self.created.timestamp(), self.created.timetuple()[:6]
            stamp.dhh, stamp.dmm = divmod(int(offset.total_seconds()) // 60, 60)

    def afterFlowable(self, flowable: Flowable) -> None:
        """Called by reportlab after it has drawn a part of the story."""
        self.checkpoint()

    def handle_keepWithNext(self, flowables: list[Flowable]) -> None:
        """Keep headings with the first lines of what follows; reportlab would move all of that to the
        next page and leave a hole."""
        count = 0
        while count < len(flowables) and flowables[count].getKeepWithNext():
            count += 1
        if not count:
            return
        width, room = self.frame._aW, self.frame._aH
        needed = sum(height_of(one, width, room) for one in flowables[:count])
        if count < len(flowables):
            needed += _least_height(flowables[count], width, room)
        for one in flowables[:count]:
            one.keepWithNext = 0
        flowables.insert(0, CondPageBreak(min(needed, self.frame._height)))


def _least_height(flowable: Flowable, width: float, room: float) -> float:
    """How much of a flowable must fit below its heading; what cannot be split, whole."""
    if isinstance(flowable, NextPageTemplate | PageBreak | CondPageBreak):
        return 0.0
    if hasattr(flowable, "least_height"):
        return float(flowable.least_height(width)) + float(flowable.getSpaceBefore())
    return height_of(flowable, width, room)


def _count_cover(canvas: Any, document: GovDocument) -> None:
    document._covers += 1


def _number_portrait(canvas: Any, document: GovDocument) -> None:
    _draw_number(canvas, document, LEFT, BOTTOM - _NUMBER_DROP)


def _number_landscape(canvas: Any, document: GovDocument) -> None:
    """Turn the sheet as it will lie in the binder, then number it like a portrait one."""
    canvas.saveState()
    canvas.translate(0, A4[0])
    canvas.rotate(-90)
    _draw_number(canvas, document, LEFT, BOTTOM - _NUMBER_DROP)
    canvas.restoreState()


def _draw_number(canvas: Any, document: GovDocument, left: float, y: float) -> None:
    canvas.setFont(document.faces.names["song"], _NUMBER_SIZE)
    text = f"— {document.number} —"
    if document.number % 2:
        canvas.drawRightString(left + BODY_WIDTH - _NUMBER_SIZE, y, text)
    else:
        canvas.drawString(left + _NUMBER_SIZE, y, text)
