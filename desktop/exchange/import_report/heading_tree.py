"""A report's own headings: which lines are headings, of which level, and in what manner they are numbered.

No outline is asked. A line is a heading by evidence added up: a style of the file, a number that goes on where the
last of its kind stood, type that stands out from the text, words without a sentence in them, text below it, its place
in the 目录.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from desktop.domain.outline.outline import DEEPEST, NO_NUMBER
from desktop.exchange.import_report.file_body.body_lines import BodyLine
from desktop.exchange.import_report.file_body.printed_around import without_page
from desktop.exchange.import_report.heading_numbers import (
    RANKS,
    HeadingNumber,
    as_decimal,
    heading_number_of,
    rank_of,
    without_number,
)
from desktop.exchange.import_report.sections import Part, with_notes_of_headings
from desktop.exchange.import_report.set_apart import SetIn, TypeEvidence, boxed_lines
from desktop.exchange.read_text.lines import marked

_LONGEST_TITLE, _LONGEST_SURE, _LONGEST_REMARKED, _LONGEST_RUN_IN = 40, 60, 80, 16
"""Characters of a heading's words, of one that stands out from the text, with their remarks, and of one whose text
goes on in the same line."""
_REMARK = re.compile(r"[（(][^（）()]{1,30}[)）]")
"""`（10分，得9.5分）` behind the words is no sentence."""
_YEAR = re.compile(r"(?:19|20)\d{2}年度?")
_SENTENCE = re.compile(r"[。；;，,！？!?]|\d{3}|[%％]")
_SENTENCES = re.compile(r"[。；;！!]|\d{3}|[%％]|[？?].")
"""The same in a heading that is surely one: `就业政策落地见效，带动农村妇女增收`, `钱花到哪里去了？`"""
_RUN_IN = re.compile(
    rf"((?:[^。：:；，,（(]|[（(][^（）()]{{1,20}}[)）]){{2,{_LONGEST_RUN_IN}}})[。：:]\s*(?=\S)"
)
"""`（一）职能职责。负责全县…`, `1.目标设定（8分，得7分）。绩效目标…`"""
_TWO_SIGNS = re.compile(r"^([\u4e00-\u9fff])\s+([\u4e00-\u9fff])$")
"""`（一）产 出`: a heading's only two signs, parted by a scan's reading or for show."""
_COUNTING = re.compile(r"[一二三四五六七八九十]+[是、]|[首其再最][先次后]|第[一二三四五六七八九十]")
"""`一是加强管理。…`, `首先，…`: words that count sentences."""
_LED = SetIn(0, True, "")
"""Of words that stand out from the text behind them, in whatever type."""
_FEWEST_LEADING = 3
"""So many paragraphs begin with words in bold before these are headings; one is an emphasis."""
_FEWEST_ALONE = 2
"""Headings of a kind on lines of their own: where the file has them, text behind such words makes a list."""
_LARGEST_STEP = 3
"""三 to 五 are left out where there was nothing to say; 八 after 二 goes on with a list."""
_FEWEST_IN_CONTENTS = 3
"""Entries that make a 目录 a witness."""
_FEWEST_SET_ALIKE = 2
"""Headings of one kind set in one way that make it the way of that kind."""
_FEWEST_STYLED, _FEWEST_DECIMAL = 3, 3
"""Lines that make the file one that marks its headings by style, or numbers them 1.1."""


class HeadingTree(NamedTuple):
    """`parts` in the order of the file, the text before the first heading as an unassigned one; `numbering` are
    samples of the numbers of each level."""

    parts: list[Part]
    numbering: str


@dataclass
class _Line:
    """A line that may be a heading: what it says of itself."""

    line: BodyLine
    number: HeadingNumber
    title: str
    tail: str = ""
    styled: bool = False
    listed: bool = False
    """It stands in the 目录."""
    set_in: SetIn | None = None
    """What it is set in, where it stands out from the text."""
    rank: int | None = None
    """Of its type, 0 the highest, where nothing but that speaks for it."""
    stopped: bool = False
    """`（一）预算执行情况。`: a stop stands behind its words."""

    def __post_init__(self) -> None:
        if self.number.kind:
            self.title = _TWO_SIGNS.sub(r"\1\2", self.title)

    @property
    def kind(self) -> str:
        if self.styled:
            return f"style{self.line.level}"
        if self.rank is not None:
            return f"set{self.rank}"
        return self.number.kind or "listed"


def heading_tree(lines: Sequence[BodyLine], contents: Iterable[str] = ()) -> HeadingTree:
    """`contents` are the lines of the 目录, with or without their pages."""
    numbers = (heading_number_of("".join(without_page(line).split())) for line in contents)
    listed = {number.words: number for number in numbers if number.words}
    listed = listed if len(listed) >= _FEWEST_IN_CONTENTS else {}
    types = TypeEvidence(lines)
    free = ((at, line) for at, line in enumerate(lines) if line.chosen is None)
    found = ((at, _candidate(line, listed, types)) for at, line in free)
    candidates = {at: candidate for at, candidate in found if candidate is not None}
    if sum(candidate.number.depth > 0 for candidate in candidates.values()) >= _FEWEST_DECIMAL:
        for candidate in candidates.values():
            candidate.number = as_decimal(candidate.number)
    for at in _items_of_lists(lines, candidates):
        del candidates[at]
    known = _kinds_by_type(candidates.values())
    spoken_for = {at for at, candidate in candidates.items() if candidate.kind != "listed"}
    heads = {at for at in spoken_for if _is_no_item(at, candidates)}
    for at, rank in types.unnumbered(spoken_for, heads, _is_title, known).items():
        words = " ".join(lines[at].text.split())
        number = HeadingNumber("", 0, NO_NUMBER, words)
        candidates[at] = _Line(lines[at], number, words, set_in=types.of(lines[at]), rank=rank)
    candidates = _with_boxed(lines, candidates)
    if not candidates:
        candidates = _leading_words(lines, types)
    return _Tree(lines, candidates, known).read()


def _with_boxed(lines: Sequence[BodyLine], candidates: dict[int, _Line]) -> dict[int, _Line]:
    """`【年度目标】` on lines of their own are the highest headings, where none is numbered 一、 on a line of its own; then
    `一、绩效理念有待加强。部分科室…` is an item of a list."""
    boxed = boxed_lines(lines)
    numbered = any(
        c.number.kind in ("part", "roman", "chinese") and not c.tail and not c.stopped
        for c in candidates.values()
    )
    styled = any(at in candidates and candidates[at].styled for at in boxed)
    if not boxed or numbered or styled:
        return candidates
    kept = {at: c for at, c in candidates.items() if not (c.tail and c.set_in is None)}
    for at in boxed:
        words = lines[at].text.strip()
        kept[at] = _Line(lines[at], HeadingNumber("", 0, NO_NUMBER, words), words, rank=0)
    return kept


def _leading_words(lines: Sequence[BodyLine], types: TypeEvidence) -> dict[int, _Line]:
    """`**办学规模。**学校创办于…`: where nothing else is a heading, words in bold that begin several paragraphs are."""
    found: dict[int, _Line] = {}
    for at, line in enumerate(lines):
        words = " ".join(line.text.split())
        lead = _RUN_IN.match(words)
        if line.chosen is not None or line.cell or line.continues or lead is None:
            continue
        if types.leads(line, lead[1]) and _is_title(lead[1]) and not _COUNTING.match(words):
            number, tail = HeadingNumber("", 0, NO_NUMBER, words), words[lead.end() :]
            found[at] = _Line(line, number, lead[1], tail, set_in=_LED, rank=0)
    return found if len(found) >= _FEWEST_LEADING else {}


def _items_of_lists(lines: Sequence[BodyLine], candidates: Mapping[int, _Line]) -> list[int]:
    """`（一）预算编制不够精准。个别项目…` in plain type is an item, where headings of its kind stand on lines of their own,
    or where one beside it is no heading: `（三）绩效结果运用不充分，评价得分…`."""
    alone = Counter(c.number.kind for c in candidates.values() if not c.tail)
    items, run = list[int](), list[int]()
    last = ("", 0)
    for at in (*range(len(lines)), -1):
        number = (
            heading_number_of(" ".join(lines[at].text.split())) if at >= 0 and not lines[at].cell else None
        )
        if number is None or not number.kind:
            if at >= 0:
                continue
            number = HeadingNumber("", 0, "", "")
        if run and (number.kind, number.ordinal) != (last[0], last[1] + 1):
            plain = [i for i in run if i in candidates and candidates[i].set_in is None]
            tailed = [i for i in plain if candidates[i].tail]
            broken = any(i not in candidates for i in run)
            items += [i for i in plain if candidates[i].tail or candidates[i].stopped] if broken else []
            items += tailed if not broken and alone[last[0]] >= _FEWEST_ALONE else []
            run = []
        run.append(at)
        last = number.kind, number.ordinal
    return items


def _kinds_by_type(candidates: Iterable[_Line]) -> dict[SetIn, str]:
    """The kind of heading that is set in a way: where 一、 stands in 黑体, so does `前言` of the same level."""
    kinds: dict[SetIn, Counter[str]] = {}
    for line in candidates:
        if line.set_in is not None and not line.tail and line.kind != "listed":
            kinds.setdefault(line.set_in, Counter())[line.kind] += 1
    most = {set_in: found.most_common(1)[0] for set_in, found in kinds.items()}
    return {set_in: kind for set_in, (kind, times) in most.items() if times >= _FEWEST_SET_ALIKE}


def _candidate(line: BodyLine, listed: Mapping[str, HeadingNumber], types: TypeEvidence) -> _Line | None:
    text = " ".join(line.text.split())
    if line.cell or line.block or line.continues or not text:
        return None
    number = heading_number_of(text)
    in_contents = without_number(text) in listed
    if in_contents and not number.kind:
        number = listed[without_number(text)]._replace(
            words=number.words
        )  # `支出情况` above its text, `二、支出情况` in the 目录
    styled, set_in = line.level > 0, types.of(line)
    title, tail = number.words.rstrip("：: "), ""
    run_in = _RUN_IN.match(number.words)
    sure = styled or in_contents or (set_in is not None and bool(number.kind))
    if not _is_title(title, sure) and run_in and number.kind:
        led = types.leads(line, text[: len(text) - len(number.words)] + run_in[1])
        if led or number.kind in ("chinese", "bracket"):
            title, tail = run_in[1], number.words[run_in.end() :]
    if sure or number.kind in ("chinese", "bracket"):
        title = title.rstrip("。")
    if not (number.kind or styled or in_contents) or not _is_title(title, sure):
        return None
    if tail and types.leads(line, text[: len(text) - len(tail)]):
        set_in = _LED
    return _Line(
        line,
        number,
        title if tail else number.words,
        tail,
        styled,
        in_contents,
        set_in,
        stopped=number.words.rstrip("：: ").endswith("。") and not tail,
    )


def _is_title(words: str, sure: bool = False) -> bool:
    """Words without a sentence in them; a remark in brackets does not count. A question may be one."""
    unremarked = _REMARK.sub("", words)
    bare = _YEAR.sub("", unremarked).removesuffix("？").removesuffix("?")
    return (
        1 < len("".join(words.split())) <= _LONGEST_REMARKED
        and len("".join(unremarked.split())) <= (_LONGEST_SURE if sure else _LONGEST_TITLE)
        and re.search(r"[\u4e00-\u9fff]", bare) is not None
        and (_SENTENCES if sure else _SENTENCE).search(bare) is None
    )


class _Tree:
    """One pass over the lines; `open` are the kinds of the headings that the current line stands under."""

    def __init__(
        self, lines: Sequence[BodyLine], candidates: dict[int, _Line], known: Mapping[SetIn, str]
    ) -> None:
        self.lines, self.candidates, self.known = lines, candidates, known
        apart = Counter(c.number.kind for c in candidates.values() if c.set_in is not None)
        self.set_apart = {kind for kind, times in apart.items() if kind and times >= _FEWEST_SET_ALIKE}
        """The kinds of numbers whose headings stand out by their type."""
        styled = [c for c in candidates.values() if c.styled]
        self.by_style = len(styled) >= _FEWEST_STYLED
        self.top = min(
            (c.number.kind for c in candidates.values() if c.number.kind in RANKS), key=rank_of, default=""
        )
        """The highest kind of number in the file: a report may begin with 1、 where others have 一、."""
        self.open: list[tuple[str, int]] = []
        """Kind and last ordinal of each heading above."""
        self.samples: dict[int, Counter[str]] = {}

    def read(self) -> HeadingTree:
        parts: list[Part] = []
        for at, line in enumerate(self.lines):
            candidate = self.candidates.get(at)
            if line.chosen:
                candidate, level = self._chosen(line, line.chosen)
            else:
                level = self._level(at, candidate) if candidate is not None else 0
            if candidate is not None and level:
                part = Part(None, candidate.title, level, line.text.strip(), line.number)
                tail = len(line.text.rstrip()) - len(candidate.tail)
                inside = [
                    note._replace(at=note.at - tail)
                    for note in line.notes
                    if candidate.tail and note.at > tail
                ]
                part.note(line.notes[: len(line.notes) - len(inside)])
                self.samples.setdefault(level, Counter())[candidate.number.sample] += 1
                parts.append(part)
                if candidate.tail:
                    part.add(marked(candidate.tail, inside), line.number)
                continue
            if not parts:
                parts.append(Part(None, number=line.number, unassigned=True))
            parts[-1].put(line, at == 0 or not self.lines[at - 1].cell)
        manner = "|".join(
            self.samples[level].most_common(1)[0][0] if level in self.samples else NO_NUMBER
            for level in range(1, max(self.samples, default=0) + 1)
        )
        return HeadingTree(with_notes_of_headings(parts), manner)

    def _chosen(self, line: BodyLine, level: int) -> tuple[_Line, int]:
        """A heading that the clerk made one: of this level, whatever stands above it."""
        number = heading_number_of(" ".join(line.text.split()))
        above = [*self.open, *[("chosen", 0)] * DEEPEST][: level - 1]
        self.open = [*above, (number.kind or "chosen", number.ordinal)]
        return _Line(line, number, number.words), level

    # -- is it one, and of which level ---------------------------------------------------------------------

    def _level(self, at: int, line: _Line) -> int:
        """The level of a heading; 0 for a line that is none after all. What is open follows it."""
        kind = line.kind
        if line.set_in is not None and (line.rank is not None or (self.by_style and not line.styled)):
            kind = self.known.get(line.set_in, kind)
        if not self._holds(at, line, kind):
            return 0
        above = self._above(kind, line)
        if above >= DEEPEST:
            return 0
        self.open = [*self.open[:above], (kind, line.number.ordinal)]
        return above + 1

    def _above(self, kind: str, line: _Line) -> int:
        """How many headings stand above one of this kind."""
        kinds = [each for each, _ in self.open]
        if kind in kinds:
            return kinds.index(kind)
        if kind.startswith("set"):
            lower = (at for at, each in enumerate(kinds) if each.startswith("set") and each > kind)
            return next(lower, len(kinds))
        if kind.startswith("style"):
            return sum(each.startswith("style") and each < kind for each in kinds)
        if line.number.depth:
            return min(line.number.depth - 1, len(kinds))
        if kind not in RANKS:
            return len(kinds)
        lower = (at for at, each in enumerate(kinds) if each in RANKS and rank_of(each) > rank_of(kind))
        return next(lower, len(kinds))

    def _holds(self, at: int, line: _Line, kind: str) -> bool:
        if line.styled or line.listed or line.rank is not None or kind.startswith("style"):
            return True
        apart = line.set_in is not None and kind in self.set_apart
        if self.by_style and not apart and rank_of(kind) < RANKS["arabic"] and not line.number.depth:
            return False  # the file marks its headings: what is numbered like the higher ones and not marked is text
        expected = self._last(kind)
        ordinal = line.number.ordinal
        if apart and kind in RANKS and (self.open or kind == self.top):
            return True  # whatever its number: `二、` after `二、`, a slip of the pen
        if not (ordinal == 1 or expected < ordinal <= expected + _LARGEST_STEP):
            return self._repeats(at, kind, ordinal)
        if kind in self.set_apart and ordinal != expected + 1:
            return False  # a list that begins anew, in plain type
        if line.stopped and line.set_in is None and (ordinal != expected + 1 or self._is_item(at, kind)):
            return False
        if kind in ("part", "joint", "chinese", "bracket") or line.number.depth:
            return True
        return self._heads_text(at, kind)

    def _is_item(self, at: int, kind: str) -> bool:
        """`（一）早编预算。` and `（二）按月通报。` below it: sentences of a list, with no text of their own."""
        following = self.candidates.get(at + 1)
        return at + 1 >= len(self.lines) or (
            following is not None and rank_of(following.number.kind) <= rank_of(kind)
        )

    def _repeats(self, at: int, kind: str, ordinal: int) -> bool:
        """`二、` after `二、`, with text below it: a number that was forgotten to be raised."""
        if not 1 < ordinal == self._last(kind) or at + 1 >= len(self.lines):
            return False
        below = self.candidates.get(at + 1)
        if kind in ("part", "chinese"):
            return below is None or rank_of(below.number.kind) > rank_of(kind)
        return kind == "arabic" and kind not in self.set_apart and self._heads_text(at, kind)

    def _last(self, kind: str) -> int:
        return next((ordinal for each, ordinal in self.open if each == kind), 0)

    def _heads_text(self, at: int, kind: str) -> bool:
        """`1.基本支出` is a heading where text stands below it; in a list the next number follows at once.

        Below the last item of a list text may stand too: the one before it tells.
        """
        following = self.lines[at + 1] if at + 1 < len(self.lines) else None
        if following is None or not (self.open or kind == self.top):
            return False
        next_one = self.candidates.get(at + 1)
        if next_one is not None and next_one.number.kind == kind:
            return False
        if next_one is not None and rank_of(next_one.number.kind) < rank_of(kind):
            return False  # nothing below it
        first = self.candidates[at].number.ordinal == 1
        return first or self._last(kind) > 0


def _is_no_item(at: int, candidates: Mapping[int, _Line]) -> bool:
    """Whether a numbered line may be a heading by itself: `1.早编预算` `2.按月通报` one after the other are a list."""
    line = candidates[at]
    sure = line.styled or line.set_in is not None or line.number.depth > 0
    high = line.number.kind in RANKS and rank_of(line.number.kind) < RANKS["arabic"]
    return sure or high or not (at - 1 in candidates or at + 1 in candidates)
