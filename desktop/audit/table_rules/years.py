"""Rules that need last year's report of the same unit: its final figures, its staff."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from desktop.audit.finding import CHECK, Finding
from desktop.audit.table_audit import Tables, show_amount, table_check
from desktop.domain.keys import FactKey
from desktop.domain.labels import plain
from desktop.domain.numbers import show_percent
from desktop.domain.template import LABEL

_CARRIED = ("three_public", "base")
_LARGEST_RISE = Decimal("0.1")
"""A tenth: a few entrants a year are usual in a unit of fifty, a merger or new posts want a word."""
_HALF_A_CENT = Decimal("0.005")
"""Half a unit of the second digit after the point, which both reports show."""


@table_check("J16", "与上年报告衔接")
def last_years_figures(tables: Tables) -> Iterator[Finding]:
    """The column 上年决算数 against what last year's report called its 决算数. Silent without that report.

    年初数 and 上年数 are carried over, not typed (docs/domain.md 6.1).
    """
    if tables.previous is None:
        return
    before = tables.previous.sheet
    for table in _CARRIED:
        for row, old in _rows(tables, table):
            here, there = FactKey(table, row, "last_final"), FactKey(table, old, "final")
            now, then = tables.sheet.number(here), before.number(there)
            if now is not None and then is not None and abs(now - then) > _HALF_A_CENT:
                message = (
                    f"{tables.sheet.label(here)}填{show_amount(now)}，上年报告的决算数为{show_amount(then)}"
                )
                yield tables.finding("J16", CHECK, message, here, expected=show_amount(then))


def _rows(tables: Tables, table: str) -> Iterator[tuple[str, str]]:
    """Rows of this year with the same row of last year; open rows by their name."""
    assert tables.previous is not None
    template = tables.sheet.templates.tables[table]
    for row in template.rows:
        if not row.open:
            yield row.id, row.id
            continue
        old = {
            plain(tables.previous.sheet.get(table, r, LABEL)): r
            for r in tables.previous.sheet.rows(table, row.id)
        }
        for item in tables.sheet.rows(table, row.id):
            name = plain(tables.sheet.get(table, item, LABEL))
            if name in old:
                yield item, old[name]


@table_check("R17g", "在职人员与上年相比")
def more_staff(tables: Tables) -> Iterator[Finding]:
    """Staff one tenth or more above last year's (YN15, docs/domain.md 6.1). Silent without last year's report."""
    if tables.previous is None:
        return
    key = FactKey("staff", "total", "in_post")
    now, then = tables.sheet.number(key), tables.previous.sheet.number(key)
    if now is None or not then or (now - then) / then < _LARGEST_RISE:
        return
    message = f"在职人数{show_amount(now)}人，比上年{show_amount(then)}人增加{show_percent((now - then) / then)}，请核实"
    yield tables.finding("R17g", CHECK, message, key)
