"""R2u: what is not done or not spent: `未完成2项`, `尚有28万元未支出`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import combinations, islice, pairwise
from typing import NamedTuple

from desktop.audit.finding import ERROR, Finding
from desktop.audit.guesses import LARGEST, Story
from desktop.audit.relations.balances import in_unit
from desktop.audit.text.mentions import PERCENT, unit_of
from desktop.audit.text.ratios import RIGHT, compare
from desktop.audit.text.reading import Reading
from desktop.audit.text.roles import LEVEL, RATE, Entry, sum_of
from desktop.audit.text_audit import check
from desktop.domain.numbers import show_short

_DOINGS = (
    # Verbs of which one may stand with the part done and another with the part left.
    "完成|建成|完工|竣工|实施|改造|拆除|整治|达标|达到|达|实际|实",
    "办结|审结|执结|结案|结",
    "整改|解决|处置|销号|化解|消除",
    "合格|达标",
    "满意",
    "收回|回收",
    "支出|执行|支付|拨付|使用|花|列支|兑付|付|用|开支|实际",
    "验收|通过",
    "到位",
)
_VERBS = "|".join(
    sorted({verb for doing in _DOINGS for verb in doing.split("|")} - {"实", "实际"}, key=len)[::-1]
)
_NOT = r"(?:未|没有?|不(?=合格|达标|满意))(?:能|曾|按期|按时|及时)?"
_LEFT_BEFORE = re.compile(
    # `未完成的`, `尚未结`, `没花完的`, `不合格`, `未使用完的指标`: right before the number.
    rf"{_NOT}(?P<verb>{_VERBS}|[一-龥]{{2}})(?:目标|预算|风险)?(?:完|了|毕)?(?:的|数|额|项目|指标|资金|部分|任务|问题|案件)*(?:有|为|共|共计|计|是)*$"
)
_LEFT_BEHIND = re.compile(rf"(?:的?(?:资金|指标|任务))?[尚还仍]?{_NOT}(?P<verb>{_VERBS}|[一-龥]{{2}})")
"""`尚有28万元未支出`, `3家未完成`."""
_LEFT = re.compile(r"(?:^|[尚还仍底末标金])(?:其余|余|剩余?|剩下|余下)(?:的|下|资金|指标|额度|为|有|了)*$")
"""`年末尚余28万元`, `指标剩余363万元`; the number before says of what is done."""
_BARE = re.compile(
    rf"(?:年末|年底|尚|仍|还|指标)*(?:{_LEFT_BEFORE.pattern[:-1]}|[尚还仍有余剩下的]*|资金剩余|结余指标)"
)
"""`年末尚有`: of what, the sentence has said before."""
_OTHER = re.compile(r"另|此外|累计|上年|历年|往年|以前|年初|相抵|超过|控制|不得|力争")
"""Not of this whole, or an aim."""
_TAKING = "弥补|扣除|支付|提取|分配|上缴|缴纳|划转|核销"
_LATE = re.compile(r"按期|按时|及时|截至|目前|现")
"""`有2处未按期完工`, `截至目前尚有2处`: not as it was at the end of the year."""
_ONGOING = re.compile(r"(?:正|尚)?在(?P<verb>办|审|建|整改)(?:理|的|中)*$")
_ENDS = {"办": "办结", "审": "审结", "建": "建成"}
"""`在办5件`: not yet 办结."""
_AFTER = re.compile(rf"(?P<verb>{_TAKING})?后[尚还]?(?:剩余?|余|结余)$")
"""`弥补后剩余`, `扣除基金6万元后余`."""
_LISTED = re.compile(r"其中|包括|包含|分别为|分别是")
_ABOUT = re.compile(r"(?<![节签预])约为?$|近$|折合|超过|不足|将近")
EACH = re.compile(r"均|每|单价|标准(?!化)")
_WHOLE = re.compile(
    r"(?<!公)共|总|合计|目标|计划|任务|应|需|设|受理|立案|收到|发放|下发|发出|抽|采|检|查|发现|登记|申报|纳入|签订|投诉|问题|隐患"
)
"""What was to be done, or what there was of it."""
_AIMED = re.compile(r"目标|计划|任务|应|(?<!公)共|需")
_PLAIN = re.compile(
    rf"(?:截至|目前|年底|年末|全年|已经?|累计|共|按期|按时|其中|实际|指标|任务|目标|审|办|执|{_VERBS})*+(?:了|的|有|为)*+"
)
"""`截至年底完成`: of what, the sentence before has said."""
_TAKEN = re.compile(r"收回|缴|核减|调减|统筹|结转")
_BASE = re.compile(r"应[付拨发交收支]|预算|指标|安排|下达|可用|到位|额度|调整后|追加后|变动后|合计|共计|总计")
_RATE = re.compile(r"执行|完成率|支[付出]|使用率|进度|预算|指标")
_FILLER = re.compile(
    r"[\d.（）]|其中|审[批核]?|(?:全年|本年|年度)|计划|目标|任务|应|完成|实际|实施|的|数|[一二三四五]是"
)
_TOPIC, _ALIKE = 4, 0.8
"""Characters of a name at the least, and how many of them the other telling must have: `计划整治背街小巷20条` and
`背街小巷整治尚有3条未完成`."""
_MOST, _NEAR, _LEAD, _MOST_AIMS = 12, 10, 40, 100
_FAR = 600
"""Characters: between the rate that proves budget and spending and what is left."""


class Split(NamedTuple):
    """A whole, the parts of it that are told, and what is told to be left."""

    whole: Entry
    parts: tuple[Entry, ...]
    told: Entry
    proved: bool = False
    """Whether a rate has shown that the part is one of this whole: then only what is left can be wrong."""

    @property
    def right(self) -> Decimal:
        return self.whole.amount - sum_of(self.parts)

    @property
    def holds(self) -> bool:
        gap = abs(self.right - self.told.amount)
        return gap <= sum((e.slack for e in (self.whole, *self.parts, self.told)), Decimal(0))

    @property
    def rounds(self) -> bool:
        """`759.30－741.05`, told as 18万元."""
        told = self.told.quantity
        unit = self.told.amount / told.value if told.value else Decimal(1)
        return told.money is not None and abs(self.right - self.told.amount) <= told.tolerance * unit


@check("R2u", "未完成数、未支出数与总数减去已完成数不符", last=True)
def remainders(reading: Reading) -> Iterator[Finding]:
    """`受理120件，办结104件，未结26件`; `全年预算80万元，支出75万元，执行率93.75%，尚有15万元未支出`.

    Wrong where the words say what is left, and whole and part are sure: by one verb (完成 and 未完成) of the number
    before it, by the rate that the two make, or by one name told with target and result elsewhere. Silent where other
    numbers beside it make it, where something was taken back or brought in, and where another rule asks about one.
    """
    story, aims = Story(reading), list(islice(_aims(reading), _MOST_AIMS))
    for at, entry in enumerate(reading.entries):
        verb = _verb(reading, entry)
        if verb is not None and not _OTHER.search(entry.words):
            if entry.quantity.money is not None:
                split = _unspent(reading, at, verb)
            else:
                split = _undone(reading, at, verb) or _told_elsewhere(reading, at, verb, aims)
            yield from judged(reading, story, "R2u", split)


def judged(reading: Reading, story: Story, code: str, split: Split | None) -> Iterator[Finding]:
    """Notes a split that holds; one that does not is wrong, unless another finding names one of its numbers."""
    if split is None or not split.whole.amount:
        return
    numbers = (split.told, split.whole, *split.parts)
    if split.holds:
        reading.holds(code, *(e.quantity for e in numbers))
    elif not split.rounds and not any(story.is_doubted(e) for e in numbers):
        story.doubt(numbers)
        money = split.told.quantity.money is not None
        unit = unit_of(split.told.quantity)
        less = "－".join(show_short(e.amount, 6) for e in numbers[1:])
        name = split.told.words.lstrip("，、")
        message = f"{less}＝{show_short(split.right, 6)}{unit}，文中{name}{split.told.with_unit}"
        expected = in_unit(split.right, split.told.quantity) if split.proved and money else ""
        yield reading.finding(code, ERROR, message, *(e.place for e in numbers), expected=expected)


def is_like(entry: Entry, told: Entry) -> bool:
    """Whether one can be the whole or a part of the other: levels of one kind, of this year."""
    same = entry.role == LEVEL and entry.kind == told.kind
    # `年初设定指标12项` is no figure of last year's.
    own = not entry.old or (entry.quantity.money is None and "年初" in entry.words)
    return same and own and is_exact(entry)


def is_exact(entry: Entry) -> bool:
    """An amount or a count as it is, no rate and no estimate."""
    quantity = entry.quantity
    counted = quantity.unit not in ("", PERCENT, "‰", "个百分点") and entry.amount < LARGEST
    return counted and not quantity.approximate and not _ABOUT.search(entry.words)


def _verb(reading: Reading, entry: Entry) -> str | None:
    """What was not done with it (`完成`); '' where it is only said to be left, None where it is not."""
    if entry.role != LEVEL or entry.old or entry.quantity.unit == "分" or not is_exact(entry):
        return None
    found = _LEFT_BEFORE.search(entry.words) or _LEFT_BEHIND.match(reading.text.flat, entry.end)
    if found:
        return found["verb"]
    if ongoing := _ONGOING.search(entry.words):
        return _ENDS.get(ongoing["verb"], ongoing["verb"])
    return "" if _LEFT.search(entry.words) or _AFTER.search(entry.words) else None


def _does(verb: str, words: str) -> bool:
    """Whether the words tell of that being done: `办结` with `未结`."""
    found = [doing for doing in _DOINGS if verb in doing.split("|")] if verb else _DOINGS
    return bool(re.search("|".join(found or [verb]), words)) and not re.search(rf"未|没有|{_NOT}", words)


def _undone(reading: Reading, at: int, verb: str) -> Split | None:
    """`目标14家，完成12家，3家未完成`, `抽检80份，合格74份，不合格6份`: things, counted in one unit."""
    told, flat = reading.entries[at], reading.text.flat
    sentence = told.quantity.sentence
    near = [
        e
        for e in reading.entries[max(0, at - 2 * _MOST) : at]
        if is_like(e, told) and not EACH.search(e.words)
    ]
    here = [e for e in near if e.quantity.sentence == sentence]
    if not here and told.quantity.label_start == reading.text.sentences[sentence].start:
        sentence -= 1  # `…完成率92%。未完成的2座因…`
        here = [e for e in near if e.quantity.sentence == sentence]
    done = [here.pop()] if here and _is_done(reading, here[-1], verb) else []
    plain = bool(done) and bool(_PLAIN.fullmatch(done[0].words))
    while done and len(here) > 1 and _is_done(reading, here[-1], verb) and not _AIMED.search(here[-1].words):
        done.insert(0, here.pop())  # `满意150份、基本满意30份、不满意10份`
    before = _unlisted(flat, here)
    if not before and plain:
        before = _unlisted(flat, [e for e in near if e.quantity.sentence == sentence - 1])
    if not done or not before or ("；" in flat[before[-1].end : told.start] and not plain):
        return None
    name = reading.text.words_before(before[-1].start, "，。；：、", _LEAD)
    if not _WHOLE.search(name) and (_does(verb, name) or not _does("", name)):
        return None
    splits = [Split(w, tuple(done), told) for w in reversed(before)]
    splits += [Split(before[n], (*before[n + 1 :], *done), told) for n in range(len(before) - 1)]
    splits += [Split(w, (done[-1],), told) for w in before]
    right = next((s for s in splits if s.holds), None)
    # `任务100人，完成98人，其中新增10人，未完成2人`: of the two before.
    earlier = any(a.amount - b.amount == told.amount for a, b in combinations(before, 2))
    return right or (None if earlier or _is_unsure(reading, at, splits[0], near) else splits[0])


def _is_unsure(reading: Reading, at: int, split: Split, near: Sequence[Entry]) -> bool:
    """Whether more was to be done than is told as the whole, or more is left than this, or it may be done by now."""
    told, done = split.told.amount, split.parts[-1].amount
    listed = any(e.amount - done == told for e in near)
    brought_in = any(a.amount + b.amount - done == told for a, b in combinations(near[-5:-1], 2))
    behind = [e for e in reading.entries[at + 1 : at + 3] if is_like(e, split.told)]
    more = any(split.right - told == e.amount for e in behind)
    flat = reading.text.flat
    beside = re.search("另|此外|上年", flat[split.whole.end : split.parts[0].start])
    beside = beside or re.search("另|此外|含|旧存|上年|其中", flat[split.parts[-1].end : split.told.start])
    late = _is_late(reading, split.told)
    return listed or brought_in or more or split.right < 0 or bool(beside) or late


def _is_done(reading: Reading, entry: Entry, verb: str) -> bool:
    """`完成12家`, or `12家已完成`."""
    behind = re.split("[，。；、]", reading.text.flat[entry.end : entry.end + 8])[0]
    return _does(verb, entry.words) or (behind.startswith("已") and _does(verb, behind))


def _is_late(reading: Reading, told: Entry) -> bool:
    clause = reading.text.words_before(told.start, "，。；：", _LEAD)
    return bool(_LATE.search(clause + reading.text.flat[told.end : told.end + 8]))


def _unlisted(flat: str, entries: Sequence[Entry]) -> list[Entry]:
    """Without the parts of a list: `共60件，其中旧存5件、新收55件，办结48件` is of 60."""
    kept: list[Entry] = list(entries[:1])
    listed = False
    for before, entry in pairwise(entries):
        between = flat[before.end : entry.start]
        listed = bool(_LISTED.search(between)) or (listed and not re.search("[；。]", between))
        if not listed:
            kept.append(entry)
    return kept


def _aims(reading: Reading) -> Iterator[tuple[str, Entry, Entry]]:
    """What was to be done, with its name, and what was done: `计划整治背街小巷20条，完成15条`."""
    for whole, done in pairwise(reading.entries):
        beside = whole.quantity.sentence == done.quantity.sentence and whole.quantity.money is None
        counted = beside and is_like(whole, done) and is_like(done, whole) and whole.amount > done.amount
        aimed = counted and _AIMED.search(whole.words) and _PLAIN.fullmatch(done.words)
        if aimed and _does("完成", done.words):
            name = _FILLER.sub("", reading.text.words_before(whole.start, "，。；：、（）", _LEAD))
            if len(name) >= _TOPIC:
                yield name, whole, done


def _told_elsewhere(
    reading: Reading, at: int, verb: str, aims: Sequence[tuple[str, Entry, Entry]]
) -> Split | None:
    """`背街小巷整治尚有3条未完成` among the problems, `计划整治背街小巷20条，完成15条` among the results."""
    told = reading.entries[at]
    clause = reading.text.words_before(told.start, "。；：", _LEAD)
    if verb not in _DOINGS[0].split("|") or re.search(r"\d", clause):
        return None
    found = [
        Split(whole, (done,), told)
        for name, whole, done in aims
        if is_like(whole, told) and sum(sign in clause for sign in name) >= _ALIKE * len(name)
    ]
    if len({split.right for split in found}) != 1 or (not found[0].holds and _is_late(reading, told)):
        return None
    return found[0]


def _unspent(reading: Reading, at: int, verb: str) -> Split | None:
    """`预算80万元，支出75万元，未支出5万元`; or of the budget and the spending that a rate has proved before."""
    told = reading.entries[at]
    by_rate = _by_rate(reading, at)
    pair = _taken_from(reading, at) or _beside(reading, at, verb) or by_rate
    if pair is None:
        return None
    split = Split(pair[0], (pair[1],), told, proved=pair == by_rate)
    if split.holds:
        return split
    near = [e for e in reading.entries[max(0, at - _NEAR) : at + 3] if is_like(e, told) and e is not told]
    if _is_made_otherwise(told, near) or _TAKEN.search(reading.text.flat[pair[1].end : told.start]):
        return None
    return split if split.right > 0 else None


def _taken_from(reading: Reading, at: int) -> tuple[Entry, Entry] | None:
    """`亏损6万元，用结余弥补。年初结余20万元，弥补后剩余14万元`; `结余20万元，扣除6万元后余14万元`."""
    told, flat = reading.entries[at], reading.text.flat
    after, near = _AFTER.search(told.words), reading.entries[max(0, at - 2) : at]
    if after is None or len(near) < 2 or not all(is_exact(e) and e.kind == told.kind for e in near):
        return None
    whole, taken = near if not after["verb"] else near[::-1]
    before = flat[near[0].end : near[1].start]
    said = after["verb"] in before if after["verb"] else re.search(_TAKING, before)
    return (whole, taken) if said and whole.amount > taken.amount else None


def _beside(reading: Reading, at: int, verb: str) -> tuple[Entry, Entry] | None:
    """Budget and spending right before it, in one sentence with nothing but a rate between."""
    told, flat = reading.entries[at], reading.text.flat
    near = [e for e in reading.entries[max(0, at - 4) : at] if e.role != RATE][-2:]
    if len(near) < 2 or not all(is_like(e, told) and e.depth == told.depth for e in near):
        return None
    budget, spent = near
    if budget.quantity.sentence != told.quantity.sentence or re.search(
        "；|其中", flat[budget.end : told.start]
    ):
        return None
    fits = _is_budget(budget) and not _is_budget(spent) and _does(verb, spent.words)
    return (budget, spent) if fits and budget.amount >= spent.amount else None


def _is_budget(entry: Entry) -> bool:
    base = _BASE.search(entry.words)
    return entry.is_budget or bool(base and (base.group()[0] == "应" or not _does("支出", entry.words)))


def _by_rate(reading: Reading, at: int) -> tuple[Entry, Entry] | None:
    """`全年预算80万元。…支出75万元，执行率93.75%，尚有5万元未执行`: the two that make the last rate before it."""
    told = reading.entries[at]
    for place in range(at - 1, max(-1, at - 1 - _MOST), -1):
        rate = reading.entries[place]
        if told.start - rate.end > _FAR:
            break
        if rate.role != RATE or not rate.quantity.decimals or not _RATE.search(rate.words):
            continue
        near = [e for e in reading.entries[max(0, place - 2 * _MOST) : place][::-1] if is_like(e, told)]
        spent = [e for e in near[:6] if _does("支出", e.words) and not _is_budget(e)]
        pairs = [
            (whole, part)
            for part in spent[:4]
            for whole in near
            if _is_budget(whole)
            and whole.amount >= part.amount
            and compare(rate.quantity, part.amount, whole.amount) == RIGHT
        ]
        sure = len({whole.amount - part.amount for whole, part in pairs}) == 1
        return pairs[0] if sure and _is_of_the_same(reading, place, at, pairs[0][1]) else None
    return None


def _is_of_the_same(reading: Reading, place: int, at: int, part: Entry) -> bool:
    """Nothing else is spoken of between a rate and what is left: each clause has a number, and no more than
    the parts of what was spent is told."""
    rate, told = reading.entries[place], reading.entries[at]
    between = [e for e in reading.entries[place + 1 : at] if is_like(e, told)]
    if any(_is_budget(e) for e in between) or sum_of(between) > part.amount:
        return False
    start = reading.text.sentences[told.quantity.sentence].start
    lead = reading.text.flat[max(start, rate.end) : told.start]
    *clauses, own = re.split("[，；：]", lead)
    return (
        "其中" not in lead
        and bool(_BARE.fullmatch(own))
        and all(re.search(r"\d", clause) for clause in clauses if clause)
    )


def _is_made_otherwise(told: Entry, near: Sequence[Entry]) -> bool:
    """Whether two or three of the amounts beside it make it: `上年结转20万元，下达80万元，支出75万元，结余25万元`."""
    pairs = (a.amount - b.amount for a, b in combinations(near, 2))
    threes = (sum_of(three) - 2 * less.amount for three in combinations(near, 3) for less in three)
    return any(abs(abs(made) - told.amount) <= told.slack for made in (*pairs, *threes))
