"""The formulas that stand in the cells of a table, for tests that try them all."""

from __future__ import annotations

from collections.abc import Iterator

from desktop.domain import formula
from desktop.domain.template import Table


def formula_cells(table: Table) -> Iterator[tuple[str, str, str]]:
    """Every (row, column, formula) of a table; of an open group also the pattern of its rows."""
    for row in table.rows:
        for row_id in (row.id, f"{row.id}:1") if row.open else (row.id,):
            for column in table.columns:
                text = table.formula_at(row_id, column.id)
                if text:
                    formula.parse(text)
                    yield row_id, column.id, text
