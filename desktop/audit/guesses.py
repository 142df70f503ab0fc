"""Guesses at how a number came about from those beside it, and when a near miss is no chance."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from functools import lru_cache
from itertools import chain, islice, takewhile
from typing import NamedTuple

from desktop.audit.finding import HINT
from desktop.audit.registry import doubts_words
from desktop.audit.text.near_misses import is_near_miss, is_swap
from desktop.audit.text.reading import Reading
from desktop.audit.text.roles import CHANGE, LEVEL, Entry
from desktop.domain.numbers import show_short

_SLIPS = 45
"""Numbers of a given length that one slip of a hand makes of another, about: nine for each digit, and swaps."""
_SHORT = 3
"""Digits: of `4.4` too many numbers are one lost digit away."""
_SENTENCES_BACK = 2
_LIST_BACK, _LIST_MOST = 12, 40
"""Sentences and numbers of a list that a total behind it adds up."""
_FARTHEST = 20
"""A number so many times as large is no candidate: no slip makes one of the other, and it counts for no chance."""
MOST_BEFORE, MOST_AFTER = 12, 8
"""Numbers before and behind that a number may come from: those of its story, not of the page."""
_MOST_SEEN = 200
"""Numbers among which these are looked for: a hostile sentence has thousands of rates and no operand."""
_EARLIER = 24
"""Numbers of the paragraphs before that one may come from: `以上五项合计` stands in a line of its own."""
SUM, LESS, THREE, RATIO, MOVED, MOVED_ON = "和", "差", "加减", "比", "增减率", "倒推"


class Guess(NamedTuple):
    """A number that others would make: its value in the scale of the number told, the operands and what is done."""

    value: int
    operands: tuple[Entry, ...]
    form: str
    worded: bool = False
    """Whether the words say so (合计, 结余, 执行率), or the place alone."""
    adjacent: bool = False
    """Whether the operands stand right before it, and its words name what is made of them: then nothing else is meant."""
    slip: bool = True
    """Whether it is one digit off."""

    @property
    def said(self) -> str:
        """`100＋20`: the sum in words."""
        first, *rest = (show_short(e.amount, 6) for e in self.operands)
        if self.form == SUM:
            return "＋".join((first, *rest))
        if self.form == LESS:
            return "－".join((first, *rest))
        if self.form == THREE:
            return f"{first}＋{rest[0]}－{rest[1]}"
        one, other = (e.with_unit for e in self.operands[:2])
        if self.form == RATIO:
            return f"{one}÷{other}"
        return f"（{one}－{other}）÷{other}" if self.form == MOVED else f"{one}÷（{other}减去增减额）"


class Story:
    """The numbers of a report by paragraph, with those that nothing has explained yet."""

    def __init__(self, reading: Reading) -> None:
        self._explained = {place.end for held in reading.holding for place in held.proved}
        self._doubted = set(_doubted(reading))
        # The same figure told again has the same cause.
        wrong = {(e.kind, e.amount) for e in reading.entries if e.end in self._doubted and e.quantity.money}
        if wrong:
            self._doubted |= {e.end for e in reading.entries if (e.kind, e.amount) in wrong and e.amount}

    def unexplained(self, paragraph: Sequence[Entry]) -> Iterator[tuple[int, Entry]]:
        """The numbers of a paragraph that no relation has proved and no finding has asked about, with their index."""
        for at, entry in enumerate(paragraph):
            if not self.is_explained(entry) and not self.is_doubted(entry) and not entry.quantity.approximate:
                yield at, entry

    def is_explained(self, entry: Entry) -> bool:
        return entry.end in self._explained or entry.end - len(entry.quantity.unit) in self._explained

    def is_doubted(self, entry: Entry) -> bool:
        return entry.end in self._doubted

    def doubt(self, entries: Iterable[Entry]) -> None:
        """One cause is told once: who has been named in a finding is left alone."""
        self._doubted.update(entry.end for entry in entries)


def _doubted(reading: Reading) -> Iterator[int]:
    """`执行率88.16%，低于90%，应说明原因` asks for words, and the number may still be told again with a slip."""
    for finding in reading.told:
        if finding.level != HINT and not doubts_words(finding.code):
            for span in finding.wrong_spans:
                yield from (q.end for q in reading.quantities_between(*reading.text.stretch(span)))


def paragraphs(reading: Reading) -> Iterator[tuple[list[Entry], list[Entry]]]:
    """The numbers of each paragraph, and the last ones before it."""
    earlier: list[Entry] = []
    for paragraph in reading.entries_by_paragraph.values():
        yield paragraph, earlier
        earlier = [*earlier, *paragraph][-_EARLIER:]


def before(
    paragraph: Sequence[Entry], at: int, earlier: Sequence[Entry] = (), far: bool = False
) -> list[Entry]:
    """The operands told before a number, nearest first: of its sentence and the ones shortly before.

    `far`: of a longer list, as a total behind it may add up.
    """
    back, most = (_LIST_BACK, _LIST_MOST) if far else (_SENTENCES_BACK, MOST_BEFORE)
    sentence = paragraph[at].quantity.sentence
    here = (paragraph[n] for n in range(at - 1, max(at - _MOST_SEEN, 0) - 1, -1))
    near = takewhile(lambda e: e.quantity.sentence >= sentence - back, here)
    return list(islice(filter(is_operand, chain(near, reversed(earlier))), most))


def after(paragraph: Sequence[Entry], at: int) -> list[Entry]:
    """The operands told behind a number, in order: of its sentence and the next."""
    sentence = paragraph[at].quantity.sentence
    here = (paragraph[n] for n in range(at + 1, min(at + _MOST_SEEN, len(paragraph))))
    near = takewhile(lambda e: e.quantity.sentence <= sentence + 1, here)
    return list(islice(filter(is_operand, near), MOST_AFTER))


_ABOUT = re.compile(r"(?:(?<!节)约合?|近|折合|即|超过|不足|大约|将近)为?$")
"""`约0.93亿元`, `（即3,856,000元）`: the same again, or no exact number."""
LARGEST = Decimal(10) ** 10
"""万元, or pieces: no report tells more; a hostile one tells a number of five million digits, which takes for ever."""
_EACH = re.compile(r"均|每|单价|标准|单台|不超过|以上")
"""`人均1万元`: no amount that adds up with others."""


def is_operand(entry: Entry) -> bool:
    quantity = entry.quantity
    return (
        entry.role in (LEVEL, CHANGE)
        and bool(quantity.unit)
        and quantity.unit not in ("分", "个百分点")
        and not quantity.approximate
        and _is_whole(entry.words)
        and entry.amount < LARGEST
    )


@lru_cache(maxsize=4096)
def _is_whole(words: str) -> bool:
    """Asked of a number by each of its neighbours."""
    return not _ABOUT.search(words) and not _EACH.search(words)


def percent(part: int, whole: int, scale: int) -> int:
    """Rounded half up, in units of the last digit shown; 0 of nothing."""
    return (200 * scale * part + whole) // (2 * whole) if whole > 0 else 0


def is_no_chance(told: int, guessed: int, rank: int, rounded: bool = True) -> bool:
    """Whether a number that fits the guess of that rank proves it: of a hundred wrong ones three may fit by chance."""
    return rank * 100 <= 3 * int(10 ** _digits(told, guessed, rounded))


def near_miss(
    told: int, guesses: Iterable[Guess], decimals: int, scale: int, rounded: bool = True
) -> Guess | None:
    """The first guess of which the number told is one slip away, if that is no chance: the more guesses were tried
    before it, and the fewer digits the number has, the sooner one fits by chance.

    `decimals` and `scale`: the digits written, and how many units of `told` make a whole; `rounded`: that the noughts
    at the end say nothing, as in amounts (a quotient has none by design).
    """
    tried, no_slips = set[int](), set[int]()
    for guess in guesses:
        if guess.value in no_slips or not (guess.value < _FARTHEST * told and told < _FARTHEST * guess.value):
            continue
        tried.add(guess.value)
        if not guess.adjacent and not _may_be_slip(told, guess.value):
            no_slips.add(guess.value)
            continue
        digits = _digits(told, guess.value, rounded)
        allowed = _allowed(digits, guess.worded)
        likely = guess.adjacent or len(tried) * _SLIPS <= allowed
        # Of the numbers one slip away few have two neighbours exchanged: more guesses leave no room for chance.
        if likely or (digits > _SHORT and len(tried) * digits <= allowed):
            one, other = (Decimal(value) / scale for value in (told, guess.value))
            if is_near_miss(one, other, decimals) and (likely or is_swap(one, other)):
                return guess
            if likely:
                no_slips.add(guess.value)
    return None


def _allowed(digits: int, worded: bool) -> int:
    """Of how many numbers of that length one hundredth are; five hundredths where the words say what it is."""
    return int(10**digits) * (5 if worded else 1) // 100


def _digits(told: int, guessed: int, rounded: bool) -> int:
    """Digits that tell."""
    while rounded and told and guessed and told % 10 == 0 and guessed % 10 == 0:
        told, guessed = told // 10, guessed // 10
    return len(str(max(told, guessed)))


def _may_be_slip(one: int, other: int) -> bool:
    """A quick look before the digits are compared: one digit changed or two swapped leave a gap of one or two."""
    gap = abs(one - other)
    if gap == 0 or one <= 0 or other <= 0:
        return False
    if _digits(one, other, True) <= _SHORT and len(str(one)) != len(str(other)):
        return False
    if len(str(gap).rstrip("0")) <= 2:
        return True
    return not (one < 5 * other and other < 5 * one) or abs(len(str(one)) - len(str(other))) == 1
