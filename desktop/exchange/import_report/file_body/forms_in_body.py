"""Which printed forms are no text: those behind a report's text or before it. One between two of its headings is a table
of the text, though its cells are read as a form too."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence

from desktop.audit.text.flat_text import Text
from desktop.exchange.import_report.file_body.printed_around import ANNEX_MARK
from desktop.exchange.import_report.heading_numbers import heading_number_of
from desktop.exchange.read_text.lines import DocumentLine

_OF_HEADINGS = ("part", "joint", "roman", "chinese", "bracket", "digit", "decimal2")
"""Numbers of headings that no note below a form has before it: `5 存在的问题`, `4.2 效益`, and not `1.`."""
_ABOVE_TITLE = 2
"""So many lines above its title a form is marked as `附件2`."""
Stretch = tuple[int, int]
"""From where to where in `Text.raw`."""


def forms_outside_text(
    lines: Sequence[DocumentLine], begins: Sequence[int], text: Text, regions: Iterable[Stretch]
) -> list[Stretch]:
    """The stretches to be left out of the text; `begins` tells where each line begins, `regions` are those of the
    forms in `Text.flat`. Text that goes on behind a form marked as an annex is text again."""
    left_out: list[Stretch] = []
    for flat_start, flat_end in regions:
        start, end = text.span(flat_start, flat_start + 1).start, text.span(flat_end - 1, flat_end).end
        first, last = (bisect_right(begins, at) - 1 for at in (start, end))
        heading = _heading_behind(lines, first, last)
        if heading is None:
            left_out.append((start, end))
        elif any(_is_mark(line) for line in lines[max(first - _ABOVE_TITLE, 0) : first + 1]):
            left_out.append((start, begins[heading]))
    return left_out


def _is_mark(line: DocumentLine) -> bool:
    words = "".join(line.text.split())
    return bool(words) and not line.in_table and ANNEX_MARK.match(words) is not None


def _heading_behind(lines: Sequence[DocumentLine], first: int, last: int) -> int | None:
    """The line behind the form's table that goes on with the headings before it: `第四部分` after `第三部分`."""
    table_end = max((at for at in range(first, last + 1) if lines[at].in_table), default=last)
    behind = [at for at in range(table_end + 1, last + 1) if lines[at].text.strip()]
    if not behind:
        return None
    levels, ordinals = set[int](), dict[str, int]()
    for line in lines[:first]:
        if line.in_table:
            continue
        levels.add(line.level)
        number = heading_number_of(line.text.strip())
        if number.kind in _OF_HEADINGS:
            ordinals[number.kind] = number.ordinal
    for at in behind:
        number = heading_number_of(lines[at].text.strip())
        goes_on = number.kind in ordinals and number.ordinal == ordinals[number.kind] + 1
        if goes_on or (lines[at].level and lines[at].level in levels):
            return at
    return None
