"""The marks by which tables, pictures and footnotes stand in a section's stored text.

`⟦block 3⟧` stands for the table or picture of that number (facts of the table `blocks`), on a line of its own;
`⟦note=〔注：按决算口径〕⟧` is a footnote behind the words before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from desktop.domain.keys import FactKey

BLOCKS = "blocks"
TABLE, PICTURE = "table", "picture"
BLOCK, NOTE = "block", "note"
"""The first words of the two fields."""
PLAIN_BRACKETS = str.maketrans("⟦⟧", "〔〕")
"""In a text from outside, brackets are signs and no marks."""
BLOCK_MARK = re.compile(r"⟦block (\d{1,6})(?:=[^⟦⟧]*)?⟧")
NOTE_MARK = re.compile(r"⟦note=([^⟦⟧]*)⟧")
_NOTE_WORDS = re.compile(r"〔注[:：]?(.*)〕", re.DOTALL)


def block_mark(number: str) -> str:
    return f"⟦{BLOCK} {number}⟧"


def note_mark(words: str) -> str:
    """Brackets of fields cannot stand in one."""
    return f"⟦{NOTE}={note_shown(words.translate(str.maketrans('⟦⟧', '［］')))}⟧"


def note_shown(words: str) -> str:
    """As a footnote stands in the editor, behind the words it belongs to."""
    return f"〔注：{words}〕"


def note_words(shown: str) -> str:
    """The footnote's own words; all of it, where the clerk has deleted a bracket."""
    match = _NOTE_WORDS.fullmatch(shown.strip())
    return (match[1] if match else shown).strip()


def block_number(field: str) -> str:
    """`block 3` -> `3`; '' for any other field."""
    word, _, number = field.partition(" ")
    return number if word == BLOCK else ""


def numbers_in(stored: str) -> list[str]:
    """The blocks whose marks stand in a text, in order."""
    return BLOCK_MARK.findall(stored) if "⟦" in stored else []


def renumbered(stored: str, numbers: Mapping[str, str]) -> str:
    """The text with other numbers in the marks of its blocks."""
    return BLOCK_MARK.sub(lambda mark: block_mark(numbers.get(mark[1], mark[1])), stored)


def next_numbers(facts: Iterable[FactKey]) -> Iterator[str]:
    """Numbers that no block of the report has, also none whose mark was deleted: undo may bring it back."""
    used = (int(key.row) for key in facts if key.table == BLOCKS and key.row.isdecimal() and len(key.row) < 7)
    number = max(used, default=0)
    while True:
        number += 1
        yield str(number)


def facts_of_blocks(stored: str, facts: Mapping[FactKey, str]) -> dict[FactKey, str]:
    """What the marks of a text stand for: it goes wherever the text goes."""
    keys = (FactKey(BLOCKS, number, column) for number in numbers_in(stored) for column in (TABLE, PICTURE))
    return {key: facts[key] for key in keys if key in facts}
