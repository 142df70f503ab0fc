"""年度指标值 taken apart, and dates in whatever way they are written."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.scoring.targets import BETWEEN, OPERATORS, parse_date, parse_period, parse_target


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
def test_takes_operator_number_and_unit_apart(text: str, parts: tuple[str, str, str]) -> None:
    said = parse_target(text)
    assert (said.operator, said.number, said.unit, said.repeated) == (*parts, False)


@pytest.mark.parametrize(
    "text", ["超过去年水平", "不超过预算", "零距离服务", "建立健全", "达到国家标准", "全年"]
)
def test_words_stay_as_they_are(text: str) -> None:
    said = parse_target(text)
    assert (said.operator, said.number, said.unit, said.value) == ("", text, "", None)


def test_an_approximate_number_stays_as_written_but_can_be_compared() -> None:
    said = parse_target("约20次")
    assert (said.number, said.unit, said.value) == ("约20次", "", 20)


@pytest.mark.parametrize("text", ["≤≤15轮", "≥不低于15轮", "不低于≥15轮"])
def test_notices_a_repeated_operator(text: str) -> None:
    said = parse_target(text)
    assert said.repeated and said.number == "15" and said.written() == f"{said.operator}15轮"


@pytest.mark.parametrize("text", ["≥95%", "5~10天", "4947", "建立健全", "12月31日前", "≤≤15轮", "2023-05-31"])
def test_what_is_written_reads_the_same_again(text: str) -> None:
    once = parse_target(text).written()
    assert parse_target(once).written() == once


@given(st.sampled_from(OPERATORS[:5]), st.integers(0, 10**6), st.sampled_from(["", "%", "次", "万元"]))
def test_parts_and_writing_agree(operator: str, number: int, unit: str) -> None:
    said = parse_target(f"{operator}{number}{unit}")
    assert (said.operator, said.value, said.unit) == (operator, number, unit)


@given(st.text(max_size=200))
def test_no_text_raises(text: str) -> None:
    said = parse_target(text)
    assert said.operator in ("", *OPERATORS)
    assert said.bounds is None or said.bounds[0] <= said.bounds[1]
    parse_period(text, 2023)


def test_long_text_takes_no_time() -> None:
    for text in ("5" + " " * 50_000 + "x", "5~" * 30_000, "5月" * 30_000, "≥" * 50_000):
        parse_target(text)
        parse_period(text, 2023)


def test_bounds_are_sorted() -> None:
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
def test_reads_dates(text: str, day: tuple[int, int, int]) -> None:
    assert parse_date(text, 2023) == dt.date(*day)


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
def test_what_is_no_one_date_is_none(text: str) -> None:
    assert parse_date(text, 2023) is None


@pytest.mark.parametrize("text", ["12月31日前", "5月底前", "2023-05-31", "2023年底前", "2月29日"])
def test_a_date_as_a_target_is_not_read_as_a_number(text: str) -> None:
    said = parse_target(text)
    assert (said.operator, said.number, said.unit) == ("", text, "")


def test_a_month_is_a_period() -> None:
    assert parse_period("5月", 2023) == (dt.date(2023, 5, 1), dt.date(2023, 5, 31))
    assert parse_period("一季度", 2023) == (dt.date(2023, 1, 1), dt.date(2023, 3, 31))
