"""The looks of cells in exported workbooks, and how a draft becomes an openpyxl worksheet."""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from desktop.exchange.cell_address import address_of, letters_of
from desktop.exchange.excel_out.sheet_draft import FONT_SIZE, Book, Draft, DraftCell, LiveFormula

SONG, HEI = "宋体", "黑体"
INPUT_FILL = "FFFDF3"
"""So light that it tells input cells on the screen and leaves no grey on paper."""
_RISKY = ("=", "+", "-", "@", "\t")
"""What Excel takes for the beginning of a formula when somebody edits the cell."""
_CHARSET_GB2312, _PAPER_A4 = 134, 9
_COLUMN_MARGIN = 0.7
"""Of a character: what Excel keeps of every column for its margins."""
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

    def apply(self, cell: Any, draft_cell: DraftCell) -> None:
        known = (draft_cell.look, draft_cell.format, draft_cell.indent)
        if known not in self._made:
            self._set(cell, LOOKS[draft_cell.look], draft_cell)
            self._made[known] = copy(cell._style)
        else:
            cell._style = copy(self._made[known])

    @staticmethod
    def _set(cell: Any, look: Look, draft_cell: DraftCell) -> None:
        from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

        cell.font = Font(name=look.font, size=look.size, bold=look.bold, charset=_CHARSET_GB2312)
        cell.alignment = Alignment(look.across, look.down, wrap_text=True, indent=draft_cell.indent)
        cell.number_format = draft_cell.format
        if look.framed:
            thin = Side("thin", color="000000")
            cell.border = Border(thin, thin, thin, thin)
        if look.fill:
            cell.fill = PatternFill("solid", fgColor=look.fill)


def write_draft(draft: Draft, worksheet: Any, styler: Styler) -> dict[str, str | float]:
    """Fill a worksheet; returns the results of its formulas by address, for the file's cached values."""
    results: dict[str, str | float] = {}
    for draft_cell in draft.cells:
        cell = worksheet.cell(draft_cell.row, draft_cell.col)
        _set_value(cell, draft_cell, draft.book, draft.name, results)
        if draft_cell.rows > 1 or draft_cell.cols > 1:
            _merge(worksheet, draft_cell, styler)
        styler.apply(cell, draft_cell)
        if isinstance(draft_cell.value, str):
            keep_text(cell, draft_cell.value)
        if draft_cell.note:
            cell.comment = _comment(draft_cell.note)
    _set_page(draft, worksheet)
    _add_validations(draft, worksheet)
    return results


def _merge(worksheet: Any, draft_cell: DraftCell, styler: Styler) -> None:
    """Draw cells into one, each dressed alike as Excel has it; `merge_cells` takes half of the whole time."""
    last_row, last_col = draft_cell.row + draft_cell.rows - 1, draft_cell.col + draft_cell.cols - 1
    for row in range(draft_cell.row, last_row + 1):
        for col in range(draft_cell.col, last_col + 1):
            styler.apply(worksheet.cell(row, col), draft_cell)
    first, last = address_of(draft_cell.row - 1, draft_cell.col - 1), address_of(last_row - 1, last_col - 1)
    worksheet.merged_cells.add(f"{first}:{last}")


def _set_value(
    cell: Any, draft_cell: DraftCell, book: Book, home: str, results: dict[str, str | float]
) -> None:
    if isinstance(draft_cell.value, LiveFormula):
        cell.value = f"={draft_cell.value.make(book, home)}"
        result = draft_cell.value.result
        results[address_of(draft_cell.row - 1, draft_cell.col - 1)] = (
            result if isinstance(result, str) else float(result)
        )
    elif isinstance(draft_cell.value, Decimal):
        cell.value = as_number(draft_cell.value)
    else:
        put_text(cell, draft_cell.value)


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
        worksheet.column_dimensions[letters_of(index)].width = width + _COLUMN_MARGIN
    for row, height in draft.heights().items():
        worksheet.row_dimensions[row].height = round(height, 1)
    setup, margins = worksheet.page_setup, worksheet.page_margins
    setup.paperSize, setup.orientation = _PAPER_A4, "landscape" if draft.landscape else "portrait"
    setup.fitToWidth, setup.fitToHeight = 1, 0
    worksheet.sheet_properties.pageSetUpPr.fitToPage = True
    margins.left = margins.right = 0.59  # inches: 15 mm
    margins.top = margins.bottom = 0.71  # 18 mm
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
    for draft_cell in draft.cells:
        if not draft_cell.choices and not draft_cell.prompt:
            continue
        wanted = (draft_cell.choices, draft_cell.strict, draft_cell.prompt)
        if wanted not in made:
            made[wanted] = _validation(DataValidation, *wanted)
            worksheet.add_data_validation(made[wanted])
        made[wanted].add(worksheet.cell(draft_cell.row, draft_cell.col).coordinate)


def _validation(make: Callable[..., Any], choices: tuple[str, ...], strict: bool, prompt: str) -> Any:
    """A list to choose from (other words stay possible unless `strict`), or only a hint beside the cell."""
    if not choices:
        return make(type=None, allow_blank=True, showInputMessage=True, promptTitle="填写提示", prompt=prompt)
    rule = make(type="list", formula1=f'"{",".join(choices)}"', allow_blank=True, showErrorMessage=strict)
    rule.errorTitle, rule.error = "请从列表中选择", f"只能填：{'、'.join(choices)}"
    return rule
