"""R3p: 百分点 against the two rates they lie between."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations

from desktop.audit.finding import CHECK, ERROR, Finding
from desktop.audit.text.measures import same_measure
from desktop.audit.text.near_misses import is_near_miss
from desktop.audit.text.reading import Reading
from desktop.audit.text.roles import POINTS, RATE, Entry
from desktop.audit.text_audit import check
from desktop.domain.numbers import half_unit, show_short

_COMPARED = re.compile(r"上年|去年|20\d\d年|同期|目标|比|较")
_AIM = re.compile(r"不低于|不超过|力争|应")


_FROM_TO = re.compile(r"(?:变|降|升|提高|下降|上升|增加|减少)(?:为|到|至)")
_RULE = re.compile(r"每|不足|不满")
"""`每低1个百分点扣0.5分`: how points are given."""


@check("R3p", "百分点之差与两个率不符")
def points(reading: Reading) -> Iterator[Finding]:
    """`执行率96.61%，上年93.15%，提高3.46个百分点`: the two rates must differ by the points told."""
    for told in reading.entries_by_paragraph.values():
        for at, entry in enumerate(told):
            if entry.role != POINTS or _AIM.search(entry.words) or _RULE.search(entry.words):
                continue
            rates = [
                e
                for e in reversed(told[max(at - 6, 0) : at])
                if e.role == RATE and entry.quantity.sentence - e.quantity.sentence <= 1
            ][:3]
            stated = entry.quantity.value
            slack = half_unit(min([entry.quantity.decimals, *(r.quantity.decimals for r in rates)]))
            fitting = (p for p in combinations(rates, 2) if abs(_gap(*p) - stated) <= slack)
            right = next(fitting, None)
            if right is not None and _other_way(reading, entry, right):
                word = "下降" if entry.way > 0 else "上升"
                message = f"{right[1].with_unit}变为{right[0].with_unit}是{word}，文中写“{entry.words[-6:]}{entry.with_unit}”"
                yield reading.finding("R3p", ERROR, message, entry.place, expected=f"{word}{entry.with_unit}")
            elif right is not None:
                reading.holds("R3p", entry.quantity, *(e.quantity for e in right))
            elif len(rates) >= 2 and (
                _compared_rates(rates[1], rates[0]) or _is_slip(_gap(rates[1], rates[0]), entry)
            ):
                gap = show_short(_gap(rates[0], rates[1]), 4)
                message = (
                    f"{rates[1].with_unit}与{rates[0].with_unit}相差{gap}个百分点，文中写{entry.with_unit}"
                )
                places = (entry.place, rates[0].place, rates[1].place)
                sure = _compared_rates(rates[1], rates[0])
                level, expected = (ERROR, f"{gap}个百分点") if sure else (CHECK, "")
                yield reading.finding("R3p", level, message, *places, expected=expected)


def _other_way(reading: Reading, points: Entry, rates: tuple[Entry, ...]) -> bool:
    """`由31.6%变为29.8%，上升1.8个百分点`: from which rate to which is told."""
    new, old = rates
    between = reading.text.flat[old.end : new.start]
    if not points.way or not _FROM_TO.fullmatch(between) or not old.words.endswith(("由", "从")):
        return False
    return (new.quantity.value > old.quantity.value) != (points.way > 0)


def _gap(one: Entry, other: Entry) -> Decimal:
    return abs(one.quantity.value - other.quantity.value)


def _is_slip(gap: Decimal, entry: Entry) -> bool:
    """`93.4%，较目标90%高出3.7个百分点`: one digit from the gap of the two rates right before it."""
    return is_near_miss(entry.quantity.value, gap, entry.quantity.decimals)


def _compared_rates(one: Entry, other: Entry) -> bool:
    """`执行率96.61%。上年度执行率93.15%`: one noun, and one of the two is another year's."""
    words = one.words + other.words
    return same_measure(one.measure, other.measure) and bool(_COMPARED.search(words))
