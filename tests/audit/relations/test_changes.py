"""Differences and growth against the two figures compared."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.audit.auditing import audit_text
from desktop.audit.finding import Finding
from desktop.domain.numbers import round_half_up


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        ("R3", "2022年预算收入1980万元，比上年预算1900万元增加80万元，增幅14.21%。"),
        ("R3", "2022年公务接待费支出3.25万元，2021年公务接待费支出4.25万元，比上年减少2万元，下降23.53%。"),
    ],
)
def test_a_growth_unlike_its_amounts_is_found(
    code: str, sentence: str, codes_on: Callable[..., list[str]]
) -> None:
    assert code in codes_on(sentence)


@given(old=st.integers(1000, 10**6), change=st.integers(100, 10**5), up=st.booleans())
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_growth_that_follows_is_never_wrong(
    old: int, change: int, up: bool, codes_on: Callable[..., list[str]]
) -> None:
    before, moved = Decimal(old) / 100, Decimal(min(change, old // 2)) / 100
    now = before + moved if up else before - moved
    rate = round_half_up(moved / before * 100)
    words = ("增加", "增长") if up else ("减少", "下降")
    text = f"2022年支出决算{now}万元，2021年支出决算{before}万元，比上年{words[0]}{moved}万元，{words[1]}"
    assert "R3" not in codes_on(f"{text}{rate}%。")
    assert "R3" in codes_on(f"{text}{rate + 7}%。")


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        ("R3", "“三公”经费支出6.32万元，较上年的7.10万元减少0.78万元，下降12.34%。"),
        ("R3", "全年发生森林火灾2起，比上年减少3起，下降50%。"),
        ("R3", "培训学员150人，比上年增加50人，增长33.33%。"),
    ],
)
def test_a_growth_rate_on_the_wrong_base_is_found(
    code: str, sentence: str, codes_on: Callable[..., list[str]]
) -> None:
    assert code in codes_on(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "“三公”经费支出6.32万元，较上年的7.10万元减少0.78万元，下降10.99%。",
        "全年发生森林火灾2起，比上年减少3起，下降60%。",
        "新建面积1620亩，完成1600亩的目标，比上年多280亩，增长20.90%。",
    ],
)
def test_a_growth_rate_on_the_right_base_is_right(sentence: str, codes_on: Callable[..., list[str]]) -> None:
    assert "R3" not in codes_on(sentence)


def test_the_base_follows_from_a_figure_told_once(codes_on: Callable[..., list[str]]) -> None:
    text = "全年支出1635.53万元，预算执行率98.45%。支出总额比上年增加164.13万元，增长{}%。"
    assert "R3" not in codes_on(text.format("11.15"), "核实")
    assert "R3" in codes_on(text.format("12.15"), "核实")


@pytest.mark.parametrize(
    ("text", "right", "wrong"),
    [
        ("收入合计3720.10万元，上年收入合计3412.55万元，同比增加{}万元，增长9.01%。", "307.55", "337.55"),
        ("支出11905.3万元，比2022年的10720.5万元多支出{}万元。", "1184.8", "1148.8"),
        ("其他收入由58.93万元降至41.26万元，减少{}万元。", "17.67", "17.76"),
        ("年初预算8642.0万元，调整后预算12418.6万元，净增{}万元。", "3776.6", "3767.6"),
        ("到馆21.6万人次，比上年18.0万人次增长{}%。", "20", "23"),
    ],
)
def test_a_change_is_held_against_the_two_figures_that_are_compared(
    text: str, right: str, wrong: str, codes_on: Callable[..., list[str]]
) -> None:
    assert "R3" not in codes_on(text.format(right))
    assert "R3" in codes_on(text.format(wrong))


def test_an_aim_told_far_before_is_not_of_the_change(codes_on: Callable[..., list[str]]) -> None:
    name = "清河县农业农村局下属各农业技术推广服务中心和各畜牧兽医站以及各农机安全监理站全部门本年收入合计"
    assert "R3" in codes_on(f"年度目标任务都已完成。{name}120.00万元比上年100.00万元增长30.00%。")


BUDGET_OF_2026 = "2026年单位预算。\n路灯维护{spent}万元。2025年当年预算执行数为250.00万元，2026年预算安排260.00万元，{claim}。"


def told_of(text: str) -> list[str]:
    return [f.message for f in audit_text(text) if f.code == "R3"]


@pytest.mark.parametrize("claim", ["比2025年预算执行数增加4.00%", "比2025年预算执行数增加10.00万元"])
def test_a_budget_is_held_against_what_was_done_the_year_before(claim: str) -> None:
    assert not told_of(BUDGET_OF_2026.format(spent="260.00", claim=claim))
    assert told_of(
        BUDGET_OF_2026.format(spent="260.00", claim=claim.replace("加4", "加14").replace("加10", "加14"))
    )


def test_a_budget_is_not_held_against_the_whole_it_is_a_part_of() -> None:
    text = "2026年单位预算。\n2026年清河县路灯所收入预算900.00万元，其中：财政拨款收入900.00万元，比{}年预算增加40.00万元。"
    assert not told_of(text.format(2025))
    assert not told_of(text.format(2026))


def test_a_saving_told_behind_the_parts_is_of_the_budget_before_them(
    codes_on: Callable[..., list[str]],
) -> None:
    text = (
        "接待等经费年度预算15.00万元，决算数13.28万元，其中接待费3.42万元、用车费9.86万元。比预算节约{}万元。"
    )
    assert "R3" not in codes_on(text.format("1.72"))
    assert "R3" in codes_on(text.format("2.72"), "错误")


@pytest.mark.parametrize(
    "text",
    [
        "公务接待费6.40万元，比上年预算减少1.56万元。2021年接待支出4.99万元，比上年少3.04万元。",
        "2022年末在编88人，退休人员57人。与2021年末在编91人相比，减少3人。",
    ],
)
def test_a_change_since_the_year_before_that_is_named_is_not_of_this_year(
    codes_on: Callable[..., list[str]], text: str
) -> None:
    assert "R3" not in codes_on(text)


def test_a_rate_beside_an_amount_of_change_is_its_rate(codes_on: Callable[..., list[str]]) -> None:
    text = "上级补助收入1206.55万元，比上年1058.20万元增长148.35万元、{}%。"
    assert "R3" not in codes_on(text.format("14.02"))
    assert "R3" in codes_on(text.format("12.30"), "错误")


def test_a_figure_compared_with_says_what_is_compared(codes_on: Callable[..., list[str]]) -> None:
    text = "“三公”经费决算18.60万元。公务用车4辆。公务接待费4.40万元。出国费0万元。与上年“三公”支出20.10万元相比，下降7.46%。"
    assert "R3" not in codes_on(text)


@pytest.mark.parametrize(
    ("text", "right", "wrong"),
    [
        ("收入决算198.70万元。上一年度决算为182.40万元，与之相比，增加{}万元。", "16.30", "18.60"),
        # A rate in a bracket behind its change.
        ("2022年办公费2.40万元，比上年减少0.70万元（{}%）。", "22.58", "25.58"),
        ("2022年办公费2.40万元，比上年的3.10万元减少0.70万元（{}%）。", "22.58", "29.17"),
        # Of the totals, told in the paragraph before.
        ("收入总计412.60万元。\n收支总计与2021年相比，减少37.20万元，下降{}%。", "8.27", "9.02"),
        (
            "收入总计412.60万元，支出总计412.60万元。\n收入支出总体与上年相比，减少37.20万元，下降{}%。",
            "8.27",
            "9.02",
        ),
    ],
)
def test_a_change_of_what_other_words_name_is_held_against_it(
    codes_on: Callable[..., list[str]], text: str, right: str, wrong: str
) -> None:
    assert "R3" not in codes_on(text.format(right)) + codes_on(text.format(right), "核实")
    assert "R3" in codes_on(text.format(wrong))


@pytest.mark.parametrize(
    "text",
    [
        # Who says what changed does not mean the totals.
        "收入总计412.60万元，支出总计412.60万元。\n基本支出总体与上年相比，减少37.20万元，下降9.02%。",
        # A share beside a change is none of its rates.
        "2022年办公费2.40万元，比上年减少0.70万元，占公用经费的25.58%。",
    ],
)
def test_a_change_of_which_nobody_says_what_changed_is_left_alone(
    codes_on: Callable[..., list[str]], text: str
) -> None:
    assert "R3" not in codes_on(text) + codes_on(text, "核实")


def test_with_that_means_last_year_s_figure_wherever_it_stands(codes_on: Callable[..., list[str]]) -> None:
    text = "2021年收入决算182.40万元，2022年收入决算198.70万元，与之相比，增加{}万元。"
    assert "R3" not in codes_on(text.format("16.30"))
    assert "R3" in codes_on(text.format("18.60"))


def test_the_old_figure_is_wrong_where_change_and_rate_fit_one_another(
    findings_on: Callable[[str], list[Finding]],
) -> None:
    found = findings_on("公务接待费2022年预算8万元，上年12.5万元，减少4.35万元，减幅35.22%。")
    assert [f.expected for f in found if f.code == "R3"] == ["12.35万元"]


@pytest.mark.parametrize(
    "text",
    [
        # Where it stood before it moved, this year's not told again.
        "财政拨款收入3864.25万元。其中财政拨款由3621.59万元增至本年数，增加242.66万元，增长6.70%。",
        # Wanted is not done.
        "投资目标6.50亿元，当年完成6.83亿元，为目标的105.08%；上年完成5.94亿元，同比增加0.89亿元，增长14.98%。",
        "总额4.57万元降为4.12万元，下降9.85%。",
    ],
)
def test_what_moved_from_where_is_read(codes_on: Callable[..., list[str]], text: str) -> None:
    assert "R3" not in codes_on(text)


def test_income_and_spending_joined_by_a_comma_are_one_name_of_last_year(
    codes_on: Callable[..., list[str]],
) -> None:
    text = "2022年度收、支总计均为1286.42万元。2021年收、支总计各1431.57万元，今年各减少145.15万元，下降{}%。"
    assert "R3" not in codes_on(text.format("10.14"))
    assert "R3" in codes_on(text.format("10.41"))


def test_what_came_in_is_no_figure_of_what_went_out(codes_on: Callable[..., list[str]]) -> None:
    text = "本年收入由410.27万元增至439.35万元，多出29.08万元。本年支出上年为421.59万元，本年多支22.36万元，增幅5.30%。"
    assert "R3" not in codes_on(text)
