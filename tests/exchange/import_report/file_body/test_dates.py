"""A date alone on a line is one in whatever signs it is written."""

from __future__ import annotations

import pytest

from desktop.exchange.import_report.file_body.dates import date_in, with_arabic_dates


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("2024年 4 月 2 日", "2024年4月2日"),
        ("二〇二五年四月一日", "2025年4月1日"),
        ("二○二五年十二月三十一日", "2025年12月31日"),
        ("二零二四年五月", "2024年5月"),
        ("\t２０２５．４．１", "2025年4月1日"),
        ("填报日期：2025-04-01", "2025年4月1日"),
        ("2025.13.1", ""),
        ("2025.4", ""),
        ("二〇二五年四月一日起施行", ""),
        ("2024年度", ""),
    ],
)
def test_date_alone_on_a_line_is_read_however_written(line: str, date: str) -> None:
    assert date_in(line) == date


def test_numerals_outside_dates_are_kept() -> None:
    assert with_arabic_dates("二〇二四年度一般公共预算") == "2024年度一般公共预算"
    assert with_arabic_dates("十四五年度计划，一月一次") == "十四五年度计划，一月一次"
