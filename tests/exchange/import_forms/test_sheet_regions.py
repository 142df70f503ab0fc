"""Where forms begin and end on a sheet: two projects beside one another are two forms."""

from __future__ import annotations

from tests.exchange.import_forms.pages import ANNEX3, HEADS, SIGNED, plan_of, table
from tests.exchange.planning import after


def test_two_projects_side_by_side_are_read_one_after_the_other() -> None:
    money = "资金|年初预算数|全年预算数|全年执行数||||"
    indicator = "产出指标|数量指标|巡查{0}|≥36次|38次|50|40|雨"
    rows = ("项目名称|7x甲|项目名称|7x乙", f"{money}|{money}", "财政拨款|1|2|3|||||财政拨款|4|5|6||||")
    page = ANNEX3 + table(*rows, f"{HEADS}|{HEADS}", indicator.format(1) + "|" + indicator.format(2)) + SIGNED
    facts = after(plan_of(page))
    names = {key.row.partition(":")[2]: text for key, text in facts.items() if key.table == "projects"}
    told = {(names[key.scope], key.column): text for key, text in facts.items() if key.row == "fiscal"}
    assert told["甲", "executed"] == "3" and told["乙", "executed"] == "6"
    indicators = {names[k.scope]: text for k, text in facts.items() if k.column == "name" and k.scope}
    assert indicators == {"甲": "巡查1", "乙": "巡查2"}
