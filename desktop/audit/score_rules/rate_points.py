"""R36r: points that are told to be a weight times the rate of execution, where the weight is no item's own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from desktop.audit.finding import CHECK, ERROR, Finding
from desktop.audit.text.heading_numbers import Passage, passages
from desktop.audit.text.near_misses import is_near_miss
from desktop.audit.text.reading import Reading, Stretch
from desktop.audit.text_audit import check
from desktop.domain.numbers import HUNDRED, decimals_of, half_unit, round_half_up, show_short

_POINTS = r"\d{1,2}(?:\.\d{1,3})?"
_GOT = rf"(?:计算|折算|计)?[，]?(?:应|自评|实)?得(?:分)?(?:为|：)?(?P<score>{_POINTS})分"
_FORMS = (
    # `该项得分按执行率乘以10分计算，应得9.36分`, `以执行率乘10分计，得9.66分`.
    re.compile(
        rf"(?:执行率|支出率)(?:的)?(?:×|\*|乘以?)(?:分值|满分|权重)?(?P<weight>{_POINTS})分?(?:计|计算|折算)?"
        rf"(?:，超过100%的?[^，。；]{{0,10}})?(?:，(?:预算)?执行率)?{_GOT}"
    ),
    # `采购执行率5分，同样按“分值×执行率”计，得5分`.
    re.compile(
        rf"(?P<name>[一-龥]{{2,8}}率)(?:满分|分值)?(?P<weight>{_POINTS})分，[^，。；\d]{{0,4}}按[“（]?(?:分值|满分|权重)(?:×|\*|乘以?)[一-龥]{{0,4}}率[”）]?(?:计|计算|折算)?，{_GOT}"
    ),
    # `执行率97.4%，按20分权重计算得19.48分`.
    re.compile(rf"(?:按|以)(?P<weight>{_POINTS})分(?:的)?(?:权重|分值|满分){_GOT}"),
)
_OF_ITEM = re.compile(
    # `预算执行率指标满分10分，预算执行率为98.6%，得9.86分`; `执行率95%，该项10分得9.5分`.
    rf"(?:执行率|支出率)(?:指标)?(?:满分|分值)?(?P<weight>{_POINTS})分[，。：][^，。；]{{0,16}}(?:执行率|支出率)(?:为|是|达到?)?\d{{1,3}}(?:\.\d{{1,4}})?%，(?P<none>){_GOT}"
)
"""No rule is told: only one slip from weight × rate is asked about."""
_UNDER_HEAD = re.compile(rf"按(?:比例|执行率|支出率)(?:折算|计算|计)?得(?P<score>{_POINTS})分")
"""`（四）预算执行（10分）`, and below it `执行率95.14%，按比例得9.51分`."""
_HEAD = re.compile(rf"(?:执行|支出率|支出进度)[^，。；\d]{{0,8}}（(?:满分|分值)?(?P<weight>{_POINTS})分）$")
_NAMED_RATE = re.compile(r"(?P<name>[一-龥]{2,8}率)(?:为|达到?|是|：)?(?P<rate>\d{1,3}(?:\.\d{1,4})?)%")
_BUDGET = "预算执行率"
_ROUNDED_UP = Decimal("0.1")
_RATE = re.compile(r"(?:执行率|支出率|支出进度|执行进度)(?:为|达到?|是|：)?(?P<rate>\d{1,3}(?:\.\d{1,4})?)%")


@check("R36r", "按执行率计的得分算错", last=True)
def rate_points(reading: Reading) -> Iterator[Finding]:
    """Wrong: `执行率93.64%。该项得分按执行率乘以10分计算，应得9.66分`. To be checked where no rate stands before it and none of
    those that the report tells gives these points.

    Silent on a difference in the last digit, without a rate, and where R36i has said something of the score.
    """
    said = [span for finding in reading.told if finding.code == "R36i" for span in finding.spans]
    told = [m for s in reading.sentences if "率" in s.text for m in _RATE.finditer(s.text)]
    named = [m for s in reading.sentences if "率" in s.text for m in _NAMED_RATE.finditer(s.text)]
    anywhere = {rate for m in told if 0 < (rate := Decimal(m["rate"])) <= HUNDRED}
    above = ""
    for passage in passages(reading):
        for weight, match in _claims(passage, above):
            finding = _judged(reading, passage, weight, match, _of_its_name(match, named), anywhere)
            if finding is not None and not finding.overlaps(said):
                yield finding
        above = passage.text


def _of_its_name(match: re.Match[str], named: list[re.Match[str]]) -> set[Decimal]:
    """The one rate of the report that bears the name of the item, if there is but one."""
    name = match.groupdict().get("name") or (_BUDGET if _BUDGET in match.group() else "")
    rates = {Decimal(m["rate"]) for m in named if name and m["name"].endswith(name)}
    return rates if len(rates) == 1 else set()


def _claims(passage: Passage, above: str) -> Iterator[tuple[Decimal, re.Match[str]]]:
    if "分" not in passage.text or "得" not in passage.text:
        return
    for form in _FORMS:
        for match in form.finditer(passage.text):
            yield Decimal(match["weight"]), match
    for match in _OF_ITEM.finditer(passage.text):
        yield Decimal(match["weight"]), match
    head = _HEAD.search(above) if len(above) < 30 else None
    under = _UNDER_HEAD.search(passage.text) if head else None
    if head and under:
        yield Decimal(head["weight"]), under


def _judged(
    reading: Reading,
    passage: Passage,
    weight: Decimal,
    match: re.Match[str],
    named: set[Decimal],
    anywhere: set[Decimal],
) -> Finding | None:
    own = [m for m in _RATE.finditer(passage.text, 0, match.end()) if m.end() <= match.end()]
    own = [] if "name" in match.groupdict() else own
    rates = {Decimal(own[-1]["rate"])} if own else named or anywhere
    score = Decimal(match["score"])
    decimals = decimals_of(score)
    # `得9分` may be rounded, full points for less than the whole are not.
    slack = Decimal(1).scaleb(-decimals) if decimals else _ROUNDED_UP if score == weight else half_unit(0)
    fair = {min(weight * rate / HUNDRED, weight): rate for rate in rates}
    start, end = passage.place_of(match)
    if not fair or not 0 < weight <= HUNDRED:
        return None
    if any(abs(value - score) <= slack for value in fair):
        if own:
            rate = passage.start + own[-1].start("rate")
            number = Stretch(passage.start + match.start("score"), end)
            reading.holds("R36r", number, Stretch(rate, passage.start + own[-1].end()))
        return None
    if not own and not named:
        message = f"分值{show_short(weight, 2)}分，得{match['score']}分，文中没有与之相符的执行率，请核对"
        return reading.finding("R36r", CHECK, message, (start, end))
    if "none" in match.groupdict() and not is_near_miss(
        score, round_half_up(next(iter(fair)), decimals), decimals
    ):
        return None
    value, rate_told = next(iter(fair.items()))
    right = f"{show_short(round_half_up(value, max(decimals, 2)), 3)}分"
    message = f"执行率{rate_told}%乘{show_short(weight, 2)}分应得{right}，写的是{match['score']}分"
    level, expected = (CHECK, "") if "none" in match.groupdict() else (ERROR, right)
    return reading.finding("R36r", level, message, (start, end), expected=expected)
