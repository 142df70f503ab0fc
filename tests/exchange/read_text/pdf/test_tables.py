"""The words of a page put into the cells of its tables, and into lines where there are none."""

from __future__ import annotations

from desktop.exchange.read_text.pdf.page import Rule
from desktop.exchange.read_text.pdf.tables import lines_of, tables_of
from tests.exchange.pdf_files import ruled, run


def said(runs: list[object]) -> list[str]:
    return [line.text for _, line in lines_of(runs)]  # type: ignore[arg-type]


def test_characters_are_ordered_by_place_not_by_drawing() -> None:
    quotes = [run(130, 700, "“"), run(160, 700, "”")]
    assert said([*quotes, run(100, 700, "（三）"), run(140, 700, "三公"), run(170, 700, "经费")]) == [
        "（三）“三公”经费"
    ]


def test_gap_is_a_blank_only_between_words() -> None:
    assert said([run(100, 700, "甲"), run(111, 700, "乙"), run(140, 700, "丙")]) == ["甲乙 丙"]
    assert said([run(100, 700, "Word"), run(123, 700, "2019"), run(100, 680, "第二行")]) == [
        "Word 2019",
        "第二行",
    ]


def test_words_of_narrow_cells_stay_in_their_cells() -> None:
    rules = ruled([100, 140, 180, 220], [500, 540, 580])
    runs = [run(102, 560, "检查隐"), run(142, 560, "≤3755"), run(182, 560, "3755"), run(102, 548, "患")]
    runs += [run(142, 548, "个"), run(100, 480, "文字")]
    tables, free = tables_of(0, runs, rules)
    assert [[cell.text for cell in row] for row in tables[0].rows] == [
        ["检查隐患", "≤3755个", "3755"],
        ["", "", ""],
    ]
    assert [runs[number].text for number in free] == ["文字"]
    assert [line.text for line in tables[0].lines()][:4] == ["", "\t检查隐患", "\t≤3755个", "\t3755"]


def test_merged_cell_is_read_once_in_its_first_row() -> None:
    rules = [rule for rule in ruled([100, 200, 300], [500, 520, 540]) if rule != Rule(False, 520, 100, 300)]
    runs = [run(110, 515, "数量指标"), run(210, 525, "甲"), run(210, 505, "乙")]
    tables, _ = tables_of(0, runs, [*rules, Rule(False, 520, 200, 300)])
    assert [[cell.text for cell in row] for row in tables[0].rows] == [["数量指标", "甲"], ["乙"]]
    assert tables[0].rows[0][0].rows == 2


def test_paragraph_in_a_cell_ends_where_its_line_had_room() -> None:
    texts = ["一是公务用车统一调", "度。", "二是不超标准接待。"]
    runs = [run(102, 580 - 12 * number, text) for number, text in enumerate(texts)]
    tables, _ = tables_of(0, runs, ruled([100, 200, 300], [500, 600]))
    assert tables[0].rows[0][0].paragraphs == ["一是公务用车统一调度。", "二是不超标准接待。"]


def test_the_mark_of_a_note_is_no_digit_of_the_number_before_it() -> None:
    rules = ruled([100, 200, 300], [500, 520])
    number, unit = run(110, 505, "16"), run(210, 505, "m")
    runs = [
        *(number, run(number.right, 509, "1")._replace(size=6.0)),
        *(unit, run(unit.right, 509, "2")._replace(size=6.0)),
    ]
    tables, _ = tables_of(0, runs, rules)
    row = tables[0].rows[0]
    assert row[0].text == "16" and "".join(sorted(row[1].text)) == "2m"
    assert [piece.text for piece in row[0].source] == ["16"]


def test_the_mark_of_a_note_is_no_sign_of_the_line() -> None:
    mark = run(120, 103, "1", 5)
    assert said([run(100, 100, "十个"), mark, run(124, 100, "，全部")]) == ["十个，全部"]


def test_small_signs_raised_by_three_eighths_stand_on_their_line() -> None:
    ((_, line),) = lines_of(
        [run(160, 706, "1", size=9.3), run(80, 700, "总群明群进", 16), run(165, 700, "绩效", 16)]
    )
    assert (line.text, line.marks) == ("总群明群进绩效", ((5, "1"),))
