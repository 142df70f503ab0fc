"""Indicators of other counties: two targets for one name, 分值 and 得分 in one cell, a unit without its number."""

from __future__ import annotations

from tests.exchange.import_forms.pages import ANNEX2, HEADS, SIGNED, facts_of, plan_of, table, told


def test_a_second_target_below_one_name_is_told_and_makes_no_indicator() -> None:
    page = ANNEX2 + table(
        *(HEADS, "2y产出指标|2y数量指标|2y巡查|≥36次|38次|2y50|2y50|", "≥500公里|512公里|"),
    )
    facts = facts_of(page + SIGNED)
    assert facts["quantity:1 target"] == "36"
    assert not [key for key in facts if key.startswith("quantity:2")]
    assert "“≥500公里”没有指标名称和分值" in told(page + SIGNED)


def test_weight_and_points_may_share_a_cell() -> None:
    page = ANNEX2 + table(
        "一级指标|二级指标|三级指标|年度指标值|实际完成值|分值/得分|偏差原因",
        *("产出指标|数量指标|巡查|≥36次|30次|10/9.5|降雨", "总分||||||10/9.5|"),
    )
    facts = facts_of(page + SIGNED)
    assert (facts["quantity:1 weight"], facts["quantity:1 points"]) == ("10", "9.5")


def test_a_unit_without_its_number_is_no_target_of_words() -> None:
    rows = ("产出指标|数量指标|巡查|次|38次|50|50|", "产出指标|质量指标|合格|是|是|50|50|")
    facts = facts_of(ANNEX2 + table(HEADS, *rows) + SIGNED)
    assert "quantity:1 target" not in facts and facts["quantity:1 unit"] == "次"
    assert (facts["quantity:1 actual"], facts["quality:1 target"]) == ("38", "是")
    assert (
        facts_of(ANNEX2 + table(HEADS, rows[0].replace("|次|", "|≥次|")) + SIGNED)["quantity:1 operator"]
        == "≥"
    )
    assert "只有单位“次”" in told(ANNEX2 + table(HEADS, *rows) + SIGNED)


def test_costs_as_a_block_of_their_own_add_to_the_points_of_output() -> None:
    rows = (
        "产出指标45分|数量指标|巡查|≥36次|38次|45|45|",
        "成本指标（5分）|经济成本指标|总成本|≤5万元|5万元|5|5|",
    )
    page = ANNEX2 + table(HEADS, *rows) + SIGNED
    assert facts_of(page)["cost:1 weight"] == "5"
    assert "标题" not in "".join(p.message for p in plan_of(page).problems if "附件" in p.where)
    assert "各项分值合计50，标题为40＋5分" in told(page.replace("45分", "40分"))


def test_heads_may_stand_in_two_lines_with_the_target_in_three_columns() -> None:
    heads = (
        "3x绩效指标|3x年度指标值|2y实际完成值|2y分值|2y得分|2y偏差原因",
        "一级指标|二级指标|三级指标|指标性质|指标值|度量单位",
    )
    rows = ("2y产出指标|2y数量指标|巡查|≥|36|次|38|40|40|", "核查|﹦|100|%|100|40|40|")
    goals = ("5x预期目标|5x实际完成情况", "5x巡查36次|5x巡查38次")
    last = "质量指标|合格|定性|≥50年|—|51年|20|20|"
    facts = facts_of(ANNEX2 + table(*goals, *heads, *rows, *heads, f"产出指标|{last}") + SIGNED)
    assert (facts["this expected"], facts["this achieved"]) == ("巡查36次", "巡查38次")
    parts = [[facts.get(f"{row} {part}") for part in ("operator", "target", "unit", "actual")]
             for row in ("quantity:1", "quantity:2", "quality:1")]  # fmt: skip
    assert parts == [["≥", "36", "次", "38"], ["=", "100", "%", "100"], ["≥", "50", "年", "51"]]
    assert facts["quality:1 weight"] == "20"


def test_a_heading_above_the_indicators_is_no_goal() -> None:
    goals = table("预期目标|实际完成情况", "排查12次|完成12次")
    page = (
        ANNEX2
        + goals
        + "<p>三、绩效指标完成情况</p>"
        + table(HEADS, "产出指标|数量指标|巡查|≥36次|38次|50|50|")
    )
    assert facts_of(page + SIGNED)["this expected"] == "排查12次"


def test_numbers_that_the_form_prints_before_names_are_left_out_and_rows_nobody_filled_in_too() -> None:
    rows = (
        "2y产出指标|2y数量指标|指标1：巡查|≥36次|38次|50|50|无偏差",
        "指标2：|||||",
        "效益指标|经济效益指标|/|/|/|/|/|/",
        "满意度指标|满意度|不适用|—|—|—|—|—",
    )
    page = ANNEX2 + table(HEADS, *rows) + SIGNED
    names = [item.new for item in plan_of(page).items if item.key.column == "name"]
    assert names == ["巡查"]
    assert "quantity:1 reason" not in facts_of(page)


def test_an_outcome_beside_a_target_in_percent_may_be_a_ratio() -> None:
    rows = (
        "3y产出指标|3y质量指标|合格率|≥90%|0.956|10|10|",
        "增长率|≥2%|0.9|10|5|",
        "覆盖率|100%|1.00|10|10|",
    )
    page = ANNEX2 + table(HEADS, *rows) + SIGNED
    facts = facts_of(page)
    assert [facts[f"quality:{number} actual"] for number in (1, 2, 3)] == ["95.6", "0.9", "100"]
    remark = next(item.problem for item in plan_of(page).items if item.new == "95.6")
    assert remark == "“0.956”按百分数读入，请核对"


def test_points_of_the_block_beside_its_title_are_no_weight() -> None:
    page = ANNEX2 + table(
        "一级指标|权重|二级指标|三级指标|年度指标值|实际完成值|分值|自评得分|偏差原因",
        *("2y产出指标|2y50|2y数量指标|巡查|≥36次|38次|30|30|", "清淤|≥5次|5次|20|20|"),
    )
    facts = facts_of(page + SIGNED)
    assert (facts["quantity:1 weight"], facts["quantity:2 weight"]) == ("30", "20")


def test_execution_as_first_block_of_the_indicators_is_scored_and_no_row() -> None:
    rows = (
        "预算执行（10分）|预算执行率|预算执行率|100%|96%|10|9.6|",
        "产出指标|数量指标|巡查|≥36次|38次|90|90|",
    )
    for first in (rows[0], rows[0].replace("|预算执行率|", "||", 1), "预算执行|||100%|96%|10|9.6|"):
        facts = facts_of(ANNEX2 + table(HEADS, first, rows[1]) + SIGNED)
        assert facts["execution_rate points"] == "9.6" and facts["quantity:1 weight"] == "90"
        assert not [key for key in facts if key.startswith("execution:")]
