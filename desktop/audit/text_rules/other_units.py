"""R14n: another unit's name where only the report's own can stand: before what the unit says of itself, and below."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from desktop.audit.finding import ERROR, Finding
from desktop.audit.text.reading import Reading
from desktop.audit.text_audit import check

_CLASSES = {
    # What a name ends in -> what may stand for it elsewhere: only units of one class are taken for one another.
    "镇人民政府|乡人民政府|街道办事处|街道": "office",
    "管理局|局|委员会|管委会|委|办公室|组织部|宣传部|统战部|政法委|联合会|总工会|团委": "department",
    "中心卫生院|卫生院|医院|妇幼保健院": "hospital",
    "高级中学|初级中学|中学|小学|幼儿园|学校": "school",
    "法院|检察院": "court",
    "图书馆|文化馆|博物馆|档案馆|中心": "house",
}
_CLASS_OF = {end: name for ends, name in _CLASSES.items() for end in ends.split("|")}
_END = "|".join(sorted(_CLASS_OF, key=len, reverse=True))
_TITLE = re.compile(
    r"^(?:[^一-龥]|附件\d?：?|第[一二三四五六七八九十]+(?:部分|章)|[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|——|关于)*"
    rf"(?:20\d\d年度?)?(?:中共)?(?P<name>[一-龥]{{2,26}}?(?P<end>{_END}))(?:（[^（）]{{1,8}}）)?"
    r"(?=$|(?:关于)?(?:20\d\d|二[〇○零]|部门|单位|预算|决算|整体|绩效|支出|项目))"
)
"""`第二部分中共清河县委组织部2023年度部门决算情况说明`, or the name alone on the line above."""
_TOP_LINES, _LAST_LINES = 6, 4
_MEASURED = (
    r"(?:机关运行(?:经费|费)|(?:部门|单位|整体|年初部门)(?:整体)?(?:支出|收入|预算)|(?:收入|支出|收支)(?:总计|合计|决算|总)|年初预算|"
    r"一般公共预算|政府性基金|财政拨款|年末(?:固定|资产|在职|实有|结转|共有)|“?三公”?经费|基本支出|项目支出|"
    r"政府采购(?:支出|预算)|公务用车|共有车辆|预算执行率)"
)
"""What a unit tells with a figure of itself."""
_RUNS = (
    r"(?:将|要|计划)(?:把|按|在|以|对|从|进一步|继续|认真|严格|结合|根据|持续|加强)"
    r"(?=[^。；]{0,24}(?:绩效|预算|整改|资金|自评|支付进度|项目储备|内部控制|财务|资产管理|改进|问题))"
    r"|(?:高度重视|认真|精心|及时)(?:组织|开展|对待|落实)?(?:了)?(?=[^。；]{0,16}(?:绩效|自评))"
)
"""What a unit undertakes at the end of its report: `将按上述措施整改`; how it went about it: `认真开展了自评`."""
_SELF = re.compile(
    r"(?:(?:^|[。；])(?:[一二三四五六七八九十\d]{1,2}[、.．]|（[一二三四五六七八九十\d]{1,2}）|[一二三四五六]是)?)(?:20\d\d年度?，?|截至20\d\d年(?:末|底|12月31日)，?)?"
    rf"(?P<name>[一-龥]{{1,20}}?(?:{_END}))(?:本级|机关)?(?:20\d\d年度?)?(?:(?P<told>{_MEASURED})(?=[^。；]*\d)|(?P<runs>{_RUNS}))"
)
_APPOSED = re.compile(
    rf"(?:我|本)(?:单位|部门)(?P<name>[一-龥]{{3,20}}?(?:{_END}))(?=成立|组织|开展|对|的|认真|于|20)"
)
"""`由我单位清河县审计局成立自评小组`."""
_SIGNED = re.compile(rf"^(?P<name>[一-龥]{{2,24}}?(?:{_END}))(?=$|20\d\d年\d{{1,2}}月)")
_DATED = re.compile(r"20\d\d年\d{1,2}月\d{1,2}日$")
_AREA = re.compile(
    r"^(?:中共|[一-龥]{2,7}?(?:省|自治区|市(?![场政容])|自治州|州|地区))*(?:[一-龥]{1,6}?(?:自治县|县|区|市(?![场政容])|旗))?"
)
"""`云州市清河县`: what may be left out before a unit's own name."""
_COUNTY = re.compile(r"([^省市州]{2,12})(县|区|旗)$")
"""`清河县`, the county in `云州市清河县`."""
_GENERAL = re.compile(
    r"^(?:我|本|该|全|各|每|其|有关|相关|上级|下级|建议|请|报|由|经|对|与|和|及|向|给|为|从|按|以|在|根据|依据|用于|安排|拨|下达|补助"
    r"|支付|追加|收到|上缴|划转|包括|含|协助|配合|支持|指导|监督|购|新建)"
)
"""`各镇人民政府`, `由县财政局`, `安排街道办事处`: nobody's name, or one that is not the subject."""
_OWN = re.compile(r"[我本该][局委办院校站]|批复|批准")
"""`县人大批复我局年初预算`: the unit itself, behind who approved its budget."""
_SHORTEST = 3
"""Characters: `县委` and `我局` are no names of units."""
_SUPERVISORS = re.compile(r"财政局|审计局|(?<![镇乡])人民政府$|纪委|监委|人大|[县市区党]委$")
"""They undertake things in everybody's report."""
_AGGREGATE = 2
"""Two other units that tell figures of themselves: the report is of several."""


class Unit(NamedTuple):
    """A name, without the places it lies in, and its class."""

    name: str
    core: str
    kind: str


@check("R14n", "他单位名称", of_words=True)
def other_units(reading: Reading) -> Iterator[Finding]:
    """Wrong: `2023年县审计局机关运行经费支出5万元` in the report of a 统计局; its last line signed by another unit.

    The unit is that of the title (or the tables). Silent where the title tells none, where the other is of
    another class (a centre under a bureau), a short form of the own name, or spoken of in other sentences too
    (a partner, a subordinate), and where two or more others tell figures of themselves (a report of several).
    """
    own = _own(reading)
    if own is None:
        return
    found = [*_in_sentences(reading, own), *_signed(reading, own)]
    told = Counter(reading.text.flat[a:b] for a, b in found)
    if len(told) >= _AGGREGATE:
        return
    mentioned = {name: reading.text.flat.count(name) for name in told}
    for start, end in found:
        name = reading.text.flat[start:end]
        if mentioned[name] > told[name]:
            continue
        message = f"本单位是“{own.name}”，这里写的是“{name}”，像是从别处照搬"
        yield reading.finding("R14n", ERROR, message, (start, end), expected=own.name)


def _own(reading: Reading) -> Unit | None:
    named = reading.assessment.sheet.get("unit", "this", "name") if reading.assessment else ""
    lines = [reading.text.flat[a:b] for a, b in reading.text.lines[:_TOP_LINES]]
    for line in [named, *lines]:
        match = _TITLE.match(line)
        if match:
            return _unit(match["name"])
    return None


def _unit(name: str) -> Unit:
    end = next(e for e in sorted(_CLASS_OF, key=len, reverse=True) if name.endswith(e))
    core = name[_AREA.match(name).end() :]  # type: ignore[union-attr]
    return Unit(name, core if len(core) > 2 else name, _CLASS_OF[end])


def _in_sentences(reading: Reading, own: Unit) -> Iterator[tuple[int, int]]:
    for sentence in reading.sentences:
        for match in _SELF.finditer(sentence.text):
            if match["runs"] and (_SUPERVISORS.search(match["name"]) or "财政局" in own.name):
                continue
            if _is_other(match["name"], own):
                yield sentence.start + match.start("name"), sentence.start + match.end("name")
        for match in _APPOSED.finditer(sentence.text):
            if _is_other(match["name"], own):
                yield sentence.start + match.start("name"), sentence.start + match.end("name")


def _signed(reading: Reading, own: Unit) -> Iterator[tuple[int, int]]:
    """`清河县审计局` | `2024年3月5日`, or both on one line, at the end."""
    flat, lines = reading.text.flat, reading.text.lines
    for number in range(max(_TOP_LINES, len(lines) - _LAST_LINES), len(lines)):
        start, end = lines[number]
        match = _SIGNED.match(flat[start:end])
        dated = flat[
            slice(*lines[min(number + (match is not None and match.end() == end - start), len(lines) - 1)])
        ]
        if match and _DATED.search(dated) and _is_other(match["name"], own):
            yield start, start + match.end("name")


def _is_other(name: str, own: Unit) -> bool:
    if _GENERAL.match(name) or _OWN.search(name) or len(name) < _SHORTEST:
        return False
    other = _unit(name)
    if other.kind != own.kind:
        return False
    return not (_within(other.core, own.name) or _within(own.core, name)) or _elsewhere(other, own)


def _elsewhere(other: Unit, own: Unit) -> bool:
    """Whether the same office is another county's: `平山县水利局` in the report of 清河县水利局."""
    here, there = (_COUNTY.search(unit.name.removesuffix(unit.core)) for unit in (own, other))
    return here is not None and there is not None and here[2] == there[2] and here[1][:2] != there[1][:2]


def _within(short: str, full: str) -> bool:
    """Whether all characters of `short` occur in `full` in that order."""
    rest = iter(full)
    return all(char in rest for char in short)
