"""Charts of other programs in a PDF: bars without words in them, and the labels around these."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Protocol

from desktop.exchange.read_text.pdf.page import Shape

_FEWEST = 3
"""So many bars and so many labels make a chart."""
_GAP = 40.0  # points between the bars of one chart
_ABOVE, _BELOW = 50.0, 30.0  # points: title and legend over the bars, names of the groups under them
_SMALL = 0.95  # of the body's type: labels are smaller
_LONGEST = 40
_MOST = 500_000
"""Surfaces times lines: more on a page are a drawing."""


class Placed(Protocol):
    """A line of text on its page."""

    @property
    def page(self) -> int: ...
    @property
    def x(self) -> float: ...
    @property
    def y(self) -> float: ...
    @property
    def size(self) -> float: ...
    @property
    def text(self) -> str: ...


def chart_labels(
    lines: Sequence[Placed], shapes: Mapping[int, Sequence[Shape]]
) -> tuple[set[int], list[int]]:
    """Numbers of the lines that are labels of charts, and the page of each chart."""
    sizes: Counter[float] = Counter()
    there: dict[int, list[int]] = defaultdict(list)
    for number, line in enumerate(lines):
        sizes[round(line.size, 1)] += len(line.text)
        there[line.page].append(number)
    body = sizes.most_common(1)[0][0] if sizes else 0.0
    labels: set[int] = set()
    charts: list[int] = []
    for page, surfaces in shapes.items():
        bars = _bars(surfaces, [lines[number] for number in there[page]])
        for low, high in _groups(bars):
            found = [
                n for n in there[page] if low - _BELOW <= lines[n].y <= high + _ABOVE and n not in labels
            ]
            small = [n for n in found if _is_label(lines[n], body)]
            inside = any(low <= lines[n].y <= high for n in found if n not in small)
            if len(small) >= _FEWEST and not inside:
                labels.update(small)
                charts.append(page)
    return labels, charts


def _is_label(line: Placed, body: float) -> bool:
    return line.size < body * _SMALL and len(line.text) <= _LONGEST and "。" not in line.text


def _bars(shapes: Sequence[Shape], lines: Sequence[Placed]) -> list[Shape]:
    """Surfaces that no words stand on: those are shaded cells or words in a marker's colour."""
    if len(shapes) < _FEWEST or len(shapes) * len(lines) > _MOST:
        return []
    return [shape for shape in shapes if not any(_on(shape, line) for line in lines)]


def _on(shape: Shape, line: Placed) -> bool:
    return shape.left <= line.x + line.size / 2 <= shape.right and shape.low <= line.y <= shape.high


def _groups(bars: Sequence[Shape]) -> Iterator[tuple[float, float]]:
    """From the lowest to the highest point of bars that stand close together."""
    count, low, high = 0, 0.0, 0.0
    for bar in sorted(bars, key=lambda one: one.low):
        if count and bar.low - high > _GAP:
            if count >= _FEWEST:
                yield low, high
            count = 0
        low, high = (low, max(high, bar.high)) if count else (bar.low, bar.high)
        count += 1
    if count >= _FEWEST:
        yield low, high
