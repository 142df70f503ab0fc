"""TOML that would harm whoever reads it is refused with a word, within a moment."""

from __future__ import annotations

import time
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.exchange.task_file.toml_text import LONGEST_TEXT, BadToml, read_toml

HOSTILE = {
    "deep lists": ("a = " + "[" * 50_000, "嵌套"),
    "deep lists with blanks": ("a = " + "[ \n" * 20_000, "嵌套"),
    "deep tables": ("a = " + "{a=" * 30_000, "写法不对"),
    "a key of many parts": ("a." * 60_000 + "a = 1", "嵌套"),
    "many keys of many parts": ("\n".join("a." * 200 + f"k{n} = 1" for n in range(400)), "嵌套"),
    "a head of many parts": ("[" + "a . " * 40_000 + "a]", "嵌套"),
    "quoted parts": ('""."".' * 30_000 + "a = 1", "嵌套"),
    "a number of many digits": ("a = " + "9" * 150_000, "写法不对"),
    "a hexadecimal one": ("a = 0x" + "f" * 150_000, "不能用的数"),
    "a large one": ("a = 10000000000000", "不能用的数"),
    "no number": ("a = nan", "不能用的数"),
    "no end": ("a = inf", "不能用的数"),
    "a date": ("a = 2024-01-01", "不能用的数或日期"),
    "a long text": (f'a = "{"长" * (LONGEST_TEXT + 1)}"', "超过"),
    "a long key": ("a" * 200 + " = 1", "超过"),
    "an escape": ('a = "\\u0000"', "控制字符"),
    "half a character": ('a = "\\ud800"', "写法不对"),
    "very many values": ("a = [" + "1," * 30_000 + "]", "内容太多"),
    "no TOML": ("{json: 1}", "第1行的写法不对"),
    "a line further down": ("a = 1\nb = \n", "第2行的写法不对"),
    "a name twice": ("a = 1\na = 2", "写法不对"),
    "a word of a megabyte": ("a" * 200_000, "写法不对"),
    "blanks of a megabyte": ("a" + " " * 200_000, "写法不对"),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_hostile_text_is_refused_at_once(case: str) -> None:
    text, words = HOSTILE[case]
    begun = time.perf_counter()
    with pytest.raises(BadToml, match=words):
        read_toml(text)
    assert time.perf_counter() - begun < 3


def test_ordinary_text_is_read() -> None:
    text = 'formula = "sum(annex3_funds@*.total.executed) + three_public.total.final"\n[a.b]\nc = [["x", 1.5], [true]]'
    assert read_toml(text)["a"]["b"]["c"] == [["x", 1.5], [True]]
    assert read_toml('note = "见 1.2.3.4.5.6.7.8 节……"')["note"]


@given(st.text(max_size=200))
def test_any_text_is_read_or_refused(text: str) -> None:
    with suppress(BadToml):  # and nothing else
        assert isinstance(read_toml(text), dict)
