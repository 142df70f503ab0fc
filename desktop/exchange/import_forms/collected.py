"""Collects the cells that the readers take from a file: typed values, computed values as stated, new rows, problems."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from decimal import Decimal

from desktop.domain import rows
from desktop.domain.all_templates import Templates
from desktop.domain.facts import PROJECTS, FactSheet
from desktop.domain.forms.form_labels import labels_of
from desktop.domain.keys import FactKey, base_of
from desktop.domain.labels import column_labels, plain, row_labels
from desktop.domain.numbers import canonical, number_of
from desktop.domain.template import LABEL, ORDER, System, Table
from desktop.exchange.import_forms.cell_number import CellNumber, read_number
from desktop.exchange.import_forms.sheet_regions import Line, Place
from desktop.exchange.import_plan import Level, NewRow, PlanProblem

_IMPLAUSIBLE_MONEY = Decimal(10_000_000)
"""万元: no county unit spends a hundred billion yuan."""
_PROBABLY_YUAN = Decimal(1_000_000)
"""万元: from here on a table that names no unit is probably in 元: `1,357,900.00` under a bare 决算数."""
_ERROR_VALUE = re.compile(r"#(?:N/A|NULL!|DIV/0!|VALUE!|REF!|NAME\?|NUM!)")
"""Excel's error values, whole: `#1 楼` is words."""
QUOTED = 20
"""Characters of the file's own words in a problem: enough to know the cell by."""
_MAY_BE_NEGATIVE = {"base": ("adjustment",), "carryover": ("closing", "added", "opening")}
"""Table -> rows that can fall below zero: a budget that was cut, a balance overdrawn. Elsewhere `-` is a slip."""


@dataclass(frozen=True, slots=True)
class CollectedValue:
    """One value in the file, as it would be stored. `number` is given for numbers; `order` counts from the top."""

    key: FactKey
    text: str
    where: str
    order: int
    problem: str = ""
    level: Level = "ok"
    ticked: bool = True
    number: CellNumber | None = None


@dataclass(frozen=True, slots=True)
class StatedTotal:
    """A number of a form that belongs to no cell: `weight`, `points` and `income` are sums of a table,
    `execution_weight` the 分值 of 预算执行率, `block` the points in the title of a 一级指标, `more` those of a
    二级指标 that stands as one (成本指标 in newer forms) and adds to its block.
    """

    scope: str
    column: str
    value: Decimal
    where: str
    block: str = ""


@dataclass
class ExportedRows:
    """Rows that a workbook of this program names itself: sheet and row -> table and row id."""

    rows: dict[tuple[str, int], set[tuple[str, str]]] = field(default_factory=dict)
    own: bool = False
    """The file says of itself what every cell is: nothing needs to be inferred from its wording."""

    fact_addresses: set[str] = field(default_factory=set)
    """Where facts stood when it was exported; every other formula is the export's own."""

    def is_exported_formula(self, place: Place) -> bool:
        """A sum or reference that the export wrote and another program saved without calculating it."""
        return self.own and place.cell.uncached and place.where not in self.fact_addresses

    def row(self, line: Line, table: str, group: str) -> str | None:
        place = line.places[0]
        here = self.rows.get((place.sheet, place.row), set())
        return next((row for t, row in sorted(here) if t == table and row.startswith(f"{group}:")), None)

    def scope(self, lines: Sequence[Line]) -> str | None:
        for line in lines:
            row = self.row(line, PROJECTS, "item")
            if row:
                return row.partition(":")[2]
        return None


class CollectedCells:
    """Everything read so far. Readers call `add_number`, `add_text`, `row_for`; `plan_from` makes the plan of it."""

    def __init__(
        self, sheet: FactSheet, year: int, form: System, exported_rows: ExportedRows | None = None
    ) -> None:
        self.sheet, self.year, self.form = sheet, year, form
        self.exported_rows = exported_rows or ExportedRows()
        self.values: dict[FactKey, CollectedValue] = {}
        """Cells that are typed in."""
        self.stated: dict[FactKey, CollectedValue] = {}
        """Cells that the program computes (sums, rates), as the form states them."""
        self.points: dict[FactKey, CollectedValue] = {}
        """自评得分, which a rule may compute and a clerk may overrule."""
        self.noughts: dict[FactKey, CollectedValue] = {}
        """Zeros of what does not exist (docs/domain.md 3.2, J6): read, and not to be stored."""
        self.left_empty: dict[FactKey, str] = {}
        """What a form asks for in words and nobody wrote, and where."""
        self.duplicates: list[CollectedValue] = []
        """Later values for a cell that has one already."""
        self.problems: list[PlanProblem] = []
        self.totals: list[StatedTotal] = []
        self.new_rows: dict[tuple[str, str], NewRow] = {}
        self.project_names: list[str] = []
        self.agreed = 0
        """Cells that say what another cell, or the report, says already."""
        self.with_unknown_rows: set[str] = set()
        """Tables in whose forms stand rows with numbers that nobody knows: their sums cannot be reckoned from the rest."""
        self.used_addresses: set[str] = set()
        """Addresses whose numbers have been taken, or listed."""
        self._names: dict[tuple[str, str], dict[str, str]] = {}
        """Table and group of open rows -> plain name -> row id."""
        self._row_labels: dict[str, dict[str, str]] = {}
        self._column_labels: dict[str, dict[str, str]] = {}
        self._order = 0
        self._doubt = ""
        """Why nothing that is read at present is ticked."""

    @contextmanager
    def doubting(self, why: str) -> Iterator[None]:
        """What is read meanwhile is offered and not ticked; what a unit is called holds from year to year."""
        self._doubt = why
        yield
        self._doubt = ""

    @property
    def templates(self) -> Templates:
        return self.sheet.templates

    def trial_copy(self) -> CollectedCells:
        """A copy to try a table on: nothing read into it counts here."""
        trial = CollectedCells(self.sheet, self.year, self.form, self.exported_rows)
        trial.new_rows = dict(self.new_rows)
        trial._names = {group: dict(names) for group, names in self._names.items()}
        return trial

    # -- labels ----------------------------------------------------------------------------------------

    def rows_of(self, table: str) -> Mapping[str, str]:
        """Plain label -> row id."""
        if table not in self._row_labels:
            self._row_labels[table] = row_labels(self.templates.tables[table], self.year)
        return self._row_labels[table]

    def columns_of(self, table: str) -> Mapping[str, str]:
        """Plain label -> column id; also as a printed form heads it."""
        if table not in self._column_labels:
            own = column_labels(self.templates.tables[table], self.year)
            for labels in labels_of(self.templates, self.year).values():
                own = {**labels.heads.get(table, {}), **own}
            self._column_labels[table] = own
        return self._column_labels[table]

    # -- values ----------------------------------------------------------------------------------------

    def add_number(self, key: FactKey, place: Place, unit: str = "") -> None:
        """A cell of a numeric column, or of 自评得分. What can't be read is a problem, never a zero."""
        table = self.templates.tables[key.base]
        column = table.column(key.column)
        kind = column.kind if column.numeric else "number"
        self.used_addresses.add(place.where)
        if self.exported_rows.is_exported_formula(place):
            return
        number = read_number(place.cell, kind, unit)
        if number.problem:
            self.add_problem(place.where, f"{self._cell_name(table, key)}：{number.problem}")
        elif number.value is not None:
            problem, level, ticked = self._plausibility(key, kind, number.value, unit)
            if number.remark and not problem:
                problem, level = number.remark, "note"
            order = self.next_order()
            value = CollectedValue(key, number.shown, place.where, order, problem, level, ticked, number)
            self._add(value, computed=table.formula_at(key.row, key.column) != "")

    def add_nought(self, key: FactKey, place: Place) -> None:
        """A zero that says that there is nothing."""
        self.agreed += 1
        self.used_addresses.add(place.where)
        self.noughts.setdefault(key, CollectedValue(key, place.text.strip(), place.where, self.next_order()))

    def add_text(self, key: FactKey, text: str, where: str, problem: str = "") -> None:
        """Words; nothing for an empty cell. A `problem` is shown beside a value taken all the same."""
        words = text.strip()
        if _ERROR_VALUE.fullmatch(words):
            self.add_problem(where, f"单元格是错误值{words}")
        elif words:
            self.used_addresses.add(where)
            level: Level = "problem" if problem else "ok"
            self._add(CollectedValue(key, words, where, self.next_order(), problem, level), computed=False)

    def add_problem(self, where: str, message: str) -> None:
        self.used_addresses.add(where)
        if PlanProblem(where, message) not in self.problems:
            self.problems.append(PlanProblem(where, message))

    def add_total(self, total: StatedTotal) -> None:
        """A sum as the form states it, to be compared when everything is read."""
        self.used_addresses.add(total.where)
        self.totals.append(total)

    def mark_used(self, places: Iterable[Place]) -> None:
        """Cells that say nothing new: ordinal numbers, zeros of what does not exist, repeated points."""
        self.used_addresses.update(place.where for place in places)

    def set_exact(self, value: CollectedValue) -> None:
        """A value known exactly: nothing read by labels stands against it."""
        self.withdraw(value.key)
        self.duplicates = [later for later in self.duplicates if later.key != value.key]
        self.values[value.key] = value

    def withdraw(self, key: FactKey) -> None:
        """Take back what was read by labels for a cell."""
        for kind in (self.values, self.stated, self.points):
            kind.pop(key, None)

    def next_order(self) -> int:
        self._order += 1
        return self._order

    def _add(self, value: CollectedValue, *, computed: bool) -> None:
        """The first value for a cell counts; one that says something else is listed."""
        if self._doubt and value.key.base != "unit":
            level: Level = "problem" if value.level == "problem" else "note"
            value = replace(value, problem=value.problem or self._doubt, level=level, ticked=False)
        points = value.key.column == "points"
        first = (self.points if points else self.stated if computed else self.values).setdefault(
            value.key, value
        )
        if first is value:
            return
        if plain(first.text) == plain(value.text):
            self.agreed += 1
            return
        problem = f"同一项在{first.where}已有“{first.text[:QUOTED]}”，以先出现的为准"
        self.duplicates.append(replace(value, problem=problem, level="problem", ticked=False))

    def _plausibility(self, key: FactKey, kind: str, value: Decimal, unit: str) -> tuple[str, Level, bool]:
        """The remark on a number, its level, and whether it is ticked (docs/domain.md 6.3: 单位元/万元错)."""
        if value < 0 and kind != "percent" and key.row not in _MAY_BE_NEGATIVE.get(key.base, ()):
            return "是负数，请核对后再勾选", "problem", False
        if kind == "money" and abs(value) > _IMPLAUSIBLE_MONEY:
            return "金额过大，请核对单位是否应为万元", "problem", False
        if kind == "money" and not unit and abs(value) > _PROBABLY_YUAN:
            return "表中没有写金额单位，疑为元", "note", True
        if kind == "people" and value != value.to_integral_value():
            return "人数不是整数，请核对", "note", True
        return "", "ok", True

    def _cell_name(self, table: Table, key: FactKey) -> str:
        """What a problem calls a cell, also one whose row exists in no sheet yet."""
        if ":" not in key.row and table.kind != "form" and (label := self.sheet.label(key)):
            return label
        names = self._names.get((key.table, key.row.partition(":")[0]), {})
        if ":" not in key.row and table.kind == "grid":
            names = {**self.rows_of(table.id), **names}
        row = next((name for name, row_id in names.items() if row_id == key.row), "")
        columns = self.columns_of(table.id)
        column = next((name for name, column_id in columns.items() if column_id == key.column), key.column)
        return "·".join(part for part in (row, column) if part)

    # -- rows ------------------------------------------------------------------------------------------

    def row_for(self, table: str, group: str, name: str, line: Line, *, again: bool = False) -> str:
        """The open row of that name: noted by the export, met before, in the report already, or new.

        `again`: rows of one name are different rows (indicators), each is given once.
        """
        names = self._names.setdefault((table, group), {})
        wanted = plain(name)
        row = self.exported_rows.row(line, table, group)
        if row is None and wanted in names and not again:
            return names[wanted]
        if row is None:
            column, taken = self._name_column(table), set(names.values())
            free = (each for each in self.sheet.rows(table, group) if each not in taken)
            row = next((each for each in free if plain(self.sheet.get(table, each, column)) == wanted), None)
        if row is None:
            added = [added_row for added_table, added_row in self.new_rows if added_table == table]
            row = rows.new_row(self.sheet, table, group, added)
        names[wanted if wanted not in names else f"{wanted}\n{row}"] = row
        if row not in self.sheet.rows(table, group) and (table, row) not in self.new_rows:
            self._add_row(table, group, row, name, line)
        return row

    def rows_in_file(self, table: str, group: str) -> set[str]:
        """The rows of a group that stand in the file."""
        return set(self._names.get((table, group), {}).values())

    def groups_in_file(self) -> list[tuple[str, str]]:
        """Table and group of every open row that stands in the file."""
        return list(self._names)

    def _add_row(self, table: str, group: str, row: str, name: str, line: Line) -> None:
        new = [r for t, r in self.new_rows if t == table and r.startswith(f"{group}:")]
        last = number_of(rows.place_after(self.sheet, table, group)) or Decimal(1)
        facts = [(FactKey(table, row, ORDER), canonical(last + len(new)))]
        if name:
            facts.append((FactKey(table, row, self._name_column(table)), name))
            where = next((p.where for p in line.places if p.text.strip() == name), line.places[0].where)
            self.add_text(facts[-1][0], name, where)
        scope = row.partition(":")[2] if table == PROJECTS else ""
        self.new_rows[table, row] = NewRow(table, row, tuple(facts), scope)

    def _name_column(self, table: str) -> str:
        template = self.templates.tables[base_of(table)]
        return LABEL if template.kind == "grid" else template.columns[0].id
