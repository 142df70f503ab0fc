"""Rules over 附件1: rates of nothing, purchases, rows entered twice, staff costs, a large rest, the adjustment."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations

from desktop.audit.finding import CHECK, ERROR, HINT, Finding
from desktop.audit.table_audit import Tables, show_amount, table_check
from desktop.domain.keys import FactKey
from desktop.domain.numbers import show_percent
from desktop.domain.template import LABEL

_RATES = (("area_rate", "actual_area", "approved_area"), ("cost_rate", "actual_cost", "planned_cost"))
_WRONG_RATE, _ROUNDED_RATE = Decimal("0.01"), Decimal("0.0001")
"""A building's rate off by more than a percentage point is wrong, by less a 尾差 (docs/domain.md 1.7), and by less than
0.01 points right: that hides behind two digits."""
STAFF_WORDS = re.compile(
    r"工资|薪|奖金|绩效奖|年终奖|社会?保险|社保|医保|公积金|职业年金|人员经费|人员支出|编外|临聘|津补?贴|伙食|劳务派遣人员"
)
"""`临聘人员工资`, `绩效奖金`, `社保缴费`: pay and social insurance, which basic expenditure bears."""
_OTHER = re.compile(r"^其[他它](?!交通)")
"""`其他支出`; 其他交通费用 is an item of its own in the 支出经济分类, not a rest."""
_LONGEST_OTHER = 8
"""Characters of a name that says nothing (`其他资本性支出`); a longer one tells what it is for (`其他自然灾害救灾支出`)."""
_GROUPS = ("special", "transfer")
_MONEY = ("last_final", "budget", "final")
_LARGEST_OTHER, _LARGEST_OTHER_PROJECTS = Decimal("0.15"), Decimal("0.10")
"""Of its sum. The 决算 programs have the check (docs/domain.md 6.1); no notice names a share."""
_LEAST_PROCUREMENT, _MOST_PROCUREMENT = Decimal("0.9"), Decimal("1.1")
"""采购执行率 below 90 % needs a reason as 执行率 does (docs/domain.md 1.2); above, the same distance."""
_NEARLY = Decimal("0.02")
"""`6.2 | 6 | 5.61` and `6.2 | 6 | 5.62`: one figure typed twice and once mistyped, or rounded, lies so close."""
_ROUNDING_OF_THREE = Decimal("0.02")
"""Three amounts of two digits: each may be off by half a unit of the last, rounded up."""
_LABEL_LENGTH = 16
"""Characters before the figure in which its label stands, with a unit or a stroke between."""


@table_check("J6", "楼堂馆所控制率")
def building_rates(tables: Tables) -> Iterator[Finding]:
    """规模控制率 and 投资概算控制率 against their quotients; 0 where nothing was built is no rate.

    docs/domain.md 3.2, J6.
    """
    of_nothing: list[FactKey] = []
    for row in ("total", *tables.sheet.rows("buildings", "item")):
        for rate, part, whole in _RATES:
            key = FactKey("buildings", row, rate)
            typed, base = tables.sheet.typed(key), tables.number("buildings", row, whole)
            if typed is None or base is None:
                continue
            if base == 0:
                of_nothing += [key] if typed == 0 else []
                continue
            exact = (tables.number("buildings", row, part) or Decimal(0)) / base
            if abs(exact - typed) > _WRONG_RATE:
                words = f"{tables.sheet.label(key)}填{tables.sheet.text(key)}，应为{show_percent(exact)}"
                yield tables.finding(
                    "J6", tables.claimable(ERROR, key), words, key, expected=show_percent(exact)
                )
            elif abs(exact - typed) > _ROUNDED_RATE and "." in tables.sheet.text(key):
                words = (
                    f"{tables.sheet.label(key)}填{tables.sheet.text(key)}，应为{show_percent(exact)}（尾差）"
                )
                yield tables.finding("J6", HINT, words, key, expected=show_percent(exact))
    if of_nothing:
        message = "没有楼堂馆所项目时，规模控制率、投资概算控制率是0÷0，应留空或填“不适用”，不填0"
        yield tables.finding("J6", HINT, message, *of_nothing, all_wrong=True)


@table_check("R17b", "采购执行率", of_words=True)
def procurement(tables: Tables) -> Iterator[Finding]:
    """政府采购 far below or above its budget, and no sentence that says why (docs/domain.md 5, R17)."""
    budget, final = (tables.number("base", "procurement", column) for column in ("budget", "final"))
    if not budget or final is None or _LEAST_PROCUREMENT <= final / budget <= _MOST_PROCUREMENT:
        return
    if any(
        tables.explains("采购", word)
        for word in ("原因", "因", "低于", "结余", "节约", "少支出", "未能", "推迟", "追加")
    ):
        return
    rate = show_percent(final / budget)
    message = (
        f"政府采购预算{show_amount(budget)}万元，决算{show_amount(final)}万元，执行率{rate}，没有说明原因"
    )
    keys = (FactKey("base", "procurement", column) for column in ("budget", "final"))
    yield tables.finding("R17b", CHECK, message, *keys)


@table_check("R17c", "近似重复的行")
def near_duplicates(tables: Tables) -> Iterator[Finding]:
    """Two rows of 附件1 that agree in two columns and nearly agree in the third: one figure entered twice?"""
    rows = dict.fromkeys((key.table, key.row) for key in tables.amounts)
    single = [row for row in rows if not tables.sheet.formula(FactKey(*row, "final"))]
    for one, other in combinations(single, 2):
        pairs = [(tables.number(*one, column), tables.number(*other, column)) for column in _MONEY]
        given = [(a, b) for a, b in pairs if a is not None and b is not None]
        unlike = [(a, b) for a, b in given if a != b]
        # Two equal amounts that are not 0: zeros agree in any two rows.
        if len(given) < 3 or len(unlike) != 1 or sum(bool(a) for a, b in given if a == b) < 2:
            continue
        a, b = unlike[0]
        if a and b and abs(a - b) <= max(abs(a), abs(b)) * _NEARLY:
            names = [tables.sheet.label(FactKey(*row, "final")).partition(" · ")[0] for row in (one, other)]
            message = f"“{names[0]}”与“{names[1]}”两列完全相同，第三列只差{show_amount(abs(a - b))}"
            message += "，疑为同一笔数两处填列"
            keys = [FactKey(*row, column) for row in (one, other) for column in _MONEY]
            yield tables.finding("R17c", CHECK, message, *keys)


@table_check("R17e", "项目支出列支人员类", of_words=True)
def staff_costs_in_projects(tables: Tables) -> Iterator[Finding]:
    """项目支出 with rows called 工资, 奖金, 社保 and the like (YN07, docs/domain.md 6.1): may be basic expenditure."""
    staff_rows = []
    for row in special_rows(tables):
        name = tables.sheet.get("base", row, LABEL)
        if STAFF_WORDS.search(name) and spent(tables, row):
            staff_rows.append((row, name))
    if staff_rows:
        names = "、".join(f"“{name}”{show_amount(spent(tables, row))}万元" for row, name in staff_rows)
        message = f"项目支出中列有人员类支出：{names}，请核实是否应列基本支出"
        yield tables.finding(
            "R17e", CHECK, message, *(FactKey("base", row, LABEL) for row, _ in staff_rows), all_wrong=True
        )


def special_rows(tables: Tables) -> list[str]:
    """Rows of 附件1 under 项目支出 that are special projects and transfers."""
    return [row for group in _GROUPS for row in tables.sheet.rows("base", group)]


def spent(tables: Tables, row: str) -> Decimal:
    """What a row of 附件1 spent, or was to spend, in 万元; 0 where neither is filled in."""
    return tables.number("base", row, "final") or tables.number("base", row, "budget") or Decimal(0)


@table_check("R17f", "“其他”所占比重")
def large_rest(tables: Tables) -> Iterator[Finding]:
    """A row called 其他 that is a large part of its sum (A0300, docs/domain.md 6.1): should be told apart."""
    groups = [
        ("base", special_rows(tables), FactKey("base", "project_spending", "final"), _LARGEST_OTHER_PROJECTS)
    ]
    goods = tables.sheet.rows("economic_class", "goods")
    groups.append(("economic_class", goods, FactKey("economic_class", "goods", "final"), _LARGEST_OTHER))
    items = tables.sheet.rows("function_class", "item")
    groups.append(("function_class", items, FactKey("function_class", "total", "final"), _LARGEST_OTHER))
    for table, rows, total_key, limit in groups:
        total = tables.sheet.number(total_key)
        for row in rows:
            value, name = tables.number(table, row, "final"), tables.sheet.get(table, row, LABEL)
            if (
                total
                and value
                and _OTHER.match(name)
                and len(name) <= _LONGEST_OTHER
                and value / total > limit
            ):
                message = f"“{name}”{show_amount(value)}万元，占{show_percent(value / total)}，比重偏大，宜细分或说明"
                yield tables.finding("R17f", HINT, message, FactKey(table, row, "final"))


@table_check("J7", "基本支出预算调整")
def basic_adjustment(tables: Tables) -> Iterator[Finding]:
    """附件1 部门基本支出预算调整 against 附件2: 全年 basic budget less the one at the year's beginning.

    Where 附件2 does not split its budgets, what 附件1 has for projects is taken off; sure only if the whole
    budget was spent, so that spending tells the adjusted budget. docs/domain.md 3.2, J7.
    """
    key = FactKey("base", "adjustment", "final")
    stated = tables.sheet.number(key)
    derived = _adjustment(tables)
    if stated is None or derived is None or _of_the_whole_budget(tables):
        return
    exact, level, how = derived
    # Another number may be reckoned otherwise; a 0 was never reckoned.
    level = level if stated == 0 else CHECK
    if abs(stated - exact) <= _ROUNDING_OF_THREE:
        return
    message = f"部门基本支出预算调整填{show_amount(stated)}，按附件2推算（{how}）应为{show_amount(exact)}"
    cells = (FactKey("annex2_funds", "total", "initial"), FactKey("annex2_funds", "basic", "executed"))
    yield tables.finding(
        "J7", tables.claimable(level, key, *cells), message, key, *cells, expected=show_amount(exact)
    )


def _of_the_whole_budget(tables: Tables) -> bool:
    """The form of 2018 asks here for 部门整体支出预算调整: another number (docs/domain.md 3.3)."""
    if tables.annexes is None or tables.reading is None:
        return False
    text = tables.reading.text.flat
    starts = [start for key, (start, _) in tables.annexes.places.items() if key.row == "adjustment"]
    return any("整体支出" in text[max(start - _LABEL_LENGTH, 0) : start] for start in starts)


def _adjustment(tables: Tables) -> tuple[Decimal, str, str] | None:
    """The adjustment as 附件2 has it, how sure that is, and the sum in words."""
    initial, adjusted = (tables.number("annex2_funds", "basic", column) for column in ("initial", "adjusted"))
    if initial is not None and adjusted is not None:
        return adjusted - initial, ERROR, f"{show_amount(adjusted)}－{show_amount(initial)}"
    total, projects = (
        tables.number("annex2_funds", "total", "initial"),
        tables.number("base", "project_spending", "budget"),
    )
    spent = tables.number("annex2_funds", "basic", "executed")
    whole, used = (tables.number("annex2_funds", "total", column) for column in ("adjusted", "executed"))
    if total is None or projects is None or spent is None or whole is None or whole != used:
        return None
    by_nature = spent + (tables.number("annex2_funds", "project", "executed") or Decimal(0))
    level = ERROR if abs(by_nature - whole) <= Decimal("0.01") else CHECK
    return (
        spent - (total - projects),
        level,
        f"全年{show_amount(spent)}－年初（{show_amount(total)}－项目{show_amount(projects)}）",
    )
