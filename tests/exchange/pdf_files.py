"""Small PDFs made for the tests, and pages as the reader sees them."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

from desktop.exchange.read_text.pdf.page import Rule, Run
from desktop.exchange.read_text.pdf.paragraphs import Line

SIZE = 10.0


def drawn(*pages: Callable[[Any], object]) -> bytes:
    """A file; each page is drawn by one function on reportlab's canvas."""
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(595, 842), pageCompression=0)
    for page in pages:
        canvas.setFont("Helvetica", SIZE)
        page(canvas)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def run(x: float, y: float, text: str, size: float = SIZE) -> Run:
    wide = sum(size if ord(char) > 0x2E80 or char in "“”" else size / 2 for char in text)
    return Run(x, y, x + wide, size, text, 0)


def ruled(xs: list[float], ys: list[float]) -> list[Rule]:
    """All lines of a plain table."""
    upright = [Rule(True, x, min(ys), max(ys)) for x in xs]
    return upright + [Rule(False, y, min(xs), max(xs)) for y in ys]


LEFT, TYPE, PER_LINE = 80.0, 16.0, 20
"""Of a page made by `set_on_page`: where lines begin, their size, their characters."""


def set_on_page(*texts: str, indent: int = 2, page: int = 0, top: float = 700.0) -> list[Line]:
    """Paragraphs broken into lines of twenty characters, as a page shows them."""
    found: list[Line] = []
    for text in texts:
        first, rest = text[: PER_LINE - indent], text[PER_LINE - indent :]
        for number, part in enumerate(
            [first, *(rest[at : at + PER_LINE] for at in range(0, len(rest), PER_LINE))]
        ):
            x = LEFT + (0 if number else indent * TYPE)
            found.append(Line(page, x, top - 28 * len(found), TYPE, part))
    return found


def of_length(count: int, end: str = "。") -> str:
    return "甲" + "乙" * (count - 1 - len(end)) + end
