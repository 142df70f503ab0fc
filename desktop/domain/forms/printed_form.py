"""An official form as data: its parts, their lines, and what each cell shows (resources/forms/*/annex*.toml).

One layout serves paper, workbook and window. Where the workbook differs from paper (a narrow column breaks a head
in another place), the words with `sheet_` say so.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, get_args

Shows = Literal[
    "text",  # words of the form itself
    "cell",  # `table.row.column`: one fact, typed or computed
    "heads",  # `table`: the labels of its official columns, a cell each
    "values",  # `table.row` (or the row that is repeated): its official columns, a cell each
    "label",  # the name of the row that is repeated
    "column",  # one column of the row that is repeated
    "target",  # operator, target and unit of an indicator in one cell: `≥95%`
    "points",  # what an indicator, or 预算执行率, was given
    "weight",  # what 预算执行率 is worth
    "block",  # 一级指标 with the points it promises, over all its lines
    "group",  # 二级指标, over all its lines
    "sum",  # cells added up that are no cell of a table: `["annex2_funds.general.executed", …]`
    "total",  # `weight` or `points` of the whole form
]
_SHOWS = get_args(Shows)
DOWN_TO_THE_END, DOWN_TO_THE_TOTAL = 0, -1
"""`rows` of a cell that covers its part to the last line, or to the last but one."""


@dataclass(frozen=True, slots=True)
class FormCell:
    """One cell, or (`heads`, `values`) one for each official column."""

    shows: Shows
    of: str | tuple[str, ...] = ""
    text: str = ""
    """Before a value, with a colon between them: `按收入性质分：83.40`. The workbook has two cells for it."""
    text_of: str = ""
    """`table.row` whose label is that text."""
    cols: int = 1
    rows: int = 1
    align: Literal["", "left", "center"] = ""
    """As is usual for what it shows, where it is not said."""
    indent: int = 0
    plain: bool = False
    """A head that is not set in bold type."""
    prose: bool = False
    """A text of several lines; the workbook gives it as many rows as it needs."""
    long: bool = False
    """A text that may be long; the workbook may not keep it in a cell formatted as text, which shows 255 characters."""
    over_blank: bool = False
    """On paper it covers the blank line, too, that stands where nothing is repeated."""
    sheet_text: str = ""
    sheet_cols: tuple[int, ...] = ()
    """Columns of the text and of the value in the workbook."""


@dataclass(frozen=True, slots=True)
class FormLine:
    """A line of cells; repeated `each` row of a table, each open row of a group, or each indicator."""

    cells: tuple[FormCell, ...]
    each: str = ""
    """`base` (every row), `buildings.item` (the open rows of a group), or INDICATORS."""
    rows: tuple[str, ...] = ()
    """Of a table, only these rows."""
    total_of: str = ""
    """Only where there are several open rows of this group to be added up."""
    least_height: float = 0
    """Points in the workbook: room to write."""


INDICATORS = "indicators"


@dataclass(frozen=True, slots=True)
class FormPart:
    """Lines that share the widths of their columns (millimetres on paper); the first `header_rows` come again on
    every page."""

    lines: tuple[FormLine, ...]
    widths: tuple[float, ...]
    header_rows: int = 0


@dataclass(frozen=True, slots=True)
class SignPart:
    """`填表人：` and the cell whose text follows; without a cell it is signed by hand."""

    label: str
    cell: str = ""


@dataclass(frozen=True, slots=True)
class PrintedForm:
    """One of 附件1, 附件2, …: what stands above its table, the table, and what stands below."""

    id: str
    mark: str
    title: str
    parts: tuple[FormPart, ...]
    sign: tuple[SignPart, ...] = ()
    note: str = ""
    per_project: bool = False
    landscape: bool = False
    sheet_widths: tuple[int, ...] = ()
    """Of the workbook's columns, in characters."""
    sheet_row_height: float = 25.0

    @property
    def columns(self) -> int:
        return len(self.sheet_widths)


def parse_form(data: Mapping[str, Any]) -> PrintedForm:
    """A form from its TOML. ValueError where a word means nothing or a line is not as wide as its form."""
    own = dict(data)
    widths = tuple(own.pop("widths"))
    form = PrintedForm(
        parts=tuple(_part(part, widths) for part in own.pop("part")),
        sign=tuple(SignPart(**part) for part in own.pop("sign", ())),
        sheet_widths=tuple(own.pop("sheet_widths")),
        **own,
    )
    if any(len(part.widths) != form.columns for part in form.parts):
        raise ValueError(f"{form.id}: a part has not as many widths as the workbook")
    return form


def _part(data: Mapping[str, Any], widths: tuple[float, ...]) -> FormPart:
    own = dict(data)
    lines = tuple(_line(line) for line in own.pop("line"))
    return FormPart(lines, tuple(own.pop("widths", widths)), **own)


def _line(data: Mapping[str, Any]) -> FormLine:
    own = dict(data)
    cells = tuple(_cell(cell) for cell in own.pop("cells"))
    return FormLine(cells, rows=tuple(own.pop("rows", ())), **own)


def _cell(data: Mapping[str, Any]) -> FormCell:
    """`{ text = "执行率" }`, `{ cell = "unit.this.name", cols = 7 }`, `{ text = "合计", cell = "…" }`."""
    own = dict(data)
    shows: Shows = next((word for word in _SHOWS if word in own and word != "text"), "text")
    of = own.pop(shows) if shows != "text" else ""
    own["sheet_cols"] = tuple(own.get("sheet_cols", ()))
    return FormCell(shows, tuple(of) if isinstance(of, list) else "" if of is True else of, **own)
