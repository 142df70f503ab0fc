"""The pages of a PDF below one another; a newer PDF takes the place of an older one where one was reading.

Pages are drawn as they come into view, so that a new PDF never shows as an empty sheet first, and only
those in view are kept.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtPdf import QPdfBookmarkModel, QPdfDocument
from PySide6.QtWidgets import QAbstractScrollArea, QFrame

from desktop.ui import theme

Fit = Literal["width", "page", ""]

_GAP = 14
"""Pixels between sheets, and around them."""
_POINTS_PER_INCH = 72
_STEP = 1.2
_LEAST, _MOST = 0.25, 4.0
_DESK = "#DDE2E9"


class Chapter(NamedTuple):
    """A bookmark: its words, its level from 0, and where it is, in points from the top of its page."""

    title: str
    level: int
    page: int
    y: float


class Pdf:
    """A PDF in memory. `close` gives everything back at once."""

    def __init__(self, data: bytes) -> None:
        self._buffer = QBuffer()
        self._buffer.setData(QByteArray(data))
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self.document = QPdfDocument()
        self.document.load(self._buffer)
        count = self.document.pageCount()
        self.sizes = [self.document.pagePointSize(page) for page in range(count)]

    def close(self) -> None:
        self.document.close()
        self._buffer.close()

    def chapters(self) -> list[Chapter]:
        model = QPdfBookmarkModel()
        model.setDocument(self.document)
        return list(_chapters(model, QModelIndex(), 0))


def _chapters(model: QPdfBookmarkModel, parent: QModelIndex, level: int) -> Iterator[Chapter]:
    role = QPdfBookmarkModel.Role
    for row in range(model.rowCount(parent)):
        index = model.index(row, 0, parent)
        title, page, place = (model.data(index, part) for part in (role.Title, role.Page, role.Location))
        yield Chapter(title, level, page, place.y())
        yield from _chapters(model, index, level + 1)


class PaperView(QAbstractScrollArea):
    """Scrolls, zooms (Ctrl and the wheel), and tells which page is looked at."""

    moved = Signal()
    """Another page is looked at, or there is another zoom."""
    pointed = Signal(int, float, float)
    """A double click: the page, and the place on it in points from its upper left corner."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("paperView")
        self.setFrameShape(QFrame.Shape.NoFrame)
        # Always there: whether it is needed would depend on the zoom, and the zoom on the width left by it.
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.verticalScrollBar().setSingleStep(3 * _GAP)
        self.horizontalScrollBar().setSingleStep(3 * _GAP)
        self.fit: Fit = "width"
        self._zoom = 1.0
        self._pdf: Pdf | None = None
        self._sheets: list[QRect] = []
        self._images: dict[int, QImage] = {}

    # -- what is shown -----------------------------------------------------------------------------------

    def show_pdf(self, pdf: Pdf) -> None:
        """At the place that was looked at, as far as the new one goes."""
        place = self._place()
        self.clear()
        self._pdf = pdf
        self._arrange(place)

    def clear(self) -> None:
        """Nothing is shown, and nothing of it kept."""
        if self._pdf is not None:
            self._pdf.close()
        self._pdf, self._sheets = None, []
        self.forget_images()
        self.viewport().update()

    def forget_images(self) -> None:
        """Out of sight pictures of pages are only a burden; they are drawn again when seen."""
        self._images.clear()

    @property
    def pages(self) -> int:
        return len(self._sheets)

    @property
    def page(self) -> int:
        """The page looked at, from 0: the one a third down the window."""
        eye = self.verticalScrollBar().value() + self.viewport().height() // 3
        return next((n for n, sheet in enumerate(self._sheets) if eye <= sheet.bottom() + _GAP), 0)

    def go(self, page: int, y: float = 0.0) -> None:
        """To a page, or a place on it in points from its top."""
        if 0 <= page < self.pages:
            self.verticalScrollBar().setValue(
                round(self._sheets[page].top() - _GAP // 2 + y * self._scale(page))
            )

    # -- zoom --------------------------------------------------------------------------------------------

    @property
    def zoom(self) -> float:
        """Of the page looked at; 1.0 is the size on paper."""
        return self._scale(self.page) * _POINTS_PER_INCH / self.logicalDpiY() if self.pages else self._zoom

    def set_fit(self, fit: Fit) -> None:
        self._rezoom(fit, self._zoom)

    def zoom_by(self, steps: float) -> None:
        """Larger or smaller; the place looked at stays."""
        self._rezoom("", min(max(self.zoom * _STEP**steps, _LEAST), _MOST))

    def _rezoom(self, fit: Fit, zoom: float) -> None:
        page, place = self.page, self._place()
        self.fit, self._zoom = fit, zoom
        self._arrange(place)
        if fit == "page":
            self.go(page)

    def _scale(self, page: int) -> float:
        """Pixels of a point."""
        assert self._pdf is not None
        size, room = self._pdf.sizes[page], self.viewport().size()
        width = (room.width() - 2 * _GAP) / size.width()
        if self.fit == "width":
            return max(width, 0.1)
        if self.fit == "page":
            return max(min(width, (room.height() - _GAP) / size.height()), 0.1)
        return self._zoom * self.logicalDpiY() / _POINTS_PER_INCH

    # -- where things lie --------------------------------------------------------------------------------

    def _place(self) -> tuple[int, float]:
        """The page at the upper edge, and how much of it is above."""
        top = self.verticalScrollBar().value()
        for number, sheet in enumerate(self._sheets):
            if top <= sheet.bottom():
                return number, (top - sheet.top()) / sheet.height()
        return 0, 0.0

    def _arrange(self, place: tuple[int, float]) -> None:
        sizes = self._pdf.sizes if self._pdf else []
        shown = [(size * self._scale(number)).toSize() for number, size in enumerate(sizes)]
        room = self.viewport().size()
        broad = max((size.width() + 2 * _GAP for size in shown), default=0)
        self._sheets, y = [], _GAP
        for size in shown:
            self._sheets.append(QRect((max(broad, room.width()) - size.width()) // 2, y, *size.toTuple()))
            y += size.height() + _GAP
        for bar, whole, seen in (
            (self.verticalScrollBar(), y, room.height()),
            (self.horizontalScrollBar(), broad, room.width()),
        ):
            bar.setPageStep(seen)
            bar.setRange(0, max(whole - seen, 0))
        if self._sheets:
            sheet = self._sheets[min(place[0], self.pages - 1)]
            self.verticalScrollBar().setValue(round(sheet.top() + place[1] * sheet.height()))
        self.viewport().update()
        self.moved.emit()

    # -- events ------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange(self._place())

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        self.viewport().update()
        self.moved.emit()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        at = event.position().toPoint() + QPoint(
            self.horizontalScrollBar().value(), self.verticalScrollBar().value()
        )
        for number, sheet in enumerate(self._sheets):
            if sheet.contains(at) and event.button() == Qt.MouseButton.LeftButton:
                place = at - sheet.topLeft()
                scale = self._scale(number)
                self.pointed.emit(number, place.x() / scale, place.y() / scale)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom_by(event.angleDelta().y() / 120)
            event.accept()
        else:
            super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys = {
            Qt.Key.Key_PageUp: lambda: self.go(self.page - 1),
            Qt.Key.Key_PageDown: lambda: self.go(self.page + 1),
            Qt.Key.Key_Home: lambda: self.go(0),
            Qt.Key.Key_End: lambda: self.go(self.pages - 1),
            Qt.Key.Key_Plus: lambda: self.zoom_by(1),
            Qt.Key.Key_Equal: lambda: self.zoom_by(1),
            Qt.Key.Key_Minus: lambda: self.zoom_by(-1),
        }
        if event.key() in keys:
            keys[Qt.Key(event.key())]()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), QColor(_DESK))
        offset = -self.horizontalScrollBar().value(), -self.verticalScrollBar().value()
        seen = []
        for number, sheet in enumerate(self._sheets):
            where = sheet.translated(*offset)
            if where.intersects(self.viewport().rect()):
                seen.append(number)
                painter.fillRect(where, QColor(theme.PAPER))
                painter.drawImage(where, self._image(number, sheet.size()))
                painter.setPen(QColor("#B9C3CF"))
                painter.drawRect(where.adjusted(-1, -1, 0, 0))
        painter.end()
        for number in set(self._images).difference(seen):  # one is 6 MB
            del self._images[number]

    def _image(self, page: int, size: QSize) -> QImage:
        """The page in the pixels of the screen."""
        ratio = self.devicePixelRatioF()
        wanted, there = size * ratio, self._images.get(page)
        if there is not None and there.size() == wanted:
            return there
        assert self._pdf is not None
        image = self._images[page] = self._pdf.document.render(page, wanted)
        return image
