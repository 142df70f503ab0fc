"""Reads 附件1 (基础数据表) by its labels: staff, 三公经费, projects and public funds, buildings, measures."""

from __future__ import annotations

import re
from decimal import Decimal

from desktop.domain.facts import LEVEL
from desktop.domain.keys import FactKey
from desktop.domain.labels import after_label, is_residue, level_in_label, plain
from desktop.domain.numbers import canonical, sum_tolerance
from desktop.domain.template import THIS, Row
from desktop.exchange.import_forms.cell_number import read_number
from desktop.exchange.import_forms.collected import Intake
from desktop.exchange.import_forms.form_reader import SUMS, FormReader, Head, numbers_in
from desktop.exchange.import_forms.regions import Line, Place, Region, title_form

MONEY_TABLES = ("three_public", "base")
_STAFF, _BUILDINGS = "staff", "buildings"
_MEASURES = FactKey("unit", THIS, "economy_measures")
_REMARKS = ("说明", "注", "备注", "填表说明")
_LONGEST_NAME = 60
_OTHER_YEAR = re.compile(r"\d{4}年.*(?:预算|决算)")
"""A column of a year that the report does not have: its numbers are listed."""


def read_annex1(intake: Intake, region: Region) -> None:
    _Annex1(intake, region).read()


class _Annex1(FormReader):
    def __init__(self, intake: Intake, region: Region) -> None:
        super().__init__(intake, region)
        self.rows = {
            label: (table, row) for table in MONEY_TABLES for label, row in intake.rows_of(table).items()
        }
        self.base_rows = [row.id for row in intake.templates.tables["base"].rows]
        self.columns = {label for table in MONEY_TABLES for label in intake.columns_of(table)}
        self.heads_now: list[Head] = []
        self.building_heads: list[Head] = []
        self.group: Row | None = None
        self.group_line: Line | None = None
        self.group_filled = False
        self.told = False

    def read(self) -> None:
        for index, line in enumerate(self.lines):
            self._line(index, line)
        self._close_group()

    def _line(self, index: int, line: Line) -> None:
        if title_form(line) or self.unit_name(line):
            return
        if self.signature(line):
            self._leave()
        elif not (self._staff(index, line) or self._heading(index, line) or self._measures(line)):
            if self.building_heads:
                self._building(line)
            else:
                self._money_row(line)

    def _leave(self) -> None:
        self._close_group()
        self.building_heads = []

    # -- heads -----------------------------------------------------------------------------------------

    def _heading(self, index: int, line: Line) -> bool:
        buildings = self.heads(line, self.intake.columns_of(_BUILDINGS))
        if buildings:
            self._close_group()
            self.building_heads = buildings
            return True
        heads = self.heads(line, self.columns) or self.stacked(index, self.columns)
        if heads and not any(numbers_in(line)):
            self._leave()
            self.heads_now = [h for h in heads if h.label in self.columns or _OTHER_YEAR.match(h.label)]
            return True
        return False

    def _staff(self, index: int, line: Line) -> bool:
        """编制数, 在职人数, 控制率: each value under its head, or beside it."""
        columns = self.intake.columns_of(_STAFF)
        heads = [h for h in self.heads(line, columns, least=1) if h.label in columns]
        labels = {h.label for h in heads}
        if not heads or not any(columns[label] in ("authorised", "in_post") for label in labels):
            return False
        for head in heads:
            place = self._below(index, head) or self._beside(line, head)
            if place is not None:
                self.intake.number(FactKey(_STAFF, "total", columns[head.label]), place)
        return True

    def _below(self, index: int, head: Head) -> Place | None:
        for line in self.lines[index + 1 : index + 4]:
            if any(self.plain(p.text) in self.rows or self.plain(p.text) in self.columns for p in line.texts):
                return None
            place = self.under(head, line)
            if place is not None:
                return place
        return None

    def _beside(self, line: Line, head: Head) -> Place | None:
        following = next((p for p in line.places if p.first > head.place.first), None)
        return following if following is not None and following.numeric else None

    def _measures(self, line: Line) -> bool:
        for place in line.texts:
            label = self.plain(after_label(place.text)[0])
            if label in ("厉行节约保障措施", "厉行节约措施"):
                self._leave()
                said = [after_label(place.text)[1], *(p.text for p in line.places if p.first > place.first)]
                where = next((p.where for p in line.places if p.first > place.first), place.where)
                self.intake.text(_MEASURES, "\n".join(text for text in said if text), where)
                return True
        return False

    # -- rows of money -----------------------------------------------------------------------------------

    def _money_row(self, line: Line) -> None:
        names = self._names(line)
        if not names:
            self.unknown(line, "没有行名的数")
            return
        remark = names[0].text.startswith(_REMARKS) or all(is_residue(p.text) for p in names)
        if remark and not any(numbers_in(line)):
            return
        last = names[-1]
        if self.plain(last.text) in SUMS and len(names) > 1:
            last = names[-2]
        found = self._row_of(last)
        heading = next((row for p in names[:-1] if (row := self._group_of(p))), None)
        if heading is not None and found is None:
            self._open_group(heading, line, names[0])
        if found is not None:
            self._known_row(*found, line, last)
        elif self.group is not None:
            self._group_row(self.group, line, last)
        elif any(numbers_in(line)):
            self.unknown(line, last.text)

    def _names(self, line: Line) -> list[Place]:
        """The words left of the figures."""
        limit = self.heads_now[0].place.first if self.heads_now else 10**6
        found: list[Place] = []
        for place in line.places:
            if place.first >= limit or (not self.heads_now and place.numeric and found):
                break
            if not place.numeric and place.text.strip():
                found.append(place)
        return found

    def _row_of(self, place: Place) -> tuple[str, str] | None:
        """The row of that label; inside an open group only one that can follow there."""
        label = self.plain(place.text)
        found = self.rows.get(label)
        if found is None or self.group is None:
            return found
        table, row = found
        if table == "base" and self.base_rows.index(row) > self.base_rows.index(self.group.id):
            return found
        exact = label == self._own_label(table, row)
        return (
            found
            if exact and any((k.table, k.row) == found for k in (*self.intake.found, *self.intake.stated))
            else None
        )

    def _own_label(self, table: str, row: str) -> str:
        return self.plain(self.intake.templates.tables[table].row(row).label)

    def _group_of(self, place: Place) -> Row | None:
        found = self.rows.get(self.plain(place.text))
        row = self.intake.templates.tables[found[0]].row(found[1]) if found else None
        return row if row is not None and row.open else None

    def _known_row(self, table: str, row: str, line: Line, label: Place) -> None:
        template = self.intake.templates.tables[table].row(row)
        if template.open:
            self._open_group(template, line, label)
            return
        self._close_group()
        self._put(table, row, line)

    def _put(self, table: str, row: str, line: Line) -> None:
        if not self.heads_now and any(numbers_in(line)):
            if not self.told:
                self.intake.problem(
                    self.region.where, "没有找到写明年度的列标题（例如“2023年决算数”），金额没有导入"
                )
            self.told = True
            self.unknown(line, "列标题")
            return
        self.put_numbers(table, row, self.intake.columns_of(table), self.heads_now, line)

    # -- open groups ---------------------------------------------------------------------------------------

    def _open_group(self, group: Row, line: Line, label: Place) -> None:
        self._close_group()
        self.group, self.group_line, self.group_filled = group, line, False
        level = level_in_label(label.text)
        if level and not self.intake.sheet.level and not self.intake.claims.own:
            self.intake.text(LEVEL, level, label.where)

    def _group_row(self, group: Row, line: Line, name: Place) -> None:
        """One 专项; a line without a figure counts where its name looks like one."""
        text = " ".join(name.text.split())
        if not any(numbers_in(line)) and (len(text) > _LONGEST_NAME or "。" in text):
            return
        row = self.intake.row_for("base", group.id, text, line)
        self.group_filled = True
        self._put("base", row, line)

    def _close_group(self) -> None:
        """Amounts beside a group's heading: its sum if there are rows, else those of its only row."""
        group, line = self.group, self.group_line
        self.group = self.group_line = None
        if group is None or line is None or not self.heads_now:
            return
        first = self.heads_now[0].place.first
        if not any(p.text.strip("0.") for p in numbers_in(line) if p.first >= first):
            return
        if self.group_filled:
            self._compare_group(group, line)
        else:
            self._put("base", self.intake.row_for("base", group.id, plain(line.texts[0].text), line), line)

    def _compare_group(self, group: Row, line: Line) -> None:
        columns = self.intake.columns_of("base")
        for head in self.heads_now:
            place = self.under(head, line)
            said = read_number(place.cell, "money", head.unit or self.unit).value if place else None
            keys = [
                FactKey("base", row, columns.get(head.label, "")) for row in self.intake.met("base", group.id)
            ]
            terms = [
                f.reading.value or Decimal(0) for k in keys if (f := self.intake.found.get(k)) and f.reading
            ]
            if place is None or said is None:
                continue
            self.intake.skip([place])
            total = sum(terms, Decimal(0))
            if abs(total - said) > sum_tolerance(terms, said):
                message = f"{plain(line.texts[0].text)}各行相加为{canonical(total)}，表中为{canonical(said)}"
                self.intake.problem(place.where, message)

    # -- buildings -----------------------------------------------------------------------------------------

    def _building(self, line: Line) -> None:
        """One building; a blank line, or the zeros of a unit that built nothing, is none."""
        first = self.building_heads[0].place
        own = [h for h in self.building_heads if h.label in self.intake.columns_of(_BUILDINGS)]
        names = [p for p in line.texts if p.first < own[0].place.first and p is not first]
        name = " ".join(names[-1].text.split()) if names else ""
        if name and (self.rows.get(self.plain(name)) or name.startswith(_REMARKS)):
            self.building_heads = []
            self._money_row(line)
            return
        figures = [place for head in own if (place := self.under(head, line)) and place.numeric]
        if not any(place.text.strip("0.%") for place in figures) and not name:
            self.intake.agreed += len(figures)
            self.intake.skip(figures)
            return
        if self.plain(name) in SUMS:
            self.put_numbers(_BUILDINGS, "total", self.intake.columns_of(_BUILDINGS), own, line)
        elif figures or name:
            row = self.intake.row_for(_BUILDINGS, "item", name, line, again=not name)
            self.put_numbers(_BUILDINGS, row, self.intake.columns_of(_BUILDINGS), own, line)
