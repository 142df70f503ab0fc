"""R2c: a change against the changes that are told as its parts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from desktop.audit.finding import CHECK, ERROR, Finding
from desktop.audit.lists.listings import CLOSED, SUMMED
from desktop.audit.sum_rules.sums_of_lists import fits, slack_of, slip_of
from desktop.audit.text.change_claims import changes_listed
from desktop.audit.text.mentions import unit_of
from desktop.audit.text.reading import Reading
from desktop.audit.text.roles import CHANGE, Entry
from desktop.audit.text_audit import check
from desktop.domain.chinese_numerals import from_count
from desktop.domain.numbers import show_short

_NET = re.compile(
    r"(?:上述|以上|这)?(?P<n>[两二三四五六])项(?:增减|影响|因素)*(?:相抵|抵消|合计|相加)后?，?(?:正好|恰好|共)?(?:净)?(?:增加|减少|增|减|多支|少支)$"
)
_CLAUSE = 30


@check("R2c", "各项增减之和与总增减不符")
def reasons(reading: Reading) -> Iterator[Finding]:
    """`比上年增加40万元，其中：调资增加30万元，追加专项10万元`: the changes told as parts must make the whole.

    错误 where nothing can have been left out (具体为) or 其中 makes more than the whole; 核实 where reasons do.
    """
    yield from _net_behind(reading)
    for parent, ways, stated in changes_listed(reading):
        shorter = (items[:n] for items in ways for n in range(len(items), 1, -1))
        fitting = next((items for items in shorter if _adds_up(parent, items)), None)
        if fitting is not None:
            reading.holds("R2c", parent.quantity, *(e.quantity for e in fitting))
            continue
        items = ways[0]
        total = _signed_sum(parent, items)
        gap = parent.amount - total
        slip = slip_of(parent, items) if total > 0 else []
        if total > 2 * parent.amount or (items[0].role != CHANGE and gap < -parent.amount / 2):
            continue  # what follows are figures of their own, no parts of the change
        mixed = len({e.way for e in items if e.role == CHANGE}) > 1
        if stated == SUMMED:
            level = ERROR
        elif stated == CLOSED:
            level = ERROR if slip else CHECK
        elif (gap < 0 and not mixed) or slip:
            level = CHECK
        else:
            continue
        unit = unit_of(parent.quantity)
        message = (
            f"{parent.quantity.label}{show_short(parent.amount, 6)}{unit}，所列各项合计{show_short(total, 6)}{unit}，"
            f"相差{show_short(abs(gap), 6)}{unit}"
        )
        yield reading.finding("R2c", level, message, parent.place, *(e.place for e in items))


def _net_behind(reading: Reading) -> Iterator[Finding]:
    """`甲减少118万元，乙减少12万元，丙增加62万元。上述三项增减相抵，净减68万元`: as many changes as the total says, each with its way."""
    for entries in reading.entries_by_paragraph.values():
        for at, total in enumerate(entries):
            match = (
                _NET.search(reading.text.words_before(total.start, "。；", _CLAUSE))
                if total.role == CHANGE
                else None
            )
            count = from_count(match["n"]) if match else 0
            changes = [e for e in entries[:at] if e.role == CHANGE and e.kind == total.kind and e.way][
                -count:
            ]
            if not count or len(changes) != count or changes[0].quantity.approximate:
                continue
            exact = sum((e.amount * e.way for e in changes), Decimal(0))
            off = abs(exact - total.amount * (total.way or 1))
            if off <= total.slack + sum((e.slack for e in changes), Decimal(0)):
                reading.holds("R2c", total.quantity, *(e.quantity for e in changes))
                continue
            way = "增加" if exact > 0 else "减少"
            message = f"{count}项相抵为{way}{show_short(abs(exact), 6)}，文中写“{total.words[-6:]}{total.with_unit}”"
            yield reading.finding("R2c", ERROR, message, total.place, *(e.place for e in changes))


def _signed_sum(parent: Entry, items: Sequence[Entry]) -> Decimal:
    """Parts that went the other way count against: `减少20万元，其中A减少25万元、B增加5万元`."""
    way = parent.way or 1
    return sum((e.amount * (e.way * way if e.role == CHANGE and e.way else 1) for e in items), Decimal(0))


def _adds_up(parent: Entry, items: Sequence[Entry]) -> bool:
    fine = slack_of(parent, items)
    return abs(parent.amount - _signed_sum(parent, items)) <= fine or fits(parent, items)
