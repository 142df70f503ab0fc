"""Rules over the forms as such: who filled them in, how the unit is called, sums stated once more, what was left empty
or unexplained."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from desktop.audit.finding import CHECK, ERROR, HINT, Finding
from desktop.audit.table_audit import Tables, show_amount, table_check
from desktop.domain.keys import FactKey, scoped
from desktop.domain.labels import ANNEX2
from desktop.domain.numbers import HUNDRED
from desktop.domain.template import THIS

_FILLED_IN = (("preparer", "填表人"), ("phone", "联系电话"), ("report_date", "填报日期"))
"""Of a printed form. Its head signs by hand: `单位负责人签字：` is left blank until then."""
_HALF_A_CENT = Decimal("0.005")
"""Half a unit of the second digit after the point: both amounts are of one form and rounded alike."""
_PLACES_WITHIN = 8
"""Characters at a name's beginning in which its place ends: `清溪县…`, `长河市东湖区…`."""
_SHORTEST_SHORT_NAME = 3
"""Characters, as in `水利局`; two (`县局`) are a word and no name."""
_PLACES = ("省", "市", "区", "县", "镇", "乡")
_ACTIONS = re.compile(
    r"严格|执行|控制|压缩|压减|减少|降低|杜绝|禁止|不得|实行|实施|落实|加强|推行|建立|健全|制定|完善|取消|采购|使用|"
    r"管理|节约用|关闭|规范|按照|统一|定点|审批|公示|\d"
)
"""`公车统一调度`, `办公用品集中采购`, `接待费下降5%`: something is done, or a number shows that it was."""
_SHORTEST_MEASURES = 12
"""Characters: longer than any bare slogan (`厉行勤俭节约`, `建设节约型机关`)."""
_LARGEST_ADJUSTMENT = Decimal("0.3")
"""A change above 30 % needs an explanation (docs/domain.md 5, R17)."""


@table_check("J11s", "按收入性质合计")
def stated_income(tables: Tables) -> Iterator[Finding]:
    """`按收入性质分：` and `按支出性质分：` with their own sums against 年度资金总额 (docs/domain.md 3.2, J11)."""
    total = tables.number("annex2_funds", "total", "executed")
    income = tables.stated("", "income")
    nature = tables.sheet.typed(FactKey("annex2_funds", "nature_total", "executed"))
    for name, stated, place in (("收入", income, "income"), ("支出", nature, "")):
        if stated is None or total is None or abs(stated - total) <= _HALF_A_CENT:
            continue
        budget = tables.number("annex2_funds", "total", "adjusted")
        if stated == budget:  # some fill in the budget by its nature, not what was spent
            continue
        message = (
            f"附件2按{name}性质分为{show_amount(stated)}，与年度资金总额全年执行数{show_amount(total)}不等"
        )
        message += f"，相差{show_amount(abs(stated - total))}"
        keys = [FactKey("annex2_funds", "total", "executed")]
        keys += [] if place else [FactKey("annex2_funds", "nature_total", "executed")]
        level = tables.claimable(ERROR, *keys)
        yield tables.finding(
            "J11s", level, message, *keys, places=tables.stated_places("", place) if place else ()
        )


@table_check("R14t", "附件中的单位名称")
def short_names(tables: Tables) -> Iterator[Finding]:
    """主管部门 or 实施单位 written as a shortened form of the unit's own name."""
    name = tables.sheet.get("unit", THIS, "name").strip()
    if not name:
        return
    for row in tables.sheet.rows("projects", "item"):
        for column, label in (("department", "主管部门"), ("implementer", "实施单位")):
            key = FactKey("projects", row, column)
            entered = tables.sheet.text(key).strip()
            if entered and entered != name and shortened(entered, name):
                message = f"{label}写作“{entered}”，与单位全称“{name}”不一致"
                yield tables.finding("R14t", HINT, message, key, FactKey("unit", THIS, "name"), expected=name)


def shortened(short: str, full: str) -> bool:
    """`清溪县水务局` for `清溪县水务管理局`, and either without its place; no other office of the place."""
    bare = full
    for at, char in enumerate(full[:_PLACES_WITHIN]):
        if char in _PLACES and full[at + 1 :]:
            bare = full[at + 1 :]
    for whole in dict.fromkeys((full, bare)):
        # Same first and last character, the rest in order, and half of it at least: `清溪县政府` is another office.
        if (
            len(short) >= _SHORTEST_SHORT_NAME
            and len(short) < len(whole)
            and short[0] == whole[0]
            and short[-1] == whole[-1]
        ):
            rest = iter(whole)
            if all(char in rest for char in short):
                return len(short) * 2 >= len(whole)
    return short == bare and short != full


@table_check("J17", "应填未填")
def unsigned(tables: Tables) -> Iterator[Finding]:
    """Required cells left empty: the unit's name, who is in charge (not on paper), who filled in, phone, date."""
    if tables.annexes is None:
        columns = [c for c in tables.sheet.templates.tables["unit"].columns if c.required]
        empty = [(c.id, c.label) for c in columns if not tables.sheet.get("unit", THIS, c.id).strip()]
    else:
        known = tables.annexes.places
        empty = [
            (c, label)
            for c, label in _FILLED_IN
            if FactKey("unit", THIS, c) in known and not tables.sheet.get("unit", THIS, c)
        ]
    if empty:
        names = "、".join(label for _, label in empty)
        keys = (FactKey("unit", THIS, column) for column, _ in empty)
        yield tables.finding("J17", HINT, f"没有填写：{names}", *keys, all_wrong=True)
    if tables.annexes is not None and not tables.annexes.unit_name and tables.annexes.has(ANNEX2):
        yield tables.finding(
            "J17",
            HINT,
            "表中没有填写预算单位名称",
            places=[(r.start, r.body) for r in tables.annexes.regions[:1]],
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
        yield tables.finding(
            "R13t", HINT, "表中留有“……”等未处理的占位内容", places=tables.annexes.residue, all_wrong=True
        )


@table_check("R17a", "年初预算与全年预算", of_words=True)
def large_adjustment(tables: Tables) -> Iterator[Finding]:
    """全年预算 far from 年初预算 (more than 30 %), and no note or sentence that says why."""
    for scope in ("", *tables.sheet.projects()):
        table = scoped("annex3_funds", scope) if scope else "annex2_funds"
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
        words = f"{'增加' if change > 0 else '减少'}{show_amount(abs(change).quantize(Decimal('0.01')))}%"
        message = f"{tables.form_name(scope)}年初预算{show_amount(initial)}万元，全年预算{show_amount(adjusted)}万元，"
        message += f"{words}，没有说明调整原因"
        yield tables.finding(
            "R17a", CHECK, message, *(FactKey(table, "total", c) for c in ("initial", "adjusted"))
        )
