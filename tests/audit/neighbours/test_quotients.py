"""R1n: rates and growth rates that only the numbers beside them explain."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Codes = Callable[..., list[str]]


@pytest.mark.parametrize(
    ("sentence", "right", "slipped"),
    [
        ("应种4250剂次，实种4186剂次，接种率{}%。", "98.5", "91.5"),
        ("时长目标60%，实际57.6%，完成目标的{}%。", "96", "99"),
        ("全年列支9312.50万元。前期批复的盘子9600.00万元，前者为后者的{}%。", "97.01", "94.01"),
        ("年内拨付892.40万元，年初排定780.00万元，预决算差异率{}%。", "14.41", "17.41"),
    ],
)
def test_a_rate_one_digit_off_two_numbers_beside_it_is_noticed(
    codes_on: Codes, sentence: str, right: str, slipped: str
) -> None:
    def said(number: str) -> list[str]:
        text = sentence.format(number)
        return [
            code for level in ("错误", "核实") for code in codes_on(text, level) if code in ("R1c", "R1n")
        ]

    assert said(right) == []
    assert len(said(slipped)) == 1


def test_a_share_in_a_list_of_one_whole_is_judged_by_that_whole(codes_on: Codes) -> None:
    text = (
        "支出合计900.00万元，按用途分：教学楼修缮450.00万元，占50.00%；设备更新270.00万元，占30.00%；"
        "师资培训117.00万元，占13.00%；其他开销63.00万元，占{}%。"
    )
    assert not {"R1", "R1n"} & set(codes_on(text.format("7.00")))
    assert {"R1", "R1n"} & set(codes_on(text.format("9.00")))


def test_a_target_is_given_and_not_reckoned(codes_on: Codes) -> None:
    text = "全年接诊4250人次，其中住院4186人次，转诊率目标为91.5%。"
    assert "R1n" not in codes_on(text) + codes_on(text, "核实")


def test_a_rate_of_several_items_is_not_held_against_the_last(codes_on: Codes) -> None:
    text = "实施甲、乙、丙三项，乙项目批复86.50万元，花费82.80万元。{}执行率92.72%。"
    assert "R1n" not in codes_on(text.format("三项综合")) + codes_on(text.format("三项综合"), "核实")
    assert "R1n" in codes_on(text.format("乙项目"))


def test_the_rate_of_one_item_is_not_reckoned_on_the_numbers_of_another(codes_on: Codes) -> None:
    text = "1.基本支出。执行率98.42%。\n2.项目支出。年初预算312.60万元，支出276.40万元，执行率88.42%。"
    assert "R1n" not in codes_on(text)


@pytest.mark.parametrize(
    ("text", "right", "wrong"),
    [
        ("接待来信来访153件，办结150件，办结率{}%，其余3件正在调处。", "98.04", "100"),
        ("走访农户320户，满意304户，群众满意度{}%，得10分。", "95", "93.75"),
    ],
)
def test_a_rate_called_after_the_number_before_it_is_of_the_one_before_that(
    codes_on: Codes, text: str, right: str, wrong: str
) -> None:
    assert codes_on(text.format(right)) == []
    assert codes_on(text.format(wrong)) == ["R1n"]


@pytest.mark.parametrize(
    "text",
    [
        "发放问卷300份，收回285份，满意度95.6%。",
        "问卷500份，满意471份，满意率94.2%；教职工满意率96%。",
        "共12项，未完成1项，完成率91.67%。",
        "全年支出9,312.00万元，结余288.00万元，结余率3.00%。",
    ],
    ids=["another number", "another's", "the rest", "money"],
)
def test_a_rate_that_is_not_called_after_the_number_before_it_is_no_finding(
    codes_on: Codes, text: str
) -> None:
    assert "R1n" not in codes_on(text)
