"""Marks on the words of a PDF; what was there stays to the byte."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader, PdfWriter

from desktop.audit.finding import CHECK, ERROR, Finding, Span
from desktop.exchange.file_kind import open_source
from desktop.exchange.marked_copy.marked_copy import marked_copy
from desktop.exchange.read_text.any_file import lines_in
from desktop.exchange.read_text.lines import joined
from tests.exchange.marked_copy.marking import NAMES, marked
from tests.exchange.pdf_files import drawn


def page(canvas: Any) -> None:
    canvas.drawString(100, 700, "Budget 120 spent 80")
    canvas.drawString(100, 680, "rate 90%")


def annotations(data: bytes, number: int = 0) -> list[Any]:
    found = PdfReader(io.BytesIO(data)).pages[number].get("/Annots") or []
    return [each.get_object() for each in found]


def written(folder: Path, data: bytes) -> Path:
    path = folder / "报告.pdf"
    path.write_bytes(data)
    return path


def test_words_are_marked_where_they_stand_and_the_file_is_only_added_to(tmp_path: Path) -> None:
    data = drawn(page, page)
    given = marked(written(tmp_path, data), "spent", "rate 90%")
    assert given.name == "报告（标注稿）.pdf"
    assert given.data.startswith(data)
    first, second = annotations(given.data)
    assert [mark["/Subtype"] for mark in (first, second)] == ["/Highlight"] * 2
    assert first["/Contents"] == "【错误】R2 分项之和\nspent不对\n应为：9<&>"
    left, low, right, high = map(float, first["/Rect"])
    # "Budget 120 " is 11 of 19 signs; Helvetica is not as even as that.
    assert 140 < left < 165 and 165 < right < 185 and 695 < low < 700 < high < 712
    assert len(first["/QuadPoints"]) == 8 and "/N" in first["/AP"]


def test_numbers_that_a_finding_refers_to_are_marked_as_such_and_below_what_is_wrong(tmp_path: Path) -> None:
    source = open_source(written(tmp_path, drawn(page)))
    lines = lines_in(source, traced=True)
    text = joined(lines)
    rate, budget, spent = (Span(at := text.index(w), at + len(w)) for w in ("90%", "120", "80"))
    findings = [
        Finding("R1", ERROR, "应为66.67%", (rate, spent, budget)),
        Finding("R2", CHECK, "多了", (spent, budget)),
    ]
    marks = annotations(marked_copy(source, lines, findings, NAMES).data)
    assert [mark["/Contents"].splitlines() for mark in marks] == [
        ["参照：R1", "应为66.67%"],
        ["参照：R1", "应为66.67%", "", "参照：R2 分项之和", "多了"],
        ["【错误】R1", "应为66.67%", "参照：80、120（第1段）"],
        ["【核实】R2 分项之和", "多了", "参照：120"],
    ]
    assert [tuple(map(float, mark["/C"])) for mark in marks[:2]] == [(0.88, 0.89, 0.91)] * 2
    assert len({tuple(mark["/C"]) for mark in marks}) == 3


def test_all_places_of_one_wrong_thing_have_its_colour(tmp_path: Path) -> None:
    source = open_source(written(tmp_path, drawn(page)))
    lines = lines_in(source, traced=True)
    text = joined(lines)
    spans = tuple(Span(at := text.index(w), at + len(w)) for w in ("120", "80"))
    finding = Finding("R14", CHECK, "请核对", spans, all_wrong=True)
    marks = annotations(marked_copy(source, lines, [finding], NAMES).data)
    assert [mark["/Contents"].splitlines() for mark in marks] == [
        ["同上：R14", "请核对"],
        ["【核实】R14", "请核对", "另有：80"],
    ]
    assert len({tuple(mark["/C"]) for mark in marks}) == 1


def test_what_stands_nowhere_is_a_note_at_the_corner(tmp_path: Path) -> None:
    given = marked(written(tmp_path, drawn(page)), whole=True)
    (note,) = annotations(given.data)
    assert note["/Subtype"] == "/Text" and "全文如此" in note["/Contents"]


def test_marks_of_a_turned_page_lie_on_the_words_in_its_own_measure(tmp_path: Path) -> None:
    def upwards(canvas: Any) -> None:
        canvas.rotate(90)
        canvas.drawString(100, -300, "Budget 120 spent 80")

    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(drawn(upwards))))
    writer.pages[0].rotate(90)
    stream = io.BytesIO()
    writer.write(stream)
    (mark,) = annotations(marked(written(tmp_path, stream.getvalue()), "spent").data)
    left, low, right, high = map(float, mark["/Rect"])
    # Written upwards along x = 300: the words run from y = 100.
    assert 285 < left < right < 305 and 140 < low < high < 190


def test_notes_that_are_there_stay(tmp_path: Path) -> None:
    once = marked(written(tmp_path, drawn(page)), "spent").data
    again = marked(written(tmp_path, once), "Budget").data
    assert [note["/Contents"].splitlines()[1] for note in annotations(again)] == ["spent不对", "Budget不对"]


def test_a_file_that_its_owner_locked_comes_back_as_a_new_word_document(tmp_path: Path) -> None:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(drawn(page))))
    writer.encrypt("", "owner", algorithm="RC4-128")
    stream = io.BytesIO()
    writer.write(stream)
    given = marked(written(tmp_path, stream.getvalue()), "spent")
    assert given.name == "报告.pdf（标注稿）.docx"


@pytest.mark.parametrize("junk", [b"\n% behind the end\n", b""])
def test_a_file_with_a_broken_table_of_objects_is_still_marked(tmp_path: Path, junk: bytes) -> None:
    data = drawn(page)
    at = data.rindex(b"startxref")
    given = marked(written(tmp_path, data[:at] + b"startxref\n7\n%%EOF" + junk), "spent")
    if given.name.endswith(".pdf"):
        assert [mark["/Subtype"] for mark in annotations(given.data)] == ["/Highlight"]
    else:
        assert given.name == "报告.pdf（标注稿）.docx"
