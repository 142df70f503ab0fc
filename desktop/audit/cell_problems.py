"""What is wrong at single cells: the rules C1 to C4 over one number each, and what the scores notice of theirs.

Quick enough to be asked at every pause in typing; whoever lists everything adds the whole audit (`auditing`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from types import MappingProxyType
from typing import NamedTuple

from desktop.audit.finding import CHECK, ERROR, HINT, Finding
from desktop.audit.registry import Check, registering
from desktop.domain.assessment import Assessment
from desktop.domain.facts import PROJECTS
from desktop.domain.keys import FactKey
from desktop.domain.labels import ANNEX2, ANNEX3
from desktop.domain.numbers import show_percent, show_short
from desktop.domain.scoring.scoring import ScoreSheet
from desktop.domain.scoring.scoring_method import Cause

ABSURD = Decimal(10_000_000)
"""万元: no county unit spends a hundred billion yuan. Typed in 元 a million 万元 would look so."""
_SHOWN = 20
"""Characters of a cell in a message: a sentence pasted into it would fill the window."""
_DECIMALS = 4
"""Digits of a computed number in a message, as the rules over tables show it: 0.0001 万元 is one yuan."""

CODE_OF: Mapping[Cause, str] = MappingProxyType(
    {
        "unreadable": "C1",
        "negative": "C2",
        "without_weight": "C5",
        "decimals": "C6",
        "inexact": "C7",
        "other_unit": "C8",
        "ratio_for_percent": "C9",
        "met_exactly": "C10",
        "far_above": "C11",
        "over_budget": "J14",
        "above_weight": "R8c",
        "against_rule": "R8c",
        "without_reason": "R8c",
        "against_rate": "R8e",
        "repeated_operator": "R9a",
        "year_only": "R9b",
        "operator_in_actual": "R9e",
    }
)
"""What the scores notice -> its rule; what a rule over whole tables says too is under that rule's code."""
_MOST_CELLS = 8
"""Marks of one finding, as over tables: more show nobody where to look."""


class Cell(NamedTuple):
    """A cell that should hold a number: of what kind, and the number that stands there (None: something else)."""

    assessment: Assessment
    key: FactKey
    kind: str
    value: Decimal | None

    def finding(self, code: str, level: str, message: str, expected: str = "") -> Finding:
        return _at(self.assessment, self.key, code, level, message, expected)


CELL_CHECKS: dict[str, Check[Sequence[Cell]]] = {}
cell_check = registering(CELL_CHECKS)
"""`@cell_check("C1", "不是数字")` over a rule of such cells. Of the rules that speak of one the first is heard."""


def cell_problems(assessment: Assessment, without: Collection[str] = ()) -> list[Finding]:
    """Every problem that stands at a cell, tables first, then scores; codes named in `without` are left out."""
    found = list(_over_tables(assessment, without))
    for score in assessment.in_use():
        for indicator in score.indicators:
            for key, cause, message, warning in indicator.problems:
                level = HINT if warning else ERROR
                found.append(_at(assessment, key, CODE_OF[cause], level, message))
        found += own_weights(assessment, score)
    return [finding for finding in found if finding.code not in without]


def untold(problems: Iterable[Finding], findings: Collection[Finding]) -> Iterator[Finding]:
    """The problems that no finding of the whole audit says already: under the same code at the same cell, or as what
    must stand there (J3 over a total and its addends, C4 over the same total).

    A 核实 is a question: that it names the same number answers nothing.
    """
    told = {(finding.code, key) for finding in findings for key in finding.cells}
    wanted = {(f.cells[0], f.expected) for f in findings if f.cells and f.expected and f.level != CHECK}
    for problem in problems:
        same = any((problem.code, key) in told for key in problem.cells)
        if not same and (problem.cells[0], problem.expected) not in wanted:
            yield problem


def _at(
    assessment: Assessment, key: FactKey, code: str, level: str, message: str, expected: str = ""
) -> Finding:
    """One finding at one cell, which it names for whoever sees no grid."""
    return Finding(code, level, f"{_place(assessment, key)}：{message}", cells=(key,), expected=expected)


def _place(assessment: Assessment, key: FactKey) -> str:
    """`三公经费 · 2023年决算数`, `附件2“培训人次”`, `附件3“渠道清淤”“清淤长度”`."""
    scored = assessment.indicator_at(key)
    what = f"“{scored.name or '未命名指标'}”" if scored else assessment.sheet.label(key)
    in_form = scored is not None or key.base.startswith(("annex2", "annex3"))
    return f"{_form(assessment, key.scope)}{what}" if in_form else what


def _form(assessment: Assessment, scope: str) -> str:
    """附件2, or which 附件3; '' for a fixed system, whose scope is its id."""
    if not scope or scope == assessment.form.id:
        return ANNEX2
    name = assessment.sheet.get(PROJECTS, f"item:{scope}", "name") or f"项目{scope}"
    return "" if scope in assessment.sheet.templates.systems else f"{ANNEX3}“{name}”"


def _over_tables(assessment: Assessment, without: Collection[str]) -> Iterable[Finding]:
    sheet = assessment.sheet
    columns = ((key, sheet.column(key)) for key in sheet.facts)
    cells = [Cell(assessment, k, c.kind, sheet.typed(k)) for k, c in columns if c is not None and c.numeric]
    heard: dict[FactKey, Finding] = {}
    for check in CELL_CHECKS.values():
        for finding in check.run(cells) if check.code not in without else ():
            heard.setdefault(finding.cells[0], finding)
    return heard.values()


@cell_check("C1", "不是数字")
def not_a_number(cells: Sequence[Cell]) -> Iterator[Finding]:
    """`三万` where a number is asked for: it counts as nothing."""
    for cell in cells:
        if cell.value is None:
            text = cell.assessment.sheet.text(cell.key)
            yield cell.finding("C1", ERROR, f"“{text[:_SHOWN]}”不是数字")


@cell_check("C2", "负数")
def negative(cells: Sequence[Cell]) -> Iterator[Finding]:
    """People and areas below nothing; an amount may be (红字冲销) and is only hinted at."""
    for cell in cells:
        if cell.value is None or cell.value >= 0:
            continue
        if cell.kind in ("people", "area"):
            yield cell.finding("C2", ERROR, "不能是负数")
        # 部门基本支出预算调整 is a difference: less than nothing where the budget was cut.
        elif cell.kind == "money" and cell.key.row != "adjustment":
            yield cell.finding("C2", HINT, "金额是负数，请核对")


@cell_check("C3", "金额过大")
def too_much(cells: Sequence[Cell]) -> Iterator[Finding]:
    """`23456789` 万元: typed in 元."""
    for cell in cells:
        if cell.value is not None and cell.kind == "money" and abs(cell.value) > ABSURD:
            yield cell.finding("C3", ERROR, "金额过大，请核对单位是否应为万元")


@cell_check("C4", "手工填写与公式")
def by_hand(cells: Sequence[Cell]) -> Iterator[Finding]:
    """A number typed over a formula that gives another; a hint where rounding explains it (docs/domain.md 1.7)."""
    for cell in cells:
        sheet, key, stated = cell.assessment.sheet, cell.key, cell.value
        computed = sheet.computed(key) if stated is not None else None
        if stated is None or computed is None or stated == computed:
            continue
        percent = cell.kind == "percent"
        right = show_percent(computed) if percent else show_short(computed, _DECIMALS)
        typed = sheet.text(key) if percent else show_short(stated, _DECIMALS)
        close = sheet.within_rounding(key, stated, computed)
        words = f"手工填写{typed}，按公式应为{right}" + ("（尾差）" if close else "")
        yield cell.finding("C4", HINT if close else ERROR, words, right)


def own_weights(assessment: Assessment, score: ScoreSheet) -> Iterator[Finding]:
    """R8a over the program's own forms: each block's weights must add up to its title, all to the total
    (docs/domain.md 1.1). A form nobody has begun is left in peace.
    """
    if not any(i.weight is not None for b in score.blocks if b.id != "execution" for i in b.indicators):
        return
    form = _form(assessment, score.id)
    for block in score.blocks:
        if not block.balanced and block.indicators:
            terms = "＋".join(_shown(i.weight) for i in block.indicators if i.weight is not None)
            message = (
                f"{form}{block.name}标题为{_shown(block.weight)}分，各项分值相加为{_shown(block.weight_sum)}"
            )
            message += f"（{terms}）" if terms else ""
            cells = tuple(i.key._replace(column="weight") for i in block.indicators)
            yield Finding("R8a", ERROR, message, cells=cells[:_MOST_CELLS])
    if score.weight_sum != score.full:
        last = [i for b in score.blocks for i in b.indicators][-1].key._replace(column="weight")
        message = f"{form}各项分值合计{_shown(score.weight_sum)}，应为{_shown(score.full)}"
        yield Finding("R8a", ERROR, message, cells=(last,))


def _shown(points: Decimal | None) -> str:
    return show_short(points, _DECIMALS)
