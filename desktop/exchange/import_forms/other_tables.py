"""Reads any other table of the templates by title, heads and row labels: classes, carry-over, unit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from desktop.domain.keys import FactKey
from desktop.domain.labels import after_label, is_residue, plain
from desktop.domain.template import THIS, Row, Table
from desktop.exchange.import_forms.collected import Intake
from desktop.exchange.import_forms.form_reader import SUMS, UNIT_LABELS, FormReader, Head, numbers_in
from desktop.exchange.import_forms.regions import Line, Place, Region

_UNIT = "unit"
_ELSEWHERE = ("three_public", "base", "buildings", "staff")
"""Titles that are also labels inside 附件1."""


def titles(tables: Sequence[Table]) -> list[str]:
    """The plain titles at which a table of its own may begin."""
    return [plain(t.title) for t in tables if _readable(t) and t.id not in _ELSEWHERE]


def _readable(table: Table) -> bool:
    return table.kind == "grid" and table.per == "unit" and not table.free_rows


def read_table(intake: Intake, region: Region) -> bool:
    """Read the region if it is a known table; False if it is not."""
    return _Tables(intake, region).read()


@dataclass(frozen=True, slots=True)
class _Match:
    table: Table
    heads: list[Head]
    start: int
    score: int


class _Tables(FormReader):
    def read(self) -> bool:
        fields = self._fields()
        match = max(self._matches(), key=lambda m: m.score, default=None)
        if match is not None and match.score >= max(3, fields):
            self._rows(match)
            return True
        if fields >= 3:
            self._form()
            return True
        return False

    # -- 单位信息 ------------------------------------------------------------------------------------------

    def _unit_column(self, place: Place) -> str | None:
        label = self.plain(after_label(place.text)[0])
        return "name" if label in UNIT_LABELS else self.intake.columns_of(_UNIT).get(label)

    def _fields(self) -> int:
        return sum(bool(line.texts) and self._unit_column(line.texts[0]) is not None for line in self.lines)

    def _form(self) -> None:
        for line in self.lines:
            for place in line.texts:
                column = self._unit_column(place)
                value, where = (
                    self.value_beside(line, place, self.intake.columns_of(_UNIT)) if column else ("", "")
                )
                if column and value:
                    self.intake.text(FactKey(_UNIT, THIS, column), value, where)

    # -- grids ---------------------------------------------------------------------------------------------

    def _matches(self) -> Iterator[_Match]:
        for table in self.intake.templates.tables.values():
            if not _readable(table):
                continue
            columns, rows = self.intake.columns_of(table.id), self.intake.rows_of(table.id)
            for start, line in enumerate(self.lines):
                heads = self.heads(line, columns, min(2, len(columns)))
                if not heads:
                    continue
                body = self.lines[start + 1 :]
                hits = sum(any(self.plain(p.text) in rows for p in later.texts) for later in body)
                said = {self.plain(p.text) for earlier in self.lines[: start + 1] for p in earlier.texts}
                title = plain(table.title) in said
                named = table.label_title != "项目" and plain(table.label_title) in said
                yield _Match(table, heads, start, hits + 4 * title + 3 * named)
                break

    def _rows(self, match: _Match) -> None:
        table, columns = match.table, self.intake.columns_of(match.table.id)
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
                text = " ".join(name.text.split())
                self.put_numbers(table.id, self._item(table, group, text, line), columns, heads, line)
            elif any(numbers_in(line)):
                self.unknown(line, name.text if name is not None else "没有行名的数")

    def _item(self, table: Table, group: Row, name: str, line: Line) -> str:
        return self.intake.row_for(table.id, group.id, name, line)

    def _name(self, line: Line, first: Head) -> Place | None:
        """The words next to the figures."""
        return next((p for p in reversed(line.texts) if p.first < first.place.first), None)

    def _row(self, table: Table, text: str) -> Row | None:
        label = self.plain(text)
        found = self.intake.rows_of(table.id).get(label)
        if found is None and label in SUMS:
            found = next((row.id for row in table.rows if row.id == "total"), None)
        return table.row(found) if found else None
