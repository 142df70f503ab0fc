"""What part a number plays in its sentence: a level, a change, a rate of growth, the figure compared with.

One entry a number, with its key so far as the text says it: measure (the noun), stage, whether it is last year's.
What the text does not say is '' or False and fits everything.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property

from desktop.audit.text.budget_figures import ADJUSTED, FINAL, INITIAL
from desktop.audit.text.flat_text import Text
from desktop.audit.text.measures import measure_of
from desktop.audit.text.mentions import PERCENT, Quantity, amount_of, with_unit
from desktop.domain.numbers import half_unit

MILLION = 10**6

LEVEL, CHANGE, POINTS, GROWTH, RATE = "level", "change", "points", "growth", "rate"
"""An amount or count; how far it moved; a movement in 百分点; a movement in percent; any other percentage."""

_UP = r"增加|延长|拉长|增长|增收|增支|上升|提高|高出|上涨|多支出|多支|多收|多出|追加|调增|核增|净增|超支|超出|扩大|增|升|多|(?<![正副])高"
_DOWN = (
    r"减少|下降|降低|压降|(?<![高气血水电])压(?=$|了)|减收|减支|低出|缩减|压减|压缩|缩短|少支出|少支|少收|少用|节约|节省|节支|核减|调减|净减|回落|缩小"
    r"|减|降|少|低"
)
_CHANGE = re.compile(
    # `同比增加`, `净增加了`, `少支出`, `节约额为`; not `增至`, `减少到`, whose number is the new level.
    rf"(?:(?P<up>{_UP})|(?P<down>{_DOWN}))(?:收入|支出|预算|经费|资金|数|花|用|付)?(?:了|额度?|幅度?|金额|数额|共计|为|是|约|近)*$"
)
_GROWTH = re.compile(
    # Before a percentage: `增长`, `增幅为`, `同比下降幅度`, `变动率`, `增减率`.
    rf"(?:(?P<up>{_UP}|增速|增幅)|(?P<down>{_DOWN}|降幅|减幅)|变动率|变化率|增减率|减少率|(?:调整|增减|变动)幅度)(?:比例|比率|率|了|幅度?|为|是|约|近|达)*$"
)
_COMPARED = re.compile(
    # `比上年的`, `较2022年决算数`, `与上年决算`, `同去年`: the number behind them is what is compared with. 与 and 同
    # stand in names too (`文化旅游体育与传媒支出`), so they must say with what.
    r"(?<![对可])(?:(?:比|较|相比|对比)(?!例|重|率|比|[多少]|为)|(?:与|同)(?=上年(?!结转|结余|同[为是])|去年|20\d\d年|年初|预算|上一年))[^，。；：]{0,24}$"
)
_LAST_YEAR = re.compile(
    r"上年(?!结转|结余|末|同[为是]|[^，。；]{0,8}结[转余])|去年|上一年|上年度(?!结转|结余)|上期|同期|年初(?!预算|部门|安排|批|数|计划|下达|[^，。；]{0,8}结)|期初"
)
_THAN = re.compile(
    r"(?:对比|比|较|与|同|相比)(?:20\d\d年(?:度|末|底|初)?|上年度?|上一年度?|去年|同期|年初)*(?:的|预算|部门|决算|支出|收入|执行|批复|安排|下达|数|年初|同期|相比|口径)*"
)
"""`基本支出较上年决算数` -> 基本支出."""
_REASON = re.compile(r"^(?:因|由于|经)[^，。；]{2,16}?(?=调整|追加|调增|调减|增加)")
"""`因上级专款下达调整为`: why, and no noun."""
_NAME_IN_BRACKET = 6
"""Characters: `与上年（收入合计13,794,258.30元）相比`."""
_CLAUSE = 30
"""Characters of the clause before the bracket."""
_ENDS_AS_FIGURE = re.compile(r"(?:年度?|上年|去年|决算数?|预算数?|支出|收入)$")
_FROM = re.compile(r"(?:由|从)[^，。；]{0,10}$")
_TO = re.compile(
    r"^(?:增|降|减|升|提高|上升|下降|上涨|压缩|压减|缩短|调整|变更?)[^，。；]{0,6}(?:到|至|为)[^，。；]{0,6}$"
)
"""`由20万元增至25万元`: the old figure and the new one."""
_NO_RATE = re.compile(r"占|比重|比例")
_BUDGET = re.compile(r"预算|计划|年初(?:数|安排|批复|下达)|批复")
_OUTCOME = re.compile(r"决算|实际|执行(?!预算)|完成|支付|列支|实支|开支|发生")
_PUBLIC_BUDGET = re.compile(
    r"(?:一般公共|政府性?基金|国有资本经营|公共)预算|预算(?:内|外|单位|收入|支出(?!数?预算))"
)
"""`一般公共预算财政拨款`, `预算支出`: 预算 is part of the name of an actual figure."""
_ADJUSTED = re.compile(
    r"调整后|调整预算|全年预算|预算调整|追加后|变更后|[调追](?:整|增|加|减)(?:为|到|至)|预算总?指标|预算数?[^，。；]{0,4}(?:变|增至|增加到|增加至|调整为|调减为)"
)


@dataclass(frozen=True)
class Entry:
    """A number with its part in the sentence. `words` stand before it since the last sign or number."""

    quantity: Quantity
    words: str
    role: str
    way: int
    compared: bool
    old: bool
    depth: int

    @cached_property
    def amount(self) -> Decimal:
        """In 万元 if it is money, else as it is counted."""
        return amount_of(self.quantity)

    @cached_property
    def millionths(self) -> int:
        """The amount in whole millionths, in which it is quick to add: `1,234.56元` is 0.123456万元."""
        return int(self.amount * MILLION)

    @cached_property
    def slack_millionths(self) -> int:
        return int(self.slack * MILLION)

    @property
    def decimals(self) -> int:
        """Digits behind the point of `amount`."""
        return self.quantity.money_decimals if self.quantity.money is not None else self.quantity.decimals

    @cached_property
    def start(self) -> int:
        return self.quantity.start

    @cached_property
    def end(self) -> int:
        return self.quantity.end

    @property
    def with_unit(self) -> str:
        """As it is written: `24.36万元`, `5.5%`."""
        return with_unit(self.quantity)

    @property
    def place(self) -> tuple[int, int]:
        return self.quantity.place

    @cached_property
    def slack(self) -> Decimal:
        """Half a unit of the last digit shown, in 万元; 0 for what is counted or shown whole: `83万元` is 83.00."""
        if self.quantity.money is None:
            return Decimal(0) if self.quantity.decimals == 0 else half_unit(self.quantity.decimals)
        if "亿" in self.quantity.unit:
            return half_unit(self.quantity.decimals) * 10000 if self.quantity.decimals else Decimal(0)
        return half_unit(self.quantity.money_decimals or 2)

    @cached_property
    def measure(self) -> str:
        """The noun the number is of; '' where it inherits one."""
        if _TO.search(self.words):
            return ""  # `由20万元降至18万元`: of what the first figure is
        words = _CHANGE.sub("", self.words) if self.role == CHANGE else self.words
        than = _COMPARED.search(words) if self.compared else None
        if (
            than is not None and than.start()
        ):  # `与2022年末在编91人相比` begins with it, and names the noun behind
            words = words[: than.start()]  # `总收入比上年决算数`: what stands behind 比 says only of when
        if self.role in (GROWTH, POINTS):
            words = _GROWTH.sub("", _CHANGE.sub("", words))
        return measure_of(_THAN.sub("", _REASON.sub("", words)))

    @cached_property
    def stage(self) -> str:
        """年初预算, 全年预算 or 决算; '' where it is not said."""
        words = _PUBLIC_BUDGET.sub("", self.words)
        if _ADJUSTED.search(words):
            return ADJUSTED
        if _BUDGET.search(words) and not _OUTCOME.search(words):
            return INITIAL
        return FINAL if _OUTCOME.search(words) or "支出" in words else ""

    @property
    def is_budget(self) -> bool:
        return self.stage in (INITIAL, ADJUSTED)

    @cached_property
    def kind(self) -> str:
        """What may be added: all money, people, each counter by itself."""
        if self.quantity.money is not None:
            return "money"
        return "人" if self.quantity.unit in ("人", "名") else self.quantity.unit


def distinct(told: Iterable[Entry]) -> list[Entry]:
    """The first of each amount, in order."""
    by_amount: dict[Decimal, Entry] = {}
    for entry in told:
        by_amount.setdefault(entry.amount, entry)
    return list(by_amount.values())


def the_only(told: Iterable[Entry]) -> Entry | None:
    """The one amount that is told, however often; None of none and of several."""
    found = distinct(told)
    return found[0] if len(found) == 1 else None


def sum_of(entries: Iterable[Entry]) -> Decimal:
    """Their amounts added up."""
    return sum((e.amount for e in entries), Decimal(0))


def amounts_of(entries: Iterable[Entry]) -> list[Entry]:
    """Levels, and what was added or saved: `（1）增资追加30万元` is an item as well as `（1）增资30万元`."""
    return [e for e in entries if (e.role == CHANGE and e.quantity.unit) or levels_of([e])]


def levels_of(entries: Iterable[Entry]) -> list[Entry]:
    """The amounts and counts among them that may be a total or its part: no points, no estimates."""
    return [
        e
        for e in entries
        if e.role == LEVEL
        and e.quantity.unit
        and not e.quantity.approximate
        and e.quantity.unit not in ("分", "个百分点")
    ]


def entries(text: Text, quantities: Sequence[Quantity], year: int | None) -> list[Entry]:
    """One entry a number of the body, in order; `year` is the report's."""
    flat, depth, at = text.flat, 0, 0
    found: list[Entry] = []
    for quantity in quantities:
        sentence = text.sentences[quantity.sentence]
        if at < sentence.start:
            depth, at = 0, sentence.start
        between = flat[at : quantity.start]
        depth = max(depth + between.count("（") - between.count("）"), 0)
        at = quantity.start
        entry = _entry(text, year, quantity, flat[quantity.label_start : quantity.start], depth)
        if found and _TO.search(entry.words):
            # `由20万元增至25万元`, `总额4.57万元降为4.12万元`: right behind the figure that moved.
            beside = entry.words == flat[found[-1].end : entry.start] and found[-1].role == LEVEL
            if (entry.role == LEVEL and _FROM.search(found[-1].words)) or beside:
                found[-1] = replace(found[-1], compared=True, old=True)
                entry = replace(entry, role=LEVEL, way=0, words=found[-1].words) if beside else entry
        found.append(entry)
    return found


def _entry(text: Text, year: int | None, quantity: Quantity, words: str, depth: int) -> Entry:
    if text.flat.endswith("收、", 0, quantity.label_start):
        words = text.words_before(quantity.start, "，。；：", _CLAUSE)  # `2021年收、支总计各9万元`: one name
    role, way = _role(quantity, words)
    negative = -1 if text.flat[quantity.start - 1 : quantity.start] in ("-", "－") else 1
    level = role == LEVEL
    compared = level and bool(_COMPARED.search(_with_bracket(text, quantity, words)))
    old = level and (compared or _is_last_years(year, words))
    return Entry(quantity, words, role, way * negative, compared, old, depth)


def _with_bracket(text: Text, quantity: Quantity, words: str) -> str:
    """`与2022年度（7210.44万元）相比`: the words before a bracket that opens right before the number are its own."""
    at = quantity.label_start
    if text.flat[at - 1 : at] != "（" or len(words) > _NAME_IN_BRACKET:
        return words
    before = text.words_before(at - 1, "，。；：", _CLAUSE)
    return before if _ENDS_AS_FIGURE.search(before) and "）" not in before else words


def _role(quantity: Quantity, words: str) -> tuple[str, int]:
    words = words.rstrip("-－“”‘’")
    if quantity.unit == "个百分点":
        match = _CHANGE.search(words) or _GROWTH.search(words)
        return POINTS, _way(match)
    if quantity.unit in (PERCENT, "‰"):
        match = _GROWTH.search(words)
        return (GROWTH, _way(match)) if match and not _NO_RATE.search(words[match.start() :]) else (RATE, 0)
    match = _CHANGE.search(words)
    return (CHANGE, _way(match)) if match else (LEVEL, 0)


def _way(match: re.Match[str] | None) -> int:
    if match is None:
        return 0
    return 1 if match["up"] else -1 if match["down"] else 1


def _is_last_years(year: int | None, words: str) -> bool:
    """`上年决算为17.03万元`, `2022年三公决算27.15万元` in the report of 2023."""
    if _LAST_YEAR.search(words):
        return True
    return year is not None and f"{year - 1}年" in words
