"""R36a: the mean of several scores, and the check of a mean that other rules share."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from desktop.audit.finding import CHECK, ERROR, Finding
from desktop.audit.text.heading_numbers import Passage, passages
from desktop.audit.text.reading import Reading, Stretch
from desktop.audit.text.score_points import BARE, SCORE, TOTAL, Point, points, sum_of
from desktop.audit.text_audit import check
from desktop.domain.chinese_numerals import from_count
from desktop.domain.numbers import decimals_of, half_unit, round_half_up, show_short

_MEAN = re.compile(
    r"(?:^|(?<=[，；。：、]))(?:以上|上述|这)?(?:(?P<count>[两三四五六七八九十]|\d{1,2})(?:个|项)[^，。；\d]{0,8})?平均(?:得分|分值?|自评得?分?)?(?:为|是|得)?(?P<mean>\d{2,3}(?:\.\d+)?)分"
)
"""At the head of its clause: `高于全县平均93分` is others'."""
_LEAST_POINTS = 50
"""Less is no score out of a hundred."""


@check("R36a", "平均分与各项得分不符")
def means(reading: Reading) -> Iterator[Finding]:
    """Wrong: `甲项目98分，乙项目95分，丙项目92分，三个项目平均96分`. Silent where the scores before it in its paragraph,
    or those of the paragraphs before with one each, are not as many as it says, or fewer than two."""
    above: list[Point] = []  # of the paragraphs before, each with one score: `第一项 …自评97.60分`
    for passage in passages(reading):
        scores = [p for p in points(passage.text, passage.start) if p.kind in (SCORE, BARE)]
        scores = [p for p in scores if p.value and p.value >= _LEAST_POINTS]
        for match in _MEAN.finditer(passage.text) if "平均" in passage.text else ():
            told = [p for p in scores if p.end <= passage.start + match.start()]
            count = match["count"]
            if count and len(told) != from_count(count):
                told = above if not told and len(above) == from_count(count) else []
            yield from mean_of(reading, "R36a", passage, match, told, ERROR if count else CHECK)
        own = [p for p in points(passage.text, passage.start) if p.kind in (SCORE, BARE, TOTAL)]
        own = [p for p in own if p.value and p.value >= _LEAST_POINTS]
        above = [*above, *own] if len(own) == 1 else above if not own else []


def mean_of(
    reading: Reading, code: str, passage: Passage, match: re.Match[str], scores: Sequence[Point], level: str
) -> Iterator[Finding]:
    """The group `mean` of a match against the scores; silent on fewer than two."""
    if len(scores) < 2:
        return
    stated, exact, place = Decimal(match["mean"]), sum_of(scores) / len(scores), passage.place_of(match)
    if abs(exact - stated) <= half_unit(decimals_of(stated)):
        reading.holds(code, Stretch(*place), *scores)
        return
    right = f"{show_short(round_half_up(exact, max(decimals_of(stated), 1)), 2)}分"
    message = f"{'、'.join(show_short(p.value, 2) for p in scores)}平均{right}，写的是{match['mean']}分"
    yield reading.finding(code, level, message, place, *(p.place for p in scores), expected=right)
