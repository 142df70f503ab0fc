"""The numbers of the text laid out by what they are of: one row a measure, one column a stage, last year to rates."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from desktop.audit.evidence import PROVED, REFUTED, UNCHECKED
from desktop.audit.read_as import (
    ADDED,
    BUDGET_THAN_LAST_YEAR,
    COUNT,
    FELL,
    LESS,
    MONEY,
    MORE,
    MOVED_POINTS,
    PEOPLE,
    PLAIN_RATE,
    ROSE,
    SCORE,
    SHARE,
    THAN_LAST_YEAR,
    ReadAs,
)
from desktop.audit.text.budget_figures import ADJUSTED, INITIAL
from desktop.audit.text.mentions import PERCENT
from desktop.domain.numbers import half_unit, money_factor, parse_amount
from desktop.ui.audit_runner import Words
from desktop.ui.number_words import SAID, NumberLine

COLUMNS = ("上年决算", "年初预算", "全年预算", "本年决算", "增减额", "增减率", "执行率、占比")
LAST_YEAR, OF_YEAR, OF_BUDGET, NOW, MOVED, RATE_MOVED, RATES = range(len(COLUMNS))
DIFFERS = "differs"
"""Beside the states of numbers: a measure that is told with different values."""
_MOVES = {MORE: "增", LESS: "减"}
_RATE_MOVES = {ROSE: "增", FELL: "降", MOVED_POINTS: ""}
_GRAVITY = (REFUTED, UNCHECKED, PROVED)
_STAFF = re.compile(r"编制|在职|在编|退休|离休|人员|人数")
_TAGS = {THAN_LAST_YEAR: "", BUDGET_THAN_LAST_YEAR: "预算", ADDED: "追加"}
_OTHER = "≠表"
_LEVELS = (MONEY, PEOPLE, COUNT, SCORE)
_WAN = "万元"
_MONEY = (MONEY, MORE, LESS)


@dataclass
class Value:
    """One value that is told of a measure, with every place where it is told."""

    said: str
    tag: str
    """Which of the figures of its column it is, '' for the usual one: `占`, `较预算`."""
    lines: list[NumberLine]

    @property
    def table(self) -> str:
        """`＝表`, `≠表98.45%`; '' where the program has no value of its own."""
        for line in self.lines:
            if line.table:
                same = _same(line.number, line.table, _WAN if line.read.kind in _MONEY else line.number[-1:])
                return "＝表" if same else f"{_OTHER}{line.table}"
        return ""

    @property
    def words(self) -> str:
        return f"{self.tag}{self.said} {self.table}".rstrip()


@dataclass
class Told:
    """What is told of a measure in one column."""

    values: list[Value] = field(default_factory=list)
    differs: bool = False
    """Told twice with different values, where only one can be right."""

    @property
    def words(self) -> str:
        """One value a line."""
        return "\n".join(value.words for value in self.values)

    @property
    def state(self) -> str:
        return min((line.state for line in self.lines), key=_GRAVITY.index)

    @property
    def leaves_the_table(self) -> bool:
        """Whether one of its values is another than the table's."""
        return any(value.table.startswith(_OTHER) for value in self.values)

    @property
    def lines(self) -> Iterator[NumberLine]:
        return (line for value in self.values for line in value.lines)

    def hint(self) -> Iterator[str]:
        """Each value in full: what it is, where it is told, and what it was held against."""
        if self.differs:
            yield "文中前后说法不一"
        for value in self.values:
            first = value.lines[0]
            read = first.read
            what = "，".join(filter(None, (read.year and f"{read.year}年", read.stage, read.kind)))
            places = "、".join(dict.fromkeys(line.where for line in value.lines))
            table = f"；表中 {first.table}" if first.table else ""
            yield f"{first.number}（{what}）{SAID[first.state]}{table}；见{places}：{first.by}"


@dataclass
class MeasureRow:
    """A measure with what is told of it, by column."""

    name: str
    told: dict[int, Told] = field(default_factory=dict)

    @property
    def is_of_budget(self) -> bool:
        """Money, staff or a score; not `排查隐患215处，增加12处`."""
        moves = (*_MOVES, *_RATE_MOVES)
        return any(line.read.kind not in moves and _is_one_figure(line.read) for line in self.lines)

    def has(self, state: str) -> bool:
        """Whether a number of it is in that state, or `DIFFERS`."""
        if state == DIFFERS:
            return any(told.differs for told in self.told.values())
        return any(line.state == state for line in self.lines)

    @property
    def lines(self) -> Iterator[NumberLine]:
        return (line for told in self.told.values() for line in told.lines)


def measures_of(lines: Iterable[NumberLine], year: int) -> list[MeasureRow]:
    """The measures of a report of that year in the order in which they are first told, money and staff before the
    work that was counted; what the reading does not know the name of is left out."""
    rows: dict[str, MeasureRow] = {}
    for line in lines:
        if line.read.measure and line.read.kind:
            row = rows.setdefault(line.read.measure, MeasureRow(line.read.measure))
            column, tag, said = _placed(line, year)
            _add(row.told.setdefault(column, Told()), line, tag, said)
    for row in rows.values():
        for column, told in row.told.items():
            moved = column in (MOVED, RATE_MOVED)
            told.differs = _contradict(told.values) and (row.is_of_budget or not moved)
    return sorted(rows.values(), key=lambda row: not row.is_of_budget)


def places_of(lines: Iterable[NumberLine]) -> list[Words]:
    """Where numbers stand, in the order of the text."""
    return [line.target for line in sorted(lines, key=lambda line: line.order)]


def _placed(line: NumberLine, year: int) -> tuple[int, str, str]:
    """Column, tag and shown value: `减0.67` of `比上年减少0.67万元`."""
    read, number = line.read, line.number.removesuffix(_WAN)
    if read.kind in _MOVES or read.kind in _RATE_MOVES:
        tag = _TAGS.get(read.stage, read.stage)
        if read.kind in _MOVES:
            sign = "" if read.stage == ADDED and read.kind == MORE else _MOVES[read.kind]
            return MOVED, tag, f"{sign}{number}"
        return RATE_MOVED, tag, f"{_RATE_MOVES[read.kind]}{number}"
    past = year - int(read.year) if read.year else 0
    older = f"{read.year}年" if past > 1 else ""
    if read.kind not in _LEVELS:
        return RATES, ("上年" if past == 1 else older) + _rate_tag(read), number
    if past > 0:
        return LAST_YEAR, older + ("预算" if read.stage in (INITIAL, ADJUSTED) else ""), number
    later = f"{read.year}年" if past < 0 else ""
    column = {INITIAL: OF_YEAR, ADJUSTED: OF_BUDGET}.get(read.stage, NOW)
    return column, later or ("得分" if read.kind == SCORE else ""), number


def _rate_tag(read: ReadAs) -> str:
    """`占`, `执行`, `控制`; a rate that is a measure of its own (`满意度`) needs none."""
    return {SHARE: "占", PLAIN_RATE: ""}.get(read.kind, read.kind.removesuffix("率"))


def _add(told: Told, line: NumberLine, tag: str, said: str) -> None:
    for value in told.values:
        if value.tag == tag and value.said[:1] == said[:1] and _same(value.lines[0].number, line.number):
            value.lines.append(line)
            return
    told.values.append(Value(said, tag, [line]))


def _same(one: str, other: str, unit: str = "") -> bool:
    """`1635.5万元` is `1635.53万元` rounded; an amount without a fraction is exact, a rate is not.

    `unit` is that of numbers that say none, as in the cells of the tables.
    """
    a, b = parse_amount(one), parse_amount(other)
    if a is None or b is None:
        return one == other
    units = [amount.unit or unit for amount in (a, b)]
    factors = [money_factor(u) or Decimal(1) for u in units]
    if units[0] != units[1] and not all(map(money_factor, units)):
        return False
    rounded = [(a.decimals, factors[0]), (b.decimals, factors[1])]
    slack = max(half_unit(d) * factor if d or units[0] == PERCENT else 0 for d, factor in rounded)
    return abs(a.value * factors[0] - b.value * factors[1]) <= slack


def _contradict(values: Sequence[Value]) -> bool:
    """Two values of one figure. What was done is counted anew each time (`整改215个`, `整改30个`), and so is not."""
    firsts = [(value.tag, value.lines[0].read) for value in values]
    tags = [(tag, read.kind in _MONEY) for tag, read in firsts if _is_one_figure(read)]
    return len(set(tags)) < len(tags)


def _is_one_figure(read: ReadAs) -> bool:
    if read.kind == PEOPLE:
        return bool(_STAFF.search(read.measure))
    return read.kind not in (COUNT, PLAIN_RATE)
