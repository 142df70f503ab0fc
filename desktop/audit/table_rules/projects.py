"""Rules over projects: each 附件3 against its row of 附件1, and whether every project has one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from desktop.audit.finding import CHECK, ERROR, Finding
from desktop.audit.table_audit import Tables, show_amount, table_check
from desktop.audit.table_rules.annex1 import special_rows, spent
from desktop.domain.keys import FactKey, scoped
from desktop.domain.labels import plain
from desktop.domain.numbers import decimals_of, half_unit
from desktop.domain.template import LABEL

_SAME_NAME_FROM = 4
"""`水库除险加固` within `小型水库除险加固工程`: names so long that one holds the other are of one project;
`培训` within `农民培训` says nothing."""


@table_check("J10", "附件3与附件1同名项目")
def projects_of_both(tables: Tables) -> Iterator[Finding]:
    """A project's 年初预算 and 执行数 in its 附件3 against the row of its name in 附件1.

    Silent where 附件1 has no budget, or the adjusted one, at the beginning of the year: that is asked of the sums.
    docs/domain.md 3.2, J10.
    """
    rows = project_rows(tables)
    for scope in tables.sheet.projects():
        row = rows.get(project_name(tables.project(scope)))
        if row is None:
            continue
        for theirs, ours in (("initial", "budget"), ("executed", "final")):
            there, here = FactKey(scoped("annex3_funds", scope), "total", theirs), FactKey("base", row, ours)
            a, b = tables.sheet.number(there), tables.sheet.number(here)
            if a is None or b is None:
                continue
            if abs(a - b) <= half_unit(min(decimals_of(a), decimals_of(b)) or 2):
                tables.holds("J10", there, here)
                continue
            if theirs == "initial" and b in (0, tables.number(there.table, "total", "adjusted")):
                continue
            other = tables.other_cell_with(a, there, here)
            message = f"附件3“{tables.project(scope)}”{_column(tables, there)}为{show_amount(a)}，"
            message += f"附件1同名项目{_column(tables, here)}为{show_amount(b)}"
            message += f"（{show_amount(a)}是“{other}”）" if other else ""
            name = FactKey("projects", f"item:{scope}", "name")
            yield tables.finding("J10", tables.claimable(ERROR, there, here), message, there, here, name)


def _column(tables: Tables, key: FactKey) -> str:
    return tables.sheet.label(key).rpartition(" · ")[2]


def project_rows(tables: Tables) -> dict[str, str]:
    """Plain name -> row of 附件1, for rows that may have an 附件3; names met twice are left out."""
    names: dict[str, str] = {}
    twice: set[str] = set()
    for row in ("business", "operation", *special_rows(tables)):
        key = FactKey("base", row, "final")
        name = project_name(
            tables.sheet.get("base", row, LABEL) or tables.sheet.label(key).partition(" · ")[0]
        )
        twice |= {name} & set(names)
        names[name] = row
    return {name: row for name, row in names.items() if name not in twice}


def project_name(text: str) -> str:
    """`1、业务工作专项经费` -> 业务工作: what is left when numbering and the usual last words are gone."""
    return re.sub(r"(?:项目|专项)?(?:经费|资金|支出)?$", "", plain(text))


@table_check("J15", "项目与附件3一一对应")
def uncovered_projects(tables: Tables) -> Iterator[Finding]:
    """Projects with money in 附件1 and no 附件3, and the other way round; only where there are both.

    A project without an 附件3 is among the usual reasons for sending reports back (docs/domain.md 6.3).
    """
    scopes = tables.sheet.projects()
    rows = project_rows(tables)
    if not scopes or not any(spent(tables, row) for row in rows.values()):
        return
    covered = {project_name(tables.project(scope)): scope for scope in scopes}
    missing = [
        (n, row) for n, row in rows.items() if tables.number("base", row, "final") and not _near(n, covered)
    ]
    if missing:
        names = "、".join(
            f"“{tables.sheet.label(FactKey('base', row, 'final')).partition(' · ')[0]}”" for _, row in missing
        )
        message = f"附件1有{len(missing)}个有支出的项目没有附件3：{names}"
        yield tables.finding(
            "J15", CHECK, message, *(FactKey("base", row, "final") for _, row in missing), all_wrong=True
        )
    for name, scope in covered.items():
        if name and not _near(name, rows):
            message = f"附件3的项目“{tables.project(scope)}”在附件1中没有同名的项目支出"
            yield tables.finding("J15", CHECK, message, FactKey("projects", f"item:{scope}", "name"))


def _near(name: str, others: dict[str, str]) -> bool:
    return any(
        name == other or (min(len(name), len(other)) >= _SAME_NAME_FROM and (name in other or other in name))
        for other in others
    )
