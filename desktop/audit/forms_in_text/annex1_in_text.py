"""Reads a printed 附件1 (基础数据表): staff, money rows, one row per 专项, buildings, measures."""

from __future__ import annotations

import re

from desktop.audit.forms_in_text.cells import Cells, LabelMatch, Piece, Value
from desktop.audit.forms_in_text.draft import Draft
from desktop.domain.facts import LEVEL
from desktop.domain.keys import FactKey
from desktop.domain.labels import (
    OTHER_YEAR,
    column_labels,
    is_residue,
    level_in_label,
    money_unit,
    plain,
    row_labels,
)
from desktop.domain.template import THIS, Row

MONEY_TABLES = ("three_public", "base")
_STAFF, _BUILDINGS = "staff", "buildings"
_MEASURES = FactKey("unit", THIS, "economy_measures")
_MEASURE_LABELS = {"厉行节约保障措施": "", "厉行节约措施": "", "厉行节约保障措施情况": ""}
_REMARKS = re.compile(r"(?:说明|备?注|填表说明)(?:：|$)|注\d?[、：]")
"""`说明：“项目支出”填报…`, `注1、`: a footnote of the form."""
_YEAR_OF_FINAL = re.compile(r"((?:19|20)\d{2})年决算")
_SKIPPED = {"经费控制情况", "财政供养人员情况", "楼堂馆所控制情况", "合计", "单位万元", "项目"}
"""Headings of parts; figures beside them repeat those of the rows below."""
_LONGEST_NAME = 45
"""Characters of a 专项 or building; lines that come to more are a sentence, not one name broken by its cell."""
_LEAST_BUILDING_HEADS = 3
"""Of six (批复规模 … 投资概算控制率): fewer labels in a row are words of a sentence about them."""
_FIRST_PIECES = 12
"""`单位：万元` stands above the columns, within the first row or two."""


def read_annex1(draft: Draft, cells: Cells) -> None:
    """Rows and columns are known by their labels, never by their position (docs/domain.md 3.1, 3.3)."""
    _Annex1Reader(draft, cells).read()


class _Annex1Reader:
    def __init__(self, draft: Draft, cells: Cells) -> None:
        self.draft, self.cells = draft, cells
        tables, year = draft.templates.tables, self._year(cells)
        self.rows: dict[str, str] = {}
        for table in reversed(MONEY_TABLES):
            self.rows |= {label: f"{table}.{row}" for label, row in row_labels(tables[table], year).items()}
        self.columns: dict[str, str] = {}
        for table in reversed(MONEY_TABLES):
            self.columns |= column_labels(tables[table], year)
        self.staff_columns = column_labels(tables[_STAFF], year)
        self.building_columns = column_labels(tables[_BUILDINGS], year)
        self.heads: list[str | None] = []
        self.building_heads: list[str] = []
        self.group: Row | None = None
        self.group_values: tuple[LabelMatch, list[Value]] | None = None
        self.group_filled = False
        first = cells.pieces[:_FIRST_PIECES]
        stated_unit = next((p.text for p in first if "单位" in p.text and money_unit(p.text)), "")
        self.unit = money_unit(stated_unit) or "万元"

    @staticmethod
    def _year(cells: Cells) -> int:
        """The year of the column 决算数, where the title tells another or none: the later of 2022年决算数 and 2023年决算数."""
        years = _YEAR_OF_FINAL.findall(cells.text.flat, cells.start, cells.end)
        cells.year = max([int(y) for y in years], default=cells.year)
        return cells.year

    def read(self) -> None:
        at = 0
        while at < len(self.cells):
            if self.draft.signature(self.cells, at):
                break
            at = self._step(at)
        self._close_group()

    def _step(self, at: int) -> int:
        """Read what begins here; where reading goes on."""
        if _REMARKS.match(self.cells.pieces[at].text):
            return self._remark(at)
        unit = self.draft.unit_name(self.cells, at)
        if unit > at:
            return unit
        readers = (self._staff, self._building_table, self._money_heads, self._measures, self._row)
        for reader in readers:
            after = reader(at)
            if after > at:
                return after
        return self._special_or_unread(at)

    def _remark(self, at: int) -> int:
        """A footnote goes on to the signatures, or to the next thing known."""
        self._close_group()
        self.building_heads = []
        at += 1
        while at < len(self.cells) and not self._known(at):
            at += 1
        return at

    def _known(self, at: int) -> bool:
        piece = self.cells.pieces[at]
        if piece.text.startswith(("单位负责人", "负责人", "填表人", "填报人")):
            return True
        known = (self.rows, self.columns, self.staff_columns, self.building_columns, _MEASURE_LABELS)
        return any(self.cells.match(at, labels) for labels in known)

    # -- staff and buildings -----------------------------------------------------------------------------

    def _labels(self, at: int, known: dict[str, str]) -> tuple[list[str], int]:
        heads: list[str] = []
        while at < len(self.cells) and (match := self.cells.match(at, known)) and not match.value:
            heads.append(match.id)
            at += match.count
        return heads, at

    def _staff(self, at: int) -> int:
        """编制数, 在职人数, 控制率: heads with their values below, or each beside its head."""
        heads, after = self._labels(at, self.staff_columns)
        if not heads or not set(heads) & {"authorised", "in_post"}:
            return at
        values, after = self.cells.numbers(after, len(heads))
        places = self.cells.in_columns(values, len(heads), after)
        if places is None:
            self._unread(values)
            return after
        for value, place in zip(values, places, strict=True):
            self.draft.number(FactKey(_STAFF, "total", heads[place]), value)
        return after

    def _building_table(self, at: int) -> int:
        heads, after = self._labels(at, self.building_columns)
        if len(heads) < _LEAST_BUILDING_HEADS:
            return at
        self._close_group()
        self.building_heads = heads
        while after < len(self.cells):
            following = self._building(after)
            if following == after:
                break
            after = following
        self.building_heads = []
        return after

    def _building(self, at: int) -> int:
        """One building: a name, where there is one, then its figures; zeros of who built nothing too."""
        if self._known(at) or _REMARKS.match(self.cells.pieces[at].text):
            return at
        name, begin = self._name(at)
        values, after = self.cells.numbers(begin, len(self.building_heads))
        if len(values) < 2:  # one number behind a name is no row of six
            return at
        places = self.cells.in_columns(values, len(self.building_heads), after)
        first, last = values[0].start, values[-1].end
        total = plain(name.text) in ("合计", "小计", "总计") if name else False
        row = "total" if total or (not name and self._all_zero(values)) else ""
        if not row:
            place = (name.start, name.end) if name else (first, last)
            row = self.draft.new_row(_BUILDINGS, "item", name.text if name else "", *place)
        if places is None:
            self._unread(values)
            return after
        for value, place_at in zip(values, places, strict=True):
            self.draft.number(FactKey(_BUILDINGS, row, self.building_heads[place_at]), value)
        return after

    @staticmethod
    def _all_zero(values: list[Value]) -> bool:
        return not any(value.text.strip("0.%") for value in values)

    def _measures(self, at: int) -> int:
        label = self.cells.match(at, _MEASURE_LABELS)
        if label is None:
            return at
        self._close_group()
        after = at + label.count
        begin = after
        while after < len(self.cells) and not _REMARKS.match(self.cells.pieces[after].text):
            if self._known(after):
                break
            after += 1
        if label.value:
            self.draft.put(_MEASURES, label.value, label.end - len(label.value), label.end)
        elif after > begin:
            start, end = self.cells.pieces[begin].start, self.cells.pieces[after - 1].end
            self.draft.put(_MEASURES, self.cells.as_written(start, end), start, end)
        else:
            self.draft.places[_MEASURES] = (label.start, label.end)
        return after

    # -- rows of money -----------------------------------------------------------------------------------

    def _money_heads(self, at: int) -> int:
        heads: list[str | None] = []
        after = at
        while after < len(self.cells):
            match = self.cells.match(after, self.columns)
            if match is not None:
                heads.append(match.id)
                after += match.count
            elif OTHER_YEAR.fullmatch(plain(self.cells.pieces[after].text)):
                heads.append(None)
                after += 1
            else:
                break
        if sum(head is not None for head in heads) < 2:
            return at
        self._close_group()
        self.heads = heads
        return after

    def _row(self, at: int) -> int:
        match = self.cells.match(at, self.rows)
        if match is None:
            return at
        table, _, row = match.id.partition(".")
        template = self.draft.templates.tables[table].row(row)
        if self.group is not None and self._is_name_of_special(table, row, match):
            return at
        values, after = self._values(at + match.count)
        if match.value:
            values = [Value(match.value, match.end - len(match.value), match.end, 0), *values]
        self._close_group()
        if template.open:
            self._open_group(template, match, values)
        else:
            self._put(table, row, values, after)
        return after

    def _is_name_of_special(self, table: str, row: str, match: LabelMatch) -> bool:
        """Inside an open group a label met before, or one that stands before the group, is a 专项's name."""
        assert self.group is not None
        if any(key.table == table and key.row == row for key in self.draft.facts):
            return True
        order = [r.id for r in self.draft.templates.tables["base"].rows]
        return table == "base" and order.index(row) <= order.index(self.group.id) and row != "special"

    def _values(self, at: int) -> tuple[list[Value], int]:
        # Three where no heads were met: 上年决算, 本年预算, 本年决算.
        return self.cells.numbers(at, len(self.heads) or 3)

    def _put(self, table: str, row: str, values: list[Value], after: int) -> None:
        if not values:
            return
        places = self.cells.in_columns(values, len(self.heads), after) if self.heads else None
        if places is None:
            self._unread(values)
            return
        known = {column.id for column in self.draft.templates.tables[table].columns}
        for value, place in zip(values, places, strict=True):
            column = self.heads[place]
            if column in known:
                self.draft.number(FactKey(table, row, str(column)), value, self.unit)

    def _unread(self, values: list[Value]) -> None:
        """Figures without a column. Zeros say nothing that could be missed."""
        if self._all_zero(values):
            return
        self.draft.unread.append((values[0].start, values[-1].end))

    # -- open groups -------------------------------------------------------------------------------------

    def _open_group(self, group: Row, match: LabelMatch, values: list[Value]) -> None:
        self.group, self.group_filled = group, False
        self.group_values = (match, values) if any(v.text.strip("0.") for v in values) else None
        level = level_in_label(match.text)
        if level:
            self.draft.put(LEVEL, level, match.start, match.end)

    def _name(self, at: int) -> tuple[Piece | None, int]:
        """The words before a row's figures; where empty cells are lost they may be in several pieces."""
        begin, text = at, ""
        while at < len(self.cells) and not self.cells.number(at):
            piece = self.cells.pieces[at]
            known = at > begin and self._known(at)
            if known or len(text) + len(piece.text) > _LONGEST_NAME or _REMARKS.match(piece.text):
                break
            text += piece.text
            at += 1
        if at == begin:
            return None, at
        return Piece(text, self.cells.pieces[begin].start, self.cells.pieces[at - 1].end), at

    def _special_or_unread(self, at: int) -> int:
        """A 专项 of the open group; anywhere else words without a row, and their figures, stay unread."""
        name, begin = self._name(at)
        values, after = self._values(begin)
        if name is None or is_residue(name.text):
            if values:
                self._unread(values)
            elif name is not None:
                self.draft.residue.append((name.start, name.end))
            return max(after, at + 1)
        if self.group is None or not values:
            if values and plain(name.text) not in _SKIPPED:
                self.draft.unread.append((name.start, values[-1].end))
            return max(after, at + 1)
        row = self.draft.new_row("base", self.group.id, name.text, name.start, name.end)
        self.group_filled = True
        self._put("base", row, values, after)
        return after

    def _close_group(self) -> None:
        """Figures beside a group's heading belong to its only row where no rows follow."""
        group, heading = self.group, self.group_values
        self.group = self.group_values = None
        if group is None or heading is None or self.group_filled:
            return
        match, values = heading
        row = self.draft.new_row("base", group.id, plain(match.text), match.start, match.end)
        self._put("base", row, values, len(self.cells))
