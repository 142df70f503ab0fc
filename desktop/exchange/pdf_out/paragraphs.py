"""Paragraphs as official documents set them, as reportlab flowables.

Needs reportlab at import: import this module inside the functions that use it. Text is drawn as it is,
there is no markup. Measures follow GB/T 9704-2012: 28 characters to a line, 22 lines to a page, 3号 type
(16 pt), heads and body indented by two characters.
"""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.platypus import Flowable

from desktop.exchange.typography.fonts import BUNDLED, fallback_order, is_invisible
from desktop.exchange.typography.line_breaking import Line, Measure, Text, Token, TokenCache, is_loose

Align = Literal["justify", "left", "center", "right"]
Runs = str | Sequence[tuple[str, str]]  # text, or (text, face) pieces
Glyph = tuple[str, str, float]

BODY_WIDTH, BODY_HEIGHT = 156 * mm, 225 * mm
TRACK = BODY_WIDTH / 28 - 16  # -0.207 pt: 28 characters of 16 pt need 158 mm, the line has 156
LEADING = 28.98  # 22 lines in 225 mm (docs/domain.md 7)

_FULL_WIDTH = frozenset("“”‘’□■▲△▼▽○●◎◆◇★☆")  # narrow in some faces; taken from one that has them full width
_IS_FULL = 0.9  # em; a glyph at least so wide is full width
_OLD_FIGURES = BUNDLED["fangsong"][1]  # its Latin has old-style figures, unfit for money: song's are taken
_GETA = "〓"  # what Chinese printing sets for a character that no face has
_GAPS = {"\u3000": 1.0, "\t": 1.0, "\u2001": 1.0, "\u2003": 1.0} | dict.fromkeys(
    "\u2004\u2005\u2006\u2008\u2009\u200a\u202f\u205f", 0.25
)  # em; every other space but the usual one: 0.5
_WIDEST_GAP = 0.4  # em; a line that would need more (a long address alone on it) is left ragged
_SPACE_LIKE = 0.08  # em; wider gaps are read as spaces when text is copied, so the text is noted too
_EVEN_LINES = 4  # more than that is text, not a title
_HAN_MIDDLE = 0.38  # em above the baseline: a Han character reaches from -0.12 to 0.88
_HAIR = 1e-6  # points; sums of heights are floats
RAISED = "^"  # before a face: small and raised, as the mark of a footnote is
_RAISED_SIZE, _RAISED_BY = 0.6, 0.33  # of the size


@dataclass(frozen=True)
class Style:
    """How a paragraph is set. Lengths in points, `indent` and `right_indent` in characters."""

    face: str = "fangsong"
    size: float = 16
    leading: float = LEADING
    indent: float = 2  # first line only
    align: Align = "justify"
    track: float = TRACK
    before: float = 0
    after: float = 0
    right_indent: float = 0  # for 署名 and date
    keep_with_next: bool = False
    balance: bool = False  # centred lines of about the same length, for titles and heads


STYLES: Mapping[str, Style] = {
    "title": Style("title", 22, 34, 0, "center", 0, after=LEADING, balance=True),
    "h1": Style("hei", keep_with_next=True),
    "h2": Style("kai", keep_with_next=True),
    "h3": Style("fangsong", keep_with_next=True),
    "body": Style(),
    "address": Style(indent=0),
    "signature": Style(indent=0, align="right", right_indent=2),
    "caption": Style("hei", 14, 26, 0, "center", 0, before=6, keep_with_next=True, balance=True),
    "note": Style("song", 10.5, 16, 0, "left", 0, before=4, after=8),
    "footnote": Style("song", 9, 13, 0, "left", 0),
    "table_unit": Style("fangsong", 12, 20, 0, "right", 0, keep_with_next=True),
    "cell": Style("song", 10.5, 14, 0, "center", 0, balance=True),
    "cell_head": Style("hei", 10.5, 14, 0, "center", 0, balance=True),
}


@dataclass
class Faces:
    """The registered fonts of the five faces: which of them draws a character, and how wide it is."""

    names: Mapping[str, str]  # what fonts.register gave
    _glyphs: dict[str, "_Glyphs"] = field(default_factory=dict, repr=False)
    _known: dict[tuple[str, float, float, int], TokenCache] = field(default_factory=dict, repr=False)
    _cells: dict[tuple[str, Style, float], tuple[Line, ...]] = field(default_factory=dict, repr=False)

    def glyphs(self, face: str) -> "_Glyphs":
        """Character -> (registered font, character to draw, width in em); an invisible one has no width."""
        face = face.removeprefix(RAISED)
        glyphs = self._glyphs.get(face)
        if glyphs is None:
            glyphs = self._glyphs[face] = _Glyphs(fallback_order(face, self.names))
        return glyphs

    def measure(self, face: str, size: float) -> Measure:
        """The width of a character of this face and size, in points."""
        glyphs = self.glyphs(face)
        size *= _RAISED_SIZE if face.startswith(RAISED) else 1
        return lambda char: glyphs[char][2] * size

    def cut(self, runs: Runs, style: Style) -> Text:
        """A paragraph of this style, ready to be broken into lines; each word is measured once."""
        pieces = _pieces(runs, style)
        keys = [(face, style.size, style.track, number) for number, (_, face) in enumerate(pieces)]
        known = [self._known.setdefault(key, {}) for key in keys]
        measured = [(text, self.measure(face, style.size)) for text, face in pieces]
        return Text.of(measured, em=style.size, track=style.track, known=known)

    def cell_lines(self, text: str, style: Style, width: float) -> tuple[Line, ...]:
        """set_lines for a cell: figures and words stand again and again in tables of the same columns."""
        key = (text, style, width)
        if key not in self._cells:
            self._cells[key] = tuple(set_lines(text, style, self, width))
        return self._cells[key]


class _Glyphs(dict[str, Glyph]):
    """The characters of one face that were asked for so far; see Faces.glyphs."""

    def __init__(self, order: list[str]) -> None:
        super().__init__()
        self._order = order

    def __missing__(self, char: str) -> Glyph:
        glyph = self[char] = self._look_up(char)
        return glyph

    def _look_up(self, char: str) -> Glyph:
        order = self._order
        hits = [(name, width) for name in order if (width := _advance(name, char)) is not None]
        if char in _FULL_WIDTH:
            hits = [hit for hit in hits if hit[1] > _IS_FULL] or hits
        if char.isascii() and len(hits) > 1 and hits[0][0] == _OLD_FIGURES:
            del hits[0]
        if is_invisible(char):
            if char == " ":
                name, width = hits[0] if hits else (order[0], 0.5)
                return name, " ", width
            if char == "\t" or unicodedata.category(char) == "Zs":
                return self[" "][0], " ", _GAPS.get(char, 0.5)
            return order[0], "", 0.0
        if hits:
            return hits[0][0], char, hits[0][1]
        return (order[0], "?", 0.5) if char == _GETA else self[_GETA]


def _advance(name: str, char: str) -> float | None:
    face = pdfmetrics.getFont(name).face
    code = ord(char)
    if not face.charToGlyph.get(code):
        return None
    return float(face.charWidths.get(code, face.defaultWidth)) / 1000


def set_lines(runs: Runs, style: Style, faces: Faces, width: float) -> list[Line]:
    """Break a paragraph of this style into lines for a column `width` points wide."""
    em = style.size + style.track
    room, indent = width - style.right_indent * em, style.indent * em
    text = faces.cut(runs, style)
    lines = text.lines(room, indent=indent, even=style.align == "justify")
    even = style.balance and style.align == "center" and 1 < len(lines) <= _EVEN_LINES
    return _balanced(text, lines, room, indent) if even else lines


def _balanced(text: Text, lines: list[Line], room: float, indent: float) -> list[Line]:
    """The same number of lines, as even as they can be: a title has no last line of one character."""
    longest = max(token.width for line in lines for token in line.tokens)
    narrow, wide = max(room / 2, longest), room
    while wide - narrow > 2:  # points; finer is not to be seen
        middle = (narrow + wide) / 2
        attempt = text.lines(middle, indent=indent)
        if len(attempt) > len(lines):
            narrow = middle
        else:
            lines, wide = attempt, middle
    return lines


def _pieces(runs: Runs, style: Style) -> list[tuple[str, str]]:
    pieces = [(runs, style.face)] if isinstance(runs, str) else list(runs)
    return [(text.replace("\r\n", "\n").replace("\r", "\n"), face) for text, face in pieces]


@dataclass(frozen=True)
class LineSetter:
    """Draws set lines on a canvas; paragraphs and table cells share it."""

    style: Style
    faces: Faces
    run_faces: tuple[str, ...]

    @classmethod
    def of(cls, runs: Runs, style: Style, faces: Faces) -> "LineSetter":
        return cls(style, faces, tuple(face for _, face in _pieces(runs, style)))

    def draw(self, canvas: Any, line: Line, x: float, y: float, room: float) -> None:
        """Draw one line into `room` points, its left end at x, its baseline at y."""
        if not line.tokens:
            return
        align = self.style.align
        after, shift = [0.0] * len(line.tokens), 0.0
        slack = room - line.width
        if slack < 0:
            shift = _squeeze(line.tokens, -slack, after)
        elif align == "center":
            shift = slack / 2
        elif align == "right":
            shift = slack
        elif align == "justify" and not line.final:
            _stretch(line.tokens, slack, after, _WIDEST_GAP * self.style.size)
        spread = max(after) > _SPACE_LIKE * self.style.size
        if spread:
            canvas._code.append(f"/Span <</ActualText <{_utf16(line)}>>> BDC")
        self._show(canvas, line.tokens, after, x + shift, y)
        if spread:
            canvas._code.append("EMC")

    def baseline(self) -> float:
        """From the top of a line to its baseline: a Han character stands in the middle of its line."""
        return self.style.leading / 2 + self.style.size * _HAN_MIDDLE

    def _show(self, canvas: Any, tokens: Sequence[Token], after: Sequence[float], x: float, y: float) -> None:
        pen = canvas.beginText(x, y)
        faces = [self.faces.glyphs(face) for face in self.run_faces]
        raised = [face.startswith(RAISED) for face in self.run_faces]
        font, space, waiting, track, up = "", 0.0, "", self.style.track, False
        for token, extra in zip(tokens, after, strict=True):
            own, glyphs = 0.0 if token.latin else track, faces[token.run]
            if raised[token.run] != up:
                if waiting:
                    pen.textOut(waiting)
                up, waiting, font = raised[token.run], "", ""
                pen.setRise(self.style.size * _RAISED_BY if up else 0)
            for left, char in enumerate(token.text, 1 - len(token.text)):
                name, shown, width = glyphs[char]
                gap = own if left else own + extra
                if shown == " " != char:
                    gap += (width - glyphs[" "][2]) * self.style.size
                if (name != font or gap != space) and (width or shown):
                    if waiting:
                        pen.textOut(waiting)
                        waiting = ""
                    if name != font:
                        pen.setFont(name, self.style.size * (_RAISED_SIZE if up else 1))
                    if gap != space:
                        pen.setCharSpace(gap)
                    font, space = name, gap
                waiting += shown
        pen.textOut(waiting)
        if up:
            pen.setRise(0)
        if space:
            pen.setCharSpace(0)
        canvas.drawText(pen)


def _utf16(line: Line) -> str:
    """The text of a line as PDF wants it in hexadecimal."""
    return ("\ufeff" + line.text.rstrip("\n")).encode("utf-16-be", "replace").hex().upper()


def _squeeze(tokens: Sequence[Token], over: float, after: list[float]) -> float:
    """Take `over` points out of the empty halves of marks, first of all out of the one that ends the line.

    Changes the space after each token and returns by how much the line starts further right (<= 0).
    """
    over = max(over - tokens[-1].behind, 0.0)
    total = sum(token.before + token.behind for token in tokens) - tokens[-1].behind
    share = min(over / total, 1.0) if total else 0.0
    for place, token in enumerate(tokens[:-1]):
        after[place] -= token.behind * share + tokens[place + 1].before * share
    return -tokens[0].before * share


def _stretch(tokens: Sequence[Token], slack: float, after: list[float], widest: float) -> None:
    gaps = [place for place in range(len(tokens) - 1) if is_loose(tokens[place], tokens[place + 1])]
    if gaps and slack / len(gaps) <= widest:
        for place in gaps:
            after[place] = slack / len(gaps)


class GovParagraph(Flowable):  # type: ignore[misc]
    """A paragraph; splits between pages so that neither page gets a single line of it.

    `outline` is the level (from 0) under which its text enters the bookmarks of the file.
    """

    def __init__(self, runs: Runs, style: Style, faces: Faces, outline: int | None = None) -> None:
        super().__init__()
        self.runs, self.style, self.faces, self.outline = runs, style, faces, outline
        self.keepWithNext = int(style.keep_with_next)
        self.spaceBefore, self.spaceAfter = style.before, style.after
        self._setter = LineSetter.of(runs, style, faces)
        self._lines: list[Line] = []
        self._set_for: float | None = None
        self._begins = True  # its first line is the paragraph's first
        self._is_part = False

    @property
    def text(self) -> str:
        return "".join(text for text, _ in _pieces(self.runs, self.style))

    def lines_for(self, width: float) -> list[Line]:
        """The lines for a column this wide, set once per width; the parts of a split keep theirs."""
        if self._set_for != width and not self._is_part:
            self._lines, self._set_for = set_lines(self.runs, self.style, self.faces, width), width
        return self._lines

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        self.width = width
        self.height = len(self.lines_for(width)) * self.style.leading
        return self.width, self.height

    def least_height(self, width: float) -> float:
        """What must fit below a heading for the two to stay on one page: two lines, or three if all."""
        count = len(self.lines_for(width))
        return (count if count <= 3 else 2) * self.style.leading  # three cannot be split: each page needs two

    def split(self, width: float, height: float) -> list[Flowable]:
        count = len(self.lines_for(width))
        fit = int((height + _HAIR) // self.style.leading)
        if fit >= count:
            return [self]
        if count - fit == 1:
            fit -= 1  # the next page gets two lines
        if fit < 2:
            return []
        return list(self.parted(fit))

    def draw(self) -> None:
        if self.outline is not None and self._begins:
            mark_outline(self.canv, self.text.replace("\n", ""), self.outline, self.height)
        em = self.style.size + self.style.track
        room = self.width - self.style.right_indent * em
        y = self.height - self._setter.baseline()
        for place, line in enumerate(self._lines):
            indent = self.style.indent * em if place == 0 and self._begins else 0.0
            self._setter.draw(self.canv, line, indent, y, room - indent)
            y -= self.style.leading

    def parted(self, count: int) -> tuple["GovParagraph", "GovParagraph"]:
        """The first `count` of its lines, as last set, and the others."""
        return self._part(0, count), self._part(count, len(self._lines))

    def _part(self, start: int, end: int) -> "GovParagraph":
        part = GovParagraph(self.runs, self.style, self.faces, self.outline)
        part._lines, part._set_for = self._lines[start:end], self._set_for
        part._begins, part._is_part = self._begins and start == 0, True
        part.keepWithNext = 0
        part.spaceBefore = self.spaceBefore if start == 0 else 0
        part.spaceAfter = self.spaceAfter if end == len(self._lines) else 0
        return part


def height_of(flowable: Flowable, width: float, room: float) -> float:
    """Its height with the space above and below it."""
    height = flowable.wrap(width, room)[1]
    return float(height) + float(flowable.getSpaceBefore()) + float(flowable.getSpaceAfter())


def mark_outline(canvas: Any, title: str, level: int, height: float) -> None:
    """Enter a bookmark here; a level more than one deeper than the one before is lifted."""
    seen: list[int] = canvas.__dict__.setdefault("_outline_levels", [])
    level = min(level, seen[-1] + 1 if seen else 0)
    seen.append(level)
    key = f"mark{len(seen)}"
    canvas.bookmarkHorizontal(key, 0, height)
    canvas.addOutlineEntry(storable(title), key, level)


def storable(text: str) -> str:
    """Without halves of characters, which no encoding can store."""
    return text.encode("utf-8", "replace").decode("utf-8")
