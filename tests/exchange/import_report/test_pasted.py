"""Tables on the clipboard, as Word, Excel and WPS put them there."""

from __future__ import annotations

from desktop.domain.text_blocks.text_table import Area, TextTable
from desktop.exchange.import_report.pasted import pasted_cells, pasted_parts

PAGE = """<html><body><!--StartFragment--><p>收支如下：</p>
<table><tr><td rowspan=2>项目</td><td colspan=2>金额</td></tr><tr><td>预算</td><td>决算</td></tr>
<tr><td>水费</td><td>1.00</td><td><p>2.00</p><p>含税</p></td></tr></table>
<p>以上为⟦year⟧。</p><!--EndFragment--></body></html>"""
TABLE = TextTable(
    (("项目", "金额", ""), ("", "预算", "决算"), ("水费", "1.00", "2.00\n含税")),
    (Area(0, 0, 2, 1), Area(0, 1, 1, 2)),
)


def test_a_page_gives_its_text_and_its_tables_in_order() -> None:
    assert pasted_parts(PAGE, "收支如下：…") == ["收支如下：", TABLE, "以上为〔year〕。"]
    assert pasted_cells(PAGE, "") == TABLE


def test_a_single_cell_and_a_page_without_a_table_are_text() -> None:
    assert pasted_parts("<table><tr><td>12.50</td></tr></table>", "12.50") == []
    assert pasted_parts("<p>甲</p><p>乙</p>", "1.\t甲\n2.\t乙") == []


def test_lines_with_tabs_are_a_table_between_lines_without() -> None:
    text = "表1 支出\n项目\t金额\r\n水费\t1\n\n完。"
    assert pasted_parts("", text) == ["表1 支出", TextTable((("项目", "金额"), ("水费", "1"))), "\n完。"]


def test_numbered_paragraphs_and_one_line_with_a_tab_are_text() -> None:
    assert pasted_parts("", "1.\t加强管理\n2.\t提高效率") == []
    assert pasted_parts("", "单位\t万元") == []
    assert pasted_parts("", "没有制表符") == []


def test_cells_without_a_page_are_the_lines_of_the_text() -> None:
    assert pasted_cells("", "甲\n乙") == TextTable((("甲",), ("乙",)))
    assert pasted_cells("", "") is None
