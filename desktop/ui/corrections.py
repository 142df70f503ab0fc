"""'改为 …': the changes that would put what a finding expects in its place; none where that is not sure."""

from __future__ import annotations

from desktop.audit.corrections import mended as words_mended
from desktop.audit.finding import Finding
from desktop.audit.narrative import Narrative
from desktop.audit.text_rules.overwritten import CODE as OVERWRITTEN
from desktop.domain.assessment import Assessment
from desktop.domain.facts import FactSheet
from desktop.domain.fields.fields import corrected, expanded
from desktop.domain.keys import FactKey
from desktop.ui.grid.clipboard import normalise, target_changes

Changes = list[tuple[FactKey, str | None]]
_OPERATORS = ("≥", "≤", "＝", "=", "＞", "＜", ">", "<")


def changes_for(finding: Finding, narrative: Narrative, assessment: Assessment) -> Changes:
    """Words of one section of the text, or one cell that somebody typed; [] where nobody can be sure."""
    if not finding.expected:
        return []
    return _words(finding, narrative, assessment) if finding.spans else _cell(finding, assessment.sheet)


def _words(finding: Finding, narrative: Narrative, assessment: Assessment) -> Changes:
    span = finding.spans[0]
    located = narrative.locate(span)
    if located is None or located[1].end - located[1].start != span.end - span.start:
        return []
    section, (start, end) = located
    key = FactKey("narrative", section, "text")
    stored, words = assessment.sheet.text(key), narrative.text[span.start : span.end]
    new = finding.expected if finding.code == OVERWRITTEN else words_mended(words, finding)
    if new is None or expanded(assessment, stored)[start:end] != words:  # changed since it was read
        return []
    text = corrected(assessment, stored, start, end, new)
    return [(key, text)] if text is not None else []


def _cell(finding: Finding, sheet: FactSheet) -> Changes:
    """The first cell, where the message says that it was filled in and what it should be."""
    if not finding.cells or finding.cells[0] not in sheet.facts:
        return []
    key = finding.cells[0]
    if key.column == "target" and finding.expected.startswith(_OPERATORS):
        operator = finding.expected in _OPERATORS
        return [(key._replace(column="operator"), finding.expected)] if operator else _target(finding, key)
    column = sheet.column(key)
    if column is None or "填" not in finding.message or f"为{finding.expected}" not in finding.message:
        return []
    new = normalise(column.kind, finding.expected)
    if new is None or new == sheet.facts[key]:
        return []
    computed = sheet.computed(key) if sheet.formula(key) else None
    if computed is not None and normalise(column.kind, sheet.show(computed, column.kind)) == new:
        return [(key, None)]  # the cell would compute just that
    return [(key, new)]


def _target(finding: Finding, key: FactKey) -> Changes:
    return list(target_changes(key, finding.expected))
