"""What the readers of all forms share: column heads with their spans, labelled values, the signature line."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from desktop.domain.forms.form_labels import labels_of
from desktop.domain.keys import UNIT_NAME, FactKey, base_of, scoped
from desktop.domain.labels import after_label, is_residue, money_unit, plain, signature
from desktop.domain.template import THIS
from desktop.exchange.import_forms.collected import QUOTED, CollectedCells
from desktop.exchange.import_forms.sheet_regions import Line, Place, Region
from desktop.exchange.read_sheet.grid import Cell

SUM_LABELS = ("合计", "小计", "总计")
"""Rows that only add up others; in 附件1 such a word stands beside the row's own name: `三公经费 | 小计`."""
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
"""What forms print before the unit's name (docs/domain.md 3.1, 3.3)."""

_SLASH = re.compile("[/／]")
_YEAR = re.compile(r"(?:19|20)\d{2}(?=年)")
"""`2022年决算`, where the form's heads are those of the year before."""


@dataclass(frozen=True, slots=True)
class ColumnHead:
    """A column head: the plain label, the columns it covers, and the unit of money it names."""

    label: str
    place: Place
    unit: str

    def holds(self, place: Place) -> bool:
        return self.place.first <= place.first <= self.place.last


class FormReader:
    """Base of the readers: one region, and the collected cells that it adds to."""

    def __init__(self, collected: CollectedCells, region: Region) -> None:
        self.collected, self.region = collected, region
        self.lines = region.lines
        self.year = region.stated_year or collected.year
        """The year that 本年 means in this form."""
        self.unit = region.unit

    def plain(self, text: str) -> str:
        label, behind = plain(text, self.year), self.region.years_behind
        return _YEAR.sub(lambda year: str(int(year[0]) + behind), label) if behind else label

    def heads(self, line: Line, known: Collection[str], least: int = 2) -> list[ColumnHead]:
        """The line's column heads, if at least so many of them are known; else [].

        Two by default: one word such as `公用经费` may be a row's name, two heads side by side are a header.
        """
        heads = [ColumnHead(self.plain(p.text), p, money_unit(p.text)) for p in line.texts]
        return heads if sum(head.label in known for head in heads) >= least else []

    def stacked(self, index: int, known: Collection[str]) -> list[ColumnHead]:
        """Heads in two lines: `2023年` drawn over `预算数` and `决算数`."""
        if index == 0:
            return []
        above = self.lines[index - 1].texts
        heads = []
        for place in self.lines[index].texts:
            top = next((p for p in above if p.first <= place.first <= p.last), None)
            label = self.plain((top.text if top else "") + place.text)
            label = label if label in known else self.plain(place.text)
            heads.append(ColumnHead(label, place, money_unit(place.text)))
        return heads if sum(head.label in known for head in heads) >= 2 else []

    def under(self, head: ColumnHead, line: Line) -> Place | None:
        """The cell of a line that stands in a head's columns; a number goes before words."""
        places = [p for p in line.places if head.holds(p)]
        return next((p for p in places if p.numeric), places[0] if places else None)

    def put_numbers(
        self, table: str, row: str, columns: Mapping[str, str], heads: Sequence[ColumnHead], line: Line
    ) -> None:
        """The cells of a row under known heads; numbers beside them are listed as problems."""
        template = self.collected.templates.tables[base_of(table)]
        used: set[Place] = set()
        for head in heads:
            place, column = self.under(head, line), columns.get(head.label)
            if place is None or (column is None and not place.numeric):
                continue
            numbers = [p for p in line.places if head.holds(p) and p.numeric]
            if len(numbers) > 1:  # `全年预算` drawn over 调整数 and 全年预算数: nobody knows which is meant
                message = f"“{head.place.text[:QUOTED]}”一格下面有{len(numbers)}个数，没有导入"
                self.collected.add_problem(place.where, message)
                used.update(numbers)
                continue
            if column is None:
                self.collected.add_problem(
                    place.where, f"“{head.place.text[:QUOTED]}”这一列不在本表，{place.text[:QUOTED]}没有导入"
                )
            elif template.column(column).numeric:
                self.collected.add_number(FactKey(table, row, column), place, head.unit or self.unit)
            else:
                self.collected.add_text(FactKey(table, row, column), place.text, place.where)
            used.add(place)
        if not heads:
            return
        first = heads[0].place.first
        # Left of the heads stand the row's name and its ordinal number.
        self.collected.mark_used(place for place in line.places if place.first < first)
        for place in line.places:
            if place.numeric and place.first >= first and place not in used:
                self.collected.add_problem(
                    place.where, f"{place.text[:QUOTED]}所在的列没有认出的列标题，没有导入"
                )

    def value_beside(self, line: Line, place: Place, known: Collection[str] = ()) -> tuple[str, str]:
        """What belongs to a label: behind its colon or in the next cell that is no label; else ('', '')."""
        _, behind_colon = after_label(place.text)
        if behind_colon:
            return behind_colon, place.where
        following = next((p for p in line.places if p.first > place.first), None)
        if following is None or (known and self.plain(after_label(following.text)[0]) in known):
            return "", ""
        return ("", "") if is_residue(following.text) else (following.text, following.where)

    def unit_name(self, line: Line) -> bool:
        """`预算单位名称 | 名称`, or both in one cell."""
        for place in line.texts:
            if self.plain(after_label(place.text)[0]) in UNIT_LABELS:
                name, where = self.value_beside(line, place)
                if after_label(place.text)[1]:  # `填报单位：清河县水利局  金额单位：万元` in one cell
                    name = name.partition("单位：")[0].partition("金额单位")[0]
                self.collected.add_text(UNIT_NAME, name, where)
                return True
        return False

    def labelled(self, line: Line, form: str, scope: str = "") -> bool:
        """Cells behind labels that only this edition's form has: `基本支出总额 | 930.34`."""
        labels = labels_of(self.collected.templates, self.year).get(form)
        return labels is not None and self.labelled_by(labels.beside, line, scope)

    def labelled_by(self, beside: Mapping[str, FactKey], line: Line, scope: str = "") -> bool:
        """Cells behind these labels."""
        found = False
        for place in line.texts:
            key = beside.get(self.plain(place.text))
            value = next((p for p in line.places if p.first > place.first), None)
            if key is None or value is None or self.plain(value.text) in beside:
                continue
            own = self.collected.templates.tables[key.base].per == "project"
            key, found = key._replace(table=scoped(key.base, scope if own else "")), True
            column = self.collected.sheet.column(key)
            if column is not None and column.numeric:
                self.collected.add_number(key, value, self.unit)
            else:
                self.collected.add_text(key, value.text, value.where)
        return found

    def signature(self, line: Line) -> bool:
        """Who filled in the form and when; blanks are left alone."""
        parts = signature(line.text)
        if parts is None:
            return False
        for column, text in parts.items():
            if not text or is_residue(text):
                self.collected.left_empty.setdefault(FactKey("unit", THIS, column), line.places[0].where)
                continue
            place = next((p for p in line.places if text in p.text), line.places[0])
            day = place.cell.value
            if column == "report_date" and isinstance(day, date) and place.text == text:
                text = f"{day.year}年{day.month}月{day.day}日"  # a date cell reads `2024-05-06`
            self.collected.add_text(FactKey("unit", THIS, column), text, place.where)
        return True

    def list_unknown(self, line: Line, what: str) -> None:
        """A line with numbers that no label claims."""
        for place in line.places:
            if place.numeric and place.where not in self.collected.used_addresses:
                self.collected.add_problem(
                    place.where, f"没有认出“{what[:QUOTED]}”，{place.text[:QUOTED]}没有导入"
                )


def parts_of(text: str) -> list[str]:
    """`分值/得分`, and below it `10/9.5`: two columns that share their cells."""
    return _SLASH.split(text)


def part_of(place: Place, number: int) -> Place | None:
    """The part of a shared cell that is a column's own; None where it is empty."""
    parts = parts_of(place.text)
    words = parts[number].strip() if number < len(parts) else ""
    return replace(place, cell=Cell(words, place.cell.address)) if words else None


def numbers_in(line: Line) -> Iterator[Place]:
    return (place for place in line.places if place.numeric or place.cell.uncached)
