"""Hundreds of words looked for in one pass over a text."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator


class Words:
    """Words of two characters or more. Most places of a text begin none of them, and a pattern passes over these
    faster than a loop; at the others the text is looked up in the lengths of the words that begin so."""

    def __init__(self, words: Collection[str]) -> None:
        self._words = frozenset(words)
        self._lengths: dict[str, list[int]] = {}
        for beginning, length in sorted({(word[:2], len(word)) for word in words}, reverse=True):
            self._lengths.setdefault(beginning, []).append(length)
        first, second = ("".join(sorted({pair[n] for pair in self._lengths})) for n in (0, 1))
        self._beginning = re.compile(f"[{first}](?=[{second}])")

    def places(self, text: str) -> Iterator[tuple[int, str]]:
        """Where each stands, also one in another: in order, at one place the longest first."""
        for match in self._beginning.finditer(text):
            at = match.start()
            for length in self._lengths.get(text[at : at + 2], ()):
                word = text[at : at + length]
                if len(word) == length and word in self._words:
                    yield at, word
