"""Numbers in running text: value, unit, the label in front of them, the year they are of."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from decimal import Decimal

from desktop.audit.text.flat_text import Sentence, Text
from desktop.domain.numbers import half_unit, show_short

MONEY = {
    "万元": Decimal(1),
    "万": Decimal(1),
    "元": Decimal("0.0001"),
    "亿元": Decimal(10000),
    "亿": Decimal(10000),
}
"""Unit -> how many 万元 one of it is."""
PERCENT = "%"
_COUNTERS = (
    # What reports count: `35人次`, `12处`, `1.2万亩`. The longer before its beginning (人次 before 人).
    "人次|批次|车次|剂次|册次|台次|户次|课时|学时|平方米|平方公里|公里|公斤|千克|人|名|个|起|次|轮|场|件|家|处|座|辆|台|份|条"
    "|块|项|户|亩|吨|套|篇|期|支|只|所|间|例|宗|公顷|天|小时|分|岁|册|卷|页|株|头|张|米|枚|立方米|班次|架次|床日"
    "|人份|栋|幢|盏"
    # At the end of a clause only: `结婚1,426对、离婚613对`, but `对口`, `口径`, `批复`, `班子`, `门类`.
    "|(?:[批对具口笔班门组首棵幅艘盒斤种]|站|村)(?=[，。；、（）和及]|$)"
)
_QUANTITY = re.compile(
    # `1,234.5` or `12`; not the tail of `G107`, `A4`, `2-3` or of a longer number.
    r"(?=\d)(?<![\d.A-Za-z－-])(?P<digits>\d{1,3}(?:,\d{3})+|\d+)(?P<fraction>\.\d+)?"
    # `20余人`, `30万元余`; a bare 万 is money only at the end of a clause (`支出3.1万，`): else a thing follows
    # (`3.1万株`).
    r"(?P<over>余|多)?(?P<unit>个百分点|万元|亿元|元|万(?=[，。；、）：]|$)|亿(?!人)|%|‰|"
    + rf"万?(?:{_COUNTERS})"  # `18.0万人次`: counted in ten thousands
    # `30万元多`, but `30万元多支出5万元`: there 多 begins the change.
    + r")?(?P<over_unit>余|多(?![支收出于用\d]))?"
)
_YEAR = re.compile(r"(?=[12])(?<!\d)(?P<year>(?:19|20)\d{2})年(?:度)?(?!\d{1,2}月)")
"""`2023年度`; not `2023年12月`, whose year is that of a day, not of a figure."""
_DECLARED = re.compile(
    r"(?<![一-龥])(?:金额|计量|货币)?单位(?:均)?(?:：|为)(?:人民币)?(?P<unit>万元|亿元|元)(?![一-龥])"
    r"|（(?:金额)?(?:均为|均以)?(?P<unit2>万元)(?:计)?）$"
)
"""`（单位：万元）`, `金额单位为万元`, `二、预算执行（万元）`: for what is told without a unit below it."""
_NOUN = re.compile(
    r"(?:收入|支出|预算|决算|拨款|经费|费|资金|结转|结余|采购|合计|补助|工资福利|服务|资产|追加|调增|安排|执行|小计|总计)[数额]?$"
)
"""A label that ends so is of an amount; `得分`, `面积` are none."""
_CENTS = 2
"""Characters: the point and one digit are no amount that needs no unit (`9.5`)."""
_NUMBER_IN_NAME = "年月日、.．〕号届版代级线楼室省市"
"""`5月`, `〔2022〕12号`, `14届`, `2级`, `3楼`, and `1、` of a list: a number before these counts nothing."""
_BRACKETS = re.compile("（*")
"""`（3）` at the start of a sentence: all that stands before the number of a list."""
_BEFORE_NUMBER_IN_NAME = ("〔", "第", "G", "S", "×", "*")
"""`〔2022`, `第3`, `G 107`, `×100`: a document's year, an ordinal, a road, a factor of a formula."""
_LABEL_ENDS = "，。；：、！？（）《》—,=×÷"
"""A label begins behind the last of these: `其中：公务接待费3万元`."""
_QUOTES = str.maketrans("", "", "“”‘’")
_SMALL_BRACKET = re.compile(r"（[^（）\d]{1,3}）")
"""Part of a name: `因公出国（境）费`, `维修（护）费`."""
_CONNECTORS = re.compile(
    # What ties a label to its number and is no part of the name: `公务接待费共计为3万元` -> 公务接待费.
    r"(?:共计|合计|总计|总数|总额|金额|累计|分别|实际|达到|大约|约为|约|近|超过|仅|仅为|各|均|均为|共|为|是|达|有|了|到|至|完成|计|约计|额)+$"
)
_LEADING = re.compile(
    # What leads into a name: `其中我局本年度公务接待费` -> 公务接待费.
    r"^(?:其中|分别为|分别是|包括|主要包括|主要为|一是|二是|三是|四是|五是|同时|另外|此外|截至|今年|本年度?|全年|当年|"
    r"我局|我单位|本单位|本部门|我办|我中心|单位|部门|的|和|及|与)+"
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """One number with its unit. `label_start` is where the words before it begin (after the last sign)."""

    start: int
    end: int
    value: Decimal
    unit: str
    decimals: int
    label: str
    label_start: int
    sentence: int
    year: int | None
    approximate: bool
    money: Decimal | None = field(init=False)
    """The amount in 万元, None if it is no money; reckoned once, for the rules ask for it by the thousand."""

    def __post_init__(self) -> None:
        factor = MONEY.get(self.unit)
        object.__setattr__(self, "money", None if factor is None else self.value * factor)

    @property
    def place(self) -> tuple[int, int]:
        """With its label."""
        return self.label_start, self.end

    @property
    def money_decimals(self) -> int:
        """Digits after the point once in 万元."""
        if self.unit == "元":
            return self.decimals + 4
        return max(self.decimals - 4, 0) if "亿" in self.unit else self.decimals

    @property
    def tolerance(self) -> Decimal:
        """Half a unit of the last digit shown, in the unit written."""
        return half_unit(self.decimals)


def amount_of(quantity: Quantity) -> Decimal:
    """In 万元 if it is money, else as it is counted."""
    return quantity.value if quantity.money is None else quantity.money


def unit_of(quantity: Quantity) -> str:
    """That of `amount_of`."""
    return quantity.unit if quantity.money is None else "万元"


def with_unit(quantity: Quantity) -> str:
    """As it is written: `24.36万元`, `5.5%`."""
    return f"{show_short(quantity.value, 6)}{quantity.unit}"


def same_kind(one: Quantity, other: Quantity) -> bool:
    """Both money, or both counted in one unit: only then can one be a part of the other."""
    if one.money is None and other.money is None:
        return one.unit == other.unit
    return one.money is not None and other.money is not None


def quantities(text: Text) -> list[Quantity]:
    """Every number of the text that is neither a year, a date, a list number nor part of a name."""
    numbers: list[Quantity] = []
    bare = ""
    for number, sentence in enumerate(text.sentences):
        declared = _DECLARED.search(sentence.text)
        bare = (declared["unit"] or declared["unit2"]) if declared else bare
        numbers += _of_sentence(sentence, number, bare)
    return numbers


def _of_sentence(sentence: Sentence, number: int, bare: str = "") -> list[Quantity]:
    """`bare` is the unit of amounts that are told without one."""
    years = [(m.start(), int(m["year"])) for m in _YEAR.finditer(sentence.text)]
    numbers: list[Quantity] = []
    last = 0
    for match in _QUANTITY.finditer(sentence.text):
        if _is_no_quantity(sentence.text, match):
            continue
        label_start, label = _label(sentence.text, last, match.start())
        told = bisect_left(years, (match.start(),))
        value = Decimal(match["digits"].replace(",", "") + (match["fraction"] or ""))
        numbers.append(
            Quantity(
                start=sentence.start + match.start(),
                end=sentence.start + match.end(),
                value=value,
                unit=match["unit"] or (bare if bare and _is_amount(sentence.text, match, label) else ""),
                decimals=len(match["fraction"] or ".") - 1,
                label=label,
                label_start=sentence.start + label_start,
                sentence=number,
                year=years[told - 1][1] if told else None,
                approximate=bool(match["over"] or match["over_unit"]),
            )
        )
        last = match.end()
    return numbers


def _is_amount(text: str, match: re.Match[str], label: str) -> bool:
    """`决算收入3133.1995` where 单位：万元 was said above: a noun before it, and digits behind the point."""
    named = _NOUN.search(_SMALL_BRACKET.sub("", label)) or (
        not label and text[match.start() - 1 : match.start()] == "）"
    )
    return len(match["fraction"] or "") > _CENTS and bool(named)


def _is_no_quantity(text: str, match: re.Match[str]) -> bool:
    """Years, days, list numbers at the start of a sentence, numbers of documents, roads and formulas.

    A number at the very end of the text has nothing behind it and, without a unit, counts nothing either.
    """
    after = text[match.end() : match.end() + 1]
    if not match["unit"] and after in _NUMBER_IN_NAME:
        return True
    list_number = after in "、.．）" and _BRACKETS.fullmatch(text, 0, match.start())
    if list_number or text.endswith(_BEFORE_NUMBER_IN_NAME, 0, match.start()):
        return True
    return not match["unit"] and after in "+-/：:"  # `12+1`, `3/5`, `9：30`


def _label(text: str, last: int, start: int) -> tuple[int, str]:
    """The words from the last sign or number up to this number, without 为, 共计 and the like."""
    plain = _SMALL_BRACKET.sub(lambda m: "x" * len(m.group()), text[last:start])
    at = last + max(map(plain.rfind, _LABEL_ENDS)) + 1
    words = _CONNECTORS.sub("", text[at:start].translate(_QUOTES))
    # A label that a colon or a bracket parted from its number: `（在职：86人`.
    if not words and at > last and text[at - 1] in "：（":
        return _label(text, last, at - 1)
    words = _YEAR.sub("", words)
    cut = _LEADING.match(words)
    return at, words[cut.end() :] if cut else words
