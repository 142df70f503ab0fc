"""R36: the points of the parts against what the text says they make, and the total told in several places."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import pairwise, takewhile

from desktop.audit.finding import CHECK, ERROR, HINT, Finding
from desktop.audit.text.heading_numbers import CHINESE, Passage, passages
from desktop.audit.text.reading import Reading
from desktop.audit.text.score_points import (
    BARE,
    LISTED,
    SCORE,
    SUBTOTAL,
    TOTAL,
    Block,
    Item,
    Point,
    blocks,
    items,
    named_weights,
    points,
    sum_of,
    weight_of,
)
from desktop.audit.text_audit import check
from desktop.domain.numbers import decimals_of, half_unit, show_short

_OF_ALL = re.compile(r"以上|上述|前述|各部分|[一二两三四五六七八九十\d][项类部大个方]")
"""`以上四部分总计`: the total of what stands in the paragraphs before."""
_OF_ITS_PARTS = re.compile(r"指标|部分|本项|一级|该项")
"""`效益指标得28分` behind the points of its parts: their sum, although no word says so."""
_PARTS_FOLLOW = re.compile(r"^[^。；]{0,6}[。，；]?(?:其中|包括|分别|：|（其中|具体|由)")
"""`自评得分95分。其中…`, `得23分：社会效益8分…`: the points behind are parts of the points before."""
_OF_A_PROJECT = re.compile(r"项目|专项|工程|资金")
_OF_THE_UNIT = re.compile(r"整体|部门|单位|综合")
"""A project's own 自评得分 is not that of the unit."""
_FARTHEST = Decimal("0.25")
"""Of the total: a sum farther off is of other parts than were meant."""
_BESIDE = 16
"""Characters between the last of the parts and their total."""
_FULL = Decimal(100)
_LEAST = 3
"""Weights that make a whole."""
_WEIGHTS_BEHIND = re.compile(r"合计|共计|总计|相加|之和|项满分")
_MOST = 40
"""More points in a row are no list that one total stands for."""


@dataclass(frozen=True, slots=True)
class Entry:
    """Points that count once: of an item, or a subtotal. `weight` is 0 where none is told."""

    point: Point
    value: Decimal
    weight: Decimal = Decimal(0)
    reckoned: Decimal | None = None
    """What a subtotal should have been, where it is told wrong: the total above may be reckoned from it."""


@dataclass(slots=True)
class Walk:
    """What has been read so far. `entries` are those of the chapter, the parts of a subtotal replaced by it."""

    entries: list[Entry] = field(default_factory=list)
    barrier: int = 0
    """Where the list of paragraphs began that a total behind them stands for: its （1）."""
    open: list[Point] = field(default_factory=list)
    """Totals of the unit whose parts stand nowhere near."""
    wholes: list[list[Entry]] = field(default_factory=list)
    """Parts whose weights make 100."""


@check("R36", "得分之和与总分不符")
def scores(reading: Reading) -> Iterator[Finding]:
    """Wrong: `预算执行9分，产出48分，效益30分，综合得分88分`; also over numbered paragraphs and against the total of
    another paragraph, where the weights of the parts make 100; a block whose score is not that of the parts its
    weight is made of; weights that do not make the 满分 told for them.

    Silent where any run of the points just before makes the total, and where the gap is so large that
    other parts must be meant. A sum that no word announces is only asked about.
    """
    walk, weights = Walk(), dict[str, Decimal]()
    for passage in passages(reading):
        mark = passage.mark
        if mark is not None and mark.kind == CHINESE and mark.heading:
            _close(walk)
        if mark is not None and mark.number == 1:
            walk.barrier = len(walk.entries)
        found = points(passage.text, passage.start)
        weights |= named_weights(found)
        if found:
            yield from _paragraph(reading, walk, passage, found, weights)
    _close(walk)
    yield from _told_elsewhere(reading, walk)


def _paragraph(
    reading: Reading, walk: Walk, passage: Passage, found: list[Point], weights: dict[str, Decimal]
) -> Iterator[Finding]:
    """The points of one paragraph in their order; parts that were told behind their sum count no second time."""
    flat, first = reading.text.flat, len(walk.entries)
    of_score = {i.scores[0].start: i for i in items(found, flat) if i.scores}
    unscored = [i for i in items(found, flat) if i.weight and i.deductions and not i.scores]
    left = {i.deductions[-1].start: i for i in unscored} if len(unscored) > 1 else {}
    told, inner = blocks(found, flat), 0
    for at, point in enumerate(found):
        block = next((b for b in told if b.start <= point.start < b.end), None)
        if block is not None:
            if point is block.told[-1]:
                yield from _of_block(reading, walk, block)
            continue
        yield from _weights(reading, walk, found, at)
        item = of_score.get(point.start)
        if item and _inside(item, walk.entries[first:]) and all(p.kind != SUBTOTAL for p in found):
            inner = min(
                e for e in (flat.find("；", point.end), flat.find("。", point.end), passage.end) if e >= 0
            )
        if item and point.start < inner:
            continue  # `产出40分，得37.7分，其中公里数8分，得7.4分`: counted already
        before = walk.entries[first:] or ([] if passage.mark else walk.entries[walk.barrier :])
        if point.kind in (SUBTOTAL, TOTAL) or (item and _implied_sum(before, item)):
            yield from _summed(reading, walk, first, point, found[at + 1 :])
        elif item is not None and _said_again(flat, item, walk.entries):
            continue
        elif item is not None and item.scores[0].value is not None:
            weight = weight_of(item, passage.text, passage.start, weights)
            walk.entries.append(Entry(point, item.scores[0].value, weight or Decimal(0)))
        elif point.start in left:  # `产出50分，扣2.5分；效益30分，扣1.8分。合计得分95.7分`
            whole = left[point.start].weight
            taken = sum((d.value or Decimal(0) for d in left[point.start].deductions), Decimal(0))
            if whole and whole.value:
                walk.entries.append(Entry(point, whole.value - taken, whole.value))
        elif item is not None and item.weight and item.weight.value is not None:
            walk.entries.append(Entry(point, item.weight.value, item.weight.value))
    own = walk.entries[first:]
    if len(own) > 1 and own[0].weight and _PARTS_FOLLOW.match(flat[own[0].point.end : own[1].point.start]):
        walk.entries[first + 1 :] = []
    elif len(own) > 2 and sum((e.value for e in own[1:]), Decimal(0)) == own[0].value:
        walk.entries[first + 1 :] = []  # `2.过程得24.17分。预算执行10分，得9.30分；…`: its parts make it


def _said_again(flat: str, item: Item, before: list[Entry]) -> bool:
    """`得9.25分（四舍五入到两位小数，即9.25分）`: how the points before came about."""
    score = item.scores[0]
    alone = item.weight is None and not item.deductions and bool(before)
    return alone and before[-1].value == score.value and flat.startswith("）", score.end)


def _inside(item: Item, before: list[Entry]) -> bool:
    weight = item.weight
    larger = bool(before and weight and weight.value and before[-1].weight > weight.value)
    return larger and weight is not None and weight.words.startswith("其中")


def _weights(reading: Reading, walk: Walk, found: list[Point], at: int) -> Iterator[Finding]:
    """`四个部分满分合计100分` behind its parts; `总分100分，执行10分、产出50分、效益45分。`, told before any score."""
    whole = found[at]
    if whole.kind != LISTED or not whole.value:
        return
    flat = reading.text.flat
    if _WEIGHTS_BEHIND.search(whole.words):
        parts = [e.point._replace(value=e.weight) for e in walk.entries]
    else:
        run = list(takewhile(lambda p: p.kind == BARE, found[at + 1 :]))
        beside = [
            p
            for a, p in pairwise([whole, *run])
            if re.fullmatch(r"[，、：。]", flat[a.end : p.clause] or "，")
        ]
        stops = bool(run) and flat[run[-1].end : run[-1].end + 1] == "。"
        parts = run if len(beside) == len(run) and stops else []
    made = sum_of(parts)
    if (
        len(parts) < _LEAST
        or not all(p.value for p in parts)
        or abs(made - whole.value) > whole.value * _FARTHEST * 2
    ):
        return
    if made == whole.value:
        reading.holds("R36", whole, *parts)
        return
    added = "＋".join(show_short(p.value, 3) for p in parts)
    message = f"各项分值{added}＝{show_short(made, 3)}分，写的是{show_short(whole.value, 3)}分"
    places = [whole.place, *(p.place for p in parts)]
    yield reading.finding("R36", ERROR, message, *places)


def _of_block(reading: Reading, walk: Walk, block: Block) -> Iterator[Finding]:
    """`产出40分，其中数量25分得24分、质量15分得15分，得38分`: each score told for the block is that of its parts."""
    made = sum(block.values, Decimal(0))
    parts = [Entry(p, v) for p, v in zip(block.scores, block.values, strict=True)]
    wrong = [p for p in block.told if not _fits(made, p.value or Decimal(0), parts)]
    if not wrong:
        reading.holds("R36", *block.told, *block.scores)
    for point in wrong[:1]:
        yield from _wrong_sum(reading, point._replace(kind=SUBTOTAL), parts, whole=True)
    last, taken = block.told[-1], block.deduction
    if taken and taken.value is not None and not wrong and block.weight - taken.value != last.value:
        right = block.weight - (last.value or Decimal(0))
        got = f"{show_short(block.weight)}分得{show_short(last.value)}分"
        message = f"{got}，应扣{show_short(right)}分，写的是扣{show_short(taken.value)}分"
        yield reading.finding(
            "R36", ERROR, message, taken.place, last.place, expected=f"{show_short(right)}分"
        )
    walk.entries.append(Entry(last, last.value or Decimal(0), block.weight, made if wrong else None))


def _implied_sum(before: list[Entry], item: Item) -> bool:
    """`经济效益5分得5分，社会效益15分得14分，…，效益指标得29分`: larger than each of them, and with no weight."""
    score = item.scores[0]
    alone = score.kind == SCORE and not item.weight and not item.deductions
    return (
        alone
        and len(before) > 1
        and all((score.value or 0) > entry.value for entry in before)
        and bool(_OF_ITS_PARTS.search(score.words))
    )


def _summed(reading: Reading, walk: Walk, first: int, total: Point, behind: list[Point]) -> Iterator[Finding]:
    """A total against the entries before it: any run that ends here may be meant; else against those behind."""
    value, entries = total.value or Decimal(0), walk.entries
    length = _fitting_run(entries, value)
    claimed: list[Entry] = []
    if not length:
        near = entries[first:]
        local = len(near) > 1 and not _OF_ALL.search(total.words)
        # The parts of a subtotal are the list above it; those of the total all that the chapter has.
        claimed = near if local else entries[0 if total.kind == TOTAL else walk.barrier :]
        if len(claimed) < 2:
            yield from _announced(reading, walk, total, behind)
            return
        length = len(claimed)
    gone = entries[len(entries) - length :]
    if not claimed and length in (len(entries), len(entries) - first, len(entries) - walk.barrier):
        _note(reading, total, gone)
    entries[len(entries) - length :] = []
    right = _sum(gone) if claimed else None
    weight = sum((e.weight for e in gone), Decimal(0)) if all(e.weight for e in gone) else Decimal(0)
    across = len(entries) < first
    walk.barrier = len(entries) + 1 if across else min(walk.barrier, len(entries))
    entries.append(Entry(total, value, weight, right))
    if claimed:
        yield from _wrong_sum(reading, total, claimed, beside=not across and total.kind != SCORE)


def _note(reading: Reading, total: Point, parts: list[Entry]) -> None:
    """A total that all parts of its list make is proved with them; that some run of them makes it may be chance."""
    if _fits(_sum(parts), total.value or Decimal(0), parts):
        reading.holds("R36", total, *(entry.point for entry in parts))


def _announced(reading: Reading, walk: Walk, total: Point, behind: list[Point]) -> Iterator[Finding]:
    """`自评得分95分。其中预算执行满分20分，得19分；…`: the parts follow in the same paragraph."""
    flat = reading.text.flat
    told = [i for i in items(behind, flat) if i.scores and i.scores[0].value is not None]
    parts = [
        Entry(
            i.scores[0],
            i.scores[0].value or Decimal(0),
            i.weight.value or Decimal(0) if i.weight else Decimal(0),
        )
        for i in told
    ]
    outer = [
        e for e, i in zip(parts, told, strict=True) if not (i.weight and i.weight.words.startswith("其中"))
    ]
    if sum(e.weight for e in parts) != _FULL == sum(e.weight for e in outer):
        parts = outer
    if len(parts) > 1 and re.search(r"其中|：|分别|包括", flat[total.end : parts[0].point.start]):
        runs = [parts[:n] for n in range(2, len(parts) + 1)]
        _note(reading, total, parts)
        if any(_fits(_sum(run), total.value or Decimal(0), run) for run in runs):
            return
        weighed = sum(e.weight for e in parts) == _FULL
        if total.kind == TOTAL and (weighed or not any(e.weight for e in parts)):
            yield from _wrong_sum(reading, total, parts)
            return
    if total.kind == TOTAL and _of_the_unit(reading, total):
        walk.open.append(total)


def _fitting_run(entries: list[Entry], value: Decimal) -> int:
    """The length of the shortest run at the end that makes `value`, 0 for none."""
    for length in range(2, min(len(entries), _MOST) + 1):
        run = entries[-length:]
        if _fits(_sum(run), value, run) or _fits(_sum(run, mended=True), value, run):
            return length
    return 0


def _sum(entries: list[Entry], mended: bool = False) -> Decimal:
    return sum((e.reckoned if mended and e.reckoned is not None else e.value for e in entries), Decimal(0))


def _fits(reckoned: Decimal, told: Decimal, parts: list[Entry]) -> bool:
    """Points are told as they are; only a total with fewer digits than its parts is rounded."""
    finer = max(decimals_of(e.value) for e in parts) > decimals_of(told)
    return abs(reckoned - told) <= (half_unit(decimals_of(told)) if finer and told % 1 else Decimal(0))


def _wrong_sum(
    reading: Reading, total: Point, parts: list[Entry], beside: bool = False, whole: bool = False
) -> Iterator[Finding]:
    """A total right behind its parts (`beside`) is meant for them, however far off it is; so is that of parts whose
    weights make the block's (`whole`)."""
    value, right = total.value or Decimal(0), _sum(parts)
    gap = abs(value - right)
    beside = whole or (beside and total.start - parts[-1].point.end < _BESIDE)
    if not right or (gap > value * _FARTHEST and not beside) or right > _FULL or len(parts) > _MOST:
        return
    if not whole and _part_left_out(reading, total, parts):
        return
    places = [total.place, *(e.point.place for e in parts)]
    added = "＋".join(show_short(e.value, 3) for e in parts)
    message = f"各项得分{added}＝{show_short(right, 3)}分，写的是{show_short(value, 3)}分"
    if total.kind == SCORE and not _complete(parts):
        yield reading.finding("R36", CHECK, f"{message}，请核对是合计还是某一项写错", *places)
    elif gap <= half_unit(2) * 2 * len(parts) and right % 1:
        yield reading.finding(
            "R36", HINT, f"{message}，差在最后一位", *places, expected=f"{show_short(right, 3)}分"
        )
    else:
        expected = f"{show_short(right, 3)}分" if total.kind != SCORE else ""
        yield reading.finding("R36", ERROR, message, *places, expected=expected)


def _part_left_out(reading: Reading, total: Point, parts: list[Entry]) -> bool:
    """Whether points told among the parts make up the gap: `预算执行率10分，折算9.74分；产出50分，得48分` took 10 for
    the score, or a part told in other words was not counted."""
    gap = (total.value or Decimal(0)) - _sum(parts)
    begin = min(parts[0].point.start, total.start) - _BESIDE
    end = max(parts[-1].point.end, total.start) + _BESIDE
    counted = {e.point.start for e in parts} | {total.start}
    others = [
        q.value
        for q in reading.quantities_near(total.start, 40, 40)
        if q.unit == "分" and begin <= q.start <= end and q.start not in counted and "扣" not in q.label
    ]
    return any(gap == v or any(gap == v - e.value for e in parts if e.weight == e.value) for v in others)


def _complete(parts: list[Entry]) -> bool:
    """Each part with its weight, and three or more: nothing else can be in the sum."""
    return len(parts) > 2 and all(entry.weight for entry in parts)


def _of_the_unit(reading: Reading, total: Point) -> bool:
    flat = reading.text.flat
    sentence = flat[max(flat.rfind(sign, 0, total.start) for sign in "。；") + 1 : total.start]
    return not _OF_A_PROJECT.search(sentence) or bool(_OF_THE_UNIT.search(total.words))


def _close(walk: Walk) -> None:
    """The end of a chapter: a run of items whose weights make 100 is a whole that any total may be held against."""
    weighed = [e for e in walk.entries if e.weight]
    if len(weighed) > 1 and len(weighed) == len(walk.entries) and sum(e.weight for e in weighed) == _FULL:
        walk.wholes.append(weighed)
    walk.entries, walk.barrier = [], 0


def _told_elsewhere(reading: Reading, walk: Walk) -> Iterator[Finding]:
    """Totals without parts of their own against the whole of another chapter."""
    reckoned = {_sum(whole) for whole in walk.wholes}
    if len(walk.wholes) == 1:
        for total in walk.open:
            _note(reading, total, walk.wholes[0])
            if total.value not in reckoned:
                yield from _wrong_sum(reading, total, walk.wholes[0])
