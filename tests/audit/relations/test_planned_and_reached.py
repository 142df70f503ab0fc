"""Rates held against what was planned and reached."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from desktop.audit.auditing import audited
from desktop.audit.evidence import PROVED
from desktop.domain.all_templates import Templates

APART = "“三公”经费预算80.3万元，支出67.32万元。\n二、管理情况\n“三公”经费控制率为{}%。"


@pytest.mark.parametrize("rate", ["100", "83.48"])
def test_a_rate_that_names_its_figure_is_held_against_its_amounts_told_elsewhere(
    rate: str, codes_on: Callable[..., list[str]]
) -> None:
    assert "R1r" in codes_on(APART.format(rate))


def test_such_a_rate_is_proved_where_it_fits(templates: Templates) -> None:
    raw = APART.format("83.84")
    assert [n.state for n in audited(raw, templates=templates).numbers][-1] == PROVED


@pytest.mark.parametrize(
    "text",
    [
        f"{APART.format('100')}\n全年“三公”经费支出60.1万元。",  # which of the two is meant?
        APART.format("100").replace("“三公”经费控制率", "预算执行率"),
        APART.format("100").replace("控制率为", "控制率目标为"),
    ],
)
def test_a_rate_that_may_be_of_something_else_is_left_alone(
    text: str, codes_on: Callable[..., list[str]]
) -> None:
    assert "R1r" not in codes_on(text)
