"""R17 and R20: large changes and low execution without a reason, percentages no whole number can give."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from decimal import ROUND_FLOOR, Decimal

from desktop.audit.finding import CHECK, HINT, Finding
from desktop.audit.text.flat_text import Sentence
from desktop.audit.text.measures import words_under
from desktop.audit.text.mentions import Quantity
from desktop.audit.text.reading import Reading
from desktop.audit.text_audit import check
from desktop.domain.numbers import round_half_up

_REASON = re.compile(
    r"原因|由于|因为|因(?<![基成诱]因)(?![公此素而果子]|地制宜)|主要是|主要为|系(?<![体联关维院派]系)(?![统列数])|缘于|得益|"
    r"受[^，。]{1,16}影响|是按|主要用于|新增|压减|为本年新设|导致|致使"
)
"""`主要原因是…`, `因人员调整`, `得益于…`, `系工程结算`; not `因公`, `因此`, `基因`, `体系`, `联系`, `系统`."""
_CHANGE = re.compile(
    r"(?P<way>增长|增加|上升|提高|下降|减少|降低|增幅|降幅)(?:了|为|率|幅度|比例|比率|约|达)*(?P<rate>\d+(?:\.\d+)?)%(?!以)"
)
"""`增长45%`; not `增长45%以上`, which is an aim."""
_MONEY = re.compile(r"元|支出|收入|预算|决算|经费|费|拨款|结转|结余")
"""Only changes of money need a reason: yields and visitors may grow as they like."""
_EXECUTION = re.compile(
    r"(?P<what>[^，。；：]{0,14})(?:执行率|支付率|支出进度|支付进度)(?:仅|只)?(?:为|达到?|是|约)?(?P<rate>\d+(?:\.\d+)?)%"
)
"""`项目支出执行率仅为63.5%`."""
_RATES = re.compile(r"执行率|支付率|支出进度|支付进度")
_THRIFT = "一般性支出"
"""Less of it is thrift and needs no excuse."""
_CLAUSE = 160
"""Characters before a rate in which its subject stands."""
_BIG = Decimal(30)
"""Percent: a larger change must be explained (docs/domain.md 5, R17)."""
_LOW = Decimal(90)
"""Percent: execution below this must be explained (docs/domain.md 1.2)."""
_LOW_PURCHASE = Decimal(80)
"""Percent: 政府采购 saves by its tenders, and so may stay a tenth lower."""
_PROJECT_REASON = re.compile(r"(?:专项|项目)(?:资金|经费|支出)?的?(?:增加|增长|追加|增多)")
"""`专项资金的增加`."""
_BASE_WORDS = re.compile(r"(?P<budget>预算)|(?P<spent>实际|决算|执行|完成)")
"""`年初预算…项目支出40万元`, `实际支出…项目支出20万元`: the last of them before an amount tells which it is."""
_LESS, _MORE = Decimal("0.9"), Decimal("1.1")
"""A tenth off the budget: nearer to it, a rounding or a small adjustment would do, and no reason is contradicted."""
_NEAR_RATE = 12
"""Characters from a count to its rate: `发生火灾7起（其中亡人火灾无），同比下降33%`; what stands further is of something else."""
_NEAR_EACH_OTHER = 8
"""Characters between the two counts of 均: `2起、死亡2人，同比均下降60%`."""
_LONGEST_DIFFERENCE = 4
"""Characters of _DIFFERENCE, with a sign to spare: `减少了`."""
_COUNTED = frozenset(("起", "人", "件", "次", "家", "宗", "例", "人次", "场", "户", "名", "个", "份", "批次"))
"""What comes in whole numbers."""
_COMPARED = re.compile(
    r"(?:同比|(?:比|较)(?:上年|去年|上一年)(?:同期)?)(?P<both>均|分别均|都)?(?P<way>下降|减少|降低|增长|上升|增加)(?:率|了|幅度)?(?:为|约)?(?P<rate>\d+(?P<more>\.\d+)?)%"
)
"""`同比下降28.45%`, `比上年均减少60%`."""
_DIFFERENCE = re.compile(r"(?:增加|减少|多|少|增|减|下降|上升|增长)了?$")
"""Before the number, as in `增加` 25起: a difference, whose own last year nobody asks for."""


@check("R17", "变动与执行的合理性", of_words=True)
def changes(reading: Reading) -> Iterator[Finding]:
    """To be checked: money that changed by more than 30 %, or execution under 90 %, without a reason.

    A reason may stand in the same sentence or the one after it; one before is that of another figure
    (`接待费因压减下降5%。项目支出增长45%。`). Also a reason that contradicts the structure:
    'more project money' where projects stayed under budget and basic spending went over it.
    Silent on counts of things, on 三公 spending below its budget and on purchases from 80 %.
    """
    sentences = reading.sentences
    for at, sentence in enumerate(sentences):
        after = sentences[at + 1].text if at + 1 < len(sentences) else ""
        if _REASON.search(sentence.text + after):
            continue
        yield from _large(reading, sentence)
        yield from _low(reading, sentence)
    yield from _against_structure(reading)


def _large(reading: Reading, sentence: Sentence) -> Iterator[Finding]:
    for match in _CHANGE.finditer(sentence.text):
        clause = re.split(r"[。；（]", sentence.text[max(0, match.start() - _CLAUSE) : match.start()])[-1]
        if Decimal(match["rate"]) > _BIG and _MONEY.search(clause):
            place = (sentence.start + match.start(), sentence.start + match.end())
            message = f"变动{match['rate']}%，超过30%，应说明原因"
            yield reading.finding("R17", CHECK, message, place)


def _low(reading: Reading, sentence: Sentence) -> Iterator[Finding]:
    for match in _EXECUTION.finditer(sentence.text) if _RATES.search(sentence.text) else ():
        clause = re.split(r"[。；]", sentence.text[max(0, match.start() - _CLAUSE) : match.start("rate")])[-1]
        limit = _LOW_PURCHASE if "采购" in clause else _LOW
        if Decimal(match["rate"]) < limit and not words_under(_THRIFT).search(clause):
            place = (sentence.start + match.start(), sentence.start + match.end())
            message = f"执行率{match['rate']}%，低于{limit}%，应说明原因"
            yield reading.finding("R17", CHECK, message, place)


def _against_structure(reading: Reading) -> Iterator[Finding]:
    figures = _budget_and_spent(reading)
    basic_budget, basic = figures.get(("基本支出", "budget")), figures.get(("基本支出", "spent"))
    planned, project = figures.get(("项目支出", "budget")), figures.get(("项目支出", "spent"))
    if not (basic_budget and basic and planned and project):
        return
    under = (project.money or 0) < (planned.money or 0) * _LESS
    over = (basic.money or 0) > (basic_budget.money or 0) * _MORE
    if not (under and over):
        return
    for sentence in reading.sentences:
        match = _PROJECT_REASON.search(sentence.text)
        if match and _REASON.search(sentence.text):
            reason = (sentence.start + match.start(), sentence.start + match.end())
            places = [q.place for q in (basic_budget, basic, planned, project)]
            message = (
                "原因写的是项目（专项）资金增加，但项目支出没有用完预算，超出的是基本支出，请核对归类或说明"
            )
            yield reading.finding("R17", CHECK, message, reason, *places)
            return


def _budget_and_spent(reading: Reading) -> dict[tuple[str, str], Quantity]:
    """The first budget and the first outcome of basic and project spending in the report's year."""
    figures: dict[tuple[str, str], Quantity] = {}
    for quantity in reading.quantities:
        sentence = reading.text.sentences[quantity.sentence]
        if not quantity.money or quantity.year not in (None, reading.year):
            continue
        at = quantity.start - sentence.start
        before = sentence.text[max(0, at - _CLAUSE) : at]
        name = next((n for n in ("基本支出", "项目支出") if n in quantity.label), None)
        if name is None and quantity.label.startswith("项目") and quantity.label.endswith("支出"):
            name = "项目支出"
        words = [m.lastgroup for m in _BASE_WORDS.finditer(before)]
        if name and words and words[-1]:
            figures.setdefault((name, words[-1]), quantity)
    return figures


@check("R20", "同比反推")
def whole_bases(reading: Reading) -> Iterator[Finding]:
    """A hint where `同比下降p%` of a count gives last year no whole number.

    The count is the nearest one before the rate in its clause or bracket, with 均 the two nearest.
    Silent if some whole number gives p when rounded to the digits shown, and on differences (增加25起).
    """
    for number, quantities in reading.by_sentence.items():
        sentence = reading.text.sentences[number]
        ends = [q.end for q in quantities]
        for match in _COMPARED.finditer(sentence.text):
            at = sentence.start + match.start()
            upto = bisect_right(ends, at)
            near = _linked(quantities[max(0, upto - 2) : upto], at, bool(match["both"]))
            for quantity in near:
                finding = _no_whole_base(reading, quantity, match, sentence.start)
                if finding is not None:
                    yield finding
                    break


def _linked(before: list[Quantity], at: int, both: bool) -> list[Quantity]:
    """The count just before the rate; with 均 the one before it too: `2起、死亡2人，同比均下降60%`."""
    if not before or at - before[-1].end > _NEAR_RATE:
        return []
    return before if both and before[-1].start - before[0].end <= _NEAR_EACH_OTHER else before[-1:]


def _no_whole_base(reading: Reading, quantity: Quantity, match: re.Match[str], start: int) -> Finding | None:
    if (
        quantity.unit not in _COUNTED
        or quantity.decimals
        or quantity.approximate
        or _differs(reading, quantity)
    ):
        return None
    places = len(match["more"] or ".") - 1
    rate, count = Decimal(match["rate"]), quantity.value
    down = match["way"] in ("下降", "减少", "降低")
    if rate == 0 or (down and rate > 100):
        return None
    if down and rate == 100:
        if count == 0:
            return None
        base = Decimal(0)
    else:
        base = count / (1 - rate / 100 if down else 1 + rate / 100)
    near = [b for b in range(max(1, int(base) - 1), int(base) + 3) if b != count]
    exact = {b: (count - b if not down else b - count) * 100 / Decimal(b) for b in near}
    if any(round_half_up(value, places) == rate for value in exact.values()):
        return None
    step = Decimal(1).scaleb(-places)
    cut = [b for b, value in exact.items() if value.quantize(step, ROUND_FLOOR) == rate]
    shown = f"{count}{quantity.unit}、{match['way']}{match['rate']}%"
    if cut:
        right = f"{round_half_up(exact[cut[0]], max(places, 2))}%"
        message = f"{shown}：上年应为{cut[0]}{quantity.unit}，变动{right}，四舍五入与原文差最后一位"
    else:
        right = ""
        message = f"{shown}：推算上年为{round_half_up(base, 2)}{quantity.unit}，不是整数，请核对"
    place = (start + match.start(), start + match.end())
    return reading.finding("R20", HINT, message, place, quantity.place, expected=right)


def _differs(reading: Reading, quantity: Quantity) -> bool:
    flat = reading.text.flat
    return bool(_DIFFERENCE.search(flat[max(0, quantity.start - _LONGEST_DIFFERENCE) : quantity.start]))
