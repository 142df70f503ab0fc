"""R7n: a figure told again with a slip of the hand, and one converted into another unit."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from desktop.audit.finding import CHECK, ERROR, Finding
from desktop.audit.guesses import LARGEST, Story
from desktop.audit.text.measures import same_measure
from desktop.audit.text.near_misses import is_slip, telling_digits
from desktop.audit.text.reading import Reading
from desktop.audit.text.roles import Entry
from desktop.audit.text_audit import check
from desktop.domain.numbers import show_short

_TELLING, _TELLING_NAMED = 5, 4
"""Digits without the noughts at the end: two amounts of so many that a swap parts are one; of so many, where they
share a name."""
_SHARED = 3
"""Characters that two nouns have in common: `饮水维修养护` and `维修养护资金`."""
_SAME_AGAIN = re.compile(r"(?:折合|约合|合计?约|即|相当于|约为|约)(?:人民币)?$")
"""`286,300元（即28.63万元）`, `合计7,753,000元，折合775.3万元`."""
_ASIDE = 14
"""Characters between a figure and its conversion."""


@check("R7n", "同一个数前后写法不一", last=True)
def repeats(reading: Reading) -> Iterator[Finding]:
    """`三公经费决算142,386.50元` and elsewhere `142,836.50元`: an amount that nothing explains, and that a swap of two
    digits parts from another of the report. 错误 where both have one name or enough digits, else 核实.

    Silent where the amount is told in just that way more than once.
    """
    story = Story(reading)
    money = [
        e for e in reading.entries if e.quantity.money and e.amount < LARGEST and not e.quantity.approximate
    ]
    by_digits = defaultdict[str, list[Entry]](list)
    often = defaultdict[Decimal, int](int)
    for entry in money:
        by_digits["".join(sorted(telling_digits(entry)))].append(entry)
        often[entry.amount] += 1
    for entry in money:
        if story.is_explained(entry) or story.is_doubted(entry) or often[entry.amount] > 1:
            continue
        for other in by_digits["".join(sorted(telling_digits(entry)))]:
            if other.amount == entry.amount or not is_slip(entry, other) or story.is_doubted(other):
                continue
            named = _share_a_name(entry, other)
            if len(telling_digits(entry)) < (_TELLING_NAMED if named else _TELLING):
                continue
            story.doubt((entry, other))
            message = (
                f"“{entry.quantity.label}”{entry.shown}与“{other.quantity.label}”{other.shown}只差两位数字的次序，"
                "像是一个数写成了两个"
            )
            level = ERROR if named or story.is_explained(other) or often[other.amount] > 1 else CHECK
            yield reading.finding("R7n", level, message, entry.place, other.place)
            break


def _share_a_name(one: Entry, other: Entry) -> bool:
    if one.measure and other.measure and same_measure(one.measure, other.measure):
        return True
    a, b = one.quantity.label, other.quantity.label
    return any(a[at : at + _SHARED] in b for at in range(len(a) - _SHARED + 1))


@check("R7u", "换算前后不符", last=True)
def conversions(reading: Reading) -> Iterator[Finding]:
    """`合计7,753,000元，折合77.53万元`: a figure written again in another unit must be the same.

    错误 where only the point or one digit is wrong. Silent on any other gap: something else was meant.
    """
    for paragraph in reading.entries_by_paragraph.values():
        for first, again in pairwise(paragraph):
            if _says_again(reading, first, again):
                yield from _converted(reading, first, again)


def _says_again(reading: Reading, first: Entry, again: Entry) -> bool:
    between = reading.text.flat[first.end : again.start]
    other_unit = first.quantity.unit != again.quantity.unit
    money = (
        bool(first.quantity.money) and bool(again.quantity.money) and first.amount < LARGEST > again.amount
    )
    return money and other_unit and len(between) <= _ASIDE and bool(_SAME_AGAIN.search(between))


def _converted(reading: Reading, first: Entry, again: Entry) -> Iterator[Finding]:
    assert again.quantity.money is not None
    unit = again.amount / again.quantity.value
    if abs(first.amount - again.amount) <= again.quantity.tolerance * unit + first.slack:
        reading.holds("R7u", first.quantity, again.quantity)
        return
    shifted = telling_digits(first).startswith(telling_digits(again)) or telling_digits(again).startswith(
        telling_digits(first)
    )
    if shifted or is_slip(again, first):
        right = f"{show_short(first.amount / unit, 6)}{again.quantity.unit}"
        message = f"{first.shown}换算为{right}，文中写{again.shown}"
        yield reading.finding("R7u", ERROR, message, again.place, first.place, expected=right)
