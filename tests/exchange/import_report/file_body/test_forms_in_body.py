"""A form between two headings of a report is a table of its text; marked as an annex, or behind the text, it is none."""

from __future__ import annotations

from desktop.audit.text.flat_text import Text
from desktop.exchange.import_report.file_body.body import body_of
from desktop.exchange.read_text.html import page_lines
from desktop.exchange.read_text.lines import joined
from tests.exchange.import_forms.pages import HEADS, table

FORM = "<p>表3-1 2023年度部门整体支出绩效自评表</p>" + table(
    HEADS, "产出指标|数量指标|巡查|≥36次|38次|50|50|", "总分|||||100|100|"
)
BEFORE = "<p>一、概况</p><p>有6人。</p><p>二、绩效</p><p>见下表。</p>"
BEHIND = "<p>三、问题</p><p>征地推迟。</p>"


def texts(page: str) -> list[str]:
    lines = page_lines(page)
    return [line.text for line in body_of(lines, Text(joined(lines))).lines]


def test_a_form_between_headings_is_a_table_of_the_text() -> None:
    found = texts(BEFORE + FORM + BEHIND)
    assert "巡查" in found and found[-2:] == ["三、问题", "征地推迟。"]


def test_text_behind_a_form_that_is_marked_as_an_annex_is_text_again() -> None:
    found = texts(BEFORE + "<p>附件2</p>" + FORM + BEHIND)
    assert "巡查" not in found and found[-2:] == ["三、问题", "征地推迟。"]


def test_a_form_behind_the_text_is_none_of_it_though_notes_with_numbers_follow() -> None:
    found = texts(BEFORE + FORM + "<p>一、填表说明</p><p>按实填写。</p>")
    assert "巡查" not in found and found[:4] == ["一、概况", "有6人。", "二、绩效", "见下表。"]
