"""R60: the tables of final accounts, each by itself and one against the other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from desktop.audit.accounts.account import Account, Figure, Row
from desktop.audit.accounts.equations import Equation, Fault, equation, faults_of
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
        f"{eq.words}相加应为{_shown(eq.sum)}万元，表中为{_shown(eq.total.value)}万元"
        for eq in fault.equations[:2]
    )
    if fault.culprit is not None and fault.expected is not None:
        places = [(fault.culprit.start, fault.culprit.end)]
        message = f"{said}，“{_shown(fault.culprit.value)}”应为{_shown(fault.expected)}"
        return reading.finding("R60", ERROR, message, *places, expected=_shown(fault.expected))
    figures = fault.equations[0].figures[:_MOST_MARKED]
    return reading.finding("R60", ERROR, said, *((f.start, f.end) for f in figures))


def _shown(value: Decimal) -> str:
    return f"{value.quantize(Decimal('0.01')) if value % 1 else value:f}"


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
    """收支总表: items make 本年合计, with what was carried over 总计; both sides are equal."""
    if len(account.sides) != 2:
        return
    totals = []
    for side, word in enumerate(("收入", "支出")):
        rows = account.sides[side]
        at = next((n for n, row in enumerate(rows) if row.name == f"本年{word}合计"), None)
        end = next((n for n, row in enumerate(rows) if row.name in ("总计", f"{word}总计")), None)
        if at is None or end is None or end < at:
            return
        totals.append(rows[end])
        column = "决算数" if side == 0 or account.form == TOTAL else "合计"
        head = f"“{account.form}”{word}各项"
        items = [row.get(column) for row in rows[:at] if row.item]
        if account.whole and all(
            row.item or row.name.startswith("其中") for row in rows[:at] if row.get(column)
        ):
            yield from equation(f"{head}", rows[at].get(column), items)
        # `其中：…` and the items behind a carry-over are parts of it.
        carried = [row for row in rows[at + 1 : end] if not row.item and _carries(row)]
        others = [
            row
            for row in rows[at + 1 : end]
            if not row.item and not _carries(row) and _is_amount(row, column)
        ]
        if account.whole and not others:
            parts = [rows[at].get(column), *(row.get(column) for row in carried)]
            yield from equation(f"“{account.form}”{word}合计与结转结余", rows[end].get(column), parts)
    left, right = (row.get("决算数") or row.get("合计") for row in totals)
    if left:
        yield from equation(f"“{account.form}”收入总计与支出总计不等，按支出总计", left, [right])
    if account.form == FISCAL_TOTAL:
        for row in account.sides[1]:
            yield from _across(account, row)


def _carries(row: Row) -> bool:
    return row.name.startswith(("使用", "用事业基金", "年初", "年末", "结余分配", "上年结转"))


def _is_amount(row: Row, column: str) -> bool:
    figure = row.get(column)
    return bool(figure and figure.value)


def _across(account: Account, row: Row) -> Iterator[Equation]:
    """合计 = the other columns of its row."""
    parts = [
        row.get(c) for c in row.figures if c not in ("合计", "年初结转和结余", "本年收入", "年末结转和结余")
    ]
    yield from equation(f"“{account.form}”“{row.name}”一行", row.get("合计"), parts)


def _by_code(account: Account) -> Iterator[Equation]:
    """Across each row; 类 is the sum of its 款, 款 of its 项, 合计 of all 类; for funds also the balance."""
    rows = [row for side in account.sides for row in side]
    for row in rows:
        if set(row.figures) >= {"合计"} and len(row.figures) > 1:
            yield from _across(account, row)
        if "年末结转和结余" in row.figures and row.get("年末结转和结余"):
            parts = [row.get("年初结转和结余"), row.get("本年收入")]
            words = f"“{account.form}”“{row.name}”年初结转加收入减支出"
            yield from equation(words, row.get("年末结转和结余"), parts, [row.get("合计")])
    if not account.whole or len({row.code for row in rows if row.code}) < sum(bool(row.code) for row in rows):
        return
    columns = list(rows[0].figures) if rows else []
    total = account.row("合计")
    tops = [row for row in rows if len(row.code) == 3]
    for column in columns:
        shown = "" if column == "合计" else f"“{column}”"
        if total and tops:
            yield from equation(
                f"“{account.form}”{shown}各类", total.get(column), [r.get(column) for r in tops]
            )
        for row in rows:
            below = [
                r
                for r in rows
                if len(r.code) == len(row.code) + 2 and row.code and r.code.startswith(row.code)
            ]
            words = f"“{account.form}”{shown}“{row.name}”所属各款项"
            yield from equation(words, row.get(column), [r.get(column) for r in below])


def _basic(account: Account) -> Iterator[Equation]:
    """经济分类: 301 is the sum of 30101 …; 人员经费 = 301 + 303, 公用经费 the rest."""
    rows = list(account.rows())
    if not account.whole or len({row.code for row in rows if row.code}) < sum(bool(row.code) for row in rows):
        return
    tops = [row for row in rows if len(row.code) == 3]
    for row in tops:
        below = [r.get("决算数") for r in rows if len(r.code) == 5 and r.code.startswith(row.code)]
        yield from equation(f"“{account.form}”“{row.name}”所属各项", row.get("决算数"), below)
    staff, public = account.row("人员经费合计"), account.row("公用经费合计")
    if staff and public and tops:
        of_staff = [row.get("决算数") for row in tops if row.code in ("301", "303")]
        rest = [row.get("决算数") for row in tops if row.code not in ("301", "303")]
        yield from equation(f"“{account.form}”人员经费各类", staff.get("决算数"), of_staff)
        yield from equation(f"“{account.form}”公用经费各类", public.get("决算数"), rest)


def _three_public(account: Account) -> Iterator[Equation]:
    names = (
        "合计",
        "因公出国（境）费",
        "公务用车购置及运行维护费",
        "公务用车购置费",
        "公务用车运行维护费",
        "公务接待费",
    )
    rows = [account.row(name.replace("（", "[（]").replace("）", "[）]")) for name in names]
    if not all(rows):
        return
    total, abroad, cars, bought, run, guests = (row for row in rows if row)
    for column in ("预算数", "决算数"):
        words = f"“{account.form}”{column}"
        yield from equation(
            f"{words}各项", total.get(column), [r.get(column) for r in (abroad, cars, guests)]
        )
        yield from equation(f"{words}公务用车两项", cars.get(column), [r.get(column) for r in (bought, run)])


# -- one table against the other ----------------------------------------------------------------------


def _between(accounts: dict[str, Account]) -> Iterator[Equation]:
    """One figure that stands in two tables."""

    def figure(form: str, name: str, column: str, side: int | None = None) -> Figure | None:
        row = accounts[form].row(name, side) if form in accounts else None
        return row.get(column) if row else None

    basic = [figure(BASIC, "人员经费合计", "决算数"), figure(BASIC, "公用经费合计", "决算数")]
    pairs: Sequence[tuple[str, Figure | None, Sequence[Figure | None]]] = (
        (
            f"“{TOTAL}”本年收入合计与“{INCOME}”合计不等，按后者",
            figure(TOTAL, "本年收入合计", "决算数"),
            [figure(INCOME, "合计", "合计")],
        ),
        (
            f"“{TOTAL}”本年支出合计与“{SPENDING}”合计不等，按后者",
            figure(TOTAL, "本年支出合计", "决算数"),
            [figure(SPENDING, "合计", "合计")],
        ),
        (
            f"“{FISCAL_TOTAL}”一般公共预算本年支出与“{GENERAL}”合计不等，按后者",
            figure(FISCAL_TOTAL, "本年支出合计", "一般公共预算", 1),
            [figure(GENERAL, "合计", "合计")],
        ),
        (
            f"“{GENERAL}”基本支出与“{BASIC}”人员、公用经费",
            figure(GENERAL, "合计", "基本支出"),
            basic if all(basic) else [],
        ),
    )
    for words, total, parts in pairs:
        yield from equation(words, total, parts)
