"""A stretch of text that is put in a second time: its tables and pictures become blocks of their own.

A block whose mark stands in two places would change in both when it is changed in one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from desktop.domain.keys import FactKey
from desktop.domain.text_blocks.marks import BLOCKS, PICTURE, TABLE, next_numbers, numbers_in, renumbered
from desktop.domain.text_blocks.picture import parse_picture
from desktop.domain.text_blocks.text_table import parse_table


def block_facts(stored: str, facts: Mapping[FactKey, str]) -> dict[FactKey, str]:
    """The tables and pictures of a text, without what stands for neither."""
    found: dict[FactKey, str] = {}
    for number in numbers_in(stored):
        for column in (TABLE, PICTURE):
            text = facts.get(FactKey(BLOCKS, number, column), "")
            if parse_table(text) if column == TABLE else parse_picture(text):
                found[FactKey(BLOCKS, number, column)] = text
    return found


def put_in_again(
    stored: str, brought: Mapping[FactKey, str], facts: Mapping[FactKey, str], standing: Collection[str]
) -> tuple[str, dict[FactKey, str]]:
    """The text as it goes in, and the facts to write with it.

    `brought` are the blocks as they were copied, `standing` the numbers whose marks stand in the report. One
    that was cut out, and is as it was, keeps its number.
    """
    numbers: dict[str, str] = {}
    added: dict[FactKey, str] = {}
    free = next_numbers(facts)
    for number in dict.fromkeys(numbers_in(stored)):
        content = {key.column: text for key, text in brought.items() if key.row == number}
        there = {column: facts.get(FactKey(BLOCKS, number, column), "") for column in (TABLE, PICTURE)}
        same = all(there[column] == content.get(column, "") for column in (TABLE, PICTURE))
        if not content or (same and number not in standing):
            continue
        numbers[number] = next(free)
        added |= {FactKey(BLOCKS, numbers[number], column): text for column, text in content.items()}
    return renumbered(stored, numbers), added


def standing_numbers(texts: Iterable[str]) -> set[str]:
    return {number for text in texts for number in numbers_in(text)}
