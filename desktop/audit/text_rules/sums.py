"""R2: the parts after 其中, 分别为 or 包括 against the total before them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from desktop.audit.finding import CHECK, ERROR, Finding
from desktop.audit.text.budget_figures import FINAL, INITIAL, is_change, metric_of, stage_of
from desktop.audit.text.flat_text import Sentence
from desktop.audit.text.mentions import PERCENT, Quantity, amount_of
from desktop.audit.text.reading import Reading
from desktop.audit.text_audit import check
from desktop.domain.numbers import half_unit, show_short

_TRIGGER = re.compile(r"其中|分别为|分别是|具体为|具体包括|具体是")
"""`支出100万元，其中：…`, `分别为`: parts follow."""
_EXHAUSTIVE = ("分别为", "分别是", "具体为", "具体是")
"""After these nothing is left out; 其中 may name only some."""
_SHARED_LIST = re.compile(r"占")
_MOST_PARTS = 30
"""More is a text that repeats itself; sums of subsets would take too long."""
_LIST_BELOW = 4
"""Characters: `其中：` ends its line, the parts stand in the lines below."""
_COMPARED = re.compile(r"^(?:比|较|与|同)")
"""`比上年80万元`: the figure of another year."""
_DONE = re.compile(r"整改|完成|办结|结案|处置|到位|合格|达标|销号|通过|解决")
"""`整改552处`: what became of the counted, no part beside it."""
_READ_ELSEWHERE = re.compile(r"行政|参公|参照|事业|工勤|^“?(?:评为)?“?[优良中差合]")
"""`行政人员15人`, `优秀4个`: posts and staff by kind are read by R37, grades by R39, points by R36."""
_WHOLE_PAIRS = ({"基本支出", "项目支出"}, {"人员经费", "公用经费"})
_PEOPLE = {"人", "名"}
_LINK_LENGTH = 12
"""Characters between a total and 其中: `1200万元，全部按规定使用，其中`; more is another matter."""
_LABEL_LENGTH = 40
"""Characters before the first number of a line that is still one part of a list."""


@check("R2", "分项之和与合计不符")
def sums(reading: Reading) -> Iterator[Finding]:
    """Parts that add up to more than their total; or to less, where the rest is another figure of the report.

    Silent where some of the parts already make the total (the others are parts of parts), and where 其中
    names only some of them.
    """
    sentences = reading.text.sentences
    for number in reading.by_sentence:
        sentence = sentences[number]
        for trigger in _TRIGGER.finditer(sentence.text):
            place = sentence.start + trigger.start()
            total = _total(reading, number, place)
            if total is not None:
                parts = _parts(reading, number, sentence, place, total)
                yield from _judged(reading, total, parts, trigger.group())


def _total(reading: Reading, number: int, place: int) -> Quantity | None:
    """The last figure before the trigger; it must have a name and be no difference, no share, no estimate."""
    if place <= reading.text.sentences[number].start + 1:
        return _subject_before(reading, number)
    before = [q for q in reading.by_sentence[number] if q.end <= place]
    before = [q for q in before if q.unit and q.unit != PERCENT and not is_change(q)]
    if not before:
        return None
    total = before[-1]
    near = place - total.end <= _LINK_LENGTH
    return total if total.label and not total.approximate and near else None


def _subject_before(reading: Reading, number: int) -> Quantity | None:
    """A sentence that begins with 其中 speaks of the one figure of the sentence before, or of its final one."""
    sentences = reading.text.sentences
    if not number or sentences[number - 1].paragraph != sentences[number].paragraph:
        return None
    before = [q for q in reading.by_sentence.get(number - 1, []) if q.money is not None and q.label]
    before = [q for q in before if not is_change(q) and not _COMPARED.match(q.label)]
    final = before if len(before) == 1 else [q for q in before if stage_of(q.label) == FINAL]
    return final[0] if len(final) == 1 else None


def _parts(reading: Reading, number: int, sentence: Sentence, place: int, total: Quantity) -> list[Quantity]:
    """The figures of the same kind after the trigger, up to the next 其中; a list of shares may go on after 。"""
    if sentence.end - place <= _LIST_BELOW:
        return list(_listed_below(reading, number, sentence, total))
    nested = [m.start() + sentence.start for m in _TRIGGER.finditer(sentence.text)]
    limit = min([at for at in nested if at > place], default=sentence.end)
    parts = [q for q in reading.by_sentence[number] if place < q.start < limit and _same_kind(q, total)]
    if total.money is None:
        done = next((n for n, q in enumerate(parts) if n and _DONE.search(q.label)), len(parts))
        parts = parts[:done]
        semicolon = reading.text.flat.find("；", place, limit)
        parts = [q for q in parts if semicolon < 0 or q.start < semicolon]
    parts = [q for q in parts if not _in_bracket(reading.text.flat, place, q.start)]
    return [*parts, *_carried_on(reading, number, sentence, total, parts)] if limit == sentence.end else parts


def _listed_below(reading: Reading, number: int, sentence: Sentence, total: Quantity) -> Iterator[Quantity]:
    """`…其中：` ends its line; each of the next paragraphs begins with one part."""
    paragraph = sentence.paragraph
    for at, other in enumerate(reading.text.sentences[number + 1 :], number + 1):
        if other.paragraph == paragraph:
            continue
        first = next(iter(reading.by_sentence.get(at, [])), None)
        if first is None or other.paragraph != paragraph + 1 or not _same_kind(first, total):
            return
        if first.start - other.start > _LABEL_LENGTH:
            return
        paragraph = other.paragraph
        yield first


def _carried_on(
    reading: Reading, number: int, sentence: Sentence, total: Quantity, parts: list[Quantity]
) -> Iterator[Quantity]:
    """`…，占总支出1.25%。农村公路养护80万元，占总支出16%。`: the list goes on after 。"""
    shares = any(_SHARED_LIST.search(q.label) for q in reading.by_sentence[number] if q.unit == PERCENT)
    sentences = reading.text.sentences
    at = number + 1
    while shares and parts and at < len(sentences) and sentences[at].paragraph == sentence.paragraph:
        quantities = reading.by_sentence.get(at, [])
        listed = len(quantities) >= 2 and _same_kind(quantities[0], total) and "占" in quantities[1].label
        if not listed:
            return
        yield from (q for q in quantities if _same_kind(q, total))
        at += 1


def _same_kind(quantity: Quantity, total: Quantity) -> bool:
    if is_change(quantity) or not quantity.label:
        return False
    if total.money is not None:
        return quantity.money is not None
    return quantity.unit == total.unit or {quantity.unit, total.unit} <= _PEOPLE


def _in_bracket(flat: str, start: int, at: int) -> bool:
    inside = flat[start:at]
    return inside.count("（") > inside.count("）")


def _judged(reading: Reading, total: Quantity, parts: list[Quantity], trigger: str) -> Iterator[Finding]:
    if len(parts) < 2 or len(parts) > _MOST_PARTS or any(q.approximate for q in parts):
        return
    if total.unit == "分" or all(_READ_ELSEWHERE.search(q.label) for q in parts):
        return
    values = [amount_of(q) for q in parts]
    whole, slack = amount_of(total), _slack(total) + sum(map(_slack, parts), Decimal(0))
    gap = whole - sum(values, Decimal(0))
    exact = total.money is not None or total.unit in _PEOPLE
    if abs(gap) <= slack or _some_make(values, whole, slack, 2 if exact else 1):
        return
    unit = "万元" if total.money is not None else total.unit
    added_up = f"{total.label}{show_short(whole, 6)}{unit}，{trigger}各项合计{show_short(sum(values, Decimal(0)), 6)}{unit}"
    places = [(total.label_start, total.end), *((q.label_start, q.end) for q in parts)]
    if gap < 0:
        level = ERROR if len(parts) == 2 or trigger in _EXHAUSTIVE or total.money is not None else CHECK
        yield reading.finding("R2", level, f"{added_up}，多出{show_short(-gap, 6)}{unit}", *places)
        return
    if _all_there_is(parts):
        yield reading.finding("R2", ERROR, f"{added_up}，少了{show_short(gap, 6)}{unit}", *places)
        return
    other = _figure_of(reading, gap, {q.start for q in (total, *parts)}) if total.money is not None else ""
    if other or trigger in _EXHAUSTIVE:
        yield reading.finding("R2", ERROR, f"{added_up}，少了{show_short(gap, 6)}{unit}{other}", *places)


def _all_there_is(parts: list[Quantity]) -> bool:
    """Pairs that leave nothing out: 基本支出 and 项目支出; 人员经费 and 公用经费."""
    named = {metric_of(q.label) for q in parts}
    return any(pair <= named for pair in _WHOLE_PAIRS)


@check("R2t", "基本支出与项目支出之和不等于总支出")
def spending(reading: Reading) -> Iterator[Finding]:
    """The report's basic and project spending against its total, each as the final figure of its year.

    Silent if one is missing or if any of the values said for them fit.
    """
    names = ("总支出", "基本支出", "项目支出")
    total, basic, project = (
        [f.quantity for f in reading.figures_of(m) if f.stage != INITIAL and f.quantity.money] for m in names
    )
    if not total or not basic or not project or _any_fits(total, basic, project):
        return
    t, b, p = total[0], basic[0], project[0]
    both = show_short(amount_of(b) + amount_of(p), 4)
    added_up = f"基本支出{show_short(amount_of(b), 4)}＋项目支出{show_short(amount_of(p), 4)}＝{both}万元"
    places = [(q.label_start, q.end) for q in (t, b, p)]
    message = f"{added_up}，与{t.label}{show_short(amount_of(t), 4)}万元不等，请说明口径"
    yield reading.finding("R2t", CHECK, message, *places)


def _any_fits(total: list[Quantity], basic: list[Quantity], project: list[Quantity]) -> bool:
    return any(
        abs(amount_of(t) - amount_of(b) - amount_of(p)) <= _slack(t) + _slack(b) + _slack(p)
        for t in total[:_MOST_PARTS]
        for b in basic[:_MOST_PARTS]
        for p in project[:_MOST_PARTS]
    )


def _slack(quantity: Quantity) -> Decimal:
    """What rounding of a shown figure may hide; counted things are exact."""
    if quantity.money is None or quantity.value == 0:
        return Decimal(0)
    return (
        half_unit(max(quantity.money_decimals, 2))
        if quantity.decimals >= 2
        else half_unit(quantity.money_decimals or 2)
    )


def _some_make(values: list[Decimal], whole: Decimal, slack: Decimal, least: int) -> bool:
    """Whether at least `least` of the parts that are not 0 make the total by themselves (bounded work).

    Of money and people a single part that equals the total leaves no room for the others.
    """
    reached = {(Decimal(0), 0)}
    for value in filter(None, values):
        reached |= {(r + value, min(n + 1, least)) for r, n in reached if r + value <= whole + slack}
        if any(n == least and abs(r - whole) <= slack for r, n in reached):
            return True
        if len(reached) > 20_000:
            return False
    return False


def _figure_of(reading: Reading, gap: Decimal, own: set[int]) -> str:
    """The figure that was left out: a number with decimals elsewhere in the report, tables included."""
    if gap == gap.to_integral_value():
        return ""
    for quantity in reading.by_amount.get(gap, ()):
        if quantity.start not in own:
            return f"，差额恰为“{quantity.label}”"
    return f"，差额{show_short(gap, 6)}恰为附件中的一个数" if gap in reading.annex_numbers else ""
