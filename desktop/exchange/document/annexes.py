"""附件1, 附件2, one 附件3 per project, and the scored indicators, as the official forms lay them out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from desktop.domain.assessment import Assessment
from desktop.domain.facts import FactSheet
from desktop.domain.keys import FactKey, base_of, scoped
from desktop.domain.labels import INCOME_ROWS
from desktop.domain.numbers import UNDEFINED, show_short
from desktop.domain.scoring.scoring import BlockScore, IndicatorScore, ScoreSheet
from desktop.domain.scoring.targets import Target
from desktop.domain.template import LABEL, THIS, Column, Group, System, Table, fill
from desktop.domain.template import Block as ScoreBlock
from desktop.exchange.document.blocks import (
    AnnexMark,
    Block,
    Cell,
    Paragraph,
    Run,
    SignLine,
    TableBlock,
    Title,
)
from desktop.exchange.document.score_table import Row, points_of, score_table, total_row, weight_of


@dataclass(frozen=True, slots=True)
class Annex:
    """One form: its title in the list of annexes, and its pages."""

    title: str
    blocks: tuple[Block, ...]


def annexes(assessment: Assessment, date: str) -> list[Annex]:
    """All forms in their order, numbered without gaps; several projects are 附件3-1, 附件3-2."""
    sheet, year = assessment.sheet, assessment.sheet.year
    projects = sheet.projects()
    sign, footnote = _sign_line(sheet, date), _footnote(sheet)
    titles = (f"{year}年度预算单位整体支出绩效评价基础数据表", f"{year}年度预算单位整体支出绩效自评表")
    forms = [
        _annex("附件1", titles[0], annex1_tables(sheet), [*footnote, sign]),
        _annex("附件2", titles[1], annex2_tables(assessment), [sign]),
    ]
    for place, scope in enumerate(projects, 1):
        mark = f"附件3-{place}" if len(projects) > 1 else "附件3"
        name = sheet.get("projects", f"item:{scope}", "name").strip()
        tables = annex3_tables(assessment, scope)
        forms.append(_annex(mark, f"{year}年度项目支出绩效自评表", tables, [sign], name))
    if assessment.system is not assessment.form:
        title = f"{year}年度部门整体支出绩效评价指标评分表"
        mark = "附件4" if projects else "附件3"
        table = score_table(assessment.system, assessment.main)
        forms.append(_annex(mark, title, [table], [sign], landscape=True))
    taken = len(dict.fromkeys(form.title for form in forms))
    for number, own in enumerate((t for t in sheet.templates.tables.values() if t.annex), taken + 1):
        title = fill(own.annex, year, sheet.level)
        forms.append(_annex(f"附件{number}", title, [_table_as_it_is(sheet, own)], [sign]))
    return forms


def _table_as_it_is(sheet: FactSheet, table: Table) -> TableBlock:
    """A table with `annex` in its template: labels on the left, the official columns beside them."""
    if table.kind == "form":
        fields = ((fill(c.label, sheet.year, sheet.level), c.id) for c in _official(sheet, table.id))
        texts = ((label, form_text(sheet, FactKey(table.id, THIS, column))) for label, column in fields)
        return TableBlock(
            (30.0, 70.0), tuple((Cell(label), Cell(text, align="left")) for label, text in texts)
        )
    unit = f"({table.unit})" if table.unit else ""
    rows = [(Cell(f"{table.label_title}{unit}"), *_column_heads(sheet, table.id, 1))]
    for row in table.rows:
        label = _row_label(fill(row.label, sheet.year, sheet.level), row.level)
        rows.append((label, *_figures(sheet, table.id, row.id, 1)))
        for item in sheet.rows(table.id, row.id) if row.open else ():
            name = _row_label(sheet.get(table.id, item, LABEL).strip(), row.level + 1)
            rows.append((name, *_figures(sheet, table.id, item, 1)))
    figures = len(rows[0]) - 1
    return TableBlock((34.0, *(66.0 / figures,) * figures), tuple(rows), header_rows=1)


def _annex(
    mark: str,
    title: str,
    tables: Iterable[TableBlock],
    below: Sequence[Block],
    name: str = "",
    landscape: bool = False,
) -> Annex:
    bookmark = f"{title}（{name}）" if name else title
    head = (AnnexMark(mark, bookmark, landscape), Title(title, annex=True))
    return Annex(title, (*head, *tables, *below))


def _sign_line(sheet: FactSheet, date: str) -> SignLine:
    """The head of the unit signs by hand, the rest comes from 单位信息."""
    preparer, phone = (sheet.get("unit", THIS, column).strip() for column in ("preparer", "phone"))
    return SignLine(
        (
            "单位负责人签字：\u3000\u3000\u3000",
            f"填表人：{preparer}",
            f"联系电话：{phone}",
            f"填报日期：{date}",
        )
    )


def _footnote(sheet: FactSheet) -> list[Block]:
    note = sheet.templates.tables["base"].note
    return [Paragraph((Run(f"说明：{fill(note, sheet.year, sheet.level)}"),), note=True)] if note else []


# --- 附件1 --------------------------------------------------------------------------------------

_ANNEX1_WIDTHS = (37.0, 10.5, 10.5, 10.5, 10.5, 10.5, 10.5)
"""The label and six figures, of which the tables of money draw two into one."""


def annex1_tables(sheet: FactSheet) -> Iterator[TableBlock]:
    """One form in four parts: unit and staff, money, buildings, measures (docs/domain.md 3.1)."""
    yield TableBlock(_ANNEX1_WIDTHS, tuple(_unit_rows(sheet)))
    yield TableBlock(_ANNEX1_WIDTHS, tuple(_money_rows(sheet)), header_rows=1, attached=True)
    buildings = tuple(_building_rows(sheet))
    yield TableBlock(_ANNEX1_WIDTHS, buildings, header_rows=int(len(buildings) > 2), attached=True)
    measures = sheet.get("unit", THIS, "economy_measures").strip()
    row = (Cell("厉行节约保障措施"), Cell(measures, cols=6, align="left"))
    yield TableBlock(_ANNEX1_WIDTHS, (row,), attached=True)


def _official(sheet: FactSheet, table: str) -> list[Column]:
    return [column for column in sheet.templates.tables[table].columns if column.official]


def _column_heads(sheet: FactSheet, table: str, cols: int) -> Row:
    return tuple(Cell(fill(c.label, sheet.year, sheet.level), cols=cols) for c in _official(sheet, table))


def _figures(sheet: FactSheet, table: str, row: str, cols: int) -> Row:
    return tuple(
        Cell(form_text(sheet, FactKey(table, row, c.id)), cols=cols) for c in _official(sheet, table)
    )


def form_text(sheet: FactSheet, key: FactKey) -> str:
    """What the form shows; a rate of which nothing is filled in is blank rather than `—`."""
    text = sheet.display(key)
    return "" if text == UNDEFINED and not sheet.by_hand(key) and not sheet.terms(key) else text


def _unit_rows(sheet: FactSheet) -> Iterator[Row]:
    yield Cell("预算单位名称"), Cell(sheet.get("unit", THIS, "name").strip(), cols=6)
    yield Cell("财政供养人员情况(人)", rows=2), *_column_heads(sheet, "staff", 2)
    yield _figures(sheet, "staff", "total", 2)


def _money_rows(sheet: FactSheet) -> Iterator[Row]:
    yield Cell("经费控制情况(万元)"), *_column_heads(sheet, "three_public", 2)
    for table in ("three_public", "base"):
        for row in sheet.templates.tables[table].rows:
            yield (
                _row_label(fill(row.label, sheet.year, sheet.level), row.level),
                *_figures(sheet, table, row.id, 2),
            )
            for item in sheet.rows(table, row.id) if row.open else ():
                label = _row_label(sheet.get(table, item, LABEL).strip(), row.level + 1)
                yield label, *_figures(sheet, table, item, 2)


def _row_label(text: str, level: int) -> Cell:
    return Cell(text, align="left", indent=level)


def _building_rows(sheet: FactSheet) -> Iterator[Row]:
    """A row of its own for each building; without any, the form's single blank row."""
    items = sheet.rows("buildings", "item")
    heads = tuple(Cell(c.label.replace("(", "\n(")) for c in _official(sheet, "buildings"))
    title = f"楼堂馆所控制情况\n({sheet.year}年完工项目)"
    if not items:
        yield Cell(title, rows=2), *heads
        yield (Cell(),) * len(heads)
        return
    yield Cell(title), *heads
    for item in items:
        yield Cell(sheet.get("buildings", item, LABEL).strip()), *_figures(sheet, "buildings", item, 1)
    if len(items) > 1:
        yield Cell("合计"), *_figures(sheet, "buildings", "total", 1)


# --- 附件2 and 附件3 ----------------------------------------------------------------------------

_INDICATOR_WIDTHS = (10.0, 16.5, 16.5, 29.5, 19.0, 19.0, 9.5, 11.5, 24.5)
_MONEY_WIDTHS = (10.0, 16.5, 21.5, 21.5, 21.5, 21.5, 9.5, 17.5, 16.5)
"""Millimetres of the 156 of an upright page: amounts of eight digits in the one, names and reasons in the other."""
_FUND_HEADS = ("年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "自评得分")
_INDICATOR_HEADS = (
    "一级指标",
    "二级指标",
    "三级指标",
    "年度\n指标值",
    "实际\n完成值",
    "分值",
    "自评\n得分",
    "偏差原因分析\n及改进措施",
)
_FUNDS = "annex2_funds"


def annex2_tables(assessment: Assessment) -> list[TableBlock]:
    """附件2: money by source and by use, goals, indicators (docs/domain.md 3.1)."""
    sheet, form = assessment.sheet, assessment.form
    scores = assessment.score(form.id)
    rows: list[Row] = [(Cell("预算单位名称", cols=2), Cell(sheet.get("unit", THIS, "name").strip(), cols=7))]
    rows += _fund_rows(sheet, scores, _FUNDS, "年度预算申请（万元）", ("total",), more=5)
    rows += _source_rows(sheet)
    goals = TableBlock(_MONEY_WIDTHS, tuple(_goal_rows(sheet, "annex2_goals")), attached=True)
    return [TableBlock(_MONEY_WIDTHS, tuple(rows)), goals, _indicator_table(sheet, form, scores, "")]


def annex3_tables(assessment: Assessment, scope: str) -> list[TableBlock]:
    """One project's 附件3."""
    sheet, form = assessment.sheet, assessment.form
    scores, project = assessment.project(scope), f"item:{scope}"
    name, department, implementer = (
        sheet.get("projects", project, column).strip() for column in ("name", "department", "implementer")
    )
    rows: list[Row] = [
        (Cell("项目支出名称", cols=2), Cell(name, cols=7)),
        (
            Cell("主管部门", cols=2),
            Cell(department, cols=2),
            Cell("实施单位", cols=2),
            Cell(implementer, cols=3),
        ),
    ]
    lines = tuple(row.id for row in sheet.templates.tables["annex3_funds"].rows)
    rows += _fund_rows(sheet, scores, scoped("annex3_funds", scope), "项目资金（万元）", lines)
    goals = TableBlock(_MONEY_WIDTHS, tuple(_goal_rows(sheet, scoped("annex3_goals", scope))), attached=True)
    return [TableBlock(_MONEY_WIDTHS, tuple(rows)), goals, _indicator_table(sheet, form, scores, scope)]


def _fund_rows(
    sheet: FactSheet, scores: ScoreSheet, table: str, title: str, lines: Sequence[str], more: int = 0
) -> Iterator[Row]:
    """Head and rows of the money; only the first row, the total, is scored (docs/domain.md 1.2)."""
    yield Cell(title, rows=1 + len(lines) + more), Cell(cols=2), *map(Cell, _FUND_HEADS)
    template = sheet.templates.tables[base_of(table)]
    execution = next((score for score in scores.indicators if score.formula), None)
    for place, line in enumerate(lines):
        row = template.row(line)
        scored = execution if place == 0 else None
        weight, points = (weight_of(scored), points_of(scored)) if scored else ("/", "/")
        amounts = [
            Cell(sheet.display(FactKey(table, line, column)))
            for column in ("initial", "adjusted", "executed")
        ]
        rate = Cell(form_text(sheet, FactKey(table, line, "rate")))
        yield (
            Cell(row.label, cols=2, align="left", indent=row.level),
            *amounts,
            Cell(weight),
            rate,
            Cell(points),
        )


_BY_INCOME, _BY_NATURE = INCOME_ROWS[1:], ("basic", "project")


def _source_rows(sheet: FactSheet) -> Iterator[Row]:
    """What was spent, by where it came from (left) and by what it was spent on (right)."""
    income = sheet.show(sheet.computed(FactKey(_FUNDS, "total", "executed")), "money")
    nature = sheet.display(FactKey(_FUNDS, "nature_total", "executed"))
    yield _half(f"按收入性质分：{income}", 4), _half(f"按支出性质分：{nature}", 4)
    for place, line in enumerate(_BY_INCOME):
        right = _BY_NATURE[place] if place < len(_BY_NATURE) else ""
        yield _half(_source(sheet, line), 4, 1), _half(_source(sheet, right) if right else "", 4, 1)


def _half(text: str, cols: int, indent: int = 0) -> Cell:
    return Cell(text, cols=cols, align="left", indent=indent)


def _source(sheet: FactSheet, line: str) -> str:
    label = sheet.templates.tables[_FUNDS].row(line).label
    return f"{label}：{sheet.display(FactKey(_FUNDS, line, 'executed'))}"


def _goal_rows(sheet: FactSheet, table: str) -> Iterator[Row]:
    yield Cell("年度总体目标", rows=2), Cell("预期目标", cols=4), Cell("实际完成情况", cols=4)
    goals = (sheet.get(table, THIS, column).strip() for column in ("expected", "achieved"))
    yield tuple(Cell(goal, cols=4, align="left") for goal in goals)


def _indicator_table(sheet: FactSheet, form: System, scores: ScoreSheet, scope: str) -> TableBlock:
    """The grid of indicators with its total; its head comes again on every page."""
    name = form.indicator_table.replace("annex2", "annex3") if scope else form.indicator_table
    table = scoped(name, scope)
    rows: list[Row] = [tuple(map(Cell, _INDICATOR_HEADS))]
    for block, score in zip(form.blocks, scores.blocks, strict=True):
        if not any(group.indicators for group in block.groups):
            rows += _block_rows(sheet, block, score, table)
    rows[0] = (Cell("绩效指标", rows=len(rows)), *rows[0])
    return TableBlock(_INDICATOR_WIDTHS, (*rows, total_row(scores, 6, 1)), header_rows=1, attached=True)


def _block_rows(sheet: FactSheet, block: ScoreBlock, score: BlockScore, table: str) -> list[Row]:
    """一级指标 with the points it promises; a group without indicators keeps a blank row."""
    by_row = {indicator.key.row: indicator for indicator in score.indicators}
    rows = [row for group in block.groups for row in _group_rows(sheet, group, by_row, table)]
    rows[0] = (Cell(f"{block.name}\n（{show_short(block.weight)}分）", rows=len(rows)), *rows[0])
    return rows


def _group_rows(sheet: FactSheet, group: Group, scores: dict[str, IndicatorScore], table: str) -> list[Row]:
    items = sheet.rows(table, group.id)
    rows = [_indicator_cells(sheet, table, item, scores[item]) for item in items] or [(Cell(),) * 6]
    rows[0] = (Cell(group.name, rows=len(rows)), *rows[0])
    return rows


def _indicator_cells(sheet: FactSheet, table: str, item: str, score: IndicatorScore) -> Row:
    operator, number, unit = (sheet.get(table, item, column) for column in ("operator", "target", "unit"))
    aim = Target(operator, number, unit).written()
    actual, reason = (sheet.get(table, item, column).strip() for column in ("actual", "reason"))
    name = Cell(score.name.strip(), align="left")
    return (
        name,
        Cell(aim),
        Cell(actual),
        Cell(weight_of(score)),
        Cell(points_of(score)),
        Cell(reason, align="left"),
    )
