"""R2t, R2d: basic and project spending, and the changes of the three public expenses, against their totals, wherever they are told."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import product

from desktop.audit.finding import CHECK, ERROR, Finding
from desktop.audit.guesses import Story
from desktop.audit.read_as import THAN_BUDGET, THAN_LAST_YEAR, amounts_by_name, read_as
from desktop.audit.text.budget_figures import FINAL
from desktop.audit.text.reading import Reading, Stretch
from desktop.audit.text.roles import CHANGE, Entry, distinct
from desktop.audit.text_audit import check
from desktop.domain.numbers import show_short
from desktop.ontology import ontology

_THE_THREE = ("三公经费", "公车", "公务接待", "因公出国")
_WHOLE, _PARTS = "支出", ("基本支出", "项目支出")
_MOST = 30
"""Values told of one figure; more is a text that repeats itself."""


@check("R2t", "基本支出与项目支出之和不等于总支出", last=True)
def spending(reading: Reading) -> Iterator[Finding]:
    """Silent if one of the three is missing, or if any of the values told for them fit. A figure that only the heading
    above names (`项目支出情况` over `2023年支出7913.35万元`) is proved by the sum, and asked nothing."""
    named = [_told(reading, measure) for measure in (_WHOLE, *_PARTS)]
    told = [own or _read(reading, measure) for own, measure in zip(named, (_WHOLE, *_PARTS), strict=True)]
    if not all(told):
        return
    for total, basic, project in product(*told):
        slack = total.slack + basic.slack + project.slack
        if abs(total.amount - basic.amount - project.amount) <= slack:
            reading.holds("R2t", total.quantity, basic.quantity, project.quantity)
            return
    if not all(named):
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
        whole, *parts = (told.get((ontology().name_of(node), stage), {}) for node in _THE_THREE)
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
            f"“三公”经费{stage}{'增加' if change > 0 else '减少'}{total.with_unit}，"
            f"各项增减相抵为{way}{show_short(abs(exact), 4)}万元"
        )
        yield reading.finding("R2d", ERROR, message, total.place, *(e.place for _, e in changed))


def _told(reading: Reading, measure: str) -> list[Entry]:
    return distinct(e for e in reading.levels_by_measure.get(measure, ()) if e.quantity.money)[:_MOST]


def _read(reading: Reading, measure: str) -> list[Entry]:
    """This year's final figures of a measure by what they are read as."""
    by_stage = amounts_by_name(reading).get((ontology().name_of(measure), str(reading.year or "")), {})
    return by_stage.get(FINAL, [])[:_MOST]
