"""An official form as a sheet: the cells of its layout, with live formulas and blank lines to be filled in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from desktop.domain import formula
from desktop.domain.assessment import Assessment
from desktop.domain.forms.laid_out import NOT_SCORED, LaidCell, LaidForm, LaidLine, lay_out
from desktop.domain.forms.printed_form import PrintedForm
from desktop.domain.formula import Operation, Reference
from desktop.domain.keys import FactKey
from desktop.domain.template import Column
from desktop.exchange.excel_out.addresses import Place
from desktop.exchange.excel_out.formulas import rate_formula, sum_formula
from desktop.exchange.excel_out.sheet_draft import FORMATS, SHORT_TEXT, Book, Draft, LiveFormula, Result

_TITLE_ROWS = 2
_SIGN_HEIGHT = 30.0
"""Points: room to sign by hand."""


def add_form(book: Book, assessment: Assessment, form: PrintedForm, scope: str = "") -> None:
    """Add the sheet of a form, for one project where there is a form for each."""
    laid = lay_out(form, assessment, scope, typing=True)
    name = f"{form.mark}-{laid.name or f'项目{scope}'}" if scope else form.mark
    draft = book.draft(name, form.sheet_widths, landscape=form.landscape, row_height=form.sheet_row_height)
    draft.put(1, 1, form.mark, "annex", cols=form.columns)
    draft.put(2, 1, laid.title, "title", cols=form.columns)
    _FormSheet(draft, laid).write()


class _FormSheet:
    """Writes from top to bottom; a text of several lines makes its line several rows high."""

    def __init__(self, draft: Draft, laid: LaidForm) -> None:
        self.draft, self.laid, self.sheet = draft, laid, draft.book.sheet
        self.row = _TITLE_ROWS + 1
        self.scored: dict[str, list[Place]] = {"weight": [], "points": []}
        """Where the weights and the points stand that the last line adds up."""
        self.groups: dict[tuple[str, str], list[tuple[int, dict[str, int]]]] = {}
        """Rows of each open group, and in which column each of its figures stands."""

    def write(self) -> None:
        for part in self.laid.parts:
            if part.header_rows and not self.draft.title_row:
                self.draft.title_row = self.row
            heights = [self.height(line) for line in part.lines]
            covered: dict[int, int] = {}
            """Column -> the row below a cell that reaches down into the lines to come."""
            for place, line in enumerate(part.lines):
                self.line(line, heights[place:], covered)
                self.row += heights[place]
        for (table, group), rows in self.groups.items():
            self.draft.span(table, group, list(rows[-1][1].items()), rows[0][0], rows[-1][0])
        last = self.row - 1
        if self.laid.note:
            last = self.row
            self.draft.put(last, 1, self.laid.note, "remark", cols=self.laid.form.columns)
        _add_signature(self.draft, last + 2, self.laid)

    def height(self, line: LaidLine) -> int:
        """Sheet rows of a line: Excel limits the height of one."""
        rows, end = 1, self.laid.form.columns
        for cell in reversed(
            line.cells
        ):  # the last one ends at the right edge, whatever reaches down on the left
            if cell.spec.prose and cell.key is not None:
                cols = range(end - cell.cols + 1, end + 1)
                rows = max(rows, self.draft.rows_for(self.sheet.text(cell.key), cols))
            end -= cell.cols
        return rows

    def line(self, line: LaidLine, heights: Sequence[int], covered: dict[int, int]) -> None:
        if line.least_height:
            self.draft.least_heights[self.row] = line.least_height
        placed: list[tuple[LaidCell, int, int]] = []
        col = 1
        for cell in line.cells:
            while covered.get(col, 0) > self.row:
                col += 1
            rows, end = sum(heights[: cell.rows]), col + (sum(cell.spec.sheet_cols) or cell.cols)
            covered.update(dict.fromkeys(range(col, end), self.row + rows))
            placed.append((cell, col, rows))
            col = end
        columns = {cell.key.column: col for cell, col, _ in placed if cell.key and cell.kind != "name"}
        for cell, col, rows in placed:
            self.cell(cell, line, columns, col, rows)
        if line.group[0]:
            self.groups.setdefault(line.group, []).append((self.row, columns))

    # -- cells -------------------------------------------------------------------------------------------

    def cell(self, cell: LaidCell, line: LaidLine, columns: Mapping[str, int], col: int, rows: int) -> None:
        place: dict[str, object] = {"rows": rows, "cols": cell.cols}
        if cell.spec.sheet_cols:
            words, value = cell.spec.sheet_cols
            self.draft.put(self.row, col, cell.text, "row", rows=rows, cols=words, indent=cell.indent)
            col, place = col + words, {"rows": rows, "cols": value}
        self.add_to_total(cell, col)
        if cell.kind in ("head", "label", "row"):
            self.words(cell, col, place)
        elif line.blank:
            self.blank(cell, columns, col, place)
        elif cell.kind in ("sum", "total", "none"):
            self.no_fact(cell, col, place)
        elif cell.score is not None:
            self.draft.points(self.row, col, cell.score, **place)
        else:
            self.fact(cell, col, place)

    def words(self, cell: LaidCell, col: int, place: Mapping[str, object]) -> None:
        """Beside a value the words have been put there; here stands what of the value's cell is left."""
        if cell.spec.sheet_cols:
            self.draft.put(self.row, col, "", "computed", **place)
        else:
            text = cell.spec.sheet_text or cell.text
            self.draft.put(self.row, col, text, cell.kind, **place, indent=cell.indent)

    def no_fact(self, cell: LaidCell, col: int, place: Mapping[str, object]) -> None:
        number: Result = "" if cell.number is None else cell.number
        if cell.kind == "sum":
            live = LiveFormula(lambda book, home: _sum_of(book, home, cell.adds), number)
            self.draft.put(self.row, col, live, "computed", **place, format="0.00")
        elif cell.kind == "total":
            scored = self.scored[str(cell.spec.of)]
            self.draft.put(
                self.row, col, LiveFormula(lambda _, home: sum_formula(home, scored), number), "head"
            )
        else:
            self.draft.put(self.row, col, cell.text if cell.number is None else number, "computed", **place)

    def fact(self, cell: LaidCell, col: int, place: Mapping[str, object]) -> None:
        key = cell.key
        assert key is not None, "a cell that is filled in has a fact"
        more: dict[str, object] = dict(place)
        if cell.kind == "target":
            self.draft.target(self.row, col, key.table, key.row)
        elif cell.kind == "name":
            self.draft.label(self.row, key, cell.indent, col, **more)
        else:
            if cell.align == "left" and not cell.spec.sheet_cols:
                more["look"] = "prose" if cell.spec.prose else "name"
            if cell.spec.long:
                more["format"] = "General"
            self.draft.fact(self.row, col, key, **more)

    def blank(
        self, cell: LaidCell, columns: Mapping[str, int], col: int, place: Mapping[str, object]
    ) -> None:
        """A cell of a row that is still to be typed; its rates work as soon as somebody types the figures."""
        key = cell.key
        column = None if key is None or cell.kind == "name" else self.column(key)
        kind = "text" if column is None else column.kind
        match formula.parse(column.formula) if column is not None and column.formula else None:
            case Operation("/", Reference(share), Reference(whole)) if {share, whole} <= set(columns):
                ends = [Place(self.draft.name, self.row, columns[name]) for name in (share, whole)]
                live = LiveFormula(lambda _, home: rate_formula(home, ends[0], ends[1]), "")
                self.draft.put(self.row, col, live, "computed", **place, format=FORMATS["percent"])
                return
        words = "General" if cell.spec.long else "@"
        number_format = words if kind in SHORT_TEXT else FORMATS.get(kind, "General")
        look = "name" if cell.align == "left" or cell.kind == "name" else "input"
        self.draft.put(self.row, col, "", look, **place, indent=cell.indent, format=number_format)

    def column(self, key: FactKey) -> Column:
        return self.sheet.templates.tables[key.base].column(key.column)

    def add_to_total(self, cell: LaidCell, col: int) -> None:
        """Blank lines count: somebody may fill them in."""
        column = cell.key.column if cell.key is not None else ""
        kind = (
            "points"
            if cell.score or column == "points"
            else "weight"
            if cell.spec.shows == "weight" or column == "weight"
            else ""
        )
        if kind and cell.text != NOT_SCORED:
            self.scored[kind].append(Place(self.draft.name, self.row, col))


def _sum_of(book: Book, home: str, keys: Sequence[FactKey]) -> str:
    return sum_formula(home, [book.places[key] for key in keys if key in book.places])


def _add_signature(draft: Draft, row: int, laid: LaidForm) -> None:
    """The last line of a form; the head of the unit signs by hand, the rest comes from 单位信息."""
    gap = " " * 8
    parts = [(gap if place else "", label, key) for place, (label, key) in enumerate(laid.sign)]

    def make(book: Book, home: str) -> str:
        words = (
            f'"{lead}{label}"&{book.places[key].seen_from(home)}' if key else f'"{lead}{label}{gap}"'
            for lead, label, key in parts
        )
        return "&".join(words)

    shown = "".join(f"{lead}{label}{draft.book.value(key) if key else gap}" for lead, label, key in parts)
    draft.put(row, 1, LiveFormula(make, shown), "sign", cols=laid.form.columns)
    draft.least_heights[row] = _SIGN_HEIGHT
