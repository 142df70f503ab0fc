"""What stands in one cell, as a number in the program's unit."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest

from desktop.exchange.import_forms.cell_number import NO_NUMBER, UNCACHED, read_number
from desktop.exchange.read_sheet.grid import Cell


@pytest.mark.parametrize(
    ("value", "unit", "money"),
    [
        ("1,020.00", "", "1020"),
        ("１，０２０．５", "", "1020.5"),
        ("¥ 12.5", "", "12.5"),
        ("50000元", "万元", "5"),
        ("3.3万元", "元", "3.3"),
        (Decimal("749900"), "元", "74.99"),
        (Decimal("1"), "元", "0.0001"),
        ("95.\n10", "", "95.1"),
    ],
)
def test_money_is_read_in_ten_thousand_yuan(value: str | Decimal, unit: str, money: str) -> None:
    assert read_number(Cell(value, "A1"), "money", unit).shown == money


@pytest.mark.parametrize(
    ("cell", "ratio"),
    [
        (Cell("95.92%", "A1"), "0.9592"),
        (Cell("95.92", "A1"), "0.9592"),
        (Cell(Decimal("0.95"), "A1", percent=True), "0.95"),
        (Cell(Decimal("100"), "A1"), "1"),
        (Cell(Decimal("1"), "A1"), "1"),
    ],
)
def test_percent_is_read_as_a_ratio(cell: Cell, ratio: str) -> None:
    assert read_number(cell, "percent").value == Decimal(ratio)


def test_people_and_area_take_their_own_units_only() -> None:
    assert read_number(Cell("49人", "A1"), "people").value == 49
    assert read_number(Cell("120㎡", "A1"), "area").value == 120
    assert "不是数字" in read_number(Cell("49万元", "A1"), "people").problem


@pytest.mark.parametrize("value", ["七", "7.50.", "#REF!", "1,02", True, datetime.date(2023, 5, 1), "12个"])
def test_cell_without_an_amount_is_a_problem(value: str | bool | datetime.date) -> None:
    number = read_number(Cell(value, "A1"), "money")
    assert number.problem and number.value is None


def test_empty_words_hold_no_number_and_uncalculated_formulas_are_a_problem() -> None:
    assert read_number(None, "money") == NO_NUMBER == read_number(Cell("——", "A1"), "money")
    assert read_number(Cell("#DIV/0!", "A1"), "percent") == NO_NUMBER
    assert read_number(Cell("#DIV/0!", "A1"), "money").problem
    assert read_number(Cell(None, "A1", "A2+A3", True), "money").problem == UNCACHED


@pytest.mark.parametrize(
    ("value", "kind", "number"),
    [
        ("24.33（下降16.3%）", "money", "24.33"),
        ("14.49\n（含上年结算0.6）", "money", "14.49"),
        ("62（行政28、事业34）", "people", "62"),
        ("追加26.9", "money", "26.9"),
        ("(12)", "money", "-12"),
    ],
)
def test_a_number_with_a_remark_is_read_and_the_remark_told(value: str, kind: str, number: str) -> None:
    read = read_number(Cell(value, "A1"), kind)
    assert read.shown == number
    assert bool(read.remark) == (value != "(12)")
