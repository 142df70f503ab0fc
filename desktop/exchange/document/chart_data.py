"""From the facts to what the two charts show."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from desktop.domain.facts import FactSheet
from desktop.domain.keys import FactKey
from desktop.domain.template import fill
from desktop.exchange.document.charts import (
    ChartData,
    ChartGroup,
    execution_chart,
    three_public_chart,
    to_svg,
)
from desktop.exchange.typography.fonts import choose_fonts, register

CHART_FACES = ("hei", "song")
"""The two that a chart is set in; each face read costs 10 MB."""
_SCREEN_WIDTH = 560.0
"""Points: the width of a tab beside the score panel, before it is scaled."""
_THREE_PUBLIC = ("total", "vehicle_purchase", "vehicle_running", "abroad", "reception")
_SPENDING = ("total", "basic", "project")


def three_public_data(sheet: FactSheet) -> ChartData:
    """Last year's final, this year's budget and final, of each item of 三公经费."""
    columns = ("last_final", "budget", "final")
    return _data(sheet, "“三公经费”预算与决算对比", "three_public", _THREE_PUBLIC, columns)


def execution_data(sheet: FactSheet) -> ChartData:
    """年初预算, 全年预算 and 全年执行 of the whole and by 支出性质, with the execution rate below."""
    columns = ("initial", "adjusted", "executed")
    return _data(sheet, "预算执行情况（按支出性质）", "annex2_funds", _SPENDING, columns, note="rate")


def three_public_svg(sheet: FactSheet, resources: Path) -> bytes:
    """The chart of 三公经费 for the screen, set in the bundled fonts of a resources folder."""
    return _svg(three_public_data(sheet), three_public_chart, resources)


def execution_svg(sheet: FactSheet, resources: Path) -> bytes:
    """The chart of the budget's execution for the screen."""
    return _svg(execution_data(sheet), execution_chart, resources)


def _svg(data: ChartData, draw: Callable[[ChartData, float], Any], resources: Path) -> bytes:
    fonts = choose_fonts(resources / "fonts", prefer_system=False)
    register({face: fonts[face] for face in CHART_FACES})
    return to_svg(draw(data, _SCREEN_WIDTH))


def _data(
    sheet: FactSheet,
    title: str,
    table_id: str,
    rows: tuple[str, ...],
    columns: tuple[str, ...],
    note: str = "",
) -> ChartData:
    table = sheet.templates.tables[table_id]
    series = tuple(fill(table.column(c).label, sheet.year, sheet.level) for c in columns)
    groups = tuple(
        ChartGroup(
            sheet.row_label(table, FactKey(table_id, row, columns[0])),
            tuple(sheet.value(table_id, row, column) for column in columns),
            f"执行率 {sheet.display(FactKey(table_id, row, note))}" if note else "",
        )
        for row in rows
    )
    return ChartData(title, table.unit, series, groups)
