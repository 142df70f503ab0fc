"""What a grid shows, row by row: which fact stands in which cell, and which cells are only read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from desktop.domain.assessment import Assessment
from desktop.domain.facts import FactSheet
from desktop.domain.keys import FactKey, scoped
from desktop.domain.numbers import show_short
from desktop.domain.scoring.scoring import ANSWERS, BlockScore, IndicatorScore
from desktop.domain.template import LABEL, Column, Indicator, Row, Table, fill


class Header(NamedTuple):
    label: str
    kind: str
    width: int = 0


class Cell(NamedTuple):
    """A fact's cell, or (without a key) words that are only read. `shows` picks what an indicator shows."""

    key: FactKey | None = None
    text: str = ""
    kind: str = "text"
    choices: tuple[str, ...] = ()
    shows: str = ""


class GridRow(NamedTuple):
    """One line. `kind`: fixed, item (an open row), open (its heading; takes new rows), heading (spans)."""

    kind: str
    cells: tuple[Cell, ...]
    table: str = ""
    row: str = ""
    level: int = 0
    strong: bool = False
    adds: str = ""
    """What Insert adds here, in words; '' if nothing."""


class Layout(NamedTuple):
    headers: tuple[Header, ...]
    rows: tuple[GridRow, ...]


EMPTY = Cell()
WHOLE_TARGET = "target"
"""The kind of a cell in which operator, number and unit of a target stand together: `≥95%`."""
ROW_HEIGHT, HEAD_HEIGHT, FRAME = 27, 28, 2
"""Pixels of a line, of the head with its one line of words, and of the frame around a grid."""
_WIDTHS = {
    "money": 102,
    "people": 96,
    "area": 96,
    "percent": 88,
    "number": 70,
    "points": 78,
    "choice": 80,
    "text": 150,
}


def table_layout(sheet: FactSheet, table: Table, scope: str = "") -> Layout:
    """A grid with its fixed rows and open groups; the first column names the rows."""
    columns = table.columns
    headers = [Header(table.label_title, "label", 236)] if table.kind == "grid" else []
    headers += [
        Header(fill(c.label, sheet.year, sheet.level), c.kind, c.width or _WIDTHS.get(c.kind, 120))
        for c in columns
    ]
    table_id = scoped(table.id, scope)
    rows: list[GridRow] = []
    for row in table.rows:
        rows.append(_fixed_row(sheet, table, table_id, row))
        if row.open:
            rows += [_open_row(table, table_id, row, item) for item in sheet.rows(table_id, row.id)]
    return Layout(tuple(headers), tuple(rows))


def _fixed_row(sheet: FactSheet, table: Table, table_id: str, row: Row) -> GridRow:
    label = fill(row.label, sheet.year, sheet.level)
    adds = f"添加{row.item or '一行'}" if row.open else ""
    filled = bool(row.formula) or not (row.open or row.heading)
    cells = [_cell(table_id, row.id, c) if filled else EMPTY for c in table.columns]
    if table.kind == "grid":
        cells.insert(0, Cell(text=label, kind="label"))
    else:
        cells[0] = Cell(text=label, kind="label")
    kind = "heading" if row.heading else "open" if row.open else "fixed"
    return GridRow(
        kind, tuple(cells), table_id, row.id, row.level, bool(row.formula) and row.level == 0, adds
    )


def _open_row(table: Table, table_id: str, row: Row, item: str) -> GridRow:
    cells = [_cell(table_id, item, c) for c in table.columns]
    if table.kind == "grid":
        cells.insert(0, Cell(FactKey(table_id, item, LABEL), kind="text"))
    return GridRow("item", tuple(cells), table_id, item, row.level + 1, adds=f"添加{row.item or '一行'}")


def _cell(table_id: str, row: str, column: Column) -> Cell:
    return Cell(FactKey(table_id, row, column.id), kind=column.kind, choices=column.choices)


# -- the indicator grids ----------------------------------------------------------------------------------


def indicator_layout(assessment: Assessment, scope: str = "") -> Layout:
    """附件2 or one 附件3: blocks and 二级指标 as headings, one line for each indicator the clerk wrote."""
    score = assessment.project(scope) if scope else assessment.score(assessment.form.id)
    system = assessment.form
    base = system.indicator_table.replace("annex2", "annex3") if scope else system.indicator_table
    table, table_id = assessment.sheet.templates.tables[base], scoped(base, scope)
    headers = tuple(Header(c.label, c.kind, c.width) for c in table.columns)
    rows: list[GridRow] = []
    for block, block_score in zip(system.blocks, score.blocks, strict=True):
        rows.append(_block_row(block_score, table))
        for group in block.groups:
            for indicator in group.indicators:
                answers = scoped(ANSWERS, scope or system.id)
                rows.append(_computed_row(table, answers, indicator.id, indicator.name))
            if not group.indicators:
                heading = Cell(text=group.name, kind="label")
                blank = (heading, *(EMPTY,) * (len(headers) - 1))
                rows.append(GridRow("open", blank, table_id, group.id, 1, adds="添加指标"))
                rows += [
                    _open_row(table, table_id, table.row(group.id), item)
                    for item in assessment.sheet.rows(table_id, group.id)
                ]
    return Layout(headers, tuple(rows))


def _in_columns(table: Table, first: Cell, **cells: Cell) -> tuple[Cell, ...]:
    """A line of the indicator grid: a county's form may have columns of its own, before or behind these."""
    return (first, *(cells.get(column.id, EMPTY) for column in table.columns[1:]))


def _block_row(block: BlockScore, table: Table) -> GridRow:
    title = Cell(text=f"{block.name}（{show_short(block.weight)}分）", kind="label", shows="")
    weight, points = Cell(text=block.id, shows="block_weight"), Cell(text=block.id, shows="block_points")
    return GridRow("heading", _in_columns(table, title, weight=weight, points=points), strong=True)


def _computed_row(table: Table, table_id: str, row: str, name: str) -> GridRow:
    """预算执行率 within the forms: nothing to type but points by hand and a reason."""
    key = FactKey(table_id, row, "points")
    cells = _in_columns(
        table,
        Cell(text=name, kind="label"),
        actual=Cell(key, shows="value"),
        weight=Cell(key, shows="weight", kind="number"),
        points=Cell(key, kind="points"),
        reason=Cell(key._replace(column="reason")),
    )
    return GridRow("fixed", cells, table_id, row, 1)


FIXED_HEADERS = (
    Header("指标", "label", 290),
    Header("填报值 / 计算值", "text", 126),
    Header("分值", "number", 56),
    Header("自评得分", "points", 78),
    Header("得分依据", "text", 250),
    Header("偏差原因分析及改进措施", "text", 190),
)


def fixed_layout(assessment: Assessment, system_id: str) -> Layout:
    """A system whose indicators are given: rates computed from the base data, checklists item by item."""
    score = assessment.score(system_id)
    system = assessment.sheet.templates.systems[system_id]
    indicators = {i.id: i for i in system.indicators()}
    rows: list[GridRow] = []
    for block in score.blocks:
        title = Cell(text=f"{block.name}（{show_short(block.weight)}分）", kind="label")
        sums = (Cell(text=block.id, shows="block_weight"), Cell(text=block.id, shows="block_points"))
        rows.append(GridRow("heading", (title, EMPTY, *sums, EMPTY, EMPTY), strong=True))
        for scored in block.indicators:
            given = indicators[scored.id]
            rows.append(_fixed_indicator(scored, given))
            rows += _items(scored.key, given.items)
    return Layout(FIXED_HEADERS, tuple(rows))


def _fixed_indicator(scored: IndicatorScore, given: Indicator) -> GridRow:
    key = scored.key
    choices = tuple(word for word, _ in given.params.get("choices", ()))
    value = Cell(
        key._replace(column="value"), kind="choice" if choices else given.value_kind, choices=choices
    )
    asks = not given.formula and not given.items
    cells = (
        Cell(text=scored.name, kind="label"),
        value if asks else Cell(key, shows="value"),
        Cell(key, shows="weight", kind="number"),
        Cell(key, kind="points"),
        Cell(key, shows="how"),
        Cell(key._replace(column="reason")),
    )
    return GridRow("fixed", cells, key.table, key.row, 1)


def _items(key: FactKey, items: tuple[str, ...]) -> Iterator[GridRow]:
    for number, words in enumerate(items, 1):
        answer = Cell(key._replace(column=f"item{number}"), kind="choice", choices=("是", "否"))
        yield GridRow(
            "fixed",
            (Cell(text=f"{number}. {words}", kind="label"), answer, *(EMPTY,) * 4),
            key.table,
            key.row,
            2,
        )
