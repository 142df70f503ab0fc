"""Spreadsheet files as neutral grids of values, whatever program wrote them."""

from __future__ import annotations

import io
import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path

from desktop.errors import UserError
from desktop.exchange.cell_address import address_of
from desktop.exchange.file_kind import FileKind, Source, open_source
from desktop.exchange.read_sheet.grid import Cell, Grid, Value, clean_text, grid_of
from desktop.exchange.read_sheet.html_tables import read_html_tables
from desktop.exchange.read_sheet.raw_marks import (
    Marks,
    Position,
    scan_xls,
    scan_xlsx,
)
from desktop.exchange.refusals import damaged, has_password

_IMPORTED = "Excel、WPS 表格（.xlsx、.xls、.et），Word、PDF、文本、网页报告，和报告包（.zpb）"
"""All that an import takes: reports and packages have been looked for before."""


@dataclass(frozen=True)
class Workbook:
    """All sheets of a file in their order, and notes for the user about what was left aside."""

    sheets: tuple[Grid, ...]
    notes: tuple[str, ...]
    kind: FileKind


def read_workbook(path: Path) -> Workbook:
    """The sheets of an .xlsx, .xls, .et or HTML table file; UserError for all else, damaged or too big."""
    source = open_source(path)
    readers = {FileKind.XLSX: _read_xlsx, FileKind.XLS: _read_xls, FileKind.HTML: read_html_tables}
    reader = readers.get(source.kind)
    if source.kind is FileKind.XML_SHEET:
        raise UserError(f"“{source.name}”是 XML 表格。", "请用 Excel 或 WPS 打开它，另存为 .xlsx 后再导入。")
    if reader is None:
        raise UserError(
            f"“{source.name}”是{source.kind.in_a_sentence}，不能导入。", f"能导入的是{_IMPORTED}。"
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


_DIGITS_TYPED, _DIGITS_OF_LARGE, _LARGE = 12, 15, 1e8
"""Significant digits that a person types; a double holds 15 for sure. From a hundred million on, 12 would leave
less than four decimals."""
_NOISE, _RELATIVE_NOISE = 5e-7, 1e-6
"""How far single precision lies from what was typed: half a 分 in 万元, and in parts of the number."""


def decimal_of(number: float) -> Decimal:
    """The number its author meant, without binary noise: 1194.5700000000002 -> 1194.57.

    Noise of single precision (0.0900000762939453 -> 0.09, docs/domain.md 6.4) shows as a tiny distance from four
    decimals. It is dropped below half a 分 even when the unit is 万元, and below one millionth of the number.
    """
    short = Decimal(repr(number))
    if len(short.as_tuple().digits) > _DIGITS_TYPED:
        near = round(number, 4)
        if abs(number - near) <= min(_NOISE, abs(number) * _RELATIVE_NOISE):
            short = Decimal(repr(near))
        else:
            short = Decimal(f"{number:.{_DIGITS_TYPED if abs(number) < _LARGE else _DIGITS_OF_LARGE}g}")
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
    except (UserError, ImportError):  # a part of the program that is missing is no damage of the file
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
                grid_of(
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
