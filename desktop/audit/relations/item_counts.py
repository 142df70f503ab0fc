"""R39: `N个方面` against the items that follow, numbered or not, and the grades of N projects."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile

from desktop.audit.finding import CHECK, ERROR, Finding
from desktop.audit.text.flat_text import LONGEST_SENTENCE
from desktop.audit.text.heading_numbers import Mark, Passage, passages
from desktop.audit.text.reading import Reading, Stretch
from desktop.audit.text_audit import check
from desktop.domain.chinese_numerals import NUMERALS, chinese, from_count

_N = r"(?=[\d两二三四五六七八九十])(?<![\d.第十])(?P<n>\d{1,2}|[两二三四五六七八九十]{1,3})"
_COUNT = re.compile(
    _N + r"(?:(?P<unit>个|项|条|点|大|种|类|方面|处|件)(?!月|百分|工作日|小时|年)[^，。；：、（）\d]{0,14})"
)
"""`8个方面`, `三方面问题`, `6项措施`."""
_TOLD_BEFORE = re.compile(r"以下|如下|下列|存在|分为|表现|共")
"""What announces a list where no colon does: `围绕三大任务，一是…` may have any number of them."""
_LIST_OPENS = re.compile(
    r"，?(?:如下|为|是|有|包括|即|分别为|分别是|表现在|主要是|主要有|具体是|具体为)?[：，。]?(?:主要)?(?:是|为)?：?$"
)
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮"
_SEQUENCES = (
    # Each way to number items within a paragraph, and what the marks of the first fifteen look like.
    [f"{n}是" for n in ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二")],
    [f"其{n}，" for n in NUMERALS],
    list(_CIRCLED),
    [f"（{n}）" for n in range(1, 16)],
    [f"（{n}）" for n in ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十")],
    [f"第{n}，" for n in NUMERALS],
)
_MOST_ITEMS = 12
_MOST_PARAGRAPHS = 100
"""So far a list may reach; slices of the rest of the text for each paragraph would cost its square."""
_FARTHEST = 2
"""Items more or fewer than said; a larger gap is a count of something else."""
_GRADE = re.compile(
    r"“?(?P<grade>优秀|优|良好|良|中等|中|差|合格|不合格)”?(?:等次|等级|级)?(?:的|为)?(?:项目|单位)?(?:有|为|共)?(?P<n>\d{1,3})[个项]"
)
"""`“优”2个`, `良的1个`, `评级为优的项目3个`."""
_GRADED = re.compile(
    r"(?P<a>\d{1,3})[个项](?:[^，。；：、\d]{0,8}项目|(?=[^，。；]{0,6}自评))|项目(?:支出)?(?:共|共计|合计|总数)?(?P<b>\d{1,3})[个项]"
)
"""`对5个项目开展自评`, `自评的项目3个`: of what the grades are told."""
_INLINE = re.compile(
    r"(?:以下|如下|下列|涉及|分为|用于|包括|投向|用到|分)(?:\d{1,2}|[两二三四五六七八九十]{1,3})"
    r"(?:个|大|项)?(?:方面|类|类别|部分|项|科目)[^，。；：、（）\d]{0,6}："
)
"""`支出用于以下5个方面：`, and the amounts behind it."""
_AMOUNT = (
    r"(?!其中|包括|[两三四五六七八九十]项|合起来|共计|合计|总计|总额|相加|加起来)"
    r"[^，；。：、\d]{2,24}[\d,.]+(?:万元|亿元|元)(?:[，（]占[^，；。：、\d]{0,16}[\d.]+%）?)?"
)
_AMOUNTS = re.compile(rf"(?:{_AMOUNT}[，；、]?)+")
"""`教育支出20万元，占40%；农林水支出30万元，占60%`."""
_PLAN = re.compile(
    _N + r"[项个](?:重点|主要|中心)?(?P<noun>工作|任务)(?:任务)?：(?P<list>[^，。；：]{8,120})(?=[。；])"
)
"""`重点抓好三项工作：春耕生产、动物防疫、农机安全。`"""
_RECALLED = re.compile(
    r"(?:年初|年度|全年|本年度?|20\d\d年度?|上述|以上|前述)(?:确定|安排|部署|明确|既定|下达)?的?"
    + _N
    + r"[项个](?:重点|主要|中心)?(?P<noun>工作|任务)(?![^。；]{0,6}：)"
)
"""`年初确定的四项重点工作中，`."""
_SPOKEN_OF = re.compile(
    r"(?:^|(?<=。))(?:以上|上述|前述)(?P<n>\d{1,2}|[两二三四五六七八九十]{1,3})(?P<unit>(?:个|项|类|大类|种)(?:项目|类别|支出|内容|资金|经费|指标)?)(?!中的?[一二两三四])"
)
"""`上述6个项目中`, `以上五类支出合计`."""
_IN_ALL = re.compile(
    r"，(?:共|合计|总计)(?:计|有)?(?P<n>\d{1,2}|[两二三四五六七八九十]{1,3})(?P<unit>类|项|个)(?=[。；]|$)"
)
"""`教育支出10万元；农林水支出20万元；住房保障支出3万元，共3类。`"""
_LETTER, _DIGIT, _CIRCLE = (
    re.compile(pattern)
    for pattern in (r"(?P<n>[A-K])[.．、]", r"（?(?P<n>\d{1,2})[）.．、]", r"(?P<n>[①-⑮])")
)
"""`C. 小型水库除险加固`, `（3）`, `③`: marks of the lines of a list."""
_MOST_LISTED = 15
_NO_OTHERS = re.compile(r"(?:没有|无|未出现|不存在)[^，。；]{0,4}[“]?[中差良]|全部|均")


@check("R39", "个数与所列条目不符")
def lists(reading: Reading) -> Iterator[Finding]:
    """Wrong: `主要有以下三方面问题：` before 一是 and 二是 only; `项目6个：` before paragraphs （1） to （5）; grades of
    more projects than were graded; `以下5个方面：` before six amounts; `年初确定的五项工作` where four are listed.

    Silent where another count of the same sentence fits, and where the gap is larger than two.
    """
    everything = passages(reading)
    for at, passage in enumerate(everything):
        if _GRADE.search(passage.text):
            yield from _grades(reading, passage)
        yield from _within(reading, passage, everything[at + 1 : at + 1 + _MOST_ITEMS])
        yield from _below(reading, passage, everything[at + 1 : at + 1 + _MOST_PARAGRAPHS])
        yield from _amounts(reading, passage)
    yield from _recalled(reading)
    yield from _summed_up(reading, everything)


def _within(reading: Reading, passage: Passage, following: Sequence[Passage]) -> Iterator[Finding]:
    """Items numbered in the same paragraph, the last ones perhaps in the next: 一是…二是…, ①…②…, （1）…（2）…."""
    for sequence in _SEQUENCES:
        begin = passage.text.find(sequence[0])
        while begin > 0:
            end = passage.text.find(sequence[0], begin + 1)
            items = _length(passage.text[begin : end if end > 0 else len(passage.text)], sequence)
            if end < 0:
                items += _carried_on(following, sequence[items:])
            if items > 1:
                yield from _compared(reading, passage, begin, items)
            begin = end


def _length(text: str, sequence: Sequence[str]) -> int:
    """How many marks of the sequence follow one another; 0 where one is left out (R11 tells that)."""
    at, length = 0, 0
    for mark in sequence:
        at = text.find(mark, at)
        if at < 0:
            break
        length += 1
    skipped = length + 1 < len(sequence) and sequence[length + 1] in text
    return 0 if skipped else length


def _carried_on(following: Sequence[Passage], marks: Sequence[str]) -> int:
    """How many marks more begin the paragraphs below, or stand in them."""
    length = 0
    for passage in following[: len(marks)]:
        if not passage.text.startswith(marks[length]):
            break
        length += _length(passage.text, marks[length:])
    return length


def _below(reading: Reading, passage: Passage, following: Sequence[Passage]) -> Iterator[Finding]:
    """Items that are numbered paragraphs below one that ends in a colon or with `共N项`."""
    if not following or (
        not passage.text.endswith("：") and not re.search(r"共[^，。]{1,6}[，。]", passage.text)
    ):
        return
    own = passage.mark
    items = _numbered(following, own) or _unnumbered(following)
    if items > 1:
        yield from _compared(reading, passage, len(passage.text), items)


def _unnumbered(following: Sequence[Passage]) -> int:
    """Lines without marks, each with a figure and its `；`, the last with `。`: how many there are."""
    lines = list(takewhile(lambda p: p.text.endswith("；") and p.mark is None, following))
    last = following[len(lines)] if len(lines) < len(following) else None
    ended = last is not None and last.mark is None and last.text.endswith("。") and last.text.count("。") == 1
    told = [*lines, last] if ended and last is not None else []
    return (
        len(told)
        if lines and all(re.match(r"[^，。；\d]{2,20}[，：]?[^，。；]*\d", p.text) for p in told)
        else 0
    )


def _numbered(following: Sequence[Passage], own: Mark | None) -> int:
    """How many paragraphs are numbered 1, 2, 3 … from right below on, up to the first of a higher level."""
    first, number = following[0].mark, 0
    if first is None or first.number != 1 or (own is not None and first.kind <= own.kind):
        return 0
    for passage in following:
        mark = passage.mark
        if mark is None or mark.kind > first.kind:
            continue
        if mark.kind < first.kind or (mark.number == 1 and number):
            break
        number += 1
        if mark.number != number:
            return 0  # a number is left out: R11 tells that, and nobody knows how many there are
    return number


def _compared(reading: Reading, passage: Passage, begin: int, items: int) -> Iterator[Finding]:
    """The one count of the sentence that opens the list against its items."""
    far = max(0, begin - LONGEST_SENTENCE)
    text = passage.text[far:begin]
    passage = Passage(passage.start + far, passage.start + begin, text)
    opening = text.rstrip("：，。；")
    start = max(opening.rfind(sign) for sign in "。；") + 1
    counts = list(_COUNT.finditer(text, start))
    numbers = [from_count(m["n"]) for m in counts]
    if numbers == [items]:
        reading.holds("R39", _place(passage, counts[0], "n"))
    if not counts or items in numbers or len(set(numbers)) > 1:
        return
    count, number = counts[-1], numbers[-1]
    announced = text.endswith("：") or _TOLD_BEFORE.search(text, start)
    opens = _LIST_OPENS.fullmatch(text[count.end() :]) or "共" in text[start : count.start()]
    if not announced or not opens or not 0 < abs(number - items) <= _FARTHEST:
        return
    place = passage.place_of(count)
    message = f"写明{count['n']}{count['unit']}，后面列出的是{items}条"
    right = str(items) if count["n"].isdecimal() else "两" if items == 2 else chinese(items)
    expected = right + count.group()[len(count["n"]) :]
    yield reading.finding("R39", ERROR, message, place, expected=expected)


def _amounts(reading: Reading, passage: Passage) -> Iterator[Finding]:
    """Amounts in the same sentence, each with its name; anything else between them and nothing is counted."""
    for opening in _INLINE.finditer(passage.text):
        told = _AMOUNTS.match(passage.text, opening.end())
        if told and re.match(r"。|$|共|合计|总计|合起来|相加", passage.text[told.end() :]):
            yield from _compared(reading, passage, opening.end(), len(re.findall(_AMOUNT, told.group())))


def _recalled(reading: Reading) -> Iterator[Finding]:
    """The one list of 工作 or 任务 that is whole, and the number by which it is spoken of elsewhere."""
    flat = reading.text.flat
    plans = [m for m in _PLAN.finditer(flat) if reading.in_body(m.start())]
    if len(plans) != 1 or re.search(r"等$|[和与及]", plans[0]["list"]):
        return
    number = from_count(plans[0]["n"])
    if number != len(plans[0]["list"].split("、")):
        return
    for match in _RECALLED.finditer(flat):
        if not reading.in_body(match.start()) or match["noun"] != plans[0]["noun"]:
            continue
        if 0 < abs(from_count(match["n"]) - number) <= _FARTHEST:
            message = f"前面列出的是{plans[0]['n']}项{match['noun']}，这里写的是{match['n']}项"
            places = (match.start("n"), match.end()), (plans[0].start("n"), plans[0].end("noun"))
            right = str(number) if match["n"].isdecimal() else chinese(number)
            expected = right + flat[match.end("n") : match.end()]
            yield reading.finding("R39", ERROR, message, *places, expected=expected)


def _summed_up(reading: Reading, everything: Sequence[Passage]) -> Iterator[Finding]:
    """`上述四类项目` right behind a list of five: paragraphs with marks of one kind, lines that end in `；`, or one
    sentence whose items are parted by `；`."""
    for at, passage in enumerate(everything):
        for match in _IN_ALL.finditer(passage.text):
            yield from _against(reading, passage, match, _parts_before(passage.text[: match.start()]))
        for match in _SPOKEN_OF.finditer(passage.text):
            if match.start() == 0:
                listed = _lines_before(everything[max(0, at - _MOST_LISTED) : at])
            else:
                listed = _parts_before(passage.text[: match.start()])
            yield from _against(reading, passage, match, listed)


def _against(reading: Reading, passage: Passage, match: re.Match[str], listed: int) -> Iterator[Finding]:
    """The count told behind a list of so many."""
    number = from_count(match["n"])
    if listed == number:
        reading.holds("R39", _place(passage, match, "n"))
    elif listed > 1 and abs(listed - number) <= _FARTHEST:
        place = passage.place_of(match)
        message = f"写明{match['n']}{match['unit']}，前面列出的是{listed}{match['unit'][0]}"
        yield reading.finding("R39", ERROR, message, place)


def _lines_before(before: Sequence[Passage]) -> int:
    """The paragraphs right before that are one list: all marked alike from the first on, or lines that end in `；`."""
    marks = [_LETTER.match(p.text) or _DIGIT.match(p.text) or _CIRCLE.match(p.text) for p in before]
    if marks and (last := marks[-1]):
        begin = next((n for n in reversed(range(len(marks))) if _is_first(marks[n], last)), None)
        run = marks[begin:] if begin is not None else []
        return len(run) if run and all(m and m.re is last.re for m in run) else 0
    lines = list(takewhile(lambda p: p.text.endswith("；"), reversed(before[:-1])))
    ends = bool(before) and before[-1].text.endswith("。") and before[-1].text.count("。") == 1
    told = [*lines, before[-1]] if ends and lines else []
    return len(told) if all(re.search(r"[^，。；\d]{2,20}\d[\d,.]*(?:万元|元)", p.text) for p in told) else 0


def _is_first(mark: re.Match[str] | None, last: re.Match[str]) -> bool:
    return mark is not None and mark.re is last.re and mark["n"] in ("A", "1", "①")


def _parts_before(text: str) -> int:
    """`配套144.00；救助98.60；就业72.40。`: the sentence before, its items parted by `；`, each with one amount."""
    sentence = text.rstrip("。；").rpartition("。")[2]
    parts = sentence.rpartition("：")[2].split("；")
    alike = all(
        re.fullmatch(r"[^，；\d]{2,24}[\d,.]+(?:万元|元|个|人)?(?:，占[^，；]{2,20})?", part)
        for part in parts
    )
    return len(parts) if len(parts) > 2 and alike else 0


def _place(passage: Passage, match: re.Match[str], group: str) -> Stretch:
    return Stretch(passage.start + match.start(group), passage.start + match.end(group))


def _grades(reading: Reading, passage: Passage) -> Iterator[Finding]:
    """`5个项目开展自评，“优”2个、“良”2个，没有“中”“差”`."""
    found = list(_GRADE.finditer(passage.text))
    if len(found) < 2 or len({m["grade"][0] for m in found}) < len(found):
        return
    begin = (
        max(passage.text.rfind("。", 0, found[0].start()), passage.text.rfind("；", 0, found[0].start())) + 1
    )
    graded = [m for m in _GRADED.finditer(passage.text, begin) if m.end() <= found[0].start()]
    made, told = sum(int(m["n"]) for m in found), {int(m["a"] or m["b"]) for m in graded}
    if told == {made}:
        of = [_place(passage, m, "a" if m["a"] else "b") for m in graded]
        reading.holds("R39", *of, *(_place(passage, m, "n") for m in found))
    if not graded or made in told or len(told) > 1:
        return
    rest = passage.text[found[-1].end() : found[-1].end() + 20]
    sure = made > max(told) or len(found) >= 4 or bool(_NO_OTHERS.search(rest))
    places = [passage.place_of(m) for m in (graded[-1], *found)]
    message = f"各等次{'＋'.join(m['n'] for m in found)}＝{made}个，项目写的是{max(told)}个"
    yield reading.finding("R39", ERROR if sure else CHECK, message, *places)
