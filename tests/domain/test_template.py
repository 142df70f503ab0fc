"""Templates read from dictionaries: what contradicts itself is refused, and references find their cells."""

from __future__ import annotations

from typing import Any

import pytest

from desktop.domain import template
from desktop.domain.all_templates import Templates
from desktop.domain.keys import FactKey
from desktop.domain.template import TemplateError

GRID: dict[str, Any] = {
    "id": "t",
    "title": "表",
    "column": [
        {"id": "budget", "label": "预算"},
        {"id": "rate", "label": "率", "kind": "percent", "formula": "a / b"},
    ],
    "row": [
        {"id": "total", "label": "合计", "formula": "sum(item.*)"},
        {"id": "item", "label": "项", "open": True},
    ],
}


def system(**changes: Any) -> dict[str, Any]:
    indicator = {"id": "i", "name": "指标", "weight": 60, "method": "step", "deduct": 0.5}
    blocks = [
        {
            "id": "a",
            "name": "甲",
            "weight": 60,
            "group": [{"id": "g", "name": "组", "indicator": [indicator]}],
        },
        {"id": "b", "name": "乙", "weight": 40, "group": [{"id": "h", "name": "组"}]},
    ]
    grades = [{"name": "优", "from": 90}, {"name": "差", "from": 0}]
    return {"id": "s", "name": "体系", "year": 2023, "full": 100, "block": blocks, "grade": grades} | changes


def test_system_whose_weights_do_not_add_up_is_refused() -> None:
    assert template.parse_system(system()).full == 100
    with pytest.raises(TemplateError, match="100"):
        template.parse_system(system(full=99) | {"full": 99} | {"id": "s100"})
    wrong = system()
    wrong["block"][0]["group"][0]["indicator"][0]["weight"] = 59.5
    with pytest.raises(TemplateError, match="甲"):
        template.parse_system(wrong)


def test_method_specific_keys_of_an_indicator_become_params() -> None:
    indicator = next(template.parse_system(system()).indicators())
    assert dict(indicator.params) == {"deduct": 0.5}


@pytest.mark.parametrize("missing", ["column", "row"])
def test_table_without_rows_or_columns_is_refused(missing: str) -> None:
    with pytest.raises(TemplateError, match="t"):
        template.parse_table({name: value for name, value in GRID.items() if name != missing})


def test_table_like_another_shares_all_but_its_title() -> None:
    model = template.parse_table(GRID)
    other = template.parse_table({"id": "u", "title": "另表", "like": "t", "per": "project"}, {"t": model})
    assert (other.columns, other.rows, other.title, other.per) == (
        model.columns,
        model.rows,
        "另表",
        "project",
    )


def test_open_row_belongs_to_its_group() -> None:
    table = template.parse_table(GRID)
    assert table.row("item:3").id == "item"
    assert table.has("item:3", "budget") and table.has("item:3", "label") and table.has("item:3", "order")
    assert (
        not table.has("total:3", "budget")
        and not table.has("total", "order")
        and not table.has("x", "budget")
    )
    assert table.formula_at("total", "budget") == "sum(item.*)"
    assert table.formula_at("item:1", "budget") == "" and table.formula_at("item:1", "rate") == "a / b"
    assert table.formula_at("item", "rate") == ""


@pytest.mark.parametrize("name", ["nothing", "total.x.y.z", "other.budget", "a.b.c.d.e"])
def test_reference_to_no_cell_is_refused(name: str) -> None:
    with pytest.raises(TemplateError, match="names no cell"):
        template.resolve_names(template.parse_table(GRID), "total", "budget", name)


@pytest.mark.parametrize(
    ("name", "cell"),
    [
        ("total", ("t", "total", "budget")),
        ("rate", ("t", "item:1", "rate")),
        ("item.*", ("t", "item:*", "budget")),
        ("total.rate", ("t", "total", "rate")),
        ("u.total.budget", ("u", "total", "budget")),
        ("u.item.*.budget", ("u", "item:*", "budget")),
    ],
)
def test_reference_is_resolved_from_its_cell_outwards(name: str, cell: tuple[str, str, str]) -> None:
    assert template.resolve_names(template.parse_table(GRID), "item:1", "budget", name) == cell


def test_label_is_filled_with_year_and_level() -> None:
    assert template.fill("{last_year}年决算数/{year}年/{level}级", 2023, "县") == "2022年决算数/2023年/县级"
    assert template.fill("{level}级专项资金", 2023) == "区级专项资金"


def test_templates_know_which_cells_exist(templates: Templates) -> None:
    knows = [
        templates.knows(FactKey("annex3_funds@1", "total", "rate")),
        templates.knows(FactKey("annex3_funds@1", "nothing", "rate")),
        templates.knows(FactKey("nothing", "total", "rate")),
    ]
    assert knows == [True, False, False]
