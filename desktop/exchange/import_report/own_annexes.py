"""Annexes that only a template's `annex` knows: where they stand in a report's text, which is none of its body."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise
from typing import NamedTuple

from desktop.audit.text.flat_text import Text
from desktop.domain.template import Table, fill

_MARK = re.compile(r"附件\d{1,2}$")
_LAST_LINE = re.compile(r"填[报表](?:日期|时间)")
_YEAR = re.compile(r"(?:19|20)\d{2}")


class OwnAnnex(NamedTuple):
    """A stretch of `Text.flat`, from its mark `附件4` to the signatures."""

    title: str
    start: int
    end: int


def own_annexes(text: Text, tables: Iterable[Table], level: str) -> list[OwnAnnex]:
    """Of whatever year. One without its mark, its whole title or its signatures is left in the text."""
    titles = {_yearless(fill(table.annex, 2000, level)) for table in tables if table.annex}
    if not titles:
        return []
    said = [text.flat[start:end] for start, end in text.lines]
    found = []
    for at, (mark, title) in enumerate(pairwise(said)):
        if _MARK.match(mark) and _yearless(title) in titles:
            last = next((n for n in range(at + 2, len(said)) if _LAST_LINE.search(said[n])), None)
            if last is not None:
                found.append(OwnAnnex(title, text.lines[at][0], text.lines[last][1]))
    return found


def _yearless(title: str) -> str:
    return _YEAR.sub("", title)
