"""Whatever kind of file a report comes in: its lines, or one sentence that says why not."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from desktop.audit.forms_in_text.forms_in_text import read_annexes
from desktop.audit.text.flat_text import Text
from desktop.errors import UserError
from desktop.exchange.read_text.any_file import READABLE, read_lines, read_text
from desktop.exchange.read_text.lines import DocumentLine
from desktop.resource_files.templates import load_templates
from tests.audit.annex_layouts import ANNEX1
from tests.exchange.word_files import docx, paragraph, saved, table
from tests.places import FILES, RESOURCES

DATA = FILES
TEMPLATES = load_templates(RESOURCES)
SAID = "一、基本情况\n编制62人。"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_plain_text_is_decoded_whatever_its_encoding(tmp_path: Path, encoding: str, end: str) -> None:
    path = saved(tmp_path, SAID.replace("\n", end).encode(encoding), "报告.txt")
    assert read_lines(path) == [DocumentLine("一、基本情况"), DocumentLine("编制62人。")]
    assert read_text(path) == SAID


def test_kind_of_file_is_told_by_its_first_bytes_not_its_ending(tmp_path: Path) -> None:
    word = docx(paragraph("一、基本情况") + paragraph("编制62人。"))
    page = "<html><meta charset='gbk'><p>一、基本情况<p>编制62人。</html>".encode("gb18030")
    for data in (word, page):
        assert read_text(saved(tmp_path, data, "报告.txt")) == SAID
    assert "一、单位基本情况" in read_text(saved(tmp_path, (DATA / "report.doc").read_bytes(), "报告.wps"))


def test_printed_forms_are_known_in_the_lines_of_a_word_document(tmp_path: Path) -> None:
    body = "".join(paragraph(row[0]) if len(row) == 1 else table(tuple(row)) for row in ANNEX1)
    body = body.replace("\n", " ")
    read = read_annexes(Text(read_text(saved(tmp_path, docx(body)))), TEMPLATES)
    assert read is not None and read.fully_read("annex1") and len(read.facts) > 60


@pytest.mark.parametrize(
    ("data", "why"),
    [
        ((DATA / "small.xls").read_bytes(), "”是 Excel 97-2003 工作簿，"),  # a space before Latin letters
        ((DATA / "encrypted.xlsx").read_bytes(), "密码"),
        (b" \n ", "没有文字"),
        (docx(paragraph("")), "没有文字"),
    ],
)
def test_file_that_is_no_text_is_refused(tmp_path: Path, data: bytes, why: str) -> None:
    with pytest.raises(UserError, match=why) as caught:
        read_lines(saved(tmp_path, data))
    assert caught.value.hint


def test_readable_endings_suit_a_file_dialog() -> None:
    assert all(ending.startswith(".") and ending == ending.lower() for ending in READABLE)


def test_advice_for_a_damaged_pdf_is_not_to_open_it_in_an_office_program(tmp_path: Path) -> None:
    broken = saved(tmp_path, b"%PDF-1.7\nnothing else", "坏.pdf")
    with pytest.raises(UserError, match="已损坏") as caught:
        read_text(broken)
    assert "PDF" in caught.value.hint and "Excel" not in caught.value.hint


def test_damaged_word_file_is_refused_or_read_and_never_fails(tmp_path: Path) -> None:
    whole = docx(paragraph("一、基本情况") + table(("甲", "乙")), numbering="", styles="")
    chance = random.Random(2003)
    refused = 0
    for turn in range(80):
        data = bytearray(whole[: chance.randrange(4, len(whole))] if turn % 3 == 0 else whole)
        for _ in range(chance.choice((0, 1, 8))):
            data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        try:
            read_lines(saved(tmp_path, bytes(data)))
        except UserError:
            refused += 1
    assert refused > 20
