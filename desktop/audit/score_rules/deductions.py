"""R36d: what was deducted, told for parts and for the whole, against the scores."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from desktop.audit.finding import CHECK, ERROR, Finding
from desktop.audit.score_rules.grades import is_total
from desktop.audit.text.heading_numbers import Passage, passages
from desktop.audit.text.near_misses import is_near_miss
from desktop.audit.text.reading import Reading, Stretch
from desktop.audit.text.score_points import (
    DEDUCTION,
    Point,
    items,
    named_weights,
    points,
    sum_of,
    weight_of,
)
from desktop.audit.text_audit import check
from desktop.domain.chinese_numerals import from_count
from desktop.domain.numbers import HUNDRED, show_short

_IN_ALL = re.compile(
    r"(?:^|(?<=[，。；（：、]))(?:以上|上述|全部|各项)?(?:(?P<count>[两三四五六七八九十])[项类处个][^，。；\d]{0,4})?(?:(?:一?共|合计|累计|总计|总共)(?:扣除?|扣分|失分|丢分)|扣分(?:一?共|合计|累计|总计)|失分"
    r"|(?:丢|扣|失)(?:掉|去|了)的)(?:了|为|共|的)?(?P<points>\d{1,2}(?:\.\d{1,3})?)分(?![钟之])"
)
"""`合计扣5分`, `扣分共3.5分`, `失分1.8分`, `丢掉的4分`, at the head of their clause: `产出共扣3分` is of one block."""
_OF_PART = re.compile(
    r"(?P<name>[一-龥]{2,8}?)(?:指标|部分|类|项|方面)?(?:扣|失|丢)(?:掉|去|了)?的?(?P<points>\d{1,2}(?:\.\d{1,3})?)分"
)
"""`产出扣3分`, `产出扣掉的3分`: a block whose score is told as well."""
_GENERIC = re.compile(
    r"指标|部分|满分|分值|其中|类|[得计为：，、]|自评|^[一二三四五六七八九十\d.、（）]+|项$"
)
_EXTRA = re.compile(r"附加|上年|去年|项目")
_NEAR = 60
"""Characters between the total of the points and that of the deductions."""


class Scored(NamedTuple):
    """A part's weight and score, told once in the report."""

    weight: Decimal
    score: Decimal
    place: tuple[int, int]


@check("R36d", "扣分与得分不符")
def deductions(reading: Reading) -> Iterator[Finding]:
    """Wrong: `总得分95分，合计扣6分`; `甲扣2分，乙扣3分，两项共扣6分`; `产出扣3分` where `产出40分得36分` stands elsewhere.

    A deduction smaller than what its block lost may be one of several: it is asked about where the other blocks'
    deductions told beside it are what they lost, and is wrong only if it says that it is the whole (`扣掉的3分`).
    """
    scored = _scored(reading)
    above: list[Point] = []
    for passage in passages(reading):
        found = points(passage.text, passage.start)
        if "扣" in passage.text or "失" in passage.text or "丢" in passage.text:
            yield from _in_all(reading, passage, found, above)
            yield from _of_parts(reading, passage, scored)
        own = [p for p in found if p.kind == DEDUCTION and p.value is not None]
        above = [*above, *own] if own else []


def _scored(reading: Reading) -> dict[str, Scored]:
    """Names -> weight and score; names that are told twice with other points are left out."""
    made: dict[str, Scored | None] = {}
    weights: dict[str, Decimal] = {}
    for passage in passages(reading):
        found = points(passage.text, passage.start)
        weights |= named_weights(found)
        for item in items(found, reading.text.flat):
            weight = weight_of(item, passage.text, passage.start, weights)
            if weight is None or len(item.scores) != 1:
                continue
            score = item.scores[0]
            name = _GENERIC.sub("", (item.weight or score).words)
            if len(name) < 2 or score.value is None:
                continue
            own = Scored(weight, score.value, score.place)
            made[name] = own if name not in made or made[name] == own else None
    return {name: own for name, own in made.items() if own is not None}


def _in_all(
    reading: Reading, passage: Passage, found: Sequence[Point], above: list[Point]
) -> Iterator[Finding]:
    """The total of the deductions against 100 less the total told right beside it; else against its list, which may
    have begun in the paragraphs above it."""
    for match in _IN_ALL.finditer(passage.text):
        taken = Decimal(match["points"])
        start, end = passage.place_of(match)
        number = Stretch(passage.start + match.start("points"), end)
        totals = [p for p in found if is_total(p)]
        total = next((p for p in reversed(totals) if p.end <= start), None)
        if total is None and len(totals) == 1 and totals[0].start >= end:
            total = totals[0]  # `共扣5分，综合得分95分`
        parts = [p for p in found if p.kind == DEDUCTION and p.value is not None and p.start != number.start]
        stop = passage.text.find("。", match.end())
        behind = [p for p in parts if end < p.start < passage.start + stop] if stop >= 0 else []
        before = [p for p in parts if p.end <= start]
        if (
            total
            and total.value
            and total.value > 50
            and max(start - total.end, total.clause - end) <= _NEAR
            and not _other_scale(passage, total, start)
            and not any(
                min(total.end, end) <= p.start < max(total.start, start) for p in found if p.kind != DEDUCTION
            )
        ):
            right = HUNDRED - total.value
            if right == taken:
                reading.holds("R36d", number, total)
                continue
            message = f"总分{show_short(total.value, 3)}分，应共扣{show_short(right, 3)}分，写的是{match['points']}分"
            places = (start, end), total.place
            yield reading.finding("R36d", ERROR, message, *places, expected=f"{show_short(right, 3)}分")
            continue
        listed, count = behind or before, from_count(match["count"] or "")
        if count and listed is before:
            listed = [*above, *before][-count:]
        if len(listed) < 2 or (count and len(listed) != count):
            continue
        made = sum_of(listed)
        if made == taken:
            reading.holds("R36d", number, *listed)
            continue
        added = "＋".join(show_short(p.value, 3) for p in listed)
        message = f"各项扣分{added}＝{show_short(made, 3)}分，写的是{match['points']}分"
        # Without their number the list may be of some of them, but never of more than all.
        level = ERROR if count or taken < made else CHECK
        if level == ERROR or (len(match["points"]) > 1 and is_near_miss(taken, made, 2)):
            yield reading.finding("R36d", level, message, (start, end), *(p.place for p in listed))


def _other_scale(passage: Passage, total: Point, claim: int) -> bool:
    """Whether extra points count as well, or the two are another year's or a project's."""
    first, last = sorted((total.clause - passage.start, claim - passage.start))
    words = passage.text[first : max(last, total.end - passage.start)]
    return "加分" in passage.text or bool(_EXTRA.search(words))


def _of_parts(reading: Reading, passage: Passage, scored: dict[str, Scored]) -> Iterator[Finding]:
    told = []
    for match in _OF_PART.finditer(passage.text) if scored else ():
        part = scored.get(_GENERIC.sub("", match["name"]))
        place = passage.place_of(match)
        if part is not None and not place[0] <= part.place[0] < place[1]:
            told.append((part, Decimal(match["points"]), place, match))
    agreeing = sum(part.weight - part.score == taken for part, taken, _, _ in told)
    for part, taken, place, match in told:
        right = part.weight - part.score
        if taken == right or abs(part.place[1] - place[0]) < 4:
            continue
        whole = taken > right or "的" in match.group()
        if not whole and agreeing < 2:
            continue
        got = f"{show_short(part.weight, 3)}分得{show_short(part.score, 3)}分"
        message = f"{got}，扣了{show_short(right, 3)}分，写的是{match['points']}分"
        yield reading.finding("R36d", ERROR if whole else CHECK, message, place, part.place)
