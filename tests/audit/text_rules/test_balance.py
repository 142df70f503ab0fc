"""Opening, income, spending and closing balance."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        (
            "R5",
            "年初结转和结余20.10万元，本年收入2336.68万元，本年支出2330.00万元，年末结转和结余36.78万元。",
        ),
    ],
)
def test_a_broken_balance_is_found(code: str, sentence: str, codes_on: Callable[..., list[str]]) -> None:
    assert code in codes_on(sentence)


@given(opening=st.integers(0, 10**6), income=st.integers(1, 10**6), left=st.integers(0, 10**4))
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_balance_that_holds_is_never_wrong(
    opening: int, income: int, left: int, codes_on: Callable[..., list[str]]
) -> None:
    spent = opening + income - left
    if spent <= 0:
        return
    money = [Decimal(n) / 100 for n in (opening, income, spent, left)]
    text = "年初结转和结余{}万元，本年收入{}万元，本年支出{}万元，年末结转和结余{}万元。"
    assert "R5" not in codes_on(text.format(*money))
    assert "R5" in codes_on(text.format(*money[:3], money[3] + 9))


def test_additions_lead_from_the_first_budget_to_the_adjusted_one(codes_on: Callable[..., list[str]]) -> None:
    text = "年初预算数为1256.30万元，年中追加842.15万元，调整预算数{}万元。"
    assert "R5c" not in codes_on(text.format("2098.45"))
    assert "R5c" in codes_on(text.format("2198.45"))
