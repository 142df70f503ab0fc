"""R72: a heading that names one measure over text that tells another, and names of measures that lost a word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from desktop.audit.finding import CHECK, HINT, Finding
from desktop.audit.text.heading_numbers import Mark, passages
from desktop.audit.text.reading import Reading
from desktop.audit.text_audit import check

_KINDS = "控制|变动|执行|完成|调整|安排|进度|利用|使用|到位|节约"
_MEASURE = re.compile(
    rf"(?P<of>“?三公”?经费|三公|公用经费|在职人员|财政供养人员|政府采购|采购|预算|支付|结转结余|固定资产|资金)”?(?:的)?(?P<kind>{_KINDS})率"
)
"""`“三公”经费控制率`, `预算完成率`: what it is of and its kind (docs/domain.md 4)."""
_TOLD = re.compile(_MEASURE.pattern + r"(?:为|是|达到?|约|仅)?-?\d[\d.]*%")
"""The measure with its value."""
_SHORTENED = re.compile(r"(?P<of>“?三公”?经费|公用经费|在职人员|财政供养人员|固定资产)”?率")
"""`公用经费率`: of what, but not which rate; `结转结余率`, `采购率` are names of their own."""
_LONGEST_PART = 12
"""So many paragraphs below a heading are its text."""


@check("R72", "标题与内容的指标", of_words=True)
def titles(reading: Reading) -> Iterator[Finding]:
    """To be checked: `三公经费控制率` as a heading, and below it only a `三公经费变动率` with its value. A hint: `公用经费率`.

    Silent where the text names the measure of the heading as well.
    """
    everything = passages(reading)
    marked = [passage.mark for passage in everything]
    for at, mark in enumerate(marked):
        named = _MEASURE.search(mark.title) if mark and mark.heading else None
        if mark is None or named is None or len(_MEASURE.findall(mark.title)) > 1:
            continue
        below = range(at + 1, min(_part_end(marked, at), at + 1 + _LONGEST_PART))
        text = "".join(everything[n].text for n in below)
        kinds = {m["kind"] for m in _MEASURE.finditer(text) if _of(m) == _of(named)}
        other = next(
            (m for n in below for m in _TOLD.finditer(everything[n].text) if _of(m) == _of(named)), None
        )
        if other is None or named["kind"] in kinds:
            continue
        start = next(everything[n].start for n in below if other.string is everything[n].text)
        right = f"{named['kind']}率"
        message = f"标题是“{named.group()}”，下面写的是“{other['kind']}率”，请核对是哪一个指标"
        title = mark.after + named.start(), mark.after + named.end()
        yield reading.finding(
            "R72", CHECK, message, (start + other.start(), start + other.end()), title, expected=right
        )
    yield from _shortened(reading)


def _part_end(marked: Sequence[Mark | None], at: int) -> int:
    """Where the text under a heading ends: at the next number of its level or above."""
    own = marked[at]
    ends = (
        n for n in range(at + 1, len(marked)) if (m := marked[n]) is not None and own and m.kind <= own.kind
    )
    return next(ends, len(marked))


def _of(measure: re.Match[str]) -> str:
    return measure["of"].strip("“”").replace("”", "").replace("经费", "").replace("政府", "")


def _shortened(reading: Reading) -> Iterator[Finding]:
    """Each name once; what it should be is known where the report has the whole name somewhere."""
    told: set[str] = set()
    for match in _SHORTENED.finditer(reading.text.flat):
        if reading.in_annex(match.start()) or _of(match) in told:
            continue
        told.add(_of(match))
        whole = {m.group() for m in _MEASURE.finditer(reading.text.flat) if _of(m) == _of(match)}
        right = whole.pop() if len(whole) == 1 else ""
        message = f"“{match.group()}”缺少是什么率，" + (f"应为“{right}”" if right else "如控制率、变动率")
        yield reading.finding("R72", HINT, message, (match.start(), match.end()), expected=right)
