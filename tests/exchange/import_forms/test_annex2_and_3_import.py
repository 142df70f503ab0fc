"""附件2 and 附件3 of other counties: two blocks of money, goals beside their labels, rows nobody knows."""

from __future__ import annotations

from tests.exchange.import_forms.pages import (
    ANNEX2,
    ANNEX3,
    HEADS,
    SIGNED,
    facts_of,
    plan_of,
    table,
    told,
)

MONEY = "年初预算数|全年预算数|全年执行数"


def test_money_by_nature_beside_money_by_source_each_under_its_own_heads() -> None:
    page = ANNEX2 + table(
        *(f"资金来源|{MONEY}|支出性质|{MONEY}", "年度资金总额|140|165|160|按支出性质分|140|165|160"),
        *("一般公共预算|140|165|160|基本支出|100|110|105", "||||项目支出|40|55|55", HEADS),
    )
    facts = facts_of(page + SIGNED)
    assert [facts[f"general {c}"] for c in ("initial", "adjusted", "executed")] == ["140", "165", "160"]
    assert (facts["project executed"], facts["basic adjusted"]) == ("55", "110")
    assert "没有认出" not in told(page + SIGNED)


def test_a_sum_stands_by_hand_where_a_row_is_unknown_and_is_called_by_its_name() -> None:
    page = ANNEX3 + table(
        *("项目名称|清淤", f"资金|{MONEY}|分值", "年度资金总额|480|520|511|10", "县级安排资金|450|490|481|-"),
        *("其他资金|30|30|30|-", HEADS),
    )
    facts = facts_of(page + SIGNED)
    assert (facts["total executed"], facts["other executed"]) == ("511", "30")
    assert "没有认出“县级安排资金”，481没有导入" in told(page + SIGNED)
    total = next(i for i in plan_of(page + SIGNED).items if i.key.row == "total" and i.new == "511")
    assert total.problem == "有没认出的行，不能按各行相加，按表中的数填写"


def test_goals_may_stand_beside_their_labels() -> None:
    page = ANNEX2 + table("2y年度总体目标|预期目标|排查12次", "实际完成情况|完成12次", HEADS) + SIGNED
    facts = facts_of(page)
    assert (facts["this expected"], facts["this achieved"]) == ("排查12次", "完成12次")


def test_goals_may_stand_behind_their_labels_in_one_line() -> None:
    page = ANNEX2 + table("年度总体目标|3x预期目标：排查12次|3x实际完成情况：完成12次", HEADS) + SIGNED
    facts = facts_of(page)
    assert (facts["this expected"], facts["this achieved"]) == ("排查12次", "完成12次")


def test_a_row_with_its_own_label_below_the_goals_is_none_and_a_prompt_neither() -> None:
    goals = (
        "2y年度目标|3x项目年度目标|3x年度目标完成情况",
        "3x排查12次|3x对照年度目标说明完成情况（100字以内）",
    )
    page = ANNEX3 + table("项目名称|清淤", *goals, "实施过程|6x4月下达资金", HEADS) + SIGNED
    facts = facts_of(page)
    assert facts["this expected"] == "排查12次" and "this achieved" not in facts


def test_weight_and_points_of_execution_may_share_a_cell() -> None:
    page = ANNEX2 + table(
        *(f"资金|{MONEY}|分值/得分", "年度资金总额|140|165|160|10/9.6", "一般公共预算|140|165|160|", HEADS),
    )
    points = [item.new for item in plan_of(page + SIGNED).items if item.key.base == "answers"]
    assert points == ["9.6"]
