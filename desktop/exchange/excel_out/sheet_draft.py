"""A workbook before it is written: what stands where, and in which cell every fact is shown."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from desktop.domain.facts import FactSheet
from desktop.domain.keys import FactKey
from desktop.domain.numbers import UNDEFINED, number_of, show_short
from desktop.domain.scoring.scoring import IndicatorScore
from desktop.domain.scoring.targets import Target
from desktop.domain.template import LABEL
from desktop.exchange.excel_out.addresses import Place, Span, clean, sheet_name
from desktop.exchange.excel_out.formulas import excel_formula

MAX_HEIGHT = 400.0
"""Points; Excel draws no row higher than 409."""
_SPARE_HEIGHT = 20.0
"""A line left free in a long text: Excel wraps by its own widths, not by those reckoned here."""
FONT_SIZE = 10.5
LINE_HEIGHT = 18.0
"""Points of a row with a single line."""

_INDENT_WIDTH = 1.5
"""Of a column's unit, the width of a digit: what one step of indent takes."""
_LINE_FACTOR = 1.4
"""Distance of wrapped lines in 宋体, as parts of the type size."""
FORMATS = {"money": "0.00", "percent": "0.00%"}


Result = Decimal | str
Make = Callable[["Book", str], str]
"""Writes an Excel formula, once every place is known, as seen from a sheet."""


@dataclass(frozen=True, slots=True)
class LiveFormula:
    """A formula with the result it has now."""

    make: Make
    result: Result


@dataclass(frozen=True, slots=True)
class DraftCell:
    """One cell (with what is merged into it) and its look."""

    row: int
    col: int
    value: str | Decimal | LiveFormula
    look: str
    rows: int = 1
    cols: int = 1
    format: str = "General"
    indent: int = 0
    choices: tuple[str, ...] = ()
    strict: bool = False
    prompt: str = ""
    note: str = ""


@dataclass
class Draft:
    """One sheet: its cells, and how it is printed."""

    book: Book
    name: str
    widths: tuple[int, ...]
    row_height: float
    cells: list[DraftCell] = field(default_factory=list)
    least_heights: dict[int, float] = field(default_factory=dict)
    landscape: bool = False
    title_row: int = 0
    freeze_row: int = 0

    def put(self, row: int, col: int, value: str | Decimal | LiveFormula, look: str, **more: object) -> None:
        """Something that is no fact: a heading, a sum, a constant."""
        self.cells.append(replace(DraftCell(row, col, value, look), **more))  # type: ignore[arg-type]
        if look == "title":
            self.least_heights[row] = 32

    def fact(self, row: int, col: int, key: FactKey, **more: object) -> None:
        """The cell of a fact or computed value; the second time a key comes it only refers to the first."""
        sheet, column = self.book.sheet, self.book.sheet.column(key)
        kind = column.kind if column else "text"
        if key in self.book.places:
            more = {"format": FORMATS.get(kind, "General")} | more
            self.put(row, col, self.book.reference(key), str(more.pop("look", "computed")), **more)
            return
        more = {"format": FORMATS.get(kind, "@" if kind in SHORT_TEXT else "General")} | more
        self.book.places[key] = Place(self.name, row, col)
        if sheet.formula(key) and not sheet.by_hand(key):
            self.put(row, col, self.book.computed(key), str(more.pop("look", "computed")), **more)
            return
        if column and column.choices and "choices" not in more:
            more |= {"choices": column.choices, "strict": kind == "choice"}
        more = {"look": "input", "note": self.book.note(key)} | more
        self.put(row, col, self.book.value(key), str(more.pop("look")), **more)

    def expanded(self, row: int, col: int, key: FactKey, text: str, look: str, **more: object) -> None:
        """The cell of a text whose live fields show their values, which is not as it is stored."""
        self.book.places[key] = Place(self.name, row, col)
        self.put(row, col, clean(text), look, **more)

    def label(self, row: int, key: FactKey, indent: int, col: int = 1, **more: object) -> None:
        """The name of an open row, which the clerk gave it."""
        self.fact(
            row, col, FactKey(key.table, key.row, LABEL), look="name", indent=indent, format="@", **more
        )

    def points(self, row: int, col: int, score: IndicatorScore, **more: object) -> None:
        """自评得分: set by hand, or by the rule (then it is no fact but is remembered as exported)."""
        if score.key in self.book.places:
            self.put(row, col, self.book.reference(score.key, score.points), "computed", **more)
            return
        self.book.places[score.key] = Place(self.name, row, col)
        note = ""
        if score.by_hand:
            by_rule = "" if score.rule_points is None else f"，按规则应为{show_short(score.rule_points)}"
            note = f"手填{by_rule}"
        elif score.points is not None:
            self.book.points_by_rule[score.key] = show_short(score.points, 3)
        value = "" if score.points is None else score.points
        self.put(row, col, value, "input", **({"note": note} | more))

    def target(self, row: int, col: int, table: str, item: str) -> None:
        """年度指标值 in one cell, as the official form has it; it shows three facts."""
        operator, number, unit = (FactKey(table, item, column) for column in ("operator", "target", "unit"))
        for key in (operator, number, unit):
            self.book.places[key] = Place(self.name, row, col)
        parts = [str(self.book.value(key)) for key in (operator, number, unit)]
        target = Target(parts[0], parts[1], parts[2])
        self.put(row, col, target.written(), "input", format="@", prompt=TARGET_PROMPT)

    def span(self, table: str, group: str, columns: Sequence[tuple[str, int]], first: int, last: int) -> None:
        """Remember where the rows of an open group stand, for the sums over them."""
        for column, col in columns:
            ends = Place(self.name, first, col), Place(self.name, last, col)
            self.book.spans[table, group, column] = Span(*ends)

    def rows_for(self, text: str, cols: Sequence[int]) -> int:
        """How many sheet rows a long text needs, as none may be higher than Excel draws it."""
        width = sum(self.widths[col - 1] for col in cols)
        return max(1, math.ceil(height_of(text, width) / (MAX_HEIGHT - _SPARE_HEIGHT)))

    def heights(self) -> dict[int, float]:
        """A height in points for every row, such that no text is cut off."""
        heights: dict[int, float] = dict(self.least_heights)
        for cell in sorted(self.cells, key=lambda cell: cell.rows):
            shown = cell.value.result if isinstance(cell.value, LiveFormula) else cell.value
            width = sum(self.widths[cell.col - 1 : cell.col - 1 + cell.cols]) - cell.indent * _INDENT_WIDTH
            wanted = height_of(shown, width) if isinstance(shown, str) else 0.0
            rows = range(cell.row, cell.row + cell.rows)
            missing = wanted - sum(heights.setdefault(row, self.row_height) for row in rows)
            for row in rows:
                heights[row] = min(heights[row] + max(0.0, missing) / cell.rows, MAX_HEIGHT)
        return heights


SHORT_TEXT = ("text", "date", "choice")
TARGET_PROMPT = "符号、数值和单位写在一格里，例如：≥95%、≤3起、=0起、5~10天；定性指标直接写文字。"


class Book:
    """All sheets of one workbook, and the one cell in which each fact stands."""

    def __init__(self, sheet: FactSheet) -> None:
        self.sheet = sheet
        self.drafts: list[Draft] = []
        self.places: dict[FactKey, Place] = {}
        self.spans: dict[tuple[str, str, str], Span] = {}
        self.points_by_rule: dict[FactKey, str] = {}
        """Points shown by rule: exported, but nobody's fact."""

    def draft(
        self, name: str, widths: Sequence[int], *, landscape: bool = False, row_height: float = 18.0
    ) -> Draft:
        """A new sheet, under a name that Excel accepts."""
        title = sheet_name(name, [draft.name for draft in self.drafts])
        self.drafts.append(Draft(self, title, tuple(widths), row_height, landscape=landscape))
        return self.drafts[-1]

    def value(self, key: FactKey) -> str | Decimal:
        """What was typed: a number where the cell takes numbers and it is one, else text fit for XML."""
        column = self.sheet.column(key)
        if column is not None and (column.numeric or column.kind == "points"):
            number = self.sheet.typed(key) if column.numeric else number_of(self.sheet.text(key))
            if number is not None:
                return number
        return clean(self.sheet.text(key))

    def computed(self, key: FactKey) -> LiveFormula:
        def make(book: Book, home: str) -> str:
            return excel_formula(book.sheet, book.places, book.spans, home, key)

        return LiveFormula(make, self.result(key))

    def reference(self, key: FactKey, points: Decimal | None = None) -> LiveFormula:
        """A formula that repeats a cell which stands elsewhere; empty stays empty."""

        def make(book: Book, home: str) -> str:
            cell = book.places[key].seen_from(home)
            return f'IF({cell}="","",{cell})'

        return LiveFormula(make, points if points is not None else self.result(key))

    def result(self, key: FactKey) -> Result:
        """What the cell of a key shows now, as a formula would give it."""
        column = self.sheet.column(key)
        if key in self.sheet.facts or column is None or not column.numeric:
            return self.value(key)
        number = self.sheet.number(key)
        undefined = UNDEFINED if column.kind == "percent" and self.sheet.formula(key) else ""
        return undefined if number is None else number

    def note(self, key: FactKey) -> str:
        """`手填` on a cell that has a formula and was filled in all the same."""
        computed = self.sheet.computed(key) if self.sheet.by_hand(key) else None
        column = self.sheet.column(key)
        if computed is None or column is None:
            return ""
        return f"手填，按公式应为{self.sheet.show(computed, column.kind)}"


def width_of(text: str) -> int:
    """Columns of half width: a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(char) in "WFA" else 1 for char in text)


def height_of(text: str, width: float) -> float:
    """Points for a text wrapped into `width` characters of the sheet's column unit."""
    fits = max(width - 1.0, 2.0)  # a digit for the margins; no column is too narrow for one character
    lines = sum(max(1, math.ceil(width_of(line) / fits)) for line in text.split("\n"))
    return LINE_HEIGHT + (lines - 1) * FONT_SIZE * _LINE_FACTOR
