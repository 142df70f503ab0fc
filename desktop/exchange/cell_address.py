"""Addresses of cells as spreadsheets write them, and back."""

from __future__ import annotations

import re
from typing import NamedTuple

_IN_SHEET = re.compile(r"(.*)!(([A-Z]+)(\d+))", re.DOTALL)
"""`附件1!D7`"""
_IN_TEXT = re.compile(r"(.*)(第(\d+)行第(\d+)列)", re.DOTALL)
"""`附件3（2）第7行第4列`"""


class CellAt(NamedTuple):
    """A cell as it is told: sheet or form, row and column from 0, and its name within the sheet."""

    sheet: str
    row: int
    column: int
    name: str


def letters_of(col: int) -> str:
    """1 -> 'B', 26 -> 'AA'; columns count from 0."""
    letters, col = "", col + 1
    while col:
        col, rest = divmod(col - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_of(letters: str) -> int:
    """'B' -> 1."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def address_of(row: int, col: int) -> str:
    """(6, 1) -> 'B7'; both count from 0."""
    return f"{letters_of(col)}{row + 1}"


def in_sheet(sheet: str, row: int, col: int) -> str:
    """('附件1', 6, 3) -> '附件1!D7': as spreadsheets name it."""
    return f"{sheet}!{address_of(row, col)}"


def in_text(form: str, row: int, col: int) -> str:
    """('附件3', 6, 3) -> '附件3第7行第4列': tables of Word, PDF and web pages have no letters above their columns."""
    return f"{form}第{row + 1}行第{col + 1}列"


def cell_at(where: str) -> CellAt | None:
    """What `in_sheet` or `in_text` has told; None for any other words."""
    found = _IN_SHEET.fullmatch(where)
    if found:
        return CellAt(found[1], int(found[4]) - 1, column_of(found[3]), found[2])
    found = _IN_TEXT.fullmatch(where)
    return CellAt(found[1], int(found[3]) - 1, int(found[4]) - 1, found[2]) if found else None
