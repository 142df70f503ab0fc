"""R36l: what is said of a list of scores or rates: its mean, its grades, its highest and lowest."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from desktop.audit.finding import CHECK, ERROR, Finding
from desktop.audit.score_rules.grades import ORDER, USUAL, told_bands
from desktop.audit.score_rules.means import mean_of
from desktop.audit.score_rules.told_elsewhere import agree, core
from desktop.audit.text.heading_numbers import Passage, passages
from desktop.audit.text.reading import Reading
from desktop.audit.text.score_points import BARE, SCORE, Point, points
from desktop.audit.text_audit import check
from desktop.domain.numbers import show_short

_MEAN = re.compile(r"(?:简单|算术)平均(?:得分|分值?|值)?(?:为|是|得)?(?P<mean>\d{2,3}(?:\.\d{1,3})?)分")
_ALL_OF = re.compile(
    r"(?:全部|均|都)(?:被)?(?:达到|评为|为|是)“?(?P<grade>[优良])(?:秀|好)?”?(?:等次?|级)?(?=[，。；、]|$)"
)
"""`全部达到优等`, of each of the scores listed."""
_COUNT = re.compile(
    r"“?(?P<grade>[优良中差])(?:秀|好|等)?”?(?:等次|等级|等)?(?:的)?(?:项目)?(?P<n>\d{1,2})个"
)
_LEAST_POINTS = Decimal(50)
"""Less is no score out of a hundred."""
_EXTREME = re.compile(
    r"(?:(?P<what>支出率|执行率|完成率)[^，。；]{0,4}|(?<=，)(?:而)?)最(?P<way>[低高])的(?:是|为|项目是)“?(?P<name>[^，。；、“”\d（]{2,20})"
)
_EXTREME_POINTS = re.compile(
    r"最(?P<way>[高低])的?(?:是|为)[^，。；\d]{0,16}(?P<points>\d{2,3}(?:\.\d{1,2})?)分"
)
_NO_PART = re.compile(r"平均|综合|总|满分|上年|去年|目标")
_RATE = re.compile(r"(?P<what>支出率|执行率|完成率)(?:为|是|达到?)?(?P<rate>\d{1,3}(?:\.\d{1,4})?)%")
_NAME = re.compile(
    r"^[^一-龥]*(?P<name>[一-龥“”‘’]{2,24}?)(?:项目|经费)?(?:全年|年度|年初)?(?:预算|资金|安排|支出|[，。：；（])"
)
"""`（2）护栏更换。预算…`, `A. 水质监测，预算…`: whose rate stands in the paragraph."""
_BETWEEN = 6
"""Paragraphs between a list and what is said of it."""


class Rate(NamedTuple):
    """One item's rate, and where it is told."""

    name: str
    what: str
    rate: Decimal
    place: tuple[int, int]


@check("R36l", "平均、等次、最高最低与所列各项不符", last=True)
def score_lists(reading: Reading) -> Iterator[Finding]:
    """Wrong: `甲98分，乙84分，丙91分，简单平均92分`; `四个项目全部为优` and one of the scores beside it below 90; `优5个` of five
    scores one of which is below 90; `支出率最低的是甲` where the rate of another item of the list above is lower.

    Grades are only asked about where the text does not tell from where on each begins.
    """
    told, readable = told_bands(reading)
    rates: list[Rate] = []
    since = 0
    for passage in passages(reading):
        listed = _listed(passage)
        if len(listed) > 1:
            yield from _mean(reading, passage, listed)
            yield from _extreme_points(reading, passage, listed)
            if readable:
                yield from _all_of(reading, passage, listed, told)
                yield from _counts(reading, passage, listed, told)
        yield from _extremes(reading, passage, rates)
        own = _rate_of(passage)
        since = 0 if own else since + 1
        rates = [*rates, own] if own else (rates if since <= _BETWEEN else [])


def _listed(passage: Passage) -> list[Point]:
    found = points(passage.text, passage.start)
    return [p for p in found if p.kind in (SCORE, BARE) and p.value and _LEAST_POINTS <= p.value <= 100]


def _mean(reading: Reading, passage: Passage, listed: list[Point]) -> Iterator[Finding]:
    for match in _MEAN.finditer(passage.text):
        own = [p for p in listed if p.end <= passage.start + match.start()]
        yield from mean_of(reading, "R36l", passage, match, own, ERROR)


def _extreme_points(reading: Reading, passage: Passage, listed: list[Point]) -> Iterator[Finding]:
    """`甲98分，乙91分，丙90分，得分最低的是乙91分`: of the scores of its sentence."""
    for match in _EXTREME_POINTS.finditer(passage.text):
        start, end = passage.place_of(match)
        first = max(passage.start - 1, reading.text.flat.rfind("。", passage.start, start)) + 1
        stop = reading.text.flat.find("。", end, passage.end)
        own = [p for p in listed if first <= p.start < (stop if stop >= 0 else passage.end)]
        own = [p for p in own if not _NO_PART.search(p.words)]
        told, low = Decimal(match["points"]), match["way"] == "低"
        beyond = next(
            (p for p in own if p.value is not None and (p.value < told if low else p.value > told)), None
        )
        if len(own) > 1 and beyond is not None:  # `最高的是甲98分` itself is read as a rule
            message = f"{show_short(beyond.value, 2)}分{'更低' if low else '更高'}，不能写“{match.group()}”"
            yield reading.finding("R36l", ERROR, message, (start, end), beyond.place)


def _grade(value: Decimal, bands: dict[str, Decimal]) -> str:
    return next((grade for grade in ORDER if value >= bands[grade]), ORDER[-1])


def _all_of(
    reading: Reading, passage: Passage, listed: list[Point], told: dict[str, Decimal]
) -> Iterator[Finding]:
    bands = {**USUAL, **told}
    for match in _ALL_OF.finditer(passage.text):
        low = next((p for p in listed if p.value is not None and p.value < bands[match["grade"]]), None)
        if low is not None:
            level = ERROR if match["grade"] in told else CHECK
            message = f"{show_short(low.value, 2)}分应为“{_grade(low.value or Decimal(0), bands)}”，写的是“{match.group()}”"
            place = passage.place_of(match)
            yield reading.finding("R36l", level, message, place, low.place)


def _counts(
    reading: Reading, passage: Passage, listed: list[Point], told: dict[str, Decimal]
) -> Iterator[Finding]:
    """`优4个、良1个` of five scores; only where as many are counted as are listed."""
    counts = list(_COUNT.finditer(passage.text))
    if not counts or sum(int(m["n"]) for m in counts) != len(listed):
        return
    bands = {**USUAL, **told}
    grades = [_grade(p.value or Decimal(0), bands) for p in listed]
    wrong = [m for m in counts if grades.count(m["grade"]) != int(m["n"])]
    if wrong:
        right = "、".join(f"{g}{grades.count(g)}个" for g in ORDER if g in grades)
        place = (passage.start + counts[0].start(), passage.start + counts[-1].end())
        message = f"按所列得分应为{right}，写的是{'、'.join(m.group() for m in counts)}"
        level = ERROR if "优" in told else CHECK
        yield reading.finding("R36l", level, message, place, *(p.place for p in listed))


def _rate_of(passage: Passage) -> Rate | None:
    """The one rate of a list item, with the words its paragraph begins with."""
    found = list(_RATE.finditer(passage.text)) if "率" in passage.text else []
    name = _NAME.match(passage.text) if len(found) == 1 else None
    if name is None or (passage.mark is None and not re.match(r"[A-Z0-9]", passage.text)):
        return None
    match = found[0]
    place = passage.place_of(match)
    return Rate(core(name["name"]), match["what"], Decimal(match["rate"]), place)


def _extremes(reading: Reading, passage: Passage, rates: list[Rate]) -> Iterator[Finding]:
    what = ""
    for match in _EXTREME.finditer(passage.text) if len(rates) > 2 else ():
        what = match["what"] or what
        # A rate above 100 is mostly a slip of its own.
        same = [r for r in rates if r.what == what and r.rate <= 100]
        own = [r for r in same if agree(r.name, core(match["name"]))]
        if len(own) != 1 or len(same) < 3:
            continue
        lowest = match["way"] == "低"
        best = min(same, key=lambda r: r.rate if lowest else -r.rate)
        if best.rate != own[0].rate:
            message = (
                f"{what}最{match['way']}的是{best.name}（{best.rate}%），不是{own[0].name}（{own[0].rate}%）"
            )
            place = passage.place_of(match)
            yield reading.finding("R36l", ERROR, message, place, best.place, own[0].place)
