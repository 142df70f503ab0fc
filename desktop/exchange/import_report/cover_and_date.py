"""How the file's report is titled, addressed and dated, as cells of the report it goes to."""

from __future__ import annotations

import re
from collections.abc import Iterator

from desktop.domain.facts import FactSheet
from desktop.domain.keys import FactKey
from desktop.domain.template import THIS
from desktop.exchange.import_plan import PlanItem
from desktop.exchange.import_report.body import Body
from desktop.exchange.import_report.dates import western

_DATE = FactKey("unit", THIS, "report_date")
_TITLE, _ADDRESSEE = FactKey("paper", THIS, "title"), FactKey("paper", THIS, "addressee")
_VARIES = re.compile(r"(?:19|20)\d{2}年度?|部门|预算单位|单位|预算|[（(].*?[)）]|\s")
_USUAL = "整体支出绩效自评报告"


def paper_items(body: Body, sheet: FactSheet, unit: str, said_year: int | None) -> tuple[list[PlanItem], int]:
    """The cells that would change, and how many already say what the file says."""
    last = said_year is not None and said_year != sheet.year
    items, agreed = [], 0
    for key, said, where in _found(body, unit):
        if said == sheet.text(key):
            agreed += 1
            continue
        dated = last and key != _ADDRESSEE
        problem = f"是{said_year}年度的，没有勾选" if dated else ""
        items.append(
            PlanItem(
                key,
                sheet.label(key),
                sheet.display(key),
                said,
                where,
                problem,
                "note" if dated else "ok",
                not dated,
            )
        )
    return items, agreed


def _found(body: Body, unit: str) -> Iterator[tuple[FactKey, str, str]]:
    if body.title and not is_usual(body.title, unit):
        yield _TITLE, body.title, "标题"
    if body.addressee:
        yield _ADDRESSEE, body.addressee, "主送机关"
    if body.date:
        yield _DATE, body.date, "落款"


def is_usual(title: str, unit: str) -> bool:
    """Whether the program's own title says the same: 年度, unit and 整体支出绩效自评报告, nothing else."""
    title = western(title)
    said = _VARIES.sub("", title.replace(unit, "") if unit else title)
    return said == _USUAL
