"""R7s: one figure told twice, the second time with a slip of the hand."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations

from desktop.audit.finding import CHECK, ERROR, Finding
from desktop.audit.text.near_misses import is_slip, telling_digits
from desktop.audit.text.reading import Reading
from desktop.audit.text.roles import Entry
from desktop.audit.text_audit import check

_TELLING = 5
"""Digits without the noughts at the end: of two amounts with so many, one slip apart is no chance."""
_MOST = 40
"""Values of one noun that are held against one another."""


@check("R7s", "同一个数写成了两个")
def slipped(reading: Reading) -> Iterator[Finding]:
    """`支出合计2874.36万元` and later `支出决算2847.36万元`: amounts of one noun and stage that one slip parts.

    错误 where two neighbouring digits are swapped, else 核实. Silent where the years differ, and where each of the
    two is told more than once.
    """
    for entries in reading.levels_by_measure.values():
        by_amount: dict[Decimal, list[Entry]] = {}
        for entry in entries:
            if entry.quantity.money and entry.quantity.year in (None, reading.year):
                by_amount.setdefault(entry.amount, []).append(entry)
        for one, other in combinations(list(by_amount.values())[:_MOST], 2):
            if min(len(one), len(other)) == 1 and _is_slip(one[0], other[0]):
                often, once = (one[0], other[0]) if len(one) >= len(other) else (other[0], one[0])
                swapped = sorted(telling_digits(often)) == sorted(telling_digits(once))
                message = f"“{once.quantity.label}”{once.shown}与“{often.quantity.label}”{often.shown}只差一笔，像是一个数写成了两个"
                yield reading.finding("R7s", ERROR if swapped else CHECK, message, once.place, often.place)


def _is_slip(one: Entry, other: Entry) -> bool:
    return min(len(telling_digits(one)), len(telling_digits(other))) >= _TELLING and is_slip(one, other)
