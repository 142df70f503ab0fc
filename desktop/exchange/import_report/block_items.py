"""Texts of an import with tables and pictures in them: the blocks get their numbers in the report and come along."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from desktop.domain.assessment import Assessment
from desktop.domain.fields.block_fields import fact_of
from desktop.domain.fields.fields import expanded
from desktop.domain.keys import FactKey
from desktop.domain.outline.outline import NARRATIVE
from desktop.domain.text_blocks.marks import BLOCKS, next_numbers, numbers_in, renumbered
from desktop.exchange.import_plan import NewRow, PlanItem
from desktop.exchange.import_report.file_body.blocks_of_file import Block
from desktop.exchange.import_report.sections import printed_lines


def with_blocks(
    items: Sequence[PlanItem], blocks: Mapping[str, Block], assessment: Assessment
) -> tuple[list[PlanItem], list[NewRow], int]:
    """The items as they are stored, the facts of their blocks as rows, and how many say what is there already.

    A block that the report has already keeps its number, so that a file read again changes nothing.
    """
    facts = assessment.sheet.facts
    known = {text: key.row for key, text in facts.items() if key.table == BLOCKS}
    free = next_numbers(facts)
    changed, rows, agreed = list[PlanItem](), list[NewRow](), 0
    for item in items:
        used = numbers_in(item.new) if item.key.table == NARRATIVE else []
        if not any(number in blocks for number in used):
            changed.append(item)
            continue
        numbers, added = dict[str, str](), list[tuple[FactKey, str]]()
        for number, block in ((n, blocks[n]) for n in used if n in blocks):
            key, text = fact_of(block, "")
            numbers[number] = known.pop(text, "") or next(free)
            if facts.get(key._replace(row=numbers[number])) != text:
                added.append((key._replace(row=numbers[number]), text))
        stored = renumbered(item.new, numbers)
        shown = expanded(_with(assessment, added), stored)
        if not added and printed_lines(shown) == printed_lines(item.old):
            agreed += 1
            continue
        changed.append(replace(item, new=stored, shown=shown))
        rows.append(NewRow(NARRATIVE, item.key.row, tuple(added)))
    return changed, rows, agreed


def _with(assessment: Assessment, added: Sequence[tuple[FactKey, str]]) -> Assessment:
    sheet = assessment.sheet
    return Assessment(sheet.templates, {**sheet.facts, **dict(added)}, sheet.year, assessment.system.id)
