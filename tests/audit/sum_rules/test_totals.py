"""Basic and project spending, and the changes of the three public expenses, against their totals."""

from __future__ import annotations

from collections.abc import Callable

from desktop.audit.auditing import audited
from desktop.audit.evidence import PROVED
from desktop.domain.all_templates import Templates


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


def test_project_spending_that_only_its_heading_names_is_proved_by_the_sum_and_never_asked(
    templates: Templates, codes_on: Callable[..., list[str]]
) -> None:
    text = "全年支出1000.25万元。\n（一）基本支出情况\n基本支出598.45万元。\n（二）项目支出情况\n全年支出{}万元。"
    right = text.format("401.80")
    state = {right[n.start : n.end]: n.state for n in audited(right, templates=templates).numbers}
    assert state == dict.fromkeys(("1000.25万元", "598.45万元", "401.80万元"), PROVED)
    assert "R2t" not in codes_on(text.format("301.80"), "核实")
