"""The tables of final accounts are read by row and column; what is not certain is left out."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from desktop.audit.accounts.account import Account, accounts_of
from desktop.audit.accounts.forms import (
    BASIC,
    FUNDS,
    GENERAL,
    SPENDING,
    THREE_PUBLIC,
    TOTAL,
)
from desktop.audit.text.flat_text import Text
from tests.audit.account_documents import NATIONAL, cells, document, strokes

WAYS = pytest.mark.parametrize("way", [cells, strokes], ids=["cells", "strokes"])


def accounts(raw: str) -> dict[str, Account]:
    return {account.form: account for account in accounts_of(Text(raw))}


def value(account: Account, name: str, column: str) -> Decimal | None:
    row = account.row(name)
    figure = row.get(column) if row else None
    return figure.value if figure else None


@WAYS
def test_every_table_is_recognised_and_read_by_row_and_column(way: Callable[..., str]) -> None:
    read = accounts(document(way=way))
    assert list(read) == [TOTAL, SPENDING, GENERAL, BASIC, THREE_PUBLIC, FUNDS]
    assert all(account.whole for account in read.values())
    assert value(read[TOTAL], "本年支出合计", "决算数") == Decimal("832.40")
    assert value(read[SPENDING], "农林水支出", "项目支出") == Decimal("300.00")
    assert value(read[GENERAL], "合计", "基本支出") == Decimal("532.40")
    assert value(read[BASIC], "公用经费合计", "决算数") == Decimal("100.00")
    assert value(read[THREE_PUBLIC], "公务接待费", "决算数") == Decimal("4.00")
    assert read[FUNDS].empty and not read[TOTAL].empty


def test_figures_know_their_place_in_the_text() -> None:
    text = Text(document())
    total = next(account for account in accounts_of(text) if account.form == TOTAL)
    row = total.row("其他收入")
    figure = row.get("决算数") if row else None
    assert figure is not None and text.flat[figure.start : figure.end] == "20.00"


def test_amounts_in_yuan_are_read_as_ten_thousands() -> None:
    raw = document().replace("收入支出决算总表\n单位：万元", "收入支出决算总表\n单位：元")
    assert value(accounts(raw)[TOTAL], "总计", "决算数") is None  # two rows of that name
    assert value(accounts(raw)[TOTAL], "本年收入合计", "决算数") == Decimal("0.08324")


def test_columns_without_known_heads_are_not_read() -> None:
    read = accounts(document(("本年支出合计\n\t基本支出", "本年支出合计\n\t基本支出（含其他）")))
    assert read[SPENDING].sides == []


def test_a_row_with_a_cell_too_few_makes_the_table_incomplete() -> None:
    read = accounts(
        document(("\t2130314\n\t防汛\n\t280.00\n\t\n\t280.00\n\t\n", "\t2130314\n\t防汛\n\t280.00\n"))
    )
    assert not read[SPENDING].whole and read[GENERAL].whole


@WAYS
def test_the_ministrys_own_forms_are_read_with_their_numbers_of_rows_and_columns(
    way: Callable[..., str],
) -> None:
    read = accounts(document(way=way, forms=NATIONAL))
    assert all(account.whole for account in read.values())
    assert value(read[TOTAL], "年末结转和结余", "决算数") == Decimal("10.00")
    assert value(read[SPENDING], "合计", "经营支出") is None
    assert value(read[BASIC], "资本性支出", "决算数") == Decimal("10.00")
    assert value(read[BASIC], "公用经费合计", "决算数") == Decimal("100.00")
    assert value(read[THREE_PUBLIC], "公务用车运行维护费", "预算数") == Decimal("40.00")
    assert not any(row.name == "栏次" for account in read.values() for row in account.rows())
