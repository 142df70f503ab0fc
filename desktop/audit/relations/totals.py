"""R2t, R36a: basic and project spending against their total, and the mean of several scores, wherever they are told."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import islice, product

from desktop.audit.finding import CHECK, ERROR, Finding
from desktop.audit.guesses import Story
from desktop.audit.read_as import NAMES, THAN_BUDGET, THAN_LAST_YEAR, read_as
from desktop.audit.text.heading_numbers import passages
from desktop.audit.text.points import BARE, SCORE, points
from desktop.audit.text.reading import Reading, Stretch
from desktop.audit.text.roles import CHANGE, Entry
from desktop.audit.text_audit import check
from desktop.domain.chinese_numerals import from_count
from desktop.domain.numbers import decimals_of, half_unit, round_half_up, show_short

_THE_THREE = tuple(NAMES[node] for node in ("三公经费", "公车", "公务接待", "因公出国"))
_WHOLE, _PARTS = "支出", ("基本支出", "项目支出")
_MOST = 30
"""Values told of one figure; more is a text that repeats itself."""


@check("R2t", "基本支出与项目支出之和不等于总支出", last=True)
def spending(reading: Reading) -> Iterator[Finding]:
    """Silent if one of the three is missing, or if any of the values told for them fit."""
    told = [_told(reading, measure) for measure in (_WHOLE, *_PARTS)]
    if not all(told):
        return
    for total, basic, project in product(*told):
        slack = total.slack + basic.slack + project.slack
        if abs(total.amount - basic.amount - project.amount) <= slack:
            reading.holds("R2t", total.quantity, basic.quantity, project.quantity)
            return
    story = Story(reading)
    total, basic, project = (entries[0] for entries in told)
    if any(story.is_doubted(e) for e in (total, basic, project)):
        return  # one of the three is asked about already: the same cause
    both = show_short(basic.amount + project.amount, 4)
    added_up = f"基本支出{show_short(basic.amount, 4)}＋项目支出{show_short(project.amount, 4)}＝{both}万元"
    message = f"{added_up}，与{total.quantity.label}{show_short(total.amount, 4)}万元不等，请说明口径"
    yield reading.finding("R2t", CHECK, message, total.place, basic.place, project.place)


@check("R2d", "“三公”经费的增减与各项增减之和不等")
def changes_of_the_three(reading: Reading) -> Iterator[Finding]:
    """`三公经费比上年减少3.59万元`, with 公车 3.59 less and 接待 0.30 more told in paragraphs of their own: the parts make
    3.29. Silent where a part's change is not told, or told with two values."""
    read = read_as(reading)
    told: dict[tuple[str, str], dict[Decimal, Entry]] = {}
    for entry in reading.entries:
        name = read[Stretch(entry.start, entry.end)]
        known = entry.role == CHANGE and entry.quantity.money is not None and not entry.quantity.approximate
        if known and name.stage in (THAN_LAST_YEAR, THAN_BUDGET):
            signed = entry.amount * (entry.way or 1)
            told.setdefault((name.measure, name.stage), {}).setdefault(signed, entry)
    for stage in (THAN_LAST_YEAR, THAN_BUDGET):
        whole, *parts = (told.get((name, stage), {}) for name in _THE_THREE)
        if len(whole) != 1 or not all(parts[:2]) or any(len(part) > 1 for part in parts):
            continue
        if not parts[2] and any(e.amount for e in reading.levels_by_measure.get("因公出国", ())):
            continue
        ((change, total),) = whole.items()
        changed = [(signed, entry) for part in parts for signed, entry in part.items()]
        exact = sum((signed for signed, _ in changed), Decimal(0))
        if abs(exact - change) <= total.slack + sum((e.slack for _, e in changed), Decimal(0)):
            reading.holds("R2d", total.quantity, *(e.quantity for _, e in changed))
            continue
        way = "增加" if exact > 0 else "减少"
        message = (
            f"“三公”经费{stage}{'增加' if change > 0 else '减少'}{total.shown}，"
            f"各项增减相抵为{way}{show_short(abs(exact), 4)}万元"
        )
        yield reading.finding("R2d", ERROR, message, total.place, *(e.place for _, e in changed))


def _told(reading: Reading, measure: str) -> list[Entry]:
    entries = (e for e in reading.levels_by_measure.get(measure, ()) if e.quantity.money)
    return list(islice({e.amount: e for e in entries}.values(), _MOST))


_MEAN = re.compile(
    r"(?:^|(?<=[，；。：、]))(?:以上|上述|这)?(?:(?P<count>[两三四五六七八九十]|\d{1,2})(?:个|项)[^，。；\d]{0,8})?平均(?:得分|分值?|自评得?分?)?(?:为|是|得)?(?P<mean>\d{2,3}(?:\.\d+)?)分"
)
"""At the head of its clause: `高于全县平均93分` is others'."""
_LEAST_POINTS = 50
"""Less is no score out of a hundred."""


@check("R36a", "平均分与各项得分不符")
def means(reading: Reading) -> Iterator[Finding]:
    """Wrong: `甲项目98分，乙项目95分，丙项目92分，三个项目平均96分`. Silent where the scores before it in its paragraph are
    not as many as it says, or fewer than two."""
    for passage in passages(reading):
        for match in _MEAN.finditer(passage.text) if "平均" in passage.text else ():
            at = passage.start + match.start()
            told = [p for p in points(passage.text, passage.start) if p.end <= at and p.kind in (SCORE, BARE)]
            told = [p for p in told if p.value and p.value >= _LEAST_POINTS]
            count = match["count"]
            if count:
                wanted = from_count(count)
                told = told[-wanted:] if len(told) == wanted else []
            if len(told) < 2:
                continue
            stated = Decimal(match["mean"])
            exact = sum((p.value or Decimal(0) for p in told), Decimal(0)) / len(told)
            place = (at, passage.start + match.end())
            if abs(exact - stated) <= half_unit(decimals_of(stated)):
                reading.holds("R36a", Stretch(*place), *told)
                continue
            right = f"{show_short(round_half_up(exact, max(decimals_of(stated), 1)), 2)}分"
            message = f"{'、'.join(show_short(p.value, 2) for p in told)}平均{right}，写的是{match['mean']}分"
            level = ERROR if count else CHECK
            yield reading.finding("R36a", level, message, place, *(p.place for p in told), expected=right)
