"""The order in which a page is read: mostly that in which it was drawn, after later edits that of the lines' places."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from desktop.exchange.read_text.pdf.page import Run
from desktop.exchange.read_text.pdf.tables import level

_COLUMN_GAP = 2.0
"""Of the type's size: so far apart on one height stand two columns; what was added to a line adjoins it."""
_FEWEST_IN_COLUMNS = 4
"""So many heights with a wide gap in them make columns; a line of signatures has one or two."""


def drawn_as_read(runs: Sequence[Run]) -> bool:
    """Whether the order of drawing is that of reading: from the top down, or a page in columns, where heights tell
    nothing. A program that mends a line draws it anew before or behind all others."""
    shown = [run for run in runs if run.text.strip()]
    descends = all(after.y <= before.y or level(before, after) for before, after in pairwise(shown))
    return descends or _in_columns(as_seen(shown))


def as_seen(runs: Sequence[Run]) -> list[Run]:
    """From the top down, and from left to right what stands on one line."""
    ordered: list[Run] = []
    row: list[Run] = []
    for run in sorted(runs, key=lambda run: -run.y):
        if row and not level(row[0], run):
            ordered += sorted(row, key=lambda one: one.x)
            row = []
        row.append(run)
    return ordered + sorted(row, key=lambda one: one.x)


def _in_columns(ordered: Sequence[Run]) -> bool:
    wide = sum(
        level(before, after) and after.x - before.right > _COLUMN_GAP * before.size
        for before, after in pairwise(ordered)
    )
    return wide >= _FEWEST_IN_COLUMNS
