"""Blocks of cells in and out: what a pasted block means for the cells it lands on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from desktop.domain import rows
from desktop.domain.facts import FactSheet
from desktop.domain.keys import FactKey
from desktop.domain.numbers import canonical, parse_amount, parse_money
from desktop.domain.scoring.targets import parse_target
from desktop.domain.template import NUMBER_KINDS, ORDER
from desktop.ui.grid.layout import WHOLE_TARGET, Cell, GridRow, Layout

_EMPTY = {"", "-", "—", "/", "／", "－"}


Wanted = list[tuple[FactKey, str | None]]


class Paste(NamedTuple):
    """What a paste would write, and how much of the block found no cell to stand in."""

    wanted: tuple[tuple[FactKey, str | None], ...]
    skipped: int


def plan_paste(
    sheet: FactSheet, layout: Layout, block: Sequence[Sequence[str]], row: int, column: int
) -> Paste:
    """Lay a block over the grid from one cell on.

    Computed cells and headings in the way are left as they are, and counted; lines that go past the end
    of an open group, or onto a blank line, become new rows of it.
    """
    wanted: Wanted = []
    skipped, at = 0, row
    made: list[str] = []
    for line in block:
        target = layout.rows[at] if at < len(layout.rows) else None
        cells: Sequence[Cell | None]
        if target is not None and (not made or target.kind == "item" or layout.rows[row].kind == "fixed"):
            cells, at = target.cells, at + 1
        else:
            cells, at = (), len(layout.rows)
        model = _row_to_make(layout.rows[row], target, line)
        if model is not None:
            cells, fresh = _new_row(sheet, model, made)
            wanted += fresh
        for offset, text in enumerate(line):
            cell = cells[column + offset] if column + offset < len(cells) else None
            changes = _fill(sheet, cell, text)
            if len(changes) == 1 and changes[0][1] is None and changes[0] not in wanted:
                # An empty cell of the block leaves what `≥10%` in its own row has just said.
                changes = [] if any(key == changes[0][0] for key, _ in wanted) else changes
            skipped += not changes and text.strip() not in _EMPTY and not _says(cell, text)
            wanted += changes
    return Paste(tuple(wanted), skipped)


def _row_to_make(first: GridRow, target: GridRow | None, line: Sequence[str]) -> GridRow | None:
    """The row after which a new one is modelled: where the paste began in an open group and has run out of its
    rows, or meets a blank line with something to write into it."""
    if first.kind in ("item", "blank"):
        same = target is not None and target.kind == "item" and _group(target) == _group(first)
        return None if same else first
    blank = target is not None and target.kind == "blank" and any(text.strip() for text in line)
    return target if blank else None


def _group(row: GridRow) -> tuple[str, str]:
    return row.table, row.row.partition(":")[0]


def _new_row(sheet: FactSheet, model: GridRow, made: list[str]) -> tuple[Sequence[Cell | None], Wanted]:
    table, group = _group(model)
    row = rows.new_row(sheet, table, group, made)
    made.append(row)
    place = str(int(rows.place_after(sheet, table, group).partition(".")[0]) + len(made) - 1)
    moved = [cell._replace(key=cell.key._replace(row=row)) if cell.key else cell for cell in model.cells]
    return moved, [(FactKey(table, row, ORDER), place)]


def _says(cell: Cell | None, text: str) -> bool:
    """The form's own words, copied along with its figures."""
    return cell is not None and bool(cell.text) and "".join(cell.text.split()) == "".join(text.split())


def _fill(sheet: FactSheet, cell: Cell | None, text: str) -> Wanted:
    if cell is None or cell.key is None or cell.shows or (sheet.formula(cell.key) and cell.kind != "points"):
        return []
    if cell.key.column == "target":
        return (whole_target if cell.kind == WHOLE_TARGET else target_changes)(cell.key, text)
    return [(cell.key, normalise(cell.kind, text))]


def target_changes(key: FactKey, text: str) -> Wanted:
    """`≥95%` typed or pasted into 年度指标值 fills operator, number and unit."""
    said = parse_target(text)
    wanted: Wanted = [(key, said.number or None)]
    if said.operator:
        wanted.append((key._replace(column="operator"), said.operator))
    if said.unit:
        wanted.append((key._replace(column="unit"), said.unit))
    return wanted


def whole_target(key: FactKey, text: str) -> Wanted:
    """The same where one cell shows all three: what is not written there is gone from there."""
    said = parse_target(text)
    parts = {"operator": said.operator, "target": said.number, "unit": said.unit}
    return [(key._replace(column=column), part or None) for column, part in parts.items()]


def normalise(kind: str, text: str) -> str | None:
    """Typed or pasted text as it is stored: numbers canonical (money in 万元), other text trimmed, a long one with
    its lines.

    What is no number stays as it is, so that the cell can show it as wrong and nothing is lost.
    """
    if kind == "longtext":
        return text.strip() or None
    said = " ".join(text.split())
    if kind not in NUMBER_KINDS and kind != "points":
        return said or None
    if said in _EMPTY:
        return None
    if kind == "money":
        money = parse_money(said)
        return said if money is None else canonical(money)
    amount = parse_amount(said)
    if amount is None or (kind == "percent" and amount.unit == "%") or amount.unit[:1] in tuple("万千百亿"):
        return said
    return canonical(amount.value)
