"""Where on the pages the cells of the forms came to stand, so that a place on paper leads to what is typed there."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from desktop.domain.keys import FactKey


class CellPlace(NamedTuple):
    """A cell on a page, which counts from 0; points from the page's upper left corner."""

    key: FactKey
    page: int
    left: float
    top: float
    width: float
    height: float

    def distance(self, x: float, y: float) -> float:
        """Squared, of a point from the cell; 0 within it."""
        beside = max(self.left - x, 0, x - self.left - self.width)
        above = max(self.top - y, 0, y - self.top - self.height)
        return beside**2 + above**2


def cell_at(places: Iterable[CellPlace], page: int, x: float, y: float) -> FactKey | None:
    """What is typed at a place; at the form's own words the cell beside them. None on a page without a form."""
    there = [place for place in places if place.page == page]
    return min(there, key=lambda place: place.distance(x, y)).key if there else None
