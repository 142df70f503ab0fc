"""R51: words of direction (大于, 减少, 有所上升, 未超过, 超额, 持平) against the two figures they compare."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from desktop.audit.finding import CHECK, ERROR, HINT, Finding
from desktop.audit.text.budget_figures import is_change
from desktop.audit.text.compared_figures import (
    DOWN,
    EQUAL,
    FALL,
    LAST_YEAR,
    RISE,
    THAN,
    UP,
    Pair,
    alike,
    contradiction,
    is_budget,
    is_outcome,
    pair_of,
    rounded_with_unit,
    value_of,
    way_of,
    words_of,
)
from desktop.audit.text.flat_text import Sentence
from desktop.audit.text.mentions import PERCENT, Quantity
from desktop.audit.text.reading import Reading
from desktop.audit.text_audit import check
from desktop.domain.chinese_numerals import from_count
from desktop.domain.numbers import HUNDRED, half_unit

_ALL_OF_BUDGET = re.compile(
    r"完成(?:了)?(?:年初|全年|调整)?(?:部门)?预算(?:数)?的?100(?:\.0+)?%，?(?P<said>(?:支出)?(?:决算|执行)(?:数)?"
    r"(?:比(?:年初)?预算(?:数)?(?:多|少|增加|减少|超|超出)(?P<gap>\d[\d,.]*)(?:万元|元)|(?:大于|高于|超过|小于|低于)(?:年初)?预算(?:数)?))"
)
"""`完成年初预算100%，决算数比预算数多55万元`: one of the two is wrong."""
_TO_BUDGET = re.compile(
    r"(?:决算数?|实际(?:支出|执行)?数?|支出|执行数)(?P<way>大于|高于|超过|超出|多于|小于|低于|少于|等于)"
    r"(?P<initial>年初|当年|全年|调整后?)?(?:的)?(?:部门)?预算(?:数|安排)?(?![^，。；]{0,3}\d)"
)
"""`决算数大于预算数的主要原因是…`."""
_OF_BUDGET = re.compile(
    r"(?:完成|占|为)(?:了)?[^，。；\d]{0,6}预算(?:数|安排数)?(?:的)?$|预算(?:完成|执行)率$"
)
"""`完成年初预算的108.01%`: the label of a rate that itself says which of the two is larger."""
_WAYS = {
    **dict.fromkeys(("大于", "高于", "超过", "超出", "多于"), UP),
    **dict.fromkeys(("小于", "低于", "少于"), DOWN),
    "等于": EQUAL,
}
_SAYS = {UP: "大于", DOWN: "小于", EQUAL: "等于"}


@check("R51", "增减、大小的说法与数字相反")
def directions(reading: Reading) -> Iterator[Finding]:
    """Wrong: `决算数大于预算数` though it is smaller; `减少` where the two figures told rise by just that amount;
    `由A增加到B` with B below A; `有所上升`, `没有超过`, `持平`, `超额完成`, `该指标达到目标`, `均超过90%的目标`
    against the figures beside them.

    Silent where the figures compared are not named, or a second pair of them would make the claim right.
    """
    yield from _against_budget(reading)
    for number, quantities in reading.by_sentence.items():
        sentence = reading.text.sentences[number]
        yield from _all_of_it(reading, sentence)
        yield from _from_to(reading, sentence, quantities)
        yield from _vague(reading, sentence, quantities)
        yield from _told_pair(reading, sentence, quantities)
        yield from _target(reading, sentence, quantities)
        yield from _bar(reading, sentence, quantities)
    yield from _in_a_row(reading)


def _against_budget(reading: Reading) -> Iterator[Finding]:
    """`年初预算60万元，支出决算51万元，决算数大于预算数`: all pairs since the claim before must contradict it."""
    last_claim: dict[int, int] = {}
    for number, sentence in enumerate(reading.text.sentences):
        if "预算" not in sentence.text or not reading.in_body(sentence.start):
            continue
        for match in _TO_BUDGET.finditer(sentence.text):
            at = sentence.start + match.start()
            since = last_claim.get(sentence.paragraph, 0)
            last_claim[sentence.paragraph] = at
            before = [
                q
                for n in range(max(0, number - 2), number + 1)
                if reading.text.sentences[n].paragraph == sentence.paragraph
                for q in reading.by_sentence.get(n, ())
                if since <= q.start < at
            ]
            ways = _ways_of_budget(before)
            stated = _WAYS[match["way"]]
            if not ways or len(set(ways)) > 1 or ways[0] == stated or stated == EQUAL == ways[0]:
                continue
            right = _SAYS[ways[0]]
            way = (sentence.start + match.start("way"), sentence.start + match.end("way"))
            told = "、".join(rounded_with_unit(q) for q in before[-4:])
            yield reading.finding(
                "R51",
                ERROR,
                f"按前面的数（{told}），决算数{right}预算数，文中写“{match['way']}”",
                way,
                *(q.place for q in before[-3:]),
                expected=right,
            )


def _all_of_it(reading: Reading, sentence: Sentence) -> Iterator[Finding]:
    for match in _ALL_OF_BUDGET.finditer(sentence.text) if "100" in sentence.text else ():
        if match["gap"] and not float(match["gap"].replace(",", "").rstrip(".")):
            continue
        message = f"完成预算100%，又写“{match['said']}”，两处不能都对"
        place = (sentence.start + match.start(), sentence.start + match.end())
        yield reading.finding("R51", ERROR, message, place)


def _ways_of_budget(before: list[Quantity]) -> list[int]:
    """Which is larger, by each pair of budget and outcome that stand side by side, and by each rate of the budget."""
    ways = []
    money = [q for q in before if q.money is not None and not is_change(q)]
    for one, two in pairwise(money):
        if is_budget(one) and is_outcome(two):
            ways.append(Pair(two, one).way)
        elif is_outcome(one) and is_budget(two) and not is_outcome(two):
            ways.append(Pair(one, two).way)
    for rate in before:
        if rate.unit == PERCENT and _OF_BUDGET.search(rate.label) and rate.value != HUNDRED:
            ways.append(UP if rate.value > HUNDRED else DOWN)
    return ways


_SHORT = 20
"""Characters between the two numbers of `由30万元减少到本年的28万元`."""
_FROM_TO = re.compile(r"(?:由|从)[^，。；：、\d]{0,10}$")
_TO = re.compile(rf"^[^，。；：、\d]{{0,6}}?(?P<way>{RISE}|{FALL})(?:到了?|至|为)[^，。；：、\d]{{0,8}}$")
"""`由上年的30万元减少到` before `35万元`."""


def _from_to(reading: Reading, sentence: Sentence, quantities: list[Quantity]) -> Iterator[Finding]:
    for old, new in pairwise(quantities):
        before = reading.text.flat[max(sentence.start, old.start - 14) : old.start]
        if new.start - old.end > _SHORT or not ("由" in before or "从" in before):
            continue
        between = reading.text.flat[old.end : new.start]
        way = _TO.match(between)
        if way is None or not _FROM_TO.search(before) or not alike(old, new):
            continue
        pair = Pair(new, old)
        at = old.end + way.start("way")
        if pair.way not in (EQUAL, way_of(way["way"])):
            yield contradiction(reading, "R51", pair, (at, old.end + way.end("way")), way["way"])
            continue
        yield from _rate_after(reading, quantities, pair)


def _rate_after(reading: Reading, quantities: list[Quantity], pair: Pair) -> Iterator[Finding]:
    """`由30万元升至36万元，下降20%`: the rate is that of the pair, its word is not."""
    rate = next((q for q in quantities if q.start > pair.new.end), None)
    old = value_of(pair.old)
    if rate is None or rate.unit != PERCENT or not old or pair.way == EQUAL:
        return
    word = re.search(rf"(?:{RISE}|{FALL})(?=(?:了|为|幅|率|约)*$)", rate.label)
    exact = abs(value_of(pair.new) - old) / old * HUNDRED
    if word and abs(exact - rate.value) <= half_unit(rate.decimals) and way_of(word.group()) == pair.way:
        reading.holds("R51", rate, others=pair)
    if word and abs(exact - rate.value) <= half_unit(rate.decimals) * 2 and way_of(word.group()) != pair.way:
        start = rate.start - len(word.group())
        at = reading.text.flat.rfind(word.group(), pair.new.end, rate.start)
        yield contradiction(reading, "R51", pair, (at if at >= 0 else start, rate.end), word.group())


_VAGUE = re.compile(
    rf"^(?:的|相比|决算数?|预算数?|支出数?)?，?(?:有所|略有|小幅|大幅|明显|稳步)?(?P<way>{RISE}|{FALL}|持平)(?=[，。；、]|$|的?(?:主要)?原因)"
)
"""`比上年5.80万元有所上升，`: no amount follows. 持平 likewise; 基本持平 allows a difference."""


def _vague(reading: Reading, sentence: Sentence, quantities: list[Quantity]) -> Iterator[Finding]:
    """All amounts before the comparison in its sentence must contradict it: the nearest may be a part's."""
    for at, old in enumerate(quantities):
        after = reading.text.flat[old.end : min(sentence.end, old.end + 24)]
        match = _VAGUE.match(after)
        before = reading.text.flat[max(sentence.start, old.start - 18) : old.start]
        if match is None or not THAN.search(before) or old.approximate:
            continue
        news = [q for q in quantities[:at] if alike(q, old) and not is_change(q)]
        ways = {Pair(new, old).way for new in news}
        stated = EQUAL if match["way"] == "持平" else way_of(match["way"])
        if stated == EQUAL and ways == {EQUAL}:
            reading.holds("R51", old, *news)
        if len(ways) != 1 or ways <= {stated} or any(q.approximate for q in news):
            continue
        pair = Pair(news[-1], old)
        place = (old.end + match.start("way"), old.end + match.end("way"))
        if stated == EQUAL:
            right = "增加" if pair.way == UP else "减少"
            message = f"{rounded_with_unit(pair.new)}与{rounded_with_unit(pair.old)}不相等，文中写“持平”"
            yield reading.finding("R51", ERROR, message, place, old.place, expected=right)
        elif pair.way != EQUAL:
            yield contradiction(reading, "R51", pair, place, match["way"])


_TOLD = re.compile(
    r"(?P<not>没有|未曾|并未|未|不)?(?P<over>超过|突破|超出|超)了?(?P<base>[^，。；：\d]{0,4}(?:上年|去年|预算)[^，。；：\d]{0,6})(?=[，。；（]|$)"
    r"|[与和同比较](?P<base2>(?:上年|去年|年初|预算|20\d\d年)[^，。；：\d]{0,6}?)(?:相比)?，?"
    rf"(?:有所|略有|大幅|明显)?(?P<way>持平|{RISE}|{FALL})(?=[，。；（]|$)"
    rf"|(?<=，)(?:有所|略有|大幅|明显)(?P<way2>{RISE}|{FALL})(?=[，。；（]|$)"
)
"""`预算8万元，上年预算7万元，没有超过上年预算。`: said of the two figures that stand before it in the sentence."""


_TOLD_WORDS = re.compile(r"超|持平|有所|略有|大幅|明显|相比|[比较同与和](?:上年|去年|年初|预算)")
"""One of these stands in each such claim: the longer pattern need not look at other sentences."""


def _told_pair(reading: Reading, sentence: Sentence, quantities: list[Quantity]) -> Iterator[Finding]:
    if len(quantities) < 2 or not _TOLD_WORDS.search(sentence.text):
        return
    for match in _TOLD.finditer(sentence.text):
        at = sentence.start + match.start()
        told = [q for q in quantities if q.end <= at and q.money is not None]
        if len(told) != 2 or any(q.approximate or is_change(q) for q in told):
            continue
        base = match["base"] or match["base2"] or "上年"
        pair = pair_of(reading, told, "预算" if "预算" in base and not LAST_YEAR.search(base) else "")
        if pair is None:
            continue
        words = (at, sentence.start + match.end())
        if match["over"]:
            over = pair.way == UP
            right = "超过" if over else "没有超过"
            wrong = over == bool(match["not"]) and not (pair.way == EQUAL and match["not"])
        else:
            way = match["way"] or match["way2"]
            if way == "持平" and pair.way == EQUAL:
                reading.holds("R51", *pair)
            right = {UP: "增加", DOWN: "减少", EQUAL: "持平"}[pair.way]
            wrong = pair.way != (EQUAL if way == "持平" else way_of(way))
        if wrong:
            message = f"{rounded_with_unit(pair.new)}与{rounded_with_unit(pair.old)}相比，应为“{right}”，文中写“{match.group()}”"
            places = [q.place for q in pair]
            yield reading.finding("R51", ERROR, message, words, *places, expected=right)


_AIM = re.compile(r"(?:目标|计划|任务)(?:值|数|任务|完成|要求)?[^，。；]{0,4}$")
_DONE = re.compile(r"(?:实际|完成|达到|达|结果|实测|测评|调查)[^，。；目标计划]{0,8}$")
_CLAIM = re.compile(
    r"^[^，。；\d未没尚不无距]{0,4}，?(?:(?:该|此)?项?(?:绩效)?(?:指标|目标|任务))?(?:已经|已|均|全面|圆满|按期|顺利)*"
    r"(?P<words>(?P<not>未|没有|尚未)?(?:能)?(?:超额完成|超过(?:了)?目标|超出目标|超目标|超额|达标|目标达成"
    r"|(?:达到|完成|实现)(?:了)?(?:预期|年度|既定|年初|设定)*(?:的)?(?:目标|任务)(?:值)?))(?![^，。；]{0,6}\d)"
)
"""Behind the figure that was reached: `，该指标已达到预期目标`."""
_LESS_IS_BETTER = re.compile(
    r"不高于|不超过|不大于|控制|以内|以下|≤|发生|受害|成灾|重犯|投诉|事故|死亡|流失|成本|费用|单价|用时|时限|降"
)
_MORE_IS_BETTER = re.compile(
    r"满意|合格|覆盖|完成|上线|参保|就业|入学|巩固|管理|接种|建档|整改|办结|成功|执行|配套|绿化|优良|利用|保存|成活|普及|及时|到位|知晓"
    r"|签约|参训|发放|达标|治愈|获奖|结案|调处|检测|抽查|处置|到课|出勤|参与|升学|通过"
)
"""Rates that ought to be high; `药占比28%，达到30%的目标` is right, and most rates are of neither kind."""
_TIME = ("天", "小时", "日", "分钟", "月", "年")
_ITS_AIM = re.compile(r"，(?:年度|年初)?目标(?:值|数)?(?:为|是)?")
_OF_PLAN = re.compile(
    r"(?:完成|占|为)(?:年度|全年|年初)?(?:计划|目标|任务)(?:数)?的(?P<rate>\d{1,2}(?:\.\d+)?)%，"
    r"(?:(?:该|此)?项?(?:绩效)?(?:指标|目标|任务))?(?:已经|已|均|全面|圆满|按期|顺利)*"
    r"(?P<words>超额完成|超过目标|达标|(?:完成|达到|实现)(?:了)?(?:预期|年度|既定|年初|设定)*(?:的)?(?:目标|任务))(?![^，。；]{0,6}\d)"
)
"""`完成计划的83%，指标超额完成`."""
_BAR = re.compile(
    r"[，（]?(?:[^，。；\d未没不距差为]{0,10}(?P<all>均|都|全部))?(?:略|仍|已|稳定|继续|也|明显|远)*"
    r"(?P<way>高于|超过|低于|达到|不低于|未达到|没有达到)(?:了)?"
)
_COUNT = re.compile(r"([两二三四五六七八九])(?:项|类|者|个)")
"""`两项满意度均超过`: of the last two."""
_BAR_ENDS = re.compile(
    r"(?:的)?(?:年度|控制|预期|既定|考核|规定)*(?:目标|任务|指标)(?:值|要求)?(?=[，。；、]|$)"
)
"""`满意度92%`，高于`90%`的目标，`: between the two, and behind the bar."""


def _target(reading: Reading, sentence: Sentence, quantities: list[Quantity]) -> Iterator[Finding]:
    """`目标30场，实际28场，超额完成`: the two stand side by side and the claim behind them."""
    flat = reading.text.flat
    for first, second in pairwise(quantities):
        # `配套率98%，目标97%，已达标`: told the other way round.
        turned = _aimed(second) and _ITS_AIM.fullmatch(flat, first.end, second.start) is not None
        aim, done = (second, first) if turned else (first, second)
        match = _CLAIM.match(flat[second.end : min(sentence.end, second.end + 24)])
        if (
            match is None
            or not alike(aim, done)
            or not _aimed(aim)
            or _aimed(done)
            or not (turned or _DONE.search(words_of(reading, done)))
            or not ("超" in match["words"] or _more_is_better(reading, done))
            or _LESS_IS_BETTER.search(reading.text.words_before(aim.start, "。；", 40))
        ):
            continue
        reached = value_of(done) >= value_of(aim)
        if reached == bool(match["not"]):
            place = (done.label_start, second.end + match.end("words"))
            is_it = "达到了" if reached else "没有达到"
            message = f"目标{rounded_with_unit(aim)}，实际{rounded_with_unit(done)}，{is_it}目标，文中写“{match['words']}”"
            expected = "完成目标" if reached else "未完成目标"
            places = [place] if turned else [place, aim.place]
            yield reading.finding("R51", ERROR, message, *places, expected=expected)
    for claim in _OF_PLAN.finditer(sentence.text):
        message = f"只完成{claim['rate']}%，没有达到目标，文中写“{claim['words']}”"
        place = (sentence.start + claim.start(), sentence.start + claim.end())
        yield reading.finding("R51", ERROR, message, place, expected="未完成目标")


def _bar(reading: Reading, sentence: Sentence, quantities: list[Quantity]) -> Iterator[Finding]:
    """`甲92%，乙88%，均超过90%的目标`: what stands right before the bar, with 均 all of its unit in a row."""
    flat = reading.text.flat
    for at, bar in enumerate(quantities):
        match = _BAR.fullmatch(flat, quantities[at - 1].end, bar.start) if at else None
        if match is None or not _BAR_ENDS.match(flat, bar.end):
            continue
        row = at
        while row and alike(quantities[row - 1], bar):
            row -= 1
        count = _COUNT.search(flat, quantities[at - 1].end, bar.start)
        if count and match["all"]:
            row = max(row, at - from_count(count[1]))
        told = quantities[row if match["all"] else max(row, at - 1) : at]
        if "达到" in match["way"] and not all(_more_is_better(reading, q) for q in told):
            continue
        if any(_aimed(q) or is_change(q) for q in told):
            continue
        short = next((q for q in told if not _clears(match["way"], q, bar)), None)
        if short is not None:
            said = f"{match['all'] or ''}{match['way']}"
            message = f"{rounded_with_unit(short)}与{rounded_with_unit(bar)}相比，不能写“{said}”"
            places = short.place, (bar.start - len(match["way"]), bar.end)
            yield reading.finding("R51", ERROR, message, *places)


def _more_is_better(reading: Reading, quantity: Quantity) -> bool:
    """Whether it is sure that more of it was wanted: a count of work, or a rate known for that."""
    if quantity.unit in (PERCENT, "‰"):
        before = reading.text.words_before(quantity.start, "。；", 30)
        return _MORE_IS_BETTER.search(before) is not None and _LESS_IS_BETTER.search(before) is None
    return quantity.money is None and quantity.unit not in _TIME


def _clears(way: str, value: Quantity, bar: Quantity) -> bool:
    told, wanted = value_of(value), value_of(bar)
    if way in ("低于", "未达到", "没有达到"):
        return told <= wanted if way == "低于" else told < wanted
    return told >= wanted


def _aimed(quantity: Quantity) -> bool:
    return bool(_AIM.search(quantity.label)) and "实际" not in quantity.label


_ROW = re.compile(
    r"(?:连续(?:两|三|四|五|多|[2-5])年|逐年)(?:实现)?(?P<way>递减|下降|减少|降低|递增|增长|增加|上升|提高)"
)
"""`连续三年下降`, `逐年递减`: wants the years' figures."""


def _in_a_row(reading: Reading) -> Iterator[Finding]:
    """A year's figure that goes the other way is to be checked; where no figure stands near, that is a hint."""
    for number, sentence in enumerate(reading.text.sentences):
        match = _ROW.search(sentence.text) if "年" in sentence.text else None
        if match is None or not reading.in_body(sentence.start):
            continue
        place = (sentence.start + match.start(), sentence.start + match.end())
        quantities = reading.by_sentence.get(number, [])
        told = [q for q in quantities if q.unit and q.end <= place[0] and q.year]
        if not quantities and not reading.by_sentence.get(number - 1):
            yield reading.finding("R51", HINT, f"“{match.group()}”没有写各年的数，应列出各年数字", place)
        elif len({q.year for q in told}) == len(told) >= 3 and len({q.unit for q in told}) == 1:
            told.sort(key=lambda q: q.year or 0)
            stated = DOWN if match["way"] in ("递减", "下降", "减少", "降低") else UP
            wrong = [Pair(b, a) for a, b in pairwise(told) if Pair(b, a).way != stated]
            if wrong:
                message = f"{rounded_with_unit(wrong[0].old)}到{rounded_with_unit(wrong[0].new)}，与“{match.group()}”不符"
                yield reading.finding("R51", CHECK, message, place, *(q.place for q in told))
