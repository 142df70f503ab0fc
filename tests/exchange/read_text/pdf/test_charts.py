"""Charts without a mark: bars and small labels; shaded words are none."""

from __future__ import annotations

from desktop.exchange.read_text.pdf.charts import chart_labels
from desktop.exchange.read_text.pdf.page import Shape
from desktop.exchange.read_text.pdf.paragraphs import Line

BODY = [Line(0, 80, 700 - 25 * n, 16, "正文" * 12) for n in range(4)]
BARS = [Shape(150, 400 + 15 * n, 200 + 20 * n, 409 + 15 * n) for n in range(4)]
LABELS = [Line(0, 210 + 20 * n, 401 + 15 * n, 8, "7.55") for n in range(4)]
TITLE = Line(0, 80, 480, 11, "“三公”经费预算与决算对比")


def test_labels_around_bars_are_a_charts_and_the_text_is_not() -> None:
    lines = [*BODY, TITLE, *LABELS, Line(0, 80, 300, 16, "后面的正文")]
    assert chart_labels(lines, {0: BARS}) == ({4, 5, 6, 7, 8}, [0])


def test_sentence_or_type_of_body_size_is_no_label() -> None:
    lines = [*BODY, *LABELS, Line(0, 80, 470, 10, "注：不含追加。"), Line(0, 80, 380, 16, "正文")]
    assert chart_labels(lines, {0: BARS})[0] == {4, 5, 6, 7}


def test_highlighted_words_and_few_squares_are_no_chart() -> None:
    shaded = [Shape(80, line.y - 3, 400, line.y + 12) for line in LABELS]
    on_them = [line._replace(x=100.0) for line in LABELS]
    assert chart_labels([*BODY, *on_them], {0: shaded}) == (set(), [])
    assert chart_labels([*BODY, *LABELS], {0: BARS[:2]}) == (set(), [])
    assert chart_labels([], {0: BARS}) == (set(), [])


def test_bars_behind_body_text_are_no_chart() -> None:
    lines = [*BODY, *LABELS, Line(0, 80, 420, 16, "正文")]
    assert chart_labels(lines, {0: BARS}) == (set(), [])
