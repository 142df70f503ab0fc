"""Totals and the parts told of them: which number owns a list, and which numbers are its items.

A list is read in every way that its words allow (`Listing.ways`): with and without what follows 其中 inside it, one
item a clause, going on in the next sentence. If one way adds up, that one was meant.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from desktop.audit.text.flat_text import Sentence
from desktop.audit.text.measures import measure_of
from desktop.audit.text.reading import Reading
from desktop.audit.text.roles import CHANGE, LEVEL, Entry, amounts_of, levels_of
from desktop.domain.chinese_numerals import from_count
from desktop.ontology import ontology

NAMED, CLOSED, PLACED, ROW, SUMMED, FAR = "其中", "分别为", "无", "一行", "上述", "他处"
"""How a list is told: some parts are named; nothing is left out; by position alone; counts in a row behind a count;
all that stands above, of which the total speaks itself; a total told pages before."""

_TRIGGER = re.compile(
    # What they begin with is looked at first, in a fifth of the time. `支出100万元，其中：…`, `分别用于`: parts follow.
    r"(?=[其分全均具组构明安如包主用按：含中由来部项类块])(?:其中|包括|包含|主要用于|用于以下|主要有"
    r"|(?P<closed>分别为|分别是|分别用于|全部用于|均用于|具体为|具体是|具体包括|具体用于|组成为|构成为|(?:分项|具体|构成|明细|安排)?如下)"
    # `职工60人。按岗位分：医生…`, `车辆3辆：机要通信1辆、…`
    r"|按[^，。；：\d]{2,6}分：?|按[^，。；：\d]{2,10}：(?=[^，。；：]{1,10}\d)|(?<=[人名个辆台户件所座家元])：(?=[^，。；：]{1,14}\d)"
    # `实际132场，含讲座36场、展览24场`; `入住人员中，老人132人、儿童41人`; `14期主体班中，…`
    r"|(?<=[，（])含(?=[^，。；：、\d]{1,12}\d)|(?<=[人员生户班期])中，(?=[^，。；：、\d]{1,12}\d)"
    # `由甲74万元、乙46万元、丙23万元三部分组成`
    r"|(?P<parts>由)(?=[^。；：]{0,16}\d[^。；：]{6,120}?[两三四五六七八](?:部分|项|块)(?:组成|构成))"
    # `来源有三：…`, `由三部分组成：…`
    r"|(?:来源|分)有[二两三四五六](?:块|部分|项)?(?=[：，])"
    r"|(?P<made>(?:部分|项|类|块|由[^，。；：]{1,12})(?:构成|组成)(?=[：，])))"
)
_ITEM = re.compile(
    r"^(?:(?P<a>（?[一二三四五六七八九十]{1,3}[）、.．])|(?P<b>（?\d{1,3}[）、.．])|(?P<c>[一二三四五六七八九十]是)|(?P<d>[①-⑳])"
    r"|(?P<e>[-•●])|(?P<f>第[一二三四五六]，?))"
)
"""`（一）`, `2.`, `一是`, `③`: a paragraph or clause that is one item of a list. Items of one list are marked alike."""
_FIRST = re.compile(r"（?[一1]?[）、.．]|（?1|（?一(?![十])|①|第一|[-•●]")
"""A list of which the first items could not be read is no sum."""
_SUMMED_UP = re.compile(
    r"^(?:以上|上述|上列|前述|这)?(?:(?P<n>[两二三四五六七八九十\d]{1,2})(?:个|项|类|笔)[^，。；]{0,6}|(?:各|所列)?项目[^，。；]{0,4})(?:共计|合计|总计|累计|共)"
)
"""`以上四项合计`, `三个项目共计支出`, `上述项目预算合计`."""
_PAID = re.compile(r"支付|拨付|到位|执行|完成|使用")
"""`项目补助共支付`: of what was paid, not of what the items were given."""
_OF_A_CHANGE = re.compile(r"(?:净增|净减|增加|减少|变动|增量|差额)(?:部分|额|因素)?$")
"""`由90万元增加到100万元，净增10万元。净增部分由两块组成`: the parts are those of the change."""
_CLOSE = 8
_OF_ITS_OWN = re.compile(r"追加|调增|新增|增拨")
_DONE = re.compile(
    r"整改|办结|结案|处置|到位|合格|达标|销号|通过|解决|拨付|已付|支付|剩余|余下|尚|未|人均|户均|车均|平均|每|扣|满分|目标|计划|授予|空编|缺编|空缺"
)
"""`整改552处`, `目前已拨付99.5万元`: what became of the counted, no part beside it."""
_REST = re.compile(r"(?:剩余|余下|其余)的?$")
_TOTAL = re.compile(r"^(?:以上|上述)?[^，。；]{0,4}(?:合计|共计|总计|相加|之和|小计)")
_OPENING = re.compile(r"(?:年初|上年).{0,6}(?:结转|结余)")
"""`支出总计100万元，其中年初结转2万元、本年支出…`: what was brought in is no part of what went out."""
_FARTHEST = 70
"""Characters between two items of one sentence; a reason may stand between, not another story."""
_LINK = 60
"""Characters between a total and 其中: shares, rates and comparisons of the total stand there."""
_RIGHT_BEHIND = 1
"""Characters between a total and the word that announces its parts: `73人，其中`."""
_BETWEEN_COUNTS, _LEAST_ROW = 12, 3
"""Characters between two counts of a row; counts that make one."""
_LEAD, _SUBJECT = 46, 12
"""Characters before the first number of a sentence or paragraph that is still an item; before a list: `项目支出由`."""
_BACK = 2
"""Sentences back in which the total of a list stands that begins its sentence: `总支出100万元。…。其中：…`."""
_ASIDE = 6
"""Paragraphs that may stand between two items of a list: what the first is made of."""
_LONGEST_MARK = 6
"""Characters: `（十二）`, `第一，`."""
_LIST_BELOW = 8
"""Characters: `其中：`, `具体如下：` end their line, the parts stand in the lines below."""
MOST_ITEMS = 40


@dataclass
class Listing:
    """Numbers that may own a list, nearest first; its items in each way it can be read, the likeliest first."""

    owners: list[Entry]
    ways: list[list[Entry]]
    stated: str
    adjacent: bool = False
    """Whether the word that announces it stands right behind the nearest owner: then no other is meant."""


def listings(reading: Reading) -> Iterator[Listing]:
    """Every list of the body that a word or its place announces."""
    for entries in reading.entries_by_paragraph.values():
        levels = levels_of(entries)
        if levels:
            yield from _announced(reading, entries, levels)
            yield from _rows(reading, entries)
    yield from _listed_paragraphs(reading)


def _announced(reading: Reading, entries: Sequence[Entry], levels: list[Entry]) -> Iterator[Listing]:
    flat, sentences = reading.text.flat, reading.text.sentences
    starts = [e.start for e in levels]
    for number in dict.fromkeys(e.quantity.sentence for e in levels):
        sentence = sentences[number]
        for trigger in _TRIGGER.finditer(sentence.text):
            place = sentence.start + trigger.start()
            at = bisect_left(starts, place)
            since = sentences[max(0, levels[at - 1].quantity.sentence - _BACK)].start if at else 0
            before = levels[bisect_left(starts, since) : at]
            owners = _added(entries, place) or _owners(reading, before, sentence, place)
            if not owners or _OF_A_CHANGE.search(flat, max(place - _CLOSE, 0), place):
                continue
            depth = flat.count("（", sentence.start, place) - flat.count("）", sentence.start, place)
            end = _end(flat, sentence, place, depth)
            items = [e for e in levels[at : bisect_left(starts, end)] if e.kind == owners[0].kind]
            stated = CLOSED if trigger["closed"] or trigger["made"] or trigger["parts"] else NAMED
            ways = list(_ways(reading.text.flat, items, place, end, depth))
            if end - place <= _LIST_BELOW:
                ways.append(_below(reading, sentence.paragraph, owners[0]))
            if stated == NAMED and all(len(way) < 2 for way in ways):
                stated = PLACED  # one part is named, and what the next sentences tell may be no part at all
            if end == sentence.end:
                ways += _going_on(reading, levels[bisect_left(starts, end) :], items, number, owners[0])
            ways = [way for way in ways if 2 <= len(way) <= MOST_ITEMS]
            if ways:
                yield Listing(owners, ways, stated, _is_adjacent(flat, owners[0], place))


def _is_adjacent(flat: str, owner: Entry, place: int) -> bool:
    """Right behind its owner, or behind a name of it: `年末入住208人，入住率80%；入住人员中，…`, `项目支出由五项构成`."""
    clause = re.split(r"[，。；：（]", flat[max(place - _LONGEST_MARK, 0) : place])[-1]
    named = flat.startswith("中，", place) and (owner.end > place - len(clause) or clause[:2] in owner.words)
    return place - owner.end <= _RIGHT_BEHIND or ((named or clause == owner.measure) and len(clause) > 2)


def _added(entries: Sequence[Entry], place: int) -> list[Entry]:
    """`年中追加64万元，其中…`: what was added is a total of its own where the parts follow at once."""
    at = bisect_right(entries, place, key=lambda e: e.end)
    last = entries[at - 1] if at else None
    right_behind = last is not None and last.role == CHANGE and place - last.end <= _RIGHT_BEHIND
    return [last] if last is not None and right_behind and _OF_ITS_OWN.search(last.words) else []


def _mark(flat: str, start: int, end: int) -> str:
    """The kind of mark that a paragraph begins with: `（一）` and `一、` are one, '' is none."""
    match = _ITEM.match(flat[start : min(end, start + _LONGEST_MARK)])
    return match.lastgroup or "" if match else ""


def _goes_on(reading: Reading, number: int, mark: str = "") -> bool:
    """Whether a later item of a list (with that mark, or any) stands in the paragraph or shortly behind: then not all
    of it was read."""
    flat = reading.text.flat
    for start, end in reading.text.paragraphs[number : number + _ASIDE]:
        found = _mark(flat, start, end)
        if found and (found == mark or not mark):
            return not _FIRST.match(flat, start)
    return False


def _below(reading: Reading, paragraph: int, owner: Entry) -> list[Entry]:
    """`…其中：` ends its line; each of the next paragraphs begins with one part."""
    found: list[Entry] = []
    for number in range(paragraph + 1, min(paragraph + MOST_ITEMS, len(reading.text.paragraphs))):
        entries = levels_of(reading.entries_by_paragraph.get(number, []))
        start = reading.text.paragraphs[number][0]
        if not entries or entries[0].kind != owner.kind or entries[0].start - start > _LEAD:
            return [] if _goes_on(reading, number) else found
        found.append(entries[0])
    return found


def _owners(reading: Reading, before: list[Entry], sentence: Sentence, place: int) -> list[Entry]:
    """The figure right before the trigger, and the others of its sentence that it may mean; or, where the sentence
    begins with the trigger, the figures of the sentence before."""
    flat = reading.text.flat
    # The very sentence, if it has a figure before the trigger: `支出总计100万元（上年90万元），其中…`.
    here = [e for e in before if e.start >= sentence.start]
    if here:
        last = here[-1]
        if place - last.end > _LINK or re.search(r"[。！？]", flat[last.end : place]):
            return []
        semicolon = flat.rfind("；", sentence.start, place)
        own = [e for e in here if e.start > semicolon] or here
        return _likely(own) or [e for e in reading.levels_by_measure.get(last.measure, []) if last.measure]
    if place - sentence.start > _SUBJECT:
        return []
    likely = _likely([e for e in before if e.quantity.sentence >= before[-1].quantity.sentence - _BACK])
    named = measure_of(flat[sentence.start : place])
    return sorted(likely, key=lambda e: not named or e.measure != named)


def _likely(own: Sequence[Entry]) -> list[Entry]:
    """This year's figures, nearest first, budgets last; last year's where no other is told: `上年支出90万元，其中…`."""
    mine = [e for e in own if not e.old and "空编" not in e.words] or [
        e for e in own if e.old and not e.compared
    ]
    final = [e for e in mine if not e.is_budget]
    return [*reversed(final), *(e for e in reversed(mine) if e.is_budget)][:6]


def _end(flat: str, sentence: Sentence, place: int, depth: int) -> int:
    """Where the list ends at the latest: with its bracket, or with the sentence."""
    if depth <= 0:
        return sentence.end
    for at in range(place, sentence.end):
        depth += (flat[at] == "（") - (flat[at] == "）")
        if depth <= 0:
            return at
    return sentence.end


def _ways(flat: str, items: list[Entry], place: int, end: int, depth: int) -> Iterator[list[Entry]]:
    """The items of one sentence: nested lists, brackets, other years and attributes left out; then other readings."""
    flatly = [e for e in items if e.depth <= max(depth, 0) and not e.old]
    flatly = [e for e in flatly if not _DONE.search(e.words) or is_rest(flat, e)]
    final = [e for e in flatly if not e.is_budget]
    plain = list(_up_to_a_total(final if final and len(final) != len(flatly) else flatly))
    near = list(_near_ones(flat, plain, place))
    nested = _without_nested(flat, near, place)
    first = one_a_clause(flat, nested)
    yield nested if len(first) < 2 or "；" not in flat[place:end] else first
    yield nested
    yield near
    yield [e for n, e in enumerate(near) if n == 0 or e.measure]
    yield first
    semicolon = flat.find("；", place, end)
    yield [e for e in near if e.start < semicolon]
    yield [e for e in plain if e.start > semicolon]
    yield [e for e in near if not _OPENING.search(e.words)]
    if len(plain) != len(flatly):
        yield [e for e in flatly if e.is_budget]
        yield flatly


def is_rest(flat: str, entry: Entry) -> bool:
    """`剩余41.58万元为资本性支出`: the last part, named behind its number."""
    return _REST.search(entry.words) is not None and flat.startswith(("为", "是", "用于"), entry.end)


def _up_to_a_total(items: Sequence[Entry]) -> Iterator[Entry]:
    """`具体为：A 3万元、B 2万元，合计5万元`: the total behind is no item, nor what is told beside: `另有C 1万元`."""
    for number, entry in enumerate(items):
        if number >= 2 and (_TOTAL.match(entry.words) or entry.words.startswith("另")):
            return
        yield entry


def _near_ones(flat: str, items: Sequence[Entry], place: int) -> Iterator[Entry]:
    last = place
    for entry in items:
        if entry.start - last > _FARTHEST and last != place and "；" not in flat[last : entry.start]:
            return
        yield entry
        last = entry.end


def _without_nested(flat: str, items: Sequence[Entry], place: int) -> list[Entry]:
    """What follows a 其中 inside the list is of one item, up to the next ； or a sibling of the items before."""
    kept = list[Entry]()
    skipping = False
    last = place + 2
    for entry in items:
        between = flat[last : entry.start]
        if kept and _TRIGGER.search(between):
            skipping = True
        if skipping and ("；" in between or _is_sibling(entry, kept)):
            skipping = False
        if not skipping:
            kept.append(entry)
        last = entry.end
    return kept


def _is_sibling(entry: Entry, kept: Sequence[Entry]) -> bool:
    measures = {e.measure for e in kept}
    return any(entry.measure in parts and measures & set(parts) for _, parts in ontology().closed)


def one_a_clause(flat: str, items: Iterable[Entry], ends: str = "；") -> list[Entry]:
    """`基本支出60万元，公用部分5万元；项目支出40万元`: the first of each part between two `ends`."""
    kept: list[Entry] = []
    for entry in items:
        if not kept or any(sign in flat[kept[-1].end : entry.start] for sign in ends):
            kept.append(entry)
    return kept


def _going_on(
    reading: Reading, behind: Sequence[Entry], items: Sequence[Entry], number: int, owner: Entry
) -> Iterator[list[Entry]]:
    """`其中：基本支出60万元，占60%。项目支出40万元，占40%。`: the list goes on after 。, one item a sentence."""
    own = [e for e in items if not e.old and e.depth == 0]
    sentences = reading.text.sentences
    for way in (own, own[:1]):
        found = list(way)
        at = number
        for entry in behind:
            if entry.quantity.sentence <= at or entry.kind != owner.kind:
                continue
            lead = entry.start - sentences[entry.quantity.sentence].start
            if entry.quantity.sentence != at + 1 or lead > _LEAD or entry.old or not entry.measure:
                break
            at = entry.quantity.sentence
            found.append(entry)
            if len(found) >= 2:
                yield list(found)


def _rows(reading: Reading, entries: Sequence[Entry]) -> Iterator[Listing]:
    """`教学班36个，七年级12个、八年级11个、九年级13个`: three counts and more of one unit right behind one of them."""
    flat = reading.text.flat
    row: list[Entry] = []
    for entry in (*entries, None):
        follows = (
            entry is not None
            and bool(row)
            and entry.role == LEVEL
            and entry.quantity.unit == row[0].quantity.unit
            and entry.quantity.sentence == row[0].quantity.sentence
            and entry.start - row[-1].end <= _BETWEEN_COUNTS
            and "；" not in flat[row[-1].end : entry.start]
        )
        if follows and entry is not None:
            row.append(entry)
            continue
        parts = row[1:]
        if len(parts) >= _LEAST_ROW and not any(
            _DONE.search(e.words) or not e.measure or e.old for e in parts
        ):
            yield Listing([row[0]], [parts], ROW)
        counted = entry is not None and entry.quantity.money is None and bool(levels_of([entry]))
        row = [entry] if entry is not None and counted else []


def _listed_paragraphs(reading: Reading) -> Iterator[Listing]:
    """Paragraphs with marks of one kind, each with one item; the total stands before them or behind."""
    group: list[int] = []
    kind = ""
    for number, (start, end) in enumerate([*reading.text.paragraphs, (0, 0)]):
        first = amounts_of(reading.entries_by_paragraph.get(number, [])[:1])
        near = bool(first) and first[0].start - start <= _LEAD
        mark = _mark(reading.text.flat, start, end) if near else ""
        if mark and mark == kind:
            group.append(number)
            continue
        if _is_whole_list(reading, group, number, kind):
            yield from _listed(reading, group)
        group, kind = [number] if mark else [], mark


def _is_whole_list(reading: Reading, group: list[int], behind: int, mark: str) -> bool:
    """Two items and more, from the first of the list to its last."""
    begins = group and _FIRST.match(reading.text.flat, reading.text.paragraphs[group[0]][0])
    return len(group) >= 2 and bool(begins) and not _goes_on(reading, behind, mark)


def _listed(reading: Reading, group: list[int]) -> Iterator[Listing]:
    near = range(max(0, group[0] - 3), group[-1] + 2)
    told = {n: amounts_of(reading.entries_by_paragraph.get(n, [])) for n in near}
    firsts = [told[n][0] for n in group]
    kind = firsts[0].kind
    if any(e.kind != kind for e in firsts):
        return
    columns = [firsts]
    for stage in (True, False):
        found = [next((e for e in told[n] if e.is_budget == stage and not e.old), None) for n in group]
        column = [e for e in found if e is not None]
        if len(column) == len(group):
            columns.append(column)
    behind = [e for e in told[group[-1] + 1][:3] if e.kind == kind and not e.old]
    yield from _summed_up(behind, columns)
    before = [e for n in range(near.start, group[0]) for e in told[n] if e.kind == kind and not e.old]
    owners = [e for e in (*reversed(before), *behind) if e.role == LEVEL][:10]
    if owners and all(e.role == LEVEL for e in firsts):
        lead = reading.text.flat[slice(*reading.text.paragraphs[group[0] - 1])][-30:] if group[0] else ""
        stated = CLOSED if _TRIGGER.search(lead) and re.search(r"如下|分别|具体", lead) else PLACED
        yield Listing(owners, columns, stated)


def _summed_up(behind: Sequence[Entry], columns: Sequence[list[Entry]]) -> Iterator[Listing]:
    """`上述项目预算共340万元，支出共289万元` right behind a list: of its budgets, and of what was spent."""
    for total in behind:
        count = _SUMMED_UP.match(total.words)
        if count is None and not (total is not behind[0] and _SUMMED_UP.match(behind[0].words)):
            continue
        if count is not None and count["n"] and from_count(count["n"]) != len(columns[0]):
            continue
        ways = [c for c in columns if all(e.is_budget == total.is_budget for e in c)]
        verb = _PAID.search(total.words)
        if verb and not all(verb.group() in e.words for way in ways for e in way):
            continue
        if ways and re.search(r"共|合计|总计", total.words):
            yield Listing([total], ways[::-1], SUMMED)
