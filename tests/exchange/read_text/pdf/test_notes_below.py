"""Notes at a page's foot do not cut a paragraph that goes on overleaf."""

from __future__ import annotations

from desktop.exchange.read_text.pdf.notes_below import notes_behind
from desktop.exchange.read_text.pdf.paragraphs import Line, column_of, paragraphs
from tests.exchange.pdf_files import LEFT, of_length, set_on_page


def test_notes_follow_the_paragraph_that_goes_on_overleaf() -> None:
    lines = set_on_page(of_length(90), of_length(118))
    cut = len(lines) - 3
    overleaf = [line._replace(page=1, y=700.0 - 28 * number) for number, line in enumerate(lines[cut:])]
    notes = [Line(0, LEFT, 90, 9, "不含上级补助。"), Line(0, LEFT, 78, 9, "见通知。")]
    both = [*lines[:cut], *notes, *overleaf, *set_on_page(of_length(25), page=1, top=500)]
    said = paragraphs([each for each in notes_behind(both, column_of(both)) if isinstance(each, Line)])
    assert said == [of_length(90), of_length(118), "不含上级补助。", "见通知。", of_length(25)]


def test_small_lines_within_the_text_and_of_a_short_text_stay() -> None:
    lines = set_on_page(of_length(90), of_length(118))
    unit = Line(0, LEFT, lines[4].y + 10, 9, "单位：万元")
    assert notes_behind([*lines[:4], unit, *lines[4:]], column_of(lines))[4] == unit
    assert notes_behind([unit], None) == [unit]
