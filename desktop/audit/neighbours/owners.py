"""R2p: a total against the parts that stand right behind it, by their place alone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from desktop.audit.finding import CHECK, ERROR, Finding
from desktop.audit.guesses import Story, is_operand, paragraphs
from desktop.audit.text.mentions import unit_of
from desktop.audit.text.near_misses import is_near_miss, telling_digits
from desktop.audit.text.reading import Reading
from desktop.audit.text.roles import LEVEL, MILLION, Entry, sum_of
from desktop.audit.text_audit import check
from desktop.domain.numbers import show_short

_OPENS = re.compile(r"^，?(?:（|.{0,6}其中|[^。；]{0,4}(?:包括|包含|含|由|分别|分为|计有|来自|：))")
"""`编制20名（行政8名`, `7,846人，其中城市`, `4个：办公室1个`: what follows are its parts. Where a list that opens so does not
make its total, four of five are faults (of 200 such lists in labelled texts)."""
_ROW = 16
"""Characters between two parts of one list."""
_MOST = 12
_LEAST_DIGITS = 5
"""Of a part behind a comma alone: fewer are one slip away from too many differences."""
_OTHERS = re.compile(r".?等|之外|另|主要|重点|不含|为主|以上|以下")
"""`主要用于`, `重点项目`: not all of them."""


class _Owned(NamedTuple):
    whole: Entry
    parts: tuple[Entry, ...]
    opened: bool
    """Whether a bracket or a word says that these are its parts."""


@check("R2p", "总数与紧随其后的各部分不符", last=True)
def owners(reading: Reading) -> Iterator[Finding]:
    """`编制20名（行政8名、事业15名）`: a total and all numbers of its kind up to the end of the bracket or sentence.

    错误 where a bracket or a word opens the list and one slip of a number that nothing else explains mends it; 核实 where
    only one of the two is so. Silent where the first of them make the total, and where another rule asks about one.
    """
    story = Story(reading)
    for paragraph, _ in paragraphs(reading):
        for at, whole in enumerate(paragraph):
            owned = _owned(reading, paragraph, at)
            if owned is None or _holds(owned) or any(story.is_doubted(e) for e in (whole, *owned.parts)):
                continue
            slip = next(
                (e for e in (*owned.parts, whole) if not story.is_explained(e) and _is_slip(e, owned)), None
            )
            if slip is None or not (owned.opened or len(telling_digits(slip)) >= _LEAST_DIGITS):
                continue
            story.doubt((whole, *owned.parts))
            yield _finding(reading, owned, ERROR if owned.opened else CHECK)


def _owned(reading: Reading, paragraph: Sequence[Entry], at: int) -> _Owned | None:
    whole = paragraph[at]
    if not (is_operand(whole) and whole.role == LEVEL and whole.amount):
        return None
    flat = reading.text.flat
    bracket = flat.startswith("（", whole.end)
    parts: list[Entry] = []
    for before, entry in zip(paragraph[at:], paragraph[at + 1 : at + 1 + _MOST], strict=False):
        between = flat[before.end : entry.start]
        if _ends(between, parts, flat) or (bracket and entry.depth <= whole.depth):
            break
        if entry.quantity.unit == "%" or (not bracket and entry.depth > whole.depth):
            continue
        alike = entry.kind == whole.kind and entry.role == LEVEL and is_operand(entry)
        if not alike or entry.old != whole.old or entry.amount >= whole.amount:
            break
        parts.append(entry)
    if len(parts) < 2:
        return None
    listed = flat[whole.end : parts[-1].end]
    if _OTHERS.search(listed) or _OTHERS.match(flat, parts[-1].end) or not _is_row(parts, flat):
        return None
    return _Owned(whole, tuple(parts), bool(_OPENS.match(listed[: parts[0].start - whole.end])))


def _ends(between: str, parts: Sequence[Entry], flat: str) -> bool:
    """A sentence ends a list, and of two parts or more a semicolon, or a comma where it has the smaller sign between."""
    if "。" in between or len(parts) < 2:
        return "。" in between
    return "；" in between or ("，" in between and "、" in flat[parts[0].end : parts[1].start])


def _is_row(parts: Sequence[Entry], flat: str) -> bool:
    return all(len(flat[one.end : other.start]) <= _ROW for one, other in pairwise(parts))


def _holds(owned: _Owned) -> bool:
    """Also where only the first of them are its parts: `其中行政8名、事业12名，退休5名`."""
    total = 0
    for count, part in enumerate(owned.parts, 1):
        total += part.millionths
        slack = owned.whole.slack_millionths + sum(e.slack_millionths for e in owned.parts[:count])
        if count > 1 and abs(total - owned.whole.millionths) <= slack:
            return True
    return False


def _is_slip(entry: Entry, owned: _Owned) -> bool:
    gap = owned.whole.amount - sum_of(owned.parts)
    meant = entry.amount - gap if entry is owned.whole else entry.amount + gap
    decimals = max(e.decimals for e in (owned.whole, *owned.parts))
    return meant > 0 and is_near_miss(entry.amount, meant, decimals)


def _finding(reading: Reading, owned: _Owned, level: str) -> Finding:
    unit = unit_of(owned.whole.quantity)
    added = "＋".join(show_short(e.amount, 6) for e in owned.parts)
    total = show_short(Decimal(sum(e.millionths for e in owned.parts)) / MILLION, 6)
    message = (
        f"{owned.whole.quantity.label or '总数'}{show_short(owned.whole.amount, 6)}{unit}，"
        f"而其后各部分{added}＝{total}{unit}"
    )
    return reading.finding("R2p", level, message, *(e.place for e in (owned.whole, *owned.parts)))
