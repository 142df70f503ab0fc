"""Texts of an import with tables and pictures in them: the blocks get their numbers in the report and come along."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from desktop.domain.assessment import Assessment
from desktop.domain.fields.block_fields import fact_of
from desktop.domain.fields.fields import expanded
from desktop.domain.keys import FactKey
from desktop.domain.outline.outline import NARRATIVE
from desktop.domain.text_blocks.in_words import changed_cells
from desktop.domain.text_blocks.marks import BLOCKS, TABLE, next_numbers, numbers_in, renumbered
from desktop.exchange.import_plan import NewRow, PlanItem
from desktop.exchange.import_report.file_body.blocks_of_file import Block
from desktop.exchange.import_report.sections import printed_lines


def with_blocks(
    items: Sequence[PlanItem], blocks: Mapping[str, Block], assessment: Assessment
) -> tuple[list[PlanItem], list[NewRow], int]:
    """The items as they are stored, the facts of their blocks as rows, and how many say what is there already.

    A block that the report has already keeps its number, so that a file read again changes nothing; so does one
    whose number is free here, so that a package is what it was.
    """
    facts = assessment.sheet.facts
    known = {text: key.row for key, text in facts.items() if key.table == BLOCKS}
    taken = {key.row for key in facts if key.table == BLOCKS}
    changed, rows, agreed = list[PlanItem](), list[NewRow](), 0
    for item in items:
        used = numbers_in(item.new) if item.key.table == NARRATIVE else []
        if not any(number in blocks for number in used):
            changed.append(item)
            continue
        numbers, added = dict[str, str](), list[tuple[FactKey, str]]()
        for number, block in ((n, blocks[n]) for n in used if n in blocks):
            key, text = fact_of(block, "")
            numbers[number] = known.pop(text, "") or _free(number, taken)
            taken.add(numbers[number])
            if facts.get(key._replace(row=numbers[number])) != text:
                added.append((key._replace(row=numbers[number]), text))
        stored, before = renumbered(item.new, numbers), facts.get(item.key, "")
        shown = expanded(_with(assessment, added), stored)
        if not added and (stored == before or printed_lines(shown) == printed_lines(item.old)):
            agreed += 1
            continue
        cells = _changed_cells(before, stored, {**facts, **dict(added)})
        problem = "；".join(filter(None, (item.problem, cells)))
        level = "note" if cells and item.level == "ok" else item.level
        changed.append(replace(item, new=stored, shown=shown, problem=problem, level=level))
        rows.append(NewRow(NARRATIVE, item.key.row, tuple(added)))
    return changed, rows, agreed


def _changed_cells(before: str, after: str, facts: Mapping[FactKey, str]) -> str:
    """`表格第3行第2列：10.00 → 11.00`: both texts show their tables by shape and head alone."""
    pairs = zip(numbers_in(before), numbers_in(after), strict=False)
    tables = (tuple(facts.get(FactKey(BLOCKS, number, TABLE), "") for number in pair) for pair in pairs)
    told = [cell for old, new in tables if old != new for cell in changed_cells(old, new)]
    return f"表格{'；'.join(told)}" if told else ""


def _free(number: str, taken: Collection[str]) -> str:
    """The number itself, or the first above all that the report has."""
    return number if number not in taken else next(next_numbers(FactKey(BLOCKS, row, "") for row in taken))


def _with(assessment: Assessment, added: Sequence[tuple[FactKey, str]]) -> Assessment:
    sheet = assessment.sheet
    return Assessment(sheet.templates, {**sheet.facts, **dict(added)}, sheet.year, assessment.system.id)
