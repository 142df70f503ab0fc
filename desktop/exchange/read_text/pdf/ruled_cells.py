"""The cells that the lines drawn on a page of a PDF enclose."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from desktop.exchange.read_text.pdf.page import Rule

SAME_LINE = 2.5
"""Points: lines so near are one, the two strokes of a double line or the borders of two cells side by side."""
_LARGEST_MISS = 3.5
"""Points that a line may miss the one it ends at, where lines are thick or cells were drawn one by one."""
_MOST_RULES, _MOST_PARTS = 4000, 60_000
"""A page of a report has some hundreds of lines; a drawing with thousands is no table, and would take seconds."""
_MOST_COLUMNS, _MOST_TABLES = 100, 60
"""Beyond these a page is graph paper or a drawing."""
_SHORTEST_LINE = 4.0
"""Points: nothing is written in a cell so small; such strokes are parts of letters and arrows."""
_LEAST_OVERHANG = 12.0
"""Points: so far at least do the lines of a table without lines at its sides reach beyond the last upright one:
the width of a character of its last column."""


class Grid:
    """The cells that the lines of one table enclose."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self.xs = _places(rule.at for rule in rules if rule.upright)
        self.ys = _places(rule.at for rule in rules if not rule.upright)
        self._close([rule for rule in rules if not rule.upright], self.xs)
        self._close([rule for rule in rules if rule.upright], self.ys)
        self.columns, self.rows = len(self.xs) - 1, len(self.ys) - 1
        self.owner: list[int] = []
        if self.columns <= _MOST_COLUMNS and self.columns * self.rows <= _MOST_PARTS:
            self._merge(rules)
            self._leave_frame()

    def _leave_frame(self) -> None:
        """Only the table, where a frame is drawn around it that its lines touch: what lies between them is as wide
        and as high as all, and no rectangle. A frame that goes on overleaf is open above or below."""
        parts = [divmod(part, self.columns) for part in range(len(self.owner))]
        for ground in {self.owner[0], self.owner[-1], self.owner[self.columns - 1]}:
            between = [part for part, owner in zip(parts, self.owner, strict=True) if owner == ground]
            inner = [part for part, owner in zip(parts, self.owner, strict=True) if owner != ground]
            rows, columns = ({part[side] for part in between} for side in (0, 1))
            if inner and (len(rows), len(columns)) == (self.rows, self.columns):
                self._keep(inner)
                return

    def _keep(self, inner: Sequence[tuple[int, int]]) -> None:
        """Leave the frame away, if what is in it is a rectangle."""
        low, high = min(row for row, _ in inner), max(row for row, _ in inner)
        left, right = min(column for _, column in inner), max(column for _, column in inner)
        kept = [(row, column) for row in range(low, high + 1) for column in range(left, right + 1)]
        if kept != sorted(inner):
            return
        first: dict[int, int] = {}
        owners = (self.owner[row * self.columns + column] for row, column in kept)
        self.owner = [first.setdefault(owner, number) for number, owner in enumerate(owners)]
        self.xs, self.ys = self.xs[left : right + 2], self.ys[low : high + 2]
        self.columns, self.rows = len(self.xs) - 1, len(self.ys) - 1

    @staticmethod
    def _close(across: Sequence[Rule], places: list[float]) -> None:
        """A table whose sides are open ends where its lines do."""
        low, high = min(rule.low for rule in across), max(rule.high for rule in across)
        if places[0] - low > _LEAST_OVERHANG:
            places.insert(0, low)
        if high - places[-1] > _LEAST_OVERHANG:
            places.append(high)

    def _merge(self, rules: Sequence[Rule]) -> None:
        """Parts that no line keeps from each other are one cell; each knows the first part of its cell."""
        walls = {
            upright: _walls(
                [rule for rule in rules if rule.upright == upright],
                self.xs if upright else self.ys,
                self.ys if upright else self.xs,
            )
            for upright in (True, False)
        }
        owner = list(range(self.columns * self.rows))

        def first(part: int) -> int:
            while owner[part] != part:
                owner[part] = owner[owner[part]]
                part = owner[part]
            return part

        for part in range(len(owner)):
            row, column = divmod(part, self.columns)
            if column and (column, row) not in walls[True]:
                _unite(owner, first(part), first(part - 1))
            if row and (row, column) not in walls[False]:
                _unite(owner, first(part), first(part - self.columns))
        self.owner = [first(part) for part in range(len(owner))]

    @property
    def usable(self) -> bool:
        """More than a frame, and no drawing."""
        return len(set(self.owner)) > 1

    @property
    def area(self) -> float:
        return (self.xs[-1] - self.xs[0]) * (self.ys[-1] - self.ys[0])

    def part_at(self, x: float, y: float) -> int | None:
        """The cell that holds a point, by its number."""
        column, row = bisect_right(self.xs, x) - 1, bisect_right(self.ys, y) - 1
        if not (0 <= column < self.columns and 0 <= row < self.rows):
            return None
        return self.owner[row * self.columns + column]


def _unite(owner: list[int], one: int, other: int) -> None:
    owner[max(one, other)] = min(one, other)


def _places(found: Iterable[float]) -> list[float]:
    """Where lines stand, those that are one counted once."""
    places: list[float] = []
    before = None
    for place in sorted(found):
        if before is None or place - before > SAME_LINE:
            places.append(place)
        before = place
    return places


def _walls(rules: Sequence[Rule], places: Sequence[float], across: Sequence[float]) -> set[tuple[int, int]]:
    """(line, part along it) that is drawn: each part of a line counts where its middle is covered.

    The middle, since ends may miss the line across by a little or reach over it.
    """
    middles = [(low + high) / 2 for low, high in pairwise(across)]
    walls: set[tuple[int, int]] = set()
    for rule in rules:
        line = bisect_right(places, rule.at + SAME_LINE) - 1
        first = bisect_right(middles, rule.low)
        last = bisect_right(middles, rule.high)
        walls.update((line, part) for part in range(first, last))
    return walls


def grids_of(rules: Sequence[Rule]) -> list[Grid]:
    """The tables of a page, those inside another one first."""
    whole = list(_whole(rules)) if len(rules) <= _MOST_RULES else []
    upright = [rule for rule in whole if rule.upright]
    across = [rule for rule in whole if not rule.upright]
    if len(upright) * len(across) > _MOST_PARTS:
        return []
    grids = [Grid(group) for group in _touching(upright, across)]
    usable = sorted((grid for grid in grids if grid.usable), key=lambda grid: grid.area)
    return usable if len(usable) <= _MOST_TABLES else []


def _whole(rules: Sequence[Rule]) -> Iterator[Rule]:
    """Pieces of one line put together: each cell may have been drawn by itself."""
    for upright in (True, False):
        ordered = sorted((rule for rule in rules if rule.upright == upright), key=lambda rule: rule.at)
        group: list[Rule] = []
        for rule in ordered:
            if group and rule.at - group[-1].at > SAME_LINE:
                yield from _pieces(group)
                group = []
            group.append(rule)
        yield from _pieces(group)


def _pieces(group: list[Rule]) -> Iterator[Rule]:
    current: Rule | None = None
    for rule in sorted(group, key=lambda one: one.low):
        if current is not None and rule.low - current.high <= _LARGEST_MISS:
            current = current._replace(high=max(current.high, rule.high))
            continue
        if current is not None and current.high - current.low > _SHORTEST_LINE:
            yield current
        current = rule
    if current is not None and current.high - current.low > _SHORTEST_LINE:
        yield current


def _touching(upright: Sequence[Rule], across: Sequence[Rule]) -> Iterator[list[Rule]]:
    """Lines that meet, table by table; at least two each way."""
    rules = [*upright, *across]
    owner = list(range(len(rules)))

    def first(one: int) -> int:
        while owner[one] != one:
            owner[one] = owner[owner[one]]
            one = owner[one]
        return one

    for i, standing in enumerate(upright):
        for j, lying in enumerate(across, len(upright)):
            meets = (
                lying.low - _LARGEST_MISS <= standing.at <= lying.high + _LARGEST_MISS
                and standing.low - _LARGEST_MISS <= lying.at <= standing.high + _LARGEST_MISS
            )
            if meets:
                _unite(owner, first(i), first(j))
    groups: dict[int, list[Rule]] = defaultdict(list)
    for number, rule in enumerate(rules):
        groups[first(number)].append(rule)
    for group in groups.values():
        standing_count = sum(rule.upright for rule in group)
        if standing_count >= 2 and len(group) - standing_count >= 2:
            yield group
