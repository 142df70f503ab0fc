"""Rules over points: weights against titles and 100, points against weights, results and reasons."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from desktop.audit.cell_problems import own_weights
from desktop.audit.finding import CHECK, ERROR, HINT, Finding
from desktop.audit.table_audit import Tables, last_digit, show_amount, table_check
from desktop.audit.text.reading import Stretch
from desktop.domain.keys import FactKey, scoped
from desktop.domain.numbers import half_unit, parse_amount
from desktop.domain.scoring.scoring import ANSWERS, IndicatorScore, ScoreSheet
from desktop.domain.scoring.targets import parse_target
from desktop.domain.scoring.three_grades import MISSED, PARTLY, grade_of

_ZERO = Decimal(0)
_ROUNDED_POINTS = Decimal("0.01")
"""Points are shown with two digits after the point at most (docs/domain.md 1.7)."""
_LEAST_SCORED = 8
"""Indicators: of a few all may well be met in full."""
_LONGEST_HEADING = 25
"""Characters of `七、存在的主要问题及原因分析` with room for a unit's own words; a longer line is a sentence."""
_SHOWN_OF_LINE = 40
"""Characters marked: the beginning of the first problem."""


def form_scores(tables: Tables) -> Iterator[tuple[str, ScoreSheet]]:
    """附件2 and each 附件3 in which indicators stand, with their scope."""
    assessment = tables.assessment
    sheets = [("", assessment.score(assessment.form.id))]
    sheets += [(scope, assessment.project(scope)) for scope in assessment.sheet.projects()]
    for scope, score in sheets:
        if any(i.weight is not None for b in score.blocks if b.id != "execution" for i in b.indicators):
            yield scope, score


def _weights(score: ScoreSheet, block_id: str) -> list[IndicatorScore]:
    return [i for b in score.blocks if b.id == block_id for i in b.indicators if i.weight is not None]


@table_check("R8a", "分值加总")
def weights_add_up(tables: Tables) -> Iterator[Finding]:
    """The weights of a block against its title, all weights against the total stated (or the system's).

    Which of them is wrong nobody can say: nothing is expected of any one. docs/domain.md 1.1.
    """
    for scope, score in form_scores(tables):
        if tables.annexes is None:
            yield from own_weights(tables.assessment, score)
            continue
        first = execution_weight(tables, scope)
        total = first or _ZERO
        for block in score.blocks[1:]:
            own = _weights(score, block.id)
            total += sum((i.weight or _ZERO for i in own), _ZERO)
            yield from _block(tables, scope, block.id, block.name, own)
        stated = tables.stated(scope, "weight")
        full = score.full if stated is None else stated
        if total != full and first is not None:
            message = f"{tables.form_name(scope)}各项分值合计{show_amount(total)}，应为{show_amount(full)}"
            cells = [
                FactKey(i.key.table, i.key.row, "weight")
                for b in score.blocks[1:]
                for i in _weights(score, b.id)
            ]
            places = tables.stated_places(scope, "weight")
            level = tables.claimable(ERROR, *cells[:1])
            yield tables.finding("R8a", level, message, *(cells[-1:] if not places else ()), places=places)


def execution_weight(tables: Tables, scope: str) -> Decimal | None:
    """分值 of 预算执行率: as printed, in the program's own report as the system has it."""
    stated = tables.stated(scope, "execution_weight")
    return tables.assessment.form.blocks[0].weight if stated is None and tables.annexes is None else stated


def _block(
    tables: Tables, scope: str, block_id: str, name: str, own: list[IndicatorScore]
) -> Iterator[Finding]:
    stated = tables.stated(scope, f"block:{block_id}")
    if stated is None or not own:
        return
    promised = stated + (tables.stated(scope, f"more:{block_id}") or _ZERO)
    total = sum((i.weight or _ZERO for i in own), _ZERO)
    cells = [FactKey(i.key.table, i.key.row, "weight") for i in own]
    places = tables.stated_places(scope, f"block:{block_id}")
    if stated == promised == total:
        tables.holds("R8a", *cells, numbers=[Stretch(*place) for place in places])
    if total == promised:
        return
    terms = "＋".join(show_amount(i.weight or _ZERO) for i in own)
    message = f"{tables.form_name(scope)}{name}标题为{show_amount(promised)}分，各项分值相加为{show_amount(total)}（{terms}）"
    yield tables.finding("R8a", tables.claimable(ERROR, *cells), message, *cells, places=places)


@table_check("R8b", "得分合计")
def points_add_up(tables: Tables) -> Iterator[Finding]:
    """All points against the total printed below them."""
    for scope, score in form_scores(tables):
        stated = tables.stated(scope, "points")
        scored = [i for i in score.indicators if i.by_hand and i.points is not None]
        missing = [i for i in score.indicators if not i.by_hand and i.weight]
        total = sum((i.points or _ZERO for i in scored), _ZERO)
        if stated is None or missing or not scored:
            continue
        if abs(total - stated) <= _ROUNDED_POINTS:
            places = tables.stated_places(scope, "points")
            tables.holds("R8b", *(i.key for i in scored), numbers=[Stretch(*place) for place in places])
            continue
        message = f"{tables.form_name(scope)}各项自评得分相加为{show_amount(total)}，"
        message += f"总分填{show_amount(stated)}，相差{show_amount(abs(total - stated))}"
        level = tables.claimable(ERROR, scored[-1].key)
        yield tables.finding(
            "R8b", level, message, expected=show_amount(total), places=tables.stated_places(scope, "points")
        )


@table_check("R8c", "得分与完成情况")
def points_against_results(tables: Tables) -> Iterator[Finding]:
    """More points than the weight; full points for what was not reached; points lost and no reason given.

    docs/domain.md 1.3.
    """
    for scope, score in form_scores(tables):
        for indicator in score.indicators:
            if not indicator.by_hand or indicator.points is None or indicator.weight is None:
                continue
            execution = indicator.key.base == ANSWERS
            weight = execution_weight(tables, scope) if execution else indicator.weight
            if weight is None:
                continue
            if indicator.points > weight:
                name = _name(tables, scope, indicator)
                words = f"{name}自评得分{show_amount(indicator.points)}大于分值{show_amount(weight)}"
                yield tables.finding("R8c", ERROR, words, indicator.key, expected=show_amount(weight))
            elif indicator.points == indicator.weight and not execution:
                yield from _unearned(tables, scope, indicator)
            elif any(problem.cause == "without_reason" for problem in indicator.problems) and not (
                execution and tables.annexes
            ):
                level = ERROR if tables.has_grid else CHECK
                name = _name(tables, scope, indicator)
                words = f"{name}得{show_amount(indicator.points)}分，低于分值{show_amount(indicator.weight)}"
                words += "，没有填偏差原因分析及改进措施"
                # No number is wrong there: a printed form is marked at the name, for an empty cell has no place.
                place = indicator.key._replace(column="name" if tables.annexes else "reason")
                yield tables.finding("R8c", level, words, place)


def _name(tables: Tables, scope: str, indicator: IndicatorScore) -> str:
    return f"{tables.form_name(scope)}“{indicator.name}”"


def _unearned(tables: Tables, scope: str, indicator: IndicatorScore) -> Iterator[Finding]:
    """Full points although the target was not met. Sure only where the target says its direction."""
    table, row = indicator.key.table, indicator.key.row
    target, operator, actual = (FactKey(table, row, column) for column in ("target", "operator", "actual"))
    reached = tables.sheet.text(actual)
    sign = tables.sheet.text(operator)
    wanted = tables.sheet.text(target)
    numeric = parse_amount(wanted) is not None and parse_amount(parse_target(reached).number) is not None
    full = show_amount(indicator.points or _ZERO)
    words = f"{_name(tables, scope, indicator)}实际完成{reached}，没有达到指标值，却得满分{full}"
    if (
        numeric
        and indicator.rule_points is not None
        and indicator.weight
        and indicator.rule_points < indicator.weight
    ):
        unit = tables.sheet.get(table, row, "unit")
        if _is_ratio_for_percent(unit, reached):
            return
        plainly = sign in ("≥", "≤", ">", "<") and parse_target(reached).unit in ("", unit)
        level = ERROR if plainly else CHECK
        words += f"，按规则应得{show_amount(indicator.rule_points)}（{indicator.rule.how}）"
        yield tables.finding(
            "R8c",
            tables.claimable(level, actual),
            words,
            indicator.key,
            actual,
            target,
            expected=show_amount(indicator.rule_points),
        )
    elif not numeric and reached:
        grade = grade_of(reached, sign + wanted)
        if grade in (MISSED, PARTLY):
            plainly = grade == MISSED and reached.startswith(("未完成", "没有完成", "未达"))
            level = ERROR if plainly else CHECK
            yield tables.finding("R8c", level, words, actual, indicator.key)


def _is_ratio_for_percent(unit: str, reached: str) -> bool:
    """`0.98` where percents are asked for: odd, but not short of the target."""
    amount = parse_amount(reached)
    return unit == "%" and amount is not None and amount.unit != "%" and amount.value <= 1


@table_check("R8e", "执行率与得分")
def points_for_execution(tables: Tables) -> Iterator[Finding]:
    """执行率 × 分值 against the points given for it, as both are stated (docs/domain.md 1.2).

    They agree as far as the digits shown of rate and points allow, points without decimals as if they showed one.
    Silent where the rate itself is wrong.
    """
    for scope in ("", *tables.sheet.projects()):
        table = scoped("annex3_funds", scope) if scope else "annex2_funds"
        rate_key = FactKey(table, "total", "rate")
        points_key = FactKey(scoped(ANSWERS, scope or tables.assessment.form.id), "execution_rate", "points")
        rate, points = tables.sheet.number(rate_key), tables.sheet.typed(points_key)
        amount = parse_amount(tables.sheet.text(points_key))
        points = amount.value if points is None and amount else points
        weight = execution_weight(tables, scope)
        if rate is None or points is None or weight is None:
            continue
        shown_rate = parse_amount(tables.sheet.text(rate_key))
        right = tables.sheet.computed(rate_key)
        if shown_rate and right is not None and abs(right - rate) * 100 > last_digit(shown_rate.decimals):
            continue  # R8d says that the rate is wrong: nothing follows from it
        earned = min(max(rate, _ZERO), Decimal(1)) * weight
        tolerance = half_unit(amount.decimals if amount and amount.decimals else 1)
        tolerance += half_unit(shown_rate.decimals) * weight / 100 if shown_rate else _ZERO
        if abs(earned - points) <= tolerance:
            tables.holds("R8e", points_key)
            continue
        level = ERROR if points > earned else HINT
        rate_text = tables.sheet.text(rate_key) or f"{show_amount(rate * 100)}%"
        message = f"{tables.form_name(scope)}执行率{rate_text}，分值{show_amount(weight)}，"
        message += f"应得{show_amount(earned)}，自评得分{show_amount(points)}"
        yield tables.finding(
            "R8e",
            tables.claimable(level, rate_key),
            message,
            points_key,
            rate_key,
            expected=show_amount(earned),
        )


@table_check("R8f", "全部满分")
def nothing_lost(tables: Tables) -> Iterator[Finding]:
    """Every indicator of 附件2 and each 附件3 with full points, and yet a chapter of problems."""
    sheets = list(form_scores(tables))
    scored = [i for _, score in sheets for i in score.indicators if i.by_hand]
    if len(scored) < _LEAST_SCORED or tables.reading is None or any(i.lost for i in scored):
        return
    place = problem_lines(tables)
    if place is not None:
        message = "自评各项全部满分，报告却列有存在的问题，没有与扣分对应的指标"
        yield tables.finding("R8f", HINT, message, places=[place])


def problem_lines(tables: Tables) -> tuple[int, int] | None:
    """The first line below the heading 存在的问题, None where there is none or it says there are none."""
    assert tables.reading is not None
    text = tables.reading.text
    lines = [line for line in text.lines if not tables.reading.in_annex(line[0])]
    for (start, end), (first, last) in pairwise(lines):
        heading = text.flat[start:end]
        if len(heading) <= _LONGEST_HEADING and "存在" in heading and "问题" in heading:
            none_told = text.flat.startswith(("无", "没有", "暂无"), first, last)
            return None if none_told else (first, min(last, first + _SHOWN_OF_LINE))
    return None
