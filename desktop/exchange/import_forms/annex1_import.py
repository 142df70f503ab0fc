"""Reads 附件1 (基础数据表) by its labels: staff, 三公经费, projects and public funds, buildings, measures.

The official layout is docs/domain.md 3.1, what varies 3.3: nothing is found by its position.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise, takewhile

from desktop.domain.facts import LEVEL
from desktop.domain.keys import FactKey
from desktop.domain.labels import NUMBER_UNITS, OTHER_YEAR, after_label, is_residue, level_in_label, plain
from desktop.domain.numbers import canonical, sum_tolerance
from desktop.domain.template import THIS, Row
from desktop.exchange.import_forms.cell_number import read_number
from desktop.exchange.import_forms.collected import CollectedCells
from desktop.exchange.import_forms.form_reader import SUM_LABELS, ColumnHead, FormReader, numbers_in
from desktop.exchange.import_forms.sheet_regions import RIGHT_OF_ALL, Line, Place, Region, title_form

_MONEY_TABLES = ("three_public", "base")
_STAFF, _BUILDINGS = "staff", "buildings"
_MEASURES = FactKey("unit", THIS, "economy_measures")
_REMARKS = ("说明", "注", "备注", "填表说明")
"""How the footnote under the table begins; without a number it is no row."""
_BUILDING_NAMES = ("项目名称", "楼堂馆所名称", "名称")
"""A head of the names of buildings, where they do not stand left of all figures."""
_LONGEST_PROJECT_NAME = 60
"""Characters: a longer line without a figure, under a heading of projects, is a remark on them."""


def read_annex1(collected: CollectedCells, region: Region) -> None:
    _Annex1(collected, region).read()


class _Annex1(FormReader):
    def __init__(self, collected: CollectedCells, region: Region) -> None:
        super().__init__(collected, region)
        self.rows = {
            label: (table, row) for table in _MONEY_TABLES for label, row in collected.rows_of(table).items()
        }
        self.base_rows = [row.id for row in collected.templates.tables["base"].rows]
        self.columns = {label for table in _MONEY_TABLES for label in collected.columns_of(table)}
        self.column_heads: list[ColumnHead] = []
        self.building_heads: list[ColumnHead] = []
        self.group: Row | None = None
        """The open heading, such as 区级专项资金, whose projects follow line by line."""
        self.group_line: Line | None = None
        self.group_filled = False
        self.rows_of_projects = {
            row.id for row in takewhile(lambda row: not row.open, collected.templates.tables["base"].rows)
        }
        self.among_projects = False
        """A row that nobody knows, `其他项目经费`, may be part of the sum above it."""
        self.missing_years_reported = False
        self.lines = tuple(self._halves_in_turn())

    def _halves_in_turn(self) -> Iterator[Line]:
        """A form in two halves side by side, each below its own heads: the right one goes on where the left one ends."""
        lines, done = self.lines, 0
        for index, line in enumerate(lines):
            right = self._right_half(line) if index >= done else None
            if right is not None:
                later = range(index + 1, len(lines))
                done = next((i for i in later if self._ends_halves(lines[i], right)), len(lines))
                for left in (True, False):
                    for each in lines[index:done]:
                        places = tuple(p for p in each.places if (p.first < right) == left)
                        yield from [Line(each.row, places)] if places else []
            elif index >= done:
                yield line

    def _right_half(self, line: Line) -> int | None:
        """The column where heads begin again: `经费控制 | 2022年决算数 | 2023年决算数 | 经费控制 | 2022年决算数 | …`."""
        heads, seen = self.heads(line, self.columns), set[str]()
        for before, head in pairwise(heads):
            seen |= {before.label} & set(self.columns)
            if head.label in seen:
                return before.place.first if before.label not in self.columns else before.place.last + 1
        return None

    def _ends_halves(self, line: Line, right: int) -> bool:
        """A cell over both halves, or the heads of another part of the form."""
        other = {**self.collected.columns_of(_BUILDINGS), **self.collected.columns_of(_STAFF)}
        over_both = any(p.first < right <= p.last for p in line.places)
        return over_both or bool(self.heads(line, other)) or self._right_half(line) is not None

    def read(self) -> None:
        for index, line in enumerate(self.lines):
            self._read_line(index, line)
        self._close_group()

    def _read_line(self, index: int, line: Line) -> None:
        if title_form(line) or self.unit_name(line):
            return
        if self.signature(line) or self._staff(index, line):
            self._leave_section()
        elif not (self._column_header(index, line) or self._measures(line)):
            if self.building_heads:
                self._building(line)
            else:
                self._money_row(line)

    def _leave_section(self) -> None:
        self._close_group()
        self.building_heads = []

    # -- heads -----------------------------------------------------------------------------------------

    def _column_header(self, index: int, line: Line) -> bool:
        buildings = self.heads(line, self.collected.columns_of(_BUILDINGS))
        if buildings:
            self._close_group()
            self.building_heads = buildings
            return True
        heads = self.heads(line, self.columns) or self.stacked(index, self.columns)
        if heads and not any(numbers_in(line)):
            heads = [h for h in heads if h.label in self.columns or OTHER_YEAR.match(h.label)]
            if [h.label for h in heads] != [h.label for h in self.column_heads]:
                self._leave_section()  # else they are printed again, overleaf or over the right half
            self.column_heads, self.building_heads = heads, []
            return True
        return False

    def _staff(self, index: int, line: Line) -> bool:
        """编制数, 在职人数, 控制率: each value under its head, or beside it."""
        columns = self.collected.columns_of(_STAFF)
        heads = [h for h in self.heads(line, columns, least=1) if h.label in columns]
        labels = {h.label for h in heads}
        if not heads or not any(columns[label] in ("authorised", "in_post") for label in labels):
            return False
        for head in heads:
            place = self._below(index, head)
            if place is None:
                following = next((p for p in line.places if p.first > head.place.first), None)
                place = following if following is not None and following.numeric else None
            if place is not None:
                self.collected.add_number(FactKey(_STAFF, "total", columns[head.label]), place)
        return True

    def _below(self, index: int, head: ColumnHead) -> Place | None:
        """The cell under a head, at most three lines down: a line of units or of remarks may stand between."""
        for line in self.lines[index + 1 : index + 4]:
            if any(self.plain(p.text) in self.rows or self.plain(p.text) in self.columns for p in line.texts):
                return None
            place = self.under(head, line)
            if place is not None:
                return place
        return None

    def _measures(self, line: Line) -> bool:
        for place in line.texts:
            label = self.plain(after_label(place.text)[0])
            if label in ("厉行节约保障措施", "厉行节约措施"):
                self._leave_section()
                following = [p for p in line.places if p.first > place.first]
                texts = [after_label(place.text)[1], *(p.text for p in following)]
                where = following[0].where if following else place.where
                self.collected.add_text(_MEASURES, "\n".join(text for text in texts if text), where)
                self.collected.left_empty.setdefault(_MEASURES, place.where)
                return True
        return False

    # -- rows of money -----------------------------------------------------------------------------------

    def _money_row(self, line: Line) -> None:
        names = self._row_names(line)
        if not names:
            self.list_unknown(line, "没有行名的数")
            return
        remark = names[0].text.startswith(_REMARKS) or all(is_residue(p.text) for p in names)
        if remark and not any(numbers_in(line)):
            return
        last = names[-1]
        if self.plain(last.text) in SUM_LABELS and len(names) > 1:
            last = names[-2]
        known = self._row_of(last)
        heading = next((row for p in names[:-1] if (row := self._group_of(p))), None)
        if heading is not None and known is None:
            # The heading is merged over its projects, the first of which stands on its line.
            self._open_group(heading, line, names[0])
        if known is not None:
            self.among_projects = known[0] == "base" and known[1] in self.rows_of_projects
            template = self.collected.templates.tables[known[0]].row(known[1])
            if template.open:
                self._open_group(template, line, last)
            else:
                self._close_group()
                self._add_amounts(*known, line)
        elif self.group is not None and self.plain(last.text).endswith(SUM_LABELS):
            # `小计` and `项目支出合计` below the projects are none of them.
            if self.plain(last.text) in SUM_LABELS:
                self._compare_group(self.group, line)
            self.collected.mark_used(numbers_in(line))
        elif self.group is not None:
            self._group_row(self.group, line, last)
        elif any(numbers_in(line)):
            self.list_unknown(line, last.text)
            if self.among_projects:
                self.collected.with_unknown_rows.add("base")

    def _row_names(self, line: Line) -> list[Place]:
        """The words left of the figures."""
        # Without heads, names may stand in any column.
        limit = self.column_heads[0].place.first if self.column_heads else RIGHT_OF_ALL
        names: list[Place] = []
        for place in line.places:
            if place.first >= limit or (not self.column_heads and place.numeric and names):
                break
            if not place.numeric and place.text.strip() not in NUMBER_UNITS:  # a column 计量单位
                names.append(place)
        return names

    def _row_of(self, place: Place) -> tuple[str, str] | None:
        """The row of that label; inside an open group only one that can follow there.

        A project may be called like a row above it, as 运行维护 under 区级专项资金: it is that row only where
        it has the row's exact label and the row has been read, so that it stands twice.
        """
        label = self.plain(place.text)
        known = self.rows.get(label)
        if known is None or self.group is None:
            return known
        table, row = known
        if table == "three_public" and row == "total":
            return known  # no project is called 三公经费: another part of the form begins
        if table == "base" and self.base_rows.index(row) > self.base_rows.index(self.group.id):
            return known
        if label != self.plain(self.collected.templates.tables[table].row(row).label):
            return None
        read = (*self.collected.values, *self.collected.stated)
        return known if any((key.table, key.row) == known for key in read) else None

    def _group_of(self, place: Place) -> Row | None:
        known = self.rows.get(self.plain(place.text))
        row = self.collected.templates.tables[known[0]].row(known[1]) if known else None
        return row if row is not None and row.open else None

    def _add_amounts(self, table: str, row: str, line: Line) -> None:
        if not self.column_heads and any(numbers_in(line)):
            if not self.missing_years_reported:
                self.collected.add_problem(
                    self.region.where, "没有找到写明年度的列标题（例如“2023年决算数”），金额没有导入"
                )
            self.missing_years_reported = True
            self.list_unknown(line, "列标题")
            return
        self.put_numbers(table, row, self.collected.columns_of(table), self.column_heads, line)

    # -- open groups ---------------------------------------------------------------------------------------

    def _open_group(self, group: Row, line: Line, label: Place) -> None:
        self._close_group()
        self.group, self.group_line, self.group_filled = group, line, False
        level = level_in_label(label.text)
        if level and not self.collected.sheet.level and not self.collected.exported_rows.own:
            self.collected.add_text(LEVEL, level, label.where)

    def _group_row(self, group: Row, line: Line, name: Place) -> None:
        """One 专项; a line without a figure counts where its name looks like one."""
        text = " ".join(name.text.split())
        if not any(numbers_in(line)) and (len(text) > _LONGEST_PROJECT_NAME or "。" in text):
            return
        row = self.collected.row_for("base", group.id, text, line)
        self.group_filled = True
        self._add_amounts("base", row, line)

    def _close_group(self) -> None:
        """Amounts beside a group's heading: its sum if there are rows, else those of its only row."""
        group, line = self.group, self.group_line
        self.group = self.group_line = None
        if group is None or line is None or not self.column_heads:
            return
        first = self.column_heads[0].place.first
        if not any(p.text.strip("0.") for p in numbers_in(line) if p.first >= first):
            return  # `0.00` beside the heading of a group: amounts stand in its rows, if anywhere
        if self.group_filled:
            self._compare_group(group, line)
        else:
            row = self.collected.row_for("base", group.id, plain(line.texts[0].text), line)
            self._add_amounts("base", row, line)

    def _compare_group(self, group: Row, line: Line) -> None:
        """The sum that stands beside a heading against its rows, within rounding (docs/domain.md 1.7, J4)."""
        columns, rows = self.collected.columns_of("base"), self.collected.rows_in_file("base", group.id)
        values = self.collected.values
        for head in self.column_heads:
            place = self.under(head, line)
            stated = read_number(place.cell, "money", head.unit or self.unit).value if place else None
            keys = [FactKey("base", row, columns.get(head.label, "")) for row in rows]
            terms = [v.number.value or Decimal(0) for k in keys if (v := values.get(k)) and v.number]
            if place is None or stated is None:
                continue
            self.collected.mark_used([place])
            total = sum(terms, Decimal(0))
            if abs(total - stated) > sum_tolerance(terms, stated):
                message = (
                    f"{plain(line.texts[0].text)}各行相加为{canonical(total)}，表中为{canonical(stated)}"
                )
                self.collected.add_problem(place.where, message)

    # -- buildings -----------------------------------------------------------------------------------------

    def _building(self, line: Line) -> None:
        """One building; a blank line, or the zeros of a unit that built nothing, is none (docs/domain.md 3.2, J6)."""
        first = self.building_heads[0].place
        own = [h for h in self.building_heads if h.label in self.collected.columns_of(_BUILDINGS)]
        names = [p for p in line.texts if p.first < own[0].place.first and p is not first]
        named = next((h for h in self.building_heads if h.label in _BUILDING_NAMES), None)
        under = self.under(named, line) if named is not None and not names else None
        names = [under] if under is not None else names
        name = " ".join(names[-1].text.split()) if names else ""
        if name and (self.rows.get(self.plain(name)) or name.startswith(_REMARKS)):
            self.building_heads = []
            self._money_row(line)
            return
        figures = {h.label: place for h in own if (place := self.under(h, line)) and place.numeric}
        if not any(place.text.strip("0.%") for place in figures.values()) and not name:
            columns = self.collected.columns_of(_BUILDINGS)
            for label, place in figures.items():
                self.collected.add_nought(FactKey(_BUILDINGS, "total", columns[label]), place)
            return
        if self.plain(name) in SUM_LABELS:
            self.put_numbers(_BUILDINGS, "total", self.collected.columns_of(_BUILDINGS), own, line)
        elif figures or name:
            row = self.collected.row_for(_BUILDINGS, "item", name, line, again=not name)
            self.put_numbers(_BUILDINGS, row, self.collected.columns_of(_BUILDINGS), own, line)
