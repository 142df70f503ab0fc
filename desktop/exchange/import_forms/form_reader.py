"""What the readers of all forms share: column heads with their spans, labelled values, the signature line."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from desktop.domain.keys import FactKey
from desktop.domain.labels import after_label, is_residue, money_unit, plain, signature
from desktop.domain.template import THIS
from desktop.exchange.import_forms.collected import Intake
from desktop.exchange.import_forms.regions import Line, Place, Region

SUMS = ("合计", "小计", "总计")
UNIT_LABELS = (
    "预算单位名称",
    "填报单位",
    "单位名称",
    "部门名称",
    "填报单位名称",
    "部门单位名称",
    "预算单位",
    "编报单位",
)


@dataclass(frozen=True, slots=True)
class Head:
    """A column head: the plain label, the columns it covers, and the unit of money it names."""

    label: str
    place: Place
    unit: str

    def holds(self, place: Place) -> bool:
        return self.place.first <= place.first <= self.place.last


class FormReader:
    """Base of the readers: one region, and the intake it fills."""

    def __init__(self, intake: Intake, region: Region) -> None:
        self.intake, self.region = intake, region
        self.lines = region.lines
        self.year = region.said_year or intake.year
        """The year that 本年 means in this form."""
        self.unit = region.unit

    def plain(self, text: str) -> str:
        return plain(text, self.year)

    def heads(self, line: Line, known: Collection[str], least: int = 2) -> list[Head]:
        """The line's column heads, if at least so many of them are known; else []."""
        made = [Head(self.plain(p.text), p, money_unit(p.text)) for p in line.texts]
        hits = sum(head.label in known for head in made)
        return made if hits >= least else []

    def stacked(self, index: int, known: Collection[str]) -> list[Head]:
        """Heads in two lines: `2023年` drawn over `预算数` and `决算数`."""
        if index == 0:
            return []
        above = self.lines[index - 1].texts
        made = []
        for place in self.lines[index].texts:
            top = next((p for p in above if p.first <= place.first <= p.last), None)
            label = self.plain((top.text if top else "") + place.text)
            made.append(
                Head(label if label in known else self.plain(place.text), place, money_unit(place.text))
            )
        return made if sum(head.label in known for head in made) >= 2 else []

    def under(self, head: Head, line: Line) -> Place | None:
        """The cell of a line that stands in a head's columns; a number goes before words."""
        places = [p for p in line.places if head.holds(p)]
        return next((p for p in places if p.numeric), places[0] if places else None)

    def put_numbers(
        self, table: str, row: str, columns: Mapping[str, str], heads: Sequence[Head], line: Line
    ) -> None:
        """The cells of a row under known heads; numbers beside them are listed as problems."""
        template = self.intake.templates.tables[table.partition("@")[0]]
        used: set[Place] = set()
        for head in heads:
            place, column = self.under(head, line), columns.get(head.label)
            if place is None or (column is None and not place.numeric):
                continue
            if column is None:
                self.intake.problem(
                    place.where, f"“{head.place.text[:20]}”这一列不在本表，{place.text[:20]}没有导入"
                )
            elif template.column(column).numeric:
                self.intake.number(FactKey(table, row, column), place, head.unit or self.unit)
            else:
                self.intake.text(FactKey(table, row, column), place.text, place.where)
            used.add(place)
        if heads:
            self._left_over(line, used, heads[0].place.first)

    def _left_over(self, line: Line, used: set[Place], first: int) -> None:
        self.intake.skip(place for place in line.places if place.first < first)
        for place in line.places:
            if place.numeric and place.first >= first and place not in used:
                self.intake.problem(place.where, f"{place.text[:20]}所在的列没有认出的列标题，没有导入")

    def value_beside(self, line: Line, place: Place, known: Collection[str] = ()) -> tuple[str, str]:
        """What belongs to a label: behind its colon or in the next cell that is no label; else ('', '')."""
        _, said = after_label(place.text)
        if said:
            return said, place.where
        following = next((p for p in line.places if p.first > place.first), None)
        if following is None or (known and self.plain(after_label(following.text)[0]) in known):
            return "", ""
        return ("", "") if is_residue(following.text) else (following.text, following.where)

    def unit_name(self, line: Line) -> bool:
        """`预算单位名称 | 名称`, or both in one cell."""
        for place in line.texts:
            if self.plain(after_label(place.text)[0]) in UNIT_LABELS:
                said, where = self.value_beside(line, place)
                name = (
                    said.partition("单位：")[0].partition("金额单位")[0]
                    if after_label(place.text)[1]
                    else said
                )
                self.intake.text(FactKey("unit", THIS, "name"), name, where)
                return True
        return False

    def signature(self, line: Line) -> bool:
        """Who filled in the form and when; blanks are left alone."""
        parts = signature(line.text)
        if parts is None:
            return False
        for column, said in parts.items():
            place = next((p for p in line.places if said and said in p.text), line.places[0])
            if said and not is_residue(said):
                self.intake.text(FactKey("unit", THIS, column), _dated(place, said, column), place.where)
        return True

    def unknown(self, line: Line, what: str) -> None:
        """A line with numbers that no label claims."""
        for place in line.places:
            if place.numeric and place.where not in self.intake.used:
                self.intake.problem(place.where, f"没有认出“{what[:20]}”，{place.text[:20]}没有导入")


def _dated(place: Place, said: str, column: str) -> str:
    from datetime import date

    value = place.cell.value
    if column == "report_date" and isinstance(value, date) and place.text == said:
        return f"{value.year}年{value.month}月{value.day}日"
    return said


def numbers_in(line: Line) -> Iterator[Place]:
    return (place for place in line.places if place.numeric or place.cell.uncached)
