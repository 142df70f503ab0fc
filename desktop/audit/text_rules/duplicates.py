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
    first: dict[str, int] = {}
    known: list[tuple[Passage, Passage]] = []
    last = (-1, -1)
    paragraphs = passages(reading)
    numbers = {place: number for number, place in enumerate(reading.text.paragraphs)}
    for number, passage in enumerate(paragraphs):
        words = _words(passage)
        if len(words) < _LONG_PARAGRAPH:
            continue
        before = first.setdefault(words, number)
        if before == number:
            continue
        repeated.add(numbers[passage.start, passage.end])
        if (before, number) != (last[0] + 1, last[1] + 1):
            yield from _told_once(reading, known)
            known = []
        known.append((paragraphs[before], passage))
        last = (before, number)
    yield from _told_once(reading, known)
    yield from _sentences(reading, repeated)


def _told_once(reading: Reading, known: list[tuple[Passage, Passage]]) -> Iterator[Finding]:
    """Paragraphs that are repeated one behind the other were copied together."""
    if known:
        places = [(known[0][side].start, known[-1][side].end) for side in (0, 1)]
        many = f"这{len(known)}段" if len(known) > 1 else "这一段"
        yield reading.finding("R21", CHECK, f"{many}与前面的段落重复，请核对是否误贴", *places)


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
