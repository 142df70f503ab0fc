"""Short words for the tests of the import: plan a workbook, what it writes, what it says."""

from __future__ import annotations

from typing import Any

from desktop.domain.all_templates import Templates
from desktop.domain.facts import FactSheet
from desktop.domain.keys import FactKey
from desktop.exchange.import_forms.workbook_import import plan_import
from desktop.exchange.import_plan import ImportPlan, PlanItem
from desktop.exchange.read_sheet.workbook import Workbook

Facts = dict[FactKey, str]


def plan_of(templates: Templates, workbook: Workbook, facts: Facts | None = None, **given: Any) -> ImportPlan:
    return plan_import(workbook, FactSheet(templates, facts or {}, 2023), **given)


def after(plan: ImportPlan, facts: Facts | None = None) -> Facts:
    result = dict(facts or {})
    for key, value in plan.wanted():
        result.pop(key, None)
        if value is not None:
            result[key] = value
    return result


def item(plan: ImportPlan, where: str) -> PlanItem:
    found = [i for i in plan.items if i.where == where]
    assert len(found) == 1, found
    return found[0]


def problems_by_place(plan: ImportPlan) -> dict[str, str]:
    return {problem.where: problem.message for problem in plan.problems}
