"""Charts of other programs in a PDF: bars without words in them, and the labels around these."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Protocol

from desktop.exchange.read_text.pdf.page import Shape

_FEWEST_BARS = 3
"""So many bars and so many labels make a chart."""
_LARGEST_GAP = 40.0
"""Points from the top of one bar to the foot of the next: in a chart all stand on one line, or are stacked."""
_ABOVE, _BELOW = 50.0, 30.0
"""Points: title and legend over the bars, names of the groups under them, two lines of small type each."""
_LABEL_SIZE = 0.95
"""Of the body's type: labels are smaller, if only by half a point."""
_LONGEST_LABEL = 40
"""Characters: what is longer is a sentence."""
_MOST_COMPARISONS = 500_000
"""Surfaces times lines: more on a page are a drawing, and would take seconds."""


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
    lines_of_page: dict[int, list[int]] = defaultdict(list)
    for number, line in enumerate(lines):
        sizes[round(line.size, 1)] += len(line.text)
        lines_of_page[line.page].append(number)
    body = sizes.most_common(1)[0][0] if sizes else 0.0
    labels: set[int] = set()
    charts: list[int] = []
    for page, surfaces in shapes.items():
        bars = _bars(surfaces, [lines[number] for number in lines_of_page[page]])
        for low, high in _groups(bars):
            near = [
                n
                for n in lines_of_page[page]
                if low - _BELOW <= lines[n].y <= high + _ABOVE and n not in labels
            ]
            small = [n for n in near if _is_label(lines[n], body)]
            inside = any(low <= lines[n].y <= high for n in near if n not in small)
            if len(small) >= _FEWEST_BARS and not inside:
                labels.update(small)
                charts.append(page)
    return labels, charts


def _is_label(line: Placed, body: float) -> bool:
    return line.size < body * _LABEL_SIZE and len(line.text) <= _LONGEST_LABEL and "。" not in line.text


def _bars(shapes: Sequence[Shape], lines: Sequence[Placed]) -> list[Shape]:
    """Surfaces that no words stand on: those are shaded cells or words in a marker's colour."""
    if len(shapes) < _FEWEST_BARS or len(shapes) * len(lines) > _MOST_COMPARISONS:
        return []
    return [shape for shape in shapes if not any(_on(shape, line) for line in lines)]


def _on(shape: Shape, line: Placed) -> bool:
    return shape.left <= line.x + line.size / 2 <= shape.right and shape.low <= line.y <= shape.high


def _groups(bars: Sequence[Shape]) -> Iterator[tuple[float, float]]:
    """From the lowest to the highest point of bars that stand close together."""
    count, low, high = 0, 0.0, 0.0
    for bar in sorted(bars, key=lambda one: one.low):
        if count and bar.low - high > _LARGEST_GAP:
            if count >= _FEWEST_BARS:
                yield low, high
            count = 0
        low, high = (low, max(high, bar.high)) if count else (bar.low, bar.high)
        count += 1
    if count >= _FEWEST_BARS:
        yield low, high
