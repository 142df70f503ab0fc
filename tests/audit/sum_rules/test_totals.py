"""Basic and project spending, and the changes of the three public expenses, against their totals."""

from __future__ import annotations

from collections.abc import Callable


def test_the_two_kinds_of_spending_make_the_total_wherever_they_are_told(
    codes_on: Callable[..., list[str]],
) -> None:
    text = "全年支出1000万元。\n（一）基本支出情况\n基本支出600万元。\n（二）项目支出情况\n项目支出{}万元。"
    assert "R2t" in codes_on(text.format("350"), "核实")
    assert "R2t" not in codes_on(text.format("400"), "核实")


def test_the_change_of_the_three_public_expenses_is_that_of_its_parts(
    codes_on: Callable[..., list[str]],
) -> None:
    text = (
        "“三公”经费决算19.86万元，比上年减少{}万元。\n公务用车购置及运行维护费19.56万元，比上年减少3.59万元。\n"
        "公务接待费0.30万元，比上年增加0.30万元。\n因公出国（境）费0万元。"
    )
    assert "R2d" not in codes_on(text.format("3.29"))
    assert "R2d" in codes_on(text.format("3.59"), "错误")
