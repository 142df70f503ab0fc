"""Footnotes in the PDF: on the page of their mark, below the text, which leaves them room."""

from __future__ import annotations

import io

import pytest
from pypdf import PdfReader

pytest.importorskip("reportlab")

from desktop.exchange.document.blocks import Block, Paragraph, Run
from desktop.exchange.pdf_out.writer import pdf_bytes
from tests.places import RESOURCES

LONG = "这一段写得长，占去好几行，使得后面的脚注落在别的页上。" * 8


def pages(*blocks: Block) -> list[str]:
    data, _ = pdf_bytes(blocks, resources=RESOURCES, prefer_system_fonts=False, title="报告", author="某局")
    return ["".join((page.extract_text() or "").split()) for page in PdfReader(io.BytesIO(data)).pages]


def noted(words: str) -> Paragraph:
    return Paragraph((Run("有注的一句", note=words), Run("，后面还有话。")))


def plain(text: str) -> Paragraph:
    return Paragraph((Run(text),))


def test_footnotes_are_numbered_through_and_stand_on_the_page_of_their_mark() -> None:
    first, second, *_ = pages(noted("甲注"), *[plain(LONG)] * 3, plain("末段一"), noted("乙注"))
    assert "1甲注" in first and "乙注" not in first
    assert "2乙注" in second and "甲注" not in second


@pytest.mark.parametrize("before", range(1, 24))
def test_mark_and_footnote_are_never_on_different_pages(before: int) -> None:
    """Wherever on a page the mark comes to stand; a paragraph that is parted keeps each footnote with its lines."""
    paragraph = Paragraph((Run(LONG[:120], note="甲注" * 30), Run(LONG[:90], note="乙注"), Run("完。")))
    found = pages(*[plain("一行。")] * before, paragraph)
    text = "".join(found)
    assert text.count("甲注") == 30 and text.count("乙注") == 1
    for mark, note in (("上。1", "甲注"), ("2完", "乙注")):
        where = [number for number, page in enumerate(found) if mark in page]
        assert where in ([], [number for number, page in enumerate(found) if note in page])


def test_footnote_longer_than_half_a_page_stands_in_the_text() -> None:
    found = "".join(pages(noted("甲长。" * 900), plain("末段。")))
    assert "有注的一句（注：甲长。" in found and found.count("长。") == 900
