"""R50: blanks of a template that nobody filled in, and options of which none was chosen."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from desktop.audit.finding import CHECK, ERROR, Finding, Span
from desktop.audit.text.flat_text import Sentence
from desktop.audit.text.reading import Reading
from desktop.audit.text_audit import check

_END = r"(?=[，。；、）]|$|主要|比上|较上|占|其中)"
"""What follows a number with its unit: the end of the clause, a reason, the next comparison."""
_CHANGE = r"增加|增长|减少|下降|上升|降低|提高|压减|压缩|节约"
_NO_NUMBER = (
    # `增长  %，` (white space is gone here): a Chinese word right before % that is no numeral; `（%）` and
    # `×100%` are no blanks.
    (rf"[一-龥]%(?<![一二三四五六七八九十百零两几]%){_END}", "百分比空着，应填写实际的数"),
    # `增加  万元，`, `预算数为  万元，`: verbs and figures that a number must follow. `数万元`, `以万元为单位`, `上万元`
    # are left alone because the word before the unit must be one of these.
    (
        rf"(?:{_CHANGE}|支出数?|收入数?|预算数?|决算数?|完成数?|执行数|总额|合计|共计|经费|费用|费"
        rf"|资金|安排|结余|为|是)(?:了|为)?(?<!单位为)(?<!单位是)(?<!单位均为)(?:万元|亿元){_END}",
        "金额空着，应填写实际的数",
    ),
    (rf"(?:{_CHANGE}|支出|收入|为|共计)(?:了|为)?(?:元|个百分点){_END}", "金额空着，应填写实际的数"),
    # `保有量为  辆，`, `共接待  批次、  人次。`
    (rf"(?:保有量|保有|共计?|分别|购置)为?(?:辆|批次|人次|台){_END}", "数量空着，应填写实际的数"),
    # `占总支出的，`: the share itself is missing.
    (
        r"占(?!用|比|有|领)[^，。；、：%\d超达不未低高]{0,12}(?:支出|收入|预算|决算|经费|资金|总额|合计|总数|总量)的"
        r"(?:比[重例]为)?(?=[，。；])",
        "占比空着，应填写实际的数",
    ),
    # `截至2023年  月  日，`
    (
        r"(?=[12])(?:(?<!\d)20\d{0,2}年月日?(?=[，。；、）止前，])|(?:19|20)\d{2}年\d{1,2}月日(?=[，。；止前]))",
        "日期空着，应填写实际的数",
    ),
    # `评价等次为“  ”`
    (r"(?:为|是|等次|等级)[“‘][”’]", "引号里是空的，应填写"),
    # `增加X万元`, `完成×%`: one sign for a number; two and more are R13's.
    (r"[Xx×＊*](?<=[一-龥].)(?=%|个百分点|万元|亿元|人次|批次|辆)", "占位符号没有换成实际的数"),
)
_GAP = re.compile(
    r"[一-龥≥≤=＝><＞＜][ \t\u3000\xa0]{2,}(?:个百分点|[%％]|万元|亿元|元|人次|批次|平方米|公里"
    r"|[人件个辆台项次户分场期处名家亩吨批篇条册份株宗起])"
    r"(?=[，。；、,;)）])"
)
"""`目标300件，实际    件。`: white space where the number should stand, before any unit that ends its clause."""
_PATTERNS = tuple((re.compile(pattern), message) for pattern, message in _NO_NUMBER)
_OPPOSITES = (
    ("增加", "减少"),
    ("增长", "下降"),
    ("增长", "减少"),
    ("增长", "降低"),
    ("增加", "下降"),
    ("上升", "下降"),
    ("提高", "降低"),
    ("大于", "小于"),
    ("高于", "低于"),
    ("增", "减"),
    ("升", "降"),
    ("多", "少"),
)
_EITHER = "|".join(
    f"{one}(?:（(?:或|/)?{other}）|/{other}|或{other}(?=[\\d预上]))"
    for pair in _OPPOSITES
    for one, other in (pair, pair[::-1])
)
_OPTIONS = (
    # `下降（增长）3.20%`, `大于（小于）预算数的主要原因`: both are still there and a figure or a reason follows.
    # `增加（减少）额＝…` of a formula has none of these behind it.
    re.compile(rf"(?:{_EITHER})(?:了)?(?=\d|预算数|年初预算|的?(?:主要)?原因|%|万元)"),
    # `决算数大小于预算数`: the two words of the template run together.
    re.compile(r"(?:大小|高低|小大|低高)于(?=预算|年初|上年|决算)"),
)
_COMPARED_WITH = re.compile(
    r"(?=[与和同较比])(?:(?:与|和|同)(?:20\d\d年度?|上年度?|去年|上一年度?)(?:同期|决算数?|预算数?)?(?:相比|比较|相较)"
    r"|(?:较|比)(?:20\d\d年度?|上年度?|去年|上一年度?)(?:同期|决算数?|预算数?)?)"
    r"，(?=主要(?:原因)?(?:是|为|系|由于|因)|原因(?:是|为))"
)
"""`与2021年相比，主要是…`: the result of the comparison is not there."""
_RESULT = re.compile(r"[增减升降涨跌]|持平|一致|相同|变化|变动|差|多|少|提高|压缩")
_BARE_RATE = re.compile(
    r"(?=[增下上降占])(?:(?:增长|下降|上升|降低|增幅|降幅)(?:了|为)?|占[^，。；、\d]{2,14}的)(?P<rate>\d+\.\d+)(?=[，。；])"
)
"""`增长12.30。`: a rate without its sign; a number with a decimal point and no unit at all counts nothing else."""


@check("R50", "空着没有填")
def blanks(reading: Reading) -> Iterator[Finding]:
    """Wrong: a unit without its number (`增长  %`), a share, date or comparison without its result, both options
    left (`增加（减少）12万元`), one sign for a number (`X万元`). To be checked: a rate without %.

    Only in running text: heads of tables (`增长%`) are lines without a mark.
    """
    told: list[Finding] = []
    for sentence in reading.sentences:
        if not _is_prose(sentence.text):
            continue
        told += _of_sentence(reading, sentence)
        for match in _BARE_RATE.finditer(sentence.text):
            place = (sentence.start + match.start(), sentence.start + match.end())
            message = f"“{match.group()[-12:]}”后面缺少单位，应为百分数"
            told.append(reading.finding("R50", CHECK, message, place, expected=f"{match['rate']}%"))
    yield from told
    yield from _gaps(reading, [span for finding in told for span in finding.spans])


def _gaps(reading: Reading, told: Sequence[Span]) -> Iterator[Finding]:
    """Seen only in the text as it was written: for the other rules there is no white space."""
    for match in _GAP.finditer(reading.text.raw):
        if not any(match.start() < span.end and span.start < match.end() for span in told):
            message = f"“{match.group()}”：数字空着，应填写实际的数"
            yield Finding("R50", ERROR, message, (Span(match.start(), match.end()),))


def _of_sentence(reading: Reading, sentence: Sentence) -> Iterator[Finding]:
    """One finding for all blanks of a sentence: `增加  万元，增长  %` is one template left as it was."""
    found = [(m, message) for pattern, message in _PATTERNS for m in pattern.finditer(sentence.text)]
    message = "模板的两个选项都留着，应只留一个"
    found += [(m, message) for pattern in _OPTIONS for m in pattern.finditer(sentence.text)]
    message = "比较之后没有写增减的数，应写明增加或减少多少"
    found += [(m, message) for m in _unfinished(reading, sentence)]
    if not found:
        return
    found.sort(key=lambda entry: entry[0].start())
    # With some words before it, so that one sees what is meant.
    places = [
        (sentence.start + max(m.end() - 12, m.start() - 2, 0), sentence.start + m.end()) for m, _ in found
    ]
    flat = reading.text.flat
    quoted = "”“".join(flat[start:end] for start, end in places[:3])
    yield reading.finding("R50", ERROR, f"“{quoted}”：{found[0][1]}", *places, all_wrong=True)


def _is_prose(text: str) -> bool:
    """Running text: a heading of a table's column has no marks, and a formula is no sentence."""
    return bool(re.search(r"[，。；]", text)) and not ("100%" in text and re.search(r"[=＝×÷/]\s*100%", text))


def _unfinished(reading: Reading, sentence: Sentence) -> Iterator[re.Match[str]]:
    """Compared with last year, and at once the reason: silent where the clauses before already told the change."""
    for match in _COMPARED_WITH.finditer(sentence.text):
        before = sentence.text[: match.start()]
        if not _RESULT.search(before) and not _RESULT.search(_sentence_before(reading, sentence)):
            yield match


def _sentence_before(reading: Reading, sentence: Sentence) -> str:
    """The last sentence of the same paragraph, '' at its beginning."""
    flat = reading.text.flat
    start, _ = reading.text.paragraphs[sentence.paragraph]
    return flat[max(start, sentence.start - 80) : sentence.start]
