"""Blocks of cells as Excel and WPS copy them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.exchange.read_sheet.clipboard import parse_clipboard


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("", []),
        ("1", [["1"]]),
        ("1\r\n", [["1"]]),
        ("\r\n", [[""]]),
        ("a\tb\r\n1\t\r\n", [["a", "b"], ["1", ""]]),
        ("a\t", [["a", ""]]),
        ("1\r\n\r\n3\r\n", [["1"], [""], ["3"]]),
        ("1\n2\r3\0", [["1"], ["2"], ["3"]]),
        ('"甲\n乙"\t"a\tb"\t"说""好"""\r\n', [["甲\n乙", "a\tb", '说"好"']]),
        ('"甲"\t5"\r\n', [['"甲"', '5"']]),
        ('"没有结束\t1\r\n2', [['"没有结束', "1"], ["2"]]),
        ("\u00a01,234.50\u200b\r\n", [["1,234.50"]]),
    ],
)
def test_a_copied_block_is_read_cell_by_cell(text: str, rows: list[list[str]]) -> None:
    assert parse_clipboard(text) == rows


PRINTABLE = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cf", "Zs"]) | st.sampled_from("\n\t")
)


@given(st.lists(st.lists(PRINTABLE.map(str.strip), min_size=2, max_size=2), min_size=1))
def test_what_excel_copies_comes_back(rows: list[list[str]]) -> None:
    def copied(cell: str) -> str:
        return f'"{cell.replace(chr(34), chr(34) * 2)}"' if set(cell) & set('\n\t"') else cell

    block = "".join("\t".join(map(copied, row)) + "\r\n" for row in rows)
    assert parse_clipboard(block) == rows
