"""R2r: what is told as the rest of a whole: `其余48人`, `未完成2项`, `尚有28万元未支出`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import combinations, pairwise
from typing import NamedTuple

from desktop.audit.finding import ERROR, Finding
from desktop.audit.guesses import Story
from desktop.audit.relations.balances import in_unit
from desktop.audit.text.measures import measure_of
from desktop.audit.text.ratios import RIGHT, compare
from desktop.audit.text.reading import Reading
from desktop.audit.text.roles import LEVEL, RATE, Entry, distinct
from desktop.audit.text_audit import check
from desktop.domain.numbers import show_short

_DOINGS = (
    # Verbs of which one may stand with the part done and another with the part left.
    "完成|建成|完工|竣工|实施|改造|拆除|整治|达标|达到|达|实际|实",
    "办结|审结|执结|结案|结",
    "整改|解决|处置|销号|化解|消除",
    "合格|达标",
    "收回|回收",
    "支出|执行|支付|拨付|使用|花|列支|兑付|付|用|开支",
    "验收|通过",
    "到位",
)
_VERBS = "|".join(
    sorted({verb for doing in _DOINGS for verb in doing.split("|")} - {"实", "实际"}, key=len)[::-1]
)
_NOT = r"(?:未|没有|没|不(?=合|达))(?:能|曾|按期|按时|及时)?"
_LEFT_BEFORE = re.compile(
    # `未完成的`, `尚未结`, `没花完的`, `不合格`, `未使用完的指标`: right before the number.
    rf"{_NOT}(?P<verb>{_VERBS})(?:目标|预算|风险)?(?:完|了|毕)?(?:的|数|额|项目|指标|资金|部分|任务|问题|案件)*(?:有|为|共|共计|计|是)*$"
)
_LEFT_BEHIND = re.compile(rf"(?:的?(?:资金|指标|任务))?[尚还仍]?{_NOT}(?P<verb>{_VERBS})")
"""`尚有28万元未支出`, `3家未完成`."""
_LEFT = re.compile(r"(?:^|[尚还仍底末标金])(?:余|剩余?|剩下|余下)(?:的|下|资金|指标|额度|为|有|了)*$")
"""`年末尚余28万元`, `指标剩余363万元`; what is left of which doing the number before tells."""
_OTHER = re.compile(r"另|此外|累计|上年|历年|往年|以前|年初|相抵|超过|控制|不得|力争|其中|质保|尾款")
"""Not of this whole, or an aim."""
_LISTED = re.compile(r"其中|包括|包含|分别为|分别是")
_EACH = re.compile(r"均|每|单价|标准")
_WHOLE = re.compile(
    r"共|总|合计|目标|计划|任务|应|需|设|受理|立案|收到|发放|下发|发出|抽|采|检|查|发现|登记|申报|纳入|签订|检测"
)
"""What was to be done, or what there was of it."""
_PLAIN = re.compile(
    rf"(?:截至|目前|年底|年末|全年|已经?|累计|共|按期|按时|其中|实际|指标|任务|目标|审|办|执|{_VERBS})*(?:了|的|有|为)*"
)
"""`截至年底完成`: of what, the sentence before has said."""
_TAKEN = re.compile(r"收回|缴|核减|调减|统筹|结转")
_BASE = re.compile(r"预算|指标|安排|下达|可用|到位|资金|额度|经费")
_RATE = re.compile(
    r"执行率|完成率|支[付出]率|使用率|进度|比例|^占?(?:全年|调整后?|追加后|变动后|可用|的|为|完成)*(?:预算|指标)|为"
)
_REST = re.compile(r"(?:以?及|和|而)?(?:(?:其余|余下|剩下|剩余)的?[^，。；：\d]{0,8}|其[他它](?:人员)?)$")
"""`其余`, `余下的`, `其他21人`; `其他收入20万元` is a kind of its own."""
_OPENS = re.compile(r"其中|包括|包含|由|[中里][，：]|：")
"""Between a total and the first of its parts."""
_LEAD = re.compile(
    r"^(?:[（\d一二三四五六七八九十.、）]{1,5})?(?P<noun>[^，。；：\d]{2,16}?)(?:的(?:人员|职工|人))?(?:指标)?(?:[里中](?:面|的)?|(?:分解|构成|组成|具体)如下)"
)
"""`在职的人里，教师…`, `教育支出分解如下：`."""
_BY = re.compile(
    r"^(?:[（\d一二三四五六七八九十.、）]{1,5})?[从按][^，。；：\d]{2,10}(?:看|分|划分|分类|来说)[，：]"
)
"""`从资金来源看，`: parts of the total told last."""
_TOTAL = re.compile(r"合计|总|共|(?:全年|本年|当年|实际|决算)(?:支出|收入)|(?:支出|收入)决算")
_SCORE = re.compile(r"得|扣|计|折算")
_BLOCK = re.compile(r"^(?:指标)?(?:产出|效益|效果|过程|投入|决策|满意度|管理|履职)")
_MOST, _NEAR = 12, 10
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
        return self.whole.amount - sum((e.amount for e in self.parts), Decimal(0))

    @property
    def holds(self) -> bool:
        gap = abs(self.right - self.told.amount)
        return gap <= sum((e.slack for e in (self.whole, *self.parts, self.told)), Decimal(0))


@check("R2r", "剩余数与总数减去已列数不符", last=True)
def remainders(reading: Reading) -> Iterator[Finding]:
    """`受理120件，办结104件，未结26件`; `预算80万元，支出75万元，未支出15万元`; `在职60人，教师48人，其余22人为工勤`.

    Wrong where the words say that a number is the rest, and whole and parts are those that stand before it: by one
    verb (完成 and 未完成), by a rate that these two make, or by a list that the rest ends. Silent where other numbers
    beside it make it, where something was taken back or brought in, and where another rule asks about one of them.
    """
    story = Story(reading)
    for at, entry in enumerate(reading.entries):
        split = _undone(reading, at) or _unspent(reading, at) or _rest(reading, at)
        if split is None:
            continue
        numbers = (split.told, split.whole, *split.parts)
        if split.holds:
            reading.holds("R2r", *(e.quantity for e in numbers))
        elif entry.role == LEVEL and not any(story.is_doubted(e) for e in numbers):
            story.doubt(numbers)
            yield _finding(reading, split)


def _finding(reading: Reading, split: Split) -> Finding:
    money = split.told.quantity.money is not None
    unit = "万元" if money else split.told.quantity.unit
    less = "－".join(show_short(e.amount, 6) for e in (split.whole, *split.parts))
    message = (
        f"{less}＝{show_short(split.right, 6)}{unit}，文中{split.told.words.lstrip('，、')}{split.told.shown}"
    )
    expected = in_unit(split.right, split.told.quantity) if split.proved and money else ""
    places = (e.place for e in (split.told, split.whole, *split.parts))
    return reading.finding("R2r", ERROR, message, *places, expected=expected)


def _verb(reading: Reading, entry: Entry) -> str | None:
    """What was not done with it (`完成`); '' where it is only said to be left, None where it is not."""
    if entry.role != LEVEL or entry.old or (entry.is_budget and "未" not in entry.words):
        return None
    before = _LEFT_BEFORE.search(entry.words)
    behind = _LEFT_BEHIND.match(reading.text.flat, entry.end)
    if before or behind:
        return (before or behind)["verb"]  # type: ignore[index]
    return "" if _LEFT.search(entry.words) else None


def _does(verb: str, words: str) -> bool:
    """Whether the words tell of that being done: `办结` with `未结`."""
    found = [doing for doing in _DOINGS if verb in doing.split("|")] if verb else _DOINGS
    done = re.search(rf"(?<![未没不])(?:{'|'.join(found)})", words)
    return bool(done) and not re.search(r"未|没有|不(?=合|达)", words)


def _undone(reading: Reading, at: int) -> Split | None:
    """`目标14家，完成12家，3家未完成`, `抽检80份，合格74份，不合格6份`: things, counted in one unit."""
    told = reading.entries[at]
    verb = None if told.quantity.money is not None or not told.quantity.unit else _verb(reading, told)
    flat, sentence = reading.text.flat, told.quantity.sentence
    if verb is None or _OTHER.search(told.words.replace("其中", "")):
        return None
    near = [e for e in reading.entries[max(0, at - 2 * _MOST) : at] if _is_like(e, told)]
    here = [e for e in near if e.quantity.sentence == sentence]
    done = here[-1] if here and _does(verb, here[-1].words) else None
    if done is None:
        return None
    before = _unlisted(flat, [e for e in here[:-1] if not _EACH.search(e.words)])
    if not before and _PLAIN.fullmatch(done.words):
        earlier = [e for e in near if e.quantity.sentence == sentence - 1]
        before = _unlisted(flat, [e for e in earlier if not _EACH.search(e.words)])
    if not before or not _WHOLE.search(before[-1].words):
        return None
    if "；" in flat[before[-1].end : told.start] and not _PLAIN.fullmatch(done.words):
        return None
    splits = [Split(w, (done,), told) for w in reversed(before)]
    splits += [Split(before[n], (*before[n + 1 :], done), told) for n in range(len(before) - 1)]
    right = next((s for s in splits if s.holds), None)
    brought_in = any(
        a.amount + b.amount - done.amount == told.amount for a, b in combinations(before[-4:], 2)
    )
    if right is None and (brought_in or before[-1].amount < done.amount):
        return None
    return right or splits[0]


def _is_like(entry: Entry, told: Entry) -> bool:
    return (
        entry.role == LEVEL
        and entry.kind == told.kind
        and bool(entry.quantity.unit)
        and not entry.old
        and not entry.quantity.approximate
    )


def _unlisted(flat: str, entries: Sequence[Entry]) -> list[Entry]:
    """Without the parts of a list: `共60件，其中旧存5件、新收55件，办结48件` is of 60."""
    kept: list[Entry] = []
    listed = False
    for before, entry in pairwise([None, *entries]):
        between = flat[before.end : entry.start] if before else ""
        listed = bool(_LISTED.search(between)) or (listed and not re.search("[；。]", between))
        if not listed:
            kept.append(entry)
    return kept


def _unspent(reading: Reading, at: int) -> Split | None:
    """`预算80万元，支出75万元，未支出5万元`; or of the budget and the spending that a rate has proved before."""
    told = reading.entries[at]
    verb = None if told.quantity.money is None else _verb(reading, told)
    if verb is None or _OTHER.search(told.words) or not told.amount:
        return None
    pair = _beside(reading, at, verb) or _by_rate(reading, at)
    if pair is None:
        return None
    split = Split(pair[0], (pair[1],), told, proved=True)
    if split.holds:
        return split
    near = [e for e in reading.entries[max(0, at - _NEAR) : at + 3] if _is_like(e, told) and e is not told]
    if _is_made_otherwise(told, near) or _TAKEN.search(reading.text.flat[pair[1].end : told.start]):
        return None
    return split if split.right > 0 else None


def _beside(reading: Reading, at: int, verb: str) -> tuple[Entry, Entry] | None:
    """Budget and spending right before it, in one sentence with nothing but a rate between."""
    told = reading.entries[at]
    near = [e for e in reading.entries[max(0, at - 4) : at] if e.role != RATE][-2:]
    if len(near) < 2 or not all(_is_like(e, told) and e.depth == told.depth for e in near):
        return None
    budget, spent = near
    if any(e.quantity.sentence != told.quantity.sentence for e in near):
        return None
    if "；" in reading.text.flat[budget.end : told.start] or _LISTED.search(
        reading.text.flat[budget.end : told.start]
    ):
        return None
    fits = _is_budget(budget) and _does(verb, spent.words) and not _is_budget(spent)
    return (budget, spent) if fits and budget.amount >= spent.amount else None


def _is_budget(entry: Entry) -> bool:
    return entry.is_budget or bool(_BASE.search(entry.words) and not _does("", entry.words))


def _by_rate(reading: Reading, at: int) -> tuple[Entry, Entry] | None:
    """`全年预算80万元。…支出75万元，执行率93.75%，尚有5万元未执行`: the two that make the nearest rate before it."""
    told = reading.entries[at]
    if not _is_of_the_whole(reading, told):
        return None
    for place in range(at - 1, max(-1, at - 1 - _MOST), -1):
        rate = reading.entries[place]
        if told.start - rate.end > _FAR:
            return None
        if rate.role != RATE or not rate.quantity.decimals or not _RATE.search(rate.words):
            continue
        near = [e for e in reading.entries[max(0, place - 2 * _MOST) : place][::-1] if _is_like(e, told)]
        spent = [e for e in near[:6] if _does("支出", e.words) and not _is_budget(e)]
        for part in spent[:2]:
            for whole in near:
                budget = _is_budget(whole) and whole.amount >= part.amount and whole is not part
                if budget and compare(rate.quantity, part.amount, whole.amount) == RIGHT:
                    return whole, part
        return None
    return None


def _is_of_the_whole(reading: Reading, told: Entry) -> bool:
    """Nothing but when stands before it in its sentence, or the rate and the spending it is the rest of."""
    flat = reading.text.flat
    sentence = reading.text.sentences[told.quantity.sentence]
    lead = flat[sentence.start : told.start]
    return "其中" not in lead and "；" not in lead.rpartition("率")[2]


def _is_made_otherwise(told: Entry, near: Sequence[Entry]) -> bool:
    """Whether two or three of the amounts beside it make it: `上年结转20万元，下达80万元，支出75万元，结余25万元`."""
    exact = told.amount
    if any(abs(abs(a.amount - b.amount) - exact) <= told.slack for a, b in combinations(near, 2)):
        return True
    return any(
        abs(abs(one) - exact) <= told.slack
        for a, b, c in combinations(near, 3)
        for one in (
            a.amount + b.amount - c.amount,
            a.amount - b.amount + c.amount,
            a.amount - b.amount - c.amount,
        )
    )


def _rest(reading: Reading, at: int) -> Split | None:
    """`在职60人，其中教师48人，其余12人为工勤`: what a list leaves of its total."""
    told = reading.entries[at]
    if (
        told.role != LEVEL
        or not _REST.match(told.words)
        or not told.quantity.unit
        or told.quantity.approximate
    ):
        return None
    parts = _row(reading, at)
    if not parts:
        return None
    wholes = list(_wholes(reading, at, parts))
    splits = [Split(whole, tuple(row), told) for whole, row in wholes if whole.amount > told.amount]
    right = next((s for s in splits if s.holds), None)
    if right is not None or not splits or splits[0].right <= 0:
        return right
    named = splits[0]
    others = [e for e in reading.entries[max(0, at - 2 * _MOST) : at] if _is_like(e, told)]
    tails = [parts[n:] for n in range(len(parts))]
    if any(Split(w, tuple(row), told).holds for w in others for row in tails if w not in row):
        return None
    return named


def _row(reading: Reading, at: int) -> list[Entry]:
    """The numbers of its kind before it in its sentence, or where it begins that, in the sentence before."""
    told, flat = reading.entries[at], reading.text.flat
    points = told.quantity.unit == "分"
    near = [
        e
        for e in reading.entries[max(0, at - 2 * _MOST) : at]
        if _is_like(e, told)
        and e.depth == told.depth
        and not _EACH.search(e.words)
        and not (points and _SCORE.search(e.words))
    ]
    for back in (0, 1):
        row = [e for e in near if e.quantity.sentence == told.quantity.sentence - back]
        if points and row:
            row = [e for e in row if "；" not in flat[e.end : told.start]]
        if row:
            same = reading.text.sentences[told.quantity.sentence - back].paragraph
            here = reading.text.sentences[told.quantity.sentence].paragraph
            return row if same == here and not any(e.is_budget for e in row) else []
    return []


def _wholes(reading: Reading, at: int, row: Sequence[Entry]) -> Iterator[tuple[Entry, Sequence[Entry]]]:
    """Whole and parts, as the words say: the total that opens the list, the one that it begins with, the last total."""
    flat, told = reading.text.flat, reading.entries[at]
    for number in range(len(row) - 2, -1, -1):
        if _OPENS.search(flat[row[number].end : row[number + 1].start]):
            yield row[number], row[number + 1 :]
            return
    points = told.quantity.unit == "分"
    if points and len(row) > 1 and _BLOCK.search(row[0].words):
        yield row[0], row[1:]
        return
    start = reading.text.sentences[row[0].quantity.sentence].start
    start = max(start, flat.rfind("；", start, row[0].start) + 1) if points else start
    lead = flat[start : row[0].start]
    before = [
        e for e in reading.entries[max(0, at - 4 * _MOST) : at] if e.start < start and _is_like(e, told)
    ]
    before = [e for e in before if not (points and _SCORE.search(e.words)) and not e.is_budget]
    named = _LEAD.match(lead)
    if named:
        noun = named["noun"]
        told_so = [e for e in before if noun in e.words] or reading.levels_by_measure.get(
            measure_of(noun), []
        )
        alike = distinct(e for e in told_so if _is_like(e, told) and e.start < start)
        yield from ((e, row) for e in alike if len(alike) == 1)
    elif _BY.match(lead):
        least = sum((e.amount for e in row), Decimal(0))
        totals = [e for e in before if _TOTAL.search(e.words) and e.amount > least]
        yield from ((e, row) for e in totals[-1:])
