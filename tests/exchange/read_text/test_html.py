"""A saved page is read as it is shown."""

from __future__ import annotations

from desktop.exchange.read_text.html import page_lines
from desktop.exchange.read_text.lines import CellPlace, DocumentLine, joined


def test_paragraphs_headings_and_cells() -> None:
    page = """<html><head><title>网站</title><style>p {}</style></head><body><script>var a = "<p>";</script>
    <h2>一、基本情况</h2><p>编制 <b>62</b>
    人&nbsp;。<br>年末59人。</p><table><tr><th>甲</th><td><p>乙</p><p>丙</p></td></tr>
    <tr><td><td>1.5</table>尾"""
    assert [line._replace(place=None, type=None) for line in page_lines(page)] == [
        DocumentLine("一、基本情况", 2),
        DocumentLine("编制 62 人 。"),
        DocumentLine("年末59人。"),
        *(DocumentLine(text, 0, True) for text in ("", "\t甲", "\t乙\n丙", "", "\t", "\t1.5")),
        DocumentLine("尾"),
    ]


def test_a_table_around_tables_only_lays_out_the_page() -> None:
    page = "<table><tr><td>栏目<td><p>正文</p><table><tr><td>甲<td>乙</table></table>"
    assert joined(page_lines(page)) == "栏目\n正文\n\n\t甲\n\t乙"


def test_pages_that_do_not_hold_together() -> None:
    assert joined(page_lines("</table></td><tr><td>甲</p><table><td>乙")) == "甲\n\n\t乙"
    assert joined(page_lines("<table>" * 500 + "<tr><td>甲")).strip() == "甲"


def test_tags_that_never_end_are_no_text_and_cost_nothing() -> None:
    assert joined(page_lines("<p>甲</p>支出<10万元" + "<a " * 300_000)) == "甲\n支出<10万元"
    assert joined(page_lines("<p>乙</p>" + "<!" * 300_000)) == "乙"


def test_marks_of_notes_and_hidden_rows_are_not_read() -> None:
    page = "<table><tr><td>8<sup>1</sup><td>10m<sup>2</sup></tr><tr style='display: none'><td>66</tr><tr><td>9</table>"
    assert joined(page_lines(page)) == "\n\t8\n\t10m2\n\n\t9"


def test_cells_stand_beside_those_that_reach_down_from_above() -> None:
    page = "<table><tr><td rowspan=2>甲<td colspan=2>乙<tr><td>丙<td></table>"
    assert [(line.text.strip(), line.place) for line in page_lines(page) if line.place is not None] == [
        ("甲", CellPlace(0, 0, 2, 1)),
        ("乙", CellPlace(0, 1, 1, 2)),
        ("丙", CellPlace(1, 1)),
        ("", CellPlace(1, 2)),
    ]


def test_bold_and_centred_lines_are_told() -> None:
    page = (
        "<p align='center'><strong>部门概况</strong></p><p><span style='font-weight: bold'>机构</span>设置情况如下。</p>"
        "<p style='text-align:center;font-weight:700'>甲<span style='font-weight:normal'>乙丙</span></p><b>丁<p>戊</b>己庚辛"
        "<center><p>壬<br>癸</p></center><p>子"
    )
    told = [
        (line.text, line.type and line.type.bold, line.type and line.type.centred)
        for line in page_lines(page)
    ]
    assert told == [
        ("部门概况", True, True),
        ("机构设置情况如下。", False, False),
        ("甲乙丙", False, True),
        ("丁", True, False),
        ("戊己庚辛", False, False),
        ("壬", False, True),
        ("癸", False, True),
        ("子", False, False),
    ]


def test_pictures_of_a_page_are_told() -> None:
    assert "有2张图片没有读入" in page_lines("<p>甲<img src='a.png'></p><IMG><p>乙</p>")[-1].note


def test_items_of_a_numbered_list_keep_the_numbers_that_are_shown() -> None:
    page = "<ol start=3><li>甲<ul><li>乙</ul><li><p>丙</p></ol><li>丁"
    assert [line.text for line in page_lines(page)] == ["3.甲", "乙", "4.丙", "丁"]
