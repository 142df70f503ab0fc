"""What a fixed system's grid lets one type: numbers, a choice, or words."""

from __future__ import annotations

from typing import Any

import pytest

from desktop.domain.assessment import Assessment
from desktop.domain.template import parse_system
from desktop.paths import resources_dir
from desktop.resource_files.templates import load_templates
from desktop.ui.grid.layout import fixed_layout


@pytest.mark.parametrize(
    ("more", "kind"),
    [({}, "number"), ({"value_kind": "text"}, "text"), ({"choices": [["好", 100]]}, "choice")],
)
def test_an_asked_value_is_of_the_kind_its_indicator_names(more: dict[str, Any], kind: str) -> None:
    asked = {"id": "handed_in", "name": "报送", "weight": 100, "method": "choice", "value_label": "日期"}
    group = {"id": "paperwork", "name": "资料", "indicator": [asked | more]}
    block = {"id": "management", "name": "管理", "weight": 100, "group": [group]}
    grades = [{"name": "优", "from": 0}]
    data = {"id": "x-2024", "name": "某体系", "year": 2024, "full": 100, "grade": grades, "block": [block]}
    templates = load_templates(resources_dir())
    templates = templates._replace(systems={**templates.systems, "x-2024": parse_system(data)})
    layout = fixed_layout(Assessment(templates, {}, 2024, "x-2024"), "x-2024")
    (row,) = (row for row in layout.rows if row.row == "handed_in")
    value = row.cells[1]
    assert value.key is not None and value.key.column == "value" and value.kind == kind
