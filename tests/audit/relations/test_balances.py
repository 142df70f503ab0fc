"""Opening balance, income, spending and closing balance; budgets added to and left over."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
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
@settings(max_examples=40)
def test_a_balance_that_holds_is_never_wrong(opening: int, income: int, left: int) -> None:
    spent = opening + income - left
    if spent <= 0:
        return
    money = [Decimal(n) / 100 for n in (opening, income, spent, left)]
    text = "年初结转和结余{}万元，本年收入{}万元，本年支出{}万元，年末结转和结余{}万元。"
    assert levels("R5", text.format(*money)) == set()
    assert levels("R5", text.format(*money[:3], money[3] + 9)) == {ERROR}


def test_a_budget_not_spent_leaves_something() -> None:
    spent = "全年预算数640.00万元，实际支出600.00万元。"
    assert levels("R5b", spent + "年末无结转结余资金。") == {CHECK}
    assert levels("R5b", spent + "年末结转结余55.00万元。") == {CHECK}
    assert levels("R5b", spent + "年末结转结余40.00万元。") == set()
    assert levels("R5b", spent + "其余40.00万元由财政收回，年末无结转结余资金。") == set()


def test_additions_lead_from_the_first_budget_to_the_adjusted_one() -> None:
    text = "年初预算数为1256.30万元，年中追加842.15万元，调整预算数{}万元。"
    assert levels("R5c", text.format("2098.45")) == set()
    assert levels("R5c", text.format("2198.45")) == {ERROR}


def test_the_carry_over_may_be_a_term_of_the_adjusted_budget() -> None:
    text = "全年预算{}万元，由年初预算300.00万元、上年结转20.00万元、年中追加50.00万元构成。"
    assert levels("R5c", text.format("370.00")) == levels("R5c", text.format("350.00")) == set()
    assert levels("R5c", text.format("380.00")) == {CHECK}
    cut = "年初预算300.00万元，追加50.00万元，调减30.00万元，调整后预算{}万元。"
    assert levels("R5c", cut.format("320.00")) == set()
    assert levels("R5c", cut.format("350.00")) == {ERROR}
