"""Codes of a font as signs with their widths."""

from __future__ import annotations

import io
from typing import Any

import pytest

pytest.importorskip("reportlab")

from pypdf import PdfReader

from desktop.exchange.document.blocks import body
from desktop.exchange.pdf_out.writer import pdf_bytes
from desktop.exchange.read_text.pdf.fonts import SYMBOLS, Fonts, entry
from tests.exchange.pdf_files import drawn
from tests.places import RESOURCES


def test_standard_font_has_its_widths_and_is_read_once() -> None:
    def page(canvas: Any) -> None:
        canvas.drawString(10, 10, "Wi")

    pages = PdfReader(io.BytesIO(drawn(page, page))).pages
    fonts = Fonts()
    first, second = (fonts.of(one["/Resources"]) for one in pages)
    assert first["/F1"].read(b"Wi") == [("W", 0.944), ("i", 0.222)]
    assert second["/F1"] is first["/F1"]


def test_embedded_font_maps_its_codes_to_text() -> None:
    data, _ = pdf_bytes(
        [body("编制“62”人。")], resources=RESOURCES, prefer_system_fonts=False, title="报告", author="局"
    )
    page = PdfReader(io.BytesIO(data)).pages[0]
    signs = {
        sign
        for face in Fonts().of(page["/Resources"]).values()
        for code in range(256)
        for sign, width in face.read(bytes([code]))
        if 0 < width <= 1
    }
    assert set("编制“62”人。") <= signs


def test_page_without_fonts_has_none() -> None:
    assert Fonts().of({}) == {} and entry(None, "/Font") is None


def test_marks_of_lists_from_words_symbol_fonts_are_signs_that_can_be_printed() -> None:
    assert "\uf0b7职责\uf0fc\uf0fe".translate(SYMBOLS) == "•职责√☑"
