"""Tables of a document as rows of cells, where the text still shows where each cell begins."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from desktop.audit.text.flat_text import Text
from desktop.audit.text.layout import PIPES, Kind

_TITLE_LINES = 5
"""So many lines above a table may hold its title, its number and its unit: `收入决算表`, `公开02表`, `单位：万元`."""
_RULING = re.compile(r"[|｜:：+\s-]*-{3}[|｜:：+\s-]*")
"""`|---|:--:|` only rules a table off."""
_CELL = re.compile(r"[^|｜│┃]*")
_TABBED = re.compile(r"[^\t]*")
_WORD = re.compile(r"\S+")


class Cell(NamedTuple):
    """What stands in a cell, '' for nothing; its stretch of `Text.flat`."""

    text: str
    start: int
    end: int


class Grid(NamedTuple):
    """A table; `above` are the lines before it, the nearest first."""

    above: tuple[Cell, ...]
    rows: tuple[tuple[Cell, ...], ...]
    blanks_known: bool
    """Whether empty cells show: not where blanks alone part the cells."""


class _Line(NamedTuple):
    start: int
    text: str
    kind: Kind


def grids_of(text: Text) -> Iterator[Grid]:
    """Every table whose rows can be told, in order; those with one cell a line and no tab cannot."""
    above: list[_Line] = []
    block: list[_Line] = []
    for line in [*_lines_of(text), _Line(len(text.raw), "。", Kind.BODY)]:
        if line.kind is Kind.TABLE or (block and not line.text.strip()):
            block.append(line)
        elif line.text.strip():
            if block:
                yield from _grid(text, above, block)
                above, block = [], []
            above = [line, *above[: _TITLE_LINES - 1]]


def _lines_of(text: Text) -> Iterator[_Line]:
    start = 0
    for line, kind in text.raw_lines:
        yield _Line(start, line, kind)
        start += len(line)


def _grid(text: Text, above: Sequence[_Line], block: Sequence[_Line]) -> Iterator[Grid]:
    titles = tuple(_cell(text, line.start, line.text) for line in above)
    filled = [line for line in block if line.kind is Kind.TABLE]
    if 2 * sum(line.text.startswith("\t") for line in filled) > len(filled):
        rows = list(_rows_of_cells(text, block))
        known = True
    else:
        rows = [_row(text, line) for line in filled if not _RULING.fullmatch(line.text)]
        known = any(sign in line.text for line in filled for sign in (*PIPES, "\t"))
    if any(len(row) > 1 for row in rows):
        yield Grid(titles, tuple(rows), known)


def _rows_of_cells(text: Text, block: Sequence[_Line]) -> Iterator[tuple[Cell, ...]]:
    """A cell is a line that a tab begins, and an empty line parts rows; a line without a tab goes on in its cell."""
    row: list[Cell] = []
    for line in block:
        if line.text.startswith("\t"):
            row.append(_cell(text, line.start, line.text))
        elif line.text.strip() and row:
            more = _cell(text, line.start, line.text)
            row[-1] = Cell(row[-1].text + more.text, row[-1].start, more.end)
        elif row:
            yield tuple(row)
            row = []
    if row:
        yield tuple(row)


def _row(text: Text, line: _Line) -> tuple[Cell, ...]:
    ruled = any(pipe in line.text for pipe in PIPES)
    inner = line.text.strip() if ruled else line.text.rstrip("\n")
    start = line.start + line.text.index(inner)
    if ruled and inner[:1] in PIPES:
        inner, start = inner[1:], start + 1
        inner = inner[:-1] if inner[-1:] in PIPES else inner
    pattern = _CELL if ruled else _TABBED if "\t" in inner.strip() else _WORD
    cells, last = [], -1
    for match in pattern.finditer(inner):
        if match.start() > last:  # behind each cell the pattern also fits the empty stretch before its sign
            cells.append(_cell(text, start + match.start(), match.group()))
            last = match.end()
    return tuple(cells)


def _cell(text: Text, start: int, raw: str) -> Cell:
    first, last = text.place_of(start), text.place_of(start + len(raw))
    return Cell(text.flat[first:last], first, last)
