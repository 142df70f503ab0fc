"""R7n, R7u: one figure written in two ways."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from desktop.audit.finding import Finding
from tests.audit.rule_cases import findings_of

Codes = Callable[..., list[str]]


def test_two_digits_swapped_between_two_tellings_are_wrong(codes_on: Codes) -> None:
    text = "饮水养护资金215.90万元已拨付到站。检查发现，饮水养护经费{}万元全部到账。"
    assert "R7n" not in codes_on(text.format("215.90"))
    assert "R7n" in codes_on(text.format("251.90"))


def test_amounts_of_few_digits_and_other_names_are_no_repeats(codes_on: Codes) -> None:
    text = "办公费12.00万元，差旅费21.00万元。"
    assert "R7n" not in codes_on(text) + codes_on(text, "核实")


def test_a_conversion_with_the_point_moved_is_wrong_and_says_what_is_right() -> None:
    (finding,) = findings_of("R7u", "五个项目合计7,753,000元，折合77.53万元。")
    assert finding.expected == "775.3万元"


def test_a_conversion_to_the_digits_shown_is_silent() -> None:
    assert (
        findings_of("R7u", "五个项目合计7,753,000元，折合775.30万元；全年支出9,312.00万元，约0.93亿元。")
        == []
    )


@pytest.mark.parametrize(
    "text",
    [
        "树苗成活率88.6%，长势良好。\n二、效益\n新栽树苗成活率为86.8%。",
        "基层入户率目标65%，实际61.2%。\n二、问题\n基层入户率仅为62.1%。",
    ],
)
def test_a_rate_told_again_with_its_digits_exchanged_is_wrong(codes_on: Codes, text: str) -> None:
    assert "R7n" in codes_on(text, "错误")


def test_two_rates_of_other_names_are_left_alone(codes_on: Codes) -> None:
    assert "R7n" not in codes_on("培训合格率88.6%。\n二、效益\n道路完好率为86.8%。")


def test_a_figure_told_with_its_digits_in_another_order_is_wrong(codes_on: Codes) -> None:
    text = "可用资金已用96%，年末结转80.76万元。\n二、问题\n年末结转86.07万元。"
    assert "R7n" in codes_on(text, "错误")
    assert "R7n" not in codes_on(text.replace("86.07", "95.13"))


def test_a_total_told_twice_with_digits_swapped_is_wrong(codes_on: Codes) -> None:
    text = "本年支出合计2874.36万元，用于履行职能。\n支出决算数{}万元，全部纳入评价。"
    assert "R7n" in codes_on(text.format("2847.36"))
    assert "R7n" not in codes_on(text.format("2874.36"))
    assert "R7n" not in codes_on(text.format("1203.55"))


def test_one_digit_apart_is_to_be_checked(codes_on: Codes) -> None:
    text = "本年支出合计2874.36万元，用于履行职能。\n支出决算数2874.56万元，全部纳入评价。"
    assert "R7n" in codes_on(text, "核实")


def test_round_amounts_one_digit_apart_are_two_amounts(codes_on: Codes) -> None:
    assert "R7n" not in codes_on("项目支出300万元。\n项目支出400万元。", "核实")


def test_a_count_told_again_with_its_digits_exchanged_is_wrong(codes_on: Codes) -> None:
    text = "残疾人护理补贴发放8560人。\n二、问题\n残疾人护理补贴惠及{}人，标准偏低。"
    assert "R7n" not in codes_on(text.format(8560))
    assert "R7n" in codes_on(text.format(8650), "错误")


@pytest.mark.parametrize(
    ("text", "right", "wrong"),
    [
        # Named by the head of its paragraph.
        (
            "一、支出\n1.基本支出。预算61.20万元。\n2.项目支出。预算98.20万元，执行率98.42%。\n二、问题\n项目支出执行率{}%。",
            "98.42",
            "98.24",
        ),
        # Asked for a reason by R17, and told again with a slip.
        ("树苗养护执行率88.42%。\n二、问题\n树苗养护资金执行率{}%。", "88.42", "88.24"),
        # Three digits are enough where name and stage are the same.
        ("养护经费年初预算64.20万元。\n二、支出\n养护经费年初预算{}万元，用于绿化。", "64.20", "62.40"),
    ],
)
def test_a_figure_of_the_same_name_told_again_is_known_by_it(
    codes_on: Codes, text: str, right: str, wrong: str
) -> None:
    assert "R7n" not in codes_on(text.format(right))
    assert "R7n" in codes_on(text.format(wrong), "错误")


@pytest.mark.parametrize(
    "text",
    [
        # Of another head.
        "一、支出\n1.基本支出。预算61.20万元。\n2.项目支出。预算98.20万元，执行率98.42%。\n二、问题\n基本支出执行率98.24%。",
        # Of another stage.
        "养护经费年初预算64.20万元。\n二、支出\n养护经费支出62.40万元，用于绿化。",
    ],
)
def test_a_figure_of_another_head_or_stage_is_not_told_again(codes_on: Codes, text: str) -> None:
    assert "R7n" not in codes_on(text) + codes_on(text, "核实")


def test_a_pair_that_another_rule_tells_of_is_told_once(codes_on: Callable[..., list[str]]) -> None:
    codes = codes_on("养护经费执行率96.72%。\n存在的问题：养护经费执行率为97.62%。")
    assert len([c for c in codes if c in ("R7", "R7n")]) <= 1


def test_an_amount_in_a_unit_too_small_is_known_by_its_digits(codes_on: Callable[..., list[str]]) -> None:
    text = "基本支出3284.75万元，项目支出{}。六个项目加总为20227.33万元。"
    assert "R7u" in codes_on(text.format("2.0227万元"))
    assert "R7u" not in codes_on(text.format("2.0227亿元"))


def test_what_is_left_is_told_again_among_the_problems(codes_on: Callable[..., list[str]]) -> None:
    text = (
        "年初结转和结余96.20万元，年末结转和结余108.46万元。\n"
        + "全局围绕重点任务抓好落实，完善制度、加强培训、规范流程，各项工作有序推进，群众反映良好。" * 3
        + "\n存在的问题：资金沉淀较多，年底仍有{}万元结转结余。"
    )
    assert "R7n" not in codes_on(text.format("108.46"))
    assert "R7n" in codes_on(text.format("118.46"))
    assert "R7n" not in codes_on(text.format("33.20"))


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("固定资产原值46,238.15万元（约46.24亿元）。", "4.62亿元"),
        ("项目支出10028.9万元（10.0289亿元）。", "1.0029亿元"),
    ],
)
def test_a_conversion_in_a_bracket_with_the_point_moved_is_wrong(
    findings_on: Callable[[str], list[Finding]], text: str, right: str
) -> None:
    assert [(f.code, f.expected) for f in findings_on(text)] == [("R7u", right)]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("草原修复任务5.8万亩，全部完成，实际修复5.8亩。", "R7u"),
        ("购置设备26.85万元，全部登记，新增固定资产26.85元。", "R7u"),
    ],
    ids=["万 of a count", "元 for 万元"],
)
def test_a_unit_ten_thousand_times_too_small_is_wrong(
    findings_on: Callable[[str], list[Finding]], text: str, code: str
) -> None:
    assert [(f.code, f.level) for f in findings_on(text)] == [(code, "错误")]


def test_counts_of_other_things_in_another_unit_are_right(
    findings_on: Callable[[str], list[Finding]],
) -> None:
    assert findings_on("任务5.8万亩，实际完成5.9万亩，涉及农户6.1户。人均26.85元，合计26.85万元。") == []
