"""One report's facts, read through its templates: what was typed, what follows from it, and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from desktop.domain import formula
from desktop.domain.all_templates import Templates
from desktop.domain.formula import Node
from desktop.domain.keys import FORMS, UNIT_NAME, FactKey, base_of, parted, scoped
from desktop.domain.numbers import (
    HUNDRED,
    UNDEFINED,
    decimals_of,
    parse_amount,
    parse_money,
    show,
    show_percent,
    show_short,
    sum_tolerance,
)
from desktop.domain.outline.outline import (
    HEADINGS,
    NARRATIVE,
    Section,
    headings_of,
    printed_sections,
    title_in,
)
from desktop.domain.template import LABEL, ORDER, THIS, Column, Table, fill, resolve_names
from desktop.domain.text_blocks.marks import BLOCKS, PICTURE

PROJECTS = "projects"
LEVEL = FactKey("unit", THIS, "level")
_LARGEST_RATIO = 3
"""A bare number in a rate's cell is a ratio up to here (Excel's 0.95), percent beyond (95.92)."""


class Operand(NamedTuple):
    """One cell a computed number was made from."""

    key: FactKey
    label: str
    shown: str


class Explanation(NamedTuple):
    """How a number came about: its name, the formula in words, the operands to jump to, and the result."""

    label: str
    words: str
    operands: tuple[Operand, ...]
    result: str
    note: str = ""


class FactSheet:
    """Facts of one report with everything that follows from them.

    Built anew after every edit; computed values are worked out when asked for and kept for this sheet only.
    """

    def __init__(self, templates: Templates, facts: Mapping[FactKey, str], year: int) -> None:
        self.templates = templates.with_forms(facts.get(FORMS, templates.edition.id))
        self.facts = facts
        self.year = year
        self._values: dict[FactKey, Decimal | None] = {}
        self._evaluated: dict[str, Decimal | None] = {}
        self._computing: set[FactKey] = set()
        """Cells whose formulas are being worked out: one that needs itself stays empty."""

    # -- what was typed ------------------------------------------------------------------------------

    def text(self, key: FactKey) -> str:
        return self.facts.get(key, "")

    def get(self, table: str, row: str, column: str) -> str:
        return self.facts.get(FactKey(table, row, column), "")

    @property
    def level(self) -> str:
        """省, 市, 区 or 县: the word in `区级专项资金`."""
        return self.facts.get(LEVEL, "")

    @cached_property
    def outline(self) -> tuple[Section, ...]:
        """The headings of this report as they are printed: its outline with the clerk's changes."""
        return printed_sections(headings_of(self.templates.outlines, self.facts))

    @cached_property
    def _rows(self) -> dict[tuple[str, str], list[str]]:
        groups: dict[tuple[str, str], list[tuple[Decimal, str]]] = {}
        for key, value in self.facts.items():
            if key.column == ORDER:
                amount = parse_amount(value)
                place = amount.value if amount else Decimal(0)
                groups.setdefault((key.table, key.row.partition(":")[0]), []).append((place, key.row))
        return {group: [row for _, row in sorted(rows)] for group, rows in groups.items()}

    def rows(self, table: str, group: str) -> list[str]:
        """The open rows of a group in their order: `['special:1', 'special:3']`."""
        return self._rows.get((table, group), [])

    def projects(self) -> list[str]:
        """The scopes of the report's projects, in their order."""
        return [row.partition(":")[2] for row in self.rows(PROJECTS, "item")]

    # -- what follows --------------------------------------------------------------------------------

    def column(self, key: FactKey) -> Column | None:
        table = self.templates.table_of(key)
        if table is None or key.column in (ORDER, LABEL) or not table.has(key.row, key.column):
            return None
        return table.column(key.column)

    def formula(self, key: FactKey) -> str:
        table = self.templates.table_of(key)
        if table is None or key.column == ORDER or not table.has(key.row, key.column):
            return ""
        return table.formula_at(key.row, key.column)

    def typed(self, key: FactKey) -> Decimal | None:
        """The number that stands in a cell because somebody put it there; percents as ratios."""
        text = self.facts.get(key)
        return None if text is None else self._read(text, self.column(key))

    @staticmethod
    def _read(text: str, column: Column | None) -> Decimal | None:
        if column is not None and column.kind == "money":
            return parse_money(text)
        amount = parse_amount(text)
        if amount is None:
            return None
        if column is None or column.kind != "percent":
            return amount.value
        percent = amount.unit == "%" or abs(amount.value) > _LARGEST_RATIO
        return amount.value / HUNDRED if percent else amount.value

    def number(self, key: FactKey) -> Decimal | None:
        """The number that counts: typed where something was typed, else computed; None if neither."""
        if key not in self._values:
            typed = self.typed(key)
            self._values[key] = typed if typed is not None else self.computed(key)
        return self._values[key]

    def value(self, table: str, row: str, column: str) -> Decimal | None:
        return self.number(FactKey(table, row, column))

    def computed(self, key: FactKey) -> Decimal | None:
        """What the template's formula gives, whatever was typed into the cell."""
        text = self.formula(key)
        if not text or key in self._computing:
            return None
        self._computing.add(key)
        try:
            return formula.evaluate(formula.parse(text), lambda name: self.cells(key, name), self.number)
        finally:
            self._computing.discard(key)

    def evaluate(self, text: str) -> Decimal | None:
        """A formula that belongs to no cell (an indicator's): all references in full."""
        if text not in self._evaluated:
            self._evaluated[text] = self._evaluate(formula.parse(text))
        return self._evaluated[text]

    def _evaluate(self, node: Node) -> Decimal | None:
        return formula.evaluate(node, lambda name: self.cells(UNIT_NAME, name), self.number)

    def divides_by_zero(self, text: str) -> bool:
        """True for a rate of no cell whose base is filled in, and is zero."""
        node = formula.parse(text)
        if not isinstance(node, formula.Operation) or node.sign != "/":
            return False
        return self._evaluate(node.right) == 0

    def cells(self, home: FactKey, name: str) -> list[FactKey]:
        """The cells a reference stands for, seen from the formula of `home`."""
        table_id, row, column = resolve_names(self.templates.tables[home.base], home.row, home.column, name)
        tables = self._tables(home, table_id)
        if not row.endswith(":*"):
            return [FactKey(table, row, column) for table in tables]
        group = row.partition(":")[0]
        return [FactKey(table, item, column) for table in tables for item in self.rows(table, group)]

    def _tables(self, home: FactKey, table_id: str) -> list[str]:
        base, scope = parted(table_id)
        if scope == "*":
            return [scoped(base, project) for project in self.projects()]
        own = self.templates.tables.get(base)
        return [scoped(base, home.scope)] if own and own.per == "project" and not scope else [table_id]

    # -- how it is shown -----------------------------------------------------------------------------

    def display(self, key: FactKey) -> str:
        """What a cell shows: typed text as typed, computed numbers rounded, undefined rates as `—`."""
        text = self.facts.get(key)
        column = self.column(key)
        if key == FORMS and text in self.templates.editions:
            return self.templates.editions[str(text)].name
        if key.table == BLOCKS and text is not None:
            from desktop.domain.text_blocks.in_words import block_words

            return block_words(text)
        if text is not None or column is None or not column.numeric:
            return self._typed_display(text or "", column)
        if not self.formula(key):
            return ""
        return self.show(self.computed(key), column.kind)

    def _typed_display(self, text: str, column: Column | None) -> str:
        if column is None or not column.numeric or column.kind == "percent":
            return text
        value = self._read(text, column)
        return text if value is None else self.show(value, column.kind)

    @staticmethod
    def show(value: Decimal | None, kind: str) -> str:
        """A value in the manner of its kind: money with two digits, people whole, rates in percent."""
        if kind == "percent":
            return show_percent(value)
        if value is None:
            return ""
        return show(value) if kind == "money" else show_short(value)

    def label(self, key: FactKey) -> str:
        """A cell's name for people: `三公经费 · 2023年决算数`."""
        table = self.templates.table_of(key)
        if table is None or not table.has(key.row, key.column):
            return key.row
        if key.table == BLOCKS:
            return f"正文里的{'图片' if key.column == PICTURE else '表格'}{key.row}"
        bookkeeping = key.column in (ORDER, LABEL)
        column = "" if bookkeeping else fill(table.column(key.column).label, self.year, self.level)
        if table.kind == "form":
            return column
        return " · ".join(part for part in (self.row_label(table, key), column) if part)

    def row_label(self, table: Table, key: FactKey) -> str:
        """A row's name without the ornaments of the form (`其中：`, `1、`)."""
        if key.table in (NARRATIVE, HEADINGS):
            title = title_in(self.templates.outlines, self.facts, key.row)
            return fill(title, self.year, self.level) or table.title
        if ":" in key.row:
            named = self.get(key.table, key.row, LABEL) or self.get(key.table, key.row, "name")
            return named or f"未命名{table.row(key.row).item or '行'}"
        # `3、区级专项资金(一个专项一行)` -> 区级专项资金; `项目支出：` -> 项目支出
        text = fill(table.row(key.row).label, self.year, self.level).removeprefix("其中：")
        return text.lstrip("0123456789、 ").partition("(")[0].rstrip("：")

    def explain(self, key: FactKey) -> Explanation | None:
        """How a computed cell came about; None for a cell that is only typed."""
        text = self.formula(key)
        column = self.column(key)
        if not text or column is None:
            return None
        words, operands = self.formula_in_words(text, key)
        computed = self.computed(key)
        return Explanation(
            self.label(key),
            words,
            operands,
            self.show(computed, column.kind),
            self._by_hand_note(key, computed),
        )

    def formula_in_words(self, text: str, home: FactKey) -> tuple[str, tuple[Operand, ...]]:
        """A formula with labels for references, and the cells behind them, each once."""
        node = formula.parse(text)
        keys: dict[FactKey, None] = {}
        for name in formula.references(node):
            keys.update(dict.fromkeys(self.cells(home, name)))
        operands = tuple(Operand(k, self.label(k), self.display(k) or UNDEFINED) for k in keys)
        return formula.in_words(node, lambda name: self._reference_in_words(home, name)), operands

    def _reference_in_words(self, home: FactKey, name: str) -> str:
        table_id, row, column = resolve_names(self.templates.tables[home.base], home.row, home.column, name)
        table = self.templates.tables[base_of(table_id)]
        sample = FactKey(table_id, row.partition(":")[0], column)
        column_label = fill(table.column(column).label, self.year, self.level)
        row_label = self.row_label(table, sample)
        if row.endswith(":*"):
            return f"{row_label}各行"
        if table_id == home.table and column == home.column:
            return row_label
        if table_id == home.table and row == home.row:
            return column_label
        return column_label if table.kind == "form" else f"{row_label}{column_label}"

    # -- computed cells that somebody filled in by hand ----------------------------------------------

    def by_hand(self, key: FactKey) -> bool:
        """True where a cell that has a formula carries a typed value all the same."""
        return key in self.facts and bool(self.formula(key))

    def terms(self, key: FactKey) -> list[Decimal]:
        """The numbers a computed cell is made of."""
        node = formula.parse(self.formula(key))
        cells: Iterable[FactKey] = (k for name in formula.references(node) for k in self.cells(key, name))
        return [value for value in map(self.number, cells) if value is not None]

    def within_rounding(self, key: FactKey, stated: Decimal, computed: Decimal) -> bool:
        """True where a stated number differs from the computed one by no more than rounding explains
        (docs/domain.md 1.7)."""
        column = self.column(key)
        if column is not None and column.kind == "percent":
            # Less than one last digit: reports cut off as often as they round (95.575 % told as `95.57%`, as `95.6%`).
            return abs(stated - computed) < Decimal(1).scaleb(-max(decimals_of(stated), 2))
        return abs(stated - computed) <= sum_tolerance(self.terms(key), stated)

    def _by_hand_note(self, key: FactKey, computed: Decimal | None) -> str:
        if not self.by_hand(key):
            return ""
        stated, shown = self.typed(key), self.display(key)
        if computed is None or stated is None:
            return f"此处为手工填写：{shown}"
        if stated == computed:
            return "此处为手工填写，与计算值一致"
        close = self.within_rounding(key, stated, computed)
        return f"此处为手工填写：{shown}，与计算值" + (
            "相差在四舍五入尾差之内" if close else "不一致，请核对"
        )
