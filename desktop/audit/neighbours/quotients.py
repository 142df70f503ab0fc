"""R1n: rates, growth rates and averages against the amounts beside them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import lru_cache
from itertools import islice

from desktop.audit.finding import CHECK, ERROR, Finding
from desktop.audit.guesses import (
    LARGEST,
    MOVED,
    MOVED_ON,
    RATIO,
    Guess,
    Story,
    after,
    before,
    is_no_chance,
    is_operand,
    near_miss,
    paragraphs,
    percent,
)
from desktop.audit.read_as import read_as
from desktop.audit.text.budget_figures import FINAL
from desktop.audit.text.measures import measure_of
from desktop.audit.text.near_misses import is_swap
from desktop.audit.text.reading import Reading, Stretch
from desktop.audit.text.roles import CHANGE, GROWTH, LEVEL, RATE, Entry, distinct
from desktop.audit.text_audit import check
from desktop.domain.numbers import show_short

_RATE = re.compile(r"占|率|完成|为.{0,12}的$|达到|相当于|比重|比例|进度")
"""`占总支出`, `执行率`, `为全年预算的`: words of a quotient."""
_AIM = re.compile(
    r"目标|指标值|标准|不低于|不少于|不超过|以上|力争|要求|应达|≥|≤|高于|低于|优于|满分|提取|按照?$|年均"
)
"""`目标值95%`, `按20%提取`: given, not reckoned."""
_BEHIND_AIM = re.compile(r"^(?:以上|以下|以内|的目标|及以上|（含）|目标)")
_WHOLE = re.compile(r"(?:占|完成|为|相当于|达到?)(?P<whole>[^占，]{2,20}?)(?:的(?:比重|比例)?)?(?:分别)?为?$")
"""`占可用资金的`: what the amount is held against."""
_BARE = ("占", "（", "（占", "占比", "占比为", "占比重", "比重为", "所占比重为", "占比例")
"""A share without the name of its whole."""
_DEVIATION = re.compile(r"差异率|偏离|偏差|变动率|调整率|调整幅度|超支率|节约率|结余率|结转率")
"""`预决算差异率`: of the difference, not of the amount."""
_OF = re.compile(r"^(?P<part>.{2,16}?)(?:一项)?(?:约|仅|就)?占")
"""`上述教育支出占财政拨款支出的`: the part is named before 占."""
_NAMING = 3
"""Characters of a noun that names one amount."""
_OVERALL = re.compile(r"^(?:整体|总体|综合|全年|部门|预算|支出|资金)*(?:执行率|完成率|支出率|支出进度)")
"""`预算执行率`, of the whole unit."""
_OF_SEVERAL = re.compile(r"综合|平均|合计|[两三四五六七八]项")
"""`三项综合执行率`: of the sums of the items, not of the last."""
_WHOLE_UNIT = ("", "支出合计", "支出总计")
"""What a bare 执行率 is of by the head of its paragraph and the words before it: not 基本支出."""
_OF_AIM = re.compile(r"(?:完成|达到?)(?:了|年初|年度|全年)?(?:目标|计划|任务|预期)|完成率|得分率")
"""`完成目标的96%`: a rate made of two rates."""
_LARGEST_RATE = 300
"""Percent: more is no rate of a plan, but the two numbers the wrong way round."""
_BUDGET = re.compile(r"预算|计划|目标|任务|年初")
_PLANNED = re.compile(r"^(?:计划|目标|任务|应|指标)")
"""`取得证书1,264人，目标1,200人，达成105.33%`: the nearer is the whole."""
_STEM = re.compile(r"(?P<stem>[一-龥]{2})(?:率|度)(?:为|达|是|达到)?$")
"""`办结150件，办结率`, `满意304户，群众满意度`: the rate is called after its part."""
_STEM_WHOLES, _ASIDE = 3, 2
_NOT = re.compile(r"[未不非]")
"""`未完成1项，完成率91.67%`."""
_LIST = 2
"""Shares of one whole in a paragraph that make it the whole of the others."""
_MOST_NAMED = 3
_MOST_WHOLES = 30


@check("R1n", "比率与邻近数字不符", last=True)
def quotients(reading: Reading) -> Iterator[Finding]:
    """A percentage that no other rule explains, and that one slip of a digit parts from the quotient of two numbers
    beside it.

    错误 where its words say what it is of (占, 执行率, 增长) and the nearest two make it; else 核实. Silent where any
    two of them make it, and where so short a number would be hit by chance.
    """
    story = Story(reading)
    for paragraph, earlier in paragraphs(reading):
        wholes = _wholes(paragraph, earlier)
        for at, entry in story.unexplained(paragraph):
            if entry.role not in (RATE, GROWTH) or entry.quantity.unit != "%" or not entry.amount:
                continue
            if entry.quantity.value > LARGEST or _is_given(reading, entry):
                continue
            scale = 10**entry.quantity.decimals
            ahead = before(paragraph, at, earlier)
            called = _of_its_stem(entry, ahead, scale)
            if called is not None:
                story.doubt((entry, *called.operands))
                yield _finding(reading, entry, called, scale)
                continue
            if entry.quantity.value % 100 == 0:
                continue
            behind = after(paragraph, at)[:2]
            guesses = list(
                _guesses(reading, entry, ahead, behind, wholes, paragraph[max(at - 2, 0) : at], scale)
            )
            told = int(entry.quantity.value * scale)
            listed = _of_its_list(entry, ahead, wholes, scale)
            if listed is not None and abs(listed.value - told) > 1 and listed.value <= 100 * scale:
                story.doubt((entry, *listed.operands[:1]))
                yield _finding(reading, entry, listed._replace(slip=False), scale)
                continue
            fitting = next(((n, g) for n, g in enumerate(guesses, 1) if _fits(g, told)), None)
            if fitting is not None:
                rank, exact = fitting
                if exact.value == told and is_no_chance(told, told, rank, rounded=False):
                    reading.holds("R1n", entry.quantity, others=(e.quantity for e in exact.operands))
                continue
            guess = near_miss(told, guesses, entry.quantity.decimals, scale, rounded=False)
            measured = at > 0 and paragraph[at - 1].quantity.sentence == entry.quantity.sentence
            measured = (
                measured and paragraph[at - 1].quantity.unit == "%" and _is_given(reading, paragraph[at - 1])
            )
            if guess is None or measured or _OF_SEVERAL.search(entry.words):
                continue
            story.doubt((entry, *guess.operands))
            yield _finding(reading, entry, guess, scale)


def _fits(guess: Guess, told: int) -> bool:
    """To the last digit, and as far as the rounding of its operands goes: `1.3亿元÷1.32亿元`."""
    off = sum(guess.value * e.slack_millionths // e.millionths for e in guess.operands if e.millionths)
    return abs(guess.value - told) <= 1 + off


def _is_given(reading: Reading, entry: Entry) -> bool:
    words = _OF_AIM.sub("", reading.text.words_before(entry.start, "。；，：", 24))
    return bool(_AIM.search(words) or _BEHIND_AIM.match(reading.text.flat[entry.end : entry.end + 4]))


def _finding(reading: Reading, entry: Entry, guess: Guess, scale: int) -> Finding:
    right = f"{show_short(Decimal(guess.value) / scale, 4)}%"
    message = f"{entry.quantity.label or '比率'}{entry.with_unit}，而{guess.said}＝{right}{'，只差一位数字' if guess.slip else ''}"
    places = (entry.place, *(e.place for e in guess.operands))
    swapped = guess.slip and is_swap(entry.amount, Decimal(guess.value) / scale) and guess.value > 100
    level = ERROR if guess.worded or swapped else CHECK
    return reading.finding("R1n", level, message, *places, expected=right if guess.worded else "")


def _wholes(paragraph: Sequence[Entry], earlier: Sequence[Entry]) -> list[Entry]:
    """The amounts that most shares of a paragraph come out right for: the whole of its list."""
    rates = [(at, e) for at, e in enumerate(paragraph) if e.role == RATE and e.quantity.decimals]
    if len(rates) < _LIST:
        return []
    votes = Counter[int]()
    by_start: dict[int, Entry] = {}
    levels = _levels(paragraph, earlier)
    for at, entry in rates:
        ahead = before(paragraph, at, earlier)
        if not ahead:
            continue
        scale = 10**entry.quantity.decimals
        told = int(entry.quantity.value * scale)
        for whole in levels:
            if whole is not ahead[0] and percent(ahead[0].millionths, whole.millionths, scale) == told:
                votes[whole.start] += 1
                by_start[whole.start] = whole
    return [by_start[start] for start, count in votes.most_common(3) if count >= _LIST]


def _of_its_list(entry: Entry, ahead: Sequence[Entry], wholes: Sequence[Entry], scale: int) -> Guess | None:
    """`A 60万元，占60%；B 30万元，占30%；C 10万元，占12%`: the third is of the whole that the others are of."""
    if not wholes or entry.words not in _BARE or not ahead or ahead[0].role != LEVEL:
        return None
    part, whole = ahead[0], wholes[0]
    if part.kind != whole.kind or part is whole or entry.quantity.label_start - part.end > 2:
        return None
    return next(_ratio(part, whole, scale, True), None)


def _of_its_stem(entry: Entry, ahead: Sequence[Entry], scale: int) -> Guess | None:
    """`来访153件，办结150件，办结率100%`: a rate called after the number right before it, of the one before that. None
    where one of the numbers before makes it, or a plan is told too (`计划150件`)."""
    match = _STEM.search(entry.words)
    part = ahead[0] if ahead else None
    if match is None or part is None or part.role != LEVEL or part.quantity.money is not None:
        return None
    beside = entry.quantity.label_start - part.end <= _ASIDE
    if not beside or match["stem"] not in part.words or _NOT.search(part.words):
        return None
    sentence = entry.quantity.sentence
    wholes = [e for e in ahead[1:] if e.kind == part.kind and e.quantity.sentence == sentence and not e.old]
    wholes = wholes[:_STEM_WHOLES]
    told = int(entry.quantity.value * scale)
    guesses = [g for whole in wholes if whole.amount >= part.amount for g in _ratio(part, whole, scale, True)]
    if part.quantity.sentence != sentence or not guesses or any(_fits(g, told) for g in guesses):
        return None
    near = wholes[0].amount >= part.amount and len({e.amount for e in wholes}) == 1
    return guesses[0]._replace(worded=near, slip=False)


def _levels(paragraph: Sequence[Entry], earlier: Sequence[Entry]) -> list[Entry]:
    levels = (e for e in (*earlier, *paragraph) if e.role == LEVEL and e.quantity.money and is_operand(e))
    return list(islice(levels, _MOST_WHOLES))


def _guesses(
    reading: Reading,
    entry: Entry,
    ahead: Sequence[Entry],
    behind: Sequence[Entry],
    wholes: Sequence[Entry],
    rows: Sequence[Entry],
    scale: int,
) -> Iterator[Guess]:
    if entry.role == GROWTH:
        yield from _growths(entry, ahead, behind, scale)
        return
    levels = [e for e in ahead if e.role == LEVEL]
    if _DEVIATION.search(entry.words):
        for one, other in zip(levels[:1] * 3, levels[1:4], strict=False):
            base, new = (one, other) if one.is_budget or one.old else (other, one)
            if base.kind == new.kind:
                yield from _moved(new, base, scale, True)
        return
    yield from _right_before(entry, rows, scale)
    yield from _by_name(reading, entry, levels, scale)
    if not levels:
        return
    if entry.words == "的":
        for part in levels[1:4]:
            if part.kind == levels[0].kind:
                yield from _ratio(part, levels[0], scale, True)
        return
    part = levels[0]
    worded = bool(_RATE.search(entry.words))
    named = _named(reading, entry, part)
    for whole in (*named, *wholes):
        if whole is not part and whole.kind == part.kind:
            yield from _ratio(part, whole, scale, worded)
    worded = worded and not named
    for number, one in enumerate(levels[:5]):
        for other in levels[number + 1 : 8]:
            if one.kind == other.kind and not (one.is_budget and other.is_budget):
                planned = (one.is_budget and not other.is_budget) or _PLANNED.search(one.words)
                yield from _ratio(*((other, one) if planned else (one, other)), scale, worded and number == 0)
    for other in behind:
        if other.role == LEVEL and other.kind == part.kind:
            yield from _ratio(part, other, scale, False)
    moved = [e for e in ahead if e.role == CHANGE]
    for one in moved[:2]:
        for other in levels[:4]:
            if one.kind == other.kind:
                yield from _ratio(one, other, scale, False)
    for other in levels[1:4]:
        if other.kind == part.kind:
            yield from _moved(part, other, scale, False)


def _by_name(reading: Reading, entry: Entry, levels: Sequence[Entry], scale: int) -> Iterator[Guess]:
    """`教育支出占财政拨款支出的`, the amount told before; `年初安排1215万元，实际完成107.2%`, what was done told
    elsewhere under the noun of the budget; an 执行率 of the whole, its two figures pages before."""
    match = _OF.search(entry.words)
    noun = measure_of(match["part"]) if match else ""
    if len(noun) >= _NAMING:
        parts = distinct(e for e in reading.levels_by_measure.get(noun, []) if e.quantity.unit)
        for part in parts[:_MOST_NAMED]:
            for whole in (*_named(reading, entry, part), *levels[:6]):
                if whole.kind == part.kind and whole.amount > part.amount:
                    yield from _ratio(part, whole, scale, True)
    if levels and levels[0].is_budget and levels[0].measure and "完成" in entry.words:
        for part in distinct(reading.levels_by_measure.get(levels[0].measure, []))[:_MOST_NAMED]:
            if part.kind == levels[0].kind:
                yield from _ratio(part, levels[0], scale, True)
    read = read_as(reading)[Stretch(entry.start, entry.end)].measure if _OVERALL.search(entry.words) else ""
    if _OVERALL.search(entry.words) and read in _WHOLE_UNIT:
        spent, budgets = _overall(reading)
        for budget in budgets:
            for part in spent:
                yield from _ratio(part, budget, scale, True)


@lru_cache(maxsize=2)
def _overall(reading: Reading) -> tuple[list[Entry], list[Entry]]:
    """What the whole unit spent, and its budgets: amounts without a noun of their own, or 支出 alone. Kept for the reading: each rate
    of the whole asks for them."""
    whole = [
        e
        for e in reading.entries
        if e.role == LEVEL and e.quantity.money and e.measure in ("", "支出") and not e.old
    ]
    budgets = [e for e in whole if e.is_budget]
    return distinct(e for e in whole if e.stage == FINAL)[:_MOST_NAMED], distinct(budgets)[:_MOST_NAMED]


def _right_before(entry: Entry, two: Sequence[Entry], scale: int) -> Iterator[Guess]:
    """`应种42,500剂次，实种41,863剂次，接种率98.5%`; `目标60%，实际57.6%，完成目标的96%`; `860，842，97.9%` of a row:
    the two numbers right before a rate, of one unit and one sentence. Without a word of a rate (`发放300份，收回285份，
    满意度95.6%`) they are a guess like others."""
    if len(two) < 2 or entry.words == "的":
        return
    one, other = two
    alike = one.quantity.unit == other.quantity.unit and one.quantity.sentence == entry.quantity.sentence
    close = entry.quantity.label_start - other.end <= 2 and other.quantity.label_start - one.end <= 12
    if not (alike and close) or {one.role, other.role} & {GROWTH, CHANGE}:
        return
    if one.role == RATE and not _OF_AIM.search(entry.words):
        return
    first, second = sorted((one, other), key=lambda e: e.is_budget, reverse=True)
    says = not entry.words or bool(_RATE.search(entry.words))
    for part, whole in ((second, first), (first, second)):
        for guess in _ratio(part, whole, scale, says):
            if guess.value <= _LARGEST_RATE * scale:
                yield guess._replace(adjacent=says)


def _named(reading: Reading, entry: Entry, part: Entry) -> list[Entry]:
    """The amounts that bear the name of the whole: `占可用资金的`."""
    match = _WHOLE.search(entry.words)
    noun = measure_of(match["whole"]) if match and not _BUDGET.search(match["whole"]) else ""
    named = reading.levels_by_measure.get(noun, []) if noun else []
    by_amount = {e.amount: e for e in named if e.quantity.unit and e.amount >= part.amount}
    return sorted(by_amount.values(), key=lambda e: abs(e.start - entry.start))[:_MOST_NAMED]


def _ratio(part: Entry, whole: Entry, scale: int, worded: bool) -> Iterator[Guess]:
    if part.amount and whole.amount:
        yield Guess(percent(part.millionths, whole.millionths, scale), (part, whole), RATIO, worded)


def _moved(new: Entry, old: Entry, scale: int, worded: bool) -> Iterator[Guess]:
    if old.amount:
        value = percent(abs(new.millionths - old.millionths), old.millionths, scale)
        yield Guess(value, (new, old), MOVED, worded)


def _growths(entry: Entry, ahead: Sequence[Entry], behind: Sequence[Entry], scale: int) -> Iterator[Guess]:
    """Its own change over what is compared with; two figures; the change over the figure less the change."""
    moved = [e for e in (*ahead, *behind) if e.role == CHANGE][:2]
    levels = [e for e in ahead if e.role == LEVEL]
    olds = [e for e in levels if e.old or e.compared]
    behind_olds = [e for e in behind if e.role == LEVEL and e.old]
    for change in moved[:1]:
        for old in (*olds[:2], *behind_olds):
            if old.kind == change.kind:
                yield from _ratio(change, old, scale, True)
    news = [e for e in levels if not e.old]
    for old in (*olds[:2], *behind_olds):
        for new in news[:3]:
            if new.kind == old.kind:
                yield from _moved(new, old, scale, True)
    for change in moved:
        for new in levels[:4]:
            if new.kind == change.kind:
                yield from _from_new(change, new, entry.way, scale)
                yield from _ratio(change, new, scale, False)
    for number, new in enumerate(levels[:4]):
        for old in levels[number + 1 : 5]:
            if new.kind == old.kind:
                yield from _moved(new, old, scale, False)
                yield from _moved(old, new, scale, False)


def _from_new(change: Entry, new: Entry, way: int, scale: int) -> Iterator[Guess]:
    old = new.millionths - (way or 1) * change.millionths
    if old > 0:
        value = percent(change.millionths, old, scale)
        yield Guess(value, (change, new), MOVED_ON, True)
