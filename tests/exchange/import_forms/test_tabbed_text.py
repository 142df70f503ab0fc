"""Tabs and strokes tell the cells of a form in text: rows, columns, empty ones, and those that are covered."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from desktop.domain.facts import FactSheet
from desktop.domain.keys import FactKey
from desktop.exchange.import_forms.tabbed_text import tabbed_cells
from desktop.exchange.import_report.report_import import plan_document
from tests.audit.annex_layouts import (
    ANNEX1,
    ANNEX2,
    FORMS,
    LAYOUTS,
    Rows,
    one_a_line,
    report,
    ruled,
    separated,
    spaced,
    tabbed,
)
from tests.exchange.made_reports import TEMPLATES, lines_of
from tests.exchange.planning import after

HEADS = "一级指标\t二级指标\t三级指标\t年度指标值\t全年执行数\t分值\t得分\t偏差原因\n"


def rows_of(text: str) -> list[list[str]]:
    """The words of each row, '' for columns without any."""
    cells = tabbed_cells(text)
    rows: dict[int, dict[int, str]] = {}
    for row, column, start, end in cells:
        rows.setdefault(row, {})[column] = text[start:end]
    return [[row.get(column, "") for column in range(max(row) + 1)] for row in rows.values()]


def facts_of(raw: str) -> dict[FactKey, str]:
    plan = plan_document(lines_of(raw), FactSheet(TEMPLATES, {}, 2023))
    assert not [problem for problem in plan.problems if "表格线" in problem.message]
    return after(plan)


@pytest.mark.parametrize("layout", [tabbed, separated, ruled])
def test_each_layout_with_tabs_or_strokes_is_read_by_its_cells(layout: Callable[[Rows], str]) -> None:
    facts = facts_of(report(layout))
    assert facts == facts_of(report(tabbed))
    assert len(facts) > 200
    assert facts[FactKey("annex2_indicators", "sustainable:1", "actual")] == "已建立健全"


@pytest.mark.parametrize("layout", [one_a_line, spaced])
def test_text_without_tabs_has_no_cells(layout: Callable[[Rows], str]) -> None:
    assert set(LAYOUTS.values()) > {layout}
    assert [tabbed_cells(layout(form)) for form in FORMS] == [[], [], [], []]


def test_an_indented_list_and_a_signature_line_are_no_table() -> None:
    assert tabbed_cells("\t一、填报范围\n\t二、填报要求\n单位负责人：\t填表人：\t联系电话：\n") == []


def test_an_empty_cell_keeps_its_column() -> None:
    raw = tabbed(ANNEX1).replace("\t112.3\n\t120\n", "\t112.3\n\t\n")
    facts = facts_of(raw)
    assert FactKey("base", "business", "budget") not in facts
    assert facts[FactKey("base", "business", "final")] == "118.45"


def test_columns_in_another_order_are_read_by_their_heads() -> None:
    rows = [[row[k] for k in (0, 1, 2, 3, 6, 4, 5, 7, 8)] if len(row) == 9 else row for row in ANNEX2]
    facts = facts_of(tabbed(rows))
    assert facts[FactKey("annex2_indicators", "quantity:2", "weight")] == "10"
    assert facts[FactKey("annex2_indicators", "quantity:2", "actual")] == "27"


def test_cells_covered_from_above_and_a_wide_total_come_under_their_heads() -> None:
    """As Word's own text of a table with merged cells: what is covered is not told, nor are empty cells at the end."""
    raw = HEADS + "产出指标\t数量指标\t巡查\t36\t38\t25\t25\n除险\t12\t11\t25\t20\t降雨\n总分\t50\t45\t\n"
    assert rows_of(raw)[1:] == [
        ["产出指标", "数量指标", "巡查", "36", "38", "25", "25"],
        ["", "", "除险", "12", "11", "25", "20", "降雨"],
        ["", "", "", "", "总分", "50", "45"],
    ]


def test_a_row_that_an_empty_line_breaks_is_whole_again() -> None:
    heads = "".join(f"\t{head}\n" for head in HEADS.strip().split("\t"))
    raw = f"{heads}\n\t\n产出指标\n\t数量指标\n\n\t巡查\n\t≥36次\n\t38次\n\t25\n\t25\n\t\n"
    assert rows_of(raw)[1:] == [["产出指标", "数量指标", "巡查", "≥36次", "38次", "25", "25"]]


def test_a_cell_with_line_breaks_stands_in_quotes_in_what_excel_gives() -> None:
    raw = HEADS + '"产出指标\n(50分)"\t数量指标\t巡查\t≥36次\t38次\t50\t50\t\n'
    assert rows_of(raw)[1] == ["产出指标\n(50分)", "数量指标", "巡查", "≥36次", "38次", "50", "50"]


def test_a_quote_that_is_never_closed_takes_in_no_other_line() -> None:
    raw = HEADS + '产出指标\t数量指标\t巡查\t≥36"\t38次\t50\t50\t\n' + "总分\t50\t50\t\n" * 3
    assert len(rows_of(raw)) == 5
