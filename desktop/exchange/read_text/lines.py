"""A report read from a file, whatever its kind, as lines: paragraphs, and tables flattened cell by cell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple


class Piece(NamedTuple):
    """Signs as they stand in the file; the reader of its kind says where: `page` from 1, None where nobody knows.

    `place` is None for signs that are only printed, such as a number that Word counts.
    """

    text: str
    page: int | None = None
    place: Any = None


class DocumentLine(NamedTuple):
    """A paragraph, or a cell of a table.

    A cell is its text after a tab, and only a cell may hold line breaks; an empty line stands before each
    row. `level` is 1 to 9 where the file marks a heading, 0 where it says nothing. `note` is no text of the
    file: it says what was left out there. `source` is given to whoever asked for it: its pieces have the same
    signs as `text` in the same order, blanks aside.
    """

    text: str
    level: int = 0
    in_table: bool = False
    note: str = ""
    source: tuple[Piece, ...] = ()


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
        own = [line for line in cell if not line.in_table]
        text = "\n".join(line.text for line in own)
        source = tuple(piece for line in own for piece in line.source)
        yield DocumentLine("\t" + text.strip("\n").replace("\t", " "), in_table=True, source=source)
        inner += (line for line in cell if line.in_table)
    yield from inner


def joined(lines: Iterable[DocumentLine]) -> str:
    """The lines as one text, the form in which the audit reads them."""
    return "\n".join(line.text for line in lines)


def signs(text: str) -> int:
    """How many signs a text has; blanks are none."""
    return len("".join(text.split()))


def shared(texts: Iterable[str], pieces: Iterable[Piece]) -> Iterator[tuple[Piece, ...]]:
    """The pieces of each text; the texts follow one another, and no piece is of two of them."""
    left = iter(pieces)
    for text in texts:
        wanted, own = signs(text), list[Piece]()
        while wanted > 0 and (piece := next(left, None)) is not None:
            own.append(piece)
            wanted -= signs(piece.text)
        yield tuple(own)
