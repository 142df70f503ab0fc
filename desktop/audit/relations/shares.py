"""R1: shares against the part and the whole they are of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise

from desktop.audit.finding import CHECK, ERROR, HINT, Finding
from desktop.audit.text.budget_figures import is_change
from desktop.audit.text.mentions import PERCENT, Quantity, amount_of, same_kind
from desktop.audit.text.near_misses import is_near_miss, is_swap
from desktop.audit.text.ratios import LAST_DIGIT, RIGHT, compare, fits_by_chance, part_meant, pinned, rate_of
from desktop.audit.text.reading import Reading
from desktop.audit.text_audit import check
from desktop.domain.numbers import HUNDRED, half_unit, round_half_up, show_short

_SHARE = re.compile(
    r"^(?P<part>.*?)(?:约)?(?:占|(?<![一-龥])(?=(?:比重|份额|比例)(?:为|是)))(?:到|比重?|了)?(?P<whole>.*?)(?:的?(?:比重|比例|份额|百分比|比)|的)?(?:分别|依次)?(?:为|是)?$"
)
"""`占总支出的比重`, `教育支出占总支出`, `占比`, `占`: the part (or none, where its amount stands before) and the whole."""
_NEW_NAME = re.compile(r"[一-龥]{2,12}（[^（）\d]{2,20}）$")
_IN_ORDER = re.compile(
    r"(?:占比?.*(?:分别|依次)|[两二三四五六七][者类项](?:支出|收入)?(?:的|所占)?(?:比重|占比|比例|份额))(?:为|是)?$|(?:分别|依次)占$"
)
"""`三者占比分别为77.7%、20.1%和2.2%`: several shares for as many amounts before."""
_FILLER = re.compile(
    r"总|合计|总计|本年度?|全年|当年|全部|数额|总额|金额|额|数|的|部门|单位|我[局办院镇]|本[局办院镇]|（[^）]*）|“|”|决算"
)
"""Words that tell two names of one total apart and say nothing of what it is: `本年支出合计`, `总支出`."""
_OTHER_MATTER = re.compile(r"人均|增长|下降|增加|减少|占用|结转结余率")
"""What stands before a percentage that is no share: `占用床日`, `增长占…`."""
_PLANNED = re.compile(r"预算(?<!公共预算)(?<!基金预算)(?<!经营预算)(?!支出|拨款|财政)|年初|批复")
"""A budget told of is no whole for what was spent: `三公经费预算12万元，决算8万元，其中接待费占三公经费的25%`; but
`一般公共预算支出` is spending."""
_NEAR = 160
"""Characters between two shares of one list: a reason or a comparison may stand between them."""
_BEFORE, _BEHIND = 300, 60
"""Numbers before and behind a share among which its whole is looked for: several pages of a report."""
_MOST_TOTALS = 40
"""Totals tried for one list; a report that has more repeats itself."""
_UNITS = (("万元", Decimal(10000)), ("元", Decimal("0.0001")))
"""`农林水支出11.00元，占0.98%`, where 万元 was meant."""
_SHORT_NAME = 2
"""Characters: `支出`, `收入` and `采购` are borne by many amounts, `项目支出` by one."""
_AGAIN = re.compile(r"[，（](?:约|即|折合|约合)为?")
_OF_GRANTS = "财政拨款"
"""`本年支出合计` is not `财政拨款收入支出总计`."""
_LARGEST = Decimal("100.5")
"""Percent: a share of more would prove that the whole was misread, and is never said."""


@dataclass(frozen=True)
class Share:
    """A stated share, the amount it is of, and the name of its whole ('' where only 占 is said)."""

    stated: Quantity
    part: Quantity
    whole: str

    def of(self, part: Quantity) -> Share:
        return Share(self.stated, part, self.whole)

    def judged(self, total: Quantity) -> str:
        """Against a total in the same unit."""
        part, whole = amount_of(self.part), amount_of(total)
        return compare(self.stated, part, whole, _slack(self.part))


def _slack(quantity: Quantity) -> Decimal:
    """What rounding of a shown amount may hide; a count is exact, and 83万元 is 83.00 (docs/domain.md 1.7)."""
    return half_unit(quantity.money_decimals or 2) if quantity.money is not None else Decimal(0)


@check("R1", "占比与数字不符")
def shares(reading: Reading) -> Iterator[Finding]:
    """`A万元，占B的p%`: p must be A ÷ B.

    A share is right where it fits one of the wholes it can mean: those of the name it gives, and the amounts
    shortly before its list. One that fits none is judged by the whole of its neighbours in the list, or by the
    only amount of the name it gives. Silent where neither is known.
    """
    found = list(_shares(reading))
    named_parts = {
        (_core(share.whole), share.part.start)
        for share in found
        if share.stated.value < HUNDRED and _core(share.part.label) != _core(share.whole)
    }
    # `基本支出95万元，占支出总预算的95%`: 基本支出 is not 支出总预算, whatever else is of that.
    totals = [
        [
            q
            for q in _totals(reading, share)
            if not share.whole or (_core(share.whole), q.start) not in named_parts
        ]
        for share in found
    ]
    wholes = [_fitting(share, near) for share, near in zip(found, totals, strict=True)]
    for at, share in enumerate(found):
        fitting = wholes[at]
        if fitting is not None:
            listed = [wholes[n] for n in _neighbours(found, at)]
            if share.judged(fitting) == RIGHT and (fitting in listed or _meant(share, fitting, totals[at])):
                operands = (share.part, fitting)
                reading.holds("R1", share.stated, *pinned(share.stated, *operands), others=operands)
            yield from _judged(reading, share, fitting, sure=False)
            continue
        near = list(_neighbours(found, at))
        told = (whole for n in near if (whole := wholes[n]) is not None)
        neighbours = [whole for whole in told if _is_told_by(share.stated, whole)]
        named = _only_of_its_name(share, totals[at])
        total = named or next((whole for whole in neighbours if _can_be_of(share, whole)), None)
        if total is not None and not (
            _is_of_its_owner(reading, share, total) or _is_of_wrong_unit(share, totals[at])
        ):
            others = [found[n].part for n in near]
            sure = named is not None or len(neighbours) > 1 or _add_up([share.part, *others], total)
            rest = _rest_of(total, others) if neighbours else None
            unit = _unit_meant(share, total)
            if unit:
                yield _wrong_unit(reading, share, unit)
            elif rest is not None and compare(share.stated, rest, amount_of(total)) == RIGHT:
                yield _wrong_amount(reading, share, rest)
            else:
                yield from _judged(reading, share, total, sure=sure)


def _is_of_its_owner(reading: Reading, share: Share, total: Quantity) -> bool:
    """`基本支出121万元，其中人员104万元，公用17万元，占全部支出的60%`: said of the amount that is parted."""
    quantities = reading.by_sentence[share.part.sentence]
    owners = [
        q
        for q in quantities
        if q.end < share.part.start and re.search("其中|包括|（", reading.text.flat[q.end : share.part.start])
    ]
    return any(same_kind(q, total) and share.of(q).judged(total) == RIGHT for q in owners)


def _is_of_wrong_unit(share: Share, totals: Iterable[Quantity]) -> bool:
    """`总支出12,598.42亿元。基本支出4,386.72万元，占34.82%`: right, but for the unit of its whole."""
    part = amount_of(share.part)
    return any("亿" in q.unit and compare(share.stated, part, q.value) == RIGHT for q in totals)


def _shares(reading: Reading) -> Iterator[Share]:
    for quantities in reading.by_sentence.values():
        for at, stated in enumerate(quantities):
            if stated.unit != PERCENT or stated.value > _LARGEST:
                continue
            match = _SHARE.match(stated.label)
            if _OTHER_MATTER.search(stated.label):
                continue
            if _IN_ORDER.search(stated.label):
                yield from _in_order(quantities, at)
                continue
            if match is None:
                continue
            part = _part_named(reading, quantities[:at], stated, match["part"]) if match["part"] else None
            part = part or (None if match["part"] else _part_before(reading, quantities[:at], stated))
            if part is not None:
                yield Share(stated, part, match["whole"])


def _in_order(quantities: Sequence[Quantity], at: int) -> Iterator[Share]:
    """As many amounts as there are shares, in the same order."""
    stated = [quantities[at]]
    for before, after in pairwise(quantities[at:]):
        if after.unit != PERCENT or after.label.strip("和及与、") or after.start - before.end > 2:
            break
        stated.append(after)
    parts = [q for q in quantities[:at] if q.unit != PERCENT and not is_change(q)][-len(stated) :]
    if len(parts) == len(stated) and all(same_kind(part, parts[0]) for part in parts):
        yield from (Share(one, part, "") for one, part in zip(stated, parts, strict=True))


def _part_before(reading: Reading, before: Sequence[Quantity], stated: Quantity) -> Quantity | None:
    """The last amount that is no difference: `决算8.74万元，完成预算的87.40%，占…`.

    What stands in a bracket right before the share belongs to the amount before the bracket:
    `拨款900万元（其中基金200万元），占…`.
    """
    amounts = [q for q in before if q.unit not in (PERCENT, "个百分点") and not is_change(q)]
    flat = reading.text.flat
    if amounts and "）" in flat[amounts[-1].end : stated.label_start]:
        opened = flat.rfind("（", 0, amounts[-1].start)
        outside = [q for q in amounts if q.end <= opened]
        if outside and "）" not in flat[opened : amounts[-1].start]:
            amounts = outside
    # `支出19,872.36万元，约1.99亿元，占`: told again, rounded.
    if len(amounts) > 1 and _AGAIN.fullmatch(flat, amounts[-2].end, amounts[-1].start):
        amounts = amounts[:-1]
    # `补助16万元，人员性支出（第一项与第三项之和）占`: a new name, and not what stands before it.
    if amounts and _NEW_NAME.search(flat, amounts[-1].end, stated.label_start):
        return None
    return amounts[-1] if amounts and not amounts[-1].approximate else None


def _part_named(reading: Reading, before: Sequence[Quantity], stated: Quantity, name: str) -> Quantity | None:
    """`项目支出占总支出的71.75%`: the one amount of that name, in the sentence, before it in the paragraph, or anywhere."""
    core = _core(name)
    here = [q for q in before if q.unit != PERCENT and core and core in q.label and not is_change(q)]
    if here:
        return here[-1]
    named = [q for q in reading.amounts_named(core) if not q.approximate] if core else []
    paragraph = reading.text.sentences[stated.sentence].paragraph
    told = [
        q for q in named if q.end < stated.start and reading.text.sentences[q.sentence].paragraph == paragraph
    ]
    return next((some[0] for some in (told, named) if len({amount_of(q) for q in some}) == 1), None)


@lru_cache(maxsize=4096)
def _core(name: str) -> str:
    return _FILLER.sub("", name)


def _neighbours(found: Sequence[Share], at: int) -> Iterator[int]:
    """The shares before and behind in the same list, nearest first: of one whole, so far as they say."""
    for step in (-1, 1):
        last = at
        while 0 <= last + step < len(found):
            one, other = sorted((found[last], found[last + step]), key=lambda share: share.stated.start)
            same_whole = not (one.whole and other.whole) or _core(one.whole) == _core(other.whole)
            if other.stated.start - one.stated.end > _NEAR or not same_whole:
                break
            last += step
            yield last


def _is_told_by(stated: Quantity, whole: Quantity) -> bool:
    """The whole of a list that begins behind the share is not the share's."""
    return whole.start < stated.start or whole.sentence == stated.sentence


def _can_be_of(share: Share, total: Quantity) -> bool:
    """Not the part itself told again, as the owner of the next list: `基本支出60万元，占58%。基本支出60万元，其中…`."""
    larger = amount_of(total) > amount_of(share.part) or share.stated.value == HUNDRED
    return same_kind(share.part, total) and total is not share.part and larger


def _fitting(share: Share, totals: Sequence[Quantity]) -> Quantity | None:
    """A whole that the share comes out right for, or but for its last digit.

    Where the whole is named, and one amount of the text has just that name, nothing else is meant: that another
    amount fits tells only how the wrong share came about (`占项目支出的13.74%`, reckoned of all spending).
    """
    named = _only_of_its_name(share, totals)
    meant = [named] if named and _is_called(named, share.whole) else _candidates(share, totals)
    nearly: Quantity | None = None
    # `基本支出预算88万元，…其中工资71万元，占基本支出81%`: a budget may be meant by its bare name.
    meant += [q for q in totals if named and _PLANNED.search(q.label) and _is_called(q, share.whole)]
    for total in meant:
        verdict = share.judged(total)
        if verdict == RIGHT:
            return total
        if verdict == LAST_DIGIT and nearly is None:
            nearly = total
    alike = (q for q in _candidates(share, totals) if named and _almost_called(q, share.whole))
    return nearly or next((q for q in alike if share.judged(q) == RIGHT), None)


def _meant(share: Share, fitting: Quantity, totals: Sequence[Quantity]) -> bool:
    """Whether a whole that fits is the one of the name, or one of so few that none fits by chance."""
    named = _only_of_its_name(share, totals)
    if named is not None:
        return amount_of(named) == amount_of(fitting)
    tries = {amount_of(q) for q in _candidates(share, totals)}
    return not fits_by_chance(len(tries), share.stated)


def _only_of_its_name(share: Share, totals: Iterable[Quantity]) -> Quantity | None:
    """The amount of the name the share gives to its whole, if there is but one: of just that name (`总支出`), else of
    one that it stands in."""
    alike = [q for q in totals if _names(q, share.whole)]
    named = [q for q in alike if share.whole and q.label == share.whole] or alike
    return named[0] if len({amount_of(q) for q in named}) == 1 else None


def _is_called(quantity: Quantity, whole: str) -> bool:
    """Whether an amount has just that name, the words that all totals share aside: `支出` alone names nothing."""
    name = _core(whole)
    return len(name) > _SHORT_NAME and name in _core(quantity.label)


def _almost_called(quantity: Quantity, whole: str) -> bool:
    """`集体收入` and `村集体经济收入`: two pairs of characters shared, the last among them."""
    name, label = _core(whole), _core(quantity.label)
    pairs = {name[at : at + 2] for at in range(len(name) - 1)}
    shared = sum(pair in label for pair in pairs)
    return len(name) > _SHORT_NAME and label.endswith(name[-2:]) and shared > 1


def _totals(reading: Reading, share: Share) -> Iterator[Quantity]:
    """The amounts near a share that may be its whole."""
    for quantity in reading.quantities_near(share.part.start, _BEFORE, _BEHIND):
        countable = quantity.unit not in (PERCENT, "个百分点") and amount_of(quantity) > 0
        if countable and _can_be_of(share, quantity) and not is_change(quantity):
            yield quantity


def _candidates(share: Share, totals: Sequence[Quantity]) -> list[Quantity]:
    """Amounts that may be the whole: those of its name, and the ones before it, nearest first."""
    named = [q for q in totals if _names(q, share.whole)]
    before = [q for q in totals if q.start < share.stated.start]
    return list(dict.fromkeys([*reversed(named), *reversed(before)]))[:_MOST_TOTALS]


def _names(quantity: Quantity, whole: str) -> bool:
    """Whether an amount bears the name of the whole: `采购总额` is `政府采购支出合计`."""
    name, label = _core(whole), _core(quantity.label)
    if not name or not label or not (name in label or (len(label) > 1 and label in name)):
        return False
    if len(name) <= _SHORT_NAME and _OF_GRANTS in label:
        return False
    return not _PLANNED.search(quantity.label) or bool(_PLANNED.search(whole))


def _add_up(parts: Sequence[Quantity], total: Quantity) -> bool:
    """`总计100万元，其中：基本支出60万元，占…；项目支出40万元，占…`: the list leaves nothing of its total out."""
    slack = _slack(total) + sum(map(_slack, parts), Decimal(0))
    return abs(amount_of(total) - sum(map(amount_of, parts), Decimal(0))) <= slack


def _rest_of(total: Quantity, others: Sequence[Quantity]) -> Decimal | None:
    """What the other parts of a list leave of its total."""
    rest = amount_of(total) - sum(map(amount_of, others), Decimal(0))
    return rest if rest > 0 else None


def _unit_meant(share: Share, total: Quantity) -> str:
    """`农林水支出11.00元，占0.98%`: the other unit of money, if the share is right for it."""
    part, whole = amount_of(share.part), amount_of(total)
    fitting = (unit for unit, factor in _UNITS if compare(share.stated, part * factor, whole) == RIGHT)
    return next((unit for unit in fitting if share.part.money and unit != share.part.unit), "")


def _wrong_unit(reading: Reading, share: Share, unit: str) -> Finding:
    right = f"{show_short(share.part.value, 4)}{unit}"
    message = f"{share.part.label}按占比{show_short(share.stated.value, 4)}%应为{right}，单位写错了"
    return reading.finding("R1", ERROR, message, share.part.place, expected=right)


def _wrong_amount(reading: Reading, share: Share, rest: Decimal) -> Finding:
    """The share is right for what the other parts leave of the total: it is the amount that is wrong."""
    unit = share.part.value / amount_of(share.part) if amount_of(share.part) else Decimal(1)
    expected = f"{round_half_up(rest * unit, max(share.part.decimals, 2))}{share.part.unit}"
    message = (
        f"{share.part.label or '该项'}应为{expected}：合计减去其他各项所余，占比{show_short(share.stated.value, 4)}%也与之相符，"
        f"文中为{show_short(share.part.value, 4)}{share.part.unit}"
    )
    return reading.finding("R1", ERROR, message, share.part.place, expected=expected)


def _judged(reading: Reading, share: Share, total: Quantity, *, sure: bool) -> Iterator[Finding]:
    """`sure`: the share cannot be of another whole; else it is asked about, not called wrong."""
    verdict, part, whole = share.judged(total), amount_of(share.part), amount_of(total)
    right = round_half_up(part / whole * HUNDRED, share.stated.decimals)
    if verdict == RIGHT or right > _LARGEST:
        return
    expected = rate_of(part, whole, share.stated.decimals)
    name, told = share.part.label or "该项", f"文中为{show_short(share.stated.value, 4)}%"
    place = share.stated.place
    sure |= abs(HUNDRED - right - share.stated.value) <= 2 * half_unit(
        share.stated.decimals
    )  # 1 − x told for x
    sure |= is_swap(right, share.stated.value) and share.stated.decimals > 0
    if verdict == LAST_DIGIT:
        message = f"{name}的占比算得{expected}，{told}，末位没有四舍五入"
        yield reading.finding("R1", HINT, message, place, expected=expected)
        return
    message = f"{name}的占比应为{expected}（{show_short(part, 4)}÷{show_short(whole, 4)}），{told}"
    amount = part_meant(share.stated, share.part, amount_of(total))
    if amount and not is_near_miss(right, share.stated.value, share.stated.decimals):
        places = (share.part.place, place)
        level = ERROR if sure else CHECK
        yield reading.finding("R1", level, f"{message}；若占比无误，金额应为{amount}", *places)
        return
    yield reading.finding(
        "R1", ERROR if sure else CHECK, message + _other_part(reading, share, total), place, expected=expected
    )


def _other_part(reading: Reading, share: Share, total: Quantity) -> str:
    """Where a wrong share comes from: `恰为“公务接待费”80的占比`, another amount over the same whole."""
    for money, (quantity, *_) in reading.by_amount.items():
        if total.money and money and compare(share.stated, money, total.money) == RIGHT and quantity.label:
            return f"；{show_short(share.stated.value, 4)}%恰为“{quantity.label}”{show_short(money, 4)}的占比"
    return ""
