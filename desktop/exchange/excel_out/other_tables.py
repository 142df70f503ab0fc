"""Sheets for what the official forms do not hold, readable by people and imported by their labels."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.domain.assessment import Assessment
from desktop.domain.facts import PROJECTS, FactSheet
from desktop.domain.fields.fields import expanded
from desktop.domain.keys import FactKey, scoped
from desktop.domain.outline.outline import numbered
from desktop.domain.template import LABEL, ORDER, THIS, Column, Row, Table, fill
from desktop.domain.text_blocks.marks import BLOCKS
from desktop.exchange.excel_out.addresses import clean
from desktop.exchange.excel_out.sheet_draft import SHORT_TEXT, Book, Draft

_INPUT_FORMATS = {"money": "0.00", "percent": "0.00%"}


def add_unit(book: Book) -> None:
    """`单位信息`: one line for each field of the unit."""
    _add_form(book.draft("单位信息", (18, 70)), "单位信息", book.sheet.templates.tables["unit"])


def _add_form(draft: Draft, title: str, table: Table) -> None:
    book = draft.book
    draft.put(1, 1, title, "title", cols=2)
    draft.put(2, 1, "项目", "head")
    draft.put(2, 2, "内容", "head")
    row = 3
    for column in table.columns:
        key = FactKey(table.id, THIS, column.id)
        rows = draft.rows_for(book.sheet.text(key), (2,))
        draft.put(row, 1, fill(column.label, book.sheet.year, book.sheet.level), "label", rows=rows)
        look = "text" if key in book.places else "prose" if column.kind == "longtext" else "name"
        draft.fact(row, 2, key, rows=rows, prompt="" if column.choices else column.hint, look=look)
        row += rows


def add_own_annexes(book: Book) -> None:
    """A sheet for each table that its template calls a 附件 of its own."""
    for table in book.sheet.templates.tables.values():
        title = fill(table.annex, book.sheet.year, book.sheet.level)
        if title and table.kind == "form":
            _add_form(book.draft(table.title, (18, 70)), title, table)
        elif title:
            draft = book.draft(table.title, (32, *(15,) * len(table.columns)), landscape=True)
            draft.put(1, 1, title, "title", cols=1 + len(table.columns))
            add_grid(draft, 2, table)


def add_staff(book: Book) -> None:
    """`编制与人员`: the kinds of posts behind 附件1's total, and people outside it."""
    draft = book.draft("编制与人员", (30, 16, 20, 14))
    draft.put(1, 1, "编制与人员", "title", cols=4)
    row = add_grid(draft, 2, book.sheet.templates.tables["staff"])
    add_grid(draft, row + 1, book.sheet.templates.tables["others"])


def add_three_public(book: Book) -> None:
    """`三公经费（补充）`: 附件1's figures with last year's budget, rates and reasons."""
    draft = book.draft("三公经费（补充）", (32, 14, 14, 14, 14, 12, 14, 36), landscape=True)
    draft.put(1, 1, "三公经费（补充）", "title", cols=8)
    add_grid(draft, 2, book.sheet.templates.tables["three_public"])


def add_budget(book: Book) -> None:
    """`预算明细`: money by source and nature, by function, by economic class, and what was carried over."""
    draft = book.draft("预算明细", (34, 15, 15, 15, 13, 34), landscape=True)
    draft.put(1, 1, "预算明细", "title", cols=6)
    row = 2
    for table in ("annex2_funds", "function_class", "economic_class", "carryover"):
        row = add_grid(draft, row, book.sheet.templates.tables[table]) + 1


def add_grid(draft: Draft, row: int, table: Table) -> int:
    """A table as it stands in the templates: title, head, rows, a blank row for every open group."""
    sheet = draft.book.sheet
    unit = f"（单位：{table.unit}）" if table.unit else ""
    draft.put(row, 1, f"{table.title}{unit}", "section", cols=1 + len(table.columns))
    row += 1
    draft.put(row, 1, table.label_title, "head")
    for index, column in enumerate(table.columns):
        draft.put(row, 2 + index, fill(column.label, sheet.year, sheet.level), "head")
    for line in table.rows:
        row = (
            _grid_row(draft, row + 1, table, line)
            if not line.open
            else _grid_group(draft, row + 1, table, line)
        )
    return row + 1


def _grid_row(draft: Draft, row: int, table: Table, line: Row) -> int:
    sheet = draft.book.sheet
    draft.put(row, 1, fill(line.label, sheet.year, sheet.level), "row", indent=line.level)
    for index, column in enumerate(table.columns):
        if line.heading:
            draft.put(row, 2 + index, "", "computed")
        else:
            _grid_cell(draft, row, 2 + index, FactKey(table.id, line.id, column.id), column)
    return row


def _grid_cell(draft: Draft, row: int, col: int, key: FactKey, column: Column) -> None:
    placed = key in draft.book.places
    look = {"look": "name"} if column.kind in (*SHORT_TEXT, "longtext") and not placed else {}
    draft.fact(row, col, key, **look)


def _grid_group(draft: Draft, row: int, table: Table, line: Row) -> int:
    """Open rows below their heading (which has figures of its own where it is a sum), then a blank one."""
    columns = [(column.id, 2 + index) for index, column in enumerate(table.columns)]
    if line.formula:
        _grid_row(draft, row, table, line)
        row += 1
    first = row
    for item in draft.book.sheet.rows(table.id, line.id):
        draft.label(row, FactKey(table.id, item, ""), line.level + bool(line.formula))
        for index, column in enumerate(table.columns):
            _grid_cell(draft, row, 2 + index, FactKey(table.id, item, column.id), column)
        row += 1
    draft.put(row, 1, "", "name", format="@", indent=line.level + bool(line.formula))
    for index, column in enumerate(table.columns):
        look = "computed" if column.formula else "input"
        draft.put(row, 2 + index, "", look, format=_INPUT_FORMATS.get(column.kind, "General"))
    draft.span(table.id, line.id, columns, first, row)
    return row


def add_projects(book: Book) -> None:
    """`项目清单`: all projects at a glance, and the reasons noted at their money."""
    sheet = book.sheet
    draft = book.draft("项目清单", (8, 40, 16, 16, 16, 14))
    draft.put(1, 1, "项目清单", "title", cols=6)
    heads = ("序号", "项目支出名称", "年初预算数", "全年预算数", "全年执行数", "执行率")
    for col, text in enumerate(heads, 1):
        draft.put(2, col, text, "head")
    row = 3
    for number, project in enumerate(sheet.projects(), 1):
        draft.put(row, 1, str(number), "computed")
        draft.fact(row, 2, FactKey(PROJECTS, f"item:{project}", "name"), look="text")
        for col, column in enumerate(("initial", "adjusted", "executed", "rate"), 3):
            draft.fact(row, col, FactKey(scoped("annex3_funds", project), "total", column))
        row += 1
    _project_notes(draft, row + 1)


def _project_notes(draft: Draft, row: int) -> None:
    sheet = draft.book.sheet
    table = sheet.templates.tables["annex3_funds"]
    draft.put(row, 1, "项目资金调整或偏差原因", "section", cols=6)
    row += 1
    for col, text, cols in (
        (1, "序号", 1),
        (2, "项目支出名称", 1),
        (3, "项目资金", 1),
        (4, "调整或偏差原因", 3),
    ):
        draft.put(row, col, text, "head", cols=cols)
    for number, project in enumerate(sheet.projects(), 1):
        for line in table.rows:
            key = FactKey(scoped(table.id, project), line.id, "note")
            if line.id != "total" and key not in sheet.facts:
                continue
            row += 1
            draft.put(row, 1, str(number), "computed")
            draft.fact(row, 2, FactKey(PROJECTS, f"item:{project}", "name"), look="text")
            draft.put(row, 3, line.label.removeprefix("其中："), "text")
            draft.fact(row, 4, key, cols=3, look="name", format="General")


def add_narrative(book: Book, assessment: Assessment) -> None:
    """`自评报告`: heading and text of every section of the outline, fields with their values."""
    draft = book.draft("自评报告", (8, 24, 92), landscape=True)
    draft.put(1, 1, "自评报告", "title", cols=3)
    for col, text in enumerate(("序号", "标题", "正文"), 1):
        draft.put(2, col, text, "head")
    draft.title_row, draft.freeze_row = 2, 2
    row = 3
    for number, section in numbered(book.sheet.outline):
        key = FactKey("narrative", section.id, "text")
        text = expanded(assessment, book.sheet.text(key))
        rows = draft.rows_for(text, (3,))
        draft.put(row, 1, number, "computed", rows=rows)
        draft.put(row, 2, section.title, "text", rows=rows, indent=max(section.level - 1, 0))
        draft.expanded(row, 3, key, text, "prose", rows=rows, format="General")
        row += rows


def add_leftovers(book: Book) -> None:
    """`其他填报项`: facts that have a meaning but no cell yet, so that none is lost. Usually not needed.

    Tables and pictures of the text are named in the text, where they stand.
    """
    sheet = book.sheet
    left = [
        key
        for key in sheet.facts
        if key not in book.places
        and key.column != ORDER
        and key.table != BLOCKS
        and sheet.templates.knows(key)
    ]
    if not left:
        return
    draft = book.draft("其他填报项", (26, 34, 24, 40), landscape=True)
    draft.put(1, 1, "其他填报项", "title", cols=4)
    for col, text in enumerate(("表", "行", "列", "内容"), 1):
        draft.put(2, col, text, "head")
    for row, key in enumerate(sorted(left), 3):
        for col, text in enumerate(_names(sheet, key), 1):
            draft.put(row, col, text, "text")
        draft.fact(row, 4, key, look="name")


def _names(sheet: FactSheet, key: FactKey) -> Sequence[str]:
    """Table, row and column of a fact in words."""
    table = sheet.templates.tables[key.base]
    project = sheet.get(PROJECTS, f"item:{key.scope}", "name")
    title = f"{table.title}（{project}）" if project else table.title
    row = key.row if table.free_rows else sheet.row_label(table, key)
    column = "名称" if key.column == LABEL else fill(table.column(key.column).label, sheet.year, sheet.level)
    return clean(title), clean(row), clean(column)
