"""Footnotes of a PDF: which lines at the foot of a page belong to which marks in its text."""

from __future__ import annotations

from desktop.exchange.read_text.lines import ANCHOR, Piece
from desktop.exchange.read_text.pdf.page_notes import notes_taken
from desktop.exchange.read_text.pdf.paragraphs import Line
from tests.exchange.pdf_files import run

TEXT, SMALL = 16.0, 9.0


def line(
    y: float, text: str, size: float = TEXT, marks: tuple[tuple[int, str], ...] = (), page: int = 0
) -> Line:
    return Line(
        page, 80, y, size, text, -y, pieces=(Piece(text, page + 1, run(80, y, text, size)),), marks=marks
    )


def note(y: float, mark: str, words: str, page: int = 0) -> Line:
    raised, said = run(80, y + 3, mark, SMALL / 2), run(86, y, words, SMALL)
    pieces = tuple(Piece(each.text, page + 1, each) for each in (raised, said))
    return Line(page, 80, y, SMALL, mark + words, -y, pieces=pieces)


def test_each_note_goes_to_its_mark_and_leaves_the_foot_of_the_page() -> None:
    body = line(600, "支出12万元，其中工资3万元。", marks=((6, "1"), (14, "2")))
    lines, words = notes_taken([body, note(90, "1", "2023年决算口径。"), note(76, "2", "含绩效工资。")])
    assert [each.text for each in lines] == [f"支出12万元{ANCHOR}，其中工资3万元{ANCHOR}。"]
    assert words == ["2023年决算口径。", "含绩效工资。"]


def test_note_goes_on_in_the_lines_below_it() -> None:
    body = line(600, "全年支出12万元，都用在防汛抗旱和河道巡查上。", marks=((8, "1"),))
    lines, words = notes_taken(
        [body, note(90, "1", "按决算口径，不含上级"), line(76, "直接拨付的资金。", SMALL)]
    )
    assert len(lines) == 1 and words == ["按决算口径，不含上级直接拨付的资金。"]


def test_mark_above_its_words_on_a_line_of_its_own_belongs_to_them() -> None:
    body = line(600, "支出12万元。", marks=((6, "1"),))
    mark = Line(0, 80, 95.6, 5.2, "1", -95.6, end=83)
    lines, words = notes_taken([body, mark, Line(0, 84, 92, SMALL, "按决算口径。", -92)])
    assert len(lines) == 1 and words == ["按决算口径。"]


def test_page_whose_marks_and_notes_differ_keeps_its_lines() -> None:
    body = line(600, "支出12万元。", marks=((6, "1"),))
    given = [body, note(90, "3", "按决算口径。")]
    assert notes_taken(given) == (given, [])


def test_small_lines_without_any_mark_in_the_text_are_text() -> None:
    given = [line(600, "支出12万元。"), line(90, "1.数据来源：部门决算。", SMALL)]
    assert notes_taken(given) == (given, [])
