"""R21: the same sentence or paragraph twice in one report."""

from __future__ import annotations

import re
from collections.abc import Iterator

from desktop.audit.finding import CHECK, HINT, Finding
from desktop.audit.text.heading_numbers import Passage, mark_of, passages
from desktop.audit.text.reading import Reading
from desktop.audit.text_audit import check

_SIGNS = re.compile(r"[^一-龥\dA-Za-z]")
"""All but words and numbers: `，` typed for `；` makes no other sentence."""
_LONG_SENTENCE = 20
"""Characters without signs. Shorter sentences are usual formulas (`我局没有政府性基金支出`)."""
_LONG_PARAGRAPH = 50
"""Characters: more than one sentence of the usual length, so that a repeated one is told as such."""


@check("R21", "重复的句段")
def duplicates(reading: Reading) -> Iterator[Finding]:
    """To be checked: a paragraph (from 50 characters) twice. A hint: a sentence (from 20 characters) twice.

    Punctuation and list numbers do not count. Sentences of a repeated paragraph are not reported again;
    short sentences, headings and numbers in tables are left alone.
    """
    repeated: set[int] = set()
    first: dict[str, Passage] = {}
    for passage in passages(reading):
        words = _words(passage)
        if len(words) < _LONG_PARAGRAPH:
            continue
        known = first.setdefault(words, passage)
        if known is not passage:
            repeated.add(reading.text.paragraphs.index((passage.start, passage.end)))
            message = "这一段与前面的段落重复，请核对是否误贴"
            yield reading.finding(
                "R21", CHECK, message, (known.start, known.end), (passage.start, passage.end)
            )
    yield from _sentences(reading, repeated)


def _sentences(reading: Reading, repeated: set[int]) -> Iterator[Finding]:
    first: dict[str, tuple[int, int]] = {}
    last: tuple[int, int] | None = None
    for sentence in reading.sentences:
        words = _words(Passage(sentence.start, sentence.end, sentence.text))
        if len(words) < _LONG_SENTENCE or not re.search(r"[一-龥]{8}", words):
            continue
        place = (sentence.start, sentence.end)
        known = first.setdefault(words, place)
        if known == place or sentence.paragraph in repeated:
            continue
        if last is None or place[0] != last[1]:
            yield reading.finding("R21", HINT, "这句话与前面的句子完全相同，请核对是否重复", known, place)
        last = place


def _words(passage: Passage) -> str:
    mark = mark_of(passage)
    text = passage.text[mark.after - passage.start :] if mark else passage.text
    return _SIGNS.sub("", text)
