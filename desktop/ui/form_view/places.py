"""Where the cells of a laid-out form lie on one grid that is fine enough for all its parts.

The parts of a form divide its width differently, so a cell goes over as many of the grid's columns as there are
between its edges. The grid's first and last column are the paper beside the form.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import Literal, NamedTuple

from desktop.domain.facts import FactSheet
from desktop.domain.forms.laid_out import LaidCell, LaidForm, LaidLine, LaidPart
from desktop.domain.keys import FactKey, base_of
from desktop.domain.template import LABEL, ORDER, Column
from desktop.ui.grid.layout import EMPTY, WHOLE_TARGET, Cell, GridRow, Layout

Look = Literal["mark", "title", "cell", "note", "sign"]
_HEAD_ROWS = 2
"""`附件1` and the title stand above the table."""
_WORDS = ("head", "label", "row")
_DIGITS = 6
"""Edges that agree in so many digits of the form's width are one: widths of 156 mm are added up as floats."""
_TARGET = ("target", "operator", "unit")


@dataclass(frozen=True, slots=True)
class Place:
    """A cell over `rows` and `columns` of the grid from its upper left corner on."""

    laid: LaidCell
    cell: Cell
    """What of it is typed, as every other sheet knows it."""
    row: int
    column: int
    rows: int = 1
    columns: int = 1
    look: Look = "cell"
    at: int = 0
    """Column of the workbook in which its value stands, from 0; its words may stand before."""
    words_at: int = 0
    hint: str = ""
    """What an empty cell says of itself."""

    @property
    def lead(self) -> str:
        """The form's own words before a value."""
        if self.look == "sign":
            return self.laid.text
        return f"{self.laid.text}：" if self.laid.kind in ("fact", "sum") and self.laid.text else ""

    @property
    def words(self) -> str:
        return self.lead + self.laid.shown if self.lead else self.laid.text or self.laid.shown

    @property
    def of_the_form(self) -> bool:
        """True for words that stand there whatever the report says, and for cells that are left empty."""
        return self.laid.kind in _WORDS or (self.cell.key is None and not self.laid.shown)

    @property
    def first(self) -> bool:
        """At the upper edge of the table."""
        return self.row == _HEAD_ROWS

    @property
    def is_target(self) -> bool:
        return self.cell.kind == WHOLE_TARGET

    @property
    def shape(self) -> tuple[int, int, int, int]:
        return self.row, self.column, self.rows, self.columns


class Head(NamedTuple):
    """The lines of a part that paper repeats on each page: from `row` on, for the lines to `last`."""

    row: int
    rows: int
    last: int

    def begins(self, row: int) -> bool:
        return self.row <= row <= self.last

    def over(self, row: int) -> bool:
        return self.row + self.rows <= row <= self.last


class _Whereabouts:
    """Which of the cells lies where; the same as long as the lines are."""

    def __init__(self, places: Sequence[Place]) -> None:
        self.covering: dict[tuple[int, int], int] = {}
        self.by_key: dict[FactKey, int] = {}
        self.by_row: dict[int, list[int]] = {}
        for number, place in enumerate(places):
            self.by_row.setdefault(place.row, []).append(number)
            for row in range(place.row, place.row + place.rows):
                for column in range(place.column, place.column + place.columns):
                    self.covering[row, column] = number
            for key in keys_of(place.cell):  # where the form says it twice, the first is meant
                self.by_key.setdefault(key, number)


@dataclass(frozen=True)
class FormSheet:
    """`edges` are those of the form's columns, as parts of its width from 0 to 1; `least` heights in points."""

    laid: LaidForm
    edges: tuple[float, ...]
    layout: Layout
    places: tuple[Place, ...]
    least: tuple[float, ...]
    where: _Whereabouts
    heads: tuple[Head, ...] = ()

    def over(self, row: int, column: int) -> Place | None:
        """The cell that lies over a row and a column of the grid."""
        number = self.where.covering.get((row, column))
        return None if number is None else self.places[number]

    def of(self, key: FactKey) -> Place | None:
        """Where a fact is typed."""
        number = self.where.by_key.get(key)
        return None if number is None else self.places[number]

    def place_of(self, key: FactKey) -> Place | None:
        """The same; and of a row's name or order, which the form may not show, the row's first cell."""
        place = self.of(key)
        if place is None and key.column in (ORDER, LABEL):
            same = (
                n for n, row in enumerate(self.layout.rows) if (row.table, row.row) == (key.table, key.row)
            )
            typed = (place for place in self.beginning_in(next(same, -1)) if place.cell.key is not None)
            place = next(typed, None)
        return place

    def beginning_in(self, row: int) -> list[Place]:
        return [self.places[number] for number in self.where.by_row.get(row, ())]

    def reread(self, laid: LaidForm, facts: FactSheet) -> tuple[FormSheet, list[Place]] | None:
        """This sheet with what the report says now, and the cells that read otherwise. None where there are other
        lines or words, and all is to be placed anew."""
        if (laid.title, laid.note, laid.sign) != (self.laid.title, self.laid.note, self.laid.sign):
            return None
        cells = [cell for part in laid.parts for line in part.lines for cell in line.cells]
        numbers = [number for number, place in enumerate(self.places) if place.look == "cell"]
        if len(cells) != len(numbers):
            return None
        fresh: dict[int, LaidCell] = {}
        for number, cell in zip(numbers, cells, strict=True):
            was = self.places[number].laid
            if (was.kind, was.key, was.rows, was.text) != (cell.kind, cell.key, cell.rows, cell.text):
                return None
            if was.shown != cell.shown:
                fresh[number] = cell
        for number, place in enumerate(self.places):
            key = place.laid.key
            if place.look == "sign" and key and (shown := facts.display(key).strip()) != place.laid.shown:
                fresh[number] = place.laid._replace(shown=shown)
        if not fresh:
            return self, []
        changed = {number: replace(self.places[number], laid=cell) for number, cell in fresh.items()}
        places = tuple(changed.get(number, place) for number, place in enumerate(self.places))
        return replace(self, laid=laid, places=places), list(changed.values())


def keys_of(cell: Cell) -> tuple[FactKey, ...]:
    """The facts that are typed in a cell of a form; a target is three of them."""
    key = cell.key
    if key is None:
        return ()
    return tuple(key._replace(column=c) for c in _TARGET) if cell.kind == WHOLE_TARGET else (key,)


def form_sheet(laid: LaidForm, sheet: FactSheet) -> FormSheet:
    """Title above, sign line and note below, as on paper."""
    return _Placing(laid, sheet).sheet_of_all()


class _Placing:
    def __init__(self, laid: LaidForm, sheet: FactSheet) -> None:
        self.laid, self.facts = laid, sheet
        parts = max(len(laid.sign), 1)
        edges = {round(n / parts, _DIGITS) for n in range(parts + 1)}
        for part in laid.parts:
            edges.update(_edges(part.widths))
        self.edges = tuple(sorted(edges))
        self.number = {edge: number for number, edge in enumerate(self.edges, 1)}
        self.width = len(self.edges) - 1
        self.places: list[Place] = []
        self.rows: list[GridRow] = []
        self.least: list[float] = []
        self.heads: list[Head] = []

    def sheet_of_all(self) -> FormSheet:
        self.words(self.laid.form.mark, "mark")
        self.words(self.laid.title, "title")
        for part in self.laid.parts:
            self.part(part)
        if self.laid.note:
            self.words(self.laid.note, "note")
        if self.laid.sign:
            self.sign()
        layout = Layout((), tuple(self.rows))
        places, least, heads = tuple(self.places), tuple(self.least), tuple(self.heads)
        return FormSheet(self.laid, self.edges, layout, places, least, _Whereabouts(places), heads)

    # -- lines -------------------------------------------------------------------------------------------

    def words(self, text: str, look: Look) -> None:
        """A line of the form's own, over its whole width."""
        laid = LaidCell("label", text, align="center" if look == "title" else "left")
        place = Place(laid, Cell(text=text, kind="label"), len(self.rows), 1, columns=self.width, look=look)
        self.end_line([place], GridRow("fixed", ()))

    def sign(self) -> None:
        count = len(self.laid.sign)
        places = []
        for number, (label, key) in enumerate(self.laid.sign):
            left, right = (self.number[round(n / count, _DIGITS)] for n in (number, number + 1))
            shown = self.facts.display(key).strip() if key else ""
            laid = LaidCell("fact" if key else "label", label, shown, key, align="left")
            cell = self.cell(laid) if key else Cell(text=label, kind="label")
            span = right - left
            places.append(Place(laid, cell, len(self.rows), left, 1, span, "sign", number, number))
        self.end_line(places, GridRow("fixed", ()))

    def part(self, part: LaidPart) -> None:
        edges = [self.number[edge] for edge in _edges(part.widths)]
        first = len(self.rows)
        if part.header_rows:
            self.heads.append(Head(first, part.header_rows, first + len(part.lines) - 1))
        on_paper: dict[int, int] = {}
        """Column of the part -> the line below a cell that reaches down; and the same of the workbook."""
        in_book: dict[int, int] = {}
        for number, line in enumerate(part.lines):
            left = len(part.lines) - number
            places = list(self.line(line, left, edges, on_paper, in_book))
            self.end_line(places, self.grid_row(line, places), line.least_height)

    def line(
        self, line: LaidLine, left: int, edges: list[int], on_paper: dict[int, int], in_book: dict[int, int]
    ) -> Iterator[Place]:
        row, col, at = len(self.rows), 0, 0
        asks = line.blank
        for laid in line.cells:
            while on_paper.get(col, 0) > row:
                col += 1
            while in_book.get(at, 0) > row:
                at += 1
            rows = min(laid.rows, left)
            words, value = laid.spec.sheet_cols or (0, laid.cols)
            on_paper.update(dict.fromkeys(range(col, col + laid.cols), row + rows))
            in_book.update(dict.fromkeys(range(at, at + words + value), row + rows))
            cell = self.cell(laid)
            columns = edges[col + laid.cols] - edges[col]
            hint = f"＋ {self.adds(line)}" if asks and cell.key is not None else self.hint(cell)
            asks = asks and cell.key is None
            yield Place(laid, cell, row, edges[col], rows, columns, "cell", at + words, at, hint)
            col, at = col + laid.cols, at + words + value

    def end_line(self, places: list[Place], row: GridRow, least: float = 0) -> None:
        cells = [EMPTY] * (self.width + 2)
        for place in places:
            cells[place.column] = place.cell
        self.places += places
        self.rows.append(row._replace(cells=tuple(cells)))
        self.least.append(least)

    def grid_row(self, line: LaidLine, places: list[Place]) -> GridRow:
        """An open row knows its group, so that it can be moved and removed, and others added behind it."""
        keys = [place.laid.key for place in places if place.laid.key is not None]
        table, group = line.group
        if table:
            row = next((key.row for key in keys if key.table == table), group)
            return GridRow("blank" if line.blank else "item", (), table, row, adds=self.adds(line))
        key = keys[0] if keys else FactKey("", "", "")
        adds = self.adds_to(key.table, key.row) if line.heading else ""
        return GridRow("fixed", (), key.table, key.row, adds=adds)

    def adds(self, line: LaidLine) -> str:
        return self.adds_to(*line.group)

    def adds_to(self, table: str, group: str) -> str:
        return f"添加{self.facts.templates.tables[base_of(table)].row(group).item or '一行'}"

    # -- cells -------------------------------------------------------------------------------------------

    def cell(self, laid: LaidCell) -> Cell:
        key = laid.key
        if key is None or laid.kind in ("sum", "total", "none"):
            return Cell(text=laid.text, kind="label")
        column = self.facts.column(key)
        if laid.kind in ("points", WHOLE_TARGET):
            return Cell(key, kind=laid.kind)
        if column is None:
            return Cell(key)
        return Cell(key, kind=column.kind, choices=column.choices)

    def hint(self, cell: Cell) -> str:
        column: Column | None = self.facts.column(cell.key) if cell.key is not None else None
        return column.hint if column is not None else ""


def _edges(widths: tuple[float, ...]) -> list[float]:
    """Of columns, as parts of their whole width."""
    whole = sum(widths)
    return [round(edge / whole, _DIGITS) for edge in accumulate(widths, initial=0.0)]
