"""Fields that stand for more than words: a table or picture between paragraphs, a footnote."""

from __future__ import annotations

from desktop.domain.assessment import Assessment
from desktop.domain.facts import FactSheet
from desktop.domain.fields.values import UnknownField, field, no_argument
from desktop.domain.keys import FactKey
from desktop.domain.text_blocks.marks import BLOCK, BLOCKS, NOTE, PICTURE, TABLE, note_shown
from desktop.domain.text_blocks.picture import Picture, parse_picture, stored_picture
from desktop.domain.text_blocks.text_table import TextTable, parse_table, stored_table


def block_at(sheet: FactSheet, number: str) -> TextTable | Picture | None:
    """The table or picture of a number; None where there is none, or what is stored is none."""
    table = parse_table(sheet.get(BLOCKS, number, TABLE))
    return table or parse_picture(sheet.get(BLOCKS, number, PICTURE))


def shown_block(block: TextTable | Picture) -> str:
    """`［表格 6行4列：项目、预算数］`: as it stands in the editor."""
    return f"［{'表格' if isinstance(block, TextTable) else '图片'} {block.caption}］"


def fact_of(block: TextTable | Picture, number: str) -> tuple[FactKey, str]:
    """Where a block is stored under a number, and as what."""
    if isinstance(block, Picture):
        return FactKey(BLOCKS, number, PICTURE), stored_picture(block)
    return FactKey(BLOCKS, number, TABLE), stored_table(block)


def blocks_of(sheet: FactSheet) -> dict[FactKey, str]:
    """All tables and pictures of a report: what is held against it may lack them, as a workbook lacks pictures."""
    return {key: text for key, text in sheet.facts.items() if key.table == BLOCKS}


def key_of_block(sheet: FactSheet, number: str) -> FactKey:
    """Where a block is stored."""
    table = FactKey(BLOCKS, number, TABLE)
    return table if table in sheet.facts else table._replace(column=PICTURE)


def stands_for_itself(name: str) -> bool:
    """Whether a field is a mark of these, which no data can contradict."""
    return name.partition(" ")[0] in (BLOCK, NOTE)


@field(BLOCK, "表格或图片")
def _block(assessment: Assessment, argument: str) -> str:
    """How it stands in the editor, on a line of its own."""
    block = block_at(assessment.sheet, argument)
    if block is None:
        raise UnknownField(argument)
    return shown_block(block)


@field(NOTE, "脚注")
def _note(assessment: Assessment, argument: str) -> str:
    """A footnote has its own words and no others."""
    no_argument(argument)
    return note_shown("")
