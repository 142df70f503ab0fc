"""R36i: the points of one indicator against its weight, its deductions, its target and the rule told with it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from functools import lru_cache
from itertools import zip_longest
from typing import NamedTuple

from desktop.audit.finding import CHECK, ERROR, HINT, Finding
from desktop.audit.score_rules.targets import NUMBER, Target, targets_of
from desktop.audit.text.heading_numbers import Passage, passages
from desktop.audit.text.mentions import PERCENT
from desktop.audit.text.near_misses import is_near_miss
from desktop.audit.text.reading import Reading
from desktop.audit.text.score_points import (
    Item,
    Point,
    items,
    named_weights,
    points,
    weight_of,
)
from desktop.audit.text_audit import check
from desktop.domain.numbers import HUNDRED, decimals_of, half_unit, round_half_up, show_short

_BY_SHARE = re.compile(
    r"按(?:照)?[^，。；]{0,10}(?:完成|实现)?(?:比例|完成率|目标值?之比)(?:同比例)?(?:折算|计算)?(?:计分|得分|得|计|给分|赋分)"
)
"""`数量指标按完成比例计分`, `按完成比例得3.75分`: points = weight × done ÷ target."""
_BY_RATE = re.compile(
    r"按(?:照)?[^，。；（）]{0,14}(?:执行率|支出率|完成率|比例|之比)[^，。；（）]{0,8}(?:折算|计|得|乘|打分|赋分)|[=＝]\d+(?:分)?[×*]|执行率[×*]"
)
"""`按执行率折算`, `执行率×10分`: points = weight × rate."""
_GENERAL_RULE = re.compile(
    r"(?P<whose>[^。；]{0,40})(?:未达标|未达到|未达目标|未完成|没有完成|低于100%|不足100%)[^。；，]{0,8}，?"
    r"按(?:照)?(?:实际)?(?:完成)?(?:比例|完成率|(?:实际|完成)值与目标值之比)(?:计分|得分|给分|赋分|折算|[×*乘])"
)
_SAID_MISSED = re.compile(r"(?:指标|目标|任务)(?:未完成|没有完成|未达标|未达到)(?=，|不得|不能)")
_KIND = re.compile(r"数量|质量|时效|成本|经济效益|社会效益|生态效益|满意度")
_RATE = re.compile(rf"(?:执行率|支出率|完成率|支出进度|执行进度)(?:为|达到?|是|：)?(?P<rate>{NUMBER})%")
_OF_THE_BUDGET = re.compile(r"预算执行率|(?:调整后|全年)预算")
"""A rate of a project is not the unit's."""
_OVERRUN = re.compile(
    r"每(?:超(?:过|出)?|高于|增加)(?:一|1)(?:个百分点|%|个点)[，]?扣(?P<points>\d+(?:\.\d+)?)分"
)
"""`每超过1个百分点扣1分`: the limit is 100 % where none is told."""
_UNDERRUN = re.compile(
    r"每(?:低于|少于|低|少|降低|下降)(?:(?P<least>\d{2,3})%)?[，]?(?:一|1)(?:个百分点|%|个点)[，]?扣(?P<points>\d+(?:\.\d+)?)分"
)
"""`执行率每低于100%一个百分点扣0.5分`."""
_CONTROL = re.compile(rf"(?:控制率|变动率)(?:为|达到?|是|：)?(?P<rate>{NUMBER})%")
_STEP = re.compile(
    # `98%及以上得8分`, `95%（含）至98%得6分`.
    r"(?P<least>\d{2,3}(?:\.\d+)?)%?(?:（含）|（不含）)?(?:及?以上|(?:至|到|[—~～－\-]+)\d{2,3}(?:\.\d+)?%(?:（不?含）)?)(?:的)?[，]?(?:得|计|为)(?P<points>满分|\d+(?:\.\d+)?分)"
)
_PERCENT = re.compile(rf"(?<![\d.])(?<!超过)({NUMBER})%")
"""Not the cap in `超过100%的按满分计`."""
_CLAUSES = re.compile(r"[^；。]{0,30}(?:[；。]|$)|[^；。]{0,30}）")
_RULE_NEAR = 120
"""Characters before an item in which its rule may stand."""
_OTHER_BLOCK = re.compile(r"产出|效益|满意|数量|质量|时效|管理|履职|项目")
"""`产出指标50分`: not reckoned by the 预算执行率 that is told before it."""
_WHY = re.compile(r"扣|未|没有|不足|不够|但|偏|欠|按|因|差|其余|其中|[共项]")
"""Reasons why points may be missing."""
_FORGIVEN = re.compile(r"不(?:予|作|再)?扣分|视同|视为|剔除|不计入|免于扣")
"""`受汛期影响，酌情不扣分`: why a missed target has its full points."""
_ADDED = re.compile(r"加分|附加|(?<![增追])加\d")
_SCORE_WORDS = re.compile(
    r"(?:[^，。；]{0,2}(?:自评|实)?(?:得分?|评分?|计|记|为)+(?:满分)?|按[^，。；]{0,12}得)$"
)
"""`得9分`, `本项得9分`: the score of what stands before, not of something that is named anew."""


class Rates(NamedTuple):
    """The 预算执行率 that the report tells, and the rule it tells once for all indicators."""

    of_budget: set[Decimal]
    rule: re.Match[str] | None


class Scored(NamedTuple):
    """An item with its weight and one score. `text` is all that is said of it, from `start` in `flat`."""

    item: Item
    weight: Decimal
    score: Decimal
    text: str
    start: int
    before: str
    """The paragraph up to it: rules for all of its items stand at its head."""
    targets: list[Target]

    @property
    def places(self) -> list[tuple[int, int]]:
        weight = [self.item.weight.place] if self.item.weight else []
        return [self.item.scores[0].place, *weight]


@check("R36i", "单项得分与分值、扣分、目标不符")
def score_items(reading: Reading) -> Iterator[Finding]:
    """Wrong: `采购执行率5分，扣2分，得4分`; more points than the weight; full points below the target; points by
    share, rate, steps or `每超1%扣1分` other than these words give; a target said to be reached or missed against its
    two numbers. To be checked: points by a rate that no number of the report gives.

    Silent on rules that are told without a result, and on targets that are kept by staying below them.
    Of several relations of one item that are broken the first is told.
    """
    budget = (s.text for s in reading.sentences if _OF_THE_BUDGET.search(s.text))
    of_budget = {r for text in budget for m in _RATE.finditer(text) if (r := Decimal(m["rate"])) <= HUNDRED}
    by_share = (_GENERAL_RULE.search(s.text) for s in reading.sentences if "按" in s.text)
    rates = Rates(of_budget, next(filter(None, by_share), None))
    named = dict[str, Decimal]()
    for passage in passages(reading):
        found = points(passage.text, passage.start)
        named |= named_weights(found)
        for scored in _scored(passage, found, named, reading.text.flat) if found else ():
            for relation in (
                _deducted,
                _above_weight,
                _by_target,
                _by_overrun,
                _by_shortfall,
                _by_steps,
                _by_rate,
            ):
                told = relation(reading, scored, rates)
                if told is not None:
                    yield told
                    break


def _scored(passage: Passage, found: list[Point], named: dict[str, Decimal], flat: str) -> Iterator[Scored]:
    start = passage.start
    # `90%—95%得8分` is how points are given, and nobody's score.
    steps = [(start + m.start(), start + m.end()) for m in _STEP.finditer(passage.text)]
    for item in _with_deductions_behind(items(found, flat), flat):
        end = max(p.end for p in (item.weight, *item.deductions, *item.scores) if p)
        # `（满分10分，按执行率折算）`: the rest of the clause may still say how the score was reckoned.
        rest = _CLAUSES.match(flat, end, min((p.clause for p in found if p.start > end), default=passage.end))
        end = rest.end() if rest else end
        weight = weight_of(item, passage.text, passage.start, named)
        if weight and len(item.scores) == 1 and not any(a < item.scores[0].start < b for a, b in steps):
            value = item.scores[0].value
            score = weight if value is None else value
            targets = [t for t in targets_of(passage) if start <= t.start and t.end <= end]
            yield Scored(item, weight, score, flat[start:end], start, flat[passage.start : start], targets)
        start = end


def _with_deductions_behind(told: list[Item], flat: str) -> Iterator[Item]:
    """`得18分（满分20分），扣2分`: the deduction right behind the bracket is the item's."""
    skip = False
    for item, behind in zip_longest(told, told[1:]):
        if skip:
            skip = False
            continue
        weight = item.weight
        closed = weight and item.scores and item.scores[0].end < weight.start and not item.deductions
        if closed and behind and behind.deductions and not (behind.weight or behind.scores):
            first = behind.deductions[0]
            if weight and flat[weight.end : first.clause] == "），":
                skip = True
                yield Item(weight, [first], item.scores)
                continue
        yield item


def _points(value: Decimal) -> str:
    return f"{show_short(value, 3)}分"


def _deducted(reading: Reading, scored: Scored, rates: Rates) -> Finding | None:
    """`（10分）…扣1分，…扣0.5分，得8分`: weight less deductions is the score."""
    item, score = scored.item, scored.item.scores[0]
    taken = sum((d.value or Decimal(0) for d in item.deductions), Decimal(0))
    right = scored.weight - taken
    # `各扣1分`, `每处扣1分` are no numbers of their own: what is deducted in all is then not known.
    unknown = scored.text.count("扣") != len(item.deductions)
    if not item.deductions or unknown or right < 0 or scored.score > scored.weight:
        return None  # `产出50分，其中第四项10分扣2分，计48分`: the score of the whole
    if scored.score == right:
        reading.holds("R36i", score, *item.deductions, *([item.weight] if item.weight else []))
        return None
    last = item.deductions[-1]
    beside = 0 <= score.clause - last.end <= 1 or 0 <= last.clause - score.end <= 1
    if scored.score == scored.weight and not beside:
        return None  # a deduction that was told as a possibility
    places = [score.place, *(d.place for d in item.deductions), *scored.places[1:]]
    message = f"{_points(scored.weight)}扣{_points(taken)}应得{_points(right)}，写的是{_points(scored.score)}"
    if beside or scored.score > right:
        return reading.finding("R36i", ERROR, message, *places, expected=_points(right))
    return reading.finding("R36i", CHECK, f"{message}，请核对有没有漏写的扣分", *places)


def _above_weight(reading: Reading, scored: Scored, rates: Rates) -> Finding | None:
    """`（6分）…得8分`. Silent on extra points (加分), and where the score names something else."""
    own = scored.item.scores[0].words
    if scored.score <= scored.weight or _ADDED.search(scored.text) or not _SCORE_WORDS.fullmatch(own):
        return None
    rest = scored.item.weight is not None and "其余" in scored.item.weight.words
    if scored.score > scored.weight * 2 or rest:  # `其余40分全得，产出得49.5分`
        return None
    message = f"得分{_points(scored.score)}，大于分值{_points(scored.weight)}"
    return reading.finding("R36i", ERROR, message, *scored.places)


def _by_target(reading: Reading, scored: Scored, rates: Rates) -> Finding | None:
    """Full points although the target was missed; where points go by share, what they should be."""
    targets = scored.targets
    if len(targets) > 1 and _BY_SHARE.search(scored.text):
        # Each indicator of one sentence with its own target: what stands nearest before the score.
        begin = max(scored.text.rfind(sign, 0, scored.item.scores[0].start - scored.start) for sign in "；。")
        targets = [t for t in targets if t.start > scored.start + begin]
    missed = _SAID_MISSED.search(scored.text)
    if not targets and missed and scored.score == scored.weight and not scored.item.deductions:
        place = (scored.start + missed.start(), scored.start + missed.end())
        message = f"写明{missed.group()}，却得满分{_points(scored.weight)}"
        return reading.finding("R36i", ERROR, message, *scored.places, place)
    if len(targets) == 1 and not targets[0].missed:
        return _met(reading, scored, targets[0])
    if len(targets) != 1 or scored.item.deductions:
        return None
    target, places = targets[0], [*scored.places, (targets[0].start, targets[0].end)]
    done = target.told
    general = "" if target.at_most else _general_rule(scored, rates.rule)
    if general or (not target.at_most and _BY_SHARE.search(scored.before + scored.text)):
        exact = scored.weight * target.got / target.wanted
        right = round_half_up(exact, max(decimals_of(scored.score), 2))
        if abs(scored.score - exact) <= half_unit(decimals_of(scored.score)) and scored.score < scored.weight:
            reading.holds("R36i", scored.item.scores[0], others=[target])
            return None
        message = f"{done}，按完成比例应得{_points(right)}，写的是{_points(scored.score)}"
        level = general if general and not _BY_SHARE.search(scored.before + scored.text) else ERROR
        return reading.finding("R36i", level, message, *places, expected=_points(right))
    if scored.score != scored.weight:
        return _nearly_by_share(reading, scored, target, places)
    if _STEP.search(scored.before + scored.text) or _FORGIVEN.search(scored.text):
        return None
    return reading.finding("R36i", ERROR, f"{done}，没有达到目标，却得满分{_points(scored.weight)}", *places)


def _met(reading: Reading, scored: Scored, target: Target) -> Finding | None:
    """`目标90%，实际96%，分值10分，得8分`: the target was met, and no word says why points are missing. A weight told before
    the target may be that of a whole block."""
    weight = scored.item.weight
    if scored.score >= scored.weight or _WHY.search(scored.text) or not weight or weight.start < target.end:
        return None
    message = f"{target.told}，已达到目标，{_points(scored.weight)}得{_points(scored.score)}，没有写扣分原因，请核对"
    return reading.finding("R36i", CHECK, message, *scored.places, (target.start, target.end))


def _nearly_by_share(
    reading: Reading, scored: Scored, target: Target, places: list[tuple[int, int]]
) -> Finding | None:
    """`目标100户，实际98户，分值10分，得9.1分`: no rule is told, but one slip parts the score from weight × done ÷ target."""
    decimals = decimals_of(scored.score)
    right = round_half_up(scored.weight * target.got / target.wanted, decimals)
    if not decimals or target.at_most:
        return None
    if right == scored.score:
        reading.holds("R36i", scored.item.scores[0], others=[target])
    elif is_near_miss(scored.score, right, decimals) and abs(right - scored.score) > 2 * half_unit(decimals):
        message = f"{target.told}，按完成比例是{_points(right)}，写的是{_points(scored.score)}，请核对"
        return reading.finding("R36i", CHECK, message, *places)
    return None


def _general_rule(scored: Scored, rule: re.Match[str] | None) -> str:
    """The level at which `数量指标、效益指标未达标的，按完成比例计分`, told once for all, holds for an item: a question
    for one of a kind that it does not name; '' where there is no such rule."""
    if rule is None:
        return ""
    kinds, own = _KIND.findall(rule["whose"]), _KIND.findall(scored.before + scored.text)
    return ERROR if not kinds or (own and own[-1] in kinds) else CHECK


def _by_overrun(reading: Reading, scored: Scored, rates: Rates) -> Finding | None:
    """`控制率105%，每超1个百分点扣1分`: the points of the part over 100 %, begun points counted or not."""
    rule = _OVERRUN.search(scored.before[-_RULE_NEAR:] + scored.text)
    told = [Decimal(m["rate"]) for m in _CONTROL.finditer(scored.text)]
    if len(told) != 1 or told[0] <= HUNDRED:
        return None
    over = told[0] - HUNDRED
    if rule is None:
        if scored.score < scored.weight or scored.item.deductions:
            return None
        message = f"控制率{told[0]}%，超过100%，却得满分，请核对"
        return reading.finding("R36i", CHECK, message, *scored.places)
    each = Decimal(rule["points"])
    steps = (over, over.to_integral_value(ROUND_FLOOR), over.to_integral_value(ROUND_CEILING))
    fair = [max(scored.weight - each * n, Decimal(0)) for n in steps]
    if scored.score in fair:
        reading.holds("R36i", scored.item.scores[0])
        return None
    message = f"超过{over}个百分点，按所写规则应得{_points(fair[0])}，写的是{_points(scored.score)}"
    return reading.finding("R36i", ERROR, message, *scored.places, expected=_points(fair[0]))


def _by_shortfall(reading: Reading, scored: Scored, rates: Rates) -> Finding | None:
    """`每低于100%1个百分点扣0.5分。执行率96%，得9.6分`: begun points counted or not."""
    rule = _UNDERRUN.search(scored.before[-_RULE_NEAR:] + scored.text)
    told = [Decimal(m["rate"]) for m in _RATE.finditer(scored.text)]
    if rule is None or len(told) != 1 or (not rule["least"] and "100%" not in scored.text):
        return None
    under = max(Decimal(rule["least"] or 100) - told[0], Decimal(0))
    each = Decimal(rule["points"])
    steps = (under, under.to_integral_value(ROUND_FLOOR), under.to_integral_value(ROUND_CEILING))
    fair = [max(scored.weight - each * n, Decimal(0)) for n in steps]
    if scored.score in fair:
        reading.holds("R36i", scored.item.scores[0])
        return None
    message = (
        f"低{show_short(under, 3)}个百分点，按所写规则应得{_points(fair[0])}，写的是{_points(scored.score)}"
    )
    return reading.finding("R36i", ERROR, message, *scored.places, expected=_points(fair[0]))


def _named(scored: Scored) -> str:
    """The words right before its weight, or before its score."""
    return (scored.item.weight or scored.item.scores[0]).words


def _by_steps(reading: Reading, scored: Scored, rates: Rates) -> Finding | None:
    """`98%及以上得8分，95%（含）至98%得6分，90%以下不得分`, and the rate that the text tells."""
    if _OTHER_BLOCK.search(_named(scored)):
        return None
    text = scored.before[-_RULE_NEAR:] + scored.text
    told = list(_STEP.finditer(text))
    own_at = len(text) - len(scored.text)
    if told and re.search(r"(?<!不)得\d", text[told[-1].end() : own_at]):
        return None  # `分档计分：95%及以上得10分，…，得10分。采购执行5分，得4.8分`: another item's steps
    steps = [
        (Decimal(m["least"]), scored.weight if m["points"] == "满分" else Decimal(m["points"][:-1]))
        for m in told
    ]
    behind = text[max((m.end() for m in told), default=0) :]
    own = {Decimal(m["rate"]) for m in _RATE.finditer(behind)}
    rate = next(iter(own or rates.of_budget), None)
    if len(steps) < 2 or len(own or rates.of_budget) != 1 or rate is None or "执行率" not in text:
        return None
    right = next((p for least, p in sorted(steps, reverse=True) if rate >= least), None)
    if right == scored.score:
        reading.holds("R36i", scored.item.scores[0])
    if right is None or right == scored.score or rate in dict(steps):
        return None
    message = f"执行率{rate}%，按所写档次应得{_points(right)}，写的是{_points(scored.score)}"
    return reading.finding("R36i", ERROR, message, *scored.places, expected=_points(right))


def _by_rate(reading: Reading, scored: Scored, rates: Rates) -> Finding | None:
    """`执行率96.1%，该项20分，按比例得19.22分`; the rate may stand elsewhere in the report, and is then less sure."""
    if scored.item.deductions or scored.targets:
        return None
    by_rate = _BY_RATE.search(scored.text)
    own = [Decimal(n) for n in _PERCENT.findall(scored.text)]
    of_work = by_rate is not None and "完成率" in by_rate.group()  # never the budget's rate
    if by_rate is None or (_OTHER_BLOCK.search(_named(scored)) and not of_work) or (of_work and not own):
        return _by_any_rate(reading, scored)
    fair = [min(scored.weight * rate / HUNDRED, scored.weight) for rate in own or rates.of_budget]
    if any(abs(value - scored.score) <= half_unit(decimals_of(scored.score)) for value in fair):
        if len(fair) == 1:
            reading.holds("R36i", scored.item.scores[0])
        return None
    if not fair or (not own and len(rates.of_budget) > 1):
        return _by_any_rate(reading, scored)
    right = round_half_up(fair[-1], max(decimals_of(scored.score), 2))
    message = f"按{(own or [*rates.of_budget])[-1]}%折算应得{_points(right)}，写的是{_points(scored.score)}"
    level = ERROR if own else CHECK
    if abs(right - scored.score) <= Decimal("0.01"):
        level, message = HINT, f"{message}，差在最后一位"
    return reading.finding("R36i", level, message, *scored.places, expected=_points(right))


@lru_cache(maxsize=2)
def _all_rates(reading: Reading) -> list[Decimal]:
    """All rates that a report tells, and the quotients of numbers side by side, sorted; kept, as many items ask."""
    told = [q for q in reading.quantities if q.unit not in ("", "分")]
    rates = [q.value for q in told if q.unit == PERCENT and q.value <= HUNDRED]
    pairs = [(a.value, b.value) for n, a in enumerate(told) for b in told[n + 1 : n + 4] if a.unit == b.unit]
    return sorted([*rates, *(min(pair) / max(pair) * HUNDRED for pair in pairs if all(pair))])


def _by_any_rate(reading: Reading, scored: Scored) -> Finding | None:
    """`农田8分，按完成比例得7.66分` with its rate elsewhere: a question where no rate, and no two numbers side by side,
    of the whole report give these points."""
    clause = scored.text[: scored.item.scores[0].end - scored.start]
    clause = clause[max(clause.rfind(sign) for sign in "；。") + 1 :]
    score, slack = scored.score, half_unit(decimals_of(scored.score))
    if not (_BY_SHARE.search(clause) or _BY_RATE.search(clause)) or not decimals_of(score):
        return None
    rates = _all_rates(reading)
    least, most = ((score + way * slack) / scored.weight * HUNDRED for way in (-1, 1))
    if not rates or bisect_left(rates, least) < bisect_right(rates, most):
        return None
    message = f"分值{_points(scored.weight)}，得{_points(score)}，文中没有与之相符的完成率，请核对"
    return reading.finding("R36i", CHECK, message, *scored.places)
