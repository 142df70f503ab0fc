"""R22, R23: words that fill themselves from the tables: overwritten and no longer true, or without data."""

from __future__ import annotations

import re
from collections.abc import Iterator

from desktop.audit.finding import CHECK, ERROR, Finding, Span
from desktop.audit.narrative import Narrative, narrative_of
from desktop.audit.text.reading import Reading
from desktop.audit.text_audit import check
from desktop.domain.assessment import Assessment
from desktop.domain.fields.fields import (
    Disagreement,
    agreements,
    disagreements,
    label_of,
    live_again,
    unfilled,
)
from desktop.domain.fields.values import cells_of
from desktop.domain.keys import FactKey
from desktop.domain.outline.outline import NARRATIVE

CODE = "R22"
_DIGIT = re.compile(r"\d")
"""A number is right or wrong (错误); other words (`主要是…`) may have been changed on purpose (核实)."""
_OTHER_NUMBER = re.compile(r"[\d.,亿元]")
"""What was typed behind a field's `12.5` and makes another number of it: a digit, `元` for 万元."""
_SHOWN = 24
"""Characters of a reason in a message; the whole of it stands in the text."""


@check(CODE, "改写处与数据不符")
def overwritten(reading: Reading) -> Iterator[Finding]:
    """An overwritten field whose numbers, or words, are no longer those of its cells.

    Silent where the cells are empty, where numbers agree at the digits shown, and on a text that is not the
    report's own.
    """
    assessment = reading.assessment
    if assessment is None:
        return
    _note_agreements(reading, assessment)
    for span, _, disagreement in _disagreements(reading, assessment):
        level = ERROR if _DIGIT.search(disagreement.current) else CHECK
        label = label_of(assessment, disagreement.field)
        current = _short(disagreement.current)
        message = f"“{label}”现在是{current}，文中改写为{_short(disagreement.shown)}，应为{current}"
        yield Finding(CODE, level, message, (span,), expected=disagreement.current)


def _note_agreements(reading: Reading, assessment: Assessment) -> None:
    """Numbers that the tables write are those of their cells, so far as no unit behind them makes another amount."""
    for narrative, section, stored in _stored(reading, assessment):
        for first, last, name in agreements(assessment, stored):
            span = narrative.span_of(section, first, last)
            if span is None:
                continue
            begin, end = reading.text.stretch(span)
            cells = cells_of(assessment, name)
            for quantity in reading.quantities_between(begin, end):
                typed = reading.text.flat[end : quantity.end]  # the unit, or more
                if not _OTHER_NUMBER.match(typed):
                    reading.holds(CODE, quantity, cells=cells)


def with_live_numbers(reading: Reading) -> Assessment | None:
    """The report with its wrongly overwritten numbers live again; None where there are none such."""
    assessment = reading.assessment
    sections = (
        {section for _, section, d in _disagreements(reading, assessment) if _DIGIT.search(d.current)}
        if assessment
        else ()
    )
    if assessment is None or not sections:
        return None
    facts = dict(assessment.sheet.facts)
    for section in sections:
        key = FactKey(NARRATIVE, section, "text")
        facts[key] = live_again(assessment, facts[key], lambda current: bool(_DIGIT.search(current)))
    return Assessment(assessment.sheet.templates, facts, assessment.sheet.year, assessment.system.id)


def _disagreements(reading: Reading, assessment: Assessment) -> Iterator[tuple[Span, str, Disagreement]]:
    """Each with its place in the text and its section."""
    for narrative, section, stored in _stored(reading, assessment):
        for disagreement in disagreements(assessment, stored):
            span = narrative.span_of(section, disagreement.start, disagreement.end)
            if span is not None:
                yield span, section, disagreement


def _stored(reading: Reading, assessment: Assessment) -> Iterator[tuple[Narrative, str, str]]:
    """The sections in which fields stand, as they are stored, each with the whole it is part of."""
    facts = assessment.sheet.facts.items()
    stored = {key.row: text for key, text in facts if key.table == "narrative" and "⟦" in text}
    narrative = narrative_of(assessment) if stored else None
    if narrative is not None and narrative.text == reading.text.raw:
        yield from (
            (narrative, section, stored[section]) for section, _ in narrative.shown if section in stored
        )


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= _SHOWN else f"{words[:_SHOWN]}…"


@check("R23", "引用的数据还没有填")
def without_data(reading: Reading) -> Iterator[Finding]:
    """`〔未填：…〕` in the text: what a field stands for has not been filled in."""
    for start, end, what in unfilled(reading.text.raw):
        message = f"{what}还没有填写，填好后这里会自动显示"
        yield Finding("R23", ERROR, message, (Span(start, end),))
