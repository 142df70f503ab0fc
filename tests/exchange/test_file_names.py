"""Names that every system takes, whatever the unit is called."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.exchange.file_names import safe_file_name
from tests.places import FILES

DATA = FILES


@pytest.mark.parametrize(
    ("parts", "name"),
    [
        (("长沙市/财政局", "2023年度自评报告"), "长沙市／财政局2023年度自评报告.docx"),
        (('a\\b:c*d?e"f<g>h|i',), "a＼b：c＊d？e＂f＜g＞h｜i.docx"),
        (("CON",), "_CON.docx"),
        (("com1.财政",), "_com1.财政.docx"),
        (("Console",), "Console.docx"),
        ((" 财政局. .",), "财政局.docx"),
        (("财政局\n办公室\u202e\0",), "财政局 办公室.docx"),
        (("",), "未命名.docx"),
        (("...",), "未命名.docx"),
    ],
)
def test_safe_names(parts: tuple[str, ...], name: str) -> None:
    assert safe_file_name(*parts, ending=".docx") == name


def test_a_long_unit_name_leaves_year_and_form(tmp_path: Path) -> None:
    name = safe_file_name("很长的单位名称" * 30, "2023年度自评报告", ending=".pdf")
    assert name.endswith("2023年度自评报告.pdf")
    assert len(name.encode()) <= 200
    (tmp_path / name).touch()


@given(st.text(max_size=300), st.text(max_size=100))
def test_every_name_is_allowed(unit: str, form: str) -> None:
    name = safe_file_name(unit, form, ending=".xlsx")
    stem = name.removesuffix(".xlsx")
    assert stem and stem == stem.strip(" .") and len(name.encode()) <= 200
    assert not set(name) & set('/\\:*?"<>|\0\n')
