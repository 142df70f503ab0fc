"""The table of “三公”经费 as places lay it out."""

from __future__ import annotations

from decimal import Decimal

import pytest

from desktop.audit.accounts.account import accounts_of
from desktop.audit.accounts.three_public import ABROAD, BOUGHT, CARS, GUESTS, RUN, TOTAL
from desktop.audit.text.flat_text import Text
from tests.audit.account_documents import Rows, cells

PARTS = ("小计", "公务用车购置费", "公务用车运行维护费")
NAMES = ("合计", "因公出国（境）费", "公务用车购置及运行维护费", "公务接待费")
BUDGET = ("45.00", "1.00", "40.00", "10.00", "30.00", "4.00")
ACCOUNT = ("40.00", "0.50", "36.50", "9.50", "27.00", "3.00")
PAIRS = tuple(amount for pair in zip(BUDGET, ACCOUNT, strict=True) for amount in pair)
DOWN = (
    "一、“三公”经费支出",
    "1.因公出国（境）费",
    "2.公务用车购置及运行维护费",
    "（1）公务用车购置费",
    "（2）公务用车运行维护费",
    "3.公务接待费",
)

LAYOUTS: dict[str, Rows] = {
    "under each name": [NAMES, PARTS, ("预算数", "决算数") * 6, PAIRS],
    "in two blocks": [
        ("预算数", "决算数"),
        NAMES * 2,
        PARTS * 2,
        tuple(map(str, range(1, 13))),
        BUDGET + ACCOUNT,
    ],
    "a row each": [
        ("项目", *NAMES),
        PARTS,
        ("年初预算数", *BUDGET),
        ("决算数", *ACCOUNT),
        ("增减额", *ACCOUNT),
    ],
    "guests before cars": [
        ("项目", "合计", "因公出国（境）费", "公务接待费", "公务用车购置及运行费"),
        PARTS,
        ("2023年预算数", "45.00", "1.00", "4.00", "40.00", "10.00", "30.00"),
        ("2023年决算数", "40.00", "0.50", "3.00", "36.50", "9.50", "27.00"),
    ],
    "all heads in a row": [
        (
            "单位名称",
            "三公经费合计",
            "因公出国（境）支出",
            "公务用车费",
            "公务用车购置",
            "公务用车运行费",
            "公务接待费",
        ),
        ("预算数", *BUDGET),
        ("决算数", *ACCOUNT),
    ],
    "beside meetings": [
        ("项目", "合计", "一般公共预算财政拨款“三公”经费", "会议费", "培训费"),
        ("小计", "因公出国（境）费", "公务用车购置及运行维护费", "公务接待费"),
        PARTS,
        ("预算数", "50.00", *BUDGET, "3.00", "2.00"),
        ("决算数", "44.00", *ACCOUNT, "2.00", "2.00"),
    ],
    "a row each unit": [
        ("单位", *NAMES),
        PARTS,
        ("预算数", "决算数") * 6,
        ("合计", *PAIRS),
        ("甲局机关", *PAIRS),
        ("乙中心", *[""] * 12),
    ],
    "a name a row": [
        ("项目", "行次", "年初预算数", "决算数"),
        *((name, str(n), b, a) for n, (name, b, a) in enumerate(zip(DOWN, BUDGET, ACCOUNT, strict=True), 1)),
        ("其中：国内接待费", "7", "4.00", "3.00"),
    ],
    "with counts at the right": [
        ("项目", "行次", "预算数", "统计数", "项目", "行次", "统计数"),
        ("一、“三公”经费支出", "1", "", "", "二、相关统计数", "8", ""),
        ("（一）支出合计", "2", "45.00", "40.00", "（一）因公出国（境）团组数", "9", "1"),
        *(
            (name, str(n), b, a, "", "", "")
            for n, (name, b, a) in enumerate(zip(DOWN[1:], BUDGET[1:], ACCOUNT[1:], strict=True), 3)
        ),
    ],
}


def figures(rows: Rows) -> dict[str, dict[str, Decimal | None]]:
    raw = f"第二部分 决算表\n财政拨款“三公”经费支出决算表\n单位：万元\n{cells(rows)}\n"
    (account,) = accounts_of(Text(raw))
    return {row.name: {c: f.value if f else None for c, f in row.figures.items()} for row in account.rows()}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_layout_tells_budget_and_account_of_each_name(layout: str) -> None:
    read = figures(LAYOUTS[layout])
    assert list(read) == [TOTAL, ABROAD, CARS, BOUGHT, RUN, GUESTS]
    assert [str(row["预算数"]) for row in read.values()] == list(BUDGET)
    assert [str(row["决算数"]) for row in read.values()] == list(ACCOUNT)


def test_a_row_alone_is_the_account() -> None:
    read = figures([NAMES, PARTS, ACCOUNT])
    assert {column for row in read.values() for column in row} == {"决算数"}


def test_a_row_of_the_budget_that_is_empty_is_no_head() -> None:
    read = figures([("项目", *NAMES), PARTS, ("预算数", *[""] * 6), ("决算数", *ACCOUNT)])
    assert read[GUESTS] == {"预算数": None, "决算数": Decimal("3.00")}


def test_two_budgets_keep_their_names() -> None:
    read = figures([NAMES, PARTS, ("年初预算数", "全年预算数", "决算数") * 6, BUDGET * 3])
    assert list(read[GUESTS]) == ["年初预算数", "全年预算数", "决算数"]


@pytest.mark.parametrize(
    "rows",
    [
        [NAMES, PARTS, ("2022年决算数", "2023年决算数") * 6, PAIRS],
        [NAMES, PARTS, ("预算数", "决算数") * 6, ("甲局", *PAIRS), ("乙局", *PAIRS)],
        [NAMES, PARTS, ("预算数", "决算数") * 6, ("", *PAIRS)],
        [NAMES, PARTS, ("预算数", "决算数") * 6, PAIRS[:10]],
        [("项目", "2022年", "2023年"), *((name, "1.00", "2.00") for name in DOWN)],
        [("项目", "预算数", "决算数", "", ""), *((name, "2.00", "2.00", "1.00", "1.00") for name in DOWN)],
    ],
    ids=[
        "two years",
        "no row of the whole",
        "a column too many",
        "a column too few",
        "years alone",
        "a stage over several columns",
    ],
)
def test_a_table_whose_columns_are_in_doubt_is_not_read(rows: Rows) -> None:
    assert figures(rows) == {}


def test_a_total_that_counts_meetings_too_is_left_out() -> None:
    names = (*NAMES, "会议费")
    read = figures([("项目", *names), PARTS, ("决算数", *ACCOUNT, "2.00")])
    assert TOTAL not in read and read[GUESTS]["决算数"] == Decimal("3.00")
