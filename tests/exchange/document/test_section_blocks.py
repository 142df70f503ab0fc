"""The text of a section as blocks: tables, pictures and footnotes between and behind its words."""

from __future__ import annotations

import struct

import pytest

from desktop.domain.assessment import Assessment
from desktop.domain.keys import FactKey
from desktop.domain.text_blocks.picture import picture_of, stored_picture
from desktop.domain.text_blocks.text_table import Area, TextTable, stored_table
from desktop.exchange.document.blocks import (
    Block,
    Caption,
    Cell,
    Heading,
    Paragraph,
    PictureBlock,
    Run,
    TableBlock,
    Turn,
)
from desktop.exchange.document.section_blocks import section_blocks
from tests.exchange.made_reports import TEMPLATES

PICTURE = picture_of(b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"IHDR", 60, 30))
TABLE = TextTable(
    (("项目", "金额", ""), ("工资", "1,200.00", "⟦year⟧"), ("油费", "98.50", "无")), (Area(0, 1, 1, 2),)
)


def blocks(stored: str) -> list[Block]:
    assert PICTURE is not None
    facts = {
        FactKey("narrative", "other", "text"): stored,
        FactKey("blocks", "1", "table"): stored_table(TABLE),
        FactKey("blocks", "2", "picture"): stored_picture(PICTURE),
    }
    assessment = Assessment(TEMPLATES, facts, 2023, TEMPLATES.form_system().id)
    section = next(s for s in assessment.sheet.outline if s.id == "other")
    return list(section_blocks(assessment, section, stored))


def test_table_stands_between_paragraphs_with_its_fields_filled_in() -> None:
    before, table, after = blocks("先。\n⟦block 1⟧\n后。")
    assert (
        isinstance(table, TableBlock)
        and before == Paragraph((Run("先。"),))
        and after == Paragraph((Run("后。"),))
    )
    assert table.header_rows == 1 and table.points == 12.0
    assert table.rows[0] == (Cell("项目", bold=True), Cell("金额", cols=2, bold=True))
    assert table.rows[1] == (Cell("工资"), Cell("1,200.00", align="right"), Cell("2023"))


def test_title_and_unit_above_a_table_are_its_captions_and_a_title_below_a_picture_its_own() -> None:
    found = blocks("表1 收支情况\n单位：万元\n⟦block 1⟧\n⟦block 2⟧\n图1 工地")
    assert [type(block) for block in found] == [Caption, Caption, TableBlock, PictureBlock, Caption]
    assert found[0] == Caption("表1 收支情况") and found[1] == Caption("单位：万元", "right")
    assert found[4] == Caption("图1 工地", above=False)


@pytest.mark.parametrize("line", ["表1列示了全年收支，见下。", "单位：某县水利局和它所属的十二个单位一起"])
def test_sentence_above_a_table_is_a_paragraph(line: str) -> None:
    assert blocks(f"{line}\n⟦block 1⟧")[0] == Paragraph((Run(line),))


def test_footnote_belongs_to_the_words_before_it() -> None:
    (paragraph,) = blocks("支出12万元⟦note=〔注：按决算口径〕⟧，其中工资⟦note=〔注：含绩效〕⟧。")
    assert paragraph == Paragraph(
        (Run("支出12万元", note="按决算口径"), Run("，其中工资", note="含绩效"), Run("。"))
    )


def test_heading_typed_into_a_text_with_a_table_is_still_one() -> None:
    heading, _ = blocks("（一）收支情况\n⟦block 1⟧")
    assert heading == Heading(2, "（一）", "收支情况")


def test_mark_of_a_block_that_is_not_there_is_text() -> None:
    assert blocks("⟦block 9⟧") == [Paragraph((Run("⟦block 9⟧"),))]


@pytest.mark.parametrize(("columns", "points"), [(6, 12.0), (9, 10.5), (10, 9.0)])
def test_more_columns_are_set_smaller(columns: int, points: float) -> None:
    facts = {
        FactKey("narrative", "other", "text"): "⟦block 1⟧",
        FactKey("blocks", "1", "table"): stored_table(TextTable((("栏",) * columns,))),
    }
    assessment = Assessment(TEMPLATES, facts, 2023, TEMPLATES.form_system().id)
    section = next(s for s in assessment.sheet.outline if s.id == "other")
    (table,) = section_blocks(assessment, section, "")
    assert isinstance(table, TableBlock) and table.points == points


def test_table_too_wide_for_a_page_stands_on_its_side_with_its_captions() -> None:
    wide = TextTable((("栏目",) * 16, ("1,234,567.00",) * 16))
    facts = {
        FactKey("narrative", "other", "text"): "先。\n单位：万元\n⟦block 1⟧\n⟦block 1⟧\n后。",
        FactKey("blocks", "1", "table"): stored_table(wide),
    }
    assessment = Assessment(TEMPLATES, facts, 2023, TEMPLATES.form_system().id)
    section = next(s for s in assessment.sheet.outline if s.id == "other")
    found = list(section_blocks(assessment, section, ""))
    kinds = [type(block).__name__ for block in found]
    assert kinds == ["Paragraph", "Turn", "Caption", "TableBlock", "Turn", "TableBlock", "Turn", "Paragraph"]
    assert [block.landscape for block in found if isinstance(block, Turn)] == [True, True, False]


def test_column_of_figures_keeps_its_width_beside_words_that_give_way() -> None:
    words = "这一栏的文字写得很长，远远超过一行放得下的字数，所以要断开成几行"
    table = TextTable((("内容", "说明", "金额"), (words, words, "12,345,678.90")))
    facts = {
        FactKey("narrative", "other", "text"): "⟦block 1⟧",
        FactKey("blocks", "1", "table"): stored_table(table),
    }
    assessment = Assessment(TEMPLATES, facts, 2023, TEMPLATES.form_system().id)
    section = next(s for s in assessment.sheet.outline if s.id == "other")
    (block,) = section_blocks(assessment, section, "")
    assert isinstance(block, TableBlock)
    share = block.widths[2] / sum(block.widths) * 442 / block.points
    assert share > 6.5, "in characters: thirteen signs of half the width, none of them overleaf"


def test_a_sentence_of_a_list_is_text_though_it_is_numbered_as_headings_are() -> None:
    heading, text, led = blocks(
        "（一）项目支出情况。\n（二）管护责任不清，修复不及时。\n（三）进度偏慢。征地推迟。"
    )
    assert isinstance(heading, Heading)
    assert text == Paragraph((Run("（二）管护责任不清，修复不及时。"),))
    assert isinstance(led, Paragraph) and led.runs[0].heading


def test_what_was_text_in_a_file_that_was_read_in_is_set_as_text() -> None:
    facts = {FactKey("paper", "this", "outline"): "as-read", FactKey("headings", "other", "place"): "1"}
    assessment = Assessment(TEMPLATES, facts, 2023, TEMPLATES.form_system().id)
    (section,) = assessment.sheet.outline
    assert list(section_blocks(assessment, section, "（一）进度偏慢。征地推迟。")) == [
        Paragraph((Run("（一）进度偏慢。征地推迟。"),))
    ]
