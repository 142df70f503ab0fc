"""A system of fixed indicators as a scored table, and what it has in common with 附件2: points and totals."""

from __future__ import annotations

from desktop.domain.numbers import UNDEFINED, show_short
from desktop.domain.scoring.scoring import BlockScore, IndicatorScore, ScoreSheet
from desktop.domain.template import Block as ScoreBlock
from desktop.domain.template import Indicator, System
from desktop.exchange.document.blocks import Cell, TableBlock

Row = tuple[Cell, ...]

_SCORE_WIDTHS = (19.0, 19.0, 36.0, 10.0, 70.0, 35.0, 12.5, 23.5)
"""Millimetres of the 225 of a turned page: the rules are long."""
_SCORE_HEADS = (
    "一级指标",
    "二级指标",
    "三级指标",
    "分值",
    "评分标准",
    "得分依据",
    "自评得分",
    "偏差原因分析\n及改进措施",
)


def weight_of(score: IndicatorScore) -> str:
    return show_short(score.weight, 3)


def points_of(score: IndicatorScore) -> str:
    return show_short(score.points, 3)


def total_row(scores: ScoreSheet, before: int, after: int) -> Row:
    """Blank until somebody has scored something."""
    given = any(score.points is not None for score in scores.indicators)
    sums = (scores.weight_sum, scores.total) if given else (None, None)
    return Cell("总分", cols=before), *(Cell(show_short(value, 3)) for value in sums), Cell(cols=after)


def score_table(system: System, scores: ScoreSheet) -> TableBlock:
    """Every indicator with its rule, what it was scored on, and its points. Where every 一级指标 is its own
    only 二级指标, there is no column for that."""
    with_groups = any([group.name for group in block.groups] != [block.name] for block in system.blocks)
    heads = tuple(map(Cell, _SCORE_HEADS))
    rows: list[Row] = [heads if with_groups else (*heads[:2], *heads[3:])]
    for block, score in zip(system.blocks, scores.blocks, strict=True):
        rows += _scored_rows(block, score, with_groups)
    total = total_row(scores, 3 if with_groups else 2, 1)
    rows.append((*total[:2], Cell(cols=2), *total[2:]))
    widths = _SCORE_WIDTHS if with_groups else (_SCORE_WIDTHS[0] + 10, *_SCORE_WIDTHS[2:])
    return TableBlock(widths, tuple(rows), header_rows=1)


def _scored_rows(block: ScoreBlock, score: BlockScore, with_groups: bool) -> list[Row]:
    by_id = {indicator.id: indicator for indicator in score.indicators}
    rows: list[Row] = []
    for group in block.groups:
        lines = [_scored_cells(indicator, by_id[indicator.id]) for indicator in group.indicators]
        lines[0] = (Cell(group.name, rows=len(lines)), *lines[0]) if with_groups else lines[0]
        rows += lines
    rows[0] = (Cell(f"{block.name}\n（{show_short(block.weight)}分）", rows=len(rows)), *rows[0])
    return rows


def _scored_cells(indicator: Indicator, score: IndicatorScore) -> Row:
    """The reason given by the rule is shown where the rule gave the points; a hint to the clerk never is."""
    by_rule = score.points is not None and not score.by_hand
    ground = score.how if by_rule else score.value.replace(UNDEFINED, "")
    return (
        Cell(indicator.name, align="left"),
        Cell(weight_of(score)),
        Cell(indicator.rule, align="left"),
        Cell(ground, align="left"),
        Cell(points_of(score)),
        Cell(score.reason.strip(), align="left"),
    )
