"""The points of a paragraph as the rules of scoring read them: `（15分），自评得分14分` is an item's score, and no total."""

from __future__ import annotations

import re
from functools import lru_cache

from desktop.audit.text.points import BARE, SCORE, TOTAL, WEIGHT, Point
from desktop.audit.text.points import points as read_points

_OWN = re.compile(r"(?:自评|评价|最终)?得分?(?:为|是|：)?|自评分?(?:为|是|：)?|评价分(?:为|是|：)?")
"""Words that tell the total of a report, and behind an item's weight the item's own score."""


@lru_cache(maxsize=2000)
def points(text: str, offset: int) -> list[Point]:
    """Those of `text.points.points`; a total right behind a weight it does not exceed is a score. Nobody changes the list."""
    found = read_points(text, offset)
    made: list[Point] = []
    for point in found:
        before = made[-1] if made else None
        own = (
            before is not None
            and point.kind == TOTAL
            and before.kind in (WEIGHT, BARE)
            and before.value is not None
            and point.value is not None
            and point.value <= before.value < 100
            and _OWN.fullmatch(point.words) is not None
            and "。" not in text[before.end - offset : point.start - offset].lstrip("）。")
            and (before.kind == WEIGHT or point.clause - before.end == 1)
        )
        if own and before is not None:
            made[-1] = before._replace(kind=WEIGHT)
        made.append(point._replace(kind=SCORE) if own else point)
    return made
