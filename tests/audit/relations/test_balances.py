"""Opening balance, income, spending and closing balance."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from desktop.audit.finding import CHECK, ERROR
from tests.audit.rule_cases import findings_of, levels

WRONG = {
    "one paragraph": "年初结转和结余20.10万元，本年收入2336.68万元，本年支出2330.00万元，年末结转和结余36.78万元。",
    "over chapters": "一、收入\n全年收入900.00万元，年初结转和结余30.00万元。\n"
    "二、支出\n全年支出910.00万元。\n三、结余\n年末结转和结余44.00万元。",
    "income that holds the opening balance": "收入总计500.00万元（含上年结转50.00万元），支出总计470.00万元，年末结转结余80.00万元。",
    "to the next year": "上年结转12.00万元，当年收入300.00万元，当年支出305.00万元，结转下年使用资金9.00万元。",
    "with distribution": "年初结转和结余20.00万元，本年收入300.00万元，本年支出290.00万元，结余分配10.00万元，年末结转和结余30.00万元。",
}
RIGHT = {
    "income that holds the opening balance": "收入总计500.00万元（含上年结转50.00万元），支出总计470.00万元，年末结转结余30.00万元。",
    "a total of the table": "收入总计500.00万元，支出总计500.00万元，年初结转50.00万元，年末结转结余30.00万元，"
    "本年收入450.00万元，本年支出470.00万元。",
    "with distribution": "年初结转和结余20.00万元，本年收入300.00万元，本年支出290.00万元，结余分配10.00万元，年末结转和结余20.00万元。",
    "last year beside": "年初结转和结余20.00万元，本年收入300.00万元，上年收入280.00万元，本年支出290.00万元，年末结转和结余30.00万元。",
}


@pytest.mark.parametrize("raw", WRONG.values(), ids=WRONG)
def test_a_broken_balance_is_wrong(raw: str) -> None:
    assert levels("R5", raw) == {ERROR}


@pytest.mark.parametrize("raw", RIGHT.values(), ids=RIGHT)
def test_a_balance_that_holds_some_way_is_right(raw: str) -> None:
    assert levels("R5", raw) == set()


def test_the_figure_that_one_digit_mends_is_expected() -> None:
    raw = "年初结转和结余31.50万元，本年收入852.40万元，本年支出863.30万元，年末结转和结余47.60万元。"
    assert findings_of("R5", raw)[0].expected == "836.3万元"


def test_money_taken_back_makes_a_gap_a_question() -> None:
    assert levels("R5", WRONG["one paragraph"] + "财政收回了部分资金。") == {CHECK}


@given(opening=st.integers(0, 10**6), income=st.integers(1, 10**6), left=st.integers(0, 10**4))
@example(opening=200, income=450, left=200)
@settings(max_examples=40)
def test_a_balance_that_holds_is_never_wrong(opening: int, income: int, left: int) -> None:
    spent = opening + income - left
    if spent <= 0:
        return
    money = [Decimal(n) / 100 for n in (opening, income, spent, left)]
    text = "年初结转和结余{}万元，本年收入{}万元，本年支出{}万元，年末结转和结余{}万元。"
    assert levels("R5", text.format(*money)) == set()
    assert levels("R5", text.format(*money[:3], money[3] + 9)) == {ERROR}


@pytest.mark.parametrize(
    "text",
    [
        # What was short is added instead of taken away.
        "年初结转21.31万元，本年收入612.44万元，本年支出617.22万元，年末结转26.09万元。其间财政收回0.50万元。",
        # Two digits exchanged, whatever was taken back.
        "上年结转184.92万元，本年收入合计2968.74万元，本年支出合计3018.35万元，年末结转153.31万元。收回指标2万元。",
        # The distribution forgotten.
        "（一）收入2104.39万元。（二）年初结转和结余82.35万元。（三）支出2063.17万元。（四）结余分配45.60万元。年末结转和结余123.57万元。",
        "青山县水利局收入合计946.35万元。本镇支出合计957.10万元。年初结转和结余74.38万元，年末结转和结余66.33万元。",
        "上年结转121.54万元，当年取得收入860.35万元，当年支出864.58万元，收支相抵后年末结转171.31万元。",
    ],
)
def test_a_closing_balance_of_which_the_slip_is_known_is_certain(
    codes_on: Callable[..., list[str]], text: str
) -> None:
    assert "R5" in codes_on(text, "错误")


def test_a_distribution_told_in_brackets_is_taken_away(codes_on: Callable[..., list[str]]) -> None:
    text = "全年收入284.16万元，全年支出282.63万元，年初结转结余21.40万元，提取职工福利基金（结余分配）6.80万元，年末结转结余16.13万元。"
    assert "R5" not in codes_on(text)


def test_this_years_income_is_the_part_of_all_income_that_the_balance_asks_for() -> None:
    text = "年初结转和结余31.50万元。收入总计884.00万元，其中本年收入852.50万元。本年支出863.30万元，年末结转和结余{}万元。"
    assert levels("R5", text.format("20.70")) == set()
    assert levels("R5", text.format("26.70")) == {ERROR}


def test_a_closing_balance_without_the_opening_one_is_certain() -> None:
    text = "年初结转和结余31.50万元，本年收入872.50万元，本年支出863.30万元，年末结转和结余{}万元。其间财政收回0.50万元。"
    (finding,) = findings_of("R5", text.format("9.20"))
    assert (finding.level, finding.expected) == (ERROR, "40.7万元")
    assert levels("R5", text.format("40.20")) == {CHECK}
    assert levels("R5", text.format("40.70")) == set()
