"""R36s: the total of the report told twice, with two values."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from desktop.audit.finding import ERROR, Finding
from desktop.audit.score_rules.grades import is_total
from desktop.audit.text.heading_numbers import passages
from desktop.audit.text.reading import Reading
from desktop.audit.text.score_points import BARE, Point, points
from desktop.audit.text_audit import check
from desktop.domain.numbers import show_short

_OTHERS = re.compile(
    r"项目|专项|工程|平均|上年|去年|上一年|财政局|复核|复评|重点评价|考核|调整前|20\d\d年?[—～~至-]"
)
_OF_THE_UNIT = re.compile(r"整体|部门|单位|我[局镇乡校院办委中]|本[局镇乡校院办委中]")
"""`项目自评得分95分`, `财政局复核为92分` are no second telling of the unit's own total; `项目支出和部门整体自评得分` is."""


@check("R36s", "总分前后不一", last=True)
def told_totals(reading: Reading) -> Iterator[Finding]:
    """Wrong: `自评得分96.5分` at the head of the report and `总分95.5分` behind its parts. What is right is said where one
    of them is the sum of its parts.

    Silent on the points of projects, of other years and of others than the unit itself, and on a total that another rule
    holds wrong already.
    """
    wrong = [s for f in reading.told if f.code.startswith("R36") and f.level == ERROR for s in f.spans]
    told: dict[Decimal | None, Point] = {}
    for point in _totals(reading):
        if not any(s.start < point.end and point.start < s.end for s in wrong):
            told.setdefault(point.value, point)
    proved = {n.start for h in reading.holding if h.code.startswith("R36") for n in h.proved}
    sure = [p for p in told.values() if p.start in proved]
    right = sure[0] if len(sure) == 1 else None
    if len(told) != 2 or (len(sure) == 2):
        return
    one, other = told.values()
    if right is one:
        one, other = other, one
    message = f"总分一处写{show_short(one.value or 0, 3)}分，一处写{show_short(other.value or 0, 3)}分"
    message += "，后者与各项得分之和相符" if right else ""
    expected = f"{show_short(other.value or 0, 3)}分" if right else ""
    yield reading.finding("R36s", ERROR, message, one.place, other.place, expected=expected)


def _totals(reading: Reading) -> Iterator[Point]:
    flat = reading.text.flat
    for passage in passages(reading):
        for point in points(passage.text, passage.start):
            if not is_total(point) or point.kind == BARE or flat.startswith("，得", point.end):
                continue  # `其余各项合计80分，得76.3分`: what can be got
            begin = (
                max(passage.start - 1, *(flat.rfind(sign, passage.start, point.start) for sign in "。；")) + 1
            )
            before = flat[begin : point.start]
            if not _OTHERS.search(before) or _OF_THE_UNIT.search(point.words):
                yield point
