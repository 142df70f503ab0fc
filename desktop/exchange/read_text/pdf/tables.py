"""The text of a PDF in the cells of its ruled tables; what stands in none is put together line by line."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from desktop.exchange.document.blocks import width_em
from desktop.exchange.html_page import is_note_mark
from desktop.exchange.read_text.lines import (
    CellPlace,
    Columns,
    DocumentLine,
    Piece,
    TableCell,
    shared,
    table_lines,
)
from desktop.exchange.read_text.pdf.page import Rule, Run
from desktop.exchange.read_text.pdf.ruled_cells import SAME_LINE, Grid, grids_of

_CELL_MARGINS = 10.0
"""Points that Word and WPS leave beside the text of a cell, both sides together: 0.19 cm each."""
_LONGEST_PARAGRAPH = 20_000
"""Characters: what is longer was never one paragraph."""
_ROOM_IN_A_FULL_LINE = 1.6
"""Characters that may be left empty at the end of a full line: a stop that was moved, and rounding."""
_BASELINE_DRIFT = 0.35
"""Of the type's size: runs whose baselines differ by no more stand on one line, a raised number for instance."""
_RAISED, _HIGHEST, _SMALL = 0.15, 0.6, 0.8
"""Of the type's size: so high above the line, and so small, are the marks of notes (Word sets them at two thirds, and
LibreOffice raises them by three eighths)."""
_MOST_RUNS_OF_A_NUMBER = 20
"""A cell with more pieces of text holds no mere number."""
_MIDDLE_OF_TYPE = 0.3
"""Of the type's size above the baseline: where a character is looked for among the cells."""
_WORD_GAP, _CHARACTER_GAP = 0.15, 0.6
"""Of the type's size: a gap so wide is a blank between Latin words, between Chinese characters."""


class Line(NamedTuple):
    """Runs on one baseline."""

    x: float
    y: float
    right: float
    size: float
    text: str
    runs: tuple[Run, ...] = ()
    """As they are read."""
    marks: tuple[tuple[int, str], ...] = ()
    """The marks of footnotes, which are no signs of the text: behind how many of these, and what they show."""

    def pieces(self, page: int) -> list[Piece]:
        return [Piece(run.text, page + 1, run) for run in self.runs]


@dataclass(slots=True)
class RuledCell:
    """A cell, merged ones whole, and what is written in it, paragraph by paragraph."""

    left: float
    right: float
    rows: int = 1
    paragraphs: list[str] = field(default_factory=list)
    lines: int = 0
    full: bool = False
    """The last line is full, so that the text may go on overleaf."""
    source: list[Piece] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(self.paragraphs)


@dataclass(slots=True)
class Table:
    """A table of one page, or of several after `append_overleaf`; `order` is its place among the page's runs."""

    page: int
    order: float
    left: float
    right: float
    top: float
    bottom: float
    rows: list[list[RuledCell]]

    def lines(self) -> list[DocumentLine]:
        sides = (side for row in self.rows for cell in row for side in (cell.left, cell.right))
        columns = Columns(sides, SAME_LINE)
        return table_lines(
            TableCell(
                list(sourced(cell.paragraphs, cell.source)),
                CellPlace(number, first, cell.rows, wide),
            )
            for number, row in enumerate(row for row in self.rows if row)
            for cell in row
            for first, wide in [columns.covered(cell.left, cell.right)]
        )


def sourced(paragraphs: Iterable[str], pieces: Iterable[Piece]) -> Iterator[DocumentLine]:
    """Paragraphs, each with the pieces it is made of."""
    texts = list(paragraphs)
    for text, source in zip(texts, shared(texts, pieces), strict=True):
        yield DocumentLine(text, source=source)


def tables_of(page: int, runs: Sequence[Run], rules: Sequence[Rule]) -> tuple[list[Table], list[int]]:
    """The tables of a page, and the numbers of the runs that stand in none."""
    grids = grids_of(rules)
    written: dict[tuple[int, int], list[int]] = defaultdict(list)
    free: list[int] = []
    for number, run in enumerate(runs):
        x, y = (run.x + run.right) / 2, run.y + _MIDDLE_OF_TYPE * run.size
        for index, grid in enumerate(grids):
            part = grid.part_at(x, y)
            if part is not None:
                written[index, part].append(number)
                break
        else:
            free.append(number)
    tables = [
        _table(page, grid, runs, {part: written[index, part] for i, part in written if i == index})
        for index, grid in enumerate(grids)
        if any(i == index for i, _ in written)
    ]
    return sorted(tables, key=lambda table: table.order), free


def _table(page: int, grid: Grid, runs: Sequence[Run], written: dict[int, list[int]]) -> Table:
    boxes: dict[int, list[int]] = {}
    for part, owner in enumerate(grid.owner):
        row, column = divmod(part, grid.columns)
        low, left, high, right = boxes.setdefault(owner, [row, column, row, column])
        boxes[owner] = [min(low, row), min(left, column), max(high, row), max(right, column)]
    rows: list[list[tuple[float, RuledCell]]] = [[] for _ in range(grid.rows)]
    for owner, (low, first, high, last) in boxes.items():
        cell = RuledCell(grid.xs[first], grid.xs[last + 1], high - low + 1)
        if owner in written:
            _write(cell, [runs[number] for number in written[owner]], page)
        rows[high].append((cell.left, cell))
    ordered = [[cell for _, cell in sorted(row, key=lambda one: one[0])] for row in reversed(rows)]
    order = min(min(numbers) for numbers in written.values())
    return Table(page, order, grid.xs[0], grid.xs[-1], grid.ys[-1], grid.ys[0], ordered)


def lines_of(runs: Iterable[Run]) -> Iterator[tuple[int, Line]]:
    """Runs that follow each other on one baseline as a line, read from left to right whatever was drawn first;
    each with the number of its first run."""
    group: list[Run] = []
    begun = 0
    for number, run in enumerate(runs):
        if group and not level(group[0], run):
            yield begun, _line(group)
            group = []
        begun = begun if group else number
        group.append(run)
    if group:
        yield begun, _line(group)


def level(one: Run, other: Run) -> bool:
    """Whether two runs stand on one line; small ones may be raised higher than others drift."""
    small, large = (one, other) if one.size < other.size else (other, one)
    raised = small.size <= _SMALL * large.size and 0 < small.y - large.y <= _HIGHEST * large.size
    return raised or abs(one.y - other.y) <= _BASELINE_DRIFT * large.size


def _line(runs: Sequence[Run]) -> Line:
    ordered = sorted(runs, key=lambda run: run.x)
    blank = next((at for at, run in enumerate(ordered) if run.text.strip()), 0)
    ordered = ordered[blank:]  # a run of blanks before the words: where these stand, their own place tells
    raised = [after for before, after in pairwise(ordered) if _marks_a_note(before, after)]
    text, right, marks = "", ordered[0].x, list[tuple[int, str]]()
    for run in ordered:
        if raised and run in raised:
            marks.append((len(text), run.text))
            right = run.right
            continue
        text += _blank(text[-1:], run.text[:1], (run.x - right) / (run.size or 1)) + run.text
        right = max(right, run.right)
    ordered = [run for run in ordered if run not in raised] if raised else ordered
    size = max(ordered, key=lambda run: len(run.text.strip())).size
    shown = [run for run in ordered if run.text.strip()] or ordered
    return Line(
        shown[0].x, shown[0].y, max(run.right for run in shown), size, text, tuple(ordered), tuple(marks)
    )


def _without_marks(runs: list[Run]) -> list[Run]:
    """Without the small raised signs that lead to a note: `16` and `¹` are not 161, nor `91.2%` and `²`. `m²` stays."""
    if len(runs) > _MOST_RUNS_OF_A_NUMBER:
        return runs

    return [run for run in runs if not any(_marks_a_note(number, run) for number in runs)]


def _marks_a_note(before: Run, run: Run) -> bool:
    return (
        run.size <= _SMALL * before.size
        and abs(run.x - before.right) <= _SMALL * before.size
        and _RAISED < (run.y - before.y) / before.size < _SMALL
        and is_note_mark(before.text, run.text)
    )


def _blank(before: str, after: str, gap: float) -> str:
    """A gap is a blank between words; between Chinese signs it is one only where nothing was drawn out."""
    words = before.isascii() and after.isascii() and before.isalnum() and after.isalnum()
    wide = gap > (_WORD_GAP if words else _CHARACTER_GAP)
    return " " if wide and before and before != " " and after != " " else ""


def _write(cell: RuledCell, runs: Sequence[Run], page: int) -> None:
    """The paragraphs of a cell: a line with room for the next word ended one."""
    shown = _without_marks([run for run in runs if run.text.strip()])
    ordered = sorted(shown, key=lambda run: (-run.y, run.x))
    lines = [line for _, line in lines_of(ordered)]
    if not lines:
        return
    edge = max(line.right for line in lines)
    paragraphs = [lines[0].text.strip()]
    for before, line in pairwise(lines):
        text = line.text.strip()
        room = before.right + before.size * (_first_word(text) + _ROOM_IN_A_FULL_LINE) < edge
        if room or len(paragraphs[-1]) > _LONGEST_PARAGRAPH:
            paragraphs.append(text)
        else:
            paragraphs[-1] = joined_text(paragraphs[-1], text)
    cell.source = [piece for line in lines for piece in line.pieces(page)]
    last = lines[-1]
    free = cell.right - cell.left - (last.right - last.x) - _CELL_MARGINS
    cell.paragraphs, cell.lines, cell.full = (
        paragraphs,
        len(lines),
        free <= (1 + _ROOM_IN_A_FULL_LINE) * last.size,
    )


def _first_word(text: str) -> float:
    """Width of what cannot be parted: an amount with its sign, or one character with its stop."""
    end = 1
    while end < len(text) and text[:end].isascii() and text[end].isascii() and text[end] != " ":
        end += 1
    while end < len(text) and text[end] in "，。；：、！？）》”%":
        end += 1
    return width_em(text[:end])


def joined_text(before: str, after: str) -> str:
    """Two halves of a text; a blank was at the line's end only between Latin words."""
    words = all(char.isascii() and char.isalpha() for char in before[-1:] + after[:1])
    return f"{before} {after}" if words else before + after
