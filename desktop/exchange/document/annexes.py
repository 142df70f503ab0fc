"""The official forms of a report, the scored indicators, and tables that are a 附件 of their own, as paper has them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from desktop.domain.assessment import Assessment
from desktop.domain.facts import FactSheet
from desktop.domain.forms.laid_out import LaidCell, LaidForm, LaidPart, form_text, lay_out
from desktop.domain.keys import FactKey
from desktop.domain.template import LABEL, THIS, Column, Table, fill
from desktop.exchange.document.blocks import (
    AnnexMark,
    Block,
    Cell,
    Paragraph,
    Run,
    SignLine,
    TableBlock,
    Title,
)
from desktop.exchange.document.score_table import Row, score_table

_BY_HAND = "\u3000\u3000\u3000"
"""Room for a signature."""


@dataclass(frozen=True, slots=True)
class Annex:
    """One form: its title in the list of annexes, and its pages."""

    title: str
    blocks: tuple[Block, ...]


def annexes(assessment: Assessment, date: str) -> list[Annex]:
    """All forms in their order, numbered without gaps; several projects are 附件3-1, 附件3-2. `date` is 填报日期
    in Chinese."""
    sheet, year = assessment.sheet, assessment.sheet.year
    forms: list[Annex] = []
    sign: Sequence[Block] = ()
    for form in sheet.templates.edition.printed:
        scopes = sheet.projects() if form.per_project else [""]
        for place, scope in enumerate(scopes, 1):
            mark = f"{form.mark}-{place}" if len(scopes) > 1 else form.mark
            laid = lay_out(form, assessment, scope)
            sign = [_sign_line(sheet, laid, date)]
            forms.append(
                _annex(mark, laid.title, tables_of(laid), [*_note(laid), *sign], laid.name, form.landscape)
            )
    if assessment.system is not assessment.form:
        title = f"{year}年度部门整体支出绩效评价指标评分表"
        mark = f"附件{_taken(forms) + 1}"
        table = score_table(assessment.system, assessment.main)
        forms.append(_annex(mark, title, [table], sign, landscape=True))
    taken = _taken(forms)
    for number, own in enumerate((t for t in sheet.templates.tables.values() if t.annex), taken + 1):
        title = fill(own.annex, year, sheet.level)
        forms.append(_annex(f"附件{number}", title, [_table_as_it_is(sheet, own)], sign))
    return forms


def _taken(forms: Iterable[Annex]) -> int:
    """The number of the last 附件: several projects have one together."""
    return len(dict.fromkeys(form.title for form in forms))


def tables_of(laid: LaidForm) -> list[TableBlock]:
    """The parts of a form, each directly below the one before."""
    return [_table(part, attached=place > 0) for place, part in enumerate(laid.parts)]


def _table(part: LaidPart, attached: bool) -> TableBlock:
    rows = tuple(tuple(map(_cell, line.cells)) for line in part.lines)
    return TableBlock(part.widths, rows, header_rows=part.header_rows, attached=attached)


def _cell(cell: LaidCell) -> Cell:
    """`按收入性质分：83.40` where the form has words before a value."""
    value = cell.kind in ("fact", "sum") and cell.text
    text = f"{cell.text}：{cell.shown}" if value else cell.text or cell.shown
    return Cell(text, cell.cols, cell.rows, cell.align, indent=cell.indent, key=cell.key)


def _note(laid: LaidForm) -> list[Block]:
    return [Paragraph((Run(laid.note),), note=True)] if laid.note else []


def _annex(
    mark: str,
    title: str,
    tables: Iterable[TableBlock],
    below: Sequence[Block],
    name: str = "",
    landscape: bool = False,
) -> Annex:
    bookmark = f"{title}（{name}）" if name else title
    head = (AnnexMark(mark, bookmark, landscape), Title(title, annex=True))
    return Annex(title, (*head, *tables, *below))


def _sign_line(sheet: FactSheet, laid: LaidForm, date: str) -> SignLine:
    """The head of the unit signs by hand, the rest comes from 单位信息."""

    def words(key: FactKey | None) -> str:
        if key is None:
            return _BY_HAND
        return date if key.column == "report_date" else sheet.text(key).strip()

    return SignLine(tuple(f"{label}{words(key)}" for label, key in laid.sign))


def _table_as_it_is(sheet: FactSheet, table: Table) -> TableBlock:
    """A table with `annex` in its template: labels on the left, the official columns beside them."""
    if table.kind == "form":
        fields = ((fill(c.label, sheet.year, sheet.level), c.id) for c in _official(sheet, table.id))
        texts = ((label, form_text(sheet, FactKey(table.id, THIS, column))) for label, column in fields)
        return TableBlock(
            (30.0, 70.0), tuple((Cell(label), Cell(text, align="left")) for label, text in texts)
        )
    unit = f"({table.unit})" if table.unit else ""
    rows = [(Cell(f"{table.label_title}{unit}"), *_column_heads(sheet, table.id, 1))]
    for row in table.rows:
        label = _row_label(fill(row.label, sheet.year, sheet.level), row.level)
        rows.append((label, *_figures(sheet, table.id, row.id, 1)))
        for item in sheet.rows(table.id, row.id) if row.open else ():
            name = _row_label(sheet.get(table.id, item, LABEL).strip(), row.level + 1)
            rows.append((name, *_figures(sheet, table.id, item, 1)))
    figures = len(rows[0]) - 1
    return TableBlock((34.0, *(66.0 / figures,) * figures), tuple(rows), header_rows=1)


def _official(sheet: FactSheet, table: str) -> list[Column]:
    return [column for column in sheet.templates.tables[table].columns if column.official]


def _column_heads(sheet: FactSheet, table: str, cols: int) -> Row:
    return tuple(Cell(fill(c.label, sheet.year, sheet.level), cols=cols) for c in _official(sheet, table))


def _figures(sheet: FactSheet, table: str, row: str, cols: int) -> Row:
    return tuple(
        Cell(form_text(sheet, FactKey(table, row, c.id)), cols=cols) for c in _official(sheet, table)
    )


def _row_label(text: str, level: int) -> Cell:
    return Cell(text, align="left", indent=level)
