"""Basic and project spending against the total, over the whole report."""

from __future__ import annotations

from collections.abc import Callable


def test_the_two_kinds_of_spending_make_the_total_wherever_they_are_told(
    codes_on: Callable[..., list[str]],
) -> None:
    text = "全年支出1000万元。\n（一）基本支出情况\n基本支出600万元。\n（二）项目支出情况\n项目支出{}万元。"
    assert "R2t" in codes_on(text.format("350"), "核实")
    assert "R2t" not in codes_on(text.format("400"), "核实")
