"""R2n: totals, differences and rests against the amounts beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import accumulate

from desktop.audit.finding import CHECK, ERROR, Finding
from desktop.audit.guesses import (
    LESS,
    SUM,
    THREE,
    Guess,
    Story,
    after,
    before,
    is_no_chance,
    is_operand,
    near_miss,
    paragraphs,
)
from desktop.audit.text.mentions import unit_of
from desktop.audit.text.near_misses import is_swap, telling_digits
from desktop.audit.text.reading import Reading
from desktop.audit.text.roles import LEVEL, MILLION, Entry
from desktop.audit.text_audit import check
from desktop.domain.chinese_numerals import from_count
from desktop.domain.numbers import show_short
from desktop.ontology import ontology

_TOTAL = re.compile(
    r"合计|共|总|加总|相加|之和|可用|可支配|调整后|追加后|全年预算|调整预算|达到|变为|均为|各为|资金来源"
)
"""`编制总数80名`, `全年可用资金3122.91万元`, `调整后为3070.77万元`."""
_DIFFERENCE = re.compile(
    r"结余|结转|余|剩|未|尚|差|欠|缺|空编|超|多|高|低|少|节约|节省|净|减|增|追加|调增|回收|收回|沉淀"
)
"""`未执行173万元`, `净值28,955,618.79元`, `空编13名`."""
_REST = re.compile(r"其[余他]|余下|剩余|另")
_LACK = re.compile(
    r"(?:差|欠|缺|余|剩|剩余|结转|结余|结转结余|结转和结余|节约|节省|多出|超出|高出|超支|少|多|低于|空编|缺编|超编|未(?:办结|完成|执行|支付|使用|用完?|到位|支出)|[尚还仍](?:有|剩|余|差|欠|缺)|净值)(?:了|额|资金|为)?$"
)
"""`尚差3个`, `结余0.55万元`, `空编13名`: the words right before a difference."""
_OPENING = re.compile(r"年初|上年|期初|累计")
"""`年初结余`: brought into the year, and no difference of this year's."""
_ALL = re.compile(r"(?:合计|共计|总计|总数|总额|共|共有|总共|累计|全部)(?:为|有|是)?$")
"""`，编制总数80名`, `，共82名`: the words right before a total."""
_COUNTED = re.compile(r"([两二三四五六七八九])(?:项|类|个|者|部分|笔)")
"""`四个项目预算合计`: of how many it is the total."""
_FIRST_OF = re.compile(r"前([两二三四五])(?:项|类|个|者)")
"""`前两项财政拨款共`: not of the nearest."""
_ROW = 22
"""Characters between two items of a row."""
_BEFORE_LACK = 30
"""Characters between the two numbers and their difference: a rate may stand there (`完成率93.33%，欠8户`)."""
_GRAND = re.compile(r"总计|总收入|总支出|总量")
_LIST_BEHIND = re.compile(r"其中|包括|包含|含|由|分别|来自|来源|构成|组成|具体|用于|[：（]")
"""`支出总额409.50万元，其中货物…`, `拨款100万元（基金20万元…`."""
_LEAD = 24
_NEAR = 8
_TELLING = 4
"""Digits: two of more that are exchanged, and the sum is right, are no chance."""


@check("R2n", "合计、差额与邻近数字不符", last=True)
def additions(reading: Reading) -> Iterator[Finding]:
    """A number that no other rule explains, and that one slip of a digit parts from the sum or the difference of
    those beside it.

    错误 where its words say that it is one (合计, 结余), and the nearest numbers make it; else 核实. Silent where any
    of the sums tried comes out, and where so short a number would be hit by chance.
    """
    story = Story(reading)
    for paragraph, earlier in paragraphs(reading):
        off = [
            (e, guess)
            for at, e in story.unexplained(paragraph)
            if (guess := _off(reading, paragraph, at, earlier))
        ]
        # Who says that it is a sum is looked at before the numbers that it is made of.
        for entry, guess in sorted(off, key=lambda one: not one[1].worded):
            if not any(story.is_doubted(e) for e in (entry, *guess.operands)):
                story.doubt((entry, *guess.operands))
                yield _finding(reading, entry, guess)


def _off(reading: Reading, paragraph: Sequence[Entry], at: int, earlier: Sequence[Entry]) -> Guess | None:
    """What the number should have been; None where it fits, which is noted, or where nothing can be said."""
    entry = paragraph[at]
    if not is_operand(entry) or not entry.amount:
        return None
    far = entry.role == LEVEL and bool(_TOTAL.search(entry.words))
    lack = entry.role == LEVEL and not entry.old and bool(_LACK.search(entry.words))
    beyond = far or (lack and not _OPENING.search(entry.words))
    near, behind = before(paragraph, at, earlier if beyond else (), far), after(paragraph, at)
    guesses: list[Guess] = []
    told = entry.millionths
    most = sum(e.slack_millionths for e in (entry, *near, *behind))
    for guess in _guesses(reading, entry, near, behind):
        guesses.append(guess)
        if abs(guess.value - told) <= most and _fits(entry, guess, told):
            if is_no_chance(told, guess.value, len(guesses)):
                reading.holds("R2n", *(e.quantity for e in (entry, *guess.operands)))
            return None
    decimals = max(entry.decimals, 2) if entry.quantity.money is not None else entry.decimals
    meant = near_miss(told, guesses, decimals, MILLION) or _beside_the_mark(entry, guesses)
    unit = MILLION // 10**entry.quantity.money_decimals if entry.quantity.money is not None else 0
    if meant is not None and abs(meant.value - told) < unit:
        return None  # the last digit cut off instead of rounded
    return meant


def _beside_the_mark(entry: Entry, guesses: Sequence[Guess]) -> Guess | None:
    """`行政22人、教学21人、后勤18人，合计60人`: what people and things right before a total leave no other reading of,
    although no slip explains the gap. Amounts have too many other tellings."""
    if entry.quantity.money is not None:
        return None
    told = entry.millionths
    return next(
        (g._replace(worded=False, slip=False) for g in guesses if g.adjacent and 0 < g.value != told), None
    )


def _fits(entry: Entry, guess: Guess, told: int) -> bool:
    """To the digits shown: sums of rounded amounts may be off by half a unit of each."""
    gap = abs(guess.value - told)
    return gap <= entry.slack_millionths + sum(e.slack_millionths for e in guess.operands)


def _finding(reading: Reading, entry: Entry, guess: Guess) -> Finding:
    unit = unit_of(entry.quantity)
    right, told = show_short(Decimal(guess.value) / MILLION, 6), show_short(entry.amount, 6)
    slip = "，只差一位数字" if guess.slip else ""
    message = f"{entry.quantity.label or '该数'}{told}{unit}，而{guess.said}＝{right}{unit}{slip}"
    places = (entry.place, *(e.place for e in guess.operands))
    swapped = is_swap(entry.amount, Decimal(guess.value) / MILLION) and len(telling_digits(entry)) > _TELLING
    return reading.finding("R2n", ERROR if guess.worded or swapped else CHECK, message, *places)


def _guesses(
    reading: Reading, entry: Entry, told_before: Sequence[Entry], told_after: Sequence[Entry]
) -> Iterator[Guess]:
    """What the numbers beside it make, the likeliest by its words first."""
    ahead = [e for e in told_before if e.kind == entry.kind and e.amount]
    behind = [e for e in told_after if e.kind == entry.kind and e.amount]
    near = ahead[:_NEAR]
    lead = reading.text.flat[entry.end : behind[0].start] if behind else ""
    parts = [
        e for e in behind if e.role == entry.role and e.amount < entry.amount and not _GRAND.search(e.words)
    ]
    owner = bool(_LIST_BEHIND.search(lead)) and len(lead) <= _LEAD
    total = entry.role == LEVEL and bool(_TOTAL.search(entry.words))
    less = bool(_DIFFERENCE.search(entry.words)) and (
        entry.role == LEVEL or any(e.old or e.compared or e.is_budget for e in near[:3])
    )
    part = _is_last_of_set(entry, ahead, behind)
    first = _FIRST_OF.search(entry.words)
    if first:
        count = from_count(first[1])
        yield from (_sum(ahead[at : at + count][::-1]) for at in range(len(ahead) - count + 1))
    if _ALL.search(entry.words):
        yield from _right_before(reading, entry, ahead)
    if _LACK.search(entry.words):
        yield from _lack(entry, near)
    families = [
        (total and _GRAND.search(entry.words), _twins(entry, ahead, behind)),
        (owner, _owners(parts)),
        (total, _runs(ahead)),
        (less, (g for g in _pairs(near) if g.operands[0].role == g.operands[1].role)),
        (less or total, _threes(near)),
        (part or _REST.search(entry.words), _rests_in_sentence(entry, ahead, behind)),
        (not owner and total, _owners(parts)),
        (False, _rests(near, behind[:1])),
        (False, _runs(near)),
        (False, _pairs(near)),
        (False, _sums_of_two(near)),
    ]
    for worded, guesses in sorted(families, key=lambda family: not family[0]):
        yield from (guess._replace(worded=True) for guess in guesses) if worded else guesses


def _lack(entry: Entry, near: Sequence[Entry]) -> Iterator[Guess]:
    """`目标120户，完成112户，欠8户`: the difference of the two right before it, however few its digits."""
    if len(near) < 2 or entry.start - near[0].end > _BEFORE_LACK:
        return
    later, earlier = near[0], near[1]
    if later.quantity.sentence != earlier.quantity.sentence or later.kind != earlier.kind:
        return
    if (later.role == LEVEL) != (earlier.role == LEVEL):
        return  # a figure and a change of another
    if any(abs(one.amount - other.amount) == entry.amount for one in near[:4] for other in near[:4]):
        return
    yield _gap(later, earlier)._replace(adjacent=True, worded=True)


def _is_last_of_set(entry: Entry, ahead: Sequence[Entry], behind: Sequence[Entry]) -> bool:
    """`基本支出842万元（人员765万元，公用76万元）`: with its neighbours it leaves nothing out."""
    named = {e.measure for e in (*ahead[:3], *behind[:3])}
    return any(
        entry.measure in parts and set(parts) - {entry.measure} <= named for _, parts in ontology().closed
    )


def _twins(entry: Entry, ahead: Sequence[Entry], behind: Sequence[Entry]) -> Iterator[Guess]:
    """`收入总计100万元，支出总计100万元`: the two are equal (docs/domain.md 1.5)."""
    mine = _side(entry)
    for other in (*ahead[:2], *behind[:2]):
        if mine and _GRAND.search(other.words) and {mine, _side(other)} == {"收", "支"}:
            yield Guess(other.millionths, (other,), SUM)


def _side(entry: Entry) -> str:
    sides = {sign for sign in "收支" if sign in entry.words}
    return sides.pop() if len(sides) == 1 else ""


def _runs(ahead: Sequence[Entry]) -> Iterator[Guess]:
    """The last two, three … before it, in all; of one column of a list, too (`预算20万元，支出18万元`)."""
    yield from _growing([e for e in ahead if not e.old][:3])
    for kept in _columns([e for e in ahead if e.role == LEVEL]):
        yield from _growing(kept[:9])


def _growing(ahead: Sequence[Entry]) -> Iterator[Guess]:
    """The sum of the nearest two, of three, and so on."""
    for count, value in enumerate(accumulate(e.millionths for e in ahead), 1):
        if count >= 2:
            yield Guess(value, tuple(ahead[count - 1 :: -1]), SUM)


def _right_before(reading: Reading, entry: Entry, ahead: Sequence[Entry]) -> Iterator[Guess]:
    """`行政编制16名、事业编制84名，合计100名`: the row right before a total, however few its digits."""
    counted = _COUNTED.search(entry.words)
    if counted:
        number = from_count(counted[1])
        for kept in _columns(ahead):
            if len(kept) >= number >= 2:
                yield _sum(kept[:number][::-1])._replace(adjacent=True, worded=True)
    row: list[Entry] = []
    behind = entry
    for one in ahead:
        between = reading.text.flat[one.end : behind.start]
        if len(between) > _ROW or re.search(r"[。；]", between) or one.old or one.role != LEVEL:
            break
        row.insert(0, one)
        behind = one
    if len(row) >= 2 and not any(_sum(row[n:]).value == entry.millionths for n in range(len(row) - 1)):
        yield _sum(row)._replace(adjacent=True, worded=True)


def _columns(ahead: Sequence[Entry]) -> Iterator[list[Entry]]:
    """All; this year's; those outside brackets; budgets, and what was spent; the first of each sentence."""
    yield list(ahead)
    mine = [e for e in ahead if not e.old]
    yield mine
    yield [e for e in mine if e.role == LEVEL]
    yield [e for e in mine if not e.depth]
    yield [e for e in mine if not e.is_budget]
    yield [e for e in mine if e.is_budget]
    yield [e for e in mine if e.measure]
    firsts = {e.quantity.sentence: e for e in mine}
    yield list(firsts.values())
    yield from (mine[start::2] for start in (0, 1))


def _sum(entries: Sequence[Entry]) -> Guess:
    return Guess(sum([e.millionths for e in entries]), tuple(entries), SUM)


def _pairs(ahead: Sequence[Entry]) -> Iterator[Guess]:
    near = ahead[:_NEAR]
    for width in range(1, len(near)):
        for at in range(len(near) - width):
            yield _gap(near[at], near[at + width])


def _gap(later: Entry, earlier: Entry) -> Guess:
    high, low = (earlier, later) if earlier.amount >= later.amount else (later, earlier)
    return _less(high, [low])


def _less(high: Entry, low: Sequence[Entry]) -> Guess:
    value = high.millionths - sum([e.millionths for e in low])
    return Guess(value, (high, *low), LESS)


def _threes(ahead: Sequence[Entry]) -> Iterator[Guess]:
    """`年初40＋收入100－支出120`: of three that stand together one is taken away."""
    for at in range(min(len(ahead) - 2, 4)):
        three = ahead[at : at + 3][::-1]
        for number, less in enumerate(three):
            others = [e for n, e in enumerate(three) if n != number]
            value = sum([e.millionths for e in others]) - less.millionths
            yield Guess(value, (*others, less), THREE)


def _rests_in_sentence(entry: Entry, ahead: Sequence[Entry], behind: Sequence[Entry]) -> Iterator[Guess]:
    """`经营面积12.86万亩，公益林7.42万亩，商品林4.31万亩，余下1.13万亩`: told in one sentence it can be of few digits."""
    named = entry.words.lstrip("，和及").startswith(("其余", "余下", "剩余", "其他"))
    for guess in _rests(ahead, behind):
        here = all(e.quantity.sentence == entry.quantity.sentence for e in guess.operands)
        yield guess._replace(adjacent=named and here and entry.quantity.money is None)


def _rests(ahead: Sequence[Entry], behind: Sequence[Entry]) -> Iterator[Guess]:
    """What a total before leaves when its other parts are taken away."""
    for count in range(1, min(len(ahead), 9)):
        yield _less(ahead[count], ahead[:count][::-1])
    for count in range(1, min(len(behind), 6) + 1):
        yield from (_less(whole, behind[:count]) for whole in ahead[:2])
    for count in range(1, min(len(ahead), 5)):
        for more in range(1, min(len(behind), 4) + 1):
            yield _less(ahead[count], [*ahead[:count][::-1], *behind[:more]])
    for count in range(1, min(len(ahead), 6)):
        yield from (_less(whole, ahead[:count][::-1]) for whole in ahead[count + 1 : count + 4])


def _owners(behind: Sequence[Entry]) -> Iterator[Guess]:
    for kept in (behind, [e for e in behind if not e.depth], [e for e in behind if e.measure]):
        for count in range(2, min(len(kept), 7) + 1):
            yield _sum(kept[:count])


def _sums_of_two(ahead: Sequence[Entry]) -> Iterator[Guess]:
    near = ahead[:_NEAR]
    for width in range(2, len(near)):
        for at in range(len(near) - width):
            yield _sum([near[at + width], near[at]])
