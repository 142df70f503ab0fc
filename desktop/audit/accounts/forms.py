"""Which of the nine tables of final accounts a table is, by its title (Ministry of Finance, 部门决算公开表).

Budgets have the same tables, but for two: `收入预算总表`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

TOTAL, INCOME, SPENDING, FISCAL_TOTAL, GENERAL, BASIC, THREE_PUBLIC, FUNDS, CAPITAL = (
    "收入支出决算总表",
    "收入决算表",
    "支出决算表",
    "财政拨款收入支出决算总表",
    "一般公共预算财政拨款支出决算表",
    "一般公共预算财政拨款基本支出决算表",
    "财政拨款“三公”经费支出决算表",
    "政府性基金预算财政拨款收入支出决算表",
    "国有资本经营预算财政拨款支出决算表",
)
FORMS = (TOTAL, INCOME, SPENDING, FISCAL_TOTAL, GENERAL, BASIC, THREE_PUBLIC, FUNDS, CAPITAL)

_END = r"(?:功能分类|部门预算经济分类|经济分类)?[决预]算(?:明细)?表"
_TITLES = (
    # The longer titles hold the words of the shorter ones.
    (CAPITAL, re.compile(rf"国有资本经营(?:预算)?(?:财政拨款)?(?:收入)?支出{_END}")),
    (FUNDS, re.compile(rf"政府性基金(?:预算)?(?:财政拨款)?(?:收入)?支出{_END}")),
    (THREE_PUBLIC, re.compile(r"三公经费.{0,16}决算表")),
    (BASIC, re.compile(rf"(?:一般公共预算)?(?:财政拨款)?基本支出{_END}")),
    (GENERAL, re.compile(rf"一般公共预算(?:财政拨款)?支出{_END}")),
    (
        FISCAL_TOTAL,
        re.compile(r"(?<!公共预算)(?<!基金预算)(?<!经营预算)财政拨款(?:收入支出|收支)[决预]算总?表"),
    ),
    (TOTAL, re.compile(r"(?<!拨款)(?:收入支出|收支)[决预]算总?表")),
    (INCOME, re.compile(r"(?<!拨款)(?<!预算)收入[决预]算(?:总|明细)?表")),
    (SPENDING, re.compile(r"(?<![入款算本目])支出[决预]算(?:总|明细)?表")),
)
_LONGEST_TITLE = 60
"""Characters, with the name of the department and the year before it."""


def form_of(lines: Iterable[str]) -> str:
    """The form that the first of the lines names; '' where none does. A sentence names no form."""
    for line in lines:
        bare = re.sub(r"[“”\"‘’《》]", "", line)
        if len(bare) > _LONGEST_TITLE or "。" in bare:
            continue
        for form, words in _TITLES:
            found = words.search(bare)
            if found and not bare[found.end() :].strip(
                "（）….·-0123456789续表公开万元分科目单位：一二三四五六七八九"
            ):
                return form
    return ""
