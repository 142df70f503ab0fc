"""Whatever stands in a sheet: nothing makes the import fail, and no number is dropped in silence."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.domain.all_templates import Templates
from desktop.resource_files.templates import load_templates
from tests.exchange.planning import after, plan_of, problems_by_place
from tests.exchange.published_figures import Rows, annex1, annex2, annex3, book, grid
from tests.places import RESOURCES


@pytest.fixture(scope="module")
def templates() -> Templates:
    return load_templates(RESOURCES)


_WORDS = [
    "三公经费",
    "编制数",
    "其中：",
    "产出指标(50分)",
    "三级指标",
    "年初预算数",
    "按收入性质分：1",
    "2023年决算数",
    "预算单位名称",
    "项目支出名称",
    "总分",
    "……",
    "1、",
    "≥95%",
    "单位：元",
]
_CELLS = st.one_of(st.none(), st.integers(-10, 10**9), st.text(max_size=12), st.sampled_from(_WORDS))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    changes=st.lists(
        st.tuples(st.integers(0, 2), st.integers(0, 41), st.integers(0, 8), _CELLS), max_size=12
    ),
    deleted_lines=st.sets(st.integers(0, 41), max_size=5),
)
def test_any_cells_in_the_forms_give_a_plan_that_can_be_repeated(
    templates: Templates, changes: list[tuple[int, int, int, Any]], deleted_lines: set[int]
) -> None:
    sheets = [annex1(), annex2(), annex3()]
    for index, row, col, value in changes:
        if row < len(sheets[index]):
            line = sheets[index][row]
            line += [None] * (col + 1 - len(line))
            line[col] = value
    grids = [
        grid(f"表{i}", [r for n, r in enumerate(rows) if n not in deleted_lines])
        for i, rows in enumerate(sheets)
    ]
    plan = plan_of(templates, book(*grids))
    facts = after(plan)
    assert all(templates.knows(key) and value for key, value in facts.items())
    again = plan_of(templates, book(*grids), facts)
    assert after(again, facts) == facts


@pytest.mark.parametrize("make", [annex1, annex2, annex3])
def test_number_beside_any_line_is_imported_or_listed(templates: Templates, make: Callable[[], Rows]) -> None:
    """A number typed beside any line of a form is either imported or listed."""
    for row in range(3, len(make())):
        rows = make()
        rows[row] += [None] * (10 - len(rows[row]))
        rows[row][9] = 7.77
        plan = plan_of(templates, book(grid("表", rows)))
        where = f"表!J{row + 1}"
        assert where in problems_by_place(plan) or any(i.where == where for i in plan.items), where
