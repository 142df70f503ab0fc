"""The forms of a report's file: by their cells where tables, tabs or strokes tell them, else out of bare lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from desktop.audit.forms_in_text.forms_in_text import AnnexReading, read_annexes
from desktop.audit.forms_in_text.regions import Region, annex_regions
from desktop.audit.text.flat_text import Text
from desktop.domain.facts import FactSheet
from desktop.domain.keys import UNIT_NAME, FactKey
from desktop.domain.labels import is_residue
from desktop.domain.template import LABEL, ORDER
from desktop.exchange.import_forms.collected import CollectedCells
from desktop.exchange.import_forms.forms_as_cells import collect_forms_in_text
from desktop.exchange.import_forms.grids_in_report import FormGrid, grids_of_forms
from desktop.exchange.import_forms.workbook_import import collect_grids
from desktop.exchange.read_text.lines import DocumentLine

_DASHES = "-—–－."
"""What is written into a cell that stays empty."""


def collect_forms(collected: CollectedCells, lines: Sequence[DocumentLine], text: Text, year: int) -> None:
    """Add every cell of the forms in a report; `text` is made of the lines, `year` the one it speaks of."""
    forms = grids_of_forms(lines, text, annex_regions(text))
    collect_grids(collected, [form.grid for form in forms.values() if form is not None], year)
    _collect_bare(collected, text, year, forms)


def _collect_bare(
    collected: CollectedCells, text: Text, year: int, forms: Mapping[Region, FormGrid | None]
) -> AnnexReading | None:
    bare = [region for region, form in forms.items() if form is None]
    reading = read_annexes(text, collected.templates, year, bare)
    return collect_forms_in_text(collected, reading, text) if reading is not None else None


def read_by_cells(lines: Sequence[DocumentLine], text: Text, reading: AnnexReading) -> AnnexReading:
    """What the forms say where their cells stand, for the audit; the reading as it is where all are bare lines."""
    grids = grids_of_forms(lines, text, reading.regions)
    forms = [form for form in grids.values() if form is not None]
    if not forms:
        return reading
    sheet = FactSheet(reading.templates, {}, reading.year)
    collected = CollectedCells(sheet, reading.year, sheet.templates.form_system())
    collect_grids(collected, [form.grid for form in forms], reading.year)
    of_grids = _of_grids(reading, collected, forms, text)
    bare = _collect_bare(collected, text, reading.year, grids)
    if bare is None:
        return of_grids
    return replace(
        of_grids,
        facts={**bare.facts, **of_grids.facts},
        places={**bare.places, **of_grids.places},
        as_printed={**bare.as_printed, **of_grids.as_printed},
        stated={**bare.stated, **of_grids.stated},
        unread=(*of_grids.unread, *bare.unread),
        residue=(*of_grids.residue, *bare.residue),
        scopes=tuple(row.scope for row in collected.new_rows.values() if row.scope),
        unit_name=of_grids.unit_name or bare.unit_name,
        has_grid=False,
    )


def _of_grids(
    reading: AnnexReading, collected: CollectedCells, forms: Sequence[FormGrid], text: Text
) -> AnnexReading:
    at = {address: place for form in forms for address, place in form.places.items()}
    values = collected.noughts | collected.stated | collected.points | collected.values
    where = collected.left_empty | {key: value.where for key, value in values.items()}
    places = {key: at[address] for key, address in where.items() if address in at}
    as_printed = {
        key: "".join(text.flat[slice(*places[key])]) for key in places if key.column in ("target", "actual")
    }
    rows = {key: words for row in collected.new_rows.values() for key, words in row.facts}
    stated = {
        (total.scope, f"{total.column}:{total.block}" if total.block else total.column): total
        for total in reversed(collected.totals)
    }
    facts = rows | {key: _as_written(reading, key, value.text, places, text) for key, value in values.items()}
    return replace(
        reading,
        facts=facts,
        places=places,
        as_printed=as_printed,
        stated={what: (total.value, at[total.where]) for what, total in stated.items()},
        unread=tuple(at[problem.where] for problem in collected.problems if problem.where in at),
        residue=tuple(place for place in at.values() if _is_left_over(text.flat[slice(*place)])),
        scopes=tuple(row.scope for row in collected.new_rows.values() if row.scope),
        unit_name=facts.get(UNIT_NAME, ""),
        has_grid=True,
    )


def _is_left_over(words: str) -> bool:
    """`……`, `（此行可增加）`; a dash says that a cell has nothing."""
    return is_residue(words) and words.strip(_DASHES) != ""


def _as_written(
    reading: AnnexReading, key: FactKey, stored: str, places: Mapping[FactKey, tuple[int, int]], text: Text
) -> str:
    """A percentage as it is printed: `95.16%` and `0.9516` are told apart by whoever reads the cell."""
    if key.column in (LABEL, ORDER) or key not in places:
        return stored
    column = reading.templates.tables[key.base].column(key.column)
    return text.flat[slice(*places[key])] if column.kind == "percent" else stored
