"""Counts and rates in the report's sentences against the actual values of the indicators they are about."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from desktop.audit.finding import CHECK, ERROR, Finding
from desktop.audit.table_audit import Tables, show_amount, table_check
from desktop.audit.table_rules.indicators import Row, forms
from desktop.audit.text.mentions import Quantity
from desktop.audit.text.reading import Reading
from desktop.domain.labels import plain
from desktop.domain.numbers import decimals_of, half_unit

_LEADING_VERBS = re.compile(
    # `全县共排查`, `本年累计办理`: area, period and verb before what was counted.
    r"^(?:全[区县市省局年]|今年来?|本年|累计|合计|共计?|组织|开展|完成|实现|有效|全面|积极|认真|严格|排查出?|检查|整治|整改|办理|查处|处置|新增|发现|"
    r"组织开展|各类|有关|相关)+"
)
_COUNTER_END = re.compile(r"(?:[个次起人件家座处条户场批期台项辆]数|数量|场次|人次|批次|总数|数)$")
"""`隐患排查个数`, `培训场次`: what names of indicators end in and sentences leave out."""
_RATES = re.compile(
    # `隐患整改率`, `验收合格率`, `群众满意度`: the last word tells which of a thing's rates is meant.
    r"(整改|整治|治理|合格|达标|办结|完成|覆盖|处置|处理|回复|受理|满意|知晓|查处|到位|及时|结案|执行)率$|(满意度|知晓率)$"
)
_SAME_RATES = {"整治": "整改", "治理": "整改", "到位": "整改", "处理": "处置"}
"""Words that people exchange: `隐患整治率` is the 整改率."""
_FILLERS = re.compile(r"排查|整治|整改|治理|工作|情况|的|和|与|及|各类")
"""What may be said or left out of a rate's subject: `重大隐患排查整改率` and `重大隐患整改率`."""
_SHORTEST = 4
"""Characters of a name that means one thing in a report: `重大隐患`; `隐患` is counted in several ways."""
_LAST_YEAR = re.compile(r"上年|去年|同期")
_BOUNDS = ("以上", "以下", "以内", "及以上", "及以下")
"""A number before these is what was aimed at."""


@table_check("R6i", "正文与指标实际完成值")
def indicators_against_text(tables: Tables) -> Iterator[Finding]:
    """A count or rate in a sentence whose name is an indicator's, and whose value is another.

    错误 where the indicator's value is another number of the same sentence, or the indicator claims full
    success and the sentence less; else 核实. Silent if any sentence agrees with the indicator, unless that is one
    of several numbers of one kind, of which the indicator took one and not their sum. docs/domain.md 5, R6.
    """
    reading = tables.reading
    if reading is None:
        return
    for scope, rows in forms(tables):
        for row in rows:
            value = row.actual.value
            if value is None or row.money or row.year_only:
                continue
            if row.target.unit == "%" or row.actual.unit == "%":
                finding = _rate(tables, reading, scope, row, value)
            else:
                finding = _count(tables, reading, scope, row, value) or _parts(
                    tables, reading, scope, row, value
                )
            if finding is not None:
                yield finding


def core(label: str) -> str:
    """`全区共排查重大安全隐患` and `排查重大安全隐患个数` -> 重大安全隐患."""
    return _COUNTER_END.sub("", _LEADING_VERBS.sub("", plain(label)))


def _of_unit(reading: Reading, row: Row, year: int) -> list[Quantity]:
    unit = row.target.unit or row.actual.unit
    same = [q for q in reading.quantities if q.unit == unit and not q.approximate and q.year in (None, year)]
    return [q for q in same if not reading.text.flat.startswith(_BOUNDS, q.end)]


def _count(tables: Tables, reading: Reading, scope: str, row: Row, value: Decimal) -> Finding | None:
    wanted = core(row.name)
    if len(wanted) < _SHORTEST:
        return None
    same = [q for q in _of_unit(reading, row, tables.sheet.year) if core(q.label) == wanted]
    told = [q for q in same if q.value == value]
    if told:
        tables.holds("R6i", row.key("actual"), numbers=told)
    if told or not same:
        return None
    first = same[0]
    words = f"{tables.form_name(scope)}“{row.name}”实际完成值为{show_amount(value)}{first.unit}，"
    words += f"正文为{show_amount(first.value)}{first.unit}"
    neighbour = next(
        (q for q in reading.by_sentence[first.sentence] if q.value == value and q.unit == first.unit), None
    )
    if neighbour is not None:
        words += f"（正文中{show_amount(value)}是“{neighbour.label}”）"
    level = ERROR if neighbour is not None else CHECK
    return _finding(tables, reading, row, level, words, [first], first.value)


def _parts(tables: Tables, reading: Reading, scope: str, row: Row, value: Decimal) -> Finding | None:
    """Several numbers under one verb of the name (`有效应对2轮…，有效应对15轮…`); the indicator has one."""
    own = [
        q
        for q in _of_unit(reading, row, tables.sheet.year)
        if len(plain(q.label)) >= _SHORTEST and plain(row.name).startswith(plain(q.label))
    ]
    total = sum((q.value for q in own), Decimal(0))
    if len(own) > 1 and value == total:
        tables.holds("R6i", row.key("actual"), numbers=own)
    if len(own) < 2 or value == total or value not in [q.value for q in own]:
        return None
    terms = "＋".join(show_amount(q.value) for q in own)
    unit = own[0].unit
    words = f"正文“{own[0].label}”{terms}＝{show_amount(total)}{unit}，"
    words += f"{tables.form_name(scope)}“{row.name}”只填{show_amount(value)}{unit}"
    return _finding(tables, reading, row, CHECK, words, own, total)


def _rate(tables: Tables, reading: Reading, scope: str, row: Row, value: Decimal) -> Finding | None:
    kind = _kind(row.name)
    if not kind:
        return None
    subject = _FILLERS.sub("", plain(row.name)[: -len(kind[1])])
    rates = [
        q
        for q in reading.quantities
        if q.unit == "%"
        and _same_rate(q.label, kind[0])
        and subject
        and not _LAST_YEAR.search(_before(reading, q))
        # Its characters in any order: a sentence tells `学生营养餐覆盖率` as `营养餐发给全部学生，覆盖率100%`.
        and set(subject) <= set(_before(reading, q))
    ]
    own = [q for q in rates if q.year in (None, tables.sheet.year)]
    told = [q for q in own if abs(q.value - value) <= half_unit(min(q.decimals, decimals_of(value)))]
    # A subject of two characters stands in many a sentence.
    if told and len(subject) >= _SHORTEST:
        tables.holds("R6i", row.key("actual"), numbers=told)
    if told or not own:
        return None
    first = own[0]
    words = f"{tables.form_name(scope)}“{row.name}”实际完成值为{show_amount(value)}%，正文为{show_amount(first.value)}%"
    level = ERROR if value == 100 and first.value < 100 and len(subject) >= _SHORTEST else CHECK
    return _finding(tables, reading, row, level, words, [first], first.value)


def _kind(label: str) -> tuple[str, str] | None:
    """The rate a label ends in, by its usual name, and as it is written."""
    rate = _RATES.search(plain(label))
    if rate is None:
        return None
    word = rate[1] or rate[2]
    return _SAME_RATES.get(word, word), rate[0]


def _same_rate(label: str, kind: str) -> bool:
    own = _kind(label)
    return own is not None and own[0] == kind


def _before(reading: Reading, quantity: Quantity) -> str:
    """The words of the clause group up to a rate: what the rate is of."""
    sentence = reading.text.sentences[quantity.sentence]
    return reading.text.flat[sentence.start : quantity.end].rpartition("；")[2]


def _finding(
    tables: Tables,
    reading: Reading,
    row: Row,
    level: str,
    words: str,
    quantities: list[Quantity],
    expected: Decimal,
) -> Finding:
    """`expected` is what the form should hold: said where the form is printed, and sure to be what is wrong."""
    key = row.key("actual")
    cells = tables.finding("R6i", tables.claimable(level, key), words, key, row.key("name"))
    told = tuple(reading.words(q) for q in quantities)
    if cells.level == ERROR and cells.spans:
        right = f"{show_amount(expected)}{row.actual.unit}"
        return Finding("R6i", ERROR, words, (*cells.spans, *told), cells.cells, right)
    return Finding("R6i", cells.level, words, (*told, *cells.spans), cells.cells)
