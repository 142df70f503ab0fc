"""R36f: points taken for each percentage point below a bar, where the rule says what a begun point counts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from desktop.audit.finding import ERROR, Finding
from desktop.audit.text.heading_numbers import Passage, passages
from desktop.audit.text.reading import Reading, Stretch
from desktop.audit.text.score_points import DEDUCTION, SCORE, WEIGHT, Point, points
from desktop.audit.text_audit import check
from desktop.domain.numbers import show_short

_NUMBER = r"\d{1,3}(?:\.\d{1,4})?"
_RULE = re.compile(
    rf"每(?:降低|低于?|下降|少)(?:目标值?|标准)?(?:1|一)(?:个百分点|%)[，]?扣(?P<each>{_NUMBER})分"
)
"""`每低1个百分点扣0.5分`."""
_BEGUN = re.compile(
    r"不[足满](?:1|一)个?(?:百分点|%)的?[，]?(?:(?P<counts>按|算|计|视为)(?:作|为)?(?:1|一)个|(?P<not>不计|不扣|舍去|忽略))"
)
"""`不足1个百分点按1个计`, `不足1个百分点不扣`: without these words nobody can say."""
_BAR = re.compile(rf"(?:目标值?(?:为|是)?|达到|不低于|≥|低于)(?P<rate>{_NUMBER})%")
_ACTUAL = re.compile(rf"(?:率|度|实际|完成值?)(?:为|达|仅)?(?P<rate>{_NUMBER})%")


@check("R36f", "每低一个百分点所扣的分算错", last=True)
def begun_points(reading: Reading) -> Iterator[Finding]:
    """Wrong: `目标95%，办结率92.98%，每低1个百分点扣1分，不足1个百分点按1个计，扣2分`: 2.02 points are three. Silent where the bar, the
    rate or what a begun point counts is not told just once in the paragraph."""
    for passage in passages(reading):
        rule = _RULE.search(passage.text) if "每" in passage.text else None
        begun = _BEGUN.search(passage.text) if rule else None
        if rule is None or begun is None:
            continue
        bars = [Decimal(m["rate"]) for m in _BAR.finditer(passage.text)]
        rates = [m for m in _ACTUAL.finditer(passage.text) if Decimal(m["rate"]) not in bars]
        if len(set(bars)) != 1 or len({m["rate"] for m in rates}) != 1:
            continue
        under = bars[0] - Decimal(rates[0]["rate"])
        if under <= 0:
            continue
        steps = under.to_integral_value(ROUND_CEILING if begun["counts"] else ROUND_FLOOR)
        yield from _judged(reading, passage, rates[0], under, steps, Decimal(rule["each"]))


def _judged(
    reading: Reading, passage: Passage, rate: re.Match[str], under: Decimal, steps: Decimal, each: Decimal
) -> Iterator[Finding]:
    told = points(passage.text, passage.start)
    taken = [p for p in told if p.kind == DEDUCTION and p.value is not None]
    got = [p for p in told if p.kind == SCORE and p.value is not None]
    weights = [p for p in told if p.kind == WEIGHT and p.value]
    right = steps * each
    why = f"低{show_short(under, 4)}个百分点，按{show_short(steps)}个计应扣{show_short(right, 3)}分"
    if len(taken) == 1:
        yield from _compared(reading, taken[0], right, f"{why}，写的是扣", passage, rate)
    elif not taken and len(got) == len(weights) == 1 and weights[0].value:
        rest = max(weights[0].value - right, Decimal(0))
        yield from _compared(
            reading, got[0], rest, f"{why}、得{show_short(rest, 3)}分，写的是得", passage, rate
        )


def _compared(
    reading: Reading, point: Point, right: Decimal, message: str, passage: Passage, rate: re.Match[str]
) -> Iterator[Finding]:
    if point.value == right:
        reading.holds("R36f", point, others=(Stretch(*passage.place_of(rate)),))
        return
    message = f"{message}{show_short(point.value or 0, 3)}分"
    places = point.place, passage.place_of(rate)
    yield reading.finding("R36f", ERROR, message, *places, expected=f"{show_short(right, 3)}分")
