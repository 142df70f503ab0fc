"""The lines of a Word 97-2003 document (.doc, .wps) as it is printed, read without Word."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from desktop.errors import UserError
from desktop.exchange.file_kind import Source
from desktop.exchange.read_text.doc.binary import DocFile, cannot_read
from desktop.exchange.read_text.doc.styles import (
    LIST_LEVEL,
    DocStyle,
    list_id,
    outline_level,
    read_lists,
    read_styles,
)
from desktop.exchange.read_text.docx.numbering import ListNumbers, with_number
from desktop.exchange.read_text.lines import Cell, DocumentLine, table_lines

_IN_TABLE, _ROW_END, _DEPTH, _INNER_CELL, _INNER_ROW_END = 0x2416, 0x2417, 0x6649, 0x244B, 0x244C
_ROW_PLAN = 0xD608
_CELL = "\x07"
_DEEPEST = 16
_FIELD = re.compile("[\x13\x14\x15]")
_MOST_FIELDS_OPEN = 20
_SHOWN_AS = {
    **dict.fromkeys(range(0x20)),  # pictures, anchors, marks of notes and comments
    **{0x09: "\t", 0x0B: "\n", 0x0E: "\n", 0x1E: "-"},
}
_NOWHERE = "\0"


def doc_lines(source: Source) -> list[DocumentLine]:
    """Paragraphs and tables in their order, then text boxes and notes. UserError where it cannot be read."""
    try:
        return _Reading(DocFile(source)).lines()
    except UserError:
        raise
    except Exception as error:  # whatever a damaged offset leads to
        raise cannot_read(source.name, "已损坏，或是不常见的版本") from error


@dataclass
class _Table:
    """A table while it is read."""

    rows: list[list[Cell]] = field(default_factory=list)
    cells: list[Cell] = field(default_factory=list)
    cell: Cell = field(default_factory=list)

    def end_cell(self) -> None:
        self.cells.append(self.cell)
        self.cell = []

    def end_row(self, plan: bytes) -> None:
        self.rows.append([cell for n, cell in enumerate(self.cells) if not _merged_away(plan, n)])
        self.cells, self.cell = [], []

    def lines(self) -> list[DocumentLine]:
        rest = [*self.cells, self.cell] if self.cell else self.cells
        return table_lines([*self.rows, rest] if rest else self.rows)


class _Reading:
    """One pass through a document; list numbers are counted on the way."""

    def __init__(self, document: DocFile) -> None:
        self._document = document
        self._styles = read_styles(document)
        self._numbers = ListNumbers(read_lists(document))
        self._text = _visible(document)

    def lines(self) -> list[DocumentLine]:
        found = self._story("body")
        for name in ("boxes", "footnotes", "endnotes"):
            found += (line for line in self._story(name) if line.text.strip())
        return found

    def _story(self, name: str) -> list[DocumentLine]:
        at, end = self._document.story(name)
        found: list[DocumentLine] = []
        tables: list[_Table] = []
        for mark in re.compile("[\r\x07\x0c]").finditer(self._text, at, end):
            self._place(self._text[at : mark.start()], mark.start(), found, tables)
            at = mark.end()
        _close(tables, 0, found)
        rest = _shown(self._text[at:end])
        return [*found, DocumentLine(rest)] if rest.strip() else found

    def _place(self, text: str, at: int, found: list[DocumentLine], tables: list[_Table]) -> None:
        """Put a paragraph where it belongs: into the body or into the innermost table that is open."""
        style_number, said = self._document.paragraph(at)
        ends_cell = self._text[at] == _CELL
        depth = int.from_bytes(said.get(_DEPTH, b""), "little", signed=True)
        depth = min(max(depth, 1), _DEEPEST) if ends_cell or said.get(_IN_TABLE, b"\0")[0] else 0
        _close(tables, depth, found)
        tables += (_Table() for _ in range(depth - len(tables)))
        if depth and any(said.get(code, b"\0")[0] for code in (_ROW_END, _INNER_ROW_END)):
            tables[-1].end_row(said.get(_ROW_PLAN, b""))
            return
        style = self._styles[style_number] if style_number < len(self._styles) else DocStyle()
        if not style.contents:
            whole = {**style.properties, **said}
            level = int.from_bytes(whole.get(LIST_LEVEL, b""), "little")
            shown = with_number(self._numbers.next(list_id(whole), level), _shown(text).lstrip("\t"))
            lines = _split(shown, outline_level(said, style.level))
            (tables[-1].cell if depth else found).extend(lines)
        if depth and (ends_cell or said.get(_INNER_CELL, b"\0")[0]):
            tables[-1].end_cell()


def _shown(text: str) -> str:
    """Signs as they are printed, and rare characters put together that the text keeps as two halves."""
    return text.translate(_SHOWN_AS).encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _split(text: str, level: int) -> list[DocumentLine]:
    """A paragraph at its soft line ends; what comes after the first is no heading."""
    parts = [part for part in text.split("\n") if part.strip()] or [""]
    return [DocumentLine(parts[0], level), *(DocumentLine(part.lstrip("\t")) for part in parts[1:])]


def _close(tables: list[_Table], depth: int, found: list[DocumentLine]) -> None:
    """End the tables deeper than `depth`; each becomes part of the cell around it."""
    while len(tables) > depth:
        lines = tables.pop().lines()
        (tables[-1].cell if tables else found).extend(lines)


def _merged_away(plan: bytes, number: int) -> bool:
    """Whether a cell is the lower or right part of a merged one, by its row's plan."""
    count = plan[0] if plan else 0
    at = 1 + 2 * (count + 1) + 20 * number
    if number >= count or at >= len(plan):
        return False
    return plan[at] & 0x3 == 1 or plan[at] & 0x60 == 0x20


def _visible(document: DocFile) -> str:
    """The text at its places, with nothing where a field's code, deleted or hidden text stands."""
    text = document.text
    hidden = bytearray(len(text))
    for start, end in document.unseen():
        hidden[start:end] = b"\1" * (end - start)
    for start, end in _field_codes(text):
        hidden[start:end] = b"\1" * (end - start)
    if 1 not in hidden:
        return text
    return "".join(
        _NOWHERE if gone and char != _CELL else char for char, gone in zip(text, hidden, strict=True)
    )


def _field_codes(text: str) -> list[tuple[int, int]]:
    """From where to where nothing of a field is printed; of a table of contents, all of it."""
    found: list[tuple[int, int]] = []
    opened: list[list[int]] = []
    for mark in _FIELD.finditer(text):
        if mark[0] == "\x13":
            opened = [*opened[-_MOST_FIELDS_OPEN:], [mark.start()]]
        elif mark[0] == "\x14" and opened:
            opened[-1].append(mark.start())
        elif mark[0] == "\x15" and opened:
            start, *middle = opened.pop()
            is_contents = text[start + 1 : start + 12].split()[:1] == ["TOC"]
            found.append((start, middle[0] if middle and not is_contents else mark.end()))
    return found
