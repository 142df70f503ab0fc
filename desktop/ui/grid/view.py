"""A table's own sheet: columns with heads, lines of one height, and headings that are buttons."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QHeaderView, QWidget

from desktop.domain.scoring.scoring import ScoreSheet
from desktop.ui.grid.delegate import GridDelegate
from desktop.ui.grid.layout import FRAME, HEAD_HEIGHT, ROW_HEIGHT, Layout
from desktop.ui.grid.model import GridModel
from desktop.ui.grid.sheet_view import SheetView
from desktop.ui.session import Session

MOST_LINES = 4
_PADDING = 10


class GridView(SheetView):
    """A table of facts, as high as its rows wherever there is room."""

    heightChanged = Signal()

    def __init__(
        self,
        session: Session,
        build: Callable[[], Layout],
        name: str,
        parent: QWidget | None = None,
        score: Callable[[], ScoreSheet] | None = None,
    ) -> None:
        super().__init__(session, name, parent)
        self._use(GridModel(session, build, score, self), GridDelegate(session, self))
        # Not at once: while the header stretches, the widths are still on their way.
        self._fit_soon = QTimer(self, singleShot=True, interval=0)
        self._fit_soon.timeout.connect(self._fit_rows)
        self.horizontalHeader().sectionResized.connect(lambda *_: self._fit_soon.start())
        self._lay_out()
        self.grid.modelReset.connect(self._lay_out)
        self.grid.dataChanged.connect(lambda *_: self._fit_rows())

    def _style(self) -> None:
        super()._style()
        self.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setMinimumHeight(HEAD_HEIGHT)

    def _repaint_computed(self) -> None:
        if not self.isVisible():
            return
        seen = self.viewport()
        for number in self.grid.computed_columns():
            seen.update(self.columnViewportPosition(number), 0, self.columnWidth(number), seen.height())

    def _lay_out(self) -> None:
        self.clearSpans()
        for number, header in enumerate(self.grid.layout_.headers):
            words = self.fontMetrics().horizontalAdvance(header.label) + 2 * _PADDING
            self.setColumnWidth(number, max(header.width, words))
        for number, row in enumerate(self.grid.layout_.rows):
            width = next(
                (n for n, cell in enumerate(row.cells[1:], 1) if cell.key or cell.shows), len(row.cells)
            )
            if row.kind in ("heading", "open") and row.cells[0].text and width > 1:
                self.setSpan(number, 0, 1, width)
        wide = [n for n, h in enumerate(self.grid.layout_.headers) if h.kind in ("text", "label")]
        if wide:
            self.horizontalHeader().setSectionResizeMode(wide[-1], QHeaderView.ResizeMode.Stretch)
        self._fit_rows()

    def _fit_rows(self) -> None:
        """Long texts get up to four lines; everything else keeps the one height the eye is used to."""
        measure = self.fontMetrics()
        texts = [n for n, h in enumerate(self.grid.layout_.headers) if h.kind == "text"]
        for row in range(self.grid.rowCount()):
            lines = 1
            for column in texts:
                room = max(self.columnWidth(column) - 2 * _PADDING, 1)
                wide = measure.horizontalAdvance(str(self.grid.index(row, column).data() or ""))
                lines = max(lines, min(-(-wide * 21 // (room * 20)), MOST_LINES) if wide > room else 1)
            height = ROW_HEIGHT + (lines - 1) * measure.lineSpacing()
            if self.rowHeight(row) != height:
                self.setRowHeight(row, height)
        self.heightChanged.emit()

    def content_height(self) -> int:
        """The height that shows every row without scrolling."""
        rows = sum(self.rowHeight(row) for row in range(self.grid.rowCount()))
        return max(self.horizontalHeader().sizeHint().height(), HEAD_HEIGHT) + rows + FRAME

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if event.button() != Qt.MouseButton.LeftButton or not index.isValid() or index.column():
            return
        # Only the words are a button; a click beside them just goes there.
        words = self.fontMetrics().horizontalAdvance(str(index.data() or "")) + 2 * _PADDING
        on_words = event.position().x() <= self.columnViewportPosition(0) + words
        if on_words and self.grid.row_at(index).kind == "open":
            self.add_row()
