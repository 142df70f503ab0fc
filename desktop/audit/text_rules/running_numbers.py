"""R11p: lists that run on inside paragraphs: 一是…二是, `1.…2.…`, `①…②…`, shares parted by ； and 。"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from desktop.audit.finding import CHECK, ERROR, HINT, Finding
from desktop.audit.text.heading_numbers import (
    ARABIC,
    ARABIC_BRACKET,
    ARABIC_HALF,
    CHINESE_BRACKET,
    CIRCLED,
    Passage,
    heading_number,
    marks,
    passages,
)
from desktop.audit.text.reading import Reading
from desktop.audit.text_audit import check
from desktop.domain.chinese_numerals import chinese, from_numerals

_POINTS = re.compile(
    r"(?=[一二三四五六七八九十])(?:(?<=[。；，：！？”）])|^)(?P<n>[一二三四五六七八九十]{1,2})(?P<word>[是要])(?![一二三四五六七八九十])"
)
"""`一是加强…；二是完善…`; not `一是一`."""
_SHARE = re.compile(
    r"[^，。；：\d]{2,30}\d[\d,]*(?:\.\d+)?万?元，占[^，。；\d]{0,12}\d+(?:\.\d+)?%(?P<end>[；。，])"
)
"""`教育支出150万元，占75%；`: an item of a list in one sentence."""
_ITEM = re.compile(
    # Behind a stop or at the beginning: `1.甲；2.乙`, not `2.5万元`, `3、4月`.
    r"(?=[（\d①-⑳])(?:(?<=[。；：，！？、])|^)(?:"
    r"（(?P<k1>[一二三四五六七八九十]{1,3})）"
    r"|(?P<k2>\d{1,2})[、.](?!\d)"
    r"|（(?P<k3>\d{1,2})）"
    r"|(?P<k4>\d{1,2})）"
    r"|(?P<k5>[①-⑳]))(?=[^，。；：、）\d])"
)
_DEEP, _FAR_TEXT = 4, 6_000
"""So deep lists go, so far back a number is looked for."""
_SURE = 3
"""Items that a list within a paragraph must have before a gap in it is one: two numbers may be two references."""


class _Item(NamedTuple):
    number: int
    start: int
    end: int


_ENOUGH = 200
"""Findings of one text."""


@check("R11p", "列举的序号", of_words=True)
def running_numbers(reading: Reading) -> Iterator[Finding]:
    """Wrong: `一是…二是…四是`, `1.甲；2.乙；4.丁` in one paragraph. A hint: a list of shares cut by 。

    Silent where the missing number stands there with another sign, and on fewer than three numbers.
    """

    def all_of_them() -> Iterator[Finding]:
        yield from _points_in_order(reading)
        yield from _within_paragraphs(reading)
        yield from _cut_lists(reading)

    yield from islice(all_of_them(), _ENOUGH)


def _points_in_order(reading: Reading) -> Iterator[Finding]:
    """一是 … 二是 … within paragraphs; a new heading begins anew."""
    parts = {mark.start for mark in marks(reading) if mark.kind <= CHINESE_BRACKET}
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
        yield reading.finding("R11p", ERROR, message, *places, expected=f"{chinese(last + 1)}{word}")
    elif missing:
        message = f"“{shown}”之前缺少“{'”“'.join(missing)}”"
        yield reading.finding("R11p", ERROR if run else CHECK, message, *places)
    else:
        yield reading.finding("R11p", CHECK, f"“{shown}”的次序颠倒，请核对", *places)


def _within_paragraphs(reading: Reading) -> Iterator[Finding]:
    """`1.甲；2.乙；4.丁`: a list within one paragraph with a number left out or twice."""
    for passage in passages(reading):
        lists: dict[int, list[_Item]] = {}
        for match in _ITEM.finditer(passage.text):
            kind = next(k for k in range(CHINESE_BRACKET, CIRCLED + 1) if match[f"k{k}"])
            digits = match[f"k{kind}"]
            number = ord(digits) - ord("①") + 1 if kind == CIRCLED else from_numerals(digits)
            lists.setdefault(kind, []).append(_Item(number, match.start(), match.end()))
        for kind, items in lists.items():
            for run in _runs(items):
                yield from _broken_run(reading, passage, kind, run)


def _runs(items: Sequence[_Item]) -> Iterator[list[_Item]]:
    """The items parted where a list begins anew."""
    run: list[_Item] = []
    for item in items:
        if item.number == 1 and run:
            yield run
            run = []
        run.append(item)
    if run:
        yield run


def _broken_run(reading: Reading, passage: Passage, kind: int, run: Sequence[_Item]) -> Iterator[Finding]:
    if len(run) < _SURE or run[1].number != run[0].number + 1:
        return
    for at in range(2, len(run)):
        before, item = run[at - 1], run[at]
        step = item.number - before.number
        goes_on = at + 1 == len(run) or run[at + 1].number == item.number + 1
        if step == 1:
            continue
        if step not in (0, 2) or not goes_on:
            return
        wanted = before.number + 1
        if step == 2 and _told_otherwise(passage.text[before.end : item.start], kind, wanted):
            return
        shown, right = (heading_number(kind, n, ".") for n in (item.number, wanted))
        message = f"“{shown}”重复，应为“{right}”" if step == 0 else f"编号不连续：“{shown}”之前缺少“{right}”"
        places = [
            (passage.start + i.start, min(passage.start + i.end + 12, passage.end)) for i in (before, item)
        ]
        yield reading.finding("R11p", ERROR, message, *places)
        return


def _told_otherwise(between: str, kind: int, number: int) -> bool:
    """Whether the number that seems to be left out stands there with another sign, or behind no stop."""
    if kind in (ARABIC, ARABIC_BRACKET, ARABIC_HALF):
        return bool(re.search(rf"(?<![\d.]){number}(?:[、，：）]|\.(?!\d))", between))
    return heading_number(kind, number).strip("（）") in between


def _cut_lists(reading: Reading) -> Iterator[Finding]:
    """A list `A…万元，占…%；B…` whose items are parted now by ； and now by 。"""
    for passage in passages(reading):
        if passage.text.count("元，占") < _SURE:
            continue
        items = list(_SHARE.finditer(passage.text))
        for before, item, after in zip(items, items[1:], items[2:], strict=False):
            joined = before.end() == item.start() and item.end() == after.start()
            if joined and before["end"] != "。" and item["end"] == "。":
                start, end = passage.start + item.start(), passage.start + after.end()
                message = "列举还没有结束就用了句号，各项之间应统一用分号，最后一项用句号"
                yield reading.finding("R11p", HINT, message, (start, end))
