"""How a PDF moves, turns and stretches what is drawn: six numbers at a time."""

from __future__ import annotations

from typing import Any

Matrix = tuple[float, float, float, float, float, float]
UPRIGHT: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
ROTATIONS: dict[int, Matrix] = {
    90: (0.0, -1.0, 1.0, 0.0, 0.0, 0.0),
    180: (-1.0, 0.0, 0.0, -1.0, 0.0, 0.0),
    270: (0.0, 1.0, -1.0, 0.0, 0.0, 0.0),
}
"""A page shown turned: its content as it is seen."""


def unturned(x: float, y: float, turn: int) -> tuple[float, float]:
    """A point of a page as it is seen in the page's own measure, in which marks are put on it."""
    a, b, c, d, *_ = ROTATIONS.get(turn % 360, UPRIGHT)
    return x * a + y * b, x * c + y * d  # the inverse of a turn is the same with its sides changed


def matrix_of(operands: list[Any]) -> Matrix:
    a, b, c, d, e, f = (float(number) for number in operands[:6])
    return a, b, c, d, e, f


def product(one: Matrix, other: Matrix) -> Matrix:
    a, b, c, d, e, f = one
    g, h, i, j, k, m = other
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m)
