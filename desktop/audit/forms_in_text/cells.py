"""The printed forms as a row of cells again: one cell a line, or several on one line with blanks between."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from desktop.audit.text.flat_text import Text
from desktop.domain.labels import after_label, is_number, plain

EMPTY_WORDS = frozenset(("-", "--", "—", "——", "–", "/", "\\", "无", "不适用", "*"))
"""What people put into a cell of numbers that has none: it holds its column's place all the same."""
_PIPES = "|｜"
_RULE = re.compile(r"[|｜:：+-]*-{3}[|｜:：+-]*$")
"""`|---|:--:|`, `+-----+`: a line that only rules a table off."""
_YEAR = re.compile(r"(?:19|20)\d{2}")
_LONGEST_LABEL = 60
"""Characters; the longest label of the forms (偏差原因分析及改进措施 and the like) has about twenty, remarks in brackets
come on top. Beyond it the pieces joined are sentences."""
_MOST_PIECES = 8
"""A narrow column breaks a label into lines of two or three characters: `服务` | `对象` | `满意` | `度指` | `标`."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A cell, or a part of one. `start`, `end` lie in `Text.flat`.

    `empties` are the empty lines before it, which may be empty cells; `new_line` tells it from a piece after a mere
    blank.
    """

    text: str
    start: int
    end: int
    empties: int = 0
    new_line: bool = True


@dataclass(frozen=True, slots=True)
class LabelMatch:
    """A known label: what it stands for, its count of pieces, and a value glued behind its colon."""

    id: str
    count: int
    start: int
    end: int
    text: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class Value:
    """One number of a row as printed, '' where a stroke stands for nothing."""

    text: str
    start: int
    end: int
    empties: int


class Cells:
    """The pieces of one form: any blank may part two cells, and any cell may be in several pieces."""

    def __init__(self, text: Text, start: int, end: int, year: int) -> None:
        self.text = text
        self.start, self.end, self.year = start, end, year
        self.pieces = self._cut()

    def __len__(self) -> int:
        return len(self.pieces)

    # -- cutting -----------------------------------------------------------------------------------------

    def _cut(self) -> list[Piece]:
        """The signs between white space; strokes and ruling lines are as good as blanks."""
        flat, raw = self.text.flat, self.text.raw
        mine = (line for line in self.text.lines if line[0] < self.end and line[1] > self.start)
        rules = [line for line in mine if _RULE.match(flat[line[0] : line[1]])]
        ruled = {at for first, last in rules for at in range(max(first, self.start), min(last, self.end))}
        pieces: list[Piece] = []
        gap, before = "\n", -1
        for at in range(self.start, self.end):
            if at in ruled:
                continue
            place = self.text.span(at, at + 1).start
            gap += raw[before + 1 : place] if before >= 0 else ""
            before = place
            if flat[at] in _PIPES:
                gap += "\t"
            elif gap or not pieces:
                empties = max(0, gap.count("\n") - 1)
                pieces.append(Piece(flat[at], at, at + 1, empties, "\n" in gap or "\t" in gap))
                gap = ""
            else:
                last = pieces[-1]
                pieces[-1] = replace(last, text=last.text + flat[at], end=at + 1)
        return pieces

    # -- reading -----------------------------------------------------------------------------------------

    def plain(self, text: str) -> str:
        return plain(text, self.year)

    def match(self, at: int, known: Mapping[str, str]) -> LabelMatch | None:
        """The longest known label that begins with a piece; labels broken by lines or blanks are joined."""
        best: LabelMatch | None = None
        joined = ""
        for k in range(at, min(at + _MOST_PIECES, len(self.pieces))):
            piece = self.pieces[k]
            if k > at and is_number(piece.text):
                break
            joined += piece.text
            if len(joined) > _LONGEST_LABEL:
                break
            label, value = after_label(joined)
            first = self.pieces[at].start
            if value:
                known_id = known.get(self.plain(label))
                if best is None and known_id is not None:
                    best = LabelMatch(known_id, k - at + 1, first, piece.end, label, value)
                return best
            known_id = known.get(self.plain(joined))
            if known_id is not None:
                best = LabelMatch(known_id, k - at + 1, first, piece.end, joined)
        return best

    def number(self, at: int) -> tuple[Value, int] | None:
        """The number that begins with a piece, and its count of pieces: `95.` and `10%` are one."""
        if at >= len(self.pieces):
            return None
        piece = self.pieces[at]
        text, end, count = piece.text, piece.end, 1
        if at + 1 < len(self.pieces):
            following = self.pieces[at + 1].text
            if _YEAR.fullmatch(text) and following.startswith("年"):
                return None  # `2022 年决算数`: a head, no amount
            broken = text.endswith(".") and following[:1].isdigit()
            if (broken or following.startswith(".")) and is_number(text + following):
                text, end, count = text + following, self.pieces[at + 1].end, 2
        if text in EMPTY_WORDS:
            text = ""
        elif not is_number(text):
            return None
        return Value(text, piece.start, end, piece.empties), count

    def numbers(self, at: int, most: int) -> tuple[list[Value], int]:
        """Numbers one after another, at most so many, and where reading goes on."""
        numbers: list[Value] = []
        while len(numbers) < most and (number := self.number(at)):
            numbers.append(number[0])
            at += number[1]
        return numbers, at

    def in_columns(self, values: list[Value], columns: int, at: int) -> list[int] | None:
        """Which column each value of a row stands in; None where empty cells were lost and nobody can say.

        `at` is the piece after the row. Empty lines may be empty cells: only if they fill the row up exactly.
        """
        if len(values) == columns:
            return list(range(columns))
        after = self.pieces[at].empties if at < len(self.pieces) else 0
        inside = [value.empties for value in values]
        if sum(inside) + len(values) + after != columns:
            return None
        places, place = [], -1
        for empties in inside:
            place += 1 + empties
            places.append(place)
        return places

    def as_written(self, start: int, end: int) -> str:
        """A stretch as it was written, line by line."""
        span = self.text.span(start, end)
        lines = (" ".join(line.split()) for line in self.text.raw[span.start : span.end].splitlines())
        return "\n".join(line for line in lines if line)
