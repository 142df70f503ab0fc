"""'改为': only what is wrong is replaced, and nothing where that is not sure."""

from __future__ import annotations

import pytest

from desktop.audit.corrections import mended
from desktop.audit.finding import CHECK, ERROR, Finding


def finding(expected: str, level: str = ERROR, message: str = "") -> Finding:
    return Finding("R1", level, message, expected=expected)


@pytest.mark.parametrize(
    ("words", "expected", "wanted"),
    [
        ("预算执行率89.54%", "98.45%", "预算执行率98.45%"),
        ("预算执行率 89.54 ％", "98.45%", "预算执行率 98.45 ％"),
        ("整改2395个，整改率99%", "99.83%", "整改2395个，整改率99.83%"),
        ("增加１，２３４．５０万元", "1235.5万元", "增加1235.5万元"),
        ("三公经费预算为 80.3 万", "80.3万元", "三公经费预算为 80.3万元"),
        ("2022年度无收支", "2023年度", "2023年度无收支"),
        ("业务工作经费382.55万元", "74.99", "业务工作经费74.99万元"),
        ("1、 基本情况", "一、", "一、 基本情况"),
        ("（3） 项目", "（二）", "（二） 项目"),
        ("3. 粮食", "4.", "4. 粮食"),
        ("水早灾害", "水旱灾害", "水旱灾害"),
    ],
)
def test_only_what_is_wrong_is_replaced(words: str, expected: str, wanted: str) -> None:
    assert mended(words, finding(expected)) == wanted


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("占56.88%，占43.12%", "50%"),  # two that it could be
        ("业务工作经费3825500元", "74.99"),  # the right one is in 万元
        ("基本支出比重比较大", "18.35%"),  # no number at all
        ("整改率99%", "99"),  # right as it is
        ("我局", "我局"),
        ("2022年遭遇5轮强对流天气，河口水文站3次超过警戒线", "平台"),
        ("占50%", ""),
        ("", "50%"),
    ],
)
def test_nothing_is_replaced_where_it_is_not_sure(words: str, expected: str) -> None:
    assert mended(words, finding(expected)) is None


def test_a_check_is_mended_only_if_its_message_tells_the_value() -> None:
    assert mended("应对2轮", finding("17轮", CHECK, "2＋15＝17轮，附件3只填15轮")) is None
    assert mended("应对2轮", finding("17轮", CHECK, "应对次数应为17轮")) == "应对17轮"
