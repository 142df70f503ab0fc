"""The tables and pictures of a report's file, as blocks of its text; which line of the file belongs to which."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from desktop.domain.text_blocks.marks import PLAIN_BRACKETS
from desktop.domain.text_blocks.picture import Picture
from desktop.domain.text_blocks.text_table import Area, TextTable, table_from_rows, table_of
from desktop.exchange.read_text.lines import CellPlace, DocumentLine

Block = TextTable | Picture
_FEWEST_CELLS, _SMALLEST_TABBED = 2, 6
"""Cells of a line, and of all its lines: unit and date beside each other are a signature."""
_PAGE = re.compile(r"\d{1,3}")


def blocks_in(lines: Sequence[DocumentLine]) -> tuple[dict[str, Block], dict[int, str]]:
    """The blocks by number, `1` being the first of the file; line -> the block it is part of.

    A table whose cells are not placed is left to be read line by line.
    """
    blocks: dict[str, Block] = {}
    places: dict[int, str] = {}
    for begin, end in sorted([*_runs(lines), *_tabbed_runs(lines)]):
        block = lines[begin].picture or _table(lines[begin:end]) or _tabbed(lines[begin:end])
        if block is not None:
            number = str(len(blocks) + 1)
            blocks[number] = block
            places |= dict.fromkeys(range(begin, end), number)
    return blocks, places


def _runs(lines: Sequence[DocumentLine]) -> Iterator[tuple[int, int]]:
    """Stretches of lines that are one table, or one picture. Where the rows begin again, another table begins."""
    begin, last = None, CellPlace(-1, -1)
    for at, line in enumerate(lines):
        again = line.place is not None and line.place[:2] <= last[:2]
        if begin is not None and (not line.in_table or again):
            yield begin, at
            begin = None
        if line.picture is not None:
            yield at, at + 1
        elif line.in_table:
            begin = at if begin is None else begin
            last = line.place or (last if begin != at else CellPlace(-1, -1))
    if begin is not None:
        yield begin, len(lines)


def _tabbed_runs(lines: Sequence[DocumentLine]) -> Iterator[tuple[int, int]]:
    """Stretches of text whose lines have as many cells parted by tabs, as a table pasted into a plain text has them."""
    begin, width = 0, 0
    for at, line in enumerate([*lines, DocumentLine("")]):
        cells = 0 if line.in_table or line.level else len(_parts(line))
        if cells != width:
            if width >= _FEWEST_CELLS and (at - begin) * width >= _SMALLEST_TABBED:
                yield begin, at
            begin, width = at, cells


def _parts(line: DocumentLine) -> list[str]:
    """None of a line that begins with a tab: that is one cell, as published pages have them."""
    text = line.text.strip(" \r\n\u3000").translate(PLAIN_BRACKETS)
    return text.split("\t") if "\t" in text and not text.startswith("\t") else []


def _tabbed(lines: Sequence[DocumentLine]) -> TextTable | None:
    """None for what only looks like a table: a 目录 with its pages."""
    if any(line.in_table for line in lines):
        return None
    rows = [[" ".join(part.split()) for part in _parts(line)] for line in lines]
    if all(_PAGE.fullmatch(row[-1]) for row in rows) and len(rows[0]) == 2:
        return None
    return table_from_rows(rows)


def _table(lines: Sequence[DocumentLine]) -> TextTable | None:
    placed = [(line.place, line) for line in lines if line.place is not None]
    if len(placed) < sum(bool(line.text.strip()) for line in lines) or not placed:
        return None
    top = min(place.row for place, _ in placed)
    left = min(place.column for place, _ in placed)
    cells = [
        (Area(place.row - top, place.column - left, place.rows, place.columns), _cell_text(line))
        for place, line in placed
    ]
    return table_of(_without_overlaps(cells))


def _cell_text(line: DocumentLine) -> str:
    return "\n".join(" ".join(part.split()) for part in line.marked_text.strip().split("\n"))


def _without_overlaps(cells: Sequence[tuple[Area, str]]) -> Iterator[tuple[Area, str]]:
    """A cell that reaches into another, as damaged or hand-drawn rows have it, keeps its own place only."""
    taken: set[tuple[int, int]] = {(area.row, area.column) for area, _ in cells}
    for area, text in cells:
        inside = area.places() - {(area.row, area.column)}
        if inside & taken:
            area = area._replace(rows=1, columns=1)
        else:
            taken |= inside
        yield area, text
