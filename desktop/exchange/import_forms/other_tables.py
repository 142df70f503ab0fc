"""Reads any other table of the templates by title, heads and row labels: classes, carry-over, unit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from desktop.domain.keys import FactKey
from desktop.domain.labels import after_label, is_residue, plain
from desktop.domain.template import THIS, Row, Table
from desktop.exchange.import_forms.collected import CollectedCells
from desktop.exchange.import_forms.form_reader import (
    SUM_LABELS,
    UNIT_LABELS,
    ColumnHead,
    FormReader,
    numbers_in,
)
from desktop.exchange.import_forms.sheet_regions import Line, Place, Region

_UNIT = "unit"
_PARTS_OF_ANNEX1 = ("three_public", "base", "buildings", "staff")
"""Tables whose titles are also labels inside 附件1."""
_ENOUGH = 3
"""Known labels that make a table known: two may stand in any list by chance."""
_TITLE_POINTS, _LABEL_TITLE_POINTS = 4, 3
"""A table's title, or the head of its column of names, counts as much as so many known rows: a table whose
rows are all the unit's own, such as 功能分类, is known by them alone."""


def titles(tables: Sequence[Table]) -> list[str]:
    """The plain titles at which a table of its own may begin."""
    return [plain(t.title) for t in tables if _has_fixed_rows(t) and t.id not in _PARTS_OF_ANNEX1]


def _has_fixed_rows(table: Table) -> bool:
    return table.kind == "grid" and table.per == "unit" and not table.free_rows


def read_table(collected: CollectedCells, region: Region) -> bool:
    """Read the region if it is a known table; False if it is not."""
    return _Tables(collected, region).read()


@dataclass(frozen=True, slots=True)
class _TableMatch:
    table: Table
    heads: list[ColumnHead]
    start: int
    score: int


class _Tables(FormReader):
    def read(self) -> bool:
        unit_labels = sum(
            bool(line.texts) and self._unit_column(line.texts[0]) is not None for line in self.lines
        )
        match = max(self._matches(), key=lambda m: m.score, default=None)
        if match is not None and match.score >= max(_ENOUGH, unit_labels):
            self._rows(match)
            return True
        if unit_labels >= _ENOUGH:
            self._form()
            return True
        return False

    # -- 单位信息 ------------------------------------------------------------------------------------------

    def _unit_column(self, place: Place) -> str | None:
        label = self.plain(after_label(place.text)[0])
        return "name" if label in UNIT_LABELS else self.collected.columns_of(_UNIT).get(label)

    def _form(self) -> None:
        for line in self.lines:
            for place in line.texts:
                column = self._unit_column(place)
                value, where = (
                    self.value_beside(line, place, self.collected.columns_of(_UNIT)) if column else ("", "")
                )
                if column and value:
                    self.collected.add_text(FactKey(_UNIT, THIS, column), value, where)

    # -- grids ---------------------------------------------------------------------------------------------

    def _matches(self) -> Iterator[_TableMatch]:
        for table in self.collected.templates.tables.values():
            if not _has_fixed_rows(table):
                continue
            columns, rows = self.collected.columns_of(table.id), self.collected.rows_of(table.id)
            for start, line in enumerate(self.lines):
                heads = self.heads(line, columns, min(2, len(columns)))
                if not heads:
                    continue
                body = self.lines[start + 1 :]
                hits = sum(any(self.plain(p.text) in rows for p in later.texts) for later in body)
                above = {self.plain(p.text) for earlier in self.lines[: start + 1] for p in earlier.texts}
                title = plain(table.title) in above
                # 项目 heads the names of many tables and tells none from another.
                label_title = table.label_title != "项目" and plain(table.label_title) in above
                score = hits + _TITLE_POINTS * title + _LABEL_TITLE_POINTS * label_title
                yield _TableMatch(table, heads, start, score)
                break

    def _rows(self, match: _TableMatch) -> None:
        table, columns = match.table, self.collected.columns_of(match.table.id)
        heads = [head for head in match.heads if head.label in columns]
        group = table.rows[0] if table.rows[0].open else None
        for line in self.lines[match.start + 1 :]:
            name = self._name(line, heads[0])
            row = self._row(table, name.text) if name is not None else None
            if row is not None:
                group = row if row.open else (group if row.id == "total" else None)
                if not row.open or row.formula:
                    self.put_numbers(table.id, row.id, columns, heads, line)
            elif name is not None and group is not None and not is_residue(name.text):
                item = self.collected.row_for(table.id, group.id, " ".join(name.text.split()), line)
                self.put_numbers(table.id, item, columns, heads, line)
            elif any(numbers_in(line)):
                self.list_unknown(line, name.text if name is not None else "没有行名的数")

    def _name(self, line: Line, first: ColumnHead) -> Place | None:
        """The words next to the figures."""
        return next((p for p in reversed(line.texts) if p.first < first.place.first), None)

    def _row(self, table: Table, text: str) -> Row | None:
        label = self.plain(text)
        known = self.collected.rows_of(table.id).get(label)
        if known is None and label in SUM_LABELS:
            known = next((row.id for row in table.rows if row.id == "total"), None)
        return table.row(known) if known else None
