"""A report read from a file, whatever its kind, as lines: paragraphs, and tables flattened cell by cell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple


class DocumentLine(NamedTuple):
    """A paragraph, or a cell of a table.

    A cell is its text after a tab, and only a cell may hold line breaks; an empty line stands before each
    row. `level` is 1 to 9 where the file marks a heading, 0 where it says nothing.
    """

    text: str
    level: int = 0
    in_table: bool = False


def row_lines(cells: Sequence[str]) -> Iterator[DocumentLine]:
    """A row of a table as published pages have it: an empty line, then each cell after a tab."""
    yield DocumentLine("", in_table=True)
    for cell in cells:
        yield DocumentLine("\t" + cell, in_table=True)


def joined(lines: Iterable[DocumentLine]) -> str:
    """The lines as one text, the form in which the audit reads them."""
    return "\n".join(line.text for line in lines)
