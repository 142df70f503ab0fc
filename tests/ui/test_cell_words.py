"""Cells of the past keep their names, also where their rows are gone."""

from __future__ import annotations

from desktop.domain.edits import Change
from desktop.domain.keys import FactKey
from desktop.domain.text_blocks.text_table import TextTable, stored_table
from desktop.ui.cell_words import EMPTY, CellWords, brief
from desktop.workplace import Workplace

NAME = FactKey("projects", "item:9", "name")
PLACE = NAME._replace(column="order")


def test_a_row_that_was_removed_is_called_as_it_was(place: Workplace) -> None:
    changes = (Change(NAME, "老项目", None), Change(PLACE, "3", None))
    words = CellWords.of_changes(place.templates, 2023, {}, changes)
    assert words.name(NAME).startswith("老项目")
    assert words.value(PLACE, "3") == "第3位" and words.value(PLACE, None) == "（没有这一行）"


def test_a_project_table_names_its_project(place: Workplace) -> None:
    column = place.templates.tables["annex3_goals"].columns[0]
    words = CellWords(place.templates, 2023, {NAME: "新项目"})
    assert words.name(FactKey("annex3_goals@9", "this", column.id)).startswith("新项目：")


def test_a_cell_of_no_table_has_its_address(place: Workplace) -> None:
    words = CellWords(place.templates, 2023, {})
    assert words.name(FactKey("nothing", "a", "b")) == "nothing.a.b"
    assert words.value(NAME, None) == EMPTY


def test_long_texts_are_shortened_to_one_line() -> None:
    assert brief("一\n二") == "一 二"
    assert brief("字" * 30, 5) == "字字字字…"


def test_tables_and_pictures_of_the_text_are_told_in_words(place: Workplace) -> None:
    words = CellWords(place.templates, 2023, {})
    key = FactKey("blocks", "3", "table")
    stored = stored_table(TextTable((("项目", "金额"), ("水费", "1"))))
    assert (words.name(key), words.value(key, stored)) == ("正文里的表格3", "表格（2行2列：项目、金额）")
    assert words.name(key._replace(column="picture")) == "正文里的图片3"
    assert words.value(FactKey("narrative", "problems", "text"), "甲\n⟦block 3⟧") == "甲\n［表格或图片3］"
