"""R1w: rates that follow from two numbers, though not from the two that their words name."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from itertools import chain, islice
from typing import NamedTuple

from desktop.audit.finding import ERROR, Finding
from desktop.audit.guesses import LARGEST, Story, is_no_chance, is_operand, paragraphs, percent
from desktop.audit.lists.proved_lists import bears, proved_lists
from desktop.audit.read_as import read_as
from desktop.audit.text.budget_figures import ADJUSTED, INITIAL
from desktop.audit.text.measures import measure_of
from desktop.audit.text.near_misses import is_near_miss
from desktop.audit.text.reading import Reading, Stretch
from desktop.audit.text.roles import CHANGE, GROWTH, LEVEL, RATE, Entry, distinct, sum_of, the_only
from desktop.audit.text_audit import check
from desktop.domain.chinese_numerals import from_count
from desktop.domain.numbers import show_short

_SHARE = re.compile(
    r"^(?P<part>.*?)(?:约|仅|就)?(?:占|相当于|(?<=，)为(?=全年|总|本年|[^，。；]{0,4}(?:支出|收入)的))(?:到|了)?(?P<whole>[^占]{2,24}?)(?:的(?:比重|比例|百分比)?)?(?:分别)?(?:约|仅)?(?:为|是)?$"
)
"""`占项目支出的`, `教育支出占总支出比重为`, `年中追加额相当于年初预算的`."""
_BARE = re.compile(r"^(?:（?(?:前者|后者)?(?:所)?占比?(?:重|例)?(?:为|是)?|（)$")
"""`占`, `后者占`: a share whose whole is that of its list."""
_KIND_SHARE = re.compile(r"^(?P<part>[^占]{2,8}?)(?:类|采购)?占比(?:为|是)?$")
"""`工程类占比`: the part is named, and its amount stands before in the list."""
_ENDS_IN_SHARE = re.compile(r"所?占(?:比重?|份额|比例)?(?:为|是|了)?$")
_LARGEST = re.compile(
    r"(?:^|[，。；：])(?:其次是|其中)?(?P<name>[^，。；：\d]{2,16}?)(?:所占|占)?(?:比重|占比|份额|比例)?(?:最[大高多]|居首位?|次之|居第[一二三])?，为$"
)
"""`教育支出占比最高，为42.49%；其次是农林水支出，为23.47%`: the part is named in the clause before."""
_MOST_WHOLES = 6
_SEVERAL = re.compile(
    r"(?P<n>[两二三四五])(?:项|者|类)(?:支出|收入|资金)?(?:合计|共计|相加|之和|加起来|共)+占"
)
"""`两项合计占比`, `三者共占`."""
FIRST_BUDGET = re.compile(r"年初|批复|批准")
LATER_BUDGET = re.compile(r"调整|全年预算|追加后")
_PLANNED = re.compile(r"(?<!公共)(?<!基金)(?<!经营)预算")
"""`占基本支出预算`: a budget of the first stage or the later, and nobody says which."""
_OF_BUDGET = re.compile(
    r"(?:完成|占|达到?|为)了?(?P<whole>(?:全年|调整后?|年初|追加后)[^，。；]{0,6}预算)数?的?$"
    r"|(?P<rate>(?:全年|调整后?|追加后|年初)[^，。；]{0,4}预算)[^，。；]{0,6}执行率(?:为|是)?$"
)
"""`完成全年预算的`, `按全年预算计算执行率`: what was spent over the budget of that stage."""
_DEBT = re.compile(r"资产负债率")
_GIVEN = re.compile(r"目标|不低于|不超过|以上|要求|应|力争|≥|≤|标准|提取|满分")
"""`目标为占总支出的30%`: wanted, not reckoned."""
_REVISION = re.compile(r"(?:^|，|预算)(?:调整|追加|调剂)率|预算调整(?:幅度|比例)")
"""`预算调整率`: what was added over the first budget."""
ADDED = re.compile(r"追加|调增|增加")
_OVERALL = 2
"""Characters: a noun of more is one item's (`道路改造预算`), `支出` or none is the whole's."""
_LONGEST_CLAUSE = 40
_SEEN = 60
"""Numbers before and behind a rate among which its own are looked for: a paragraph may be a whole report."""
_MOST = 30
"""Amounts before a rate that it may have been reckoned of by mistake."""


class Meant(NamedTuple):
    """The two numbers that a rate is of by its words."""

    part: Entry
    whole: Entry
    said: str


@check("R1w", "比率用错了基数", last=True)
def bases(reading: Reading) -> Iterator[Finding]:
    """`项目支出100万元，占总支出的20%`, where 400 was spent in all and 500 is the income: the rate names its base and
    was reckoned on another number, or upside down.

    错误 only where the words name both numbers, each is told with one value, and another pair that has one of
    them makes just the rate told; or where the rate is one digit off and nothing else explains it. Silent where
    the named ones fit to the last digit.
    """
    story, lists = Story(reading), list(proved_lists(reading))
    for paragraph, earlier in paragraphs(reading):
        for at, entry in enumerate(paragraph):
            if entry.role not in (RATE, GROWTH) or entry.quantity.unit != "%" or not entry.quantity.decimals:
                continue
            if not entry.amount or entry.quantity.value > LARGEST or story.is_doubted(entry):
                continue
            if _GIVEN.search(reading.text.words_before(entry.start, "。；，：", 24)):
                continue
            begin = max(at - _SEEN, 0)
            several = _of_several(reading, paragraph[begin:at], entry)
            if several is not None:
                story.doubt((entry,))
                yield several
                continue
            near = paragraph[begin : at + _SEEN]
            meant = next(_meant(reading, near, at - begin, earlier, lists), None)
            explained = story.is_explained(entry)
            finding = judged(reading, entry, meant, [*earlier, *near], explained) if meant else None
            if finding is not None:
                story.doubt((entry,))
                yield finding


def _of_several(reading: Reading, before: Sequence[Entry], entry: Entry) -> Finding | None:
    """`甲占72.3%，乙占18.4%，两项合计占90.7%`: the shares before, as many as it says, added up."""
    match = _SEVERAL.search(entry.words)
    count = from_count(match["n"]) if match else 0
    shares = [e for e in before if e.role == RATE and "占" in e.words][-count:] if count else []
    if len(shares) < max(count, 2) or entry.quantity.sentence - shares[0].quantity.sentence > 2:
        return None
    exact = sum_of(shares)
    unit = Decimal(1).scaleb(-min(e.quantity.decimals for e in (entry, *shares)))
    if abs(exact - entry.amount) <= count * unit:
        if exact == entry.amount:
            reading.holds("R1w", entry.quantity, *(e.quantity for e in shares))
        return None
    shown = f"{show_short(exact, 4)}%"
    message = f"{'＋'.join(e.with_unit for e in shares)}＝{shown}，文中为{entry.with_unit}"
    places = (entry.place, *(e.place for e in shares))
    return reading.finding("R1w", ERROR, message, *places, expected=shown)


def _meant(
    reading: Reading,
    paragraph: Sequence[Entry],
    at: int,
    earlier: Sequence[Entry],
    lists: Sequence[tuple[Entry, list[Entry]]],
) -> Iterator[Meant]:
    entry = paragraph[at]
    before = [e for e in paragraph[:at] if is_operand(e)]
    if entry.role == GROWTH:
        return
    if _REVISION.search(entry.words):
        added, base = part_named(reading, before, "追加"), next(whole_of(reading, "年初预算", before), None)
        if added is not None and base is not None and added.kind == base.kind:
            yield Meant(added, base, "年初预算")
        return
    if _DEBT.search(entry.words):
        yield from _by_nouns(reading, before, r"负债", r"总资产|资产总|资产合计")
        return
    part = _right_before(paragraph, at)
    budget = _OF_BUDGET.search(entry.words)
    if budget is not None:
        spent = spent_of(reading, before, entry)
        for whole in whole_of(reading, budget["whole"] or budget["rate"], before):
            if spent is not None:
                yield Meant(spent, whole, "预算")
        return
    if _BARE.search(entry.words):
        yield from _of_its_list(paragraph, at, part, earlier)
        # `人员经费60万元（其中补贴5万元），占60%` is of the amount before the bracket.
        told = [e for e in before if e.quantity.sentence == entry.quantity.sentence and e is not part]
        here = part is not None and part.quantity.sentence == entry.quantity.sentence
        meant = _of_proved_list(lists if here else (), lambda e: e is part)
        yield from (m for m in meant if not any(_is(entry, e, m.whole) for e in told))
        return
    yield from _named_in_a_list(reading, paragraph, at)
    clause = reading.text.words_before(entry.start, "。；", _LONGEST_CLAUSE) if entry.words == "为" else ""
    largest = _LARGEST.search(clause)
    if largest is not None or _ENDS_IN_SHARE.search(entry.words):
        name = largest["name"] if largest else _ENDS_IN_SHARE.sub("", entry.words)
        yield from _of_proved_list(lists, lambda e: len(name) > _OVERALL and bears(reading, e, name))
    kind = _KIND_SHARE.search(entry.words)
    if kind is not None:
        yield from _of_its_kind(paragraph, at, measure_of(kind["part"]))
        return
    share = _SHARE.search(entry.words)
    if share is None:
        return
    named = part_named(reading, before, share["part"]) if share["part"] else part
    for whole in whole_of(reading, share["whole"], before) if named is not None else ():
        if named is not None and named.kind == whole.kind and named is not whole:
            yield Meant(named, whole, share["whole"])


def _right_before(paragraph: Sequence[Entry], at: int) -> Entry | None:
    """The amount right before a rate; before a bracket that stands between: `拨款900万元（其中基金200万元），占…`;
    of two named together the one that is meant: `A 60万元，B 40万元，前者占60%，后者占40%`."""
    outside = [e for e in paragraph[:at] if e.depth <= paragraph[at].depth]
    if "前者" in paragraph[at].words or (
        "后者" in paragraph[at].words and outside and "前者" in outside[-1].words
    ):
        outside = outside[:-1]
    part = outside[-1] if outside else None
    return part if part is not None and part.role == LEVEL and is_operand(part) else None


def _by_nouns(reading: Reading, before: Sequence[Entry], part: str, whole: str) -> Iterator[Meant]:
    """`资产总额100万元，负债总额40万元，资产负债率`: by the nouns of the rate's own name."""
    parts = distinct(e for e in before if re.search(part, e.words) and "净" not in e.words)
    wholes = distinct(e for e in before if re.search(whole, e.words) and "净" not in e.words)
    if len(parts) == len(wholes) == 1:
        yield Meant(parts[0], wholes[0], "资产")


def part_named(reading: Reading, before: Sequence[Entry], words: str) -> Entry | None:
    """`年中追加额相当于`: the one amount of the paragraph, else of the report, that bears the name."""
    if ADDED.search(words):
        return the_only(e for e in before if ADDED.search(e.words) and e.role == CHANGE)
    noun = measure_of(words)
    if not noun:
        return None
    here = [
        e for e in before if e.measure.startswith(noun) and e.role == LEVEL and not e.old and not e.is_budget
    ]
    return the_only(here or reading.levels_by_measure.get(noun, ()))


def whole_of(reading: Reading, words: str, before: Sequence[Entry]) -> Iterator[Entry]:
    """The one amount that bears the name of the whole, in the paragraph or else in the report."""
    stage = INITIAL if FIRST_BUDGET.search(words) else ADJUSTED if LATER_BUDGET.search(words) else ""
    if stage:
        budgets = (e for e in reading.entries if e.stage == stage and e.role == LEVEL and e.quantity.money)
        told = distinct(
            e for e in before if e.stage == stage and e.role == LEVEL and len(e.measure) <= _OVERALL
        )
        told = told or distinct(e for e in budgets if len(e.measure) <= _OVERALL and not e.old)
        # An item's `预算` is of the first stage as well: the unit's says 年初 or 批复.
        told = distinct(e for e in told if stage != INITIAL or FIRST_BUDGET.search(e.words)) or told
    elif _PLANNED.search(words):
        return
    else:
        noun = measure_of(words)
        told = reading.totals.get(noun, reading.levels_by_measure.get(noun, [])) if noun else []
        here = distinct(e for e in told if e in before)
        told = here if len(here) == 1 else distinct(told)
    if len(told) == 1:
        yield told[0]


def _of_its_list(
    paragraph: Sequence[Entry], at: int, part: Entry | None, earlier: Sequence[Entry]
) -> Iterator[Meant]:
    """`A 60万元，占60%；B 40万元，占38%`: of the whole that the share beside it is of, if the two parts make it up;
    or that two more shares are of."""
    if part is None:
        return
    votes: dict[Entry, list[Entry]] = {}
    for other_at in range(1, len(paragraph)):
        other = paragraph[other_at]
        if (
            other_at == at
            or other.role != RATE
            or not other.quantity.decimals
            or not _BARE.search(other.words)
        ):
            continue
        amount = _right_before(paragraph, other_at)
        if amount is None or amount.kind != part.kind:
            continue
        told_before = (*earlier, *paragraph[:other_at])
        for whole in distinct(e for e in told_before if is_operand(e) and e.role == LEVEL):
            if whole is not part and whole.kind == part.kind and _is(other, amount, whole):
                votes.setdefault(whole, []).append(amount)
    own = max((len(parts) for whole, parts in votes.items() if _is(paragraph[at], part, whole)), default=0)
    for whole, parts in votes.items():
        complete = sum(e.amount for e in parts) + part.amount == whole.amount
        if len(parts) > own and (complete or len(parts) > 2):
            yield Meant(part, whole, "合计")


def _of_proved_list(
    lists: Sequence[tuple[Entry, list[Entry]]], is_part: Callable[[Entry], bool]
) -> Iterator[Meant]:
    """`收入100万元，其中拨款60万元、其他40万元。其他收入占40%`: a share that names no whole is of the list's."""
    found = {(p.amount, whole.amount): (p, whole) for whole, parts in lists for p in parts if is_part(p)}
    if len(found) == 1:
        part, whole = next(iter(found.values()))
        yield Meant(part, whole, "合计")


def spent_of(reading: Reading, before: Sequence[Entry], rate: Entry) -> Entry | None:
    """The one amount of the paragraph that is no budget; of several the unit's spending, or what the rate is of."""
    told = distinct(
        e for e in before if e.role == LEVEL and e.quantity.money and not e.is_budget and not e.old
    )
    if len(told) > 1:
        read = read_as(reading)
        of = read[Stretch(rate.start, rate.end)].measure
        totals = reading.totals["支出"]
        told = [e for e in told if e in totals or (of and read[Stretch(e.start, e.end)].measure == of)]
    return the_only(told)


def _named_in_a_list(reading: Reading, paragraph: Sequence[Entry], at: int) -> Iterator[Meant]:
    """`城乡社区支出31.65%、公共服务支出23.48%、农林水支出18.83%`: each noun's amount is told elsewhere, and the others are
    of one whole."""
    part = _amount_of_noun(reading, paragraph[at])
    if part is None:
        return
    sentence = paragraph[at].quantity.sentence
    others = [
        e for n, e in enumerate(paragraph) if n != at and e.role == RATE and e.quantity.sentence == sentence
    ]
    pairs = [(e, amount) for e in others if (amount := _amount_of_noun(reading, e)) is not None]
    for whole in distinct(chain(*reading.totals.values()))[:_MOST_WHOLES]:
        if len(pairs) > 1 and sum(_is(e, amount, whole) for e, amount in pairs) > 1:
            yield Meant(part, whole, "合计")


def _amount_of_noun(reading: Reading, rate: Entry) -> Entry | None:
    """The one amount that bears the noun a rate stands behind, with 占 or without."""
    noun = measure_of(_ENDS_IN_SHARE.sub("", rate.words))
    if len(noun) <= 2 or rate.quantity.decimals <= 1:
        return None
    return the_only(e for e in reading.levels_by_measure.get(noun, ()) if e.quantity.money)


def _of_its_kind(paragraph: Sequence[Entry], at: int, noun: str) -> Iterator[Meant]:
    """`工程642万元、货物171万元…，合计918万元。工程类占比`."""
    before = [e for e in paragraph[:at] if is_operand(e) and e.role == LEVEL]
    parts = distinct(e for e in before if noun and e.measure == noun)
    amounts = {e.amount: e for e in before}
    for first in range(len(before) - 1):
        run = before[first:]
        whole = amounts.get(sum_of(run)) if parts[:1] and parts[0] in run else None
        if whole is not None and len(parts) == 1:
            yield Meant(parts[0], whole, "合计")


def judged(
    reading: Reading,
    entry: Entry,
    meant: Meant,
    told_before: Sequence[Entry],
    explained: bool,
    code: str = "R1w",
) -> Finding | None:
    scale = 10**entry.quantity.decimals
    told, right = int(entry.quantity.value * scale), _percent(meant.part, meant.whole, scale)
    slack = sum(right * e.slack_millionths // e.millionths for e in meant[:2] if e.millionths)
    likely = right < 100 * scale or bool(_REVISION.search(entry.words))
    if not right or abs(right - told) <= 1 + slack or not likely:
        return None
    said = _how(reading, entry, meant, told_before, told, scale)
    shown = f"{show_short(Decimal(right) / scale, 4)}%"
    if (
        said is None
        and not explained
        and is_near_miss(Decimal(right) / scale, entry.amount, entry.quantity.decimals)
    ):
        message = f"应为{shown}（{meant.part.with_unit}÷{meant.whole.with_unit}），文中{entry.with_unit}，只差一位数字"
        return reading.finding(code, ERROR, message, entry.place, expected=shown)
    if said is None:
        return None
    message = (
        f"应为{shown}（{meant.part.with_unit}÷{meant.whole.with_unit}），文中{entry.with_unit}是{said}得出的"
    )
    return reading.finding(code, ERROR, message, entry.place, expected=shown)


def _how(
    reading: Reading, entry: Entry, meant: Meant, told_before: Sequence[Entry], told: int, scale: int
) -> str | None:
    """How the wrong rate came about: on another base, of another part, upside down, or what is missing to 100 %."""
    part, whole = meant.part, meant.whole
    if abs(_percent(whole, part, scale) - told) <= 1:
        return "把分子分母颠倒"
    if abs(100 * scale - _percent(part, whole, scale) - told) <= 1:
        return "用100%减去它"
    near = [
        e for e in reversed(told_before) if e.start < entry.start and is_operand(e) and e.kind == part.kind
    ]
    general = chain(*reading.totals.values())
    budgets = (e for e in reading.entries if e.is_budget and e.role == LEVEL and len(e.measure) <= _OVERALL)
    told_of = distinct([*near[:_MOST], *islice(general, _MOST), *islice(budgets, _MOST)])
    others = [e for e in told_of if e.amount not in (part.amount, whole.amount)]
    for rank, other in enumerate(others, 1):
        for one, two in ((part, other), (other, whole)):
            if _percent(one, two, scale) == told and is_no_chance(told, told, 2 * rank, rounded=False):
                return (
                    None
                    if two is whole and _owns(reading, other, part)
                    else f"{one.with_unit}÷{two.with_unit}"
                )
    return None


def _owns(reading: Reading, owner: Entry, part: Entry) -> bool:
    """`基本支出241万元，其中人员206万元、公用35万元，占总支出的60%`: the share is that of what is parted."""
    between = reading.text.flat[owner.end : part.start]
    return owner.quantity.sentence == part.quantity.sentence and bool(re.search("其中|包括", between))


def _is(share: Entry, part: Entry, whole: Entry) -> bool:
    scale = 10**share.quantity.decimals
    return _percent(part, whole, scale) == int(share.quantity.value * scale)


def _percent(part: Entry, whole: Entry, scale: int) -> int:
    return percent(part.millionths, whole.millionths, scale)
