"""A form laid out for one report: every cell with its place, its words, and the fact that stands in it.

Paper, workbook and window draw what is laid out here; none of them knows what an 附件 looks like.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, NamedTuple

from desktop.domain.assessment import Assessment
from desktop.domain.facts import FactSheet
from desktop.domain.forms.printed_form import (
    DOWN_TO_THE_TOTAL,
    INDICATORS,
    FormCell,
    FormLine,
    FormPart,
    PrintedForm,
)
from desktop.domain.keys import FactKey, base_of, cell_named, parted, scoped
from desktop.domain.numbers import UNDEFINED, show_short
from desktop.domain.scoring.scoring import IndicatorScore, ScoreSheet
from desktop.domain.scoring.targets import Target
from desktop.domain.template import LABEL, Block, Column, Group, Row, fill

Kind = Literal["head", "label", "row", "fact", "name", "target", "points", "sum", "total", "none"]
"""What a cell is for its reader: words in bold, words, a row's words; something typed or computed; the name of an
open row; the three parts of a target; points; numbers added up; nothing to be typed here."""
NOT_SCORED = "/"
"""Of the money only the first row is scored (docs/domain.md 1.2)."""


_NOTHING = FormCell("text")


class LaidCell(NamedTuple):
    """One cell over `cols` columns and `rows` lines. `text` is of the form itself, `shown` what the report says."""

    kind: Kind
    text: str = ""
    shown: str = ""
    key: FactKey | None = None
    """The fact; of a blank line the group and the column, in which whoever types makes a new row."""
    adds: tuple[FactKey, ...] = ()
    """Of a `sum`, the cells that are added up."""
    number: Decimal | None = None
    """Of a `sum`, a `total` or a weight that the form fixes."""
    score: IndicatorScore | None = None
    cols: int = 1
    rows: int = 1
    align: Literal["left", "center"] = "center"
    indent: int = 0
    spec: FormCell = _NOTHING


class LaidLine(NamedTuple):
    """The cells that begin in a line."""

    cells: tuple[LaidCell, ...]
    group: tuple[str, str] = ("", "")
    """Table and group of which this is an open row."""
    blank: bool = False
    """A line without a row, in which one may be typed."""
    heading: bool = False
    """The line of an open group itself; it takes no figures of its own."""
    least_height: float = 0


@dataclass(frozen=True, slots=True)
class LaidPart:
    widths: tuple[float, ...]
    lines: tuple[LaidLine, ...]
    header_rows: int = 0


@dataclass(frozen=True, slots=True)
class LaidForm:
    """`name` is the project's, '' for a form of the whole unit; `sign` are words and the facts behind them."""

    form: PrintedForm
    title: str
    name: str
    parts: tuple[LaidPart, ...]
    sign: tuple[tuple[str, FactKey | None], ...]
    note: str


def lay_out(form: PrintedForm, assessment: Assessment, scope: str = "", *, typing: bool = False) -> LaidForm:
    """A form of the report; `scope` is the project of one that there is for each project.

    `typing`: every open group ends in a blank line (workbook, window); on paper only where the form would
    otherwise have nothing there.
    """
    sheet = assessment.sheet
    writer = _Writer(assessment, scope, typing)
    return LaidForm(
        form,
        fill(form.title, sheet.year, sheet.level),
        sheet.get("projects", f"item:{scope}", "name").strip() if scope else "",
        tuple(writer.part(part) for part in form.parts),
        tuple((part.label, cell_named(part.cell) if part.cell else None) for part in form.sign),
        fill(form.note, sheet.year, sheet.level),
    )


def form_text(sheet: FactSheet, key: FactKey) -> str:
    """What the form shows; a rate of which nothing is filled in is blank rather than `—`."""
    text = sheet.display(key)
    return "" if text == UNDEFINED and not sheet.by_hand(key) and not sheet.terms(key) else text


@dataclass(frozen=True, slots=True)
class _Repeated:
    """What a repeated line is about: a row of a table, and in the lines of indicators its block and group."""

    table: str = ""
    row: str = ""
    """'' in a blank line."""
    level: int = 0
    first: bool = True
    template: Row | None = None
    score: IndicatorScore | None = None
    block: tuple[str, int] = ("", 0)
    """The words of 一级指标 and over how many lines they stand; only where it begins."""
    group: tuple[str, int] = ("", 0)


class _Writer:
    def __init__(self, assessment: Assessment, scope: str, typing: bool) -> None:
        self.sheet, self.form_system = assessment.sheet, assessment.form
        self.scope, self.typing = scope, typing
        self.scores: ScoreSheet = (
            assessment.project(scope) if scope else assessment.score(self.form_system.id)
        )

    # -- parts and lines ---------------------------------------------------------------------------------

    def part(self, part: FormPart) -> LaidPart:
        lines: list[LaidLine] = []
        for place, line in enumerate(part.lines):
            follower = part.lines[place + 1] if place + 1 < len(part.lines) else None
            lines += self.lines(line, self.blank_below(follower))
        for place, laid in enumerate(lines):
            if any(cell.rows < 1 for cell in laid.cells):
                lines[place] = laid._replace(
                    cells=tuple(_spread(cell, len(lines) - place) for cell in laid.cells)
                )
        # A head over a single line needs no repeating.
        heads = part.header_rows if len(lines) > part.header_rows + 1 else 0
        return LaidPart(part.widths, tuple(lines), heads)

    def blank_below(self, line: FormLine | None) -> bool:
        """True on paper where the lines below are a single blank one, of rows that nobody has."""
        if line is None or "." not in line.each or self.typing:
            return False
        return not self.sheet.rows(*line.each.split("."))

    def lines(self, line: FormLine, blank_below: bool) -> Iterator[LaidLine]:
        if line.total_of and not self.several(line.total_of):
            return
        if line.each == INDICATORS:
            yield from self.indicator_lines(line)
        elif "." in line.each:
            table, group = line.each.split(".")
            yield from self.open_lines(line, table, group, 0, on_paper=True)
        elif line.each:
            yield from self.table_lines(line, scoped(line.each, self.scope_of(line.each)))
        else:
            yield LaidLine(self.cells(line, _Repeated(), blank_below), least_height=line.least_height)

    def several(self, group: str) -> bool:
        """Several rows are added up; in the workbook a total that somebody typed has its place too."""
        table, row = group.split(".")
        typed = self.typing and any(key.table == table and key.row == "total" for key in self.sheet.facts)
        return typed or len(self.sheet.rows(table, row)) > 1

    def scope_of(self, table: str) -> str:
        return self.scope if self.sheet.templates.tables[table].per == "project" else ""

    def table_lines(self, line: FormLine, table: str) -> Iterator[LaidLine]:
        """Every row of a table, and the open rows below those that have some."""
        rows = [
            r for r in self.sheet.templates.tables[base_of(table)].rows if not line.rows or r.id in line.rows
        ]
        for place, row in enumerate(rows):
            about = _Repeated(table, row.id, row.level, place == 0, row)
            yield LaidLine(self.cells(line, about), heading=row.open and not row.formula)
            if row.open:
                yield from self.open_lines(line, table, row.id, row.level + 1, on_paper=False)

    def open_lines(
        self, line: FormLine, table: str, group: str, level: int, *, on_paper: bool
    ) -> Iterator[LaidLine]:
        items = self.sheet.rows(table, group)
        for item in items:
            yield LaidLine(self.cells(line, _Repeated(table, item, level)), (table, group))
        if self.typing or (on_paper and not items):
            about = _Repeated(table, group, level)
            cells = self.cells(line, about, blank=True)
            yield LaidLine(cells if self.typing else cells[1:], (table, group), blank=True)

    def indicator_lines(self, line: FormLine) -> Iterator[LaidLine]:
        """一级指标 with the points it promises; a group without indicators keeps a blank line."""
        name = self.form_system.indicator_table
        table = scoped(name.replace("annex2", "annex3") if self.scope else name, self.scope)
        by_row = {indicator.key.row: indicator for indicator in self.scores.indicators}
        for block in self.form_system.blocks:
            if not any(group.indicators for group in block.groups):
                yield from self.block_lines(line, block, table, by_row)

    def block_lines(
        self, line: FormLine, block: Block, table: str, scores: dict[str, IndicatorScore]
    ) -> Iterator[LaidLine]:
        title = f"{block.name}\n（{show_short(block.weight)}分）"
        groups = [(group, self.sheet.rows(table, group.id)) for group in block.groups]
        height = sum(max(1, len(items)) for _, items in groups)
        for place, (group, items) in enumerate(groups):
            yield from self.group_lines(line, group, items, table, scores, (title, 0 if place else height))

    def group_lines(
        self,
        line: FormLine,
        group: Group,
        items: list[str],
        table: str,
        scores: dict[str, IndicatorScore],
        block: tuple[str, int],
    ) -> Iterator[LaidLine]:
        height = max(1, len(items))
        for place, item in enumerate(items):
            heads = (block, (group.name, height)) if place == 0 else (("", 0), ("", 0))
            about = _Repeated(table, item, 0, place == 0, None, scores[item], *heads)
            yield LaidLine(self.cells(line, about), (table, group.id))
        if not items:
            about = _Repeated(table, group.id, block=block, group=(group.name, 1))
            yield LaidLine(self.cells(line, about, blank=True), (table, group.id), blank=True)

    # -- cells -------------------------------------------------------------------------------------------

    def cells(
        self, line: FormLine, about: _Repeated, blank_below: bool = False, *, blank: bool = False
    ) -> tuple[LaidCell, ...]:
        laid = (cell for spec in line.cells for cell in self.cell(spec, about, blank))
        rows = 2 if blank_below else 1
        return tuple(cell._replace(rows=rows) if cell.spec.over_blank else cell for cell in laid)

    def cell(self, spec: FormCell, about: _Repeated, blank: bool) -> Iterable[LaidCell]:
        write = getattr(self, f"_{spec.shows}")
        for cell in write(spec, about, blank):
            align = spec.align or cell.align
            indent = 0 if spec.align == "center" else cell.indent + spec.indent
            yield cell._replace(
                cols=spec.cols,
                rows=cell.rows if spec.rows == 1 else spec.rows,
                align=align,
                indent=indent,
                spec=spec,
            )

    def _text(self, spec: FormCell, about: _Repeated, blank: bool) -> Iterable[LaidCell]:
        kind: Kind = "label" if spec.plain else "row" if spec.align == "left" else "head"
        return [LaidCell(kind, self.words(spec))]

    def words(self, spec: FormCell) -> str:
        sheet = self.sheet
        if spec.text_of:
            table, row = spec.text_of.split(".")
            return fill(sheet.templates.tables[table].row(row).label, sheet.year, sheet.level)
        return fill(spec.text, sheet.year, sheet.level)

    def _cell(self, spec: FormCell, about: _Repeated, blank: bool) -> Iterable[LaidCell]:
        table, row, column = cell_named(str(spec.of))
        if table == "projects":
            row = f"item:{self.scope}"
        key = FactKey(scoped(table, self.scope_of(table)), row, column)
        return [self.fact(key)._replace(text=self.words(spec))]

    def fact(self, key: FactKey) -> LaidCell:
        column = self.sheet.column(key)
        words = column is None or not column.numeric
        shown = self.sheet.text(key).strip() if words else form_text(self.sheet, key)
        return LaidCell("fact", shown=shown, key=key)

    def _heads(self, spec: FormCell, about: _Repeated, blank: bool) -> Iterable[LaidCell]:
        year, level = self.sheet.year, self.sheet.level
        for column in self.official(str(spec.of)):
            label = fill(column.label, year, level)
            # `批复规模(m²)` breaks before its unit where it has one column.
            yield LaidCell("head", label.replace("(", "\n(") if spec.cols == 1 else label)

    def official(self, table: str) -> list[Column]:
        return [column for column in self.sheet.templates.tables[base_of(table)].columns if column.official]

    def _values(self, spec: FormCell, about: _Repeated, blank: bool) -> Iterable[LaidCell]:
        table, row = str(spec.of).split(".") if spec.of else (about.table, about.row)
        heading = about.template is not None and about.template.open and not about.template.formula
        for column in self.official(table):
            key = FactKey(table, row, column.id)
            if blank or (heading and key not in self.sheet.facts):
                yield LaidCell("fact" if blank else "none", key=key)
            else:
                yield self.fact(key)

    def _label(self, spec: FormCell, about: _Repeated, blank: bool) -> Iterable[LaidCell]:
        sheet, indent = self.sheet, about.level
        if about.template is not None:
            text = fill(about.template.label, sheet.year, sheet.level)
            return [LaidCell("row", text, align="left", indent=indent)]
        key = FactKey(about.table, about.row, LABEL)
        shown = "" if blank else sheet.text(key).strip()
        return [LaidCell("name", shown=shown, key=key, align="left", indent=indent)]

    def _column(self, spec: FormCell, about: _Repeated, blank: bool) -> Iterable[LaidCell]:
        key = FactKey(about.table, about.row, str(spec.of))
        if blank:
            return [LaidCell("fact", key=key)]
        if about.score is not None and key.column == "weight":
            return [LaidCell("fact", shown=show_short(about.score.weight, 3), key=key)]
        return [self.fact(key)]

    def _target(self, spec: FormCell, about: _Repeated, blank: bool) -> Iterable[LaidCell]:
        key = FactKey(about.table, about.row, "target")
        operator, number, unit = (
            self.sheet.get(about.table, about.row, column) for column in ("operator", "target", "unit")
        )
        return [LaidCell("target", shown=Target(operator, number, unit).written(), key=key)]

    def _points(self, spec: FormCell, about: _Repeated, blank: bool) -> Iterable[LaidCell]:
        score = about.score or self.execution(about)
        if blank:
            return [LaidCell("fact", key=FactKey(about.table, about.row, "points"))]
        if score is None:
            return [LaidCell("none", NOT_SCORED)]
        return [LaidCell("points", shown=show_short(score.points, 3), key=score.key, score=score)]

    def execution(self, about: _Repeated) -> IndicatorScore | None:
        """预算执行率, which is scored in the first row of the money."""
        scored = (score for score in self.scores.indicators if score.formula)
        return next(scored, None) if about.first else None

    def _weight(self, spec: FormCell, about: _Repeated, blank: bool) -> Iterable[LaidCell]:
        score = self.execution(about)
        if score is None:
            return [LaidCell("none", NOT_SCORED)]
        return [LaidCell("none", shown=show_short(score.weight, 3), number=score.weight or Decimal(0))]

    def _block(self, spec: FormCell, about: _Repeated, blank: bool) -> Iterable[LaidCell]:
        text, rows = about.block
        return [LaidCell("head", text, rows=rows)] if rows else []

    def _group(self, spec: FormCell, about: _Repeated, blank: bool) -> Iterable[LaidCell]:
        text, rows = about.group
        return [LaidCell("label", text, rows=rows)] if rows else []

    def _sum(self, spec: FormCell, about: _Repeated, blank: bool) -> Iterable[LaidCell]:
        names = (parted(name.partition(".")[0])[0] for name in spec.of)
        keys = tuple(
            FactKey(scoped(table, self.scope_of(table)), *name.split(".")[1:])
            for table, name in zip(names, spec.of, strict=True)
        )
        given = [value for value in map(self.sheet.number, keys) if value is not None]
        number = sum(given, Decimal(0)) if given else None
        return [LaidCell("sum", self.words(spec), self.sheet.show(number, "money"), adds=keys, number=number)]

    def _total(self, spec: FormCell, about: _Repeated, blank: bool) -> Iterable[LaidCell]:
        """On paper blank until somebody has scored something."""
        scores, weight = self.scores, spec.of == "weight"
        values = [score.weight if weight else score.points for score in scores.indicators]
        given = [value for value in values if value is not None]
        scored = any(score.points is not None for score in scores.indicators)
        shown = show_short(scores.weight_sum if weight else scores.total, 3) if scored else ""
        return [LaidCell("total", shown=shown, number=sum(given, Decimal(0)) if given else None)]


def _spread(cell: LaidCell, left: int) -> LaidCell:
    """`left` lines there are from the one the cell stands in to the last of its part."""
    if cell.rows > 0:
        return cell
    return cell._replace(rows=left - 1 if cell.rows == DOWN_TO_THE_TOTAL else left)
