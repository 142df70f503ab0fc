"""Where no lines of a table are left: rows that look misread are named, sound ones are not."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from desktop.audit.forms_in_text.forms_in_text import read_annexes
from desktop.audit.text.flat_text import Text
from desktop.exchange.import_forms.doubtful_rows import doubtful_rows
from tests.audit.annex_layouts import ANNEX2, Rows, one_a_line, spaced
from tests.exchange.made_reports import TEMPLATES

ROW = ("annex2_indicators", "quantity:1")


def doubts(old: str, new: str, layout: Callable[[Rows], str] = one_a_line) -> dict[tuple[str, str], str]:
    text = Text(layout(ANNEX2).replace(old, new))
    reading = read_annexes(text, TEMPLATES, 2023)
    assert reading is not None
    return dict(doubtful_rows(reading, text))


def test_sound_form_without_table_lines_has_no_doubts_or_only_guessed_splits() -> None:
    assert doubts("", "") == {}
    assert set(doubts("", "", spaced).values()) == {"没有表格线，指标名称、指标值和完成值是猜着分开的"}


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("除险加固水库座数", "除险加固水库座数2023", "名称"),
        ("除险加固水库座数", "数量≥12座", "名称"),
        ("≥12座", "年", "指标值"),
        ("13座", "座=13", "实际完成值"),
        ("13座", "起1", "实际完成值"),
        ("≥12座\n13座", "≥12月20日\n前12月16日", "实际完成值"),
        ("13座\n15\n15", "13座\n15\n20", "得分高于分值"),
        ("13座\n15\n15", "13座\n12\n12", "标题不符"),
    ],
)
def test_row_with_a_value_in_the_wrong_cell_is_doubtful(old: str, new: str, why: str) -> None:
    assert why in doubts(old, new).get(ROW, "")


def test_goals_split_in_the_middle_of_a_sentence_are_doubtful() -> None:
    doubtful = doubts("完成水库除险加固，保障灌溉。", "完成水库除险加固，\n保障灌溉")
    assert "分错了地方" in doubtful["annex2_goals", "this"]
