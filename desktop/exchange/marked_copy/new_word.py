"""A new Word document of the text that was read, for files that cannot carry comments themselves."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from desktop.exchange.document import blocks as b
from desktop.exchange.docx_out.wordml import without_illegal_characters
from desktop.exchange.docx_out.writer import docx_bytes
from desktop.exchange.file_kind import FileKind, Source
from desktop.exchange.read_text.lines import DocumentLine

_MOST_COLUMNS = 60
"""Word has no more; the cells beyond stand as paragraphs."""


def document_of(lines: Sequence[DocumentLine], title: str) -> Source:
    """Its text has the same signs in the same order as `lines`."""
    data, _ = docx_bytes(list(_blocks(lines)), title=title, author="")
    return Source(title, FileKind.DOCX, data, False)


def _blocks(lines: Sequence[DocumentLine]) -> Iterator[b.Block]:
    for in_table, group in groupby(lines, key=lambda line: line.in_table):
        if in_table:
            yield from _tables(list(group))
            continue
        for line in group:
            text = without_illegal_characters(line.text).strip()
            yield b.Heading(line.level, "", text) if line.level and text else b.body(text)


def _tables(lines: Sequence[DocumentLine]) -> Iterator[b.Block]:
    """An empty line stands before each row; a row that is wider than Word can have is told cell by cell."""
    rows: list[list[str]] = []
    for line in lines:
        if not line.text:
            rows.append([])
        elif rows:
            rows[-1].append(without_illegal_characters(line.text).strip())
        else:
            yield b.body(line.text)
    for wide, group in groupby((row for row in rows if row), key=lambda row: len(row) > _MOST_COLUMNS):
        if wide:
            yield from (b.body(text) for row in group for text in row)
        else:
            yield _table(list(group))


def _table(rows: Sequence[Sequence[str]]) -> b.TableBlock:
    """The last cell of a short row takes the room that merged ones had."""
    columns = max(map(len, rows))
    cells = tuple(
        tuple(
            b.Cell(text, cols=1 if n < len(row) else columns - n + 1, align="left")
            for n, text in enumerate(row, 1)
        )
        for row in rows
    )
    return b.TableBlock((1.0,) * columns, cells)
