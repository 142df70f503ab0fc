"""Points (分) in running text: which number is a weight, a score, a deduction, a total; and the items they make."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise, takewhile
from typing import NamedTuple

WEIGHT, LISTED, SCORE, DEDUCTION = "weight", "listed weight", "score", "deduction"
SUBTOTAL, TOTAL, BARE = "subtotal", "total", "bare"

_POINTS = re.compile(
    # `9.59分`, `满分`; not `3分之一`, `5分钟`, `3分公司`, `8分别`.
    r"(?<![\d.\-])(?P<n>\d{1,3}(?:\.\d{1,3})?)分(?![之钟别类公局行期批级管支解析])"
    # `满分10，得分9。`: told without the unit.
    r"|(?:(?<=满分)|(?<=得分)|(?<=分值)|(?<=[满得]分合计))(?P<bare>\d{1,3}(?:\.\d{1,2})?)(?=[，。；）]|$)"
    r"|(?P<full>(?<!不)[得计获记为]满分)(?!\d)"
)
_CLAUSE_ENDS = "，。；、（）！？“”"
_LONGEST_CLAUSE = 80
_MOST = 200
"""So many 分 in one paragraph are a table run together, and no sentence."""
_ALONE = re.compile(r"(?:自评|评)(?:得|为|分)*")
"""`投入15分，得15分；…。自评95.1分`: behind items, the total."""
_BEFORE_BAND = re.compile(r"(?:[≥≤<>—~～－\-至到]|以上|以下|不低于|低于|高于|超过)$")
_AFTER_BAND = re.compile(
    r"(?:（含）|（不含）|\(含\))?(?:[≥≤<>—~～－\-]|及?以上|及?以下|以内|以外|至|到\d|的?为?“?[优良中差合](?!.{0,3}得))"
)
"""`90分（含）以上`, `80—90分`, `60至80分为中`: the bands of grades, nobody's score."""
_RULE = re.compile(
    r"每|各扣|均扣|酌情|最多|最高|扣完|不得分|否则|可得|方可|才得|应得|加分|可扣|得分[=＝]|[乘×](?!以?(?:分值|权重|\d+分?)[，]?[计得为]+$)"
    r"|(?:的|时)[得计扣]$|各(?:占|计)?$"
)
"""`每超1%扣1分`, `未公开的扣2分`: how points are given, not which were given."""
_BAND_OF_RATE = re.compile(
    r"(?:[\d%）分]及?以[上下内]|之间|含）|不含|%至|[≥≤<>]|不低于|不超过|大于|小于|等于|达到|低于|超过\d)[^，。；]{0,14}$"
)
"""`95%以上得8分`: a rule as well, where it leads to a score."""
_LIMIT_OF_DEDUCTION = re.compile(r"(?:低于|不足|小于|超过|大于|[<>])\d[\d.]*%?的?[，]?扣$|以下的?扣$")
"""`低于90%扣2分` is a rule; `满意度88%低于目标扣2分` tells what was deducted."""
_COMPARED = re.compile(
    r"上年|去年|上一年|平均|均分|比(?![例重])|较|(?:提高|下降|降低|上升|高出?|低|多|少|差|增加)了?$"
)
"""`比上年的94.1分提高1.7分`: another year's, or a difference; `按比例得9.3分` is a score."""
_DEDUCTION = re.compile(r"(?:扣(?:除|减|掉|了|分)?|失分?|被扣|减分?)(?:为|了)?$")
_TOTAL = re.compile(
    r"(?:综合评分|自评分|(?:我|本)(?:局|单位|部门|中心|校|镇|乡|办|委|院|街道)(?:[^，。；率]{0,12}(?:自评|整体|综合|评价))?(?:得分|评分|得)|综合(?:评价|自评|绩效|评定)?(?:总)?得分|总得分|得分总计|总评分|自评总分|总分|总得|总成绩|最终(?:得分|评分)?|最后得分|(?:整体|部门)[^，。；]{0,10}绩效得分|评价得分|(?:整体|综合|部门)[^，。；]{0,14}自评(?:得分|得|为|评分)"
    r"|自评(?:综合|总)?得分|绩效评分|评价分)(?:为|是|达|：|得|计)*$"
)
_ITEMS_OWN = re.compile(r"(?:自评|评价|最终)?得分?(?:为|是|：)?|自评分?(?:为|是|：)?|评价分(?:为|是|：)?")
"""Words that tell the total of a report, and behind an item's weight the item's own score."""
_WHOLE = re.compile(r"(?:总分值?|评价总分|百分制|总计|合计|共)(?:为|是|：|共)*$")
_ALL_WEIGHTS = re.compile(
    r"(?:满分|分值|权重)(?:合计|共计|总计|相加|之和)(?:为|是|：)?$|[两三四五六七八九十各\d]项满分(?:为|共)?$"
)
"""`四个部分满分合计100分`."""
_SUBTOTAL = re.compile(
    r"(?:小计|合计|共计|共得|总计|累计|相加|之和|(?:部分|以上)(?:共|合计|总)得|(?:本部分|本项|该部分)得)(?:得|为|是|：|得分|共|计)*$"
)
_WEIGHT = re.compile(r"(?:满分|分值|权重|标准分|总分值|共|该项|本项|分数|占)(?:为|是|：|共)*$")
_SCORE = re.compile(r"(?:得|自评|评|得分|实得|计|记|获|获得|打|评为|评分)(?:分)?(?:为|是|：|了)*$")


class Point(NamedTuple):
    """One number of points. `start`, `end` in `flat`; `words` are those of its clause before it.

    `value` None is 满分 without a number.
    """

    kind: str
    value: Decimal | None
    start: int
    end: int
    clause: int
    words: str

    @property
    def place(self) -> tuple[int, int]:
        return self.clause, self.end


@dataclass(slots=True)
class Item:
    """A weight with what was deducted and scored, in the order of the text; any part may lack."""

    weight: Point | None = None
    deductions: list[Point] = field(default_factory=list)
    scores: list[Point] = field(default_factory=list)


def points(text: str, offset: int) -> list[Point]:
    """The points of one paragraph, which begins at `offset` of the flat text; rules and bands are left out."""
    return _points(text, offset) if 0 < text.count("分") <= _MOST else []


@lru_cache(maxsize=2000)
def _points(text: str, offset: int) -> list[Point]:
    """Many rules ask for the same paragraphs, hence the cache; nobody changes the list."""
    found: list[Point] = []
    for match in _POINTS.finditer(text):
        far = max(0, match.start() - _LONGEST_CLAUSE)
        start = max(far - 1, *(text.rfind(sign, far, match.start()) for sign in _CLAUSE_ENDS)) + 1
        before = text[start : match.start()]
        kind = _kind(text, match, before)
        if kind:
            number = match["n"] or match["bare"]
            value = Decimal(number) if number else None
            found.append(
                Point(kind, value, offset + match.start(), offset + match.end(), offset + start, before)
            )
    found = _weights_known_by_what_follows(_weights_of_a_whole(found), text, offset)
    return _scores_told_as_totals(_totals_alone(found), text, offset)


def _scores_told_as_totals(found: list[Point], text: str, offset: int) -> list[Point]:
    """`（15分），自评得分14分`: a total right behind a weight that it does not exceed is the item's own score."""
    made: list[Point] = []
    for point in found:
        before = made[-1] if made else None
        own = (
            before is not None
            and point.kind == TOTAL
            and before.kind in (WEIGHT, BARE)
            and before.value is not None
            and point.value is not None
            and point.value <= before.value < 100
            and _ITEMS_OWN.fullmatch(point.words) is not None
            and "。" not in text[before.end - offset : point.start - offset].lstrip("）。")
            and (before.kind == WEIGHT or point.clause - before.end == 1)
        )
        if own and before is not None:
            made[-1] = before._replace(kind=WEIGHT)
        made.append(point._replace(kind=SCORE) if own else point)
    return made


def sum_of(found: Iterable[Point]) -> Decimal:
    """The values added up; 满分 without a number counts nothing."""
    return sum((point.value or Decimal(0) for point in found), Decimal(0))


def _totals_alone(found: list[Point]) -> list[Point]:
    """`自评95.1分` behind three weights or more."""
    return [
        p._replace(kind=TOTAL)
        if p.kind == SCORE and _ALONE.fullmatch(p.words) and [q.kind for q in found[:at]].count(WEIGHT) > 2
        else p
        for at, p in enumerate(found)
    ]


def _kind(text: str, match: re.Match[str], before: str) -> str:
    after = text[match.end() : match.end() + 8]
    far = max(0, match.start() - _LONGEST_CLAUSE)
    sentence = max(far - 1, *(text.rfind(sign, far, match.start()) for sign in "，。；")) + 1
    clause = text[sentence : match.start()]
    if match["full"]:
        return "" if _RULE.search(clause + match["full"][0]) or _BAND_OF_RATE.search(clause) else SCORE
    if _BEFORE_BAND.search(before) or _AFTER_BAND.match(after) or _RULE.search(clause):
        return ""
    if _DEDUCTION.search(before):
        return "" if _LIMIT_OF_DEDUCTION.search(clause) else DEDUCTION
    if _BAND_OF_RATE.search(clause):
        return ""
    if _ALL_WEIGHTS.search(before):
        return LISTED
    if match["n"] == "100" and _WHOLE.search(before):
        return LISTED  # `总分100分，自评得分96分`
    if before.endswith("满分") and before[-3:-2] in tuple("得计获记"):
        return SCORE  # `计满分10分`
    if _WEIGHT.search(before) or (text.endswith("（", 0, match.start()) and after[:1] in ("）", "，")):
        return WEIGHT
    if _COMPARED.search(before) or re.match(r"[^，。；]{0,3}(?:提高|下降|上升|减少)", after):
        return ""
    if _TOTAL.search(before):
        return TOTAL
    if _SUBTOTAL.search(before):
        return SUBTOTAL
    return SCORE if _SCORE.search(before) else BARE


def _weights_known_by_what_follows(found: list[Point], text: str, offset: int) -> list[Point]:
    """`产出50分得48.5分`, `采购5分，扣2分`: a bare number with a score or a deduction next is a weight; with a
    weight in brackets next, a score: `预算执行9.5分（满分10分）`. All of `满分100分，其中投入20分、产出80分` are weights."""
    kinds = [point.kind for point in found]
    if kinds == [BARE]:
        return [found[0]._replace(kind=WEIGHT)]  # `（二）产出，50分，共五项`: the scores follow below
    for at, (point, following) in enumerate(pairwise(found)):
        between = text[point.end - offset : following.start - offset]
        if kinds[at] != BARE:
            continue
        # `预算执行，10分。支出占…，得9.81分`: the first of its paragraph goes over the end of a sentence.
        near = (
            at == 0
            or point.words.startswith("其中")
            or not re.search(r"[；。]|、(?![得按因扣]|实际)", between)
        )
        before = found[at - 1] if at else None
        if before and kinds[at - 1] == WEIGHT and text[before.end - offset : point.start - offset] == "）":
            kinds[at] = SCORE  # `预算执行（10分）9.7分，扣0.3分`
        elif (
            (following.kind == SCORE and near) or following.kind == DEDUCTION or between.startswith("，其中")
        ):
            kinds[at] = WEIGHT
        elif following.kind == WEIGHT and between.startswith("（"):
            kinds[at] = SCORE
        elif at == 0 and between.startswith(("：", "。")):
            kinds[at] = WEIGHT
    return [point._replace(kind=kind) for point, kind in zip(found, kinds, strict=True)]


def _weights_of_a_whole(found: list[Point]) -> list[Point]:
    """`满分100分，其中投入20分、产出80分`: what follows the whole and makes it up tells weights too."""
    for at, whole in enumerate(found):
        run = list(takewhile(lambda p: p.kind == BARE, found[at + 1 :]))
        if (
            whole.kind in (WEIGHT, LISTED, TOTAL)
            and len(run) > 1
            and sum(p.value or 0 for p in run) == whole.value
        ):
            weights = [p._replace(kind=LISTED) for p in (whole, *run)]
            return [*found[:at], *weights, *found[at + 1 + len(run) :]]
    return found


def items(found: Iterable[Point], flat: str) -> list[Item]:
    """What belongs together: a weight and what follows it up to the next; `得6分（满分6分）` is whole at once."""
    made: list[Item] = []
    whole = False  # whether the last item can take nothing more
    for point in found:
        last = made[-1] if made else None
        if point.kind == WEIGHT:
            bracket = flat[point.clause - 1] == "（" if point.clause else False
            if bracket and last and last.scores and last.scores[-1].end == point.clause - 1:
                score = last.scores.pop()
                if not (last.weight or last.deductions):
                    made.pop()
                made.append(Item(point, [], [score]))
                whole = True
            else:
                made.append(Item(point))
                whole = False
        elif last and last.weight and last.scores and point.kind == SCORE and _names_again(last, point):
            last.scores[:] = [point]  # `数量20分，其中一项得4分，数量得19分`
        elif point.kind in (SCORE, DEDUCTION, BARE):
            # A second score is another item's; a deduction may also be told behind its score.
            if (
                last is None
                or whole
                or (last.scores and (point.kind != DEDUCTION or not _same_sentence(last, point, flat)))
                or (
                    last.deductions
                    and point.kind == BARE
                    and "；" in flat[last.deductions[-1].end : point.start]
                )
            ):
                last = Item()
                made.append(last)
                whole = False
            (last.deductions if point.kind == DEDUCTION else last.scores).append(point)
        else:
            whole = True
    return made


def _names_again(item: Item, score: Point) -> bool:
    name = re.sub(r"指标|部分|分值|满分|其中|[：，]", "", item.weight.words if item.weight else "")
    return len(name) > 1 and bool(
        re.fullmatch(re.escape(name) + r"(?:指标|部分)?(?:自评|实)?得分?", score.words)
    )


def _same_sentence(item: Item, point: Point, flat: str) -> bool:
    return not re.search(r"[；。]", flat[item.scores[-1].end : point.start])


def weight_of(item: Item, text: str, offset: int, named: Mapping[str, Decimal]) -> Decimal | None:
    """As told with the item, or for its name before: `满分100分，其中过程30分…`, then `过程部分扣2分，得28分`."""
    if item.weight:
        return item.weight.value
    first = (item.deductions or item.scores)[0]
    words = text[first.clause - offset :]
    weights = {value for name, value in named.items() if words.startswith(name)}
    return weights.pop() if len(weights) == 1 else None


def named_weights(found: Iterable[Point]) -> dict[str, Decimal]:
    """`其中投入20分、产出80分` -> 投入: 20, 产出: 80."""
    listed = ((p.words.removeprefix("其中"), p.value) for p in found if p.kind == LISTED)
    return {name: value for name, value in listed if len(name) > 1 and value is not None}


@dataclass(frozen=True, slots=True)
class Block:
    """`产出40分，其中数量25分得24分、质量15分得15分，得39分`: a weight that its parts' weights make, and their scores.

    `told` are the points that say what the parts make: the block's own score, a subtotal behind them, or both.
    """

    weight: Decimal
    told: list[Point]
    scores: list[Point]
    values: list[Decimal]
    deduction: Point | None
    start: int
    end: int


_OPENS = re.compile(r"^[^。；]{0,4}(?:[，。；：（]?(?:其中|包括|分别)|：)")
_BESIDE = 3
"""Characters: `产出共得47.5分，扣2.5分`."""
_CLOSES = re.compile(
    r"(?:本项|该项|合计|共计?|小计|三项|[两四五六七八九]项|本部分)*(?:自评|实)?得分?(?:为)?|共"
)


def blocks(found: list[Point], flat: str) -> list[Block]:
    """The blocks of one paragraph; parts of parts are left alone."""
    nodes: list[Item | Point] = [*items(found, flat), *(p for p in found if p.kind in (SUBTOTAL, TOTAL))]
    nodes.sort(key=lambda node: _first(node).start)
    made: list[Block] = []
    for at, node in enumerate(nodes):
        if (made and _first(node).start < made[-1].end) or isinstance(node, Point):
            continue
        block = _block(node, nodes[at + 1 :], flat)
        if block is not None:
            made.append(block)
    return made


def _first(node: Item | Point) -> Point:
    if isinstance(node, Point):
        return node
    return min((p for p in (node.weight, *node.deductions, *node.scores) if p), key=lambda p: p.start)


def _block(head: Item, behind: list[Item | Point], flat: str) -> Block | None:
    bare = not head.weight and len(head.scores) == 1 and head.scores[0].kind == BARE
    weight = head.scores[0] if bare else head.weight
    if weight is None or weight.value is None or head.deductions:
        return None
    own = [] if bare else [p for p in head.scores if p.value is not None]
    parts: list[tuple[Point, Decimal]] = []
    left = weight.value
    for node in behind:
        if isinstance(node, Point) or not node.weight or not node.weight.value or len(node.scores) != 1:
            break
        value = node.scores[0].value
        parts.append((node.scores[0], node.weight.value if value is None else value))
        left -= node.weight.value
        if left <= 0:
            break
    if left or len(parts) < 2 or not behind:
        return None
    begin = _first(behind[0])
    if own and not _OPENS.match(flat[own[-1].end : begin.end]):
        return None  # what follows a score of its own need not be its parts
    after = behind[len(parts) : len(parts) + 1]
    closing = [p for p in map(_first, after) if isinstance(after[0], Point) or _closes(after[0], p, weight)]
    closing = [p for p in closing if p.kind != TOTAL]
    if not own and not closing:
        return None
    end = (closing or [parts[-1][0]])[-1].end
    next_ = behind[len(parts) + 1 : len(parts) + 2] if closing else []
    taken = [d for node in next_ if isinstance(node, Item) and not node.weight for d in node.deductions]
    taken = [d for d in taken if d.start - end <= _BESIDE and flat[end] in "，（"]
    scores, values = [p for p, _ in parts], [v for _, v in parts]
    return Block(weight.value, [*own, *closing], scores, values, next(iter(taken), None), weight.start, end)


def _closes(item: Item, score: Point, weight: Point) -> bool:
    """`得39分`, `产出得39分` behind the parts of 产出."""
    alone = not item.weight and not item.deductions and score.kind == SCORE and score.value is not None
    name = re.sub(r"指标|部分|类|分值|满分|[：，]", "", weight.words)
    words = re.sub(r"指标|部分|类", "", score.words)
    return alone and bool(_CLOSES.fullmatch(words.removeprefix(name) if name else words))
