"""Pages of a PDF on a printer, each upright or turned as it is; safe in a worker."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QImage, QPageLayout, QPainter
from PySide6.QtPrintSupport import QPrinter

from desktop.errors import UserError
from desktop.ui.widgets.paper_view import Pdf

DOTS_PER_INCH = 300
"""At most: a sheet is 35 MB by then, and four times that at 600."""
_POINTS_PER_INCH = 72
_FAILED = UserError(
    "没有打印出来。", "请检查打印机是否开机、有纸、连接正常，然后再打印一次；也可以先导出PDF。"
)


def chosen_pages(printer: QPrinter, count: int, current: int) -> list[int]:
    """From 0, in the order in which they are to leave the printer."""
    kind = printer.printRange()
    pages = list(range(count))
    if kind == QPrinter.PrintRange.CurrentPage:
        pages = [current]
    elif kind == QPrinter.PrintRange.PageRange:
        ranges = printer.pageRanges()
        pages = [page for page in pages if ranges.contains(page + 1)]
    if printer.pageOrder() == QPrinter.PageOrder.LastPageFirst:
        pages.reverse()
    return pages if printer.supportsMultipleCopies() else pages * printer.copyCount()


def print_pages(data: bytes, printer: QPrinter, pages: Sequence[int]) -> int:
    """How many sheets were sent; UserError where the printer does not take them."""
    pdf = Pdf(data)
    painter = QPainter()
    try:
        printer.setFullPage(True)
        for place, page in enumerate(pages):
            size = pdf.sizes[page]
            turned = size.width() > size.height()
            way = QPageLayout.Orientation.Landscape if turned else QPageLayout.Orientation.Portrait
            printer.setPageOrientation(way)
            if not (printer.newPage() if place else painter.begin(printer)):
                raise _FAILED
            _draw(painter, printer, pdf, page)
        if pages and not painter.end():
            raise _FAILED
    finally:
        if painter.isActive():
            painter.end()
        pdf.close()
    return len(pages)


def _draw(painter: QPainter, printer: QPrinter, pdf: Pdf, page: int) -> None:
    """As large as the sheet allows, in the middle of it."""
    dots = min(printer.resolution(), DOTS_PER_INCH)
    size = (pdf.sizes[page] * (dots / _POINTS_PER_INCH)).toSize()
    picture = QImage(size, QImage.Format.Format_RGB32)  # printers are slow at see-through pictures
    picture.fill(Qt.GlobalColor.white)
    brush = QPainter(picture)
    brush.drawImage(0, 0, pdf.document.render(page, size))
    brush.end()
    sheet = QRect(printer.pageLayout().fullRectPixels(printer.resolution()))
    shown = QSize(size).scaled(sheet.size(), Qt.AspectRatioMode.KeepAspectRatio)
    where = QRect(
        (sheet.width() - shown.width()) // 2, (sheet.height() - shown.height()) // 2, *shown.toTuple()
    )
    painter.drawImage(where, picture)
