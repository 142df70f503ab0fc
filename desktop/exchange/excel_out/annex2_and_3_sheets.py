"""附件2 and 附件3 (自评表 of the unit and of each project) as the official forms lay them out (docs/domain.md 3.1)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from desktop.domain.keys import UNIT_NAME, FactKey, base_of, scoped
from desktop.domain.numbers import show_short
from desktop.domain.scoring.scoring import BlockScore, IndicatorScore, ScoreSheet, score_project, score_system
from desktop.domain.template import THIS, Block, Group, System
from desktop.exchange.excel_out.addresses import Place, Span
from desktop.exchange.excel_out.annex1_sheet import add_signature
from desktop.exchange.excel_out.formulas import sum_formula
from desktop.exchange.excel_out.sheet_draft import Book, Draft, LiveFormula

_WIDTHS = (8, 11, 14, 20, 12, 12, 7, 9, 19)
_LAST = len(_WIDTHS)
_FUNDS = ("initial", "adjusted", "executed")
_HEADS = (
    "一级指标",
    "二级指标",
    "三级指标",
    "年度\n指标值",
    "实际\n完成值",
    "分值",
    "自评\n得分",
    "偏差原因分析及\n改进措施",
)
_FUND_HEADS = ("年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "自评得分")


@dataclass
class _Totals:
    """Where the weights and points stand that the last row adds up."""

    weights: list[Place | Span]
    points: list[Place | Span]


def add_annex2(book: Book, system: System) -> None:
    """Add the sheet `附件2`, the unit's own score by a system of the forms' kind."""
    scores = score_system(book.sheet, system)
    draft = _begin(book, "附件2", "附件2", f"{book.sheet.year}年度预算单位整体支出绩效自评表")
    draft.put(3, 1, "预算单位名称", "head", cols=2)
    draft.fact(3, 3, UNIT_NAME, cols=_LAST - 2)
    end = _fund_rows(draft, 4, scores, "annex2_funds", "年度预\n算申请\n（万元）", ("total",), extra=5)
    _sources(draft, end)
    _rest(draft, end + 5, system, scores, "")


def add_annex3(book: Book, system: System, project: str) -> None:
    """Add one project's sheet `附件3-…`."""
    scores = score_project(book.sheet, system, project)
    name = book.sheet.get("projects", f"item:{project}", "name").strip() or f"项目{project}"
    draft = _begin(book, f"附件3-{name}", "附件3", f"{book.sheet.year}年度项目支出绩效自评表")
    cells = (
        ("项目支出名称", "name", 3, 1, 7),
        ("主管部门", "department", 4, 1, 2),
        ("实施单位", "implementer", 4, 5, 3),
    )
    for title, column, row, col, cols in cells:
        draft.put(row, col, title, "head", cols=2)
        draft.fact(row, col + 2, FactKey("projects", f"item:{project}", column), cols=cols)
    rows = [row.id for row in book.sheet.templates.tables["annex3_funds"].rows]
    end = _fund_rows(draft, 5, scores, scoped("annex3_funds", project), "项目\n资金\n（万元）", rows)
    _rest(draft, end, system, scores, project)


def _begin(book: Book, name: str, annex: str, title: str) -> Draft:
    draft = book.draft(name, _WIDTHS, row_height=25)
    draft.put(1, 1, annex, "annex", cols=_LAST)
    draft.put(2, 1, title, "title", cols=_LAST)
    return draft


def _fund_rows(
    draft: Draft, row: int, scores: ScoreSheet, table: str, title: str, rows: Sequence[str], extra: int = 0
) -> int:
    """The head and the rows of the money; only the first row, the total, is scored (docs/domain.md 1.2). Returns
    the next row."""
    draft.put(row, 1, title, "head", rows=1 + len(rows) + extra)
    draft.put(row, 2, "", "head", cols=2)
    for index, text in enumerate(_FUND_HEADS):
        draft.put(row, 4 + index, text, "head")
    template = draft.book.sheet.templates.tables[base_of(table)]
    for place, item in enumerate(rows):
        row += 1
        line = template.row(item)
        draft.put(row, 2, line.label, "row", cols=2, indent=line.level)
        for index, column in enumerate(_FUNDS):
            draft.fact(row, 4 + index, FactKey(table, item, column))
        draft.fact(row, 8, FactKey(table, item, "rate"))
        execution = next((score for score in scores.indicators if score.formula), None)  # 预算执行率
        if place == 0 and execution is not None:
            draft.put(row, 7, execution.weight or Decimal(0), "computed")
            draft.points(row, 9, execution)
        else:
            draft.put(row, 7, "/", "computed")
            draft.put(row, 9, "/", "computed")
    return row + 1


_HALVES = ((2, 4, "按收入性质分", "general fund nontax other"), (5, 8, "按支出性质分", "basic project"))


def _sources(draft: Draft, row: int) -> None:
    """Executed money by where it comes from (left) and what it is spent on (right): five rows."""
    template = draft.book.sheet.templates.tables["annex2_funds"]
    for left, amount, title, rows in _HALVES:
        items = rows.split()
        wide = 2 if left == 2 else 3
        cols = 1 if left == 2 else 2
        draft.put(row, left, title, "row", cols=wide)
        for place in range(1, 5):
            item = items[place - 1] if place <= len(items) else ""
            text, indent = (template.row(item).label, 1) if item else ("", 0)
            draft.put(row + place, left, text, "row", cols=wide, indent=indent)
            if item:
                draft.fact(row + place, amount, FactKey("annex2_funds", item, "executed"), cols=cols)
            else:
                draft.put(row + place, amount, "", "computed", cols=cols)
    cells = [Place(draft.name, row + place, 4) for place in range(1, 5)]
    values = [draft.book.sheet.value("annex2_funds", item, "executed") for item in _HALVES[0][3].split()]
    given = [value for value in values if value is not None]
    shown = sum(given, Decimal(0)) if given else ""
    draft.put(row, 4, LiveFormula(lambda _, home: sum_formula(home, cells), shown), "computed", format="0.00")
    draft.fact(row, 8, FactKey("annex2_funds", "nature_total", "executed"), cols=2)


def _rest(draft: Draft, row: int, system: System, scores: ScoreSheet, project: str) -> None:
    """Goals, indicators, total and signature: the same in both forms."""
    row = _goals(draft, row, scoped("annex3_goals" if project else "annex2_goals", project))
    first = row
    draft.title_row = row
    for index, text in enumerate(_HEADS):
        draft.put(row, 2 + index, text, "head")
    funds = scoped("annex3_funds" if project else "annex2_funds", project)
    scored = draft.book.places[FactKey(funds, "total", "executed")].row
    totals = _Totals([Place(draft.name, scored, 7)], [Place(draft.name, scored, 9)])
    table = scoped(
        system.indicator_table.replace("annex2", "annex3") if project else system.indicator_table, project
    )
    row += 1
    begin = row
    for block, score in zip(system.blocks, scores.blocks, strict=True):
        if not any(group.indicators for group in block.groups):
            row = _block(draft, row, block, score, table)
    draft.put(first, 1, "绩效\n指标", "head", rows=row - first)
    totals.weights.append(Span(Place(draft.name, begin, 7), Place(draft.name, row - 1, 7)))
    totals.points.append(Span(Place(draft.name, begin, 8), Place(draft.name, row - 1, 8)))
    _total(draft, row, scores, totals)
    add_signature(draft, row + 2, _LAST)


def _goals(draft: Draft, row: int, table: str) -> int:
    """预期目标 beside 实际完成情况; long texts get several rows, for Excel limits a row's height."""
    keys = [FactKey(table, THIS, column) for column in ("expected", "achieved")]
    areas = (range(2, 6), range(6, _LAST + 1))
    rows = max(
        draft.rows_for(draft.book.sheet.text(key), area) for key, area in zip(keys, areas, strict=True)
    )
    draft.put(row, 1, "年度\n总体\n目标", "head", rows=rows + 1)
    for key, area, title in zip(keys, areas, ("预期目标", "实际完成情况"), strict=True):
        draft.put(row, area[0], title, "head", cols=len(area))
        draft.fact(row + 1, area[0], key, rows=rows, cols=len(area), look="prose")
    draft.least_heights[row + 1] = 60  # points: three lines to write in
    return row + rows + 1


def _block(draft: Draft, row: int, block: Block, score: BlockScore, table: str) -> int:
    """One 一级指标 with its promised points, and its groups; a group without indicators keeps a blank row."""
    first = row
    by_row = {indicator.key.row: indicator for indicator in score.indicators}
    for group in block.groups:
        row = _group(draft, row, group, by_row, table)
    title = f"{block.name}\n（{show_short(block.weight)}分）"
    draft.put(first, 2, title, "head", rows=row - first)
    return row


def _group(draft: Draft, row: int, group: Group, scores: dict[str, IndicatorScore], table: str) -> int:
    first = row
    for item in draft.book.sheet.rows(table, group.id):
        draft.fact(row, 4, FactKey(table, item, "name"), look="name")
        draft.target(row, 5, table, item)
        draft.fact(row, 6, FactKey(table, item, "actual"))
        draft.fact(row, 7, FactKey(table, item, "weight"))
        draft.points(row, 8, scores[item])
        draft.fact(row, 9, FactKey(table, item, "reason"), look="name", format="General")
        row += 1
    if row == first:
        for col, look, form in (
            (4, "name", "@"),
            (5, "input", "@"),
            (6, "input", "@"),
            (7, "input", "General"),
        ):
            draft.put(row, col, "", look, format=form)
        draft.put(row, 8, "", "input")
        draft.put(row, 9, "", "name")
        row += 1
    draft.put(first, 3, group.name, "label", rows=row - first)
    return row


def _total(draft: Draft, row: int, scores: ScoreSheet, totals: _Totals) -> None:
    """Sums over all weights and points; empty while none is there."""
    draft.put(row, 1, "总分", "head", cols=6)
    weights = [score.weight for score in scores.indicators if score.weight is not None]
    points = [score.points for score in scores.indicators if score.points is not None]
    for col, cells, values in ((7, totals.weights, weights), (8, totals.points, points)):
        shown = sum(values, Decimal(0)) if values else ""
        live = LiveFormula(lambda _, home, cells=cells: sum_formula(home, cells), shown)  # type: ignore[misc]
        draft.put(row, col, live, "head")
    draft.put(row, 9, "", "head")
