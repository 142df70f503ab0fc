"""R25: characters that no font has and that are printed as 〓. Which these are only a font can tell."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from itertools import islice

from desktop.audit.explanations import TABLE as EXPLANATIONS
from desktop.audit.finding import CHECK, Finding, Span
from desktop.audit.table_audit import Tables, table_check
from desktop.domain.facts import FactSheet
from desktop.domain.keys import FactKey
from desktop.domain.outline.outline import HEADINGS, NARRATIVE
from desktop.domain.text_blocks.marks import BLOCKS

_ELSEWHERE = (BLOCKS, EXPLANATIONS, HEADINGS, NARRATIVE)
"""Tables that are not printed, or are in the text that is read."""
_MOST = 20
"""Findings. More different ones are no rare names but a text in a wrong encoding, and the list would drown in them."""
_MOST_PLACES = 8
"""Marks of one finding, in the text and in cells: who sees eight knows where to look."""


@table_check("R25", "字库里没有的字")
def without_font(tables: Tables) -> Iterator[Finding]:
    """A finding for each character that would be printed as 〓, at the words and the cells where it stands.

    Fonts are asked only of characters that not every font has; silent where nobody can ask them, as of a bare file.
    """
    if tables.unprintable is None or tables.reading is None:
        return
    text, cells = tables.reading.text.raw, list(_cells(tables.sheet))
    rare = rare_in(text, *(said for _, said in cells))
    for char in islice(tables.unprintable(rare) if rare else (), _MOST):
        places = islice((Span(at, at + 1) for at, other in enumerate(text) if other == char), _MOST_PLACES)
        keys = islice((key for key, said in cells if char in said), _MOST_PLACES)
        message = f"{named(char)}在所用字体里没有，会印成“〓”，请改用别的字"
        yield Finding("R25", CHECK, message, tuple(places), tuple(keys))


def rare_in(*texts: str) -> str:
    """The characters beyond GB2312, which every font has: few reports have any."""
    return "".join(char for char in dict.fromkeys("".join(texts)) if not _is_common(char))


def named(char: str) -> str:
    """A character that no screen shows either is named by its code."""
    known = unicodedata.category(char) not in ("Cn", "Co", "Cs")
    return f"“{char}”" if known else f"编码U+{ord(char):04X}"


def _cells(sheet: FactSheet) -> Iterator[tuple[FactKey, str]]:
    return ((key, text) for key, text in sheet.facts.items() if key.base not in _ELSEWHERE)


def _is_common(char: str) -> bool:
    try:
        char.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True
