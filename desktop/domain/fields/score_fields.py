"""Fields about indicators and points: what was reached, what was lost and why, what is to be done about it."""

from __future__ import annotations

import re
from decimal import Decimal

from desktop.domain.assessment import Assessment
from desktop.domain.facts import FactSheet
from desktop.domain.fields.values import MissingData, field, no_argument
from desktop.domain.fields.wording import numbered_paragraphs
from desktop.domain.numbers import decimals_of, show
from desktop.domain.scoring.scoring import IndicatorScore, ScoreSheet

_AIMS = {"≥": "不低于", "≤": "不超过", ">": "高于", "<": "低于", "=": "", "介于": ""}

_CLAUSE = re.compile(r"\s*[；;]\s*")
"""`服务窗口少；拟增设网上办理`: cause and remedy in one sentence."""
_INTENTION = re.compile(
    r"(?:下一步|下一?年|明年|今后)|(?:我[局委办院校]|[我本]单位|[我本]部门|20\d\d年)?"
    r"(?:[拟将]|计划(?![数内外不未的编指任目完])|要(?![素求件点么]))"
)
"""How a clause begins that says what is to be done: `下一步…`, `我局拟…`, `2024年将…`. `计划数偏高`, `要求不明` are causes."""


@field("block_points", "一级指标得分")
def _block_points(assessment: Assessment, argument: str) -> str:
    """Of one block of the report's own system: `block_points output`."""
    block = {block.id: block for block in assessment.main.blocks}[argument]
    if any(indicator.points is None for indicator in block.indicators):
        raise MissingData(f"{block.name}的自评得分")
    return show(block.points)


@field("list block_points", "各部分得分")
def _all_block_points(assessment: Assessment, argument: str) -> str:
    no_argument(argument)
    score = _scored(assessment.main)
    return "，".join(f"{block.name}{show(block.points)}分" for block in score.blocks)


@field("count", "个数")
def _count(assessment: Assessment, argument: str) -> str:
    """`count indicators`, `count met`, `count unmet` of 附件2; `count projects`."""
    if argument == "projects":
        return str(len(assessment.sheet.projects()))
    if argument not in ("indicators", "met", "unmet"):
        raise KeyError(argument)
    rows = _form_rows(assessment)
    met = sum(not row.lost for row in rows)
    return str({"indicators": len(rows), "met": met, "unmet": len(rows) - met}[argument])


@field("list indicator_counts", "达到和未达到的指标个数")
def _counts(assessment: Assessment, argument: str) -> str:
    """`14项绩效指标中，12项达到年度指标值，2项未完全达到`, or that all of them were reached."""
    no_argument(argument)
    rows = _form_rows(assessment)
    met = sum(not row.lost for row in rows)
    if met == len(rows):
        return f"{met}项绩效指标全部达到年度指标值"
    return f"{len(rows)}项绩效指标中，{met}项达到年度指标值，{len(rows) - met}项未完全达到"


@field("list met_indicators", "达到年度指标值的指标")
def _met(assessment: Assessment, argument: str) -> str:
    """`新建高标准农田面积年度指标值不低于1600亩，实际完成1620亩；…`."""
    no_argument(argument)
    reached = [_aim_and_result(assessment.sheet, row) for row in _form_rows(assessment) if not row.lost]
    if not reached:
        raise MissingData("达到年度指标值的指标")
    return "；".join(reached)


@field("list lost_points", "失分指标及原因")
def _lost(assessment: Assessment, argument: str) -> str:
    """A numbered paragraph for each indicator that lost points, dearest first, with the reason written there."""
    no_argument(argument)
    return numbered_paragraphs(_loss(assessment.sheet, row) for row in _losses(assessment))


@field("list improvements", "针对失分指标的改进措施")
def _improvements(assessment: Assessment, argument: str) -> str:
    """What was written as a remedy behind the reason of each loss."""
    no_argument(argument)
    measures = [(row.name, "".join(_cause_and_measures(row.reason)[1])) for row in _losses(assessment)]
    paragraphs = [f"针对“{name}”没有得满分的问题，{measure}" for name, measure in measures if measure]
    if not paragraphs:
        raise MissingData("失分指标的改进措施")
    return numbered_paragraphs(paragraphs)


def _losses(assessment: Assessment) -> list[IndicatorScore]:
    losses = _scored(assessment.main).losses
    if not losses:
        raise MissingData("失分的指标")
    return losses


def _loss(sheet: FactSheet, row: IndicatorScore) -> str:
    values = (row.points or Decimal(0), row.lost)
    # 9.333 typed by hand keeps its 3.
    points, lost = (show(value, max(2, decimals_of(value))) for value in values)
    result = f"{_aim_and_result(sheet, row)}，" if row.key.base.endswith("_indicators") else f"“{row.name}”"
    causes, _ = _cause_and_measures(row.reason)
    return f"{result}得{points}分，失{lost}分。" + "".join(f"原因是{cause}" for cause in causes)


def _cause_and_measures(reason: str) -> tuple[list[str], list[str]]:
    """The cause, and what is to be done: what begins like an intention, with all behind it, else whatever
    follows the first sentence. Each with its full stop."""
    sentences = [part.strip("；，; ,") for part in " ".join(reason.split()).split("。")]
    first, *others = [part for part in sentences if part] or [""]
    clauses = _CLAUSE.split(first)
    turn = next((at for at, clause in enumerate(clauses) if _INTENTION.match(clause)), len(clauses))
    parts = ["；".join(clauses[:turn]), "；".join(clauses[turn:])]
    cause, measure = ([f"{part}。"] if part else [] for part in parts)
    return cause, measure + [f"{part}。" for part in others]


def _form_rows(assessment: Assessment) -> list[IndicatorScore]:
    """The indicators written into 附件2, all of them scored."""
    score = assessment.score(assessment.form.id)
    rows = [row for row in score.indicators if row.key.base.endswith("_indicators")]
    if not rows or any(row.points is None for row in rows):
        raise MissingData("附件2绩效指标的自评得分")
    return rows


def _aim_and_result(sheet: FactSheet, row: IndicatorScore) -> str:
    """`“…”年度指标值不低于1600亩，实际完成1620亩`; what is no number is quoted."""
    operator, target, unit, actual = (
        sheet.get(row.key.table, row.key.row, column).strip()
        for column in ("operator", "target", "unit", "actual")
    )
    if not target or not actual:
        raise MissingData(f"{row.name}·实际完成值")
    number = any(sign.isdigit() for sign in target)
    aim = f"{_AIMS.get(operator, operator)}{_with_unit(target, unit)}" if number else f"为“{target}”"
    result = actual.lstrip("=≤≥<>＝ ")  # written there by mistake
    number = any(sign.isdigit() for sign in result)
    done = f"实际完成{_with_unit(result, unit)}" if number else f"实际完成情况为“{result or actual}”"
    return f"“{row.name}”年度指标值{aim}，{done}"


def _with_unit(value: str, unit: str) -> str:
    return value if value.endswith(unit) or not value[-1:].isdigit() else f"{value}{unit}"


def _scored(score: ScoreSheet) -> ScoreSheet:
    if score.unscored:
        raise MissingData("部分指标的自评得分")
    return score
