"""The binary of a Word 97-2003 document: its text in order, and what is known of each paragraph and run.

Names in comments (FibBase, Clx, sprm…) are those of Microsoft's description of the format, [MS-DOC].
"""

from __future__ import annotations

import io
import struct
from bisect import bisect_right
from collections.abc import Iterator
from functools import cached_property
from itertools import pairwise
from typing import Any, NamedTuple

from desktop.errors import UserError
from desktop.exchange.file_kind import Source

STYLES, RUN_PAGES, PARAGRAPH_PAGES, PIECES, LISTS, LIST_USES = 0xA2, 0xFA, 0x102, 0x1A2, 0x2E2, 0x2EA
"""Places in the file information block of pairs (offset, length) that point into the table stream: fcStshf,
fcPlcfBteChpx, fcPlcfBtePapx, fcClx, fcPlfLst and fcPlfLfo."""
_SHAPES, _BOXES = 0x1DA, 0x25A
"""fcPlcSpaMom and fcPlcftxbxTxt: where in the body shapes are anchored, and which stretch of text is in which."""
_NOTE_MARKS = {"footnotes": 0xAA, "endnotes": 0x20A}
"""PlcffndRef and PlcfendRef: where in the body the marks of the notes stand; two bytes more belong to each."""
_SHAPE, _BOX, _SHAPE_OF_BOX = 26, 22, 14
"""Bytes of an entry of each (SPA, FTXBXS), and where in the latter the number of the shape stands (lid)."""
_WORD_97, _WORD_95, _FIRST_97 = 0xA5EC, 0xA5DC, 0xC1
"""wIdent of Word 97 and of Word 95, and nFib, the version, from which the first is truly Word 97."""
_FLAGS, _ENCRYPTED, _SECOND_TABLE = 0x0A, 0x100, 0x200
"""Where FibBase has its flags, and two of these: fEncrypted, and fWhichTblStm, which of two table streams counts."""
_STORY_LENGTHS = 0x4C
"""ccpText and the lengths after it, in characters."""
_STORIES = ("body", "footnotes", "headers", "macros", "comments", "endnotes", "boxes")
"""The parts of the text in the order in which they follow each other."""
_FORMATTING_PAGE = 512
"""Bytes of a page (FKP) that holds what paragraphs or runs set."""

_OPERAND = {0: 1, 1: 1, 2: 2, 3: 4, 4: 2, 5: 2, 7: 3}
"""Bytes of the operand by the three highest bits of a setting's code (spra); 6: its first byte tells."""
_VARIABLE = 6
"""spra of a setting whose operand tells its own length."""
ROW_DEFINITION, _TABS, _PROPERTIES_IN_DATA = 0xD608, 0xC615, (0x6645, 0x6646)
"""sprmTDefTable, whose length takes two bytes; sprmPChgTabs, whose length 255 means that it must be counted;
sprmPHugePapx and its older form, which point to settings in the data stream."""
_DELETED, _HIDDEN = 0x0800, 0x083C
"""sprmCFRMarkDel: deleted by a tracked change; sprmCFVanish: hidden text."""
SIZE, BOLD, FONT, RUN_STYLE = 0x4A43, 0x0835, 0x4A50, 0x4A30
"""sprmCHps in half points, sprmCFBold, sprmCRgFtc1 (the font of Chinese signs by its number), sprmCIstd."""
_NARROW = 0x40000000
"""fCompressed: a piece whose characters take one byte, in Windows' western code page."""

Properties = dict[int, bytes]
"""Operands by the code of what they set."""


class Paragraph(NamedTuple):
    """What a paragraph's mark says: its style's number, and what it sets beside it."""

    style: int
    properties: Properties


class _Piece(NamedTuple):
    start: int
    end: int
    offset: int
    width: int  # bytes a character


def cannot_read(name: str, why: str) -> UserError:
    """The one sentence for a document that only an office program can open."""
    return UserError(f"“{name}”{why}，本程序读不了。", "请用 Word 或 WPS 另存为 .docx 再试。")


class DocFile:
    """A .doc opened. Raises UserError for what is no Word 97-2003, and anything at all for damage."""

    def __init__(self, source: Source) -> None:
        import olefile  # type: ignore[import-untyped]

        with olefile.OleFileIO(io.BytesIO(source.data)) as container:
            self._main = _stream(container, "WordDocument")
            mark, version = struct.unpack_from("<HH", self._main, 0)
            flags = int.from_bytes(self._main[_FLAGS : _FLAGS + 2], "little")
            if mark == _WORD_95 or (mark == _WORD_97 and version < _FIRST_97):
                raise cannot_read(source.name, "是 Word 95 或更早的文档")
            if mark != _WORD_97:
                raise cannot_read(source.name, "不是 Word 97-2003 文档")
            if flags & _ENCRYPTED:
                raise cannot_read(source.name, "设有打开密码")
            self.table = _stream(container, "1Table" if flags & _SECOND_TABLE else "0Table")
            self.data = _stream(container, "Data") if container.exists("Data") else b""
        self._pieces = self._read_pieces()
        self.text = "".join(map(self._piece_text, self._pieces))

    def table_extent(self, at: int) -> tuple[int, int]:
        """Offset and length in the table stream that the information block holds at that place."""
        offset, length = struct.unpack_from("<II", self._main, at)
        return offset, length

    def part(self, at: int) -> bytes:
        offset, length = self.table_extent(at)
        return self.table[offset : offset + length]

    def story(self, name: str) -> tuple[int, int]:
        """From where to where in `text` the body, the footnotes or the text boxes go."""
        lengths = struct.unpack_from(f"<{len(_STORIES)}i", self._main, _STORY_LENGTHS)
        place = _STORIES.index(name)
        start = sum(lengths[:place])
        if min(lengths) < 0 or start > len(self.text):
            raise ValueError("stories that do not fit the text")
        return start, min(start + lengths[place], len(self.text))

    def note_marks(self, name: str) -> tuple[int, ...]:
        """The places in the body of the marks of footnotes or of endnotes, in their order."""
        marks = self.part(_NOTE_MARKS[name])
        count = max((len(marks) - 4) // (4 + 2), 0)
        return struct.unpack_from(f"<{count}I", marks, 0)

    def boxes(self) -> Iterator[tuple[int, int, int]]:
        """Of each text box: the place in the body where it is anchored, beyond the text for nowhere, and from where to
        where its text goes."""
        shapes, boxes = self.part(_SHAPES), self.part(_BOXES)
        count = max((len(shapes) - 4) // (4 + _SHAPE), 0)
        anchors = {
            struct.unpack_from("<i", shapes, 4 * (count + 1) + _SHAPE * number)[0]: place
            for number, place in enumerate(struct.unpack_from(f"<{count}I", shapes, 0))
        }
        start, end = self.story("boxes")
        told = start
        count = max((len(boxes) - 4) // (4 + _BOX), 0)
        for number, (first, last) in enumerate(
            pairwise(struct.unpack_from(f"<{count + 1}I", boxes, 0) if count else ())
        ):
            (shape,) = struct.unpack_from("<i", boxes, 4 * (count + 1) + _BOX * number + _SHAPE_OF_BOX)
            if start + first == told and told < start + last <= end:
                yield anchors.get(shape, len(self.text)), told, start + last
                told = start + last
        if told < end:
            yield len(self.text), told, end

    def paragraph(self, at: int) -> Paragraph:
        """What the paragraph mark at that place of the text says."""
        starts, ends, paragraphs = self._paragraphs
        offset = self._offset(at)
        place = bisect_right(starts, offset) - 1
        return paragraphs[place] if place >= 0 and offset < ends[place] else Paragraph(0, {})

    def hidden_stretches(self) -> Iterator[tuple[int, int]]:
        """Stretches of the text that are deleted or hidden."""
        runs = [(start, end) for start, end, operands in self._runs if _is_hidden(operands)]
        starts = [start for start, _ in runs]
        for piece in self._pieces:
            low, high = piece.offset, piece.offset + (piece.end - piece.start) * piece.width
            place = max(bisect_right(starts, low) - 1, 0)
            while place < len(runs) and starts[place] < high:
                first, last = max(starts[place], low), min(runs[place][1], high)
                if first < last:
                    yield (
                        piece.start + (first - low) // piece.width,
                        piece.start + (last - low) // piece.width,
                    )
                place += 1

    def runs(self, start: int, end: int) -> Iterator[tuple[int, int, Properties]]:
        """The runs of a stretch of the text, each with what it sets, in the order of the text."""
        at = start
        place = max(bisect_right(self._piece_starts, start) - 1, 0)
        for piece in self._pieces[place:]:
            if at >= end or piece.start >= end:
                return
            offset = piece.offset + (at - piece.start) * piece.width
            number = max(bisect_right(self._run_starts, offset) - 1, 0)
            while at < min(end, piece.end) and number < len(self._runs):
                _, last, operands = self._runs[number]
                until = min(at + (last - offset) // piece.width, piece.end, end)
                if until > at:
                    yield at, until, operands
                    offset, at = offset + (until - at) * piece.width, until
                number += 1
            at = max(at, piece.end)

    # --- text -------------------------------------------------------------------------------------------

    def _read_pieces(self) -> list[_Piece]:
        """The Clx: where in the file each stretch of the text lies, in the order of the text."""
        tables = self.part(PIECES)
        at = 0
        while tables[at] == 1:  # what whole stretches were given while saving fast
            at += 3 + struct.unpack_from("<H", tables, at + 1)[0]
        if tables[at] != 2:
            raise ValueError("no piece table")
        length = struct.unpack_from("<I", tables, at + 1)[0]
        piece_table = tables[at + 5 : at + 5 + length]
        count = (len(piece_table) - 4) // 12  # PlcPcd: count + 1 places of 4 bytes, then count pieces of 8
        places = struct.unpack_from(f"<{count + 1}I", piece_table, 0)
        if count < 1 or places[-1] > len(self._main) or list(places) != sorted(places):
            raise ValueError("piece table out of order")
        pieces = []
        for number in range(count):
            (offset,) = struct.unpack_from("<I", piece_table, 4 * (count + 1) + 8 * number + 2)
            narrow = bool(offset & _NARROW)
            offset = (offset & (_NARROW - 1)) // (2 if narrow else 1)
            pieces.append(_Piece(places[number], places[number + 1], offset, 1 if narrow else 2))
        return pieces

    def _piece_text(self, piece: _Piece) -> str:
        length = piece.end - piece.start
        data = self._main[piece.offset : piece.offset + length * piece.width]
        if len(data) < length * piece.width:
            raise ValueError("text is cut off")
        if piece.width == 1:
            return data.decode("cp1252", "replace")
        # Character by character: a lone half of a pair must not shift what follows.
        text = data.decode("utf-16-le", "replace")
        return text if len(text) == length else "".join(map(chr, struct.unpack(f"<{length}H", data)))

    @cached_property
    def _piece_starts(self) -> list[int]:
        return [piece.start for piece in self._pieces]

    def _offset(self, at: int) -> int:
        piece = self._pieces[max(bisect_right(self._piece_starts, at) - 1, 0)]
        return piece.offset + (at - piece.start) * piece.width

    # --- formatting -------------------------------------------------------------------------------------

    @cached_property
    def _paragraphs(self) -> tuple[list[int], list[int], list[Paragraph]]:
        """Where in the file each paragraph begins and ends, and what it sets (PapxFkp: 13 bytes a paragraph)."""
        paragraphs: list[tuple[int, int, Paragraph]] = []
        for page, count, bounds in self._pages(PARAGRAPH_PAGES):
            for number in range(count):
                at = page[4 * (count + 1) + 13 * number] * 2  # places on a page count words of two bytes
                length = page[at] * 2 - 1
                if length < 0:
                    at, length = at + 1, page[at + 1] * 2
                settings = page[at + 1 : at + 1 + length] if at else b""
                style = int.from_bytes(settings[:2], "little")
                paragraphs.append(
                    (bounds[number], bounds[number + 1], Paragraph(style, self._properties(settings[2:])))
                )
        paragraphs.sort(key=lambda each: each[0])
        return (
            [each[0] for each in paragraphs],
            [each[1] for each in paragraphs],
            [each[2] for each in paragraphs],
        )

    @cached_property
    def _runs(self) -> list[tuple[int, int, Properties]]:
        """Where in the file each run begins and ends, and what it sets (ChpxFkp: a byte a run)."""
        runs = []
        for page, count, bounds in self._pages(RUN_PAGES):
            known: dict[int, Properties] = {0: {}}
            for number in range(count):
                at = page[4 * (count + 1) + number] * 2
                if at not in known:
                    known[at] = properties(page[at + 1 : at + 1 + page[at]])
                runs.append((bounds[number], bounds[number + 1], known[at]))
        runs.sort(key=lambda run: run[:2])
        return runs

    @cached_property
    def _run_starts(self) -> list[int]:
        return [start for start, _, _ in self._runs]

    def _pages(self, at: int) -> Iterator[tuple[bytes, int, tuple[int, ...]]]:
        """Each page of formatting: its bytes, how many stretches it describes, and their bounds."""
        page_table = self.part(at)
        count = (
            len(page_table) - 4
        ) // 8  # PlcBte: count + 1 places of 4 bytes, then count page numbers of 4
        if count > len(self._main) // _FORMATTING_PAGE:
            raise ValueError("more pages than the file has")
        for number in range(max(count, 0)):
            (place,) = struct.unpack_from("<I", page_table, 4 * (count + 1) + 4 * number)
            start = (place & 0x3FFFFF) * _FORMATTING_PAGE
            page = self._main[start : start + _FORMATTING_PAGE]
            stretches = page[_FORMATTING_PAGE - 1]
            # An entry of a damaged page may point a little beyond its end.
            yield page + bytes(_FORMATTING_PAGE), stretches, struct.unpack_from(f"<{stretches + 1}I", page, 0)

    def _properties(self, settings: bytes) -> Properties:
        operands = properties(settings)
        for code in _PROPERTIES_IN_DATA:
            if code in operands:  # too long for its page: rows of wide tables
                at = int.from_bytes(operands[code], "little")
                length = int.from_bytes(self.data[at : at + 2], "little")
                operands = {**operands, **properties(self.data[at + 2 : at + 2 + length])}
        return operands


def properties(settings: bytes) -> Properties:
    """The operands in a list of settings; reading ends where one is cut off."""
    operands: Properties = {}
    at = 0
    while at + 3 <= len(settings):
        code = settings[at] | settings[at + 1] << 8
        at += 2
        kind = code >> 13
        if code == ROW_DEFINITION:
            length, at = int.from_bytes(settings[at : at + 2], "little") - 1, at + 2
        elif kind == _VARIABLE:
            length, at = settings[at], at + 1
            if code == _TABS and length == 255:
                break
        else:
            length = _OPERAND[kind]
        if length < 0 or at + length > len(settings):
            break
        if length:
            operands[code] = settings[at : at + length]
        at += length
    return operands


def _is_hidden(operands: Properties) -> bool:
    return any(operands.get(code, b"\0")[0] & 1 for code in (_DELETED, _HIDDEN))


def _stream(container: Any, name: str) -> bytes:
    data: bytes = container.openstream(name).read()
    return data
