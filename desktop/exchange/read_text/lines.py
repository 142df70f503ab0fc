"""A report read from a file, whatever its kind, as lines: paragraphs, and tables flattened cell by cell."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise, takewhile
from math import inf
from typing import Any, NamedTuple

from desktop.domain.text_blocks.marks import PLAIN_BRACKETS, note_mark
from desktop.domain.text_blocks.picture import Picture


class Piece(NamedTuple):
    """Signs as they stand in the file; the reader of its kind says where: `page` from 1, None where nobody knows.

    `place` is None for signs that are only printed, such as a number that Word counts.
    """

    text: str
    page: int | None = None
    place: Any = None


class Note(NamedTuple):
    """A footnote: behind how many signs of the line's text its mark stands, and its words."""

    at: int
    words: str


def marked(text: str, notes: Sequence[Note]) -> str:
    """The marks of footnotes put into a text."""
    for note in reversed(notes):
        text = text[: note.at] + note_mark(note.words) + text[note.at :]
    return text


_HEADING = re.compile(r"\s*[一二三四五六七八九十]{1,3}、.{2,40}$")
_FEWEST_HEADINGS = 3
"""`一、概况` and two more in one column: a table that only lays out a report."""
ANCHOR = "\ufff9"
"""Stands in a text where a footnote's mark stood, while a reader puts it together."""
SAME_SIDE = 113
"""Twips, 2 mm: the borders of two rows drawn by hand that are so near are meant to be one."""


class CellPlace(NamedTuple):
    """Where a cell stands in the grid of its table, from 0, and how many rows and columns it covers."""

    row: int
    column: int
    rows: int = 1
    columns: int = 1


class RunType(NamedTuple):
    """What a stretch of text is set in: half points, 0 for unknown; for Chinese signs the name of their font."""

    size: int = 0
    bold: bool = False
    font: str = ""


class LineType(NamedTuple):
    """What most signs of a line are set in, size 0 on web pages; `lead`: so many signs at its beginning are set otherwise, as the words
    of `**（一）职能职责。**负责全县水利工作。`"""

    size: int = 0
    bold: bool = False
    font: str = ""
    centred: bool = False
    lead: int = 0


class DocumentLine(NamedTuple):
    """A paragraph, or a cell of a table.

    A cell is its text after a tab, and only a cell may hold line breaks; an empty line stands before each
    row. `level` is 1 to 9 where the file marks a heading, 0 where it says nothing. `note` is no text of the
    file: it says what was left out there. `source` is given to whoever asked for it: its pieces have the same
    signs as `text` in the same order, blanks aside. `place` is told of the cells of tables. `type` is None where
    the file does not say what a line is set in.
    """

    text: str
    level: int = 0
    in_table: bool = False
    note: str = ""
    source: tuple[Piece, ...] = ()
    place: CellPlace | None = None
    notes: tuple[Note, ...] = ()
    """Told to whoever asked for the whole report; for others, footnotes are lines at the end."""
    picture: Picture | None = None
    """The same: a line of its own, whose text only says that here is one."""
    type: LineType | None = None

    @property
    def marked_text(self) -> str:
        """With its footnotes as the report's text keeps them."""
        return marked(self.text.translate(PLAIN_BRACKETS), self.notes)


def line_type(stretches: Iterable[tuple[str, RunType]], centred: bool = False) -> LineType | None:
    """The type of a line by its stretches; None where nothing is shown. Digits and Latin letters stand in fonts of
    their own, so that Chinese signs weigh thrice: as many bytes as they take in UTF-8."""
    shown = [(text, weight, run) for text, run in stretches if (weight := len(text.strip().encode()))]
    if not shown:
        return None
    weights = Counter[RunType]()
    for _, weight, run in shown:
        weights[run] += weight
    most = weights.most_common(1)[0][0] if len(weights) > 1 else shown[0][2]
    before = [text for text, _, run in takewhile(lambda each: each[2] != most or each[0].isascii(), shown)]
    led = any(not text.isascii() for text in before)
    return LineType(*most, centred, sum(map(signs, before)) if led else 0)


_PICTURE_BELOW = "表格里有图片，读入以后放在表格下面，请核对"
PICTURE_TEXT = "［图片］"
_NUMBERED = re.compile(
    r"\s*(?:第?[一二三四五六七八九十]{1,3}(?:[、.．]|部分|章|节)|[（(][一二三四五六七八九十]{1,3}[)）])"
)
_ANY_NUMBER = re.compile(
    r"\s*(?:第?[一二三四五六七八九十\d]{1,3}(?:[、.．]|部分|章|节)|[（(].{1,3}[)）]|[①-⑳])"
)
_LONG_LINE = 18
"""Signs of a line that is broken where the page ended; a shorter one is a title, a name, a line of an address."""
_LONGEST_BROKEN = 50
"""Signs of a heading that is broken by hand into two lines: `一、预算安排与执行⏎情况`."""


def at_soft_ends(text: str, level: int) -> list[str]:
    """A paragraph's lines where it is broken by hand; one line, where it is a heading (of a `level`, or numbered as
    such) too long for one: then no further line has a number or ends as a sentence does."""
    lines = [line for line in text.split("\n") if line.strip()] or [""]
    whole = "".join(line.strip(" \u3000") for line in lines)
    more = lines[1:]
    heading = more and (level or _NUMBERED.match(lines[0])) and len(whole) <= _LONGEST_BROKEN
    if heading and "。" not in whole and "：" not in whole and not any(map(_ANY_NUMBER.match, more)):
        return [whole]
    joined = lines[:1]
    for line in more:
        if _goes_on(joined[-1], line):
            joined[-1] += line
        else:
            joined.append(line)
    return joined


def _goes_on(line: str, after: str) -> bool:
    """`…未发现截留、挤占、⏎挪用等情况。`: a sentence broken by hand, as text copied from a web page is."""
    ended = line.rstrip().endswith(("。", "！", "？", "；", "：", "…", "”", "）"))
    begins = after[:1] in " \t\u3000" or _ANY_NUMBER.match(after) is not None
    return len(line.strip()) >= _LONG_LINE and not ended and not begins


_SIGNS_QUOTED, _MOST_QUOTED = 20, 3


def left_out_note(texts: Sequence[str]) -> str:
    """`有2处…没有读入：“208”、“385.5”`: what was struck out or white, told once; "" where there is nothing."""
    quoted = "、".join(f"“{text[:_SIGNS_QUOTED]}”" for text in texts[:_MOST_QUOTED])
    more = "等" if len(texts) > _MOST_QUOTED else ""
    return f"有{len(texts)}处划去（删除线）或白色看不见的文字，没有读入：{quoted}{more}" if texts else ""


def with_notes(line: DocumentLine, words: Iterator[str]) -> DocumentLine:
    """The anchors in a line's text taken out, each with the next of the footnotes' words."""
    if ANCHOR not in line.text:
        return line
    first, *others = line.text.split(ANCHOR)
    text, notes = first, list[Note]()
    for other in others:
        if said := next(words, ""):
            notes.append(Note(len(text), said))
        text += other
    return line._replace(text=text, notes=tuple(notes))


class TableCell(NamedTuple):
    """What stands in one cell of a table: paragraphs, and the lines of tables inside it. Merged ones are told once."""

    lines: Sequence[DocumentLine]
    place: CellPlace


def table_lines(cells: Iterable[TableCell]) -> list[DocumentLine]:
    """A table as published pages have it, row by row; one that is a single cell with much in it is a frame
    around text, and so is a column with the headings of a report."""
    in_order = sorted(cells, key=lambda cell: cell.place[:2])
    if len(in_order) == 1 and len(in_order[0].lines) > 1:
        return list(in_order[0].lines)
    filled = [cell for cell in in_order if any(line.text.strip() for line in cell.lines)]
    heads = sum(_HEADING.match(line.text) is not None for cell in filled for line in cell.lines)
    if heads >= _FEWEST_HEADINGS and len({cell.place.column for cell in filled}) == 1:
        return [line for cell in filled for line in cell.lines]
    rows = groupby(in_order, key=lambda cell: cell.place.row)
    lines = [line for _, row in rows for line in _row_lines(row)]
    below = [line for cell in in_order for line in cell.lines if not _is_of_cell(line)]
    if any(line.picture for line in below):
        below.append(DocumentLine("", note=_PICTURE_BELOW))
    return lines + below


def _is_of_cell(line: DocumentLine) -> bool:
    """Whether a line is a cell's own words: a table or a picture in a cell comes below the table it stands in."""
    return not (line.in_table or line.picture or (line.note and not line.text))


def _row_lines(cells: Iterable[TableCell]) -> Iterator[DocumentLine]:
    """An empty line, then each cell after a tab."""
    yield DocumentLine("", in_table=True)
    for cell in cells:
        own = [line for line in cell.lines if _is_of_cell(line)]
        text = "\n".join(line.text for line in own).strip("\n").replace("\t", " ")
        source = tuple(piece for line in own for piece in line.source)
        yield DocumentLine("\t" + text, in_table=True, source=source, place=cell.place)


def joined(lines: Iterable[DocumentLine]) -> str:
    """The lines as one text, the form in which the audit reads them."""
    return "\n".join(line.text for line in lines)


def signs(text: str) -> int:
    """How many signs a text has; blanks are none."""
    return len("".join(text.split()))


def shared(texts: Iterable[str], pieces: Iterable[Piece]) -> Iterator[tuple[Piece, ...]]:
    """The pieces of each text; the texts follow one another, and no piece is of two of them."""
    left = iter(pieces)
    for text in texts:
        wanted, own = signs(text), list[Piece]()
        while wanted > 0 and (piece := next(left, None)) is not None:
            own.append(piece)
            wanted -= signs(piece.text)
        yield tuple(own)


class Columns:
    """The columns of a table told by where its cells begin and end; sides nearer than `same` are one."""

    def __init__(self, sides: Iterable[float], same: float) -> None:
        ordered = sorted(sides)
        self._edges = [side for before, side in pairwise([-inf, *ordered]) if side - before > same]

    def covered(self, left: float, right: float) -> tuple[int, int]:
        """The first column of a cell, and how many it covers, at least one."""
        first, end = (bisect_right(self._edges, side) - 1 for side in (left, right))
        return first, max(end - first, 1)
