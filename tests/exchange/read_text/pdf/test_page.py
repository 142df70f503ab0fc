"""What stands on a page: text with its place whatever drew it, and the lines of tables."""

from __future__ import annotations

import io
from typing import Any

import pytest

pytest.importorskip("reportlab")

from pypdf import PdfReader

from desktop.exchange.read_text.pdf.fonts import Fonts
from desktop.exchange.read_text.pdf.page import PageContent, Rule, Shape, read_page
from tests.exchange.pdf_files import drawn


def content(draw: Any, turn: int = 0) -> PageContent:
    page = PdfReader(io.BytesIO(drawn(draw))).pages[0]
    if turn:
        page.rotate(turn)
    return read_page(page, Fonts(), 1000)


def test_runs_have_their_place_and_their_end() -> None:
    def page(canvas: Any) -> None:
        canvas.translate(10, 20)
        canvas.drawString(100, 700, "0000")
        text = canvas.beginText(50, 600)
        text.textOut("11")
        text.textOut("22")
        text.setTextOrigin(200, 600)
        text.textLine("33")
        text.textLine("44")
        canvas.drawText(text)

    runs = content(page).runs
    assert [run.text for run in runs] == ["0000", "11", "22", "33", "44"]
    assert (runs[0].x, runs[0].y, runs[0].size) == (110, 720, 10)
    assert runs[0].right == pytest.approx(110 + 4 * 5.56)
    assert runs[2].x == pytest.approx(runs[1].right) and runs[3].x == 210
    assert runs[4].y < runs[3].y == 620


def test_step_as_wide_as_a_character_splits_a_run() -> None:
    def page(canvas: Any) -> None:
        canvas.addLiteral("BT /F1 10 Tf 1 0 0 1 100 700 Tm [(AB) -100 (C) -700 (D)] TJ ET")

    runs = content(page).runs
    assert [run.text for run in runs] == ["ABC", "D"]
    assert runs[1].x == pytest.approx(runs[0].right + 7)


def test_lines_are_read_however_they_are_drawn() -> None:
    def page(canvas: Any) -> None:
        canvas.line(100, 500, 300, 500)
        canvas.rect(100, 400, 50, 60, fill=0)
        canvas.rect(200, 300, 100, 0.5, fill=1, stroke=0)
        canvas.rect(200, 200, 0.5, 80, fill=1, stroke=0)
        canvas.line(10, 10, 60, 60)
        canvas.rect(400, 400, 50, 60, fill=1, stroke=0)
        canvas.rect(1, 1, 590, 840, fill=0, stroke=0)

    found = content(page)
    assert Rule(False, 500, 100, 300) in found.rules
    assert {Rule(True, 100, 400, 460), Rule(True, 150, 400, 460), Rule(False, 460, 100, 150)} < {*found.rules}
    assert Rule(False, 300.25, 200, 300) in found.rules and Rule(True, 200.25, 200, 280) in found.rules
    assert len(found.rules) == 7 and found.shapes == [Shape(400, 400, 450, 460)]


def test_text_in_a_form_is_read_and_a_form_in_itself_ends() -> None:
    def page(canvas: Any) -> None:
        canvas.beginForm("one")
        canvas.setFont("Helvetica", 10)
        canvas.drawString(10, 20, "inside")
        canvas.endForm()
        canvas.translate(100, 100)
        canvas.doForm("one")
        canvas.drawString(0, 0, "behind")

    runs = content(page).runs
    assert [(run.text, run.x, run.y) for run in runs] == [("inside", 110, 120), ("behind", 100, 100)]


@pytest.mark.parametrize(("text", "kept"), [("2022 final", False), ("a sentence " * 5, True)])
def test_labels_of_a_figure_are_left_out_and_sentences_kept(text: str, kept: bool) -> None:
    def page(canvas: Any) -> None:
        canvas.addLiteral("/Figure BMC")
        canvas.rect(100, 200, 50, 60, fill=1, stroke=0)
        canvas.drawString(100, 100, text)
        canvas.addLiteral("EMC")
        canvas.drawString(100, 50, "body")

    found = content(page)
    assert [run.text for run in found.runs] == ([text, "body"] if kept else ["body"])
    assert found.figures == (not kept) and len(found.shapes) == kept


def test_rotated_page_is_read_as_it_is_seen() -> None:
    def page(canvas: Any) -> None:
        canvas.rotate(90)
        canvas.drawString(100, -200, "turned")

    run = content(page, 90).runs[0]
    assert run.x == pytest.approx(100) and run.y == pytest.approx(-200) and run.right > run.x + 20


def test_operators_without_operands_are_skipped() -> None:
    def page(canvas: Any) -> None:
        canvas.addLiteral("re 1 2 m (x) cm Q Q EMC BT Tj /F1 Tf ET")
        canvas.drawString(100, 100, "body")

    assert [run.text for run in content(page).runs] == ["body"]


def test_bold_is_a_bold_font_or_signs_drawn_around() -> None:
    def page(canvas: Any) -> None:
        canvas.drawString(10, 700, "0")
        canvas.setFont("Helvetica-Bold", 10)
        canvas.drawString(10, 600, "1")
        canvas.setFont("Helvetica", 10)
        canvas.addLiteral(
            "q 2 Tr BT /F1 10 Tf 1 0 0 1 10 500 Tm (2) Tj ET Q BT /F1 10 Tf 1 0 0 1 10 400 Tm (3) Tj ET"
        )

    runs = content(page).runs
    assert [(run.text, run.bold) for run in runs] == [("0", False), ("1", True), ("2", True), ("3", False)]
    assert [run.font for run in runs[:2]] == ["Helvetica", "Helvetica-Bold"]
