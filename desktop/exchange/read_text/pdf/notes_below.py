"""Notes at the foot of a page are told behind the paragraph that goes on overleaf: they do not cut it in two."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from desktop.exchange.read_text.pdf.paragraphs import Column, Line, continues
from desktop.exchange.read_text.pdf.tables import Table

_Other = TypeVar("_Other")
"""What stands between lines: tables, pictures."""
_SMALL = 0.8
"""Of the body's type: notes are set in 小五 below 三号, or in 小五 below 小四."""


def notes_behind(ordered: Sequence[Line | _Other], column: Column | None) -> list[Line | _Other]:
    """Lines and tables in their order, small lines below all others of their page moved to the paragraph's end."""
    if column is None:
        return list(ordered)
    foot: dict[int, float] = {}
    for each in ordered:
        if isinstance(each, Line) and each.size > _SMALL * column.size:
            foot[each.page] = min(foot.get(each.page, each.y), each.y)
        elif isinstance(each, Table):
            foot[each.page] = min(foot.get(each.page, each.bottom), each.bottom)
    moved: list[Line | _Other] = []
    notes: list[Line] = []
    last: Line | _Other | None = None
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
    return [*moved, *notes]
