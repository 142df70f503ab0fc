"""R7n: a figure told again with a slip of the hand, and one converted into another unit."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations, islice, pairwise

from desktop.audit.finding import CHECK, ERROR, Finding
from desktop.audit.guesses import LARGEST, Story, is_operand
from desktop.audit.read_as import read_as
from desktop.audit.text.measures import same_measure
from desktop.audit.text.near_misses import is_near_miss, is_slip, telling_digits
from desktop.audit.text.reading import Reading, Stretch
from desktop.audit.text.roles import LEVEL, RATE, Entry
from desktop.audit.text_audit import check
from desktop.domain.numbers import round_half_up, show_short

_TELLING, _TELLING_NAMED = 5, 4
"""Digits without the noughts at the end: two amounts of so many that a swap parts are one; of so many, where they
share a name."""
_LEAST = 3
"""Digits of two values of one measure that stand in another order."""
_NAME_OF_RATE = 24
"""Characters before a rate in which its name may stand."""
_MOST = 60
"""Pairs of values of one measure that are looked at."""
_SHARED = 3
"""Characters that two nouns have in common: `饮水维修养护` and `维修养护资金`."""
_LEFT = re.compile(r"(?:年末|年底|期末)[^，。；]{0,6}结[转余]|结转下年|(?:^|相抵后|，)结余$")
_STILL_LEFT = re.compile(r"(?:尚有|仍有|尚余|还有|形成)(?:资金)?(?:结转|结余)*$")
_NOUN_BEHIND = re.compile(r"(?:的)?(?:资金)?(?:未使用)?(?:结转|结余)")
_FAR_APART = 100
"""Characters: nearer it may be a part of what is told beside it."""
_SAME_AGAIN = re.compile(r"^（$|(?:折合|约合|合计?约|即|相当于|约为|约)(?:人民币)?$")
"""`286,300元（即28.63万元）`, `合计7,753,000元，折合775.3万元`, `3.86亿元（38,600万元）`."""
_PLAN, _DONE = re.compile(r"任务|计划|目标|应"), re.compile(r"实|完成")
_IN_YI = Decimal(10000)
_POINT_MOVED = tuple(Decimal(by) for by in ("0.001", "0.01", "0.1", "10", "100", "1000"))
_ASIDE = 14
"""Characters between a figure and its conversion."""


@check("R7n", "同一个数前后写法不一", last=True)
def repeats(reading: Reading) -> Iterator[Finding]:
    """`三公经费决算142,386.50元` and elsewhere `142,836.50元`: an amount or a rate that nothing explains, and that a swap
    of two digits parts from another of the report. 错误 where both have one name or enough digits, else 核实. Of one
    measure, stage and year the digits may stand in any order, and one slip is asked about.

    Silent where the amount is told in just that way more than once.
    """
    story = Story(reading)
    told = [e for e in reading.entries if _may_be_told_again(e)]
    by_digits = defaultdict[tuple[str, str], list[Entry]](list)
    often = defaultdict[tuple[str, Decimal], int](int)
    for entry in told:
        by_digits[entry.kind, "".join(sorted(telling_digits(entry)))].append(entry)
        often[entry.kind, entry.amount] += 1
    for entry in told:
        once = often[entry.kind, entry.amount] == 1
        if not once or story.is_explained(entry) or story.is_doubted(entry):
            continue
        for other in by_digits[entry.kind, "".join(sorted(telling_digits(entry)))]:
            if (
                other.amount == entry.amount
                or not is_slip(entry, other)
                or _is_told_beside(reading, entry, other)
            ):
                continue
            named = _share_a_name(reading, entry, other)
            few = entry.quantity.money is None  # rates and counts have fewer digits, and must share a name
            one_stage = bool(entry.stage) and entry.stage == other.stage
            least = _LEAST if few or (named and one_stage) else _TELLING_NAMED if named else _TELLING
            unnamed = not named and (few or story.is_doubted(other))
            told_of = few and story.is_doubted(other)  # another rule tells of the two
            if len(telling_digits(entry)) < least or unnamed or told_of:
                continue
            story.doubt((entry, other))
            message = (
                f"“{entry.quantity.label}”{entry.with_unit}与“{other.quantity.label}”{other.with_unit}只差两位数字的次序，"
                "像是一个数写成了两个"
            )
            again = often[other.kind, other.amount] > 1
            level = ERROR if named or story.is_explained(other) or again else CHECK
            yield reading.finding("R7n", level, message, entry.place, other.place)
            break
    yield from _of_one_measure(reading, story)
    yield from _left_again(reading, story)


def _is_told_beside(reading: Reading, entry: Entry, other: Entry) -> bool:
    """`项目支出10028.9万元（10.0289亿元）`: one figure in two units, which R7u asks about."""
    return _says_again(reading, *sorted((entry, other), key=lambda e: e.start))


def _left_again(reading: Reading, story: Story) -> Iterator[Finding]:
    """What was left at the end of the year, told again among the problems with the number before its noun:
    `年底仍有118.46万元结转结余` where the accounts say 108.46."""
    flat = reading.text.flat
    levels = [
        e for e in reading.entries if e.role == LEVEL and e.quantity.money and not e.quantity.approximate
    ]
    told = {e.amount: e for e in levels if _LEFT.search(e.words)}
    for entry in levels:
        again = _STILL_LEFT.search(entry.words) and (
            _NOUN_BEHIND.match(flat, entry.end) or "结" in entry.words
        )
        if not again or entry.amount in told or story.is_doubted(entry):
            continue
        decimals = entry.quantity.money_decimals
        near = (e for a, e in told.items() if abs(e.start - entry.start) > _FAR_APART)
        meant = next(
            (e for e in near if is_near_miss(round_half_up(e.amount, decimals), entry.amount, decimals)), None
        )
        if meant is not None and round_half_up(meant.amount, decimals) != entry.amount:
            story.doubt((entry,))
            message = f"这里写年末剩{entry.with_unit}，别处“{meant.quantity.label}”是{meant.with_unit}，像是一个数写成了两个"
            yield reading.finding("R7n", ERROR, message, entry.place, meant.place)


def _of_one_measure(reading: Reading, story: Story) -> Iterator[Finding]:
    """One measure of one stage and year with two values of the same digits in another order, or one slip apart:
    错误 for the same digits, or where only one of the two is explained; else 核实."""
    read = read_as(reading)
    told = defaultdict[tuple[str, ...], dict[Decimal, list[Entry]]](lambda: defaultdict(list))
    for entry in reading.entries:
        name = read[Stretch(entry.start, entry.end)]
        own = len(name.measure) >= _SHARED and entry.role in (LEVEL, RATE) and not entry.quantity.approximate
        if own and entry.amount and entry.amount < LARGEST:
            told[(name.measure, name.year, name.stage, name.kind, entry.kind)][entry.amount].append(entry)
    for values in told.values():
        for one, other in islice(combinations(values.values(), 2), _MOST):
            once, often = sorted((one, other), key=len)
            a, b = once[0], often[0]
            alike = sorted(telling_digits(a)) == sorted(telling_digits(b))
            if len(once) > 1 or len(telling_digits(a)) < (_LEAST if alike else _TELLING_NAMED):
                continue
            if not (alike or is_slip(a, b)) or story.is_doubted(a) or story.is_doubted(b):
                continue
            if story.is_explained(a) and story.is_explained(b) and not (alike and len(often) > 1):
                continue
            story.doubt((a, b))
            sure = alike or story.is_explained(a) != story.is_explained(b)
            message = f"“{a.quantity.label}”{a.with_unit}，别处是{b.with_unit}，像是一个数写成了两个"
            yield reading.finding("R7n", ERROR if sure else CHECK, message, a.place, b.place)


def _may_be_told_again(entry: Entry) -> bool:
    rate = entry.role == RATE and entry.quantity.unit == "%"
    counted = (
        entry.role == LEVEL and entry.quantity.unit not in ("", "分") and len(telling_digits(entry)) >= _LEAST
    )
    known = bool(entry.quantity.money) or rate or counted
    return known and entry.amount < LARGEST and not entry.quantity.approximate


def _share_a_name(reading: Reading, one: Entry, other: Entry) -> bool:
    few = one.quantity.money is None
    if one.measure and other.measure and same_measure(one.measure, other.measure):
        return not few or len(one.measure) > _SHARED
    # `入户率目标65%，实际61.2%`: the name of a rate stands with its target.
    a, b = (
        reading.text.words_before(e.start, "。；：", _NAME_OF_RATE) if few else e.quantity.label
        for e in (one, other)
    )
    shared = _SHARED + few
    return any(a[at : at + shared] in b for at in range(len(a) - shared + 1))


@check("R7u", "换算前后不符", last=True)
def conversions(reading: Reading) -> Iterator[Finding]:
    """`合计7,753,000元，折合77.53万元`: a figure written again in another unit must be the same.

    错误 where only the point or one digit is wrong. Silent on any other gap: something else was meant.
    """
    for paragraph in reading.entries_by_paragraph.values():
        for first, again in pairwise(paragraph):
            if _says_again(reading, first, again):
                yield from _converted(reading, first, again)
            elif _lacks_ten_thousand(first, again):
                right = f"{show_short(again.quantity.value, 4)}{first.quantity.unit}"
                message = f"{first.quantity.label}{first.with_unit}，而{again.quantity.label}{again.with_unit}，漏写了“万”"
                yield reading.finding("R7u", ERROR, message, again.place, first.place, expected=right)
    yield from _in_a_unit_too_small(reading)
    yield from _in_yuan(reading)


def _in_yuan(reading: Reading) -> Iterator[Finding]:
    """`新增固定资产26.80元` where 26.80万元 is told: nobody tells an amount to the same digits in another unit."""
    amounts = [e for e in reading.entries if e.quantity.money and e.role == LEVEL and is_operand(e)]
    told = {e.quantity.value: e for e in amounts if e.quantity.unit == "万元"}
    for entry in amounts:
        meant = told.get(entry.quantity.value) if entry.quantity.unit == "元" else None
        if meant is not None and entry.quantity.decimals and len(telling_digits(entry)) >= _LEAST:
            level = ERROR if len(telling_digits(entry)) > _LEAST else CHECK
            message = f"{entry.quantity.label}{entry.with_unit}，别处“{meant.quantity.label}”是{meant.with_unit}，单位像是写错了"
            yield reading.finding("R7u", level, message, entry.place, meant.place)


def _lacks_ten_thousand(first: Entry, again: Entry) -> bool:
    """`修复任务5.8万亩，全部完成，实际修复5.8亩`: a plan and what was done, of about the same figures."""
    one, other = first.quantity, again.quantity
    alike = one.unit == f"万{other.unit}" and one.sentence == other.sentence and one.money is None
    near = alike and one.value < 2 * other.value < 4 * one.value
    return near and bool(_PLAN.search(first.words)) and bool(_DONE.search(again.words))


def _in_a_unit_too_small(reading: Reading) -> Iterator[Finding]:
    """`项目支出2.0227万元` where 20227.33万元 is told: 亿元 was meant, to the last of so many digits."""
    amounts = [e for e in reading.entries if e.quantity.unit == "万元" and e.role == LEVEL]
    told = {e.amount: e for e in amounts if e.amount >= _IN_YI}
    for entry in amounts:
        places = entry.quantity.decimals
        if places < _LEAST or len(telling_digits(entry)) < _TELLING_NAMED or entry.amount >= _IN_YI:
            continue
        meant = next((e for a, e in told.items() if round_half_up(a / _IN_YI, places) == entry.amount), None)
        if meant is not None:
            right = f"{show_short(entry.quantity.value, places)}亿元"
            message = (
                f"{entry.quantity.label}{entry.with_unit}与别处的{meant.with_unit}是一个数，单位应为亿元"
            )
            yield reading.finding("R7u", ERROR, message, entry.place, meant.place, expected=right)


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
    # `46,238.15万元（约46.24亿元）`: rounded, and the point moved.
    shifted |= any(
        abs(first.amount - again.amount * by) <= again.quantity.tolerance * unit * by for by in _POINT_MOVED
    )
    if shifted or is_slip(again, first):
        right = f"{show_short(round_half_up(first.amount / unit, again.quantity.decimals), 6)}{again.quantity.unit}"
        message = f"{first.with_unit}换算为{right}，文中写{again.with_unit}"
        yield reading.finding("R7u", ERROR, message, again.place, first.place, expected=right)
