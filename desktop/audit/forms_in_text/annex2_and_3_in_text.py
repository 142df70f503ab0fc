"""Reads a printed 附件2 or 附件3 (自评表 of the unit, of one project): funds, goals, then the indicators."""

from __future__ import annotations

import re

from desktop.audit.forms_in_text.cells import Cells, Value
from desktop.audit.forms_in_text.draft import Draft
from desktop.audit.forms_in_text.indicators_in_text import read_indicators
from desktop.domain.facts import PROJECTS
from desktop.domain.keys import FactKey, scoped
from desktop.domain.labels import INCOME_ROWS, column_labels, money_unit, row_labels
from desktop.domain.numbers import number_of, parse_money
from desktop.domain.scoring.scoring import ANSWERS
from desktop.domain.template import THIS

_SCORE_HEADS = {
    "分值": "weight",
    "权重": "weight",
    "自评得分": "points",
    "得分": "points",
    "自评分": "points",
}
_MORE_HEADS = {"预算执行": "executed", "预算执行率": "rate"}
_MORE_ROWS = {"总额": "total", "财政资金": "fiscal"}
_NATURE = ("by_nature", "basic", "project", "personnel", "public")
_INDICATOR_HEADS = {"一级指标": "", "二级指标": "", "三级指标": ""}
_GOAL_HEADS = {"年度总体目标": "", "总体目标": "", "年度目标": "", "绩效指标": "", "年度绩效目标": ""}
_FIRST_ITEM = re.compile(r"(?:1|一|①|（1）|（一）)[、.．是）]?")
"""`1.完成…`, `①`, `一是`: a list begins, the second time in the second column."""
_FIRST_PIECES = 30
"""`项目资金（万元）` stands above the money, within the first rows."""
_NAME_WITHIN = 20
"""项目支出名称 is the first cell of an 附件3; title, year and unit of money may come before it."""
_LEAST_HEADS = 3
"""Of six (年初预算数 … 自评得分): fewer labels in a row are no line of heads."""


def read_annex2_or_3(draft: Draft, cells: Cells, project: bool) -> None:
    """`project`: an 附件3; it becomes the next project, whatever it is called (docs/domain.md 3.1)."""
    _SelfAssessmentReader(draft, cells, project).read()


class _SelfAssessmentReader:
    def __init__(self, draft: Draft, cells: Cells, project: bool) -> None:
        self.draft, self.cells, self.project = draft, cells, project
        base = "annex3" if project else "annex2"
        tables = draft.templates.tables
        self.rows = row_labels(tables[f"{base}_funds"], cells.year)
        known = {row.id for row in tables[f"{base}_funds"].rows}
        self.rows |= {label: row for label, row in _MORE_ROWS.items() if row in known}
        self.columns = column_labels(tables[f"{base}_funds"], cells.year) | _MORE_HEADS | _SCORE_HEADS
        self.goal_columns = column_labels(tables[f"{base}_goals"], cells.year)
        self.fields = column_labels(tables[PROJECTS], cells.year)
        self.heads: list[str] = []
        stated_unit = next((p.text for p in cells.pieces[:_FIRST_PIECES] if money_unit(p.text)), "")
        self.unit = money_unit(stated_unit) or "万元"
        self.scope = self._new_project() if project else ""
        self.funds = scoped(f"{base}_funds", self.scope)
        self.goals = scoped(f"{base}_goals", self.scope)

    def read(self) -> None:
        at = 0
        while at < len(self.cells):
            if self.draft.signature(self.cells, at):
                return
            if self.cells.match(at, _INDICATOR_HEADS):
                at = read_indicators(self.draft, self.cells, at, self.scope)
                break
            readers = (self._unit, self._field, self._heads, self._goal_heads, self._fund)
            at = next((after for reader in readers if (after := reader(at)) > at), at + 1)
        while at < len(self.cells) and not self.draft.signature(self.cells, at):
            at += 1

    def _unit(self, at: int) -> int:
        return at if self.project else self.draft.unit_name(self.cells, at)

    # -- the project -------------------------------------------------------------------------------------

    def _new_project(self) -> str:
        """The project of this form, by the name printed in it."""
        for at in range(min(len(self.cells), _NAME_WITHIN)):
            match = self.cells.match(at, self.fields)
            if match is not None and match.id == "name":
                name, start, end, _ = self._beside(at)
                return self.draft.new_project(name, start, end)
        return self.draft.new_project("", self.cells.start, self.cells.start + 1)

    def _beside(self, at: int) -> tuple[str, int, int, int]:
        """The words behind a label: glued to it, or the next pieces up to another label."""
        match = self.cells.match(at, self.fields)
        assert match is not None
        if match.value:
            return match.value, match.end - len(match.value), match.end, at + match.count
        begin = after = at + match.count
        while after < len(self.cells):
            piece = self.cells.pieces[after]
            known = any(self.cells.match(after, k) for k in (self.fields, self.columns, self.rows))
            if known or "项目资金" in piece.text or (after > begin and piece.new_line):
                break
            after += 1
        if after == begin:
            return "", match.start, match.end, after
        start, end = self.cells.pieces[begin].start, self.cells.pieces[after - 1].end
        return self.draft.text.flat[start:end], start, end, after

    def _field(self, at: int) -> int:
        """主管部门, 实施单位 (the name was read to begin with)."""
        match = self.cells.match(at, self.fields) if self.project else None
        if match is None:
            return at
        text, start, end, after = self._beside(at)
        if text and match.id != "name":
            self.draft.put(FactKey(PROJECTS, f"item:{self.scope}", match.id), text, start, end)
        return after

    # -- money -------------------------------------------------------------------------------------------

    def _heads(self, at: int) -> int:
        heads: list[str] = []
        after = at
        while after < len(self.cells) and (match := self.cells.match(after, self.columns)):
            heads.append(match.id)
            after += match.count
        if len(set(heads)) < _LEAST_HEADS:
            return at
        self.heads = heads
        return after

    def _fund(self, at: int) -> int:
        match = self.cells.match(at, self.rows)
        if match is None:
            return at
        if match.value:
            if parse_money(match.value, self.unit) is not None:
                self._single_amount(match.id, Value(match.value, match.end - len(match.value), match.end, 0))
            return at + match.count
        values, after = self.cells.numbers(at + match.count, len(self.heads) or 6)  # six columns, see 3.1
        if len(values) == 1 and not self.project and match.id in (*INCOME_ROWS, *_NATURE):
            self._single_amount(match.id, values[0])
        elif values:
            self._under_heads(match.id, values, after)
        return after

    def _single_amount(self, row: str, value: Value) -> None:
        """The single amount beside a label of income or kind: executed money, or a sum stated once more."""
        amount = parse_money(value.text, self.unit)
        if row == "by_income" and amount is not None:
            self.draft.state(self.scope, "income", amount, value.start, value.end)
        elif row == "by_nature":
            self.draft.number(FactKey(self.funds, "nature_total", "executed"), value, self.unit)
        else:
            self.draft.number(FactKey(self.funds, row, "executed"), value, self.unit)

    def _under_heads(self, row: str, values: list[Value], after: int) -> None:
        places = self.cells.in_columns(values, len(self.heads), after) or self._by_kind(values)
        if places is None and len(values) == 1 and row == "total":
            self._single_amount(row, values[0])
            return
        if places is None:
            self.draft.unread.append((values[0].start, values[-1].end))
            return
        row = "nature_total" if row == "by_nature" else row
        for value, place in zip(values, places, strict=True):
            head = self.heads[place]
            if head in ("weight", "points"):
                self._execution_score(row, head, value)
            elif row != "by_income":
                self.draft.number(FactKey(self.funds, row, head), value, self.unit)

    def _by_kind(self, values: list[Value]) -> list[int] | None:
        """Columns of a row that lost its empty cells: all amounts of money, then the rate, told by its %."""
        if "rate" not in self.heads:
            return None
        money = [k for k, head in enumerate(self.heads) if head in ("initial", "adjusted", "executed")]
        rates = [k for k, value in enumerate(values) if value.text.endswith("%")]
        if rates and rates[0] == len(money):
            return [*money, self.heads.index("rate")] if len(values) == rates[0] + 1 else None
        return money if not rates and len(values) == len(money) else None

    def _execution_score(self, row: str, head: str, value: Value) -> None:
        """分值 and 自评得分 count beside the total only; the lines below it repeat them (docs/domain.md 1.2)."""
        indicator = next((i for i in self.draft.form.indicators() if i.formula), None)
        number = number_of(value.text) if value.text else None
        if row != "total" or indicator is None or number is None:
            return
        if head == "weight":
            self.draft.state(self.scope, "execution_weight", number, value.start, value.end)
        else:
            table = scoped(ANSWERS, self.scope or self.draft.form.id)
            self.draft.number(FactKey(table, indicator.id, "points"), value)

    # -- goals -------------------------------------------------------------------------------------------

    def _goal_heads(self, at: int) -> int:
        """预期目标 and 实际完成情况 with the words below them, up to the indicators."""
        heads = []
        after = at
        while after < len(self.cells) and (match := self.cells.match(after, self.goal_columns)):
            heads.append(match)
            after += match.count
        if not heads:
            return at
        if heads[0].value:
            key = FactKey(self.goals, THIS, heads[0].id)
            self.draft.put(key, heads[0].value, heads[0].end - len(heads[0].value), heads[0].end)
            return at + heads[0].count
        begin = after
        following = (_INDICATOR_HEADS, _GOAL_HEADS, self.goal_columns)
        while after < len(self.cells) and not any(self.cells.match(after, labels) for labels in following):
            after += 1
        self._goals([match.id for match in heads], begin, after)
        return after

    def _goals(self, columns: list[str], begin: int, end: int) -> None:
        """Two columns of words; where only lines are left, numbering that starts anew begins the second."""
        parts = [(begin, end)]
        if len(columns) == 2:
            items = [k for k in range(begin, end) if _FIRST_ITEM.match(self.cells.pieces[k].text)]
            # `1.… 2.… | 1.… 2.…`; without numbers the last piece is the second column.
            half = items[1] if len(items) == 2 and items[0] == begin else max(end - 1, begin)
            parts = [(begin, half), (half, end)]
        for column, (first, last) in zip(columns, parts, strict=False):
            if last > first:
                start, stop = self.cells.pieces[first].start, self.cells.pieces[last - 1].end
                key = FactKey(self.goals, THIS, column)
                self.draft.put(key, self.cells.as_written(start, stop), start, stop)
