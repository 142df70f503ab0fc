"""Ruled forms in Word: real tables with a fixed grid, merged cells and repeated heads.

WPS goes by the widths in `w:tblGrid`, Word by those of the cells: both are given. Lines in cells are single,
since an exact distance cuts off what is larger.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil

from desktop.exchange.document.blocks import Cell, TableBlock, cells_in_place, width_em
from desktop.exchange.docx_out.wordml import Paragraph, fonts, run, size, twips

_RULE = '{}="single" w:sz="4" w:space="0" w:color="000000"/>'
_MARGINS = {"top": 30, "left": 50, "bottom": 30, "right": 50}
"""Twips free at the sides of a cell; the line itself has some room above and below."""
_TALLEST_WHOLE = 8
"""A row of more lines may be split by the end of a page."""
_INDENT = 0.5
"""Characters in for each step of 其中: a whole one leaves no room for long labels."""


@dataclass(frozen=True, slots=True)
class Look:
    """Type size and line in points, least height of a row in mm; whether a blank line stands above the title."""

    points: float
    leading: float
    least_mm: float
    blank: bool = True

    @property
    def spacing(self) -> str:
        """As parts of a single line, which in 宋体 is 1.3 times the size; Word counts 240 parts to a line."""
        return f'<w:spacing w:line="{round(240 * self.leading / (1.3 * self.points))}" w:lineRule="auto"/>'

    @property
    def least_row(self) -> int:
        return twips(self.least_mm)


LOOKS = (Look(10, 13, 6.2), Look(9.5, 11.9, 5.6), Look(9, 10.9, 5), Look(9, 10.9, 5, False))
"""For forms: the usual one with the title on the third line, as it should be, and smaller ones that may save a
page; at last with the title on the second line."""


def column_widths(block: TableBlock, width: int) -> list[int]:
    """Whole twips that sum up to `width` exactly."""
    whole, edges, done = sum(block.widths), [0], 0.0
    for share in block.widths:
        done += share
        edges.append(round(width * done / whole))
    return [right - left for left, right in pairwise(edges)]


def row_heights(block: TableBlock, width: int, look: Look) -> list[int]:
    """What each row will take, about: as many lines as its longest cell, a merged one lengthens its last row."""
    columns = column_widths(block, width)
    heights = [look.least_row] * len(block.rows)
    cells = sorted(cells_in_place(block), key=lambda one: one[0] + one[2].rows)
    for row, column, cell in cells:
        room = sum(columns[column : column + cell.cols])
        needed = round(_lines(cell, room, look) * look.leading * 20) + _MARGINS["top"] + _MARGINS["bottom"]
        last = min(row + cell.rows, len(heights)) - 1
        heights[last] = max(heights[last], needed - sum(heights[row:last]))
    return heights


def table_xml(block: TableBlock, width: int, look: Look) -> str:
    """The table without its caption, as wide as the text."""
    columns = column_widths(block, width)
    grid = "".join(f'<w:gridCol w:w="{column}"/>' for column in columns)
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    rules = "".join(f"<w:{side} " + _RULE.format("w:val") for side in sides)
    free = "".join(f'<w:{side} w:w="{pad}" w:type="dxa"/>' for side, pad in _MARGINS.items())
    rows = "".join(
        f"<w:tr>{_row_properties(place < block.header_rows, height, look)}{''.join(cells)}</w:tr>"
        for place, (cells, height) in enumerate(
            zip(_grid(block, columns, look), row_heights(block, width, look), strict=True)
        )
    )
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{width}" w:type="dxa"/><w:tblInd w:w="0" w:type="dxa"/>'
        f'<w:tblBorders>{rules}</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblCellMar>{free}</w:tblCellMar>'
        f"</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"
    )


def _lines(cell: Cell, room: int, look: Look) -> int:
    free = (room - _MARGINS["left"] - _MARGINS["right"]) / 20 / look.points - cell.indent * _INDENT
    return sum(max(1, ceil(width_em(line) / max(free, 1))) for line in cell.text.split("\n"))


def _row_properties(is_head: bool, height: int, look: Look) -> str:
    tall = height > _TALLEST_WHOLE * look.leading * 20 + _MARGINS["top"] + _MARGINS["bottom"]
    whole = "" if tall else "<w:cantSplit/>"
    head = "<w:tblHeader/>" if is_head else ""
    return f'<w:trPr>{whole}<w:trHeight w:val="{look.least_row}" w:hRule="atLeast"/>{head}</w:trPr>'


def _grid(block: TableBlock, columns: Sequence[int], look: Look) -> Iterator[list[str]]:
    """The cells of each row from left to right; what lies below a merged cell is there, too, but empty."""
    rows: list[dict[int, str]] = [{} for _ in block.rows]
    for row, column, cell in cells_in_place(block):
        room = sum(columns[column : column + cell.cols])
        for below in range(min(cell.rows, len(rows) - row)):
            merge = "" if cell.rows == 1 else f'<w:vMerge w:val="{"continue" if below else "restart"}"/>'
            shown = Cell() if below else cell
            rows[row + below][column] = _cell(shown, room, cell.cols, merge, look)
    return ([cells[column] for column in sorted(cells)] for cells in rows)


def _cell(cell: Cell, room: int, cols: int, merge: str, look: Look) -> str:
    span = f'<w:gridSpan w:val="{cols}"/>' if cols > 1 else ""
    face = "hei" if cell.bold else "song"
    left = round(cell.indent * _INDENT * look.points * 20)
    indent = f'<w:ind w:left="{left}"/>' if left else ""
    direct = (
        f'{look.spacing}{indent}<w:jc w:val="{cell.align}"/><w:rPr>{fonts(face)}{size(look.points)}</w:rPr>'
    )
    runs = run(cell.text, face, look.points) if cell.text else ""
    properties = f'<w:tcW w:w="{room}" w:type="dxa"/>{span}{merge}<w:vAlign w:val="center"/>'
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{Paragraph('Cell', runs, direct).xml()}</w:tc>"
