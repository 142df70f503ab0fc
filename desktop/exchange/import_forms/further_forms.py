"""Reads 附件4 and whatever forms an edition has beyond 附件1 to 3, by the labels of their layouts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from desktop.domain.all_templates import Templates
from desktop.domain.forms.edition import FormEdition
from desktop.domain.forms.form_labels import FormLabels, labels_of
from desktop.domain.forms.printed_form import PrintedForm
from desktop.domain.keys import FactKey
from desktop.domain.labels import ANNEX1, ANNEX2, ANNEX3, is_residue, plain
from desktop.domain.template import THIS, fill
from desktop.exchange.import_forms.collected import CollectedCells
from desktop.exchange.import_forms.form_reader import ColumnHead, FormReader
from desktop.exchange.import_forms.other_tables import read_table
from desktop.exchange.import_forms.sheet_regions import Line, Region

_YEAR = re.compile(r"(?:19|20)\d{2}年度?")
_LINES_ABOVE_TITLE = 4
"""The title of a form stands among its first lines, below its mark `附件4`."""


def further_forms(edition: FormEdition) -> list[PrintedForm]:
    """Forms that have no reader of their own."""
    return [form for form in edition.printed if form.mark not in (ANNEX1, ANNEX2, ANNEX3)]


def form_titles(templates: Templates, year: int) -> Iterator[str]:
    """The plain titles at which such a form may begin."""
    for form in further_forms(templates.edition):
        yield plain(fill(form.title, year))


def read_further_form(collected: CollectedCells, region: Region) -> bool:
    """Read the region if it is such a form, or else a table of the templates; False if it is neither."""
    labels = _labels(collected, region)
    if labels is None:
        return read_table(collected, region)
    _FurtherForm(collected, region).read(labels)
    return True


def _labels(collected: CollectedCells, region: Region) -> FormLabels | None:
    """Those of the form, or of the table with an `annex`, whose title stands above."""
    templates, year = collected.templates, collected.year

    def titled(title: str) -> bool:
        words = without_year(fill(title, 2000, collected.sheet.level))
        return any(without_year(line.text) == words for line in region.lines[:_LINES_ABOVE_TITLE])

    form = next((form for form in further_forms(templates.edition) if titled(form.title)), None)
    if form is not None:
        return labels_of(templates, year)[form.id]
    table = next((t for t in templates.tables.values() if t.annex and titled(t.annex)), None)
    if table is None:
        return None
    columns = collected.columns_of(table.id)
    if table.kind == "form":
        return FormLabels(
            {}, {label: FactKey(table.id, THIS, c) for label, c in columns.items()}, frozenset()
        )
    return FormLabels({table.id: columns}, {}, frozenset())


def without_year(title: str) -> str:
    """`2024年度资产出租收入表` -> `资产出租收入表`: a form of whatever year."""
    return _YEAR.sub("", "".join(title.split()))


class _FurtherForm(FormReader):
    """Labels with a cell beside them, and tables below heads; several tables one below the other."""

    def read(self, labels: FormLabels) -> None:
        table, heads, group = "", list[ColumnHead](), ""
        for line in self.lines:
            if self.unit_name(line) or self.signature(line):
                continue
            for name, columns in labels.heads.items():
                found = self.heads(line, columns, min(2, len(columns)))
                if found:
                    table, group = name, ""
                    heads = [head for head in found if head.label in self.collected.columns_of(name)]
                    break
            else:
                if not self.labelled_by(labels.beside, line) and heads:
                    group = self.row(table, heads, line, group)

    def row(self, table: str, heads: list[ColumnHead], line: Line, group: str) -> str:
        """A row of the table, or one that was added below the heading of an open group; the group it stands in."""
        name = next((p for p in reversed(line.texts) if p.first < heads[0].place.first), None)
        if name is None or is_residue(name.text):
            return group
        columns = self.collected.columns_of(table)
        template = self.collected.templates.tables[table]
        row = self.collected.rows_of(table).get(self.plain(name.text))
        if row is not None:
            self.put_numbers(table, row, columns, heads, line)
            return row if template.row(row).open else ""
        if group:
            item = self.collected.row_for(table, group, " ".join(name.text.split()), line)
            self.put_numbers(table, item, columns, heads, line)
        else:
            self.list_unknown(line, name.text)
        return group
