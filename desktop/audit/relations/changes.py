"""R3: differences and growth rates against the two figures they compare."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from desktop.audit.finding import CHECK, ERROR, HINT, Finding
from desktop.audit.text.change_claims import Change, change_claims
from desktop.audit.text.near_misses import is_near_miss, is_swap
from desktop.audit.text.reading import Reading
from desktop.audit.text.roles import GROWTH, LEVEL, Entry
from desktop.audit.text_audit import check
from desktop.domain.numbers import HUNDRED, half_unit, round_half_up, show_short

_OTHER_UNITS = (("元", Decimal("0.0001")), ("万元", Decimal(10000)))
"""`三公经费6,380万元，上年7,250元，下降12%`: what the unit should have been, and by how much the amount changes."""
_TELLING = 2
"""Digits after the point of a rate that tell on which base it was reckoned."""
_NEAR = 12
"""Numbers before a rate that it may be of."""


@check("R3", "增减额、增减率与两个数不符")
def changes(reading: Reading) -> Iterator[Finding]:
    """`A万元，比上年B万元增加D万元，增长p%`: D must be A − B, and p must be D ÷ B.

    Where B is not told it is A ∓ D. The new figure is the nearest before the change that may be meant (of its
    noun, no budget where last year is compared, no other year's); where another of its sentence fits, that one
    was meant. Silent where no figure is known.
    """
    for claim in change_claims(reading):
        yield from _judged(reading, claim)


def _judged(reading: Reading, claim: Change) -> Iterator[Finding]:
    old = claim.old
    news = [new for new in claim.news if old is None or new.kind == old.kind]
    if old is not None and news:
        told: list[tuple[Entry, Finding]] = []
        for new in news:
            verdict = _against_both(reading, claim, new, old)
            if verdict is None:
                reading.holds("R3", *(e.quantity for e in (claim.moved, claim.growth, new, old) if e))
                return
            told.append((new, verdict))
        meant = next((finding for new, finding in told if _is_slip(claim, new, old)), None)
        other = None if meant else _another(reading, claim, old)
        if other is None:
            yield meant or told[0][1]
        elif (verdict := _against_both(reading, claim, other, old)) is not None:
            yield verdict
        else:
            reading.holds("R3", *(e.quantity for e in (claim.moved, claim.growth, other, old) if e))
    elif claim.moved is not None and claim.growth is not None:
        if old is not None and old.kind == claim.moved.kind:
            yield from _of_the_old(reading, claim.moved, claim.growth, old)
        else:
            yield from _against_one(reading, claim)


def _is_slip(claim: Change, new: Entry, old: Entry) -> bool:
    """Whether one digit parts what is told from what this figure would make: then it is the one that was meant."""
    if claim.moved is not None:
        moved = claim.moved
        return is_near_miss(abs(new.amount - old.amount), moved.amount, max(moved.quantity.money_decimals, 2))
    assert claim.growth is not None
    stated = claim.growth.quantity
    exact = (
        round_half_up(abs(new.amount - old.amount) / old.amount * HUNDRED, stated.decimals)
        if old.amount
        else 0
    )
    return is_near_miss(Decimal(exact), stated.value, stated.decimals)


def _of_the_old(reading: Reading, moved: Entry, growth: Entry, old: Entry) -> Iterator[Finding]:
    """`2021年支出5310万元，今年减少328万元，下降6.2%`: the rate is the change over the figure compared with."""
    verdict = _fits_rate(growth, moved.amount, old.amount, moved.slack)
    if not verdict:
        reading.holds("R3", moved.quantity, growth.quantity, others=[old.quantity])
    elif old.amount:
        finding = _wrong_rate(reading, growth, moved.amount, old.amount, old, verdict)
        exact = round_half_up(moved.amount / old.amount * HUNDRED, growth.quantity.decimals)
        slip = is_near_miss(exact, growth.quantity.value, growth.quantity.decimals)
        # `上年100万元，比上年增加25万元，增长20%`: reckoned on the new figure, though that is not told.
        on_new = not _fits_rate(growth, moved.amount, old.amount + _signed(moved), moved.slack)
        sure = slip or (on_new and growth.quantity.decimals >= 1)
        yield finding if sure or finding.level != ERROR else replace(finding, level=CHECK, expected="")


def _another(reading: Reading, claim: Change, old: Entry) -> Entry | None:
    """`三公经费20万元…，2022年为25万元，下降20%` behind its parts: another figure of the paragraph makes the change."""
    stated = claim.told
    paragraph = reading.text.sentences[stated.quantity.sentence].paragraph
    told = [e for e in reading.entries_by_paragraph[paragraph] if e.start < stated.start][-_NEAR:]
    for new in told:
        if new.role != LEVEL or new.kind != old.kind or new is old or not old.amount:
            continue
        gap = new.amount - old.amount
        if claim.moved is not None and abs(abs(gap) - claim.moved.amount) <= claim.moved.slack:
            return new
        if claim.moved is None and claim.growth and not _fits_rate(claim.growth, gap, old.amount, Decimal(0)):
            return new
    return None


def _signed(entry: Entry) -> Decimal:
    return entry.amount * (entry.way or 1)


def _fits_rate(growth: Entry, moved: Decimal, old: Decimal, slack: Decimal) -> str:
    """'' if right, else 末位 or 不符. `moved` ÷ `old` in percent, both off by `slack` at most."""
    if old <= 0:
        return "不符"
    stated = growth.quantity.value
    exact = abs(moved) / old * HUNDRED
    if round_half_up(exact, growth.quantity.decimals) == stated:
        return ""
    half = half_unit(growth.quantity.decimals)
    off = (slack + exact / HUNDRED * slack) / old * HUNDRED
    if abs(exact - stated) <= half + off:
        return ""
    return "末位" if abs(exact - stated) < 2 * half + off else "不符"


def _only_fits(growth: Entry, moved: Decimal, before: Decimal, old: Decimal) -> bool:
    """To the last digit of the first base, and not of the other."""
    exact = Decimal(0)
    return not _fits_rate(growth, moved, before, exact) and bool(_fits_rate(growth, moved, old, exact))


def _against_both(reading: Reading, claim: Change, new: Entry, old: Entry) -> Finding | None:
    """None where everything fits; else the finding: the smallest repair where there is one."""
    gap = new.amount - old.amount
    slack = max(new.slack, old.slack)
    if claim.moved is None:
        assert claim.growth is not None
        return _only_growth(reading, claim.growth, new, old, gap, slack)
    moved, growth = claim.moved, claim.growth
    off = abs(gap - _signed(moved))
    fine = max(slack, moved.slack)
    if off <= fine:
        if growth is None:
            return None
        verdict = _fits_rate(growth, gap, old.amount, slack)
        if verdict == "" and growth.way != moved.way and gap:
            return _way_of(reading, growth, gap)
        return _wrong_rate(reading, growth, gap, old.amount, new, verdict) if verdict else None
    by_moved = growth is not None and not _fits_rate(growth, moved.amount, old.amount, fine)
    by_gap = growth is not None and not _fits_rate(growth, gap, old.amount, slack)
    before = new.amount - _signed(moved)
    if growth and off > 2 * fine and not by_gap and _only_fits(growth, moved.amount, before, old.amount):
        return _wrong_old(reading, claim, new, old, before)
    if off <= 3 * fine and fine:
        return reading.finding("R3", HINT, _told(new, old, gap, moved) + "，尾数不符", moved.place)
    if abs(abs(gap) - moved.amount) <= fine:
        return _way_of(reading, moved, gap)
    if by_moved and not by_gap:
        return _wrong_level(reading, claim, new, old)
    if growth is not None and not by_gap and not _fits_rate(growth, moved.amount, before, fine):
        return _wrong_old(reading, claim, new, old, before)
    right = _in_unit(abs(gap), moved)
    return reading.finding(
        "R3", ERROR, _told(new, old, gap, moved), moved.place, new.place, old.place, expected=right
    )


def _wrong_old(reading: Reading, claim: Change, new: Entry, old: Entry, before: Decimal) -> Finding:
    """`8万元，上年12.5万元，减少4.35万元，降35.22%`: change and rate fit one another, and 12.35 before."""
    moved = claim.moved
    assert moved is not None
    right = _in_unit(
        before,
        replace(old, quantity=moved.quantity) if moved.quantity.decimals > old.quantity.decimals else old,
    )
    told = _told(new, old, new.amount - old.amount, moved)
    message = f"{told}；按增减额与增减率推算，{_name(old)}应为{right}"
    return reading.finding("R3", ERROR, message, old.place, moved.place, expected=right)


def _wrong_level(reading: Reading, claim: Change, new: Entry, old: Entry) -> Finding:
    """The change and its rate fit the old figure: then it is the new one that is wrong, if one slip explains it."""
    moved = claim.moved
    assert moved is not None and claim.growth is not None
    meant = old.amount + _signed(moved)
    right = _in_unit(meant, new)
    message = f"{_told(new, old, new.amount - old.amount, moved)}；增减率{claim.growth.with_unit}与增减额相符，{_name(new)}应为{right}"
    sure = is_near_miss(meant, new.amount, max(new.quantity.money_decimals, 2)) or len(claim.news) == 1
    level = ERROR if sure else CHECK
    return reading.finding(
        "R3", level, message, new.place, moved.place, old.place, expected=right if sure else ""
    )


def _only_growth(
    reading: Reading, growth: Entry, new: Entry, old: Entry, gap: Decimal, slack: Decimal
) -> Finding | None:
    verdict = _fits_rate(growth, gap, old.amount, slack)
    for unit, factor in _OTHER_UNITS:
        shifted = new.amount * factor
        if verdict == "不符" and not _fits_rate(growth, shifted - old.amount, old.amount, Decimal(0)):
            right = f"{show_short(new.quantity.value, 6)}{unit}"
            message = f"{_name(new)}{new.with_unit}与{_name(old)}{old.with_unit}相差悬殊，按增减率{growth.with_unit}应为{right}，单位写错了"
            return reading.finding("R3", ERROR, message, new.place, growth.place, expected=right)
    if verdict == "":
        return _way_of(reading, growth, gap) if gap and (gap > 0) != (growth.way > 0) else None
    return _wrong_rate(reading, growth, gap, old.amount, new, verdict)


def _against_one(reading: Reading, claim: Change) -> Iterator[Finding]:
    """`A万元，比上年增加D万元，增长p%`: last year's figure is A ∓ D; p must be D over it."""
    moved, growth = claim.moved, claim.growth
    assert moved is not None and growth is not None
    if moved.amount == 0:
        return
    if moved.way and growth.way and moved.way != growth.way:
        if moved.quantity.money is None:  # of amounts R52 tells it, and which of the two words is wrong
            message = f"增减数“{moved.words[-6:]}{moved.with_unit}”与增减率“{growth.words[-6:]}{growth.with_unit}”方向相反"
            yield reading.finding("R3", ERROR, message, moved.place, growth.place)
        return
    first = None
    for new in claim.news:
        if new.kind != moved.kind:
            continue
        for base in (new.amount - _signed(moved), *((new.amount,) if new.is_budget else ())):
            verdict = _fits_rate(growth, moved.amount, base, moved.slack) if base > 0 else "不符"
            if not verdict:
                reading.holds("R3", moved.quantity, growth.quantity, new.quantity)
                return
            if base > 0 and first is None:
                first = (new, base, verdict)
    if first is None:
        return
    new, base, verdict = first
    only = len({n.amount for n in claim.news}) == 1
    here = new.quantity.sentence == moved.quantity.sentence
    beside = None if here else _beside(reading, moved, growth)
    if beside is not None:
        reading.holds("R3", moved.quantity, growth.quantity, beside.quantity)
        return
    if only or here or verdict == "末位":
        finding = _wrong_rate(reading, growth, moved.amount, base, new, verdict)
        on_new = new.amount and not _fits_rate(growth, moved.amount, new.amount, Decimal(0))
        told_base = bool(on_new) and growth.quantity.decimals >= _TELLING
        exact = round_half_up(moved.amount / base * HUNDRED, growth.quantity.decimals)
        sure = (only and here) or finding.level != ERROR or told_base or is_swap(exact, growth.amount)
        yield finding if sure else replace(finding, level=CHECK, expected="")


def _beside(reading: Reading, moved: Entry, growth: Entry) -> Entry | None:
    """`总计2961.68万元。与上年相比，总计减少63.14万元，下降2.09%`: the figure of the sentence before, that makes the rate."""
    paragraph = reading.text.sentences[moved.quantity.sentence].paragraph
    told = [e for e in reading.entries_by_paragraph[paragraph] if e.start < moved.start and e.role == LEVEL]
    alike = (e for e in told[-_NEAR:] if e.kind == moved.kind)
    return next(
        (e for e in alike if not _fits_rate(growth, moved.amount, e.amount - _signed(moved), moved.slack)),
        None,
    )


def _wrong_rate(
    reading: Reading, growth: Entry, moved: Decimal, old: Decimal, new: Entry, verdict: str
) -> Finding:
    decimals = max(growth.quantity.decimals, 2)
    if old <= 0:
        message = f"上年数为{show_short(old, 4)}，增减率{growth.with_unit}无从算得"
        return reading.finding("R3", CHECK, message, growth.place, new.place)
    right = f"{round_half_up(abs(moved) / old * HUNDRED, decimals)}%"
    message = f"{show_short(abs(moved), 4)}÷{show_short(old, 4)}＝{right}，文中为{growth.with_unit}"
    if verdict == "末位":
        return reading.finding("R3", HINT, f"{message}，末位没有四舍五入", growth.place, expected=right)
    if new.amount and not _fits_rate(growth, moved, new.amount, Decimal(0)):
        message += f"；{growth.with_unit}是除以本年数{show_short(new.amount, 4)}得出的，应除以被比较的数"
    return reading.finding("R3", ERROR, message, growth.place, expected=right)


def _way_of(reading: Reading, stated: Entry, gap: Decimal) -> Finding:
    right = "增加" if gap > 0 else "减少"
    if stated.role == GROWTH:
        right = "增长" if gap > 0 else "下降"
    message = f"两个数相比是{right}，文中写“{stated.words[-6:]}{stated.with_unit}”"
    return reading.finding("R3", ERROR, message, stated.place, expected=f"{right}{stated.with_unit}")


def _told(new: Entry, old: Entry, gap: Decimal, moved: Entry) -> str:
    return f"{_name(new)}{new.with_unit}与{_name(old)}{old.with_unit}相差{_in_unit(abs(gap), moved)}，文中写{moved.with_unit}"


def _name(entry: Entry) -> str:
    return entry.quantity.label or ("上年" if entry.old else "本年")


def _in_unit(amount: Decimal, like: Entry) -> str:
    """An amount in 万元 (or a count) as `like` shows it."""
    quantity = like.quantity
    factor = quantity.value / like.amount if like.amount else Decimal(1)
    decimals = quantity.decimals
    value = round_half_up(amount * factor, decimals) if quantity.money is not None else amount
    return f"{value:,.{decimals}f}{quantity.unit}" if decimals else f"{show_short(value, 6)}{quantity.unit}"
