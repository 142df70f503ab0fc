"""R5: opening balance + income − spending = closing balance."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from desktop.audit.finding import CHECK, ERROR, Finding
from desktop.audit.text.budget_figures import is_change
from desktop.audit.text.mentions import Quantity
from desktop.audit.text.near_misses import is_near_miss, is_swap
from desktop.audit.text.reading import Reading
from desktop.audit.text_audit import check
from desktop.domain.numbers import half_unit, show_short

DECOR = (
    r"(?:全年|本年度?|当年|年度|本期|部门|单位|本级|整体|收支|财政|决算|实际|总|共|各项|全部|合计|总计|总额|共计|数|额"
    r"|资金|完成|实现|发生|累计|形成|使用|取得|账面|的|[我本](?:[局办委院校站部镇乡村]|单位|部门)|可|为)*"
)
"""What may stand around 收入, 支出 or 结转 without making another figure of it."""
_CARRIED = r"(?:滚存|账面)?(?:财政拨款|资金)?(?:结转(?:和|及|与|、)?(?:资金)?(?:结余)?|结余(?:和|及|与|、)?(?:结转)?|未支出资金)"
_ROLES = {
    # `年初结转和结余`, `上年结余`, `含上年结转`: brought into the year.
    "opening": re.compile(
        rf"^(?:加上?|含|包括|其中|另有|动用|使用)?(?:年初|上年(?:度|末)?|期初|以前年度)(?:的)?{_CARRIED}{DECOR}$"
    ),
    # `年末结转和结余`, `结转下年使用资金`, `年末累计结转`.
    "closing": re.compile(
        rf"^(?:收支相抵后?)?(?:(?:年末|年底|期末|年终|本年末|当年末)(?:累计|形成|尚有)?(?:的)?{_CARRIED}"
        rf"|(?:年末)?(?:结转|转入)(?:至|到)?(?:下年度?|次年|下一年度?))(?:继续)?{DECOR}$"
    ),
    # `本年收入合计`, `全年总收入`, `收入总计…，其中本年收入`.
    "income": re.compile(rf"^(?:其中(?=[本当全]年))?{DECOR}收入{DECOR}$"),
    # `支出决算数`, `实际支出`.
    "spending": re.compile(rf"^(?:其中(?=[本当全]年))?{DECOR}(?:支出|开支){DECOR}$"),
    # `结余分配`, `提取专用基金`.
    "distribution": re.compile(r"结余分配）?$|^(?:按规定)?提取[^，。；]{0,6}基金$"),
    # `使用非财政拨款结余`: a reserve taken into the year.
    "reserve": re.compile(r"^(?:加)?使用(?:非财政拨款|专用)(?:结余|基金)"),
}
_TOTALS = re.compile(r"(?:收入|支出)总计|可用资金|可支配")
"""`收入总计` and `支出总计` of the official table hold what was carried over; others call the year's income so."""
_LAST_YEAR = re.compile(r"上年|去年|同期|比|较|与|预算")
_CLAUSE = 24
_FEW = 4
"""Ways to choose the four figures: one that holds among more of them may do so by chance, and proves nothing."""
_TAKEN_BACK = re.compile(r"收回|上缴|核销|核减|注销|调出|缴回|调减|收归|上交")
"""Money that left without being spent: where it is told, nobody can say what must be left."""
_STRONG = re.compile(r"全年|本年|当年|年度|总|合计|决算")
"""A bare `支出` may be any item's: it counts only where no figure is told as the year's."""
_GRANT = re.compile(rf"^{DECOR}(?:一般公共预算)?财政拨款收入{DECOR}$")
"""The income of a paragraph that tells no other."""
_OWNER = re.compile(
    r"^\d{1,2}(?:[.．]\d{1,2}){1,3}[、.．]?|^（?[一二三四五六七八九十\d]{1,2}[）、.．]|^[一-龥]{2,12}(?:局|委|办|院|中心|站|所|校|处|镇|乡|政府)(?=年初|年末|上年|本年|全年|收入|支出)"
)
"""`（二）年初结转`, `2.3 年初结转`, `清河县水利局收入合计`: a mark or a name before the figure."""
_YEAR = re.compile(r"(?:19|20)\d\d(?:(?=年[末初底终])|年度?(?![末初底终]))")
_QUOTES = str.maketrans("", "", "“”‘’")


def money_taken_back(reading: Reading) -> bool:
    """Whether some clause says so and does not deny it (`无财政收回资金`)."""
    flat = reading.text.flat
    return any(
        not re.search(r"[无未没不][^，。；]*$", flat[max(0, match.start() - 8) : match.start()])
        for match in _TAKEN_BACK.finditer(flat)
    )


class Roles(NamedTuple):
    """The figures of one balance; `holds` if the income already holds the opening balance."""

    opening: Quantity
    income: Quantity
    spending: Quantity
    closing: Quantity
    distributed: Decimal
    reserve: Decimal
    holds: bool

    def right(self) -> dict[str, Decimal]:
        """What each figure would have to be for the balance to hold."""
        opening, income, spending, closing = (q.money or Decimal(0) for q in self[:4])
        if self.holds:
            opening = Decimal(0)
        less = self.distributed - self.reserve
        return {
            "closing": opening + income - spending - less,
            "spending": opening + income - closing - less,
            "income": closing + spending + less - opening,
            **({} if self.holds else {"opening": closing + spending + less - income}),
        }

    def gap(self) -> Decimal:
        return self.right()["closing"] - (self.closing.money or Decimal(0))

    def holds_up(self) -> bool:
        slack = sum((half_unit(max(q.money_decimals, 2)) for q in self[:4]), Decimal(0))
        rough = max(half_unit(q.money_decimals) for q in self[:4])
        return abs(self.gap()) <= max(slack, rough)


@check("R5", "收支结余不平衡")
def balance(reading: Reading) -> Iterator[Finding]:
    """The four figures of one paragraph; where none has all four, those that the whole text tells.

    Income that already holds the opening balance (`收入总计（含上年结转）`) is not added to it; a 总计 may or may not.
    Silent where a figure is missing or told with values of which one makes the balance hold, and where money was
    taken back. 错误 with the figure whose repair is the smallest: one digit, else the closing balance, which is
    reckoned from the others.
    """
    told = False
    for entries in reading.entries_by_paragraph.values():
        figures = figures_by_role(reading, [e.quantity for e in entries])
        if all(figures[role] for role in ("opening", "income", "spending", "closing")):
            told = True
            yield from _judge(reading, figures)
    if not told:
        yield from _judge(reading, figures_by_role(reading, reading.quantities))


def figures_by_role(reading: Reading, quantities: list[Quantity]) -> dict[str, list[Quantity]]:
    """The amounts of each role of the report's year, changes and shares of a fund left out."""
    figures: dict[str, list[Quantity]] = {role: [] for role in _ROLES}
    for quantity in quantities:
        if quantity.money is None or quantity.approximate or is_change(quantity):
            continue
        label = full_label(reading, quantity)
        # `提取职工福利基金（结余分配）6.80万元`: behind a bracket a label begins anew.
        label = label or reading.text.words_before(quantity.start, "，。；：", _CLAUSE)
        if len(label) > 24:
            continue
        words = _OWNER.sub("", label)
        role = next((name for name, pattern in _ROLES.items() if pattern.search(words)), None)
        # A year before the report's: last year's closing balance is told as such, and opens no question here.
        if role is None or (
            quantity.year is not None and reading.year is not None and quantity.year < reading.year
        ):
            continue
        before = reading.text.flat[max(0, quantity.label_start - 8) : quantity.label_start].rpartition("。")[
            2
        ]
        if role in ("income", "spending", "closing") and _LAST_YEAR.search(
            label + before.rpartition("，")[2]
        ):
            continue
        figures[role].append(quantity)
    for role in ("income", "spending"):
        strong = [q for q in figures[role] if _STRONG.search(full_label(reading, q))]
        figures[role] = strong or figures[role]
    if not figures["income"]:
        incomes = [q for q in quantities if q.money is not None and re.search("收入|拨款$", q.label)]
        if len(incomes) == 1 and _GRANT.search(full_label(reading, incomes[0])):
            figures["income"] = incomes
    return figures


def full_label(reading: Reading, quantity: Quantity) -> str:
    """The label with what leads into it (`全年`, `本年`), and `2023年末` as 年末: both tell these figures apart."""
    words = reading.text.flat[quantity.label_start : quantity.start].translate(_QUOTES)
    at = words.find(quantity.label) if quantity.label else -1
    words = words[: at + len(quantity.label)] if at >= 0 else words
    return _YEAR.sub("", words)


def _judge(reading: Reading, figures: dict[str, list[Quantity]]) -> Iterator[Finding]:
    if not figures["opening"] or not figures["closing"]:
        return
    choices = [_choices(reading, figures[role]) for role in ("opening", "income", "spending", "closing")]
    if not all(choices) or any(len(choice) > 3 for choice in choices):
        return
    each = {q.money or Decimal(0) for q in figures["distribution"]}
    reserve = sum({q.money or Decimal(0) for q in figures["reserve"]}, Decimal(0))
    tries = [
        Roles(opening, income, spending, closing, distributed, reserve, holds)
        for distributed in {sum(each, Decimal(0)): None, **dict.fromkeys(sorted(each))}
        for opening in choices[0]
        for income in choices[1]
        for spending in choices[2]
        for closing in choices[3]
        for holds in _holding(reading, opening, income)
    ]
    right = next((roles for roles in tries if roles.holds_up()), None)
    if right is not None:
        if len(tries) <= _FEW:
            terms = right[1:4] if right.holds else right[:4]
            # `结余分配14.83万元` and elsewhere 14.38: only the one that makes the balance hold is proved by it.
            alone = [q for q in figures["distribution"] if q.money == right.distributed]
            reading.holds("R5", *terms, *(alone or figures["distribution"]), *figures["reserve"])
        return
    yield _unbalanced(reading, tries[0], sure=len(tries) == 1 and not money_taken_back(reading))


def _choices(reading: Reading, quantities: list[Quantity]) -> list[Quantity]:
    """Each value once, the one told most often first; where 总计 and the year's own figure differ, the year's own."""
    often = Counter(q.money for q in quantities)
    own = [q for q in quantities if not _TOTALS.search(full_label(reading, q))]
    firsts = {q.money: q for q in reversed(own or quantities)}
    ranked = sorted(firsts.values(), key=lambda q: (-often[q.money], q.start))
    return [q for q in ranked if often[q.money] == often[ranked[0].money]]


def _holding(reading: Reading, opening: Quantity, income: Quantity) -> tuple[bool, ...]:
    """Whether the income holds the opening balance: yes where a bracket says so, either way for a 总计."""
    between = reading.text.flat[income.end : opening.end]
    if (
        opening.start > income.end
        and re.match(r"[，（]?(?:其中)?[：]?(?:含|包括|包含|其中)", between)
        and "。" not in between
    ):
        return (True,)
    words = reading.text.flat[income.label_start : income.start]
    return (False, True) if _TOTALS.search(words) else (False,)


def _unbalanced(reading: Reading, roles: Roles, *, sure: bool) -> Finding:
    figures = {
        "closing": roles.closing,
        "opening": roles.opening,
        "income": roles.income,
        "spending": roles.spending,
    }
    right = roles.right()
    near = [
        name
        for name, q in figures.items()
        if name in right and is_near_miss(q.money or Decimal(0), right[name], max(q.money_decimals, 2))
    ]
    wrong = near[0] if len(near) == 1 else "closing"
    unique = len(near) <= 1
    money = {name: show_short(q.money, 4) for name, q in figures.items()}
    first = (
        f"收入{money['income']}（含年初结转）"
        if roles.holds
        else f"年初结转{money['opening']}＋收入{money['income']}"
    )
    less = f"－结余分配{show_short(roles.distributed, 4)}" if roles.distributed else ""
    message = f"{first}－支出{money['spending']}{less}＝{show_short(right['closing'], 4)}万元，文中年末结转为{money['closing']}万元"
    if wrong != "closing":
        message += f"；{figures[wrong].label}像是{show_short(right[wrong], 4)}万元之误"
    places = [figures[wrong], *(q for name, q in figures.items() if name != wrong)]
    spans = [q.place for q in places]
    opening, income, spending, closing = (q.money or Decimal(0) for q in roles[:4])
    # To the last digit: what was short was added, the distribution or the opening forgotten, or two digits exchanged.
    explained = closing in (opening - income + spending, opening + income - spending, income - spending)
    explained |= any(is_swap(figures[name].money or Decimal(0), right[name]) for name in near)
    sure = (sure or explained) and right[wrong] >= 0
    expected = in_unit(right[wrong], figures[wrong]) if sure and unique else ""
    return reading.finding("R5", ERROR if sure else CHECK, message, *spans, expected=expected)


def in_unit(money: Decimal, like: Quantity) -> str:
    """An amount in 万元 written in the unit of the figure it replaces."""
    if like.unit == "元":
        return f"{show_short(money * 10000, 4)}元"
    return f"{show_short(money, 4)}万元"
