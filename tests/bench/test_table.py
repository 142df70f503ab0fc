"""The table is straight, and what exceeds its limit is marked."""

from __future__ import annotations

from tests.bench.table import Row, drawn


def test_columns_are_straight_in_chinese_and_limits_are_marked() -> None:
    lines = drawn([Row("生成 PDF", 0.2, "秒", 0.1, 1.5), Row("x", 1, "s", 2)]).splitlines()
    assert lines == [
        "项目      实测  参照  单位  比值  上限",
        "生成 PDF   0.2   0.1    秒  2.00  1.50  超出",
        "x            1     2     s  0.50",
    ]
