"""Footnotes of a PDF: small lines at the foot of a page, and the small raised marks in its text that they belong to."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence

from desktop.exchange.read_text.lines import ANCHOR, signs
from desktop.exchange.read_text.pdf.page import Run
from desktop.exchange.read_text.pdf.paragraphs import Line
from desktop.exchange.read_text.pdf.tables import joined_text

_MARK = re.compile(r"[\[〔【(（]?(\d{1,3}|[①-⑳]|[*＊†‡])[\]〕】)）]?$")
"""`1`, `①`, `[2]`, `*`: how the mark of a footnote looks, in the text and before its words."""
_BEGINS = re.compile(r"[\[〔【(（]?(\d{1,3}?(?=\D|(?:19|20)\d\d)|[①-⑳]|[*＊†‡])[\]〕】)）]?[.．、]?\s*(?=\S)")
_SMALL = 0.8
"""Of the size of the note's words: how small its mark is at most."""
_SMALLER_NOTE = 0.85
"""Of the size of the page's text."""


def notes_taken(lines: Sequence[Line]) -> tuple[list[Line], list[str]]:
    """The lines without footnotes, an anchor where each mark stood; and their words in the order of the anchors.

    A page on which marks and notes are not the same keeps all its lines as they are.
    """
    lines = _with_marks_before_words(lines)
    pages: dict[int, list[int]] = {}
    for number, line in enumerate(lines):
        pages.setdefault(line.page, []).append(number)
    dropped, noted, said = set[int](), set[int](), list[str]()
    for on_page in pages.values():
        marks = [(number, mark) for number in on_page for mark in _marks_of(lines[number])]
        notes = list(_notes_at_foot(lines, on_page, {mark for _, mark in marks}))
        if not notes or Counter(mark for _, mark in marks) != Counter(mark for mark, _, _ in notes):
            continue
        dropped |= {number for note in notes for number in note[1]}
        words = {mark: text for mark, _, text in notes}
        noted |= {number for number, _ in marks}
        said += (words[mark] for _, mark in marks)
    kept = [
        _with_anchors(line) if number in noted else line
        for number, line in enumerate(lines)
        if number not in dropped
    ]
    return kept, said


def _marks_of(line: Line) -> list[str]:
    return [match[1] if (match := _MARK.match(mark.strip())) else mark for _, mark in line.marks]


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


def _with_anchors(line: Line) -> Line:
    """An anchor at the place of each mark."""
    text = line.text
    for at, _ in reversed(line.marks):
        text = text[:at] + ANCHOR + text[at:]
    return line._replace(text=text)
