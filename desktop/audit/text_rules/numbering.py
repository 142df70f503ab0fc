"""R11: numbers of headings and lists: gaps, repeats, inverted levels, mixed styles."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice, pairwise

from desktop.audit.finding import CHECK, ERROR, HINT, Finding
from desktop.audit.text.heading_numbers import (
    ARABIC,
    BRACKETED,
    CHINESE,
    CHINESE_BRACKET,
    CIRCLED,
    PART,
    Mark,
    heading_number,
    marks,
    passages,
    unnumbered_headings,
)
from desktop.audit.text.number_tree import (
    BROKEN,
    FOLLOWS,
    OPENS,
    RESTYLED,
    RUNS_ON,
    TOO_FAR,
    Node,
    NumberTree,
)
from desktop.audit.text.reading import Reading
from desktop.audit.text_audit import check
from desktop.domain.chinese_numerals import NUMERALS, chinese

_FAR_TEXT, _ENOUGH = 6_000, 200
"""So many characters back a number is looked for that stands inside a paragraph; so many findings of a text."""
_LOST = 2
"""A text whose first heading is `六、` is a part of a report; `二、` has lost its 一、."""
_DECIMAL = re.compile(
    r"(?P<above>\d{1,2}(?:\.\d{1,2}){0,2})\.(?P<n>\d{1,2})(?=[一-龥“《])"
    r"(?!万|亿|元|倍|个百分点|公里|公顷|平方|吨|亩|米|小时|分(?!析|配|类))"
)
"""`2.3预算执行`: a heading with the number of the one above it; `2.3万元` begins a sentence."""
_DECIMALS = 3
"""So many of them make the style of a document."""
_SHORT, _PARTED = 20, re.compile(r"[，；：]|。.|\d")
"""What is a heading and nothing else: so many characters, in one piece."""
_SYSTEM = 3
"""Sections over which a numbering must run on before it counts as the habit of the document."""


@check("R11", "序号与层次", of_words=True)
def numbering(reading: Reading) -> Iterator[Finding]:
    """Wrong: a number missing or twice in its list, `6、` among `五、` and `七、`, a list within itself (`（一）` under
    `1、` under `（一）`), a heading without its number.

    Hints: levels the other way round than elsewhere, `（一）、`, a （一） alone, mixed separators, brackets or dashes
    in one list, headings with 。. Silent where a missing number stands inside a paragraph.
    """
    yield from islice(_all(reading), _ENOUGH)


def _all(reading: Reading) -> Iterator[Finding]:
    def present(kind: int, number: int, begin: int, end: int) -> bool:
        return _present(reading, kind, number, begin, end)

    nodes = NumberTree(marks(reading), present).nodes
    firsts = Counter(node.kind for node in nodes if node.how == OPENS)
    running_on = Counter(node.kind for node in nodes if node.how == RUNS_ON)
    for node in nodes:
        if node.how == RESTYLED:
            yield _wrong_number(
                reading, node.mark, node.kind, node.number, "“{}”与同级标题的编号样式不一致，应为“{}”"
            )
        elif node.how == TOO_FAR:
            yield _wrong_number(
                reading, node.mark, node.kind, node.number, "编号“{0}”应为“{1}”，下一个才是“{0}”"
            )
        elif node.how == BROKEN:
            yield from _broken(reading, node)
        elif node.how == RUNS_ON and running_on[node.kind] < _SYSTEM:
            yield from _run_on(reading, node, firsts[node.kind])
    yield from _inverted(reading, nodes)
    yield from _styles(reading, nodes)
    yield from _decimals(reading)
    yield from _stops(reading, nodes)
    yield from _alone(reading, [node.mark for node in nodes])


def _shown(mark: Mark) -> str:
    return heading_number(mark.kind, mark.number, mark.separator)


def _wrong_number(reading: Reading, mark: Mark, kind: int, number: int, message: str) -> Finding:
    right = heading_number(kind, number, mark.separator)
    return reading.finding("R11", ERROR, message.format(_shown(mark), right), mark.place, expected=right)


def _broken(reading: Reading, node: Node) -> Iterator[Finding]:
    mark, before = node.mark, node.before.mark if node.before else None
    last = node.before.number if node.before else 0
    if node.before is None and node.parent is None and mark.number > _LOST:
        return
    above = before or (node.parent.mark if node.parent else None)
    begin = above.after if above else 0
    missing = range(last + 1, mark.number)
    if missing and all(_present(reading, mark.kind, n, begin, mark.start) for n in missing):
        return
    if missing:
        yield from _gap(reading, node, begin, missing)
    elif before and mark.number == last:
        right = heading_number(mark.kind, last + 1, mark.separator)
        message = f"编号“{_shown(mark)}”重复，应为“{right}”"
        yield reading.finding("R11", ERROR, message, before.place, mark.place, expected=right)
    elif before:
        message = f"编号“{_shown(mark)}”排在“{_shown(before)}”之后，顺序颠倒，请核对"
        yield reading.finding("R11", CHECK, message, before.place, mark.place)


def _gap(reading: Reading, node: Node, begin: int, missing: range) -> Iterator[Finding]:
    """Numbers left out: perhaps of headings that stand there without one."""
    mark = node.mark
    lost = "、".join(f"“{heading_number(mark.kind, n, mark.separator)}”" for n in missing[:3])
    message = f"编号不连续：“{_shown(mark)}”之前缺少{lost}"
    places = [mark.place]  # first where the message says, then what it is held against
    places += [node.before.mark.place] if node.before else []
    bare = unnumbered_headings(reading, begin, mark.start) if mark.heading else []
    if bare and len(bare) <= len(missing):
        titles = "”“".join(passage.text for passage in bare)
        message += f"，“{titles}”像是漏了编号的标题"
        places += [(passage.start, passage.end) for passage in bare]
    # A part's title may stand on a page of its own, as a picture or over a table.
    sure = mark.kind != PART and (node.before is not None or 0 < len(bare) <= len(missing))
    yield reading.finding("R11", ERROR if sure else CHECK, message, *places)


def _run_on(reading: Reading, node: Node, firsts: int) -> Iterator[Finding]:
    """A list that goes on under the next heading: no wonder among items that a report numbers through, but headings
    begin anew, and so do items that begin anew elsewhere.
    """
    mark = node.mark
    if node.parent is None or _present(reading, mark.kind, 1, node.parent.mark.after, mark.start):
        return
    bare = unnumbered_headings(reading, node.parent.mark.after, mark.start)
    if mark.kind >= ARABIC and (firsts < _SYSTEM or not mark.heading):
        return
    first = heading_number(mark.kind, 1, mark.separator)
    message = f"“{_shown(mark)}”接着上一部分编号，“{_shown(node.parent.mark)}”之下应从“{first}”编起"
    places = [(passage.start, passage.end) for passage in bare[:3]]
    if bare and mark.kind <= CHINESE_BRACKET:
        message += f"，“{bare[0].text}”像是漏了编号的标题"
        yield reading.finding("R11", ERROR, message, mark.place, *places)
    else:
        yield reading.finding("R11", CHECK, message, mark.place)


def _present(reading: Reading, kind: int, number: int, begin: int, end: int) -> bool:
    """Whether a number stands inside a paragraph, or begins a line with another sign behind it."""
    begin = max(begin, end - _FAR_TEXT)
    bare = str(number) if kind >= ARABIC else chinese(number)
    sign = "[、.，：）]" if kind in (CHINESE, ARABIC) else "）"
    if kind in (PART, CIRCLED):
        return heading_number(kind, number).removesuffix("部分") in reading.text.flat[begin:end]
    if re.search(rf"(?<![\d.{NUMERALS}]){bare}{sign}(?!\d)", reading.text.flat[begin:end]):
        return True
    begins = re.compile(rf"[（(]?{bare}(?![\d{NUMERALS}%.])")
    lines = reading.text.lines
    inside = lines[bisect_left(lines, (begin + 1, 0)) : bisect_left(lines, (end, 0))]
    return any(begins.match(reading.text.flat, *line) for line in inside)


def _inverted(reading: Reading, nodes: Sequence[Node]) -> Iterator[Finding]:
    """A list of a higher style within one of a lower: certain where the same style stands above both, else a matter of
    form that is told where the document has it the other way round in other places at least as often."""
    order = Counter((n.parent.kind, n.kind) for n in nodes if n.how == OPENS and n.parent)
    for node in nodes:
        parent = node.parent
        if node.how != OPENS or parent is None or parent.kind <= node.kind:
            continue
        message = f"“{_shown(parent.mark)}”之下用“{_shown(node.mark)}”，层级倒置"
        within_itself = next((a for a in node.ancestors() if a.kind == node.kind), None)
        if within_itself is not None:
            message += f"，与上一层的“{_shown(within_itself.mark)}”分不清，请换用下一级的编号"
            yield reading.finding("R11", ERROR, message, node.mark.place, parent.mark.place)
        elif order[node.kind, parent.kind] >= order[parent.kind, node.kind]:
            message += f"，别处是“{_shown(node.mark)}”之下用“{heading_number(parent.kind, 1)}”"
            yield reading.finding("R11", HINT, message, node.mark.place)


def _styles(reading: Reading, nodes: Sequence[Node]) -> Iterator[Finding]:
    """Neighbours of one list that are written differently; a double mark after a bracket."""
    doubled = [n.mark.place for n in nodes if n.mark.kind in BRACKETED and n.mark.separator]
    if doubled:
        yield reading.finding(
            "R11",
            HINT,
            "括号编号后面不用再加顿号或圆点，如“（一）、”应写作“（一）”",
            *doubled,
            all_wrong=True,
        )
    told: set[int] = set()
    for node in nodes:
        if node.how != FOLLOWS or node.before is None:
            continue
        one, two = node.before.mark, node.mark
        pair = f"同一列举中“{_shown(one)}”与“{_shown(two)}”"
        if one.dash != two.dash:
            message = f"{pair}一个带前缀符号、一个不带，样式不一致"
            yield reading.finding("R11", HINT, message, one.place, two.place)
        elif one.kind == ARABIC and one.separator != two.separator:
            yield reading.finding("R11", HINT, f"{pair}标点不一致，请统一", one.place, two.place)
        elif one.kind in BRACKETED and _half(reading, one) != _half(reading, two) and one.kind not in told:
            told.add(one.kind)  # once for each style: text from two sources has it everywhere
            first = node.before
            while first.before is not None and first.how == FOLLOWS:
                first = first.before
            pair = f"同一列举中“{_shown(first.mark)}”与“{_shown(two)}”"
            message = f"{pair}的括号一处是半角、一处是全角，请统一用全角（）"
            yield reading.finding("R11", HINT, message, first.mark.place, two.place)


def _half(reading: Reading, mark: Mark) -> bool:
    span = reading.span(mark.start, mark.after)
    return bool(re.search(r"[()]", reading.text.raw[span.start : span.end]))


def _decimals(reading: Reading) -> Iterator[Finding]:
    """`1.1`, `1.2`, `1.4`: the last of these numbers counts within what stands before it."""
    found = [(p, m) for p in passages(reading) if (m := _DECIMAL.match(p.text))]
    last: dict[str, tuple[int, int]] = {}
    for passage, match in found if len(found) >= _DECIMALS else ():
        number, above = int(match["n"]), match["above"]
        before, start = last.get(above, (number - 1, passage.start))
        last[above] = (number, passage.start)
        wanted = f"{above}.{before + 1}"
        if number in (1, before + 1) or (
            number > before and wanted in reading.text.flat[start : passage.start]
        ):
            continue
        shown = f"{above}.{number}"
        message = f"编号“{shown}”重复" if number == before else f"编号“{shown}”之前应有“{wanted}”"
        if number < before:
            message = f"编号“{shown}”的次序颠倒"
        place = (passage.start, min(passage.start + match.end() + 12, passage.end))
        yield reading.finding("R11", ERROR if number >= before else CHECK, f"{message}，请核对", place)


def _stops(reading: Reading, nodes: Sequence[Node]) -> Iterator[Finding]:
    """Headings that end in 。 where others of their list do not: `五、改进措施。` beside `六、其他`."""
    lists: dict[tuple[int, int], list[Mark]] = {}
    for node in nodes:
        title = node.mark.title
        if node.kind <= CHINESE_BRACKET and title and len(title) <= _SHORT and not _PARTED.search(title):
            above = node.parent.mark.start if node.parent else -1
            lists.setdefault((node.kind, above), []).append(node.mark)
    for headings in lists.values():
        stopped = [mark for mark in headings if mark.title.endswith("。")]
        if stopped and 2 * len(stopped) <= len(headings):
            message = "标题后面不用句号，与同级标题统一"
            yield reading.finding("R11", HINT, message, *(mark.place for mark in stopped[:3]), all_wrong=True)


def _alone(reading: Reading, numbered: Sequence[Mark]) -> Iterator[Finding]:
    """A （一） that no （二） follows before the next part."""
    flat = reading.text.flat
    headings = [mark for mark in numbered if mark.kind <= CHINESE_BRACKET]
    for mark, after in pairwise([*headings, None]):
        assert mark is not None
        if mark.kind != CHINESE_BRACKET or mark.number != 1:
            continue
        if after is not None and after.kind == CHINESE_BRACKET:
            continue
        end = after.start if after else len(flat)
        if "（二）" not in flat[mark.start : end]:
            yield reading.finding(
                "R11", HINT, "只有“（一）”而没有“（二）”，单独一项不必编号，或有内容遗漏", mark.place
            )
