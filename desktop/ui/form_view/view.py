"""A form on the screen: its cells where paper has them, moved through and typed into as every other sheet."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QResizeEvent, QShowEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QWidget

from desktop.domain.forms.laid_out import LaidForm, lay_out
from desktop.domain.forms.printed_form import PrintedForm
from desktop.domain.keys import FactKey
from desktop.ui import theme
from desktop.ui.form_view.blocks import block_of, plan_form_paste
from desktop.ui.form_view.delegate import FormDelegate
from desktop.ui.form_view.heads import Heads
from desktop.ui.form_view.measuring import (
    MOST_ROOM,
    PAPER_POINTS,
    PAPER_TYPE,
    WIDE_PAPER_POINTS,
    Measure,
    heights,
)
from desktop.ui.form_view.model import FormModel
from desktop.ui.grid.clipboard import Paste
from desktop.ui.grid.model import Index
from desktop.ui.grid.sheet_view import SheetView
from desktop.ui.session import Session

_MARGIN = 10
"""Pixels of paper at least beside the form."""
_LEAST_ZOOM, _MOST_ZOOM, _STEP = 0.7, 2.5, 1.1
_POINTS_PER_INCH = 72
_SEEN = QAbstractItemView.ScrollHint.EnsureVisible
Move = QAbstractItemView.CursorAction
_MOVES = {
    Move.MoveUp: (-1, 0),
    Move.MoveDown: (1, 0),
    Move.MoveLeft: (0, -1),
    Move.MoveRight: (0, 1),
    Move.MoveNext: (0, 1),
    Move.MovePrevious: (0, -1),
}


class FormView(SheetView):
    """One form of the open report; `show_form` chooses another."""

    grid: FormModel
    zoomed = Signal()
    """The type is of another size now."""

    def __init__(self, session: Session, form: PrintedForm, scope: str = "", parent: QWidget | None = None):
        super().__init__(session, "formView", parent)
        self.shown_form, self.scope = form, scope
        self.zoom = 1.0
        self.measure = Measure(self._font())
        self._edges: list[int] = []
        self._lane = (0, 0)
        """Row and column of the grid in which the cursor travels through cells that are wider or higher."""
        self._kept = (0, 0, FactKey("", "", ""), 0)
        self._was_in = False
        self._typed: dict[tuple[int, int], str] = {}
        grid = FormModel(session, self._lay, self)
        self._delegate = FormDelegate(session, grid, self.measure, self)
        self._heads = Heads(self, grid, self._delegate)
        self._use(grid, self._delegate)
        self._delegate.growing.connect(self._make_room)
        self._delegate.ended.connect(self._forget_typed)
        self.grid.modelAboutToBeReset.connect(self._keep_place)
        self.grid.modelReset.connect(self._lay_out)
        self._lay_out()

    def _style(self) -> None:
        super()._style()
        self.setShowGrid(False)
        self.horizontalHeader().hide()
        for header in (self.horizontalHeader(), self.verticalHeader()):
            header.setMinimumSectionSize(1)
        # Always there: whether it is needed would depend on the width, and the width on the room left by it.
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)

    def _lay(self) -> LaidForm:
        """As the forms have it by which the report is filled in now: where they are changed for others, this view is
        told before it goes."""
        edition = self._session.templates.edition
        self.shown_form = edition.form(self.shown_form.id) or edition.printed[0]
        self.scope = self.scope if self.shown_form.per_project else ""
        return lay_out(self.shown_form, self._session.assessment, self.scope, typing=True)

    def show_form(self, form: PrintedForm, scope: str = "") -> None:
        """Show another form, or that of another project, from its beginning."""
        if (form, scope) == (self.shown_form, self.scope):
            self.refresh()
            return
        self.finish_editing()
        self.shown_form, self.scope = form, scope
        self._stale = False
        self.setCurrentIndex(QModelIndex())
        self.grid.use(self._lay)
        self.scrollToTop()

    # -- in step with the facts --------------------------------------------------------------------------

    def refresh(self) -> None:
        if self._stale:
            super().refresh()
            self._fit_rows()
            self.viewport().update()

    def _repaint_computed(self) -> None:
        """A key in a cell: what follows from it reads otherwise, all else stays as it is."""
        if not self.isVisible():
            return
        for place in self.grid.reread() or ():
            cell = self.visualRect(self.grid.home(place))
            self.viewport().update(
                cell.adjusted(-1, -1, 1, 1)
            )  # with the rules it shares with its neighbours

    # -- sizes -------------------------------------------------------------------------------------------

    def _font(self) -> QFont:
        font = self.font()
        font.setPointSizeF(theme.POINT_SIZE * self.zoom)
        return font

    def _points(self) -> float:
        """Pixels of a point in which type that is small on paper has the size of the program's."""
        return self.logicalDpiX() / _POINTS_PER_INCH * theme.POINT_SIZE / PAPER_TYPE * self.zoom

    def _paper(self) -> float:
        return WIDE_PAPER_POINTS if self.shown_form.landscape else PAPER_POINTS

    def set_zoom(self, zoom: float) -> None:
        """Of the type; the columns follow where they have no room otherwise."""
        self.zoom = min(max(zoom, _LEAST_ZOOM), _MOST_ZOOM)
        self.measure = self._delegate.measure = Measure(self._font())
        self.setFont(self.measure.font)
        self._fit()
        self.zoomed.emit()

    def zoom_by(self, steps: float) -> None:
        self.set_zoom(self.zoom * _STEP**steps)

    def zoom_to_width(self) -> None:
        """As on paper, only larger: type and columns in paper's proportions fill the window."""
        self.set_zoom((self.viewport().width() - 2 * _MARGIN) / (self._points() / self.zoom * self._paper()))

    def _fit(self) -> None:
        self._fit_columns()
        self._fit_rows()

    def _fit_columns(self) -> None:
        room, natural = self.viewport().width() - 2 * _MARGIN, self._paper() * self._points()
        width = max(min(room, natural * MOST_ROOM), natural * min(1.0, _LEAST_ZOOM / self.zoom))
        beside = max((self.viewport().width() - width) / 2, _MARGIN)
        edges = self.grid.form.edges
        self._edges = [0, *(round(beside + edge * width) for edge in edges)]
        for column, (left, right) in enumerate(pairwise(self._edges)):
            self.setColumnWidth(column, right - left)
        self.setColumnWidth(len(edges), max(self.viewport().width() - self._edges[-1], _MARGIN))

    def _fit_rows(self) -> None:
        if not self._edges:
            return
        found = heights(self.grid.form, self.measure, self._edges, self._points(), self._typed)
        for row, height in enumerate(found):
            if self.rowHeight(row) != height:
                self.setRowHeight(row, height)

        self._heads.follow()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        super().scrollContentsBy(dx, dy)
        self._heads.follow()

    def scrollTo(self, index: Index, hint: QAbstractItemView.ScrollHint = _SEEN) -> None:
        """Not under the heads that lie over the upper edge."""
        super().scrollTo(index, hint)
        under = self._heads.height_over(index.row()) - self.visualRect(index).top()
        if index.isValid() and under > 0:
            self.verticalScrollBar().setValue(self.verticalScrollBar().value() - under)

    def _make_room(self, row: int, column: int, text: str) -> None:
        """The line grows with the text that is written in it."""
        self._typed = {(row, column): text}
        self._fit_rows()

    def _forget_typed(self) -> None:
        self._typed = {}
        self._fit_rows()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fit()

    # -- another form, or lines that came and went -------------------------------------------------------

    def _keep_place(self) -> None:
        focus = QApplication.focusWidget()
        self._was_in = focus is not None and (focus is self or self.isAncestorOf(focus))
        index = self.currentIndex()
        place = self.grid.place_at(index) if index.isValid() else None
        key = place.cell.key if place is not None else None
        # What was typed into a blank line has made a row of just that line.
        blank = index.isValid() and self.grid.row_at(index).kind == "blank"
        kept = FactKey("", "", "") if key is None or blank else key
        self._kept = (index.row(), index.column(), kept, self.verticalScrollBar().value())

    def _lay_out(self) -> None:
        laid = self.grid.form.laid
        self.setAccessibleName(" ".join(filter(None, (laid.title, laid.name))))
        self.clearSpans()
        for place in self.grid.form.places:
            if place.rows > 1 or place.columns > 1:
                self.setSpan(*place.shape)
        self._fit()
        row, column, key, scroll = self._kept
        there = self.grid.form.of(key) or self.grid.form.over(row, column)
        if there is not None:
            self.setCurrentIndex(self.grid.home(there))
            self.verticalScrollBar().setValue(scroll)
        if (
            self._was_in
        ):  # an editor that made a row of a blank line has gone with the old lines, and the focus with it
            self._was_in = False
            self.setFocus()

    # -- moving ------------------------------------------------------------------------------------------

    def neighbour(self, index: QModelIndex, down: int, right: int) -> QModelIndex:
        """The next cell that one can stand in; on the way through a wide cell the column is kept, as Excel does."""
        place = self.grid.place_at(index)
        if place is None:
            return QModelIndex()
        rows, columns = (
            range(place.row, place.row + place.rows),
            range(place.column, place.column + place.columns),
        )
        row = self._lane[0] if self._lane[0] in rows else place.row
        column = self._lane[1] if self._lane[1] in columns else place.column
        if down:
            row = rows[-1] + 1 if down > 0 else rows[0] - 1
        else:
            column = columns[-1] + 1 if right > 0 else columns[0] - 1
        while True:
            found = self.grid.form.over(row, column)
            if found is None:
                return QModelIndex()
            home = self.grid.home(found)
            if self.grid.flags(home) & Qt.ItemFlag.ItemIsEnabled:
                self._lane = (row, column)
                return home
            row, column = row + down, column + right

    def moveCursor(self, action: Move, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        index = self.currentIndex()
        if not index.isValid():
            return self._first_typed()
        if action in _MOVES:
            found = self.neighbour(index, *_MOVES[action])
            return found if found.isValid() else index
        if action in (Move.MoveHome, Move.MoveEnd):
            return self._end_of_line(index, last=action == Move.MoveEnd)
        return self._page(index, 1 if action == Move.MovePageDown else -1)

    def _first_typed(self) -> QModelIndex:
        places = (place for place in self.grid.form.places if place.cell.key is not None)
        first = next(places, None)
        return self.grid.home(first) if first is not None else QModelIndex()

    def _end_of_line(self, index: QModelIndex, last: bool) -> QModelIndex:
        places = self.grid.form.beginning_in(index.row())
        return self.grid.home(places[-1 if last else 0]) if places else index

    def _page(self, index: QModelIndex, direction: int) -> QModelIndex:
        goal = self.rowViewportPosition(index.row()) + direction * self.viewport().height() * 9 // 10
        while True:
            beyond = self.neighbour(index, direction, 0)
            if not beyond.isValid() or (self.rowViewportPosition(beyond.row()) - goal) * direction > 0:
                return index
            index = beyond

    # -- blocks of cells ---------------------------------------------------------------------------------

    def _selected(self) -> list[list[QModelIndex]]:
        """Only where cells begin: those that lie below others have nothing of their own."""
        homes = [place.shape[:2] for place in self.grid.form.places]
        known = set(homes)
        lines = ([i for i in line if (i.row(), i.column()) in known] for line in super()._selected())
        return [line for line in lines if line]

    def _block(self) -> list[list[str]]:
        places = (self.grid.place_at(index) for line in self._selected() for index in line)
        return block_of([place for place in places if place is not None])

    def _plan(self, block: Sequence[Sequence[str]], index: QModelIndex) -> Paste:
        place = self.grid.place_at(index)
        if place is None:
            return Paste((), 0)
        return plan_form_paste(self._session.sheet, self.grid.form, block, place)

    # -- zoom by wheel and keys --------------------------------------------------------------------------

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom_by(event.angleDelta().y() / 120)
            event.accept()
        else:
            super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        zooms = {Qt.Key.Key_Plus: 1, Qt.Key.Key_Equal: 1, Qt.Key.Key_Minus: -1}
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier and event.key() in zooms:
            self.zoom_by(zooms[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)
