"""One report's text taken apart once for all rules: where its body is, its year, its numbers by sentence."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple, Protocol

from desktop.audit.accounts.account import Account, accounts_of
from desktop.audit.finding import Finding, Span
from desktop.audit.forms_in_text.regions import annex_regions
from desktop.audit.text.budget_figures import headcounts, is_change
from desktop.audit.text.flat_text import Sentence, Text
from desktop.audit.text.layout import Kind
from desktop.audit.text.mentions import Quantity, quantities
from desktop.audit.text.roles import LEVEL, Entry, entries
from desktop.domain.assessment import Assessment
from desktop.domain.keys import FactKey

_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})年(?!\d{1,2}月)")
"""`2023年度`, `2023年预算`: a year that figures are of; `2024年3月` is a day, mostly of the year after."""
_COMPARED_YEAR = re.compile(
    r"[比较与同和]((?:19|20)\d{2})年|(?<!\d)((?:19|20)\d{2})年(?=为|的\d|\d+(?:\.\d+)?[万亿]?元)"
)
"""`比2022年增加`, `2022年为9万元`: a year that the report is compared with."""
_DATE = re.compile(r"(?<!\d)((?:19|20)\d{2})年\d{1,2}月")
_TITLE_YEAR = re.compile(
    r"(?:^|[^\d])((?:19|20)\d{2})年?度?[^。，；]{0,40}(?:报告|决算|自评|说明|评价|结果|总结|公开)[^。，；]{0,6}$"
    r"|^（?((?:19|20)\d{2})年?度?）?$|^(?:评价|报告|自评|填报|所属)?年度：((?:19|20)\d{2})"
    r"|(?:报告|决算|说明|自评)（((?:19|20)\d{2})年?度?）$"
)
"""`2023年度清河县水利局部门决算`, `（2023年度）`, `自评报告（2023年度）`, `评价年度：2023`: lines at the top
that say what year it is about."""
_NUMERAL_YEAR = re.compile(r"二[〇○零Ｏ][一二三四五六七八九〇○零]{2}(?=年)")
"""`二〇二二年度部门整体支出绩效自评报告`."""
_TOP_LINES, _SELDOM = 6, 3
"""So far down a title reaches. One that speaks of a year so many times more seldom than the text has the wrong one."""
_WITH_DECIMALS = re.compile(r"(?<![\d.])\d{1,9}(?:,\d{3})*\.\d{1,4}(?![\d.%])")
"""`1,204.5`: digits after the point make an amount; `12` may be a count or points, `95.16%` is a rate."""
_OF_TITLE = re.compile(r"((?:19|20)\d{2})年[^，。；]{0,40}(?:预算|决算|报告)[^，。；]{0,10}$")
"""`2024年度部门决算`, `2023年度整体支出绩效自评报告`: one of the first lines."""
_TITLE_LINES, _LEAST_SHARE = 6, 4
"""Lines, and how many times as often another year may be spoken of before the title's is taken for a mistake."""

_OF_THE_WHOLE = re.compile(r"总|合计|本年|全年|当年|年度")
"""`全年支出`, `支出总额`, where `支出` alone is told of every item."""

MOST_VALUES = 60
"""So many different amounts of one name are looked at, since rules try them in pairs; more are repetition."""


class Stretch(NamedTuple):
    """Characters `start` to `end` of `flat`."""

    start: int
    end: int


class Placed(Protocol):
    """What has a place in `flat` that ends in its number: a Quantity, a Point, People, a Stretch."""

    @property
    def start(self) -> int: ...

    @property
    def end(self) -> int: ...


class Holding(NamedTuple):
    """A relation that was looked at and found right: the rule's code and the numbers that stand in it.

    `proved` are those of which a digit changed would be noticed; `others` took part and are not proved by it.
    `cells` of the report's own tables are the second source where the text has none.
    """

    code: str
    proved: tuple[Stretch, ...]
    others: tuple[Stretch, ...] = ()
    cells: tuple[FactKey, ...] = ()


class Reading:
    """What every rule gets. `assessment` is the report's own tables where there are any (None for a bare file)."""

    def __init__(self, raw: str, assessment: Assessment | None = None, year: int | None = None) -> None:
        self.text = Text(raw)
        self._amounts_by_label: dict[str, list[Quantity]] = {}
        self.holding: list[Holding] = []
        self.told: list[Finding] = []
        self.assessment = assessment
        self._year = year if year is not None else (assessment.sheet.year if assessment else None)

    @cached_property
    def annexes(self) -> list[tuple[int, int]]:
        """Stretches of `flat` that are the forms 附件1–3, printed cell by cell; they are no sentences."""
        return [(region.start, region.end) for region in annex_regions(self.text)]

    @cached_property
    def accounts(self) -> list[Account]:
        """The tables of final accounts that the document holds."""
        return accounts_of(self.text)

    def in_annex(self, position: int) -> bool:
        return any(start <= position < end for start, end in self.annexes)

    def in_body(self, position: int) -> bool:
        """Whether sentences and headings stand there: not in a form, a table, the cover or the contents."""
        return self.text.kind_at(position) is Kind.BODY and not self.in_annex(position)

    @cached_property
    def sentences(self) -> list[Sentence]:
        """The sentences of the body, in order."""
        return [s for s in self.text.sentences if self.in_body(s.start)]

    @cached_property
    def quantities(self) -> list[Quantity]:
        """The numbers of the body, in order; `sentence` indexes `text.sentences`."""
        return [q for q in quantities(self.text) if self.in_body(q.start)]

    @cached_property
    def entries(self) -> list[Entry]:
        """The numbers of the body, each with the part it plays in its sentence."""
        return entries(self.text, self.quantities, self.year)

    @cached_property
    def entries_by_paragraph(self) -> dict[int, list[Entry]]:
        grouped: dict[int, list[Entry]] = {}
        for entry in self.entries:
            grouped.setdefault(self.text.sentences[entry.quantity.sentence].paragraph, []).append(entry)
        return grouped

    @cached_property
    def levels_by_measure(self) -> dict[str, list[Entry]]:
        """This year's levels by the noun they bear, budgets left out."""
        grouped: dict[str, list[Entry]] = {}
        for entry in self.entries:
            if entry.role == LEVEL and entry.measure and not entry.old and not entry.is_budget:
                grouped.setdefault(entry.measure, []).append(entry)
        return grouped

    @cached_property
    def totals(self) -> dict[str, list[Entry]]:
        """This year's 支出 and 收入 of the whole unit."""
        return {
            noun: [e for e in self.levels_by_measure.get(noun, ()) if _OF_THE_WHOLE.search(e.words)]
            for noun in ("支出", "收入")
        }

    @cached_property
    def _starts(self) -> list[int]:
        return [quantity.start for quantity in self.quantities]

    def quantities_near(self, place: int, before: int, after: int = 0) -> list[Quantity]:
        """So many numbers before a place and behind it: what a rule looks at must not grow with the report."""
        at = bisect_left(self._starts, place)
        return self.quantities[max(0, at - before) : at + after]

    def quantities_between(self, start: int, end: int) -> list[Quantity]:
        """The numbers that begin in a stretch of `flat`."""
        return self.quantities[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    @cached_property
    def by_sentence(self) -> dict[int, list[Quantity]]:
        grouped: dict[int, list[Quantity]] = {}
        for quantity in self.quantities:
            grouped.setdefault(quantity.sentence, []).append(quantity)
        return grouped

    @cached_property
    def headcounts(self) -> dict[str, list[Quantity]]:
        """`编制`, `在职人员` -> their numbers of the report's year or of none."""
        return headcounts(q for q in self.quantities if q.year in (self.year, None))

    def amounts_named(self, label: str) -> list[Quantity]:
        """The amounts of the body whose label has these words, each value once; changes are none."""
        if label not in self._amounts_by_label:
            named = (
                q for q in self.quantities if q.money is not None and label in q.label and not is_change(q)
            )
            values = {q.money: q for q in reversed(list(named))}
            self._amounts_by_label[label] = list(reversed(values.values()))[:MOST_VALUES]
        return self._amounts_by_label[label]

    @cached_property
    def by_amount(self) -> dict[Decimal, list[Quantity]]:
        """The amounts of the body by their value in 万元."""
        grouped: dict[Decimal, list[Quantity]] = {}
        for quantity in self.quantities:
            if quantity.money is not None:
                grouped.setdefault(quantity.money, []).append(quantity)
        return grouped

    @cached_property
    def annex_numbers(self) -> set[Decimal]:
        """Every number with decimals that stands in a printed form."""
        lines = (self.text.flat[start:end] for start, end in self.text.lines if self.in_annex(start))
        return {Decimal(number.replace(",", "")) for line in lines for number in _WITH_DECIMALS.findall(line)}

    @cached_property
    def year(self) -> int | None:
        """The year the report is about: as given, that of its title, the one it speaks of most, or the one before
        its date."""
        if self._year is not None:
            return self._year
        years = Counter(int(y) for y in _YEAR.findall(self.text.flat))
        compared = Counter(int(one or other) for one, other in _COMPARED_YEAR.findall(self.text.flat))
        years = +(years - compared) or years
        title = next(
            (
                m
                for start, end in self.text.lines[:_TITLE_LINES]
                if (m := _OF_TITLE.search(self.text.flat, start, end))
            ),
            None,
        )
        # The year before is spoken of more often where everything is compared with it, as in budgets.
        if title and years[int(title[1])] * _LEAST_SHARE >= max(years.values(), default=0):
            return int(title[1])
        if years:
            most = max(years, key=lambda y: (years[y], y))
            titled = self.titled_year
            return titled if titled and years[most] < _SELDOM * max(1, years[titled]) else most
        dates = [int(y) for y in _DATE.findall(self.text.flat)]
        return max(dates) - 1 if dates else None

    @cached_property
    def titled_year(self) -> int | None:
        """The year that the title or the top lines say."""
        lines = (self.text.flat[a:b] for a, b in self.text.lines[:_TOP_LINES])
        top = (_TITLE_YEAR.search(_NUMERAL_YEAR.sub(_in_digits, line)) for line in lines)
        return next((int(m[1] or m[2] or m[3] or m[4]) for m in top if m), None)

    def holds(
        self, code: str, *numbers: Placed, others: Iterable[Placed] = (), cells: tuple[FactKey, ...] = ()
    ) -> None:
        """Noted by a rule: these numbers fit one another, so that each of them is proved (see `evidence`)."""
        proved, rest = (tuple(Stretch(n.start, n.end) for n in told) for told in (numbers, others))
        self.holding.append(Holding(code, proved, rest, cells))

    def span(self, start: int, end: int) -> Span:
        return self.text.span(start, end)

    def words(self, quantity: Quantity) -> Span:
        """A number with its label, as one would mark it by hand."""
        return self.span(quantity.label_start, quantity.end)

    def finding(
        self,
        code: str,
        level: str,
        message: str,
        *places: tuple[int, int],
        expected: str = "",
        all_wrong: bool = False,
    ) -> Finding:
        """A finding at stretches of `flat`."""
        spans = tuple(self.span(*place) for place in places)
        return Finding(code, level, message, spans, expected=expected, all_wrong=all_wrong)


def _in_digits(year: re.Match[str]) -> str:
    return "".join(
        str("〇一二三四五六七八九".find(sign) if sign in "一二三四五六七八九" else 0) for sign in year.group()
    )
