"""附件1 of other counties: parts in another order, buildings named on the right, notes on labels."""

from __future__ import annotations

from tests.exchange.import_forms.pages import ANNEX1, SIGNED, facts_of, table

YEARS = "项目|2022年决算数|2023年预算数|2023年决算数"


def test_three_public_below_the_projects_are_none_of_them() -> None:
    page = ANNEX1 + table(
        *(YEARS, "项目支出|80|87|86", "4、上级转移支付|||", "水利发展资金|80|87|86"),
        *("“三公经费”|18|20|16", "公务接待|6|7|5", "公务用车运行维护费|12|13|11"),
    )
    facts = facts_of(page + SIGNED)
    assert (facts["transfer:1 final"], facts["reception final"]) == ("86", "5")
    assert not [key for key in facts if key.startswith("transfer:2")]


def test_a_building_may_be_named_right_of_its_figures_and_staff_may_follow() -> None:
    page = ANNEX1 + table(
        *(YEARS, "“三公经费”|18|20|16", "公用经费|9|10|8"),
        "楼堂馆所控制情况|批复规模（㎡）|实际规模（㎡）|规模控制率|预算投资（万元）|实际投资（万元）|投资概算控制率|项目名称",
        *(
            "|1200|1180|98.33%|300|295.5|98.5%|业务用房",
            "财政供养人员情况（人）|编制数|2023年实际在职人数|控制率",
        ),
        "|62|58|93.55%",
    )
    facts = facts_of(page + SIGNED)
    assert (facts["item:1 label"], facts["item:1 actual_area"]) == ("业务用房", "1180")
    assert (facts["total authorised"], facts["total in_post"]) == ("62", "58")
    assert "item:2 actual_area" not in facts


def test_the_mark_of_a_note_is_no_part_of_a_label() -> None:
    page = ANNEX1 + table(YEARS, "“三公经费”|18|20|16", "公务接待|18|20|16", "公用经费②|9|10|8")
    assert facts_of(page + SIGNED)["public_funds final"] == "8"


def test_the_right_half_of_a_form_goes_on_where_the_left_one_ends() -> None:
    page = ANNEX1 + table(
        *("预算单位名称|7x某局", f"{YEARS}|{YEARS}", "“三公”经费|18|20|16|防治|3|4|5"),
        *("公务接待|18|20|16|公用经费|9|10|8", "3、县级专项资金||||政府采购金额|1|2|3", "防火|6|7|8||||"),
        "楼堂馆所|批复规模（㎡）|实际规模（㎡）|规模控制率|预算投资（万元）|实际投资（万元）|投资概算控制率|项目名称",
        *("|1200|1180|98.33%|300|295.5|98.5%|业务用房", "厉行节约保障措施|7x严控支出"),
    )
    facts = facts_of(page + SIGNED)
    assert [facts[f"special:{n} final"] for n in (1, 2)] == ["8", "5"]
    assert (facts["public_funds final"], facts["procurement final"]) == ("8", "3")
    assert (facts["item:1 label"], facts["this economy_measures"]) == ("业务用房", "严控支出")


def test_a_row_nobody_knows_among_the_projects_leaves_their_sum_as_it_stands() -> None:
    rows = ("“三公”经费|18|20|16", "公务接待|18|20|16", "项目支出|90|97|96", "1、业务工作经费|80|87|86")
    more = ("其他项目经费|10|10|9", "4、上级转移支付|||", "公用经费|9|10|8")
    assert facts_of(ANNEX1 + table(YEARS, *rows, *more) + SIGNED)["project_spending final"] == "96"
