"""Budgets added to and left over."""

from __future__ import annotations

from collections.abc import Callable

from desktop.audit.finding import CHECK, ERROR
from tests.audit.rule_cases import levels


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


def test_additions_told_one_by_one_lead_to_the_later_budget(codes_on: Callable[..., list[str]]) -> None:
    text = "年初预算936,200.00元。4月追加调资52,150.00元，8月追加审计经费23,500.00元，12月又追加防汛补助9,000.00元，调整后预算{}元。"
    assert "R5c" not in codes_on(text.format("1,020,850.00"))
    assert "R5c" in codes_on(text.format("1,011,850.00"))
    assert "R5c" not in codes_on(text.format("1,400,000.00"))
