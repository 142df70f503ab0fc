"""What a report consists of, as data: tables with rows and columns, indicator systems, outlines.

The files are TOML in `resources/`; whoever reads them hands the parsed dictionaries to the functions here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from types import MappingProxyType
from typing import Any, NamedTuple

THIS = "this"
"""The single row of a form."""
LABEL = "label"
"""The column that holds the name of an open row in a grid."""
ORDER = "order"
"""The column that holds an open row's place; a row exists because it has one."""

NUMBER_KINDS = frozenset({"money", "people", "area", "number", "percent"})


class TemplateError(ValueError):
    """A template that contradicts itself; a bug of the template's author, never of the clerk."""


class Column(NamedTuple):
    """One column of a grid, or one field of a form. `kind` decides how it is typed, shown and stored."""

    id: str
    label: str
    kind: str = "money"
    formula: str = ""
    choices: tuple[str, ...] = ()
    hint: str = ""
    aliases: tuple[str, ...] = ()
    required: bool = False
    width: int = 0
    official: bool = True
    """Stands in the official form; the others are the program's own help (last year's budget, notes)."""
    carry: str = ""
    """The column of last year's report from which a new year's report takes this one over."""

    @property
    def numeric(self) -> bool:
        return self.kind in NUMBER_KINDS


class Row(NamedTuple):
    """One row of a grid; an `open` row heads a group to which the clerk adds rows."""

    id: str
    label: str
    level: int = 0
    formula: str = ""
    formulas: Mapping[str, str] = MappingProxyType({})
    open: bool = False
    heading: bool = False
    aliases: tuple[str, ...] = ()
    item: str = ""
    """What one row of an open group is called: 专项, 科目, 指标."""
    carry: Mapping[str, str] = MappingProxyType({})
    """Column -> `row.column` of last year's report: this year's opening is last year's closing balance."""


@dataclass(frozen=True)
class Table:
    """A form (one row of fields), or a grid (fixed rows, and groups of open rows)."""

    id: str
    title: str
    kind: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    short_title: str = ""
    """What the bar above the tables of a tab says; without it the whole title."""
    annex: str = ""
    """The title under which it is printed as a 附件 of its own, behind those that have a layout of their own."""
    per: str = "unit"
    unit: str = ""
    note: str = ""
    label_title: str = "项目"
    free_rows: bool = False
    """Rows are named by something else (an indicator's or a heading's id), not by the template."""

    @cached_property
    def _columns(self) -> Mapping[str, Column]:
        return {column.id: column for column in self.columns}

    @cached_property
    def _rows(self) -> Mapping[str, Row]:
        return {row.id: row for row in self.rows}

    def column(self, column_id: str) -> Column:
        """Raises KeyError where there is none."""
        return self._columns[column_id]

    def row(self, row_id: str) -> Row:
        """The template row of a stored row: an open row `special:3` belongs to `special`."""
        return Row(row_id, self.title) if self.free_rows else self._rows[row_id.partition(":")[0]]

    def has(self, row_id: str, column_id: str) -> bool:
        base, _, item = row_id.partition(":")
        row = self._rows.get(base)
        known = self.free_rows or (row is not None and (not item or row.open))
        return known and (column_id in self._columns or (bool(item) and column_id in (ORDER, LABEL)))

    def formula_at(self, row_id: str, column_id: str) -> str:
        """The formula of a cell, '' where the clerk types. Columns (rates) win over rows (sums)."""
        row = self.row(row_id)
        column = self._columns.get(column_id)
        if row.heading or column is None:
            return ""
        is_item = ":" in row_id
        if not is_item and column_id in row.formulas:
            return row.formulas[column_id]
        if column.formula:
            return column.formula if not (row.open and not is_item and not row.formula) else ""
        return row.formula if not is_item and column.kind in ("money", "people") else ""


class Indicator(NamedTuple):
    """One indicator of a fixed system: its weight, where its value comes from, and how it is scored."""

    id: str
    name: str
    weight: Decimal
    method: str
    formula: str = ""
    value_kind: str = "percent"
    """How the formula's value is shown; without a formula, what the clerk types: number, or text for a date."""
    items: tuple[str, ...] = ()
    params: Mapping[str, Any] = MappingProxyType({})
    rule: str = ""


class Group(NamedTuple):
    """二级指标: fixed indicators, or (in the forms) the open rows of `rows`."""

    id: str
    name: str
    indicators: tuple[Indicator, ...] = ()


class Block(NamedTuple):
    """一级指标 with the points its title promises."""

    id: str
    name: str
    weight: Decimal
    groups: tuple[Group, ...]


class System(NamedTuple):
    """An indicator system of one year: blocks, settings, grades. Frozen once released."""

    id: str
    name: str
    year: int
    full: Decimal
    blocks: tuple[Block, ...]
    settings: Mapping[str, Any]
    grades: tuple[tuple[str, Decimal], ...]
    indicator_table: str = ""
    """The table of open indicator rows (the forms of 附件2/附件3); '' where the indicators are fixed."""
    funds_table: str = ""

    def __hash__(self) -> int:
        """Of what tells systems apart; a tuple with dictionaries in it has none of its own."""
        return hash((self.id, self.year))

    @property
    def short_name(self) -> str:
        """`部门…体系（投入—过程—产出及效率）` -> `投入—过程—产出及效率`."""
        return self.name.partition("（")[2].rstrip("）") or self.name

    def indicators(self) -> Iterator[Indicator]:
        for block in self.blocks:
            for group in block.groups:
                yield from group.indicators


_TABLE_WORDS = {
    *(
        "id",
        "title",
        "short_title",
        "annex",
        "kind",
        "like",
        "per",
        "unit",
        "note",
        "label_title",
        "free_rows",
    ),
    *("column", "row"),
}


def parse_table(data: Mapping[str, Any], others: Mapping[str, Table] | None = None) -> Table:
    """A table from its TOML. `like = "x"` takes rows and columns from a table given in `others`."""
    unknown = set(data) - _TABLE_WORDS
    if unknown:
        raise TemplateError(f"table {data['id']} has words that mean nothing: {sorted(unknown)}")
    model = (others or {}).get(data.get("like", ""))
    columns = tuple(_column(c) for c in data.get("column", ())) or (model.columns if model else ())
    rows = tuple(_row(r) for r in data.get("row", ())) or (model.rows if model else ())
    kind = data.get("kind", model.kind if model else "grid")
    if kind == "form":
        rows = (Row(THIS, data["title"]),)
    if not columns or not (rows or data.get("free_rows")):
        raise TemplateError(f"table {data['id']} has no rows or no columns")
    return Table(
        id=data["id"],
        title=data["title"],
        kind=kind,
        columns=columns,
        rows=rows,
        short_title=data.get("short_title", data["title"]),
        annex=data.get("annex", ""),
        per=data.get("per", "unit"),
        unit=data.get("unit", ""),
        note=data.get("note", ""),
        label_title=data.get("label_title", "项目"),
        free_rows=data.get("free_rows", False),
    )


def _column(data: Mapping[str, Any]) -> Column:
    known = dict(data)
    for name in ("choices", "aliases"):
        known[name] = tuple(known.get(name, ()))
    return Column(**known)


def _row(data: Mapping[str, Any]) -> Row:
    return Row(**(dict(data) | {"aliases": tuple(data.get("aliases", ()))}))


def parse_system(data: Mapping[str, Any]) -> System:
    """A system from its TOML. Raises TemplateError where weights do not add up."""
    system = System(
        id=data["id"],
        name=data["name"],
        year=data["year"],
        full=Decimal(str(data["full"])),
        blocks=tuple(_block(b) for b in data["block"]),
        settings=data.get("settings", {}),
        grades=tuple((g["name"], Decimal(str(g["from"]))) for g in data["grade"]),
        indicator_table=data.get("indicator_table", ""),
        funds_table=data.get("funds_table", ""),
    )
    _check_weights(system)
    return system


def _block(data: Mapping[str, Any]) -> Block:
    groups = tuple(
        Group(g["id"], g["name"], tuple(_indicator(i) for i in g.get("indicator", ()))) for g in data["group"]
    )
    return Block(data["id"], data["name"], Decimal(str(data["weight"])), groups)


def _indicator(data: Mapping[str, Any]) -> Indicator:
    own = {"id", "name", "weight", "method", "formula", "value_kind", "items", "rule"}
    return Indicator(
        id=data["id"],
        name=data["name"],
        weight=Decimal(str(data["weight"])),
        method=data["method"],
        formula=data.get("formula", ""),
        value_kind=data.get("value_kind", "percent" if "formula" in data else "number"),
        items=tuple(data.get("items", ())),
        params={k: v for k, v in data.items() if k not in own},
        rule=data.get("rule", ""),
    )


def _check_weights(system: System) -> None:
    """Indicators add up to their block, blocks to the whole (docs/domain.md 1.1)."""
    if sum(block.weight for block in system.blocks) != system.full:
        raise TemplateError(f"{system.id}: the blocks do not add up to {system.full}")
    for block in system.blocks:
        fixed = [i.weight for group in block.groups for i in group.indicators]
        if fixed and not system.indicator_table and sum(fixed) != block.weight:
            raise TemplateError(f"{system.id}: {block.name} does not add up to {block.weight}")


def fill(label: str, year: int, level: str = "") -> str:
    """`{last_year}年决算数` -> `2022年决算数`; `{level}级专项资金` -> `区级专项资金`."""
    return (
        label.replace("{year}", str(year))
        .replace("{last_year}", str(year - 1))
        .replace("{level}", level or "区")
    )


def resolve_names(table: Table, row_id: str, column_id: str, name: str) -> tuple[str, str, str]:
    """A reference in a formula of a cell -> (table, row, column) patterns; `*` stands for all open rows.

    One part is a row of the same table (in a column of that table: a column). More parts go from the
    table inwards. Raises TemplateError where a part fits nothing.
    """
    parts = name.split(".")
    rows, columns = table._rows, table._columns
    if len(parts) == 1 and parts[0] in rows:
        return table.id, parts[0], column_id
    if len(parts) == 1 and parts[0] in columns:
        return table.id, row_id, parts[0]
    if len(parts) == 2 and parts[0] in rows:
        return (table.id, f"{parts[0]}:*", column_id) if parts[1] == "*" else (table.id, parts[0], parts[1])
    if len(parts) == 3:
        return parts[0], parts[1], parts[2]
    if len(parts) == 4 and parts[2] == "*":
        return parts[0], f"{parts[1]}:*", parts[3]
    raise TemplateError(f"{table.id}.{row_id}.{column_id}: {name!r} names no cell")
