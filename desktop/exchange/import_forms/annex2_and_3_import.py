"""Reads 附件2 and 附件3 (自评表 of the unit, of a project) by their labels: funds, goals, then indicators.

Their columns are listed in docs/domain.md 3.1.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from desktop.domain.facts import PROJECTS
from desktop.domain.keys import FactKey, scoped
from desktop.domain.labels import INCOME_ROWS, after_label, is_number, is_residue
from desktop.domain.template import THIS
from desktop.exchange.import_forms.cell_number import read_number
from desktop.exchange.import_forms.collected import CollectedCells, StatedTotal
from desktop.exchange.import_forms.form_reader import ColumnHead, FormReader, part_of, parts_of
from desktop.exchange.import_forms.indicators_import import first_heads, read_execution_score, read_indicators
from desktop.exchange.import_forms.sheet_regions import RIGHT_OF_ALL, Form, Line, Place, Region, title_form
from desktop.exchange.read_sheet.grid import Cell

_NATURE = ("by_nature", "basic", "project")
"""Rows of 按支出性质分, which the official form prints beside 按收入性质分 (docs/domain.md 3.1)."""
_STATED_SUMS = {"by_income": "total", "by_nature": "nature_total"}
"""Sums that the form states beside a heading, and the computed cell that says the same (docs/domain.md 3.2, J11)."""
_LINES_OF_NAMES = 3
"""附件3 begins with title, 项目支出名称 and 主管部门; a number further down means that somebody filled it in."""


_SECTION = re.compile(r"[一二三四五六七八九十]{1,2}、[^，。；：]{2,20}")
"""`三、绩效指标完成情况` alone above the indicators: a heading, and no goal."""

_PROMPT = re.compile(r".*\d{2,4}字(?:以内|左右)[)）]?。?\s*", re.DOTALL)
"""`说明目标的完成情况（100字以内）`: what the form asks for, where nobody wrote anything."""


def _is_section(line: Line) -> bool:
    return len(line.places) == 1 and _SECTION.fullmatch(line.text.strip()) is not None


def read_annex2(collected: CollectedCells, region: Region) -> None:
    _SelfEvaluationForm(collected, region, "").read()


def read_annex3(collected: CollectedCells, region: Region) -> None:
    """One project: the one of that name, or a new one. A form nobody has filled in is left alone."""
    scope = _project(collected, region)
    if scope is not None:
        _SelfEvaluationForm(collected, region, scope).read()


def _project(collected: CollectedCells, region: Region) -> str | None:
    reader = FormReader(collected, region)
    fields = collected.columns_of(PROJECTS)
    values: dict[str, tuple[str, str]] = {}
    name_line = region.lines[0]
    for line in region.lines:
        for place in line.texts:
            column = fields.get(reader.plain(after_label(place.text)[0]))
            value, where = reader.value_beside(line, place, fields) if column else ("", "")
            if column and value and column not in values:
                values[column] = (" ".join(value.split()), where)
                name_line = line if column == "name" else name_line
    name = values.get("name", ("", ""))[0]
    if not name and collected.exported_rows.scope(region.lines) is None:
        below = [place for line in region.lines[_LINES_OF_NAMES:] for place in line.places]
        if not any(place.numeric and place.text.strip("0%") for place in below):
            return None
        collected.add_problem(region.where, "这张附件3没有填项目支出名称，请导入后补填")
    row = collected.row_for(PROJECTS, "item", name, name_line, again=not name)
    collected.project_names.append(name)
    for column, (value, where) in values.items():
        collected.add_text(FactKey(PROJECTS, row, column), value, where)
    return row.partition(":")[2]


class _SelfEvaluationForm(FormReader):
    def __init__(self, collected: CollectedCells, region: Region, scope: str) -> None:
        super().__init__(collected, region)
        self.base = base = "annex3" if region.form is Form.ANNEX3 else "annex2"
        self.scope = scope
        self.funds, self.goals = scoped(f"{base}_funds", scope), scoped(f"{base}_goals", scope)
        self.rows = collected.rows_of(f"{base}_funds")
        self.columns = collected.columns_of(f"{base}_funds")
        self.goal_columns = collected.columns_of(f"{base}_goals")
        self.column_heads: list[ColumnHead] = []
        self.fund_blocks: list[list[ColumnHead]] = []
        self.goal_heads: list[ColumnHead] = []
        self.goal_texts: dict[str, list[Place]] = {}
        self.funds_side_by_side = any(self._has_both_sides(line) for line in region.lines)
        """Money by source and nature stands beside its labels, two to a line, not under the heads."""

    def read(self) -> None:
        indicators = first_heads(self, self.lines)
        before = self.lines[:indicators]
        if len(before) < len(self.lines) and before and _is_section(before[-1]):
            before = before[:-1]
        for line in before:
            self._read_line(line)
        for column, places in self.goal_texts.items():
            if not places:
                continue
            text = "\n".join(place.text for place in places)
            self.collected.add_text(FactKey(self.goals, THIS, column), text, places[0].where)
        for line in read_indicators(self.collected, self.region, self.lines[indicators:], self.scope):
            if not self.signature(line):
                self.labelled(line, self.base, self.scope)

    def _read_line(self, line: Line) -> None:
        if title_form(line) or self.unit_name(line) or self.signature(line):
            return
        heads = self.heads(line, self.columns)
        if heads:
            self.column_heads, self.goal_heads = heads, []
            self.fund_blocks = self._side_by_side(heads)
        elif not (self._goal_head(line) or self._goal(line) or self._of_this_form(line)):
            self._fund_line(line)

    def _of_this_form(self, line: Line) -> bool:
        """Labels that this edition has and no table: rows of money are read under their heads."""
        known = any(self._row(place) for place in line.texts)
        return not known and self.labelled(line, self.base, self.scope)

    # -- money -------------------------------------------------------------------------------------------

    def _has_both_sides(self, line: Line) -> bool:
        """Sources and natures on one line, or an amount in its label's own cell: `其他资金：6.26`."""
        rows = {self.rows.get(self.plain(after_label(p.text)[0])) for p in line.texts}
        in_one_cell = any(is_number(after_label(p.text)[1]) and self._row(p) for p in line.texts)
        return in_one_cell or (bool(rows & set(INCOME_ROWS)) and bool(rows & set(_NATURE)))

    def _row(self, place: Place) -> str | None:
        return self.rows.get(self.plain(place.text)) or self.rows.get(self.plain(after_label(place.text)[0]))

    def _side_by_side(self, heads: Sequence[ColumnHead]) -> list[list[ColumnHead]]:
        """`资金来源 | 年初预算数 | … | 支出性质 | 年初预算数 | …`: heads that stand twice head two blocks of money,
        the second of which begins with the head of its names."""
        blocks, seen = [list[ColumnHead]()], set[str]()
        for head in heads:
            if head.label in seen:
                names = blocks[-1][-1:] if blocks[-1][-1].label not in self.columns else []
                blocks[-1] = blocks[-1][: len(blocks[-1]) - len(names)]
                blocks.append(names)
                seen = set()
            seen |= {head.label} & set(self.columns)
            blocks[-1].append(head)
        return blocks

    def _fund_line(self, line: Line) -> None:
        begins = [block[0].place.first for block in self.fund_blocks]
        for k, block in enumerate(self.fund_blocks):
            first, end = begins[k] if k else 0, begins[k + 1] if k + 1 < len(begins) else RIGHT_OF_ALL
            self.column_heads = block
            self._fund_row(Line(line.row, tuple(p for p in line.places if first <= p.first < end)))
        if not self.fund_blocks:
            self._fund_row(line)

    def _fund_row(self, line: Line) -> None:
        labelled = [(p, row) for p in line.texts if (row := self._row(p))]
        if not labelled:
            if self.column_heads and line.texts and any(p.numeric for p in line.places):
                self.list_unknown(line, self._name(line))
                self.collected.with_unknown_rows.add(self.funds)
            return
        place, row = labelled[-1]
        if self.funds_side_by_side and row != "total" and len(self.fund_blocks) < 2:
            for place, row in labelled:
                self._fund_beside(line, place, row)
        elif self.column_heads:
            money = [h for h in self.column_heads if h.label in self.columns]
            self._read_scores(line, row)
            if row == "by_income":
                self._stated_under(money, line)
            else:
                row = _STATED_SUMS.get(row, row)
                self.put_numbers(self.funds, row, self.columns, money, self._without_scores(line))
        else:
            self.list_unknown(line, place.text)

    def _name(self, line: Line) -> str:
        """The words left of the money; `-` below 分值 names no row."""
        first = next(h.place.first for h in self.column_heads if h.label in self.columns)
        names = [place.text for place in line.texts if place.first < first]
        return names[-1] if names else "没有行名的数"

    def _stated_under(self, heads: Sequence[ColumnHead], line: Line) -> None:
        """按收入性质分 with amounts under the heads: of them the executed one is compared."""
        self.collected.mark_used(p for p in line.places if p.numeric)
        executed = next((h for h in heads if self.columns.get(h.label) == "executed"), None)
        place = self.under(executed, line) if executed is not None else None
        if place is not None and place.numeric:
            self._stated_sum("by_income", place)

    def _fund_beside(self, line: Line, label: Place, row: str) -> None:
        """`其他资金：6.26`, or the number in the cell behind the label; it is executed money."""
        behind_colon = after_label(label.text)[1]
        value: Place | None = None
        if behind_colon:
            value = replace(label, cell=Cell(behind_colon, label.cell.address))
        else:
            value = next((p for p in line.places if p.first > label.first), None)
            value = value if value is not None and (value.numeric or value.cell.uncached) else None
        if value is None:
            return
        if row in _STATED_SUMS:
            self._stated_sum(row, value)
        else:
            self.collected.add_number(FactKey(self.funds, row, "executed"), value, self.unit)

    def _stated_sum(self, row: str, place: Place) -> None:
        """按收入性质分 says once more what 年度资金总额 says: taken as a statement of the sum below it."""
        number = read_number(place.cell, "money", self.unit)
        self.collected.mark_used([place])
        if self.collected.exported_rows.is_exported_formula(place):
            return
        if number.problem:
            self.collected.add_problem(place.where, number.problem)
        elif number.value is not None and row == "by_nature":
            self.collected.add_number(FactKey(self.funds, _STATED_SUMS[row], "executed"), place, self.unit)
        elif number.value is not None:
            self.collected.add_total(StatedTotal(self.scope, "income", number.value, place.where))

    def _heads_of_scores(self) -> dict[str, tuple[ColumnHead, int | None]]:
        """分值 and 得分, and which part of its cells each has, where `分值/得分` heads both."""
        columns = self.collected.columns_of("annex2_indicators")
        heads: dict[str, tuple[ColumnHead, int | None]] = {}
        for head in self.column_heads:
            parts = [columns.get(self.plain(part), "") for part in parts_of(head.place.text)]
            if all(part in ("weight", "points") for part in parts):
                shared = len(parts) > 1
                heads |= {part: (head, number if shared else None) for number, part in enumerate(parts)}
        return heads

    def _without_scores(self, line: Line) -> Line:
        heads = [head for head, _ in self._heads_of_scores().values()]
        return Line(line.row, tuple(p for p in line.places if not any(h.holds(p) for h in heads)))

    def _read_scores(self, line: Line, row: str) -> None:
        """分值 and 自评得分 count on the line of the total only; the lines below repeat them or show `/`.

        docs/domain.md 1.2: only 年度资金总额 is scored, and what 其中 prints is not to be added.
        """
        heads = self._heads_of_scores()
        self.collected.mark_used(p for p in line.places if any(head.holds(p) for head, _ in heads.values()))
        if row != "total":
            return
        cells: dict[str, Place | None] = {}
        for column, (head, number) in heads.items():
            place = self.under(head, line)
            cells[column] = place if place is None or number is None else part_of(place, number)
        read_execution_score(self.collected, self.scope, cells.get("weight"), cells.get("points"))

    # -- goals -------------------------------------------------------------------------------------------

    def _goal_head(self, line: Line) -> bool:
        heads = [h for h in self.heads(line, self.goal_columns, least=1) if h.label in self.goal_columns]
        right = [p for p in line.texts if heads and p.first > heads[-1].place.last]
        if len(heads) == 1 and right:  # `预期目标 | 排查12次`, and `实际完成情况 | 完成12次` on the next line
            self.goal_heads, column = [], self.goal_columns[heads[0].label]
            self.goal_texts.setdefault(column, []).extend(p for p in right if not is_residue(p.text))
            return True
        if heads:
            self.goal_heads, self.column_heads, self.fund_blocks = heads, [], []
            return True
        found = False
        for place in line.texts:  # `预期目标：排查12次 | 实际完成情况：完成12次`
            label, goal = after_label(place.text)
            column = self.goal_columns.get(self.plain(label), "")
            if column and goal:
                self.collected.add_text(FactKey(self.goals, THIS, column), goal, place.where)
                found = True
        return found

    def _goal(self, line: Line) -> bool:
        """Words under 预期目标 and 实际完成情况; several lines belong together, until another row begins with its
        own label: `2.项目实施内容 | 4月下达资金`."""
        if not self.goal_heads:
            return False
        labelled = any(place.first < self.goal_heads[0].place.first for place in line.texts)
        if labelled and any(self.goal_texts.values()):
            self.goal_heads = []
            return False
        for head in self.goal_heads:
            for place in line.places:
                if head.holds(place) and _is_told(place.text):
                    self.goal_texts.setdefault(self.goal_columns[head.label], []).append(place)
        return True


def _is_told(text: str) -> bool:
    return bool(text.strip()) and not is_residue(text) and _PROMPT.fullmatch(text) is None
