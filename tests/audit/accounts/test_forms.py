"""A title tells which table it is."""

from __future__ import annotations

import pytest

from desktop.audit.accounts.forms import (
    BASIC,
    CAPITAL,
    FISCAL_TOTAL,
    FUNDS,
    GENERAL,
    INCOME,
    SPENDING,
    THREE_PUBLIC,
    TOTAL,
    form_of,
)


@pytest.mark.parametrize(
    ("title", "form"),
    [
        ("一、收入支出决算总表", TOTAL),
        ("青石县水务局2023年度收支决算总表", TOTAL),
        ("收入决算表", INCOME),
        ("三、支出决算表……12", SPENDING),
        ("财政拨款收支决算总表", FISCAL_TOTAL),
        ("一般公共预算财政拨款支出决算表", GENERAL),
        ("一般公共预算财政拨款基本支出决算明细表", BASIC),
        ("一般公共预算财政拨款“三公”经费支出决算表", THREE_PUBLIC),
        ("政府性基金预算财政拨款收入支出决算表", FUNDS),
        ("国有资本经营预算财政拨款支出决算表", CAPITAL),
        ("收入支出决算总体情况说明", ""),
        ("一般公共预算财政拨款项目支出决算表", ""),
        ("一般公共预算财政拨款收入支出决算表", ""),
        ("本年支出决算表明，各项工作按计划完成。", ""),
    ],
)
def test_a_form_is_known_by_its_title(title: str, form: str) -> None:
    assert form_of([title]) == form
