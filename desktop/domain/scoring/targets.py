"""年度指标值 and 实际完成值 as people write them: operator, number and unit taken apart."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from desktop.domain.numbers import canonical, clean, parse_amount

BETWEEN = "介于"

# The look-alikes of ≥ and ≤ that input methods offer: `≧95%`, `＝0起`; and, below, `>=95%` typed with two keys.
_SIGNS = str.maketrans({"≧": "≥", "≦": "≤", "＝": "=", "⩾": "≥", "⩽": "≤", "﹥": ">", "﹤": "<", "﹦": "="})
_COMPOSED = ((">=", "≥"), ("=>", "≥"), ("<=", "≤"), ("=<", "≤"))
_WORDS = {
    # Both 不超过3起 and 不得超过3起 are limits; 达到 and 控制在 say the same in the words of a plan.
    "≥": "大于等于 大于或等于 高于或等于 不低于 不少于 不小于 至少 最少 达到",
    "≤": "小于等于 小于或等于 低于或等于 不高于 不超过 不得超过 不多于 不大于 至多 最多 控制在",
    ">": "大于 超过 高于 多于",
    "<": "小于 低于 少于",
    "=": "等于",
}
_PREFIXES = tuple((word, sign) for sign, words in _WORDS.items() for word in words.split())
_SUFFIXES = (("及以上", "≥"), ("以上", "≥"), ("及以下", "≤"), ("以下", "≤"), ("以内", "≤"), ("之内", "≤"))
"""`95%及以上`, `3次以内`; longer words first, or 及 would be left over as part of the unit."""
_LEADING = re.compile(r"^[≥≤=><\s]*")
"""`≥ 95`, and `≤≤15轮`, where the sign of the form's column was typed once more."""
_RANGE = re.compile(
    r"^(?:介于|在)?\s*(\d[\d.,]*)\s*(%?[^\d\s~～至—-]{0,6})\s*(?:~|～|至|到|—|-)\s*(\d[\d.,]*)\s*([^\d\s]{0,8}?)(?:之间)?$"
)
"""`5~10天`, `5%～10%`, `介于5至10之间`: the unit may stand behind the first number, too. Short, for a unit is."""
_ZERO = re.compile(r"^零(起|次|例|件|人|个|宗|事故|投诉|发生)?$")
"""`零起`, `零投诉`, but not `零距离服务`."""
_DAY = re.compile(
    r"(?<!\d)(?:(\d{4})\s*[年./-]\s*)?(\d{1,2})\s*月份?\s*(?:(\d{1,2})\s*[日号]?|([上中下])旬)?(?![\d个])"
)
"""`2023年5月31日`, `5月底前`, `6月上旬`, anywhere in a text; `3月2个` is two of something and no second of March."""
_PLAIN_DAY = re.compile(r"^(?:(\d{4})[./-])?(\d{1,2})[./-](\d{1,2})(?:之?前|以前)?$")
"""`2023-05-31`, `5.31前`."""
_QUARTER = re.compile(r"(?:(\d{4})年)?(?:第([1-4一二三四])|([一二三四]))季度")
"""`第二季度`, `2022年第4季度`; a bare `1季度` is the length of one."""
_YEAR_END = re.compile(r"^(?:(\d{4})年|今年|本年|当年)?年?(?:底|末|内|终)(?:之?前|以前)?(?:完成)?$")
"""`年底前`, `2024年内完成`; nothing else may stand there, for 年内 is in many sentences."""
_QUARTERS = {"一": 1, "二": 2, "三": 3, "四": 4}
_SHORT_DAY = re.compile(r"^\d+[./-]\d+$")
"""`5.31` may be a day only where a day is asked for; anywhere else it is a number."""
_LEAP_YEAR = 2024
"""A target is read without the report's year; in this one `2月29日` is a date, too."""
_LONGEST = 60
"""More text than this is a sentence, not a target to take apart."""

Period = tuple[dt.date, dt.date]


class Target(NamedTuple):
    """A target taken apart. `operator` '' where none was written; words and dates stand in `number`."""

    operator: str
    number: str
    unit: str
    repeated: bool = False
    """More than one operator stood there (`≤≤15轮`)."""

    @property
    def value(self) -> Decimal | None:
        """The number to compare with; `约20次` counts as 20, while `5月底前` is a date and no number."""
        amount = parse_amount(self.number)
        return amount.value if amount and (amount.approximate or not amount.unit) else None

    @property
    def bounds(self) -> tuple[Decimal, Decimal] | None:
        """Lower and upper bound of a target `介于`, in this order however they were written."""
        if self.operator != BETWEEN:
            return None
        low, _, high = self.number.partition("~")
        ends = [amount.value for amount in (parse_amount(low), parse_amount(high)) if amount]
        return (min(ends), max(ends)) if len(ends) == 2 else None

    def written(self) -> str:
        """As the official form shows it in one cell: `≥95%`, `5~10天`."""
        return ("" if self.operator == BETWEEN else self.operator) + self.number + self.unit


@lru_cache(maxsize=20_000)
def parse_target(text: str) -> Target:
    """`≥95%` -> (≥, 95, %); `不超过3起` -> (≤, 3, 起); words and dates stay in `number`. Never fails."""
    text = clean(text).translate(_SIGNS)
    if len(text) > _LONGEST:
        return Target("", text, "")
    for pair, sign in _COMPOSED:
        text = text.replace(pair, sign)
    leading, behind_signs = _leading_signs(text)
    as_written = Target(leading[:1], behind_signs, "", len(leading) > 1)
    if not _SHORT_DAY.match(behind_signs) and parse_period(behind_signs, _LEAP_YEAR):
        return as_written
    word, rest = _leading_word(behind_signs.replace("(含)", ""))  # `90%(含)以上`: ≥ contains it anyway
    between = _RANGE.match(rest)
    if between and not leading:
        low, unit, high, last = between.groups()
        if parse_amount(low) and parse_amount(high):
            return Target(BETWEEN, f"{low}~{high}", last or unit)
    second, rest = _leading_signs(rest)  # `不低于≥15轮`
    suffix, rest = _trailing_word(rest.removesuffix("完成"))  # `100%完成`
    amount = parse_amount("0" + rest[1:] if _ZERO.match(rest) else rest)
    if amount is None or amount.approximate:
        return as_written
    operators = leading + word + second
    return Target(operators[:1] or suffix, canonical(amount.value), amount.unit, len(operators) > 1)


def _leading_signs(text: str) -> tuple[str, str]:
    """The operators a text begins with (two where somebody typed two), and what follows them."""
    match = _LEADING.match(text)
    end = match.end() if match else 0
    return "".join(text[:end].split()), text[end:]


def _leading_word(text: str) -> tuple[str, str]:
    """`不超过3起` -> (≤, 3起). Longer words come first, so that 不低于 is not read as 低于."""
    for word, sign in _PREFIXES:
        if text.startswith(word):
            return sign, text[len(word) :].strip()
    return "", text


def _trailing_word(text: str) -> tuple[str, str]:
    """`3次以内` -> (≤, 3次)."""
    for word, sign in _SUFFIXES:
        if text.endswith(word):
            return sign, text.removesuffix(word).strip()
    return "", text


@lru_cache(maxsize=20_000)
def parse_period(text: str, year: int) -> Period | None:
    """First and last day of the one date in a text: a day `于5月24日完成`, a month `5月底前`, `年底前`.

    In `year` where the text names none. None where there is no date, or more than one.
    """
    text = clean(text)
    if len(text) > _LONGEST:
        return None
    try:
        plain = _PLAIN_DAY.match(text)
        if plain:
            day = dt.date(int(plain[1] or year), int(plain[2]), int(plain[3]))
            return day, day
        days, quarters, end = list(_DAY.finditer(text)), list(_QUARTER.finditer(text)), _YEAR_END.match(text)
        if len(days) + len(quarters) + bool(end) != 1:
            return None
        if days:
            return _period_of(days[0], year)
        if quarters:
            number = quarters[0][2] or quarters[0][3]
            last = 3 * (_QUARTERS.get(number) or int(number))
            return _months(int(quarters[0][1] or year), last - 2, last)
        return _months(int((end and end[1]) or year), 1, 12)
    except ValueError:
        return None


def _period_of(match: re.Match[str], year: int) -> Period:
    """Raises ValueError for a day no calendar has."""
    stated_year, month, day, third = int(match[1] or year), int(match[2]), match[3], match[4]
    if day:
        exact = dt.date(stated_year, month, int(day))
        return exact, exact
    first, last = _months(stated_year, month, month)
    thirds = {"上": (1, 10), "中": (11, 20), "下": (21, last.day)}
    start, end = thirds.get(third, (1, last.day))
    return first.replace(day=start), last.replace(day=end)


def _months(year: int, first: int, last: int) -> Period:
    if last == 12:
        return dt.date(year, first, 1), dt.date(year, 12, 31)
    return dt.date(year, first, 1), dt.date(year, last + 1, 1) - dt.timedelta(days=1)
