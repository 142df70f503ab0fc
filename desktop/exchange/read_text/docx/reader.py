"""The lines of a Word document as it is printed: numbers put in, deleted, struck and hidden text left out."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import accumulate
from xml.etree.ElementTree import Element

from desktop.domain.text_blocks.picture import picture_of
from desktop.errors import UserError
from desktop.exchange.file_kind import Source
from desktop.exchange.html_page import is_note_mark
from desktop.exchange.read_text.docx.numbering import ListNumbers, with_number
from desktop.exchange.read_text.docx.parts import (
    Style,
    WordPackage,
    int_of,
    is_on,
    level_of,
    shading,
    type_set,
)
from desktop.exchange.read_text.docx.unseen import LeftOut, is_hidden, is_struck, is_white
from desktop.exchange.read_text.lines import (
    ANCHOR,
    PICTURE_TEXT,
    SAME_SIDE,
    CellPlace,
    Columns,
    DocumentLine,
    Piece,
    RunType,
    TableCell,
    at_soft_ends,
    line_type,
    shared,
    signs,
    table_lines,
    with_notes,
)
from desktop.exchange.refusals import damaged

_NOT_PRINTED = frozenset(
    {
        *("del", "moveFrom", "delText", "instrText", "delInstrText", "rt", "annotationRef"),
        *(
            "pPr",
            "rPr",
            "tblPr",
            "tblGrid",
            "tblPrEx",
            "trPr",
            "tcPr",
            "sdtPr",
            "sdtEndPr",
            "sectPr",
            "ctrlPr",
        ),
    }
)
"""Elements whose text is no text of the page: deletions that were tracked, codes of fields, pinyin over
characters (rt), and properties. Whatever else is unknown is looked into."""
SIGNS = frozenset({"t", "sym", "noBreakHyphen"})
"""Elements that show signs, other than blanks."""
_SIGNS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_SYMBOLS = {
    ("wingdings", 0xA8): "□",
    ("wingdings", 0x6F): "□",
    ("wingdings", 0xFC): "√",
    ("wingdings", 0xFE): "☑",
    ("wingdings 2", 0x50): "√",
    ("wingdings 2", 0x52): "☑",
    ("wingdings 2", 0xA3): "□",
}
"""The ticks and boxes that forms are filled in with; in these fonts they are letters of other fonts."""


def word_lines(source: Source, traced: bool = False, whole: bool = False) -> list[DocumentLine]:
    """Paragraphs and tables in their order, then the footnotes; of the `whole` report these stand at their words, and
    pictures between paragraphs. UserError where the file is damaged.

    With `traced` each line has its `source`: a piece's place is the number of its element among `SIGNS` of the
    body, None for what stands elsewhere.
    """
    try:
        return _Reading(WordPackage(source), traced, whole).lines()
    except (UserError, ImportError):  # a part of the program that is missing is no damage of the file
        raise
    except Exception as error:  # the zip, the parser or the tree: whatever a damaged part leads to
        raise damaged(source.name) from error


class _Reading:
    """One pass through a document; list numbers and notes are counted on the way."""

    def __init__(self, package: WordPackage, traced: bool, whole: bool) -> None:
        self._package, self._traced, self.whole = package, traced, whole
        self._places = _places(package.body) if traced else {}
        self._numbers = ListNumbers(package.lists)
        self._notes: list[tuple[str, str]] = []
        self._deleted_end: list[Piece] = []
        """Text of paragraphs whose end was deleted: it goes on in the next one."""
        self._shaded = False
        """Whether what is read at present stands on a colour: in a cell of a head, or in a text box."""
        self._left_out = LeftOut()

    def lines(self) -> list[DocumentLine]:
        lines = self._blocks(self._package.body)
        notes = {kind: self._package.notes(kind) for kind in ("footnotes", "endnotes")}
        if self.whole:
            referred = list(self._notes)
            words = (self._note_line(notes[kind].get(note)).text for kind, note in referred)
            lines = [with_notes(line, words) for line in lines]
        else:
            said = dict.fromkeys(self._notes)
            lines += [self._note_line(notes[kind][note]) for kind, note in said if note in notes[kind]]
        told = self._left_out.note
        return [*lines, DocumentLine("", note=told)] if told else lines

    def _note_line(self, note: Element | None) -> DocumentLine:
        inside = self._blocks(note) if note is not None else []
        text = " ".join(line.text.replace(ANCHOR, "").strip() for line in inside)
        return DocumentLine(text.strip(), source=tuple(piece for line in inside for piece in line.source))

    def picture(self, relation: str, millimetres: int) -> DocumentLine:
        """A line of its own; a sentence where it is of a kind that cannot be taken over."""
        taken = picture_of(self._package.media(relation), millimetres)
        lost = "有一张图片没有读入：不是 PNG 或 JPEG，或者太大"
        return DocumentLine(PICTURE_TEXT if taken else "", picture=taken, note="" if taken else lost)

    def _blocks(self, container: Iterable[Element]) -> list[DocumentLine]:
        lines: list[DocumentLine] = []
        for each in container:
            if each.tag == "p":
                lines += self._paragraph(each)
            elif each.tag == "tbl":
                lines += self._table(each)
            elif each.tag == "sdt":
                lines += self._blocks(_controlled(each))
            elif each.tag == "AlternateContent":
                lines += self._blocks(_shown_choice(each))
            elif each.tag not in _NOT_PRINTED:
                lines += self._blocks(each)
        return lines

    def _paragraph(self, paragraph: Element) -> list[DocumentLine]:
        named = paragraph.find("pPr/pStyle")
        style_id = "" if named is None else named.get("val", "")
        style = self._style(style_id)
        if style.contents:
            return []
        runs = _Runs(self, style, style.shaded or shading(paragraph.find("pPr/shd")))
        runs.read(paragraph)
        mark = paragraph.find("pPr/rPr")
        if mark is not None and (mark.find("del") is not None or mark.find("moveFrom") is not None):
            self._deleted_end += runs.pieces
            return runs.boxes
        pieces, self._deleted_end = [*self._deleted_end, *runs.pieces], []
        text = "".join(piece.text for piece in pieces)
        if not text and mark is not None and is_on(mark.find("vanish")):
            return runs.boxes
        number = self._number(paragraph, style_id, style)
        text = with_number(number, text.lstrip("\t"))
        level = level_of(paragraph.find("pPr/outlineLvl"), style.level)
        texts = at_soft_ends(text, level)
        sources = list(shared(texts, [Piece(number), *pieces])) if self._traced else [()] * len(texts)
        side = paragraph.find("pPr/jc")
        centred = style.centred if side is None else side.get("val") == "center"
        set_in = line_type(runs.types, centred)
        if set_in is not None and set_in.lead:
            set_in = set_in._replace(lead=set_in.lead + signs(number))
        return [
            DocumentLine(texts[0], level, source=sources[0], type=set_in),
            *(
                DocumentLine(line.lstrip("\t"), source=source, type=set_in)
                for line, source in zip(texts[1:], sources[1:], strict=True)
            ),
            *runs.boxes,
        ]

    def _number(self, paragraph: Element, style_id: str, style: Style) -> str:
        own_list = paragraph.find("pPr/numPr/numId")
        list_id = style.list_id if own_list is None else own_list.get("val", "")
        own_level = paragraph.find("pPr/numPr/ilvl")
        if own_level is not None and own_level.get("val", "").isdecimal():
            level = int(own_level.get("val", "")[:2])  # levels go from 0 to 8; more digits are damage
        elif own_list is None:
            of_style = self._package.level_of_style(list_id, style_id)
            level = style.list_level if of_style is None else of_style
        else:
            level = 0
        return self._numbers.next(list_id, level)

    def _table(self, table: Element) -> list[DocumentLine]:
        cells: list[TableCell] = []
        above: dict[int, int] = {}  # column -> which of the cells may go on in the row below
        number = 0
        named = table.find("tblPr/tblStyle")
        shaded = named is not None and self._style(named.get("val", "")).shaded
        grid = _GridColumns(table)
        for row in _descendants(table, "tr"):
            marks = row.find("trPr")
            if marks is not None and (marks.find("del") is not None or is_on(marks.find("hidden"))):
                continue
            column = int_of(row.find("trPr/gridBefore"))
            for cell in _descendants(row, "tc"):
                end = column + max(int_of(cell.find("tcPr/gridSpan"), default=1), 1)
                first, wide = grid.covered(column, end)
                if not _merged_away(cell):
                    above[first] = len(cells)
                    inside = self._on(shaded or shading(cell.find("tcPr/shd")), cell)
                    cells.append(TableCell(inside, CellPlace(number, first, 1, wide)))
                elif first in above and cell.find("tcPr/vMerge") is not None:
                    upper = cells[above[first]]
                    high = number - upper.place.row + 1
                    cells[above[first]] = upper._replace(place=upper.place._replace(rows=high))
                column = end
            number += 1
        return table_lines(cells)

    def note(self, kind: str, note_id: str) -> None:
        self._notes.append((kind, note_id))

    def piece(self, text: str, element: Element) -> Piece:
        place, page = self._places.get(id(element), (None, None))
        return Piece(text, page, place)

    def box(self, content: Element) -> list[DocumentLine]:
        before, self._deleted_end = self._deleted_end, []
        lines = self._on(True, content)  # how a drawn box is filled, nobody looks
        self._deleted_end = before
        return [line._replace(type=None) for line in lines]  # no heading of the report stands in a box

    def _on(self, shaded: bool, container: Element) -> list[DocumentLine]:
        before, self._shaded = self._shaded, shaded or self._shaded
        lines = self._blocks(container)
        self._shaded = before
        return lines

    def hides(self, run: Element, of_paragraph: Style, shaded: bool) -> bool:
        named = run.find("rPr/rStyle")
        styles = [of_paragraph] if named is None else [of_paragraph, self._style(named.get("val", ""))]
        if is_hidden(run, styles):
            return True
        left_out = is_struck(run, styles) or is_white(run, shaded or self._shaded)
        if left_out:
            self._left_out.add(run)
        return left_out

    def type_of(self, run: Element, of_paragraph: Style) -> RunType:
        """What a run is set in: by itself, by its style, by that of its paragraph, by the file."""
        properties = run.find("rPr")
        named = None if properties is None else properties.find("rStyle")
        size, bold, font = (None, None, None) if properties is None else type_set(properties)
        usual = self._package.usual_type
        for style in (of_paragraph,) if named is None else (self._style(named.get("val", "")), of_paragraph):
            size = style.size if size is None else size
            bold = style.bold if bold is None else bold
            font = style.font if font is None else font
        return RunType(
            usual.size if size is None else size,
            usual.bold if bold is None else bold,
            usual.font if font is None else font,
        )

    def _style(self, style_id: str) -> Style:
        styles = self._package.styles
        return styles.get(style_id, styles[""])


class _GridColumns:
    """The columns that Word's grid of a table means: rows drawn by hand make columns of a hair's breadth."""

    def __init__(self, table: Element) -> None:
        widths = [int_of(each, "w") for each in table.iterfind("tblGrid/gridCol")]
        self._sides = [0, *accumulate(widths)] if all(widths) else []
        self._columns = Columns(self._sides, SAME_SIDE)

    def covered(self, first: int, end: int) -> tuple[int, int]:
        if end >= len(self._sides):
            return first, end - first
        return self._columns.covered(self._sides[first], self._sides[end])


class _Runs:
    """The text of one paragraph, and the text boxes anchored in it."""

    def __init__(self, reading: _Reading, style: Style, shaded: bool) -> None:
        self._reading = reading
        self._style, self._shaded = style, shaded
        self.pieces: list[Piece] = []
        self.types: list[tuple[str, RunType]] = []
        self.boxes: list[DocumentLine] = []
        """And the pictures, if they are wanted."""
        self._wide = 0
        """Of the picture that is read at present, in millimetres."""
        self._type = RunType()

    def read(self, container: Iterable[Element], hidden: bool | None = None) -> None:
        hidden = self._style.hidden if hidden is None else hidden
        for each in container:
            if each.tag == "t":
                self._add(re.sub(r"[\t\r\n]+", " ", each.text or ""), each, hidden)
            elif each.tag in _SIGNS:
                self._add(_SIGNS[each.tag], each, hidden)
            elif each.tag == "r":
                if not self._marks_a_note(each):
                    self._type = self._reading.type_of(each, self._style)
                    self.read(each, self._reading.hides(each, self._style, self._shaded))
            elif each.tag == "sdt":
                self.read(_controlled(each), hidden)
            elif each.tag == "AlternateContent":
                self.read(_shown_choice(each), hidden)
            elif each.tag == "txbxContent":
                self.boxes += self._reading.box(each)
            elif each.tag in ("footnoteReference", "endnoteReference"):
                self._reading.note(each.tag.removesuffix("Reference") + "s", each.get("id", ""))
                if self._reading.whole:
                    self._add(ANCHOR, each, False)
            elif each.tag == "blip" and self._reading.whole and not hidden:
                self.boxes.append(self._reading.picture(each.get("embed", ""), self._wide))
            elif each.tag in ("inline", "anchor"):
                self._wide = _millimetres(each.find("extent"))
                self.read(each, hidden)
            elif each.tag == "sym":
                self._add(_symbol(each), each, hidden)
            elif each.tag not in _NOT_PRINTED:
                self.read(each, hidden)

    def _marks_a_note(self, run: Element) -> bool:
        raised = run.find("rPr/vertAlign")
        if raised is None or raised.get("val") != "superscript":
            return False
        shown = "".join(each.text or "" for each in run.iterfind("t"))
        return is_note_mark("".join(piece.text for piece in self.pieces[-1:]), shown)

    def _add(self, text: str, element: Element, hidden: bool) -> None:
        if not hidden:
            self.pieces.append(self._reading.piece(text, element))
            self.types.append((text, self._type))


def _millimetres(extent: Element | None) -> int:
    """How wide a drawing is, in the file 36,000 to a millimetre; 0 where that is not said."""
    wide = "" if extent is None else extent.get("cx", "")
    return min(int(wide) // 36_000, 1000) if wide.isdecimal() and len(wide) < 10 else 0


def _places(body: Element) -> dict[int, tuple[int, int | None]]:
    """Of each element that shows signs its number and its page, where Word noted when it last laid them out."""
    places: dict[int, tuple[int, int | None]] = {}
    page = 1 if body.find(".//lastRenderedPageBreak") is not None else None
    for each in body.iter():
        if each.tag in SIGNS:
            places[id(each)] = len(places), page
        elif each.tag == "lastRenderedPageBreak" and page is not None:
            page += 1
    return places


def _descendants(container: Element, tag: str) -> list[Element]:
    """Rows of a table or cells of a row, also those inside content controls and tracked insertions."""
    elements: list[Element] = []
    for each in container:
        if each.tag == tag:
            elements.append(each)
        elif each.tag not in _NOT_PRINTED and each.tag not in ("tr", "tc", "p", "tbl"):
            elements += _descendants(each, tag)
    return elements


def _merged_away(cell: Element) -> bool:
    """The lower or right part of a merged cell, or a cell that was deleted."""
    merges = (cell.find("tcPr/vMerge"), cell.find("tcPr/hMerge"))
    gone = any(merge is not None and merge.get("val", "continue") == "continue" for merge in merges)
    return gone or cell.find("tcPr/cellDel") is not None


def _controlled(control: Element) -> Iterable[Element]:
    """What a content control shows; not its prompt, and not the contents that Word makes out of headings."""
    gallery = control.find("sdtPr/docPartObj/docPartGallery")
    if gallery is not None and gallery.get("val") == "Table of Contents":
        return ()
    prompts = is_on(control.find("sdtPr/showingPlcHdr"))
    return () if prompts else control.iterfind("sdtContent")


def _shown_choice(alternatives: Element) -> Iterable[Element]:
    """One of several ways in which a drawing is kept; all of them hold the same text."""
    choice = alternatives.find("Choice")
    return alternatives.iterfind("Fallback") if choice is None else (choice,)


def _symbol(sign: Element) -> str:
    try:
        code = int(sign.get("char", ""), 16) & 0xFF
    except ValueError:
        return ""
    return _SYMBOLS.get((sign.get("font", "").lower(), code), "")
