"""The two charts of a report, drawn once as a reportlab Drawing for both the page and the screen.

Always set in the bundled 黑体: call `fonts.register` before drawing. For the screen, load
resources/fonts/GovHei.ttf and GovSong.ttf with QFontDatabase.addApplicationFont: the SVG names the
families “GOV Hei” and “GOV Song”, under which Qt then finds them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from desktop.exchange.typography.fonts import BUNDLED

_FONT, _SPARE_FONT = BUNDLED["hei"][1], BUNDLED["song"][1]
_ACCENT = "#1F5FA8"
# Greys for the years before: they stay apart in a black-and-white print, too.
_PALETTES = {2: ("#A9B4C0", _ACCENT), 3: ("#CBD2D9", "#8795A3", _ACCENT)}
_INK, _FAINT, _AXIS = "#2B333B", "#6B7683", "#C3CAD1"
_TITLE, _LABEL, _VALUE = 11.0, 9.0, 8.0  # type sizes, points
_BAR, _BAR_GAP, _GROUP_GAP = 9.0, 2.0, 11.0  # points, as all that follows
_HEAD = 44.0  # title, legend and the space below them
_LABEL_SHARE = 0.3  # of the width, for the names: the bars need the rest
_EMPTY = 60.0  # below the head, for the sentence that nothing is filled in
_LEAST_WIDTH = 280.0  # holds a label and the longest figure on both sides of the axis
_ZERO = Decimal(0)
_NOT_FILLED = "未填"
_LARGEST = Decimal(10) ** 12  # above that a figure, wider than its bar may be, is written as a power of ten


@dataclass(frozen=True)
class ChartGroup:
    """One line of the chart: what it is, one value per series (None: not filled in), a remark below."""

    label: str
    values: tuple[Decimal | None, ...]
    note: str = ""


@dataclass(frozen=True)
class ChartData:
    """Title, unit (万元), names of the series, and the groups from top to bottom."""

    title: str
    unit: str
    series: tuple[str, ...]
    groups: tuple[ChartGroup, ...]


def three_public_chart(data: ChartData, width: float = 440.0) -> Any:
    """三公经费: last year's final, this year's budget, this year's final, per item. A Drawing, in points."""
    return _bar_chart(data, width, "尚未填写“三公”经费数据")


def execution_chart(data: ChartData, width: float = 440.0) -> Any:
    """年初预算, 全年预算, 全年执行, by 支出性质 or by 收入性质. A Drawing, in points."""
    return _bar_chart(data, width, "尚未填写预算执行数据")


def to_svg(drawing: Any) -> bytes:
    """The drawing for QSvgWidget; without clipping QtSvg would paint it black."""
    from reportlab.graphics import renderSVG

    text = renderSVG.drawToString(drawing, useClip=True)
    return text if isinstance(text, bytes) else str(text).encode("utf-8")


@dataclass(frozen=True)
class _Scale:
    """Where things stand: left edge and room of the bars, and the range of values drawn over that room.

    Values are drawn as parts of the largest one, so that no amount is too large to be drawn.
    """

    left: float
    room: float
    largest: Decimal
    low: float  # parts of the largest, -1..0
    high: float
    places: int  # decimals of all figures: two, or none where all are whole

    def x(self, value: Decimal) -> float:
        part = float(value / self.largest)
        return self.left + (part - self.low) / (self.high - self.low) * self.room


def _bar_chart(data: ChartData, width: float, empty: str) -> Any:
    from reportlab.graphics.shapes import Drawing

    width = max(width, _LEAST_WIDTH)
    if not any(value for group in data.groups for value in map(_usable, group.values)):
        drawing = Drawing(width, _HEAD + _EMPTY, initialFontName=_FONT)
        _title(drawing, data)
        _text(drawing, width / 2, 34, empty, _LABEL, _FAINT, "middle")
        return drawing
    labels = [_wrapped(group.label, width * _LABEL_SHARE, _LABEL) for group in data.groups]
    heights = [_group_height(group, lines) for group, lines in zip(data.groups, labels, strict=True)]
    drawing = Drawing(width, _HEAD + sum(heights) + _GROUP_GAP * len(heights), initialFontName=_FONT)
    _title(drawing, data)
    _legend(drawing, data, drawing.height - 31)
    scale = _scale(data, labels, width)
    top = drawing.height - _HEAD
    for group, lines, height in zip(data.groups, labels, heights, strict=True):
        _group(drawing, scale, group, lines, top, height)
        top -= height + _GROUP_GAP
    _line(drawing, scale.x(_ZERO), _GROUP_GAP / 2, drawing.height - _HEAD + _GROUP_GAP / 2)
    return drawing


def _usable(value: Decimal | None) -> Decimal | None:
    return value if value is not None and value.is_finite() else None


def _scale(data: ChartData, labels: Sequence[Sequence[str]], width: float) -> _Scale:
    values = [value for group in data.groups for value in map(_usable, group.values) if value is not None]
    largest = max(map(abs, values))
    places = 0 if all(value == value.to_integral_value() for value in values) else 2
    shown = [_figure(value, places) for value in values]
    shown += [_NOT_FILLED] if any(None in map(_usable, group.values) for group in data.groups) else []
    figures = max(_width(text, _VALUE) for text in shown) + 6
    notes = [_width(group.note, _VALUE) for group in data.groups]
    left = max(*notes, *(_width(line, _LABEL) for lines in labels for line in lines)) + 10
    low, high = float(min(_ZERO, *values) / largest), float(max(_ZERO, *values) / largest)
    if low < 0:
        left += figures
    return _Scale(left, max(width - left - figures, 20.0), largest, low, high, places)


def _group_height(group: ChartGroup, lines: Sequence[str]) -> float:
    bars = len(group.values) * (_BAR + _BAR_GAP) - _BAR_GAP
    text = len(lines) * (_LABEL + 2) + (_VALUE + 3 if group.note else 0)
    return max(bars, text)


def _group(
    drawing: Any, scale: _Scale, group: ChartGroup, lines: Sequence[str], top: float, height: float
) -> None:
    labels = [(line, _LABEL, _INK) for line in lines]
    if group.note:
        labels.append((group.note, _VALUE, _FAINT))
    y = top - (height - len(labels) * (_LABEL + 2)) / 2
    for text, size, colour in labels:
        y -= _LABEL + 2
        _text(drawing, 0, y + 2.5, _clipped(text, scale.left - 6, size), size, colour)
    y = top - (height - len(group.values) * (_BAR + _BAR_GAP) + _BAR_GAP) / 2
    for place, value in enumerate(map(_usable, group.values)):
        y -= _BAR
        _bar(drawing, scale, value, y, colours(len(group.values))[place])
        y -= _BAR_GAP


def _bar(drawing: Any, scale: _Scale, value: Decimal | None, y: float, colour: str) -> None:
    from reportlab.graphics.shapes import Rect
    from reportlab.lib.colors import HexColor

    zero = scale.x(_ZERO)
    if value is None:
        _text(drawing, zero + 3, y + 1.8, _NOT_FILLED, _VALUE, _FAINT)
        return
    end = scale.x(value)
    if value:
        drawing.add(
            Rect(
                min(zero, end),
                y,
                max(abs(end - zero), 0.5),  # 0.01 beside 10,000 is still to be seen
                _BAR,
                fillColor=HexColor(colour),
                strokeWidth=0,
                strokeColor=None,
            )
        )
    ink = _ACCENT if colour == _ACCENT else _INK
    anchor, gap = ("end", -3.0) if value < 0 else ("start", 3.0)
    _text(drawing, end + gap, y + 1.8, _figure(value, scale.places), _VALUE, ink, anchor)


def _title(drawing: Any, data: ChartData) -> None:
    unit = f"（单位：{data.unit}）" if data.unit else ""
    _text(
        drawing, 0, drawing.height - _TITLE, _clipped(data.title + unit, drawing.width, _TITLE), _TITLE, _INK
    )


def _legend(drawing: Any, data: ChartData, y: float) -> None:
    from reportlab.graphics.shapes import Rect
    from reportlab.lib.colors import HexColor

    x = 0.0
    for name, colour in zip(data.series, colours(len(data.series)), strict=True):
        drawing.add(Rect(x, y, 8, 8, fillColor=HexColor(colour), strokeWidth=0, strokeColor=None))
        _text(drawing, x + 12, y + 0.8, name, _VALUE, _FAINT)
        x += 12 + _width(name, _VALUE) + 14


def colours(count: int) -> tuple[str, ...]:
    """Greys, and the accent for the last series: the figures of the year under review."""
    return _PALETTES.get(count) or ("#8795A3",) * (count - 1) + (_ACCENT,)


def _figure(value: Decimal, places: int) -> str:
    """1,968.01; an absurd amount as a power of ten."""
    return f"{value:.2e}" if abs(value) >= _LARGEST else f"{value:,.{places}f}"


def _font_for(text: str) -> str:
    from reportlab.pdfbase import pdfmetrics

    known = pdfmetrics.getFont(_FONT).face.charToGlyph
    return _FONT if all(ord(char) in known for char in text) else _SPARE_FONT


def _width(text: str, size: float) -> float:
    from reportlab.pdfbase.pdfmetrics import stringWidth

    return float(stringWidth(text, _font_for(text), size))


def _wrapped(text: str, room: float, size: float) -> list[str]:
    """A label on up to three lines; what is left over ends in …."""
    from desktop.exchange.typography.line_breaking import break_lines

    lines = [
        line.text.strip() for line in break_lines([(text, lambda char: _width(char, size))], room, em=size)
    ]
    if len(lines) > 3:
        lines = [*lines[:2], lines[2][:-1] + "…"]
    return lines


def _clipped(text: str, room: float, size: float) -> str:
    if _width(text, size) <= room:
        return text
    while text and _width(text + "…", size) > room:
        text = text[:-1]
    return text + "…"


def _text(
    drawing: Any, x: float, y: float, text: str, size: float, colour: str, anchor: str = "start"
) -> None:
    from reportlab.graphics.shapes import String
    from reportlab.lib.colors import HexColor

    if anchor == "start" and text[:1] in ("“", "（", "《"):
        x -= size / 2  # the left half of such a mark is empty
    drawing.add(
        String(
            x, y, text, fontName=_font_for(text), fontSize=size, fillColor=HexColor(colour), textAnchor=anchor
        )
    )


def _line(drawing: Any, x: float, low: float, high: float) -> None:
    from reportlab.graphics.shapes import Line
    from reportlab.lib.colors import HexColor

    drawing.add(Line(x, low, x, high, strokeColor=HexColor(_AXIS), strokeWidth=0.8))
