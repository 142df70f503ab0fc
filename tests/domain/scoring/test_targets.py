"""年度指标值 taken apart, and dates in whatever way they are written."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.scoring.targets import BETWEEN, parse_period, parse_target

OPERATORS = ("≥", "≤", "=", ">", "<")


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("≥95%", ("≥", "95", "%")),
        ("≥ 95 ％", ("≥", "95", "%")),
        ("＞＝95%", ("≥", "95", "%")),
        (">=95%", ("≥", "95", "%")),
        ("不低于90%（含）", ("≥", "90", "%")),
        ("90%(含)以上", ("≥", "90", "%")),
        ("95%及以上", ("≥", "95", "%")),
        ("达到100%", ("≥", "100", "%")),
        ("100%完成", ("", "100", "%")),
        ("不少于 4947次", ("≥", "4947", "次")),
        ("不超过3起", ("≤", "3", "起")),
        ("不得超过3起", ("≤", "3", "起")),
        ("不大于5", ("≤", "5", "")),
        ("3次以内", ("≤", "3", "次")),
        ("控制在5万元以内", ("≤", "5", "万元")),
        ("低于5%", ("<", "5", "%")),
        ("≤1818.34万元", ("≤", "1818.34", "万元")),
        ("≥1，020.00万元", ("≥", "1020", "万元")),
        ("=0起", ("=", "0", "起")),
        ("零起", ("", "0", "起")),
        ("4947", ("", "4947", "")),
        ("2023年", ("", "2023", "年")),
        ("5~10天", (BETWEEN, "5~10", "天")),
        ("5%～10%", (BETWEEN, "5~10", "%")),
        ("介于5至10之间", (BETWEEN, "5~10", "")),
        ("1次/季度", ("", "1", "次/季度")),
    ],
)
def test_target_is_parted_into_operator_number_and_unit(text: str, parts: tuple[str, str, str]) -> None:
    target = parse_target(text)
    assert (target.operator, target.number, target.unit, target.repeated) == (*parts, False)


@pytest.mark.parametrize(
    "text", ["超过去年水平", "不超过预算", "零距离服务", "建立健全", "达到国家标准", "全年"]
)
def test_target_in_words_stays_as_written(text: str) -> None:
    target = parse_target(text)
    assert (target.operator, target.number, target.unit, target.value) == ("", text, "", None)


def test_approximate_target_stays_as_written_and_has_a_value() -> None:
    target = parse_target("约20次")
    assert (target.number, target.unit, target.value) == ("约20次", "", 20)


@pytest.mark.parametrize("text", ["≤≤15轮", "≥不低于15轮", "不低于≥15轮"])
def test_repeated_operator_is_marked(text: str) -> None:
    target = parse_target(text)
    assert target.repeated and target.number == "15" and target.written() == f"{target.operator}15轮"


@pytest.mark.parametrize("text", ["≥95%", "5~10天", "4947", "建立健全", "12月31日前", "≤≤15轮", "2023-05-31"])
def test_target_written_reads_back_the_same(text: str) -> None:
    once = parse_target(text).written()
    assert parse_target(once).written() == once


@given(st.sampled_from(OPERATORS), st.integers(0, 10**6), st.sampled_from(["", "%", "次", "万元"]))
def test_operator_value_and_unit_are_read_back(operator: str, number: int, unit: str) -> None:
    target = parse_target(f"{operator}{number}{unit}")
    assert (target.operator, target.value, target.unit) == (operator, number, unit)


@given(st.text(max_size=200))
def test_target_and_period_accept_any_text(text: str) -> None:
    target = parse_target(text)
    assert target.operator in ("", *OPERATORS, BETWEEN)
    assert target.bounds is None or target.bounds[0] <= target.bounds[1]
    parse_period(text, 2023)


def test_long_text_is_not_searched() -> None:
    for text in ("5" + " " * 50_000 + "x", "5~" * 30_000, "5月" * 30_000, "≥" * 50_000):
        parse_target(text)
        parse_period(text, 2023)


def test_bounds_of_a_range_are_sorted() -> None:
    assert parse_target("10~5").bounds == (5, 10)
    assert parse_target("介于5").bounds is None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("12月31日前", (2023, 12, 31)),
        ("≤12月31日", (2023, 12, 31)),
        ("2023年12月31日前完成验收", (2023, 12, 31)),
        ("于5月24日完成", (2023, 5, 24)),
        ("5月", (2023, 5, 31)),
        ("5月底前", (2023, 5, 31)),
        ("5月份", (2023, 5, 31)),
        ("12月前完成", (2023, 12, 31)),
        ("2024年2月", (2024, 2, 29)),
        ("6月上旬", (2023, 6, 10)),
        ("6月中旬前", (2023, 6, 20)),
        ("2023-05-31", (2023, 5, 31)),
        ("2023.5.31", (2023, 5, 31)),
        ("2024/1/5", (2024, 1, 5)),
        ("5.31", (2023, 5, 31)),
        ("第二季度", (2023, 6, 30)),
        ("2022年第4季度", (2022, 12, 31)),
        ("年底前", (2023, 12, 31)),
        ("2024年底前", (2024, 12, 31)),
        ("9999年12月", (9999, 12, 31)),
    ],
)
def test_period_ends_on_the_last_day_a_date_may_mean(text: str, day: tuple[int, int, int]) -> None:
    period = parse_period(text, 2023)
    assert period is not None and period[1] == dt.date(*day)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2023年",
        "2月30日",
        "13月",
        "0月",
        "5个月",
        "1季度",
        "全年",
        "3月15日至5月1日",
        "0000年5月1日",
        "95%",
        "及时",
    ],
)
def test_text_without_exactly_one_date_has_no_period(text: str) -> None:
    assert parse_period(text, 2023) is None


@pytest.mark.parametrize("text", ["12月31日前", "5月底前", "2023-05-31", "2023年底前", "2月29日"])
def test_date_as_a_target_stays_as_written(text: str) -> None:
    target = parse_target(text)
    assert (target.operator, target.number, target.unit) == ("", text, "")


def test_month_and_quarter_are_periods_from_first_to_last_day() -> None:
    assert parse_period("5月", 2023) == (dt.date(2023, 5, 1), dt.date(2023, 5, 31))
    assert parse_period("一季度", 2023) == (dt.date(2023, 1, 1), dt.date(2023, 3, 31))
