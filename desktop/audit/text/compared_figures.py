"""Two figures that a sentence compares: which is the newer, which way it goes, and the words that say so."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from desktop.audit.finding import ERROR, Finding
from desktop.audit.text.mentions import Quantity
from desktop.audit.text.reading import Reading
from desktop.domain.numbers import show_short

UP, DOWN, EQUAL = 1, -1, 0
RISE = r"增加|增长|上升|提高|上涨|扩大|增|升"
FALL = r"减少|下降|降低|缩减|压减|减|降"
OPPOSITE = {
    "增加": "减少",
    "增长": "下降",
    "上升": "下降",
    "提高": "降低",
    "上涨": "下降",
    "扩大": "缩减",
    "增": "减",
    "升": "降",
    "减少": "增加",
    "下降": "增长",
    "降低": "提高",
    "缩减": "扩大",
    "压减": "增加",
    "减": "增",
    "降": "升",
}


class Pair(NamedTuple):
    """What a claim compares: the newer figure and the one it is measured against."""

    new: Quantity
    old: Quantity

    @property
    def way(self) -> int:
        gap = value_of(self.new) - value_of(self.old)
        return EQUAL if gap == 0 else UP if gap > 0 else DOWN


def value_of(quantity: Quantity) -> Decimal:
    return quantity.value if quantity.money is None else quantity.money


def alike(one: Quantity, two: Quantity) -> bool:
    """Of one kind, so that larger and smaller mean something."""
    return one.unit == two.unit or (one.money is not None and two.money is not None)


_BUDGET = re.compile(r"预算")
_OUTCOME = re.compile(r"决算|实际|支出|执行|实支|开支|完成|发生")


def is_budget(quantity: Quantity) -> bool:
    """`年初预算数`, `支出预算`; `完成预算` and `决算` are outcomes."""
    label = quantity.label.replace("一般公共预算", "").replace("政府性基金预算", "")
    return bool(_BUDGET.search(label)) and not re.search(r"决算|完成|执行|实际|[比较占]", label)


def is_outcome(quantity: Quantity) -> bool:
    """`支出决算`, `实际支出`."""
    label = quantity.label.replace("一般公共预算", "").replace("政府性基金预算", "")
    return bool(_OUTCOME.search(label)) and "预算" not in label and not re.search(r"上年|去年|[比较]", label)


def way_of(word: str) -> int:
    return UP if re.fullmatch(RISE, word) else DOWN


LAST_YEAR = re.compile(r"上年|去年|上一年")
SINCE = re.compile(r"上年|去年|上一年|年初|期初")
THAN = re.compile(
    r"(?:比|较|与|同)(?:上年|去年|上年度|20\d\d年度?|年初|预算)[^，。；：\d]{0,8}$|(?:比|较|与|同)$"
)


def pair_of(reading: Reading, told: list[Quantity], base: str) -> Pair | None:
    """The newer and the older of two amounts, or outcome and budget; None where their words do not say which."""
    one, two = told
    if base == "预算":
        if is_budget(one) and is_outcome(two):
            return Pair(two, one)
        return Pair(one, two) if is_outcome(one) and is_budget(two) else None
    if one.year and two.year and one.year != two.year:
        return Pair(one, two) if one.year > two.year else Pair(two, one)
    older = [bool(SINCE.search(words_of(reading, q))) for q in told]
    if older[0] == older[1]:
        return None
    return Pair(two, one) if older[0] else Pair(one, two)


def words_of(reading: Reading, quantity: Quantity) -> str:
    """What stands before a number since the last sign, with the verbs that its label leaves out."""
    return reading.text.flat[quantity.label_start : quantity.start]


def rounded_with_unit(quantity: Quantity) -> str:
    """As `with_unit` of `mentions`, with four decimals at the most."""
    return f"{show_short(quantity.value, 4)}{quantity.unit}"


def contradiction(reading: Reading, code: str, pair: Pair, place: tuple[int, int], word: str) -> Finding:
    """The finding that `word`, at the beginning of `place`, goes the other way than the pair."""
    right = OPPOSITE.get(word, "")
    rest = reading.text.flat[place[0] + len(word) : place[1]]
    message = f"{rounded_with_unit(pair.old)}到{rounded_with_unit(pair.new)}，应为“{right}”，文中写“{word}”"
    places = (pair.new.place, pair.old.place)
    return reading.finding(code, ERROR, message, place, *places, expected=right + rest)
