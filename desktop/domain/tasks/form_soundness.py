"""What a printed form from outside must keep before it can be laid out: sizes in bounds, cells that are there.

Whether its lines are as wide as they should be, `desktop/domain/forms/form_faults.py` sees by laying it out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from desktop.domain.forms.printed_form import INDICATORS, FormCell, FormLine, FormPart, PrintedForm
from desktop.domain.template import Table

MOST_LINES, MOST_COLUMNS = 200, 40
_BRACES, _FILLED_IN = re.compile(r"[{}][^{}]*[{}]?"), {"{year}", "{last_year}", "{level}"}
WIDEST = 300.0
"""Millimetres: an A4 page laid across has 297."""

Tables = Mapping[str, Table]


def faults_of_form(form: PrintedForm, tables: Tables) -> Iterator[str]:
    """Each as a Chinese sentence without its stop."""
    where = form.mark or form.id
    if not form.title.strip() or not form.mark.strip():
        yield f"{form.id} 没有 mark 或 title"
    words = (cell.text for part in form.parts for line in part.lines for cell in line.cells)
    for text in (form.title, form.note, *words):
        if set(_BRACES.findall(text)) - _FILLED_IN:
            yield f"{where} 的“{text}”里花括号中的字不认识，可用 {{year}}、{{last_year}}、{{level}}"
    if not 0 < form.columns <= MOST_COLUMNS or any(not 1 <= width <= 200 for width in form.sheet_widths):
        yield f"{where} 的 sheet_widths 不对"
    if not 5 <= form.sheet_row_height <= 200:
        yield f"{where} 的 sheet_row_height 不对"
    if not form.parts or sum(len(part.lines) for part in form.parts) > MOST_LINES:
        yield f"{where} 没有内容，或超过{MOST_LINES}行"
    for part in form.parts:
        yield from (f"{where} {fault}" for fault in _part(part, tables))
    for sign in form.sign:
        if sign.cell and not _is_cell(sign.cell, tables):
            yield f"{where} 的 sign 里的格子 {sign.cell} 没有"


def _part(part: FormPart, tables: Tables) -> Iterator[str]:
    if any(not 1 <= width <= WIDEST for width in part.widths) or sum(part.widths) > WIDEST:
        yield f"的列宽不对（每列至少1毫米，合计不超过{WIDEST:.0f}毫米）"
    if not part.lines or not 0 <= part.header_rows < len(part.lines):
        yield "有一部分没有行，或 header_rows 不对"
    for line in part.lines:
        yield from _line(line, tables)


def _line(line: FormLine, tables: Tables) -> Iterator[str]:
    table, _, group = line.each.partition(".")
    if line.each not in ("", INDICATORS):
        if table not in tables:
            yield f"的 each 里的表 {table} 没有"
            return
        if group and not any(row.id == group and row.open for row in tables[table].rows):
            yield f"的 each 里的 {line.each} 不是可以增加行的一组"
    if not 0 <= line.least_height <= 400:
        yield "的 least_height 不对"
    if line.total_of and not _is_group(line.total_of, tables):
        yield f"的 total_of 里的 {line.total_of} 没有"
    for row in line.rows:
        if table not in tables or not any(known.id == row for known in tables[table].rows):
            yield f"的 rows 里的行 {row} 没有"
    for cell in line.cells:
        if (
            not 1 <= cell.cols <= MOST_COLUMNS
            or not -1 <= cell.rows <= MOST_LINES
            or not 0 <= cell.indent <= 10
        ):
            yield "有一格的 cols、rows 或 indent 不对"
        wide = cell.sheet_cols
        if wide and (len(wide) != 2 or any(not 1 <= cols <= MOST_COLUMNS for cols in wide)):
            yield "有一格的 sheet_cols 应是两个列数"
        fault = _cell(cell, line, table, tables)
        if fault:
            yield fault


def _cell(cell: FormCell, line: FormLine, about: str, tables: Tables) -> str:
    """What a cell names must be there; what belongs to a repeated row must stand in a line that repeats one."""
    of = cell.of if isinstance(cell.of, str) else ""
    if cell.text_of and not _is_row(cell.text_of, tables):
        return f"的 text_of 里的 {cell.text_of} 没有"
    if cell.shows in ("target", "block", "group") and line.each != INDICATORS:
        return f"的 {cell.shows} 只能放在 each = “{INDICATORS}”的行里"
    if cell.shows in ("label", "column") and not line.each:
        return f"的 {cell.shows} 只能放在有 each 的行里"
    match cell.shows:
        case "cell" if not _is_cell(of, tables):
            return f"里的格子 {of} 没有"
        case "heads" if of not in tables:
            return f"的 heads 里的表 {of} 没有"
        case "values" if (not of and about not in tables) or (of and not _is_row(of, tables)):
            return f"的 values 里的 {of} 没有"
        case "column":
            table = tables["annex2_indicators"] if line.each == INDICATORS else tables[about]
            if not any(column.id == of for column in table.columns):
                return f"里的列 {of} 没有"
        case "sum" if not cell.of or any(
            not _is_cell(one, tables) for one in cell.of if not isinstance(cell.of, str)
        ):
            return "的 sum 里有的格子没有"
        case "total" if of not in ("weight", "points"):
            return "的 total 应是 weight 或 points"
    return ""


def _is_cell(name: str, tables: Tables) -> bool:
    parts = name.split(".")
    return len(parts) == 3 and parts[0] in tables and tables[parts[0]].has(parts[1], parts[2])


def _is_row(name: str, tables: Tables) -> bool:
    table, _, row = name.partition(".")
    return table in tables and any(known.id == row for known in tables[table].rows)


def _is_group(name: str, tables: Tables) -> bool:
    table, _, row = name.partition(".")
    return table in tables and any(known.id == row and known.open for known in tables[table].rows)
