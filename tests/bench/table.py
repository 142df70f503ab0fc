"""One measured line, how to measure it, and all lines as one table."""

from __future__ import annotations

import statistics
import time
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass

HEAD = ("项目", "实测", "参照", "单位", "比值", "上限", "")


@dataclass(frozen=True, slots=True)
class Row:
    """Smaller is better. `reference` is in the same unit: another way of doing it measured in the same run,
    or a figure that was promised. `limit` is the highest ratio that passes; None where there is none.
    """

    name: str
    measured: float
    unit: str
    reference: float
    limit: float | None = None

    @property
    def ratio(self) -> float:
        return self.measured / self.reference

    @property
    def exceeded(self) -> bool:
        return self.limit is not None and self.ratio > self.limit


def seconds(work: Callable[[], object], repeats: int = 5) -> float:
    """The median of several runs after one that warms up."""
    work()
    taken = []
    for _ in range(repeats):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def drawn(rows: Sequence[Row]) -> str:
    """An aligned table; a Chinese character is two columns wide."""
    lines = [HEAD, *(_cells(row) for row in rows)]
    widths = [max(_width(line[column]) for line in lines) for column in range(len(HEAD))]
    return "\n".join(_line(cells, widths) for cells in lines)


def _cells(row: Row) -> tuple[str, ...]:
    limit = "" if row.limit is None else f"{row.limit:.2f}"
    mark = "超出" if row.exceeded else ""
    return (
        row.name,
        f"{row.measured:.4g}",
        f"{row.reference:.4g}",
        row.unit,
        f"{row.ratio:.2f}",
        limit,
        mark,
    )


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    """The name to the left, the rest to the right."""
    padded = [cell + _space(cell, width) for cell, width in zip(cells[:1], widths[:1], strict=True)]
    padded += [_space(cell, width) + cell for cell, width in zip(cells[1:], widths[1:], strict=True)]
    return "  ".join(padded).rstrip()


def _space(cell: str, width: int) -> str:
    return " " * (width - _width(cell))


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)
