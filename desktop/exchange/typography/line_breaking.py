"""Where the lines of Chinese text end: 避头尾, squeezed punctuation, and numbers kept with their units.

Pure: widths come in as a function, so nothing here knows of fonts or of reportlab. Rules: GB/T 15834
(marks that may not begin or end a line) and the W3C's requirements for Chinese layout (clreq).
"""

import re
from collections.abc import Callable, Sequence
from enum import IntEnum
from functools import cached_property
from itertools import accumulate, pairwise
from typing import NamedTuple

NO_START = frozenset("\u2060，。、；：！？）》〉」』】〕〗］｝”’％%‰℃°′″…—～~·・,.;:!?)]}/／．ー々〻")
NO_END = frozenset("\u2060（《〈「『【〔〖［｛“‘([{￥¥$＄￡£€№")  # 2060 joins what stands on either side
_BLANK_BEHIND = frozenset("，。、；：！？）》〉」』】〕〗］｝”’．")  # the right half of the cell is empty
_BLANK_BEFORE = frozenset("（《〈「『【〔〖［｛“‘")
_SPACES = frozenset(" \u3000\t\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2008\u2009\u200a\u205f")
_FIGURES = frozenset("0123456789０１２３４５６７８９")
_SIGNS = frozenset("第≤≥＜＞＝＋－±≈")  # hold on to the number behind them: `≤15轮`, `第3批`
_AFTER_IN_RUN = frozenset("/-_?&=@.,;")  # behind these an address may break: `https://` | `a.gov.cn/x`
# Digits and letters, the raised ones of m² and m³, letters with accents, Greek and Cyrillic.
_LATIN = "0-9A-Za-z\u00b2\u00b3\u00b9\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u0370-\u052f"
_PIECE = re.compile(
    "[0-9]+(?:[.,:·][0-9]+)*"  # 1,968.01  8:30
    "|[０-９]+(?:[．，：][０-９]+)*"  # １，９６８．０１
    f"|[{_LATIN}][{_LATIN}\u0300-\u036f]*(?:'[{_LATIN}]+)*"  # PPP, m², Xi'an
    "|.[\u0300-\u036f\ufe00-\ufe0f\U000e0100-\U000e01ef]*",  # any other, with its accents and variation marks
    re.DOTALL,
)
_UNIT = re.compile(
    # `1,968.01万元`, `10余人次`, `95.2个百分点`; the longer word first, or 人 would leave 次 to the next line.
    "(?:[十百千]?[万亿])?[余多]?(?:"
    "个?百分点|平方(?:公里|千米|米)|立方米|公[里斤顷]|千[米克]|毫米|厘米|分钟|小时|人次|车次|批次|"
    "[元人个名户家项台辆件份条处起次场期轮天岁级类吨克米亩倍页字套栋座所村宗例篇册本块批股间张位年月日时分秒号㎡])"
    "|[十百千]?[万亿][余多]?"
)
_EPSILON = 0.01  # points; sums of widths are floats
_LOOSE = 0.15  # em; a line whose gaps are widened by more is seen to be loose, and evened with its neighbours
_CHOICES = (
    12  # ends weighed for a line of about 28 characters: a still shorter one is looser than what it mends
)
_LONGEST_UNIT = 5  # tokens: 余平方公里

Measure = Callable[[str], float]  # one character -> its width in points
TokenCache = dict[str, "Token"]  # the tokens met so far of one measure, size and run


class Link(IntEnum):
    """How firmly a token holds on to the next one; the weaker is given up first when a run is too long."""

    FREE = 0
    UNIT = 1  # number and unit
    MARK = 2  # inside a unit; inside an address or code, behind a mark such as /
    RUN = 3  # inside a Latin run
    NEVER = 4  # 避头尾


class Token(NamedTuple):
    """The smallest piece that is set as one: a Han character, a mark, a number, a word, a space."""

    text: str
    width: float  # points
    latin: bool  # never tracked or stretched inside
    run: int  # which run of the paragraph it came from
    before: float = 0.0  # how much of its left side may be squeezed away, points
    behind: float = 0.0
    is_space: bool = False
    is_number: bool = False
    is_plain: bool = False  # may stand anywhere beside its like


class Line(NamedTuple):
    """One set line; the text of all lines, `hung` included, is the text that was given."""

    tokens: tuple[Token, ...]
    hung: str  # spaces that hang behind the line, or the newline that ended it
    width: float  # natural width of the tokens; more than the room when squeezing is needed
    final: bool  # ends the paragraph or stands before a newline: not justified

    @property
    def text(self) -> str:
        return "".join(token.text for token in self.tokens) + self.hung


class _Cut(NamedTuple):
    """Tokens start..end make a line; from `shown` on they are spaces that hang."""

    start: int
    end: int
    shown: int
    width: float


def break_lines(
    runs: Sequence[tuple[str, Measure]],
    width: float,
    *,
    em: float,
    indent: float = 0.0,
    track: float = 0.0,
    even: bool = False,
) -> list[Line]:
    """Break the runs of one paragraph into lines no wider than `width` once squeezed.

    All lengths in points: `em` is the size of the type, `indent` is taken off the first line, `track`
    is added behind every character that is not Latin. Lines are filled one by one; with `even`, for
    text that will be justified, the gaps of a line that is far from full are shared with its neighbours,
    without a further line. Empty text gives one empty line.
    """
    return Text.of(runs, em=em, track=track).lines(width, indent=indent, even=even)


class Text:
    """A paragraph cut into tokens, to be broken at any width; see break_lines."""

    def __init__(self, tokens: list[Token], measures: Sequence[Measure], em: float) -> None:
        self._tokens, self._measures, self._em = tokens, measures, em

    @classmethod
    def of(
        cls,
        runs: Sequence[tuple[str, Measure]],
        *,
        em: float,
        track: float = 0.0,
        known: Sequence[TokenCache] = (),
    ) -> "Text":
        """`known`, one for each run, spares measuring a word again that stood in another paragraph."""
        tokens: list[Token] = []
        for number, (text, measure) in enumerate(runs):
            cache = known[number] if known else None
            tokens += tokenise(text, measure, em=em, track=track, run=number, known=cache)
        return cls(tokens, [measure for _, measure in runs], em)

    def lines(self, width: float, *, indent: float = 0.0, even: bool = False) -> list[Line]:
        """The lines for a column of this width; lengths in points."""
        single = self._single
        if single is not None and (not single.tokens or single.width <= width - max(indent, 0.0)):
            return [single]
        tokens, links = self._loosened(width - max(indent, 0.0))
        flow = _Flow(tokens, links)
        cuts = _filled(flow, width, indent)
        if even:
            cuts = _evened(flow, cuts, width, indent, self._em)
        lines: list[Line] = []
        for start, end, shown, natural in cuts:
            hung = "".join(token.text for token in tokens[shown:end])
            final = end == len(tokens) or "\n" in hung
            lines.append(Line(tuple(tokens[start:shown]), hung, natural, final))
        if tokens[-1].text == "\n":
            lines.append(Line((), "", 0.0, True))
        return lines

    @cached_property
    def _single(self) -> Line | None:
        """All on one line, which most cells of a table are; None where a newline forbids it."""
        width = pending = 0.0
        shown = 0
        for index, token in enumerate(self._tokens, 1):
            if token.text == "\n":
                return None
            if token.is_space:
                pending += token.width
            else:
                width, pending, shown = width + pending + token.width, 0.0, index
        hung = "".join(token.text for token in self._tokens[shown:])
        return Line(tuple(self._tokens[:shown]), hung, width, True)

    @cached_property
    def _links(self) -> list[Link]:
        return links_of(self._tokens)

    @cached_property
    def _widest(self) -> float:
        """The width of the widest stretch that has no free break inside."""
        return max(shown for _, _, shown in _stretches(self._tokens, self._links))

    def _loosened(self, room: float) -> tuple[list[Token], list[Link]]:
        if self._widest <= room + _EPSILON:
            return self._tokens, self._links
        return _loosen(self._tokens, list(self._links), room, self._measures)


def tokenise(
    text: str,
    measure: Measure,
    *,
    em: float,
    track: float = 0.0,
    run: int = 0,
    known: TokenCache | None = None,
) -> list[Token]:
    """Cut text into tokens; joined again they are the text."""
    known = {} if known is None else known
    pieces = _PIECE.findall(text)
    for piece in set(pieces).difference(known):
        known[piece] = _token(piece, measure, em, track, run)
    return [known[piece] for piece in pieces]


def is_loose(left: Token, right: Token) -> bool:
    """Whether justified lines may widen the gap between two neighbours."""
    return not (left.latin and right.latin) or left.is_space or right.is_space


def links_of(tokens: Sequence[Token]) -> list[Link]:
    """The link behind each token; the last one is FREE."""
    links: list[Link] = []
    holder = ""  # last character that is not a space
    free = Link.FREE
    for left, right in pairwise(tokens):
        if left.is_plain and right.is_plain:
            links.append(free)
            continue
        if not left.is_space:
            holder = left.text[-1]
        links.append(_link(left, right, holder))
    links.append(free)
    _bind_units(tokens, links)
    return links


def _token(piece: str, measure: Measure, em: float, track: float, run: int) -> Token:
    first = piece[0]
    is_han = "\u2e80" <= first < "\uff00" or first >= "\U00020000"
    is_run = len(piece) > 1 and first.isalnum() and not is_han
    latin = is_run or (first < "\u2000" and first != "·")
    width = sum(map(measure, piece)) + (0.0 if latin else track)
    before = em / 2 if first in _BLANK_BEFORE else 0.0
    behind = em / 2 if first in _BLANK_BEHIND and not latin else 0.0
    has_empty_half = width > 0.9 * em  # a proportional quotation mark has no empty half to give
    is_space, is_number = piece in _SPACES, first in _FIGURES
    is_plain = not (latin or is_space or first in NO_START or piece[-1] in NO_END or piece in _SIGNS)
    before, behind = (before, behind) if has_empty_half else (0.0, 0.0)
    return Token(piece, width, latin, run, before, behind, is_space, is_number, is_plain)


def _link(left: Token, right: Token, holder: str) -> Link:
    if "\n" in (left.text, right.text):
        return Link.FREE
    if right.is_space or right.text[0] in NO_START or holder in NO_END:
        return Link.NEVER
    if left.is_space:
        return Link.FREE
    if left.latin and right.latin:
        return Link.MARK if left.text in _AFTER_IN_RUN else Link.RUN
    return Link.UNIT if left.text in _SIGNS and right.is_number else Link.FREE


def _bind_units(tokens: Sequence[Token], links: list[Link]) -> None:
    """Tie a number to the unit behind it, and the characters of that unit to each other."""
    for index, token in enumerate(tokens):
        if token.is_number:
            following = tokens[index + 1 : index + 1 + _LONGEST_UNIT]
            unit = _UNIT.match("".join(one.text for one in following))
            for place in range(index, index + (unit.end() if unit else 0)):
                links[place] = max(links[place], Link.UNIT if place == index else Link.MARK)


def _loosen(
    tokens: list[Token], links: list[Link], room: float, measures: Sequence[Measure]
) -> tuple[list[Token], list[Link]]:
    """Let runs that are wider than a line break after all: first before the unit, then behind marks, then
    anywhere. Nothing gives way before it must, and 避头尾 never does here. Changes `links`."""
    for level in (Link.UNIT, Link.MARK):
        for start, end in _overlong(tokens, links, room):
            for place in range(start, end - 1):
                if links[place] == level:
                    links[place] = Link.FREE
    kept: list[Token] = []
    bonds: list[Link] = []
    done = 0
    for start, end in _overlong(tokens, links, room):
        kept += tokens[done:start]
        bonds += links[done:start]
        for token, link in zip(tokens[start:end], links[start:end], strict=True):
            pieces = _characters(token, measures[token.run]) if token.latin else [token]
            kept += pieces
            bonds += [Link.FREE] * (len(pieces) - 1) + [Link.FREE if link == Link.RUN else link]
        done = end
    return kept + tokens[done:], bonds + links[done:]


def _overlong(tokens: Sequence[Token], links: Sequence[Link], room: float) -> list[tuple[int, int]]:
    """The stretches without a free break that do not fit on a line, as (start, end)."""
    return [(start, end) for start, end, shown in _stretches(tokens, links) if shown > room + _EPSILON]


def _stretches(tokens: Sequence[Token], links: Sequence[Link]) -> list[tuple[int, int, float]]:
    """The stretches without a free break, as (start, end, width without spaces at the end)."""
    stretches: list[tuple[int, int, float]] = []
    start, width, shown, free = 0, 0.0, 0.0, Link.FREE
    for index, (token, link) in enumerate(zip(tokens, links, strict=True), 1):
        width += token.width
        if not token.is_space:
            shown = width
        if link is free:
            stretches.append((start, index, shown))
            start, width, shown = index, 0.0, 0.0
    return stretches


def _characters(token: Token, measure: Measure) -> list[Token]:
    return [
        Token(char, measure(char), True, token.run, is_space=char in _SPACES, is_number=char in _FIGURES)
        for char in token.text
    ]


class _Flow:
    """Tokens and links as lists of plain numbers, for the loop that runs over every character."""

    def __init__(self, tokens: Sequence[Token], links: Sequence[Link]) -> None:
        self.tokens, self.count = tokens, len(tokens)
        self.widths = [token.width for token in tokens]
        self.gives = [token.before + token.behind for token in tokens]
        self.gaps = [token.is_space or token.text == "\n" for token in tokens]
        self.free = [link is Link.FREE for link in links]
        self.never = [link is Link.NEVER for link in links]


def _filled(flow: _Flow, width: float, indent: float) -> list[_Cut]:
    """Every line as full as it goes."""
    cuts: list[_Cut] = []
    start = 0
    while start < flow.count:
        cuts.append(_ends(flow, start, width if start else width - indent, 1)[-1])
        start = cuts[-1].end
    return cuts


def _evened(flow: _Flow, cuts: list[_Cut], width: float, indent: float, em: float) -> list[_Cut]:
    """The cuts with the least sum of cubed gaps, if full lines leave too wide a gap.

    Cubed, for one gap of an em is worse to look at than three of a third.
    """
    tokens = flow.tokens
    loose = [0, *accumulate(map(is_loose, tokens, tokens[1:])), 0]  # pairs up to here that may be widened

    def badness(cut: _Cut) -> float:
        if cut.end == len(tokens) or tokens[cut.end - 1].text == "\n":
            return 0.0
        room = width if cut.start else width - indent
        gaps = max(loose[cut.shown - 1] - loose[cut.start], 1) if cut.shown > cut.start else 1
        return float((abs(room - cut.width) / em / gaps) ** 3)

    if max(map(badness, cuts)) <= _LOOSE**3:
        return cuts
    best: dict[int, tuple[float, int, _Cut | None]] = {0: (0.0, 0, None)}  # end -> (sum, lines, last cut)
    for start in range(len(tokens)):
        if start not in best:
            continue
        total, count, _ = best[start]
        for cut in _ends(flow, start, width if start else width - indent, _CHOICES):
            reached = (total + badness(cut), count + 1, cut)
            if cut.end not in best or reached[:2] < best[cut.end][:2]:
                best[cut.end] = reached
    chosen: list[_Cut] = []
    last = best[len(tokens)][2]
    while last is not None:
        chosen.append(last)
        last = best[last.start][2]
    return chosen[::-1] if len(chosen) <= len(cuts) else cuts


def _ends(flow: _Flow, start: int, room: float, most: int) -> list[_Cut]:
    """The last `most` lines that may begin at `start`, from short to full; at least one, and none is empty."""
    widths, gaps, free, limit = flow.widths, flow.gaps, flow.free, room + _EPSILON
    ends: list[tuple[int, int, float]] = []
    fits = (start, start, 0.0)
    width = pending = squeeze = 0.0
    shown = start
    for index in range(start, flow.count):
        if gaps[index]:
            if flow.tokens[index].text == "\n":
                return [_Cut(start, index + 1, shown, width)]
            pending += widths[index]
        else:
            wider = width + pending + widths[index]
            given = squeeze + flow.gives[index]
            if wider > limit and not (flow.never[index - 1] and shown > start and wider - given <= limit):
                break
            width, pending, squeeze, shown = wider, 0.0, given, index + 1
        if free[index]:
            ends.append((index + 1, shown, width))
        elif not ends and width <= limit:
            fits = (index + 1, shown, width)
    else:
        return [_Cut(start, *ends[-1])]
    if not ends:  # no permitted end: what fits, but never nothing
        ends = [fits if fits[1] > start else (start + 1, start + 1, widths[start])]
    return [_Cut(start, _behind_spaces(flow, end), shown, width) for end, shown, width in ends[-most:]]


def _behind_spaces(flow: _Flow, end: int) -> int:
    while end < flow.count and flow.tokens[end].is_space:
        end += 1
    return end
