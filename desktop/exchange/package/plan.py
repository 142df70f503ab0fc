"""What a report package would change in a report: the facts as they were stored, cell by cell."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from desktop.domain.all_templates import Templates
from desktop.domain.assessment import Assessment
from desktop.domain.facts import PROJECTS, FactSheet
from desktop.domain.fields.block_fields import block_at
from desktop.domain.keys import FORMS, SCOPE_MARK, UNIT_NAME, FactKey, scoped
from desktop.domain.labels import plain
from desktop.domain.numbers import number_of
from desktop.domain.outline.outline import NARRATIVE
from desktop.domain.scoring.scoring import ANSWERS
from desktop.domain.tasks.task import sum_of, task_of
from desktop.domain.template import ORDER
from desktop.domain.text_blocks.marks import BLOCKS, numbers_in
from desktop.exchange.import_forms.exported_workbook import ExportedCell, ExportedCells
from desktop.exchange.import_forms.forms_of_file import sheet_by_forms_of
from desktop.exchange.import_plan import ImportPlan, NewRow, PlanItem, PlanProblem, brief
from desktop.exchange.import_report.block_items import with_blocks
from desktop.exchange.import_report.file_body.blocks_of_file import Block
from desktop.exchange.package.reader import Package, without_control_characters

WHERE = "报告包"
_MOST_TOLD = 20
"""Unknown cells listed one by one; a package of another program may have thousands."""
_TEXT_TABLES = ("paper", "headings", "narrative", "blocks", "explanations")
Row = tuple[str, str]
"""Table and row."""


def plan_package(
    package: Package,
    sheet: FactSheet,
    *,
    year: int | None = None,
    unit: str | None = None,
    source: str = "",
    system: str = "",
) -> ImportPlan:
    """What the package would change in the report of `sheet` (its facts may be empty). Writes nothing.

    A given `year` or `unit` decides, also against what the package says; `system` is the report's. What the
    report has and the package has not is listed, and cleared only where the clerk ticks it.
    """
    year = year or package.year
    if sheet.year != year:
        sheet = FactSheet(sheet.templates, sheet.facts, year)
    named = package.forms.id or package.facts.get(FORMS, "")
    sheet = sheet_by_forms_of((), sheet, named) if named in sheet.templates.editions else sheet
    comparison = _Comparison(package, sheet, source or WHERE, unit or package.unit)
    scored_by = next(
        s for s in (system, package.system, sheet.templates.edition.system) if s in sheet.templates.systems
    )
    items, blocks, agreed = with_blocks(
        [*comparison.changes(), *comparison.clearings()],
        comparison.blocks_of_changed_texts(),
        comparison.with_current_blocks(scored_by),
    )
    problems = [*comparison.about(year, system), *comparison.unknown(), *comparison.missing_rows()]
    return ImportPlan(
        source,
        unit or package.unit,
        year,
        tuple(items),
        tuple(problems),
        agreed=comparison.agreed + agreed,
        rows=(*comparison.rows.values(), *blocks),
        system=package.system if package.system in sheet.templates.systems else "",
    )


class _Comparison:
    """A package held against the report as it is now, and against what it would become."""

    def __init__(self, package: Package, sheet: FactSheet, source: str, unit: str) -> None:
        self.package, self.current, self.source, self.unit = package, sheet, source, unit
        known = {key: text for key, text in package.facts.items() if knows(sheet.templates, key)}
        self.unknown_keys = [key for key in package.facts if key not in known]
        exported = tuple(ExportedCell(key, text) for key, text in known.items())
        named = ExportedCells(package.unit, package.year, package.system, "", exported, ()).renamed(sheet)
        self.package_texts = {trace.key: trace.value for trace in named.facts}
        self.facts = {
            key: text
            for key, value in self.package_texts.items()
            if (text := without_control_characters(value))
        }
        self.merged = FactSheet(sheet.templates, {**sheet.facts, **self.facts}, sheet.year)
        self.rows: dict[Row, NewRow] = {}
        for key, text in self.facts.items():
            if key.column == ORDER and key not in sheet.facts:
                scope = key.row.partition(":")[2] if key.table == PROJECTS else ""
                self.rows[key.table, key.row] = NewRow(key.table, key.row, ((key, text),), scope)
        texts = [
            key for key, text in self.facts.items() if sheet.facts.get(key) == text and key.table == NARRATIVE
        ]
        self.unchanged_marks = {number for key in texts for number in numbers_in(self.facts[key])}
        """Numbers that stand for a place of the text here as in the package."""
        self.agreed = sum(sheet.facts.get(key) == text for key, text in self.facts.items())

    # -- what would change -------------------------------------------------------------------------------

    def changes(self) -> Iterator[PlanItem]:
        """In the order of the tables. The place of a new row comes with its cells, or alone if it has none."""
        filled = {key[:2] for key in self.facts if key.column != ORDER}
        for key in sorted(self.facts, key=self._place):
            if self.current.facts.get(key) == self.facts[key]:
                continue
            if key.column == ORDER and key[:2] in self.rows and key[:2] in filled:
                continue
            if key.table == BLOCKS and key.row not in self.unchanged_marks:
                continue  # it comes with its text, under a number of its own
            yield self._checked(self._item(key, self.facts[key]))

    def _place(self, key: FactKey) -> tuple[int, int, str, str, list[int]]:
        """As the window has them: the tabs' tables, the other tables, each project with its own, the text."""
        templates = self.current.templates
        tabs = [table for tab in templates.tabs.values() for table in tab]
        table = templates.tables[key.base]
        tab = tabs.index(key.base) if key.base in tabs else len(tabs)
        part = 3 if key.base in _TEXT_TABLES else 2 if self._project_of(key) or key.base == PROJECTS else 1
        rows, columns = [row.id for row in table.rows], [column.id for column in table.columns]
        group, _, number = key.row.partition(":")
        inside = [
            rows.index(group) if group in rows else 0,
            int(number) if number.isdecimal() and len(number) < 6 else 0,  # more digits are no row of ours
            columns.index(key.column) if key.column in columns else -1,
        ]
        return part, tab if part == 1 else len(tabs), self._project_of(key), key.table, inside

    def _project_of(self, key: FactKey) -> str:
        """The scope of a table that belongs to a project; answers belong to a system or to a project."""
        return "" if key.scope in self.current.templates.systems else key.scope

    def _where(self, key: FactKey) -> str:
        """The table, and of a project's table which project's: an exported package has no addresses."""
        title = self.current.templates.tables[key.base].title
        project = self.merged.get(PROJECTS, f"item:{self._project_of(key)}", "name")
        return f"{title}（{brief(project, 12)}）" if project else title

    def _item(self, key: FactKey, text: str) -> PlanItem:
        label = self.merged.label(key) + (" · 次序" if key.column == ORDER else "")
        shown = self.merged.display(key) if text else ""
        return PlanItem(key, label, self.current.display(key), text, self._where(key), shown=shown)

    def _checked(self, item: PlanItem) -> PlanItem:
        key = item.key
        if key == UNIT_NAME and plain(item.new) != plain(self.unit):
            problem = f"报告包里的单位是“{brief(item.new)}”，按“{self.unit}”导入"
            return replace(item, problem=problem, level="problem", ticked=False)
        if self.package.year != self.current.year and key.base != UNIT_NAME.table:
            return replace(item, problem=f"是{self.package.year}年度的，没有勾选", level="note", ticked=False)
        column = self.current.column(key)
        if self.package_texts[key] != self.facts[key]:
            return replace(item, problem="含有看不见的控制字符，已去掉", level="note")
        if column is not None and column.numeric and self.merged.typed(key) is None:
            return replace(item, problem="不是数字，照原样导入，请核对", level="problem")
        if column is not None and column.kind == "choice" and item.new not in column.choices:
            return replace(item, problem="不在可选的内容里，请核对", level="problem")
        if key.column == ORDER and number_of(item.new) is None:
            return replace(item, problem="行的次序不是数字", level="problem", ticked=False)
        return item

    def clearings(self) -> Iterator[PlanItem]:
        """Cells that are empty in the package, in rows that it has: offered, never ticked by themselves."""
        missing = self._missing_rows()
        for key in self.current.facts:
            if key in self.facts or key == UNIT_NAME or key.table == BLOCKS:
                continue
            if key[:2] in missing or (PROJECTS, f"item:{key.scope}") in missing:
                continue  # its row, or its project, is told as a whole
            if knows(self.current.templates, key) and key.column != ORDER:
                problem = "报告包里没有这一项，勾选则清空"
                yield replace(self._item(key, ""), problem=problem, level="note", ticked=False)

    def _missing_rows(self) -> set[Row]:
        """Open rows of the report that the package does not have."""
        orders = [key for key in self.current.facts if key.column == ORDER and key not in self.facts]
        return {(key.table, key.row) for key in orders}

    # -- tables and pictures of the text -----------------------------------------------------------------

    def blocks_of_changed_texts(self) -> dict[str, Block]:
        """By the package's numbers: what has number 1 there may be another table here."""
        texts = ((key, text) for key, text in self.facts.items() if key.table == NARRATIVE)
        changed = [text for key, text in texts if self.current.facts.get(key) != text]
        theirs = FactSheet(self.current.templates, self.facts, self.current.year)
        found = {number: block_at(theirs, number) for text in changed for number in numbers_in(text)}
        return {number: block for number, block in found.items() if block is not None}

    def with_current_blocks(self, system: str) -> Assessment:
        """The report as it would become, with the tables and pictures that it has now."""
        merged, current = self.merged.facts.items(), self.current.facts.items()
        facts = [(key, text) for key, text in merged if key.table != BLOCKS]
        facts += [(key, text) for key, text in current if key.table == BLOCKS]
        return Assessment(self.current.templates, dict(facts), self.current.year, system)

    # -- what the clerk is told --------------------------------------------------------------------------

    def about(self, year: int, system: str) -> Iterator[PlanProblem]:
        package, systems = self.package, self.current.templates.systems
        if package.year != year:
            yield PlanProblem(self.source, f"报告包是{package.year}年度的，按{year}年度导入，请核对")
        forms = about_forms(package, self.current)
        if forms:
            yield PlanProblem(self.source, forms)
        if package.system not in systems and package.system != package.forms.id:
            yield PlanProblem(
                self.source, f"报告包用的指标体系“{package.system}”本程序没有，按本机的体系计分"
            )
        elif self.current.facts and system and package.system != system:
            theirs, ours = systems[package.system].name, systems[system].name
            yield PlanProblem(self.source, f"报告包按“{theirs}”计分，本报告按“{ours}”，没有更换")

    def unknown(self) -> Iterator[PlanProblem]:
        """Cells that no table of this program has, by their address; of very many the first."""
        for key in self.unknown_keys[:_MOST_TOLD]:
            cell = f"{'.'.join(key)}：{brief(self.package.facts[key])}"
            yield PlanProblem(self.source, f"本程序的表里没有这一项，没有导入：{cell}")
        if len(self.unknown_keys) > _MOST_TOLD:
            more = len(self.unknown_keys) - _MOST_TOLD
            yield PlanProblem(self.source, f"另有{more}项本程序的表里也没有，没有导入")

    def missing_rows(self) -> Iterator[PlanProblem]:
        missing = self._missing_rows()
        for table, row in sorted(missing):
            key = FactKey(table, row, ORDER)
            template = self.current.templates.table_of(key)
            if template is not None and not (key.scope and (PROJECTS, f"item:{key.scope}") in missing):
                name = self.current.row_label(template, key)
                yield PlanProblem(template.title, f"报告里的“{name}”不在报告包里，没有删除，请核对")


def about_forms(package: Package, sheet: FactSheet) -> str:
    """What to tell where the forms of a package are not those here; '' where they are, or it does not say.

    `sheet` is the report that it goes to: a new one stands at the forms of the package, if they are here.
    """
    forms, templates = package.forms, sheet.templates
    if not forms.id:
        return ""
    task, issue = task_of(forms.id)
    here = templates.editions.get(forms.id)
    others = sorted(i for t, i in map(task_of, templates.editions) if t == task)
    if here is None and others:
        last = others[-1]
        todo = (
            "请先领取那一次的任务包，再重新导入"
            if issue > last
            else f"请对方换到第{last}次发布的表样，再重新导出"
        )
        return f"报告包按任务“{forms.name}”第{issue}次发布的表样填报，本机领取的是第{last}次发布，两次可能不同；{todo}"
    if here is None:
        return (
            f"报告包按“{forms.name}”填报，本机没有这份表样，表样不同的内容读不进来；"
            "请先向制发单位要任务包，领取以后再重新导入"
        )
    if sum_of(here, templates.systems[here.system]) != forms.sum:
        return (
            f"报告包按“{forms.name}”填报，而本机的同名表样与它的内容不同；"
            "请核对双方的任务包和程序版本是否相同"
        )
    if forms.id != templates.edition.id:
        return f"报告包按“{forms.name}”填报，本报告按“{templates.edition.name}”填报，请核对"
    return ""


def knows(templates: Templates, key: FactKey) -> bool:
    """Whether a cell is one of a report: its table, row and column, and a scope where tables have one."""
    table = templates.table_of(key)
    if table is None or not templates.knows(key):
        return False
    if key.table != scoped(key.base, key.scope) or SCOPE_MARK in key.scope:
        return False
    return bool(key.scope) == (table.per != "unit" or key.base == ANSWERS)
