"""Reads 附件2 and 附件3 (自评表 of the unit, of a project) by their labels: funds, goals, then indicators."""

from __future__ import annotations

from desktop.domain.facts import PROJECTS
from desktop.domain.keys import FactKey, scoped
from desktop.domain.labels import after_label, is_residue, plain
from desktop.domain.numbers import canonical, number_of, show_short
from desktop.domain.scoring.scoring import ANSWERS
from desktop.domain.template import THIS
from desktop.exchange.import_forms.cell_number import read_number
from desktop.exchange.import_forms.collected import Intake, Total
from desktop.exchange.import_forms.form_reader import FormReader, Head
from desktop.exchange.import_forms.indicators import read_indicators
from desktop.exchange.import_forms.regions import Form, Line, Place, Region, is_number, title_form
from desktop.exchange.read_sheet.grid import Cell

_INCOME = ("by_income", "general", "fund", "nontax", "other")
_NATURE = ("by_nature", "basic", "project")
_CHECKED = {"by_income": "total", "by_nature": "nature_total"}
"""Sums that the form states beside a heading, and the computed cell that says the same."""
_WEIGHT, _POINTS = "分值", "自评得分"


def read_annex2(intake: Intake, region: Region) -> None:
    _Annex2(intake, region, "").read()


def read_annex3(intake: Intake, region: Region) -> None:
    """One project: the one of that name, or a new one. A form nobody has filled in is left alone."""
    scope = _project(intake, region)
    if scope is not None:
        _Annex2(intake, region, scope).read()


def _project(intake: Intake, region: Region) -> str | None:
    reader = FormReader(intake, region)
    fields = intake.columns_of(PROJECTS)
    found: dict[str, tuple[str, str]] = {}
    line_of = region.lines[0]
    for line in region.lines:
        for place in line.texts:
            column = fields.get(reader.plain(after_label(place.text)[0]))
            value, where = reader.value_beside(line, place, fields) if column else ("", "")
            if column and value and column not in found:
                found[column] = (" ".join(value.split()), where)
                line_of = line if column == "name" else line_of
    claimed = intake.claims.scope(region.lines)
    name = found.get("name", ("", ""))[0]
    if not name and claimed is None and not any(p.numeric and p.text.strip("0%") for p in _figures(region)):
        return None
    if not name and claimed is None:
        intake.problem(region.where, "这张附件3没有填项目支出名称，请导入后补填")
    row = intake.row_for(PROJECTS, "item", name, line_of, again=not name)
    intake.project_names.append(name)
    for column, (value, where) in found.items():
        intake.text(FactKey(PROJECTS, row, column), value, where)
    return row.partition(":")[2]


def _figures(region: Region) -> list[Place]:
    return [place for line in region.lines[3:] for place in line.places]


class _Annex2(FormReader):
    def __init__(self, intake: Intake, region: Region, scope: str) -> None:
        super().__init__(intake, region)
        base = "annex3" if region.form is Form.ANNEX3 else "annex2"
        self.scope = scope
        self.funds, self.goals = scoped(f"{base}_funds", scope), scoped(f"{base}_goals", scope)
        self.rows = intake.rows_of(f"{base}_funds")
        self.columns = intake.columns_of(f"{base}_funds")
        self.goal_columns = intake.columns_of(f"{base}_goals")
        self.heads_now: list[Head] = []
        self.goal_heads: list[Head] = []
        self.goal_texts: dict[str, list[Place]] = {}
        self.beside = any(self._two_sides(line) for line in region.lines)
        """Money by source and nature stands beside its labels, two to a line, not under the heads."""

    def read(self) -> None:
        heads = (
            i
            for i, line in enumerate(self.lines)
            if any(self.plain(p.text) == "三级指标" for p in line.texts)
        )
        index = next(heads, len(self.lines))
        for line in self.lines[:index]:
            self._line(line)
        for column, places in self.goal_texts.items():
            text = "\n".join(place.text for place in places)
            self.intake.text(FactKey(self.goals, THIS, column), text, places[0].where)
        rest = read_indicators(self.intake, self.region, self.lines[index:], self.scope)
        for line in rest:
            self.signature(line)

    def _line(self, line: Line) -> None:
        if title_form(line) or self.unit_name(line) or self.signature(line):
            return
        heads = self.heads(line, self.columns)
        if heads:
            self.heads_now, self.goal_heads = heads, []
        elif not (self._goal_head(line) or self._goal(line)):
            self._fund_line(line)

    # -- money -------------------------------------------------------------------------------------------

    def _two_sides(self, line: Line) -> bool:
        found = {self.rows.get(self.plain(after_label(p.text)[0])) for p in line.texts}
        glued = any(is_number(after_label(p.text)[1]) and self._row(p) for p in line.texts)
        return glued or (bool(found & set(_INCOME)) and bool(found & set(_NATURE)))

    def _row(self, place: Place) -> str | None:
        return self.rows.get(self.plain(place.text)) or self.rows.get(self.plain(after_label(place.text)[0]))

    def _fund_line(self, line: Line) -> None:
        labelled = [(p, row) for p in line.texts if (row := self._row(p))]
        if not labelled:
            if self.heads_now and line.texts and any(p.numeric for p in line.places):
                self.unknown(line, line.texts[-1].text)
            return
        place, row = labelled[-1]
        if self.beside and row != "total":
            for place, row in labelled:
                self._fund_beside(line, place, row)
        elif self.heads_now:
            money = [h for h in self.heads_now if h.label in self.columns]
            self._scored(line, row)
            self.put_numbers(self.funds, row, self.columns, money, self._without_scores(line))
        else:
            self.unknown(line, place.text)

    def _fund_beside(self, line: Line, label: Place, row: str) -> None:
        """`其他资金：6.26`, or the number in the cell behind the label; it is executed money."""
        said = after_label(label.text)[1]
        value: Place | None = None
        if said:
            value = Place(label.row, label.first, label.last, Cell(said, label.cell.address), label.sheet)
        else:
            value = next((p for p in line.places if p.first > label.first), None)
            value = value if value is not None and (value.numeric or value.cell.uncached) else None
        if value is None:
            return
        if row in _CHECKED:
            self._check(row, value)
        else:
            self.intake.number(FactKey(self.funds, row, "executed"), value, self.unit)

    def _check(self, row: str, place: Place) -> None:
        """按收入性质分 says once more what 年度资金总额 says: taken as a statement of the sum below it."""
        reading = read_number(place.cell, "money", self.unit)
        self.intake.used.add(place.where)
        if self.intake.claims.our_formula(place):
            return
        if reading.problem:
            self.intake.problem(place.where, reading.problem)
        elif reading.value is not None and row == "by_nature":
            self.intake.number(FactKey(self.funds, _CHECKED[row], "executed"), place, self.unit)
        elif reading.value is not None:
            self.intake.total(Total(self.scope, "income", reading.value, place.where))

    def _score_heads(self) -> dict[str, Head]:
        return {h.label: h for h in self.heads_now if h.label in (_WEIGHT, plain(_POINTS))}

    def _without_scores(self, line: Line) -> Line:
        heads = self._score_heads().values()
        return Line(line.row, tuple(p for p in line.places if not any(h.holds(p) for h in heads)))

    def _scored(self, line: Line, row: str) -> None:
        """分值 and 自评得分 count on the line of the total only; the lines below repeat them or show `/`."""
        indicator = next((i for i in self.intake.form.indicators() if i.formula), None)
        heads = self._score_heads()
        self.intake.skip(p for p in line.places if any(head.holds(p) for head in heads.values()))
        if row != "total" or indicator is None:
            return
        weight, points = (
            self.under(heads[h], line) if h in heads else None for h in (_WEIGHT, plain(_POINTS))
        )
        if points is not None:
            table = scoped(ANSWERS, self.scope or self.intake.form.id)
            self.intake.number(FactKey(table, indicator.id, "points"), points)
        said = number_of(weight.text) if weight is not None else None
        if weight is not None and said is not None and said != indicator.weight:
            expected = show_short(indicator.weight)
            self.intake.problem(weight.where, f"{indicator.name}的分值为{canonical(said)}，应为{expected}")

    # -- goals -------------------------------------------------------------------------------------------

    def _goal_head(self, line: Line) -> bool:
        heads = [h for h in self.heads(line, self.goal_columns, least=1) if h.label in self.goal_columns]
        if heads:
            self.goal_heads, self.heads_now = heads, []
            return True
        for place in line.texts:
            label, said = after_label(place.text)
            column = self.goal_columns.get(self.plain(label))
            if column and said:
                self.intake.text(FactKey(self.goals, THIS, column), said, place.where)
                return True
        return False

    def _goal(self, line: Line) -> bool:
        """Words under 预期目标 and 实际完成情况; several lines belong together."""
        if not self.goal_heads:
            return False
        for head in self.goal_heads:
            for place in line.places:
                if head.holds(place) and place.text.strip() and not is_residue(place.text):
                    self.goal_texts.setdefault(self.goal_columns[head.label], []).append(place)
        return True
