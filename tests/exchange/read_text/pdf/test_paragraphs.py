"""Which lines of a PDF are one paragraph, and what it is set in."""

from __future__ import annotations

import pytest

from desktop.exchange.read_text.pdf.paragraphs import Line, paragraphs
from tests.exchange.pdf_files import LEFT, PER_LINE, TYPE, of_length, set_on_page


@pytest.mark.parametrize("indent", [0, 2])
def test_lines_of_a_paragraph_are_joined(indent: int) -> None:
    said = ["一、基本情况", of_length(70), of_length(55), "二、支出情况", of_length(90), of_length(25)]
    assert paragraphs(set_on_page(*said, indent=indent)) == said


def test_indented_paragraph_ends_with_a_full_last_line() -> None:
    said = [of_length(18), of_length(58), of_length(70), of_length(78)]
    assert paragraphs(set_on_page(*said)) == said


def test_paragraph_continues_on_the_next_page() -> None:
    whole = of_length(118)
    lines = set_on_page(whole, of_length(90))
    turned = [
        line._replace(page=1, y=700.0 - number) if number > 2 else line for number, line in enumerate(lines)
    ]
    assert paragraphs(turned) == [whole, of_length(90)]


def test_amount_that_did_not_fit_moves_to_the_next_line_whole() -> None:
    lines = set_on_page(of_length(90), of_length(90))
    lines.append(Line(0, LEFT + 32, 10, TYPE, "全年预算安排的资金一共是"))
    lines.append(Line(0, LEFT, 0, TYPE, "112727.60万元，全部执行。"))
    assert paragraphs(lines)[-1] == "全年预算安排的资金一共是112727.60万元，全部执行。"


def test_blanks_of_justified_lines_are_dropped_and_typed_ones_kept() -> None:
    lines = set_on_page(of_length(90), of_length(90))
    lines.append(Line(0, LEFT + 32, 0, TYPE, "1. 编制 62 人，用 费 8.5 % 。"))
    assert paragraphs(lines)[-1] == "1. 编制62人，用费8.5 %。"
    lines.append(Line(0, LEFT, -30, TYPE, "单位名称 清溪县水利局"))
    assert paragraphs(lines)[-1] == "单位名称 清溪县水利局"


def test_cells_and_headings_are_paragraphs_of_their_own() -> None:
    lines = set_on_page(of_length(90), of_length(90))
    cells = [Line(0, 300, -20.0 * n, 10, "受益群众满意度指标值") for n in range(4)]
    heads = [Line(0, LEFT, -200, TYPE, "甲" * PER_LINE), Line(0, LEFT, -230, TYPE, "二、支出情况")]
    assert paragraphs([*lines, *cells, *heads])[2:] == [
        *("受益群众满意度指标值",) * 4,
        "甲" * PER_LINE,
        "二、支出情况",
    ]


def test_few_lines_are_not_joined() -> None:
    assert paragraphs([Line(0, 0, 0, 10, "甲"), Line(0, 0, 0, 10, "乙")]) == ["甲", "乙"]
    assert paragraphs([]) == []
