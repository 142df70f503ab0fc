"""What is told of the numbers of the text: of one with its relations, of a section's in one line, as lines."""

from __future__ import annotations

from desktop.audit.evidence import PROVED, REFUTED, UNCHECKED, Ground, NumberVerdict
from desktop.audit.finding import Span
from desktop.audit.narrative import Narrative, Place
from desktop.domain.keys import FactKey
from desktop.ui.audit_runner import Words
from desktop.ui.number_words import hint_of, lamp, lines_of, numbers_in, reasons
from desktop.ui.session import Session

TEXT = "一、预算\n支出20万元，结转（含上年）30万元。\n二、绩效\n得分95分。\n"
NARRATIVE = Narrative(TEXT, (Place("a", 5, 24), Place("b", 30, 36)))
CELL = FactKey("three_public", "total", "final")


def number(words: str, state: str, *by: Ground) -> NumberVerdict:
    start = TEXT.index(words)
    return NumberVerdict(start, start + len(words), state, by)


def relation(*words: str, cells: tuple[FactKey, ...] = ()) -> Ground:
    spans = tuple(Span(TEXT.index(w), TEXT.index(w) + len(w)) for w in words)
    return Ground("R2", "", "", spans, cells)


NUMBERS = [
    number("20万元", PROVED, relation("30万元", cells=(CELL,))),
    number("30万元", REFUTED, Ground("R5", "错误", "应为10万元", (), ())),
    number("95分", UNCHECKED),
]


def test_the_numbers_of_a_section_have_places_in_its_own_text() -> None:
    section = TEXT[5:24]
    found = [section[span.start : span.end] for span, _ in numbers_in("a", NUMBERS, NARRATIVE)]
    assert found == ["20万元", "30万元"]
    assert list(numbers_in("nowhere", NUMBERS, NARRATIVE)) == []


def test_the_lamp_counts_the_states_there_are() -> None:
    assert lamp(NUMBERS) == "本节 3 个数：1 个相符，1 个有误，1 个无从核对"
    assert lamp(NUMBERS[:1], "全文") == "全文 1 个数：1 个相符"
    assert lamp([]) == ""


def test_reasons_name_relations_with_numbers_and_cells_and_findings_with_messages(session: Session) -> None:
    pages = session.place.rule_pages
    (said,) = reasons(NUMBERS[0], TEXT, session.sheet, pages)
    assert said.startswith("分项相加＝合计：30万元、") and session.sheet.display(CELL) in said
    assert reasons(NUMBERS[1], TEXT, session.sheet, pages) == ["应为10万元"]
    assert "没有第二处" in reasons(NUMBERS[2], TEXT, session.sheet, pages)[0]


def test_a_hint_tells_the_state_and_what_proves_it_and_leaves_findings_to_the_marks(session: Session) -> None:
    pages = session.place.rule_pages
    assert hint_of(NUMBERS[0], TEXT, None, pages) == ["20万元　相符", "分项相加＝合计：30万元"]
    assert hint_of(NUMBERS[1], TEXT, None, pages) == ["30万元　有误"]
    assert hint_of(NUMBERS[2], TEXT, None, pages) == ["95分　无从核对", "文中和表中没有第二处可以对照"]


def test_lines_tell_the_words_before_a_number_and_the_value_of_its_cell(session: Session) -> None:
    titles = {"a": "一、预算", "b": "二、绩效"}
    lines = list(lines_of(NUMBERS, NARRATIVE, session.sheet, session.place.rule_pages, titles))
    assert [(line.number, line.words, line.where) for line in lines] == [
        ("20万元", "支出", "一、预算"),
        ("30万元", "结转（含上年）", "一、预算"),
        ("95分", "得分", "二、绩效"),
    ]
    assert lines[0].table == session.sheet.display(CELL) and not lines[1].table
    assert lines[0].target == Words("a", 2, 6)
