"""A PDF given back with its words marked and a note at each: what was there stays, the marks are added behind it."""

from __future__ import annotations

import io
import logging
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from desktop.audit.finding import CHECK, REFERENCE, Span
from desktop.exchange.document.blocks import width_em
from desktop.exchange.file_kind import Source
from desktop.exchange.marked_copy.notes import AUTHOR, COLOURS, Note
from desktop.exchange.marked_copy.places import Part, Places
from desktop.exchange.read_text.lines import DocumentLine
from desktop.exchange.read_text.pdf.matrices import unturned
from desktop.exchange.read_text.pdf.page import Run

if TYPE_CHECKING:
    from pypdf import PdfWriter

_BELOW, _ABOVE = 0.22, 0.88
"""Of the type's size: how far a mark reaches below and above the line that the words stand on."""
_SAME_LINE = 1.0
"""Points: marks that miss each other by no more are one."""
_NEAR = 6.0
"""Points: half a character of the body's type, as lines that were drawn out have between two words."""
_NOTE_SIZE = 20.0
_NOTE_CORNER = 24.0
"""Points from the page's left and upper edge: where what has no place in the text is told."""
_PRINTED = 4
"""The flag of an annotation that is printed with its page."""


class Box(NamedTuple):
    """A stretch of a line on its page, in the page's own measure."""

    left: float
    low: float
    right: float
    high: float


def with_marks(source: Source, lines: Sequence[DocumentLine], notes: Sequence[Note]) -> bytes | None:
    """The file with a mark and a note for each; None where nothing may be or can be added to it."""
    from pypdf import PdfReader, PdfWriter

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what it mends by itself is nobody's concern
    try:
        if PdfReader(io.BytesIO(source.data)).is_encrypted:
            return None
        writer = PdfWriter(io.BytesIO(source.data), incremental=True)
        _mark_all(writer, lines, notes)
        stream = io.BytesIO()
        writer.write(stream)
    except ImportError:
        raise
    except Exception:  # whatever a file that is read only after some mending leads to
        logging.getLogger(__name__).info("no marks could be put into a PDF", exc_info=True)
        return None
    return stream.getvalue()


def _mark_all(writer: PdfWriter, lines: Sequence[DocumentLine], notes: Sequence[Note]) -> None:
    places = Places(lines, (span for note in notes for span in note.spans))
    further: dict[tuple[str, Span], list[str]] = defaultdict(list)
    for span, level, said in (each for note in notes for each in note.further()):
        further[level, span].append(said)
    # First what is referred to, so that what is wrong lies above it.
    for (level, span), told in sorted(further.items(), key=lambda each: each[0][0] != REFERENCE):
        for page, boxes in _boxes(writer, places.parts(span)).items():
            _add_mark(writer, page, boxes, level, "\n\n".join(told))
    nowhere = list[Note]()
    for note in notes:
        marked = _boxes(writer, [part for span in note.spans[:1] for part in places.parts(span)])
        for page, boxes in marked.items():
            _add_mark(writer, page, boxes, note.level, "\n".join(note.paragraphs()))
        if not marked:
            nowhere.append(note)
    if nowhere:
        _add_note(writer, "\n\n".join("\n".join(note.paragraphs()) for note in nowhere))


def _boxes(writer: PdfWriter, parts: Sequence[Part]) -> dict[int, list[Box]]:
    """By page, from 0; parts that touch on one line are one box."""
    pages: dict[int, list[Box]] = defaultdict(list)
    for part in parts:
        if isinstance(part.piece.place, Run) and part.piece.page is not None:
            page = part.piece.page - 1
            turn = int(writer.pages[page].get("/Rotate", 0) or 0)
            _join(pages[page], _box(part, turn))
    return pages


def _join(boxes: list[Box], box: Box) -> None:
    last = boxes[-1] if boxes else None
    if (
        last
        and abs(last.low - box.low) <= _SAME_LINE
        and box.right >= last.left
        and abs(box.left - last.right) <= _NEAR
    ):
        boxes[-1] = Box(last.left, min(last.low, box.low), box.right, max(last.high, box.high))
    else:
        boxes.append(box)


def _box(part: Part, turn: int) -> Box:
    """Signs take what is their share of the run: fonts of a PDF tell no more of it than its width."""
    run = part.piece.place
    at = 0.0
    seen = list[tuple[float, float]]()
    for char in run.text:
        before, at = at, at + width_em(char)
        if not char.isspace():
            seen.append((before, at))
    whole = (run.right - run.x) / (at or 1)
    left, right = run.x + seen[part.first][0] * whole, run.x + seen[part.last][1] * whole
    low, high = run.y - _BELOW * run.size, run.y + _ABOVE * run.size
    corners = [unturned(x, y, turn) for x, y in ((left, low), (right, high))]
    (x, y), (to_x, to_y) = corners
    return Box(min(x, to_x), min(y, to_y), max(x, to_x), max(y, to_y))


# -- annotations ------------------------------------------------------------------------------------------


def _add_mark(writer: PdfWriter, page: int, boxes: Sequence[Box], level: str, words: str) -> None:
    from pypdf.generic import ArrayObject, DictionaryObject, FloatObject, NameObject

    colour = COLOURS[level]
    around = Box(
        min(b.left for b in boxes),
        min(b.low for b in boxes),
        max(b.right for b in boxes),
        max(b.high for b in boxes),
    )
    corners = [number for box in boxes for number in _corners(box)]
    looks = writer._add_object(_appearance(boxes, around, colour))
    mark = _annotation("/Highlight", around, words, colour)
    mark[NameObject("/QuadPoints")] = ArrayObject(map(FloatObject, corners))
    mark[NameObject("/AP")] = DictionaryObject({NameObject("/N"): looks})
    writer.add_annotation(page, mark)


def _corners(box: Box) -> Iterator[float]:
    """Upper left, upper right, lower left, lower right: as programs expect it, not as the standard says."""
    yield from (box.left, box.high, box.right, box.high, box.left, box.low, box.right, box.low)


def _appearance(boxes: Sequence[Box], around: Box, colour: tuple[float, float, float]) -> Any:
    """Coloured like a marker's ink, so that the words shine through in every program and on paper."""
    from pypdf.generic import ArrayObject, DecodedStreamObject, DictionaryObject, FloatObject, NameObject

    name = NameObject
    ink = DictionaryObject({name("/Type"): name("/ExtGState"), name("/BM"): name("/Multiply")})
    states = DictionaryObject({name("/G"): ink})
    form = DecodedStreamObject()
    form.update(
        {
            name("/Type"): name("/XObject"),
            name("/Subtype"): name("/Form"),
            name("/BBox"): ArrayObject(map(FloatObject, around)),
            name("/Resources"): DictionaryObject({name("/ExtGState"): states}),
            name("/Group"): DictionaryObject({name("/S"): name("/Transparency")}),
        }
    )
    red, green, blue = colour
    drawn = "".join(
        f"{b.left:.2f} {b.low:.2f} {b.right - b.left:.2f} {b.high - b.low:.2f} re f\n" for b in boxes
    )
    form.set_data(f"/G gs {red} {green} {blue} rg\n{drawn}".encode())
    return form


def _add_note(writer: PdfWriter, words: str) -> None:
    """A leaf at the first page's corner."""
    from pypdf.generic import NameObject

    paper = writer.pages[0].mediabox
    left, high = float(paper.left) + _NOTE_CORNER, float(paper.top) - _NOTE_CORNER
    note = _annotation("/Text", Box(left, high - _NOTE_SIZE, left + _NOTE_SIZE, high), words, COLOURS[CHECK])
    note[NameObject("/Name")] = NameObject("/Comment")
    writer.add_annotation(0, note)


def _annotation(kind: str, box: Box, words: str, colour: tuple[float, float, float]) -> Any:
    from pypdf.generic import (
        ArrayObject,
        DictionaryObject,
        FloatObject,
        NameObject,
        NumberObject,
        TextStringObject,
    )

    name = NameObject
    return DictionaryObject(
        {
            name("/Type"): name("/Annot"),
            name("/Subtype"): name(kind),
            name("/Rect"): ArrayObject(map(FloatObject, box)),
            name("/Contents"): TextStringObject(words),
            name("/T"): TextStringObject(AUTHOR),
            name("/C"): ArrayObject(map(FloatObject, colour)),
            name("/F"): NumberObject(_PRINTED),
        }
    )
