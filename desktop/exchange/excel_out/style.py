"""The looks of cells in exported workbooks, and how a draft becomes an openpyxl worksheet."""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from desktop.exchange.excel_out.sheet_draft import FONT_SIZE, Book, Draft, Live, Slot
from desktop.exchange.read_sheet.raw_marks import address_of

SONG, HEI = "宋体", "黑体"
INPUT_FILL = "FFFDF3"
"""So light that it tells input cells on the screen and leaves no grey on paper."""
_RISKY = ("=", "+", "-", "@", "\t")
_AUTHOR = "整体支出绩效自评助手"


@dataclass(frozen=True, slots=True)
class Look:
    """Font, place of the text, and whether the cell is framed and shaded."""

    font: str = SONG
    size: float = FONT_SIZE
    bold: bool = False
    across: str = "center"
    down: str = "center"
    framed: bool = True
    fill: str = ""


LOOKS = {
    "annex": Look(HEI, 12, across="left", framed=False),
    "title": Look(SONG, 16, bold=True, framed=False),
    "section": Look(HEI, 11, across="left", framed=False),
    "remark": Look(size=9, across="left", down="top", framed=False),
    "sign": Look(across="left", framed=False),
    "head": Look(bold=True),
    "label": Look(),
    "row": Look(across="left"),
    "computed": Look(),
    "text": Look(across="left"),
    "input": Look(fill=INPUT_FILL),
    "name": Look(across="left", fill=INPUT_FILL),
    "prose": Look(across="left", down="top", fill=INPUT_FILL),
}


class Styler:
    """Makes every style once per workbook; openpyxl would hash five objects for every cell."""

    def __init__(self) -> None:
        self._made: dict[tuple[str, str, int], Any] = {}

    def dress(self, cell: Any, slot: Slot) -> None:
        known = (slot.look, slot.format, slot.indent)
        if known not in self._made:
            self._set(cell, LOOKS[slot.look], slot)
            self._made[known] = copy(cell._style)
        else:
            cell._style = copy(self._made[known])

    @staticmethod
    def _set(cell: Any, look: Look, slot: Slot) -> None:
        from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

        cell.font = Font(name=look.font, size=look.size, bold=look.bold, charset=134)
        cell.alignment = Alignment(look.across, look.down, wrap_text=True, indent=slot.indent)
        cell.number_format = slot.format
        if look.framed:
            thin = Side("thin", color="000000")
            cell.border = Border(thin, thin, thin, thin)
        if look.fill:
            cell.fill = PatternFill("solid", fgColor=look.fill)


def write_draft(draft: Draft, worksheet: Any, styler: Styler) -> dict[str, str | float]:
    """Fill a worksheet; returns the results of its formulas by address, for the file's cached values."""
    results: dict[str, str | float] = {}
    for slot in draft.slots:
        cell = worksheet.cell(slot.row, slot.col)
        _set_value(cell, slot, draft.book, draft.name, results)
        if slot.rows > 1 or slot.cols > 1:
            _merge(worksheet, slot, styler)
        styler.dress(cell, slot)
        if isinstance(slot.value, str):
            keep_text(cell, slot.value)
        if slot.note:
            cell.comment = _comment(slot.note)
    _set_page(draft, worksheet)
    _add_validations(draft, worksheet)
    return results


def _merge(worksheet: Any, slot: Slot, styler: Styler) -> None:
    """Draw cells into one, each dressed alike as Excel has it; `merge_cells` takes half of the whole time."""
    last_row, last_col = slot.row + slot.rows - 1, slot.col + slot.cols - 1
    for row in range(slot.row, last_row + 1):
        for col in range(slot.col, last_col + 1):
            styler.dress(worksheet.cell(row, col), slot)
    first, last = address_of(slot.row - 1, slot.col - 1), address_of(last_row - 1, last_col - 1)
    worksheet.merged_cells.add(f"{first}:{last}")


def _set_value(cell: Any, slot: Slot, book: Book, home: str, results: dict[str, str | float]) -> None:
    if isinstance(slot.value, Live):
        cell.value = f"={slot.value.make(book, home)}"
        result = slot.value.result
        results[address_of(slot.row - 1, slot.col - 1)] = result if isinstance(result, str) else float(result)
    elif isinstance(slot.value, Decimal):
        cell.value = as_number(slot.value)
    else:
        put_text(cell, slot.value)


def as_number(value: Decimal) -> int | float:
    """The nearest number a file can hold; up to 15 digits it reads back as the same decimal."""
    return int(value) if value == value.to_integral_value() else float(value)


def put_text(cell: Any, text: str) -> None:
    """Text as text: openpyxl would take `=…` for a formula and `#N/A` for an error."""
    if text:
        cell.value = text
        cell.data_type = "s"
        keep_text(cell, text)


def keep_text(cell: Any, text: str) -> None:
    """So that what looks like a formula is none either when somebody edits the cell; a style set later
    takes this away."""
    if text.startswith(_RISKY):
        cell.quotePrefix = True


def _comment(note: str) -> Any:
    from openpyxl.comments import Comment

    return Comment(note, _AUTHOR, height=48, width=200)


def _set_page(draft: Draft, worksheet: Any) -> None:
    for index, width in enumerate(draft.widths):
        # Excel keeps about 0.7 of a character of every column for its margins.
        worksheet.column_dimensions[address_of(0, index)[:-1]].width = width + 0.7
    for row, height in draft.heights().items():
        worksheet.row_dimensions[row].height = round(height, 1)
    setup, margins = worksheet.page_setup, worksheet.page_margins
    setup.paperSize, setup.orientation = 9, "landscape" if draft.landscape else "portrait"
    setup.fitToWidth, setup.fitToHeight = 1, 0
    worksheet.sheet_properties.pageSetUpPr.fitToPage = True
    margins.left = margins.right = 0.59
    margins.top = margins.bottom = 0.71
    worksheet.print_options.horizontalCentered = True
    worksheet.oddFooter.center.text = "第 &P 页，共 &N 页"
    worksheet.sheet_view.showGridLines = False
    if draft.title_row:
        worksheet.print_title_rows = f"{draft.title_row}:{draft.title_row}"
    if draft.freeze_row:
        worksheet.freeze_panes = worksheet.cell(draft.freeze_row + 1, 1)


def _add_validations(draft: Draft, worksheet: Any) -> None:
    from openpyxl.worksheet.datavalidation import DataValidation

    made: dict[object, Any] = {}
    for slot in draft.slots:
        if not slot.choices and not slot.prompt:
            continue
        wanted = (slot.choices, slot.strict, slot.prompt)
        if wanted not in made:
            made[wanted] = _validation(DataValidation, *wanted)
            worksheet.add_data_validation(made[wanted])
        made[wanted].add(worksheet.cell(slot.row, slot.col).coordinate)


def _validation(make: Callable[..., Any], choices: tuple[str, ...], strict: bool, prompt: str) -> Any:
    """A list to choose from (other words stay possible unless `strict`), or only a hint beside the cell."""
    if not choices:
        return make(type=None, allow_blank=True, showInputMessage=True, promptTitle="填写提示", prompt=prompt)
    rule = make(type="list", formula1=f'"{",".join(choices)}"', allow_blank=True, showErrorMessage=strict)
    rule.errorTitle, rule.error = "请从列表中选择", f"只能填：{'、'.join(choices)}"
    return rule
