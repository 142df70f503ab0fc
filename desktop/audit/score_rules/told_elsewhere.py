"""R36n: full points, and `全部达到目标`, against targets whose results stand elsewhere in the report."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from desktop.audit.finding import CHECK, ERROR, Finding
from desktop.audit.score_rules.targets import NUMBER, Target, targets_of
from desktop.audit.text.heading_numbers import Passage, passages
from desktop.audit.text.reading import Reading
from desktop.audit.text.score_points import items, points
from desktop.audit.text_audit import check
from desktop.domain.chinese_numerals import from_count
from desktop.domain.numbers import round_half_up, show_short

_BUILT = re.compile(
    rf"(?P<name>(?:修缮|新建|改造|建设|修建|维修|加固)[^，。；：、\d]{{1,10}})(?P<wanted>{NUMBER})(?P<unit>[^\d\s，。；：、（）%元]{{1,3}})，"
    rf"(?:实际)?(?:完工|建成|竣工)(?P<got>{NUMBER})(?P=unit)(?![\d.])"
)
"""`修缮祠堂6座，完工5座`: what was begun is the target."""
_GENERIC = re.compile(
    r"指标|数量|质量|时效|一项|[该本此]项|满分|分值|权重|其中|年度|目标|计划|完成情况|情况|完成|实际|自评|得分|部分|新建|新增|群众|综合|评分|考核|全[县市区]"
    r"|[“”‘’\"]|^[\d.、（）]+|(?:总数|人数|户数|数|值|为|的|占|等)$"
)
"""What is no part of a name: `古桥修缮数量指标` -> 古桥修缮."""
_BLOCKS = re.compile(
    r"^(?:产出|效益|投入|过程|决策|管理|效果|预算执行|(?:社会|经济|生态)效益|满意|执行|成效)$"
)
_SHARE = re.compile(
    r"按[^，。；]{0,16}(?:比例|完成率|之比)[^，。；]{0,8}(?:计分|得分|给分|赋分|得|计|[×*乘])"
)
_TOLERANT = re.compile(r"(?:以上|及以上|≥\d+%?)(?:的|，)?(?:得|计|为|即)满分")
"""`完成90%以上得满分`: a missed target may have its full points."""
_AS_FULL = re.compile(r"(?P<weight>\d{1,3}(?:\.\d)?)分，?按满分(?:计|给|赋)")
_EACH = re.compile(
    r"[两二三四五六七八九十\d]{1,2}[项个](?:[一-龥]{0,4}指标)?(?:各|每项)(?:占|为)?(?P<weight>\d{1,2}(?:\.\d)?)分"
)
_OF_EACH = re.compile(
    r"(?<=[。，；：、])(?P<name>[一-龥]{2,12})得(?:满分)?(?P<score>\d{1,2}(?:\.\d{1,2})?)分"
)
"""`四项指标各10分，未达到的按完成率乘以分值计分。示范面积得10分，农民培育得10分`."""
_ALL_REACHED = re.compile(
    r"(?:(?P<count>[两三四五六七八九十])[项个类者]|(?P<these>上述|以上|各项|各|所有|全部|年度))[^，。；]{0,10}?"
    r"(?:(?:均|都|全部|全面)(?:已经|已)?|(?:已经|已)(?:全部|全面))(?:达到|完成|实现|达标|超过)(?:了)?(?:或(?:者)?(?:达到|超过|超额完成))?"
    r"(?:(?:年度|预期|既定|预定|绩效)*(?:目标|任务|指标|要求))?(?:值)?(?=[，。；、）]|$)"
)
"""`三项均达到年度目标`, `上述指标全部完成`."""
_BUT = re.compile(r"除|未|没有|不含|其余|其他|基本")
_BAR = re.compile(
    rf"(?:年度)?(?:目标值?(?:为|是)?|要)?(?:≥|不低于|达到?|保持在)(?P<bar>{NUMBER})%(?:及?以上)"
)
"""`入园率达到92%以上` in the chapter of the year's goals."""
_SAID_OF_IT = re.compile(r"一项.{0,12}$|(?:未|没有)(?:达|完).{0,8}$")
_LEAST, _CLEAR = 2, 3
"""Characters of a name that may be sought in another, and that make it clear if it is most of the other."""
_LONGEST = 24


class Named(NamedTuple):
    """An item of full points and the core of its name, with the words that were said between weight and score."""

    name: str
    weight: Decimal
    places: list[tuple[int, int]]
    words: str


@check("R36n", "得满分、称全部达标的指标没有达到目标", last=True)
def told_elsewhere(reading: Reading) -> Iterator[Finding]:
    """Wrong: `护栏安装指标6分得6分` where `护栏安装目标120处，完成112处` stands elsewhere; `三项均达到年度目标` behind the result
    of one that is below what another chapter wants.

    A question where the two names agree only in part or where full points begin below the target. Silent where
    another target of that name was reached.
    """
    yield from _lists_against_bars(reading)
    targets = [t for passage in passages(reading) for t in (*targets_of(passage), *_built(passage))]
    missed = [t for t in targets if t.missed]
    if not missed:
        return
    of_itself = {span.start for finding in reading.told if finding.code == "R36i" for span in finding.spans}
    tolerant = bool(_TOLERANT.search(reading.text.flat))
    for passage in passages(reading):
        for item in _full_items(passage, reading.text.flat):
            finding = _judged(reading, item, targets, tolerant)
            if finding is not None and not any(span.start in of_itself for span in finding.spans):
                yield finding
        yield from _all_said_reached(reading, passage, missed)


def _built(passage: Passage) -> Iterator[Target]:
    for match in _BUILT.finditer(passage.text):
        wanted, got = (Decimal(match[group].replace(",", "")) for group in ("wanted", "got"))
        if 0 < got < wanted:
            start, end = passage.place_of(match)
            yield Target(match["name"], wanted, got, match["unit"], False, start, end)


def _full_items(passage: Passage, flat: str) -> Iterator[Named]:
    """`护栏安装指标6分得6分`, `该项10分按满分计` with the name in the clause before."""
    for item in items(points(passage.text, passage.start), flat):
        weight, scores = item.weight, item.scores
        if not weight or weight.value is None or len(scores) != 1 or item.deductions:
            continue
        if scores[0].value not in (None, weight.value) or scores[0].start < weight.start:
            continue
        name = _name_before(flat, passage.start, weight.start)
        if len(name) >= _LEAST and not _BLOCKS.search(name):
            yield Named(
                name, weight.value, [scores[0].place, weight.place], flat[weight.end : scores[0].start]
            )

    each = _EACH.search(passage.text) if "各" in passage.text or "每项" in passage.text else None
    if each is not None:
        points_each = Decimal(each["weight"])
        for match in _OF_EACH.finditer(passage.text, each.end()):
            if Decimal(match["score"]) == points_each:
                rule = passage.text[each.end() : match.start()]
                yield Named(core(match["name"]), points_each, [passage.place_of(match)], rule)
    for match in _AS_FULL.finditer(passage.text) if "按满分" in passage.text else ():
        place = passage.place_of(match)
        name = _name_before(flat, passage.start, place[0])
        if len(name) >= _LEAST and not _BLOCKS.search(name):
            yield Named(name, Decimal(match["weight"]), [place], "")


def _name_before(flat: str, begin: int, end: int) -> str:
    """The core of the clause before a weight; of the clause before that where it only says `该项`."""
    start = max(begin - 1, *(flat.rfind(sign, begin, end) for sign in "，。；：、（")) + 1
    name = core(flat[max(start, end - _LONGEST) : end])
    if not name and start - 1 > begin:
        before = max(begin - 1, *(flat.rfind(sign, begin, start - 1) for sign in "，。；：、（")) + 1
        name = core(_SAID_OF_IT.sub("", flat[max(before, start - _LONGEST) : start - 1]))
    return name


@lru_cache(maxsize=2000)
def core(name: str) -> str:
    """The name without what any indicator's may bear."""
    return _GENERIC.sub("", _GENERIC.sub("", name)).replace("满意率", "满意度")


def agree(one: str, other: str) -> bool:
    """`护栏安装` with `安装护栏`, `取水样` with `水源地取水样`."""
    short, long = sorted((one, other), key=len)
    if len(short) < _LEAST:
        return False
    return short in long or (len(short) >= 4 and sorted(short) == sorted(long))


def _judged(reading: Reading, item: Named, targets: list[Target], tolerant: bool) -> Finding | None:
    same = [t for t in targets if agree(item.name, core(t.name))]
    if not same or not all(t.missed for t in same):
        return None
    target = same[0]
    lengths = sorted((len(item.name), len(core(target.name))))
    clear = len(same) == 1 and lengths[0] >= _CLEAR and lengths[0] * 5 >= lengths[1] * 3 and not tolerant
    places = [*item.places, (target.start, target.end)]
    message = f"{target.told}，没有达到目标，却得满分{show_short(item.weight, 3)}分"
    if len(same) == 1 and _SHARE.search(item.words) and not target.at_most:
        right = f"{show_short(round_half_up(item.weight * target.got / target.wanted, 2), 2)}分"
        return reading.finding("R36n", ERROR, f"{message}，按比例应得{right}", *places, expected=right)
    return reading.finding("R36n", ERROR if clear else CHECK, message, *places)


def _all_said_reached(reading: Reading, passage: Passage, missed: list[Target]) -> Iterator[Finding]:
    """`甲目标20期，实际22期；乙目标98%，实际97.2%。上述指标全部完成`: wrong of the targets of its paragraph, of the last so
    many where a number is told; of targets of other paragraphs a question, where it gives full points for it."""
    flat = reading.text.flat
    for match in _ALL_REACHED.finditer(passage.text) if missed else ():
        start, end = passage.place_of(match)
        sentence = max(passage.start - 1, flat.rfind("。", passage.start, start)) + 1
        if _BUT.search(flat, sentence, min(end + 4, passage.end)):
            continue
        near = [t for t in targets_of(passage) if t.end <= start]
        if match["count"]:
            near = near[-from_count(match["count"]) :]
        wrong = [t for t in near if t.missed]
        level = ERROR
        if not near and not match["count"]:
            full = re.match(r"，(?:故|因此)?[得计]满分", flat[end : end + 8])
            kept = [t for t in missed if t.end < start] if full else []
            wrong, level = kept, CHECK
        if wrong:
            message = f"{wrong[0].told}，没有达到目标，不能写“{match.group()}”"
            yield reading.finding("R36n", level, message, (start, end), (wrong[0].start, wrong[0].end))


def _lists_against_bars(reading: Reading) -> Iterator[Finding]:
    """`甲率93.1%，乙率92.4%，两项均达到年度目标` where 乙率 was to be 93 % in an earlier chapter."""
    bars: dict[str, tuple[Decimal, tuple[int, int]]] = {}
    for passage in passages(reading):
        for match in _ALL_REACHED.finditer(passage.text) if bars else ():
            start = passage.start + match.start()
            sentence = max(passage.start - 1, reading.text.flat.rfind("。", passage.start, start)) + 1
            told = [q for q in reading.quantities_between(sentence, start) if q.unit == "%"]
            told = told[-from_count(match["count"]) :] if match["count"] else told
            for quantity in told:
                bar = bars.get(core(quantity.label))
                if bar and quantity.value < bar[0]:
                    message = f"{quantity.label}{quantity.value}%低于目标{bar[0]}%，不能写“{match.group()}”"
                    places = (quantity.label_start, passage.start + match.end()), bar[1]
                    yield reading.finding("R36n", ERROR, message, *places)
        for match in _BAR.finditer(passage.text) if "以上" in passage.text else ():
            name = _name_before(passage.text, 0, match.start())
            if len(name) > _CLEAR:
                place = passage.place_of(match)
                bars.setdefault(name, (Decimal(match["bar"].replace(",", "")), place))
