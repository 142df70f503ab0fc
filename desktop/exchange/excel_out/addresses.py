"""Addresses, and names and texts that Excel accepts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from desktop.exchange.cell_address import address_of

MAX_TEXT = 32_767
"""Characters (UTF-16) that an Excel cell holds."""
MARKER, COMPUTED = "ziping", "ziping_computed"
"""Sheets that only the program reads."""
_ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""All that XML 1.0 does not allow: control characters of old programs, lone surrogates."""
_LONGEST_NAME = 31
"""UTF-16 units of a sheet's name; Excel takes no more."""


@dataclass(frozen=True, slots=True)
class Place:
    """One cell of one sheet; rows and columns count from 1."""

    sheet: str
    row: int
    col: int

    @property
    def address(self) -> str:
        """`附件1!C7`."""
        return f"{self.sheet}!{address_of(self.row - 1, self.col - 1)}"

    def just_above(self, other: Place) -> bool:
        return (self.sheet, self.col, self.row + 1) == (other.sheet, other.col, other.row)

    def seen_from(self, sheet: str) -> str:
        """As a formula on `sheet` writes it: `C7`, or `'附件1'!C7`."""
        cell = address_of(self.row - 1, self.col - 1)
        return cell if sheet == self.sheet else f"{quoted(self.sheet)}!{cell}"


@dataclass(frozen=True, slots=True)
class Span:
    """The cells of an open group in one column, blank input rows included."""

    first: Place
    last: Place

    def seen_from(self, sheet: str) -> str:
        return f"{self.first.seen_from(sheet)}:{address_of(self.last.row - 1, self.last.col - 1)}"


def clean(text: str) -> str:
    """Without the characters that XML forbids; line ends as Excel has them."""
    return _ILLEGAL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def quoted(sheet: str) -> str:
    doubled = sheet.replace("'", "''")
    return f"'{doubled}'"


def sheet_name(wanted: str, taken: Sequence[str]) -> str:
    """At most 31 UTF-16 units, none of `[]:*?/\\`, no quote at either end, and no other sheet's name."""
    bare = re.sub(r"[\[\]:*?/\\\s]+", " ", clean(wanted)).strip(" '")
    known = {name.casefold() for name in (*taken, "history", MARKER, COMPUTED)}  # history is Excel's own
    for number in range(1, len(known) + 2):
        mark = f"({number})" if number > 1 else ""
        units = 2 * (_LONGEST_NAME - len(mark))
        clipped = bare.encode("utf-16-le")[:units].decode("utf-16-le", "ignore")
        name = clipped.strip(" '") + mark
        if name and name.casefold() not in known:
            return name
    raise AssertionError("more candidates than names taken")


def fits(text: str) -> bool:
    """Whether one cell holds the text."""
    return len(text.encode("utf-16-le")) <= 2 * MAX_TEXT
