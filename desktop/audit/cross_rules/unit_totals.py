"""The whole unit's budget, spending and carry-over in the report's sentences against its tables."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from desktop.audit.finding import CHECK, ERROR, Finding
from desktop.audit.read_as import ReadAs, read_as
from desktop.audit.table_audit import Tables, in_unit_of, show_amount, table_check
from desktop.audit.text.budget_figures import ADJUSTED, FINAL, INITIAL
from desktop.audit.text.reading import Reading, Stretch
from desktop.audit.text.roles import LEVEL, Entry
from desktop.domain.keys import FactKey
from desktop.domain.numbers import half_unit

_COLUMNS = {INITIAL: "initial", ADJUSTED: "adjusted", FINAL: "executed"}
_OF_THE_WHOLE = ("支出合计", "一般公共预算", "一般公共预算支出")
"""What numbers are read as that are the unit's: of all its money, or of that of the public budget."""
_CARRIED = re.compile(r"(?:(?P<old>年初|上年)|年末)结[转余](?:(?:和|及|与)?结[转余])?(?:资金|数|金额)?")
"""`年初结转和结余`, `上年结转`, `年末结转结余`: a whole name, so `年末项目资金结转` is none."""
_INCOME = re.compile(r"(?:^|[^一-龥])本年收入(?:合计)?(?:为|是|共)?$")
"""What came in within the year; `收入总计` holds what was left of the last one too."""
_NAMES = {
    INITIAL: re.compile(
        r"年初(?:部门|批复|安排|支出)*预算(?:总?[数额]|安排|批复|资金)*(?:为|是|共|合计|总计)*$"
    ),
    ADJUSTED: re.compile(
        r"(?:全年|调整后的?)(?:部门|支出|总)*预算(?:总?[数额]|资金)*(?:调整)?(?:为|是|共|合计|总计|至|到)*$"
    ),
    FINAL: re.compile(
        r"(?:(?:全年|年度|本年)(?:实际|累计|总)*(?:执行|支出|决算)|支出(?:决算|总[额计]|合计)|总支出|决算支出)"
        r"(?:总?[数额]|总计|合计)*(?:为|是|共|达)*$"
    ),
}
"""`年初部门预算数`, `调整后预算为`, `全年执行数`, `支出决算`: names of the whole unit's figure. `预算` and `支出` alone
are told of anything."""
_PART = re.compile(
    r"基本支出|项目|专项|工程|三公|三项|公用|人员|采购|基金|国有资本|社会保险|专户|下属|所属|二级|本级|上年|去年|同期"
)
"""`项目支出年初预算`, `二级单位全年支出`: in the sentence before a number, or in the heading above, it may be of that part."""
_TIES = "为是共达至到"
_LONGEST_HEADING = 30
_CENT = 2


@table_check("R6t", "正文与附件的总额")
def totals_against_tables(tables: Tables) -> Iterator[Finding]:
    """`年初预算数1500万元`, `全年执行数1764万元` of the whole unit, where 附件2 has 1565.60 and 1635.53.

    What is read as the unit's and equals its cell is proved by it. 错误 only where the number's own words name the
    figure (`_NAMES`) and no part of the unit is spoken of; of printed forms, in which a budget may be of another
    scope, and of what was carried over, 核实. docs/domain.md 5, R6.
    """
    reading = tables.reading
    if reading is None:
        return
    read, headings = read_as(reading), _headings(reading)
    for entry in reading.entries:
        name = read[Stretch(entry.start, entry.end)]
        if entry.role != LEVEL or entry.quantity.money is None or name.year != str(tables.sheet.year):
            continue
        cells = [key for key in _cells(entry, name) if tables.sheet.number(key)]
        same = [key for key in cells if _agrees(tables.sheet.number(key), entry)]
        if same:
            tables.holds("R6t", *same, numbers=[entry.quantity])
        elif cells and _is_named(reading, entry, name, headings):
            yield _finding(tables, reading, entry, name, cells[0])


def _cells(entry: Entry, name: ReadAs) -> Iterator[FactKey]:
    """The cells that may hold a figure, the first of them by its name."""
    carried = _CARRIED.fullmatch(name.measure)
    if _INCOME.search(entry.words):
        yield FactKey("carryover", "income", "this_year")
    elif carried:
        yield FactKey("carryover", "opening" if carried["old"] else "closing", "this_year")
    elif name.measure in _OF_THE_WHOLE and name.stage in _COLUMNS:
        rows = ("total", "general") if name.measure == _OF_THE_WHOLE[0] else ("general", "total")
        yield from (FactKey("annex2_funds", row, _COLUMNS[name.stage]) for row in rows)
        if name.stage == FINAL:
            yield FactKey("carryover", "spending", "this_year")


def _agrees(value: Decimal | None, entry: Entry) -> bool:
    decimals = min(entry.quantity.money_decimals or _CENT, 4)  # 4: one 元
    return value is not None and abs(value - entry.amount) <= max(half_unit(decimals), half_unit(_CENT))


def _is_named(reading: Reading, entry: Entry, name: ReadAs, headings: dict[int, str]) -> bool:
    """Whether the number is the unit's beyond doubt: by its words, those before it and the heading above."""
    sentence = reading.text.sentences[entry.quantity.sentence]
    if entry.compared or entry.depth or entry.quantity.approximate:
        return False
    before = reading.text.flat[sentence.start : entry.start]
    named = name.stage not in _NAMES or bool(_NAMES[name.stage].search(entry.words))
    return named and not _PART.search(f"{headings[sentence.paragraph]}。{before}")


def _headings(reading: Reading) -> dict[int, str]:
    """Paragraph -> the last short line above it that is no sentence: `（二）项目支出情况`."""
    found, last = {}, ""
    for number, (start, end) in enumerate(reading.text.paragraphs):
        found[number] = last
        words = reading.text.flat[start:end]
        last = words if 0 < len(words) <= _LONGEST_HEADING and not words.endswith(("。", "；")) else last
    return found


def _finding(tables: Tables, reading: Reading, entry: Entry, name: ReadAs, key: FactKey) -> Finding:
    right = tables.sheet.number(key) or Decimal(0)
    quantity = entry.quantity
    words = _NAMES[name.stage].search(entry.words) if name.stage in _NAMES else None
    label = words.group().rstrip(_TIES) if words else name.measure
    message = f"正文“{label}”{show_amount(entry.amount)}万元，"
    message += f"表中{tables.sheet.label(key)}为{show_amount(right)}万元，相差{show_amount(abs(entry.amount - right))}万元"
    sure = name.stage == FINAL or (name.stage in _COLUMNS and tables.annexes is None)
    sure = sure and not _CARRIED.fullmatch(name.measure)
    at = tables.finding("R6t", tables.claimable(ERROR if sure else CHECK, key), message, key)
    expected = in_unit_of(quantity, right)
    return Finding("R6t", at.level, message, (reading.words(quantity), *at.spans), at.cells, expected)
