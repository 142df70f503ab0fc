"""From the cells of a file to a plan: totals and points are reconciled with what follows from the rest."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from desktop.domain import formula
from desktop.domain.facts import PROJECTS, FactSheet
from desktop.domain.keys import FactKey, base_of
from desktop.domain.numbers import HUNDRED, canonical, number_of, round_half_up, show_short
from desktop.domain.scoring.scoring import (
    IndicatorScore,
    ScoreSheet,
    by_hand_in_words,
    score_project,
    score_system,
)
from desktop.domain.template import ORDER
from desktop.exchange.cell_address import cell_at
from desktop.exchange.import_forms.collected import CollectedCells, CollectedValue, StatedTotal
from desktop.exchange.import_plan import ImportPlan, Level, PlanItem

_INCOME_TOTAL = FactKey("annex2_funds", "total", "executed")
"""年度资金总额, executed, which 按收入性质分 must add up to (docs/domain.md 3.2, J11)."""
_POINTS_DECIMALS = 3
"""The platform takes points with at most so many (docs/domain.md 1.7)."""


def plan_from(collected: CollectedCells, source: str, unit_name: str | None) -> ImportPlan:
    """The plan of everything that was collected. Values that change nothing are only counted."""
    return _Reconciliation(collected).plan(source, unit_name)


class _Reconciliation:
    def __init__(self, collected: CollectedCells) -> None:
        self.collected, self.current = collected, collected.sheet
        self.agreed = collected.agreed
        self.facts = dict(collected.sheet.facts)
        for row in collected.new_rows.values():
            self.facts.update(row.facts)
        for cell in collected.values.values():
            self._apply(cell)
        self.shown: list[CollectedValue] = [*collected.values.values(), *collected.duplicates]
        self.reconciled: set[FactKey] = set()
        self.sheet = self._resulting_sheet()
        self._scores: dict[str, ScoreSheet] = {}

    def _resulting_sheet(self) -> FactSheet:
        return FactSheet(self.current.templates, self.facts, self.collected.year)

    def _as_read(self) -> FactSheet:
        """With what is not ticked too: sums of the file are compared with all that it says."""
        read = (*self.collected.values.values(), *self.collected.points.values())
        facts = {cell.key: cell.text for cell in read if not cell.ticked}
        return FactSheet(self.current.templates, {**self.facts, **facts}, self.collected.year)

    def _apply(self, cell: CollectedValue) -> None:
        if not cell.ticked:
            return
        self.facts.pop(cell.key, None)
        if cell.text:
            self.facts[cell.key] = cell.text

    def plan(self, source: str, unit_name: str | None) -> ImportPlan:
        for key in list(self.collected.stated):
            self._reconcile_cell(key)
        self._reconcile_points()
        self.sheet = self._as_read()
        for total in self.collected.totals:
            self._compare_total(total)
        self._check_weights()
        self.sheet = self._resulting_sheet()
        self._list_missing_rows()
        ordered = _as_in_the_file(self.shown)
        items = tuple(self._item(cell) for cell in ordered if self._changes(cell))
        return ImportPlan(
            source,
            unit_name,
            self.collected.year,
            items,
            tuple(self.collected.problems),
            tuple(self.collected.project_names),
            self.agreed,
            tuple(self.collected.new_rows.values()),
        )

    def _changes(self, cell: CollectedValue) -> bool:
        old = self.current.facts.get(cell.key, "")
        same = old == cell.text
        column = self.current.column(cell.key)
        if not same and old and cell.text and column is not None and column.numeric:
            same = cell.number is not None and cell.number.value == self.current.typed(cell.key)
        self.agreed += same
        return not same

    def _item(self, cell: CollectedValue) -> PlanItem:
        label = self.sheet.label(cell.key)
        old = self.current.display(cell.key)
        return PlanItem(cell.key, label, old, cell.text, cell.where, cell.problem, cell.level, cell.ticked)

    # -- computed cells ------------------------------------------------------------------------------------

    def _reconcile_cell(self, key: FactKey) -> None:
        """Operands first; then the cell is by hand, agreed, rounding, or a problem."""
        if key in self.reconciled:
            return
        self.reconciled.add(key)
        for operand in self._operands(key):
            if operand in self.collected.stated:
                self._reconcile_cell(operand)
        self.sheet = self._resulting_sheet()
        stated = self.collected.stated[key]
        computed = self.sheet.computed(key)
        if not stated.ticked:
            self.shown.append(stated)
        elif computed is None:
            self._nothing_to_compute(stated)
        else:
            self._compare(stated, computed)

    def _operands(self, key: FactKey) -> list[FactKey]:
        node = formula.parse(self.sheet.formula(key))
        return [cell for name in formula.references(node) for cell in self.sheet.cells(key, name)]

    def _nothing_to_compute(self, stated: CollectedValue) -> None:
        """No operand at all: taken by hand. Operands, and yet no result (0÷0): nothing is to be stated."""
        value = stated.number.value if stated.number else None
        if all(self.sheet.number(operand) is None for operand in self._operands(stated.key)):
            self._apply(stated)
            self.shown.append(stated)
        elif value:
            problem = "基数为空或为零，算不出这个数"
            self.shown.append(replace(stated, problem=problem, level="problem", ticked=False))
        else:
            self.agreed += 1

    def _compare(self, stated: CollectedValue, computed: Decimal) -> None:
        """A sum or rate against its formula; a last digit is a remark, never an error (docs/domain.md 1.7)."""
        number = stated.number
        value = number.value if number else None
        column = self.sheet.column(stated.key)
        if value is None or number is None or column is None:
            return
        percent = column.kind == "percent"
        if value == computed or (percent and _same_percent(value, computed, number.decimals)):
            self._agrees_with_formula(stated)
            return
        if percent:
            # Reports truncate as often as they round: 83.838 % shown as `83.83%` is off by one last digit.
            digits = number.decimals
            rounding = digits is not None and abs(value - computed) * HUNDRED < Decimal(1).scaleb(-digits)
            difference = f"按公式计算为{self.sheet.show(computed, column.kind)}，表中为{stated.text}"
        else:
            rounding = self.sheet.within_rounding(stated.key, value, computed)
            difference = f"按各行相加为{canonical(computed)}，表中为{canonical(value)}"
        if not percent and not rounding and stated.key.table in self.collected.with_unknown_rows:
            by_hand = replace(stated, problem="有没认出的行，不能按各行相加，按表中的数填写", level="note")
            self._apply(by_hand)
            self.shown.append(by_hand)
            return
        problem = difference + ("，属尾差" if rounding else "，请核对")
        level: Level = "note" if rounding else "problem"
        self.shown.append(replace(stated, problem=problem, level=level, ticked=False))

    def _agrees_with_formula(self, stated: CollectedValue) -> None:
        """The file agrees with the formula: a value by hand that says something else goes."""
        old = self.current.facts.get(stated.key)
        if old is None or (stated.number and self.current.typed(stated.key) == stated.number.value):
            self.agreed += 1
            return
        emptied = replace(stated, text="", problem="与按公式计算一致，不再手工填写", level="note")
        self._apply(emptied)
        self.shown.append(emptied)

    # -- points ----------------------------------------------------------------------------------------------

    def _score(self, scope: str) -> ScoreSheet:
        if scope not in self._scores:
            systems = self.current.templates.systems
            if scope in systems or not scope:
                self._scores[scope] = score_system(self.sheet, systems.get(scope, self.collected.form))
            else:
                self._scores[scope] = score_project(self.sheet, self.collected.form, scope)
        return self._scores[scope]

    def _reconcile_points(self) -> None:
        self.sheet = self._resulting_sheet()
        by_key: dict[FactKey, IndicatorScore] = {}
        for scope in {cell.key.scope for cell in self.collected.points.values()}:
            by_key |= {score.key: score for score in self._score(scope).indicators}
        for cell in self.collected.points.values():
            self._reconcile_points_of(cell, by_key.get(cell.key))
        self._scores.clear()

    def _reconcile_points_of(self, cell: CollectedValue, score: IndicatorScore | None) -> None:
        value = cell.number.value if cell.number else None
        if score is None or value is None or not cell.ticked:
            self.shown.append(cell)
            return
        if score.rule_points == value:
            old = self.current.facts.get(cell.key)
            if old is None or number_of(old) == value:
                self.agreed += 1
                return
            made = replace(cell, text="", problem="与按规则得分一致，不再手工打分", level="note")
        else:
            problem = by_hand_in_words(value, score.rule_points, score.rule)
            made = replace(cell, problem=problem, level="note")
        self._apply(made)
        self.shown.append(made)

    # -- totals ------------------------------------------------------------------------------------------

    def _compare_total(self, total: StatedTotal) -> None:
        if total.column == "income":
            self._compare_income(total)
            return
        if total.column == "execution_weight":
            self._compare_execution_weight(total)
            return
        score = self._score(total.scope)
        stated = show_short(total.value, _POINTS_DECIMALS)
        if total.column == "block":
            self._compare_block(total, score)
        elif total.column == "points" and score.total != total.value:
            self._add_problem(
                total, f"各项得分相加为{show_short(score.total, _POINTS_DECIMALS)}，表中总分为{stated}"
            )
        elif total.column == "weight" and total.value not in (score.weight_sum, score.full):
            added_up = show_short(score.weight_sum, _POINTS_DECIMALS)
            self._add_problem(total, f"各项分值合计{added_up}，表中为{stated}")

    def _compare_block(self, total: StatedTotal, score: ScoreSheet) -> None:
        """`产出指标（45分）` with its weights; where `成本指标（5分）` stands as a block of its own, with both titles."""
        block = next(block for block in score.blocks if block.id == total.block)
        more = [each.value for each in self.collected.totals
                if (each.column, each.block, each.scope) == ("more", total.block, total.scope)]  # fmt: skip
        if block.indicators and block.weight_sum != total.value + sum(more):
            added_up = show_short(block.weight_sum, _POINTS_DECIMALS)
            stated = "＋".join(show_short(value, _POINTS_DECIMALS) for value in (total.value, *more))
            self._add_problem(total, f"{block.name}各项分值合计{added_up}，标题为{stated}分")

    def _compare_execution_weight(self, total: StatedTotal) -> None:
        indicator = next((i for i in self.collected.form.indicators() if i.formula), None)
        if indicator is not None and total.value != indicator.weight:
            expected = show_short(indicator.weight)
            message = f"{indicator.name}的分值为{canonical(total.value)}，应为{expected}"
            self.collected.add_problem(total.where, message)

    def _add_problem(self, total: StatedTotal, message: str) -> None:
        self.collected.add_problem(total.where, f"{'附件3' if total.scope else '附件2'} {message}")

    def _compare_income(self, total: StatedTotal) -> None:
        computed = self.sheet.computed(_INCOME_TOTAL)
        if computed is None or self.sheet.within_rounding(_INCOME_TOTAL, total.value, computed):
            self.agreed += 1
            return
        message = f"按收入性质分各行相加为{canonical(computed)}，表中为{canonical(total.value)}"
        self.collected.add_problem(total.where, f"附件2 {message}")

    def _check_weights(self) -> None:
        """The weights of a table that was read must make 100 (docs/domain.md 1.1), whatever its last line says."""
        for total in self.collected.totals:
            if total.column == "weight":
                score = self._score(total.scope)
                if score.weight_sum != score.full:
                    added_up, full = show_short(score.weight_sum, _POINTS_DECIMALS), show_short(score.full)
                    self._add_problem(total, f"各项分值合计{added_up}，应为{full}")

    def _list_missing_rows(self) -> None:
        """Rows of the report that the file does not have stay, and the clerk is told."""
        for table, group in self.collected.groups_in_file():
            in_file = self.collected.rows_in_file(table, group)
            template = self.current.templates.tables[base_of(table)]
            of_project = template.id.startswith("annex3") or table == PROJECTS
            title = "附件3" if of_project else template.title
            for row in self.current.rows(table, group):
                if row not in in_file:
                    name = self.current.row_label(template, FactKey(table, row, ORDER))
                    self.collected.add_problem(title, f"报告里的“{name}”不在文件里，没有删除，请核对")


def _as_in_the_file(cells: Iterable[CollectedValue]) -> list[CollectedValue]:
    """Sheet by sheet as they were come upon, each from the top: what is read after the rest, as the unit in
    `≥5200亩`, stands with its cell. What has no address (a package's marks) stays where it was read."""
    sheets: dict[str, int] = {}

    def place(cell: CollectedValue) -> tuple[int, int, int, int]:
        found = cell_at(cell.where)
        sheet = sheets.setdefault(found.sheet if found else cell.where, cell.order)
        return sheet, found.row if found else 0, found.column if found else 0, cell.order

    return sorted(sorted(cells, key=lambda cell: cell.order), key=place)


def _same_percent(value: Decimal, computed: Decimal, decimals: int | None) -> bool:
    """Equal at the digits that are shown; Excel's own ratios at two digits of percent (docs/domain.md 1.7)."""
    places = 2 if decimals is None else decimals
    return round_half_up(value * HUNDRED, places) == round_half_up(computed * HUNDRED, places)
