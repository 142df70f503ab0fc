"""Reads the rows out of a data file's raw pages, where sqlite itself gives up: any bytes, no schema needed.

A row lies whole in one cell of a page, with the kinds of its values before them (www.sqlite.org/fileformat.html),
so every page that is still there gives its rows, whatever became of the pages that lead to it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

Value = str | int | float | bytes | None

USUAL_SIZE = 4096
_MAGIC = b"SQLite format 3\0"
_HEADER = 100
_TABLE_LEAF, _INDEX_LEAF, _TABLE_INNER, _INDEX_INNER = 0x0D, 0x0A, 0x05, 0x02
_WIDTHS = (0, 1, 2, 3, 4, 6, 8, 8, 0, 0)
"""Bytes of a value of each kind below 12."""


class Cell(NamedTuple):
    """One row: its number (None where it lies in an index or a table without numbers), and its values."""

    number: int | None
    values: tuple[Value, ...]
    old: bool
    """Whether it lies on a page given up for use: once deleted or moved, perhaps long ago."""


class Damage(NamedTuple):
    """What could not be read: whole pages of the file, and cells of pages otherwise read."""

    pages: int
    cells: int


class _Unreadable(Exception):
    """A cell that is none."""


class Pages:
    """The pages of a file's bytes. `rows` may be walked once; then `damage` and `data_pages` are known.

    Each overflow page is followed once, and no page gives more bytes than it has: the time is linear in
    the size whatever the bytes say.
    """

    def __init__(self, data: bytes, size: int) -> None:
        self._data, self._size = data, size
        self._count = len(data) // size
        self._used: set[int] = set()
        self._free = self._free_pages() if data.startswith(_MAGIC) else set[int]()
        self._bad_cells = 0
        self.data_pages = 0

    def rows(self) -> Iterator[Cell]:
        for number in range(1, self._count + 1):
            yield from self._rows_of(number)

    @property
    def damage(self) -> Damage:
        """After the rows. What is cut off at the end of a file, by its own header, counts too."""
        known = self._used | self._free
        lost = sum(
            1
            for number in range(1, self._count + 1)
            if number not in known and self._kind(number) not in (2, 5, 10, 13)
        )
        said = int.from_bytes(self._data[28:32]) if self._data.startswith(_MAGIC) else 0
        cut = said - self._count if self._count < said < 4 * self._count + 64 else 0
        return Damage(lost + cut, self._bad_cells)

    def _start(self, number: int) -> int:
        """Where a page's own header begins: on the first page after that of the file."""
        return (number - 1) * self._size + (_HEADER if number == 1 else 0)

    def _kind(self, number: int) -> int:
        return self._data[self._start(number)]

    def _rows_of(self, number: int) -> Iterator[Cell]:
        kind, start = self._kind(number), self._start(number)
        if kind not in (_TABLE_LEAF, _INDEX_LEAF, _INDEX_INNER) or number in self._used:
            return
        begin, head = (number - 1) * self._size, 12 if kind == _INDEX_INNER else 8
        count = int.from_bytes(self._data[start + 3 : start + 5])
        first = start + head
        count = min(count, (begin + self._size - first) // 2)
        self.data_pages += number not in self._free
        left = self._size
        places = {int.from_bytes(self._data[n : n + 2]): None for n in range(first, first + 2 * count, 2)}
        for place in places:
            if left <= 0 or not first - begin + 2 * count <= place < self._size:
                self._bad_cells += number not in self._free
                continue
            try:
                cell, taken = self._cell(kind, begin + place, begin + self._size, number in self._free)
            except (_Unreadable, IndexError):
                self._bad_cells += number not in self._free
                continue
            left -= taken
            yield cell

    def _cell(self, kind: int, at: int, end: int, old: bool) -> tuple[Cell, int]:
        """The cell that begins there, and how many bytes of the page it takes."""
        begin, row = at, None
        if kind == _INDEX_INNER:
            at += 4
        length, at = _number(self._data, at, end)
        if kind == _TABLE_LEAF:
            row, at = _number(self._data, at, end)
            row = row - (1 << 64) if row >> 63 else row
        usual, least = self._size - 35, (self._size - 12) * 32 // 255 - 23
        most = usual if kind == _TABLE_LEAF else (self._size - 12) * 64 // 255 - 23
        if length > len(self._data) or length == 0:
            raise _Unreadable
        if length <= most:
            local, payload = length, self._data[at : at + length]
        else:
            local = least + (length - least) % (self._size - 4)
            local = local if local <= most else least
            payload = self._data[at : at + local] + self._overflow(at + local, length - local)
        if at + local > end or len(payload) != length:
            raise _Unreadable
        return Cell(row, _values(payload), old), at + local - begin

    def _overflow(self, at: int, length: int) -> bytes:
        """What of a long row lies on further pages, one leading to the next."""
        parts, page = list[bytes](), int.from_bytes(self._data[at : at + 4])
        while length > 0:
            if not 0 < page <= self._count or page in self._used:
                raise _Unreadable
            self._used.add(page)
            start = (page - 1) * self._size
            parts.append(self._data[start + 4 : start + min(self._size, 4 + length)])
            length -= self._size - 4
            page = int.from_bytes(self._data[start : start + 4])
        return b"".join(parts)

    def _free_pages(self) -> set[int]:
        """The pages given up for use, from the list the file's header leads to."""
        free, trunk = set[int](), int.from_bytes(self._data[32:36])
        while 1 < trunk <= self._count and trunk not in free:
            free.add(trunk)
            start = (trunk - 1) * self._size
            count = min(int.from_bytes(self._data[start + 4 : start + 8]), self._size // 4 - 2)
            leaves = (
                int.from_bytes(self._data[n : n + 4]) for n in range(start + 8, start + 8 + 4 * count, 4)
            )
            free.update(leaf for leaf in leaves if 1 < leaf <= self._count)
            trunk = int.from_bytes(self._data[start : start + 4])
        return free


def likely_sizes(data: bytes) -> Sequence[int]:
    """The page sizes to try: what the header says, and what every file of ours has."""
    said = int.from_bytes(data[16:18])
    said = 65536 if said == 1 else said
    fits = data.startswith(_MAGIC) and said >= 512 and not said & (said - 1)
    return (said, USUAL_SIZE) if fits and said != USUAL_SIZE else (USUAL_SIZE,)


def _number(data: bytes, at: int, end: int) -> tuple[int, int]:
    """A number of one to nine bytes, as sqlite packs them, and where it ends."""
    value = 0
    for n in range(at, min(at + 8, end)):
        byte = data[n]
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, n + 1
    if at + 8 >= end:
        raise _Unreadable
    return value << 8 | data[at + 8], at + 9


def _values(record: bytes) -> tuple[Value, ...]:
    """The values of a row: first their kinds, then they themselves."""
    head, at = _number(record, 0, len(record))
    if not at <= head <= len(record):
        raise _Unreadable
    values, place = list[Value](), head
    while at < head:
        kind, at = _number(record, at, head)
        width = _WIDTHS[kind] if kind < 10 else (kind - 12) // 2
        if width < 0 or place + width > len(record):
            raise _Unreadable
        values.append(_value(kind, record[place : place + width]))
        place += width
    return tuple(values)


def _value(kind: int, data: bytes) -> Value:
    if kind >= 12:
        # A letter that is none any more becomes �: the rest of a text is worth having.
        return data.decode(errors="replace") if kind % 2 else data
    if kind in (8, 9):
        return kind - 8
    if kind == 7:
        import struct

        return float(struct.unpack(">d", data)[0])
    return int.from_bytes(data, signed=True) if 0 < kind < 7 else None
