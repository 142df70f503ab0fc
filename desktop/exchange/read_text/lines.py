"""A report read from a file, whatever its kind, as lines: paragraphs, and tables flattened cell by cell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple


class DocumentLine(NamedTuple):
    """A paragraph, or a cell of a table.

    A cell is its text after a tab, and only a cell may hold line breaks; an empty line stands before each
    row. `level` is 1 to 9 where the file marks a heading, 0 where it says nothing. `note` is no text of the
    file: it says what was left out there.
    """

    text: str
    level: int = 0
    in_table: bool = False
    note: str = ""


Cell = list[DocumentLine]
"""What stands in one cell of a table: paragraphs, and the lines of tables inside it."""


def table_lines(rows: Sequence[Sequence[Cell]]) -> list[DocumentLine]:
    """A table as published pages have it; one that is a single cell with much in it is a frame around text."""
    if len(rows) == 1 and len(rows[0]) == 1 and len(rows[0][0]) > 1:
        return list(rows[0][0])
    return [line for row in rows for line in row_lines(row)]


def row_lines(cells: Iterable[Cell]) -> Iterator[DocumentLine]:
    """An empty line, each cell after a tab, then the tables that stand in the cells."""
    yield DocumentLine("", in_table=True)
    inner: list[DocumentLine] = []
    for cell in cells:
        text = "\n".join(line.text for line in cell if not line.in_table)
        yield DocumentLine("\t" + text.strip("\n").replace("\t", " "), in_table=True)
        inner += (line for line in cell if line.in_table)
    yield from inner


def joined(lines: Iterable[DocumentLine]) -> str:
    """The lines as one text, the form in which the audit reads them."""
    return "\n".join(line.text for line in lines)
