"""The ruled table of official forms, as a reportlab flowable: thin black grid, merged cells, repeated heads.

Needs reportlab at import: import this module inside the functions that use it. reportlab's own Table
neither splits a row that is higher than a page nor a merged cell that runs over pages; both are common
in 自评表, so this one sets and splits its cells itself.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from reportlab.lib.units import mm
from reportlab.platypus import Flowable

from desktop.domain.keys import FactKey
from desktop.exchange.pdf_out.cell_places import CellPlace
from desktop.exchange.pdf_out.paragraphs import STYLES, Align, Faces, LineSetter, Style
from desktop.exchange.typography.line_breaking import Line

Span = tuple[int, int, int, int]  # top, left, bottom, right; both ends included
RULE = 0.5  # points
PAD_X, PAD_Y = 3.0, 3.0  # points; above and below, no more than between two lines
_LONGEST_LABEL = 20  # a merged cell of at most so many characters is repeated on the next page
_TALLEST_WHOLE = (
    8  # lines; a higher row may be split inside, a lower one leaves no great hole by moving whole
)
_TALLEST_HEAD = 200.0  # points; a higher head would take a third of every page, and is not repeated
_LEAST_PART = 3  # lines of a split row that stay on the page
_HAIR = 1e-6  # points; sums of heights are floats


@dataclass(frozen=True)
class Cell:
    """The text of one cell; what is not given comes from the table's style."""

    text: str = ""
    align: Align = "center"
    face: str | None = None
    size: float | None = None
    key: FactKey | None = None
    """The fact that stands in it, whose place is told to `places`."""


@dataclass(frozen=True)
class _Box:
    """A cell with its lines, over the rows top..bottom and the columns left..right."""

    top: int
    left: int
    bottom: int
    right: int
    setter: LineSetter
    lines: tuple[Line, ...]
    text: str
    key: FactKey | None = None

    @property
    def leading(self) -> float:
        return self.setter.style.leading

    def height(self) -> float:
        return len(self.lines) * self.leading + 2 * _pad(self.setter.style)

    def fitting(self, height: float) -> int:
        room = height - 2 * _pad(self.setter.style)
        return max(0, min(len(self.lines), int((room + _HAIR) // self.leading)))


def official_table(
    rows: Sequence[Sequence[Cell | str]],
    widths_mm: Sequence[float],
    faces: Faces,
    *,
    spans: Iterable[Span] = (),
    header_rows: int = 0,
    style: Style = STYLES["cell"],
    head_style: Style = STYLES["cell_head"],
    least_row_mm: float = 7.0,
    places: list[CellPlace] | None = None,
) -> "OfficialTable":
    """Build the table; a missing cell is empty, a covered cell's text is not shown.

    Columns are `widths_mm` wide, narrowed in proportion when the page has less room. The first
    `header_rows` rows are set in `head_style` and repeated on every page. While it is drawn, `places` is told
    where its facts stand.
    """
    styles = (style, head_style)
    return OfficialTable(rows, widths_mm, faces, tuple(spans), header_rows, styles, least_row_mm, places)


class OfficialTable(Flowable):  # type: ignore[misc]
    """See official_table; what is left after a page is again one of these."""

    def __init__(
        self,
        rows: Sequence[Sequence[Cell | str]],
        widths_mm: Sequence[float],
        faces: Faces,
        spans: tuple[Span, ...],
        header_rows: int,
        styles: tuple[Style, Style],
        least_row_mm: float,
        places: list[CellPlace] | None = None,
    ) -> None:
        super().__init__()
        self.rows, self.widths_mm, self.faces, self.spans = rows, tuple(widths_mm), faces, spans
        self.header_rows, self.styles, self.least_row = header_rows, styles, least_row_mm * mm
        self.row_count, self.places = len(rows), places
        self.hAlign = "CENTER"
        self.spaceAfter = 8.0
        self._setters: dict[tuple[bool, str | None, float | None, Align], LineSetter] = {}
        self._boxes: list[_Box] = []
        self._columns: list[float] = []
        self._heights: list[float] = []
        self._set_for: float | None = None

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        self._lay_out(width)
        self.width, self.height = sum(self._columns), sum(self._heights)
        return self.width, self.height

    def least_height(self, width: float) -> float:
        """What must fit below a caption: the head and the first row, or the first lines of a high row."""
        self._lay_out(width)
        head = sum(self._heights[: self.header_rows])
        return head + min([*self._heights[self.header_rows : self.header_rows + 1], self._whole_row()])

    def split(self, width: float, height: float) -> list[Flowable]:
        self._lay_out(width)
        if sum(self._heights) <= height + _HAIR:
            return [self]
        fit, used = 0, 0.0
        while used + self._heights[fit] <= height + _HAIR:
            used += self._heights[fit]
            fit += 1
        if self._may_split_row(fit, height - used):
            return self._split_row(fit, height - used)
        fit = self._with_whole_labels(fit)
        return self._split_at(fit) if fit > self._repeated() else []

    def _with_whole_labels(self, row: int) -> int:
        """A cut further up, where `产出指标（50分）` begins in a row too low for its two lines; below the head there is
        none, and all goes overleaf."""
        across = [box for box in self._boxes if box.top < row <= box.bottom and _is_label(box)]
        divided = [box for box in across if box.fitting(sum(self._heights[box.top : row])) < len(box.lines)]
        return self._with_whole_labels(min(box.top for box in divided)) if divided else row

    def draw(self) -> None:
        canvas = self.canv
        lefts = [sum(self._columns[:n]) for n in range(len(self._columns) + 1)]
        tops = list(_row_edges(self.height, self._heights))
        canvas.saveState()
        canvas.setLineWidth(RULE)
        canvas.setStrokeGray(0)
        for box in self._boxes:
            x, y = lefts[box.left], tops[box.bottom + 1]
            width, height = lefts[box.right + 1] - x, tops[box.top] - y
            canvas.rect(x, y, width, height)
            self._tell_place(box.key, x, y, width, height)
            base = y + (height + len(box.lines) * box.leading) / 2 - box.setter.baseline()
            for place, line in enumerate(box.lines):
                box.setter.draw(canvas, line, x + PAD_X, base - place * box.leading, width - 2 * PAD_X)
        canvas.restoreState()

    def _tell_place(self, key: FactKey | None, x: float, y: float, width: float, height: float) -> None:
        if key is not None and self.places is not None:
            left, top = self.canv.absolutePosition(x, y + height)
            page = self.canv.getPageNumber() - 1
            self.places.append(CellPlace(key, page, left, self.canv._pagesize[1] - top, width, height))

    def _lay_out(self, width: float) -> None:
        """Break all cells into lines for the room there is, once."""
        if self._set_for is not None and (self._set_for == width or not self.rows):
            return
        wished = sum(self.widths_mm) * mm
        scale = mm * min(1.0, width / wished) if wished else mm
        self._columns = [wide * scale for wide in self.widths_mm]
        self._boxes = list(self._boxes_of_rows())
        self._heights = self._row_heights()
        self._set_for = width

    def _boxes_of_rows(self) -> Iterator[_Box]:
        count = len(self.widths_mm)
        starts = {(top, left): (bottom, right) for top, left, bottom, right in self.spans}
        covered = {
            (row, column)
            for top, left, bottom, right in self.spans
            for row in range(top, bottom + 1)
            for column in range(left, right + 1)
            if (row, column) != (top, left)
        }
        for top, row in enumerate(self.rows):
            for left in range(count):
                if (top, left) not in covered:
                    bottom, right = starts.get((top, left), (top, left))
                    cell = row[left] if left < len(row) else ""
                    bottom, right = min(bottom, self.row_count - 1), min(right, count - 1)
                    yield self._box(top, left, bottom, right, Cell(cell) if isinstance(cell, str) else cell)

    def _box(self, top: int, left: int, bottom: int, right: int, cell: Cell) -> _Box:
        setter = self._setter(top < self.header_rows, cell.face, cell.size, cell.align)
        room = sum(self._columns[left : right + 1]) - 2 * PAD_X
        lines = self.faces.cell_lines(cell.text, setter.style, room) if cell.text else ()
        return _Box(top, left, bottom, right, setter, lines, cell.text, cell.key)

    def _setter(self, is_head: bool, face: str | None, size: float | None, align: Align) -> LineSetter:
        """What draws a cell of this look; the many cells of one look share it."""
        key = (is_head, face, size, align)
        if key not in self._setters:
            base = self.styles[1 if is_head else 0]
            size = size or base.size
            leading = base.leading * size / base.size
            style = replace(base, face=face or base.face, size=size, leading=leading, align=align)
            self._setters[key] = LineSetter.of("", style, self.faces)
        return self._setters[key]

    def _row_heights(self) -> list[float]:
        heights = [self.least_row] * self.row_count
        for box in sorted(self._boxes, key=lambda one: one.bottom - one.top):
            lack = box.height() - sum(heights[box.top : box.bottom + 1])
            if lack > 0:
                heights[box.bottom] += lack
        return heights

    def _whole_row(self) -> float:
        return _TALLEST_WHOLE * self.styles[0].leading + 2 * _pad(self.styles[0])

    def _repeated(self) -> int:
        """How many head rows the next page repeats."""
        return self.header_rows if sum(self._heights[: self.header_rows]) <= _TALLEST_HEAD else 0

    def _may_split_row(self, row: int, room: float) -> bool:
        """Only a high row is split, and only when some lines of it stay here."""
        tall = self._heights[row] > self._whole_row() and row >= self._repeated()
        return tall and room >= _LEAST_PART * self.styles[0].leading + 2 * _pad(self.styles[0])

    def _split_at(self, row: int) -> list[Flowable]:
        """Cut between two rows; a merged cell across the cut goes on behind it."""
        upper = [box for box in self._boxes if box.bottom < row]
        lower = [box for box in self._boxes if box.top >= row]
        for box in self._boxes:
            if box.top < row <= box.bottom:
                first, rest = self._cut(box, sum(self._heights[box.top : row]))
                upper.append(replace(box, bottom=row - 1, lines=first))
                lower.append(replace(box, top=row, lines=rest))
        return [self._part(upper, self._heights[:row]), self._continuation(lower, row)]

    def _split_row(self, row: int, room: float) -> list[Flowable]:
        """Cut inside a row: the lines that fit stay, the others open the next page."""
        upper = [box for box in self._boxes if box.bottom < row]
        lower = [box for box in self._boxes if box.top > row]
        for box in self._boxes:
            if box.top <= row <= box.bottom:
                first, rest = self._cut(box, sum(self._heights[box.top : row]) + room)
                upper.append(replace(box, bottom=row, lines=first))
                lower.append(replace(box, top=row, lines=rest))
        return [self._part(upper, [*self._heights[:row], room]), self._continuation(lower, row)]

    def _cut(self, box: _Box, height: float) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
        """Lines before and behind a cut. A short label is shown on both pages, text goes on."""
        fit = box.fitting(height)
        if fit < len(box.lines):
            return box.lines[:fit], box.lines[fit:]
        return box.lines, box.lines if _is_label(box) else ()

    def _continuation(self, boxes: list[_Box], row: int) -> Flowable:
        """What follows on the next page, below the repeated head."""
        head = self._repeated()
        heads = [box for box in self._boxes if box.bottom < head]
        across = [box for box in self._boxes if box.top < head <= box.bottom]
        heads += [replace(box, bottom=head - 1) for box in across if box.bottom < row]
        tops = {box.left: box.top for box in across if box.bottom >= row}
        moved = [replace(box, top=box.top - row + head, bottom=box.bottom - row + head) for box in boxes]
        moved = [replace(box, top=tops.get(box.left, head)) if box.top == head else box for box in moved]
        rest = self._part([*heads, *moved], [0.0] * (head + self.row_count - row))
        rest._heights = rest._row_heights()
        return rest

    def _part(self, boxes: list[_Box], heights: list[float]) -> "OfficialTable":
        head = self._repeated()
        least = self.least_row / mm
        part = OfficialTable((), self.widths_mm, self.faces, (), head, self.styles, least, self.places)
        part._boxes, part._heights, part._columns = boxes, heights, self._columns
        part.row_count = len(heights)
        part._set_for, part.spaceAfter = self._set_for, self.spaceAfter
        return part


def _is_label(box: _Box) -> bool:
    """The words of several rows together, short enough to be read in each of its parts."""
    return box.bottom > box.top and len(box.text) <= _LONGEST_LABEL


def _pad(style: Style) -> float:
    return min(PAD_Y, style.leading - style.size)


def _row_edges(top: float, heights: Sequence[float]) -> Iterator[float]:
    yield top
    for height in heights:
        top -= height
        yield top
