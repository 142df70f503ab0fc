"""R36g: the grade (优, 良, 中, 差) that a total has, by the bands the text states or the usual ones."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from desktop.audit.finding import ERROR, Finding
from desktop.audit.text.heading_numbers import passages
from desktop.audit.text.points import SUBTOTAL, TOTAL, Point, points
from desktop.audit.text.reading import Reading
from desktop.audit.text_audit import check
from desktop.domain.numbers import show_short

_ORDER = "优良中差"
_USUAL = {"优": Decimal(90), "良": Decimal(80), "中": Decimal(60), "差": Decimal(0)}
"""The least points of each grade (财政部《项目支出绩效评价管理办法》 2020, art. 27)."""
_BAND = re.compile(
    # `90分（含）以上为“优”`, `≥90分`, `80（含）—90分为良`, `80至90分（不含90分）为良`.
    r"(?P<least>\d{2})分?(?:（含）|（含\d+分?）|含)?(?:及?以上|(?:至|到|[—~～\-－]+)\d{2,3}分?(?:（不?含\d*分?）)?)"
    r"(?:的|者)?[，]?(?:等级|评定|等次|评)?(?:为|是|：)?“?(?P<grade>[优良中差])"
)
_BAND_BEHIND = re.compile(
    r"(?P<grade>[优良中差])(?:秀|好)?”?(?:等次|等级|等)?（(?:≥|大于等于)?(?P<least>\d{2})分?(?:（含）)?(?:及?以上|(?=）))"
)
"""`优（≥90分）`, `“优”（90分及以上）`."""
_BAND_WORDS = re.compile(
    r"(?:\d分?(?:以上|以下|）|的)?[^，。；\d]{0,4}|[≤<]\d{2,3}分?[^，。；\d]{0,6})“?([优良中差])"
)
"""`75≤得分<90为良`: bands, however they are written."""
_GRADE = re.compile(
    r"(?:等级|等次|档次|级别|结果|评定|评价|评为|判定|定为|自评)[^，。；\d“（]{0,8}?(?:为|是|：|属|达到?)?“?(?P<grade>优秀|优|良好|良|中等|中|较差|差)(?:”|等|(?=[，。；（、]|$))"
)
"""`评价等级为“优”`, `评为良`."""
_OTHER_YEAR = re.compile(r"上年|去年|上一年")
_NEAR = 150
"""Characters from a total to its grade: the bands may be told between them."""
_FULL = Decimal(100)


@check("R36g", "总分与等次不符")
def grades(reading: Reading) -> Iterator[Finding]:
    """Wrong: `综合得分88分，评价等级为“优”`, where 优 begins at 90 or at what the text says itself.

    Silent where the text states bands that cannot be read.
    """
    bands = _bands(reading)
    for passage in passages(reading) if bands else ():
        found = points(passage.text, passage.start)
        for at, total in enumerate(found):
            of_all = total.kind == TOTAL or (total.kind == SUBTOTAL and "总计" in total.words)
            if of_all and total.value is not None and total.value <= _FULL:
                end = found[at + 1].start if at + 1 < len(found) else passage.end
                yield from _judged(reading, total, min(end, total.end + _NEAR), bands)


def _bands(reading: Reading) -> dict[str, Decimal]:
    stated: dict[str, Decimal] = {}
    unread = False
    for sentence in reading.sentences:
        if "分" in sentence.text or "≥" in sentence.text:
            for pattern in (_BAND, _BAND_BEHIND):
                for match in pattern.finditer(sentence.text):
                    stated.setdefault(match["grade"], Decimal(match["least"]))
            unread |= len(set(_BAND_WORDS.findall(sentence.text))) > 1 and len(stated) < 2
    bands = {**_USUAL, **stated}
    falling = [bands[g] for g in _ORDER]
    return bands if falling == sorted(falling, reverse=True) and not unread else {}


def _judged(reading: Reading, total: Point, end: int, bands: dict[str, Decimal]) -> Iterator[Finding]:
    """The grade told behind a total, before any other points."""
    behind = reading.text.flat[total.end : end]
    match = _GRADE.search(behind)
    if not match or _OTHER_YEAR.search(behind[: match.start()]):
        return
    value = total.value or Decimal(0)
    told = match["grade"].removeprefix("较")[0]
    right = next(grade for grade in _ORDER if value >= bands[grade])
    if told != right:
        place = (total.end + match.start(), total.end + match.end())
        message = f"{show_short(value)}分应为“{right}”（{show_short(bands[right])}分及以上），写的是“{match['grade']}”"
        yield reading.finding("R36g", ERROR, message, place, total.place, expected=right)
