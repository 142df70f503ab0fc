"""R3y: a change against the figures of two years that are told elsewhere in the report."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from desktop.audit.finding import CHECK, ERROR, Finding
from desktop.audit.guesses import Story
from desktop.audit.read_as import (
    BUDGET_THAN_LAST_YEAR,
    THAN_LAST_YEAR,
    ReadAs,
    read_as,
)
from desktop.audit.text.change_claims import Change, change_claims
from desktop.audit.text.near_misses import is_near_miss
from desktop.audit.text.reading import Reading, Stretch
from desktop.audit.text.roles import LEVEL, Entry
from desktop.audit.text_audit import check
from desktop.domain.numbers import HUNDRED, half_unit, round_half_up, show_short

_NAMED = 3
"""Characters of a noun that names one figure: `公务接待费`, not `支出`."""


@check("R3y", "增减额与别处写的两年数不符", last=True)
def two_years(reading: Reading) -> Iterator[Finding]:
    """`2022年公务接待费43.77万元…2021年公务接待费39.43万元…`, and paragraphs on `公务接待费增加3.34万元`: wrong where each year's
    figure of that name is told with one value.

    A question where neither a slip nor the sign explains it. Silent on what another rule has proved or doubted.
    """
    read, story = read_as(reading), Story(reading)
    told = _levels(reading, read)
    for claim in change_claims(reading):
        own = [e for e in (claim.moved, claim.growth) if e is not None]
        if any(story.is_doubted(e) for e in own):
            continue
        of = read[Stretch(own[0].start, own[0].end)]
        if (
            of.stage not in (THAN_LAST_YEAR, BUDGET_THAN_LAST_YEAR, "")
            or len(of.measure) < _NAMED
            or not of.year
        ):
            continue
        new, old = (told.get((of.measure, str(int(of.year) - back)), []) for back in (0, 1))
        if len(new) == len(old) == 1 and new[0].kind == old[0].kind:
            open_ = bool(of.stage) and not any(story.is_explained(e) for e in own)
            yield from (f for f in _judged(reading, claim, new[0], old[0]) if open_ or f.level == ERROR)


def _levels(reading: Reading, read: dict[Stretch, ReadAs]) -> dict[tuple[str, str], list[Entry]]:
    """The different values of each noun and year."""
    told = defaultdict[tuple[str, str], dict[Decimal, Entry]](dict)
    for entry in reading.entries:
        of = read[Stretch(entry.start, entry.end)]
        if entry.role == LEVEL and of.measure and of.year and not entry.quantity.approximate:
            told[of.measure, of.year].setdefault(entry.amount, entry)
    return {key: list(values.values()) for key, values in told.items()}


def _judged(reading: Reading, claim: Change, new: Entry, old: Entry) -> Iterator[Finding]:
    gap, slack = new.amount - old.amount, new.slack + old.slack
    moved, growth = claim.moved, claim.growth
    said = f"{new.with_unit}与{old.with_unit}"
    if moved is not None and moved.kind == new.kind:
        off = abs(abs(gap) - moved.amount)
        if off <= max(slack, moved.slack) and (not moved.way or not gap or (gap > 0) == (moved.way > 0)):
            reading.holds("R3y", moved.quantity, others=(new.quantity, old.quantity))
        else:
            right = "增加" if gap > 0 else "减少"
            decimals = max(moved.quantity.money_decimals, 2)
            sure = off <= max(slack, moved.slack) or is_near_miss(abs(gap), moved.amount, decimals)
            message = f"别处写的两年数{said}相比{right}{show_short(abs(gap), 4)}，文中写“{moved.words[-6:]}{moved.with_unit}”"
            yield reading.finding("R3y", ERROR if sure else CHECK, message, moved.place, new.place, old.place)
            return
    if growth is None or not old.amount or growth.quantity.unit != "%":
        return
    exact = abs(gap) / old.amount * HUNDRED
    off = (slack + half_unit(min(new.quantity.decimals, old.quantity.decimals))) / old.amount * HUNDRED * 2
    if abs(exact - growth.amount) <= half_unit(growth.quantity.decimals) + off:
        reading.holds("R3y", growth.quantity, others=(new.quantity, old.quantity))
        return
    shown = f"{show_short(round_half_up(exact, growth.quantity.decimals), 4)}%"
    on_new = bool(new.amount) and abs(abs(gap) / new.amount * HUNDRED - growth.amount) <= half_unit(
        growth.quantity.decimals
    )
    slip = is_near_miss(
        round_half_up(exact, growth.quantity.decimals), growth.amount, growth.quantity.decimals
    )
    message = f"别处写的两年数{said}相比，增减率为{shown}，文中写{growth.with_unit}"
    level = ERROR if on_new or slip else CHECK
    yield reading.finding("R3y", level, message, growth.place, new.place, old.place)
