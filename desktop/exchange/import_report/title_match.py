"""Which section of an outline a heading means: by its wording, however its author put it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from math import log

from desktop.domain.outline.outline import Outline, Section

EXACT = 1.0
"""Likeness of titles that `normal_title` makes the same."""
SURE, LIKELY = 0.85, 0.62
"""Likeness from which words are taken for a heading: with text behind them; alone on their line. `项目支出管理情况`
is as like 项目支出情况 as 0.82: a heading where it stands alone, too little where a sentence goes on behind it."""
_YEAR = re.compile(r"(?:19|20)\d{2}年度?|\{(?:last_)?year\}年?度?|本年度?")
"""`2023年度`, `{year}年`, `本年度`: the same heading every year."""
_WHOSE_REPORT = re.compile(r"部门[（(]单位[)）]|部门、单位|预算单位|本?部门|本?单位|我[局委办院校]")
"""`部门（单位）`, `本单位`, `我局`: whom the report is about, who is the same throughout."""
_BEGINS_TEXT = re.compile(f"(?:{_WHOSE_REPORT.pattern}|[的和及与等])$")
"""Words that are dropped from a title, but at its end begin the text behind it: `基本支出情况本单位全年…`."""
_CONTAINED, _MOST_CONTAINED = 0.1, 0.97
"""A title that holds the other whole gains so much, and never becomes as like as the same words."""
_LONGEST_GLUED, _SHORTEST_GLUED = 24, 4
"""Characters of a title with text right behind it: the longest of the outlines, and `机构设置`."""
_SMALL_WORDS = re.compile(r"主要|相关|有关|及其|以及|[的和及与等]|概述|一览|[^\w]|_")
"""`主要`, `及其`, `的`: words that titles of one meaning differ in; and every sign."""
_ENDING = re.compile(r"(?:情况)?(?:分析|说明|介绍|如下|方面)$")
"""`支出情况分析`, `支出情况说明`: said of any section."""
_LAST_WORD = re.compile(r"情况$")
"""`支出情况` and `支出` mean the same."""


@lru_cache(maxsize=20_000)
def normal_title(title: str) -> str:
    """A title without year, who it is about, small words and signs: two titles of one meaning look alike."""
    words = _YEAR.sub("", unicodedata.normalize("NFKC", title))
    short = _SMALL_WORDS.sub("", _WHOSE_REPORT.sub("", words))
    short = short or _SMALL_WORDS.sub("", words)  # `本单位` alone
    return _LAST_WORD.sub("", _ENDING.sub("情况", short)) or short


def _bigrams(text: str) -> frozenset[str]:
    return frozenset(text[i : i + 2] for i in range(len(text) - 1)) or frozenset((text,))


class BigramWeights:
    """How much each pair of characters tells: what stands in every title tells little (inverse frequency)."""

    def __init__(self, outlines: Mapping[str, Outline]) -> None:
        sections = [section for outline in outlines.values() for section in outline.sections]
        known = {normal_title(name) for section in sections for name in (section.title, *section.aliases)}
        counts: dict[str, int] = {}
        for name in known:
            for bigram in _bigrams(name):
                counts[bigram] = counts.get(bigram, 0) + 1
        self._most = log(len(known) + 2)
        self._weights = {bigram: log((len(known) + 2) / count) for bigram, count in counts.items()}

    def weight(self, bigrams: Iterable[str]) -> float:
        return sum(self._weights.get(bigram, self._most) for bigram in bigrams)


class SectionTitles:
    """The sections of one outline, asked by wording."""

    def __init__(self, sections: Sequence[Section], weights: BigramWeights) -> None:
        self._weights = weights
        self._names: list[tuple[int, str, frozenset[str], float]] = []
        self._index: dict[str, set[int]] = {}
        self._known: dict[str, list[tuple[int, float]]] = {}
        for place, section in enumerate(sections):
            for name in {normal_title(title) for title in (section.title, *section.aliases)}:
                bigrams = _bigrams(name)
                for bigram in bigrams:
                    self._index.setdefault(bigram, set()).add(len(self._names))
                self._names.append((place, name, bigrams, weights.weight(bigrams)))

    def similar(self, title: str) -> list[tuple[int, float]]:
        """The places of sections whose wording is like the title's, with the likeness from LIKELY to EXACT."""
        wanted = normal_title(title)
        if wanted not in self._known:
            self._known[wanted] = self._similar_sections(wanted) if wanted else []
        return self._known[wanted]

    def _similar_sections(self, wanted: str) -> list[tuple[int, float]]:
        """Likeness is the weight of the bigrams that both titles have, against that of all (Dice's measure)."""
        bigrams = _bigrams(wanted)
        mine = self._weights.weight(bigrams)
        best: dict[int, float] = {}
        for number in {n for bigram in bigrams for n in self._index.get(bigram, ())}:
            place, name, theirs, weight = self._names[number]
            if name == wanted:
                likeness = EXACT
            else:
                shared = self._weights.weight(bigrams & theirs)
                likeness = 2 * shared / (mine + weight)
                if name in wanted or wanted in name:
                    likeness = min(_MOST_CONTAINED, likeness + _CONTAINED)
            if likeness >= LIKELY:
                best[place] = max(best.get(place, 0), likeness)
        return sorted(best.items(), key=lambda item: -item[1])

    def glued_title(self, text: str) -> str:
        """The longest title in full with which a text begins without any sign behind it; '' if none."""
        for end in range(min(len(text), _LONGEST_GLUED), _SHORTEST_GLUED - 1, -1):
            words = text[:end]
            best = self.similar(words)[:1]
            if best and best[0][1] == EXACT and not _BEGINS_TEXT.search(words):
                return words
        return ""
