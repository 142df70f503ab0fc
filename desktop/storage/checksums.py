"""Sums that tell whether what is read is what was saved: sqlite itself lets a changed byte in a value pass.

A report's sum is that of its parts, modulo 2^64: their order does not matter, and a change of one cell
costs two hashes, not a reading of the report. It fits sqlite's signed integer.
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import blake2b

_KEYED = blake2b(digest_size=8, key=b"ziping")
_WHOLE, _HALF = 1 << 64, 1 << 63


def part_sum(*fields: object) -> int:
    """The hash of some fields; with their lengths, so that none can give letters to its neighbour."""
    texts = [str(field) for field in fields]
    return _hash(f"{' '.join([str(len(text)) for text in texts])}:{''.join(texts)}")


def fact_sum(table: str, row: str, column: str, value: str) -> int:
    """The part of one cell: `part_sum` of the four, spelled out because it runs for every cell read.

    What a damaged file may give instead of text has a sum too, and never that of a text.
    """
    try:
        return _hash(f"{len(table)} {len(row)} {len(column)} {len(value)}:{table}{row}{column}{value}")
    except TypeError:
        return part_sum("no text", table, row, column, value)


def total(parts: Iterable[int], start: int = 0) -> int:
    """A sum with further parts added; a part taken away is a negative one."""
    return _signed(sum(parts, start))


def report_sum(unit: int, year: int, system: str, facts: Iterable[Iterable[str]]) -> int:
    """The sum of a report: whose it is, and every cell."""
    return total([fact_sum(*fact) for fact in facts], heading_sum(unit, year, system))


def heading_sum(unit: int, year: int, system: str) -> int:
    """The part of what a report is besides its cells."""
    return part_sum("report", unit, year, system)


def step_sum(
    report: int, at: str, label: str, kind: str, size: int, changes: str | None, step: int | None, who: str
) -> int:
    """The sum of one row of the journal. Its state is left out: undo and redo change it in passing."""
    parts = ("step", report, at, label, kind, size, changes or "", "" if step is None else step, who)
    return _signed(part_sum(*parts))


def _hash(text: str) -> int:
    hashed = _KEYED.copy()
    hashed.update(text.encode())
    return int.from_bytes(hashed.digest(), "little")


def _signed(number: int) -> int:
    return (number + _HALF) % _WHOLE - _HALF


def task_sum(task: str, issue: int, taken: str, file: bytes, said: str) -> int:
    """The sum of one issue of a task, with its file; a damaged data file may give anything in their places."""
    content = file if isinstance(file, bytes) else repr(file).encode()
    return _signed(part_sum("task", task, issue, taken, blake2b(content).hexdigest(), said))
