"""R36g: the grade (优, 良, 中, 差) that a total has, by the bands the text states or the usual ones."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise

from desktop.audit.finding import CHECK, ERROR, Finding
from desktop.audit.text.heading_numbers import Passage, passages
from desktop.audit.text.reading import Reading
from desktop.audit.text.score_points import (
    DEDUCTION,
    LISTED,
    TOTAL,
    WEIGHT,
    Point,
    points,
)
from desktop.audit.text_audit import check
from desktop.domain.numbers import show_short

ORDER = "优良中差"
USUAL = {"优": Decimal(90), "良": Decimal(80), "中": Decimal(60), "差": Decimal(0)}
"""The least points of each grade (财政部《项目支出绩效评价管理办法》 2020, art. 27)."""
_BAND = re.compile(
    # `90分（含）以上为“优”`, `≥90分`, `80（含）—90分为良`, `80至90分（不含90分）为良`.
    r"(?P<least>\d{2})分?(?:（含）|（含\d+分?）|含)?(?:及?以上|(?:至|到|[—~～\-－]+)(?P<most>\d{2,3}(?:\.\d)?)分?(?:（不?含\d*分?）)?)"
    r"(?:的|者)?[，]?(?:等级|评定|等次|评)?(?:为|是|：)?“?(?P<grade>[优良中差])"
)
_BAND_BEHIND = re.compile(
    r"(?P<grade>[优良中差])(?:秀|好)?”?(?:等次|等级|等)?（(?:≥|大于等于|不低于)?(?P<least>\d{2})分?(?:（含）)?"
    r"(?:及?以上|(?=）)|[—~～\-－至](?P<most>\d{2,3}(?:\.\d)?)分?(?=[）为]))"
)
"""`优（≥90分）`, `“优”（90分及以上）`, `优（90—100分）`."""
_BAND_WORDS = re.compile(
    r"(?:\d分?(?:以上|以下|）|的)?[^，。；\d]{0,4}|[≤<]\d{2,3}分?[^，。；\d]{0,6})“?([优良中差])"
)
"""`75≤得分<90为良`: bands, however they are written."""
_GRADE = re.compile(
    r"(?:等级|等次|档次|级别|结果|评定|评价|评为|判定|定为|自评)[^，。；\d“（]{0,8}?(?:为|是|：|属|达到?)?“?(?P<grade>优秀|优|良好|良|中等|中|较差|差)(?:”|等|(?=[，。；（、]|$))"
)
"""`评价等级为“优”`, `评为良`."""
_OTHER_YEAR = re.compile(r"上年|去年|上一年")
_OWN_BAND = re.compile(
    r"(?P<least>\d{2})分?(?:（含）)?(?:及?以上|(?:至|到|[—~～－\-])\d{2,3}分?(?:（不?含）)?)(?:的)?为“?(?P<grade>[^\d，。；、“”优良中差]{1,4})(?=[，。；、”])"
)
_ANY_BAND = re.compile(
    r"(?:(?P<below>\d{2}(?:\.\d{1,2})?)分?以下|(?P<least>\d{2})分?(?:（含）)?(?:及?以上|(?:至|到|[—~～－\-])(?P<most>\d{2,3}(?:\.\d{1,2})?)分?(?:（不?含）)?))"
    r"(?:的)?[，]?(?:等级|等次)?(?:为|是)“?[^\d，。；、“”]{1,4}"
)
_OWN_GRADE = re.compile(r"(?:评为|定为|等级为|等次为|属于)“?(?P<grade>[^\d，。；、“”]{1,4})(?=[，。；、”]|$)")
_OF_POINTS = re.compile(r"分|≥|以上|不低于")
"""`优（12）、良（3）` are numbers of projects."""
_EXCLUDED = re.compile(r"不含|（含）|及以上")
"""Where it is told to which of two bands their limit belongs."""
_STRONG = re.compile(r"等级|等次|档次|评为|评定|判定|定为")
"""Said of the whole, although points of the parts stand between: `效益得28分，评价为良` is not."""
_WHOLE = re.compile(r"自评|综合|总|最终|整体|合计|累计|相加|加总|加起来")
"""`我院自评92分`, `合计得分92分`: what a grade may be told for, where it is no part's."""
_NEAR, _BESIDE = 200, 20
"""Characters from a total to its grade: its parts, or the bands, may be told between them; and to one told before it."""
_PASS = Decimal(50)
"""Fewer points are of a part, where the words do not say that they are the total."""
_FULL, _ROUND = Decimal(100), 5


@check("R36g", "总分与等次不符")
def grades(reading: Reading) -> Iterator[Finding]:
    """Wrong: `综合得分88分，评价等级为“优”`, where 优 begins at 90 or at what the text says itself; `总分95分，评为较好` where
    the text has its own words for the grades. To be checked: a usual band where the parts stand between total and grade;
    a band that begins at no round number (`93分及以上为优`).

    Silent where the text states bands that cannot be read.
    """
    told, readable = told_bands(reading)
    bands = {**USUAL, **told}
    falling = [bands[g] for g in ORDER]
    if readable and falling == sorted(falling, reverse=True):
        before: list[Point] = []
        for passage in passages(reading):
            found = points(passage.text, passage.start)
            yield from _graded(reading, passage, found, before, told)
            before = found
    yield from _odd_bands(reading)
    yield from _own_words(reading)
    for passage in passages(reading):
        yield from _chain(reading, passage)


@lru_cache(maxsize=2)
def told_bands(reading: Reading) -> tuple[dict[str, Decimal], bool]:
    """The least points of each grade as the text tells them, and whether all that it tells could be read. Kept for the
    reading: two rules ask, and change nothing of it."""
    stated: dict[str, Decimal] = {}
    unread = False
    for sentence in reading.sentences:
        if "分" in sentence.text or "≥" in sentence.text:
            for match in _bands_in(sentence.text):
                stated.setdefault(match["grade"], Decimal(match["least"]))
            unread |= len(set(_BAND_WORDS.findall(sentence.text))) > 1 and len(stated) < 2
    return stated, not unread


def _bands_in(text: str) -> Iterator[re.Match[str]]:
    for pattern in (_BAND, _BAND_BEHIND):
        yield from pattern.finditer(text)


def _graded(
    reading: Reading, passage: Passage, found: list[Point], before: list[Point], told: dict[str, Decimal]
) -> Iterator[Finding]:
    """Each grade of a paragraph against the total before it, that of the paragraph before, or that right behind it."""
    judged: set[int] = set()
    for match in _GRADE.finditer(passage.text) if any(g in passage.text for g in ORDER) else ():
        start, end = passage.place_of(match)
        totals = [p for p in found if is_total(p)]
        behind = [p for p in totals if 0 <= p.clause - end <= _BESIDE][:1]
        first = [p for p in before if is_total(p)][-1:] if match.start() == 0 else []
        total = next(iter([p for p in totals if p.end <= start][-1:] or first or behind), None)
        if total is None or total.start in judged or not -_BESIDE * 2 < start - total.end <= _NEAR:
            continue
        parts = [p.value or Decimal(0) for p in found if total.end <= p.start < start]
        between = bool(parts)
        if any(part >= _PASS for part in parts) and sum(parts) != total.value:
            continue  # `自评95分，重点评价88分，等级为良`: another's total stands nearer
        words = reading.text.flat[min(total.end, start) : max(start, total.start)]
        if _OTHER_YEAR.search(words) or (between and not _STRONG.search(match.group())):
            continue
        judged.add(total.start)
        finding = _judged(reading, total, match["grade"], (start, end), told, between)
        if finding is not None:
            yield finding


def is_total(point: Point) -> bool:
    """Whether the points are those of all parts together: `综合得分92分`, `合计92分`, `我院自评92分`."""
    if point.value is None or point.value > _FULL or point.kind in (WEIGHT, DEDUCTION):
        return False
    if point.kind == LISTED:  # `自评得分96.5分，其中投入10分、…`, read as weights since the parts make it
        return "得分" in point.words and point.value != _FULL
    return point.kind == TOTAL or (point.value >= _PASS and bool(_WHOLE.search(point.words)))


def _judged(
    reading: Reading,
    total: Point,
    grade: str,
    place: tuple[int, int],
    told: dict[str, Decimal],
    between: bool,
) -> Finding | None:
    bands, value = {**USUAL, **told}, total.value or Decimal(0)
    short = grade.removeprefix("较")[0]
    right = next(g for g in ORDER if value >= bands[g])
    if short == right:
        return None
    sure = not between or short in told or right in told
    message = f"{show_short(value)}分应为“{right}”（{show_short(bands[right])}分及以上），写的是“{grade}”"
    return reading.finding("R36g", ERROR if sure else CHECK, message, place, total.place, expected=right)


def _odd_bands(reading: Reading) -> Iterator[Finding]:
    """`93分及以上为优`, `优（90—130分）`: bands begin at 90, 85, 80 …, and none ends above 100."""
    for sentence in reading.sentences:
        for match in _bands_in(sentence.text) if "分" in sentence.text else ():
            place = (sentence.start + match.start(), sentence.start + match.end())
            least, most = int(match["least"]), Decimal(match.groupdict().get("most") or 100)
            if not _OF_POINTS.search(match.group()):
                continue
            if least % _ROUND:
                message = f"“{match['grade']}”的起点写的是{least}分，通常是{USUAL[match['grade']]}分，请核对"
                yield reading.finding("R36g", CHECK, message, place)
            elif most > _FULL:
                message = f"“{match['grade']}”写到{most}分，满分是100分，请核对"
                yield reading.finding("R36g", CHECK, message, place)


def _chain(reading: Reading, passage: Passage) -> Iterator[Finding]:
    """`90分以上为优，75分至93分为良`: each band ends where the one above it begins."""
    bands = list(_ANY_BAND.finditer(passage.text)) if "分" in passage.text and "为" in passage.text else []
    for upper, lower in pairwise(bands):
        least, most = upper["least"], lower["most"] or lower["below"]
        near = lower.start() - upper.end() < _BESIDE
        # `80—89分为良` and `80—89.9分` end right below 90.
        if not least or not most or not near or 0 <= Decimal(least) - Decimal(most) <= 1:
            continue
        place = (passage.start + upper.start(), passage.start + lower.end())
        message = f"“{upper.group()}”与“{lower.group()}”的分数线接不上，请核对"
        yield reading.finding("R36g", CHECK, message, place)


def _own_words(reading: Reading) -> Iterator[Finding]:
    """`95分以上为好、85分至95分（不含）为较好`, and `总得分95分，评为较好`: grades in words of the unit's own."""
    for passage in passages(reading):
        steps = [(Decimal(m["least"]), m) for m in _OWN_BAND.finditer(passage.text)]
        said = _OWN_GRADE.search(passage.text, steps[-1][1].end()) if len(steps) > 1 else None
        found = points(passage.text, passage.start)
        total = next((p for p in reversed(found) if p.kind == TOTAL and p.value is not None), None)
        if said is None or total is None or total.value is None:
            continue
        names = {m["grade"] for _, m in steps}
        right = next((m for least, m in sorted(steps, key=lambda s: -s[0]) if total.value >= least), None)
        shared = right and total.value == Decimal(right["least"]) and not _EXCLUDED.search(passage.text)
        if right and not shared and said["grade"] in names and said["grade"] != right["grade"]:
            place = passage.place_of(said)
            message = f"{show_short(total.value)}分应为“{right['grade']}”，写的是“{said['grade']}”"
            yield reading.finding("R36g", ERROR, message, place, total.place, expected=right["grade"])
