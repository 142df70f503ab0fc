"""Tables of a PDF that go on overleaf: heads printed again are dropped, rows cut in two are one again."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from desktop.exchange.read_text.pdf.ruled_cells import SAME_LINE
from desktop.exchange.read_text.pdf.tables import RuledCell, Table, joined_text

_MIRRORED = 60.0
"""Points by which a page may stand further to the side than the one before: margins for binding, 2 cm each."""
_ROWS_WITH_HEADS = 200
"""Rows of a table among which its heads are looked for: those of 附件2 begin anew in the middle of the form."""
_LONGEST_LABEL = 24
"""Characters of a merged label that goes on overleaf; longer ones are text that was cut."""
_LINES_OF_A_TALL_ROW = 3
"""Lines: the text of a cell with so many may go on overleaf, whatever its last line looks like."""
_AMOUNT = re.compile(r"[-−—/]|[-−]?[\d,，.]+[%％]?")
"""`1,936.40`, `95%`, `—`: a row with one of these is no row of heads."""
_VALUE = re.compile(r"[-−≥≤=＝<>＜＞\d]")
"""`≥12座`, `95%`: how a target or an amount begins."""
_STOPS = ("。", "；", "！", "？", "：")
"""A cell that ends with one of these has said what it had to say."""


def continues_overleaf(table: Table, after: Table) -> bool:
    """Whether a table at the top of the next page is the rest of this one (no text stands between them)."""
    wide, wide_after = table.right - table.left, after.right - after.left
    moved = abs(table.left - after.left)
    return after.page > table.page and abs(wide - wide_after) <= SAME_LINE and moved <= _MIRRORED


def append_overleaf(table: Table, after: Table) -> None:
    """Add the rest of a table: heads printed again are dropped, and a row cut in two is one again."""
    rest = list(after.rows)
    moved = table.left - after.left
    for cell in (cell for row in rest for cell in row):
        cell.left, cell.right = cell.left + moved, cell.right + moved
    while rest and (heads := _heads_again(table.rows, rest[0])) is not None:
        _lengthen_labels(table.rows, heads, rest.pop(0))
    if rest and any(table.rows):
        rest[0] = _without_labels(table.rows, rest[0])
        last = next(row for row in reversed(table.rows) if row)
        if _cut_in_two(last, rest[0]):
            _join_cut_row(last, rest.pop(0))
    table.rows += rest
    table.page = after.page


def _heads_again(
    rows: Sequence[Sequence[RuledCell]], again: Sequence[RuledCell]
) -> Sequence[RuledCell] | None:
    """The row with the same words in the same columns; of a merged cell the label may be in two parts."""
    if any(_AMOUNT.fullmatch(cell.text) for cell in again):
        return None
    title = rows[0] if rows else []
    if len(title) == len(again) == 1 and again[0].text and title[0].text == again[0].text:
        return title  # a title over all columns, which heads the table on every page
    return next((row for row in rows[:_ROWS_WITH_HEADS] if _has_same_heads(row, again)), None)


def _has_same_heads(row: Sequence[RuledCell], again: Sequence[RuledCell]) -> bool:
    """Two heads at least, and beside them nothing but a label that is merged with what is below."""
    pairs = [(cell, after) for cell, after in _pairs(row, again) if after.text]
    same = sum(cell.text == after.text for cell, after in pairs)
    parts = sum(cell.text != after.text and _is_part_of_label(after, cell) for cell, after in pairs)
    return same > 1 and same + parts == sum(bool(cell.text) for cell in again)


def _is_part_of_label(cell: RuledCell, whole: RuledCell) -> bool:
    """Whether a cell shows a piece of a label, of which the rest stands on the other page."""
    merged = cell.rows > 1 or whole.rows > 1
    return merged and len(whole.text) <= _LONGEST_LABEL and (cell.text in whole.text or cell.rows > 1)


def _lengthen_labels(
    rows: Sequence[Sequence[RuledCell]], heads: Sequence[RuledCell], again: Sequence[RuledCell]
) -> None:
    """The rest of a label beside the heads belongs to the label on the page before; a tall head is no label."""
    same = {id(cell) for head, cell in _pairs(heads, again) if head.text == cell.text}
    for cell in again:
        above = _above(rows, cell) if cell.rows > 1 and cell.text and id(cell) not in same else None
        if above is not None and cell.text not in above.text:
            above.paragraphs += cell.paragraphs
            above.source += cell.source


def _without_labels(rows: Sequence[Sequence[RuledCell]], row: list[RuledCell]) -> list[RuledCell]:
    """A merged cell that goes on overleaf is empty there or shows its label again: it is no new cell."""
    for number, cell in enumerate(row):
        above = _above(rows, cell)
        if above is None or not above.text or _AMOUNT.fullmatch(above.text):
            return row[number:]
        if cell.text and (not above.text.endswith(cell.text) or _names_a_row(row, number)):
            return row[number:]
    return row


def _names_a_row(row: Sequence[RuledCell], number: int) -> bool:
    """Behind a label stands another one or a name, behind a name its value."""
    return any(_VALUE.match(cell.text) for cell in row[number + 1 : number + 2])


def _above(rows: Sequence[Sequence[RuledCell]], cell: RuledCell) -> RuledCell | None:
    """The last cell in the same column."""
    for row in reversed(rows):
        for other in row:
            if _same_column(other, cell):
                return other
    return None


def _cut_in_two(row: Sequence[RuledCell], rest: Sequence[RuledCell]) -> bool:
    """Whether the first row of the next page is the end of the last one here."""
    pairs = list(_pairs(row, rest))
    # An empty tall cell is a label of the page before, also where a second form stands beside the first.
    own = sum(bool(cell.text) or cell.rows == 1 for cell in rest)
    if not pairs or len(pairs) < own or not any(after.text for _, after in pairs):
        return False
    if any(_AMOUNT.fullmatch(after.text) for _, after in pairs):
        return False
    begun = [cell for cell, after in pairs if after.text]
    if any(_AMOUNT.fullmatch(cell.text) for cell, _ in pairs):
        return all(cell.full for cell in begun)
    return any(
        cell.lines >= _LINES_OF_A_TALL_ROW or (cell.full and not cell.text.endswith(_STOPS)) for cell in begun
    )


def _pairs(row: Sequence[RuledCell], rest: Sequence[RuledCell]) -> Iterator[tuple[RuledCell, RuledCell]]:
    for after in rest:
        for cell in row:
            if _same_column(cell, after):
                yield cell, after


def _same_column(one: RuledCell | Table, other: RuledCell | Table) -> bool:
    """Whether the sides of two cells, or of two tables, stand on the same lines."""
    return abs(one.left - other.left) <= SAME_LINE and abs(one.right - other.right) <= SAME_LINE


def _join_cut_row(row: Sequence[RuledCell], rest: Sequence[RuledCell]) -> None:
    for cell, after in _pairs(row, rest):
        if cell.paragraphs and after.paragraphs and cell.full:
            cell.paragraphs[-1] = joined_text(cell.paragraphs[-1], after.paragraphs[0])
            cell.paragraphs += after.paragraphs[1:]
        else:
            cell.paragraphs += after.paragraphs
        cell.source += after.source
        cell.full = after.full if after.paragraphs else cell.full
        cell.lines += after.lines
