"""R1t: lines of one shape."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Codes = Callable[..., list[str]]

COMMAS = (
    "项目执行情况（依次为预算、支出、执行率）\n道路养护，860，842，97.9%；\n水质监测，640，640，100%；\n"
    "图书配送，420，378，90.0%；\n山塘加固，350，318，{}%。"
)
DASHES = (
    "林地管护—1,260.00万元—1,198.42万元—95.11%\n苗圃补助—540.00万元—532.66万元—98.64%\n"
    "护林设备—318.00万元—297.15万元—{}%"
)
SLASHES = (
    "人员经费 / 512.30 / 538.64\n公用经费 / 68.20 / 66.92\n项目支出 / 980.00 / 2,187.36\n合计 / 1,560.50 / {}"
)
BELOW = "（1）客运补助，226.00，221.00\n（2）路网监测，94.20，92.08\n（3）应急物资，60.00，58.00\n预算合计{}万元，支出合计371.08万元。"


@pytest.mark.parametrize(
    ("text", "right", "wrong"),
    [
        (COMMAS, "90.9", "91.9"),
        (DASHES, "93.44", "94.33"),
        (SLASHES, "2,792.92", "2,729.92"),
        (BELOW, "380.20", "320.20"),
    ],
    ids=["commas", "dashes", "a last line", "a sentence below"],
)
def test_one_line_unlike_the_others_of_its_shape_is_wrong(
    codes_on: Codes, text: str, right: str, wrong: str
) -> None:
    assert "R1t" not in codes_on(text.format(right))
    assert "R1t" in codes_on(text.format(wrong))


@pytest.mark.parametrize(
    "text",
    [
        # Rates of the columns to those of another table.
        "甲村，120，96，12.5%；\n乙村，150，99，31.2%；\n丙村，180，77，40.6%。",
        # Sentences of different words are no table.
        "道路养护完成860米，计划842米，达97.9%；\n水质监测640次，覆盖87%；\n图书配送420册，读者378人，满意90.0%。",
        # No column of the last line is the sum: it is another total.
        "人员经费 / 512.30 / 538.64\n公用经费 / 68.20 / 66.92\n项目支出 / 980.00 / 2,187.36\n合计 / 1,900.50 / 3,100.10",
    ],
    ids=["unknown rates", "no table", "another total"],
)
def test_lines_that_explain_nothing_are_silent(codes_on: Codes, text: str) -> None:
    assert "R1t" not in codes_on(text)


def cells(*rows: tuple[str, ...]) -> str:
    """As a table of a file is read."""
    return (
        "支出见下表。\n" + "".join("\n" + "".join(f"\t{cell}\n" for cell in row) for row in rows) + "\n以上。"
    )


TWO = (("项目", "预算数", "决算数"), ("人员", "100.00", "90.00"), ("项目", "200.00", "180.00"))
ONE = (("序号", "项目", "金额"), ("1", "工资", "1,010.00"), ("2", "油费", "20.00"))


@pytest.mark.parametrize(
    ("rows", "right", "wrong", "level"),
    [
        (TWO, ("合计", "300.00", "270.00"), ("合计", "300.00", "280.00"), "错误"),
        (ONE, ("合计", "", "1,030.00"), ("合计", "", "1,040.00"), "核实"),
    ],
    ids=["beside a column that is right", "the only column"],
)
def test_total_of_a_table_that_is_not_the_sum_of_its_rows_is_told(
    codes_on: Codes,
    rows: tuple[tuple[str, ...], ...],
    right: tuple[str, ...],
    wrong: tuple[str, ...],
    level: str,
) -> None:
    assert "R1t" not in [*codes_on(cells(*rows, right)), *codes_on(cells(*rows, right), "核实")]
    assert "R1t" in codes_on(cells(*rows, wrong), level)


@pytest.mark.parametrize(
    "rows",
    [
        (("项目", "金额"), ("工资", "90.00"), ("其中：津贴", "30.00"), ("合计", "90.00")),
        (("项目", "金额"), ("工资", "33.33"), ("油费", "33.34"), ("合计", "66.68")),
        (("项目", "金额"), ("小计", "90.00"), ("油费", "30.00"), ("合计", "100.00")),
        (("项目", "金额"), ("合计", "100.00")),
        (("项目", "单价"), ("甲", "12.00"), ("乙", "30.00"), ("合计", "20.00")),
    ],
    ids=["a part of a line", "rounding", "a total within", "a total alone", "less than one of its rows"],
)
def test_total_that_is_no_sum_of_all_rows_is_silent(
    codes_on: Codes, rows: tuple[tuple[str, ...], ...]
) -> None:
    assert "R1t" not in [*codes_on(cells(*rows)), *codes_on(cells(*rows), "核实")]
