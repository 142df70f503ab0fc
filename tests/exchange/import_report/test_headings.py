"""Numbers of headings in every spelling, and where a heading's words end."""

from __future__ import annotations

import pytest

from desktop.exchange.import_report.headings import is_phrase, numbered_line, title_splits


@pytest.mark.parametrize(
    ("line", "style", "ordinal", "rest"),
    [
        ("一、单位基本情况", 1, 1, "单位基本情况"),
        ("十二． 其他", 1, 12, "其他"),
        ("第三部分 绩效情况", 1, 3, "绩效情况"),
        ("第3部分：绩效情况", 1, 3, "绩效情况"),
        ("贰、部门概况", 1, 2, "部门概况"),
        ("拾壹、 其他", 1, 11, "其他"),
        ("（二） 项目支出情况", 2, 2, "项目支出情况"),
        ("(二)、项目支出情况", 2, 2, "项目支出情况"),
        (" 1、 基本情况", 3, 1, "基本情况"),
        ("10. 其他", 3, 10, "其他"),
        ("（2） 项目支出情况", 4, 2, "项目支出情况"),
        ("## 存在的问题", 0, 0, "存在的问题"),
        ("3.79%的占比", 0, 0, "3.79%的占比"),
        ("一是加强管理", 0, 0, "一是加强管理"),
    ],
)
def test_number_of_a_line_is_taken_apart(line: str, style: int, ordinal: int, rest: str) -> None:
    head = numbered_line(line)
    assert (head.style, head.ordinal, head.words) == (style, ordinal, rest)


def test_heading_ends_at_a_stop_and_text_follows() -> None:
    parted = [
        (s.title, s.stop, s.tail)
        for s in title_splits(numbered_line("（一）基本支出情况：支出9万元。其中人员8万元。"))
    ]
    assert ("基本支出情况", "：", "支出9万元。其中人员8万元。") in parted
    assert [s.title for s in title_splits(numbered_line("一、基本情况。"))] == ["基本情况"]


def test_phrase_holds_no_sentence_and_no_figures() -> None:
    assert is_phrase("智慧水利建设情况")
    assert not any(
        map(is_phrase, ("已完成。", "支出1936万元", "一是加强，二是改进", "率100%", "好", "……", "15"))
    )
