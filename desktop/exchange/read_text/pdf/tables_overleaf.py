"""Tables of a PDF that go on overleaf: heads printed again are dropped, rows cut in two are one again."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from desktop.exchange.read_text.pdf.ruled_cells import SAME
from desktop.exchange.read_text.pdf.tables import Table, TableCell, together

_HEADS_AMONG = 200  # rows
_LABEL = 24  # characters of a merged cell that goes on overleaf
_TALL = 3  # lines: so high a row may be cut in two
_FIGURE = re.compile(r"[-−—/]|[-−]?[\d,，.]+[%％]?")
_VALUE = re.compile(r"[-−≥≤=＝<>＜＞\d]")
_STOPS = ("。", "；", "！", "？", "：")


def goes_on(table: Table, after: Table) -> bool:
    """Whether a table at the top of the next page is the rest of this one (no text stands between them)."""
    sides = abs(table.left - after.left) <= SAME and abs(table.right - after.right) <= SAME
    return sides and after.page > table.page


def join(table: Table, after: Table) -> None:
    """Add the rest of a table: heads printed again are dropped, and a row cut in two is one again."""
    rest = list(after.rows)
    while rest and _printed_again(table.rows, rest[0]):
        _lengthen_labels(table.rows, rest.pop(0))
    if rest and any(table.rows):
        rest[0] = _without_labels(table.rows, rest[0])
        last = next(row for row in reversed(table.rows) if row)
        if _cut_in_two(last, rest[0]):
            _mend(last, rest.pop(0))
    table.rows += rest
    table.page = after.page


def _printed_again(rows: Sequence[Sequence[TableCell]], again: Sequence[TableCell]) -> bool:
    """Whether the same words stood in the same columns before; of a merged cell the label may be in two parts."""
    if any(_FIGURE.fullmatch(cell.text) for cell in again):
        return False
    return any(_as_in(row, again) for row in rows[:_HEADS_AMONG])


def _as_in(row: Sequence[TableCell], again: Sequence[TableCell]) -> bool:
    """Two heads at least, and beside them nothing but a label that is merged with what is below."""
    pairs = [(cell, after) for cell, after in _pairs(row, again) if after.text]
    same = sum(cell.text == after.text for cell, after in pairs)
    parts = sum(cell.text != after.text and _part(after, cell) for cell, after in pairs)
    return same > 1 and same + parts == sum(bool(cell.text) for cell in again)


def _part(cell: TableCell, whole: TableCell) -> bool:
    """Whether a cell shows a piece of a label, of which the rest stands on the other page."""
    merged = cell.rows > 1 or whole.rows > 1
    return merged and len(whole.text) <= _LABEL and (cell.text in whole.text or cell.rows > 1)


def _lengthen_labels(rows: Sequence[Sequence[TableCell]], again: Sequence[TableCell]) -> None:
    """The rest of a label beside the heads belongs to the label on the page before."""
    for cell in again:
        above = _above(rows, cell) if cell.rows > 1 and cell.text else None
        if above is not None and cell.text not in above.text:
            above.paragraphs += cell.paragraphs


def _without_labels(rows: Sequence[Sequence[TableCell]], row: list[TableCell]) -> list[TableCell]:
    """A merged cell that goes on overleaf is empty there or shows its label again: it is no new cell."""
    for number, cell in enumerate(row):
        above = _above(rows, cell)
        if above is None or not above.text or _FIGURE.fullmatch(above.text):
            return row[number:]
        if cell.text and (not above.text.endswith(cell.text) or _names_a_row(row, number)):
            return row[number:]
    return row


def _names_a_row(row: Sequence[TableCell], number: int) -> bool:
    """Behind a label stands another one or a name, behind a name its value."""
    return any(_VALUE.match(cell.text) for cell in row[number + 1 : number + 2])


def _above(rows: Sequence[Sequence[TableCell]], cell: TableCell) -> TableCell | None:
    """The last cell in the same column."""
    for row in reversed(rows):
        for other in row:
            if abs(other.left - cell.left) <= SAME and abs(other.right - cell.right) <= SAME:
                return other
    return None


def _cut_in_two(row: Sequence[TableCell], rest: Sequence[TableCell]) -> bool:
    """Whether the first row of the next page is the end of the last one here."""
    pairs = list(_pairs(row, rest))
    if not pairs or len(pairs) < len(rest) or not any(after.text for _, after in pairs):
        return False
    if any(_FIGURE.fullmatch(after.text) for _, after in pairs):
        return False
    begun = [cell for cell, after in pairs if after.text]
    if any(_FIGURE.fullmatch(cell.text) for cell, _ in pairs):
        return all(cell.full for cell in begun)
    return any(cell.lines >= _TALL or (cell.full and not cell.text.endswith(_STOPS)) for cell in begun)


def _pairs(row: Sequence[TableCell], rest: Sequence[TableCell]) -> Iterator[tuple[TableCell, TableCell]]:
    for after in rest:
        for cell in row:
            if abs(cell.left - after.left) <= SAME and abs(cell.right - after.right) <= SAME:
                yield cell, after


def _mend(row: Sequence[TableCell], rest: Sequence[TableCell]) -> None:
    for cell, after in _pairs(row, rest):
        if cell.paragraphs and after.paragraphs and cell.full:
            cell.paragraphs[-1] = together(cell.paragraphs[-1], after.paragraphs[0])
            cell.paragraphs += after.paragraphs[1:]
        else:
            cell.paragraphs += after.paragraphs
        cell.full = after.full if after.paragraphs else cell.full
        cell.lines += after.lines
