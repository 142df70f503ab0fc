"""Collects what the readers find in a file: values, computed values as stated, new rows, problems."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from desktop.domain import rows
from desktop.domain.facts import PROJECTS, FactSheet
from desktop.domain.keys import FactKey
from desktop.domain.labels import column_labels, plain, row_labels
from desktop.domain.numbers import canonical, number_of
from desktop.domain.template import LABEL, ORDER, System, Table, Templates
from desktop.exchange.import_forms.cell_number import NOTHING, Reading, read_number
from desktop.exchange.import_forms.regions import Line, Place
from desktop.exchange.import_plan import Level, NewRow, PlanProblem

ABSURD = Decimal(10_000_000)
"""万元: no county unit spends a hundred billion yuan."""
SUSPECT = Decimal(1_000_000)
"""万元: from here on a table that names no unit is probably in 元."""
ERROR_VALUE = re.compile(r"#(?:N/A|NULL!|DIV/0!|VALUE!|REF!|NAME\?|NUM!)")
MAY_BE_NEGATIVE = {"base": ("adjustment",), "carryover": ("closing", "added", "opening")}


@dataclass(frozen=True, slots=True)
class Found:
    """One value in the file, as it would be stored. `reading` is given for numbers."""

    key: FactKey
    text: str
    where: str
    order: int
    problem: str = ""
    level: Level = "ok"
    ticked: bool = True
    reading: Reading | None = None


@dataclass(frozen=True, slots=True)
class Total:
    """A sum that the form states: weights or points of a whole table (`block` ''), or of one 一级指标."""

    scope: str
    column: str
    value: Decimal
    where: str
    block: str = ""


@dataclass
class Claims:
    """Rows that the file itself names (it came from this program): sheet and row -> table and row id."""

    rows: dict[tuple[str, int], set[tuple[str, str]]] = field(default_factory=dict)
    own: bool = False
    """The file says of itself what every cell is: nothing needs to be inferred from its wording."""

    cells: set[str] = field(default_factory=set)
    """Addresses of the noted facts."""

    def our_formula(self, place: Place) -> bool:
        """A sum or reference that the export wrote and another program saved without calculating it."""
        return self.own and place.cell.uncached and place.where not in self.cells

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


class Intake:
    """Everything found so far. Readers call `number`, `text`, `row_for`; `plan_from` makes the plan of it."""

    def __init__(self, sheet: FactSheet, year: int, form: System, claims: Claims | None = None) -> None:
        self.sheet, self.year, self.form = sheet, year, form
        self.claims = claims or Claims()
        self.found: dict[FactKey, Found] = {}
        self.stated: dict[FactKey, Found] = {}
        self.points: dict[FactKey, Found] = {}
        self.doubles: list[Found] = []
        self.problems: list[PlanProblem] = []
        self.totals: list[Total] = []
        self.new_rows: dict[tuple[str, str], NewRow] = {}
        self.project_names: list[str] = []
        self.agreed = 0
        self._names: dict[tuple[str, str], dict[str, str]] = {}
        self._labels: dict[tuple[str, str, int], dict[str, str]] = {}
        self.used: set[str] = set()
        """Addresses whose numbers have been taken, or listed."""
        self._order = 0

    @property
    def templates(self) -> Templates:
        return self.sheet.templates

    def fork(self) -> Intake:
        """A copy to try a table on: nothing found in it is found here."""
        other = Intake(self.sheet, self.year, self.form, self.claims)
        other.new_rows = dict(self.new_rows)
        other._names = {group: dict(names) for group, names in self._names.items()}
        return other

    # -- labels ----------------------------------------------------------------------------------------

    def rows_of(self, table: str) -> Mapping[str, str]:
        """Plain label -> row id."""
        return self._known("row", table, self.year, row_labels)

    def columns_of(self, table: str) -> Mapping[str, str]:
        """Plain label -> column id."""
        return self._known("column", table, self.year, column_labels)

    def _known(self, what: str, table: str, year: int, make: object) -> Mapping[str, str]:
        key = (what, table, year)
        if key not in self._labels and callable(make):
            self._labels[key] = make(self.templates.tables[table], year)
        return self._labels[key]

    # -- values ----------------------------------------------------------------------------------------

    def number(self, key: FactKey, place: Place, unit: str = "") -> Reading:
        """A cell of a numeric column, or of 自评得分. What can't be read is a problem, never a zero."""
        table = self.templates.tables[key.base]
        column = table.column(key.column)
        kind = column.kind if column.numeric else "number"
        self.used.add(place.where)
        reading = read_number(place.cell, kind, unit)
        if self.claims.our_formula(place):
            return NOTHING
        if reading.problem:
            self.problem(place.where, f"{self._name(table, key)}：{reading.problem}")
        elif reading.value is not None:
            problem, level, ticked = self._doubt(key, kind, reading.value, unit)
            found = Found(key, reading.shown, place.where, self._next(), problem, level, ticked, reading)
            self._put(found, table.formula_at(key.row, key.column) != "")
        return reading

    def text(self, key: FactKey, text: str, where: str, problem: str = "") -> None:
        """Words; nothing for an empty cell. A `problem` is shown beside a value taken all the same."""
        said = text.strip()
        if ERROR_VALUE.fullmatch(said):
            self.problem(where, f"单元格是错误值{said}")
        elif said:
            self.used.add(where)
            level: Level = "problem" if problem else "ok"
            self._put(Found(key, said, where, self._next(), problem, level), False)

    def problem(self, where: str, message: str) -> None:
        self.used.add(where)
        if PlanProblem(where, message) not in self.problems:
            self.problems.append(PlanProblem(where, message))

    def total(self, total: Total) -> None:
        """A sum as the form states it, to be compared when everything is read."""
        self.used.add(total.where)
        self.totals.append(total)

    def skip(self, places: Iterable[Place]) -> None:
        """Cells that say nothing new: ordinal numbers, zeros of what does not exist, repeated points."""
        self.used.update(place.where for place in places)

    def replace(self, found: Found) -> None:
        """A value known exactly: nothing read by labels stands against it."""
        for shelf in (self.stated, self.points):
            shelf.pop(found.key, None)
        self.doubles = [double for double in self.doubles if double.key != found.key]
        self.found[found.key] = found

    def forget(self, key: FactKey) -> None:
        """Take back what was read by labels for a cell."""
        for shelf in (self.found, self.stated, self.points):
            shelf.pop(key, None)

    def next_order(self) -> int:
        return self._next()

    def _next(self) -> int:
        self._order += 1
        return self._order

    def _put(self, found: Found, computed: bool) -> None:
        shelf = self.points if found.key.column == "points" else self.stated if computed else self.found
        first = shelf.setdefault(found.key, found)
        if first is found:
            return
        if plain(first.text) == plain(found.text):
            self.agreed += 1
            return
        problem = f"同一项在{first.where}已有“{first.text[:20]}”，以先出现的为准"
        self.doubles.append(replace(found, problem=problem, level="problem", ticked=False))

    def _doubt(self, key: FactKey, kind: str, value: Decimal, unit: str) -> tuple[str, Level, bool]:
        if value < 0 and kind != "percent" and key.row not in MAY_BE_NEGATIVE.get(key.base, ()):
            return "是负数，请核对后再勾选", "problem", False
        if kind == "money" and abs(value) > ABSURD:
            return "金额过大，请核对单位是否应为万元", "problem", False
        if kind == "money" and not unit and abs(value) > SUSPECT:
            return "表中没有写金额单位，疑为元", "note", True
        if kind == "people" and value != value.to_integral_value():
            return "人数不是整数，请核对", "note", True
        return "", "ok", True

    def _name(self, table: Table, key: FactKey) -> str:
        """A cell's name before its row exists in any sheet."""
        column = next(
            (label for label, id_ in self.columns_of(table.id).items() if id_ == key.column), key.column
        )
        row = next(
            (
                said
                for said, id_ in self._names.get((key.table, key.row.partition(":")[0]), {}).items()
                if id_ == key.row
            ),
            "",
        )
        if not row and table.kind == "grid" and ":" not in key.row:
            row = next((label for label, id_ in self.rows_of(table.id).items() if id_ == key.row), "")
        label = self.sheet.label(key) if ":" not in key.row and table.kind != "form" else ""
        return label or "·".join(part for part in (row, column) if part)

    # -- rows ------------------------------------------------------------------------------------------

    def row_for(self, table: str, group: str, name: str, line: Line, *, again: bool = False) -> str:
        """The open row of that name: claimed by the file, met before, in the report already, or new.

        `again`: rows of one name are different rows (indicators), each is given once.
        """
        names = self._names.setdefault((table, group), {})
        said = plain(name)
        claimed = self.claims.row(line, table, group)
        if claimed is None and said in names and not again:
            return names[said]
        taken = set(names.values())
        row = claimed or self._existing(table, group, said, taken) or self._new_id(table, group)
        names[said if said not in names else f"{said}\n{row}"] = row
        if row not in self.sheet.rows(table, group) and (table, row) not in self.new_rows:
            self._add_row(table, group, row, name, line)
        return row

    def met(self, table: str, group: str) -> set[str]:
        """The rows of a group that stand in the file."""
        return set(self._names.get((table, group), {}).values())

    def groups_met(self) -> list[tuple[str, str]]:
        return list(self._names)

    def _existing(self, table: str, group: str, said: str, taken: set[str]) -> str | None:
        column = self.name_column(table)
        mine = (row for row in self.sheet.rows(table, group) if row not in taken)
        return next((row for row in mine if plain(self.sheet.get(table, row, column)) == said), None)

    def _new_id(self, table: str, group: str) -> str:
        return rows.new_row(self.sheet, table, group, [row for known, row in self.new_rows if known == table])

    def _add_row(self, table: str, group: str, row: str, name: str, line: Line) -> None:
        new = [r for t, r in self.new_rows if t == table and r.startswith(f"{group}:")]
        last = number_of(rows.place_after(self.sheet, table, group)) or Decimal(1)
        facts = [(FactKey(table, row, ORDER), canonical(last + len(new)))]
        if name:
            facts.append((FactKey(table, row, self.name_column(table)), name))
            where = next((p.where for p in line.places if p.text.strip() == name), line.places[0].where)
            self.text(facts[-1][0], name, where)
        scope = row.partition(":")[2] if table == PROJECTS else ""
        self.new_rows[table, row] = NewRow(table, row, tuple(facts), scope)

    def name_column(self, table: str) -> str:
        template = self.templates.tables[table.partition("@")[0]]
        return LABEL if template.kind == "grid" else template.columns[0].id
