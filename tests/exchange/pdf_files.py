"""Small PDFs made for the tests, and pages as the reader sees them."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

from desktop.exchange.read_text.pdf.page import Rule, Run

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
