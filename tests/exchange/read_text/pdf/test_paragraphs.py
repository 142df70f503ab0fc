"""Which lines of a PDF are one paragraph, and what it is set in."""

from __future__ import annotations

import pytest

from desktop.exchange.read_text.lines import LineType, Piece, RunType
from desktop.exchange.read_text.pdf.page import Run
from desktop.exchange.read_text.pdf.paragraphs import Line, column_of, paragraph_lines, paragraphs
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


BODY = RunType(32, False, "FangSong")
HEAD = RunType(32, True, "KaiTi")


def typed(line: Line, *stretches: tuple[str, RunType]) -> Line:
    runs = [
        Run(line.x, line.y, line.x, run.size / 2, text, 0, False, run.bold, run.font)
        for text, run in stretches
    ]
    return line._replace(
        text="".join(run.text for run in runs), pieces=tuple(Piece(run.text, 1, run) for run in runs)
    )


def test_lines_in_other_type_are_no_part_of_a_paragraph() -> None:
    full = [typed(line, (line.text, BODY)) for line in set_on_page(of_length(78), of_length(78))]
    head = typed(Line(0, LEFT, 0, TYPE, ""), ("机构设置", HEAD))
    said = list(paragraph_lines([*full, head], column_of(full)))
    assert [line.text for line in said] == [of_length(78), of_length(78), "机构设置"]
    assert said[2].type == LineType(32, True, "KaiTi")


def test_a_paragraph_that_begins_in_bold_goes_on_in_plain_type() -> None:
    whole = set_on_page("甲" * 18 + "乙" * 19 + "。", of_length(78))
    first = typed(whole[0], ("甲" * 14, HEAD), ("甲" * 4, BODY))
    lines = [first, *(typed(line, (line.text, BODY)) for line in whole[1:])]
    said = next(iter(paragraph_lines(lines, column_of(lines))))
    assert said.text == "甲" * 18 + "乙" * 19 + "。" and said.type == LineType(32, False, "FangSong", lead=14)


def test_the_column_is_known_where_most_paragraphs_have_two_lines() -> None:
    said = [of_length(count) for count in (22, 24, 26, 21, 23, 25)]
    assert paragraphs(set_on_page(*said)) == said


def test_a_stop_over_the_edge_makes_no_column_wider() -> None:
    said = ["甲" * 18 + "，" + "乙" * 12 + "。", of_length(58), of_length(38)]
    lines = set_on_page(*said)
    hanging = [lines[0]._replace(text="甲" * 18 + "，"), lines[1]._replace(text="乙" * 12 + "。"), *lines[2:]]
    assert paragraphs(hanging) == said


def test_a_list_with_hanging_indents_is_joined_item_by_item() -> None:
    lines = set_on_page(of_length(90), of_length(90))
    for number in range(2):
        lines.append(Line(0, LEFT, -60.0 * number, TYPE, f"{number + 1}、" + "丙" * 18))
        lines.append(Line(0, LEFT + 24, -60.0 * number - 28, TYPE, "丁" * 18))
        lines.append(Line(0, LEFT + 24, -60.0 * number - 56, TYPE, "戊。"))
    items = [f"{number}、" + "丙" * 18 + "丁" * 18 + "戊。" for number in (1, 2)]
    assert paragraphs(lines)[2:] == items


def test_lines_of_a_box_are_joined_by_its_own_width() -> None:
    lines = set_on_page(of_length(90), of_length(90))
    lines += [
        Line(0, LEFT + 20, -10, 14, "丙" * 21),
        Line(0, LEFT + 20, -32, 14, "丁戊。"),
        Line(0, LEFT + 20, -54, 14, "己庚。"),
    ]
    assert paragraphs(lines)[2:] == ["丙" * 21 + "丁戊。", "己庚。"]


def test_a_title_too_long_for_one_line_is_one() -> None:
    middle = LEFT + PER_LINE * TYPE / 2
    title = [Line(0, LEFT, 800, 20, "甲" * 16), Line(0, middle - 20, 770, 20, "报告")]
    assert paragraphs([*title, *set_on_page(of_length(90), of_length(90))])[0] == "甲" * 16 + "报告"


def test_a_line_may_go_on_behind_a_blank() -> None:
    lines = set_on_page(of_length(90), of_length(90))
    lines += [Line(0, LEFT + 32, 0, TYPE, "丙" * 17 + "，"), Line(0, LEFT, -28, TYPE, "  合计丁。")]
    assert paragraphs(lines)[-1] == "丙" * 17 + "，合计丁。"


def test_a_wider_gap_parts_paragraphs_that_are_not_indented() -> None:
    first, second = set_on_page("甲" * 40, indent=0), set_on_page("乙" * 60, indent=0, top=600)
    assert paragraphs([*first, *second]) == ["甲" * 40, "乙" * 60]


def test_lines_in_the_middle_are_told() -> None:
    lines = [typed(line, (line.text, BODY)) for line in set_on_page(of_length(90), of_length(90))]
    middle = typed(Line(0, LEFT + 128, 0, TYPE, ""), ("部门概况", HEAD))
    short = typed(Line(0, LEFT + 32, -28, TYPE, ""), ("甲" * 16, BODY))
    types = [line.type for line in paragraph_lines([*lines, middle, short], column_of(lines))]
    assert [found is not None and found.centred for found in types] == [False, False, True, False]


def test_a_decimal_heading_below_a_full_sentence_is_no_part_of_it_and_an_amount_may_be() -> None:
    sentence = of_length(PER_LINE - 3) + "。"
    first, *_ = set_on_page(sentence, of_length(90))
    below = first._replace(x=LEFT, y=first.y - 24)
    column = column_of(set_on_page(*[of_length(90)] * 4))
    heading, amount = below._replace(text="2.2.2 项目支出"), below._replace(text="2.5万元用于培训")
    assert paragraphs([first, heading], column) == [sentence, "2.2.2 项目支出"]
    assert len(paragraphs([first, amount], column)) == 1


def test_a_heading_broken_by_hand_is_one_paragraph_and_text_below_a_heading_another() -> None:
    lines = set_on_page(of_length(90), of_length(90))
    lines.append(Line(0, LEFT + 32, -300, TYPE, "二、预算安排与执行"))
    lines.append(Line(0, LEFT, -325, TYPE, "情况"))
    lines.append(Line(0, LEFT + 32, -350, TYPE, "如下。"))
    assert paragraphs(lines)[-2:] == ["二、预算安排与执行情况", "如下。"]


def test_a_number_within_a_sentence_begins_no_paragraph_at_the_edge_of_an_indented_text() -> None:
    lines = set_on_page(of_length(90), of_length(90))
    lines.append(Line(0, LEFT + 32, -300, TYPE, "一、社会效益，获市级以上奖十七件；"))
    lines.append(Line(0, LEFT, -325, TYPE, "二、经济效益，创收同比增长。"))
    assert paragraphs(lines)[-1] == "一、社会效益，获市级以上奖十七件；二、经济效益，创收同比增长。"


def test_lines_of_the_contents_are_full_and_stay_apart() -> None:
    lines = set_on_page(of_length(90), of_length(90))
    lines += [Line(0, LEFT, -300 - 25 * n, TYPE, f"1.{n} 概况{'.' * 30}{n}") for n in (1, 2)]
    assert paragraphs(lines)[-2].startswith("1.1") and paragraphs(lines)[-1].startswith("1.2")
