"""The sheet `评分依据`: what was answered to the fixed indicators of every system, and the points."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from desktop.domain.facts import PROJECTS
from desktop.domain.keys import FactKey, scoped
from desktop.domain.numbers import show_short
from desktop.domain.scoring.scoring import ANSWERS, IndicatorScore, ScoreSheet, score_project, score_system
from desktop.domain.template import Indicator, System
from desktop.exchange.excel_out.addresses import clean
from desktop.exchange.excel_out.sheet_draft import Book, Draft

_WIDTHS = (14, 24, 7, 36, 18, 9, 40, 28)
_HEADS = ("二级指标", "指标", "分值", "内容", "填报", "自评得分", "评分规则", "偏差原因分析及改进措施")


def add_answers(book: Book, form: System, systems: Iterable[System]) -> None:
    """Every system's fixed indicators, then those of each project by the system of the forms."""
    draft = book.draft("评分依据", _WIDTHS, landscape=True)
    draft.put(1, 1, "评分依据", "title", cols=len(_WIDTHS))
    draft.freeze_row = 1
    row = 2
    for system in systems:
        scores = score_system(book.sheet, system)
        row = _system(draft, row, f"指标体系：{system.name}", system, scores, system.id) + 1
    for project in book.sheet.projects():
        name = book.sheet.get(PROJECTS, f"item:{project}", "name") or f"项目{project}"
        scores = score_project(book.sheet, form, project)
        row = _system(draft, row, f"项目：{clean(name)}", form, scores, project) + 1


def _system(draft: Draft, row: int, title: str, system: System, scores: ScoreSheet, scope: str) -> int:
    draft.put(row, 1, title, "section", cols=len(_WIDTHS))
    row += 1
    for col, text in enumerate(_HEADS, 1):
        draft.put(row, col, text, "head")
    row += 1
    by_row = {score.id: score for score in scores.indicators}
    for block in system.blocks:
        for group in block.groups:
            first = row
            for indicator in group.indicators:
                row = _indicator(draft, row, indicator, by_row[indicator.id], scoped(ANSWERS, scope))
            if row > first:
                draft.put(first, 1, group.name, "label", rows=row - first)
    return row


def _indicator(draft: Draft, row: int, indicator: Indicator, score: IndicatorScore, table: str) -> int:
    """One line, or for a checklist one line for each item, the rest drawn together."""
    rows = max(1, len(indicator.items))
    draft.put(row, 2, indicator.name, "row", rows=rows)
    draft.put(row, 3, indicator.weight, "computed", rows=rows)
    for number, item in enumerate(indicator.items):
        draft.put(row + number, 4, item, "text")
        draft.fact(row + number, 5, FactKey(table, indicator.id, f"item{number + 1}"))
    if not indicator.items:
        _value(draft, row, indicator, score, table)
    draft.points(row, 6, score, rows=rows)
    draft.put(row, 7, indicator.rule, "text", rows=rows)
    draft.fact(row, 8, FactKey(table, indicator.id, "reason"), rows=rows, look="name", format="General")
    return row + rows


def _value(draft: Draft, row: int, indicator: Indicator, score: IndicatorScore, table: str) -> None:
    """What is asked, or for a rate how it was computed from the other tables."""
    key = FactKey(table, indicator.id, "value")
    if indicator.formula and key not in draft.book.sheet.facts:
        draft.put(row, 4, f"由基础数据计算：{score.rule.how}", "text")
        draft.put(row, 5, score.value, "computed")
        return
    choices = tuple(str(choice) for choice, _ in indicator.params.get("choices", ()))
    label = str(indicator.params.get("value_label", "填报值"))
    points = "、".join(
        f"{name}{show_short(Decimal(str(value)))}分" for name, value in indicator.params.get("choices", ())
    )
    draft.put(row, 4, f"{label}（{points}）" if points else label, "text")
    draft.fact(row, 5, key, choices=choices, strict=bool(choices))
