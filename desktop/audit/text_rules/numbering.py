"""R11: numbers of headings and lists: gaps, repeats, mixed styles, 一是…二是, lists cut by a stop."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice, pairwise

from desktop.audit.finding import CHECK, ERROR, HINT, Finding
from desktop.audit.text.heading_numbers import (
    ARABIC,
    ARABIC_BRACKET,
    CHINESE,
    CHINESE_BRACKET,
    Mark,
    heading_number,
    marks,
    passages,
)
from desktop.audit.text.reading import Reading
from desktop.audit.text_audit import check
from desktop.domain.chinese_numerals import NUMERALS, chinese, from_numerals

_POINTS = re.compile(
    r"(?:(?<=[。；，：！？”）])|^)(?P<n>[一二三四五六七八九十]{1,2})(?P<word>[是要])(?![一二三四五六七八九十])"
)
"""`一是加强…；二是完善…`; not `一是一`."""
_SHARE = re.compile(
    r"[^，。；：\d]{2,30}\d[\d,]*(?:\.\d+)?万?元，占[^，。；\d]{0,12}\d+(?:\.\d+)?%(?P<end>[；。，])"
)
"""`教育支出150万元，占75%；`: an item of a list in one sentence."""


_FAR, _FAR_TEXT, _DEEP, _ENOUGH = 120, 6_000, 4, 200
"""How many numbered paragraphs and characters apart one list may be, how deep lists go, findings of a text."""


_PART = re.compile(r"第[一二三四五六七八九十]{1,3}(?:部分|章|篇)(?!。)[^。，]{0,60}$")
"""`第三部分 决算情况说明`, `第二章 评价结论`: a heading above all others."""


@check("R11", "序号与层次")
def numbering(reading: Reading) -> Iterator[Finding]:
    """Wrong: a number missing or twice at one level, `6、` among `五、` and `七、`, `一是…二是…四是`.

    Hints: `（一）、`, a （一） alone, mixed separators or dashes in one list, a list of shares cut by 。
    Silent where a missing number stands inside a paragraph, or a list runs on under the next heading.
    """
    yield from islice(_all(reading), _ENOUGH)


def _all(reading: Reading) -> Iterator[Finding]:
    numbered = marks(reading)
    settled = _restyled(reading, numbered)
    for mark, kind in zip(numbered, settled, strict=True):
        if mark.kind != kind:
            right = heading_number(kind, mark.number)
            message = f"“{_shown(mark)}”与同级标题的编号样式不一致，应为“{right}”"
            yield reading.finding("R11", ERROR, message, mark.place, expected=right)
    levelled = [mark.as_kind(kind) for mark, kind in zip(numbered, settled, strict=True)]
    yield from _sequences(reading, levelled)
    yield from _styles(reading, levelled)
    yield from _alone(reading, levelled)
    yield from _points(reading, levelled)
    yield from _cut_lists(reading)


def _shown(mark: Mark) -> str:
    return heading_number(mark.kind, mark.number, mark.separator)


def _restyled(reading: Reading, numbered: list[Mark]) -> list[int]:
    """The level each mark really has: `6、` between 五、 and 七、 is a heading of the top level."""
    kinds = [mark.kind for mark in numbered]
    for at, mark in enumerate(numbered):
        if mark.kind >= ARABIC and mark.heading and _stands_for(reading, numbered, kinds, at):
            kinds[at] = mark.kind - 2
    return kinds


def _stands_for(reading: Reading, numbered: list[Mark], kinds: list[int], at: int) -> bool:
    mark, above = numbered[at], kinds[at] - 2
    before = _last(numbered, kinds, at, above, stop_at=above - 1)
    sibling = _last(numbered, kinds, at, kinds[at], stop_at=kinds[at] - 1)
    after = next(
        (numbered[i].number for i in range(at + 1, min(at + _FAR, len(numbered))) if kinds[i] <= above), None
    )
    stops = next((kinds[i] for i in range(at + 1, min(at + _FAR, len(numbered))) if kinds[i] <= above), above)
    if stops != above:
        after = None
    if mark.number == 1:
        return before is None and sibling is None and after == 2
    begin = next((numbered[i].after for i in range(at - 1, max(-1, at - _FAR), -1) if kinds[i] <= above), 0)
    follows = before is not None and mark.number == before + 1 and sibling != mark.number - 1
    if not follows or (after is not None and after <= mark.number) or len(mark.title) > 30:
        return False
    return not _present(reading, mark.kind, mark.number - 1, begin, mark.start)


def _last(numbered: list[Mark], kinds: list[int], at: int, kind: int, stop_at: int) -> int | None:
    """The number of the nearest earlier mark of that level in the same part."""
    for i in range(at - 1, max(-1, at - _FAR), -1):
        if kinds[i] == kind:
            return numbered[i].number
        if kinds[i] <= stop_at:
            return None
    return None


def _sequences(reading: Reading, numbered: list[Mark]) -> Iterator[Finding]:
    runs: list[list[Mark]] = [[], [], [], []]
    latest: list[Mark | None] = [None] * 4
    parts = [passage.start for passage in passages(reading) if _PART.match(passage.text)]
    for at, mark in enumerate(numbered):
        if parts and parts[0] < mark.start:  # `第三部分 决算情况说明`: every list begins anew
            runs, latest = [[], [], [], []], [None] * 4
            parts = [part for part in parts if part > mark.start]
        for deeper in range(mark.kind + 1, 4):
            runs[deeper].clear()
        run = runs[mark.kind]
        before = latest[mark.kind]
        if before is not None and _one_too_far(before, mark, numbered[at + 1 : at + _FAR]):
            right = heading_number(mark.kind, mark.number - 1, mark.separator)
            message = f"编号“{_shown(mark)}”应为“{right}”，下一个才是“{_shown(mark)}”"
            yield reading.finding("R11", ERROR, message, mark.place, expected=right)
            mark = replace(mark, number=mark.number - 1)
        fits = not run and before is not None and before.number + 1 == mark.number
        if not fits and not _joins(run, mark):
            yield from _broken(reading, run[-1] if run else None, mark)
            run[-1:] = [mark]
        elif fits:
            run.append(mark)
        latest[mark.kind] = mark


def _joins(run: list[Mark], mark: Mark) -> bool:
    """Put the mark into a run of its level: the next number, a new list, or the return to an outer list."""
    if mark.number == 1:
        run[:] = [*run[-_DEEP:], mark]
        return True
    for depth in range(len(run) - 1, -1, -1):
        if run[depth].number + 1 == mark.number:
            run[depth:] = [mark]
            return True
    return False


def _one_too_far(before: Mark, mark: Mark, after: list[Mark]) -> bool:
    """`四、` `六、` `六、`: the first 六 is the 五 that is missing."""
    following = next((m for m in after if m.kind <= mark.kind), None)
    twice = following is not None and following.kind == mark.kind and following.number == mark.number
    return twice and before.number + 2 == mark.number


def _broken(reading: Reading, before: Mark | None, mark: Mark) -> Iterator[Finding]:
    last = before.number if before else 0
    begin = before.start if before else 0
    missing = range(last + 1, mark.number)
    if missing and all(_present(reading, mark.kind, n, begin, mark.start) for n in missing):
        return
    places = [before.place, mark.place] if before else [mark.place]
    if before and mark.number == last:
        message = f"编号“{_shown(mark)}”重复，应为“{heading_number(mark.kind, last + 1, mark.separator)}”"
        yield reading.finding(
            "R11", ERROR, message, *places, expected=heading_number(mark.kind, last + 1, mark.separator)
        )
    elif missing:
        lost = "、".join(f"“{heading_number(mark.kind, n, mark.separator)}”" for n in missing[:3])
        message = f"编号不连续：“{_shown(mark)}”之前缺少{lost}"
        yield reading.finding("R11", ERROR if before else CHECK, message, *places)
    else:
        message = f"编号“{_shown(mark)}”排在“{_shown(before)}”之后，顺序颠倒，请核对" if before else ""
        yield reading.finding("R11", CHECK, message, *places)


def _present(reading: Reading, kind: int, number: int, begin: int, end: int) -> bool:
    """Whether a number stands inside a paragraph, or begins a line with another sign behind it."""
    begin = max(begin, end - _FAR_TEXT)
    bare = str(number) if kind >= ARABIC else chinese(number)
    sign = "[、.，：）]" if kind in (CHINESE, ARABIC) else "）"
    if re.search(rf"(?<![\d.{NUMERALS}]){bare}{sign}(?!\d)", reading.text.flat[begin:end]):
        return True
    begins = re.compile(rf"[（(]?{bare}(?![\d{NUMERALS}%.])")
    lines = reading.text.lines
    inside = lines[bisect_left(lines, (begin + 1, 0)) : bisect_left(lines, (end, 0))]
    return any(begins.match(reading.text.flat, *line) for line in inside)


def _styles(reading: Reading, numbered: list[Mark]) -> Iterator[Finding]:
    """Neighbours of one list that are written differently; a double mark after a bracket."""
    doubled = [m.place for m in numbered if m.kind in (CHINESE_BRACKET, ARABIC_BRACKET) and m.separator]
    if doubled:
        yield reading.finding(
            "R11", HINT, "括号编号后面不用再加顿号或圆点，如“（一）、”应写作“（一）”", *doubled
        )
    for one, two in pairwise(numbered):
        if one.kind != two.kind or one.number + 1 != two.number:
            continue
        if one.dash != two.dash:
            message = f"同一列举中“{_shown(one)}”与“{_shown(two)}”一个带前缀符号、一个不带，样式不一致"
            yield reading.finding("R11", HINT, message, one.place, two.place)
        elif one.kind == ARABIC and one.separator != two.separator:
            message = f"同一列举中“{_shown(one)}”与“{_shown(two)}”标点不一致，请统一"
            yield reading.finding("R11", HINT, message, one.place, two.place)


def _alone(reading: Reading, numbered: list[Mark]) -> Iterator[Finding]:
    """A （一） that no （二） follows before the next part."""
    flat = reading.text.flat
    for at, mark in enumerate(numbered):
        if mark.kind != CHINESE_BRACKET or mark.number != 1:
            continue
        after = next((m for m in numbered[at + 1 : at + _FAR] if m.kind <= CHINESE_BRACKET), None)
        if after is not None and after.kind == CHINESE_BRACKET:
            continue
        end = after.start if after else len(flat)
        if "（二）" not in flat[mark.start : end]:
            yield reading.finding(
                "R11", HINT, "只有“（一）”而没有“（二）”，单独一项不必编号，或有内容遗漏", mark.place
            )


def _points(reading: Reading, numbered: list[Mark]) -> Iterator[Finding]:
    """一是 … 二是 … within paragraphs; a new heading begins anew."""
    parts = {mark.start for mark in numbered if mark.kind <= CHINESE_BRACKET}
    runs: dict[str, list[tuple[int, int]]] = {}
    for passage in passages(reading):
        if passage.start in parts:
            runs.clear()
        for match in _POINTS.finditer(passage.text):
            run = runs.setdefault(match["word"], [])
            number, at = from_numerals(match["n"]), passage.start + match.start()
            depth = next((d for d in range(len(run) - 1, -1, -1) if run[d][0] + 1 == number), None)
            if number == 1:
                run[:] = [*run[-_DEEP:], (1, at)]
            elif depth is not None:
                run[depth:] = [(number, at)]
            else:
                yield from _broken_points(reading, run, number, at, match["word"])
                run[-1:] = [(number, at)]


def _broken_points(
    reading: Reading, run: list[tuple[int, int]], number: int, at: int, word: str
) -> Iterator[Finding]:
    last, begin = run[-1] if run else (0, max(0, at - 400))
    shown = f"{chinese(number)}{word}"
    between = reading.text.flat[max(begin, at - _FAR_TEXT) : at]
    missing = [f"{chinese(n)}{word}" for n in range(last + 1, number)]
    if missing and all(m in between for m in missing):
        return
    end = len(reading.text.flat)
    places = [(start, min(start + 12, end)) for start in ([begin, at] if run else [at])]
    if number == last:
        message = f"“{shown}”重复出现，应为“{chinese(last + 1)}{word}”"
        yield reading.finding("R11", ERROR, message, *places, expected=f"{chinese(last + 1)}{word}")
    elif missing:
        message = f"“{shown}”之前缺少“{'”“'.join(missing)}”"
        yield reading.finding("R11", ERROR if run else CHECK, message, *places)
    else:
        yield reading.finding("R11", CHECK, f"“{shown}”的次序颠倒，请核对", *places)


def _cut_lists(reading: Reading) -> Iterator[Finding]:
    """A list `A…万元，占…%；B…` whose items are parted now by ； and now by 。"""
    for passage in passages(reading):
        items = list(_SHARE.finditer(passage.text))
        for before, item, after in zip(items, items[1:], items[2:], strict=False):
            joined = before.end() == item.start() and item.end() == after.start()
            if joined and before["end"] != "。" and item["end"] == "。":
                start, end = passage.start + item.start(), passage.start + after.end()
                message = "列举还没有结束就用了句号，各项之间应统一用分号，最后一项用句号"
                yield reading.finding("R11", HINT, message, (start, end))
