"""Reads back what this program noted in a workbook it exported: which cell is which fact, and its value then.

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
from desktop.domain.fields.block_fields import blocks_of
from desktop.domain.fields.fields import edited, expanded
from desktop.domain.keys import FORMS, FactKey, base_of, parted, scoped
from desktop.domain.labels import plain
from desktop.domain.numbers import number_of
from desktop.domain.scoring.targets import Target, parse_target
from desktop.domain.template import LABEL, ORDER
from desktop.exchange.cell_address import column_of, in_sheet
from desktop.exchange.excel_out.addresses import COMPUTED, MARKER
from desktop.exchange.import_forms.cell_number import UNCACHED, read_number
from desktop.exchange.import_forms.collected import CollectedCells, CollectedValue, ExportedRows
from desktop.exchange.import_forms.sheet_regions import Place
from desktop.exchange.import_plan import Level, NewRow
from desktop.exchange.read_sheet.grid import Cell, Grid, clean_text
from desktop.exchange.read_sheet.raw_marks import MAX_ROWS
from desktop.exchange.read_sheet.workbook import Workbook

_FIRST_LINE = 6
"""The first line of the list, counted from 0."""
_LIVE_REFERENCE = re.compile(r"ROW\((?:'((?:[^']|'')+)'|([^'!()]+))!\$?([A-Z]{1,3})\$?(\d+)\)", re.IGNORECASE)
"""`ROW('附件1'!$D$7)`, which Excel keeps pointing at the cell wherever rows and sheets go; `#REF!` if deleted."""
_ADDRESS = re.compile(r"(.+)!([A-Z]{1,3})(\d+)")
"""`附件1!D7`, as it was when the workbook was written."""
_TARGET_COLUMNS = ("operator", "target", "unit")
"""Three facts that share a cell of the exported form: `≥12座`."""
_NOISE, _NOISE_OF_LARGE = Decimal("0.0000005"), Decimal("1e-11")
"""What a Decimal loses as Excel's double: absolute, for amounts in 万元 with six decimals, and relative."""


@dataclass(frozen=True, slots=True)
class ExportedCell:
    """One noted fact. `sheet` '' where it stands nowhere (the order of a row); `deleted`: its cell was."""

    key: FactKey
    value: str
    sheet: str = ""
    row: int = -1
    col: int = -1
    exported_row: int = -1
    deleted: bool = False

    @property
    def where(self) -> str:
        return in_sheet(self.sheet, self.row, self.col) if self.sheet else MARKER


@dataclass(frozen=True, slots=True)
class ExportedCells:
    """All that the hidden sheets of an exported workbook note."""

    unit: str
    year: int | None
    system: str
    version: str
    facts: tuple[ExportedCell, ...]
    rule_points: tuple[ExportedCell, ...]
    """Points shown by rule: nobody's fact as long as nobody changed them."""
    sheets: tuple[str, ...] = (MARKER, COMPUTED)

    @property
    def forms(self) -> str:
        """The edition it was exported by; reports name one since there are several."""
        return next((exported.value for exported in self.facts if exported.key == FORMS), "")

    def renamed(self, sheet: FactSheet) -> ExportedCells:
        """The same with rows named as in a report that may have used their ids for something else."""
        ids = _RowIds(self, sheet)
        facts = tuple(replace(exported, key=ids.renamed(exported.key)) for exported in self.facts)
        rule_points = tuple(replace(exported, key=ids.renamed(exported.key)) for exported in self.rule_points)
        return replace(self, facts=facts, rule_points=rule_points)

    def exported_rows(self) -> ExportedRows:
        exported_rows = ExportedRows(own=True, fact_addresses={exported.where for exported in self.facts})
        for exported in (*self.facts, *self.rule_points):
            if ":" in exported.key.row and exported.sheet and not exported.deleted:
                here = exported_rows.rows.setdefault((exported.sheet, exported.row), set())
                here.add((exported.key.table, exported.key.row))
        return exported_rows

    def complete(self, collected: CollectedCells, workbook: Workbook) -> None:
        """Put the noted facts over what was read by labels."""
        _Completion(self, collected, workbook).run()


def read_exported_cells(workbook: Workbook) -> ExportedCells | None:
    """None for a workbook that this program did not write, or whose note is damaged."""
    index = next(
        (grid for grid in workbook.sheets if grid.name == MARKER and _text(grid, 0, 0) == MARKER), None
    )
    if index is None:
        return None
    computed = next((grid for grid in workbook.sheets if grid.name == COMPUTED), None)
    year = _text(index, 2, 1)
    return ExportedCells(
        unit=_text(index, 1, 1),
        year=int(year) if year.isdecimal() else None,
        system=_text(index, 3, 1),
        version=_text(index, 0, 1),
        facts=tuple(_listed_cells(index)),
        rule_points=tuple(_listed_cells(computed)) if computed is not None else (),
    )


def _text(grid: Grid, row: int, col: int) -> str:
    cell = grid.cells.get((row, col))
    return cell.text if cell else ""


def _listed_cells(grid: Grid) -> Iterator[ExportedCell]:
    for row in range(_FIRST_LINE, grid.n_rows):
        key = FactKey(*(_text(grid, row, col) for col in range(3)))
        if key.table and key.row and key.column:
            yield _exported_cell(key, _text(grid, row, 3), _text(grid, row, 4), grid.cells.get((row, 5)))


def _exported_cell(key: FactKey, value: str, address: str, live: Cell | None) -> ExportedCell:
    address_parts = _ADDRESS.fullmatch(address)
    if address_parts is None:
        return ExportedCell(key, value)
    sheet, column, row = address_parts[1], address_parts[2], int(address_parts[3]) - 1
    formula = (live.formula or "") if live is not None else ""
    reference = _LIVE_REFERENCE.search(formula)
    if reference:
        name = reference[1].replace("''", "'") if reference[1] else reference[2]
        return ExportedCell(key, value, name, int(reference[4]) - 1, column_of(reference[3].upper()), row)
    return ExportedCell(key, value, sheet, row, column_of(column), row, deleted="#REF" in formula)


class _RowIds:
    """Row ids of the file -> ids in the report: the same unless that row of the report is another one."""

    def __init__(self, exported_cells: ExportedCells, sheet: FactSheet) -> None:
        self.sheet = sheet
        self.exported_values = {exported.key: exported.value for exported in exported_cells.facts}
        self.new_ids: dict[tuple[str, str], str] = {}
        ordered = [exported.key for exported in exported_cells.facts if exported.key.column == ORDER]
        for key in sorted(ordered, key=lambda key: key.base != PROJECTS):
            self._assign_id(key.table, key.row)

    def renamed(self, key: FactKey) -> FactKey:
        table = self._table(key.table)
        row = self.new_ids.get((key.table, key.row), key.row)
        return FactKey(table, row, key.column)

    def _table(self, table: str) -> str:
        base, scope = parted(table)
        row = self.new_ids.get((PROJECTS, f"item:{scope}"), "") if scope else ""
        return scoped(base, row.partition(":")[2]) if row else table

    def _assign_id(self, table: str, row: str) -> None:
        """The row's own id if that is the same row in the report or free there, else that of the row of its name,
        else a new one."""
        new_table, group = self._table(table), row.partition(":")[0]
        template = self.sheet.templates.tables.get(base_of(table))
        if template is None:
            return
        column = LABEL if template.kind == "grid" else template.columns[0].id
        name = plain(self.exported_values.get(FactKey(table, row, column), ""))
        in_report = {
            r: plain(self.sheet.get(new_table, r, column)) for r in self.sheet.rows(new_table, group)
        }
        taken = {new for (known, _), new in self.new_ids.items() if self._table(known) == new_table}
        same = row in in_report and in_report[row] == name
        namesake = next((r for r, other in in_report.items() if other == name and r not in taken), None)
        if same or (row not in in_report and namesake is None and row not in taken):
            self.new_ids[table, row] = row
        else:
            used = [*taken, *(r for t, r in self.new_ids if t == table), row]
            self.new_ids[table, row] = namesake or rows.new_row(self.sheet, new_table, group, used)


class _Completion:
    def __init__(self, exported: ExportedCells, collected: CollectedCells, workbook: Workbook) -> None:
        self.exported, self.collected = exported, collected
        self.grids = {grid.name: grid for grid in workbook.sheets}
        self.reported_rows: set[tuple[str, str]] = set()
        self.row_moves: dict[str, list[tuple[int, int]]] = {}
        """Sheet -> noted rows as (when exported, now)."""
        self.shared = _TARGET_COLUMNS if self._exported_sheet.templates.edition.targets_in_one_cell else ()
        """Columns that stand in one cell."""

    def run(self) -> None:
        self._add_missing_rows()
        noted = (*self.exported.facts, *self.exported.rule_points)
        self.collected.used_addresses.update(exported.where for exported in noted)
        targets: dict[tuple[str, str], dict[str, ExportedCell]] = {}
        for exported in self.exported.facts:
            if exported.key.column in self.shared and exported.key.base.endswith("_indicators"):
                targets.setdefault(exported.key[:2], {})[exported.key.column] = exported
            elif exported.key.column != ORDER and self.collected.templates.knows(exported.key):
                self._take_fact(exported)
        for parts in targets.values():
            self._take_target(parts)
        for exported in self.exported.rule_points:
            if exported.key in self.collected.points and self._unchanged(exported, self._cell(exported)):
                self.collected.points.pop(exported.key)
                self.collected.agreed += 1
        self._take_filled_blanks()
        self._keep_rows_without_cells()

    # -- rows ----------------------------------------------------------------------------------------------

    def _add_missing_rows(self) -> None:
        """Rows that the report does not have come with their own place; deleted ones are not made."""
        deleted = {each.key[:2] for each in self.exported.facts if each.deleted}
        kept = {each.key[:2] for each in self.exported.facts if not each.deleted and each.sheet}
        for exported in self.exported.facts:
            table, row, column = exported.key
            if column != ORDER or not self.collected.templates.knows(exported.key):
                continue
            if row in self.collected.sheet.rows(table, row.partition(":")[0]):
                continue
            if (table, row) in deleted - kept:
                self.collected.new_rows.pop((table, row), None)
                continue
            added = self.collected.new_rows.get((table, row))
            name = tuple(fact for fact in added.facts if fact[0].column != ORDER) if added else ()
            scope = row.partition(":")[2] if table == PROJECTS else ""
            order = (exported.key, exported.value)
            self.collected.new_rows[table, row] = NewRow(table, row, (order, *name), scope)

    def _keep_rows_without_cells(self) -> None:
        """A row without any cell filled in is wanted all the same."""
        filled = {key[:2] for key in (*self.collected.values, *self.collected.stated)}
        for (table, row), added in self.collected.new_rows.items():
            if (table, row) not in filled:
                key, value = added.facts[0]
                self.collected.set_exact(CollectedValue(key, value, MARKER, self.collected.next_order()))

    # -- facts ---------------------------------------------------------------------------------------------

    def _cell(self, exported: ExportedCell) -> Cell | None:
        grid = self.grids.get(exported.sheet)
        return grid.cells.get((exported.row, exported.col)) if grid else None

    def _unchanged(self, exported: ExportedCell, cell: Cell | None) -> bool:
        if not exported.sheet:
            return True
        if cell is None:
            return clean_text(exported.value) == ""
        if cell.uncached:
            return False
        is_narrative = exported.key.table == "narrative"
        shown = expanded(self._exported_report, exported.value) if is_narrative else exported.value
        if cell.text in (clean_text(exported.value), clean_text(shown)):
            return True
        column = self.collected.sheet.column(exported.key)
        is_number = column is not None and column.numeric
        stored = FactSheet._read(exported.value, column) if is_number else number_of(exported.value)
        if not isinstance(cell.value, Decimal) or stored is None:
            return False
        return abs(cell.value - stored) <= max(_NOISE, abs(stored) * _NOISE_OF_LARGE)

    @cached_property
    def _exported_sheet(self) -> FactSheet:
        facts = blocks_of(self.collected.sheet) | {fact.key: fact.value for fact in self.exported.facts}
        year = self.exported.year or self.collected.sheet.year
        return FactSheet(self.collected.templates, facts, year)

    @cached_property
    def _exported_report(self) -> Assessment:
        """The report as it was when the workbook was written: what its fields showed."""
        sheet, known = self._exported_sheet, self.exported.system in self.collected.templates.systems
        system = self.exported.system if known else sheet.templates.form_system().id
        return Assessment(sheet.templates, sheet.facts, sheet.year, system)

    def _take_fact(self, exported: ExportedCell) -> None:
        if exported.deleted:
            self._report_deleted(exported)
            return
        cell = self._cell(exported)
        if self._unchanged(exported, cell):
            self._set_exact(exported.key, exported.value, exported)
        elif cell is not None:
            self._take_changed(exported, cell)
        else:
            self.collected.withdraw(exported.key)
            if exported.key in self.collected.sheet.facts:
                self._set_exact(exported.key, "", exported, "文件中已清空")

    def _set_exact(self, key: FactKey, text: str, exported: ExportedCell, problem: str = "") -> None:
        first = self.collected.values.get(key)
        order = first.order if first else self.collected.next_order()
        column = self.collected.sheet.column(key)
        kind = column.kind if column and column.numeric else "number"
        number = read_number(Cell(text, ""), kind) if text else None
        level: Level = "note" if problem else "ok"
        value = CollectedValue(key, text, exported.where, order, problem, level, number=number)
        self.collected.set_exact(value)

    def _report_deleted(self, exported: ExportedCell) -> None:
        """A whole row that was deleted in Excel: told once, nothing removed."""
        if exported.key[:2] in self.reported_rows or exported.key not in self.collected.sheet.facts:
            return
        self.reported_rows.add(exported.key[:2])
        label = self.collected.sheet.label(exported.key)
        self.collected.add_problem(
            exported.sheet, f"Excel中删去了“{label}”所在的行或列，报告里没有删除，请核对"
        )

    def _take_changed(self, exported: ExportedCell, cell: Cell) -> None:
        self.collected.withdraw(exported.key)
        if exported.key.table == "narrative" and not cell.uncached:
            text = edited(self._exported_report, exported.value, cell.text)
            self.collected.add_text(exported.key, text, exported.where)
        else:
            place = Place(exported.row, exported.col, exported.col, cell, exported.sheet)
            self._read(exported.key, place)
        stated = self.collected.stated.get(exported.key)
        if stated is not None:  # it was filled in by hand before, and still is
            self.collected.set_exact(stated)

    def _read(self, key: FactKey, place: Place) -> None:
        column = self.collected.sheet.column(key)
        if key.column != LABEL and column is not None and (column.numeric or column.kind == "points"):
            self.collected.add_number(key, place, "万元")
        elif place.cell.uncached:
            self.collected.add_problem(place.where, UNCACHED)
        else:
            self.collected.add_text(key, place.text, place.where)

    def _take_target(self, parts: Mapping[str, ExportedCell]) -> None:
        """operator, target and unit share a cell: unchanged they are as stored, else taken apart anew."""
        exported = next(iter(parts.values()))
        keys = {column: exported.key._replace(column=column) for column in _TARGET_COLUMNS}
        if exported.deleted:
            self._report_deleted(exported)
            return
        cell = self._cell(exported)
        operator, number, unit = (parts[c].value if c in parts else "" for c in _TARGET_COLUMNS)
        written = Target(operator, number, unit).written()
        shown = cell.text if cell else ""
        for key in keys.values():
            self.collected.withdraw(key)
        if shown == clean_text(written):
            for column, part in parts.items():
                self._set_exact(keys[column], part.value, exported)
            return
        typed = parse_target(shown)
        for column, text in zip(_TARGET_COLUMNS, (typed.operator, typed.number, typed.unit), strict=True):
            if text or keys[column] in self.collected.sheet.facts:
                self._set_exact(keys[column], text, exported)

    # -- cells that were empty when the workbook was written -------------------------------------------------

    def _take_filled_blanks(self) -> None:
        """What was typed into an empty cell, where no form's labels lead to it."""
        noted = {exported.key for exported in (*self.exported.facts, *self.exported.rule_points)}
        for key, address in self._all_cells().items():
            parts = _ADDRESS.fullmatch(address)
            if key in noted or parts is None or key in self.collected.values or key in self.collected.points:
                continue
            sheet, column = parts[1], column_of(parts[2])
            grid, row = self.grids.get(sheet), self._current_row(sheet, int(parts[3]) - 1)
            cell = grid.cells.get((row, column)) if grid and row is not None else None
            if cell is None or cell.formula is not None or row is None or cell.value is None:
                continue
            place = Place(row, column, column, cell, sheet)
            if place.where not in self.collected.used_addresses and key.column not in self.shared:
                self._read(key, place)

    def _all_cells(self) -> Mapping[FactKey, str]:
        """Where the export puts every cell, the empty ones too."""
        from desktop.exchange.excel_out.writer import FORMAT_VERSION, cell_map

        system = self.collected.templates.systems.get(self.exported.system)
        if system is None or self.exported.version != FORMAT_VERSION:
            return {}
        return cell_map(self._exported_sheet, system)

    def _current_row(self, sheet: str, row: int) -> int | None:
        """Where an exported row is today; None where rows were inserted or deleted right there."""
        if sheet not in self.row_moves:
            noted = (each for each in self.exported.facts if each.sheet == sheet and not each.deleted)
            self.row_moves[sheet] = sorted({(each.exported_row, each.row) for each in noted})
        moves = self.row_moves[sheet]
        at = bisect_right(moves, (row, MAX_ROWS))
        # The noted rows above and below: a blank one moved with them if both moved by as much.
        shifts = {moves[i][1] - moves[i][0] for i in (at - 1, at) if 0 <= i < len(moves)}
        if not shifts:
            return row
        return row + shifts.pop() if len(shifts) == 1 else None
