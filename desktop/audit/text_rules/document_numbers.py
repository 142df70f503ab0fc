"""R71: numbers of official documents: the year in 〔〕, without 第 and leading zeros (docs/domain.md 7)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from desktop.audit.finding import HINT, Finding, Span
from desktop.audit.text.reading import Reading
from desktop.audit.text_audit import check

_NUMBER = re.compile(
    r"(?<=[一-龥])(?P<open>[〔﹝［\[(（【])(?P<year>(?:19|20)\d{2})(?P<close>[〕﹞］\])）】])(?P<extra>第?0*)\d{1,4}号"
)
"""`清财绩〔2023〕8号` in any brackets, in the text as it was written: for the other rules all brackets are （）."""
_RIGHT = "〔〕﹝﹞"
_SHOWN = 3
"""So many places are marked in a finding; the rest is counted."""


@check("R71", "文号的写法", of_words=True)
def document_numbers(reading: Reading) -> Iterator[Finding]:
    """Hints: `[2023]8号` for `〔2023〕8号`, `〔2023〕第8号`; each told once for the whole report.

    Silent on numbers without a year in brackets (`第12号令`).
    """
    found = list(_NUMBER.finditer(reading.text.raw))
    wrong = [m for m in found if m["open"] not in _RIGHT or m["close"] not in _RIGHT]
    if wrong:
        first = wrong[0]
        message = f"文号的年份应写在六角括号里，如“〔{first['year']}〕”，共{len(wrong)}处"
        places = tuple(Span(m.start("open"), m.end("close")) for m in wrong[:_SHOWN])
        yield Finding("R71", HINT, message, places, expected=f"〔{first['year']}〕", all_wrong=True)
    numbered = [m for m in found if m["extra"]]
    if numbered:
        places = tuple(Span(m.start("extra"), m.end()) for m in numbered[:_SHOWN])
        yield Finding("R71", HINT, "文号里不写“第”，也不编虚位（如“08号”）", places, all_wrong=True)
