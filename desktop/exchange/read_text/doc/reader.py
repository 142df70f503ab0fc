"""The lines of a Word 97-2003 document (.doc, .wps) as it is printed, read without Word."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import takewhile
from typing import NamedTuple

from desktop.errors import UserError
from desktop.exchange.file_kind import Source
from desktop.exchange.read_text.doc.binary import ROW_DEFINITION, DocFile, cannot_read
from desktop.exchange.read_text.doc.pictures import SIGN, picture_at
from desktop.exchange.read_text.doc.styles import (
    LIST_LEVEL,
    DocStyle,
    is_centred,
    list_id,
    outline_level,
    read_lists,
    read_styles,
    run_type,
)
from desktop.exchange.read_text.docx.numbering import ListNumbers, with_number
from desktop.exchange.read_text.lines import (
    ANCHOR,
    PICTURE_TEXT,
    SAME_SIDE,
    CellPlace,
    Columns,
    DocumentLine,
    LineType,
    RunType,
    TableCell,
    at_soft_ends,
    line_type,
    signs,
    table_lines,
    with_notes,
)

_IN_TABLE, _ROW_END, _DEPTH, _INNER_CELL, _INNER_ROW_END = 0x2416, 0x2417, 0x6649, 0x244B, 0x244C
"""What a paragraph says of tables: sprmPFInTable, sprmPFTtp, sprmPItap, sprmPFInnerTableCell, sprmPFInnerTtp."""
_CELL = "\x07"
"""Ends a cell, and the row after its last cell; inner tables have ordinary paragraph marks instead."""
_ANY_WIDTH = 2 * SAME_SIDE
"""Twips: of the cells of a row that does not say how wide they are."""
_DEEPEST = 16
"""Tables inside one another; a damaged depth must not open millions."""
_FLOATING = "\x08"
"""Stands in the text where a drawn object is anchored: a text box, a picture that floats over the text."""
_FIELD = re.compile("[\x13\x14\x15]")
"""Begin of a field, of its result, and its end: `\\x13 PAGE \\x14 3 \\x15`."""
_MOST_FIELDS_OPEN = 20
"""Fields inside one another; in a damaged file beginnings without ends would add up."""
_PRINTED_AS = {
    **dict.fromkeys(range(0x20)),  # pictures, anchors, marks of notes and comments
    **{0x02: ANCHOR, 0x09: "\t", 0x0B: "\n", 0x0E: "\n", 0x1E: "-"},
}
"""Tab, line end, column end, hyphen that does not break."""
_PLAIN = DocStyle()
_HIDDEN_CHARACTER = "\0"
"""Stands in for text that is not printed, so that places in the text stay; it is dropped with the other signs."""


def doc_lines(source: Source, whole: bool = False) -> list[DocumentLine]:
    """Paragraphs and tables in their order, then text boxes and notes, which stand at their words if the report is to
    be `whole`. UserError where it cannot be read."""
    try:
        return _Reading(DocFile(source), whole).lines()
    except (UserError, ImportError):  # a part of the program that is missing is no damage of the file
        raise
    except Exception as error:  # whatever a damaged offset leads to
        raise cannot_read(source.name, "已损坏，或是不常见的版本") from error


class _Cell(NamedTuple):
    """A cell between its two sides, in twips from the table's own; `merged`: a part of the one above or beside it."""

    lines: list[DocumentLine]
    left: int
    right: int
    merged: bool


@dataclass
class _Table:
    """A table while it is read."""

    rows: list[list[_Cell]] = field(default_factory=list)
    cells: list[list[DocumentLine]] = field(default_factory=list)
    cell: list[DocumentLine] = field(default_factory=list)

    def end_cell(self) -> None:
        self.cells.append(self.cell)
        self.cell = []

    def end_row(self, definition: bytes) -> None:
        sides = _sides(definition, len(self.cells))
        self.rows.append(
            [
                _Cell(lines, sides[number], sides[number + 1], _merged_away(definition, number))
                for number, lines in enumerate(self.cells)
            ]
        )
        self.cells, self.cell = [], []

    def lines(self) -> list[DocumentLine]:
        if self.cell:
            self.end_cell()
        if self.cells:
            self.end_row(b"")
        return table_lines(self._placed())

    def _placed(self) -> Iterator[TableCell]:
        sides = (side for row in self.rows for cell in row for side in (cell.left, cell.right))
        columns = Columns(sides, SAME_SIDE)
        for number, row in enumerate(self.rows):
            for cell in row:
                if not cell.merged:
                    first, wide = columns.covered(cell.left, cell.right)
                    high = self._rows_below(number, cell) + 1
                    yield TableCell(cell.lines, CellPlace(number, first, high, wide))

    def _rows_below(self, number: int, cell: _Cell) -> int:
        """Rows into which a cell reaches down: those with a merged cell at its place."""
        same = (
            any(c.merged and abs(c.left - cell.left) <= SAME_SIDE for c in row)
            for row in self.rows[number + 1 :]
        )
        return sum(1 for _ in takewhile(bool, same))


def _sides(definition: bytes, cells: int) -> list[int]:
    """Where the cells of a row begin and the last one ends; one after the other where the row does not say."""
    count = definition[0] if definition else 0
    told = [
        int.from_bytes(definition[1 + 2 * n : 3 + 2 * n], "little", signed=True) for n in range(count + 1)
    ]
    return (
        told
        if count >= cells and len(definition) > 2 * count + 2
        else [n * _ANY_WIDTH for n in range(cells + 1)]
    )


class _Reading:
    """One pass through a document; list numbers are counted on the way."""

    def __init__(self, document: DocFile, whole: bool) -> None:
        self._document, self._whole = document, whole
        self._styles = read_styles(document)
        self._numbers = ListNumbers(read_lists(document))
        self._text = _visible_text(document)
        self._run_types: dict[tuple[int, int], RunType] = {}

    def lines(self) -> list[DocumentLine]:
        start, end = self._document.story("body")
        boxes = sorted(self._document.boxes())
        lines = self._stretch(start, end, boxes)
        floating = self._text.count(_FLOATING, start, end) - len(boxes)
        if self._whole and floating > 0:
            lines.append(
                DocumentLine(
                    "", note=f"有{floating}个浮动的图形没有读入，请核对；需要的图可另存为 .docx 再导入"
                )
            )
        names = ("footnotes", "endnotes")
        of_kind = {name: self._set_apart(*self._document.story(name)) for name in names}
        notes = [line for name in names for line in of_kind[name]]
        placed = [
            each
            for name in names
            for each in zip(self._document.note_marks(name), _notes_in(of_kind[name]), strict=False)
        ]
        words = [
            said for _, said in sorted(placed)
        ]  # footnotes and endnotes, as their marks follow each other
        # Where marks and notes are not as many, nobody knows which belongs where.
        if self._whole and sum(line.text.count(ANCHOR) for line in lines) == len(words):
            said = iter(words)
            return [with_notes(line, said) for line in lines]
        return [_bare(line) for line in (*lines, *notes)]

    def _set_apart(self, at: int, end: int) -> list[DocumentLine]:
        """Lines of a text box or of notes, among which no heading of the report stands."""
        return [line._replace(type=None) for line in self._stretch(at, end) if line.text.strip()]

    def _stretch(self, at: int, end: int, boxes: Sequence[tuple[int, int, int]] = ()) -> list[DocumentLine]:
        """A stretch of the text, with each text box below the paragraph where it is anchored."""
        body: list[DocumentLine] = []
        tables: list[_Table] = []
        told = 0
        for mark in re.compile("[\r\x07\x0c]").finditer(self._text, at, end):
            self._place(at, mark.start(), body, tables)
            at = mark.end()
            while not tables and told < len(boxes) and boxes[told][0] < at:
                body += self._set_apart(*boxes[told][1:])
                told += 1
        _close(tables, 0, body)
        rest = _printed(self._text[at:end])
        body += [DocumentLine(rest)] if rest.strip() else []
        return body + [line for _, start, stop in boxes[told:] for line in self._set_apart(start, stop)]

    def _place(self, start: int, at: int, body: list[DocumentLine], tables: list[_Table]) -> None:
        """Put a paragraph where it belongs: into the body or into the innermost table that is open."""
        text = self._text[start:at]
        style_number, settings = self._document.paragraph(at)
        ends_cell = self._text[at] == _CELL
        depth = int.from_bytes(settings.get(_DEPTH, b""), "little", signed=True)
        depth = min(max(depth, 1), _DEEPEST) if ends_cell or settings.get(_IN_TABLE, b"\0")[0] else 0
        _close(tables, depth, body)
        tables += (_Table() for _ in range(depth - len(tables)))
        if depth and any(settings.get(code, b"\0")[0] for code in (_ROW_END, _INNER_ROW_END)):
            tables[-1].end_row(settings.get(ROW_DEFINITION, b""))
            return
        style = self._styles[style_number] if style_number < len(self._styles) else _PLAIN
        if not style.contents:
            whole = {**style.properties, **settings}
            level = int.from_bytes(whole.get(LIST_LEVEL, b""), "little")
            number = self._numbers.next(list_id(whole), level)
            shown = with_number(number, _printed(text).lstrip("\t"))
            set_in = None if depth else self._type(start, at, style, is_centred(whole), number)
            lines = _split(shown, outline_level(settings, style.level), set_in)
            (tables[-1].cell if depth else body).extend(lines)
            if self._whole and not depth and SIGN in text:
                body += self._pictures(start, at)
        if depth and (ends_cell or settings.get(_INNER_CELL, b"\0")[0]):
            tables[-1].end_cell()

    def _pictures(self, start: int, end: int) -> Iterator[DocumentLine]:
        for at, until, settings in self._document.runs(start, end):
            if SIGN in self._text[at:until] and (picture := picture_at(self._document.data, settings)):
                yield DocumentLine(PICTURE_TEXT, picture=picture)

    def _type(self, start: int, end: int, style: DocStyle, centred: bool, number: str) -> LineType | None:
        stretches = (
            (_printed(self._text[at:until]), self._run_type(style, settings))
            for at, until, settings in self._document.runs(start, end)
        )
        set_in = line_type(stretches, centred)
        led = set_in is not None and set_in.lead
        return set_in._replace(lead=set_in.lead + signs(number)) if set_in is not None and led else set_in

    def _run_type(self, style: DocStyle, settings: dict[int, bytes]) -> RunType:
        """Runs that set the same share their settings: each is looked at once."""
        known = id(style), id(settings)
        if known not in self._run_types:
            self._run_types[known] = run_type(self._styles, style, settings)
        return self._run_types[known]


def _notes_in(lines: Iterable[DocumentLine]) -> list[str]:
    """The words of each note; it begins with its mark, and may have several paragraphs."""
    told = "\n".join(line.text for line in lines).split(ANCHOR)[1:]
    return [" ".join(words.split()) for words in told]


def _bare(line: DocumentLine) -> DocumentLine:
    return line._replace(text=line.text.replace(ANCHOR, "")) if ANCHOR in line.text else line


def _printed(text: str) -> str:
    """Signs as they are printed, and rare characters put together that the text keeps as two halves."""
    return text.translate(_PRINTED_AS).encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _split(text: str, level: int, set_in: LineType | None) -> list[DocumentLine]:
    """A paragraph at its soft line ends; what comes after the first is no heading."""
    parts = at_soft_ends(text, level)
    rest = (DocumentLine(part.lstrip("\t"), type=set_in) for part in parts[1:])
    return [DocumentLine(parts[0], level, type=set_in), *rest]


def _close(tables: list[_Table], depth: int, body: list[DocumentLine]) -> None:
    """End the tables deeper than `depth`; each becomes part of the cell around it."""
    while len(tables) > depth:
        lines = tables.pop().lines()
        (tables[-1].cell if tables else body).extend(lines)


def _merged_away(definition: bytes, number: int) -> bool:
    """Whether a cell is the lower or right part of a merged one, by the definition of its row."""
    count = definition[0] if definition else 0
    # Behind the places of the cells' edges, 20 bytes (TC80) for each cell.
    at = 1 + 2 * (count + 1) + 20 * number
    if number >= count or at >= len(definition):
        return False
    # horzMerge, vertMerge: merged into another.
    return definition[at] & 0x3 == 1 or definition[at] & 0x60 == 0x20


def _visible_text(document: DocFile) -> str:
    """The text at its places, with nothing where a field's code, deleted or hidden text stands."""
    text = document.text
    hidden = bytearray(len(text))
    for start, end in document.hidden_stretches():
        hidden[start:end] = b"\1" * (end - start)
    for start, end in _field_codes(text):
        hidden[start:end] = b"\1" * (end - start)
    if 1 not in hidden:
        return text
    return "".join(
        _HIDDEN_CHARACTER if gone and char != _CELL else char for char, gone in zip(text, hidden, strict=True)
    )


def _field_codes(text: str) -> list[tuple[int, int]]:
    """From where to where nothing of a field is printed; of a table of contents, all of it."""
    codes: list[tuple[int, int]] = []
    opened: list[list[int]] = []
    for mark in _FIELD.finditer(text):
        if mark[0] == "\x13":
            opened = [*opened[-_MOST_FIELDS_OPEN:], [mark.start()]]
        elif mark[0] == "\x14" and opened:
            opened[-1].append(mark.start())
        elif mark[0] == "\x15" and opened:
            start, *middle = opened.pop()
            is_contents = text[start + 1 : start + 12].split()[:1] == ["TOC"]
            codes.append((start, middle[0] if middle and not is_contents else mark.end()))
    return codes
