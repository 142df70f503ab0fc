"""What stands on a page of a PDF: every run of text with its place, and the straight lines drawn there."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import pairwise
from math import hypot
from typing import Any, NamedTuple

from desktop.exchange.read_text.pdf.fonts import Face, Fonts, entry
from desktop.exchange.read_text.pdf.matrices import ROTATIONS, UPRIGHT, Matrix, matrix_of, product

_MOST_LEANING = 0.5
"""Points that a line may lean: programs round the two ends of a straight line differently."""
_LINE_THICKNESS = 3.0
"""Points: a filled rectangle no thicker is a line of a table, as Excel and WPS draw them."""
_MOST_FORMS, _DEEPEST = 500, 8
"""Forms on a page, and within one another: a form that shows itself could go on for ever."""
_WIDE_STEP = 0.3
"""Characters: in so wide a step there is room for a sign, drawn before or after in another font, `“` for instance."""
_FILLED_AND_DRAWN = 2
"""The manner (Tr) in which signs are filled and their edges are drawn too."""
MAX_CONTENT = 100_000_000
"""Bytes of operators in a file: a page of a report has 30,000, and reading so many takes ten seconds."""
_LONGEST_LABEL = 40
"""Characters: what is longer is a sentence, and no label in a chart."""


class Run(NamedTuple):
    """A stretch of text drawn in one go, from left to right on its baseline."""

    x: float
    y: float
    right: float
    size: float
    text: str
    figure: int
    """Number of the picture it stands in, 0 for none."""
    white: bool = False
    bold: bool = False
    font: str = ""


class Rule(NamedTuple):
    """A line straight up or across: where it stands, and from where to where it goes."""

    upright: bool
    at: float
    low: float
    high: float


class Shape(NamedTuple):
    """A filled surface, by the rectangle around it."""

    left: float
    low: float
    right: float
    high: float
    figure: int = 0
    white: bool = False


class PlacedImage(NamedTuple):
    """A picture on its page: the object of the file, its number there, and behind how many runs it was drawn."""

    source: Any
    number: int
    after: int
    left: float
    low: float
    width: float
    height: float


@dataclass(slots=True)
class PageContent:
    runs: list[Run] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    shapes: list[Shape] = field(default_factory=list)
    figures: int = 0
    """Pictures made of lines and labels whose words were left out."""
    size: int = 0
    """Bytes of operators that were read."""
    images: list[PlacedImage] = field(default_factory=list)


@dataclass(slots=True)
class _State:
    """The part of the graphics state that q and Q keep."""

    matrix: Matrix
    face: Face | None = None
    size: float = 0.0
    spacing: float = 0.0
    word_spacing: float = 0.0
    scale: float = 1.0
    leading: float = 0.0
    rise: float = 0.0
    white: bool = False
    """Whether signs and surfaces are filled with white."""
    drawn_around: bool = False
    """Whether signs are filled and their edges drawn: so fonts are made bold that have no bold of their own."""

    def copy(self) -> _State:
        return _State(
            *(self.matrix, self.face, self.size, self.spacing, self.word_spacing, self.scale, self.leading),
            *(self.rise, self.white, self.drawn_around),
        )


def read_page(page: Any, fonts: Fonts, most: int, most_bytes: int = MAX_CONTENT) -> PageContent:
    """Everything on a page, the way it is shown; reading ends after `most` characters, or bytes of operators."""
    turn = int(page.get("/Rotate", 0) or 0) % 360
    reading = _Reading(fonts, most, most_bytes)
    reading.read(page.get("/Contents"), page.get("/Resources"), page.pdf, ROTATIONS.get(turn, UPRIGHT))
    return _without_figures(reading.content)


class _Reading:
    """One pass through the operators of a page and of the forms that it shows."""

    def __init__(self, fonts: Fonts, most: int, most_bytes: int) -> None:
        self.fonts, self.left, self._most_bytes = fonts, most, most_bytes
        self.content = PageContent()
        self._forms = 0
        self._figures = 0
        self._marks: list[bool] = []
        self._inside = 0
        self._operators: dict[bytes, Callable[[list[Any]], None]] = {
            **{b"q": self._keep, b"Q": self._restore, b"cm": self._move, b"BT": self._begin},
            **{b"Tf": self._font, b"Tc": self._spacing, b"Tw": self._words, b"Tz": self._scale},
            **{b"Tr": self._manner, b"Ts": self._raise},
            **{b"TL": self._leading, b"Td": self._step, b"TD": self._step_leading, b"Tm": self._place},
            **{b"T*": self._next_line, b"Tj": self._show, b"TJ": self._show_all},
            **{b"'": self._show_next, b'"': self._show_spaced},
            **{b"m": self._start, b"l": self._line, b"re": self._box, b"h": self._close, b"c": self._curve},
            **{b"v": self._curve, b"y": self._curve},
            **dict.fromkeys((b"S", b"s"), self._stroke),
            **dict.fromkeys((b"f", b"F", b"f*"), self._fill),
            **dict.fromkeys((b"B", b"B*", b"b", b"b*"), self._fill_and_stroke),
            **dict.fromkeys((b"g", b"rg", b"k", b"sc", b"scn"), self._colour),
            **{b"n": self._drop, b"BMC": self._mark, b"BDC": self._mark, b"EMC": self._unmark},
        }

    def read(self, content: Any, resources: Any, pdf: Any, matrix: Matrix, depth: int = 0) -> None:
        from pypdf.generic import ContentStream

        if content is None or content.get_object() is None or self.content.size >= self._most_bytes:
            return
        stream = ContentStream(content.get_object(), pdf, "bytes")
        self.content.size += len(stream.get_data())
        resources = resources.get_object() if resources is not None else {}
        self._faces = self.fonts.of(resources)
        self._state, self._stack = _State(matrix), list[_State]()
        self._text = self._row = UPRIGHT
        self._path: list[list[tuple[float, float]]] = []
        for operands, operator in stream.operations:
            if operator == b"Do" and depth < _DEEPEST:
                self._form(operands, resources, pdf, depth)
            elif operator in self._operators and self.left > 0:
                with suppress(IndexError, TypeError, ValueError):  # an operator without its numbers
                    self._operators[operator](operands)

    def _form(self, operands: list[Any], resources: Any, pdf: Any, depth: int) -> None:
        """A form is a page within the page; Word's and other programs' text may stand in one."""
        forms = entry(resources, "/XObject")
        form = forms.get(operands[0]) if forms else None
        form = form.get_object() if form is not None else None
        if form is not None and form.get("/Subtype") == "/Image":
            a, b, c, d, x, y = self._state.matrix
            upright = abs(b) + abs(c) < 0.01 * (abs(a) + abs(d)) and a > 0 and d > 0
            box = (x, y, a, d) if upright else (x, y, 0.0, 0.0)
            number = getattr(form.indirect_reference, "idnum", id(form))
            self.content.images.append(PlacedImage(form, number, len(self.content.runs), *box))
        if form is None or form.get("/Subtype") != "/Form" or self._forms >= _MOST_FORMS:
            return
        self._forms += 1
        kept = (self._faces, self._state, self._stack, self._text, self._row, self._path)
        own = [float(number) for number in form.get("/Matrix", UPRIGHT)]
        inside = product((own[0], own[1], own[2], own[3], own[4], own[5]), self._state.matrix)
        self.read(form, form.get("/Resources", resources), pdf, inside, depth + 1)
        self._faces, self._state, self._stack, self._text, self._row, self._path = kept

    # -- state -------------------------------------------------------------------------------------------

    def _keep(self, _: list[Any]) -> None:
        self._stack.append(self._state.copy())

    def _restore(self, _: list[Any]) -> None:
        if self._stack:
            self._state = self._stack.pop()

    def _move(self, operands: list[Any]) -> None:
        self._state.matrix = product(matrix_of(operands), self._state.matrix)

    def _font(self, operands: list[Any]) -> None:
        self._state.face = self._faces.get(str(operands[0]))
        self._state.size = float(operands[1])

    def _spacing(self, operands: list[Any]) -> None:
        self._state.spacing = float(operands[0])

    def _words(self, operands: list[Any]) -> None:
        self._state.word_spacing = float(operands[0])

    def _scale(self, operands: list[Any]) -> None:
        self._state.scale = float(operands[0]) / 100

    def _manner(self, operands: list[Any]) -> None:
        self._state.drawn_around = operands[0] == _FILLED_AND_DRAWN

    def _raise(self, operands: list[Any]) -> None:
        self._state.rise = float(operands[0])

    def _leading(self, operands: list[Any]) -> None:
        self._state.leading = float(operands[0])

    def _colour(self, operands: list[Any]) -> None:
        """All the light of grey or red, green and blue; none of the four inks."""
        parts = [float(part) for part in operands]
        self._state.white = bool(parts) and all(part == (len(parts) != 4) for part in parts)

    def _mark(self, operands: list[Any]) -> None:
        figure = bool(operands) and operands[0] == "/Figure"
        self._figures += figure and not self._inside
        self._inside += figure
        self._marks.append(figure)

    def _unmark(self, _: list[Any]) -> None:
        if self._marks:
            self._inside -= self._marks.pop()

    # -- text --------------------------------------------------------------------------------------------

    def _begin(self, _: list[Any]) -> None:
        self._text = self._row = UPRIGHT

    def _place(self, operands: list[Any]) -> None:
        self._text = self._row = matrix_of(operands)

    def _step(self, operands: list[Any]) -> None:
        self._to(float(operands[0]), float(operands[1]))

    def _to(self, x: float, y: float) -> None:
        self._text = self._row = product((1.0, 0.0, 0.0, 1.0, x, y), self._row)

    def _step_leading(self, operands: list[Any]) -> None:
        self._state.leading = -float(operands[1])
        self._step(operands)

    def _next_line(self, _: list[Any]) -> None:
        self._to(0.0, -self._state.leading)

    def _show(self, operands: list[Any]) -> None:
        self._show_parts(operands[:1])

    def _show_all(self, operands: list[Any]) -> None:
        self._show_parts(operands[0])

    def _show_next(self, operands: list[Any]) -> None:
        self._next_line([])
        self._show_parts(operands[:1])

    def _show_spaced(self, operands: list[Any]) -> None:
        self._state.word_spacing, self._state.spacing = float(operands[0]), float(operands[1])
        self._show_next(operands[2:])

    def _show_parts(self, parts: Iterable[Any]) -> None:
        """Strings and the steps between them; a wide step begins another run."""
        state = self._state
        if state.face is None:
            return
        texts: list[str] = []
        run_width = 0.0  # in text space, from the beginning of the run
        for part in parts:
            if isinstance(part, int | float):
                step = -float(part) / 1000
                if abs(step) > _WIDE_STEP and texts:
                    run_width = self._add_run(texts, run_width)
                    texts = []
                run_width += step * state.size * state.scale
                if not texts:
                    run_width = self._advance(run_width)
                continue
            for text, width in state.face.read(_bytes(part)):
                texts.append(text)
                extra = state.spacing + (state.word_spacing if text == " " else 0.0)
                run_width += (width * state.size + extra) * state.scale
        self._add_run(texts, run_width)

    def _add_run(self, texts: list[str], width: float) -> float:
        """One run, and the pen behind it; the width of what comes next, which is 0."""
        text = "".join(texts)
        if text:
            on_page = product(self._text, self._state.matrix)
            size = abs(self._state.size) * hypot(on_page[2], on_page[3])
            right = on_page[4] + width * on_page[0]
            figure = self._figures if self._inside else 0
            face = self._state.face
            bold = self._state.drawn_around or (face is not None and face.bold)
            font = "" if face is None else face.name
            placed = (on_page[4], on_page[5] + self._state.rise * on_page[3], right, size, text, figure)
            self.content.runs.append(Run(*placed, self._state.white, bold, font))
            self.left -= len(text)
        return self._advance(width)

    def _advance(self, width: float) -> float:
        self._text = product((1.0, 0.0, 0.0, 1.0, width, 0.0), self._text)
        return 0.0

    # -- lines -------------------------------------------------------------------------------------------

    def _point(self, x: Any, y: Any) -> tuple[float, float]:
        a, b, c, d, e, f = self._state.matrix
        return a * float(x) + c * float(y) + e, b * float(x) + d * float(y) + f

    def _start(self, operands: list[Any]) -> None:
        self._path.append([self._point(*operands[:2])])

    def _line(self, operands: list[Any]) -> None:
        if self._path:
            self._path[-1].append(self._point(*operands[:2]))

    def _curve(self, operands: list[Any]) -> None:
        """What is round is no line of a table."""
        self._path.append([self._point(*operands[-2:])])

    def _box(self, operands: list[Any]) -> None:
        x, y, wide, high = (float(number) for number in operands[:4])
        corners = ((x, y), (x + wide, y), (x + wide, y + high), (x, y + high), (x, y))
        self._path.append([self._point(*corner) for corner in corners])

    def _close(self, _: list[Any]) -> None:
        if self._path and len(self._path[-1]) > 1:
            self._path[-1].append(self._path[-1][0])

    def _stroke(self, _: list[Any]) -> None:
        for points in self._path:
            for one, other in pairwise(points):
                self._rule(one, other)
        self._path = []

    def _rule(self, one: tuple[float, float], other: tuple[float, float]) -> None:
        (x, y), (to_x, to_y) = one, other
        if self._inside:
            return
        if abs(x - to_x) <= _MOST_LEANING < abs(y - to_y):
            self.content.rules.append(Rule(True, (x + to_x) / 2, min(y, to_y), max(y, to_y)))
        elif abs(y - to_y) <= _MOST_LEANING < abs(x - to_x):
            self.content.rules.append(Rule(False, (y + to_y) / 2, min(x, to_x), max(x, to_x)))

    def _fill(self, _: list[Any]) -> None:
        """Some programs draw lines as thin rectangles."""
        for points in self._path:
            left, right = min(x for x, _ in points), max(x for x, _ in points)
            low, high = min(y for _, y in points), max(y for _, y in points)
            if right - left <= _LINE_THICKNESS < high - low:
                self._rule(((left + right) / 2, low), ((left + right) / 2, high))
            elif high - low <= _LINE_THICKNESS < right - left:
                self._rule((left, (low + high) / 2), (right, (low + high) / 2))
            else:
                figure = self._figures if self._inside else 0
                self.content.shapes.append(Shape(left, low, right, high, figure, self._state.white))
        self._path = []

    def _fill_and_stroke(self, _: list[Any]) -> None:
        path = self._path
        self._fill([])
        self._path = path
        self._stroke([])

    def _drop(self, _: list[Any]) -> None:
        self._path = []


def _without_figures(content: PageContent) -> PageContent:
    """Labels in a picture are no text of the report; whole sentences in one are."""
    texts_of_figure: dict[int, list[str]] = {}
    for run in content.runs:
        if run.figure:
            texts_of_figure.setdefault(run.figure, []).append(run.text)
    left_out = {
        figure
        for figure, texts in texts_of_figure.items()
        if not any(len(text) > _LONGEST_LABEL or "。" in text for text in texts)
    }
    runs = [run for run in content.runs if run.figure not in left_out]
    shapes = [shape for shape in content.shapes if shape.figure not in left_out]
    return PageContent(runs, content.rules, shapes, len(left_out), content.size, content.images)


def _bytes(part: Any) -> bytes:
    if isinstance(part, bytes):
        return part
    original = getattr(part, "original_bytes", b"")
    return original if isinstance(original, bytes) else b""
