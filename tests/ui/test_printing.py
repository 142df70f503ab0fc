"""Which pages are printed, in which order, and what is said of a printer that fails."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PySide6.QtGui import QPageRanges
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication

from desktop.errors import UserError
from desktop.ui.printing import chosen_pages, print_pages


@pytest.fixture
def printer(qapp: QApplication, tmp_path: Path) -> QPrinter:
    printer = QPrinter(QPrinter.PrinterMode.ScreenResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    return printer


@pytest.fixture
def report() -> bytes:
    """Three sheets, the second one turned."""
    from pypdf import PdfWriter

    writer, stream = PdfWriter(), io.BytesIO()
    for width, height in ((595, 842), (842, 595), (595, 842)):
        writer.add_blank_page(width, height)
    writer.write(stream)
    return stream.getvalue()


def test_all_some_or_the_page_looked_at(printer: QPrinter) -> None:
    assert chosen_pages(printer, 4, 2) == [0, 1, 2, 3]
    printer.setPrintRange(QPrinter.PrintRange.CurrentPage)
    assert chosen_pages(printer, 4, 2) == [2]
    printer.setPrintRange(QPrinter.PrintRange.PageRange)
    printer.setPageRanges(QPageRanges.fromString("1,3-9"))
    assert chosen_pages(printer, 4, 2) == [0, 2, 3]
    printer.setPageOrder(QPrinter.PageOrder.LastPageFirst)
    assert chosen_pages(printer, 4, 2) == [3, 2, 0]


def test_each_sheet_as_it_lies(printer: QPrinter, report: bytes) -> None:
    assert print_pages(report, printer, [1, 0]) == 2
    printed = QPdfDocument()
    printed.load(printer.outputFileName())
    sizes = [printed.pagePointSize(page) for page in range(printed.pageCount())]
    assert [size.width() > size.height() for size in sizes] == [True, False]


@pytest.mark.qt_log_ignore("QPainter::begin")
def test_a_printer_that_cannot_is_told(printer: QPrinter, report: bytes, tmp_path: Path) -> None:
    printer.setOutputFileName(str(tmp_path / "missing" / "x.pdf"))
    with pytest.raises(UserError) as told:
        print_pages(report, printer, [0])
    assert "没有打印出来" in told.value.sentence
