"""What an import would change, cell by cell, for the user to tick before anything is written."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal, NamedTuple

from desktop.domain.keys import FactKey
from desktop.domain.text_blocks.in_words import block_words, with_named_blocks
from desktop.domain.text_blocks.marks import BLOCKS
from desktop.exchange.cell_address import cell_at

Level = Literal["ok", "note", "problem"]
_BRIEF = 40
"""Characters of a text in a list: about half a line of the window at its smallest."""


def brief(text: str, most: int = _BRIEF) -> str:
    """A text in a list: as it is, or how it begins, in so many characters, and how long it is."""
    first = next(iter(text.strip().splitlines()), "")
    if len(text) <= 2 * most and first == text:
        return text
    return f"{first[:most]}…（{len(text):,}字）"


@dataclass(frozen=True, slots=True)
class PlanItem:
    """One cell that would change. `new` is the value to be stored, '' to empty the cell.

    `old` is what the report shows there now; `where` the address in the file (`附件1!D7`, of a
    text `附件1第7行第4列`).
    """

    key: FactKey
    label: str
    old: str
    new: str
    where: str
    problem: str = ""
    level: Level = "ok"
    ticked: bool = True
    shown: str = ""
    """The new value as people call it, where that is not what is stored."""

    @property
    def told(self) -> str:
        """The new value for the eye."""
        if self.key.table == BLOCKS and self.new:
            return block_words(self.new)
        return with_named_blocks(self.shown or self.new)

    @property
    def told_before(self) -> str:
        """What the report shows there now, for the eye."""
        return with_named_blocks(self.old)


@dataclass(frozen=True, slots=True)
class PlanProblem:
    """Something in the file that no cell can show: where it is, and one sentence."""

    where: str
    message: str


@dataclass(frozen=True, slots=True)
class NewRow:
    """A row that an import adds: the facts that make it exist (place and name), wanted with any of its cells.

    `scope` is the project's, for a row of the project list: its own tables hang on it.
    """

    table: str
    row: str
    facts: tuple[tuple[FactKey, str], ...]
    scope: str = ""

    def holds(self, key: FactKey) -> bool:
        return (key.table, key.row) == (self.table, self.row) or (
            self.scope != "" and key.scope == self.scope
        )


class ReadLine(NamedTuple):
    """What a line of a report's file was read as; `number` counts the file's lines from 1. Of a table's lines the
    first stands for all."""

    number: int
    text: str
    kind: Literal["heading", "text", "block", "left_out"]
    level: int = 0
    """Of a heading, from 1."""
    why: str = ""
    """Why it is left out, in the clerk's words."""


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """The whole import. `agreed` counts the cells of the file that already say what the report says."""

    source: str
    unit_name: str | None
    year: int
    items: tuple[PlanItem, ...]
    problems: tuple[PlanProblem, ...]
    project_names: tuple[str, ...] = ()
    agreed: int = 0
    rows: tuple[NewRow, ...] = ()
    system: str = ""
    """The indicator system that the file names, for a report that is made for it; '' where it names none."""
    read_as: tuple[ReadLine, ...] = ()
    """Of a report's file: every line outside its forms, in order."""
    other_headings: bool = False
    """The report has headings of its own, and the file has others that could replace them."""

    @property
    def ticked(self) -> tuple[int, ...]:
        """Indices of the items that are ticked to begin with."""
        return tuple(index for index, item in enumerate(self.items) if item.ticked)

    def wanted(self, ticked: Collection[int] | None = None) -> list[tuple[FactKey, str | None]]:
        """What `edits.edit_from` needs for the ticked items (None: those ticked to begin with).

        New rows come with the first of their cells; of two items for one cell the later counts.
        """
        chosen = set(self.ticked if ticked is None else ticked)
        items = [item for index, item in enumerate(self.items) if index in chosen]
        keys = [item.key for item in items]
        new_rows = [fact for row in self.rows if any(map(row.holds, keys)) for fact in row.facts]
        return [*new_rows, *((item.key, item.new or None) for item in items)]


def in_lines(items: Sequence[PlanItem]) -> Iterator[str]:
    """The items for the console, sheet by sheet; the cells of one row stand on one line but for those with a problem.

    `[写入] B9 D9　公车购置：2022年决算数 空 → 0；2023年预算数 空 → 6`
    """
    for sheet, of_sheet in groupby(items, _sheet):
        cells = list(of_sheet)
        if sheet:
            yield f"  {sheet}（{len(cells)}处）"
        for _, of_row in groupby(enumerate(cells), lambda cell: _line_of(*cell)):
            line = [item for _, item in of_row]
            places = " ".join(dict.fromkeys(at.name for item in line if (at := cell_at(item.where))))
            places = places or line[0].where
            changes = "；".join(map(_change, line))
            problem = f"　{line[0].problem}" if line[0].problem else ""
            yield f"  [{'写入' if line[0].ticked else '不写'}] {places}　{_row_and_column(line[0])[0]}：{changes}{problem}"


def _sheet(item: PlanItem) -> str:
    at = cell_at(item.where)
    return at.sheet if at else ""


def _line_of(number: int, item: PlanItem) -> tuple[int, str, bool, int]:
    """What cells on one line have in common: the row in the file and in the report, and whether they are written.

    Of bare text every cell is a line of its own (`附件1（第81行）`): there the report's row alone decides.
    """
    at = cell_at(item.where)
    row = at.row if at else -1
    return row, _row_and_column(item)[0], item.ticked, number if item.problem else -1


def _row_and_column(item: PlanItem) -> tuple[str, str]:
    """`公车购置 · 2022年决算数`; of a row's own name, and of a form, there is no column."""
    row, dot, column = item.label.rpartition(" · ")
    return (row, column) if dot else (column, "")


def _change(item: PlanItem) -> str:
    column, old, new = _row_and_column(item)[1], brief(item.told_before), brief(item.told)
    return f"{column} {old or '空'} → {new or '空'}".lstrip()
