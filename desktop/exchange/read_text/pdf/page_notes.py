"""Footnotes of a PDF: small lines at the foot of a page, and the small raised marks in its text that they belong to."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from desktop.exchange.read_text.lines import ANCHOR, signs
from desktop.exchange.read_text.pdf.page import Run
from desktop.exchange.read_text.pdf.paragraphs import Line
from desktop.exchange.read_text.pdf.tables import joined_text

_MARK = re.compile(r"[\[〔【(（]?(\d{1,3}|[①-⑳]|[*＊†‡])[\]〕】)）]?$")
"""`1`, `①`, `[2]`, `*`: how the mark of a footnote looks, in the text and before its words."""
_BEGINS = re.compile(r"[\[〔【(（]?(\d{1,3}?(?=\D|(?:19|20)\d\d)|[①-⑳]|[*＊†‡])[\]〕】)）]?[.．、]?\s*(?=\S)")
_RAISED, _SMALL = 0.12, 0.8
"""Of the size of the line: by how much a mark stands above it, and how small it is at most."""
_SMALLER_NOTE = 0.85
"""Of the size of the page's text."""


class _Mark(NamedTuple):
    """A raised sign in a line: between which signs of it, blanks not counted."""

    line: int
    begin: int
    end: int
    words: str


def notes_taken(lines: Sequence[Line]) -> tuple[list[Line], list[str]]:
    """The lines without footnotes, an anchor where each mark stood; and their words in the order of the anchors.

    A page on which marks and notes are not the same keeps all its lines as they are.
    """
    lines = _with_marks_before_words(lines)
    pages: dict[int, list[int]] = {}
    for number, line in enumerate(lines):
        pages.setdefault(line.page, []).append(number)
    dropped = set[int]()
    anchored: dict[int, list[_Mark]] = {}
    said = list[str]()
    for on_page in pages.values():
        marks = [mark for number in on_page for mark in _marks_in(lines[number], number)]
        notes = list(_notes_at_foot(lines, on_page, {mark.words for mark in marks}))
        if not notes or Counter(mark.words for mark in marks) != Counter(mark for mark, _, _ in notes):
            continue
        dropped |= {number for note in notes for number in note[1]}
        words = {mark: text for mark, _, text in notes}
        for mark in marks:
            anchored.setdefault(mark.line, []).append(mark)
            said.append(words[mark.words])
    kept = [
        _with_anchors(line, anchored.get(number, []))
        for number, line in enumerate(lines)
        if number not in dropped
    ]
    return kept, said


def _with_marks_before_words(lines: Sequence[Line]) -> list[Line]:
    """A mark that stands so much above the small words of its note that it is a line of its own goes before them."""
    joined = list[Line]()
    for line in lines:
        mark = joined[-1] if joined else None
        if mark is not None and _MARK.match(mark.text.strip()) and mark.page == line.page:
            beside = 0 <= line.left - mark.right < 2 * line.size and 0 < mark.y - line.y < line.size
            if beside and mark.size < _SMALL * line.size:
                pieces = (*mark.pieces, *line.pieces)
                joined[-1] = line._replace(x=mark.x, text=mark.text + line.text, pieces=pieces)
                continue
        joined.append(line)
    return joined


def _notes_at_foot(
    lines: Sequence[Line], on_page: Sequence[int], marks: Collection[str]
) -> Iterator[tuple[str, list[int], str]]:
    """Mark, lines and words of each note; they stand below all other text of the page and are set smaller. Only one of
    the page's `marks` begins one."""
    weights = Counter[float]()
    for number in on_page:
        weights[round(lines[number].size, 1)] += signs(lines[number].text)
    usual = weights.most_common(1)[0][0]
    by_height = sorted(on_page, key=lambda number: lines[number].y)
    foot = list[int]()
    for number in by_height:
        if lines[number].size > usual * _SMALLER_NOTE and not _begins_raised(lines[number]):
            break
        foot.append(number)
    current: tuple[str, list[int], str] | None = None
    for number in reversed(foot):
        text = lines[number].text.strip()
        begins = _BEGINS.match(text)
        if begins and begins[1] in marks and _is_next(lines[number], begins[1], current):
            if current is not None:
                yield current
            current = begins[1], [number], text[begins.end() :]
        elif current is not None:
            current = current[0], [*current[1], number], joined_text(current[2], text)
    if current is not None:
        yield current


def _is_next(line: Line, mark: str, current: tuple[str, list[int], str] | None) -> bool:
    return _begins_raised(line) or current is None or _follows(current[0], mark)


def _begins_raised(line: Line) -> bool:
    first = next((piece.place for piece in line.pieces if piece.text.strip()), None)
    rest = [piece.place for piece in line.pieces if piece.text.strip()][1:]
    if not isinstance(first, Run) or not rest or not isinstance(rest[0], Run):
        return False
    return first.size < rest[0].size * _SMALL and first.y > rest[0].y


def _follows(mark: str, after: str) -> bool:
    """`2` after `1`: else a line of a note that begins with a number is taken for the next."""
    if mark.isdecimal() and after.isdecimal():
        return int(after) == int(mark) + 1
    return len(mark) == len(after) == 1 and ord(after) == ord(mark) + 1


def _marks_in(line: Line, number: int) -> Iterator[_Mark]:
    runs = [(piece.text, piece.place) for piece in line.pieces if isinstance(piece.place, Run)]
    sizes = Counter[tuple[float, float]]()
    for text, run in runs:
        sizes[run.size, run.y] += signs(text)
    if not sizes:
        return
    size, base = sizes.most_common(1)[0][0]
    at = 0
    for text, run in runs:
        begin, at = at, at + signs(text)
        raised = run.y - base > _RAISED * size and run.size < _SMALL * size
        match = _MARK.match(text.strip()) if raised and begin else None
        if match:
            yield _Mark(number, begin, at, match[1])


def _with_anchors(line: Line, marks: Sequence[_Mark]) -> Line:
    """An anchor in place of the signs of each mark."""
    if not marks:
        return line
    begins, inside = (
        {mark.begin for mark in marks},
        {n for mark in marks for n in range(mark.begin, mark.end)},
    )
    text, at = "", 0
    for char in line.text:
        if char.isspace():
            text += char
            continue
        text += (ANCHOR if at in begins else "") if at in inside else char
        at += 1
    return line._replace(text=text)
