"""Lists that R2 has found to make their total, for rules that ask what a number is a part of."""

from __future__ import annotations

import re
from collections.abc import Iterator

from desktop.audit.text.measures import measure_of
from desktop.audit.text.reading import Reading
from desktop.audit.text.roles import Entry

_LONGEST = 40
"""Characters of a part's name, its bracket included."""


def proved_lists(reading: Reading) -> Iterator[tuple[Entry, list[Entry]]]:
    """Totals with the parts that make them, as R2 has found them."""
    entries = {e.start: e for e in reading.entries}
    for holding in reading.holding:
        told = [entries[n.start] for n in holding.proved if n.start in entries]
        if holding.code == "R2" and len(told) == len(holding.proved) > 2:
            yield told[0], told[1:]


def bears(reading: Reading, part: Entry, name: str) -> bool:
    """`事业收入（学费、住宿费）198万元` bears 事业收入, which its words, those behind the last sign, do not tell."""
    between = reading.text.flat[max(part.start - _LONGEST, 0) : part.start]
    own = re.split(r"[\d：；。]", between)[-1]
    return part.measure.startswith(measure_of(name)) or name in own
