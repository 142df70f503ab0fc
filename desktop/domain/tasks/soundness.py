"""What an edition from outside must keep before a report may be filled in by it: names that find their cells,
formulas that end, forms that have their tables. The program's own are held to the same by tests."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from desktop.domain import formula
from desktop.domain.all_templates import Templates
from desktop.domain.checks import Relation
from desktop.domain.forms.edition import FormEdition
from desktop.domain.forms.form_faults import form_faults
from desktop.domain.keys import UNIT_NAME, base_of
from desktop.domain.outline.outline import DEEPEST, Outline
from desktop.domain.scoring.scoring import METHODS
from desktop.domain.scoring.scoring_method import SCORERS
from desktop.domain.tasks.form_soundness import faults_of_form
from desktop.domain.tasks.types_fit import misfit
from desktop.domain.template import System, Table, TemplateError, resolve_names

KINDS = {"money", "people", "area", "number", "percent", "text", "longtext", "choice", "date", "points"}
MOST_ROWS, MOST_COLUMNS, MOST_TABLES, MOST_INDICATORS = 300, 40, 60, 200
DEEPEST_CHAIN = 30
"""Cells that need one another: a form has three or four in a line, and each costs the stack some frames."""
LEVELS = ("错误", "核实", "提示")
_ID = re.compile(r"[a-z]\w{0,39}", re.ASCII)
_CODE = re.compile(r"[A-Z]{1,4}\d{1,3}[a-z]?")
_DIGITS = 15
_PLACES = range(7)

Cell = tuple[str, str, str]


def faults(
    edition: FormEdition, system: System, outline: Outline | None, templates: Templates
) -> Iterator[str]:
    """Each as a Chinese sentence without its stop. What comes first keeps what follows from being looked at safely,
    so whoever asks stops at the first."""
    parts: tuple[tuple[Any, Any, str], ...] = (
        (edition, FormEdition, "表样"),
        (system, System, "指标体系"),
        (outline, Outline | None, "提纲"),
    )
    for part, kind, name in parts:
        words = misfit(part, kind, name)
        if words:
            yield words
    yield from _sizes(edition, system)
    for table in edition.tables.values():
        yield from _table(table)
    yield from _program_tables(edition, templates)
    yield from _formulas(edition.tables)
    yield from _tabs(edition)
    yield from _system(system, edition)
    for relation in edition.checks:
        yield from _relation(relation, edition.tables)
    for form in edition.printed:
        yield from faults_of_form(form, edition.tables)
    for mark, count in Counter(form.mark for form in edition.printed).items():
        if count > 1:
            yield f"有{count}张表都叫“{mark}”"
    yield from form_faults(templates.with_edition(edition, system).with_forms(edition.id))
    if outline is not None:
        yield from _outline(outline, edition, templates)


def _sizes(edition: FormEdition, system: System) -> Iterator[str]:
    if len(edition.tables) > MOST_TABLES:
        yield f"表太多（超过{MOST_TABLES}张）"
    for table in edition.tables.values():
        if len(table.rows) > MOST_ROWS or len(table.columns) > MOST_COLUMNS:
            yield f"表 {table.id} 太大（超过{MOST_ROWS}行或{MOST_COLUMNS}列）"
    if sum(1 for _ in system.indicators()) > MOST_INDICATORS:
        yield f"指标太多（超过{MOST_INDICATORS}个）"
    if len(edition.checks) > MOST_ROWS or len(edition.printed) > MOST_TABLES:
        yield "核对关系或附件太多"


def _table(table: Table) -> Iterator[str]:
    names = [row.id for row in table.rows] + [column.id for column in table.columns]
    for name in (table.id, *names):
        if not _ID.fullmatch(name):
            yield f"表 {table.id} 里的代号“{name}”不对，应是小写字母开头的字母和数字"
    for name, count in Counter(names).items():
        if count > 1:
            yield f"表 {table.id} 里的代号 {name} 用了{count}次"
    if not table.title.strip():
        yield f"表 {table.id} 没有名称"
    for column in table.columns:
        if column.kind not in KINDS:
            yield f"表 {table.id} 的列 {column.id} 的 kind 不认识：{column.kind}"
        if not 0 <= column.width <= 2000:
            yield f"表 {table.id} 的列 {column.id} 的宽度不对"
    for row in table.rows:
        if not 0 <= row.level <= 5:
            yield f"表 {table.id} 的行 {row.id} 的 level 不对"
    if table.kind not in ("grid", "form", "list") or table.per not in ("unit", "project"):
        yield f"表 {table.id} 的 kind 或 per 不认识"


def _program_tables(edition: FormEdition, templates: Templates) -> Iterator[str]:
    """The program's own tables are not a bureau's to change, and those of the usual forms, which it computes with,
    keep their columns."""
    for name, table in templates.basis.tables.items():
        if edition.tables.get(name) != table:
            yield f"表 {name}（{table.title}）是程序自己的，任务包不能改"
    for name, table in templates.tables.items():
        own = edition.tables.get(name)
        lost = [
            column.id for column in table.columns if own and not any(c.id == column.id for c in own.columns)
        ]
        if own is None:
            yield f"缺少表 {name}（{table.title}）"
        elif lost or own.kind != table.kind or own.per != table.per or own.free_rows != table.free_rows:
            more = f"，缺少列 {'、'.join(lost)}" if lost else ""
            yield f"表 {name}（{table.title}）的结构改了，程序不能用它计算{more}"


# -- formulas ---------------------------------------------------------------------------------------------


def formula_cells(table: Table) -> Iterator[Cell]:
    """Every (row, column, formula) of a table; of an open group also its rows, as `special:1`."""
    for row in table.rows:
        for row_id in (row.id, f"{row.id}:1") if row.open else (row.id,):
            for column in table.columns:
                text = table.formula_at(row_id, column.id)
                if text:
                    yield row_id, column.id, text


def _formulas(tables: Mapping[str, Table]) -> Iterator[str]:
    needs: dict[Cell, list[Cell]] = {}
    for table in tables.values():
        for row, column, text in formula_cells(table):
            where = f"表 {table.id} 的 {row}.{column} 的公式“{_short(text)}”"
            fault = formula_fault(table, row, column, text, tables)
            if fault:
                yield f"{where}{fault}"
            else:
                key = table.id, row.replace(":1", ":*"), column
                needs[key] = list(_cells(table, row, column, text))
        yield from _carried(table)
    chain = _longest_chain(needs)
    if chain:
        yield chain


def formula_fault(table: Table, row: str, column: str, text: str, tables: Mapping[str, Table]) -> str:
    """What is wrong with a formula of a cell; '' where it can be reckoned."""
    try:
        node = formula.parse(text)
        _bounded(node)
        for cell in _cells(table, row, column, text):
            if not _exists(cell, tables):
                return f"里的 {'.'.join(cell)} 不是表里的格子"
    except formula.FormulaError:
        return "读不出"
    except TemplateError as error:
        return f"里有一个名称找不到格子（{str(error).rpartition(': ')[2].partition(' names')[0]}）"
    return ""


def _bounded(node: formula.Node) -> None:
    """Numbers that have an end, and no more than six digits to round to. FormulaError where not."""
    match node:
        case formula.Number(value):
            if len(value.as_tuple().digits) > _DIGITS:
                raise formula.FormulaError("a number that long")
        case formula.Operation(_, left, right):
            _bounded(left)
            _bounded(right)
        case formula.Call(function, arguments):
            places = arguments[1:]
            fixed = all(isinstance(one, formula.Number) and one.value in _PLACES for one in places)
            if function != "sum" and (len(places) > (function == "round") or not fixed):
                raise formula.FormulaError("arguments that the function has not")
            for argument in arguments:
                _bounded(argument)


def _cells(table: Table, row: str, column: str, text: str) -> Iterator[Cell]:
    for name in formula.references(formula.parse(text)):
        yield resolve_names(table, row, column, name)


def _exists(cell: Cell, tables: Mapping[str, Table]) -> bool:
    table = tables.get(base_of(cell[0]))
    return table is not None and table.has(cell[1].replace("*", "1"), cell[2])


def _carried(table: Table) -> Iterator[str]:
    for column in table.columns:
        if column.carry and not any(c.id == column.carry for c in table.columns):
            yield f"表 {table.id} 的列 {column.id} 的 carry 找不到列 {column.carry}"
    for row in table.rows:
        for target, source in row.carry.items():
            if not table.has(row.id, target) or source.count(".") != 1 or not table.has(*source.split(".")):
                yield f"表 {table.id} 的行 {row.id} 的 carry 找不到格子"


def _longest_chain(needs: Mapping[Cell, list[Cell]]) -> str:
    """Told where a cell needs itself, or the way to what is typed is too long. Without recursion: the cells come from
    outside, and a thousand in a row would end the stack."""
    depths: dict[Cell, int] = {}
    open_cells: set[Cell] = set()
    for start in needs:
        waiting = [start]
        while waiting:
            cell = waiting[-1]
            if cell in depths:
                open_cells.discard(waiting.pop())
                continue
            missing = [inner for inner in needs.get(cell, ()) if inner not in depths]
            if cell in open_cells and missing:
                return f"公式互相引用，算不出来：{'.'.join(cell)}"
            open_cells.add(cell)
            if not missing:
                depths[cell] = 1 + max((depths[inner] for inner in needs.get(cell, ())), default=0)
                if depths[cell] > DEEPEST_CHAIN:
                    return f"公式一环套一环，超过{DEEPEST_CHAIN}层：{'.'.join(cell)}"
            waiting += missing
    return ""


# -- what lies around the tables --------------------------------------------------------------------------


def _tabs(edition: FormEdition) -> Iterator[str]:
    shown = [table for tables in edition.tabs.values() for table in tables]
    for table, count in Counter(shown).items():
        if table not in edition.tables:
            yield f"tabs 里的表 {table} 没有"
        elif count > 1:
            yield f"表 {table} 在 tabs 里列了{count}次"


def _system(system: System, edition: FormEdition) -> Iterator[str]:
    tables = edition.tables
    own = system.indicator_table
    if own != "annex2_indicators" or system.funds_table not in tables:
        yield "指标体系的 indicator_table 应是 annex2_indicators，funds_table 应是 annex2_funds"
    yield from _settings(system)
    rows = [
        {row.id for row in tables[name].rows}
        for name in (own, own.replace("annex2", "annex3"))
        if name in tables
    ]
    groups = [group for block in system.blocks for group in block.groups]
    for name, count in Counter(block.id for block in system.blocks).items():
        if count > 1:
            yield f"指标体系里的一级指标 {name} 用了{count}次"
    for name, count in Counter(i.id for i in system.indicators()).items():
        if count > 1 or not _ID.fullmatch(name):
            yield f"指标体系里的指标代号“{name}”不对，或用了两次"
    for group in groups:
        if not group.indicators and any(group.id not in known for known in rows):
            yield f"指标体系的二级指标 {group.id}（{group.name}）在指标表里没有对应的行"
    for indicator in system.indicators():
        if METHODS and (indicator.method not in SCORERS or indicator.weight <= 0):
            yield f"指标“{indicator.name}”的计分方法或分值不对"
        elif not indicator.formula:
            yield f"指标“{indicator.name}”没有公式；附件2里固定的指标要由公式算出"
        else:
            fault = formula_fault(
                tables[UNIT_NAME.table], UNIT_NAME.row, UNIT_NAME.column, indicator.formula, tables
            )
            if fault:
                yield f"指标“{indicator.name}”的公式{fault}"


def _settings(system: System) -> Iterator[str]:
    least = [bound for _, bound in system.grades]
    if not system.grades or least != sorted(least, reverse=True) or least[-1] != 0:
        yield "等次应从高到低，最后一等从0分起"
    if not 0 < system.full <= 1000 or any(block.weight <= 0 for block in system.blocks):
        yield "满分或一级指标的分值不对"
    places = system.settings.get("points_decimals", 2)
    if type(places) is not int or places not in range(4):
        yield "settings 的 points_decimals 应是0到3"
    for name, value in system.settings.items():
        if not isinstance(value, int | float | str) and not (
            isinstance(value, list) and all(isinstance(one, int | float | str) for one in value)
        ):
            yield f"settings 的 {name} 写得不对"


def _relation(relation: Relation, tables: Mapping[str, Table]) -> Iterator[str]:
    """Its texts are filled in by the audit: what stands in braces must be one of the words that it knows."""
    where = f"核对关系 {relation.code}"
    if not _CODE.fullmatch(relation.code):
        yield f"核对关系的代号“{relation.code}”不对，应像 J20"
    if relation.level not in LEVELS:
        yield f"{where} 的 level 应是 {'、'.join(LEVELS)} 之一"
    if _strange_braces(relation.message, ("left", "right", "gap", "column", "project")):
        yield f"{where} 的 message 里有不认识的花括号"
    home = tables[UNIT_NAME.table]
    for text in (relation.left, relation.right, *([relation.instead] if relation.instead else [])):
        if _strange_braces(text, ("column", "project")):
            yield f"{where} 的公式里有不认识的花括号"
            continue
        for column in relation.columns:
            filled = text.replace("{column}", column).replace("{project}", "1")
            fault = formula_fault(home, UNIT_NAME.row, UNIT_NAME.column, filled, tables)
            if fault:
                yield f"{where} 的公式“{_short(filled)}”{fault}"
    if (
        relation.kind == "ratio"
        and "{" not in relation.left
        and not re.fullmatch(r"[\w@]+\.\w+\.\w+", relation.left)
    ):
        yield f"{where} 的 left 应是一个格子"


def _strange_braces(text: str, known: Iterable[str]) -> bool:
    for word in known:
        text = text.replace(f"{{{word}}}", "")
    return "{" in text or "}" in text


def _outline(outline: Outline, edition: FormEdition, templates: Templates) -> Iterator[str]:
    if not outline.sections or not outline.name.strip():
        yield "提纲没有名称或没有标题"
    for name, count in Counter(section.id for section in outline.sections).items():
        if count > 1:
            yield f"提纲里的 {name} 用了{count}次"
    level = 0
    for section in outline.sections:
        if not 0 <= section.level <= min(level + 1, DEEPEST - 1):
            yield f"提纲里的 {section.id} 的 level 不对"
        level = section.level
        for cell in (*section.disproved_by, *([section.fallback] if section.fallback else [])):
            parts = cell.split(".")
            if len(parts) != 3 or not _exists((parts[0], parts[1], parts[2]), edition.tables):
                yield f"提纲里的 {section.id} 提到的格子 {cell} 没有"
        if section.chart not in ("", "three_public", "execution"):
            yield f"提纲里的 {section.id} 的 chart 不认识：{section.chart}"
        if set(section.passages) - set(templates.passages):
            yield f"提纲里的 {section.id} 的 passages 不认识"


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:60]}…"
