"""From what was found in a file to a plan: totals and points are compared with what follows from the rest."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from desktop.domain import formula
from desktop.domain.facts import PROJECTS, FactSheet
from desktop.domain.keys import FactKey
from desktop.domain.numbers import HUNDRED, canonical, number_of, round_half_up, show_short
from desktop.domain.scoring.scoring import IndicatorScore, ScoreSheet, score_project, score_system
from desktop.domain.template import ORDER
from desktop.exchange.import_forms.collected import Found, Intake, Total
from desktop.exchange.import_plan import ImportPlan, PlanItem

INCOME_TOTAL = FactKey("annex2_funds", "total", "executed")


def plan_from(intake: Intake, source: str, unit_name: str | None) -> ImportPlan:
    """The plan of everything that was found. Values that change nothing are only counted."""
    return _Settling(intake).plan(source, unit_name)


class _Settling:
    def __init__(self, intake: Intake) -> None:
        self.intake, self.now = intake, intake.sheet
        self.agreed = intake.agreed
        self.facts = dict(intake.sheet.facts)
        for row in intake.new_rows.values():
            self.facts.update(row.facts)
        for found in intake.found.values():
            self._assume(found)
        self.shown: list[Found] = [*intake.found.values(), *intake.doubles]
        self.decided: set[FactKey] = set()
        self.sheet = self._would_be()
        self._scores: dict[str, ScoreSheet] = {}

    def _would_be(self) -> FactSheet:
        return FactSheet(self.now.templates, self.facts, self.intake.year)

    def _assume(self, found: Found) -> None:
        if not found.ticked:
            return
        self.facts.pop(found.key, None)
        if found.text:
            self.facts[found.key] = found.text

    def plan(self, source: str, unit_name: str | None) -> ImportPlan:
        for key in list(self.intake.stated):
            self._decide(key)
        self._decide_points()
        self.sheet = self._would_be()
        for total in self.intake.totals:
            self._compare_total(total)
        self._weights()
        self._not_in_file()
        items = [
            self._item(found) for found in sorted(self.shown, key=lambda f: f.order) if self._changes(found)
        ]
        rows = tuple(self.intake.new_rows.values())
        names = tuple(self.intake.project_names)
        problems = tuple(self.intake.problems)
        return ImportPlan(
            source, unit_name, self.intake.year, tuple(items), problems, names, self.agreed, rows
        )

    def _changes(self, found: Found) -> bool:
        old = self.now.facts.get(found.key, "")
        same = old == found.text
        column = self.now.column(found.key)
        if not same and old and found.text and column is not None and column.numeric:
            same = found.reading is not None and found.reading.value == self.now.typed(found.key)
        self.agreed += same
        return not same

    def _item(self, found: Found) -> PlanItem:
        label = self.sheet.label(found.key)
        old = self.now.display(found.key)
        return PlanItem(
            found.key, label, old, found.text, found.where, found.problem, found.level, found.ticked
        )

    # -- computed cells ------------------------------------------------------------------------------------

    def _decide(self, key: FactKey) -> None:
        """Operands first; then the cell is by hand, agreed, rounding, or a problem."""
        if key in self.decided:
            return
        self.decided.add(key)
        for operand in self._operands(key):
            if operand in self.intake.stated:
                self._decide(operand)
        self.sheet = self._would_be()
        stated = self.intake.stated[key]
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

    def _nothing_to_compute(self, stated: Found) -> None:
        """No operand at all: taken by hand. Operands, and yet no result (0÷0): nothing is to be stated."""
        value = stated.reading.value if stated.reading else None
        if all(self.sheet.number(operand) is None for operand in self._operands(stated.key)):
            self._assume(stated)
            self.shown.append(stated)
        elif value:
            problem = "基数为空或为零，算不出这个数"
            self.shown.append(replace(stated, problem=problem, level="problem", ticked=False))
        else:
            self.agreed += 1

    def _compare(self, stated: Found, computed: Decimal) -> None:
        reading = stated.reading
        value = reading.value if reading else None
        column = self.sheet.column(stated.key)
        if value is None or reading is None or column is None:
            return
        percent = column.kind == "percent"
        if value == computed or (percent and _same_percent(value, computed, reading.decimals)):
            self._computed_again(stated)
            return
        shown = self.sheet.show(computed, column.kind) if percent else canonical(computed)
        said = stated.text if percent else canonical(value)
        how = "按公式计算" if percent else "按各行相加"
        if percent:
            close = reading.decimals is not None and abs(value - computed) * HUNDRED < Decimal(1).scaleb(
                -reading.decimals
            )
        else:
            close = self.sheet.within_rounding(stated.key, value, computed)
        message = f"{how}为{shown}，表中为{said}" + ("，属尾差" if close else "，请核对")
        self.shown.append(
            replace(stated, problem=message, level="note" if close else "problem", ticked=False)
        )

    def _computed_again(self, stated: Found) -> None:
        """The file agrees with the formula: a value by hand that says something else goes."""
        old = self.now.facts.get(stated.key)
        if old is None or (stated.reading and self.now.typed(stated.key) == stated.reading.value):
            self.agreed += 1
            return
        emptied = replace(stated, text="", problem="与按公式计算一致，不再手工填写", level="note")
        self._assume(emptied)
        self.shown.append(emptied)

    # -- points ----------------------------------------------------------------------------------------------

    def _score(self, scope: str) -> ScoreSheet:
        if scope not in self._scores:
            systems = self.now.templates.systems
            if scope in systems or not scope:
                self._scores[scope] = score_system(self.sheet, systems.get(scope, self.intake.form))
            else:
                self._scores[scope] = score_project(self.sheet, self.intake.form, scope)
        return self._scores[scope]

    def _decide_points(self) -> None:
        self.sheet = self._would_be()
        by_key: dict[FactKey, IndicatorScore] = {}
        for scope in {found.key.scope for found in self.intake.points.values()}:
            by_key |= {score.key: score for score in self._score(scope).indicators}
        for found in self.intake.points.values():
            self._decide_point(found, by_key.get(found.key))
        self._scores.clear()

    def _decide_point(self, found: Found, score: IndicatorScore | None) -> None:
        value = found.reading.value if found.reading else None
        if score is None or value is None or not found.ticked:
            self.shown.append(found)
            return
        if score.rule_points == value:
            old = self.now.facts.get(found.key)
            if old is None or number_of(old) == value:
                self.agreed += 1
                return
            made = replace(found, text="", problem="与按规则得分一致，不再手工打分", level="note")
        elif score.rule_points is None:
            made = replace(found, problem=f"手工打分：{score.how}", level="note")
        else:
            message = f"手工打分{show_short(value, 3)}，按规则应得{show_short(score.rule_points, 3)}"
            made = replace(found, problem=message, level="note")
        self._assume(made)
        self.shown.append(made)

    # -- totals ------------------------------------------------------------------------------------------

    def _compare_total(self, total: Total) -> None:
        if total.column == "income":
            self._compare_income(total)
            return
        score = self._score(total.scope)
        stated = show_short(total.value, 3)
        if total.block:
            block = next(block for block in score.blocks if block.id == total.block)
            if block.indicators and block.weight_sum != total.value:
                found = show_short(block.weight_sum, 3)
                self._tell(total, f"{block.name}各项分值合计{found}，标题为{stated}分")
        elif total.column == "points" and score.total != total.value:
            self._tell(total, f"各项得分相加为{show_short(score.total, 3)}，表中总分为{stated}")
        elif total.column == "weight" and total.value not in (score.weight_sum, score.full):
            found = show_short(score.weight_sum, 3)
            self._tell(total, f"各项分值合计{found}，表中为{stated}")

    def _tell(self, total: Total, message: str) -> None:
        self.intake.problem(total.where, f"{'附件3' if total.scope else '附件2'} {message}")

    def _compare_income(self, total: Total) -> None:
        computed = self.sheet.computed(INCOME_TOTAL)
        if computed is None or self.sheet.within_rounding(INCOME_TOTAL, total.value, computed):
            self.agreed += 1
            return
        said = f"按收入性质分各行相加为{canonical(computed)}，表中为{canonical(total.value)}"
        self.intake.problem(total.where, f"附件2 {said}")

    def _weights(self) -> None:
        """The weights of a table that was read must make 100, whatever its last line says."""
        for total in self.intake.totals:
            if total.column == "weight" and not total.block:
                score = self._score(total.scope)
                if score.weight_sum != score.full:
                    found, full = show_short(score.weight_sum, 3), show_short(score.full)
                    self._tell(total, f"各项分值合计{found}，应为{full}")

    def _not_in_file(self) -> None:
        """Rows of the report that the file does not have stay, and the clerk is told."""
        for table, group in self.intake.groups_met():
            met = self.intake.met(table, group)
            template = self.now.templates.tables[table.partition("@")[0]]
            title = (
                "附件3"
                if table.partition("@")[0].startswith("annex3") or table == PROJECTS
                else template.title
            )
            for row in self.now.rows(table, group):
                if row not in met:
                    name = self.now.row_label(template, FactKey(table, row, ORDER))
                    self.intake.problem(title, f"报告里的“{name}”不在文件里，没有删除，请核对")


def _same_percent(value: Decimal, computed: Decimal, decimals: int | None) -> bool:
    """Equal at the digits that are shown; Excel's own ratios at two digits of percent."""
    places = 2 if decimals is None else decimals
    return round_half_up(value * HUNDRED, places) == round_half_up(computed * HUNDRED, places)
