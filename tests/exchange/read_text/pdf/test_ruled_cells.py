"""Cells out of lines: merged ones, open sides, and what is no table at all."""

from __future__ import annotations

from desktop.exchange.read_text.pdf.page import Rule
from desktop.exchange.read_text.pdf.ruled_cells import Grid, grids_of
from tests.exchange.pdf_files import ruled

XS, YS = [100.0, 200.0, 300.0], [500.0, 520.0, 540.0]


def only(rules: list[Rule]) -> Grid:
    found = grids_of(rules)
    assert len(found) == 1
    return found[0]


def test_point_belongs_to_its_cell_and_outside_to_none() -> None:
    grid = only(ruled(XS, YS))
    assert len({grid.part_at(x, y) for x in (150, 250) for y in (510, 530)}) == 4
    assert grid.part_at(99, 510) is None and grid.part_at(150, 541) is None


def test_missing_line_merges_two_cells() -> None:
    rules = [*ruled(XS, YS)[:1], Rule(True, 200, 500, 520), *ruled(XS, YS)[2:]]
    grid = only(rules)
    assert grid.part_at(150, 530) == grid.part_at(250, 530)
    assert grid.part_at(150, 510) != grid.part_at(250, 510)


def test_cells_drawn_one_by_one_with_small_misses_are_one_table() -> None:
    boxes = [ruled([x, x + 100.6], [y - 0.4, y + 20]) for x in (100, 200) for y in (500, 520)]
    grid = only([rule for box in boxes for rule in box])
    assert (grid.columns, grid.rows) == (2, 2)


def test_table_with_open_sides_ends_where_its_lines_end() -> None:
    grid = only([Rule(False, y, 100, 400) for y in YS] + [Rule(True, x, 500, 540) for x in (200, 300)])
    assert grid.columns == 3 and grid.part_at(150, 510) != grid.part_at(250, 510)


def test_frames_underlines_and_drawings_are_no_tables() -> None:
    assert grids_of(ruled([100, 300], [500, 600])) == []
    assert grids_of([Rule(False, y, 100, 300) for y in range(100, 700, 20)]) == []
    assert grids_of([Rule(y % 2 == 0, y / 7, 0, 600) for y in range(4200)]) == []


def test_table_inside_a_cell_comes_first() -> None:
    outer, inner = ruled([100, 300, 500], [300, 600]), ruled([320, 400, 480], [400, 450, 500])
    assert [grid.columns for grid in grids_of([*outer, *inner])] == [2, 2]
    assert grids_of([*outer, *inner])[0].xs[0] == 320


def test_a_frame_that_touches_its_table_is_no_cell_of_it() -> None:
    """Also one that is open below, because it goes on overleaf."""
    table = ruled([120, 200, 300], [420, 500, 520])
    closed = ruled([100, 300], [400, 560])
    open_below = [rule for rule in closed if rule.upright or rule.at > 400]
    for frame in (closed, open_below):
        grid = only([*table, *frame])
        assert (grid.columns, grid.rows, grid.xs[0], grid.ys[-1]) == (2, 2, 120, 520)
        assert grid.part_at(150, 540) is None
        assert len({grid.part_at(x, y) for x in (150, 250) for y in (450, 510)}) == 4
