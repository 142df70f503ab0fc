"""Annexes that only a template's `annex` knows: where they stand in a report's text, which is none of its body."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from desktop.audit.forms_in_text.regions import Region
from desktop.audit.text.flat_text import Text
from desktop.domain.all_templates import Templates
from desktop.domain.template import fill
from desktop.exchange.import_forms.collected import CollectedCells
from desktop.exchange.import_forms.further_forms import further_forms, without_year
from desktop.exchange.import_forms.grids_in_report import grids_of_forms
from desktop.exchange.import_forms.workbook_import import collect_grids
from desktop.exchange.read_text.lines import DocumentLine

_MARK = re.compile(r"附件\d{1,2}$")
_LAST_LINE = re.compile(r"填[报表](?:日期|时间|人)")
"""`填表人：张三`, `填报日期：2024年4月2日`: the signatures of a form, whatever it has of them."""


class OwnAnnex(NamedTuple):
    """A stretch of `Text.flat`, from its mark `附件4` to the signatures."""

    title: str
    region: Region


def own_annexes(text: Text, templates: Templates, level: str) -> list[OwnAnnex]:
    """Of whatever year. One without its mark, its whole title or its signatures is left in the text."""
    named = [table.annex for table in templates.tables.values() if table.annex]
    named += [form.title for edition in templates.editions.values() for form in further_forms(edition)]
    titles = {without_year(fill(title, 2000, level)) for title in named}
    if not titles:
        return []
    said = [text.flat[start:end] for start, end in text.lines]
    found = []
    for at, (mark, title) in enumerate(pairwise(said)):
        if _MARK.match(mark) and without_year(title) in titles:
            last = next((n for n in range(at + 2, len(said)) if _LAST_LINE.search(said[n])), None)
            if last is not None:
                (start, _), (_, end), (_, body) = text.lines[at], text.lines[last], text.lines[at + 1]
                found.append(OwnAnnex(title, Region(mark, start, end, body, None)))
    return found


def collect_further(
    collected: CollectedCells, lines: Sequence[DocumentLine], text: Text, annexes: Sequence[OwnAnnex]
) -> list[OwnAnnex]:
    """Add every cell of those that stand in tables; the others, of which only words are left."""
    grids = grids_of_forms(lines, text, [annex.region for annex in annexes])
    collect_grids(collected, [form.grid for form in grids.values() if form is not None])
    return [annex for annex in annexes if grids[annex.region] is None]
