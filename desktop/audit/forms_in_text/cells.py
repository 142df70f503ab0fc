"""The printed forms as a row of cells again: tab-prefixed, one cell a line, or several on one line."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from desktop.audit.text.flat_text import Text
from desktop.domain.labels import after_label, is_number, plain

EMPTY_WORDS = frozenset(("-", "--", "—", "——", "–", "/", "\\", "无", "不适用", "*"))
"""What people put into a cell of numbers that has none: it holds its column's place all the same."""
_PIPES = "|｜"
_RULE = re.compile(r"[|｜:：+-]*-{3}[|｜:：+-]*$")
"""`|---|:--:|`, `+-----+`: a line that only rules a table off."""
_UNTABBED_START = re.compile(r"(?:说明|备?注)：|(?:单位|部门)?负责人|填[表报]人|附件\d|（?此页")
"""`说明：…`, `填表人：`, `附件2`: begins something new although no tab stands before it; any other line without a
tab goes on with the cell above (`实际规` | `模(m²)`)."""
_YEAR = re.compile(r"(?:19|20)\d{2}")
_LONGEST_LABEL = 60
"""Characters; the longest label of the forms (偏差原因分析及改进措施 and the like) has about twenty, remarks in brackets
come on top. Beyond it the pieces joined are sentences."""
_MOST_PIECES = 8
"""A narrow column breaks a label into lines of two or three characters: `服务` | `对象` | `满意` | `度指` | `标`."""
_ENOUGH_TABS = 6
"""The smallest table of the forms has more cells than this; fewer tabs are indents, or columns of one signature line."""
_TAB_SHARE = 4
"""One line break in so many must come with a tab; else the tabs belong to one pasted part, not to the form."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A cell, or a part of one. `start`, `end` lie in `Text.flat`.

    `blanks` empty cells are known to stand before it in its row, `trailing` at the end of the row above;
    `empties` are the empty lines before it, which may be such cells; `new_line` tells it from a piece after a
    mere blank.
    """

    text: str
    start: int
    end: int
    blanks: int = 0
    empties: int = 0
    new_line: bool = True
    trailing: int = 0


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
    blanks: int
    empties: int


class Cells:
    """The pieces of one form. `has_grid`: tabs show where each cell begins, so that empty cells are known."""

    def __init__(self, text: Text, start: int, end: int, year: int) -> None:
        self.text = text
        self.start, self.end, self.year = start, end, year
        self.has_grid = False
        self.pieces = self._cut()

    def __len__(self) -> int:
        return len(self.pieces)

    # -- cutting -----------------------------------------------------------------------------------------

    def _gaps(self) -> tuple[list[int], list[str]]:
        """The characters that are no rulings, and the white space before each (a ruling counts as a tab)."""
        flat, raw = self.text.flat, self.text.raw
        chars: list[int] = []
        gaps: list[str] = []
        gap, before = "", -1
        mine = (line for line in self.text.lines if line[0] < self.end and line[1] > self.start)
        rules = [line for line in mine if _RULE.match(flat[line[0] : line[1]])]
        ruled = {at for first, last in rules for at in range(max(first, self.start), min(last, self.end))}
        for at in range(self.start, self.end):
            if at in ruled:
                continue
            place = self.text.span(at, at + 1).start
            gap += raw[before + 1 : place] if before >= 0 else "\n"
            before = place
            if flat[at] in _PIPES:
                gap += "\t"
                continue
            chars.append(at)
            gaps.append(gap)
            gap = ""
        return chars, gaps

    def _cut(self) -> list[Piece]:
        chars, gaps = self._gaps()
        tabbed = [gap for gap in gaps if "\t" in gap]
        lines = sum("\n" in gap for gap in gaps)
        self.has_grid = len(tabbed) >= _ENOUGH_TABS and _TAB_SHARE * len(tabbed) >= lines
        # Tabs mostly at the start of lines: each cell is a line with a tab before it; else a row is a line.
        leading = 2 * sum("\n" in gap for gap in tabbed) > len(tabbed)
        ruled = any(c in self.text.flat[self.start : self.end] for c in _PIPES)
        pieces: list[Piece] = []
        begun = 0
        for k in range(1, len(chars) + 1):
            if k < len(chars) and not self._begins_cell(chars[k], gaps[k], leading):
                continue
            text = "".join(self.text.flat[c] for c in chars[begun:k])
            if text:
                pieces.append(self._piece(text, chars[begun], chars[k - 1] + 1, gaps[begun], leading, ruled))
            begun = k
        return pieces

    def _begins_cell(self, at: int, gap: str, leading: bool) -> bool:
        """Whether a new cell begins behind this white space; without a grid any blank may part two cells."""
        if not gap:
            return False
        if not self.has_grid or not leading:
            return not self.has_grid or "\t" in gap or "\n" in gap
        return "\t" in gap or ("\n" in gap and bool(_UNTABBED_START.match(self.text.flat, at)))

    def _piece(self, text: str, start: int, end: int, gap: str, leading: bool, ruled: bool) -> Piece:
        """A piece with the empty cells before it: each tab more than one, less the pipe that opens a ruled row."""
        blanks = trailing = 0
        if self.has_grid and (leading or "\n" not in gap):
            blanks = max(0, gap.count("\t") - 1)
        elif self.has_grid:
            blanks = max(0, gap.rpartition("\n")[2].count("\t") - ruled)
            trailing = max(0, gap.partition("\n")[0].count("\t") - ruled)
        empties = max(0, gap.count("\n") - 1)
        return Piece(text, start, end, blanks, empties, "\n" in gap or "\t" in gap, trailing)

    # -- reading -----------------------------------------------------------------------------------------

    def plain(self, text: str) -> str:
        return plain(text, self.year)

    def match(self, at: int, known: Mapping[str, str]) -> LabelMatch | None:
        """The longest known label that begins with a piece; labels broken by lines or blanks are joined."""
        best: LabelMatch | None = None
        joined = ""
        for k in range(at, min(at + (1 if self.has_grid else _MOST_PIECES), len(self.pieces))):
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
        if at + 1 < len(self.pieces) and not self.has_grid:
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
        return Value(text, piece.start, end, piece.blanks, piece.empties), count

    def numbers(self, at: int, most: int) -> tuple[list[Value], int]:
        """Numbers one after another, at most so many, and where reading goes on."""
        numbers: list[Value] = []
        while len(numbers) < most and (number := self.number(at)):
            numbers.append(number[0])
            at += number[1]
        return numbers, at

    def in_columns(self, values: list[Value], columns: int, lead: int, at: int) -> list[int] | None:
        """Which column each value of a row stands in; None where empty cells were lost and nobody can say.

        `lead` cells of the row stand before the first column; `at` is the piece after the row.
        """
        if len(values) == columns:
            return list(range(columns))
        if self.has_grid:
            places, place = [], -1
            for number, value in enumerate(values):
                place += 1 + max(0, value.blanks - (lead if number == 0 else 0))
                places.append(place)
            return places if not places or places[-1] < columns else None
        # Without tabs the empty lines may be the empty cells: only if they fill the row up exactly.
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
