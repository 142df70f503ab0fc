"""R2c: a change against the reasons told of it."""

from __future__ import annotations

from collections.abc import Callable

import pytest


def test_reasons_that_make_more_than_the_change_are_asked_about(codes_on: Callable[..., list[str]]) -> None:
    text = "支出决算比年初预算增加412.60万元，主要是追加防汛资金230.00万元，追加绩效奖126.40万元，追加运维费{}万元。"
    assert "R2c" in codes_on(text.format("86.20"), "核实")
    assert "R2c" not in codes_on(text.format("56.20"), "核实")


def test_reasons_said_to_be_all_of_a_change_are_certain(codes_on: Callable[..., list[str]]) -> None:
    text = "支出比上年减少58.60万元，主要是：一是培训减少42.30万元；二是差旅减少12.10万元，上述两项构成全部减少额。"
    assert "R2c" in codes_on(text, "错误")


@pytest.mark.parametrize(
    ("text", "right", "wrong"),
    [
        (
            "支出比上年增加86.40万元，主要由两项构成：调资增加52.30万元，追加专项增加{}万元。",
            "34.10",
            "31.10",
        ),
        (
            "支出比上年增加86.40万元，只有三个方面：调资增加42.30万元，修缮增加10.00万元，专项增加{}万元。",
            "34.10",
            "31.10",
        ),
        ("支出比上年减少86.40万元，由两项构成：差旅减少52.30万元，会议减少{}万元。", "34.10", "31.10"),
    ],
)
def test_counted_reasons_are_all_of_a_change(
    codes_on: Callable[..., list[str]], text: str, right: str, wrong: str
) -> None:
    assert "R2c" not in codes_on(text.format(right)) + codes_on(text.format(right), "核实")
    assert "R2c" in codes_on(text.format(wrong), "错误")


def test_fewer_reasons_than_are_counted_are_no_error(codes_on: Callable[..., list[str]]) -> None:
    text = "支出比上年增加86.40万元，主要有三个方面：一是调资增加42.30万元，二是修缮增加10.00万元，三是任务加重。"
    assert "R2c" not in codes_on(text)


def test_changes_each_with_its_way_make_the_net_told_behind(codes_on: Callable[..., list[str]]) -> None:
    text = (
        "广告收入减少118.25万元，经营收入减少12.10万元，财政拨款增加62.36万元。上述三项增减相抵，净减{}万元。"
    )
    assert "R2c" not in codes_on(text.format("67.99"))
    assert "R2c" in codes_on(text.format("73.15"))
