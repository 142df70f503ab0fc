"""What cannot carry comments comes back as a Word document of its text."""

from __future__ import annotations

import io
from pathlib import Path

import docx
import pytest

from desktop.audit.finding import HINT, Finding, Span
from desktop.exchange.marked_copy.marked_copy import marked_text
from desktop.exchange.marked_copy.notes import MOST_NOTES, notes_of
from desktop.exchange.read_text.lines import DocumentLine
from tests.exchange.marked_copy.marking import marked
from tests.exchange.marked_copy.test_word import comments, marked_words
from tests.places import FILES


@pytest.mark.parametrize(
    ("name", "content", "word"),
    [
        ("报告.txt", "一、概况\n\f支出\x01 10万元\x02。\n\n二、其他".encode(), "10万元"),
        (
            "报告.html",
            "<html><p>甲</p><table><tr><td>项目</td><td>10<br>万元</td></tr></table></html>".encode(),
            "10",
        ),
    ],
)
def test_text_and_web_pages_come_back_as_word(tmp_path: Path, name: str, content: bytes, word: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    given = marked(path, word, whole=True)
    assert given.name == f"{name}（标注稿）.docx"
    words = marked_words(given.data)
    assert (words[0].strip(), len(words)) == (word, 2)
    assert [text.splitlines()[1] for text in comments(given.data).values()] == [f"{word}不对", "全文如此"]


def test_an_old_word_file_keeps_its_headings_and_tables() -> None:
    given = marked(FILES / "report.doc", "编制62人", "12.5")
    assert marked_words(given.data) == {0: "编制62人", 1: "12.5"}
    document = docx.Document(io.BytesIO(given.data))
    heads = [p.text for p in document.paragraphs if p.style is not None and p.style.name == "Heading 1"]
    assert heads == ["一、单位基本情况", "二、支出情况"] and len(document.tables) == 1


def test_a_table_wider_than_word_can_have_is_told_cell_by_cell() -> None:
    cells = [DocumentLine("", in_table=True), *(DocumentLine(f"\t{n}", in_table=True) for n in range(70))]
    text = "\n".join(line.text for line in cells)
    at = text.index("69")
    copy = marked_text("甲", cells, [Finding("R2", HINT, "错", (Span(at, at + 2),))], {})
    assert marked_words(copy.data) == {0: "69"}


def test_more_notes_than_anybody_reads_are_counted() -> None:
    notes = notes_of("支出", [Finding("R2", HINT, str(n), (Span(0, 1),)) for n in range(MOST_NOTES + 5)], {})
    assert len(notes) == MOST_NOTES + 1 and "另有5处" in notes[-1].words[0]


def test_a_finding_at_several_places_is_one_comment_that_names_the_others() -> None:
    lines = [DocumentLine("支出10万元，又12万元。"), DocumentLine("二、其他"), DocumentLine("共30万元。")]
    spans = Span(2, 6), Span(8, 12), Span(20, 24)
    finding = Finding("R7", HINT, "各处不一", spans, expected="10万元")
    data = marked_text("甲", lines, [finding], {"R7": "前后不一致"}).data
    assert marked_words(data) == {0: "10万元"}
    (said,) = comments(data).values()
    assert said.splitlines() == [
        "【提示】R7 前后不一致",
        "各处不一",
        "应为：10万元",
        "参照：12万元、30万元（二、其他 第1段）",
    ]
