"""What a finding would have stand in the text: only where it is sure which words are the wrong ones."""

from __future__ import annotations

import re

from desktop.audit.finding import CHECK, Finding

_NUMBER = re.compile(r"\d[\d,，]*(?:[.．]\d+)?")
"""`1,234.50`, `１，２３４．５`: as people write it in the text."""
_EXPECTED = re.compile(r"(-?\d[\d,]*(?:\.\d+)?)(.*)", re.DOTALL)
"""`98.45%`, `2023年度`: a number as rules write it, and its unit."""
_MARK = re.compile(r"[（(]?[一二三四五六七八九十\d]+(?:[）)][、.．]?|[、.．])")
"""`一、`, `（三）`, `4.`: the number of a heading."""
_OTHER_UNITS = ("元", "亿", "千", "百", "年", "月", "日", "%", "‰")
"""A sum without unit is in 万元, or points: it does not fit a number that these follow."""
_LONGEST = 16
"""Characters, as many as the full name of a unit has (R14t expects one). Longer words are a clause, of which only a
part is wrong."""


def mended(words: str, finding: Finding) -> str | None:
    """`words` (those of the finding's first span) with what is wrong replaced, None where that is not sure.

    Only a number, a heading's mark, or short words misspelt are replaced, never a label around them.
    """
    right = finding.expected
    if not right or not words or (finding.level == CHECK and f"应为{right}" not in finding.message):
        return None
    mark = _MARK.match(words)
    if mark and _MARK.fullmatch(right):
        new = right + words[mark.end() :]
    elif number := _EXPECTED.fullmatch(right):
        new = _with_number(words, number[1], number[2]) or words
    elif len(words) <= _LONGEST and len(right) <= _LONGEST and not _NUMBER.search(words + right):
        new = right
    else:
        return None
    return new if new != words else None


def _with_number(words: str, number: str, unit: str) -> str | None:
    """The one number of this unit in `words` replaced; a unit that was cut short is made whole."""
    fitting = [match for match in _NUMBER.finditer(words) if _fits(words[match.end() :], unit)]
    if len(fitting) == 1:
        return words[: fitting[0].start()] + number + words[fitting[0].end() :]
    # `80.3万` for `80.3万元`: the number is right and its unit was cut short.
    same = [match for match in _NUMBER.finditer(words) if match.group() == number]
    rest = words[same[0].end() :].strip() if len(same) == 1 else ""
    if rest and not fitting and unit.startswith(rest):
        return words[: same[0].end()] + unit
    return None


def _fits(behind: str, unit: str) -> bool:
    behind = behind.lstrip().replace("％", "%")
    return behind.startswith(unit) if unit else not behind.startswith(_OTHER_UNITS)
