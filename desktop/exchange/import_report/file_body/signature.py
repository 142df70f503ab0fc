"""Who hands in a report and when, at its end or on its cover: lines, cells beside each other, a small table."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from desktop.exchange.import_report.file_body.dates import date_in
from desktop.exchange.import_report.file_body.printed_around import (
    COVER_REMARK,
    SEALED,
    SIGN_LABEL,
    SIGN_LINE,
    SIGNER,
    signer_and_date,
)
from desktop.exchange.import_report.headings import numbered_line

if TYPE_CHECKING:
    from desktop.exchange.import_report.file_body.body_lines import BodyLine

_MOST_CELLS_SIGNED = 4
"""Unit, seal and date side by side; more cells in a row are a table."""
_EMPTY_DATE = re.compile(r"[x×X_＿]{0,4}年[x×X_＿]{0,2}月[x×X_＿]{0,2}日?$")
"""`　　年　月　日`, blanks taken out: a date that nobody filled in."""
_SHORTEST_NAME = 3
"""Signs of a unit's name: `县科协`."""


class Signed(NamedTuple):
    """The places of the lines that sign, and whom and which day they name."""

    places: Collection[int]
    unit: str = ""
    date: str = ""


def signatures(
    lines: Sequence[BodyLine], taken: Collection[int], first: int, end: int, names: str = ""
) -> Iterator[Signed]:
    """Before the text, which begins at `first`, and behind it, up to `end`; `names` are titles and the unit, by which a
    name is known. Whoever iterates adds the places of each to `taken` before the next."""
    yield from _units(lines, taken, end, names)
    yield from _tables_signed(lines, taken, first, end)
    yield _last_lines(lines, taken, end, names)


def _units(lines: Sequence[BodyLine], taken: Collection[int], end: int, names: str) -> Iterator[Signed]:
    """A unit's name above or below the date: one that ends as such names do, or that a title names."""
    for at in range(end):
        line = lines[at]
        signer, date = signer_and_date(line.text)
        if at in taken or line.level or not (_is_named(signer, names) or SIGNER.match(signer)):
            continue
        if line.cell and not is_signature_cell(lines, at):
            continue
        beside = any(date_in(lines[near].flat) for near in _beside(lines, at, end))
        if (beside or date) and not numbered_line(line.text).style:
            yield Signed([at], signer, date)


def _is_named(signer: str, names: str) -> bool:
    return len(signer) >= _SHORTEST_NAME and signer in names


def _beside(lines: Sequence[BodyLine], at: int, end: int) -> Iterator[int]:
    """The lines above and below; `（公章）` or `单位负责人：张三` between unit and date is passed over."""
    for way in (range(at - 1, -1, -1), range(at + 1, end)):
        between = (COVER_REMARK, SIGN_LINE)
        near = next((i for i in way if not any(each.match(lines[i].flat) for each in between)), None)
        if near is not None:
            yield near


def is_signature_cell(lines: Sequence[BodyLine], at: int) -> bool:
    """Whether a cell is a signature put to its place by tabs or a small table: a date, and who signs."""
    begin, end = at, at + 1
    while begin > 0 and lines[begin - 1].cell and at - begin < _MOST_CELLS_SIGNED - 1:
        begin -= 1
    while end < len(lines) and lines[end].cell and end - begin < _MOST_CELLS_SIGNED:
        end += 1
    run = [line for line in lines[begin:end] if not COVER_REMARK.match(line.flat)]
    signs = [bool(date_in(line.flat)) or bool(SIGNER.match(signer_and_date(line.text)[0])) for line in run]
    return len(run) <= 2 and all(signs)


def _tables_signed(
    lines: Sequence[BodyLine], taken: Collection[int], first: int, end: int
) -> Iterator[Signed]:
    """`填报单位（盖章）：` | `清河县水利局`, `填报日期：` | `2024年4月2日`: a small table before or behind the text."""
    last = next((i for i in range(end - 1, -1, -1) if i not in taken and not lines[i].cell), -1)
    for begin, stop in _tables(lines, end):
        heads = [i for i in range(begin, stop) if i == begin or lines[i].begins_row]
        rows = [lines[i:until] for i, until in pairwise([*heads, stop])]
        signed = len(rows) > 1 and all(SIGN_LABEL.match(row[0].flat) and len(row) <= 2 for row in rows)
        if not signed or not (stop <= first or begin > last):
            continue
        said = [(row[0].flat, SEALED.sub("", row[1].flat)) for row in rows if len(row) > 1]
        units = (text for label, text in said if re.search(r"单位|部门", label) and SIGNER.match(text))
        dates = (date for _, text in said if (date := date_in(text)))
        yield Signed(range(begin, stop), next(units, ""), next(dates, ""))


def _tables(lines: Sequence[BodyLine], end: int) -> Iterator[tuple[int, int]]:
    """Where each table begins and ends."""
    begin = None
    for at in range(end + 1):
        cell = at < end and lines[at].cell
        if cell and begin is None:
            begin = at
        elif not cell and begin is not None:
            yield begin, at
            begin = None


def _last_lines(lines: Sequence[BodyLine], taken: Collection[int], end: int, names: str) -> Signed:
    """`单位负责人：张三`, `（联系人：李四，电话：…）`, `　年　月　日`: at the very end, around the signature; above them the unit
    itself, which nobody dated."""
    places: list[int] = []
    for at in range(end - 1, -1, -1):
        if at in taken:
            continue
        line = lines[at]
        signer = SEALED.sub("", line.flat)
        if not (line.cell or line.level) and _is_named(signer, names):
            return Signed([*places, at], signer)
        if line.cell or not (SIGN_LINE.match(line.flat) or _EMPTY_DATE.match(line.flat)):
            break
        places.append(at)
    return Signed(places)
