"""Where words of the audited text stand in the file they were read from."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import NamedTuple

from desktop.audit.finding import Span
from desktop.exchange.read_text.lines import DocumentLine, Piece, joined, signs


class Part(NamedTuple):
    """The signs `first` to `last` of a piece, counted from 0 without blanks."""

    piece: Piece
    first: int
    last: int


class Places:
    """Of a file's lines with their sources; the spans that will be asked for are given at once."""

    def __init__(self, lines: Sequence[DocumentLine], spans: Iterable[Span]) -> None:
        self.pieces = [piece for line in lines for piece in _pieces(line)]
        self._starts = list(accumulate((signs(piece.text) for piece in self.pieces), initial=0))
        self._signs_before = _signs_before(joined(lines), {edge for span in spans for edge in span})

    def parts(self, span: Span) -> list[Part]:
        """In their order; empty where there are no signs."""
        at, end = self._signs_before[span.start], self._signs_before[span.end]
        found = list[Part]()
        number = bisect_right(self._starts, at) - 1
        while at < end:
            start, after = self._starts[number], self._starts[number + 1]
            if after > at:
                last = min(end, after) - 1
                found.append(Part(self.pieces[number], at - start, last - start))
                at = last + 1
            number += 1
        return found

    def page(self, span: Span) -> int | None:
        """The page on which the words begin, as far as the file says it."""
        return next((part.piece.page for part in self.parts(span) if part.piece.page is not None), None)


def _pieces(line: DocumentLine) -> tuple[Piece, ...]:
    """What is not made of its pieces sign by sign stands nowhere."""
    whole = signs(line.text) == sum(signs(piece.text) for piece in line.source)
    return line.source if whole else (Piece(line.text),)


def _signs_before(text: str, edges: set[int]) -> dict[int, int]:
    """One way through the text, however many places are asked for."""
    counts, count, before = dict[int, int](), 0, 0
    for edge in sorted(edges):
        count += signs(text[before:edge])
        counts[edge], before = count, edge
    return counts
