"""R2: the parts of a list against their total."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from desktop.audit.finding import CHECK, ERROR, HINT, Finding
from desktop.audit.lists.listings import (
    CLOSED,
    FAR,
    NAMED,
    PLACED,
    ROW,
    SUMMED,
    Listing,
    listings,
)
from desktop.audit.lists.owned_lists import (
    behind_them,
    by_function,
    classes_of_spending,
    closed_sets,
    three_expenses,
)
from desktop.audit.text.mentions import unit_of
from desktop.audit.text.near_misses import is_near_miss, is_swap
from desktop.audit.text.reading import Reading
from desktop.audit.text.roles import Entry, sum_of
from desktop.audit.text_audit import check
from desktop.domain.numbers import round_half_up, show_short
from desktop.ontology import ontology

_READ_ELSEWHERE = re.compile(r"行政|参公|参照|事业|工勤|^“?(?:评为)?“?[优良中差合]")
"""`行政人员15人`, `优秀4个`: posts and staff by kind are read by R37, grades by R39, points by R36."""
_REST = re.compile(r"其[他它余]|剩下|余下")
"""`其余为其他收入`: who names the rest has named everything."""
_FEW_MORE = 4
"""Amounts right behind a list that may belong to it."""
_BESIDE = 40
"""Characters behind the last item in which one more may stand."""
_TELLING = 4
"""Digits: in a total of so many that are not all noughts, one slip that explains a gap is no chance."""
_READ_AS_CHANGE = re.compile(r"减少额|增加额|增减")
"""`两项减少额合计4.66万元` adds changes."""
_NO_OTHER = re.compile(
    r"[，。；（](?:此外|除此之?外?|另外)?(?:，)?(?:再?无|没有|未有|别无)其[他它](?!人员|问题)"
)
_SAID_BEHIND = 12
"""`…无形资产52万元，此外没有其他资产`: the list is whole."""
_OF_SOME = re.compile(
    r"第[一二三四五六1-9][、和与及第三四五六七项]{1,8}|[一二三四五六1-9]、[一二三四五六1-9][两三四]?项"
)
_SOME_NAMED = 24
"""`人员类支出（前述第一、三两项）合计`: of some of the parts."""
_WANTED = re.compile(r"目标|计划|任务")
"""`目标120场，实际132场，含讲座60场、展览72场`: the list is of what was done."""
_NEXT_IN_ROW = re.compile(r"[，、；和及]{1,2}[^，。；：、（）\d]{2,16}")
_NEW_OWNER = re.compile(
    r"[两二三四五六\d]项|相加|正好|恰|已|目前|累计|全年|实际|尚|余|较|比|均|共|另|其中|合计|总计|上年|预算|拨付|到位|完成|支付"
)
"""`…、B 40万元，目前拨付99万元`: a figure of the whole, and no part."""


@check("R2", "分项之和与合计不符")
def sums(reading: Reading) -> Iterator[Finding]:
    """Parts that add up to more than their total; or to less, where nothing can have been left out, or where one slip
    of a digit explains the gap.

    Silent where one of the ways to read the list adds up: nested lists, other stages, a list that ends earlier.
    """
    proved: set[int] = set()
    owning: set[int] = set()
    open_: list[Listing] = []
    for listing in (
        *listings(reading),
        *closed_sets(reading),
        *three_expenses(reading),
        *behind_them(reading),
        *by_function(reading),
    ):
        told = _holding(reading, listing)
        if told is not None:
            owner, items = told
            owning.add(owner.start)
            proved.add(owner.start)
            proved.update(e.start for e in items)
            reading.holds("R2", owner.quantity, *(e.quantity for e in items))
        else:
            open_.append(listing)
    said: set[object] = set()
    for listing in open_:
        for finding, owner in _judged(reading, listing, proved, owning):
            again = {owner.start, (owner.amount, finding.spans[1].start)}  # the list, or the total told twice
            if not again & said:
                yield finding
            said |= again


def _holding(reading: Reading, listing: Listing) -> tuple[Entry, list[Entry]] | None:
    done = any(not _WANTED.search(e.words) for e in listing.owners)
    for items in listing.ways:
        for owner in listing.owners:
            if owner in items or (done and _WANTED.search(owner.words)):
                continue
            if fits(owner, items):
                return owner, items
    # A list that ends earlier: `其中A 60万元、B 40万元，目前拨付99万元`.
    for items in listing.ways[:2] if listing.stated != SUMMED else ():
        for owner in listing.owners[:2]:
            for until in range(len(items) - 1, 1, -1):
                if fits(owner, items[:until]) and (
                    items[until].amount == owner.amount
                    or not _in_the_row(reading, *items[until - 1 : until + 1])
                ):
                    return owner, items[:until]
    return None


def _in_the_row(reading: Reading, last: Entry, one: Entry) -> bool:
    """`A 3万元、B 2万元`: nothing but a name between the two, so that the list does not end there."""
    if one.quantity.money is None:
        return False  # `在职39人，其中行政21人、事业18人、女职工20人`: divided in more than one way
    between = reading.text.flat[last.end : one.start]
    return _NEXT_IN_ROW.fullmatch(between) is not None and not _NEW_OWNER.search(between)


def slack_of(owner: Entry, items: Sequence[Entry]) -> Decimal:
    return owner.slack + sum((e.slack for e in items if e.amount), Decimal(0))


def fits(owner: Entry, items: Sequence[Entry]) -> bool:
    fine = slack_of(owner, items)
    gap = abs(owner.amount - sum_of(items))
    # Whole 万元 on both sides are exact: `100万元，其中60万元、40万元`; rounded ones may be off by half of each.
    rough = len({e.quantity.decimals for e in (owner, *items)}) > 1
    return gap <= (fine if rough else min(fine, 2 * max(e.slack for e in (owner, *items))))


def _judged(
    reading: Reading, listing: Listing, proved: set[int], owning: set[int]
) -> Iterator[tuple[Finding, Entry]]:
    items = listing.ways[0]
    owner = listing.owners[0]
    if len(items) < 2 or owner in items or all(_READ_ELSEWHERE.search(e.quantity.label) for e in items):
        return
    if _READ_AS_CHANGE.search(owner.words):
        return
    if listing.stated in (PLACED, ROW, FAR):
        yield from _placed(reading, listing, proved)
        return
    if owner.kind != items[0].kind or owner.amount == 0:
        return
    if _OF_SOME.search(reading.text.flat, max(owner.start - _SOME_NAMED, 0), owner.end + _SOME_NAMED):
        return
    behind = reading.text.flat[items[-1].end : items[-1].end + _SAID_BEHIND]
    closed = listing.stated in (CLOSED, SUMMED) or _leaves_nothing_out(items) or bool(_NO_OTHER.match(behind))
    gap = owner.amount - sum_of(items)
    if gap > 0 and _told_beside(reading, items, gap):
        return  # an item that was not read as one
    slip = slip_of(owner, items)
    final = [e for e in listing.owners if not e.is_budget and not _WANTED.search(e.words)] or listing.owners
    nearest = all(abs(gap) <= abs(e.amount - sum_of(items)) for e in final[1:])
    sure = len({e.amount for e in final[:2]}) == 1 or (listing.adjacent and nearest)
    one_way = all(way == items for way in listing.ways[:3])
    if abs(gap) <= 2 * slack_of(owner, items) and owner.quantity.money is not None:
        level = HINT
    elif gap < 0 and items[0].amount >= owner.amount:
        return  # the first item alone is more than the total: another total was meant
    elif closed:
        level = ERROR if sure or slip else CHECK
    elif gap < 0:
        level = ERROR if (sure and one_way) or (slip and sure) else CHECK
    elif slip:
        swapped = any(is_swap(entry.amount, meant) for entry, meant in slip)
        level = ERROR if (nearest or listing.adjacent) and swapped else CHECK
    else:
        return
    if level != HINT and owner.start in owning and not slip:
        return  # it is the total of another list: this one was read too far
    yield _finding(reading, level, owner, items, slip, listing.stated), owner


def _told_beside(reading: Reading, items: Sequence[Entry], gap: Decimal) -> bool:
    """Whether what is missing stands among the items or right behind them."""
    end = items[-1].end + _BESIDE
    behind = Decimal(0)
    sentence = reading.text.sentences[items[-1].quantity.sentence]
    for quantity in reading.quantities_between(items[-1].end, sentence.end)[:_FEW_MORE]:
        if quantity.money is None:
            break
        behind += quantity.money
        if behind == gap:
            return True
    own = {e.start for e in items}
    return any(items[0].start < q.start < end and q.start not in own for q in reading.by_amount.get(gap, ()))


def _placed(reading: Reading, listing: Listing, proved: set[int]) -> Iterator[tuple[Finding, Entry]]:
    """By position alone: only where one slip explains the gap, or every class of spending is listed."""
    for items in listing.ways[:3]:
        if all(e.start in proved for e in items):
            return
        functions = listing.stated == PLACED and all(classes_of_spending().search(e.words) for e in items)
        for owner in listing.owners:
            known = owner.start in proved and listing.stated != FAR
            known |= owner.is_budget and not any(e.is_budget for e in items)  # of what was spent
            if known or owner in items or owner.amount < max(e.amount for e in items):
                continue
            gap = owner.amount - sum_of(items)
            slip = slip_of(owner, items)
            near = abs(gap) <= owner.amount * Decimal("0.25")
            row = listing.stated == ROW and abs(gap) <= owner.amount * Decimal("0.1")
            if slip or (functions and near and len(items) >= 3) or row:
                sure = functions or (slip and len(items) >= 4) or (row and _are_alike(items))
                level = ERROR if sure else CHECK
                yield _finding(reading, level, owner, items, slip, listing.stated), owner
                return


def _are_alike(items: Sequence[Entry]) -> bool:
    """`七年级12个、八年级12个、九年级13个`, or the last names the rest: parts of one division."""
    return len({e.measure[-2:] for e in items}) == 1 or bool(_REST.match(items[-1].words.lstrip("，、")))


def _leaves_nothing_out(items: Sequence[Entry]) -> bool:
    """Parts that are a closed set, or of which the last names the rest: `其余为…`."""
    named = {e.measure for e in items}
    whole = any(set(parts) <= named for _, parts in ontology().closed)
    return (
        whole
        or (len(items) > 2 and bool(_REST.search(items[-1].words)))
        or any(_REST.match(e.words.lstrip("和及、")) for e in items)
        or (len(items) >= 2 and all(e.words.lstrip("，").startswith("用于") for e in items))
    )


def slip_of(owner: Entry, items: Sequence[Entry]) -> list[tuple[Entry, Decimal]]:
    """The numbers of which one slip of a hand would explain the gap, each with what was meant; [] where a chance
    would: too few digits."""
    telling = _is_telling(owner, items)
    gap = owner.amount - sum_of(items)
    found = []
    for entry, meant in ((owner, owner.amount - gap), *((e, e.amount + gap) for e in items)):
        decimals = max(entry.decimals, 2) if entry.quantity.money is not None else entry.decimals
        if meant > 0 and entry.amount and is_near_miss(entry.amount, meant, decimals):
            found.append((entry, meant))
    return found if telling else [(e, meant) for e, meant in found if _is_long_swap(e, meant)]


def _is_long_swap(entry: Entry, meant: Decimal) -> bool:
    """Two digits of three exchanged: `127` for `172`."""
    return is_swap(entry.amount, meant) and meant >= 100 and entry.quantity.money is None


def _is_telling(owner: Entry, items: Sequence[Entry]) -> bool:
    scaled = [int(round_half_up(e.amount * 10000, 0)) for e in (owner, *items) if e.amount]
    while scaled and all(n % 10 == 0 for n in scaled):
        scaled = [n // 10 for n in scaled]
    return bool(scaled) and len(str(max(scaled))) >= _TELLING


def _finding(
    reading: Reading,
    level: str,
    owner: Entry,
    items: Sequence[Entry],
    slip: Sequence[tuple[Entry, Decimal]],
    stated: str,
) -> Finding:
    gap = owner.amount - sum_of(items)
    unit = unit_of(owner.quantity)
    trigger = stated if stated == NAMED else "所列"
    total = show_short(sum_of(items), 6)
    name = owner.quantity.label or "合计"
    word = "多出" if gap < 0 else "少了"
    message = f"{name}{show_short(owner.amount, 6)}{unit}，{trigger}各项合计{total}{unit}，{word}{show_short(abs(gap), 6)}{unit}"
    if len(slip) == 1 and slip[0][0] is not owner:
        entry, meant = slip[0]
        message += f"；{entry.quantity.label}若为{show_short(meant, 6)}{unit}则相符"
    elif (other := _figure_of(reading, abs(gap), {e.start for e in (owner, *items)})) and gap > 0:
        message += other
    elif level == HINT:
        message += "，应是尾差"
    return reading.finding("R2", level, message, owner.place, *(e.place for e in items))


def _figure_of(reading: Reading, gap: Decimal, own: set[int]) -> str:
    """The figure that was left out: a number with decimals elsewhere in the report, tables included."""
    if gap == gap.to_integral_value():
        return ""
    for quantity in reading.by_amount.get(gap, ()):
        if quantity.start not in own:
            return f"，差额恰为“{quantity.label}”"
    return f"，差额{show_short(gap, 6)}恰为附件中的一个数" if gap in reading.annex_numbers else ""
