"""Evidence: each number of a report is proved by what fits it, refuted by a finding, or has no second source."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from desktop.audit.finding import ERROR, Finding, Span
from desktop.audit.read_as import ReadAs, read_as
from desktop.audit.registry import doubts_words
from desktop.audit.text.reading import Reading, Stretch
from desktop.domain.keys import FactKey

PROVED, REFUTED, UNCHECKED = "proved", "refuted", "unchecked"

_DIGITS = re.compile(r"\d[\d,]*(?:\.\d+)?")
"""`1,234.50` of `1,234.50万元`, in the text as in what a finding expects."""
_MOST_OPERANDS = 12
"""So many other numbers of one relation are named: a figure told sixty times needs no sixty jumps each time."""


_MOST_SPANS = 60
"""Marks of one finding that are looked at: a finding with more is about words."""


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
    """One number of the text, with its unit: characters `start` to `end` of the text that was read.

    `read` is empty for a number of a printed form, which stands in no sentence.
    """

    start: int
    end: int
    state: str
    by: tuple[Ground, ...]
    read: ReadAs = ReadAs()


def evidence(
    reading: Reading, findings: Iterable[Finding], printed: Iterable[Stretch] = ()
) -> list[NumberVerdict]:
    """Every number of the body and of the `printed` forms in the order of the text, by what the rules noted.

    Proved is a number that stands in a relation that holds. Refuted is one that an 错误 calls wrong, whatever else
    fits it: the number for which the finding says what should stand there; where it cannot say, all its numbers
    that nothing proves. A 核实 or 提示 is a question and no answer, and a rule `of_words` doubts no number: theirs
    stay as they are, and name it.
    """
    told = _Numbers(reading, {*(Stretch(q.start, q.end) for q in reading.quantities), *printed})
    grounds = defaultdict[Stretch, list[Ground]](list)
    for code, proved, others, cells in dict.fromkeys(reading.holding):
        own = told.each(proved)
        operands = dict.fromkeys([*own, *told.each(others)])
        for number in own:
            rest = islice((told.spans[o] for o in operands if o != number), _MOST_OPERANDS)
            grounds[number].append(Ground(code, "", "", tuple(rest), cells))
    held, refuted = set(grounds), set[Stretch]()
    for finding in findings:
        ends = [told.ending(span) for span in finding.spans[:_MOST_SPANS]]
        wrong = list(_wrong(told, finding, ends, held))
        refuted.update(wrong if finding.level == ERROR and not doubts_words(finding.code) else ())
        for number in dict.fromkeys([*wrong, *filter(None, ends)]):
            elsewhere = [s for s, end in zip(finding.spans, ends, strict=False) if end != number]
            spans = tuple(elsewhere[:_MOST_OPERANDS])
            ground = Ground(finding.code, finding.level, finding.message, spans, finding.cells)
            grounds[number].insert(0, ground)
    read = read_as(reading)
    return [
        NumberVerdict(
            *span,
            REFUTED if number in refuted else PROVED if number in held else UNCHECKED,
            tuple(grounds.get(number, ())),
            read.get(number, ReadAs()),
        )
        for number, span in told.spans.items()
    ]


class _Numbers:
    """The numbers of a text in their order with their spans, and which of them a place means."""

    def __init__(self, reading: Reading, numbers: Iterable[Stretch]) -> None:
        self.text = reading.text
        self.spans = {number: self.text.span(*number) for number in sorted(numbers)}
        self._numbers = list(self.spans)
        self._starts = [number.start for number in self._numbers]

    def within(self, place: Stretch) -> Iterator[Stretch]:
        """Those that lie in a place, the last first."""
        at = bisect_left(self._starts, place.end) - 1
        while at >= 0 and self._numbers[at].end > place.start:
            yield self._numbers[at]
            at -= 1

    def each(self, places: Iterable[Stretch]) -> list[Stretch]:
        """The numbers that places end in, each once: `公务接待费3万元`, or its digits alone."""
        found = (place if place in self.spans else next(self.within(place), None) for place in places)
        return list(dict.fromkeys(number for number in found if number is not None))

    def ending(self, span: Span) -> Stretch | None:
        """The number in which marked words end; None for those that speak of something else."""
        place = Stretch(*self.text.stretch(span))
        number = next(self.within(place), None)
        return number if number is not None and number.end >= place.end else None


def _wrong(
    told: _Numbers, finding: Finding, ends: Sequence[Stretch | None], held: set[Stretch]
) -> Iterator[Stretch]:
    """The numbers that a finding calls wrong.

    What it expects stands for its wrong words: `应为25%` for the one number there with other digits (`减少20万元` for
    `增加20万元` puts a word right). Without that the numbers contradict one another.
    """
    if not finding.expected:
        numbers = [number for number in ends if number is not None]
        first = ends[0] if ends else None
        yield from [n for n in numbers if n not in held] or [first] if first is not None else []
        return
    right = _DIGITS.search(finding.expected)
    for span, end in zip(finding.wrong_spans, ends, strict=False):
        inside = islice(told.within(Stretch(*told.text.stretch(span))), 3)
        other = [number for number in inside if right and _digits(told, number) != right.group()]
        yield from [end] if end is not None and end in other else other if len(other) == 1 else []


def _digits(told: _Numbers, number: Stretch) -> str:
    match = _DIGITS.search(told.text.flat, *number)
    return match.group() if match else ""
