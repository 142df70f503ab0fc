"""TOML from outside: what a parser would take hours or gigabytes for is turned away before or after it."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from typing import Any

DEEPEST = 10
MOST_NODES = 20_000
LONGEST_TEXT, LONGEST_KEY = 5_000, 100
LARGEST = 10**12
_LONG_KEY = re.compile(
    r"""(?<![\w-])(?:(?:[\w-]+|"[^"\n]*"|'[^'\n]*')[ \t]*\.[ \t]*){12}""",
)
"""`a.a.a.a.…`: each dotted key costs the square of its parts. A formula has four at most, a key of ours two."""
_BRACKETS = re.compile(r"(?:[\[{][ \t\n]*){12}")
"""Arrays within arrays, on which the parser would go down the stack."""


class BadToml(ValueError):
    """What is wrong, in Chinese words without a stop."""


def read_toml(text: str) -> dict[str, Any]:
    """What the text says; of the kinds text, number, true and false, list and table only. BadToml else."""
    if _LONG_KEY.search(text) or _BRACKETS.search(text):
        raise BadToml("嵌套太深")
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        place = re.search(r"at line (\d+)", str(error))
        raise BadToml(f"第{place[1]}行的写法不对" if place else "写法不对，到末尾还没有写完") from None
    except (ValueError, RecursionError):
        raise BadToml("写法不对") from None
    _look_through(content)
    return content


def _look_through(content: dict[str, Any]) -> None:
    """Without recursion; what is refused here would harm whoever reads it later."""
    waiting: list[tuple[Any, int]] = [(content, 0)]
    seen = 0
    while waiting:
        value, depth = waiting.pop()
        seen += 1
        if seen > MOST_NODES:
            raise BadToml("内容太多")
        if depth > DEEPEST:
            raise BadToml("嵌套太深")
        if isinstance(value, dict):
            for key in value:
                _check_text(key, LONGEST_KEY)
            waiting += [(inner, depth + 1) for inner in value.values()]
        elif isinstance(value, list):
            waiting += [(inner, depth + 1) for inner in value]
        elif isinstance(value, str):
            _check_text(value, LONGEST_TEXT)
        elif isinstance(value, bool):
            continue
        elif not isinstance(value, int | float) or not -LARGEST <= value <= LARGEST:
            raise BadToml("有不能用的数或日期")  # also nan, which no bound holds for


def _check_text(text: str, longest: int) -> None:
    if len(text) > longest:
        raise BadToml(f"有一段文字超过{longest}字")
    if any(unicodedata.category(char) in ("Cc", "Cs") and char not in "\n\t" for char in text):
        raise BadToml("含有看不见的控制字符")
