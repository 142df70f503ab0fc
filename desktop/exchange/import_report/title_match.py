"""Which section of an outline a heading means: by its wording, however its author put it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from math import log

from desktop.domain.outline.outline import Outline, Section

EXACT = 1.0
SURE, LIKELY = 0.85, 0.62
"""Likeness from which words are taken for a heading: with text behind them; alone on their line."""
_COUNTRY = re.compile(r"(?:19|20)\d{2}年度?|\{(?:last_)?year\}年?度?|本年度?")
_WHO = re.compile(r"部门[（(]单位[)）]|部门、单位|预算单位|本?部门|本?单位|我[局委办院校]")
_BEGINS_TEXT = re.compile(f"(?:{_WHO.pattern}|[的和及与等])$")
"""Words that are dropped from a title, but at its end begin the text behind it."""
_SMALL = re.compile(r"主要|相关|有关|及其|以及|[的和及与等]|概述|一览|[^\w]|_")
_TAIL = re.compile(r"(?:情况)?(?:分析|说明|介绍|如下|方面)$")
_GENERAL = re.compile(r"情况$")


@lru_cache(maxsize=20_000)
def normal(title: str) -> str:
    """A title without year, who it is about, small words and signs: two titles of one meaning look alike."""
    said = _COUNTRY.sub("", unicodedata.normalize("NFKC", title))
    short = _SMALL.sub("", _WHO.sub("", said))
    short = short or _SMALL.sub("", said)
    return _GENERAL.sub("", _TAIL.sub("情况", short)) or short


def _grams(text: str) -> frozenset[str]:
    return frozenset(text[i : i + 2] for i in range(len(text) - 1)) or frozenset((text,))


class Wordings:
    """How much each pair of characters tells: what stands in every title tells little."""

    def __init__(self, outlines: Mapping[str, Outline]) -> None:
        sections = [section for outline in outlines.values() for section in outline.sections]
        known = {normal(name) for section in sections for name in (section.title, *section.aliases)}
        counts: dict[str, int] = {}
        for name in known:
            for gram in _grams(name):
                counts[gram] = counts.get(gram, 0) + 1
        self._most = log(len(known) + 2)
        self._weights = {gram: log((len(known) + 2) / count) for gram, count in counts.items()}

    def weight(self, grams: Iterable[str]) -> float:
        return sum(self._weights.get(gram, self._most) for gram in grams)


class Titles:
    """The sections of one outline, asked by wording."""

    def __init__(self, sections: Sequence[Section], wordings: Wordings) -> None:
        self._wordings = wordings
        self._names: list[tuple[int, str, frozenset[str], float]] = []
        self._index: dict[str, set[int]] = {}
        self._known: dict[str, list[tuple[int, float]]] = {}
        for place, section in enumerate(sections):
            for name in {normal(said) for said in (section.title, *section.aliases)}:
                grams = _grams(name)
                for gram in grams:
                    self._index.setdefault(gram, set()).add(len(self._names))
                self._names.append((place, name, grams, wordings.weight(grams)))

    def like(self, title: str) -> list[tuple[int, float]]:
        """The places of sections whose wording is like the title's, with the likeness from LIKELY to EXACT."""
        said = normal(title)
        if said not in self._known:
            self._known[said] = self._like(said) if said else []
        return self._known[said]

    def _like(self, said: str) -> list[tuple[int, float]]:
        grams = _grams(said)
        mine = self._wordings.weight(grams)
        best: dict[int, float] = {}
        for number in {n for gram in grams for n in self._index.get(gram, ())}:
            place, name, theirs, weight = self._names[number]
            if name == said:
                likeness = EXACT
            else:
                shared = self._wordings.weight(grams & theirs)
                likeness = 2 * shared / (mine + weight)
                if name in said or said in name:
                    likeness = min(0.97, likeness + 0.1)
            if likeness >= LIKELY:
                best[place] = max(best.get(place, 0), likeness)
        return sorted(best.items(), key=lambda item: -item[1])

    def begins(self, text: str) -> str:
        """The longest title in full with which a text begins without any sign behind it; '' if none."""
        ends = (end for end in range(min(len(text), 24), 3, -1))
        return next((text[:end] for end in ends if self._exactly(text[:end])), "")

    def _exactly(self, words: str) -> bool:
        return not _BEGINS_TEXT.search(words) and any(
            likeness == EXACT for _, likeness in self.like(words)[:1]
        )
