"""R2r: the rest that ends a list: `其余48人`, `余下20万元`, `其他21人`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from desktop.audit.finding import Finding
from desktop.audit.guesses import Story
from desktop.audit.sum_rules.remains_undone import EACH, Split, is_exact, is_like, judged
from desktop.audit.text.measures import measure_of
from desktop.audit.text.ratios import RIGHT, compare
from desktop.audit.text.reading import Reading
from desktop.audit.text.roles import LEVEL, RATE, Entry, distinct, sum_of
from desktop.audit.text_audit import check

_REST = re.compile(r"(?:以?及|和|而)?(?:(?:其余|余下|剩下|剩余)的?[^，。；：\d]{0,8}|其[他它](?:人员)?)$")
"""`其余`, `余下的`, `其他21人`; `其他收入20万元` is a kind of its own."""
_OPENS = re.compile(r"其中|包括|包含|由|[中里][，：]|：")
"""Between a total and the first of its parts."""
_TAKEN = re.compile(r"提取|扣除|上缴")
"""`结余80万元，按20%提取基金16万元，其余64万元转入…`."""
_MARK = r"^(?:[（\d一二三四五六七八九十.、）]{1,5})?"
_LEAD = re.compile(
    rf"{_MARK}(?P<noun>[^，。；：\d]{{2,16}}?)(?:的(?=人))?(?:人员|职工|人|指标)?(?:[里中](?:面|的)?|(?:分解|构成|组成|具体)如下)"
)
"""`在职的人里，教师…`, `教育支出分解如下：`."""
_BY = re.compile(rf"{_MARK}(?:[从按][^，。；：\d]{{2,10}}(?:看|分|划分|分类|来说)[，：]|其中：?)")
"""`从资金来源看，`: parts of the total told last."""
_TOTAL = re.compile(r"合计|总|(?<!公)共|(?:全年|本年|当年|实际|决算)(?:支出|收入)|(?:支出|收入)决算")
_BARE = re.compile(r"，?(?:占比?|占比例)(?:为|达|约)?")
_SCORE = re.compile(r"得|扣|计|折算")
_BLOCK = re.compile(r"^(?:指标)?(?:产出|效益|效果|过程|投入|决策|满意度|管理|履职)")
_MOST = 24
"""Numbers before a rest among which its list stands."""


@check("R2r", "其余数与总数减去已列各项不符", last=True)
def rests(reading: Reading) -> Iterator[Finding]:
    """`在职60人，其中教师48人，其余22人为工勤`; `产出50分，改厕占10分，得8分，其余50分得满分`.

    Wrong where the list names its total: before it (`其中`, `合计`), at its beginning (`在职人员中，`), as that told last
    (`从资金来源看，`), or by the share of a part. Silent where a shorter list and a number beside it make the rest, and
    where another rule asks about one of them.
    """
    story = Story(reading)
    for at, told in enumerate(reading.entries):
        if told.role == LEVEL and told.amount and is_exact(told) and _REST.match(told.words):
            yield from judged(reading, story, "R2r", _rest(reading, at))


def _rest(reading: Reading, at: int) -> Split | None:
    told = reading.entries[at]
    row = _row(reading, at)
    splits = [Split(whole, tuple(parts), told) for whole, parts in _wholes(reading, at, row)] if row else []
    right = next((s for s in splits if s.holds), None)
    if right is not None or not splits or splits[0].right <= 0:
        return right
    others = [e for e in reading.entries[max(0, at - _MOST) : at] if is_like(e, told)]
    tails = [row[n:] for n in range(len(row))]
    if any(Split(e, tuple(tail), told).holds for e in others for tail in tails if e not in tail):
        return None
    # `其中本级60万元，含专项20万元，其余40万元`: one of them is part of another.
    whole, parts = splits[0].whole, splits[0].parts
    fewer = any(Split(whole, (*parts[:n], *parts[n + 1 :]), told).holds for n in range(len(parts)))
    return None if fewer else splits[0]


def _row(reading: Reading, at: int) -> list[Entry]:
    """The numbers of its kind before it in its sentence, or where it begins that, in the sentence before."""
    told, flat = reading.entries[at], reading.text.flat
    points = told.quantity.unit == "分"
    near = [
        e
        for e in reading.entries[max(0, at - _MOST) : at]
        if is_like(e, told)
        and e.depth == told.depth
        and not EACH.search(e.words)
        and not (points and _SCORE.search(e.words))
    ]
    here = reading.text.sentences[told.quantity.sentence].paragraph
    for back in (0, 1):
        row = [e for e in near if e.quantity.sentence == told.quantity.sentence - back]
        if points:
            row = [e for e in row if "；" not in flat[e.end : told.start]]
        if row:
            same = reading.text.sentences[row[0].quantity.sentence].paragraph == here
            return row if same and not any(e.is_budget for e in row) else []
    return []


def _wholes(reading: Reading, at: int, row: Sequence[Entry]) -> Iterator[tuple[Entry, Sequence[Entry]]]:
    """Whole and parts, as the words say, the surest first."""
    flat, told = reading.text.flat, reading.entries[at]
    for number in range(len(row) - 2, -1, -1):
        opened = _OPENS.search(flat[row[number].end : row[number + 1].start])
        if opened or _TAKEN.search(row[number + 1].words):
            yield row[number], row[number + 1 :]
            return
    points = told.quantity.unit == "分"
    parts = row[1:]
    blocks = points and any(_BLOCK.search(e.words) for e in parts)
    if parts and (_BLOCK if points else _TOTAL).search(row[0].words) and not blocks:
        yield row[0], parts
        return
    yield from _by_share(reading, at, row)
    start = reading.text.sentences[row[0].quantity.sentence].start
    start = max(start, flat.rfind("；", start, row[0].start) + 1) if points else start
    lead = flat[start : row[0].start]
    before = [e for e in reading.entries[max(0, at - 2 * _MOST) : at] if e.start < start and is_like(e, told)]
    before = [e for e in before if not (points and _SCORE.search(e.words)) and not e.is_budget]
    named = _LEAD.match(lead)
    if _BY.match(lead):
        least = sum_of(row)
        totals = [e for e in before if _TOTAL.search(e.words) and e.amount > least]
        yield from ((e, row) for e in totals[:-5:-1])
    elif named:
        noun = named["noun"]
        told_so = [e for e in before if noun in e.words]
        told_so = told_so or reading.levels_by_measure.get(measure_of(noun), [])
        alike = distinct(e for e in told_so if is_like(e, told) and e.start < start)
        yield from ((e, row) for e in alike if len(alike) == 1)


def _by_share(reading: Reading, at: int, row: Sequence[Entry]) -> Iterator[tuple[Entry, Sequence[Entry]]]:
    """`支出80万元。…基本支出60万元，占75.00%，其余20万元为项目支出`: the number of which a part is the share told."""
    told = reading.entries[at]
    near = reading.entries[max(0, at - 2 * _MOST) : at]
    for part, rate in pairwise(near):
        if part not in row or rate.role != RATE or "占" not in rate.words or not rate.quantity.decimals:
            continue
        for whole in reversed(near):
            larger = is_like(whole, told) and whole.amount > part.amount and whole.start < part.start
            if larger and compare(rate.quantity, part.amount, whole.amount) == RIGHT:
                parts = [e for e in row if e.start > whole.start]
                # `占全年支出的30%`: the rest may be one of another whole.
                if _BARE.fullmatch(rate.words) or Split(whole, tuple(parts), told).holds:
                    yield whole, parts
                return
