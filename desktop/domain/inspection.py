"""Cells that should not stand in a report as they do, and what would put each right without losing anything."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import NamedTuple

from desktop.domain.all_templates import Templates
from desktop.domain.facts import PROJECTS, FactSheet
from desktop.domain.keys import UNIT_NAME, FactKey
from desktop.domain.numbers import canonical, number_of, parse_amount, parse_money
from desktop.domain.template import LABEL, ORDER

CellValues = tuple[tuple[FactKey, str | None], ...]


class Flaw(NamedTuple):
    """Something to be put right: what it is, its cells, what to write, and what that does, in the clerk's words."""

    message: str
    cells: tuple[FactKey, ...]
    changes: CellValues
    remedy: str
    advised: bool = True
    """False: it may be meant so, or cannot be seen in the window to be judged."""


def inspect(templates: Templates, facts: Mapping[FactKey, str], year: int, unit_name: str) -> list[Flaw]:
    """All flaws of a report. Those that are found later reckon with the earlier ones put right."""
    sheet = FactSheet(templates, facts, year)
    templates = sheet.templates
    unknown = tuple(key for key in facts if not _known(templates, key))
    known = {key: text for key, text in facts.items() if key not in set(unknown)}
    flaws = []
    if unknown:
        changes = tuple((key, None) for key in unknown)
        message = f"{len(unknown)}项内容不属于任何表格，在窗口里看不到"
        flaws.append(Flaw(message, unknown, changes, "清除这些内容", advised=False))
    flaws += _without_place(templates, known, sheet)
    scoped = {key: text for key, text in known.items() if key.scope not in templates.systems}
    flaws += _without_project(scoped, flaws)
    flaws += [*_same_places(known, sheet), *_number_spellings(known, sheet)]
    name = facts.get(UNIT_NAME, "")
    if name and name != unit_name:
        message = f"报告里的单位名称是“{name}”，单位列表里是“{unit_name}”；单位改过名的，以前年度可以不同"
        remedy = "把报告里的名称改成单位列表里的"
        flaws.append(Flaw(message, (UNIT_NAME,), ((UNIT_NAME, unit_name),), remedy, advised=False))
    return flaws


def _known(templates: Templates, key: FactKey) -> bool:
    """Tables of projects have a project; those with rows of their own may have one, or a system."""
    table = templates.table_of(key)
    if table is None or not templates.knows(key):
        return False
    return table.free_rows or (table.per == "project") == bool(key.scope)


def _without_place(templates: Templates, facts: Mapping[FactKey, str], sheet: FactSheet) -> Iterator[Flaw]:
    """A row exists because it has a place: without one its contents are there and not to be seen."""
    lost: dict[tuple[str, str], list[FactKey]] = defaultdict(list)
    for key in facts:
        table = templates.tables[key.base]
        if ":" in key.row and not table.free_rows and key._replace(column=ORDER) not in facts:
            lost[key.table, key.row].append(key)
    last: dict[tuple[str, str], Decimal] = {}
    for (table_id, row), keys in lost.items():
        group = table_id, row.partition(":")[0]
        places = (number_of(sheet.get(table_id, r, ORDER)) for r in sheet.rows(*group))
        last[group] = last.get(group) or max((p for p in places if p is not None), default=Decimal(0)) // 1
        last[group] += 1
        title = f"“{templates.tables[keys[0].base].title}”"
        changes = ((FactKey(table_id, row, ORDER), canonical(last[group])),)
        yield Flaw(f"{title}里有一行没有位置，在窗口里看不到", tuple(keys), changes, "把这一行放回表格末尾")


def _without_project(facts: Mapping[FactKey, str], earlier: list[Flaw]) -> Iterator[Flaw]:
    """Tables of a project that is not in the list of projects; those just put back count as there."""
    back = {key for flaw in earlier for key, text in flaw.changes if text is not None}
    lost: dict[str, list[FactKey]] = defaultdict(list)
    for key in facts:
        place = FactKey(PROJECTS, f"item:{key.scope}", ORDER)
        if key.scope and place not in facts and place not in back:
            lost[key.scope].append(key)
    places = [number_of(text) or Decimal(0) for key, text in facts.items() if key[::2] == (PROJECTS, ORDER)]
    last = max(places, default=Decimal(0)) // 1 + len([key for key in back if key.table == PROJECTS])
    for scope, keys in lost.items():
        last += 1
        row, message = f"item:{scope}", f"有{len(keys)}项内容属于一个已不在项目列表里的项目，在窗口里看不到"
        if not scope.isdecimal():  # the program numbers its projects: no row could be made of `p1`
            yield Flaw(
                message, tuple(keys), tuple((key, None) for key in keys), "清除这些内容", advised=False
            )
            continue
        name = FactKey(PROJECTS, row, "name")
        changes = ((name._replace(column=ORDER), canonical(last)), (name, facts.get(name) or "找回的项目"))
        yield Flaw(message, tuple(keys), changes, "把这个项目放回项目列表")


def _same_places(facts: Mapping[FactKey, str], sheet: FactSheet) -> Iterator[Flaw]:
    """Two rows in one place, or a place that is no number: which comes first is then chance."""
    groups = dict.fromkeys(
        (k.table, k.row.partition(":")[0]) for k in facts if k.column == ORDER and ":" in k.row
    )
    for table, group in groups:
        keys = [FactKey(table, row, ORDER) for row in sheet.rows(table, group) if ":" in row]
        places = [number_of(facts[key]) for key in keys if key in facts]
        if None in places or len(set(places)) < len(places):
            message = f"“{sheet.templates.tables[keys[0].base].title}”里有几行的位置相同或不是数字"
            changes = tuple((key, str(number)) for number, key in enumerate(keys, 1))
            yield Flaw(message, tuple(keys), changes, "按现在看到的顺序重新编排位置")


def _number_spellings(facts: Mapping[FactKey, str], sheet: FactSheet) -> Iterator[Flaw]:
    """`1,000.50` where the program itself would store `1000.5`."""
    changes = tuple(
        (key, plain)
        for key, text in facts.items()
        if key.column not in (ORDER, LABEL) and (plain := _canonical(key, text, sheet)) not in (None, text)
    )
    if changes:
        keys = tuple(key for key, _ in changes)
        yield Flaw(f"{len(keys)}处数字的写法不统一（数值不变）", keys, changes, "改成统一写法")


def _canonical(key: FactKey, text: str, sheet: FactSheet) -> str | None:
    """The one text of that number; None of what is no plain number."""
    column, amount = sheet.column(key), parse_amount(text)
    if column is None or not column.numeric or amount is None or amount.approximate:
        return None
    if column.kind == "money":
        money = parse_money(text)
        return None if money is None else canonical(money)
    return None if amount.unit else canonical(amount.value)
