"""Cells of a form without table lines that something else in the file confirms; all others were guessed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from desktop.audit.auditing import proved_cells
from desktop.audit.forms_in_text.forms_in_text import AnnexReading
from desktop.audit.text.flat_text import Text
from desktop.domain import formula
from desktop.domain.assessment import Assessment
from desktop.domain.facts import PROJECTS, FactSheet
from desktop.domain.keys import FactKey
from desktop.domain.numbers import HUNDRED, half_unit, number_of, parse_amount
from desktop.domain.template import LABEL

_DIGIT = re.compile(r"\d")
"""`12`, `4月30日前`: a target that the points can be reckoned from; one of words is taken for reached whatever it is."""
_SHORTEST_WORDS = 2
"""Signs of a name: `县` is found in any text."""


def confirmed_cells(reading: AnnexReading, text: Text) -> set[FactKey]:
    """Keys of the reading: numbers in a sum or rate that holds, points that follow from target and outcome, names
    told twice. A row's name goes with any of its cells, for without it the row cannot be written.
    """
    assessment = reading.assessment()
    confirmed = proved_cells(reading, text)
    confirmed |= set(_by_formula(assessment.sheet))
    confirmed |= set(_by_points(reading, assessment))
    confirmed |= set(_told_twice(reading, text))
    rows = {(key.table, key.row) for key in confirmed}
    rows |= {(PROJECTS, f"item:{key.scope}") for key in confirmed if key.scope}
    return confirmed | {
        key for key in reading.facts if _is_name(reading, key) and (key.table, key.row) in rows
    }


def contradicted(sheet: FactSheet, key: FactKey) -> Decimal | None:
    """What a stated sum or rate should be by the numbers read; None where it is that, or nothing follows."""
    stated, computed = sheet.typed(key), sheet.computed(key) if sheet.formula(key) else None
    return None if stated is None or computed is None or _agree(sheet, key, stated, computed) else computed


def _by_formula(sheet: FactSheet) -> Iterator[FactKey]:
    """`95.16%` and the 59 and 62 it is made of; nought proves nothing, for so are the empty cells of a wrong row."""
    for key in sheet.facts:
        stated, computed = sheet.typed(key), sheet.computed(key) if sheet.formula(key) else None
        if stated and computed is not None and _agree(sheet, key, stated, computed):
            yield key
            yield from _operands(sheet, key)


def _agree(sheet: FactSheet, key: FactKey, stated: Decimal, computed: Decimal) -> bool:
    column = sheet.column(key)
    if column is None or column.kind != "percent":
        return sheet.within_rounding(key, stated, computed)
    shown = parse_amount(sheet.text(key))
    decimals = shown.decimals if shown is not None and shown.unit == "%" else 2
    return abs(stated - computed) * HUNDRED <= half_unit(decimals)


def _operands(sheet: FactSheet, key: FactKey) -> Iterator[FactKey]:
    """The cells of a formula that were read; of one that the form leaves out, those it is made of."""
    for name in formula.references(formula.parse(sheet.formula(key))):
        for cell in sheet.cells(key, name):
            if cell in sheet.facts:
                yield cell
            elif sheet.formula(cell):
                yield from _operands(sheet, cell)


def _by_points(reading: AnnexReading, assessment: Assessment) -> Iterator[FactKey]:
    """`≥12座 | 13座 | 15 | 15`: the points are those that the outcome earns, so each stands in its own cell."""
    scores = [assessment.score(assessment.form.id), *map(assessment.project, assessment.sheet.projects())]
    for score in (each for sheet in scores for each in sheet.indicators):
        target = reading.facts.get(score.key._replace(column="target"), "")
        stated = number_of(reading.facts.get(score.key, ""))
        if score.weight and stated is not None and stated == score.rule_points and _DIGIT.search(target):
            cells = ("operator", "target", "unit", "actual", "weight", "points")
            yield from (key for c in cells if (key := score.key._replace(column=c)) in reading.facts)


def _told_twice(reading: AnnexReading, text: Text) -> Iterator[FactKey]:
    """The unit's name in form and title, who filled in two forms, a project in 附件1 and 附件3."""
    for key in reading.facts:
        if key in reading.places and (_is_name(reading, key) or key.base in ("unit", PROJECTS)):
            words = text.flat[slice(*reading.places[key])]
            if len(words) >= _SHORTEST_WORDS and text.flat.count(words) > 1:
                yield key


def _is_name(reading: AnnexReading, key: FactKey) -> bool:
    """What a row that may stand there any number of times is called."""
    table = reading.templates.tables[key.base]
    return ":" in key.row and key.column == (LABEL if table.kind == "grid" else table.columns[0].id)
