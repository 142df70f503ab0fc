"""R36t: targets and what came of them, as sentences tell them; what is said of one against its two numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from desktop.audit.finding import ERROR, Finding
from desktop.audit.text.heading_numbers import Passage, passages
from desktop.audit.text.reading import Reading
from desktop.audit.text_audit import check
from desktop.domain.chinese_numerals import from_numerals
from desktop.domain.numbers import decimals_of, half_unit, show_short

NUMBER = r"\d{1,12}(?:,\d{3}){0,4}(?:\.\d{1,6})?"
_UNIT = r"(?P<unit>[%‰]|[^\d\s，。；：、（）“”%‰元]{1,4}?)"
_BOUND = r"(?P<bound>及?以上|及?以内|及?以下|左右)?"
_SENSE = r"(?P<sense>≥|不低于|不少于|不小于|达到|≤|控制在|不超过|不高于|不大于|不多于)?"
_DONE = r"[^，。；：、\d%]{0,10}?(?:实际|实有|实训|实达|实测|完成|达到?|调查|完工|建成|测评|结果)[^，。；、：\d]{0,10}?：?"
_WANTED_FIRST = re.compile(
    # `场地改造目标24处，实际21处`, `计划新增护理床位80张，实际新增72张`, `投诉率控制在2%以内，实际2.6%`.
    r"(?:(?:目标|计划|任务|指标(?=值))(?:值|数|任务|[点岗床]位)?：?|(?=控制在|不超过|不高于|不低于|≥|≤))"
    rf"(?P<what>[^，。；：、（）\d≥≤]{{0,12}}?){_SENSE}"
    rf"(?P<wanted>{NUMBER}){_UNIT}{_BOUND}[，、；（](?:[因受由][^，。；：\d]{{2,16}}，)?{_DONE}(?P<got>{NUMBER})(?P=unit)(?![\d.])"
)
_RANKS = re.compile(
    r"(?:目标|力争)(?:值|为|是)?(?P<what>[^，。；：\d]{0,10}?)前(?P<wanted>\d{1,2}|[一二三四五六七八九十])(?P<unit>名|位)"
    r"(?P<sense>)(?P<bound>)[，、；（][^，。；\d]{0,10}第(?P<got>\d{1,2}|[一二三四五六七八九十])(?P=unit)"
)
"""`目标前3名，实际第5名`: kept by staying below it."""
_GOT_FIRST = re.compile(
    # `安装率83%，目标值为100%`, `新建水窖360口，计划400口`, `综合满意度90.6%，未达到92%的目标`.
    rf"(?<![\d.,])(?P<got>{NUMBER}){_UNIT}[，（](?:"
    rf"(?:该项)?(?:年度|年初)?(?:目标|计划|任务)(?:值|数)?(?:为|是|：)?|"
    rf"(?:略|仍|尚|已|均)?(?:未达到?|没有达到|高于|超过|达到)(?:了)?(?=[^，。；]{{1,14}}(?:目标|要求)))"
    rf"{_SENSE}(?P<wanted>{NUMBER})(?P=unit){_BOUND}(?P<what>)"
)
_AT_MOST = re.compile(r"≤|控制在|不超过|不高于|不大于|不多于|以内|以下")
_AT_LEAST = re.compile(r"≥|不低于|不少于|不小于|以上")
_LESS_IS_BETTER = re.compile(
    r"[≤<]|控制|变动|成本|费用|经费|支出(?!率)|结转|结余|压|下降|降低|减少|减幅|不超|不高于|以内|以下|投诉|事故|死亡|案件|发案|发生|伤亡|"
    r"时限|时间|天|工作日|小时|能耗|耗|违|超|偏差|误差|隐患|风险|损失|逾期|信访|火灾|病|率差"
)
"""`办理时限目标5天，实际3天`, `三公经费控制率`: a target that is kept by staying below it."""
_OF_IT = (
    r"(?:，完成(?:率为?)?\d{1,3}(?:\.\d{1,2})?%)?"
    + r"[，（；]?(?:因|由于)?(?:该|本|此)?(?:项)?(?:指标|目标|任务|工作)?(?:已经|已|均|圆满|全面)?"
)
_REACHED = re.compile(
    _OF_IT
    + r"(?:超额完成|完成(?:了)?(?:年度|年初|预定|既定|预期)?(?:目标|任务)|达标|(?:达到|实现)(?:了)?(?:年度|预期|既定|预定)?(?:目标|要求)"
    r"|高于目标|超过目标|(?<=已)(?:完成|达到)(?=[，。；])|完成(?=[，。；]))(?!的?\d|的(?:比例|百分))"
    r"|，(?:该项|该指标|故)?[得计]满分(?=\d)"
)
_MISSED = re.compile(
    r"[，（](?:该|本|此)?(?:项)?(?:指标|目标|任务|工作)?"
    r"(?:未达标|(?:未|没有)(?:能)?(?:达到|完成|实现)(?:年度|预期|既定|预定|年初)?(?:目标|任务)|低于目标)(?!的?\d|的(?:比例|百分))"
)
_GAP = re.compile(
    rf"[，（；]?(?:比目标|较目标)?(?P<way>超出?|超过|高于?|高出|多出?|超额|低于?|差|欠|少|缺)(?:了|目标值?|年度目标)*(?P<gap>{NUMBER})(?P<unit>个百分点|[^\d\s，。；：、（）%元]{{1,4}})(?=[，。；）]|未达标|$)"
)
"""`目标62%，实际65.3%，超目标3.3个百分点`, `目标120户，完成112户，欠8户`."""
_SHARE_DONE = re.compile(
    rf"(?:完成(?:年度|年初)?(?:计划|目标|任务)(?:数|任务)?的|完成率(?:为|达到?|是)?)(?P<rate>{NUMBER})%"
)
"""`完成计划的83%`: over 100 or not says whether the target was reached."""
_BEHIND = 24
"""Characters behind a result in which something is said of it."""
_LONGEST_NAME = 24
_CLAUSE_ENDS = "，。；：、（）"
_LEAD = re.compile(r"([^，。；：、（）\d]{2,14})[。：]$")
"""`无障碍改造。目标120户`: the head of the paragraph names it."""
_NO_NAME = re.compile(r"年度|绩效|目标|全年|本年|计划|任务|实际|指标|为|完成|其中")


class Target(NamedTuple):
    """What was wanted and what came of it. `start` to `end` is where the two stand in `flat`."""

    name: str
    wanted: Decimal
    got: Decimal
    unit: str
    at_most: bool
    start: int
    end: int

    @property
    def missed(self) -> bool:
        return self.got > self.wanted if self.at_most else self.got < self.wanted

    @property
    def told(self) -> str:
        if self.unit in ("名", "位") and self.at_most:
            return f"目标前{self.wanted}{self.unit}，实际第{self.got}{self.unit}"
        bound = "以内" if self.at_most else ""
        return f"目标{self.wanted}{self.unit}{bound}，实际{self.got}{self.unit}"


def _number(told: str) -> Decimal:
    """`1,200`; `三` of a rank."""
    return Decimal(from_numerals(told) if told in "一二三四五六七八九十" else told.replace(",", ""))


@lru_cache(maxsize=2000)
def targets_of(passage: Passage) -> list[Target]:
    """The targets of one paragraph whose results stand beside them, in order.

    Left out are those of which it is not said, nor known by the name, whether more or less was wanted.
    """
    text, found = passage.text, dict[int, Target]()
    if not any(word in text for word in ("目标", "计划", "任务", "控制在", "不超过", "不高于", "不低于")):
        return []
    for pattern in (_RANKS, _WANTED_FIRST, _GOT_FIRST):
        for match in pattern.finditer(text):
            begin = max(text.rfind(sign, 0, match.start()) for sign in _CLAUSE_ENDS) + 1
            name = text[max(begin, match.start() - _LONGEST_NAME) : match.start()] + match["what"]
            if not _NO_NAME.sub("", name):
                lead = _LEAD.search(text, max(0, begin - 16), begin) if begin else None
                name = lead[1] if lead else ""
            wanted, got = (_number(match[group]) for group in ("wanted", "got"))
            bound = f"{match['sense'] or ''}{match['bound'] or ''}"
            # Nobody wants 0 of what is good: `事故目标0起，实际1起`.
            at_most = pattern is _RANKS or not wanted or bool(_AT_MOST.search(bound))
            unsure = not bound or not _AT_LEAST.search(bound)
            if not at_most and unsure and _LESS_IS_BETTER.search(name + match["unit"]):
                continue
            start = passage.start + min(begin, match.start())
            target = Target(name, wanted, got, match["unit"], at_most, start, passage.start + match.end())
            found.setdefault(match.start("got"), target)
    return [found[place] for place in sorted(found)]


@check("R36t", "目标完成情况与说法不符")
def said_of_targets(reading: Reading) -> Iterator[Finding]:
    """Wrong: `目标99%，实际98.5%，超额完成目标`; `控制在2%以内，实际2.6%，达到目标`; `目标20期，实际22期，未完成年度目标`;
    `完成计划的83%，指标超额完成`.

    Silent on targets without a bound whose name says that less is better, and on what R51 has said.
    """
    said = {
        span.start for finding in reading.told if finding.code in ("R51", "R3p") for span in finding.spans
    }
    for passage in passages(reading):
        for finding in (*_of_targets(reading, passage), *_of_shares(reading, passage)):
            if not any(s.start <= at < s.end for s in finding.spans for at in said):
                yield finding


def _of_targets(reading: Reading, passage: Passage) -> Iterator[Finding]:
    flat = reading.text.flat
    for target in targets_of(passage):
        behind = flat[target.end : min(target.end + _BEHIND, passage.end)]
        words = (_REACHED if target.missed else _MISSED).match(behind)
        if words:
            is_it = "没有达到目标" if target.missed else "已达到目标"
            message = f"{target.told}，{is_it}，不是“{words.group().strip('，（；')}”"
            yield reading.finding("R36t", ERROR, message, (target.start, target.end + words.end()))
        gap = _GAP.match(behind)
        unit = "个百分点" if target.unit == "%" else target.unit
        if gap is None or not gap["unit"].startswith(unit):
            continue
        told, right = Decimal(gap["gap"].replace(",", "")), abs(target.got - target.wanted)
        below = gap["way"][0] in "低差欠少缺"
        if not target.at_most and below != (target.got < target.wanted):
            place = (target.start, target.end + gap.end())
            is_it = "低于" if target.got < target.wanted else "不低于"
            yield reading.finding("R36t", ERROR, f"{target.told}，{is_it}目标，不是“{gap['way']}”", place)
        elif abs(told - right) > half_unit(decimals_of(told)):
            place = (target.start, target.end + gap.end())
            message = f"{target.told}，相差{show_short(right, 4)}{unit}，写的是{gap['gap']}{unit}"
            yield reading.finding("R36t", ERROR, message, place, expected=f"{show_short(right, 4)}{unit}")


def _of_shares(reading: Reading, passage: Passage) -> Iterator[Finding]:
    for done in _SHARE_DONE.finditer(passage.text) if "完成" in passage.text else ():
        before = passage.text[max(0, done.start() - 30) : done.start()]
        rate, behind = Decimal(done["rate"].replace(",", "")), passage.text[done.end() : done.end() + _BEHIND]
        words = (_REACHED if rate < 100 else _MISSED).match(behind)
        if words and not _LESS_IS_BETTER.search(before):
            place = (passage.start + done.start(), passage.start + done.end() + words.end())
            message = f"完成{rate}%，不是“{words.group().strip('，（；')}”"
            yield reading.finding("R36t", ERROR, message, place)
