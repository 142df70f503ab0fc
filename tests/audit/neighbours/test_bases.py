"""R1w: rates whose words name their base, reckoned on another number."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Codes = Callable[..., list[str]]


@pytest.mark.parametrize(
    ("text", "right", "wrong"),
    [
        (
            "全年收入合计912.40万元，全年支出合计846.30万元，其中项目支出317.62万元，占总支出的{}%。",
            "37.53",
            "34.81",
        ),
        (
            "年初预算412.60万元，年中追加97.35万元，调整后预算509.95万元，追加额相当于年初预算的{}%。",
            "23.59",
            "19.09",
        ),
        (
            "年初批复412.60万元，年中追加97.35万元，调整后预算509.95万元，预算调整率{}%。",
            "23.59",
            "19.09",
        ),
        (
            "可用资金903.70万元，支出合计846.30万元：甲事项317.62万元，占37.53%；乙事项528.68万元，占{}%。",
            "62.47",
            "58.50",
        ),
        (
            "可用资金903.70万元，支出846.30万元，甲事项317.62万元，乙事项528.68万元，前者占37.53%，后者占{}%。",
            "62.47",
            "58.50",
        ),
        (
            "政府采购合计184.66万元，其中工程96.40万元、货物61.26万元、服务27.00万元，工程类占比{}%。",
            "52.20",
            "33.17",
        ),
        (
            "年末资产总额5120.40万元，负债2160.30万元，净资产2960.10万元，资产负债率{}%。",
            "42.19",
            "57.81",
        ),
    ],
)
def test_a_rate_of_another_number_than_its_words_name_is_wrong(
    codes_on: Codes, text: str, right: str, wrong: str
) -> None:
    ratios = {"R1", "R1n", "R1r", "R1w"}
    assert not ratios & set(codes_on(text.format(right)))
    assert "R1w" in codes_on(text.format(wrong), "错误")


@pytest.mark.parametrize(
    "text",
    [
        # The share is of the amount before the bracket.
        "本年总收入1204.50万元，财政拨款1100.20万元（其中基金277.10万元），占总收入91.34%。",
        # A budget of which nobody says whether it is the first.
        "基本支出912.40万元。基本支出预算846.30万元，工资317.62万元，占基本支出预算37.53%。",
        # Two amounts bear the name.
        "本年支出合计846.30万元，上级支出合计912.40万元，项目支出317.62万元，占支出合计的37.53%。",
        # Nothing tells how the rate came about.
        "全年收入合计912.40万元，全年支出合计846.30万元，目标为项目支出占总支出的34.81%。",
    ],
)
def test_a_rate_of_which_the_base_is_not_sure_is_left_alone(codes_on: Codes, text: str) -> None:
    assert "R1w" not in codes_on(text)


def test_shares_added_up_are_added(codes_on: Codes) -> None:
    text = "普通教育占72.3%，居首位；职业教育占18.4%。两项合计占比{}%。"
    assert "R1w" not in codes_on(text.format("90.7"))
    assert "R1w" in codes_on(text.format("88.7"), "错误")


def test_a_rate_one_digit_off_what_its_words_name_is_wrong(codes_on: Codes) -> None:
    text = "年初预算1486.32万元，年中追加612.45万元，追加额相当于年初预算的{}%。"
    assert "R1w" not in codes_on(text.format("41.21"))
    assert "R1w" in codes_on(text.format("44.21"), "错误")


def test_shares_behind_nouns_are_of_the_whole_that_the_others_are_of(codes_on: Codes) -> None:
    text = (
        "全年支出合计1000.00万元。城乡社区支出316.50万元；农林水支出188.30万元；教育支出234.80万元；其余为其他支出。\n"
        "排在前面的是：城乡社区支出31.65%、教育支出23.48%、农林水支出{}%。"
    )
    assert "R1w" not in codes_on(text.format("18.83"))
    assert "R1w" in codes_on(text.format("18.38"), "错误")


LATER_BUDGET = "年初预算412.60万元，调整后全年预算486.30万元，全年支出471.90万元，"
INCOME = "全年收入462.80万元，其中：财政拨款收入371.60万元，{}91.20万元。全年支出412.60万元。"
SPENDING = "可用资金520.30万元，全年支出462.80万元，其中：人员经费301.20万元、公用经费70.40万元"


@pytest.mark.parametrize(
    ("text", "right", "wrong"),
    [
        # Of the later budget, and reckoned on the first.
        (LATER_BUDGET + "完成全年预算的{}%。", "97.04", "114.37"),
        # A share that names no whole is of the list that adds up, wherever it stands.
        (INCOME.format("其他收入") + "\n其他收入占比{}%。", "19.71", "22.10"),
        (INCOME.format("经营收入（门票、摊位）") + "经营收入占{}%。", "19.71", "22.10"),
        (SPENDING + "，项目支出91.20万元，占{}%。", "19.71", "17.53"),
        (SPENDING + "（其中印刷费8.10万元），占{}%，项目支出91.20万元。", "15.21", "13.53"),
    ],
)
def test_a_rate_of_the_later_budget_or_of_a_list_that_adds_up_is_held_against_it(
    codes_on: Codes, text: str, right: str, wrong: str
) -> None:
    assert not {"R1", "R1e", "R1n", "R1r", "R1w"} & set(codes_on(text.format(right)))
    assert "R1w" in codes_on(text.format(wrong), "错误")


@pytest.mark.parametrize(
    "text",
    [
        # Two amounts that were spent, and none of them is the unit's.
        "年初预算412.60万元，全年预算486.30万元，道路支出471.90万元，桥梁支出21.40万元，完成全年预算的114.37%。",
        # It is the share of the part told before, whatever the words stand behind.
        "全年支出462.80万元，其中：基本支出371.60万元，项目支出91.20万元，占80.29%。",
        # The list does not add up, so that nobody knows its whole.
        INCOME.replace("371.60", "351.40").format("其他收入") + "\n其他收入占比22.10%。",
    ],
)
def test_a_rate_whose_whole_nothing_proves_is_left_alone(codes_on: Codes, text: str) -> None:
    assert "R1w" not in codes_on(text) + codes_on(text, "核实")


def test_the_share_behind_a_list_of_parts_is_that_of_their_whole(codes_on: Callable[..., list[str]]) -> None:
    text = (
        "总支出402.60万元。基本支出241.56万元，其中人员经费206.40万元，公用经费35.16万元，占总支出的60.00%。"
    )
    assert codes_on(text) == []


def test_the_largest_share_names_its_part_in_the_clause_before(codes_on: Callable[..., list[str]]) -> None:
    text = (
        "支出合计951.20万元，其中：城乡社区支出398.70万元，一般公共服务支出231.80万元，教育支出320.70万元。调整后预算987.50万元。\n"
        "城乡社区支出比重最高，为41.92%；一般公共服务支出次之，为{}%。"
    )
    assert "R1w" not in codes_on(text.format("24.37"))
    assert "R1w" in codes_on(text.format("23.47"))
