"""R13: what a template, a conversion or a draft left in: instructions, placeholders, half sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from desktop.audit.finding import ERROR, HINT, Finding
from desktop.audit.text.heading_numbers import CHINESE, Mark, Passage, passages
from desktop.audit.text.reading import Reading
from desktop.audit.text_audit import check

_LEFT_IN: tuple[tuple[str, str, str], ...] = (
    (
        ERROR,
        r"\[bookmark[^\]]{0,40}\]|_GoBack\b|_Toc\d{5,}|MERGEFORMAT|PAGEREF|HYPERLINK",
        "文字处理软件的标记残留，应删除",
    ),
    (ERROR, r"错误！未找到引用源|错误！未定义书签|Error！Reference", "引用失效的提示残留，应改为实际内容"),
    (
        ERROR,
        r"(?=[×✕＊Xx○〇△_*])(?:[×✕＊]{2,}|(?<![A-Za-z\d])[Xx]{2,}(?![A-Za-z])|[○〇]{2,}(?=[年月日县市区局单万元人个])|△{2,}|_{2,}|\*{3,}|\*{2}(?=[年月日县市区局万元人个]))",
        "占位符号没有换成实际内容",
    ),
    (ERROR, r"[×Xx](?<![A-Za-z\d×].)(?=[县市区省局]|年度|万元|项目)", "占位符号没有换成实际内容"),
    (
        ERROR,
        r"（[^（）]{0,12}(?:可另附页|可附页|可另附|请填写|请另附|没有的?(?:请)?填|不够可加|填写说明|填表说明|请注明|请说明|请列明|下同表|此处[^（）]{0,10}填|(?:根据|按照?|据)实(?:际)?(?:情况)?(?:如实)?填|模板)[^（）]{0,20}）",
        "填写说明没有删除",
    ),
    (
        ERROR,
        r"（(?:请|请在此处?|此处请?)(?:简要|详细)?(?:简述|概述|描述|阐述|介绍|说明|写明|列示)[^（）]{0,30}）|（[^（）]{0,30}(?:不少于|不超过|限)\d{2,4}字[^（）]{0,12}）",
        "填写说明没有删除",
    ),
    (
        ERROR,
        r"请(?<![提申恳报邀聘特]请)(?:在此|在本栏|根据实际(?:情况)?|如实|按要求)?(?:填写|填列|填报|输入|补充)[^，。；]{0,20}(?=[。；）]|$)(?<!填报)",
        "填写说明没有删除",
    ),
    (
        ERROR,
        r"从[^。；]{2,90}(?:等|几个)?方面(?:进行)?归纳反映[^。；]{0,20}",
        "模板的填写说明没有删除，应改为本单位的实际情况",
    ),
    (
        HINT,
        # `（业务股补数后再改）`, `（此处请综治中心补一个例子）`, `（如有变化请据实修改）`: notes from one writer to another.
        r"[（【](?=[^（）【】]*(?:补数|待补|补充数据|补一|补上|再补|再改|后改|据实修改|待核|待定稿|情况填写|此处请))"
        r"[^（）【】]{2,24}[）】]",
        "编写时的提示语没有删除",
    ),
    (
        HINT,
        r"此页为?封面）?|（此页为?封面）?|（此处(?:插入|添加|填写|盖章处)[^（）]{0,20}）|点击此处",
        "版面提示没有删除",
    ),
    (HINT, r"\ufffd+", "有无法显示的乱码"),
)
"""Level, pattern, message: fields of word processors (`[bookmark: _GoBack]`, `错误！未找到引用源`), placeholders (`××县`,
`____`, `20XX年`), instructions of the template (`（可另附页）`, `请如实填写…`), notes on the layout (`（此页为封面）`)."""
_PATTERNS = tuple((level, re.compile(pattern), message) for level, pattern, message in _LEFT_IN)
_UNNAMED = re.compile(r"(?:部门|单位|预算单位)(?:（单位）)?名称：(?:（盖章）|（公章）)?$")
_FORMS = re.compile(r"(?:填报|填表)(?:单位|人|日期)|联系电话")
"""`填报人：王某 联系电话：…`: a form to sign ends without 。."""
_INSTRUCTION = re.compile(
    r"(?:主要|简要|重点|应|需|请)?(?:反映|概述|简述|简要(?:介绍|说明|概括|阐述|分析)|归纳反映|填写|填列|逐项说明|逐一说明)(?!在|了|出|的|强烈|较|问题)"
    r"[^。]{2,110}(?:情况|原因|成效|效果|问题|措施|建议|结果|依据|内容)(?:等|及其原因)?(?:，并?(?:分析|说明|提出)[^。]{2,30})?[。；]?$"
)
"""`主要反映部门履职的情况。`: a verb of reporting, then what to report on; `反映了…` and `反映在…` are statements."""
_OWN = re.compile(r"我[局办委单中部院校所站]|本[局办单部]|\d")
"""`我局`, or any number: the sentence speaks of the unit, so it was written for it."""
_PREPOSED = re.compile(r"(?:根据|按照|依照|依据|结合|围绕|随着|鉴于|由于|为了|为)[^，。；：]{3,}$")
"""`根据部门预算管理的要求`: a clause that only leads in."""
_NOUN_END = re.compile(
    r"(?:体系|要求|规定|精神|办法|通知|文件|方案|制度|意见|条例|标准|原则|职责|计划|规划|目标|需要|部署|法规|细则|内容)(?:》|”|（[^（）]*）)*$"
)
"""`…绩效评价体系`: it ends in a noun that other clauses follow."""
_VERB = re.compile(
    r"(?:完成|执行|开展|进行|编制|实施|落实|做好|办理|支付|使用|符合|履行|制定|组织|报送|公开|列支|管理|控制|建立|核算|达到|遵守)"
)
_PREDICATE = re.compile(_VERB.pattern + r"(?:了|相关|各项|有关|本|年度|预算)?[^的]{0,6}$")
"""`按照年初计划执行`: a verb near the end makes it whole."""
_ENDINGS = "。！？；：…”’）》!?.;:"
"""What a paragraph may end with."""
_LAST_WORDS = re.compile(r"[\d.,]*.{1,16}$")
"""What is marked of an unfinished paragraph: `2336.91万元，占79.49%；项目支出`, and no number cut in two."""
_LONGEST_TITLE = 30
"""Characters of a heading in a line of its own."""
_SHORT_MEASURE = 14
"""Characters: `厉行节约` with a few words more, and no measure among them."""


@check("R13", "模板残留与未写完", of_words=True)
def residue(reading: Reading) -> Iterator[Finding]:
    """Wrong: instructions of the template, `××`, `____`, bookmarks and failed references left in.

    Hints: `……`, empty list items and parts, half sentences (`根据…体系。`), a last sentence without 。,
    a saving measure of a few characters. Silent on glossary sentences after a colon and on forms to sign.
    """
    paragraphs = passages(reading)
    yield from _left_in(reading)
    yield from _instructions(reading)
    yield from _dots(reading)
    yield from _empty(reading, paragraphs)
    yield from _half_sentences(reading)
    yield from _endings(reading, paragraphs)
    yield from _measures(reading)


def _left_in(reading: Reading) -> Iterator[Finding]:
    flat = reading.text.flat
    for level, pattern, message in _PATTERNS:
        for match in pattern.finditer(flat):
            yield reading.finding(
                "R13", level, f"“{match.group()[:20]}”：{message}", (match.start(), match.end())
            )
    for start, end in reading.text.lines:
        line = flat[start:end]
        if _UNNAMED.match(line):
            yield reading.finding("R13", HINT, "封面的单位名称没有填写", (start, end))
        elif line in ("年月日", "20年月日"):
            yield reading.finding("R13", HINT, "日期没有填写", (start, end))


def _instructions(reading: Reading) -> Iterator[Finding]:
    """A sentence that tells what to write instead of saying it, at the start of a paragraph or item."""
    for sentence in reading.sentences:
        text, start = sentence.text, sentence.start
        mark = Passage(start, sentence.end, text).mark
        if mark:
            text, start = text[mark.after - start :], mark.after
        match = _INSTRUCTION.match(text.strip("（）"))
        if match and not _OWN.search(text):
            message = "模板的填写说明没有删除，应改为本单位的实际情况"
            yield reading.finding("R13", ERROR, message, (start, sentence.end))


def _dots(reading: Reading) -> Iterator[Finding]:
    # Dots before a page number belong to a table of contents.
    for match in re.finditer(
        r"(?=…|\.{3}|。{3})(?<![….。])(?:…{1,12}|\.{3,12}|。{3,12})(?![….。\d])", reading.text.flat
    ):
        message = "省略号应换成实际内容，没有内容的行应删除"
        yield reading.finding("R13", HINT, message, (match.start(), match.end()))


def _empty(reading: Reading, paragraphs: list[Passage]) -> Iterator[Finding]:
    """Items that are a number only; a part with a heading and no text (not in a table of contents)."""
    marked = [(passage, passage.mark) for passage in paragraphs]
    for at, (passage, mark) in enumerate(marked):
        if at + 1 < len(marked) and marked[at + 1][1] is None and _is_title(marked[at + 1][0]):
            continue  # `第一部分` or `2.`, and its title in the line below
        if mark and not mark.title.strip("。；，、：") and not re.search(r"\d{3}", passage.text):
            yield reading.finding(
                "R13", HINT, f"编号“{passage.text[:8]}”后面没有内容", (passage.start, passage.end)
            )
    tops = [_is_top(mark) for _, mark in marked]
    for at, (passage, mark) in enumerate(marked):
        follows = at + 1 < len(marked) and tops[at + 1]
        alone = not (at and tops[at - 1]) and not (at + 2 < len(marked) and tops[at + 2])
        if mark and tops[at] and follows and alone and "无" not in mark.title:
            yield reading.finding("R13", HINT, "这一部分只有标题，没有内容", (passage.start, passage.end))


def _is_title(passage: Passage) -> bool:
    return len(passage.text) <= _LONGEST_TITLE and not re.search(r"[。；，]", passage.text)


def _is_top(mark: Mark | None) -> bool:
    return (
        mark is not None
        and mark.kind == CHINESE
        and len(mark.title) <= 30
        and not re.search(r"[。…\d]", mark.title)
    )


def _half_sentences(reading: Reading) -> Iterator[Finding]:
    for sentence in reading.sentences:
        text = sentence.text.rstrip("。")
        if text == sentence.text or "：" in text or len(text) > 120:
            continue
        clauses = text.split("，")
        if not all(_PREPOSED.match(clause) for clause in clauses) or not _NOUN_END.search(clauses[-1]):
            continue
        if not _PREDICATE.search(re.sub(r"《[^》]*》", "", clauses[-1])):
            message = f"“{text[:24]}”没有说完，应写出根据它做了什么、结果怎样"
            yield reading.finding("R13", HINT, message, (sentence.start, sentence.end))


def _endings(reading: Reading, paragraphs: list[Passage]) -> Iterator[Finding]:
    """The end of a paragraph of running text, where the next one clearly begins something new."""
    for passage, after in pairwise([*paragraphs, None]):
        assert passage is not None
        text, last = passage.text, passage.text[-1]
        if after is not None and after.mark is None:
            continue
        words = _LAST_WORDS.search(text, max(0, len(text) - _LONGEST_TITLE))
        place = (passage.start + (words.start() if words else 0), passage.end)
        if last in "，、" and len(text) > 10:
            yield reading.finding("R13", HINT, "段落停在逗号或顿号上，像是没有写完", place)
        elif len(text) >= 40 and last not in _ENDINGS + "，、" and _is_prose(text):
            yield reading.finding("R13", HINT, "段落末尾缺少句号，或没有写完", place)


def _is_prose(text: str) -> bool:
    return ("。" in text or text.count("，") >= 2) and not _FORMS.search(text)


def _measures(reading: Reading) -> Iterator[Finding]:
    """`厉行节约保障措施` in the printed form, followed by a few characters only."""
    lines = reading.text.lines
    flat = reading.text.flat
    for (start, end), (begin, stop) in pairwise(lines):
        if not re.fullmatch(r"厉行节约(?:保障)?措施：?", flat[start:end]):
            continue
        if stop - begin < _SHORT_MEASURE and not re.match(r"说明|单位负责人|注", flat[begin:stop]):
            message = "厉行节约保障措施过于简单，应写明制度名称和具体做法"
            yield reading.finding("R13", HINT, message, (begin, stop))
