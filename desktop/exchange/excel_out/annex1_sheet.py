"""附件1 (基础数据表) as the official form lays it out (docs/domain.md 3.1)."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.domain.keys import UNIT_NAME, FactKey
from desktop.domain.template import THIS, Column, Row, Table, fill
from desktop.exchange.excel_out.addresses import Place
from desktop.exchange.excel_out.formulas import rate_formula
from desktop.exchange.excel_out.sheet_draft import Book, Draft, LiveFormula, Result

FOOTNOTE = (
    "说明：“项目支出”需要填报基本支出以外的所有项目支出情况，“公用经费”填报基本支出中的一般商品和服务支出。"
)
_LAST = 7
"""Columns of the form: the label and six figures, of which the money tables draw two into one."""


def add_annex1(book: Book) -> None:
    """Add the sheet `附件1`. Its open groups keep one blank row each for typing in Excel."""
    draft = book.draft("附件1", (35, 11, 11, 11, 11, 11, 11), row_height=19.5)
    year, level = book.sheet.year, book.sheet.level
    draft.put(1, 1, "附件1", "annex", cols=_LAST)
    draft.put(2, 1, f"{year}年度预算单位整体支出绩效评价基础数据表", "title", cols=_LAST)
    draft.put(3, 1, "预算单位名称", "label")
    draft.fact(3, 2, UNIT_NAME, cols=6)
    row = _staff(draft, 4)
    draft.title_row = row
    draft.put(row, 1, "经费控制情况(万元)", "head")
    _put_heads(draft, row, _official(book, "three_public"), 2)
    row = _three_public(draft, row + 1)
    row = _base(draft, row, level)
    row = _buildings(draft, row)
    row = _measures(draft, row)
    draft.put(row, 1, FOOTNOTE, "remark", cols=_LAST)
    add_signature(draft, row + 2, _LAST)


def _official(book: Book, table: str) -> list[Column]:
    return [column for column in book.sheet.templates.tables[table].columns if column.official]


def _put_heads(draft: Draft, row: int, columns: Sequence[Column], wide: int) -> None:
    sheet = draft.book.sheet
    for index, column in enumerate(columns):
        text = fill(column.label, sheet.year, sheet.level)
        draft.put(row, 2 + wide * index, text, "head", cols=wide)


def _staff(draft: Draft, row: int) -> int:
    columns = _official(draft.book, "staff")
    draft.put(row, 1, "财政供养人员情况(人)", "head", rows=2)
    _put_heads(draft, row, columns, 2)
    _put_figures(draft, row + 1, "staff", "total", columns)
    return row + 2


def _put_figures(draft: Draft, row: int, table: str, item: str, columns: Sequence[Column]) -> None:
    for index, column in enumerate(columns):
        draft.fact(row, 2 + 2 * index, FactKey(table, item, column.id), cols=2)


def _three_public(draft: Draft, row: int) -> int:
    table = draft.book.sheet.templates.tables["three_public"]
    for item in table.rows:
        draft.put(row, 1, item.label, "row", indent=item.level)
        _put_figures(draft, row, table.id, item.id, _official(draft.book, table.id))
        row += 1
    return row


def _base(draft: Draft, row: int, level: str) -> int:
    table = draft.book.sheet.templates.tables["base"]
    for item in table.rows:
        draft.put(row, 1, fill(item.label, draft.book.sheet.year, level), "row", indent=item.level)
        if item.open:
            row = _open_group(draft, row, table, item)
        else:
            _put_figures(draft, row, table.id, item.id, _official(draft.book, table.id))
            row += 1
    return row


def _open_group(draft: Draft, row: int, table: Table, group: Row) -> int:
    """The heading row (amounts blank, unless somebody filled them in), the rows, and a blank one."""
    columns = _official(draft.book, table.id)
    for index, column in enumerate(columns):
        key, col = FactKey(table.id, group.id, column.id), 2 + 2 * index
        if key in draft.book.sheet.facts:
            draft.fact(row, col, key, cols=2)
        else:
            draft.put(row, col, "", "computed", cols=2)
    first = row + 1
    for item in draft.book.sheet.rows(table.id, group.id):
        row += 1
        draft.label(row, FactKey(table.id, item, ""), 2)
        _put_figures(draft, row, table.id, item, columns)
    row += 1
    draft.put(row, 1, "", "name", indent=2, format="@")
    for index in range(len(columns)):
        draft.put(row, 2 + 2 * index, "", "input", cols=2, format="0.00")
    draft.span(table.id, group.id, [(c.id, 2 + 2 * i) for i, c in enumerate(columns)], first, row)
    return row + 1


def _buildings(draft: Draft, row: int) -> int:
    """One row for each building, its name in the first column; a blank one; a total if there are several."""
    book, table = draft.book, draft.book.sheet.templates.tables["buildings"]
    columns = _official(book, table.id)
    draft.put(row, 1, f"楼堂馆所控制情况\n({book.sheet.year}年完工项目)", "head")
    for index, column in enumerate(columns):
        draft.put(row, 2 + index, column.label.replace("(", "\n("), "head")
    items = book.sheet.rows(table.id, "item")
    first = row + 1
    for item in items:
        row += 1
        draft.label(row, FactKey(table.id, item, ""), 0)
        for index, column in enumerate(columns):
            draft.fact(row, 2 + index, FactKey(table.id, item, column.id))
    row = _blank_building(draft, row + 1, columns)
    draft.span(table.id, "item", [(c.id, 2 + i) for i, c in enumerate(columns)], first, row)
    by_hand = any(key.table == table.id and key.row == "total" for key in book.sheet.facts)
    if len(items) > 1 or by_hand:
        row += 1
        draft.put(row, 1, "合计", "label")
        for index, column in enumerate(columns):
            draft.fact(row, 2 + index, FactKey(table.id, "total", column.id))
    return row + 1


def _blank_building(draft: Draft, row: int, columns: Sequence[Column]) -> int:
    """Its rates work as soon as somebody types the figures."""
    draft.put(row, 1, "", "name", format="@")
    for index, column in enumerate(columns):
        col = 2 + index
        if column.formula:
            above = Place(draft.name, row, col - 1), Place(draft.name, row, col - 2)
            rate = LiveFormula(lambda _, home, cells=above: rate_formula(home, *cells), "")  # type: ignore[misc]
            draft.put(row, col, rate, "computed", format="0.00%")
        else:
            draft.put(row, col, "", "input", format="0.00" if column.kind == "money" else "General")
    return row


def _measures(draft: Draft, row: int) -> int:
    key = FactKey("unit", THIS, "economy_measures")
    rows = draft.rows_for(draft.book.sheet.text(key), range(2, _LAST + 1))
    draft.put(row, 1, "厉行节约保障措施", "head", rows=rows)
    draft.fact(row, 2, key, rows=rows, cols=6, look="prose")
    draft.least_heights[row] = 54  # points: three lines to write in
    return row + rows


_SIGNATURE_LABELS = (("填表人：", "preparer"), ("联系电话：", "phone"), ("填报日期：", "report_date"))


def add_signature(draft: Draft, row: int, cols: int) -> None:
    """The last line of every form; the head of the unit signs by hand, the rest comes from 单位信息."""
    gap = " " * 8
    keys = [(label, FactKey("unit", THIS, column)) for label, column in _SIGNATURE_LABELS]

    def make(book: Book, home: str) -> str:
        parts = "&".join(f'"{gap}{label}"&{book.places[key].seen_from(home)}' for label, key in keys)
        return f'"单位负责人签字：{gap}"&{parts}'

    shown = "".join(f"{gap}{label}{draft.book.value(key)}" for label, key in keys)
    result: Result = f"单位负责人签字：{gap}{shown}"
    draft.put(row, 1, LiveFormula(make, result), "sign", cols=cols)
    draft.least_heights[row] = 30  # points: room to sign by hand
