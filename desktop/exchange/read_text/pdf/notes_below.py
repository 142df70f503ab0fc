"""Notes at the foot of a page are told behind the paragraph that goes on overleaf: they do not cut it in two."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.exchange.read_text.pdf.paragraphs import Column, Line, continues
from desktop.exchange.read_text.pdf.tables import Table

_SMALL = 0.8
"""Of the body's type: notes are set in 小五 below 三号, or in 小五 below 小四."""


def notes_behind(ordered: Sequence[Line | Table], column: Column | None) -> list[Line | Table]:
    """Lines and tables in their order, small lines below all others of their page moved to the paragraph's end."""
    if column is None:
        return list(ordered)
    foot: dict[int, float] = {}
    for each in ordered:
        if isinstance(each, Table) or each.size > _SMALL * column.size:
            low = each.bottom if isinstance(each, Table) else each.y
            foot[each.page] = min(foot.get(each.page, low), low)
    moved: list[Line | Table] = []
    notes: list[Line | Table] = []
    last: Line | Table | None = None
    for each in ordered:
        if isinstance(each, Line) and each.size <= _SMALL * column.size and each.y < foot.get(each.page, 0.0):
            notes.append(each)
            continue
        overleaf = isinstance(each, Line) and isinstance(last, Line) and continues(last, each, column)
        if notes and not overleaf:
            moved += notes
            notes = []
        moved.append(each)
        last = each
    return moved + notes
