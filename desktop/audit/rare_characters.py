"""R25: characters that no font has and that are printed as 〓. Which these are only a font can tell."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator

from desktop.audit.explanations import TABLE as EXPLANATIONS
from desktop.audit.finding import CHECK, Finding, Span
from desktop.audit.narrative import Narrative
from desktop.domain.facts import FactSheet
from desktop.domain.keys import FactKey
from desktop.domain.outline.outline import HEADINGS, NARRATIVE

CODE = "R25"
_ELSEWHERE = (EXPLANATIONS, HEADINGS, NARRATIVE)
"""Tables that are not printed, or are in the text that is read."""
_MOST = 20
"""Findings. More different ones are no rare names but a text in a wrong encoding, and the list would drown in them."""
_MOST_PLACES = 8
"""Marks of one finding, in the text and in cells: who sees eight knows where to look."""


def rare_in(narrative: Narrative, sheet: FactSheet) -> str:
    """The characters beyond GB2312, which every font has: few reports have any."""
    texts = (narrative.text, *(text for _, text in _cells(sheet)))
    return "".join(char for char in dict.fromkeys("".join(texts)) if not _is_common(char))


def without_font(characters: Iterable[str], narrative: Narrative, sheet: FactSheet) -> Iterator[Finding]:
    """A finding for each of these, at the words and the cells where it stands."""
    for char in list(characters)[:_MOST]:
        places = [at for at, other in enumerate(narrative.text) if other == char][:_MOST_PLACES]
        cells = [key for key, text in _cells(sheet) if char in text][:_MOST_PLACES]
        message = f"{named(char)}在所用字体里没有，会印成“〓”，请改用别的字"
        yield Finding(CODE, CHECK, message, tuple(Span(at, at + 1) for at in places), tuple(cells))


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
