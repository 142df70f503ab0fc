"""Heading and paragraph of what was found."""

from __future__ import annotations

import pytest

from desktop.audit.finding import ERROR, Finding, Span
from desktop.audit.whereabouts import Whereabouts

TEXT = """2023年度自评报告
开头一段。

一、基本情况
（一）机构设置
内设6个股室。

编制62人。
	格一
	格二
二、支出情况
支出10万元。"""


@pytest.mark.parametrize(
    ("words", "place"),
    [
        ("开头", "第2段"),
        ("机构设置", "一、基本情况 （一）机构设置（标题）"),
        ("6个", "一、基本情况 （一）机构设置 第1段"),
        ("62人", "一、基本情况 （一）机构设置 第2段"),
        ("格二", "一、基本情况 （一）机构设置 表内"),
        ("10万元", "二、支出情况 第1段"),
    ],
)
def test_a_place_is_told_by_its_heading_and_its_paragraph_below_it(words: str, place: str) -> None:
    at = TEXT.index(words)
    assert Whereabouts(TEXT).of(Finding("R2", ERROR, "", (Span(at, at + len(words)),))) == place


def test_a_heading_that_is_cut_short_says_so() -> None:
    text = "三、2023年度部门整体支出绩效目标设定和完成的总体情况\n支出10万元。"
    at = text.index("10")
    place = Whereabouts(text).at(Span(at, at + 2))
    assert place == "三、2023年度部门整体支出绩效目标设定和完… 第1段"


def test_what_stands_nowhere_has_no_place() -> None:
    assert Whereabouts(TEXT).of(Finding("R2", ERROR, "")) == ""
    assert Whereabouts("").of(Finding("R2", ERROR, "", (Span(0, 0),))) == "第1段"
