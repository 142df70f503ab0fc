"""R16: two statements of one report that cannot both be true."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from desktop.audit.finding import CHECK, ERROR, Finding
from desktop.audit.text.mentions import Quantity
from desktop.audit.text.reading import Reading
from desktop.audit.text_audit import check

Place = tuple[int, int]
_ADJUSTED = re.compile(
    r"(?=[调年中本追])(?:调整后的?[^，。；\d]{0,8}(?:预算|收入|支出)[^，。；\d]{0,8}(?!0(?:\.0*)?(?![\d.]))|"
    r"(?:年中|中期|年度中间|本年)(?:净?追加|调增|调减|调整预算)[^，。；\d]{0,10}(?!0(?:\.0*)?(?![\d.]))|"
    r"(?:追加|调增|调减)预算[^，。；\d]{0,8}(?!0))\d[\d,]*(?:\.\d+)?(?:[万亿]?元)?"
)
"""`调整后预算2098万元`, `年中追加118万元`: by more than 0."""
_NOT_ADJUSTED = re.compile(
    r"预算[^，。；]{0,8}(?:未|没有|不存在|无)[^，。；]{0,12}(?:调整|追加|调剂)|"
    r"(?:未|没有|不存在|无)(?:进行|发生|作)?[^，。；的]{0,6}预算(?:的)?(?:调整|追加)"
)
"""`预算没有调整`, `未发生预算追加`."""
_LIMITED = re.compile(
    r"不得|不予|一律|严禁|原则|特殊|重大|大幅|较大|确需|未经|三公|公务|采购|基本支出|项目支出|人员|公用|目标"
)
"""`预算一律不得调整`, `三公经费预算没有调整`: a denial that is a rule, or speaks of one part of the budget only."""
_BEFORE_DENIAL = 8
"""Characters before a denial in which such a word stands: `三公经费的` before `预算没有调整`."""
_KIND = (
    r"(?P<kind>生产安全|安全生产|道路交通|交通|火灾|消防|食品安全|质量安全|溺水|校园安全|医疗|环境污染|群体性)"
    r"(?:责任|死亡|亡人)?(?P<noun>事故|事件)"
)
"""`生产安全事故`, `火灾`: accidents of one kind are compared."""
_ZERO = re.compile(
    rf"(?P<before>[^，。；：（]{{0,16}})(?:{_KIND})(?:起数|发生率)?[^，。；\d]{{0,3}}(?:为零|为0(?![\d.])|零发生|零增长)"
)
"""`安全生产事故为零`."""
_NONE = re.compile(rf"(?:未|没有|无)(?:发生)?(?P<before>[^，。；：（]{{0,16}}?)(?:{_KIND})")
"""`未发生较大生产安全事故`."""
_SOME = re.compile(
    rf"发生(?P<before>[^，。；：\d（]{{0,12}})(?:{_KIND})[^，。；：\d（）]{{0,4}}(?P<n>[1-9]\d*)起"
)
"""`发生生产安全事故3起`."""
_GRAVE = re.compile(r"较大|重大|特大|一般|死亡|亡人|责任")
"""No 较大事故, and yet a small one: no contradiction."""
_PLENTY = re.compile(
    r"(?P<label>[一-龥]{3,14}?(?:费用|费|经费|支出|资金|收入))(?:仍|都|也|相对|比较|明显|严重|支出|逐年)*(?:较高|较多|过高|过多|偏高|偏多|较大|过大|不足|紧张|超支|居高不下|增加)"
)
"""`公务接待费仍较高`."""
_WEIGHT = re.compile(
    r"(?P<label>基本支出|项目支出)(?:的)?(?:比重|占比|所占比[重例])(?:仍|都|也|为|是|相对)?(?:比较|较|很|最|过|偏|更)?(?:大|高|重)(?!幅|于|中)|"
    r"(?:支出)?以(?P<label2>基本支出|项目支出)为主|"
    r"(?:单位|部门|局|全年|本年|整体|总)(?:财政)?(?:资金|支出|经费)(?:主要|大部分)用于(?:保障|保证|维持)?(?:人员|机构|机关|单位)[^，。；]{0,8}"
)
"""`基本支出比重较大`, `支出以项目支出为主`, `全年资金主要用于保障人员工资` (the whole's; of 基本支出 that is no claim)."""
_TOTAL = re.compile(
    r"(?:部门|单位|整体|本年|全年|年度|当年|财政|财政拨款|一般公共预算)*"
    r"(?:总支出|支出总额|支出合计|支出总计|支出决算数?|决算支出|决算总支出|实际发生支出|实际支出|支出)"
)
"""`本年支出合计`, `部门整体支出`."""
_BUDGET = re.compile(r"预算|年初|批复")
"""`年初批复基本支出70万元`: planned, and not spent."""
_BEFORE_LABEL = 8
"""Characters before a label in which such a word stands, in the same sentence: `年初预算安排，`."""
_ALL_DONE = re.compile(
    r"(?:各项|全部|所有)(?:绩效|年度|预期)?(?:目标|任务|指标)[^，。；]{0,8}(?:均|都|已|全部|圆满)[^，。；]{0,4}(?:完成|达成|实现)"
)
"""`各项目标均已完成`."""
_NOT_DONE = re.compile(
    r"(?<!\d)\d{1,5}(?:项|个)[^，。；]{0,8}(?:指标|任务|目标)?未(?:完全|能|全部)?(?:完成|达到|达标|实现)|(?:指标|任务|目标)未(?:完全|能|全部)?(?:完成|达到|达标|实现)"
)
"""`2项指标未完成`."""
_JUDGED = re.compile(
    r"(?:^|[，。；：]|虽然|尽管|由于|因|[一二三四五六七八九]、|（[一二三四五六七八九十\d]）|[1-9][、.])(?P<names>[一-龥]{2,14}?(?:、[一-龥]{2,14}?)*)(?:均|都|已|全部)*(?P<not>未|没有)?(?:能)?"
    r"(?:达到|完成|达成)(?:了)?(?:年度|预期|既定|年初)*(?:目标|任务)(?=[，。；])"
)
"""`甲率、乙率均达到目标`, `丙工作未达到年度目标`: judged without their figures."""
_ITS_AIM = re.compile(r"，(?:年度|年初)?目标(?:值|数)?(?:为|是)?")
_ITEM_HEAD = re.compile(
    r"^(?:[一二三四五六七八九十\d]{1,2}[、.]|（[一二三四五六七八九十\d]{1,2}）)?(?P<head>[一-龥]{4,12})[：。]"
)
"""`2、送戏下乡：演出26场，目标30场`."""
_LEAST = 4
"""Characters of a name that is one measure's."""
_LITTLE = ("万元", "元", "亿元", "天", "小时")
_LOW = re.compile(r"发生|受害|成灾|投诉|事故|死亡|成本|费用|差错|占比|用时|辍学|流失|重犯|强度")
"""Of these less may be better."""
_TREND = re.compile(
    r"(?=[三公基项人])(?P<label>三公[”]?经费|公务接待费|公务用车运行维护费|基本支出|项目支出|人员经费|公用经费)(?P<what>[^，。；]{0,12}?)(?:比|较|与)(?P<base>上年|去年|年初预算)"
    r"[^。；\d]{0,14}?(?P<way>减少|下降|降低|增加|增长|上升)(?!原因)"
)
"""`公务接待费比上年减少`."""
_MANY = 12
"""More amounts of one kind than a report can have."""
_HALF = Decimal("0.5")
"""A share below it is not the larger one of two: 基本支出 and 项目支出 make the whole."""
_TWO_CENTS = Decimal("0.02")
"""In 万元: 70.01 + 29.98 printed beside a total of 100.00 is the rest of it, each rounded to two digits."""
_OF_THE_WHOLE = Decimal("0.95")
"""Of the largest total: 本年支出 and 总支出 with what was carried over lie so close; a sum of parts lies lower."""
_UP = ("增加", "增长", "上升")


@check("R16", "前后陈述互斥", of_words=True)
def exclusive(reading: Reading) -> Iterator[Finding]:
    """Wrong: adjusted and 'not adjusted'; 'mainly basic spending' below half; an aim met by its figures and judged
    not to be met, or the other way.

    To be checked: no accidents and N accidents of one kind, a cost of 0 that is 'high', all done and not
    done, up and down of one item. Silent where the denial is of graver accidents only, of another year,
    or where budget and outcome are compared with different bases.
    """
    yield from _adjustment(reading)
    yield from _accidents(reading)
    yield from _zero_and_high(reading)
    yield from _weights(reading)
    yield from _done(reading)
    yield from _judged(reading)
    yield from _trends(reading)


def _places(reading: Reading, pattern: re.Pattern[str], *needs: str) -> list[tuple[re.Match[str], Place]]:
    """Matches in the sentences of the body with their place in `flat`. Each holds one of the words of `needs`: they
    are sought first, as that is far quicker."""
    return [
        (match, (sentence.start + match.start(), sentence.start + match.end()))
        for sentence in reading.sentences
        if not needs or any(word in sentence.text for word in needs)
        for match in pattern.finditer(sentence.text)
    ]


def _adjustment(reading: Reading) -> Iterator[Finding]:
    adjusted = _places(reading, _ADJUSTED)
    flat = reading.text.flat
    denied = [
        (match, (start, end))
        for match, (start, end) in (_places(reading, _NOT_ADJUSTED, "预算") if adjusted else ())
        if not _LIMITED.search(flat[max(0, start - _BEFORE_DENIAL) : end])
    ]
    if denied:
        message = "一处写预算有调整，一处写预算没有调整，互相矛盾"
        yield reading.finding("R16", ERROR, message, adjusted[0][1], denied[0][1])


def _kind(match: re.Match[str]) -> str:
    return match["kind"].replace("安全生产", "生产安全").replace("道路", "") + match["noun"]


def _accidents(reading: Reading) -> Iterator[Finding]:
    some = _places(reading, _SOME)
    denials = [*_places(reading, _ZERO, "零", "0"), *_places(reading, _NONE)] if some else []
    for denial, place in denials:
        for match, other in some:
            if _kind(match) != _kind(denial) or other[0] <= place[0] < other[1]:
                continue
            if _GRAVE.search(denial["before"]) and not _GRAVE.search(match["before"]):
                continue
            message = f"一处写{_kind(denial)}为零，一处写发生{match['n']}起，请说明两处的范围"
            yield reading.finding("R16", CHECK, message, place, other)
            break


def _zero_and_high(reading: Reading) -> Iterator[Finding]:
    zeros = [
        q for q in reading.quantities if q.money == 0 and q.year in (None, reading.year) and len(q.label) >= 4
    ]
    for match, place in _places(reading, _PLENTY) if zeros else []:
        label = match["label"]
        zero = next((q for q in zeros if _same(q.label, label)), None)
        if zero is not None:
            message = f"“{zero.label}”是0，这里又说“{match.group()[-12:]}”，请核对"
            yield reading.finding("R16", CHECK, message, zero.place, place)


def _same(one: str, other: str) -> bool:
    """Whether one label is the other without its beginning: 运行维护费 and 公务用车运行维护费."""
    return len(min(one, other, key=len)) >= 4 and (one.endswith(other) or other.endswith(one))


def _weights(reading: Reading) -> Iterator[Finding]:
    """The share claimed to be the larger one, worked out from every total the text gives."""
    claims = _places(reading, _WEIGHT, "重", "占比", "为主", "用于")[:_MANY]
    outcomes = _outcomes(reading) if claims else []
    for match, place in claims:
        label = match["label"] or match["label2"] or "基本支出"
        parts = [q for q in outcomes if q.label.endswith(label)][:_MANY]
        totals = [q for q in outcomes if _TOTAL.search(q.label) and not re.search(r"基本|项目", q.label)]
        totals = sorted(totals, key=lambda q: q.money or 0)[-_MANY:]
        shares = [
            (part, total, (part.money or 0) / total.money)
            for part in parts
            for total in totals
            if total.money and part.money and total.money > part.money
        ]
        top = max(shares, key=lambda s: s[1].money or 0, default=None)
        if top is None or not all(share < _HALF for *_, share in _near_top(shares)):
            continue
        part, total, share = top
        message = f"说{label}是主要的，但{part.money}÷{total.money}={share:.2%}，不到一半"
        rest = total.money - part.money if total.money and part.money else None
        sure = any(
            q.money is not None and rest is not None and abs(q.money - rest) < _TWO_CENTS
            for q in reading.quantities
        )
        spots = (place, part.place, total.place)
        yield reading.finding(
            "R16",
            ERROR if sure and label in match.group() else CHECK,
            message,
            *spots,
        )


def _near_top(
    shares: list[tuple[Quantity, Quantity, Decimal]],
) -> list[tuple[Quantity, Quantity, Decimal]]:
    """Shares of the year's whole spending; sums of parts that are also called 支出 are left out."""
    whole = max(total.money or Decimal(0) for _, total, _ in shares)
    return [entry for entry in shares if (entry[1].money or 0) >= whole * _OF_THE_WHOLE]


def _outcomes(reading: Reading) -> list[Quantity]:
    """Amounts spent in the report's year, as far as the words before them tell."""
    spent = []
    for quantity in reading.quantities:
        if quantity.money is None or quantity.year not in (None, reading.year):
            continue
        before = reading.text.flat[max(0, quantity.label_start - _BEFORE_LABEL) : quantity.start]
        if not _BUDGET.search(before.rpartition("。")[2]):
            spent.append(quantity)
    return spent


def _done(reading: Reading) -> Iterator[Finding]:
    done = _places(reading, _ALL_DONE)
    lacking = _places(reading, _NOT_DONE, "未") if done else []
    if lacking:
        message = "一处写目标任务全部完成，一处写有未完成的，请核对"
        yield reading.finding("R16", CHECK, message, done[0][1], lacking[0][1])


def _judged(reading: Reading) -> Iterator[Finding]:
    """A measure told with its aim and figure, and judged the other way elsewhere; rates that ought to be low keep
    their own words (`未超过`), and are judged otherwise."""
    claims = _places(reading, _JUDGED, "目标", "任务")[:_MANY]
    facts = _aims_met(reading) if claims else {}
    for match, place in claims:
        for name in match["names"].split("、"):
            known = facts.get(name) or next((f for n, f in facts.items() if name.startswith(n)), None)
            if known is None or known[0] != bool(match["not"]) or known[1][0] in range(*place):
                continue
            told = reading.text.flat[slice(*known[1])]
            is_it = "达到了" if known[0] else "没有达到"
            message = f"前面写“{told}”，{is_it}目标，这里写“{match.group()[-12:]}”"
            yield reading.finding("R16", ERROR, message, place, known[1])
            break


def _aims_met(reading: Reading) -> dict[str, tuple[bool, Place]]:
    """Measure -> whether `95.2%，目标90%` beside it meets its aim, and where; by the head of an item too, if it has one."""
    facts: dict[str, tuple[bool, Place]] = {}
    told_twice: set[str] = set()
    for done, aim in pairwise(reading.quantities):
        if done.unit != aim.unit or done.sentence != aim.sentence or done.unit in ("", *_LITTLE):
            continue
        if not _ITS_AIM.fullmatch(reading.text.flat, done.end, aim.start):
            continue
        sentence = reading.text.sentences[done.sentence]
        head = _ITEM_HEAD.match(sentence.text)
        for name in {done.label, head["head"] if head else done.label}:
            if len(name) >= _LEAST and not _LOW.search(name):
                if name in facts:
                    told_twice.add(name)
                facts[name] = done.value >= aim.value, (done.label_start, aim.end)
    return {name: fact for name, fact in facts.items() if name not in told_twice}


def _trends(reading: Reading) -> Iterator[Finding]:
    """One item said to rise and to fall against the same base."""
    first: dict[tuple[str, str, bool], tuple[bool, Place]] = {}
    for match, place in _places(reading, _TREND):
        key = (match["label"].replace("”", ""), match["base"], "预算" in match["what"])
        up = match["way"] in _UP
        known, earlier = first.setdefault(key, (up, place))
        if known != up:
            message = f"{key[0]}比{key[1]}一处写增加，一处写减少，请核对"
            yield reading.finding("R16", CHECK, message, earlier, place)
