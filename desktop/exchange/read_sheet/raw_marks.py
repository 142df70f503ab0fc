"""What the fast reader does not tell about a worksheet: extent, formulas, error values, percent formats."""

from __future__ import annotations

import io
import posixpath
import re
import struct
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree import ElementTree

from desktop.errors import UserError
from desktop.exchange.cell_address import address_of, column_of
from desktop.exchange.file_kind import Source
from desktop.exchange.refusals import has_password

MAX_ROWS, MAX_COLUMNS, MAX_CELLS = 20_000, 500, 500_000
"""Limits of what is read: the last used row and column of a sheet, and all used cells of a file."""

Position = tuple[int, int]
"""Row and column, both counted from 0."""


class Limits:
    """Counts the used cells of a whole file and stops the reading in time."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._cells = 0

    def count(self, row: int, col: int) -> None:
        self._cells += 1
        if row >= MAX_ROWS or col >= MAX_COLUMNS or self._cells > MAX_CELLS:
            raise UserError(
                f"“{self.name}”的行数太多：{address_of(row, col)} 还有内容，"
                f"最多读取 {MAX_ROWS} 行、{MAX_COLUMNS} 列、{MAX_CELLS} 个单元格。",
                "请删去多余的行列，或把需要的表复制到新的工作簿里再导入。",
            )


@dataclass
class Marks:
    """Findings of one pass over the raw sheet, by position."""

    formulas: dict[Position, str] = field(default_factory=dict)
    uncached: set[Position] = field(default_factory=set)
    errors: dict[Position, str] = field(default_factory=dict)
    percent: set[Position] = field(default_factory=set)


_REFERENCE = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})")
"""`D7`: the place of a cell as its element states it; without one it stands behind the cell before."""


class _XlsxScan:
    """Target of an XML parser over one worksheet part; holds no tree, so size costs no memory."""

    def __init__(self, limits: Limits, percent_styles: set[int]) -> None:
        self.marks = Marks()
        self._limits, self._percent_styles = limits, percent_styles
        self._row, self._col = -1, -1
        self._type, self._style = "", ""
        self._parts: dict[str, str] = {}
        self._open = ""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        local = tag.rpartition("}")[2]
        if local == "row":
            self._row = int(attributes["r"]) - 1 if "r" in attributes else self._row + 1
            self._col = -1
        elif local == "c":
            self._begin_cell(attributes)
        elif local in ("f", "v", "is"):
            self._parts[local] = ""
            self._open = local

    def _begin_cell(self, attributes: dict[str, str]) -> None:
        self._col += 1
        if "r" in attributes:
            reference = _REFERENCE.fullmatch(attributes["r"])
            if reference is None:
                raise ValueError("bad cell reference")
            self._row = int(reference[2]) - 1
            self._col = column_of(reference[1])
        self._type, self._style = attributes.get("t", "n"), attributes.get("s", "0")
        self._parts = {}

    def data(self, text: str) -> None:
        if self._open in ("f", "v"):
            self._parts[self._open] += text

    def end(self, tag: str) -> None:
        local = tag.rpartition("}")[2]
        if local == "c":
            self._end_cell()
        elif local == self._open:
            self._open = ""

    def _end_cell(self) -> None:
        formula, value = self._parts.get("f"), self._parts.get("v", "")
        if formula is None and not value and "is" not in self._parts:
            return
        place = (self._row, self._col)
        self._limits.count(*place)
        if formula is not None:
            self.marks.formulas[place] = formula.strip()
            if not value and self._type != "str":  # an empty text result is a result
                self.marks.uncached.add(place)
        if self._type == "e" and value:
            self.marks.errors[place] = value
        if self._type == "n" and value and int(self._style) in self._percent_styles:
            self.marks.percent.add(place)

    def close(self) -> None:
        """Required of a parser target."""


def scan_xlsx(source: Source) -> list[tuple[str, Marks]]:
    """Name and marks of every sheet in order; any exception means that the file is damaged."""
    limits = Limits(source.name)
    marks = []
    with zipfile.ZipFile(io.BytesIO(source.data)) as archive:
        parts = {name.lower(): name for name in archive.namelist()}
        percent = _percent_styles(archive, parts)
        for name, target in _sheet_parts(archive):
            scan = _XlsxScan(limits, percent)
            parser = ElementTree.XMLParser(target=scan)
            with archive.open(parts[target.lower()]) as stream:
                while block := stream.read(1 << 16):
                    parser.feed(block)
            parser.close()
            marks.append((name, scan.marks))
    return marks


def _sheet_parts(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """Sheet name and part name, in order."""
    relations = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    targets = {item.get("Id", ""): item.get("Target", "") for item in relations}
    for sheet in ElementTree.fromstring(archive.read("xl/workbook.xml")).iterfind("./{*}sheets/{*}sheet"):
        relation = next((value for key, value in sheet.items() if key.endswith("}id")), "")
        target = targets.get(relation, "").replace("\\", "/")
        yield sheet.get("name", ""), posixpath.normpath(posixpath.join("/xl", target)).lstrip("/")


_PERCENT_IDS = {9, 10}
"""Excel's built-in formats 0% and 0.00%."""


def _percent_styles(archive: zipfile.ZipFile, parts: dict[str, str]) -> set[int]:
    if "xl/styles.xml" not in parts:
        return set()
    root = ElementTree.fromstring(archive.read(parts["xl/styles.xml"]))
    formats = {
        int(item.get("numFmtId", "0"))
        for item in root.iterfind("./{*}numFmts/{*}numFmt")
        if "%" in item.get("formatCode", "")
    }
    styles = root.iterfind("./{*}cellXfs/{*}xf")
    return {
        index for index, xf in enumerate(styles) if int(xf.get("numFmtId", "0")) in formats | _PERCENT_IDS
    }


_ERROR_VALUES = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}
_FORMULA, _BOOLERR = 0x06, 0x205
"""Types of two records of one cell ([MS-XLS] 2.3); their bodies begin with row, column and style."""
_CELL_RECORDS = {_FORMULA, 0xD6, 0xFD, 0x203, 0x204, _BOOLERR, 0x27E}
"""Records of one used cell: FORMULA, RSTRING, LABELSST, NUMBER, LABEL, BOOLERR, RK ([MS-XLS] 2.3)."""
_BOF, _EOF, _FILEPASS, _BOUNDSHEET, _XF, _FORMAT, _SST = 0x809, 0x0A, 0x2F, 0x85, 0xE0, 0x41E, 0xFC
_MULRK, _DIMENSIONS = 0xBD, 0x200
"""Other records, by the names they have there."""
_MOST_XLS_ROWS, _MOST_XLS_COLUMNS = 65_536, 256
"""What a sheet of Excel 97-2003 can have."""


class _XlsScan:
    """One pass over the records of an Excel 97-2003 workbook stream."""

    def __init__(self, stream: bytes, limits: Limits) -> None:
        self._stream, self._limits = stream, limits
        self._xf_formats: list[int] = []
        self._percent_ids = set(_PERCENT_IDS)

    def sheets(self) -> list[Marks]:
        """Marks of every BOUNDSHEET in order; ValueError if the records do not hold together."""
        offsets = []
        for kind, body in self._records(0):
            if kind == _FILEPASS:
                raise has_password(self._limits.name)
            if kind == _BOUNDSHEET:
                offsets.append(struct.unpack_from("<I", body)[0])
            elif kind == _XF:
                self._xf_formats.append(struct.unpack_from("<H", body, 2)[0])
            elif kind == _FORMAT and b"%" in body:
                self._percent_ids.add(struct.unpack_from("<H", body)[0])
            elif kind == _SST and max(struct.unpack_from("<II", body)) > len(self._stream):
                raise ValueError("more strings than bytes")
        return [self._sheet(offset) for offset in offsets]

    def _records(self, offset: int) -> Iterator[tuple[int, bytes]]:
        """Records of one substream; those of charts embedded in it are passed over."""
        depth = 0
        while offset + 4 <= len(self._stream):
            kind, size = struct.unpack_from("<HH", self._stream, offset)
            if kind == _BOF:
                depth += 1
            elif kind == _EOF:
                depth -= 1
            if depth <= 0:
                return
            if depth == 1:
                yield kind, self._stream[offset + 4 : offset + 4 + size]
            offset += 4 + size

    def _sheet(self, offset: int) -> Marks:
        marks = Marks()
        for kind, body in self._records(offset):
            if kind in _CELL_RECORDS:
                self._cell(marks, kind, body)
            elif kind == _MULRK:  # numbers side by side
                row, first = struct.unpack_from("<HH", body)
                for index in range((len(body) - 6) // 6):
                    style = struct.unpack_from("<H", body, 4 + 6 * index)[0]
                    self._number(marks, (row, first + index), style)
            elif kind == _DIMENSIONS:
                _check_dimensions(body)
        return marks

    def _cell(self, marks: Marks, kind: int, body: bytes) -> None:
        row, col, style = struct.unpack_from("<HHH", body)
        place = (row, col)
        self._number(marks, place, style)
        if kind == _FORMULA:
            marks.formulas[place] = ""
            if body[12:14] == b"\xff\xff" and body[6] == 2:  # the result is no number, but an error value
                marks.errors[place] = _ERROR_VALUES.get(body[8], "#N/A")
        elif kind == _BOOLERR and body[7] == 1:
            marks.errors[place] = _ERROR_VALUES.get(body[6], "#N/A")

    def _number(self, marks: Marks, place: Position, style: int) -> None:
        self._limits.count(*place)
        if style < len(self._xf_formats) and self._xf_formats[style] in self._percent_ids:
            marks.percent.add(place)


def _check_dimensions(body: bytes) -> None:
    """The reader takes memory for the rows and columns a sheet claims, and ends the program where it gets none."""
    layout = "<IIHH" if len(body) >= 12 else "<HHHH"
    first_row, last_row, first_col, last_col = struct.unpack_from(layout, body)
    if not (first_row <= last_row <= _MOST_XLS_ROWS and first_col <= last_col <= _MOST_XLS_COLUMNS):
        raise ValueError("bad dimensions")


def scan_xls(source: Source) -> list[tuple[str, Marks]]:
    """Marks of every sheet in order, without names; any exception means that the file is damaged."""
    import olefile  # type: ignore[import-untyped]

    with olefile.OleFileIO(io.BytesIO(source.data)) as ole:
        stream = ole.openstream("Workbook" if ole.exists("Workbook") else "Book").read()
    return [("", marks) for marks in _XlsScan(stream, Limits(source.name)).sheets()]
