"""What is drawn on a page of a PDF and not meant to be read."""

from __future__ import annotations

import io
from typing import Any

import pytest

pytest.importorskip("reportlab")

from pypdf import PdfReader

from desktop.exchange.read_text.lines import left_out_note
from desktop.exchange.read_text.pdf.fonts import Fonts
from desktop.exchange.read_text.pdf.page import PageContent, Rule, read_page
from desktop.exchange.read_text.pdf.unseen import as_meant
from tests.exchange.pdf_files import drawn, ruled, run


def content(draw: Any) -> PageContent:
    return read_page(PdfReader(io.BytesIO(drawn(draw))).pages[0], Fonts(), 1000)


@pytest.mark.parametrize("white", ["1 g", "1 1 1 rg", "0 0 0 0 k", "/DeviceRGB cs 1 1 1 sc"])
def test_white_on_paper_is_left_out_and_white_on_a_colour_is_read(white: str) -> None:
    def page(canvas: Any) -> None:
        canvas.addLiteral(f"q {white} BT /F1 10 Tf 1 0 0 1 50 700 Tm (old) Tj ET Q")
        canvas.drawString(50, 650, "new")
        canvas.addLiteral("q 0 0 1 rg 40 590 100 30 re f Q")
        canvas.addLiteral(f"q {white} BT /F1 10 Tf 1 0 0 1 50 600 Tm (head) Tj ET Q")

    meant, left_out = as_meant(content(page))
    assert [each.text for each in meant.runs] == ["new", "head"] and left_out == ["old"]


def test_words_with_a_line_through_them_are_left_out_and_the_line_is_none_of_a_table() -> None:
    old, new = run(50, 700, "208"), run(66, 700, "205")
    through, under = Rule(False, 703, old.x, old.right), Rule(False, 699, new.x, new.right)
    borders = ruled([40, 120], [690, 703.2])
    meant, left_out = as_meant(PageContent([old, new], [through, under, *borders]))
    assert meant.runs == [new] and left_out == ["208"]
    assert meant.rules == [under, *borders]


def test_what_was_left_out_is_told() -> None:
    assert left_out_note(["208", "a", "b", "c"]).endswith("没有读入：“208”、“a”、“b”等")
    assert left_out_note([]) == ""
