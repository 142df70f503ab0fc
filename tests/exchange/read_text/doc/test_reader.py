"""A document of the old Word is read like its twin of today; what cannot be read is said in one sentence.

`data/report.doc` was written by LibreOffice: two levels of counted headings, a list, a note, a link, a table
of contents, tracked changes, hidden text, and a table with a merged cell and a table inside; `data/notes.doc` too: an
endnote before a footnote.
"""

from __future__ import annotations

import random
import struct
from pathlib import Path

import pytest

from desktop.errors import UserError
from desktop.exchange.file_kind import open_source
from desktop.exchange.read_text.any_file import lines_in, read_lines
from desktop.exchange.read_text.doc.binary import properties
from desktop.exchange.read_text.lines import CellPlace, DocumentLine, Note
from tests.places import FILES

REPORT = FILES / "report.doc"
START = 512
"""Where in the file the stream begins that begins with the information block."""


def information_block(data: bytes) -> int:
    """Its place in the file: it begins with a mark of its own."""
    return data.index(struct.pack("<H", 0xA5EC), START)


def changed(folder: Path, at: int, value: int) -> Path:
    """The report with two bytes of its information block overwritten."""
    data = bytearray(REPORT.read_bytes())
    struct.pack_into("<H", data, information_block(data) + at, value)
    path = folder / "旧报告.doc"
    path.write_bytes(data)
    return path


def refusal(path: Path) -> UserError:
    with pytest.raises(UserError) as caught:
        read_lines(path)
    return caught.value


def test_doc_gives_everything_printed_in_order() -> None:
    cells = [
        *("", "\t上下并", "\t预算数", "\t决算数", "", "\t", "\t12.5"),
        *("", "\t合计", "\t外", "\t两\n段", "", "\t内1", "\t内2"),
    ]
    read = [line._replace(place=None, type=None) for line in read_lines(REPORT)]
    assert [line for line in read if line.text or line.in_table] == [
        DocumentLine("2023年度清溪县水利局部门整体支出绩效自评报告"),
        DocumentLine("一、单位基本情况", 1),
        DocumentLine("（一）主要职能", 2),
        DocumentLine("编制62人，见县政府网站。𠮷字。"),
        DocumentLine("1.办公室"),
        DocumentLine("2.财务股"),
        DocumentLine("共四十人。"),
        DocumentLine("软"),
        DocumentLine("回车"),
        *(DocumentLine(cell, 0, True) for cell in cells),
        DocumentLine("二、支出情况", 1),
        DocumentLine("（一）基本支出", 2),
        DocumentLine("1.人员经费"),
        DocumentLine("年末数。"),
    ]


def test_cells_of_doc_tables_keep_their_rows_and_columns() -> None:
    placed = {
        line.text.strip(): line.place for line in read_lines(REPORT) if line.place and line.text.strip()
    }
    assert placed["上下并"] == CellPlace(0, 0, 2, 1)
    assert (placed["决算数"], placed["12.5"]) == (CellPlace(0, 2), CellPlace(1, 2))
    assert placed["合计"] == CellPlace(2, 0)


@pytest.mark.parametrize(
    ("at", "value", "why"),
    [
        (0x00, 0xA5DC, "Word 95"),
        (0x02, 0x0068, "Word 95"),
        (0x00, 0x1234, "不是 Word"),
        (0x0A, 0x1300, "密码"),
        (0x1A2, 0xFFFF, "损坏"),
        (0x4E, 0x8000, "损坏"),
    ],
)
def test_unreadable_doc_is_refused_with_the_way_out(tmp_path: Path, at: int, value: int, why: str) -> None:
    said = refusal(changed(tmp_path, at, value))
    assert why in said.sentence and ".docx" in said.hint


def test_settings_are_read_whatever_the_length_of_their_operands() -> None:
    said = b"\x16\x24\x01" + b"\x0b\x46\x05\x00" + b"\x49\x66\x02\x00\x00\x00"  # one, two and four bytes
    said += b"\x08\xd6\x04\x00\x01\x02\x03" + b"\x15\xc6\x02\x08\x09" + b"\x40\x26\x01"
    assert properties(said) == {
        0x2416: b"\x01",
        0x460B: b"\x05\x00",
        0x6649: b"\x02\x00\x00\x00",
        0xD608: b"\x01\x02\x03",
        0xC615: b"\x08\x09",
        0x2640: b"\x01",
    }
    assert properties(said[:6]) == {0x2416: b"\x01"}


def test_damaged_doc_is_refused_or_read_and_never_fails(tmp_path: Path) -> None:
    whole = REPORT.read_bytes()
    chance = random.Random(97)
    path = tmp_path / "坏.doc"
    refused = 0
    for turn in range(120):
        data = bytearray(whole)
        if turn % 4 == 0:
            del data[chance.randrange(START, len(data)) :]
        start = information_block(whole) if turn % 2 else 0
        for _ in range(chance.choice((1, 4, 30))):
            data[chance.randrange(start, min(start + 0x400, len(data)) if turn % 2 else len(data))] ^= (
                1 << chance.randrange(8)
            )
        path.write_bytes(data)
        try:
            read_lines(path)
        except UserError:
            refused += 1
    assert 0 < refused < 120


def test_lines_say_what_they_are_set_in() -> None:
    types = {line.text: line.type for line in read_lines(REPORT) if not line.in_table}
    title = types["2023年度清溪县水利局部门整体支出绩效自评报告"]
    heading, text = types["一、单位基本情况"], types["编制62人，见县政府网站。𠮷字。"]
    assert title is not None and heading is not None and text is not None
    assert heading.size > text.size and heading.font != text.font and title.size != heading.size


def test_footnotes_and_endnotes_stand_at_their_own_marks() -> None:
    (line,) = lines_in(open_source(FILES / "notes.doc"), whole=True)
    assert line.text == "机构整合已完成，支出12万元。"
    assert line.notes == (Note(4, "尾注甲"), Note(14, "脚注乙"))
