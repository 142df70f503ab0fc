"""The ruled tables of a PDF: cells out of the lines drawn on a page, joined where a table goes on overleaf."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from desktop.exchange.blocks import width_em
from desktop.exchange.document_lines import DocumentLine, table_lines
from desktop.exchange.pdf_page import Rule, Run

_SAME = 2.5  # points: lines so near are one
_REACH = 3.5  # points that a line may miss the one it ends at
_MOST_RULES = 4000
_MOST_PARTS = 60_000
"""A page of a report has some hundreds of lines; a drawing with thousands is no table."""
_LEAST = 4.0  # points: nothing is written in less
_OPEN = 12.0  # points: so far do lines of an open table reach beyond the last upright one
_HEADS_AMONG = 200  # rows
_LABEL = 24  # characters of a merged cell that goes on overleaf
_TALL = 3  # lines: so high a row may be cut in two
_MARGINS = 10.0  # points beside the text of a cell
_FIGURE = re.compile(r"[-−—/]|[-−]?[\d,，.]+[%％]?")
_STOPS = ("。", "；", "！", "？", "：")
_FULL = 1.6  # characters that may be left empty at the end of a full line


class Line(NamedTuple):
    """Runs on one baseline."""

    x: float
    y: float
    right: float
    size: float
    text: str


@dataclass(slots=True)
class TableCell:
    """A cell, merged ones whole, and what is written in it, paragraph by paragraph."""

    left: float
    right: float
    rows: int = 1
    paragraphs: list[str] = field(default_factory=list)
    lines: int = 0
    full: bool = False
    """The last line is full, so that the text may go on overleaf."""

    @property
    def text(self) -> str:
        return "".join(self.paragraphs)


@dataclass(slots=True)
class Table:
    """A table of one page, or of several after `joined_tables`; `order` is its place among the page's runs."""

    page: int
    order: int
    left: float
    right: float
    top: float
    bottom: float
    rows: list[list[TableCell]]

    def lines(self) -> list[DocumentLine]:
        rows = [
            [[DocumentLine(text) for text in cell.paragraphs] for cell in row] for row in self.rows if row
        ]
        return table_lines(rows)


class Grid:
    """The cells that the lines of one table enclose."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self.xs = _places(rule.at for rule in rules if rule.upright)
        self.ys = _places(rule.at for rule in rules if not rule.upright)
        self._close([rule for rule in rules if not rule.upright], self.xs)
        self._close([rule for rule in rules if rule.upright], self.ys)
        self.columns, self.rows = len(self.xs) - 1, len(self.ys) - 1
        self.owner: list[int] = []
        if 0 < self.columns * self.rows <= _MOST_PARTS:
            self._merge(rules)

    @staticmethod
    def _close(across: Sequence[Rule], places: list[float]) -> None:
        """A table whose sides are open ends where its lines do."""
        low, high = min(rule.low for rule in across), max(rule.high for rule in across)
        if places[0] - low > _OPEN:
            places.insert(0, low)
        if high - places[-1] > _OPEN:
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
        if before is None or place - before > _SAME:
            places.append(place)
        before = place
    return places


def _walls(rules: Sequence[Rule], places: Sequence[float], across: Sequence[float]) -> set[tuple[int, int]]:
    """(line, part along it) that is drawn: each part of a line counts where its middle is covered."""
    middles = [(low + high) / 2 for low, high in pairwise(across)]
    walls: set[tuple[int, int]] = set()
    for rule in rules:
        line = bisect_right(places, rule.at + _SAME) - 1
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
    found = [Grid(group) for group in _touching(upright, across)]
    return sorted((grid for grid in found if grid.usable), key=lambda grid: grid.area)


def _whole(rules: Sequence[Rule]) -> Iterator[Rule]:
    """Pieces of one line put together: each cell may have been drawn by itself."""
    for upright in (True, False):
        ordered = sorted((rule for rule in rules if rule.upright == upright), key=lambda rule: rule.at)
        group: list[Rule] = []
        for rule in ordered:
            if group and rule.at - group[-1].at > _SAME:
                yield from _pieces(group)
                group = []
            group.append(rule)
        yield from _pieces(group)


def _pieces(group: list[Rule]) -> Iterator[Rule]:
    current: Rule | None = None
    for rule in sorted(group, key=lambda one: one.low):
        if current is not None and rule.low - current.high <= _REACH:
            current = current._replace(high=max(current.high, rule.high))
            continue
        if current is not None and current.high - current.low > _LEAST:
            yield current
        current = rule
    if current is not None and current.high - current.low > _LEAST:
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
                lying.low - _REACH <= standing.at <= lying.high + _REACH
                and standing.low - _REACH <= lying.at <= standing.high + _REACH
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


# --- what is written in the cells -----------------------------------------------------------------------


def tables_of(page: int, runs: Sequence[Run], rules: Sequence[Rule]) -> tuple[list[Table], list[int]]:
    """The tables of a page, and the numbers of the runs that stand in none."""
    grids = grids_of(rules)
    written: dict[tuple[int, int], list[int]] = defaultdict(list)
    free: list[int] = []
    for number, run in enumerate(runs):
        x, y = (run.x + run.right) / 2, run.y + 0.3 * run.size
        for index, grid in enumerate(grids):
            part = grid.part_at(x, y)
            if part is not None:
                written[index, part].append(number)
                break
        else:
            free.append(number)
    tables = [
        _table(page, grid, runs, {part: written[index, part] for i, part in written if i == index})
        for index, grid in enumerate(grids)
        if any(i == index for i, _ in written)
    ]
    return sorted(tables, key=lambda table: table.order), free


def _table(page: int, grid: Grid, runs: Sequence[Run], written: dict[int, list[int]]) -> Table:
    boxes: dict[int, list[int]] = {}
    for part, owner in enumerate(grid.owner):
        row, column = divmod(part, grid.columns)
        low, left, high, right = boxes.setdefault(owner, [row, column, row, column])
        boxes[owner] = [min(low, row), min(left, column), max(high, row), max(right, column)]
    rows: list[list[tuple[float, TableCell]]] = [[] for _ in range(grid.rows)]
    for owner, (low, first, high, last) in boxes.items():
        cell = TableCell(grid.xs[first], grid.xs[last + 1], high - low + 1)
        if owner in written:
            _write(cell, [runs[number] for number in written[owner]])
        rows[high].append((cell.left, cell))
    ordered = [[cell for _, cell in sorted(row, key=lambda one: one[0])] for row in reversed(rows)]
    order = min(min(numbers) for numbers in written.values())
    return Table(page, order, grid.xs[0], grid.xs[-1], grid.ys[-1], grid.ys[0], ordered)


def lines_of(runs: Iterable[Run]) -> Iterator[tuple[int, Line]]:
    """Runs that follow each other on one baseline as a line, read from left to right whatever was drawn first;
    each with the number of its first run."""
    group: list[Run] = []
    begun = 0
    for number, run in enumerate(runs):
        if group and not _level(group[0], run):
            yield begun, _line(group)
            group = []
        begun = begun if group else number
        group.append(run)
    if group:
        yield begun, _line(group)


def _level(one: Run, other: Run) -> bool:
    return abs(one.y - other.y) <= 0.35 * max(one.size, other.size)


def _line(runs: Sequence[Run]) -> Line:
    ordered = sorted(runs, key=lambda run: run.x)
    text, right = "", ordered[0].x
    for run in ordered:
        text += _blank(text[-1:], run.text[:1], (run.x - right) / (run.size or 1)) + run.text
        right = max(right, run.right)
    size = max(ordered, key=lambda run: len(run.text.strip())).size
    shown = [run for run in ordered if run.text.strip()] or ordered
    return Line(shown[0].x, shown[0].y, max(run.right for run in shown), size, text)


def _blank(before: str, after: str, gap: float) -> str:
    """A gap is a blank between words; between Chinese signs it is one only where nothing was drawn out."""
    words = before.isascii() and after.isascii() and before.isalnum() and after.isalnum()
    return " " if before and before != " " and after != " " and gap > (0.15 if words else 0.6) else ""


def _write(cell: TableCell, runs: Sequence[Run]) -> None:
    """The paragraphs of a cell: a line with room for the next word ended one."""
    ordered = sorted((run for run in runs if run.text.strip()), key=lambda run: (-run.y, run.x))
    lines = [line for _, line in lines_of(ordered)]
    if not lines:
        return
    edge = max(line.right for line in lines)
    found = [lines[0].text.strip()]
    for before, line in pairwise(lines):
        text = line.text.strip()
        if before.right + before.size * (_first_word(text) + _FULL) < edge:
            found.append(text)
        else:
            found[-1] = together(found[-1], text)
    last = lines[-1]
    free = cell.right - cell.left - (last.right - last.x) - _MARGINS
    cell.paragraphs, cell.lines, cell.full = found, len(lines), free <= (1 + _FULL) * last.size


def _first_word(text: str) -> float:
    """Width of what cannot be parted: an amount with its sign, or one character with its stop."""
    end = 1
    while end < len(text) and text[:end].isascii() and text[end].isascii() and text[end] != " ":
        end += 1
    while end < len(text) and text[end] in "，。；：、！？）》”%":
        end += 1
    return width_em(text[:end])


def together(before: str, after: str) -> str:
    """Two halves of a text; a blank was at the line's end only between Latin words."""
    words = all(char.isascii() and char.isalpha() for char in before[-1:] + after[:1])
    return f"{before} {after}" if words else before + after


# --- from page to page ----------------------------------------------------------------------------------


def goes_on(table: Table, after: Table) -> bool:
    """Whether a table at the top of the next page is the rest of this one (no text stands between them)."""
    sides = abs(table.left - after.left) <= _SAME and abs(table.right - after.right) <= _SAME
    return sides and after.page > table.page


def join(table: Table, after: Table) -> None:
    """Add the rest of a table: heads printed again are dropped, and a row cut in two is one again."""
    rest = list(after.rows)
    while rest and _printed_again(table.rows, rest[0]):
        _lengthen_labels(table.rows, rest.pop(0))
    if rest and any(table.rows):
        rest[0] = _without_labels(table.rows, rest[0])
        last = next(row for row in reversed(table.rows) if row)
        if _cut_in_two(last, rest[0]):
            _mend(last, rest.pop(0))
    table.rows += rest
    table.page = after.page


def _printed_again(rows: Sequence[Sequence[TableCell]], again: Sequence[TableCell]) -> bool:
    """Whether the same words stood in the same columns before; of a merged cell the label may be in two parts."""
    if any(_FIGURE.fullmatch(cell.text) for cell in again):
        return False
    return any(_as_in(row, again) for row in rows[:_HEADS_AMONG])


def _as_in(row: Sequence[TableCell], again: Sequence[TableCell]) -> bool:
    """Two heads at least, and beside them nothing but a label that is merged with what is below."""
    pairs = [(cell, after) for cell, after in _pairs(row, again) if after.text]
    same = sum(cell.text == after.text for cell, after in pairs)
    parts = sum(cell.text != after.text and _part(after, cell) for cell, after in pairs)
    return same > 1 and same + parts == sum(bool(cell.text) for cell in again)


def _part(cell: TableCell, whole: TableCell) -> bool:
    """Whether a cell shows a piece of a label, of which the rest stands on the other page."""
    merged = cell.rows > 1 or whole.rows > 1
    return merged and len(whole.text) <= _LABEL and (cell.text in whole.text or cell.rows > 1)


def _lengthen_labels(rows: Sequence[Sequence[TableCell]], again: Sequence[TableCell]) -> None:
    """The rest of a label beside the heads belongs to the label on the page before."""
    for cell in again:
        above = _above(rows, cell) if cell.rows > 1 and cell.text else None
        if above is not None and cell.text not in above.text:
            above.paragraphs += cell.paragraphs


def _without_labels(rows: Sequence[Sequence[TableCell]], row: list[TableCell]) -> list[TableCell]:
    """A merged cell that goes on overleaf is empty there or shows its label again: it is no new cell."""
    for number, cell in enumerate(row):
        above = _above(rows, cell)
        if above is None or not above.text or _FIGURE.fullmatch(above.text):
            return row[number:]
        if cell.text and not above.text.endswith(cell.text):
            return row[number:]
    return row


def _above(rows: Sequence[Sequence[TableCell]], cell: TableCell) -> TableCell | None:
    """The last cell in the same column."""
    for row in reversed(rows):
        for other in row:
            if abs(other.left - cell.left) <= _SAME and abs(other.right - cell.right) <= _SAME:
                return other
    return None


def _cut_in_two(row: Sequence[TableCell], rest: Sequence[TableCell]) -> bool:
    """Whether the first row of the next page is the end of the last one here."""
    pairs = list(_pairs(row, rest))
    if not pairs or len(pairs) < len(rest) or not any(after.text for _, after in pairs):
        return False
    if any(_FIGURE.fullmatch(after.text) for _, after in pairs):
        return False
    begun = [cell for cell, after in pairs if after.text]
    if any(_FIGURE.fullmatch(cell.text) for cell, _ in pairs):
        return all(cell.full for cell in begun)
    return any(cell.lines >= _TALL or (cell.full and not cell.text.endswith(_STOPS)) for cell in begun)


def _pairs(row: Sequence[TableCell], rest: Sequence[TableCell]) -> Iterator[tuple[TableCell, TableCell]]:
    for after in rest:
        for cell in row:
            if abs(cell.left - after.left) <= _SAME and abs(cell.right - after.right) <= _SAME:
                yield cell, after


def _mend(row: Sequence[TableCell], rest: Sequence[TableCell]) -> None:
    for cell, after in _pairs(row, rest):
        if cell.paragraphs and after.paragraphs and cell.full:
            cell.paragraphs[-1] = together(cell.paragraphs[-1], after.paragraphs[0])
            cell.paragraphs += after.paragraphs[1:]
        else:
            cell.paragraphs += after.paragraphs
        cell.full = after.full if after.paragraphs else cell.full
        cell.lines += after.lines
