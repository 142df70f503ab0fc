"""R2c: a change against the changes that are told as its parts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from desktop.audit.finding import CHECK, ERROR, Finding
from desktop.audit.lists.listings import CLOSED, SUMMED
from desktop.audit.sum_rules.sums import fits, slack_of, slip_of
from desktop.audit.text.change_claims import changes_listed
from desktop.audit.text.reading import Reading
from desktop.audit.text.roles import CHANGE, Entry
from desktop.audit.text_audit import check
from desktop.domain.numbers import show_short


@check("R2c", "各项增减之和与总增减不符")
def reasons(reading: Reading) -> Iterator[Finding]:
    """`比上年增加40万元，其中：调资增加30万元，追加专项10万元`: the changes told as parts must make the whole.

    错误 where nothing can have been left out (具体为) or 其中 makes more than the whole; 核实 where reasons do.
    """
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
        unit = "万元" if parent.quantity.money is not None else parent.quantity.unit
        message = (
            f"{parent.quantity.label}{show_short(parent.amount, 6)}{unit}，所列各项合计{show_short(total, 6)}{unit}，"
            f"相差{show_short(abs(gap), 6)}{unit}"
        )
        yield reading.finding("R2c", level, message, parent.place, *(e.place for e in items))


def _signed_sum(parent: Entry, items: Sequence[Entry]) -> Decimal:
    """Parts that went the other way count against: `减少20万元，其中A减少25万元、B增加5万元`."""
    way = parent.way or 1
    return sum((e.amount * (e.way * way if e.role == CHANGE and e.way else 1) for e in items), Decimal(0))


def _adds_up(parent: Entry, items: Sequence[Entry]) -> bool:
    fine = slack_of(parent, items)
    return abs(parent.amount - _signed_sum(parent, items)) <= fine or fits(parent, items)
