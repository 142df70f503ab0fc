"""Line breaking: the marks that may not begin or end a line, whole numbers, and no lost text."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.exchange.typography.line_breaking import (
    NO_END,
    NO_START,
    Line,
    Link,
    Text,
    Token,
    break_lines,
    is_loose,
    links_of,
    tokenise,
)

EM = 10.0


def measure(char: str) -> float:
    if char == "\n":
        return 0.0
    return EM if char >= "\u2000" else EM / 2


def broken(text: str, ems: float, indent: float = 0.0) -> list[str]:
    lines = break_lines([(text, measure)], ems * EM, em=EM, indent=indent * EM)
    assert "".join(line.text for line in lines) == text
    return [line.text for line in lines]


def squeezed(line: Line) -> float:
    return line.width - sum(token.before + token.behind for token in line.tokens)


@pytest.mark.parametrize(
    ("text", "ems", "lines"),
    [
        ("一二三四五，六七", 5.5, ["一二三四五，", "六七"]),  # the comma gives its empty half to the margin
        ("一二三四五六：七", 6.4, ["一二三四五", "六：七"]),  # half an em is all it has to give
        ("一二三四（五六）", 5, ["一二三四", "（五六）"]),
        ("一（二）三”。四五", 6, ["一（二）三”。", "四五"]),
        ("支出1,968.01万元整", 5, ["支出", "1,968.01", "万元整"]),
        ("支出为1,968.01万元", 8, ["支出为", "1,968.01万元"]),
        ("执行率达到95.92%了", 6, ["执行率达到", "95.92%了"]),
        ("二〇二三即2023年度", 7, ["二〇二三即", "2023年度"]),
        ("共10余人次参加了", 3, ["共10", "余人次", "参加了"]),
        ("满足≤15轮的要求", 4, ["满足", "≤15轮的", "要求"]),
        ("见 https://a.gov.cn/x", 6, ["见 https://", "a.gov.cn/x"]),
        ("abcdefghijklmnop", 4, ["abcdefgh", "ijklmnop"]),
        ("甲乙丙丁　　戊", 4, ["甲乙丙丁　　", "戊"]),
        ("甲乙丙丁戊己庚", 4, ["甲乙丙丁", "戊己庚"]),
        ("甲\n\n乙", 4, ["甲\n", "\n", "乙"]),
        ("甲\n", 4, ["甲\n", ""]),
        ("", 4, [""]),
        ("他们——她", 3, ["他", "们——", "她"]),
    ],
)
def test_lines_end_by_the_rules_of_chinese_typesetting(text: str, ems: float, lines: list[str]) -> None:
    assert broken(text, ems) == lines


def test_first_line_is_shorter_by_the_indent() -> None:
    assert broken("一二三四五六七八九", 5, indent=2) == ["一二三", "四五六七八", "九"]


def test_tokens_remember_their_run() -> None:
    lines = break_lines([("一二三", measure), ("四，五", measure)], 4.5 * EM, em=EM)
    assert [line.text for line in lines] == ["一二三四，", "五"]
    assert [token.run for token in lines[0].tokens] == [0, 0, 0, 1, 1]


def test_tracking_narrows_28_characters_into_the_line() -> None:
    lines = break_lines([("文" * 60, measure)], 27.75 * EM, em=EM, track=27.75 * EM / 28 - EM)
    assert [len(line.tokens) for line in lines] == [28, 28, 4]


def test_hung_spaces_have_no_width_and_final_lines_are_marked() -> None:
    lines = break_lines([("甲乙 丙\n丁", measure)], 2 * EM, em=EM)
    assert [(line.text, line.hung, line.width, line.final) for line in lines] == [
        ("甲乙 ", " ", 20, False),
        ("丙\n", "\n", 10, True),
        ("丁", "", 10, True),
    ]


def test_only_gaps_outside_latin_runs_are_widened() -> None:
    tokens = tokenise("共A-12 b", measure, em=EM)
    assert [token.text for token in tokens] == ["共", "A", "-", "12", " ", "b"]
    assert [is_loose(a, b) for a, b in pairwise(tokens)] == [
        True, False, False, True, True]  # fmt: skip


def test_gap_before_a_long_number_is_shared_by_the_lines_above() -> None:
    text = "文" * 34 + "1,234,567,890.12万元" + "文" * 8
    for even, expected in ((False, [20, 14]), (True, [17, 17])):
        lines = break_lines([(text, measure)], 20 * EM, em=EM, even=even)
        assert "".join(line.text for line in lines) == text
        assert len(lines) == 3 and [len(line.tokens) for line in lines[:2]] == expected


@pytest.mark.parametrize(
    "whole", ["6.88万元", "95.35%", "2023年", "第3批", "1,194.60万元", "≥90%", "120平方米"]
)
@pytest.mark.parametrize("even", [False, True])
def test_number_and_unit_stand_on_one_line(whole: str, even: bool) -> None:
    for before in range(24):
        text = "文" * before + whole + "，" + "文" * 14
        lines = break_lines([(text, measure)], 12 * EM, em=EM, even=even)
        assert sum(whole in line.text for line in lines) == 1
        assert all(squeezed(line) <= 12 * EM + 0.01 for line in lines)


def test_number_longer_than_a_line_is_broken() -> None:
    lines = break_lines([("共" + "8" * 500 + "万元", measure)], 12 * EM, em=EM)
    assert len(lines) == 22 and all(line.width <= 12 * EM + 0.01 for line in lines)
    assert lines[-1].text.endswith("万元") and lines[0].text == "共" + "8" * 22


def test_wide_space_at_the_end_of_a_line_hangs() -> None:
    lines = break_lines([("甲乙丙\u2003丁\t戊", measure)], 3 * EM, em=EM)
    assert [line.text for line in lines] == ["甲乙丙\u2003", "丁\t戊"]
    assert lines[0].hung == "\u2003"


ALPHABET = "文件支出年万元%％，。、；：！？（）《》“”‘’—…·12345.,AB/-_ 　\n()"


@given(st.text(alphabet=ALPHABET, max_size=80), st.integers(1, 14), st.integers(0, 3), st.booleans())
def test_lines_hold_the_whole_text_within_the_width(text: str, ems: int, indent: int, even: bool) -> None:
    lines = break_lines([(text, measure)], ems * EM, em=EM, indent=indent * EM, even=even)
    assert "".join(line.text for line in lines) == text
    for place, line in enumerate(lines):
        room = (ems - (indent if place == 0 else 0)) * EM
        assert squeezed(line) <= room + 0.01 or len(line.tokens) <= 1
        assert line.width == pytest.approx(sum(token.width for token in line.tokens))


@given(st.text(alphabet=ALPHABET, max_size=80), st.integers(3, 14), st.booleans())
def test_forbidden_line_ends_occur_only_where_nothing_else_fits(text: str, ems: int, even: bool) -> None:
    lines = break_lines([(text, measure)], ems * EM, em=EM, even=even)
    for line, after in pairwise(lines):
        if line.hung.endswith("\n") or not line.tokens or not after.tokens:
            continue
        faulty = after.tokens[0].text[0] in NO_START or line.tokens[-1].text[-1] in NO_END
        if faulty:
            inner = [*line.tokens, after.tokens[0]]
            assert all(link != Link.FREE for link in links_of(inner)[: len(line.tokens) - 1])


@given(st.text(alphabet=ALPHABET, max_size=60), st.lists(st.floats(5.0, 200.0), min_size=2, max_size=4))
def test_text_cut_once_breaks_alike_at_every_width(text: str, widths: list[float]) -> None:
    once = Text.of([(text, measure)], em=EM)
    for width in widths:
        assert once.lines(width, even=True) == break_lines([(text, measure)], width, em=EM, even=True)


def test_cached_token_is_not_measured_again() -> None:
    known: dict[str, Token] = {}
    first = tokenise("支出2023年", measure, em=EM, known=known)

    def unasked(char: str) -> float:
        raise AssertionError(char)

    assert tokenise("年支2023出", unasked, em=EM, known=known) == [first[n] for n in (3, 0, 2, 1)]


@given(st.text(max_size=60), st.floats(5.0, 200.0))
def test_any_text_is_broken_at_any_width(text: str, width: float) -> None:
    lines = break_lines([(text, measure)], width, em=EM)
    assert "".join(line.text for line in lines) == text
    assert all(line.tokens or line.hung or place == len(lines) - 1 for place, line in enumerate(lines))
