"""R36p: the total against the named parts it is made of, told in a row behind it, by name, or paragraph by paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import takewhile

from desktop.audit.finding import ERROR, Finding
from desktop.audit.score_rules.grades import is_total
from desktop.audit.text.heading_numbers import Passage, passages
from desktop.audit.text.reading import Reading
from desktop.audit.text.score_points import (
    BARE,
    DEDUCTION,
    LISTED,
    SCORE,
    SUBTOTAL,
    TOTAL,
    WEIGHT,
    Point,
    items,
    points,
    sum_of,
)
from desktop.audit.text_audit import check
from desktop.domain.numbers import HUNDRED, show_short

_BLOCK = re.compile(
    r"投入|过程|产出|效果|效益|效能|成效|满意|决策|执行|预算|管理|履职|数量|质量|时效|成本|设定|采购|资产|任务"
)
_BESIDE = re.compile(r"[，、：。；]?|（[^（）]{0,12}）[，、；]?|[，。](?:其中|具体(?:为|是)?)?：?")
"""What stands between two of a row: `投入9.5分、产出46分`."""
_GENERIC = re.compile(r"^[^：]*：|指标|部分|满分|分值|其中|类|率|[得计为，、]|合计|小计|共|自评|系?由")
_BEHIND = re.compile(r"(?:满分|共|合计)$")
"""`执行10分、产出60分、效益30分，满分100分`."""
_OPENS = re.compile(r"[。，；：]?(?:其中|具体)")
_LISTS = re.compile(r"：|[，（]其中")
_LEAST, _MOST = 3, 12
_FARTHEST = Decimal("0.3")
"""Of the total: a sum farther off is of other parts than were meant."""


@check("R36p", "总分与所列各部分不符", last=True)
def parts(reading: Reading) -> Iterator[Finding]:
    """Wrong: `自评得分90.5分，投入9.5分、产出46分、效果26分、满意度8分`; `满分100分，其中投入15分、产出60分、效果35分`; the total
    against the scores of all parts whose weights, told in a row or at the head of their paragraphs, make 100.

    Silent where R36 has said something of the same points, and where a part has no score of its own.
    """
    said = [span for finding in reading.told if finding.code == "R36" for span in finding.spans]
    for finding in (*_rows(reading), *_by_paragraphs(reading)):
        if not finding.overlaps(said):
            yield finding


def _rows(reading: Reading) -> Iterator[Finding]:
    """A total or 满分 with a row of bare points behind it, or before it."""
    flat = reading.text.flat
    for passage in passages(reading):
        found = points(passage.text, passage.start)
        for at, whole in enumerate(found):
            if whole.value is None:
                continue
            if is_total(whole) and whole.kind != LISTED:
                yield from _sum(reading, whole, _row(found[at + 1 :], whole, flat, (BARE, SCORE)))
                yield from _sum(reading, whole, _weighed(found[at + 1 :], flat))
                yield from _sum(reading, whole, _named(found[:at], flat))
                yield from _sum(reading, whole, _row_before(found[:at], whole, flat))
                yield from _weights(reading, whole, found[at + 1 :], flat)
                yield from _weights(reading, whole, found[:at], flat)
            elif whole.kind == SUBTOTAL and _LISTS.match(flat, whole.end):
                yield from _sum(reading, whole, _row(found[at + 1 :], whole, flat, (BARE, SCORE)))
            elif whole.kind == SCORE and at and found[at - 1].kind in (WEIGHT, DEDUCTION):
                yield from _block(reading, whole, found[:at], found[at + 1 :], flat)
            elif whole.kind in (WEIGHT, LISTED) and (whole.value == HUNDRED or "满分" in whole.words):
                row = _row(found[at + 1 :], whole, flat, (BARE,)) if whole.value == HUNDRED else []
                before = found[:at]
                if not row and before and "。" not in flat[before[0].start : whole.start]:
                    row = _row(before, before[0], flat, (BARE,)) if _BEHIND.search(whole.words) else []
                yield from _sum(reading, whole, row, weights=True)


def _row(behind: Sequence[Point], whole: Point, flat: str, kinds: tuple[str, ...]) -> list[Point]:
    """The points of one row, each beside the one before, up to the end of their sentence; [] for another kind of text."""
    row: list[Point] = []
    last = whole
    for point in behind[: _MOST + 1]:
        if row and flat[last.end : last.end + 1] in "。；" and point is not whole:
            break
        if point is not whole and not _BESIDE.fullmatch(flat, last.end, max(point.clause, last.end)):
            return []
        if point.kind not in kinds or point.value is None or len(_GENERIC.sub("", point.words)) < 2:
            return []
        row.append(point)
        last = point
    named = sum(bool(_BLOCK.search(p.words)) for p in row)
    return row if _LEAST <= len(row) <= _MOST and named > 1 else []


def _row_before(before: Sequence[Point], whole: Point, flat: str) -> list[Point]:
    """`自评得分：投入9分、过程19分、产出38分、效益29分，合计95分`: the row that ends right before the total."""
    kinds = (BARE, SCORE)
    run = list(
        takewhile(lambda p: p.kind in kinds and "。" not in flat[p.end : whole.start], reversed(before))
    )[::-1]
    if not run or not re.fullmatch(r"[，、；]", flat[run[-1].end : whole.clause]):
        return []
    return _row(run, run[0], flat, kinds)


def _weights(reading: Reading, whole: Point, others: Sequence[Point], flat: str) -> Iterator[Finding]:
    """Items whose scores make the total are all there are: their weights must make 100."""
    told = [i for i in items(others[: _MOST * 3], flat) if i.weight or i.scores]
    pairs = [(i.weight, i.scores[0]) for i in told if i.weight and len(i.scores) == 1]
    if not _LEAST <= len(pairs) == len(told):
        return
    scores = sum((score.value or weight.value or Decimal(0) for weight, score in pairs), Decimal(0))
    made = sum((weight.value or Decimal(0) for weight, _ in pairs), Decimal(0))
    sentence = flat[min(pairs[0][0].start, whole.start) : max(pairs[-1][1].end, whole.end)]
    if scores != whole.value or made == HUNDRED or abs(made - HUNDRED) > 10 or "加分" in sentence:
        return
    added = "＋".join(show_short(weight.value, 3) for weight, _ in pairs)
    message = f"各项分值{added}＝{show_short(made, 3)}分，不是100分"
    yield reading.finding("R36p", ERROR, message, *(weight.place for weight, _ in pairs))


def _block(
    reading: Reading, score: Point, before: Sequence[Point], behind: Sequence[Point], flat: str
) -> Iterator[Finding]:
    """`产出50分，扣2分，得48分。其中：数量20分，得19分；…`: the items whose weights make the block's."""
    weight = next((p for p in reversed(before) if p.kind == WEIGHT), None)
    if weight is None or not behind or not weight.value or not _OPENS.match(flat, score.end):
        return
    parts, left = list[Point](), weight.value
    for item in items(behind[: _MOST * 3], flat):
        if not item.weight or not item.weight.value or len(item.scores) != 1 or item.scores[0].value is None:
            return
        parts.append(item.scores[0])
        left -= item.weight.value
        if left <= 0:
            break
    if not left and len(parts) > 1:
        yield from _sum(reading, score, parts)


def _weighed(behind: Sequence[Point], flat: str) -> list[Point]:
    """The scores of the items behind a total whose weights make 100."""
    scores, weight = list[Point](), Decimal(0)
    for item in items(behind[: _MOST * 3], flat):
        if not item.weight or not item.weight.value or len(item.scores) != 1 or item.scores[0].value is None:
            return []
        scores.append(item.scores[0])
        weight += item.weight.value
        if weight >= HUNDRED:
            break
    return scores if weight == HUNDRED and len(scores) >= _LEAST else []


def _named(before: Sequence[Point], flat: str) -> list[Point]:
    """`资金30分、项目40分、效果30分，满分100分。资金得27分；项目得40分；效果得28分，总得分95分`: the scores by name."""
    weights = list(takewhile(lambda p: p.kind in (BARE, LISTED, WEIGHT), before))
    own = [p for p in weights if p.value != HUNDRED]
    names = [_GENERIC.sub("", p.words) for p in own]
    if sum_of(own) != HUNDRED or len(set(names)) < _LEAST:
        return []
    scores = [p for p in before[len(weights) :] if p.kind == SCORE and p.value is not None]
    by_name = [[p for p in scores if _GENERIC.sub("", p.words).endswith(name)] for name in names]
    return [one[0] for one in by_name] if all(len(one) == 1 for one in by_name) else []


def _sum(reading: Reading, whole: Point, row: list[Point], weights: bool = False) -> Iterator[Finding]:
    value, made = whole.value or Decimal(0), sum_of(row)
    if not row or made > HUNDRED * 2 or abs(made - value) > value * _FARTHEST:
        return
    if made == value:
        reading.holds("R36p", whole, *row)
        return
    first, last = min(row[0].start, whole.start), max(row[-1].end, whole.end)
    sentence = reading.text.flat[reading.text.flat.rfind("。", 0, first) + 1 : last]
    if value > made and f"得{show_short(value - made, 3)}分" in sentence:
        return  # a part that was not read as one
    added = "＋".join(show_short(p.value, 3) for p in row)
    what = "各项分值" if weights else "各部分得分"
    message = f"{what}{added}＝{show_short(made, 3)}分，写的是{show_short(value, 3)}分"
    expected = "" if weights else f"{show_short(made, 3)}分"
    yield reading.finding("R36p", ERROR, message, whole.place, *(p.place for p in row), expected=expected)


def _by_paragraphs(reading: Reading) -> Iterator[Finding]:
    """`（一）产出（50分）。…小计48分。`, `（二）效益（30分）。…`, then `总分95分` at the head of a paragraph."""
    run: list[tuple[Decimal, Point | None]] = []
    heads: list[tuple[int, int]] = []
    for passage in passages(reading):
        found = points(passage.text, passage.start)
        if not found:
            run = run if len(passage.text) < 20 else []
            continue
        if is_total(found[0]) and found[0].start - passage.start < 16:
            scores = [p for _, p in run if p is not None]
            weight = sum((w for w, _ in run), Decimal(0))
            whole = len(scores) == len(run) >= _LEAST
            if whole and weight == HUNDRED:
                yield from _sum(reading, found[0], scores)
            elif whole and abs(weight - HUNDRED) <= 10 and sum_of(scores) == found[0].value:
                # Scores that make the total are of all parts, whose weights must make 100.
                message = f"各部分分值{'＋'.join(show_short(w, 3) for w, _ in run)}＝{show_short(weight, 3)}分，不是100分"
                yield reading.finding("R36p", ERROR, message, *heads)
            run = []
        elif found[0].kind == WEIGHT and found[0].value and _BLOCK.search(passage.text[:20]):
            run.append((found[0].value, _closing(passage, found)))
            heads = [*heads[-_MOST:], (passage.start, found[0].end)][-len(run) :]
        else:
            run = []


def _closing(passage: Passage, found: Sequence[Point]) -> Point | None:
    """The one score that a paragraph ends in: its subtotal, one that names it again, or the only one."""
    scores = [p for p in found[1:] if p.kind in (SCORE, SUBTOTAL, TOTAL) and p.value is not None]
    closing = [p for p in scores if p.kind == SUBTOTAL][-1:] or scores
    name = _GENERIC.sub("", re.sub(r"^[^一-龥]*(?:[一二三四五六七八九十]{1,2}[、）])?", "", passage.text)[:4])
    again = [p for p in scores if len(name) > 1 and p.words.startswith(name[:2])][-1:]
    if again and again[0] is scores[-1]:
        return again[0]
    if len(closing) == 1 and closing[0] is scores[-1]:
        return closing[0]
    return None
