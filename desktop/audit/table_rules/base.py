"""Rules over 附件1: rates of nothing, unexplained changes, rows entered twice, staff costs among projects."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations

from desktop.audit.finding import CHECK, ERROR, HINT, Finding
from desktop.audit.table_audit import Tables, shown, table_check
from desktop.domain.keys import FactKey
from desktop.domain.labels import plain
from desktop.domain.numbers import HUNDRED, decimals_of, half_unit, show_percent
from desktop.domain.template import LABEL, THIS

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
_REASONS = ("原因", "主要是", "主要因", "因为", "由于")
_GROUPS = ("special", "transfer")
_MONEY = ("last_final", "budget", "final")
_ACTIONS = re.compile(
    r"严格|执行|控制|压缩|压减|减少|降低|杜绝|禁止|不得|实行|实施|落实|加强|推行|建立|健全|制定|完善|取消|采购|使用|"
    r"管理|节约用|关闭|规范|按照|统一|定点|审批|公示|\d"
)
"""`公车统一调度`, `办公用品集中采购`, `接待费下降5%`: something is done, or a number shows that it was."""
_SHORTEST_MEASURES = 12
"""Characters: longer than any bare slogan (`厉行勤俭节约`, `建设节约型机关`)."""
_LARGEST_OTHER, _LARGEST_OTHER_PROJECTS = Decimal("0.15"), Decimal("0.10")
"""Of its sum. The 决算 programs have the check (docs/domain.md 6.1); no notice names a share."""
_LEAST_PROCUREMENT, _MOST_PROCUREMENT = Decimal("0.9"), Decimal("1.1")
"""采购执行率 below 90 % needs a reason as 执行率 does (docs/domain.md 1.2); above, the same distance."""
_NEARLY = Decimal("0.02")
"""`6.2 | 6 | 5.61` and `6.2 | 6 | 5.62`: one figure typed twice and once mistyped, or rounded, lies so close."""
_LARGEST_ADJUSTMENT = Decimal("0.3")
"""A change above 30 % needs an explanation (docs/domain.md 5, R17)."""
_SAME_NAME_FROM = 4
"""`水库除险加固` within `小型水库除险加固工程`: names so long that one holds the other are of one project;
`培训` within `农民培训` says nothing."""


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
        yield tables.finding("J6", HINT, message, *of_nothing)


@table_check("R17b", "采购执行率")
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
    message = f"政府采购预算{shown(budget)}万元，决算{shown(final)}万元，执行率{rate}，没有说明原因"
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
            message = f"“{names[0]}”与“{names[1]}”两列完全相同，第三列只差{shown(abs(a - b))}"
            message += "，疑为同一笔数两处填列"
            keys = [FactKey(*row, column) for row in (one, other) for column in _MONEY]
            yield tables.finding("R17c", CHECK, message, *keys)


@table_check("R17d", "三公经费与上年相比")
def more_than_last_year(tables: Tables) -> Iterator[Finding]:
    """三公经费 above last year's, and no note that says why, nor a sentence or the one behind it.

    A check of the 决算 programs, YN16 (docs/domain.md 6.1).
    """
    last, now = (tables.number("three_public", "total", column) for column in ("last_final", "final"))
    if last is None or now is None or now <= last:
        return
    notes = (k for k in tables.sheet.facts if k.table == "three_public" and k.column == "note")
    if any(tables.sheet.text(key).strip() for key in notes) or _rise_explained(tables.body):
        return
    share = f"，增长{show_percent((now - last) / last)}" if last else ""
    message = f"三公经费决算{shown(now)}万元，比上年{shown(last)}万元增加{shown(now - last)}万元{share}"
    message += "，没有说明原因"
    keys = (FactKey("three_public", "total", column) for column in ("last_final", "final"))
    yield tables.finding("R17d", CHECK, message, *keys)


def _rise_explained(body: str) -> bool:
    """`“三公”经费比上年增加2万元。主要是更新车辆。`"""
    sentences = body.replace("\n", "。").split("。")
    return any(
        "三公" in sentence and "增" in sentence and any(word in sentence + following for word in _REASONS)
        for sentence, following in zip(sentences, [*sentences[1:], ""], strict=True)
    )


@table_check("R17e", "项目支出列支人员类")
def staff_costs_in_projects(tables: Tables) -> Iterator[Finding]:
    """项目支出 with rows called 工资, 奖金, 社保 and the like (YN07, docs/domain.md 6.1): may be basic expenditure."""
    staff_rows = []
    for row in _special_rows(tables):
        name = tables.sheet.get("base", row, LABEL)
        if STAFF_WORDS.search(name) and _spent(tables, row):
            staff_rows.append((row, name))
    if staff_rows:
        names = "、".join(f"“{name}”{shown(_spent(tables, row))}万元" for row, name in staff_rows)
        message = f"项目支出中列有人员类支出：{names}，请核实是否应列基本支出"
        yield tables.finding("R17e", CHECK, message, *(FactKey("base", row, LABEL) for row, _ in staff_rows))


def _special_rows(tables: Tables) -> list[str]:
    return [row for group in _GROUPS for row in tables.sheet.rows("base", group)]


def _spent(tables: Tables, row: str) -> Decimal:
    return tables.number("base", row, "final") or tables.number("base", row, "budget") or Decimal(0)


@table_check("R17f", "“其他”所占比重")
def large_rest(tables: Tables) -> Iterator[Finding]:
    """A row called 其他 that is a large part of its sum (A0300, docs/domain.md 6.1): should be told apart."""
    groups = [
        ("base", _special_rows(tables), FactKey("base", "project_spending", "final"), _LARGEST_OTHER_PROJECTS)
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
                message = (
                    f"“{name}”{shown(value)}万元，占{show_percent(value / total)}，比重偏大，宜细分或说明"
                )
                yield tables.finding("R17f", HINT, message, FactKey(table, row, "final"))


_ROUNDING_OF_THREE = Decimal("0.02")
"""Three amounts of two digits: each may be off by half a unit of the last, rounded up."""
_LABEL_LENGTH = 16
"""Characters before the figure in which its label stands, with a unit or a stroke between."""


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
    level = (
        level if stated == 0 else CHECK
    )  # another number may be reckoned otherwise; a 0 was never reckoned
    if abs(stated - exact) <= _ROUNDING_OF_THREE:
        return
    message = f"部门基本支出预算调整填{shown(stated)}，按附件2推算（{how}）应为{shown(exact)}"
    cells = (FactKey("annex2_funds", "total", "initial"), FactKey("annex2_funds", "basic", "executed"))
    yield tables.finding(
        "J7", tables.claimable(level, key, *cells), message, key, *cells, expected=shown(exact)
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
        return adjusted - initial, ERROR, f"{shown(adjusted)}－{shown(initial)}"
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
        f"全年{shown(spent)}－年初（{shown(total)}－项目{shown(projects)}）",
    )


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
            there, here = FactKey(f"annex3_funds@{scope}", "total", theirs), FactKey("base", row, ours)
            a, b = tables.sheet.number(there), tables.sheet.number(here)
            if a is None or b is None or abs(a - b) <= half_unit(min(decimals_of(a), decimals_of(b)) or 2):
                continue
            if theirs == "initial" and b in (0, tables.number(there.table, "total", "adjusted")):
                continue
            other = tables.other_cell_with(a, there, here)
            message = f"附件3“{tables.project(scope)}”{_column(tables, there)}为{shown(a)}，"
            message += f"附件1同名项目{_column(tables, here)}为{shown(b)}"
            message += f"（{shown(a)}是“{other}”）" if other else ""
            name = FactKey("projects", f"item:{scope}", "name")
            yield tables.finding("J10", tables.claimable(ERROR, there, here), message, there, here, name)


def _column(tables: Tables, key: FactKey) -> str:
    return tables.sheet.label(key).rpartition(" · ")[2]


def project_rows(tables: Tables) -> dict[str, str]:
    """Plain name -> row of 附件1, for rows that may have an 附件3; names met twice are left out."""
    names: dict[str, str] = {}
    twice: set[str] = set()
    for row in ("business", "operation", *_special_rows(tables)):
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
    if not scopes or not any(_spent(tables, row) for row in rows.values()):
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
        yield tables.finding("J15", CHECK, message, *(FactKey("base", row, "final") for _, row in missing))
    for name, scope in covered.items():
        if name and not _near(name, rows):
            message = f"附件3的项目“{tables.project(scope)}”在附件1中没有同名的项目支出"
            yield tables.finding("J15", CHECK, message, FactKey("projects", f"item:{scope}", "name"))


def _near(name: str, others: dict[str, str]) -> bool:
    return any(
        name == other or (min(len(name), len(other)) >= _SAME_NAME_FROM and (name in other or other in name))
        for other in others
    )


@table_check("R13t", "厉行节约措施空泛")
def empty_measures(tables: Tables) -> Iterator[Finding]:
    """厉行节约保障措施 left empty, or a heading instead of a measure; `……` left in the cells of the forms."""
    key = FactKey("unit", THIS, "economy_measures")
    measures = tables.sheet.text(key)
    asked = tables.annexes is None or key in tables.annexes.places
    if asked and measures and len(measures) < _SHORTEST_MEASURES and not _ACTIONS.search(measures):
        yield tables.finding("R13t", HINT, f"厉行节约保障措施只写“{measures}”，没有写实际做法", key)
    elif asked and not measures and tables.annexes is not None:
        yield tables.finding("R13t", HINT, "厉行节约保障措施没有填写", key)
    if tables.annexes and tables.annexes.residue:
        yield tables.finding("R13t", HINT, "表中留有“……”等未处理的占位内容", places=tables.annexes.residue)


@table_check("R17a", "年初预算与全年预算")
def large_adjustment(tables: Tables) -> Iterator[Finding]:
    """全年预算 far from 年初预算 (more than 30 %), and no note or sentence that says why."""
    for scope in ("", *tables.sheet.projects()):
        table = f"annex3_funds@{scope}" if scope else "annex2_funds"
        initial, adjusted = (tables.number(table, "total", column) for column in ("initial", "adjusted"))
        if not initial or adjusted is None or abs(adjusted - initial) / initial <= _LARGEST_ADJUSTMENT:
            continue
        notes = any(
            k.table == table and k.column == "note" and v.strip() for k, v in tables.sheet.facts.items()
        )
        if notes or any(
            tables.explains(word, "预算") for word in ("追加", "调增", "调减", "年中调整", "调剂")
        ):
            continue
        change = (adjusted - initial) / initial * HUNDRED
        words = f"{'增加' if change > 0 else '减少'}{shown(abs(change).quantize(Decimal('0.01')))}%"
        message = f"{tables.form_name(scope)}年初预算{shown(initial)}万元，全年预算{shown(adjusted)}万元，"
        message += f"{words}，没有说明调整原因"
        yield tables.finding(
            "R17a", CHECK, message, *(FactKey(table, "total", c) for c in ("initial", "adjusted"))
        )
