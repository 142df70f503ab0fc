"""Tables and pictures of the text are told in words."""

from __future__ import annotations

from desktop.domain.text_blocks.in_words import block_words, changed_cells, with_named_blocks
from desktop.domain.text_blocks.picture import Picture, stored_picture
from desktop.domain.text_blocks.text_table import TextTable, stored_table

_PNG = b"\x89PNG\r\n\x1a\n" + bytes(8) + (8).to_bytes(4) + (6).to_bytes(4)


def test_blocks_are_told_by_what_they_are() -> None:
    assert block_words(stored_table(TextTable((("项目", "金额"),)))) == "表格（1行2列：项目、金额）"
    assert block_words(stored_picture(Picture("png", 8, 6, _PNG))) == "图片（8×6）"
    assert block_words("{}") == "（读不出的表格或图片）"


def test_marks_in_a_text_are_told_in_words() -> None:
    stored = "甲⟦note=〔注：乙〕⟧\n⟦block 3⟧\n⟦year⟧"
    assert with_named_blocks(stored) == "甲〔注：乙〕\n［表格或图片3］\n⟦year⟧"


def test_a_field_in_a_tables_head_is_left_out_of_its_name() -> None:
    assert TextTable((("⟦year⟧年预算数",),)).caption == "1行1列：…年预算数"


def test_changed_cells_are_told_one_by_one() -> None:
    before, after = (
        TextTable((("项目", "1.00"), ("水费", ""))),
        TextTable((("项目", "2.00"), ("水费", "3.00"))),
    )
    told = changed_cells(stored_table(before), stored_table(after))
    assert told == ["第1行第2列：1.00 → 2.00", "第2行第2列：（空） → 3.00"]
    wide = stored_table(TextTable((("甲",) * 30,)))
    assert changed_cells(wide, wide.replace("甲", "乙"))[-1] == "另有10格"
    assert changed_cells(stored_table(before), wide) == changed_cells("", "") == []
