"""R21: the same sentence or paragraph twice in one report, a clause twice in one sentence, problems copied as remedies."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise, takewhile

from desktop.audit.finding import CHECK, HINT, Finding
from desktop.audit.text.flat_text import Sentence
from desktop.audit.text.heading_numbers import Headings, Passage, marks, passages
from desktop.audit.text.reading import Reading
from desktop.audit.text_audit import check

_SIGNS = re.compile(r"[^一-龥\dA-Za-z]")
"""All but words and numbers: `，` typed for `；` makes no other sentence."""
_LONG_SENTENCE = 20
"""Characters without signs. Shorter sentences are usual formulas (`我局没有政府性基金支出`)."""
_LONG_PARAGRAPH = 50
"""Characters: more than one sentence of the usual length, so that a repeated one is told as such."""
_FORMULA = re.compile(
    r"^(?:决算数|支出|收入|预算数?|本年|较上年|比上年)?[^，。；]{0,24}(?:原因|用于|依据|变动情况)"
)
"""`决算数小于预算数的主要原因：…`: what is told under each item of a list in the same words."""
_CLAUSE = re.compile(r"[^，。；：！？、]+")
_LONG_CLAUSE, _CLAUSES, _SAME, _NEARLY = 6, 2, 24, Decimal("0.7")
"""Characters of a clause that says something; so many clauses and characters in common, and such a share of both
paragraphs, make one the copy of the other. One long clause alone may be an item of two lists."""
_BESIDE = 12
"""Characters of an item that the next one has as well, with something more."""
_PROBLEM = re.compile(r"问题|不足|困难|薄弱")
_REMEDY = re.compile(r"改进|整改|措施|打算|下一步|建议|对策")
_TAIL = 8
"""Characters: `提供了有力的保障` said of two things in one breath is said once too often."""
_DONE = re.compile(r"[一-龥]了|得到|取得")
"""What is said of the things; a noun of so many characters (`预算财政拨款收入支出决算`) may end two clauses."""
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
_DIGIT = re.compile(r"\d")
_PROSE = re.compile(r"[一-龥]{8}")
_LEAD = re.compile(r"^(?:20\d\d年度?|本年度?|全年|年内|其中|同时|此外|另外|[，：])+")
_LONG_SKELETON = 12
"""Characters of a sentence without its numbers that two amounts can be told of as one thing."""
_DECIMAL_MARK = re.compile(r"^\d{1,2}(?:\.\d{1,2}){1,2}(?=[、一-龥])")
"""`7.1加强管理`."""
_SHORTEST_ITEM, _ITEMS = 12, 8
"""Characters of an item that stands twice in one list, and so many items back it is looked for."""
_RESULT = re.compile(r"^(?!.*(?:元|%|20\d\d年)).*(?:\d{3,}|\d\.\d)")
"""`清理枯木3260株`: a result that two items can hardly have in common."""
_DIGITS = 3
"""Characters of the shorter of two numbers that are one figure."""


@check("R21", "重复的句段", of_words=True)
def duplicates(reading: Reading) -> Iterator[Finding]:
    """To be checked: a paragraph (from 50 characters) twice, a problem that stands among the remedies. Hints: a
    sentence (from 20 characters) twice or with a rounded number, paragraphs that are nearly the same, a clause twice
    in one sentence, an item twice in its list. To be checked: the result of an item told of the next as well.

    Punctuation and list numbers do not count. Sentences of a repeated paragraph are not reported again; short
    sentences, headings, reasons told under each item, and numbers in tables are left alone.
    """
    repeated: set[int] = set()
    first: dict[str, int] = {}
    known: list[tuple[Passage, Passage]] = []
    last = (-1, -1)
    paragraphs = passages(reading)
    every = [_words(passage) for passage in paragraphs]
    for number, (passage, words) in enumerate(zip(paragraphs, every, strict=True)):
        before = first.setdefault(words, number) if len(words) >= _LONG_PARAGRAPH else number
        if before == number:
            continue
        repeated.add(number)
        if (before, number) != (last[0] + 1, last[1] + 1):
            yield from _told_once(reading, known)
            known = []
        known.append((paragraphs[before], passage))
        last = (before, number)
    yield from _told_once(reading, known)
    copied = dict(_copies(reading, repeated, every))
    yield from copied.values()
    starts = {paragraphs[number].start for number in repeated} | copied.keys()
    yield from _items(reading, starts, every)
    yield from _sentences(reading, starts)
    yield from _rounded(reading)
    for sentence in reading.sentences:
        if _DONE.search(sentence.text):
            yield from _within(reading, sentence)


def _copies(reading: Reading, repeated: set[int], words: Sequence[str]) -> Iterator[tuple[int, Finding]]:
    """Paragraphs that have most clauses in common: (where the later one begins, the finding)."""
    headings = Headings(marks(reading))
    everything = passages(reading)
    first_with: dict[str, int] = {}
    for number, passage in enumerate(everything):
        clauses = [
            clause
            for clause in _CLAUSE.findall(_without_mark(passage))
            if len(clause) >= _LONG_CLAUSE and not _DIGIT.search(clause)
        ]
        shared: Counter[int] = Counter()
        number_of: Counter[int] = Counter()
        for clause in clauses:
            at = first_with.setdefault(clause, number)
            if at != number:
                shared[at] += len(clause)
                number_of[at] += 1
        if number in repeated or not shared:
            continue
        at, length = shared.most_common(1)[0]
        lengths = sorted(len(words[n]) for n in (number, at))
        nearly = length >= _SAME and length >= _NEARLY * lengths[1]
        beside = at + 1 == number and length >= _BESIDE and length >= lengths[0]
        if number_of[at] < _CLAUSES or not (nearly or beside) or _FORMULA.match(clauses[0]):
            continue
        one, two = everything[at], passage
        titles = headings.before(one.start), headings.before(two.start)
        remedy = _REMEDY.search(titles[1]) and not _PROBLEM.search(titles[1])
        if _PROBLEM.search(titles[0]) and remedy:
            level, message = CHECK, "改进措施照抄了前面存在的问题，请写明怎样改进"
        else:
            level, message = HINT, "这一段与前面的一段几乎相同，请核对是否重复"
        yield two.start, reading.finding("R21", level, message, (two.start, two.end), (one.start, one.end))


def _items(reading: Reading, known: set[int], every: Sequence[str]) -> Iterator[Finding]:
    """An item twice in one list, though it is short; the result of an item told of the next one as well."""
    listed = [
        (p, words)
        for p, words in zip(passages(reading), every, strict=True)
        if p.mark or _DECIMAL_MARK.match(p.text)
    ]
    for at, (item, words) in enumerate(listed):
        same = [p for p, other in listed[max(0, at - _ITEMS) : at] if other == words]
        whole = item.text[-1] in "。；" and not _FORMULA.match(_without_mark(item))
        if same and whole and _SHORTEST_ITEM <= len(words) < _LONG_SENTENCE and item.start not in known:
            places = (item.start, item.end), (same[-1].start, same[-1].end)
            yield reading.finding("R21", HINT, "这一条与前面的一条完全相同，请核对是否重复", *places)
        one, two = listed[at - 1][0].mark if at else None, item.mark
        if one and two and one.kind == two.kind and one.number + 1 == two.number and item.start not in known:
            yield from _result_of_both(reading, listed[at - 1][0], item)


def _result_of_both(reading: Reading, one: Passage, two: Passage) -> Iterator[Finding]:
    first, second = ([(m.group(), m.start()) for m in _CLAUSE.finditer(p.text)] for p in (one, two))
    told = {a: (place, b) for (a, place), (b, _) in pairwise(first)}
    for (a, place), (b, then) in pairwise(second):
        before = told.get(a)
        if (
            before
            and before[1] == b
            and len(a + b) >= _BESIDE
            and _RESULT.match(a)
            and len(b) >= _LONG_CLAUSE
        ):
            places = (
                (two.start + place, two.start + then + len(b)),
                (one.start + before[0], one.start + before[0] + len(a)),
            )
            yield reading.finding("R21", CHECK, "这一条的成果与上一条相同，请核对是否误贴", *places)
            return


def _told_once(reading: Reading, known: list[tuple[Passage, Passage]]) -> Iterator[Finding]:
    """Paragraphs that are repeated one behind the other were copied together."""
    if known:
        places = [(known[0][side].start, known[-1][side].end) for side in (0, 1)]
        many = f"这{len(known)}段" if len(known) > 1 else "这一段"
        yield reading.finding("R21", CHECK, f"{many}与前面的段落重复，请核对是否误贴", *places)


def _sentences(reading: Reading, repeated: set[int]) -> Iterator[Finding]:
    first: dict[str, tuple[int, int]] = {}
    last: tuple[int, int] | None = None
    for sentence in reading.sentences:
        if sentence.text[-1] not in "。！？”）" or _FORMULA.match(sentence.text):
            continue  # a heading that a table of contents has as well, an item of two lists, a reason
        words = _words(Passage(sentence.start, sentence.end, sentence.text))
        if len(words) < _LONG_SENTENCE or not _PROSE.search(words):
            continue
        place = (sentence.start, sentence.end)
        known = first.setdefault(words, place)
        paragraph = reading.text.paragraphs[sentence.paragraph][0]
        if known == place or paragraph in repeated:
            continue
        if last is None or place[0] != last[1]:
            yield reading.finding("R21", HINT, "这句话与前面的句子完全相同，请核对是否重复", known, place)
        last = place


def _rounded(reading: Reading) -> Iterator[Finding]:
    """`追加补助118.46万元用于维修。…追加补助118万元用于维修。`: one sentence again with fewer digits."""
    first: dict[str, tuple[Sentence, list[str]]] = {}
    for sentence in reading.sentences:
        text = _LEAD.sub("", sentence.text)
        numbers = _NUMBER.findall(text)
        skeleton = _SIGNS.sub("", _NUMBER.sub("N", text))
        if not numbers or len(skeleton) - len(numbers) < _LONG_SKELETON:
            continue
        known, before = first.setdefault(skeleton, (sentence, numbers))
        if known is sentence or before == numbers:
            continue
        if all(_rounds(a, b) for a, b in zip(before, numbers, strict=True)):
            message = "这句话与前面的重复，而且数字的精度不同，请删去一处"
            places = [(sentence.start, sentence.end), (known.start, known.end)]
            yield reading.finding("R21", HINT, message, *places)


def _rounds(one: str, other: str) -> bool:
    """Whether one number is the other with fewer digits behind the point, rounded or cut."""
    short, long = sorted((n.replace(",", "") for n in (one, other)), key=lambda n: len(n.partition(".")[2]))
    decimals = len(short.partition(".")[2])
    if Decimal(short) == Decimal(long):
        return True
    # `95%` and `95.2%` under two items are two figures; `118` and `118.46` are one.
    return len(short) >= _DIGITS and abs(Decimal(short) - Decimal(long)) < Decimal(1).scaleb(-decimals)


def _within(reading: Reading, sentence: Sentence) -> Iterator[Finding]:
    """Two clauses of one sentence that are the same, or end in the same predicate."""
    clauses = [(m.start(), m.group()) for m in _CLAUSE.finditer(sentence.text)]
    for (at, one), (begin, two) in pairwise(clauses):
        if min(len(one), len(two)) < _TAIL or one[-_TAIL:] != two[-_TAIL:]:
            continue
        same = takewhile(lambda pair: pair[0] == pair[1], zip(reversed(one), reversed(two), strict=False))
        tail = two[-len(list(same)) :]
        if _DIGIT.search(tail) or not _DONE.search(tail):
            continue
        message = f"“{tail[-12:]}”在一句话里说了两遍，请改写"
        start, end = sentence.start + at + len(one) - len(tail), sentence.start + begin + len(two)
        yield reading.finding("R21", HINT, message, (start, end))


def _words(passage: Passage) -> str:
    return _SIGNS.sub("", _without_mark(passage))


def _without_mark(passage: Passage) -> str:
    mark = passage.mark
    return passage.text[mark.after - passage.start :] if mark else _DECIMAL_MARK.sub("", passage.text)
