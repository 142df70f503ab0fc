"""Text of Word documents that stands there and is not meant to be read."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.exchange.read_text.any_file import read_lines
from desktop.exchange.read_text.lines import DocumentLine
from tests.exchange.word_files import docx, paragraph, run, saved, table

WHITE = '<w:color w:val="FFFFFF"/>'
BLUE = '<w:shd w:val="clear" w:color="auto" w:fill="1F4E79"/>'
STYLES = (
    '<w:style w:type="character" w:styleId="old"><w:rPr><w:strike/></w:rPr></w:style>'
    '<w:style w:type="table" w:styleId="blue"><w:tblStylePr w:type="firstRow"><w:tcPr>'
    f"{BLUE}</w:tcPr></w:tblStylePr></w:style>"
)


def lines(folder: Path, body: str) -> list[DocumentLine]:
    return read_lines(saved(folder, docx(body, styles=STYLES)))


def words(folder: Path, body: str) -> list[str]:
    return [line.text.strip() for line in lines(folder, body) if line.text.strip()]


@pytest.mark.parametrize(
    "marks", ["<w:strike/>", "<w:dstrike/>", '<w:rStyle w:val="old"/>', WHITE], ids=lambda marks: marks[:12]
)
def test_what_is_struck_out_or_white_is_left_out_and_told(tmp_path: Path, marks: str) -> None:
    read = lines(tmp_path, table(("在职人数", paragraph(run("208", marks) + run("205")))))
    assert [line.text for line in read if line.text] == ["\t在职人数", "\t205"]
    assert read[-1].note == "有1处划去（删除线）或白色看不见的文字，没有读入：“208”"


def test_what_is_not_struck_after_all_is_read(tmp_path: Path) -> None:
    body = paragraph(run("照常", '<w:rStyle w:val="old"/><w:strike w:val="0"/>'))
    assert words(tmp_path, body) == ["照常"]


def test_white_on_a_colour_is_read(tmp_path: Path) -> None:
    cell = f"<w:tc><w:tcPr>{BLUE}</w:tcPr>{paragraph(run('单元格', WHITE))}</w:tc>"
    styled = table((paragraph(run("表样", WHITE)),)).replace(
        "<w:tblPr/>", '<w:tblPr><w:tblStyle w:val="blue"/></w:tblPr>'
    )
    body = table((cell, "旁")) + paragraph(run("段落", WHITE), BLUE) + paragraph(run("字", WHITE + BLUE))
    body += styled + paragraph(run("亮", f'{WHITE}<w:highlight w:val="red"/>')) + paragraph(run("白", WHITE))
    assert words(tmp_path, body) == ["单元格", "旁", "段落", "字", "表样", "亮"]


@pytest.mark.parametrize(
    ("before", "raised", "read"),
    [
        ("17.92", "[2]", "17.92"),
        ("≤3个工作日", "②", "≤3个工作日"),
        ("环卫保洁", "*", "环卫保洁"),
        ("公用经费", "1", "公用经费"),
        ("10m", "2", "10m2"),
        ("元/平方米", "2", "元/平方米2"),
    ],
)
def test_marks_of_notes_are_no_part_of_a_cell(tmp_path: Path, before: str, raised: str, read: str) -> None:
    mark = run(raised, '<w:vertAlign w:val="superscript"/>')
    assert words(tmp_path, paragraph(run(before) + mark)) == [read]
