"""R60: the tables of final accounts, each by itself and one against the other."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from desktop.audit.accounts import three_public
from desktop.audit.accounts.account import Account
from desktop.audit.accounts.equations import Equation, Fault, equation, faults_of
from desktop.audit.accounts.figures import Figure, Row
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
)
from desktop.audit.finding import ERROR, Finding
from desktop.audit.text.reading import Reading
from desktop.audit.text_audit import check

_MOST_MARKED = 12
"""Figures marked in one finding: a column of forty parts is no help."""
_MOST_ROWS = 3_000
"""Rows of all tables: a department has a few hundred."""


@check("R60", "决算表加总与表间关系")
def account_sums(reading: Reading) -> Iterator[Finding]:
    """Wrong: a total of one of the nine tables that is not the sum of its parts, or differs from its twin in another.

    Only rows that were read whole are reckoned; rounding of every figure is allowed for.
    """
    if sum(len(side) for account in reading.accounts for side in account.sides) > _MOST_ROWS:
        return
    equations = [eq for account in reading.accounts for eq in _within(account)]
    single = {
        account.form: account
        for account in reading.accounts
        if sum(other.form == account.form for other in reading.accounts) == 1
    }
    equations += _between(single)
    for fault in faults_of(equations):
        yield _finding(reading, fault)


def _finding(reading: Reading, fault: Fault) -> Finding:
    said = "；".join(
        f"{eq.words}相加应为{eq.total.in_table_unit(eq.sum)}{eq.total.unit_name}，表中为{eq.total.in_table_unit(eq.total.value)}{eq.total.unit_name}"
        for eq in fault.equations[:2]
    )
    culprit = fault.culprit
    if culprit is not None and fault.expected is not None:
        right = culprit.in_table_unit(fault.expected)
        message = f"{said}，“{culprit.in_table_unit(culprit.value)}”应为{right}"
        return reading.finding("R60", ERROR, message, (culprit.start, culprit.end), expected=right)
    figures = fault.equations[0].figures[:_MOST_MARKED]
    return reading.finding("R60", ERROR, said, *((f.start, f.end) for f in figures))


# -- within one table ---------------------------------------------------------------------------------


def _within(account: Account) -> Iterator[Equation]:
    reckoned = {
        TOTAL: _balance,
        FISCAL_TOTAL: _balance,
        INCOME: _by_code,
        SPENDING: _by_code,
        GENERAL: _by_code,
        FUNDS: _by_code,
        CAPITAL: _by_code,
        BASIC: _basic,
        THREE_PUBLIC: _three_public,
    }[account.form]
    yield from reckoned(account)


def _balance(account: Account) -> Iterator[Equation]:
    """收支总表: items make 本年合计, with what was carried over 总计; both sides are equal. Budgets have no 本年合计."""
    totals: list[Figure | None] = []
    for rows, word in zip(account.sides, ("收入", "支出"), strict=False):
        column = next((c for c in ("决算数", "合计") if rows and c in rows[0].figures), "")
        end = next((n for n, row in enumerate(rows) if row.name in ("总计", f"{word}总计")), None)
        if end is None or not column:
            return
        at = next((n for n, row in enumerate(rows[:end]) if row.name == f"本年{word}合计"), end)
        totals.append(rows[end].get(column))
        if account.whole and not any(_is_other(row, column) for row in rows[:at]):
            items = [row.get(column) for row in rows[:at] if row.item]
            yield from equation(f"“{account.name}”{word}各项", rows[at].get(column), items)
        carried = [row for row in rows[at + 1 : end] if _carries(row)]
        if (
            at < end
            and account.whole
            and not any(_is_other(row, column) for row in rows[at + 1 : end] if not _carries(row))
        ):
            parts = [rows[at].get(column), *(row.get(column) for row in carried)]
            yield from equation(f"“{account.name}”{word}合计与结转结余", rows[end].get(column), parts)
    if len(totals) == 2:
        yield from equation(f"“{account.name}”收入总计与支出总计不等，按支出总计", totals[0], totals[1:])
    for row in account.sides[1] if account.form == FISCAL_TOTAL and len(account.sides) == 2 else ():
        yield from _across(account, row)


def _is_other(row: Row, column: str) -> bool:
    """An amount that is neither an item nor told as a part of one: what it belongs to is not known."""
    figure = row.get(column)
    return bool(figure and figure.value) and not row.item and not re.match(r"其中|\d[、.]|（", row.name)


def _carries(row: Row) -> bool:
    return row.name.startswith(("使用", "用事业基金", "年初", "年末", "结余分配", "上年结转"))


def _across(account: Account, row: Row) -> Iterator[Equation]:
    """合计 = the other columns of its row."""
    parts = [
        row.get(c) for c in row.figures if c not in ("合计", "年初结转和结余", "本年收入", "年末结转和结余")
    ]
    yield from equation(f"“{account.name}”“{row.name}”一行", row.get("合计"), parts)


def _by_code(account: Account) -> Iterator[Equation]:
    """Across each row; 类 is the sum of its 款, 款 of its 项, 合计 of all 类; for funds also the balance."""
    rows = [row for side in account.sides for row in side]
    for row in rows:
        if set(row.figures) >= {"合计"} and len(row.figures) > 1:
            yield from _across(account, row)
        if "年末结转和结余" in row.figures and row.get("年末结转和结余"):
            parts = [row.get("年初结转和结余"), row.get("本年收入")]
            words = f"“{account.name}”“{row.name}”年初结转加收入减支出"
            yield from equation(words, row.get("年末结转和结余"), parts, [row.get("合计")])
    if not account.whole or _has_twins(rows):
        return
    total = account.row("合计")
    tops = [row for row in rows if len(row.code) == 3]
    below: dict[str, list[Row]] = {}
    for row in rows:
        below.setdefault(row.code[:-2], []).append(row)
    for column in rows[0].figures if rows else ():
        shown = "" if column == "合计" else f"“{column}”"
        if total and tops:
            yield from equation(
                f"“{account.name}”{shown}各类", total.get(column), [r.get(column) for r in tops]
            )
        for row in rows:
            words = f"“{account.name}”{shown}“{row.name}”所属各款项"
            of_it = below.get(row.code, []) if row.code else []
            yield from equation(words, row.get(column), [r.get(column) for r in of_it])


def _basic(account: Account) -> Iterator[Equation]:
    """经济分类: 301 is the sum of 30101 …; 人员经费 = 301 + 303, 公用经费 the rest."""
    rows = list(account.rows())
    if not account.whole or not rows or _has_twins(rows):
        return
    column = "决算数" if "决算数" in rows[0].figures else "合计"
    tops = [row for row in rows if len(row.code) == 3]
    for row in tops:
        below = [r.get(column) for r in rows if len(r.code) == 5 and r.code.startswith(row.code)]
        yield from equation(f"“{account.name}”“{row.name}”所属各项", row.get(column), below)
    of_staff = [row.get(column) for row in tops if row.code in ("301", "303")]
    rest = [row.get(column) for row in tops if row.code not in ("301", "303")]
    for words, parts in (("人员经费", of_staff), ("公用经费", rest), ("", of_staff + rest)):
        total = account.row(f"{words}合计")
        if total:
            yield from equation(f"“{account.name}”{words}各类", total.get(column), parts)
    if column == "合计":
        for row in rows:
            yield from _across(account, row)


def _has_twins(rows: Sequence[Row]) -> bool:
    """Whether a code stands in two rows: two units in one table, or a row cut in two."""
    codes = [row.code for row in rows if row.code]
    return len(set(codes)) < len(codes)


def _three_public(account: Account) -> Iterator[Equation]:
    """合计 = 出国 + 公车 + 接待 and 公车 = 购置 + 运行, in each column; silent where a row is not there."""
    rows = {row.name: row for row in account.rows()}
    for total, parts, told in (
        (three_public.TOTAL, (three_public.ABROAD, three_public.CARS, three_public.GUESTS), "各项"),
        (three_public.CARS, (three_public.BOUGHT, three_public.RUN), "公务用车两项"),
    ):
        if rows.keys() >= {total, *parts}:
            for column, figure in rows[total].figures.items():
                words = f"“{account.name}”{column}{told}"
                yield from equation(words, figure, [rows[part].get(column) for part in parts])


# -- one table against the other ----------------------------------------------------------------------


def _between(accounts: dict[str, Account]) -> Iterator[Equation]:
    """One figure that stands in two tables."""

    def figure(form: str, name: str, column: str, side: int | None = None) -> Figure | None:
        row = accounts[form].row(name, side) if form in accounts else None
        return row.get(column) if row else None

    def name(form: str) -> str:
        return accounts[form].name if form in accounts else ""

    basic = [figure(BASIC, "人员经费合计", "决算数"), figure(BASIC, "公用经费合计", "决算数")]
    pairs: Sequence[tuple[str, Figure | None, Sequence[Figure | None]]] = (
        (
            f"“{name(TOTAL)}”本年收入合计与“{name(INCOME)}”合计不等，按后者",
            figure(TOTAL, "本年收入合计", "决算数"),
            [figure(INCOME, "合计", "合计")],
        ),
        (
            f"“{name(TOTAL)}”本年支出合计与“{name(SPENDING)}”合计不等，按后者",
            figure(TOTAL, "本年支出合计", "决算数"),
            [figure(SPENDING, "合计", "合计")],
        ),
        (
            f"“{name(FISCAL_TOTAL)}”一般公共预算本年支出与“{name(GENERAL)}”合计不等，按后者",
            figure(FISCAL_TOTAL, "本年支出合计", "一般公共预算", 1),
            [figure(GENERAL, "合计", "合计")],
        ),
        (
            f"“{name(GENERAL)}”基本支出与“{name(BASIC)}”人员、公用经费",
            figure(GENERAL, "合计", "基本支出"),
            basic if all(basic) else [],
        ),
    )
    for words, total, parts in pairs:
        yield from equation(words, total, parts)
