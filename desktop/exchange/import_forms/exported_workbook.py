"""Reads back what this program noted in a workbook it exported: which cell is which fact, and what it said.

The hidden sheets are described in `excel_out`. A cell that still says the same gives the stored fact itself;
a changed cell counts as it is now. Rows that somebody added in Excel are not noted and are found by labels.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property

from desktop.domain import rows
from desktop.domain.assessment import Assessment
from desktop.domain.facts import PROJECTS, FactSheet
from desktop.domain.fields.fields import edited, expanded
from desktop.domain.keys import FactKey, scoped
from desktop.domain.labels import plain
from desktop.domain.numbers import number_of
from desktop.domain.scoring.targets import Target, parse_target
from desktop.domain.template import LABEL, ORDER
from desktop.exchange.excel_out.addresses import COMPUTED, MARKER
from desktop.exchange.import_forms.cell_number import read_number
from desktop.exchange.import_forms.collected import Claims, Found, Intake
from desktop.exchange.import_forms.regions import Place
from desktop.exchange.import_plan import NewRow
from desktop.exchange.read_sheet.grid import Cell, Grid, clean_text
from desktop.exchange.read_sheet.raw_marks import address_of
from desktop.exchange.read_sheet.workbook import Workbook

_FIRST = 6
"""The first line of the list, counted from 0."""
_LIVE = re.compile(r"ROW\((?:'((?:[^']|'')+)'|([^'!()]+))!\$?([A-Z]{1,3})\$?(\d+)\)", re.IGNORECASE)
_ADDRESS = re.compile(r"(.+)!([A-Z]{1,3})(\d+)")
_TARGET = ("operator", "target", "unit")
_NEAR = Decimal("0.0000005")


@dataclass(frozen=True, slots=True)
class Trace:
    """One noted fact. `sheet` '' where it stands nowhere (the order of a row); `gone`: the cell is."""

    key: FactKey
    value: str
    sheet: str = ""
    row: int = -1
    col: int = -1
    exported_row: int = -1
    gone: bool = False

    @property
    def where(self) -> str:
        return f"{self.sheet}!{address_of(self.row, self.col)}" if self.sheet else MARKER


@dataclass(frozen=True, slots=True)
class Traces:
    unit: str
    year: int | None
    system: str
    version: str
    facts: tuple[Trace, ...]
    ruled: tuple[Trace, ...]
    """Points shown by rule: nobody's fact as long as nobody changed them."""
    sheets: tuple[str, ...] = (MARKER, COMPUTED)

    def renamed(self, sheet: FactSheet) -> Traces:
        """The same with rows named as in a report that may have used their ids for something else."""
        names = _Names(self, sheet)
        facts = tuple(replace(trace, key=names.key(trace.key)) for trace in self.facts)
        ruled = tuple(replace(trace, key=names.key(trace.key)) for trace in self.ruled)
        return replace(self, facts=facts, ruled=ruled)

    def claims(self) -> Claims:
        claims = Claims(own=True, cells={trace.where for trace in self.facts})
        for trace in (*self.facts, *self.ruled):
            if ":" in trace.key.row and trace.sheet and not trace.gone:
                claims.rows.setdefault((trace.sheet, trace.row), set()).add((trace.key.table, trace.key.row))
        return claims

    def complete(self, intake: Intake, workbook: Workbook) -> None:
        """Put the noted facts over what was found by labels."""
        _Completing(self, intake, workbook).run()


def read_traces(workbook: Workbook) -> Traces | None:
    """None for a workbook that this program did not write, or whose note is damaged."""
    index = next(
        (grid for grid in workbook.sheets if grid.name == MARKER and _text(grid, 0, 0) == MARKER), None
    )
    if index is None:
        return None
    computed = next((grid for grid in workbook.sheets if grid.name == COMPUTED), None)
    year = _text(index, 2, 1)
    return Traces(
        unit=_text(index, 1, 1),
        year=int(year) if year.isdecimal() else None,
        system=_text(index, 3, 1),
        version=_text(index, 0, 1),
        facts=tuple(_listed(index)),
        ruled=tuple(_listed(computed)) if computed is not None else (),
    )


def _text(grid: Grid, row: int, col: int) -> str:
    cell = grid.cells.get((row, col))
    return cell.text if cell else ""


def _listed(grid: Grid) -> Iterator[Trace]:
    for row in range(_FIRST, grid.n_rows):
        key = FactKey(*(_text(grid, row, col) for col in range(3)))
        if key.table and key.row and key.column:
            yield _trace(key, _text(grid, row, 3), _text(grid, row, 4), grid.cells.get((row, 5)))


def _trace(key: FactKey, value: str, address: str, live: Cell | None) -> Trace:
    exported = _ADDRESS.fullmatch(address)
    if exported is None:
        return Trace(key, value)
    sheet, column, row = exported[1], exported[2], int(exported[3]) - 1
    formula = (live.formula or "") if live is not None else ""
    found = _LIVE.search(formula)
    if found:
        name = found[1].replace("''", "'") if found[1] else found[2]
        return Trace(key, value, name, int(found[4]) - 1, _column(found[3].upper()), row)
    return Trace(key, value, sheet, row, _column(column), row, gone="#REF" in formula)


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


class _Names:
    """Row ids of the file -> ids in the report: the same unless that row of the report is another one."""

    def __init__(self, traces: Traces, sheet: FactSheet) -> None:
        self.sheet = sheet
        self.said = {trace.key: trace.value for trace in traces.facts}
        self.known: dict[tuple[str, str], str] = {}
        ordered = [trace.key for trace in traces.facts if trace.key.column == ORDER]
        for key in sorted(ordered, key=lambda key: key.base != PROJECTS):
            self._settle(key.table, key.row)

    def key(self, key: FactKey) -> FactKey:
        table = self._table(key.table)
        row = self.known.get((key.table, key.row), key.row)
        return FactKey(table, row, key.column)

    def _table(self, table: str) -> str:
        base, mark, scope = table.partition("@")
        row = self.known.get((PROJECTS, f"item:{scope}"), "") if mark else ""
        return scoped(base, row.partition(":")[2]) if row else table

    def _settle(self, table: str, row: str) -> None:
        mine, group = self._table(table), row.partition(":")[0]
        template = self.sheet.templates.tables.get(table.partition("@")[0])
        if template is None:
            return
        column = LABEL if template.kind == "grid" else template.columns[0].id
        name = plain(self.said.get(FactKey(table, row, column), ""))
        there = {other: plain(self.sheet.get(mine, other, column)) for other in self.sheet.rows(mine, group)}
        taken = {new for (known, _), new in self.known.items() if self._table(known) == mine}
        same = row in there and there[row] == name
        other = next((r for r, said in there.items() if said == name and r not in taken), None)
        if same or (row not in there and other is None and row not in taken):
            self.known[table, row] = row
        else:
            mentioned = [r for t, r in self.known if t == table]
            self.known[table, row] = other or rows.new_row(self.sheet, mine, group, [*taken, *mentioned, row])


class _Completing:
    def __init__(self, traces: Traces, intake: Intake, workbook: Workbook) -> None:
        self.traces, self.intake = traces, intake
        self.grids = {grid.name: grid for grid in workbook.sheets}
        self.told: set[tuple[str, str]] = set()
        self.moved: dict[str, list[tuple[int, int]]] = {}
        """Sheet -> noted rows as (when exported, now)."""

    def run(self) -> None:
        self._make_rows()
        noted = (*self.traces.facts, *self.traces.ruled)
        self.intake.used.update(trace.where for trace in noted)
        targets: dict[tuple[str, str], dict[str, Trace]] = {}
        for trace in self.traces.facts:
            if trace.key.column in _TARGET and trace.key.base.endswith("_indicators"):
                targets.setdefault(trace.key[:2], {})[trace.key.column] = trace
            elif trace.key.column != ORDER and self.intake.templates.knows(trace.key):
                self._fact(trace)
        for parts in targets.values():
            self._target(parts)
        for trace in self.traces.ruled:
            if trace.key in self.intake.points and self._unchanged(trace, self._cell(trace)):
                self.intake.points.pop(trace.key)
                self.intake.agreed += 1
        self._blanks()
        self._bare_rows()

    # -- rows ----------------------------------------------------------------------------------------------

    def _make_rows(self) -> None:
        """Rows that the report does not have come with their own place; deleted ones are not made."""
        gone = {t.key[:2] for t in self.traces.facts if t.gone}
        kept = {t.key[:2] for t in self.traces.facts if not t.gone and t.sheet}
        for trace in self.traces.facts:
            table, row, column = trace.key
            if column != ORDER or not self.intake.templates.knows(trace.key):
                continue
            if row in self.intake.sheet.rows(table, row.partition(":")[0]):
                continue
            if (table, row) in gone - kept:
                self.intake.new_rows.pop((table, row), None)
                continue
            made = self.intake.new_rows.get((table, row))
            named = tuple(fact for fact in made.facts if fact[0].column != ORDER) if made else ()
            scope = row.partition(":")[2] if table == PROJECTS else ""
            self.intake.new_rows[table, row] = NewRow(table, row, ((trace.key, trace.value), *named), scope)

    def _bare_rows(self) -> None:
        """A row without any cell filled in is wanted all the same."""
        filled = {key[:2] for shelf in (self.intake.found, self.intake.stated) for key in shelf}
        for (table, row), made in self.intake.new_rows.items():
            if (table, row) not in filled:
                key, value = made.facts[0]
                self.intake.replace(Found(key, value, MARKER, self.intake.next_order()))

    # -- facts ---------------------------------------------------------------------------------------------

    def _cell(self, trace: Trace) -> Cell | None:
        grid = self.grids.get(trace.sheet)
        return grid.cells.get((trace.row, trace.col)) if grid else None

    def _unchanged(self, trace: Trace, cell: Cell | None) -> bool:
        if not trace.sheet:
            return True
        if cell is None:
            return clean_text(trace.value) == ""
        column = self.intake.sheet.column(trace.key)
        if cell.uncached:
            return False
        if cell.text in (clean_text(trace.value), clean_text(self._shown(trace))):
            return True
        stored = FactSheet._read(trace.value, column) if column and column.numeric else number_of(trace.value)
        if not isinstance(cell.value, Decimal) or stored is None:
            return False
        return abs(cell.value - stored) <= max(_NEAR, abs(stored) * Decimal("1e-11"))

    @cached_property
    def _exported(self) -> Assessment:
        """The report as it was when the workbook was written: what its fields showed."""
        templates, year = self.intake.templates, self.traces.year or self.intake.sheet.year
        facts = {trace.key: trace.value for trace in self.traces.facts}
        known = self.traces.system in templates.systems
        system = self.traces.system if known else templates.form_system().id
        return Assessment(templates, facts, year, system)

    def _shown(self, trace: Trace) -> str:
        return expanded(self._exported, trace.value) if trace.key.table == "narrative" else trace.value

    def _fact(self, trace: Trace) -> None:
        if trace.gone:
            self._deleted(trace)
            return
        cell = self._cell(trace)
        if self._unchanged(trace, cell):
            self._take(trace.key, trace.value, trace)
        elif cell is None:
            self._emptied(trace)
        else:
            self._changed(trace, cell)

    def _take(self, key: FactKey, text: str, trace: Trace, problem: str = "") -> None:
        first = self.intake.found.get(key)
        order = first.order if first else self.intake.next_order()
        column = self.intake.sheet.column(key)
        kind = column.kind if column and column.numeric else "number"
        reading = read_number(Cell(text, ""), kind) if text else None
        level = "note" if problem else "ok"
        self.intake.replace(Found(key, text, trace.where, order, problem, level, True, reading))  # type: ignore[arg-type]

    def _emptied(self, trace: Trace) -> None:
        self.intake.forget(trace.key)
        if trace.key in self.intake.sheet.facts:
            self._take(trace.key, "", trace, "文件中已清空")

    def _deleted(self, trace: Trace) -> None:
        """A whole row that was deleted in Excel: said once, nothing removed."""
        if trace.key[:2] in self.told or trace.key not in self.intake.sheet.facts:
            return
        self.told.add(trace.key[:2])
        label = self.intake.sheet.label(trace.key)
        self.intake.problem(trace.sheet, f"Excel中删去了“{label}”所在的行或列，报告里没有删除，请核对")

    def _changed(self, trace: Trace, cell: Cell) -> None:
        self.intake.forget(trace.key)
        if trace.key.table == "narrative" and not cell.uncached:
            self.intake.text(trace.key, edited(self._exported, trace.value, cell.text), trace.where)
        else:
            self._read(trace.key, self._place(trace, cell))
        stated = self.intake.stated.get(trace.key)
        if stated is not None:  # it was filled in by hand before, and still is
            self.intake.replace(stated)

    @staticmethod
    def _place(trace: Trace, cell: Cell) -> Place:
        return Place(trace.row, trace.col, trace.col, cell, trace.sheet)

    def _read(self, key: FactKey, place: Place) -> None:
        column = self.intake.sheet.column(key)
        if key.column != LABEL and column is not None and (column.numeric or column.kind == "points"):
            self.intake.number(key, place, "万元")
        elif place.cell.uncached:
            self.intake.problem(place.where, "公式没有保存计算结果，请在Excel中打开后保存一次")
        else:
            self.intake.text(key, place.text, place.where)

    def _target(self, parts: Mapping[str, Trace]) -> None:
        """operator, target and unit share a cell: unchanged they are as stored, else taken apart anew."""
        trace = next(iter(parts.values()))
        keys = {column: trace.key._replace(column=column) for column in _TARGET}
        if trace.gone:
            self._deleted(trace)
            return
        cell = self._cell(trace)
        operator, number, unit = (parts[c].value if c in parts else "" for c in _TARGET)
        written = Target(operator, number, unit).written()
        shown = cell.text if cell else ""
        for key in keys.values():
            self.intake.forget(key)
        if shown == clean_text(written):
            for column, part in parts.items():
                self._take(keys[column], part.value, trace)
            return
        said = parse_target(shown)
        for column, text in zip(_TARGET, (said.operator, said.number, said.unit), strict=True):
            if text or keys[column] in self.intake.sheet.facts:
                self._take(keys[column], text, trace)

    # -- cells that were empty when the workbook was written -------------------------------------------------

    def _blanks(self) -> None:
        """What was typed into an empty cell, where no form's labels lead to it."""
        noted = {trace.key for trace in self.traces.facts} | {trace.key for trace in self.traces.ruled}
        for key, address in self._all_cells().items():
            found = _ADDRESS.fullmatch(address)
            if key in noted or found is None or key in self.intake.found or key in self.intake.points:
                continue
            grid, row = self.grids.get(found[1]), self._row_now(found[1], int(found[3]) - 1)
            cell = grid.cells.get((row, _column(found[2]))) if grid and row is not None else None
            if cell is None or cell.formula is not None or row is None or cell.value is None:
                continue
            place = Place(row, _column(found[2]), _column(found[2]), cell, found[1])
            if place.where not in self.intake.used and key.column not in _TARGET:
                self._read(key, place)

    def _all_cells(self) -> Mapping[FactKey, str]:
        """Where the export puts every cell, the empty ones too."""
        from desktop.exchange.excel_out.writer import FORMAT_VERSION, cell_map

        system = self.intake.templates.systems.get(self.traces.system)
        if system is None or self.traces.version != FORMAT_VERSION:
            return {}
        facts = {trace.key: trace.value for trace in self.traces.facts}
        return cell_map(FactSheet(self.intake.templates, facts, self.traces.year or self.intake.year), system)

    def _known_rows(self, sheet: str) -> list[tuple[int, int]]:
        if sheet not in self.moved:
            traces = (t for t in self.traces.facts if t.sheet == sheet and not t.gone)
            self.moved[sheet] = sorted({(t.exported_row, t.row) for t in traces})
        return self.moved[sheet]

    def _row_now(self, sheet: str, row: int) -> int | None:
        """Where an exported row is today; None where rows were inserted or deleted right there."""
        known = self._known_rows(sheet)
        at = bisect_right(known, (row, 10**9))
        shifts = {known[i][1] - known[i][0] for i in (at - 1, at) if 0 <= i < len(known)}
        if not shifts:
            return row
        return row + shifts.pop() if len(shifts) == 1 else None
