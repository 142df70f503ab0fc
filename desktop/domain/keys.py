"""The address of everything a user types: which cell of which table."""

from __future__ import annotations

from typing import NamedTuple

SCOPE_MARK = "@"


class FactKey(NamedTuple):
    """One cell of one report: `(table, row, column)`.

    A table that exists once per project is scoped: `annex3_funds@p1`.
    A form (unit info, goals) is a table with the single row `this`.
    """

    table: str
    row: str
    column: str

    @property
    def base(self) -> str:
        """The table's id in the template, without its scope."""
        return self.table.partition(SCOPE_MARK)[0]

    @property
    def scope(self) -> str:
        """The project a table belongs to, '' for the tables of the whole unit."""
        return self.table.partition(SCOPE_MARK)[2]


UNIT_NAME = FactKey("unit", "this", "name")
"""The unit's name as it stands in a report; also the home of formulas that belong to no cell."""


def parted(table: str) -> tuple[str, str]:
    """`annex3_funds@p1` -> `annex3_funds`, `p1`; without a mark the scope is ''."""
    base, _, scope = table.partition(SCOPE_MARK)
    return base, scope


def base_of(table: str) -> str:
    """`annex3_funds@p1` -> `annex3_funds`: the id by which the templates know it."""
    return parted(table)[0]


def scoped(table: str, scope: str) -> str:
    """`annex3_funds`, `p1` -> `annex3_funds@p1`; no scope, no mark."""
    return f"{table}{SCOPE_MARK}{scope}" if scope else table


def cell_named(name: str) -> FactKey:
    """`table.row.column`, as templates write a cell. ValueError where it is not of that form."""
    table, row, column = name.split(".")
    return FactKey(table, row, column)


FORMS = FactKey("paper", "this", "forms")
"""Which edition of the forms a report is filled in by; reports of the time when there was one have no such fact."""


YEARS = range(2000, 2101)
"""A report's year lies in here: `20233`, `3` and `-5` are slips of the hand."""


class ReportId(NamedTuple):
    """One unit's one year. `unit` is the stored unit's number, not its name."""

    unit: int
    year: int
