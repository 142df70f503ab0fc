"""Which lines of a report stand out from its text by what they are set in: larger, bolder, in the middle, in another font.

`机构设置` in bold above text in plain type is a heading without a number; a bold beginning of a paragraph is none.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import NamedTuple

from desktop.exchange.import_report.file_body.body_lines import BodyLine
from desktop.exchange.read_text.lines import LineType, signs

_CAPTION = re.compile(
    r"(?:附?[图表]|图表)\s*[\d一二三四五六七八九十]|[附图表][表图]?\s*[:：]|.*[表图](?:[（(][^（）()]{1,20}[)）])?$"
)
"""`表1 支出情况`, `图：支出结构`, `重点项目支出表（万元）`: words set apart that name a table or a picture."""
_ENDS_OPEN = re.compile(r"[。：:；;，,、]$")
"""`节约措施：` leads to a list; a heading has no such end."""
_MARKED = re.compile(r"[【◆◇●■□▲△★☆➢]")
"""`【产出情况】`, `◆预算方面` between numbered headings: a mark in the text, which has no place in their count."""
_BOXED = re.compile(r"【[^【】。]{2,20}】")
_FEWEST_BOXED = 3
"""`【年度目标】` on a line of its own, so many times: how some mark their headings."""
_FEWEST = 2
"""So many lines set alike make a kind of heading; one alone may be a title or a remark."""
_FEWEST_AMONG_NUMBERED = 3
"""More where the file's headings have numbers: then those set apart are mostly something else."""
_SHARE_OF_TITLES = 0.7
"""Of the lines set in a way, so many must be headings by their words."""
_LEAD_MAY_MISS = 2
"""Signs by which the bold beginning of `**1.基本支出**。全年…` may end before or behind its stop."""


class SetIn(NamedTuple):
    """What headings of one kind have in common; whether they are centred, clerks forget now and then."""

    size: int
    bold: bool
    font: str


_Group = tuple[SetIn, bool]
"""Lines set alike, and whether they are centred."""


class TypeEvidence:
    """What a file's type says of its headings; all answers are none where the file does not tell its type."""

    def __init__(self, lines: Sequence[BodyLine]) -> None:
        self._lines = lines
        weights = Counter[SetIn]()
        for line in lines:
            if line.type is not None and not line.cell:
                weights[_set_in(line.type)] += len(line.text)
        self._body = weights.most_common(1)[0][0] if weights else None

    def of(self, line: BodyLine) -> SetIn | None:
        """What a line is set in, where it stands out from the text."""
        found = line.type
        if found is None or self._body is None or found.size < self._body.size:
            return None
        body = self._body
        bolder = found.bold and not body.bold
        apart = found.size > body.size or bolder or found.font != body.font or found.centred
        return _set_in(found) if apart else None

    @staticmethod
    def leads(line: BodyLine, words: str) -> bool:
        """Whether just these words at a line's beginning are set apart from the rest of it."""
        lead = 0 if line.type is None else line.type.lead
        return lead > 0 and abs(lead - signs(words)) <= _LEAD_MAY_MISS

    def unnumbered(
        self,
        numbered: Collection[int],
        heads: Collection[int],
        is_title: Callable[[str], bool],
        known: Mapping[SetIn, str],
    ) -> dict[int, int]:
        """Lines that are headings by their type alone, by their place, with the rank of the type, 0 the highest.

        `numbered` are the lines for which a number or a style speaks, `heads` those of them that are no items of a
        list, `known` the kinds of headings that are set alike: such a line is one of theirs, whatever its rank.
        """
        groups: dict[_Group, list[int]] = defaultdict(list)
        others = Counter[SetIn]()
        has_numbers = bool(known) or len(heads) >= _FEWEST_AMONG_NUMBERED
        begin = min(heads, default=0) if has_numbers else 0
        for at in range(begin, len(self._lines)):
            line = self._lines[at]
            set_in = self.of(line)
            if set_in is None or line.cell or line.continues or at in numbered:
                continue
            if has_numbers and _MARKED.match(line.flat):
                continue
            if self._may_head(at, is_title):
                groups[set_in, line.type is not None and line.type.centred].append(at)
            elif not _CAPTION.match(line.flat):
                others[set_in] += 1
        groups = _without_centred(groups)
        fewest = _FEWEST_AMONG_NUMBERED if has_numbers else _FEWEST
        kept = {
            (set_in, centred): places
            for (set_in, centred), places in groups.items()
            if len(places) >= _SHARE_OF_TITLES * (len(places) + others[set_in])
            and (set_in in known or (len(places) >= fewest and self._heads_text(places)))
            and (set_in in known or not has_numbers or not self._weakly(set_in))
        }
        sizes = {set_in.size for set_in, _ in kept}
        if kept and not has_numbers:  # a kind that occurs once, below kinds that occur often
            top = min(places[0] for places in kept.values())
            once = {g: p for g, p in groups.items() if g[0].size in sizes and p[0] > top}
            kept |= {group: places for group, places in once.items() if self._heads_text(places)}
        order = sorted(kept, key=lambda group: (-group[0].size, kept[group][0]))
        return {at: rank for rank, group in enumerate(order) for at in kept[group]}

    def _may_head(self, at: int, is_title: Callable[[str], bool]) -> bool:
        line = self._lines[at]
        text = line.flat
        if self._weakly(line.type) and "：" in text:
            return False  # `附注：含结转资金` in 楷体
        if _ENDS_OPEN.search(text) or _CAPTION.match(text) or not is_title(text):
            return False
        return at + 1 < len(self._lines)

    def _weakly(self, found: LineType | SetIn | None) -> bool:
        """Whether nothing but another font or the middle sets a line apart, as pasted text and remarks are too."""
        body = self._body
        return found is not None and body is not None and (found.size, found.bold) == (body.size, body.bold)

    def _heads_text(self, places: Sequence[int]) -> bool:
        """Whether text, and not a table or the end, stands below most of these lines."""
        below = [self._lines[at + 1] for at in places]
        return sum(not line.cell for line in below) * 2 >= len(places)


def boxed_lines(lines: Sequence[BodyLine]) -> list[int]:
    """The places of such lines; none where they are too few to be headings."""
    found = [
        at
        for at, line in enumerate(lines)
        if line.chosen is None and not line.cell and _BOXED.fullmatch(line.text.strip())
    ]
    return found if len(found) >= _FEWEST_BOXED else []


def _without_centred(groups: Mapping[_Group, list[int]]) -> dict[_Group, list[int]]:
    """Lines set alike are of one kind, unless several are centred and several are not."""
    found: dict[_Group, list[int]] = {}
    for set_in in dict.fromkeys(set_in for set_in, _ in groups):
        centred, other = groups.get((set_in, True), []), groups.get((set_in, False), [])
        if min(len(centred), len(other)) >= _FEWEST:
            found[set_in, True], found[set_in, False] = centred, other
        else:
            found[set_in, len(centred) > len(other)] = sorted([*centred, *other])
    return found


def _set_in(found: LineType) -> SetIn:
    return SetIn(found.size, found.bold, found.font)
