"""How the file's report is titled, addressed and dated, as cells of the report it goes to."""

from __future__ import annotations

import re
from collections.abc import Iterator

from desktop.domain.facts import FactSheet
from desktop.domain.keys import FactKey
from desktop.domain.template import THIS
from desktop.exchange.import_plan import Level, PlanItem
from desktop.exchange.import_report.file_body.body import Body
from desktop.exchange.import_report.file_body.dates import with_arabic_dates

REPORT_DATE = FactKey("unit", THIS, "report_date")
_TITLE, _ADDRESSEE = FactKey("paper", THIS, "title"), FactKey("paper", THIS, "addressee")
_YEAR = re.compile(r"(?:19|20)\d{2}年度")


def cover_items(
    body: Body, sheet: FactSheet, unit: str, stated_year: int | None
) -> tuple[list[PlanItem], int]:
    """The cells that would change, and how many already say what the file says."""
    other_year = stated_year is not None and stated_year != sheet.year
    items, agreed = [], 0
    for key, text, where in _stated_values(body, unit):
        if text == sheet.text(key):
            agreed += 1
            continue
        dated = other_year and key != _ADDRESSEE
        problem = f"是{stated_year}年度的，没有勾选" if dated else ""
        level: Level = "note" if dated else "ok"
        label, old = sheet.label(key), sheet.display(key)
        items.append(PlanItem(key, label, old, text, where, problem, level, not dated))
    return items, agreed


def _stated_values(body: Body, unit: str) -> Iterator[tuple[FactKey, str, str]]:
    if body.title and not is_standard_title(body.title, unit):
        yield _TITLE, body.title, "标题"
    if body.addressee:
        yield _ADDRESSEE, body.addressee, "主送机关"
    if body.date:
        yield REPORT_DATE, body.date, "落款"


def is_standard_title(title: str, unit: str) -> bool:
    """Whether the program prints just this by itself: `2023年度清河县水利局整体支出绩效自评报告`. Any other stays as it is."""
    words = "".join(with_arabic_dates(title).split())
    return _YEAR.match(words) is not None and _YEAR.sub("", words, count=1) == f"{unit}整体支出绩效自评报告"
