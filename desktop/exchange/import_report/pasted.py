"""What other programs put on the clipboard, as text and tables in the order in which they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from desktop.domain.text_blocks.marks import PLAIN_BRACKETS
from desktop.domain.text_blocks.text_table import TextTable, table_from_rows
from desktop.exchange.import_report.file_body.blocks_of_file import blocks_in
from desktop.exchange.read_sheet.clipboard import parse_clipboard
from desktop.exchange.read_text.html import page_lines

_TABLE_TAG = re.compile(r"<table[\s>]", re.IGNORECASE)
_NUMBER = re.compile(r"[（(]?[\d一二三四五六七八九十]{1,3}[）)、.．]?|[•·●■◆➢-]")
"""`1.` and a tab before the words: how Word gives a numbered paragraph as plain text."""


def pasted_parts(html: str, text: str) -> list[str | TextTable]:
    """Stretches of text and tables; [] where there is no table, and the text is to be taken as it is."""
    parts = list(_of_page(html) if _TABLE_TAG.search(html) else () if html else _of_lines(text))
    if not any(isinstance(part, TextTable) for part in parts):
        return []
    return [_ours(part) for part in parts]


def pasted_cells(html: str, text: str) -> TextTable | None:
    """The block of cells that goes into a table: the first table there is, else the lines of the text."""
    parts = _of_page(html) if _TABLE_TAG.search(html) else ()
    found = next((part for part in parts if isinstance(part, TextTable)), None)
    cells = found or table_from_rows(parse_clipboard(text))
    return _ours(cells) if cells is not None else None  # type: ignore[return-value]


def _of_page(html: str) -> Iterator[str | TextTable]:
    lines = page_lines(html)
    blocks, places = blocks_in(lines)
    told = set[str]()
    waiting = list[str]()
    for at, line in enumerate(lines):
        number = places.get(at, "")
        block = blocks.get(number)
        if isinstance(block, TextTable) and (len(block.rows) > 1 or block.width > 1):
            if number not in told:
                yield from _joined(waiting)
                waiting = []
                yield block
            told.add(number)
        elif line.text.strip():
            waiting.append(line.text.strip())
    yield from _joined(waiting)


def _of_lines(text: str) -> Iterator[str | TextTable]:
    """Lines with tabs that follow one another are a table."""
    waiting, rows = list[str](), list[list[str]]()
    for row in [*parse_clipboard(text), [""]] if "\t" in text else ():
        if len(row) > 1:
            rows.append(row)
            continue
        table = _table(rows)
        if table is not None:
            yield from _joined(waiting)
            waiting = []
            yield table
        else:
            waiting += ["\t".join(row) for row in rows]
        rows = []
        waiting += row
    yield from _joined(waiting[:-1])


def _table(rows: Sequence[Sequence[str]]) -> TextTable | None:
    """One line with a tab in it is no table, nor are numbered paragraphs."""
    numbered = all(len(row) == 2 and _NUMBER.fullmatch(row[0].strip()) for row in rows)
    return None if len(rows) < 2 or numbered else table_from_rows(rows)


def _joined(lines: Sequence[str]) -> Iterator[str]:
    if lines:
        yield "\n".join(lines)


def _ours(part: str | TextTable) -> str | TextTable:
    if isinstance(part, TextTable):
        return part.mapped(lambda text: text.translate(PLAIN_BRACKETS))
    return part.translate(PLAIN_BRACKETS)
