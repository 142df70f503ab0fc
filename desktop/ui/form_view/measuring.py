"""How wide and high a form is on the screen: columns in the proportions of paper, lines as their texts need."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetricsF, QTextLayout, QTextOption

from desktop.ui.form_view.places import FormSheet, Place

PAPER_POINTS, PAPER_TYPE = 442.0, 10.0
"""The width of a form on an upright page, and the size of its type."""
WIDE_PAPER_POINTS = 638.0
MOST_ROOM = 1.7
"""So many times as wide as paper has it a form may become in a broad window, its type staying as it is."""
PAD_X, PAD_Y = 5, 3
TITLE_SCALE = 1.45
_INDENT = 1.0
"""Of a step of indent, in characters."""


def wrap(align: Qt.AlignmentFlag) -> QTextOption:
    """Lines break as Chinese does, and within a number only where it has no room in one line."""
    option = QTextOption(align)
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    return option


class Measure:
    """Texts in one size of type; what was measured once is known."""

    def __init__(self, font: QFont) -> None:
        self.font = font
        self.metrics = QFontMetricsF(font)
        self.title = QFont(font)
        self.title.setPointSizeF(font.pointSizeF() * TITLE_SCALE)
        self.title.setBold(True)
        self.bold = QFont(font)
        self.bold.setBold(True)
        self._bold_metrics = QFontMetricsF(self.bold)
        self._title_metrics = QFontMetricsF(self.title)
        self.line = self.metrics.lineSpacing()
        self.lines_of = lru_cache(4096)(self._lines_of)

    def font_of(self, place: Place) -> QFont:
        if place.look == "title":
            return self.title
        return self.bold if place.look == "mark" or place.laid.kind == "head" else self.font

    def indent(self, place: Place) -> int:
        return round(place.laid.indent * _INDENT * self.metrics.height())

    def _lines_of(self, text: str, room: int, bold: bool) -> int:
        metrics = self._bold_metrics if bold else self.metrics
        if "\n" not in text and metrics.horizontalAdvance(text) <= room:
            return 1
        return sum(self._broken(line, room, bold) for line in text.split("\n"))

    def _broken(self, text: str, room: int, bold: bool) -> int:
        layout = QTextLayout(text, self.bold if bold else self.font)
        layout.setTextOption(wrap(Qt.AlignmentFlag.AlignLeft))
        layout.beginLayout()
        count = 0
        while (line := layout.createLine()).isValid():
            line.setLineWidth(max(room, 1))
            count += 1
        layout.endLayout()
        return max(count, 1)

    def height_of(self, place: Place, text: str, width: int) -> int:
        """What a cell needs in a width, its margins included."""
        if place.look == "title":
            return round(self._title_metrics.lineSpacing() * 1.6)
        room = width - 2 * PAD_X - self.indent(place)
        return round(self.lines_of(text, room, self.font_of(place) is self.bold) * self.line) + 2 * PAD_Y + 1


def heights(
    sheet: FormSheet, measure: Measure, edges: list[int], points: float, typed: Mapping[tuple[int, int], str]
) -> list[int]:
    """Pixels of every line. `edges` are those of the grid's columns, `points` pixels of a point, `typed` texts
    that are being written at a row and column, and stand in no fact yet."""
    least = round(measure.line) + 2 * PAD_Y + 1
    found = [max(least, round(height * points)) for height in sheet.least]
    for place in sorted(sheet.places, key=lambda place: place.rows):
        width = edges[place.column + place.columns] - edges[place.column]
        last = place.row + place.rows - 1
        need = measure.height_of(place, typed.get((place.row, place.column), place.words), width)
        lack = need - sum(found[place.row : last + 1])
        if lack > 0:
            found[last] += lack
    return found
