"""R18: wrong and traditional characters, doubled words and approximations, unpaired and doubled signs."""

from __future__ import annotations

import re
from collections.abc import Iterator

from desktop.audit.finding import HINT, Finding
from desktop.audit.text.heading_numbers import Passage, passages
from desktop.audit.text.reading import Reading
from desktop.audit.text.term_slips import slips
from desktop.audit.text.typos import PATTERNS, TYPOS
from desktop.audit.text.variant_characters import ODD
from desktop.audit.text.word_search import Words
from desktop.audit.text_audit import check

_RANK = {wrong: rank for rank, (wrong, _) in enumerate(TYPOS)}
_TYPOS = Words(_RANK)
_ODD_CHARS = re.compile("[" + "".join(ODD) + "]+")
_SINGLE = re.compile(
    r"的的(?!确|士)|了了(?<![一不]了了)(?!解|却|然|结|望)|是是(?!非)|在在(?!职|建|编|校|册|岗|库|线|途|场|读|全|校)|和和(?!谐|平|睦|解)|"
    r"与与(?!会)|被被(?!征)|并并(?!入|联|购|行|网)|及及(?!时|早|格)|均均(?<!平均均)(?!衡|等)|为为(?<!均为为)(?!民|了|期|主)|将将(?!军|来)|已已|共共(?!同|享|建|有|产)|等等等"
)
"""`的的`, `了了`: a character typed twice; not in words that have it twice across their border (`的的确`, `在在职`)."""
_AGAIN = re.compile(r"(?P<word>[一-龥]{2,8})(?P=word)")
"""`加强加强管理`."""
_MAY_REPEAT = re.compile(
    r"^(?:[一二三四五六七八九十几两逐每件个步项层天点][一-龥]$|研究研究|讨论讨论|认识认识|常常|时时|多多|往往|刚刚|仅仅|渐渐|层层|处处|事事|人人|家家|户户|天天|年年|月月)"
)
"""`一项`, `研究研究`, `家家`: words that Chinese doubles on purpose."""
_COMPOUND = re.compile(
    r"(?:服务对象|建设用地|建设项目|建设单位|建设资金|管理人员|管理制度|管理办法|管理局|管理所|管理工作|工作人员|工作经费|工作机制|项目支出|项目资金|项目库|"
    r"单位负责人|生产经营|生产资料|生产企业|安全生产|安全隐患|安全事故|预算编制|预算单位|预算管理|资金管理|资产管理|财政资金|专项资金|专项行动|专项经费|教育局|执法大队|监督管理|基本支出|基本建设|治理工作|保护区|发展规划)"
)
"""`安全生产生产经营`: two compounds that touch are no word twice."""
_ABOUT = re.compile(
    r"(?=[近将接大约])(?:(?<![最附靠邻远亲接临])(?:近|将近|接近|大约|约莫)\d[\d,.]*[万亿千百]?(?:余|多)(?!次|功)"
    r"|(?<![节制合预契签违条公集简])约\d[\d,.]*[万亿千百]?(?:余|多))"
)
"""`近1500余人`, `约30多万`: the same guess told twice; not `附近1500余`, `节约30多`."""
_AROUND = re.compile(
    r"(?=[近约大超高多至])(?:(?:(?<![最附靠邻远亲临])近|(?<![节制合预契签违条公集简])约|大约|大概)\d[\d,.]*[^，。；：\d]{0,4}左右"
    r"|(?:超过|超|高于|多达|至少)\d[\d,.]*[^，。；：\d]{0,3}以上)"
)
"""`约30人左右`, `超过50%以上`: likewise, with words behind the unit."""
_SIGNS = re.compile(
    r"。。(?<!。。。)(?!。)|，，|、、|；；|：：|，。|。，|、。|。、|、，|，、|；。|。；|：。|，；|；，|：，|，：|；：|。：|、；|；、"
)
"""`，，`, `。；`: two stops in a row; `。。。` is a placeholder and R13's."""
_PAIRED = {"“": "”", "（": "）", "《": "》", "【": "】"}
_CLOSING = {close: begin for begin, close in _PAIRED.items()}
_PAIR_SIGN = re.compile(f"[{''.join((*_PAIRED, *_CLOSING))}]")
_ITEM_BRACKET = re.compile(r"(?:^|[。；：，、])(?:\d{1,2}|[a-zA-Z]|[一二三四五六七八九十]{1,2})$")
"""Before a bracket that only closes: the number of an item, as in `1）`, `a）`."""


@check("R18", "错别字与标点", of_words=True)
def wording(reading: Reading) -> Iterator[Finding]:
    """Hints only: traditional or foreign forms of characters, known typing errors, terms with
    one slip, words typed twice,
    `近1500余`, unpaired quotes, brackets and title marks within a paragraph, two signs in a row.

    Silent on repetitions that are words (一项一项), on compounds that only touch (安全生产生产经营), on
    `1）` before items and where the next paragraph closes what a broken line left open.
    """
    paragraphs = passages(reading)
    for passage in paragraphs:
        misspelt = list(_typos(reading, passage))
        yield from misspelt
        told = [span for finding in misspelt for span in finding.spans]
        for finding in _characters(reading, passage):
            if not finding.overlaps(told):
                yield finding
        yield from _twice(reading, passage)
        yield from _approximations(reading, passage)
        for match in _SIGNS.finditer(passage.text):
            yield _hint(reading, passage, match, f"标点“{match.group()}”重叠，应只留一个")
    yield from _unpaired(reading, paragraphs)


def _hint(
    reading: Reading, passage: Passage, match: re.Match[str], message: str, expected: str = ""
) -> Finding:
    place = passage.place_of(match)
    return reading.finding("R18", HINT, message, place, expected=expected)


def _characters(reading: Reading, passage: Passage) -> Iterator[Finding]:
    for match in _ODD_CHARS.finditer(passage.text):
        right = "".join(ODD[char] for char in match.group())
        message = f"“{match.group()}”是繁体或异体字，应为“{right}”"
        yield _hint(reading, passage, match, message, right)


def _typos(reading: Reading, passage: Passage) -> Iterator[Finding]:
    """Of two that overlap (`核拔款`: 核拔 and 拔款) the one that the list names first."""
    ranked = sorted((_RANK[wrong], at) for at, wrong in _TYPOS.places(passage.text))
    marked: set[int] = set()
    for start, wrong, right in [*((at, *TYPOS[rank]) for rank, at in ranked), *slips(passage.text)]:
        place = (passage.start + start, passage.start + start + len(wrong))
        if marked.isdisjoint(range(*place)):
            marked.update(range(*place))
            yield reading.finding("R18", HINT, f"“{wrong}”疑为“{right}”之误", place, expected=right)
    for pattern, wrong, right in PATTERNS:
        for match in pattern.finditer(passage.text):
            yield _hint(reading, passage, match, f"“{wrong or match.group()}”疑为“{right}”之误", right)


def _twice(reading: Reading, passage: Passage) -> Iterator[Finding]:
    for match in _SINGLE.finditer(passage.text):
        message = f"“{match.group()}”重复，应只留一个"
        yield _hint(reading, passage, match, message, match.group()[: len(match.group()) // 2])
    for match in _AGAIN.finditer(passage.text):
        word = match["word"]
        touching = range(match.start() + 1, match.end())
        compound = any(_COMPOUND.match(passage.text, at) for at in touching)
        if compound or _MAY_REPEAT.match(word) or len(set(word)) == 1:
            continue
        place = passage.place_of(match)
        yield reading.finding("R18", HINT, f"“{word}”重复，应只写一次", place, expected=word)


def _approximations(reading: Reading, passage: Passage) -> Iterator[Finding]:
    for pattern in (_ABOUT, _AROUND):
        for match in pattern.finditer(passage.text):
            message = f"“{match.group()}”重复表示约数，“近”“约”“超过”与“余”“多”“左右”“以上”只能用一个"
            yield _hint(reading, passage, match, message)


def _unpaired(reading: Reading, paragraphs: list[Passage]) -> Iterator[Finding]:
    loose = [_loose(passage.text) for passage in paragraphs]
    for number, (passage, signs) in enumerate(zip(paragraphs, loose, strict=True)):
        after = {sign for _, sign in loose[number + 1]} if number + 1 < len(paragraphs) else set()
        before = {sign for _, sign in loose[number - 1]} if number else set()
        for at, sign in signs:
            partner = _PAIRED.get(sign) or _CLOSING[sign]
            if partner in (after if sign in _PAIRED else before):
                continue
            place = (passage.start + max(0, at - 1), min(passage.start + at + 12, passage.end))
            lacking = "没有配对的后一半" if sign in _PAIRED else "没有配对的前一半"
            yield reading.finding("R18", HINT, f"“{sign}”{lacking}“{partner}”", place)


def _loose(text: str) -> list[tuple[int, str]]:
    """Places of the signs without partner, each kind counted by itself."""
    open_at: dict[str, list[int]] = {sign: [] for sign in _PAIRED}
    loose: list[tuple[int, str]] = []
    for match in _PAIR_SIGN.finditer(text):
        at, char = match.start(), match.group()
        if char in _PAIRED:
            open_at[char].append(at)
        elif open_at[_CLOSING[char]]:
            open_at[_CLOSING[char]].pop()
        elif not (char == "）" and _ITEM_BRACKET.search(text[max(0, at - 3) : at])):
            loose.append((at, char))
    return sorted(loose + [(at, sign) for sign, places in open_at.items() for at in places])
