"""Shares and rates beside the numbers they are made of."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.audit.finding import Finding
from desktop.domain.numbers import round_half_up
from tests.audit.rule_cases import findings_of


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        (
            "R1",
            "2022年度支出总计2356.78万元，其中：基本支出1500.50万元，占73.67%；项目支出856.28万元，占36.33%。",
        ),
        (
            "R1",
            "2022年度收入总计2356.78万元，其中：财政拨款收入2300.00万元，占97.59%；其他收入66.78万元，占2.41%。",
        ),
        ("R1r", "2022年“三公”经费财政拨款支出预算为12.5万元，支出决算为10.25万元，完成预算的92%。"),
        ("R1b", "在职人员44人，编制46人，在职人员控制率100%。"),
        ("R1f", "在职人员控制率=在职人员数/编制数×100%=44/46×100%=100%，得5分。"),
        (
            "R1r",
            "2022年部门预算安排1980.00万元，调整后预算数2356.78万元，全年支出2256.78万元，预算执行率100%。",
        ),
        ("R1c", "开展安全检查325次，发现隐患560处，整改502处，整改率98.57%。"),
        ("R1f", "公用经费控制率=150.05/160×100%=83.78%。"),
    ],
)
def test_a_rate_unlike_its_quotient_is_found(
    code: str, sentence: str, codes_on: Callable[..., list[str]]
) -> None:
    assert code in codes_on(sentence)


def test_a_rate_of_staff_is_told_with_its_operands_and_where_they_stand() -> None:
    text = "我局编制75人，年末在职人员70人，在职人员控制率95%。"
    (finding,) = findings_of("R1b", text)
    assert "应为93.33%（70÷75）" in finding.message
    quoted = [text[span.start : span.end] for span in finding.spans]
    assert quoted == ["在职人员控制率95%", "年末在职人员70人", "我局编制75人"]


# From 1.00万元 on: of 0.01 in 0.02 rounding hides nearly everything.
@given(part=st.integers(100, 10**6), rest=st.integers(100, 10**6), digits=st.integers(1, 2))
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_share_that_follows_is_never_wrong_and_a_moved_one_is(
    part: int, rest: int, digits: int, codes_on: Callable[..., list[str]]
) -> None:
    top, whole = Decimal(part) / 100, Decimal(part + rest) / 100
    share = round_half_up(top / whole * 100, digits)
    text = "全年支出{}万元，其中：人员经费{}万元，占总支出的{}%。"
    assert "R1" not in codes_on(text.format(whole, top, share))
    moved = share + 5 if share < 90 else share - 5
    assert "R1" in codes_on(text.format(whole, top, moved))


@pytest.mark.parametrize(
    "sentence",
    [
        "全年累计排查隐患215个，整改到位215个，隐患整改率100%。",
        "共受理案件120件，其中重点案件30件，办结30件，办结率100%。",
        "公用经费占基本支出的比例控制在10%以内。",
        "预算执行率达到95%以上。",
        "项目完成率100%，资金到位率100%。",
    ],
)
def test_right_or_unknown_rates_are_left_in_peace(sentence: str, codes_on: Callable[..., list[str]]) -> None:
    assert codes_on(sentence) == []


def test_a_rate_cut_off_instead_of_rounded_is_only_a_hint(codes_on: Callable[..., list[str]]) -> None:
    text = "三公经费预算为80.3万元，实际三公经费支出67.32万元，预算执行率83.83%。"
    assert codes_on(text) == []
    assert "R1r" in codes_on(text, "提示")


def test_a_wrong_share_is_told_with_where_it_comes_from(findings_on: Callable[[str], list[Finding]]) -> None:
    text = (
        "基本支出2000万元，其中人员经费1500万元，公用经费500万元。公务接待费80万元。公用经费占基本支出的4%。"
    )
    (finding,) = [f for f in findings_on(text) if f.code == "R1"]
    assert "公务接待费" in finding.message
    assert finding.expected == "25.00%"


def test_numbers_broken_by_a_line_or_in_full_width_are_read(codes_on: Callable[..., list[str]]) -> None:
    text = "我局核定编制４６人，内设办公室和业务股等四个股室，年末实有在职人员\n４４人，在职人员控制率为９９．\n００％。"
    assert "R1b" in codes_on(text)


def test_a_rate_upside_down_is_certain(codes_on: Callable[..., list[str]]) -> None:
    assert "R1r" not in codes_on("年初预算500.00万元，决算480.25万元，完成年初预算96.05%。")
    assert "R1r" in codes_on("年初预算500.00万元，决算480.25万元，完成年初预算104.11%。", "错误")
    assert "R1r" in codes_on("预算168.00万元，支出160.52万元，完成预算4.45%。", "错误")


@pytest.mark.parametrize(
    "text",
    [
        "核定编制2846名，空编115名，编制使用率95.96%。",
        "发放问卷260份，收回250份，群众满意度93.6%。",
        "补助每月10日前发放，全年12个月按时发放11个月，及时率91.67%。",
    ],
)
def test_a_rate_of_what_is_not_told_or_of_the_rest_is_left_alone(
    codes_on: Callable[..., list[str]], text: str
) -> None:
    assert not {"R1c", "R1n"} & set(codes_on(text))
