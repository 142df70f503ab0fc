"""Evidence: each number of a report is proved by what fits it, refuted by a finding, or has no second source."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from desktop.audit.finding import ERROR, Finding, Span
from desktop.audit.text.reading import Reading, Stretch
from desktop.domain.keys import FactKey

PROVED, REFUTED, UNCHECKED = "proved", "refuted", "unchecked"

_DIGITS = re.compile(r"\d[\d,]*(?:\.\d+)?")
"""`1,234.50` of `1,234.50万元`, in the text as in what a finding expects."""
_MOST_OPERANDS = 12
"""So many other numbers of one relation are named: a figure told sixty times needs no sixty jumps each time."""


class Ground(NamedTuple):
    """Why a number has its state: a relation that holds (`level` is ''), or a finding of that level.

    `spans` are the other numbers of it in the text that was read, `cells` those of the report's own tables.
    """

    code: str
    level: str
    message: str
    spans: tuple[Span, ...]
    cells: tuple[FactKey, ...]


class NumberVerdict(NamedTuple):
    """One number of the text, with its unit: characters `start` to `end` of the text that was read."""

    start: int
    end: int
    state: str
    by: tuple[Ground, ...]


def evidence(
    reading: Reading, findings: Iterable[Finding], printed: Iterable[Stretch] = ()
) -> list[NumberVerdict]:
    """Every number of the body and of the `printed` forms in the order of the text, by what the rules noted.

    Proved is a number that stands in a relation that holds. Refuted is one that an 错误 calls wrong, whatever else
    fits it: the number for which the finding says what should stand there; where it cannot say, all its numbers
    that nothing proves. A 核实 or 提示 is a question and no answer: its numbers stay as they are, and name it.
    """
    told = _Numbers({*(Stretch(q.start, q.end) for q in reading.quantities), *printed})
    span, grounds = reading.span, defaultdict[Stretch, list[Ground]](list)
    for code, proved, others, cells in dict.fromkeys(reading.holding):
        own = dict.fromkeys(number for place in proved if (number := told.at(place)) is not None)
        operands = dict.fromkeys([*own, *(n for place in others if (n := told.at(place)) is not None)])
        for number in own:
            rest = islice((o for o in operands if o != number), _MOST_OPERANDS)
            grounds[number].append(Ground(code, "", "", tuple(span(*o) for o in rest), cells))
    held, refuted = set(grounds), set[Stretch]()
    for finding in findings:
        named = [number for place in finding.spans if (number := told.ending(reading, place)) is not None]
        wrong = list(_wrong(reading, told, finding, named, held))
        refuted.update(wrong if finding.level == ERROR else ())
        for number in dict.fromkeys([*wrong, *named]):
            elsewhere = tuple(s for s in finding.spans if told.ending(reading, s) != number)
            ground = Ground(finding.code, finding.level, finding.message, elsewhere, finding.cells)
            grounds[number].insert(0, ground)
    return [
        NumberVerdict(
            *span(*number),
            REFUTED if number in refuted else PROVED if number in held else UNCHECKED,
            tuple(grounds[number]) if number in grounds else (),
        )
        for number in told.numbers
    ]


class _Numbers:
    """The numbers of a text in their order, and which of them a place means."""

    def __init__(self, numbers: Iterable[Stretch]) -> None:
        self.numbers = sorted(numbers)
        self._starts = [number.start for number in self.numbers]

    def within(self, place: Stretch) -> Iterator[Stretch]:
        """Those that lie in a place, the last first."""
        at = bisect_left(self._starts, place.end) - 1
        while at >= 0 and self.numbers[at].end > place.start:
            yield self.numbers[at]
            at -= 1

    def at(self, place: Stretch) -> Stretch | None:
        """The number that a place ends in: `公务接待费3万元`, or its digits alone."""
        return next(self.within(place), None)

    def ending(self, reading: Reading, span: Span) -> Stretch | None:
        """The number in which marked words end; None for those that speak of something else."""
        place = Stretch(*reading.text.stretch(span))
        number = self.at(place)
        return number if number is not None and number.end >= place.end else None


def _wrong(
    reading: Reading, told: _Numbers, finding: Finding, named: Sequence[Stretch], held: set[Stretch]
) -> Iterator[Stretch]:
    """The numbers that a finding calls wrong.

    What it expects stands for its first words: `应为25%` for the one number there with other digits (`减少20万元` for
    `增加20万元` puts a word right). Without that the numbers contradict one another.
    """
    if not finding.spans:
        return
    first = told.ending(reading, finding.spans[0])
    if finding.expected:
        right = _DIGITS.search(finding.expected)
        inside = told.within(Stretch(*reading.text.stretch(finding.spans[0])))
        other = [n for n in islice(inside, 3) if right and _digits(reading, n) != right.group()]
        yield from [first] if first in other and first is not None else other if len(other) == 1 else []
    elif first is not None:
        yield from [number for number in named if number not in held] or [first]


def _digits(reading: Reading, number: Stretch) -> str:
    match = _DIGITS.search(reading.text.flat, *number)
    return match.group() if match else ""
