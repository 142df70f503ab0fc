"""Spreadsheet files and pasted blocks as neutral grids of values, whatever program wrote them."""

from __future__ import annotations

import io
import math
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from html.parser import HTMLParser
from pathlib import Path
from types import MappingProxyType

from desktop.errors import UserError
from desktop.exchange.files import FileKind, Source, damaged, has_password, open_source
from desktop.exchange.read_sheet.raw_marks import (
    MAX_CELLS,
    MAX_COLUMNS,
    MAX_ROWS,
    Limits,
    Marks,
    Position,
    address_of,
    scan_xls,
    scan_xlsx,
)

Value = str | Decimal | bool | date | None


@dataclass(frozen=True)
class Cell:
    """One used cell.

    `value` is None only where a formula has no stored result (`uncached`); an error value such as #DIV/0!
    is kept as its text. `formula` has no leading '='; '' means the file does not tell it. `percent`: the
    number is shown as a percentage, so 0.95 stands for 95%.
    """

    value: Value
    address: str
    formula: str | None = None
    uncached: bool = False
    percent: bool = False

    @property
    def text(self) -> str:
        """The value as plain text; '' if there is none."""
        if isinstance(self.value, Decimal):
            return format(self.value, "f")
        if isinstance(self.value, bool):
            return "是" if self.value else "否"
        return "" if self.value is None else str(self.value)


@dataclass(frozen=True)
class Grid:
    """One sheet: only used cells are in `cells`; a merged range has its value at the top left.

    `merged` holds (first row, first column, last row, last column), `merged_into` leads from every other
    cell of such a range to its top left. `n_rows` and `n_cols` reach to the last used cell.
    """

    name: str
    cells: Mapping[Position, Cell]
    merged: tuple[tuple[int, int, int, int], ...] = ()
    merged_into: Mapping[Position, Position] = field(default_factory=dict)
    n_rows: int = 0
    n_cols: int = 0
    hidden: bool = False

    def at(self, row: int, col: int) -> Cell | None:
        """The cell that is seen at this place: inside a merged range, its top left."""
        return self.cells.get(self.merged_into.get((row, col), (row, col)))


@dataclass(frozen=True)
class Workbook:
    """All sheets of a file in their order, and notes for the user about what was left aside."""

    sheets: tuple[Grid, ...]
    notes: tuple[str, ...]
    kind: FileKind


def read_workbook(path: Path) -> Workbook:
    """The sheets of an .xlsx, .xls, .et or HTML table file; UserError for all else, damaged or too big."""
    source = open_source(path)
    readers = {FileKind.XLSX: _read_xlsx, FileKind.XLS: _read_xls, FileKind.HTML: _read_html}
    reader = readers.get(source.kind)
    if reader is None:
        raise UserError(
            f"“{source.name}”不是 Excel 工作簿，而是{source.kind.value}。",
            "请用 Excel 或 WPS 打开它，另存为 .xlsx 后再导入。",
        )
    sheets = reader(source)
    if not any(sheet.cells for sheet in sheets):
        raise UserError(f"“{source.name}”里没有任何内容。", "请检查是否选对了文件，填好后保存再导入。")
    return Workbook(sheets, tuple(_notes(source, sheets)), source.kind)


def _notes(source: Source, sheets: tuple[Grid, ...]) -> Iterator[str]:
    if source.has_macros:
        yield "文件里带有宏：程序只读取单元格里的值，没有运行也没有保存宏。"
    for sheet in sheets:
        if sheet.hidden and sheet.cells:
            yield f"工作表“{sheet.name}”是隐藏的。"
        addresses = [cell.address for cell in sheet.cells.values() if cell.uncached]
        if addresses:
            shown = "、".join(addresses[:5]) + ("等" if len(addresses) > 5 else "")
            yield (
                f"工作表“{sheet.name}”有 {len(addresses)} 个公式没有计算结果（{shown}），不当作 0。"
                "请用 Excel 或 WPS 打开文件，保存后再导入。"
            )


# --- values -------------------------------------------------------------------------------------

_INVISIBLE = re.compile("_x000D_|[\u00ad\u200b-\u200f\u2060\ufeff]")


def clean_text(text: str) -> str:
    """Text without invisible characters and outer blanks; line ends as \\n, no-break spaces as spaces."""
    text = _INVISIBLE.sub("", text).replace("\u00a0", " ")
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def decimal_of(number: float) -> Decimal:
    """The number its author meant, without binary noise: 1194.5700000000002 -> 1194.57.

    Noise of single precision (0.0900000762939453 -> 0.09) shows as a tiny distance from four decimals. It is
    dropped below half a 分 even when the unit is 万元, and below one millionth of the number itself.
    """
    short = Decimal(repr(number))
    if len(short.as_tuple().digits) > 12:
        near = round(number, 4)
        if abs(number - near) <= min(5e-7, abs(number) * 1e-6):
            short = Decimal(repr(near))
        else:
            short = Decimal(f"{number:.{12 if abs(number) < 1e8 else 15}g}")
    text = format(short, "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return Decimal("0") if text in ("-0", "") else Decimal(text)


def _value_of(raw: object) -> Value:
    """What calamine gives, in the types of a Cell; a time of day becomes text, that of a date is dropped."""
    if isinstance(raw, bool):
        return raw
    if isinstance(raw, (int, float)):
        return decimal_of(raw) if math.isfinite(raw) else "#NUM!"
    if isinstance(raw, datetime):
        return raw.date()
    if isinstance(raw, date):
        return raw
    if isinstance(raw, time):
        return raw.isoformat("minutes")
    if isinstance(raw, timedelta):
        return str(raw)
    return clean_text(str(raw)) or None


# --- Excel and WPS files ------------------------------------------------------------------------


def _read_xlsx(source: Source) -> tuple[Grid, ...]:
    return _guarded(source, lambda: _grids(source, scan_xlsx(source)))


def _read_xls(source: Source) -> tuple[Grid, ...]:
    return _guarded(source, lambda: _grids(source, scan_xls(source)))


def _guarded(source: Source, read: Callable[[], tuple[Grid, ...]]) -> tuple[Grid, ...]:
    """One clear sentence for whatever the parsers trip over, panics of the Rust reader included."""
    from python_calamine import PasswordError

    try:
        return read()
    except UserError:
        raise
    except PasswordError:
        raise has_password(source.name) from None
    except Exception as error:
        raise damaged(source.name) from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise damaged(source.name) from error


def _grids(source: Source, marks: list[tuple[str, Marks]]) -> tuple[Grid, ...]:
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    grids = []
    with CalamineWorkbook.from_object(io.BytesIO(source.data)) as book:
        for index, about in enumerate(book.sheets_metadata):
            if about.typ is not SheetTypeEnum.WorkSheet:
                continue
            name, found = marks[index]
            if source.kind is FileKind.XLSX and name != about.name:
                raise ValueError("the two readers disagree about the sheets")
            sheet = book.get_sheet_by_index(index)
            values = {
                (row, col): _value_of(raw)
                for row, line in enumerate(sheet.to_python(skip_empty_area=True), (sheet.start or (0, 0))[0])
                for col, raw in enumerate(line, (sheet.start or (0, 0))[1])
                if raw != ""
            }
            merged = [(*first, *last) for first, last in sheet.merged_cell_ranges or ()]
            grids.append(
                _grid(
                    about.name, _cells(values, found), merged, about.visible is not SheetVisibleEnum.Visible
                )
            )
    return tuple(grids)


def _cells(values: dict[Position, Value], marks: Marks) -> dict[Position, Cell]:
    cells = {}
    for place in sorted(values.keys() | marks.formulas.keys() | marks.errors.keys()):
        uncached = place in marks.uncached
        value = None if uncached else marks.errors.get(place, values.get(place))
        formula = marks.formulas.get(place)
        if value is None and formula is None:
            continue
        percent = place in marks.percent and isinstance(value, Decimal)
        cells[place] = Cell(value, address_of(*place), formula, uncached, percent)
    return cells


def _grid(
    name: str, cells: dict[Position, Cell], merged: Iterable[tuple[int, int, int, int]], hidden: bool = False
) -> Grid:
    n_rows = max((row for row, _ in cells), default=-1) + 1
    n_cols = max((col for _, col in cells), default=-1) + 1
    kept: list[tuple[int, int, int, int]] = []
    into: dict[Position, Position] = {}
    for top, left, bottom, right in merged:
        area = (top, left, min(bottom, n_rows - 1), min(right, n_cols - 1))
        if area[0] > area[2] or area[1] > area[3]:
            continue  # a merged range of empty formatted cells beyond the last value
        kept.append(area)
        if len(into) + (area[2] - top + 1) * (area[3] - left + 1) > MAX_CELLS:
            raise ValueError("merged ranges larger than any sheet that is read")
        into.update(
            ((row, col), (top, left))
            for row in range(top, area[2] + 1)
            for col in range(left, area[3] + 1)
            if (row, col) != (top, left)
        )
    return Grid(name, MappingProxyType(cells), tuple(kept), MappingProxyType(into), n_rows, n_cols, hidden)


# --- HTML tables saved as .xls ------------------------------------------------------------------


def _read_html(source: Source) -> tuple[Grid, ...]:
    parser = _TableParser(Limits(source.name))
    parser.feed(_html_text(source.data))
    parser.close()
    tables = [table for table in parser.tables if table.cells]
    if not tables:
        raise UserError(
            f"“{source.name}”是网页，里面没有表格。", "请用 Excel 或 WPS 打开它，另存为 .xlsx 后再导入。"
        )
    return tuple(_grid(f"表{number}", table.cells, table.merged) for number, table in enumerate(tables, 1))


def _html_text(data: bytes) -> str:
    for mark, encoding in ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"\xef\xbb\xbf", "utf-8-sig")):
        if data.startswith(mark):
            return data.decode(encoding, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("gb18030", "replace")


class _Table:
    """A table while it is read: where the next cell goes when earlier ones span rows and columns."""

    def __init__(self) -> None:
        self.cells: dict[Position, Cell] = {}
        self.merged: list[tuple[int, int, int, int]] = []
        self.row, self.col = -1, 0
        self._blocked: dict[int, int] = {}  # column -> last row that is taken from above
        self._span: tuple[int, int] | None = None
        self._text: list[str] = []

    def begin_row(self) -> None:
        self.row, self.col = self.row + 1, 0

    def begin_cell(self, rows: int, cols: int) -> None:
        self.row = max(self.row, 0)
        while self._blocked.get(self.col, -1) >= self.row:
            self.col += 1
        self._span, self._text = (rows, cols), []

    def data(self, text: str) -> None:
        if self._span is not None:
            self._text.append(text)

    def end_cell(self, limits: Limits) -> None:
        if self._span is None:
            return
        (rows, cols), self._span = self._span, None
        last_row, last_col = self.row + rows - 1, self.col + cols - 1
        text = clean_text(re.sub(r" *\n\s*", "\n", "".join(self._text)))
        if text:
            limits.count(self.row, self.col)
            self.cells[self.row, self.col] = Cell(text, address_of(self.row, self.col))
        if rows > 1 or cols > 1:
            self.merged.append((self.row, self.col, last_row, last_col))
            self._blocked.update((col, last_row) for col in range(self.col, last_col + 1))
        self.col = last_col + 1


class _TableParser(HTMLParser):
    """Every table of a page, nested ones as tables of their own; all values stay text."""

    def __init__(self, limits: Limits) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[_Table] = []
        self._open: list[_Table] = []
        self._limits = limits

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self._open.append(_Table())
            self.tables.append(self._open[-1])
        elif self._open and tag == "tr":
            self._open[-1].end_cell(self._limits)
            self._open[-1].begin_row()
        elif self._open and tag in ("td", "th"):
            self._open[-1].end_cell(self._limits)
            spans = dict(attrs)
            self._open[-1].begin_cell(
                _span(spans.get("rowspan"), MAX_ROWS), _span(spans.get("colspan"), MAX_COLUMNS)
            )
        elif self._open and tag in ("br", "p", "div"):
            self._open[-1].data("\n")

    def handle_endtag(self, tag: str) -> None:
        if self._open and tag in ("td", "th", "tr", "table"):
            self._open[-1].end_cell(self._limits)
            if tag == "table":
                self._open.pop()

    def handle_data(self, data: str) -> None:
        if self._open and self.cdata_elem is None:
            self._open[-1].data(re.sub(r"\s+", " ", data))  # a line end in the source is a blank

    def close(self) -> None:
        super().close()
        while self._open:  # cut off at the end of the file
            self._open.pop().end_cell(self._limits)


def _span(text: str | None, limit: int) -> int:
    digits = (text or "").strip()
    return min(max(int(digits), 1), limit) if digits.isdecimal() and len(digits) < 8 else 1


# --- clipboard ----------------------------------------------------------------------------------

_QUOTED = re.compile(r'"([^"]*+(?:""[^"]*+)*+)"(?=[\t\r\n]|$)')
_PLAIN = re.compile(r"[^\t\r\n]*")
_LINE_END = re.compile(r"\r\n|\r|\n")


def parse_clipboard(text: str) -> list[list[str]]:
    """Rows of a block as Excel and WPS put it on the clipboard; [] for no text, lengths may differ.

    Cells are apart by tabs, rows by line ends; the last line end belongs to the last row. Only a cell with a
    tab, a line end or a doubled quote inside is quoted; other quotes are part of the text.
    """
    text = text.rstrip("\0")
    rows: list[list[str]] = []
    row: list[str] = []
    at = 0
    while at < len(text):
        value, at = _clipboard_cell(text, at)
        row.append(clean_text(value))
        if at < len(text) and text[at] == "\t":
            at += 1
            if at == len(text):
                row.append("")
            continue
        rows.append(row)
        row = []
        end = _LINE_END.match(text, at)
        at = end.end() if end else at
    return [*rows, row] if row else rows


def _clipboard_cell(text: str, at: int) -> tuple[str, int]:
    quoted = _QUOTED.match(text, at)
    if quoted and re.search(r'[\t\r\n"]', quoted[1]):
        return quoted[1].replace('""', '"'), quoted.end()
    plain = _PLAIN.match(text, at)
    return (plain[0], plain.end()) if plain else ("", at)
