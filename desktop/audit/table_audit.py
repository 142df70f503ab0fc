"""The registry of rules over a report's tables, and what each gets: the report, or its printed forms."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from desktop.audit.finding import CHECK, ERROR, LEVELS, Finding
from desktop.audit.forms_in_text.forms_in_text import AnnexReading
from desktop.audit.registry import Check, registering
from desktop.audit.text.mentions import MONEY, Quantity
from desktop.audit.text.reading import Placed, Reading, Stretch
from desktop.domain.assessment import Assessment
from desktop.domain.facts import PROJECTS, FactSheet
from desktop.domain.fields.fields import expanded
from desktop.domain.keys import FactKey
from desktop.domain.labels import ANNEX1, ANNEX2, ANNEX3
from desktop.domain.numbers import half_unit, show_short
from desktop.domain.scoring.targets import parse_target

_FORM_OF = {
    "staff": ANNEX1,
    "three_public": ANNEX1,
    "base": ANNEX1,
    "buildings": ANNEX1,
    "annex2": ANNEX2,
    "annex3": ANNEX3,
}
"""How a table's name begins -> the form in which it is printed."""
_MOST_CELLS = 8
"""Marks of one finding: a sum of fifteen rows marked whole shows nobody where to look."""
_AIMS = ("target", "actual")
"""Columns of words that may hold a number with its sign and unit: `≥90%`, `已完成`."""
_MONEY_DECIMALS = 4
"""元 in 万元: 0.0001 is one yuan, and nobody counts less."""


Unprintable = Callable[[str], Iterable[str]]


@dataclass(frozen=True)
class Tables:
    """One report's tables. `annexes` where they were read from a text; then findings stand in that text.

    `reading` is the report's text, `previous` the same unit's report of the year before, where there are any.
    `unprintable` tells which of some characters no font has.
    """

    assessment: Assessment
    annexes: AnnexReading | None = None
    reading: Reading | None = None
    previous: Assessment | None = None
    unprintable: Unprintable | None = None

    @property
    def sheet(self) -> FactSheet:
        return self.assessment.sheet

    @property
    def has_grid(self) -> bool:
        """What looks empty is empty."""
        return self.annexes is None or self.annexes.has_grid

    @cached_property
    def body(self) -> str:
        """The report's sentences: its own text, else what stands in the narrative and its reasons."""
        if self.reading is not None:
            return "".join(sentence.text for sentence in self.reading.sentences)
        facts = self.sheet.facts.items()
        texts = [expanded(self.assessment, text) for key, text in facts if key.table == "narrative"]
        return "\n".join([*texts, *(text for key, text in facts if key.column in ("reason", "note"))])

    def explains(self, *words: str) -> bool:
        """Whether one sentence of the report speaks of all these."""
        parts = self.body.replace("\n", "。").split("。")
        return any(all(word in part for word in words) for part in parts)

    def number(self, table: str, row: str, column: str) -> Decimal | None:
        return self.sheet.number(FactKey(table, row, column))

    def as_printed(self, key: FactKey) -> str:
        """A cell as it was printed; '' where only the program knows it."""
        return self.annexes.as_printed.get(key, "") if self.annexes else ""

    def stated(self, scope: str, what: str) -> Decimal | None:
        """A number of the printed forms that belongs to no cell (see AnnexReading), such as a block's points."""
        entry = self.annexes.stated.get((scope, what)) if self.annexes else None
        return entry[0] if entry else None

    def stated_places(self, scope: str, what: str) -> list[tuple[int, int]]:
        """Where `stated` was read, as `finding` takes it: one stretch or none."""
        entry = self.annexes.stated.get((scope, what)) if self.annexes else None
        return [entry[1]] if entry else []

    def fully_read(self, key: FactKey) -> bool:
        """Whether all of the form in which a cell stands was understood."""
        form = next((form for start, form in _FORM_OF.items() if key.base.startswith(start)), ANNEX1)
        return self.annexes is None or self.annexes.fully_read(form)

    def project(self, scope: str) -> str:
        return self.sheet.get(PROJECTS, f"item:{scope}", "name") or f"项目{scope}"

    def form_name(self, scope: str) -> str:
        return f"附件3“{self.project(scope)}”" if scope else "附件2"

    def finding(
        self,
        code: str,
        level: str,
        message: str,
        *cells: FactKey,
        expected: str = "",
        places: Collection[tuple[int, int]] = (),
        all_wrong: bool = False,
    ) -> Finding:
        """A finding at cells; over printed forms at the stretches where they stand (and `places` besides)."""
        if self.annexes is None or self.reading is None:
            return Finding(code, level, message, cells=cells[:_MOST_CELLS], expected=expected)
        known = [self.annexes.places[key] for key in cells if key in self.annexes.places]
        spans = dict.fromkeys([*known[:_MOST_CELLS], *places])
        return self.reading.finding(code, level, message, *spans, expected=expected, all_wrong=all_wrong)

    def holds(self, code: str, *cells: FactKey, numbers: Collection[Placed] = ()) -> None:
        """Noted by a rule: these cells fit one another, and the numbers of sentences that are given with them.

        Over printed forms the cells are numbers of the text themselves, as far as they were printed there.
        """
        if self.reading is None or not (numbers or self.annexes):
            return
        known = self.annexes.places if self.annexes else {}
        printed = [Stretch(*known[key]) for key in cells if key in known]
        self.reading.holds(code, *numbers, *printed, cells=() if self.annexes else cells[:_MOST_CELLS])

    def printed_numbers(self) -> Iterator[Stretch]:
        """The numbers of the forms that are printed in the text: of cells, and those that belong to none."""
        if self.annexes is not None:
            for key, place in self.annexes.places.items():
                text = self.sheet.text(key)
                value = parse_target(text).value if key.column in _AIMS else self.sheet.typed(key)
                if value is not None:
                    yield Stretch(*place)
            yield from (Stretch(*place) for _, place in self.annexes.stated.values())

    def claimable(self, level: str, *cells: FactKey) -> str:
        """The level that may be claimed: an 错误 only where the form was understood to the end."""
        return CHECK if level == ERROR and not all(self.fully_read(key) for key in cells) else level

    def other_cell_with(self, value: Decimal, *but: FactKey) -> str:
        """The name of another cell of 附件1 that holds exactly this amount (the first of several), '' if none does."""
        if not value:
            return ""
        names = [
            self.sheet.label(key)
            for key, number in self.amounts.items()
            if number == value and key not in but
        ]
        return names[0] if names else ""

    @cached_property
    def amounts(self) -> dict[FactKey, Decimal]:
        """Every amount of money in 附件1 that is not nothing."""
        amounts = {}
        for key in self.sheet.facts:
            column = self.sheet.column(key)
            if key.table in ("three_public", "base") and column is not None and column.kind == "money":
                number = self.sheet.number(key)
                if number:
                    amounts[key] = number
        return amounts


TABLE_CHECKS: dict[str, Check[Tables]] = {}
table_check = registering(TABLE_CHECKS)
"""`@table_check("J1", "在职人员控制率")` over a rule of the tables."""


def audit_tables(tables: Tables, without: Collection[str] = ()) -> list[Finding]:
    """All findings over tables, gravest first; codes named in `without` are left out."""
    findings = [f for check in TABLE_CHECKS.values() for f in check.run(tables) if f.code not in without]
    return sorted(dict.fromkeys(findings), key=lambda f: LEVELS.index(f.level))


def show_amount(value: Decimal) -> str:
    """A number of the tables, be it money, points or a count, as messages show it."""
    return show_short(value, _MONEY_DECIMALS)


def in_unit_of(quantity: Quantity, money: Decimal) -> str:
    """An amount in 万元 as it would replace a number of the text: `1635.53万元`, `25100元`."""
    return f"{show_amount(money / MONEY[quantity.unit])}{quantity.unit}"


def last_digit(decimals: int) -> Decimal:
    """One unit of the last digit shown."""
    return half_unit(decimals) * 2
