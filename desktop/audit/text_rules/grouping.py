"""R19: items listed under the wrong kind of spending or of indicator."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from desktop.audit.finding import CHECK, HINT, Finding
from desktop.audit.text.heading_numbers import Headings, marks
from desktop.audit.text.reading import Reading
from desktop.audit.text_audit import check
from desktop.ontology import ontology

_STAFF = re.compile(
    r"人员经费|基本工资|(?<!农民)工资(?!专户|监管)|津贴补贴|津贴|绩效奖金|年终奖|奖金|绩效工资|社会保险缴费|养老保险缴费|医疗保险缴费|职业年金|住房公积金|公积金|社保(?:费用?|缴费)|"
    r"退休费|离休费|伙食补助"
)
"""`绩效奖金`, `住房公积金` under 项目支出; not `农民工资专户`, `工资监管`."""
_ANCHOR = re.compile(
    r"(?=[人公商项基])(?<!其他)(?P<group>人员经费|公用经费|商品和服务支出|项目支出|基本支出)(?!与|和|按|包括基本)"
)
"""`公用经费`: a list of what it holds may follow; `人员经费和公用经费` names two and lists nothing."""
_LISTS = re.compile(r"包括|分别为|分别是|分别用于|主要用于|主要是|用于|其中|：|列支")
"""`包括…`, `主要用于…`: the list begins."""
_DENIED = re.compile(r"不得|没有|未|严禁|避免|杜绝|不存在|禁止|不含|不包括|除")
"""`不得列支`, `没有`: the list tells what is not there."""
_INDICATOR = re.compile(
    r"经济效益指标：?(?P<name>(?!经济|社会|生态|可持续|满意)[^\d≥≤=<>。，；：]{2,40}?(?:事故|伤亡|亡人|知晓率|满意度|信访|投诉|犯罪率|安全感)[^\d≥≤=<>。，；]{0,10})(?=[\d≥≤=<>。，；]|$)"
)
"""`经济效益指标：生产安全事故起数`."""


@check("R19", "支出与指标归类", of_words=True)
def grouping(reading: Reading) -> Iterator[Finding]:
    """To be checked: pay and social insurance listed under 项目支出 or 公用经费, office costs under 人员经费.

    A hint: accidents, satisfaction or awareness as an indicator of economic benefit. Only lists count
    (包括, 分别为, 主要用于, ：); silent on denials and on 退休费 among 人员经费.
    """
    headings = Headings(marks(reading))
    for sentence in reading.sentences:
        anchors = _anchors(sentence.text)
        stops = [*(a.start() for a in anchors[1:]), len(sentence.text)]
        for anchor, stop in zip(anchors, stops, strict=False):
            listed = sentence.text[anchor.end() : stop]
            yield from _wrong_group(reading, anchor["group"], listed, sentence.start + anchor.end())
        # In the part on projects a list need not repeat what it is about.
        unnamed = not anchors or anchors[0]["group"] == "人员经费"
        under = unnamed and "项目支出" in headings.before(sentence.start)
        if under and re.search(r"支出|资金", sentence.text):
            yield from _wrong_group(reading, "项目支出", sentence.text, sentence.start)
    for match in _INDICATOR.finditer(reading.text.flat):
        message = f"“{match['name']}”不是经济效益，应归入社会效益或满意度指标"
        yield reading.finding("R19", HINT, message, (match.start("name"), match.end("name")))


@cache
def _items_of(*classes: str) -> re.Pattern[str]:
    """These classes of 支出经济分类 and what is booked under them; not `取暖水费`, `工资福利费`, which are pay."""
    known = ontology()
    nodes = (node for found in classes for node in (known.nodes[found], *known.under(found)))
    names = dict.fromkeys(name for node in nodes for name in (node.shown, node.id))
    return re.compile(rf"(?<!取暖)(?<!工资)(?:{'|'.join(names)})")


@cache
def _beside() -> re.Pattern[str]:
    """`商品和服务支出20万元，包括办公费；对个人和家庭的补助3万元`: another class stands beside the first, not in it."""
    return re.compile("；(?:" + "|".join(node.shown for node in ontology().under("基本支出")) + ")")


def _anchors(text: str) -> list[re.Match[str]]:
    """Where a list on one kind of spending may begin; 人员经费 behind 项目支出 is an item of it."""
    kept: list[re.Match[str]] = []
    for match in _ANCHOR.finditer(text):
        item = kept and match["group"] == "人员经费" and kept[-1]["group"] == "项目支出"
        if not item or "；" in text[kept[-1].end() : match.start()]:
            kept.append(match)
    return kept


def _wrong_group(reading: Reading, group: str, listed: str, start: int) -> Iterator[Finding]:
    listed = _beside().split(listed)[0]
    begin = _LISTS.search(listed)
    if begin is None or _DENIED.search(listed[: begin.end()]):
        return
    of_staff, of_public = ("工资福利支出", "个人家庭补助"), ("商品服务支出", "资本性支出")
    wrong = {
        "人员经费": (_items_of(*of_public), "应属公用经费"),
        "公用经费": (_items_of(*of_staff), "应属人员经费"),
        "商品和服务支出": (_items_of(*of_staff), "应属人员经费"),
        "项目支出": (_STAFF, "一般应在基本支出中列支，须说明原因"),
    }.get(group)
    if wrong is None:
        return
    pattern, message = wrong
    items = list(pattern.finditer(listed, begin.end()))
    if items and not _DENIED.search(listed[begin.end() : items[0].start()][-8:]):
        names = "、".join(dict.fromkeys(match.group() for match in items))
        places = [(start + match.start(), start + match.end()) for match in items[:4]]
        yield reading.finding(
            "R19", CHECK, f"{group}里列了“{names[:30]}”，{message}", *places, all_wrong=True
        )
