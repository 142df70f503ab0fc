"""The numbers paragraphs begin with, and the headings places stand under."""

from __future__ import annotations

import pytest

from desktop.audit.text.heading_numbers import (
    ARABIC,
    ARABIC_BRACKET,
    CHINESE,
    CHINESE_BRACKET,
    Headings,
    marks,
)
from desktop.audit.text.reading import Reading


def test_the_four_kinds_of_heading_numbers_are_read() -> None:
    numbered = marks(Reading("一、基本情况\n（二）机构\n 3、人员\n4. 车辆\n（5）其他\n- 6、最后\n"))
    kinds = [CHINESE, CHINESE_BRACKET, ARABIC, ARABIC, ARABIC_BRACKET, ARABIC]
    assert [(m.kind, m.number) for m in numbered] == list(zip(kinds, range(1, 7), strict=True))
    assert numbered[-1].dash and not numbered[0].dash


@pytest.mark.parametrize(
    "raw", ["2023年支出", "3.5万元", "一级指标", "一、二级指标齐全", "1.5%的差额", "（2023）号"]
)
def test_years_decimals_and_compounds_are_no_heading_numbers(raw: str) -> None:
    assert marks(Reading(raw)) == []


def test_what_is_marked_of_a_title_cuts_no_number() -> None:
    raw = "（2）预算完成率（5分）：全年预算1540.00万元，实际完成1500万元。"
    (mark,) = marks(Reading(raw))
    assert raw[slice(*mark.place)] == "（2）预算完成率（5分）：全年预算1540.00"


def test_a_place_knows_the_headings_above_it() -> None:
    raw = "前言。\n一、基本情况\n甲。\n（二）项目支出情况\n乙。\n二、下一步改进措施\n丙。\n"
    reading = Reading(raw)
    headings = Headings(marks(reading))
    places = {name: reading.text.flat.index(f"{name}。") for name in ("前言", "甲", "乙", "丙")}
    assert headings.before(places["前言"]) == ""
    assert headings.before(places["乙"]) == "基本情况项目支出情况"
    assert headings.is_plan(places["丙"]) and not headings.is_plan(places["甲"])
