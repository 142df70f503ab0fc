"""Points moved and turned."""

from __future__ import annotations

from desktop.exchange.read_text.pdf.matrices import UPRIGHT, matrix_of, product, unturned


def test_movements_follow_one_another() -> None:
    moved = product((1, 0, 0, 1, 10, 20), (2, 0, 0, 2, 5, 5))
    assert moved == (2, 0, 0, 2, 25, 45) and product(UPRIGHT, moved) == moved
    assert matrix_of(["1", 0, 0, 1, 3, 4.5]) == (1, 0, 0, 1, 3, 4.5)


def test_a_turned_point_is_found_again() -> None:
    assert [unturned(3, 4, turn) for turn in (0, 90, 180, 270)] == [(3, 4), (-4, 3), (-3, -4), (4, -3)]
