"""R2t: the report's basic and project spending against its total, wherever they are told."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice, product

from desktop.audit.finding import CHECK, Finding
from desktop.audit.text.reading import Reading
from desktop.audit.text.roles import Entry
from desktop.audit.text_audit import check
from desktop.domain.numbers import show_short

_WHOLE, _PARTS = "支出", ("基本支出", "项目支出")
_MOST = 30
"""Values told of one figure; more is a text that repeats itself."""


@check("R2t", "基本支出与项目支出之和不等于总支出")
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
    total, basic, project = (entries[0] for entries in told)
    both = show_short(basic.amount + project.amount, 4)
    added_up = f"基本支出{show_short(basic.amount, 4)}＋项目支出{show_short(project.amount, 4)}＝{both}万元"
    message = f"{added_up}，与{total.quantity.label}{show_short(total.amount, 4)}万元不等，请说明口径"
    yield reading.finding("R2t", CHECK, message, total.place, basic.place, project.place)


def _told(reading: Reading, measure: str) -> list[Entry]:
    entries = (e for e in reading.levels_by_measure.get(measure, ()) if e.quantity.money)
    return list(islice({e.amount: e for e in entries}.values(), _MOST))
