"""R52: the word of a change told by its amount (`减少2万元`) against the two figures it lies between."""

from __future__ import annotations

import re
from collections.abc import Iterator

from desktop.audit.finding import ERROR, Finding
from desktop.audit.text.budget_figures import is_change
from desktop.audit.text.compared_figures import (
    FALL,
    OPPOSITE,
    RISE,
    SINCE,
    THAN,
    Pair,
    contradiction,
    pair_of,
    value_of,
    way_of,
    words_of,
)
from desktop.audit.text.mentions import PERCENT, Quantity
from desktop.audit.text.reading import Reading
from desktop.audit.text_audit import check
from desktop.domain.numbers import half_unit

_MOST = 400
"""Claims of one kind in a text: a report has dozens; more is repetition that would only cost time."""


_CHANGE_WORD = re.compile(rf"(?P<way>{RISE}|{FALL})(?:了|为|约|额)*$")
_BACK = 2
"""Sentences before the change in which the two figures may stand."""
_EXACT = 4
"""Digits that two amounts must show before their meeting somewhere else in the text is no accident."""


@check("R52", "增减的说法与两个数相反")
def change_words(reading: Reading) -> Iterator[Finding]:
    """`减少D万元` where the newer figure is larger by just D: the word is wrong, or the two figures are exchanged.

    The two figures stand near and say which is the older; or the older one, told elsewhere as last year's or the
    opening one, is the nearest figure plus or minus D, and the one that the word asks for is nowhere. Amount and
    rate of one change with words that differ (`增加2万元，下降5%`) cannot both be right; which is, the figures say.
    """
    claims = 0
    for number, quantities in reading.by_sentence.items():
        for at, change in enumerate(quantities):
            match = _CHANGE_WORD.search(words_of(reading, change))
            if match is None or not change.money or not is_change(change) or claims >= _MOST:
                continue
            claims += 1
            word, stated = match["way"], way_of(match["way"])
            near = _near(reading, number, quantities[:at])
            pairs = [pair for pair in _pairs(reading, near) if _fits(pair, change)]
            place = (change.label_start + match.start("way"), change.end)
            rate = quantities[at + 1] if at + 1 < len(quantities) else None
            if pairs and all(pair.way != stated for pair in pairs):
                yield contradiction(reading, "R52", pairs[-1], place, word)
                continue
            old = _told_elsewhere(reading, near[-1], change, stated) if near and not pairs else None
            if old is not None:
                yield contradiction(reading, "R52", Pair(near[-1], old), place, word)
            else:
                sure = bool(pairs) or (bool(near) and _asked(reading, near[-1], change, stated))
                yield from _word_of_rate(reading, change, rate, word, sure)


def _near(reading: Reading, number: int, here: list[Quantity]) -> list[Quantity]:
    """The amounts before a change in its sentence and, where they are fewer than two, in those before it."""
    near = [q for q in here if q.money is not None and not is_change(q)]
    paragraph = reading.text.sentences[number].paragraph
    for back in range(1, _BACK + 1):
        at = number - back
        if len(near) >= 2 or at < 0 or reading.text.sentences[at].paragraph != paragraph:
            break
        earlier = reading.by_sentence.get(at, ())
        near = [q for q in earlier if q.money is not None and not is_change(q)] + near
    return near[-6:]


def _pairs(reading: Reading, near: list[Quantity]) -> Iterator[Pair]:
    for at, one in enumerate(near):
        for two in near[at + 1 :]:
            pair = pair_of(reading, [one, two], "") or pair_of(reading, [one, two], "预算")
            if pair is None and THAN.search(reading.text.flat[max(0, two.start - 14) : two.start]):
                pair = Pair(one, two)  # `8.20万元，比7.10万元减少1.10万元`
            if pair is not None:
                yield pair


def _fits(pair: Pair, change: Quantity) -> bool:
    slack = half_unit(min(q.money_decimals for q in (*pair, change))) * 2
    return abs(abs(value_of(pair.new) - value_of(pair.old)) - value_of(change)) <= slack


def _word_of_rate(
    reading: Reading, change: Quantity, rate: Quantity | None, word: str, sure: bool
) -> Iterator[Finding]:
    """`增加1.10万元，下降15.49%`: amount and rate of one change go the same way. `sure`: the amount's word is right."""
    if rate is None or rate.unit != PERCENT or not rate.value:
        return
    between = reading.text.flat[change.end : rate.start]
    match = re.fullmatch(rf"[，、（]?(?P<way>{RISE}|{FALL})(?:了|幅|幅度|率|为|约)*", between)
    if match is None or way_of(match["way"]) == way_of(word):
        return
    place = (change.end + match.start("way"), rate.end)
    amount = change.place
    message = f"增减额写“{word}”，增减率写“{match['way']}”，方向相反"
    right = (
        f"{OPPOSITE[match['way']]}{reading.text.flat[place[0] + len(match['way']) : place[1]]}"
        if sure
        else ""
    )
    yield reading.finding("R52", ERROR, message, place, amount, expected=right)


def _asked(reading: Reading, figure: Quantity, change: Quantity, stated: int) -> bool:
    """Whether the other figure that the word asks for is told somewhere: the word is right."""
    assert figure.money is not None and change.money is not None
    old = bool(SINCE.search(words_of(reading, figure)))
    return figure.money + (stated if old else -stated) * change.money in reading.by_amount


def _told_elsewhere(reading: Reading, new: Quantity, change: Quantity, stated: int) -> Quantity | None:
    """The older figure somewhere in the text that makes the opposite word right, if none makes the stated one so."""
    if new.money is None or change.money is None or len(change.value.as_tuple().digits) < _EXACT:
        return None
    asked, opposite = new.money - stated * change.money, new.money + stated * change.money
    if asked in reading.by_amount or SINCE.search(words_of(reading, new)):
        return None
    core = set(re.findall("结转|结余|收入|支出|采购|接待|三公|资产", new.label))
    return next(
        (
            q
            for q in reading.by_amount.get(opposite, ())
            if SINCE.search(words_of(reading, q))
            and not is_change(q)
            and any(word in q.label for word in core)
        ),
        None,
    )
